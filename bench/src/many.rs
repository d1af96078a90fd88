//! Posting to a channel of 5,000 people beside posting to one of five: whoever is not called must cost nothing, neither a row
//! nor time of whoever posts. And one message that calls all of them.

use crate::{
    Plan,
    antiphon::{Antiphon, Place},
    client::http::Http,
    load::{Cpu, Load, Sender, measure},
    post::runtime,
    report::{Section, median, thousands, verdict},
    world::{self, Person},
};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use uuid::Uuid;

const N_MANY: usize = 5_000;
/// All who write, in both channels.
const N_FEW: usize = 5;
/// What the size of a channel may add to a message: what two runs of the same differ by on a busy machine.
const MOST_ADDED: f64 = 0.1;
const PATIENCE: Duration = Duration::from_secs(120);
const N_CALLED: &str = "select count(*) from notice";
const WANT_EVERYTHING: &str = "insert into told_level (person_id, place_id, kind, level, at) \
    select person_id, person_id, 'everywhere', 'all', 0 from channel_member group by 1 having count(*) = 1";

struct Found {
    few: Load,
    many: Load,
    /// What a message takes grows with the messages that are there: the few again, after the many.
    few_again: Load,
    /// While everybody is being called.
    meanwhile: Load,
    /// To the few, after all others have chosen to hear of everything, everywhere.
    wanted_elsewhere: Load,
    all_called: Duration,
}

type Pick = fn(&Found) -> Load;

pub fn run(plan: &Plan) -> Result<Section> {
    let header = ["", "messages/s", "processor time a message", "p50", "p99"];
    let mut section = Section::new("many", &header);
    let runs: Vec<Found> = (0..plan.runs).map(|_| one(plan)).collect::<Result<_>>()?;
    let rows: [(&str, Pick); 5] = [
        ("5 people", |found| found.few),
        ("5,000 people, nobody called", |found| found.many),
        ("5 people, again", |found| found.few_again),
        ("5,000 people, while one message calls all", |found| {
            found.meanwhile
        }),
        (
            "5 people, while 5,000 elsewhere want to hear of everything",
            |found| found.wanted_elsewhere,
        ),
    ];
    for (name, load) in rows {
        let of = |figure: fn(&Load) -> f64| median(runs.iter().map(|found| figure(&load(found))));
        section.row(&[
            name.to_owned(),
            thousands(of(|load| load.messages_per_second)),
            format!("{:.0} µs", of(|load| load.server_us)),
            format!("{:.1} ms", of(|load| load.p50_ms)),
            format!("{:.1} ms", of(|load| load.p99_ms)),
        ]);
    }
    let added =
        median(runs.iter().map(|found| {
            2.0 * found.many.server_us / (found.few.server_us + found.few_again.server_us) - 1.0
        }));
    section.note(format!(
        "A message to {} people takes {:+.0} % of the processor time of one to {N_FEW}, before and after (target ≤ {:.0} % more: {}), and not one row \
         of the {} that could be told.",
        thousands(N_MANY as f64),
        added * 100.0,
        MOST_ADDED * 100.0,
        verdict(added <= MOST_ADDED),
        thousands(N_MANY as f64),
    ));
    let more = median(runs.iter().map(|found| {
        2.0 * found.wanted_elsewhere.server_us / (found.few.server_us + found.few_again.server_us) - 1.0
    }));
    section.note(format!(
        "That thousands elsewhere want to hear of everything adds {:+.0} % to a message between few (target ≤ {:.0} %: {}).",
        more * 100.0,
        MOST_ADDED * 100.0,
        verdict(more <= MOST_ADDED),
    ));
    let all_called = median(runs.iter().map(|found| found.all_called.as_secs_f64()));
    section.note(format!(
        "One message that calls all {}: everybody is decided on after {all_called:.1} s, of which 2 s are the pause in which whoever \
         has it in view reads it.",
        thousands(N_MANY as f64)
    ));
    section.note(format!(
        "{} runs on SQLite, {N_FEW} senders that each wait for the answer, {} s for each row of the table.",
        plan.runs,
        plan.span.as_secs()
    ));
    Ok(section)
}

fn one(plan: &Plan) -> Result<Found> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("many")?, None);
    let file = plan.folder("many.jsonl");
    world::write_file(&file, N_MANY, 2, |channel, person| channel == 0 || person < N_FEW)?;
    place.import(&file)?;
    // Whoever calls thousands looks after the channel.
    world::become_owner(&place, 0)?;
    let people = world::sign_in(&place, N_FEW)?;
    let channels = world::channels(&place, 2)?;
    let running = place.serve()?;
    let found = runtime()?.block_on(async {
        let few = post(&running, &people, channels[1], plan.span).await?;
        let many = post(&running, &people, channels[0], plan.span).await?;
        let few_again = post(&running, &people, channels[1], plan.span).await?;
        let n_rows = n_called(&place.sqlite_file())?;
        if n_rows != 0 {
            bail!("{n_rows} people have a row, and nobody was called");
        }
        let file = place.sqlite_file();
        let began = Instant::now();
        call_all(running.port, &people[0], channels[0]).await?;
        let watch = tokio::task::spawn_blocking(move || watch(&file, began));
        let meanwhile = post(&running, &people, channels[0], plan.span).await?;
        let all_called = watch.await??;
        want_everything(&place.sqlite_file(), N_FEW)?;
        let wanted_elsewhere = post(&running, &people, channels[1], plan.span).await?;
        anyhow::Ok(Found {
            few,
            many,
            few_again,
            meanwhile,
            wanted_elsewhere,
            all_called,
        })
    })?;
    running.stop()?;
    Ok(found)
}

/// All but these few, who are those who write.
fn want_everything(file: &Path, n_few: usize) -> Result<()> {
    let file = rusqlite::Connection::open(file)?;
    file.busy_timeout(PATIENCE)?;
    let n_rows = file.execute(WANT_EVERYTHING, [])?;
    if n_rows != N_MANY - n_few {
        bail!("{n_rows} people want to hear of everything");
    }
    Ok(())
}

async fn post(running: &Antiphon, people: &[Person], channel: Uuid, span: Duration) -> Result<Load> {
    let mut senders = Vec::new();
    for person in people {
        let http = Http::connect(running.port, Some(&person.token)).await?;
        senders.push(Sender::Antiphon(http, channel));
    }
    let cpu = || Cpu {
        server: running.cpu(),
        postgres: Duration::ZERO,
    };
    measure(senders, span, &cpu).await
}

async fn call_all(port: u16, owner: &Person, channel: Uuid) -> Result<()> {
    let mut http = Http::connect(port, Some(&owner.token)).await?;
    let body = json!({ "id": Uuid::now_v7(), "text": "<@channel> fire drill", "everyone_ok": true });
    let path = format!("/api/channels/{channel}/messages");
    let answer = http.send("POST", &path, &body.to_string()).await?;
    if answer.status != 201 {
        bail!(
            "answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
    }
    Ok(())
}

/// How long it takes until all but whoever calls have been decided on.
fn watch(file: &Path, began: Instant) -> Result<Duration> {
    loop {
        let n = n_called(file)?;
        if n == N_MANY - 1 {
            return Ok(began.elapsed());
        }
        if began.elapsed() > PATIENCE {
            bail!("only {n} were called");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn n_called(file: &Path) -> Result<usize> {
    let file = rusqlite::Connection::open(file)?;
    let n_rows: i64 = file.query_row(N_CALLED, [], |row| row.get(0))?;
    usize::try_from(n_rows).context("rows are counted")
}

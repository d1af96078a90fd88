//! A rule for how long messages stay is set over 100,000 messages that are older: how long until they are gone, and how
//! long those wait who write in the same channel meanwhile.

use crate::{
    Plan,
    antiphon::Place,
    client::http::Http,
    database::Server,
    load::{Cpu, Load, Sender, measure},
    post::runtime,
    report::{Section, thousands, verdict},
    world::{self, Person},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs::OpenOptions,
    io::{BufWriter, Write},
    path::Path,
    time::{Duration, Instant},
};
use uuid::Uuid;

const N_OLD: usize = 100_000;
const N_SENDERS: usize = 8;
const DAY_US: i64 = 86_400_000_000;
/// The old ones are older than the rule says, by far.
const OLD_DAYS: i64 = 200;
const RULE_DAYS: i64 = 100;
/// What deleting may add to the wait of whoever writes: one step of the job, and the rest of the machine.
const MOST_ADDED_MS: f64 = 50.0;
const GIVE_UP_AFTER: Duration = Duration::from_secs(3600);

struct Found {
    before: Load,
    during: Load,
    took: Duration,
}

pub fn run(plan: &Plan) -> Result<Section> {
    let header = [
        "",
        "messages deleted",
        "in",
        "messages/s deleted",
        "p99 ms of posting before",
        "p99 ms meanwhile",
    ];
    let mut section = Section::new("retention", &header);
    let server = Server::find()?;
    for (name, url) in [
        ("SQLite", None),
        ("PostgreSQL", Some(server.database()?.url.clone())),
    ] {
        let found = measure_one(plan, url)?;
        let seconds = found.took.as_secs_f64();
        section.row(&[
            name.to_owned(),
            thousands(N_OLD as f64),
            format!("{seconds:.0} s"),
            thousands(N_OLD as f64 / seconds),
            format!("{:.1}", found.before.p99_ms),
            format!("{:.1}", found.during.p99_ms),
        ]);
        let added = found.during.p99_ms - found.before.p99_ms;
        section.note(format!(
            "{name}: deleting adds {added:.1} ms to the p99 of {N_SENDERS} who write in the same channel \
             (target ≤ {MOST_ADDED_MS:.0}: {}).",
            verdict(added <= MOST_ADDED_MS)
        ));
    }
    section.note(format!(
        "Twenty messages at most in one transaction; {} s of posting before and {} s meanwhile.",
        plan.span.as_secs(),
        plan.span.as_secs()
    ));
    Ok(section)
}

fn measure_one(plan: &Plan, url: Option<String>) -> Result<Found> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("retention")?, url);
    let file = place.folder().with_extension("jsonl");
    world::write_file(&file, N_SENDERS, 1, |_, _| true)?;
    let now = world::now_micros()?;
    write_old(&file, now)?;
    place.import(&file)?;
    world::become_owner(&place, 0)?;
    let people = world::sign_in(&place, N_SENDERS)?;
    let channel = world::channels(&place, 1)?[0];
    let running = place.serve()?;
    let found = runtime()?.block_on(async {
        let before = post(running.port, &people, channel, plan.span).await?;
        let began = Instant::now();
        set_rule(running.port, &people[0], channel).await?;
        let during = post(running.port, &people, channel, plan.span).await?;
        let limit = now - RULE_DAYS * DAY_US;
        if world::n_left(&place, limit)? == 0 {
            bail!("all was deleted before posting was measured");
        }
        while world::n_left(&place, limit)? > 0 {
            if began.elapsed() > GIVE_UP_AFTER {
                bail!(
                    "{} messages are left after an hour",
                    world::n_left(&place, limit)?
                );
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        anyhow::Ok(Found {
            before,
            during,
            took: began.elapsed(),
        })
    })?;
    running.stop()?;
    Ok(found)
}

/// Adds the old messages to the import file, one a minute.
fn write_old(file: &Path, now: i64) -> Result<()> {
    let mut out = BufWriter::new(OpenOptions::new().append(true).open(file)?);
    for idx in 0..N_OLD {
        let at = now - OLD_DAYS * DAY_US + i64::try_from(idx)? * 60_000_000;
        let line = json!({
            "type": "message", "ref": format!("m{idx}"), "channel": "c0", "author": format!("p{}", idx % N_SENDERS),
            "at": at, "text": format!("Report {idx}: the pump ran for an hour and nothing else happened."),
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

async fn post(port: u16, people: &[Person], channel: Uuid, span: Duration) -> Result<Load> {
    let mut senders = Vec::new();
    for person in people {
        senders.push(Sender::Antiphon(
            Http::connect(port, Some(&person.token)).await?,
            channel,
        ));
    }
    measure(senders, span, &Cpu::default).await
}

async fn set_rule(port: u16, owner: &Person, channel: Uuid) -> Result<()> {
    let mut http = Http::connect(port, Some(&owner.token)).await?;
    let view: Value = http.get(&format!("/api/channels/{channel}")).await?.json()?;
    let name = view
        .pointer("/channel/name")
        .or_else(|| view.get("name"))
        .and_then(Value::as_str)
        .context("a channel without a name")?;
    let body = json!({ "days": RULE_DAYS, "keep_marked": true, "confirm": name });
    let answer = http
        .send("PUT", &format!("/api/retention/{channel}"), &body.to_string())
        .await?;
    if answer.status != 200 {
        bail!(
            "answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
    }
    Ok(())
}

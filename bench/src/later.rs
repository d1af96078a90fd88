//! A hundred thousand reminders that wait: what they cost while nothing is due, and how late those are told whose time comes.
//!
//! They are written into the database of a server that does not run, because asking for them one by one would take longer
//! than everything else. Some are due while the server runs, all in the same moment.

use crate::{
    Plan,
    antiphon::{Antiphon, Place},
    report::{COLUMNS, Section, median, thousands},
    world,
};
use anyhow::{Context, Result, bail};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::Uuid;

const N_WAITING: usize = 100_000;
const N_DUE: usize = 1_000;
const N_PEOPLE: usize = 100;
/// How long the server is looked at while nothing is due.
const REST: Duration = Duration::from_secs(5);
/// From the start of the server until the moment in which some are due; longer than the rest and the start.
const UNTIL_DUE: Duration = Duration::from_secs(12);
const PATIENCE: Duration = Duration::from_secs(60);
const A_DAY: i64 = 24 * 3_600 * 1_000_000;
const INSERT: &str = "insert into reminder (id, person_id, message_id, channel_id, note, due_at, created_at) \
    values (?1, ?2, ?3, ?4, '', ?5, ?6)";
const TOLD: &str = "select count(*) from reminder where told_at is not null";

pub fn run(plan: &Plan) -> Result<Section> {
    let (mut empty, mut full, mut first, mut last) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let place = make_place(plan)?;
        empty.push(cpu_at_rest(place.serve()?)?);
        let due_at = now_micros()? + i64::try_from(UNTIL_DUE.as_micros())?;
        fill(&place, due_at)?;
        let running = place.serve()?;
        full.push(rest(&running).as_secs_f64());
        let (first_ms, last_ms) = watch(&place, due_at)?;
        first.push(first_ms);
        last.push(last_ms);
        running.stop()?;
    }
    let mut section = Section::new("later", &COLUMNS);
    let per_second = |seconds: Vec<f64>| median(seconds) * 1_000.0 / REST.as_secs_f64();
    let (empty, full) = (per_second(empty), per_second(full));
    section.fact(
        "processor time of an idle server, per second",
        format!("{empty:.1} ms"),
    );
    let what = format!("the same with {} reminders waiting", thousands(N_WAITING as f64));
    // Nothing, as far as this can be told apart.
    section.figure(&what, format!("{full:.1} ms"), "as without", full <= empty + 5.0);
    let what = format!(
        "{} due in one moment: the first is told after",
        thousands(N_DUE as f64)
    );
    let first = median(first);
    section.figure(&what, format!("{first:.0} ms"), "≤ 1,000 ms", first <= 1_000.0);
    let last = median(last);
    section.figure(
        "and the last",
        format!("{last:.0} ms"),
        "≤ 1,000 ms",
        last <= 1_000.0,
    );
    section.note(format!(
        "{} runs on SQLite; {} s of rest each; told is what another process reads as told.",
        plan.runs,
        REST.as_secs()
    ));
    Ok(section)
}

fn make_place(plan: &Plan) -> Result<Place> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("later")?, None);
    let file = plan.folder("later.jsonl");
    world::write_file(&file, N_PEOPLE, 1, |_, _| true)?;
    place.import(&file)?;
    Ok(place)
}

fn cpu_at_rest(running: Antiphon) -> Result<f64> {
    let used = rest(&running);
    running.stop()?;
    Ok(used.as_secs_f64())
}

fn rest(running: &Antiphon) -> Duration {
    std::thread::sleep(Duration::from_secs(1));
    let before = running.cpu();
    std::thread::sleep(REST);
    running.cpu().saturating_sub(before)
}

/// Most wait for another day; the rest is due at once.
fn fill(place: &Place, due_at: i64) -> Result<()> {
    let mut file = rusqlite::Connection::open(place.sqlite_file())?;
    let channel = world::channels(place, 1)?[0];
    let people: Vec<[u8; 16]> = {
        let mut statement = file.prepare("select id from person")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let now = now_micros()?;
    let tx = file.transaction()?;
    for n in 0..N_WAITING + N_DUE {
        let at = if n < N_DUE {
            due_at
        } else {
            now + A_DAY + i64::try_from(n)?
        };
        let (id, message) = (Uuid::now_v7(), Uuid::now_v7());
        let person = people.get(n % people.len()).context("nobody was imported")?;
        tx.prepare_cached(INSERT)?.execute(rusqlite::params![
            id.as_bytes(),
            person,
            message.as_bytes(),
            channel.as_bytes(),
            at,
            now
        ])?;
    }
    Ok(tx.commit()?)
}

/// Looks from outside until all are told; how long after their moment the first and the last were, in ms.
fn watch(place: &Place, due_at: i64) -> Result<(f64, f64)> {
    let file = rusqlite::Connection::open(place.sqlite_file())?;
    let mut first = None;
    loop {
        let n_told: usize = file.query_row(TOLD, [], |row| row.get::<_, i64>(0))?.try_into()?;
        let late_ms = (now_micros()? - due_at) as f64 / 1_000.0;
        if n_told > 0 && late_ms < 0.0 {
            bail!("something was told {late_ms} ms early");
        }
        if n_told > 0 {
            first.get_or_insert(late_ms);
        }
        if n_told == N_DUE {
            return Ok((first.unwrap_or(late_ms), late_ms));
        }
        if late_ms > PATIENCE.as_secs_f64() * 1_000.0 {
            bail!("only {n_told} of {N_DUE} were told");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn now_micros() -> Result<i64> {
    Ok(i64::try_from(
        SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros(),
    )?)
}

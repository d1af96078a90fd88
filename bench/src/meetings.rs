//! A fair time for twelve people over two weeks, through HTTP: what somebody waits for who presses the button.

use crate::{
    Plan,
    antiphon::Place,
    client::http::Http,
    post::runtime,
    report::{COLUMNS, Section, median},
    world::{self, Person},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

const N_PEOPLE: usize = 12;
/// Questions of one run; the first warm what is kept.
const N_ASKED: usize = 40;
const N_WARM: usize = 5;
const ZONES: [&str; 6] = [
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Africa/Lagos",
    "Asia/Kolkata",
    "America/New_York",
];
const A_DAY: i64 = 24 * 3_600 * 1_000_000;
const MOST_MS: f64 = 50.0;

pub fn run(plan: &Plan) -> Result<Section> {
    let (mut typical, mut slowest) = (Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let mut times = one(plan)?;
        times.sort_by(f64::total_cmp);
        slowest.push(times.last().copied().context("nothing was asked")?);
        typical.push(median(times));
    }
    let mut section = Section::new("meetings", &COLUMNS);
    let typical = median(typical);
    section.figure(
        "fair times for 12 people over two weeks",
        format!("{typical:.1} ms"),
        "≤ 50 ms",
        typical <= MOST_MS,
    );
    section.fact(
        "the slowest of 35 questions",
        format!("{:.1} ms", median(slowest)),
    );
    section.note(format!(
        "{} runs on SQLite, one question after the other, through HTTP; the people live in six zones.",
        plan.runs
    ));
    Ok(section)
}

/// How long each answer took, in ms.
fn one(plan: &Plan) -> Result<Vec<f64>> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("meetings")?, None);
    let file = plan.folder("meetings.jsonl");
    world::write_file(&file, N_PEOPLE, 1, |_, _| true)?;
    place.import(&file)?;
    let people = world::sign_in(&place, N_PEOPLE)?;
    let running = place.serve()?;
    let times = runtime()?.block_on(ask(running.port, &people))?;
    running.stop()?;
    Ok(times)
}

async fn ask(port: u16, people: &[Person]) -> Result<Vec<f64>> {
    let mut ids = Vec::new();
    for (idx, person) in people.iter().enumerate() {
        let mut http = Http::connect(port, Some(&person.token)).await?;
        let zone = json!({ "time_zone": ZONES[idx % ZONES.len()] });
        let me = send(&mut http, ("PATCH", "/api/me"), &zone).await?;
        ids.push(me["id"].clone());
    }
    let maker = people.first().context("nobody was imported")?;
    let mut http = Http::connect(port, Some(&maker.token)).await?;
    let others: Vec<Value> = ids.iter().skip(1).map(|id| json!({ "person_id": id })).collect();
    let from = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros())? + A_DAY;
    let asked =
        json!({ "aim": "decide", "minutes": 30, "people": others, "from": from, "to": from + 14 * A_DAY });
    let mut times = Vec::new();
    for n in 0..N_ASKED {
        let began = Instant::now();
        let found = send(&mut http, ("POST", "/api/meetings/slots"), &asked).await?;
        if n >= N_WARM {
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
        }
        let n_people = found["people"].as_array().map_or(0, Vec::len);
        if n_people != N_PEOPLE {
            bail!("{n_people} people were looked at");
        }
    }
    Ok(times)
}

async fn send(http: &mut Http, (method, path): (&str, &str), body: &Value) -> Result<Value> {
    let answer = http.send(method, path, &body.to_string()).await?;
    if answer.status != 200 {
        bail!(
            "{path} answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
    }
    answer.json()
}

//! A generated archive of Slack with 100,000 messages: how long it takes to come in, and how little memory.

use crate::{
    Plan,
    antiphon::Place,
    report::{COLUMNS, Section, median, thousands},
    world,
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};
use zip::{ZipWriter, write::SimpleFileOptions};

const MESSAGES: usize = 100_000;
const PEOPLE: usize = 200;
const CHANNELS: usize = 40;
/// Messages of one channel on one day.
const A_DAY: usize = 100;
/// Every so many messages begin a thread, which the next three answer.
const THREAD_EVERY: usize = 20;
const BEGAN: usize = 1_500_000_000;
const WORDS: [&str; 16] = [
    "engine",
    "*cards*",
    "the",
    "mill",
    "_weaves_",
    "patterns",
    "of",
    "algebra",
    "`loom`",
    "and",
    "numbers",
    "Bernoulli",
    "we",
    "print",
    ":tada:",
    "brass",
];

pub fn run(plan: &Plan) -> Result<Section> {
    let file = plan.folder("slack.zip");
    std::fs::create_dir_all(plan.folder("")).context("making the folder")?;
    write_archive(&file)?;
    let mut imports = Vec::new();
    for _ in 0..plan.runs {
        let place = Place::new(plan.binary()?, plan.fresh_folder("slack")?, None);
        imports.push(place.run(&["import", "slack"], &file)?.as_secs_f64());
        if world::n_messages(&place)? != MESSAGES as u64 {
            bail!("the import lost messages");
        }
    }
    let place = Place::new(plan.binary()?, plan.folder("slack"), None);
    let again = place.run(&["import", "slack"], &file)?.as_secs_f64();
    if world::n_messages(&place)? != MESSAGES as u64 {
        bail!("a second import added messages");
    }
    let mut section = Section::new("slack", &COLUMNS);
    let seconds = median(imports);
    let what = format!("import of {} messages from Slack", thousands(MESSAGES as f64));
    section.figure(&what, format!("{seconds:.1} s"), "≤ 15 s", seconds <= 15.0);
    section.fact(
        "the same archive again, which adds nothing",
        format!("{again:.1} s"),
    );
    section.note(format!("{} runs; the archive is made by the bench.", plan.runs));
    Ok(section)
}

/// The same archive each time.
fn write_archive(path: &Path) -> Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    let people: Vec<Value> = (0..PEOPLE)
        .map(|n| json!({ "id": format!("U{n}"), "name": format!("person{n}"), "profile": { "real_name": format!("Person {n}") } }))
        .collect();
    let members: Vec<String> = (0..PEOPLE).map(|n| format!("U{n}")).collect();
    let channels: Vec<Value> = (0..CHANNELS)
        .map(|n| json!({ "id": format!("C{n}"), "name": format!("channel-{n}"), "members": members }))
        .collect();
    entry(&mut zip, "users.json", &json!(people))?;
    entry(&mut zip, "channels.json", &json!(channels))?;
    let each = MESSAGES / CHANNELS;
    for channel in 0..CHANNELS {
        for day in 0..each / A_DAY {
            let messages: Vec<Value> = (0..A_DAY).map(|n| message(channel, day, n)).collect();
            let name = format!(
                "channel-{channel}/2017-{:02}-{:02}.json",
                day / 28 + 1,
                day % 28 + 1
            );
            entry(&mut zip, &name, &json!(messages))?;
        }
    }
    zip.finish()?.flush()?;
    Ok(())
}

fn message(channel: usize, day: usize, n: usize) -> Value {
    let ts = |n: usize| format!("{}.{:06}", BEGAN + day * 86_400 + n * 60, channel);
    let author = (channel * 7 + day * 3 + n) % PEOPLE;
    let words: Vec<&str> = (0..6 + n % 30)
        .map(|idx| WORDS[(idx * 5 + n + day) % WORDS.len()])
        .collect();
    let mut message = json!({
        "type": "message", "user": format!("U{author}"), "ts": ts(n),
        "text": format!("<@U{}> {}", (author + 1) % PEOPLE, words.join(" ")),
    });
    let in_thread = n % THREAD_EVERY;
    if in_thread < 4 {
        message["thread_ts"] = json!(ts(n - in_thread));
    }
    if n.is_multiple_of(5) {
        message["reactions"] =
            json!([{ "name": "+1", "users": [format!("U{}", (author + 2) % PEOPLE)], "count": 1 }]);
    }
    message
}

fn entry(zip: &mut ZipWriter<BufWriter<File>>, name: &str, value: &Value) -> Result<()> {
    zip.start_file(name, SimpleFileOptions::default())?;
    serde_json::to_writer(&mut *zip, value)?;
    Ok(())
}

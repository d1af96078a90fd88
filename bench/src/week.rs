//! Back after a week: somebody is in 50 channels in which 20,000 messages were written since they last looked. One
//! request brings all counts and the newest 50 messages of one channel.
//!
//! The messages are real ones, said again by others who are in all channels, most in the streams and the rest in the
//! latest topics.

use crate::{
    Plan,
    antiphon::Place,
    client::http::Http,
    import::{conversations, imported_place},
    post::runtime,
    report::{COLUMNS, Section, median, thousands},
    world::{self, Person},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    sync::Arc,
    time::Instant,
};
use tokio::task::JoinSet;
use uuid::Uuid;

const N_CHANNELS: usize = 50;
const N_MESSAGES: usize = 20_000;
const N_REQUESTS: usize = 20;
/// One message of so many goes into a topic.
const TOPIC_EVERY: usize = 3;
const MOST_MS: f64 = 50.0;
const MOST_KB: f64 = 40.0;

pub fn run(plan: &Plan) -> Result<Section> {
    let place = copy(plan, &imported_place(plan)?)?;
    let (reader, writers) = people(&place)?;
    let texts = texts(&conversations(plan)?)?;
    let running = place.serve()?;
    let found = runtime()?.block_on(async {
        let mut http = Http::connect(running.port, Some(&reader.token)).await?;
        let start = http.get("/api/start").await?.json()?;
        let channels = joined_channels(&start)?;
        let before = n_unread(&start);
        write(running.port, &writers, &channels, texts).await?;
        look(&mut http, channels[0], before).await
    })?;
    running.stop()?;
    let mut section = Section::new("week", &COLUMNS);
    let ms = median(found.ms);
    section.figure(
        "`GET /api/start?channel=…`",
        format!("{ms:.1} ms"),
        "≤ 50 ms",
        ms <= MOST_MS,
    );
    let kb = found.size_bytes as f64 / 1000.0;
    section.figure(
        "on the wire, with gzip and header",
        format!("{kb:.1} kB"),
        "≤ 40 kB",
        kb <= MOST_KB,
    );
    section.fact("unread messages that it counts", thousands(found.n_unread as f64));
    section.fact(
        "without gzip",
        format!("{:.1} kB", found.plain_size_bytes as f64 / 1000.0),
    );
    section.note(format!(
        "The imported conversations and {} new messages in {N_CHANNELS} channels; median of {N_REQUESTS} requests \
         after a first one.",
        thousands(N_MESSAGES as f64)
    ));
    Ok(section)
}

struct Found {
    ms: Vec<f64>,
    size_bytes: usize,
    plain_size_bytes: usize,
    n_unread: u64,
}

/// The writing must not be in the imported database, on which others build.
fn copy(plan: &Plan, imported: &Place) -> Result<Place> {
    let folder = plan.fresh_folder("week")?;
    for entry in std::fs::read_dir(imported.folder())?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("antiphon.db") {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(Place::new(plan.binary()?, folder, None))
}

/// Of those who are in all channels the first reads and the others write.
fn people(place: &Place) -> Result<(Person, Vec<Person>)> {
    let everywhere = world::members_of(place, N_CHANNELS)?;
    let mut people = world::sign_in_ids(place, &everywhere)?;
    let reader = people.pop().context("nobody is in all channels")?;
    Ok((reader, people))
}

/// The last texts of the import file.
fn texts(file: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if let Some(text) = line["text"].as_str() {
            texts.push(text.to_owned());
        }
    }
    Ok(texts.split_off(texts.len().saturating_sub(N_MESSAGES)))
}

fn joined_channels(start: &Value) -> Result<Vec<Uuid>> {
    let rows = start["channels"].as_array().context("a start without channels")?;
    let ids = rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok());
    let ids: Vec<Uuid> = ids.collect();
    if ids.len() < N_CHANNELS {
        bail!("the reader is in {} channels", ids.len());
    }
    Ok(ids)
}

fn n_unread(start: &Value) -> u64 {
    let rows = start["channels"].as_array().into_iter().flatten();
    let counts = rows.map(|row| {
        let topics = row["topics"].as_array().into_iter().flatten();
        row["n_unread"].as_u64().unwrap_or(0)
            + topics.filter_map(|topic| topic["n_unread"].as_u64()).sum::<u64>()
    });
    counts.sum()
}

/// Everybody writes their share of the texts, one after the other.
async fn write(port: u16, writers: &[Person], channels: &[Uuid], texts: Vec<String>) -> Result<()> {
    let mut http = Http::connect(port, Some(&writers[0].token)).await?;
    let mut places = Vec::new();
    for channel in channels {
        let topics = http
            .get(&format!("/api/channels/{channel}/topics?limit=3"))
            .await?
            .json()?;
        let topics = topics["items"].as_array().into_iter().flatten();
        places.push((
            *channel,
            topics
                .filter_map(|topic| topic["id"].as_str()?.parse().ok())
                .collect::<Vec<Uuid>>(),
        ));
    }
    let (places, texts, n_writers) = (Arc::new(places), Arc::new(texts), writers.len());
    let mut tasks = JoinSet::new();
    for (first, writer) in writers.iter().enumerate() {
        let (places, texts, token) = (places.clone(), texts.clone(), writer.token.clone());
        tasks.spawn(async move {
            let mut http = Http::connect(port, Some(&token)).await?;
            for idx in (first..texts.len()).step_by(n_writers) {
                let (channel, topics) = &places[idx % places.len()];
                let topic = topics.get(idx / places.len() % topics.len().max(1));
                let topic = topic.filter(|_| (idx / places.len()).is_multiple_of(TOPIC_EVERY));
                let body = json!({ "id": Uuid::now_v7(), "text": texts[idx], "topic_id": topic });
                http.send(
                    "POST",
                    &format!("/api/channels/{channel}/messages"),
                    &body.to_string(),
                )
                .await?
                .json()?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

/// Comes back and looks at a channel.
async fn look(http: &mut Http, channel: Uuid, unread_before: u64) -> Result<Found> {
    let path = format!("/api/start?channel={channel}&limit=50");
    let plain = http.get(&path).await?;
    let (plain_size_bytes, start) = (plain.size_bytes, plain.json()?);
    if start["page"]["messages"].as_array().map(Vec::len) != Some(50) {
        bail!("the start has no page of 50 messages");
    }
    let (mut ms, mut size_bytes) = (Vec::new(), 0);
    for _ in 0..N_REQUESTS {
        let began = Instant::now();
        let answer = http.get_packed(&path).await?;
        ms.push(began.elapsed().as_secs_f64() * 1000.0);
        if answer.status != 200 {
            bail!("answered {}", answer.status);
        }
        size_bytes = answer.size_bytes;
    }
    Ok(Found {
        ms,
        size_bytes,
        plain_size_bytes,
        n_unread: n_unread(&start) - unread_before.min(n_unread(&start)),
    })
}

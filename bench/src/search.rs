//! Searching a quarter of a million messages, as somebody who may read a fifth of the channels and as somebody who may
//! read all: words, beginnings while one types, phrases, filters, both orders.
//!
//! The questions are words of the messages themselves, taken evenly from all of them, so that frequent words are asked
//! for as often as they are said.

use crate::{
    Plan,
    antiphon::Place,
    client::http::Http,
    import::{conversations, imported_place},
    post::runtime,
    report::{COLUMNS, Section, thousands},
    world,
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

const N_CHANNELS: usize = 50;
const ONE_CHANNEL_IN: usize = 5;
const N_QUESTIONS: usize = 200;
const MOST_MS: f64 = 20.0;
/// The golden ratio spreads evenly.
const STEP: f64 = 0.618_033_988_749_894_9;

pub fn run(plan: &Plan) -> Result<Section> {
    let place = copy(plan, &imported_place(plan)?)?;
    let everywhere = world::members_of(&place, N_CHANNELS)?;
    let [few, all] = *everywhere.first_chunk().context("two people in all channels")?;
    let n_readable = world::leave_all_but_one_in(&place, few, ONE_CHANNEL_IN)?;
    let readers = world::sign_in_ids(&place, &[few, all])?;
    let kinds = questions(&texts(&conversations(plan)?)?);
    let running = place.serve()?;
    let runtime = runtime()?;
    let mut section = Section::new("search", &COLUMNS);
    let mut times = Vec::new();
    for reader in &readers {
        let mut http = runtime.block_on(Http::connect(running.port, Some(&reader.token)))?;
        let mut of_kinds = Vec::new();
        for (_, paths) in &kinds {
            of_kinds.push(runtime.block_on(ask(&mut http, paths))?);
        }
        times.push(of_kinds);
    }
    running.stop()?;
    let [few, all] = times.first_chunk::<2>().context("two readers")?;
    let everything: Vec<f64> = few.iter().flat_map(|found| found.ms.clone()).collect();
    let ms = percentile(&everything, 95.0);
    let what = format!("all questions, a reader of {n_readable} channels: p95");
    section.figure(&what, format!("{ms:.1} ms"), "≤ 20 ms", ms <= MOST_MS);
    for ((name, _), (few, all)) in kinds.iter().zip(few.iter().zip(all)) {
        let p95 = |found: &Found| percentile(&found.ms, 95.0);
        let figure = format!("{:.1} ms; of all {N_CHANNELS}: {:.1} ms", p95(few), p95(all));
        section.fact(&format!("{name}: p95"), figure);
    }
    let n_hits: usize = few.iter().map(|found| found.n_hits).sum();
    section.note(format!(
        "{} questions of each kind, one after the other, the first page of 20 hits with excerpts; {} hits in all.",
        N_QUESTIONS,
        thousands(n_hits as f64)
    ));
    Ok(section)
}

struct Found {
    ms: Vec<f64>,
    n_hits: usize,
}

async fn ask(http: &mut Http, paths: &[String]) -> Result<Found> {
    let mut found = Found {
        ms: Vec::new(),
        n_hits: 0,
    };
    for path in paths {
        let began = Instant::now();
        let answer = http.get(path).await?;
        found.ms.push(began.elapsed().as_secs_f64() * 1000.0);
        let page = answer.json().with_context(|| path.clone())?;
        found.n_hits += page["hits"].as_array().map_or(0, Vec::len);
    }
    if found.n_hits == 0 {
        bail!("nothing was found");
    }
    Ok(found)
}

fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * percent / 100.0).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// Kinds of questions with their paths.
fn questions(texts: &[Vec<String>]) -> Vec<(&'static str, Vec<String>)> {
    let texts: Vec<&Vec<String>> = texts.iter().filter(|words| words.len() > 4).collect();
    let mut point = 0.0_f64;
    let mut take = |n: usize, ask: &dyn Fn(&[String], usize) -> String| -> Vec<String> {
        let mut asked = Vec::new();
        for idx in 0..n {
            point = (point + STEP).fract();
            let words = texts[(point * texts.len() as f64) as usize];
            let first = idx % (words.len() - 2);
            asked.push(format!("/api/search?q={}", ask(&words[first..], idx)));
        }
        asked
    };
    let start = |word: &str, n: usize| word.chars().take(n).collect::<String>();
    vec![
        (
            "one word",
            take(N_QUESTIONS, &|words, _| format!("{}+", words[0])),
        ),
        (
            "two words of one message",
            take(N_QUESTIONS, &|words, _| format!("{}+{}+", words[0], words[2])),
        ),
        (
            "a beginning, 2 to 5 letters",
            take(N_QUESTIONS, &|words, idx| start(&words[0], 2 + idx % 4)),
        ),
        (
            "a word and a beginning",
            take(N_QUESTIONS, &|words, idx| {
                format!("{}+{}", words[0], start(&words[1], 2 + idx % 4))
            }),
        ),
        (
            "a phrase of two",
            take(N_QUESTIONS, &|words, _| {
                format!("%22{}+{}%22", words[0], words[1])
            }),
        ),
        (
            "a word and a filter",
            take(N_QUESTIONS, &|words, idx| {
                let filters = [
                    "in:tea",
                    "from:ada",
                    "has:link",
                    "before:2018-07-01",
                    "is:topic",
                    "-in:lobby",
                    "has:reaction",
                ];
                format!("{}+{}", words[0], filters[idx % filters.len()])
            }),
        ),
        (
            "one word, best first",
            take(N_QUESTIONS, &|words, _| format!("{}+&sort=best", words[0])),
        ),
        (
            "two words, best first",
            take(N_QUESTIONS, &|words, _| {
                format!("{}+{}+&sort=best", words[0], words[1])
            }),
        ),
    ]
}

/// The words of each message, as letters of ASCII that need no escape in an address.
fn texts(file: &Path) -> Result<Vec<Vec<String>>> {
    let mut texts = Vec::new();
    for line in BufReader::new(File::open(file)?).lines() {
        let line: Value = serde_json::from_str(&line?)?;
        if let Some(text) = line["text"].as_str() {
            let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
            texts.push(
                words
                    .filter(|word| word.len() > 1)
                    .map(str::to_lowercase)
                    .collect(),
            );
        }
    }
    Ok(texts)
}

/// Somebody's rights are changed, which must not be in the imported database.
fn copy(plan: &Plan, imported: &Place) -> Result<Place> {
    let folder = plan.fresh_folder("search")?;
    for entry in std::fs::read_dir(imported.folder())?.flatten() {
        if entry.file_name().to_string_lossy().starts_with("antiphon.db") {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(Place::new(plan.binary()?, folder, None))
}

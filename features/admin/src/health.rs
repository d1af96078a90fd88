//! Is everything well? One line for each thing that can go wrong, with a word for what it is.
//!
//! Invariants: all checks are asked at once and each for at most [`WAIT`], so a dead dependency costs the page that long
//! and no more; a word and its numbers say everything, the sentences are the reader's; no secret and no path is in them.

pub mod api;
mod checks;
mod mail;
pub mod store;

use base::Timestamp;
use platform::app::App;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::time::{Duration, Instant};
use ts_rs::TS;

/// How long a check may take.
const WAIT: Duration = Duration::from_secs(2);
/// What takes longer to find out, in milliseconds, is said with the time it took.
pub const SLOW_MS: u64 = 500;

/// Every word that a check can answer with: its name, then what it found.
const WORDS: [&str; 39] = [
    "database_well",
    "database_slow",
    "database_silent",
    "disk_well",
    "disk_low",
    "disk_full",
    "disk_unknown",
    "backup_well",
    "backup_old",
    "backup_none",
    "jobs_well",
    "jobs_late",
    "jobs_failing",
    "jobs_given_up",
    "files_folder",
    "files_bucket",
    "files_away",
    "bell_none",
    "bell_well",
    "bell_away",
    "scanner_none",
    "scanner_well",
    "scanner_away",
    "mail_none",
    "mail_well",
    "mail_unused",
    "mail_failing",
    "mail_away",
    "mail_silent",
    "mail_refuses",
    "certificate_none",
    "certificate_well",
    "certificate_soon",
    "certificate_over",
    "certificate_unreadable",
    "people_well",
    "clock_well",
    "clock_off",
    "version_well",
];

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// All is well.
    Well,
    /// Somebody should look at it soon.
    Look,
    /// It does not work.
    Broken,
}

/// One line.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Check {
    /// What was found.
    #[ts(type = "HealthWord")]
    pub word: String,
    /// How it is.
    pub state: State,
    /// Numbers and names for the sentence.
    #[ts(type = "Record<string, string | number>")]
    pub facts: Map<String, Value>,
    /// How long it took to find out, in milliseconds.
    #[ts(type = "number")]
    pub took_ms: u64,
}

impl Check {
    fn new(state: State, word: &'static str) -> Self {
        debug_assert!(WORDS.contains(&word), "{word}");
        Self {
            word: word.to_owned(),
            state,
            facts: Map::new(),
            took_ms: 0,
        }
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(key.to_owned(), value.into());
        self
    }
}

/// Answer of `GET /api/health`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Health {
    /// The worst of all.
    pub state: State,
    /// When it was asked.
    pub checked_at: Timestamp,
    /// One line each, in a fixed order.
    pub checks: Vec<Check>,
}

/// Asks everything.
pub async fn look(app: &App) -> Health {
    let (database, disk, backup, jobs, files, scanner, mail, certificate, clock) = tokio::join!(
        timed(checks::database(app)),
        timed(checks::disk(app)),
        timed(checks::backup(app)),
        timed(checks::jobs(app)),
        timed(checks::files(app)),
        timed(checks::scanner(app)),
        timed(mail::check(app)),
        timed(checks::certificate(app)),
        timed(checks::clock(app)),
    );
    let checks = vec![
        database,
        disk,
        backup,
        jobs,
        files,
        scanner,
        mail,
        checks::bell(app),
        certificate,
        checks::people(app),
        clock,
        checks::version(),
    ];
    Health {
        state: checks
            .iter()
            .map(|check| check.state)
            .max()
            .unwrap_or(State::Well),
        checked_at: app.clock.now(),
        checks,
    }
}

async fn timed(check: impl Future<Output = Check>) -> Check {
    let began = Instant::now();
    let check = check.await;
    Check {
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        ..check
    }
}

/// `HealthWord` in TypeScript, so that the web app has a sentence for each.
pub(crate) fn words() -> (String, String) {
    let words: Vec<String> = WORDS.iter().map(|word| format!("\"{word}\"")).collect();
    let declaration = format!("type HealthWord = {};", words.join(" | "));
    ("HealthWord".to_owned(), declaration)
}

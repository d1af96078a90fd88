//! `antiphon import jsonl|slack|mattermost FILE`: conversations from elsewhere, as docs/import.md says.

use crate::offline::Offline;
use anyhow::{Context, Result};
use platform::clock::Clock;
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

/// What is imported.
#[derive(Debug)]
pub enum Source {
    /// Our own format.
    Jsonl(PathBuf),
    /// An archive of Slack, and the name of its space.
    Slack(PathBuf, Option<String>),
    /// A bulk export of Mattermost.
    Mattermost(PathBuf),
}

impl Source {
    fn file(&self) -> &Path {
        match self {
            Self::Jsonl(file) | Self::Slack(file, _) | Self::Mattermost(file) => file,
        }
    }
}

/// Imports it and says what it came to.
pub async fn import(offline: &Offline, source: &Source) -> Result<()> {
    let began = Instant::now();
    let (db, clock) = (&offline.db, Clock::system());
    let tally = match source {
        Source::Jsonl(file) => imports::import_file(db, &clock, file).await,
        Source::Slack(file, space) => imports::import_slack(db, &clock, file, space.as_deref()).await,
        Source::Mattermost(file) => imports::import_mattermost(db, &clock, file).await,
    };
    let tally = tally.with_context(|| {
        format!(
            "the import of \"{}\" stopped; everything before is saved, so mend it and start again",
            source.file().display()
        )
    })?;
    println!("Imported {tally}, in {:.1} s.", began.elapsed().as_secs_f64());
    Ok(())
}

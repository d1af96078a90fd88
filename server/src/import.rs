//! `antiphon import jsonl|slack|mattermost FILE`: conversations from elsewhere, as docs/import.md says.

use crate::{noting, offline::Offline};
use anyhow::{Context, Result};
use platform::{clock::Clock, journal::ACCESS_SCOPE};
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
    fn format(&self) -> &'static str {
        match self {
            Self::Jsonl(_) => "jsonl",
            Self::Slack(..) => "slack",
            Self::Mattermost(_) => "mattermost",
        }
    }

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
    let format = source.format();
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
    let now = clock.now();
    let noted = db.write(ACCESS_SCOPE, move |tx| {
        accounts::audit::record(tx, &noting::deed("import.made", "import", format), now)
    });
    noted
        .await
        .context("the import could not be noted in the audit log")?;
    println!("Imported {tally}, in {:.1} s.", began.elapsed().as_secs_f64());
    Ok(())
}

//! `antiphon import jsonl|slack|mattermost FILE`: conversations from elsewhere, as docs/import.md says.

use crate::{noting, offline::Offline};
use anyhow::{Context, Result};
use files::Keeper;
use imports::Shelf;
use platform::{blobs::Blobs, clock::Clock, config::Config, journal::ACCESS_SCOPE, outbound::Outbound};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};

/// What is imported.
#[derive(Debug)]
pub enum Source {
    /// Our own format.
    Jsonl(PathBuf),
    /// An archive of Slack.
    Slack {
        /// The archive.
        file: PathBuf,
        /// The name of its space.
        space: Option<String>,
        /// Whether files and emoji are asked for at their addresses.
        fetch: bool,
    },
    /// A bulk export of Mattermost.
    Mattermost(PathBuf),
}

impl Source {
    fn format(&self) -> &'static str {
        match self {
            Self::Jsonl(_) => "jsonl",
            Self::Slack { .. } => "slack",
            Self::Mattermost(_) => "mattermost",
        }
    }

    fn file(&self) -> &Path {
        match self {
            Self::Jsonl(file) | Self::Slack { file, .. } | Self::Mattermost(file) => file,
        }
    }
}

fn shelf(config: &Config, offline: &Offline, clock: &Clock) -> Result<Shelf> {
    let blobs = Blobs::open(config).context("the store of the files cannot be opened")?;
    Ok(Shelf {
        keeper: Keeper {
            db: offline.db.clone(),
            blobs,
            clock: clock.clone(),
            clamd: config.files.clamd.clone(),
        },
        folder: config.files.uploads_folder.clone(),
        max_bytes: config.files.max_size_bytes,
        outbound: None,
    })
}

/// Imports it and says what it came to.
pub async fn import(config: &Config, offline: &Offline, source: &Source) -> Result<()> {
    let began = Instant::now();
    let (db, clock) = (&offline.db, Clock::system());
    let format = source.format();
    let tally = match source {
        Source::Jsonl(file) => imports::import_file(db, &clock, file).await,
        Source::Slack { file, space, fetch } => {
            let shelf = shelf(config, offline, &clock)?;
            let shelf = match fetch {
                true => shelf.ask_with(Outbound::new(&config.outbound.allowed)),
                false => shelf,
            };
            imports::import_slack((db, &clock), file, space.as_deref(), Some(&shelf)).await
        }
        Source::Mattermost(file) => {
            let shelf = shelf(config, offline, &clock)?;
            imports::import_mattermost((db, &clock), file, Some(&shelf)).await
        }
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

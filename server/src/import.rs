//! `antiphon import jsonl FILE`: conversations from elsewhere. docs/import.md says what a file holds.

use crate::offline::Offline;
use anyhow::{Context, Result};
use platform::clock::Clock;
use std::{path::Path, time::Instant};

/// Imports the file and says what it came to.
pub async fn import(offline: &Offline, file: &Path) -> Result<()> {
    let began = Instant::now();
    let tally = imports::import_file(&offline.db, &Clock::system(), file).await;
    let tally = tally.with_context(|| {
        format!(
            "the import of \"{}\" stopped; everything before is saved, so mend it and start again",
            file.display()
        )
    })?;
    println!("Imported {tally}, in {:.1} s.", began.elapsed().as_secs_f64());
    Ok(())
}

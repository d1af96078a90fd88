//! From a backup to a server that can be started. Everything is checked before anything is touched.

use super::{
    BLOBS, DATABASE, blobs,
    manifest::{Kind, Manifest},
    store, wait_for,
};
use crate::{app, noting};
use anyhow::{Context, Result, bail, ensure};
use platform::{
    app::{location, migrations},
    blobs::{BlobHash, Blobs},
    config::{BlobsConfig, Config},
    data::DataFolder,
    db::{Db, Hooks, Migration},
};
use std::{fs, path::Path, sync::Arc, time::Instant};

/// Stands in the data folder while a restore is under way, so that one that broke off can be repeated.
const MARK: &str = "restoring";
/// What a data folder may hold and still count as empty.
const NOTHING: [&str; 3] = ["lock", "reserve", BLOBS];

/// Restores a backup into an empty data folder and, if one is configured, an empty PostgreSQL database.
pub fn restore(config: &Config, folder: &Path) -> Result<()> {
    let began = Instant::now();
    let manifest = Manifest::read(folder)?;
    let names = blobs::check(&folder.join(BLOBS), &manifest.blobs)?;
    let steps = known_steps(&manifest)?;
    let _lock = DataFolder::take(&config.data)?;
    check_target(config, &manifest)?;
    let mark = config.data.join(MARK);
    fs::write(&mark, b"").with_context(|| format!("\"{}\" cannot be written", mark.display()))?;
    put_blobs(config, folder, &names)?;
    match (&config.database.url, manifest.kind) {
        (Some(url), Kind::Postgres) => {
            // The schema of the backup first, and what came later when its rows are in.
            drop(open(config, &steps)?);
            store::postgres::copy_in(url, folder, &manifest.tables)?;
        }
        (None, Kind::Sqlite) => {
            store::sqlite::copy_in(folder, &manifest.tables, &config.data.join(DATABASE))?;
        }
        _ => bail!("the backup and the configuration name different kinds of databases"),
    }
    fs::remove_file(&mark).with_context(|| format!("\"{}\" cannot be removed", mark.display()))?;
    let deed = noting::deed("backup.restored", "backup", "").with("made_at", manifest.made_at.0);
    noting::note(config, &deed);
    println!(
        "Restored {} rows and {} blobs, in {:.1} s. Start the server with `antiphon serve`.",
        manifest.n_rows(),
        manifest.blobs.n,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The steps of the schema that the backup has; all must be known here.
fn known_steps(manifest: &Manifest) -> Result<Vec<Migration>> {
    let known = migrations(&app::features());
    for name in &manifest.migrations {
        ensure!(
            known.iter().any(|step| step.name == name),
            "the backup was written by a newer version ({}): use that one, or a later one",
            manifest.version
        );
    }
    let mut steps = known;
    steps.retain(|step| manifest.migrations.iter().any(|name| name == step.name));
    Ok(steps)
}

fn check_target(config: &Config, manifest: &Manifest) -> Result<()> {
    match (&config.database.url, manifest.kind) {
        (Some(url), Kind::Postgres) => store::postgres::check_empty(url)?,
        (None, Kind::Sqlite) => {}
        (Some(_), Kind::Sqlite) => bail!(
            "the backup is of an embedded database, and database.url names PostgreSQL: restore it without database.url"
        ),
        (None, Kind::Postgres) => {
            bail!("the backup is of PostgreSQL: set database.url to an empty database of it")
        }
    }
    let cannot = || format!("the data folder \"{}\" cannot be read", config.data.display());
    if config.data.join(MARK).exists() && !config.data.join(DATABASE).exists() {
        return Ok(());
    }
    for entry in fs::read_dir(&config.data).with_context(cannot)? {
        let name = entry.with_context(cannot)?.file_name();
        let is_nothing = NOTHING.iter().any(|nothing| name == *nothing);
        ensure!(
            is_nothing,
            "the data folder \"{}\" is not empty (\"{}\"): restore into a new one (ANTIPHON_DATA)",
            config.data.display(),
            name.to_string_lossy()
        );
    }
    check_no_blobs(config)
}

fn check_no_blobs(config: &Config) -> Result<()> {
    if let BlobsConfig::Folder(folder) = &config.blobs
        && let Ok(mut inside) = fs::read_dir(folder)
    {
        ensure!(
            inside.next().is_none(),
            "the folder of blobs \"{}\" is not empty: restore into a new one",
            folder.display()
        );
    }
    Ok(())
}

fn put_blobs(config: &Config, folder: &Path, names: &[BlobHash]) -> Result<()> {
    let kept = Blobs::open(config).context("the place of the blobs cannot be opened")?;
    wait_for(blobs::copy_in(&kept, &folder.join(BLOBS), names))
}

fn open(config: &Config, steps: &[Migration]) -> Result<Db> {
    Db::open(&location(config), steps, Hooks::offline(Arc::default())).context("the schema cannot be made")
}

//! `antiphon backup DIR` and `antiphon restore DIR`.
//!
//! A backup is a folder: the rows as they were at one moment, the blobs that those rows name, and last of all a
//! manifest that counts and hashes everything. Without a manifest it is no backup. Rows come first and blobs after
//! them, because a blob is there before any row names it.
//!
//! Restoring checks the whole backup before it touches anything, and goes only where nothing is. It does not turn an
//! embedded database into PostgreSQL or back.

mod blobs;
mod manifest;
mod restore;
mod store;

pub use restore::restore;

use crate::noting;
use anyhow::{Context, Result, bail, ensure};
use manifest::{FORMAT, Kind, Manifest};
use platform::{blobs::Blobs, clock::Clock, config::Config};
use std::{
    fs::{self, File},
    future::Future,
    path::Path,
    time::Instant,
};

/// The embedded database inside a backup.
const DATABASE: &str = "antiphon.db";
/// The rows of PostgreSQL inside a backup, one file per table.
const TABLES: &str = "tables";
/// The blobs inside a backup, named as in a data folder.
const BLOBS: &str = "blobs";

/// Writes a backup of this server, running or not, into a new or empty folder.
pub fn backup(config: &Config, folder: &Path) -> Result<()> {
    let began = Instant::now();
    take_empty(folder)?;
    let rows = match &config.database.url {
        Some(url) => store::postgres::copy_out(url, folder)?,
        None => store::sqlite::copy_out(&config.data.join(DATABASE), folder)?,
    };
    let kept = Blobs::open(config).context("the place of the blobs cannot be opened")?;
    let blobs = wait_for(blobs::copy_out(&kept, &folder.join(BLOBS)))?;
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: Clock::system().now(),
        kind: rows.kind,
        migrations: rows.migrations,
        tables: rows.tables,
        files: rows.files,
        blobs,
    };
    manifest.write(folder)?;
    let deed = noting::deed("backup.made", "backup", "").with("n_rows", manifest.n_rows());
    noting::note(config, &deed.with("n_blobs", manifest.blobs.n));
    println!(
        "Backed up {} rows and {} blobs into \"{}\", in {:.1} s.",
        manifest.n_rows(),
        manifest.blobs.n,
        folder.display(),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// What a database gave.
struct Rows {
    kind: Kind,
    migrations: Vec<String>,
    tables: Vec<manifest::Table>,
    files: Vec<manifest::FileEntry>,
}

/// A folder that is new or empty, and ours alone from here.
fn take_empty(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("the folder \"{}\" cannot be made", folder.display()))?;
    let mut inside = fs::read_dir(folder)
        .with_context(|| format!("the folder \"{}\" cannot be read", folder.display()))?;
    ensure!(
        inside.next().is_none(),
        "the folder \"{}\" is not empty: a backup needs a folder of its own",
        folder.display()
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // It holds everything that everybody wrote.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .with_context(|| format!("the folder \"{}\" cannot be closed to others", folder.display()))?;
    }
    Ok(())
}

/// Flushes the names in a folder to the disk.
fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.with_context(|| format!("the folder \"{}\" cannot be flushed", folder.display()))
}

/// Runs the asynchronous part of a command.
fn wait_for<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("the runtime cannot be started")?.block_on(work)
}

/// Refuses a database that is not ours, or none at all.
fn check_migrations(migrations: &[String]) -> Result<()> {
    if migrations.is_empty() {
        bail!("there is no database of Antiphon yet: nothing to back up");
    }
    Ok(())
}

//! `antiphon export TARGET` and `antiphon import workspace SOURCE`: everything, in the open format of docs/export.md.

use crate::{app, noting};
use anyhow::{Context, Result};
use platform::{
    app::{location, migrations},
    blobs::Blobs,
    clock::Clock,
    config::Config,
    data::DataFolder,
};
use std::{path::Path, time::Instant};

/// Writes the workspace of this server, running or not.
pub fn export(config: &Config, target: &Path) -> Result<()> {
    let began = Instant::now();
    let runtime = runtime()?;
    let blobs = Blobs::open(config).context("the place of the blobs cannot be opened")?;
    let now = Clock::system().now();
    let exported = exports::export_workspace(
        &location(config),
        &blobs,
        runtime.handle(),
        target,
        now,
        &mut |_| {},
    )
    .with_context(|| format!("the export to \"{}\" did not come to its end", target.display()))?;
    let deed = noting::deed("export.made", "export", "").with("n_rows", exported.n_rows);
    noting::note(config, &deed);
    println!(
        "Exported {} rows and {} files to \"{}\", in {:.1} s.",
        exported.n_rows,
        exported.n_blobs,
        target.display(),
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Reads an export into a data folder and a database in which nothing is.
pub fn import(config: &Config, source: &Path) -> Result<()> {
    let began = Instant::now();
    let runtime = runtime()?;
    let _folder = DataFolder::take(&config.data).context("this command needs the server to be stopped")?;
    let blobs = Blobs::open(config).context("the place of the blobs cannot be opened")?;
    let steps = migrations(&app::features());
    let imported = exports::import_workspace(&location(config), &steps, &blobs, runtime.handle(), source)
        .with_context(|| format!("\"{}\" was not imported", source.display()))?;
    let deed = noting::deed("import.made", "import", "workspace").with("n_rows", imported.n_rows);
    noting::note(config, &deed);
    println!(
        "Imported \"{}\": {} rows and {} files, in {:.1} s. Passwords did not travel: \
         `antiphon admin reset-link EMAIL` makes a link for an owner, who makes those of the others.",
        imported.workspace,
        imported.n_rows,
        imported.n_blobs,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}

/// For the files, which may lie in a bucket.
fn runtime() -> Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    runtime.context("the runtime cannot be started")
}

//! The database without a server on it: for commands that work on the data themselves.

use crate::app;
use anyhow::{Context, Result};
use platform::{
    app::{listeners, location, migrations},
    config::Config,
    data::DataFolder,
    db::{Db, Hooks},
};

/// The database, and the data folder for as long as this lives.
pub struct Offline {
    /// With the newest schema.
    pub db: Db,
    _folder: Option<DataFolder>,
}

/// Opens the database with the newest schema. An embedded one must not be in use by a server; PostgreSQL may be.
/// Blocks, so it is called outside the async runtime.
pub fn open(config: &Config) -> Result<Offline> {
    let folder = match config.database.url {
        Some(_) => None,
        None => Some(DataFolder::take(&config.data).context("this command needs the server to be stopped")?),
    };
    let features = app::features();
    let hooks = Hooks::offline(listeners(&features));
    let db = Db::open(&location(config), &migrations(&features), hooks)?;
    Ok(Offline { db, _folder: folder })
}

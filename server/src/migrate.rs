//! `antiphon migrate`: the newest schema, without serving.

use crate::app;
use anyhow::Result;
use platform::{
    app::{location, migrations},
    config::Config,
    data::DataFolder,
    db::{Db, Hooks},
};
use std::sync::Arc;

/// Brings the database to the newest schema and stops.
pub fn migrate(config: &Config) -> Result<()> {
    let _folder = DataFolder::take(&config.data)?;
    Db::open(
        &location(config),
        &migrations(&app::features()),
        Hooks::offline(Arc::default()),
    )?;
    println!("The database has the newest schema.");
    Ok(())
}

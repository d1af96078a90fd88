//! What whoever runs the server does at the terminal, in the audit log.
//!
//! Invariant: a command that did its work does not fail because it could not be noted; it says so.

use accounts::{Actor, Deed, Subject, audit};
use anyhow::{Context, Result};
use platform::{app::location, clock::Clock, config::Config, db::Bulk};

/// All of them, as `Feature::deeds` of the features.
pub const DEEDS: &[&str] = &[
    "backup.made",
    "backup.restored",
    "export.made",
    "import.made",
    "workspace.setup_link_made",
];

/// What was done at the terminal; `name` says with what, and is never a path.
pub fn deed<'a>(action: &'static str, kind: &'static str, name: &'a str) -> Deed<'a> {
    Deed::new(Actor::CommandLine, action, Subject::named(kind, name))
}

/// Writes it down in the database of this configuration, whether a server runs on it or not.
pub fn note(config: &Config, deed: &Deed<'_>) {
    if let Err(error) = try_note(config, deed) {
        eprintln!("antiphon: this could not be noted in the audit log: {error:#}");
    }
}

fn try_note(config: &Config, deed: &Deed<'_>) -> Result<()> {
    let mut bulk = Bulk::open(&location(config)).context("the database cannot be opened")?;
    audit::record(bulk.tx(), deed, Clock::system().now()).context("the row cannot be written")?;
    bulk.commit().context("the row cannot be kept")
}

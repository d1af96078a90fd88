//! `antiphon import slack FILE.zip`: what Slack gives when a workspace is exported.
//!
//! Two passes over the archive: first people and places, then the messages of each conversation, day by day, so that a
//! mention can be written with the id that its person has here. A day is read and checked as a whole before any of it
//! is written. Files are not in the archive; what is left of them is a line with name and link (see `files`).

mod archive;
mod files;
mod messages;
mod places;
mod shapes;
#[cfg(test)]
mod tests;
mod text;

use crate::{
    Error,
    line::Place,
    write::{Import, Out, Tally},
};
use archive::Archive;
use platform::{clock::Clock, db::Db};
use std::{collections::HashMap, path::Path};

/// What the names of everything from Slack begin with.
const PREFIX: &str = "slack/";

/// Imports an archive into a space of this name; without one it is called as the archive is. When something cannot be
/// taken, all before it is on disk.
pub async fn import_slack(db: &Db, clock: &Clock, path: &Path, space: Option<&str>) -> Result<Tally, Error> {
    let meta = std::fs::metadata(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut import = Import::new(db, clock, meta.len());
    let space = space.map_or_else(|| places::space_name(path), str::to_owned);
    let owned = path.to_owned();
    import
        .take(move |out| report(out, read_places(&owned, &space, out)))
        .await?;
    let people: HashMap<_, _> = import.people(PREFIX).await?.into_iter().collect();
    let owned = path.to_owned();
    import
        .take(move |out| report(out, read_messages(&owned, people, out)))
        .await?;
    import.finish().await
}

/// An error goes the same way as the batches. Nobody listens any more when the import has stopped.
fn report(out: &Out, read: Result<(), Error>) {
    if let Err(err) = read {
        let _ = out.blocking_send(Err(err));
    }
}

fn read_places(path: &Path, space: &str, out: &Out) -> Result<(), Error> {
    let mut archive = Archive::open(path)?;
    let found = places::read(&mut archive)?;
    places::send(&found, space, out)
}

fn read_messages(path: &Path, people: HashMap<String, uuid::Uuid>, out: &Out) -> Result<(), Error> {
    let mut archive = Archive::open(path)?;
    let found = places::read(&mut archive)?;
    messages::read(&mut archive, &found, people, out)
}

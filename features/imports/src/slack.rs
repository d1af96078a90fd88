//! `antiphon import slack FILE.zip`: what Slack gives when a workspace is exported.
//!
//! Two passes over the archive: first people and places, then the messages of each conversation, day by day, so that a
//! mention can be written with the id that its person has here. A day is read and checked as a whole before any of it
//! is written. Files and emoji come in when they are in the archive, or at their addresses when those may be asked (see
//! `files`).

mod archive;
mod emoji;
mod files;
mod messages;
mod places;
mod shapes;
#[cfg(test)]
pub(crate) mod tests;
mod text;

use crate::{
    Error,
    line::Place,
    shelf::{CopyOut, Fetcher, Shelf},
    write::{Import, Out, Tally},
};
use archive::Archive;
use platform::{clock::Clock, db::Db};
use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// What the names of everything from Slack begin with.
const PREFIX: &str = "slack/";

/// Imports an archive into a space of this name; without one it is called as the archive is. Without a shelf files leave
/// their names. When something cannot be taken, all before it is on disk.
pub async fn import_slack(
    (db, clock): (&Db, &Clock),
    path: &Path,
    space: Option<&str>,
    shelf: Option<&Shelf>,
) -> Result<Tally, Error> {
    let meta = std::fs::metadata(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut import = Import::new(db, clock, meta.len());
    let space = space.map_or_else(|| places::space_name(path), str::to_owned);
    let owned = path.to_owned();
    import
        .take(move |out| report(out, read_places(&owned, &space, out)))
        .await?;
    let owned = path.to_owned();
    let read = move || {
        let mut archive = Archive::open(&owned)?;
        Ok::<_, Error>((emoji::list(&mut archive)?, archive))
    };
    let (found, archive) = tokio::task::spawn_blocking(read)
        .await
        .map_err(|_| Error::Broken)??;
    import.files = shelf.map(|shelf| Fetcher::new(shelf, inside(archive)));
    let emoji = import.add_emoji(found).await?;
    let people: HashMap<_, _> = import.people(PREFIX).await?.into_iter().collect();
    let owned = path.to_owned();
    import
        .take(move |out| report(out, read_messages(&owned, (people, emoji), out)))
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

/// What the archive holds beside its lists and days.
fn inside(archive: Archive) -> CopyOut {
    let archive = Mutex::new(archive);
    Arc::new(move |name, to, max_bytes| {
        let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
        archive.copy_out(name, to, max_bytes)
    })
}

fn read_messages(
    path: &Path,
    known: (HashMap<String, Uuid>, HashSet<String>),
    out: &Out,
) -> Result<(), Error> {
    let mut archive = Archive::open(path)?;
    let found = places::read(&mut archive)?;
    messages::read(&mut archive, &found, known, out)
}

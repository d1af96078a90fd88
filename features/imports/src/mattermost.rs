//! `antiphon import mattermost FILE`: the JSON Lines of Mattermost's bulk export and import.
//!
//! The file is read twice. The first time everything is checked and people and places are gathered (channels stand before
//! those who are in them), with the place of each post in the file; nothing is written of a file with a broken line. The
//! second time posts are fetched in the order of their times, which is not the order of the file: replies stand inside
//! their posts, and posts in no order at all. What is kept per post is 32 bytes.

mod index;
mod places;
mod posts;
mod shapes;
#[cfg(test)]
mod tests;
mod text;

use crate::{
    Error,
    line::Place,
    shelf::{Fetcher, Shelf, in_folder},
    write::{Import, Out, Tally},
};
use platform::{clock::Clock, db::Db};
use std::{collections::HashMap, path::Path};

/// What the names of everybody from Mattermost begin with.
const PEOPLE: &str = "mattermost/user/";

/// Imports a file; with a shelf also the files that lie beside it. When something cannot be taken, all before it is on
/// disk.
pub async fn import_mattermost(
    (db, clock): (&Db, &Clock),
    path: &Path,
    shelf: Option<&Shelf>,
) -> Result<Tally, Error> {
    let meta = std::fs::metadata(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut import = Import::new(db, clock, meta.len());
    let owned = path.to_owned();
    let found = tokio::task::spawn_blocking(move || index::read(&owned));
    let mut found = found.await.map_err(|_| Error::Broken)??;
    let beside = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = beside.unwrap_or(Path::new("."));
    import.files = shelf.map(|shelf| Fetcher::new(shelf, in_folder(beside)));
    let emoji = std::mem::take(&mut found.emoji);
    let lines = places::lines(&found)?;
    import
        .take(move |out| report(out, places::send(lines, out)))
        .await?;
    let emoji = import.add_emoji(emoji).await?;
    let people: HashMap<_, _> = import.people(PEOPLE).await?.into_iter().collect();
    let owned = path.to_owned();
    import
        .take(move |out| report(out, posts::read(&owned, found, (people, emoji), out)))
        .await?;
    import.finish().await
}

/// An error goes the same way as the batches. Nobody listens any more when the import has stopped.
fn report(out: &Out, read: Result<(), Error>) {
    if let Err(err) = read {
        let _ = out.blocking_send(Err(err));
    }
}

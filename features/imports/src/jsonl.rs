//! `antiphon import jsonl FILE`: our own format, as docs/import.md says.

mod fields;
mod file;

use crate::{
    Error,
    line::Place,
    write::{Import, Tally},
};
use platform::{clock::Clock, db::Db};
use std::path::Path;

/// Imports a file. When a line cannot be taken, all before it is on disk.
pub async fn import_file(db: &Db, clock: &Clock, path: &Path) -> Result<Tally, Error> {
    let meta = std::fs::metadata(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut import = Import::new(db, clock, meta.len());
    let owned = path.to_owned();
    import.take(move |out| file::read(&owned, out)).await?;
    import.finish().await
}

//! The files of a source: inside of it, beside it, or at an address when the operator wants those asked. Each is kept
//! before the message that carries it is written; one that cannot be had leaves its name in the text.
//!
//! Invariants: nothing is fetched for a message that is here already; only `platform::outbound` asks for addresses, and
//! when so many in a row do not answer, the rest of the run asks for no more; no file is larger than those that people
//! may upload, and one that is fetched no larger than [`FETCHED_MAX_BYTES`].

use crate::{Error, line::Place};
use base::PersonId;
use bytes::Bytes;
use files::{Keeper, KeptFile};
use platform::{
    db::Tx,
    outbound::{Ask, Outbound},
};
use std::{
    collections::HashSet,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tempfile::NamedTempFile;

/// What is asked for at an address is held in memory.
pub const FETCHED_MAX_BYTES: usize = 64 * 1024 * 1024;
/// From the first look-up to the last byte of such a file.
const FETCH_TIMEOUT: Duration = Duration::from_secs(60);
/// Addresses in a row that do not answer before no more are asked.
const FAILURES_MAX: u32 = 20;

/// What an import keeps files with.
#[derive(Clone)]
pub struct Shelf {
    /// Looks at them and puts them where they stay.
    pub keeper: Keeper,
    /// Where they lie meanwhile.
    pub folder: PathBuf,
    /// Bytes of one file.
    pub max_bytes: u64,
    /// Asks for files at their addresses; None: only those of the source come in.
    pub outbound: Option<Outbound>,
}

impl Shelf {
    /// With the bounds of whole files.
    pub fn ask_with(mut self, outbound: Outbound) -> Self {
        self.outbound = Some(outbound.with_bounds(FETCH_TIMEOUT, FETCHED_MAX_BYTES));
        self
    }
}

/// A file that a message names.
#[derive(Debug, Clone)]
pub struct FileField {
    pub name: String,
    /// What stands in the text when it cannot be had, in Markdown.
    pub note: String,
    /// None: nowhere.
    pub at: Option<FileAt>,
}

/// Where a file may be had.
#[derive(Debug, Clone)]
pub enum FileAt {
    /// In the source, under this name.
    Inside(String),
    /// At an address; a page that is no file asks its reader to sign in.
    Address { url: String, is_page: bool },
}

/// Copies what lies in the source under a name, if there is such a thing and it is no larger than that. Blocks.
pub type CopyOut = Arc<dyn Fn(&str, &mut dyn Write, u64) -> io::Result<bool> + Send + Sync>;

/// A shelf in use.
pub struct Fetcher {
    shelf: Shelf,
    copy_out: CopyOut,
    n_failures: u32,
}

impl Fetcher {
    pub fn new(shelf: &Shelf, copy_out: CopyOut) -> Self {
        Self {
            shelf: shelf.clone(),
            copy_out,
            n_failures: 0,
        }
    }

    /// Keeps a file. None: it cannot be had, or the scanner refused it.
    pub async fn keep(&mut self, field: &FileField) -> Result<Option<KeptFile>, Error> {
        let Some(at) = &field.at else { return Ok(None) };
        let Some(file) = self.bring(at, self.shelf.max_bytes).await? else {
            return Ok(None);
        };
        match self.shelf.keeper.keep(file.path(), &field.name).await {
            Ok(kept) => Ok(Some(kept)),
            Err(files::Error::Refused) => Ok(None),
            Err(files::Error::Db(err)) => Err(Error::Db(err)),
            Err(err) => Err(broken(field, io::Error::other(err))),
        }
    }

    /// Adds an emoji of the source's own as this person's. False: it cannot be had, or is none for here.
    pub async fn add_emoji(&mut self, by: PersonId, name: &str, at: &FileAt) -> Result<bool, Error> {
        let max_bytes = emoji::SENT_MAX_BYTES as u64;
        if emoji::check_name(name).is_err() {
            return Ok(false);
        }
        let Some(file) = self.bring(at, max_bytes).await? else {
            return Ok(false);
        };
        let read = std::fs::read(file.path()).map_err(|source| Error::read(Place::default(), source))?;
        let Keeper { db, blobs, clock, .. } = self.shelf.keeper.clone();
        let into = emoji::Import { db, blobs, clock };
        match emoji::import(&into, by, name.to_owned(), Bytes::from(read)).await {
            Ok(is_new) => Ok(is_new),
            Err(emoji::Error::Db(err)) => Err(Error::Db(err)),
            Err(emoji::Error::Blobs(err)) => Err(Error::read(Place::default(), io::Error::other(err))),
            // A picture that is none, or one too many.
            Err(_) => Ok(false),
        }
    }

    async fn bring(&mut self, at: &FileAt, max_bytes: u64) -> Result<Option<NamedTempFile>, Error> {
        let read = |source| Error::read(Place::default(), source);
        std::fs::create_dir_all(&self.shelf.folder).map_err(read)?;
        let mut file = NamedTempFile::with_prefix_in("import-", &self.shelf.folder).map_err(read)?;
        let is_there = match at {
            FileAt::Inside(name) => {
                let (copy_out, name) = (self.copy_out.clone(), name.clone());
                let copied = tokio::task::spawn_blocking(move || {
                    let is_there = copy_out(&name, &mut file, max_bytes)?;
                    file.flush().map(|()| (is_there, file))
                });
                let (is_there, copied) = copied.await.map_err(|_| Error::Broken)?.map_err(read)?;
                file = copied;
                is_there
            }
            FileAt::Address { url, is_page } => match self.ask(url, *is_page).await {
                Some(bytes) if bytes.len() as u64 <= max_bytes => {
                    file.write_all(&bytes).map_err(read)?;
                    true
                }
                _ => false,
            },
        };
        Ok(is_there.then_some(file))
    }

    async fn ask(&mut self, url: &str, is_page: bool) -> Option<Bytes> {
        let outbound = self.shelf.outbound.as_ref()?;
        if self.n_failures >= FAILURES_MAX {
            return None;
        }
        let ask = Ask {
            max_bytes: FETCHED_MAX_BYTES,
            ..Ask::get(url)
        };
        let reply = outbound.ask(ask).await.ok();
        let good = reply.filter(|reply| reply.status == 200 && (is_page || reply.kind != "text/html"));
        self.n_failures = if good.is_some() { 0 } else { self.n_failures + 1 };
        good.map(|reply| reply.body)
    }
}

fn broken(field: &FileField, source: io::Error) -> Error {
    let place = Place {
        file: Some(field.name.as_str().into()),
        line: 0,
    };
    Error::read(place, source)
}

/// The names of the emoji that are here.
pub fn list_emoji(tx: &mut dyn Tx) -> Result<HashSet<String>, Error> {
    Ok(emoji::list_names(tx)?.into_iter().collect())
}

/// Files in a folder beside the source. What leads out of it, also by a link, is not there.
pub fn in_folder(folder: &Path) -> CopyOut {
    let folder = folder.to_owned();
    Arc::new(move |name, to, max_bytes| {
        let Ok(root) = folder.canonicalize() else {
            return Ok(false);
        };
        let found = ["", "data"].iter().find_map(|inner| {
            let path = root.join(inner).join(name).canonicalize().ok()?;
            (path.starts_with(&root) && path.is_file()).then_some(path)
        });
        let Some(path) = found else { return Ok(false) };
        let mut file = std::fs::File::open(path)?;
        if file.metadata()?.len() > max_bytes {
            return Ok(false);
        }
        io::copy(&mut file, to).map(|_| true)
    })
}

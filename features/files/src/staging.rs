//! The place where uploads wait until they are whole: one file each, as long as what has come.
//!
//! Invariants: the length on disk is the truth about an upload, so a crash loses what was not answered and nothing else;
//! one writer at a time has a file, also across processes that share the folder: the lock is the system's and lasts
//! until the last write has ended, even if the request was dropped. Does not know whose upload it is.

use crate::model::Error;
use base::FileId;
use std::{
    collections::HashMap,
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{LazyLock, Mutex, PoisonError},
    time::Duration,
};
use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;

/// How long a newcomer waits for the one before to let go. It was told to; only a write in progress holds it.
const WAIT_TRIES: u32 = 100;
const WAIT: Duration = Duration::from_millis(50);

/// Who writes in this process, so that a newcomer can tell them to stop: a client that comes back has given the old
/// connection up, long before the server notices. As many entries as there are open uploads in requests.
static WRITERS: LazyLock<Mutex<HashMap<FileId, CancellationToken>>> = LazyLock::new(Mutex::default);

/// The uploads folder.
#[derive(Debug, Clone)]
pub struct Staging {
    folder: PathBuf,
}

/// An upload that is this request's alone.
#[derive(Debug)]
pub struct Locked {
    file: tokio::fs::File,
    id: FileId,
    /// Another request wants it.
    pub stop: CancellationToken,
    /// What is on disk.
    pub offset_bytes: u64,
}

impl Staging {
    /// The folder; it is made when the first upload comes.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Where the bytes of an upload are.
    pub fn path(&self, id: FileId) -> PathBuf {
        self.folder.join(id.0.simple().to_string())
    }

    /// How much has come.
    pub async fn offset(&self, id: FileId) -> Result<u64, Error> {
        match tokio::fs::metadata(self.path(id)).await {
            Ok(metadata) => Ok(metadata.len()),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(err) => Err(Error::io("look at an upload", err)),
        }
    }

    /// Takes an upload from whoever has it.
    pub async fn lock(&self, id: FileId) -> Result<Locked, Error> {
        let cannot = |err| Error::io("open an upload", err);
        tokio::fs::create_dir_all(&self.folder).await.map_err(cannot)?;
        let path = self.path(id);
        let stop = take_over(id);
        for _ in 0..WAIT_TRIES {
            let path = path.clone();
            let file = tokio::task::spawn_blocking(move || open_locked(&path)).await;
            let file = file
                .map_err(|err| cannot(io::Error::other(err)))?
                .map_err(cannot)?;
            if let Some(file) = file {
                let offset_bytes = file.metadata().map_err(cannot)?.len();
                let file = tokio::fs::File::from_std(file);
                return Ok(Locked {
                    file,
                    id,
                    stop,
                    offset_bytes,
                });
            }
            tokio::time::sleep(WAIT).await;
        }
        Err(Error::Locked)
    }

    /// Forgets the bytes of an upload; they may be gone already.
    pub async fn remove(&self, id: FileId) -> Result<(), Error> {
        remove(&self.path(id)).await
    }
}

/// Removes a file that may be gone already.
pub async fn remove(path: &Path) -> Result<(), Error> {
    match tokio::fs::remove_file(path).await {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(Error::io("remove an upload", err)),
        _ => Ok(()),
    }
}

fn take_over(id: FileId) -> CancellationToken {
    let stop = CancellationToken::new();
    let mut writers = WRITERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = writers.insert(id, stop.clone()) {
        before.cancel();
    }
    stop
}

fn open_locked(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(err)) => return Err(err),
    }
    // It may have been removed between the two, by the one who had it.
    Ok(path.exists().then_some(file))
}

impl Locked {
    /// Adds bytes at the end.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file
            .write_all(bytes)
            .await
            .map_err(|err| Error::io("write an upload", err))?;
        self.offset_bytes += bytes.len() as u64;
        Ok(())
    }

    /// Returns when all that was written is on disk.
    pub async fn flush(&mut self) -> Result<(), Error> {
        let cannot = |err| Error::io("flush an upload", err);
        self.file.flush().await.map_err(cannot)?;
        self.file.sync_data().await.map_err(cannot)
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        if self.stop.is_cancelled() {
            return; // The entry is the successor's.
        }
        WRITERS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_length_on_disk_is_the_truth() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Staging::new(&folder.path().join("uploads"));
        let id = FileId::random();
        assert_eq!(staging.offset(id).await.unwrap(), 0);
        let mut locked = staging.lock(id).await.unwrap();
        locked.write(b"12345").await.unwrap();
        locked.flush().await.unwrap();
        drop(locked);
        assert_eq!(staging.offset(id).await.unwrap(), 5);
        assert_eq!(staging.lock(id).await.unwrap().offset_bytes, 5);
        staging.remove(id).await.unwrap();
        staging.remove(id).await.unwrap();
    }

    #[tokio::test]
    async fn a_newcomer_stops_who_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let staging = Staging::new(folder.path());
        let id = FileId::random();
        let mut first = staging.lock(id).await.unwrap();
        first.write(b"abc").await.unwrap();
        let old = async {
            first.stop.cancelled().await;
            first.flush().await.unwrap();
            drop(first);
        };
        let stop = CancellationToken::new();
        let (second, ()) = tokio::join!(staging.lock(id), old);
        assert_eq!(second.unwrap().offset_bytes, 3);
        stop.cancel();
    }
}

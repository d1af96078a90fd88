//! The data folder: one process at a time, and a reserve for the day the disk is full.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::Read,
    path::{Path, PathBuf},
};

/// Given up when the disk is full, so that deletions and retention can still run. 16 MiB hold thousands of them.
const RESERVE_BYTES: u64 = 16 * 1024 * 1024;

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Another process has it.
    #[error(
        "the data folder \"{0}\" is in use by another process: stop that one, or name another folder with ANTIPHON_DATA"
    )]
    InUse(PathBuf),
    /// It cannot be made or written.
    #[error(
        "the data folder \"{0}\" cannot be used ({1}): make it writable, or name another folder with ANTIPHON_DATA"
    )]
    Unusable(PathBuf, std::io::Error),
}

/// Holds the folder until it is dropped.
#[derive(Debug)]
pub struct DataFolder {
    _lock: File,
    reserve: PathBuf,
}

impl DataFolder {
    /// Makes the folder if need be and takes it for this process.
    pub fn take(folder: &Path) -> Result<Self, DataError> {
        let unusable = |err| DataError::Unusable(folder.to_owned(), err);
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        let lock = options.open(folder.join("lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DataError::InUse(folder.to_owned())),
            Err(TryLockError::Error(err)) => return Err(unusable(err)),
        }
        Ok(Self {
            _lock: lock,
            reserve: folder.join("reserve"),
        })
    }

    /// True when the disk would hold a new reserve and as much again. Giving the reserve up makes room for exactly one:
    /// taking that back at once would leave nothing to those who delete.
    pub fn has_room(&self) -> bool {
        let folder = self.reserve.parent().unwrap_or(Path::new("."));
        rustix::fs::statvfs(folder)
            .is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= 2 * RESERVE_BYTES)
    }

    /// Fills the reserve if there is room; false without. The server works without a reserve as well.
    pub fn fill_reserve(&self) -> bool {
        if std::fs::metadata(&self.reserve).is_ok_and(|meta| meta.len() >= RESERVE_BYTES) {
            return true;
        }
        let written = File::create(&self.reserve).and_then(|file| reserve_blocks(file, RESERVE_BYTES));
        if written.is_err() {
            self.give_up_reserve();
        }
        written.is_ok()
    }

    /// Frees the reserve. True when there was one.
    pub fn give_up_reserve(&self) -> bool {
        std::fs::remove_file(&self.reserve).is_ok()
    }
}

/// Bytes that are free to us on the disk of a folder, and all that it has; None: it cannot be asked.
pub fn room(folder: &Path) -> Option<(u64, u64)> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some((
        disk.f_bavail.saturating_mul(disk.f_frsize),
        disk.f_blocks.saturating_mul(disk.f_frsize),
    ))
}

/// Real blocks, not only a size: a sparse file would reserve nothing.
fn reserve_blocks(mut file: File, n_bytes: u64) -> std::io::Result<()> {
    use rustix::{
        fs::{FallocateFlags, fallocate},
        io::Errno,
    };
    match fallocate(&file, FallocateFlags::empty(), 0, n_bytes) {
        // Some file systems (NFS, older ZFS) can only be asked by writing.
        Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => {
            std::io::copy(&mut std::io::repeat(0x5a).take(n_bytes), &mut file)?;
        }
        done => done?,
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_taker_is_refused_until_the_first_leaves() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let first = DataFolder::take(folder.path()).expect("the first taker gets it");
        assert!(matches!(
            DataFolder::take(folder.path()),
            Err(DataError::InUse(_))
        ));
        drop(first);
        let again = DataFolder::take(folder.path()).expect("it is free again");
        assert!(!again.give_up_reserve(), "taking alone reserves nothing");
        assert!(again.has_room() && again.fill_reserve());
        let reserve = std::fs::metadata(folder.path().join("reserve")).expect("the reserve is there");
        assert_eq!(reserve.len(), RESERVE_BYTES);
        assert!(again.give_up_reserve());
    }
}

//! Bytes under the name of their own content: pictures, files, recordings.
//!
//! Invariants: a blob is named by its SHA-256 and never changes; [`Blobs::put`] returns when the bytes are safe (file
//! and folder flushed to disk, or the bucket has answered), and putting the same bytes twice is one blob. In a folder,
//! a blob appears whole or not at all. Names are `ab/cdef…`: 256 folders keep listings quick at millions of blobs.
//! This module does not know who may read a blob, nor who still needs it.

mod shelf;

pub use shelf::Shelf;

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::prefix::PrefixStore;
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutMultipartOptions, RetryConfig,
    WriteMultipart,
};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use crate::config::{BlobsConfig, Config, S3Config};
use crate::http::Problem;
use crate::http::problem::DISK_FULL;

/// For one request to a bucket; below the time limit of ours, so that a caller hears the reason.
const S3_TIMEOUT: Duration = Duration::from_secs(20);

/// For a request to a bucket with all its repetitions.
const S3_RETRY_TIMEOUT: Duration = Duration::from_secs(25);

/// Repetitions of a request that a bucket refused for the moment.
const S3_RETRIES: usize = 3;

/// A file is put in pieces of this size; buckets take no smaller ones than 5 MiB.
const PIECE_BYTES: usize = 8 * 1024 * 1024;

/// Pieces on their way to the store at once, so that a file of any size costs 24 MiB of memory.
const PIECES_AT_ONCE: usize = 2;

/// The name of a blob: SHA-256 of its content. Shown as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlobHash(pub [u8; 32]);

/// A text that is no name of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a blob has 64 lower-case hex digits")]
pub struct NotAHash;

/// What can go wrong with blobs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such blob.
    #[error("there is no blob of this name")]
    NotFound,
    /// No room; nothing was kept.
    #[error("there is no room for another blob")]
    DiskFull,
    /// The bytes are not those that were put: the disk or somebody changed them.
    #[error("blob {0} is damaged")]
    Damaged(BlobHash),
    /// The file that was to be kept cannot be read.
    #[error("the file that was to be kept cannot be read")]
    File {
        /// What the system said.
        source: io::Error,
    },
    /// The folder or the bucket does not work.
    #[error("could not {doing}")]
    Store {
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: object_store::Error,
    },
    /// The folder cannot be made.
    #[error("cannot use the folder blobs.folder = {path:?}; correct the path or its permissions")]
    Folder {
        /// The configured folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// All blobs of this server. Clones are the same.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
}

/// The content of a blob as it is read.
pub type BlobStream = BoxStream<'static, Result<Bytes, Error>>;

impl Blobs {
    /// Opens the configured folder, making it if need be, or prepares to speak to the bucket.
    ///
    /// # Errors
    /// When the folder cannot be made, or the settings of the bucket do not fit together.
    pub fn open(config: &Config) -> Result<Blobs, Error> {
        let store = match &config.blobs {
            BlobsConfig::Folder(folder) => open_folder(folder)?,
            BlobsConfig::S3(s3) => open_bucket(s3)?,
        };
        Ok(Blobs { store })
    }

    /// Keeps these bytes; safe on disk when it returns. Putting them again costs a write and changes nothing.
    pub async fn put(&self, bytes: Bytes) -> Result<BlobHash, Error> {
        let hash = hash_of(bytes.clone()).await;
        self.store
            .put(&hash.name(), bytes.into())
            .await
            .map_err(|err| wrap("keep a blob", err))?;
        Ok(hash)
    }

    /// Keeps the content of a file, whose hash the caller took with [`hash_file`], piece by piece.
    pub async fn put_file(&self, path: &Path, hash: BlobHash) -> Result<(), Error> {
        let unread = |source| Error::File { source };
        let mut file = tokio::fs::File::open(path).await.map_err(unread)?;
        let size_bytes = file.metadata().await.map_err(unread)?.len();
        if size_bytes <= PIECE_BYTES as u64 {
            let mut bytes = Vec::with_capacity(PIECE_BYTES);
            file.read_to_end(&mut bytes).await.map_err(unread)?;
            let put = self.put(bytes.into()).await?;
            return same(put, hash);
        }
        let upload = self
            .store
            .put_multipart_opts(&hash.name(), PutMultipartOptions::default())
            .await
            .map_err(|err| wrap("begin a blob", err))?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        let written = write_pieces(&mut file, &mut writer, hash).await;
        if let Err(err) = written {
            // What cannot be taken back stays an unfinished upload, which has no name.
            let _ = writer.abort().await;
            return Err(err);
        }
        writer.finish().await.map_err(|err| wrap("keep a blob", err))?;
        Ok(())
    }

    /// All bytes of a blob, compared with its name. For what fits into memory comfortably.
    pub async fn get(&self, hash: BlobHash) -> Result<Bytes, Error> {
        let found = self
            .store
            .get(&hash.name())
            .await
            .map_err(|err| wrap("open a blob", err))?;
        let bytes = found.bytes().await.map_err(|err| wrap("read a blob", err))?;
        if hash_of(bytes.clone()).await == hash {
            Ok(bytes)
        } else {
            Err(Error::Damaged(hash))
        }
    }

    /// The size of a blob in bytes, and its content piece by piece, not compared with its name.
    pub async fn stream(&self, hash: BlobHash) -> Result<(u64, BlobStream), Error> {
        let found = self
            .store
            .get(&hash.name())
            .await
            .map_err(|err| wrap("open a blob", err))?;
        let size_bytes = found.meta.size;
        Ok((
            size_bytes,
            found
                .into_stream()
                .map_err(|err| wrap("read a blob", err))
                .boxed(),
        ))
    }

    /// The bytes of a blob from `range.start` up to, not including, `range.end`, piece by piece.
    pub async fn stream_range(&self, hash: BlobHash, range: Range<u64>) -> Result<BlobStream, Error> {
        let options = GetOptions {
            range: Some(GetRange::Bounded(range)),
            ..GetOptions::default()
        };
        let found = self
            .store
            .get_opts(&hash.name(), options)
            .await
            .map_err(|err| wrap("open a blob", err))?;
        Ok(found
            .into_stream()
            .map_err(|err| wrap("read a blob", err))
            .boxed())
    }

    /// True when there is such a blob.
    pub async fn exists(&self, hash: BlobHash) -> Result<bool, Error> {
        match self
            .store
            .head(&hash.name())
            .await
            .map_err(|err| wrap("look for a blob", err))
        {
            Ok(_) => Ok(true),
            Err(Error::NotFound) => Ok(false),
            Err(err) => Err(err),
        }
    }

    /// The size of a blob in bytes, without its content.
    pub async fn size(&self, hash: BlobHash) -> Result<u64, Error> {
        let found = self.store.head(&hash.name()).await;
        found
            .map(|meta| meta.size)
            .map_err(|err| wrap("look at a blob", err))
    }

    /// Removes a blob; one that is not there is fine.
    pub async fn delete(&self, hash: BlobHash) -> Result<(), Error> {
        match self
            .store
            .delete(&hash.name())
            .await
            .map_err(|err| wrap("delete a blob", err))
        {
            Err(Error::NotFound) => Ok(()),
            done => done,
        }
    }

    /// The names of all blobs, in no order. Foreign files between them are skipped.
    pub fn list(&self) -> BoxStream<'static, Result<BlobHash, Error>> {
        let found = self.store.list(None).map_err(|err| wrap("list the blobs", err));
        found
            .try_filter_map(|meta| async move { Ok(BlobHash::of_name(&meta.location)) })
            .boxed()
    }
}

impl BlobHash {
    /// The name of these bytes.
    pub fn of(bytes: &[u8]) -> BlobHash {
        BlobHash(Sha256::digest(bytes).into())
    }

    fn name(self) -> Name {
        let hex = self.to_string();
        Name::from(format!("{}/{}", &hex[..2], &hex[2..]))
    }

    fn of_name(name: &Name) -> Option<BlobHash> {
        let (folder, file) = name.as_ref().split_once('/')?;
        (folder.len() == 2)
            .then(|| format!("{folder}{file}").parse().ok())
            .flatten()
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "BlobHash({self})")
    }
}

impl FromStr for BlobHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<BlobHash, NotAHash> {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(is_hex) {
            return Err(NotAHash);
        }
        let mut hash = [0; 32];
        for (idx, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * idx..2 * idx + 2], 16).map_err(|_| NotAHash)?;
        }
        Ok(BlobHash(hash))
    }
}

impl From<Error> for Problem {
    fn from(err: Error) -> Problem {
        match err {
            Error::NotFound => Problem::not_found(),
            Error::DiskFull => Problem::new(&DISK_FULL),
            err => Problem::internal(&err),
        }
    }
}

/// The hash and the size of a file, without holding it in memory. Blocks: for a blocking thread.
pub fn hash_file(path: &Path) -> io::Result<(BlobHash, u64)> {
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut size_bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 256 * 1_024];
    loop {
        let n = io::Read::read(&mut file, &mut buffer)?;
        if n == 0 {
            return Ok((BlobHash(hash.finalize().into()), size_bytes));
        }
        hash.update(&buffer[..n]);
        size_bytes += n as u64;
    }
}

/// Hands the file over, and refuses it when it is not what it was when it was hashed.
async fn write_pieces(
    file: &mut tokio::fs::File,
    writer: &mut WriteMultipart,
    hash: BlobHash,
) -> Result<(), Error> {
    let mut check = Sha256::new();
    loop {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        let n = (&mut *file)
            .take(PIECE_BYTES as u64)
            .read_to_end(&mut piece)
            .await
            .map_err(|source| Error::File { source })?;
        if n == 0 {
            return same(BlobHash(check.finalize().into()), hash);
        }
        check.update(&piece);
        writer
            .wait_for_capacity(PIECES_AT_ONCE)
            .await
            .map_err(|err| wrap("keep a blob", err))?;
        writer.put(piece.into());
    }
}

fn same(found: BlobHash, expected: BlobHash) -> Result<(), Error> {
    if found == expected {
        Ok(())
    } else {
        Err(Error::Damaged(expected))
    }
}

/// Hashing a megabyte takes a millisecond: beside the async threads when it is more than a little.
async fn hash_of(bytes: Bytes) -> BlobHash {
    const INLINE_BYTES: usize = 256 * 1_024;
    if bytes.len() <= INLINE_BYTES {
        return BlobHash::of(&bytes);
    }
    let hashed = tokio::task::spawn_blocking(move || BlobHash::of(&bytes)).await;
    hashed.expect("hashing does not panic, and the runtime outlives its tasks")
}

fn open_folder(folder: &Path) -> Result<Arc<dyn ObjectStore>, Error> {
    let unusable = |source| Error::Folder {
        path: folder.to_owned(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(unusable)?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|err| unusable(io::Error::other(err)))?;
    // With it a file is written beside, flushed, renamed, and its folder flushed; without it, none of the flushes.
    Ok(Arc::new(store.with_fsync(true)))
}

fn open_bucket(s3: &S3Config) -> Result<Arc<dyn ObjectStore>, Error> {
    // Fails only when a provider is chosen already, which is this one too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = ClientOptions::new()
        .with_timeout(S3_TIMEOUT)
        .with_connect_timeout(Duration::from_secs(5));
    let retry = RetryConfig {
        max_retries: S3_RETRIES,
        retry_timeout: S3_RETRY_TIMEOUT,
        ..RetryConfig::default()
    };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&s3.bucket)
        .with_region(&s3.region)
        .with_access_key_id(&s3.access_key)
        .with_secret_access_key(&s3.secret_key)
        .with_retry(retry);
    let mut is_plain = false;
    if let Some(endpoint) = &s3.endpoint {
        is_plain = endpoint.starts_with("http://");
        builder = builder.with_endpoint(endpoint);
    }
    let builder = builder.with_client_options(options.with_allow_http(is_plain));
    let store = builder.build().map_err(|err| wrap("prepare the bucket", err))?;
    Ok(Arc::new(PrefixStore::new(store, Name::from(s3.prefix.as_str()))))
}

fn wrap(doing: &'static str, err: object_store::Error) -> Error {
    if matches!(err, object_store::Error::NotFound { .. }) {
        return Error::NotFound;
    }
    if is_disk_full(&err) {
        Error::DiskFull
    } else {
        Error::Store { doing, source: err }
    }
}

fn is_disk_full(err: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(err);
    while let Some(err) = cause {
        let kind = err.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(
            kind,
            Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
        ) {
            return true;
        }
        cause = err.source();
    }
    false
}

#[cfg(test)]
mod tests;

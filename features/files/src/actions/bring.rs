//! Files that come with history from elsewhere: looked at, cleaned, scanned and kept like those that people upload, and
//! posted in the transaction that writes their message.
//!
//! Invariants: a file is on disk before its message names it, and goes an hour later when none does; nobody's room is
//! counted, for it is the operator who brings them.

use crate::{
    actions::finish::{cleaned_path, keep_blob, look},
    clamd::{self, Verdict},
    model::{Claims, Error, Sight, UPLOAD_LIFE, clean_name},
    staging::remove,
    store::{self, NewFile, Place, UploadRow},
    wire::Attachment,
};
use base::{ChannelId, FileId, MessageId, PersonId, Seq, Timestamp};
use platform::{
    blobs::{BlobHash, Blobs},
    clock::Clock,
    db::{Db, Tx},
    journal::ACCESS_SCOPE,
    leftovers,
};
use std::path::Path;

/// What an import keeps its files with.
#[derive(Clone)]
pub struct Keeper {
    /// Where it is written which blobs are expected.
    pub db: Db,
    /// Where the bytes go.
    pub blobs: Blobs,
    /// What time it is.
    pub clock: Clock,
    /// The scanner, where there is one.
    pub clamd: Option<String>,
}

/// A file whose bytes are kept, and which no message has yet.
#[derive(Debug, Clone)]
pub struct KeptFile {
    name: String,
    sight: Sight,
    hash: BlobHash,
    size_bytes: u64,
}

impl Keeper {
    /// Looks at the file at `path`, which is the caller's, and keeps what is left of it when it has been cleaned.
    ///
    /// # Errors
    /// [`Error::Refused`] when the scanner found something.
    pub async fn keep(&self, path: &Path, name: &str) -> Result<KeptFile, Error> {
        if let Some(address) = &self.clamd
            && clamd::scan(address, path).await? == Verdict::Infected
        {
            return Err(Error::Refused);
        }
        let looked = look(path, &Claims::default()).await?;
        let kept = keep_blob(&self.db, &self.blobs, (ACCESS_SCOPE, self.clock.now()), &looked).await;
        remove(&cleaned_path(path)).await?;
        kept?;
        Ok(KeptFile {
            name: clean_name(name),
            sight: looked.sight,
            hash: looked.hash,
            size_bytes: looked.size_bytes,
        })
    }
}

/// Posts kept files with a message of this person; at most ten.
pub fn attach_kept(
    tx: &mut dyn Tx,
    (person, channel): (PersonId, ChannelId),
    (message, seq): (MessageId, Seq),
    kept: &[KeptFile],
    now: Timestamp,
) -> Result<Vec<Attachment>, Error> {
    let mut attached = Vec::with_capacity(kept.len());
    for (idx, file) in (0..).zip(kept) {
        if !leftovers::name(tx, file.hash, now)? {
            return Err(Error::NotYet);
        }
        let upload = UploadRow {
            id: FileId::random(),
            person,
            name: file.name.clone(),
            size_bytes: file.size_bytes,
            claims: Claims::default(),
            is_done: true,
            expires_at: now.after(UPLOAD_LIFE),
        };
        let new = NewFile {
            sight: file.sight.clone(),
            blob: file.hash.to_string(),
            size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
            now,
        };
        store::finish(tx, &upload, &new)?;
        let place = Place {
            person,
            channel,
            message,
            seq,
            idx,
        };
        attached.push(store::attach(tx, upload.id, place)?.ok_or(Error::NotFound)?);
    }
    Ok(attached)
}

//! Removes blobs that nothing names any more.
//!
//! Invariants: whoever puts a blob says so before ([`expect`]) and again in the transaction that names it ([`name`]),
//! whoever stops naming one says that ([`let_go`]); each of them has the blob looked at an hour later, and only then,
//! when no feature names it ([`crate::feature::Feature::blob_names`]), it is removed. While it is being removed it
//! cannot be named, so bytes never vanish under a name, and bytes whose name was never written do not stay. This part
//! does not know what a blob is for.

use crate::{
    app::App,
    blobs::{BlobHash, Error as BlobError},
    db::{Error, Result, Tx},
    journal::ACCESS_SCOPE,
};
use base::Timestamp;
use std::time::Duration;

/// How long a blob may lie without a name: longer than any upload to a bucket takes.
const LOOK_AFTER: Duration = Duration::from_secs(3600);
/// How long a process may take to remove one; a bucket answers within 25 s.
const LEASE: Duration = Duration::from_secs(60);
/// Blobs of one round.
const ROUND: i64 = 64;

crate::sql! {
    WATCH = "insert into blob_leftover (hash, look_at, dropping) values ($1, $2, 0) \
        on conflict (hash) do update set look_at = excluded.look_at where blob_leftover.dropping = 0";
    NAME = "update blob_leftover set look_at = $2 where hash = $1 and dropping = 0";
    DUE = "select hash from blob_leftover where look_at <= $1 order by look_at limit $2";
    TAKE = "update blob_leftover set dropping = 1, look_at = $3 where hash = $1 and look_at <= $2";
    FORGET = "delete from blob_leftover where hash = $1";
}

/// Why leftovers could not be removed.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// The database.
    #[error("leftovers cannot be listed")]
    Db(#[from] Error),
    /// The folder or the bucket; the next round tries again.
    #[error("a leftover cannot be removed")]
    Blob(#[from] BlobError),
}

/// Before the bytes are put. False: they are being removed this moment, try again in a second.
pub fn expect(tx: &mut dyn Tx, hash: BlobHash, now: Timestamp) -> Result<bool> {
    watch(tx, &hash.to_string(), now)
}

/// In the transaction that names the blob. False: it was removed meanwhile, put it again.
pub fn name(tx: &mut dyn Tx, hash: BlobHash, now: Timestamp) -> Result<bool> {
    let later = now.after(LOOK_AFTER);
    Ok(tx.exec(&NAME, &[hash.to_string().as_str().into(), later.into()])? == 1)
}

/// In the transaction that stops naming the blob, spelled as in its row.
pub fn let_go(tx: &mut dyn Tx, hash: &str, now: Timestamp) -> Result<()> {
    watch(tx, hash, now).map(|_| ())
}

fn watch(tx: &mut dyn Tx, hash: &str, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&WATCH, &[hash.into(), now.after(LOOK_AFTER).into()])? == 1)
}

/// Looks at what is due and removes what has no name; how many blobs went.
pub async fn sweep(app: &App) -> std::result::Result<usize, SweepError> {
    let now = app.clock.now();
    let due: Vec<String> = app
        .db
        .read(move |tx| tx.list(&DUE, &[now.into(), ROUND.into()], |row| row.get(0)))
        .await?;
    let mut n_removed = 0;
    for hash in due {
        if !take(app, hash.clone(), now).await? {
            continue;
        }
        if let Ok(blob) = hash.parse() {
            app.blobs.delete(blob).await?;
        }
        let forget = move |tx: &mut dyn Tx| tx.exec(&FORGET, &[hash.as_str().into()]);
        app.db.write_freeing(ACCESS_SCOPE, forget).await?;
        n_removed += 1;
    }
    Ok(n_removed)
}

/// Takes a blob out of reach, unless something names it or another process has taken it.
async fn take(app: &App, hash: String, now: Timestamp) -> Result<bool> {
    let names = app.blob_names().to_vec();
    let take = move |tx: &mut dyn Tx| {
        let args = [hash.as_str().into(), now.into(), now.after(LEASE).into()];
        if tx.exec(&TAKE, &args)? == 0 {
            return Ok(false);
        }
        for sql in &names {
            if tx.find(sql, &[hash.as_str().into()], |_| Ok(()))?.is_some() {
                tx.exec(&FORGET, &[hash.as_str().into()])?;
                return Ok(false);
            }
        }
        Ok(true)
    };
    app.db.write_freeing(ACCESS_SCOPE, take).await
}

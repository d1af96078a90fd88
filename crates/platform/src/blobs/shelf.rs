//! Beside the blobs, in the same folder or bucket: a few things under a name of their own, for every process to have.
//!
//! Invariants: a thing appears whole or not at all; a listing of blobs never shows it, since no blob lies in a folder with
//! such a name. Who puts a thing there takes it away again.

use super::{BlobStream, Blobs, Error, PIECE_BYTES, PIECES_AT_ONCE, wrap};
use futures_util::{StreamExt, TryStreamExt};
use object_store::{ObjectStore, ObjectStoreExt, PutMultipartOptions, WriteMultipart, path::Path as Name};
use std::path::Path;
use tokio::io::AsyncReadExt;

/// A place for things of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Shelf(&'static str);

impl Shelf {
    /// Exports of the whole workspace, until they expire.
    pub const EXPORTS: Shelf = Shelf("exports");

    fn name(self, name: &str) -> Name {
        Name::from(format!("{}/{name}", self.0))
    }
}

impl Blobs {
    /// Copies a file there, piece by piece, in place of what had the name.
    pub async fn shelve(&self, shelf: Shelf, name: &str, path: &Path) -> Result<(), Error> {
        let unread = |source| Error::File { source };
        let mut file = tokio::fs::File::open(path).await.map_err(unread)?;
        let upload = self
            .store
            .put_multipart_opts(&shelf.name(name), PutMultipartOptions::default())
            .await
            .map_err(|err| wrap("begin a file", err))?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PIECE_BYTES);
        if let Err(err) = write_pieces(&mut file, &mut writer).await {
            // What cannot be taken back stays an unfinished upload, which has no name.
            let _ = writer.abort().await;
            return Err(err);
        }
        writer.finish().await.map_err(|err| wrap("keep a file", err))?;
        Ok(())
    }

    /// The size of what has the name in bytes, and its content piece by piece.
    pub async fn from_shelf(&self, shelf: Shelf, name: &str) -> Result<(u64, BlobStream), Error> {
        let found = self.store.get(&shelf.name(name)).await;
        let found = found.map_err(|err| wrap("open a file", err))?;
        let size_bytes = found.meta.size;
        let content = found.into_stream().map_err(|err| wrap("read a file", err));
        Ok((size_bytes, content.boxed()))
    }

    /// The names on a shelf, in no order.
    pub async fn list_shelf(&self, shelf: Shelf) -> Result<Vec<String>, Error> {
        let found = self.store.list(Some(&Name::from(shelf.0)));
        let found = found.map_err(|err| wrap("list the files", err));
        let names =
            found.try_filter_map(|meta| async move { Ok(meta.location.filename().map(str::to_owned)) });
        names.try_collect().await
    }

    /// Takes something away; what is not there is fine.
    pub async fn clear_from_shelf(&self, shelf: Shelf, name: &str) -> Result<(), Error> {
        let gone = self.store.delete(&shelf.name(name)).await;
        match gone.map_err(|err| wrap("remove a file", err)) {
            Err(Error::NotFound) => Ok(()),
            done => done,
        }
    }
}

async fn write_pieces(file: &mut tokio::fs::File, writer: &mut WriteMultipart) -> Result<(), Error> {
    loop {
        let mut piece = Vec::with_capacity(PIECE_BYTES);
        let n = (&mut *file)
            .take(PIECE_BYTES as u64)
            .read_to_end(&mut piece)
            .await
            .map_err(|source| Error::File { source })?;
        if n == 0 {
            return Ok(());
        }
        let free = writer.wait_for_capacity(PIECES_AT_ONCE).await;
        free.map_err(|err| wrap("keep a file", err))?;
        writer.put(piece.into());
    }
}

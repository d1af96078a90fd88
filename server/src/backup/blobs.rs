//! Blobs in and out of a backup. Each is compared with its name on the way.

use super::{
    manifest::{BlobsEntry, hex},
    sync_folder,
};
use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use platform::blobs::{BlobHash, Blobs, Error};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

/// Copies all blobs. One that is damaged where it comes from is told and left out: the others matter all the more.
pub async fn copy_out(kept: &Blobs, folder: &Path) -> Result<BlobsEntry> {
    fs::create_dir_all(folder).context("the folder of the blobs cannot be made")?;
    let mut names = BTreeSet::new();
    let mut n_bytes = 0;
    let mut found = kept.list();
    while let Some(name) = found.next().await {
        let name = name.context("the blobs cannot be listed")?;
        match write_one(kept, name, &place(folder, name)).await? {
            Some(size_bytes) => {
                n_bytes += size_bytes;
                names.insert(name);
            }
            None => eprintln!("antiphon: blob {name} is damaged and was left out of the backup"),
        }
    }
    for inside in fs::read_dir(folder).context("the folder of the blobs cannot be read")? {
        sync_folder(&inside.context("the folder of the blobs cannot be read")?.path())?;
    }
    sync_folder(folder)?;
    Ok(BlobsEntry {
        n: names.len() as u64,
        n_bytes,
        sha256: hash_of(&names),
    })
}

async fn write_one(kept: &Blobs, name: BlobHash, to: &Path) -> Result<Option<u64>> {
    let folder = to.parent().context("a blob has a folder")?;
    fs::create_dir_all(folder).context("a folder of blobs cannot be made")?;
    let (size_bytes, mut content) = kept
        .stream(name)
        .await
        .with_context(|| format!("blob {name} cannot be read"))?;
    let mut file = File::create(to).with_context(|| format!("\"{}\" cannot be written", to.display()))?;
    let mut hash = Sha256::new();
    while let Some(bytes) = content.next().await {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(err @ Error::Store { .. }) => {
                return Err(err).with_context(|| format!("blob {name} cannot be read"));
            }
            Err(_) => return forget(to),
        };
        hash.update(&bytes);
        file.write_all(&bytes)
            .with_context(|| format!("\"{}\" cannot be written", to.display()))?;
    }
    if BlobHash(hash.finalize().into()) != name {
        return forget(to);
    }
    file.sync_all()
        .with_context(|| format!("\"{}\" cannot be flushed", to.display()))?;
    Ok(Some(size_bytes))
}

fn forget(path: &Path) -> Result<Option<u64>> {
    fs::remove_file(path).with_context(|| format!("\"{}\" cannot be removed", path.display()))?;
    Ok(None)
}

/// Refuses a backup whose blobs are not those of its manifest; gives their names.
pub fn check(folder: &Path, expected: &BlobsEntry) -> Result<Vec<BlobHash>> {
    let mut names = BTreeSet::new();
    let mut n_bytes = 0;
    for (name, path) in list(folder)? {
        let mut file = File::open(&path).with_context(|| format!("\"{}\" cannot be read", path.display()))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 256 * 1024];
        loop {
            match file
                .read(&mut buffer)
                .with_context(|| format!("\"{}\" cannot be read", path.display()))?
            {
                0 => break,
                n => {
                    hash.update(&buffer[..n]);
                    n_bytes += n as u64;
                }
            }
        }
        ensure!(
            BlobHash(hash.finalize().into()) == name,
            "the backup is damaged: blob {name}"
        );
        names.insert(name);
    }
    let found = BlobsEntry {
        n: names.len() as u64,
        n_bytes,
        sha256: hash_of(&names),
    };
    ensure!(
        found == *expected,
        "the backup is damaged: it holds {} blobs of {} bytes, and its manifest says {} of {}",
        found.n,
        found.n_bytes,
        expected.n,
        expected.n_bytes
    );
    Ok(names.into_iter().collect())
}

/// Puts these blobs into their place.
pub async fn copy_in(kept: &Blobs, folder: &Path, names: &[BlobHash]) -> Result<()> {
    for name in names {
        let path = place(folder, *name);
        kept.put_file(&path, *name)
            .await
            .with_context(|| format!("blob {name} cannot be put in place"))?;
    }
    Ok(())
}

fn place(folder: &Path, name: BlobHash) -> PathBuf {
    let name = name.to_string();
    folder.join(&name[..2]).join(&name[2..])
}

fn list(folder: &Path) -> Result<Vec<(BlobHash, PathBuf)>> {
    let mut found = Vec::new();
    let cannot = || format!("the backup is damaged: \"{}\" cannot be read", folder.display());
    for outer in fs::read_dir(folder).with_context(cannot)? {
        let outer = outer.with_context(cannot)?;
        for inner in fs::read_dir(outer.path()).with_context(cannot)? {
            let inner = inner.with_context(cannot)?;
            let name = format!(
                "{}{}",
                outer.file_name().to_string_lossy(),
                inner.file_name().to_string_lossy()
            );
            let name = name
                .parse()
                .ok()
                .with_context(|| format!("the backup is damaged: \"{name}\" is no blob"))?;
            found.push((name, inner.path()));
        }
    }
    Ok(found)
}

fn hash_of(names: &BTreeSet<BlobHash>) -> String {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(format!("{name}\n"));
    }
    hex(&hash.finalize())
}

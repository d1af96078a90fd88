//! What a backup says about itself. It is written last, so that a backup which has one is whole.

use anyhow::{Context, Result, bail, ensure};
use base::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
};

/// Of the layout that this program writes and reads.
pub const FORMAT: u32 = 1;
const NAME: &str = "manifest.json";

/// Which database the rows come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Of the program that wrote it.
    pub version: String,
    pub made_at: Timestamp,
    pub kind: Kind,
    /// The steps of the schema that had run.
    pub migrations: Vec<String>,
    /// In an order in which rows refer to earlier tables only.
    pub tables: Vec<Table>,
    pub files: Vec<FileEntry>,
    pub blobs: BlobsEntry,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    pub n_rows: u64,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Inside the backup.
    pub name: String,
    pub n_bytes: u64,
    pub sha256: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobsEntry {
    pub n: u64,
    pub n_bytes: u64,
    /// Of their names, sorted, each with a line end; a name is the hash of its content.
    pub sha256: String,
}

impl Manifest {
    pub fn n_rows(&self) -> u64 {
        self.tables.iter().map(|table| table.n_rows).sum()
    }

    /// Writes it, whole or not at all, and flushes the folder.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let part = folder.join("manifest.part");
        let mut text = serde_json::to_vec_pretty(self).context("the manifest cannot be written down")?;
        text.push(b'\n');
        let written = File::create(&part).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&part, folder.join(NAME))
        });
        written.context("the manifest cannot be written")?;
        super::sync_folder(folder)
    }

    /// Reads it and compares every file but the blobs with it.
    pub fn read(folder: &Path) -> Result<Self> {
        let text = match fs::read(folder.join(NAME)) {
            Ok(text) => text,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => bail!(
                "\"{}\" is no backup, or one that did not come to its end: it has no {NAME}",
                folder.display()
            ),
            Err(err) => return Err(err).context("the manifest cannot be read"),
        };
        let manifest: Manifest =
            serde_json::from_slice(&text).context("the backup is damaged: its manifest")?;
        ensure!(
            manifest.format == FORMAT,
            "the backup has format {}, and this version reads {FORMAT}: use version {} of Antiphon",
            manifest.format,
            manifest.version
        );
        for entry in &manifest.files {
            let is_inside = Path::new(&entry.name)
                .components()
                .all(|part| matches!(part, std::path::Component::Normal(_)));
            ensure!(
                is_inside,
                "the backup is damaged: its manifest names \"{}\"",
                entry.name
            );
            let found = FileEntry::of(folder, &entry.name)
                .with_context(|| format!("the backup is damaged: \"{}\"", entry.name))?;
            ensure!(
                found == *entry,
                "the backup is damaged: \"{}\" is not as it was written",
                entry.name
            );
        }
        Ok(manifest)
    }
}

impl FileEntry {
    /// Reads a file of a backup through.
    pub fn of(folder: &Path, name: &str) -> Result<Self> {
        let mut file =
            File::open(folder.join(name)).with_context(|| format!("\"{name}\" cannot be opened"))?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; 1024 * 1024];
        let mut n_bytes = 0;
        loop {
            match file
                .read(&mut buffer)
                .with_context(|| format!("\"{name}\" cannot be read"))?
            {
                0 => break,
                n => {
                    hash.update(&buffer[..n]);
                    n_bytes += n as u64;
                }
            }
        }
        Ok(Self {
            name: name.to_owned(),
            n_bytes,
            sha256: hex(&hash.finalize()),
        })
    }
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

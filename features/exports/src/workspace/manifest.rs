//! What an export says about itself. It is written last.

use super::schema::Column;
use base::Timestamp;
use serde::{Deserialize, Serialize};

/// Of the layout that this program writes and reads.
pub const FORMAT: u32 = 1;
/// Its name in the export.
pub const NAME: &str = "manifest.json";
/// Its size at most: hundreds of tables.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Of the program that wrote it.
    pub version: String,
    pub made_at: Timestamp,
    pub workspace: String,
    /// Where the rows come from; they go into either.
    pub database: String,
    /// The steps of the schema that had run.
    pub migrations: Vec<String>,
    /// In an order in which rows refer to earlier tables only.
    pub tables: Vec<TableEntry>,
    /// Tables that stayed on the server.
    pub left_out: Vec<String>,
    pub blobs: BlobsEntry,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct TableEntry {
    pub name: String,
    pub columns: Vec<Column>,
    pub n_rows: u64,
    pub n_bytes: u64,
    /// Of the file with its rows.
    pub sha256: String,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobsEntry {
    pub n: u64,
    pub n_bytes: u64,
    /// Of their names, sorted, each with a line end; a name is the hash of its content.
    pub sha256: String,
}

impl TableEntry {
    /// The file with its rows, inside the export.
    pub fn file(&self) -> String {
        file_of(&self.name)
    }
}

pub fn file_of(table: &str) -> String {
    format!("data/{table}.jsonl")
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! The whole workspace out of a server and into an empty one, from either database to either; docs/export.md says what the
//! files hold.
//!
//! Invariants: rows are those of one moment; the manifest comes last, so that an export without one was cut; an import
//! compares everything with the manifest before it touches anything, and writes all rows or none; no password, session,
//! token or secret leaves the server. Tables are found in the schema, so a new feature joins by itself, and a column that
//! sounds like a secret stays unless `policy` says otherwise.

mod export;
mod import;
mod manifest;
mod policy;
mod schema;
mod source;
pub(crate) mod store;
mod target;

pub use export::{Exported, Progress, export_workspace};
pub use import::{Imported, import_workspace};

/// Why an export or an import of a workspace stopped.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// What is wrong, and what to do.
    #[error("{0}")]
    Refused(String),
    /// A file.
    #[error("could not {doing}")]
    File {
        /// What was being done.
        doing: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database.
    #[error("the database did not do its part")]
    Db(#[from] platform::db::Error),
    /// The schema could not be made.
    #[error("the schema could not be made")]
    Schema(#[source] platform::db::MigrationError),
    /// The place for files.
    #[error("the place for files did not do its part")]
    Blobs(#[source] platform::blobs::Error),
}

impl WorkspaceError {
    pub(crate) fn file(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let doing = doing.into();
        |source| Self::File { doing, source }
    }

    fn zip(doing: impl Into<String>) -> impl FnOnce(zip::result::ZipError) -> Self {
        let doing = doing.into();
        |source| Self::File {
            doing,
            source: std::io::Error::other(source),
        }
    }
}

type Result<T> = std::result::Result<T, WorkspaceError>;

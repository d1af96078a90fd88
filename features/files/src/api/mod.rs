//! Uploads and files over HTTP: thin handlers.

pub(crate) mod files;
pub(crate) mod gallery;
pub(crate) mod tus;

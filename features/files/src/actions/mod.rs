//! The verbs of uploads and files.

pub(crate) mod bring;
pub(crate) mod finish;
pub(crate) mod posting;
pub(crate) mod uploads;

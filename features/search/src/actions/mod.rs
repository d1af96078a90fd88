//! The verbs of search. Each proves what the person may read, asks the index for that and nothing else, in one
//! snapshot.

pub(crate) mod backfill;
pub(crate) mod find;
pub(crate) mod places;
mod question;
mod rank;

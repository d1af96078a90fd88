//! The verbs of places. Each takes a proof of access, decides, writes and announces in the caller's transaction.

pub(crate) mod channels;
pub(crate) mod import;
pub(crate) mod membership;
pub(crate) mod spaces;

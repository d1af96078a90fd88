//! The verbs of asks. Each takes a proof of access, decides, writes and announces in the caller's transaction; what follows
//! from somebody's message, or from their leaving, acts without one.

pub(crate) mod leaving;
pub(crate) mod moving;
pub(crate) mod open;
pub(crate) mod telling;

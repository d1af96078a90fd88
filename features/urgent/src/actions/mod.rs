//! The verbs of this slice. Each takes a proof of access, decides, writes and announces in the caller's transaction; what
//! follows by itself acts without one.

pub(crate) mod consenting;
pub(crate) mod leaving;
pub(crate) mod moving;
pub(crate) mod rotas;
pub(crate) mod sending;
pub(crate) mod stepping;

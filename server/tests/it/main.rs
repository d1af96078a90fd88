//! The product as a whole, out of process.

mod net;

//! From the log to those who are there: frames, the hub, sockets, and the bell between processes.
//!
//! Rule at every hop: apply only last + 1; else read the log. So a frame may be lost, doubled or late anywhere between
//! the commit and a reader, and it costs time, never truth.

mod bell;
mod cursors;
mod follower;
mod frame;
mod hub;
mod outlet;
mod replay;
mod socket;
#[cfg(test)]
mod tests;

pub use bell::{Bell, sweep};
#[cfg(test)]
pub(crate) use bell::{encode, hear};
pub use cursors::{Cursors, Step};
#[cfg(test)]
pub(crate) use follower::{Follower, Out, Taken};
pub use frame::Frame;
pub use hub::Hub;
pub use outlet::{Delivery, Outlet, n_slowed};
#[cfg(test)]
pub(crate) use replay::{After, read_one};
pub use socket::{Gate, Heads, Principal, serve_socket};

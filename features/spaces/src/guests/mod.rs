//! Guests by link: people without an account, in one channel, until the link ends.
//!
//! Invariants: such a guest is a member of the one channel of their link and of nothing else, so every proof for another
//! place fails; routes are closed to them unless they say [`platform::feature::Route::link_guests`]; the link says on the
//! server which channel, how many, until when, from where they read and whether they bring files; only its hash is stored; with the link their
//! sessions and sockets end, and what they wrote stays.

mod actions;
pub(crate) mod api;
mod ending;
mod store;
pub(crate) mod wire;

pub use actions::{BY_MEMBERS_SETTING, GuestRoom, guest_room, members_make_links};
pub(crate) use actions::{leave, remove};
pub(crate) use ending::{job, listener};
pub(crate) use store::{STATEMENTS, list_floors};

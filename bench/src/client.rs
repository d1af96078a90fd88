//! Clients as small as they can be, so that on a machine with two cores the server and not the load takes the time.
//!
//! All of them speak plain text over loopback and check only what the bench counts.

pub mod http;
pub mod live;
pub mod socketio;
pub mod websocket;
pub mod xmpp;

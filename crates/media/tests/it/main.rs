//! Rooms from outside: over HTTP, WebSockets and a TCP port, as clients and attackers meet them.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests")]

mod cluster;
mod doors;
mod room_service;
mod support;

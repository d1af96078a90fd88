//! Rooms from outside: over HTTP, WebSockets and a TCP port, as clients and attackers meet them.

mod cluster;
mod doors;
mod room_service;
mod support;

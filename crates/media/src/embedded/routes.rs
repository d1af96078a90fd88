//! Whose a packet is: which room owns an ICE fragment, and which connection leads to an address over TCP.
//!
//! Rooms write here, the network reads. Nothing here is secret or proven: a room checks by itself that a packet is of
//! one of its people.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::thread::RoomKey;

/// A room and the thread that it lives on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Home {
    pub thread: usize,
    pub room: RoomKey,
}

#[derive(Default)]
pub(crate) struct Routes {
    fragments: Mutex<HashMap<String, Home>>,
    connections: Mutex<HashMap<SocketAddr, mpsc::Sender<Bytes>>>,
}

impl Routes {
    pub fn open(&self, fragment: String, home: Home) {
        lock(&self.fragments).insert(fragment, home);
    }

    pub fn close(&self, fragment: &str) {
        lock(&self.fragments).remove(fragment);
    }

    pub fn find(&self, fragment: &str) -> Option<Home> {
        lock(&self.fragments).get(fragment).copied()
    }

    pub fn connected(&self, from: SocketAddr, connection: mpsc::Sender<Bytes>) {
        lock(&self.connections).insert(from, connection);
    }

    pub fn disconnected(&self, from: SocketAddr) {
        lock(&self.connections).remove(&from);
    }

    /// Gives a packet to the connection that leads there. False when there is none, or it is full: then the packet is
    /// lost, as it would be on the way.
    pub fn send(&self, to: SocketAddr, packet: Bytes) -> bool {
        let connection = lock(&self.connections).get(&to).cloned();
        connection.is_some_and(|connection| connection.try_send(packet).is_ok())
    }
}

/// Nothing in here is left half done by a panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

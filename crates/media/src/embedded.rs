//! Rooms in this process: threads, sockets, doors.
//!
//! Invariants: a room lives on one thread and is touched by nobody else; every way into it is a bounded queue; nothing
//! that is slow, dead or hostile outside holds it up. What a room does is `crates/sfu`'s.

mod host;
mod network;
mod registry;
mod relay;
mod room_service;
mod routes;
mod signalling;
mod thread;
mod udp;
mod verbs;

use std::io;
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use sfu::Transport;
use tokio::sync::watch;

use crate::token::Tokens;
use crate::{Embedded, StartError};
use registry::Registry;
pub(crate) use routes::lock;
use thread::{INBOX, MediaThread, Order};
use udp::{Udp, own_addresses};

/// What runs. It ends with the last of those who hold it, at the latest.
pub(crate) struct Running {
    pub tokens: Tokens,
    registry: Arc<Registry>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    stops_network: watch::Sender<bool>,
}

impl Running {
    pub fn start(tokens: Tokens, settings: Embedded) -> Result<Self, StartError> {
        let (udp, tcp) = listen(settings.listen)?;
        let port = udp.local_addr().map_err(StartError::System)?.port();
        let own = own_addresses(settings.listen.ip());
        let announced = if settings.announce.is_empty() {
            own.clone()
        } else {
            settings.announce.clone()
        };
        if announced.is_empty() {
            return Err(StartError::NoAddress);
        }
        let candidates = [Transport::Udp, Transport::Tcp]
            .into_iter()
            .flat_map(|transport| {
                let addresses = announced
                    .iter()
                    .map(move |ip| (transport, SocketAddr::new(*ip, port)));
                addresses.collect::<Vec<_>>()
            });
        let candidates = candidates.collect();
        let udp = Udp::new(udp, announced, &own).map_err(StartError::System)?;
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..settings.threads.max(1))
            .map(|_| crossbeam_channel::bounded(INBOX))
            .unzip();
        let registry = Arc::new(Registry::new(settings, candidates, senders, udp));
        let (stops_network, stop) = watch::channel(false);
        let mut threads = Vec::new();
        for (idx, inbox) in receivers.into_iter().enumerate() {
            threads.push(spawn(format!("media-{idx}"), || MediaThread::new(inbox).run())?);
        }
        let networks = registry.clone();
        threads.push(spawn("media-network".into(), || {
            if let Err(error) = network::run(networks, tcp, stop) {
                tracing::error!(%error, "media cannot read the network any more");
            }
        })?);
        tracing::info!(media.port = port, "listened for media at UDP and TCP port {port}");
        Ok(Running {
            tokens,
            registry,
            threads: Mutex::new(threads),
            stops_network,
        })
    }

    pub fn port(&self) -> u16 {
        self.registry.udp.port()
    }

    /// Sends everybody away, and waits until that is done.
    pub async fn stop(&self) {
        self.begin_to_stop();
        let threads = std::mem::take(&mut *lock(&self.threads));
        let joined =
            tokio::task::spawn_blocking(|| threads.into_iter().for_each(|thread| drop(thread.join())));
        let _ = joined.await;
    }

    fn begin_to_stop(&self) {
        self.registry.is_stopping.store(true, Relaxed);
        for thread in self.registry.threads() {
            // Ends of itself when the inbox is full of work that nobody does.
            let _ = thread.send_timeout(Order::Stop, std::time::Duration::from_secs(1));
        }
        let _ = self.stops_network.send(true);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !lock(&self.threads).is_empty() {
            self.begin_to_stop();
        }
    }
}

pub(crate) fn router(running: Arc<Running>) -> axum::Router {
    signalling::router(running.clone()).merge(room_service::router(running))
}

fn spawn(name: String, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StartError> {
    let thread = std::thread::Builder::new().name(name);
    thread.spawn(work).map_err(StartError::System)
}

/// Both sockets with one number. When the system chooses it for UDP, somebody else may have it for TCP.
fn listen(wanted: SocketAddr) -> Result<(UdpSocket, TcpListener), StartError> {
    const MOST_TRIES: usize = 20;
    let refused = |kind, source: io::Error| StartError::Listen {
        address: wanted,
        kind,
        source,
    };
    let mut n_tries = 0;
    loop {
        let udp = Udp::bind(wanted).map_err(|error| refused("UDP", error))?;
        let address = udp.local_addr().map_err(StartError::System)?;
        match TcpListener::bind(address) {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(_) if wanted.port() == 0 && n_tries < MOST_TRIES => n_tries += 1,
            Err(error) => return Err(refused("TCP", error)),
        }
    }
}

//! The thread that reads the network for all rooms: UDP, and ICE over TCP on the same port.
//!
//! It finds out whose a packet is and hands it to the thread of that room. STUN names the connection; everything else
//! follows from the address that STUN came from last. What is nobody's is dropped without an answer.

use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use sfu::{Transport, stun_ufrag};
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::timeout;

use super::registry::Registry;
use super::routes::Home;
use super::thread::{Arrived, Order};
use super::udp::{Datagram, Inlet};

/// How many addresses are remembered. Whoever is forgotten is known again with the next STUN, 2.5 s later.
const MOST_ADDRESSES: usize = 65_536;

/// How many connections over TCP there may be, most of them of people whose networks let nothing else out.
const MOST_CONNECTIONS: usize = 2_048;

/// Datagrams are fetched so often at most: what came meanwhile comes with them.
const BUSY: Duration = Duration::from_millis(1);

/// Packets that wait for one connection: half a second of video. More are lost, as on a line that is too thin.
const OUTBOX: usize = 256;

/// The largest packet over TCP; over UDP nobody sends one that is larger than a frame of Ethernet.
const MOST_BYTES: usize = 4_096;

/// In which time a new connection must say whose it is, and how long one may then be silent: consent is asked for every
/// few seconds (RFC 7675).
const FIRST_WORD: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(60);

/// Until `stop` changes.
pub(crate) fn run(
    registry: Arc<Registry>,
    tcp: TcpListener,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let datagrams = read_datagrams(registry.clone());
        let connections = accept(registry.clone(), tcp);
        tokio::select! {
            ended = datagrams => ended,
            ended = connections => ended,
            _ = stop.changed() => Ok(()),
        }
    })
}

async fn read_datagrams(registry: Arc<Registry>) -> io::Result<()> {
    let udp = &registry.udp;
    // Only when something can be read: each packet that goes out makes room for another, and is no news here.
    #[expect(
        deprecated,
        reason = "its successor is unsafe for what closes its descriptor early, which a socket does not"
    )]
    let socket = AsyncFd::with_interest(udp.socket()?, Interest::READABLE)?;
    let mut inlet = Inlet::new();
    let mut owners = Owners::default();
    let mut read_at = Instant::now();
    loop {
        let mut ready = socket.readable().await?;
        // Where many people send, each packet alone would wake two threads.
        let rests = BUSY.checked_sub(read_at.elapsed());
        if let Some(rest) = rests {
            tokio::time::sleep(rest).await;
        }
        read_at = Instant::now();
        // A failure that is told here belongs to some packet that went out before, and to nobody who could act on it.
        if let Ok(Ok(datagrams)) = ready.try_io(|_| inlet.receive(udp)) {
            owners.hand_over(&registry, datagrams);
        }
    }
}

/// Who sends from which address.
#[derive(Default)]
struct Owners(HashMap<SocketAddr, Home>);

impl Owners {
    fn hand_over(&mut self, registry: &Registry, datagrams: Vec<Datagram>) {
        let mut batches: Vec<Vec<Arrived>> = registry.threads().map(|_| Vec::new()).collect();
        for datagram in datagrams {
            let Some(home) = self.find(registry, &datagram) else {
                continue;
            };
            batches[home.thread].push(Arrived {
                room: home.room,
                transport: Transport::Udp,
                source: datagram.from,
                destination: datagram.to,
                bytes: datagram.bytes,
            });
        }
        for (thread, batch) in batches
            .into_iter()
            .enumerate()
            .filter(|(_, batch)| !batch.is_empty())
        {
            registry.try_order(thread, Order::Packets(batch));
        }
    }

    fn find(&mut self, registry: &Registry, datagram: &Datagram) -> Option<Home> {
        let Some(fragment) = stun_ufrag(&datagram.bytes) else {
            return self.0.get(&datagram.from).copied();
        };
        let home = registry.routes.find(fragment)?;
        if self.0.insert(datagram.from, home).is_none() && self.0.len() > MOST_ADDRESSES {
            self.0.clear();
            self.0.insert(datagram.from, home);
        }
        Some(home)
    }
}

// ---- TCP ----

async fn accept(registry: Arc<Registry>, tcp: TcpListener) -> io::Result<()> {
    tcp.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(tcp)?;
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
        // Out of descriptors, or gone before it was here: the next one may do better.
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let registry = registry.clone();
        // Ends with the runtime, which ends with this thread.
        tokio::spawn(async move {
            let _ = connection(&registry, stream, from).await;
            drop(place);
        });
    }
}

async fn connection(registry: &Registry, stream: TcpStream, from: SocketAddr) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let from = SocketAddr::new(from.ip().to_canonical(), from.port());
    let to = registry
        .udp
        .announced_for(stream.local_addr().ok().map(|at| at.ip()), from);
    let (mut read, write) = stream.into_split();
    let first = timeout(FIRST_WORD, read_packet(&mut read)).await??;
    let home = stun_ufrag(&first).and_then(|fragment| registry.routes.find(fragment));
    let Some(home) = home else { return Ok(()) };
    let (sender, outbox) = mpsc::channel(OUTBOX);
    registry.routes.connected(from, sender);
    let ended = tokio::select! {
        ended = read_packets(registry, read, (from, to), (home, first)) => ended,
        ended = write_packets(write, outbox) => ended,
    };
    registry.routes.disconnected(from);
    ended
}

async fn read_packets(
    registry: &Registry,
    mut read: OwnedReadHalf,
    (source, destination): (SocketAddr, SocketAddr),
    (mut home, first): (Home, Bytes),
) -> io::Result<()> {
    let mut bytes = first;
    loop {
        let named = stun_ufrag(&bytes).and_then(|fragment| registry.routes.find(fragment));
        home = named.unwrap_or(home);
        let arrived = Arrived {
            room: home.room,
            transport: Transport::Tcp,
            source,
            destination,
            bytes,
        };
        registry.try_order(home.thread, Order::Packets(vec![arrived]));
        bytes = timeout(SILENCE, read_packet(&mut read)).await??;
    }
}

/// RFC 4571: two bytes of length, then the packet.
async fn read_packet(read: &mut OwnedReadHalf) -> io::Result<Bytes> {
    let n_bytes = usize::from(read.read_u16().await?);
    if n_bytes > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; n_bytes];
    read.read_exact(&mut bytes).await?;
    Ok(bytes.into())
}

async fn write_packets(mut write: OwnedWriteHalf, mut outbox: mpsc::Receiver<Bytes>) -> io::Result<()> {
    let mut frames = Vec::new();
    while let Some(packet) = outbox.recv().await {
        frames.clear();
        frame(&mut frames, &packet);
        // Everything that waits goes in one call.
        while let Ok(packet) = outbox.try_recv() {
            frame(&mut frames, &packet);
        }
        write.write_all(&frames).await?;
    }
    Ok(())
}

fn frame(frames: &mut Vec<u8>, packet: &[u8]) {
    if let Ok(n_bytes) = u16::try_from(packet.len()) {
        frames.extend(n_bytes.to_be_bytes());
        frames.extend(packet);
    }
}

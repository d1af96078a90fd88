//! A virtual network with clients on it, for the tests of this crate, with a clock of its own.
//!
//! A [`Call`] holds a room, its clients and all packets that are under way. Minutes pass in milliseconds. What
//! the network loses and delays comes from a seed; keys and fragments are drawn by the libraries, so tests are of what
//! holds for any.

mod client;
mod data;
mod link;
mod media;

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

pub use client::{Abilities, Client, Heard};
pub use link::Link;

use crate::*;

/// Where the server is reached.
pub const SERVER: &str = "192.0.2.1:7882";

pub struct Call {
    pub room: Room,
    pub now: Instant,
    pub clients: Vec<Client>,
    pub events: Vec<Event>,
    /// Whether clients that come from now on reckon what their way to the server holds, as browsers do.
    pub clients_reckon: bool,
    /// Whether they take sounds that are sent twice.
    pub clients_know_red: bool,
    /// How long the room has worked, by a real clock.
    pub in_room: Duration,
    /// What clients sent over the network, and on their sockets, where somebody wants to have it.
    pub tape: Option<Tape>,
    /// Counts allocations, where somebody wants to know how many the room makes.
    pub n_allocations: fn() -> usize,
    pub n_allocations_in_room: usize,
    rng: StdRng,
    /// What is under way, by when it arrives; the number keeps order among equals.
    under_way: BTreeMap<(Instant, u64), UnderWay>,
    n_sent: u64,
    room_wakes_at: Instant,
}

/// What clients sent, by the index of the client.
#[derive(Debug, Default)]
pub struct Tape {
    pub packets: Vec<(usize, Vec<u8>)>,
    pub signals: Vec<(usize, Vec<u8>)>,
}

enum UnderWay {
    ToServer {
        source: SocketAddr,
        bytes: Vec<u8>,
    },
    ToClient {
        client: usize,
        destination: SocketAddr,
        bytes: Vec<u8>,
    },
    SignalToServer {
        client: usize,
        bytes: Vec<u8>,
    },
    SignalToClient {
        client: usize,
        bytes: Vec<u8>,
    },
}

/// One way of a signal: TCP on a usual line.
const SIGNAL_DELAY: Duration = Duration::from_millis(20);

pub fn config(seed: u64) -> Config {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Config {
        name: "room".into(),
        opened_at: base::Timestamp(1_790_000_000_000_000),
        candidates: vec![(Transport::Udp, SERVER.parse().unwrap())],
        ice_servers: Vec::new(),
        seed: bytes,
        limits: Limits::default(),
    }
}

/// What `identity` brings when nothing is special about them.
pub fn join(identity: &str, topology: Topology) -> Join {
    let mut entry = Entry::from_query([]);
    entry.topology = topology;
    Join {
        identity: identity.into(),
        name: identity.to_uppercase(),
        metadata: String::new(),
        attributes: Default::default(),
        grants: Grants::default(),
        entry,
    }
}

impl Call {
    pub fn new(seed: u64) -> Self {
        Call::with(seed, config(seed))
    }

    pub fn with(seed: u64, config: Config) -> Self {
        let now = Instant::now();
        Call {
            room: Room::new(config, now),
            now,
            clients: Vec::new(),
            events: Vec::new(),
            clients_reckon: false,
            clients_know_red: true,
            in_room: Duration::ZERO,
            tape: None,
            n_allocations: || 0,
            n_allocations_in_room: 0,
            rng: StdRng::seed_from_u64(seed),
            under_way: BTreeMap::new(),
            n_sent: 0,
            room_wakes_at: now,
        }
    }

    /// Somebody comes in over a good line; the index of their client.
    pub fn join(&mut self, identity: &str, topology: Topology) -> usize {
        self.join_as(join(identity, topology)).unwrap()
    }

    pub fn join_as(&mut self, mut join: Join) -> Result<usize, Refusal> {
        let idx = self.clients.len();
        let abilities = Abilities {
            reckons: self.clients_reckon,
            knows_red: self.clients_know_red,
        };
        let mut client = Client::new(idx, join.entry.topology, abilities, self.now);
        join.entry.offer = client.first_offer();
        let id = self.room.join(self.now, join)?;
        client.id = id;
        self.clients.push(client);
        self.collect();
        Ok(idx)
    }

    /// Lets time pass.
    pub fn run(&mut self, duration: Duration) {
        let end = self.now + duration;
        self.collect();
        while let Some(next) = self.next_moment().filter(|next| *next <= end) {
            self.now = next.max(self.now);
            self.step();
        }
        self.now = end;
    }

    pub fn run_ms(&mut self, ms: u64) {
        self.run(Duration::from_millis(ms));
    }

    /// Lets time pass until `is_done`, and fails when that takes longer than ten seconds of the call.
    pub fn run_until(&mut self, what: &str, is_done: impl Fn(&Call) -> bool) {
        let begun_at = self.now;
        while !is_done(self) {
            assert!(
                self.now < begun_at + Duration::from_secs(10),
                "still waiting: {what}"
            );
            self.run_ms(10);
        }
    }

    fn next_moment(&self) -> Option<Instant> {
        let packet = self.under_way.keys().next().map(|(at, _)| *at);
        let clients = self.clients.iter().filter_map(Client::wakes_at);
        clients.chain(packet).chain([self.room_wakes_at]).min()
    }

    fn step(&mut self) {
        while let Some(entry) = self
            .under_way
            .first_entry()
            .filter(|entry| entry.key().0 <= self.now)
        {
            let arrived = entry.remove();
            self.arrive(arrived);
        }
        if self.room_wakes_at <= self.now {
            self.input(Input::Time);
        }
        for client in &mut self.clients {
            client.wake(self.now);
        }
        self.collect();
    }

    fn input(&mut self, input: Input) {
        let (begun_at, n_before) = (Instant::now(), (self.n_allocations)());
        self.room.input(self.now, input);
        self.in_room += begun_at.elapsed();
        self.n_allocations_in_room += (self.n_allocations)() - n_before;
    }

    fn arrive(&mut self, arrived: UnderWay) {
        match arrived {
            UnderWay::ToServer { source, bytes } => {
                let packet = Incoming {
                    transport: Transport::Udp,
                    source,
                    destination: SERVER.parse().unwrap(),
                    bytes: &bytes,
                };
                self.input(Input::Packet(packet));
            }
            UnderWay::ToClient {
                client,
                destination,
                bytes,
            } => {
                self.clients[client].receive(self.now, destination, &bytes);
            }
            UnderWay::SignalToServer { client, bytes } => {
                let id = self.clients[client].id;
                self.input(Input::Signal(id, &bytes));
            }
            UnderWay::SignalToClient { client, bytes } => {
                // Some are in the room without any client.
                if let Some(client) = self.clients.get_mut(client) {
                    client.signal(self.now, &bytes);
                }
            }
        }
        self.collect();
    }

    /// Puts on its way what anybody has to say.
    fn collect(&mut self) {
        self.collect_from_room();
        for client in 0..self.clients.len() {
            let mut said = VecDeque::new();
            self.clients[client].collect(self.now, &mut said);
            for (source, bytes) in said {
                if let Some(tape) = &mut self.tape {
                    tape.packets.push((client, bytes.clone()));
                }
                let link = self.clients[client].up.clone();
                if let Some(at) =
                    self.clients[client]
                        .up_state
                        .arrival(&link, self.now, bytes.len(), &mut self.rng)
                {
                    self.put(at, UnderWay::ToServer { source, bytes });
                }
            }
            for bytes in std::mem::take(&mut self.clients[client].signals) {
                if let Some(tape) = &mut self.tape {
                    tape.signals.push((client, bytes.clone()));
                }
                self.put(
                    self.now + SIGNAL_DELAY,
                    UnderWay::SignalToServer { client, bytes },
                );
            }
        }
    }

    fn collect_from_room(&mut self) {
        self.room_wakes_at = loop {
            let begun_at = Instant::now();
            let output = self.room.poll();
            self.in_room += begun_at.elapsed();
            match output {
                Output::Deadline(at) => break at,
                Output::Packet(packet) => self.send_to_client(packet),
                Output::Signal(id, bytes) => self.signal_to_client(id, &bytes),
                Output::Close(id) => self
                    .clients
                    .iter_mut()
                    .filter(|client| client.id == id)
                    .for_each(|client| client.is_closed = true),
                Output::Event(event) => self.events.push(event),
            }
        };
    }

    fn send_to_client(&mut self, packet: Packet) {
        let destination = packet.destination;
        let Some(idx) = self
            .clients
            .iter()
            .position(|client| client.has_address(destination))
        else {
            return;
        };
        let client = &mut self.clients[idx];
        let link = client.down.clone();
        let bytes = packet.bytes;
        if let Some(at) = client
            .down_state
            .arrival(&link, self.now, bytes.len(), &mut self.rng)
        {
            self.put(
                at,
                UnderWay::ToClient {
                    client: idx,
                    destination,
                    bytes,
                },
            );
        }
    }

    fn signal_to_client(&mut self, id: MemberId, bytes: &[u8]) {
        // The first signals of somebody come while they are being let in.
        let idx = self
            .clients
            .iter()
            .position(|client| client.id == id)
            .unwrap_or(self.clients.len());
        let bytes = bytes.to_vec();
        self.put(
            self.now + SIGNAL_DELAY,
            UnderWay::SignalToClient { client: idx, bytes },
        );
    }

    fn put(&mut self, at: Instant, what: UnderWay) {
        self.n_sent += 1;
        self.under_way.insert((at, self.n_sent), what);
    }

    // ---- what tests do and see ----

    pub fn signal(&mut self, client: usize, message: proto::signal_request::Message) {
        self.clients[client].say(message);
        self.collect();
    }

    /// Bytes of a signal as nobody well-behaved would send them.
    pub fn signal_bytes(&mut self, client: usize, bytes: Vec<u8>) {
        self.put(
            self.now + SIGNAL_DELAY,
            UnderWay::SignalToServer { client, bytes },
        );
    }

    /// A packet from anywhere.
    pub fn inject(&mut self, source: SocketAddr, bytes: Vec<u8>) {
        self.put(self.now, UnderWay::ToServer { source, bytes });
    }

    /// A packet from anywhere that is there at once; no client is looked at.
    pub fn hit(&mut self, source: SocketAddr, bytes: &[u8]) {
        let packet = Incoming {
            transport: Transport::Udp,
            source,
            destination: SERVER.parse().unwrap(),
            bytes,
        };
        self.input(Input::Packet(packet));
        self.collect_from_room();
    }

    /// A signal of somebody that is there at once.
    pub fn hit_with_signal(&mut self, id: MemberId, bytes: &[u8]) {
        self.input(Input::Signal(id, bytes));
        self.collect_from_room();
    }

    /// The room's host slept: nobody was served meanwhile, and nothing of what was sent arrives late.
    pub fn sleep(&mut self, duration: Duration) {
        self.now += duration;
        self.under_way.clear();
        self.input(Input::Time);
        self.collect();
    }

    pub fn lose_socket(&mut self, client: usize) {
        let id = self.clients[client].id;
        self.input(Input::SignalLost(id));
        self.collect();
    }

    pub fn any_number(&mut self, below: u64) -> u64 {
        self.rng.random_range(0..below)
    }
}

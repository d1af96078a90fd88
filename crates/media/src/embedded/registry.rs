//! Which rooms there are, and on which thread each lives.
//!
//! A name has one room. A room that ends takes itself out; whoever comes in that moment gets a new one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base::Timestamp;
use crossbeam_channel::{Sender, TrySendError};
use sfu::{Config, Limits, Room, Transport, proto};
use tokio::sync::{broadcast, oneshot};

use super::host::Host;
use super::routes::{Home, Routes, lock};
use super::thread::{Order, RoomKey};
use super::udp::Udp;
use crate::metrics::{Counts, RoomMetrics};
use crate::token::{LONGEST, wall};
use crate::{Embedded, MediaError, MediaEvent, OpenRoom};

pub(crate) struct Registry {
    settings: Embedded,
    candidates: Vec<(Transport, std::net::SocketAddr)>,
    threads: Vec<Sender<Order>>,
    rooms: Mutex<HashMap<String, Entry>>,
    revoked: Mutex<HashMap<(String, String), Timestamp>>,
    n_rooms: AtomicU64,
    n_sockets: AtomicU64,
    pub is_stopping: AtomicBool,
    pub routes: Routes,
    pub udp: Udp,
    pub events: broadcast::Sender<MediaEvent>,
    pub webhooks: broadcast::Sender<Arc<proto::WebhookEvent>>,
}

struct Entry {
    home: Home,
    most_participants: usize,
    counts: Arc<Counts>,
}

/// How long somebody waits for a thread that is overwhelmed.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a room that was opened waits for its first one. As at LiveKit.
const EMPTY_TIMEOUT: Duration = Duration::from_secs(300);

/// The longest name of a room.
const MOST_NAME_BYTES: usize = 256;

/// How many events may wait for a listener; a slower one is told how many it missed, and looks at the rooms anew.
const EVENTS: usize = 4_096;

impl Registry {
    pub fn new(
        settings: Embedded,
        candidates: Vec<(Transport, std::net::SocketAddr)>,
        threads: Vec<Sender<Order>>,
        udp: Udp,
    ) -> Self {
        Registry {
            settings,
            candidates,
            threads,
            rooms: Mutex::default(),
            revoked: Mutex::default(),
            n_rooms: AtomicU64::new(0),
            n_sockets: AtomicU64::new(0),
            is_stopping: AtomicBool::new(false),
            routes: Routes::default(),
            udp,
            events: broadcast::channel(EVENTS).0,
            webhooks: broadcast::channel(EVENTS).0,
        }
    }

    pub fn settings(&self) -> &Embedded {
        &self.settings
    }

    pub fn threads(&self) -> impl Iterator<Item = &Sender<Order>> {
        self.threads.iter()
    }

    pub fn next_socket(&self) -> u64 {
        self.n_sockets.fetch_add(1, Relaxed)
    }

    // ---- rooms ----

    pub fn names(&self) -> Vec<String> {
        lock(&self.rooms).keys().cloned().collect()
    }

    pub fn find(&self, name: &str) -> Option<Home> {
        lock(&self.rooms).get(name).map(|entry| entry.home)
    }

    /// Whether one more would be too many. The room itself decides; this is for those who ask before.
    pub fn is_full(&self, name: &str) -> bool {
        let rooms = lock(&self.rooms);
        let entry = rooms.get(name);
        entry.is_some_and(|entry| entry.counts.participants.load(Relaxed) >= entry.most_participants)
    }

    pub fn metrics(&self) -> Vec<RoomMetrics> {
        let rooms = lock(&self.rooms);
        rooms
            .iter()
            .map(|(name, entry)| entry.counts.read(name))
            .collect()
    }

    /// The room of that name, which is opened if it is not there.
    pub async fn open(self: &Arc<Self>, name: &str, options: &OpenRoom) -> Result<Home, MediaError> {
        if name.is_empty() || name.len() > MOST_NAME_BYTES {
            return Err(MediaError::BadName);
        }
        let (home, host) = {
            let mut rooms = lock(&self.rooms);
            if let Some(entry) = rooms.get(name) {
                return Ok(entry.home);
            }
            let (entry, host) = self.new_room(name, options, &rooms);
            let home = entry.home;
            rooms.insert(name.to_owned(), entry);
            (home, host)
        };
        if let Err(error) = self.order(home.thread, Order::Open(Box::new(host))).await {
            self.forget(name, home);
            return Err(error);
        }
        Ok(home)
    }

    fn new_room(
        self: &Arc<Self>,
        name: &str,
        options: &OpenRoom,
        rooms: &HashMap<String, Entry>,
    ) -> (Entry, Host) {
        let home = Home {
            thread: self.idlest_thread(rooms),
            room: RoomKey(self.n_rooms.fetch_add(1, Relaxed)),
        };
        let most_participants = options
            .most_participants
            .unwrap_or(self.settings.most_participants);
        let config = Config {
            name: name.to_owned(),
            opened_at: wall(),
            candidates: self.candidates.clone(),
            // Each client gets its own: see `signalling`.
            ice_servers: Vec::new(),
            seed: rand::random(),
            limits: Limits {
                n_members: most_participants,
                ..Limits::default()
            },
        };
        let mut room = Room::new(config, Instant::now());
        room.set_metadata(options.metadata.clone());
        let counts = Arc::new(Counts::new(Instant::now()));
        let empty_timeout = options.empty_timeout.unwrap_or(EMPTY_TIMEOUT);
        let host = Host::new(home, room, self.clone(), counts.clone(), empty_timeout);
        let entry = Entry {
            home,
            most_participants,
            counts,
        };
        (entry, host)
    }

    /// The thread with the fewest people.
    fn idlest_thread(&self, rooms: &HashMap<String, Entry>) -> usize {
        let mut loads = vec![0; self.threads.len()];
        for entry in rooms.values() {
            loads[entry.home.thread] += 1 + entry.counts.participants.load(Relaxed);
        }
        let idlest = loads.iter().enumerate().min_by_key(|(_, load)| **load);
        idlest.map_or(0, |(thread, _)| thread)
    }

    /// A room is over.
    pub fn forget(&self, name: &str, home: Home) {
        let mut rooms = lock(&self.rooms);
        if rooms.get(name).is_some_and(|entry| entry.home == home) {
            rooms.remove(name);
        }
    }

    // ---- tickets that count no more ----

    /// Tickets of `identity` for `room` that were made before this moment open nothing any more; with an empty identity
    /// those of everybody.
    pub fn revoke(&self, room: &str, identity: &str) {
        let now = wall();
        let mut revoked = lock(&self.revoked);
        // A ticket that is older than the longest lives no more.
        revoked.retain(|_, at| at.after(LONGEST * 2) > now);
        revoked.insert((room.to_owned(), identity.to_owned()), now);
    }

    pub fn is_revoked(&self, room: &str, identity: &str, issued_at: Timestamp) -> bool {
        let revoked = lock(&self.revoked);
        if revoked.is_empty() {
            return false;
        }
        let is_hit = |identity: &str| {
            let at = revoked.get(&(room.to_owned(), identity.to_owned()));
            at.is_some_and(|at| issued_at <= *at)
        };
        is_hit(identity) || is_hit("")
    }

    // ---- orders ----

    /// Waits while the inbox is full. Cancel safe: an order is given or not.
    pub async fn order(&self, thread: usize, order: Order) -> Result<(), MediaError> {
        let inbox = self.threads.get(thread).ok_or(MediaError::Unavailable)?;
        let until = Instant::now() + PATIENCE;
        let mut order = order;
        loop {
            match inbox.try_send(order) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(same)) if Instant::now() < until => order = same,
                Err(_) => return Err(MediaError::Unavailable),
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Packets for a thread that has no room for them are lost.
    pub fn try_order(&self, thread: usize, order: Order) {
        if let Some(inbox) = self.threads.get(thread) {
            let _ = inbox.try_send(order);
        }
    }

    /// Does something in a room and brings back what came of it. None when the room is gone meanwhile.
    pub async fn within<T: Send + 'static>(
        &self,
        home: Home,
        work: impl FnOnce(&mut Host, Instant) -> T + Send + 'static,
    ) -> Result<Option<T>, MediaError> {
        let (answer, answered) = oneshot::channel();
        let work = Box::new(move |host: &mut Host, now| {
            // Nobody may be waiting any more.
            let _ = answer.send(work(host, now));
        });
        self.order(home.thread, Order::Do(home.room, work)).await?;
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(answer) => Ok(answer.ok()),
            Err(_) => Err(MediaError::Unavailable),
        }
    }

    /// The same for a room by its name.
    pub async fn ask<T: Send + 'static>(
        &self,
        name: &str,
        work: impl FnOnce(&mut Host, Instant) -> T + Send + 'static,
    ) -> Result<T, MediaError> {
        let home = self.find(name).ok_or(MediaError::NoRoom)?;
        self.within(home, work).await?.ok_or(MediaError::NoRoom)
    }
}

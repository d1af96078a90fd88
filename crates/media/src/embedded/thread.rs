//! A media thread: rooms that live here, and the loop that wakes them.
//!
//! A room is only ever touched by its thread. Whatever comes, comes through one bounded inbox; nothing in here waits
//! for a socket, a lock that somebody holds for long, or an answer. A room that panics is taken out alone.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use bytes::Bytes;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use sfu::Transport;

use super::host::Host;

/// Tells a room from every other that this process ever had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RoomKey(pub u64);

/// A packet and the room that it seems to be for.
pub(crate) struct Arrived {
    pub room: RoomKey,
    pub transport: Transport,
    pub source: SocketAddr,
    pub destination: SocketAddr,
    pub bytes: Bytes,
}

pub(crate) type Work = Box<dyn FnOnce(&mut Host, Instant) + Send>;

/// What a thread is told.
pub(crate) enum Order {
    /// Here is a new room.
    Open(Box<Host>),
    /// Packets, in the order in which they came.
    Packets(Vec<Arrived>),
    /// Something to do in a room. It is dropped when the room is gone, and whoever waits for its answer notices.
    Do(RoomKey, Work),
    /// Send everybody away, so that they come back to another process, and end.
    Stop,
}

/// How many orders may wait. A batch of packets is one; at 1,000 batches a second this is 2 s of a thread that stands
/// still. Who brings packets when it is full loses them, who brings something else waits.
pub(crate) const INBOX: usize = 2_048;

/// How many orders are worked off before what they brought about goes out.
const MOST_AT_ONCE: usize = 64;

/// How often every room is looked at for sockets that are gone and for emptiness.
const TICK: Duration = Duration::from_secs(1);

pub(crate) struct MediaThread {
    inbox: Receiver<Order>,
    rooms: HashMap<RoomKey, Host>,
    wakes: BTreeSet<(Instant, RoomKey)>,
    touched: HashSet<RoomKey>,
    ticks_at: Instant,
}

impl MediaThread {
    pub fn new(inbox: Receiver<Order>) -> Self {
        MediaThread {
            inbox,
            rooms: HashMap::new(),
            wakes: BTreeSet::new(),
            touched: HashSet::new(),
            ticks_at: Instant::now() + TICK,
        }
    }

    /// Until it is told to stop, or nobody can tell it anything any more.
    pub fn run(mut self) {
        loop {
            let first = self.wakes.first().map_or(self.ticks_at, |(at, _)| *at);
            let goes_on = match self.inbox.recv_deadline(first.min(self.ticks_at)) {
                Ok(order) => self.follow_some(order),
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => false,
            };
            if !goes_on {
                break;
            }
            self.wake();
            self.flush();
        }
        self.rooms.values_mut().for_each(Host::send_away);
    }

    /// False when it is to end.
    fn follow_some(&mut self, first: Order) -> bool {
        let mut next = Some(first);
        for _ in 0..MOST_AT_ONCE {
            match next {
                Some(Order::Stop) => return false,
                Some(order) => self.follow(order),
                None => break,
            }
            next = self.inbox.try_recv().ok();
        }
        // The last one was taken out of the inbox and not yet followed.
        match next {
            Some(Order::Stop) => return false,
            Some(order) => self.follow(order),
            None => {}
        }
        true
    }

    fn follow(&mut self, order: Order) {
        let now = Instant::now();
        match order {
            Order::Open(host) => {
                self.touched.insert(host.key());
                self.rooms.insert(host.key(), *host);
            }
            Order::Packets(packets) => {
                for packet in packets {
                    self.within(packet.room, |host| host.packet(now, &packet));
                }
            }
            Order::Do(room, work) => self.within(room, |host| work(host, now)),
            Order::Stop => {}
        }
    }

    /// Something happens in a room, behind a fence.
    fn within(&mut self, room: RoomKey, work: impl FnOnce(&mut Host)) {
        let Some(host) = self.rooms.get_mut(&room) else {
            return;
        };
        self.touched.insert(room);
        if catch_unwind(AssertUnwindSafe(|| work(host))).is_err() {
            self.give_up(room);
        }
    }

    fn give_up(&mut self, room: RoomKey) {
        self.touched.remove(&room);
        if let Some(mut host) = self.rooms.remove(&room) {
            tracing::error!(
                room.key = room.0,
                "a room panicked and was given up; its people come in anew"
            );
            self.wakes.remove(&(host.wakes_at, room));
            host.send_away();
            host.finish();
        }
    }

    fn wake(&mut self) {
        let now = Instant::now();
        let due: Vec<RoomKey> = self
            .wakes
            .iter()
            .take_while(|(at, _)| *at <= now)
            .map(|(_, room)| *room)
            .collect();
        for room in due {
            self.within(room, |host| host.time(now));
        }
        if self.ticks_at <= now {
            self.ticks_at = now + TICK;
            let all: Vec<RoomKey> = self.rooms.keys().copied().collect();
            for room in all {
                self.within(room, |host| host.tick(now));
            }
        }
    }

    /// Everything that the rooms have to say goes out.
    fn flush(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        for room in touched {
            let Some(host) = self.rooms.get_mut(&room) else {
                continue;
            };
            self.wakes.remove(&(host.wakes_at, room));
            let done = catch_unwind(AssertUnwindSafe(|| host.drain(Instant::now())));
            if done.is_err() {
                self.give_up(room);
            } else if host.is_over {
                host.finish();
                self.rooms.remove(&room);
            } else {
                self.wakes.insert((host.wakes_at, room));
            }
        }
    }
}

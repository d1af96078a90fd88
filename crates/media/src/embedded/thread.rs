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
        for host in self.rooms.values_mut() {
            host.send_away();
            host.finish();
        }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sfu::proto::{self, DisconnectReason, signal_response::Message as Said};
    use sfu::{Entry, Grants, Join};
    use tokio::sync::mpsc;

    use super::super::Running;
    use super::super::host::{OUTBOX, Outbox};
    use super::super::routes::Home;
    use super::*;
    use crate::token::Tokens;
    use crate::{Embedded, MediaError, OpenRoom};

    fn running() -> Running {
        let settings = Embedded {
            listen: "127.0.0.1:0".parse().unwrap(),
            announce: Vec::new(),
            threads: 1,
            most_participants: 9,
            turn: None,
        };
        Running::start(Tokens::new("key", "secret"), settings).unwrap()
    }

    async fn seat(running: &Running, home: Home, identity: &str, capacity: usize) -> mpsc::Receiver<Bytes> {
        let (signals, receiver) = mpsc::channel(capacity);
        let join = Join {
            identity: identity.into(),
            name: String::new(),
            metadata: String::new(),
            attributes: HashMap::new(),
            grants: Grants::default(),
            entry: Entry::from_query([]),
        };
        let socket = running.registry.next_socket();
        let joined = running.registry.within(home, move |host, now| {
            host.join(now, join, Outbox { socket, signals })
        });
        joined.await.unwrap().flatten().unwrap().unwrap();
        receiver
    }

    fn read(bytes: &Bytes) -> Said {
        let response: proto::SignalResponse = prost::Message::decode(&bytes[..]).unwrap();
        response.message.unwrap()
    }

    #[tokio::test]
    async fn a_room_that_panics_costs_itself_only_and_its_people_come_back() {
        let running = running();
        let hall = running.registry.open("hall", &OpenRoom::default()).await.unwrap();
        let attic = running
            .registry
            .open("attic", &OpenRoom::default())
            .await
            .unwrap();
        assert_eq!(hall.thread, attic.thread);
        let mut ada = seat(&running, hall, "ada", OUTBOX).await;
        let _bob = seat(&running, attic, "bob", OUTBOX).await;
        let broken = running
            .registry
            .within(hall, |_, _| -> u8 { panic!("a fault of ours") });
        assert_eq!(broken.await, Ok(None));
        let mut last = None;
        while let Some(said) = ada.recv().await {
            last = Some(read(&said));
        }
        let Some(Said::Leave(leave)) = last else {
            panic!("{last:?}")
        };
        assert_eq!(
            (leave.can_reconnect, leave.reason()),
            (true, DisconnectReason::ServerShutdown)
        );
        assert_eq!(running.people("attic").await.unwrap()[0].identity, "bob");
        assert_eq!(running.people("hall").await, Err(MediaError::NoRoom));
        let again = running.registry.open("hall", &OpenRoom::default()).await.unwrap();
        assert_ne!(again, hall);
        let _ada = seat(&running, again, "ada", OUTBOX).await;
        running.stop().await;
    }

    #[tokio::test]
    async fn a_socket_that_nobody_empties_is_lost_and_holds_up_nobody() {
        let running = running();
        let hall = running.registry.open("hall", &OpenRoom::default()).await.unwrap();
        let mut slow = seat(&running, hall, "eve", 8).await;
        let mut ada = seat(&running, hall, "ada", OUTBOX).await;
        for idx in 0..40 {
            running.set_metadata("hall", &idx.to_string()).await.unwrap();
        }
        // Ada is told after Eve.
        loop {
            let said = read(&ada.recv().await.unwrap());
            let is_last =
                matches!(said, Said::RoomUpdate(update) if update.room.as_ref().unwrap().metadata == "39");
            if is_last {
                break;
            }
        }
        let mut n_heard = 0;
        while slow.recv().await.is_some() {
            n_heard += 1;
        }
        assert_eq!(n_heard, 8, "what was in the outbox, and then the end");
        assert_eq!(
            running.people("hall").await.unwrap().len(),
            2,
            "the place is kept for a while"
        );
        running.stop().await;
    }

    #[tokio::test]
    async fn a_thread_that_stands_still_makes_others_wait_and_loses_packets_only() {
        let running = Arc::new(running());
        let hall = running.registry.open("hall", &OpenRoom::default()).await.unwrap();
        let (go_on, waits) = crossbeam_channel::bounded::<()>(0);
        let (began, has_begun) = tokio::sync::oneshot::channel();
        let stuck = running.registry.order(
            hall.thread,
            Order::Do(
                hall.room,
                Box::new(move |_, _| {
                    let _ = began.send(());
                    let _ = waits.recv();
                }),
            ),
        );
        stuck.await.unwrap();
        has_begun.await.unwrap();
        for _ in 0..INBOX * 2 {
            running
                .registry
                .try_order(hall.thread, Order::Packets(Vec::new()));
        }
        let asking = running.clone();
        let asked = tokio::spawn(async move { asking.people("hall").await });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!asked.is_finished());
        drop(go_on);
        assert_eq!(asked.await.unwrap(), Ok(Vec::new()));
        running.stop().await;
    }
}

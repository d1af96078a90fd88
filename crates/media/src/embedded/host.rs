//! One room and what holds it to the world: the signalling sockets of its people, its events, its counts.
//!
//! A socket is an outbox that its own task empties. One that is full or gone is lost, and the room goes on; whoever it
//! belonged to may come back for the place. Only the newest socket of somebody is heard.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use bytes::Bytes;
use prost::Message;
use sfu::proto::{self, DisconnectReason};
use sfu::{Event, Incoming, Input, Join, MemberId, Output, Refusal, Room, Transport};
use tokio::sync::mpsc;

use super::registry::Registry;
use super::routes::Home;
use super::thread::{Arrived, RoomKey};
use super::udp::{Outlet, Sent};
use crate::MediaEvent;
use crate::metrics::Counts;
use crate::webhook;

/// How many signals may wait for one socket. In a room of 500 where everybody comes at once, each hears of 500 others
/// within a second or two.
pub(crate) const OUTBOX: usize = 1_024;

/// Where the signals of somebody go. The number tells the socket from an earlier one of theirs.
pub(crate) struct Outbox {
    pub socket: u64,
    pub signals: mpsc::Sender<Bytes>,
}

struct Person {
    /// As it was when they came, with the tracks that they send now.
    info: proto::ParticipantInfo,
    /// Their connection was there: other servers hear that they came, and then that they left.
    is_active: bool,
    /// For how long they had spoken when they left.
    spoke: Duration,
    outbox: Option<Outbox>,
}

pub(crate) struct Host {
    home: Home,
    name: String,
    sid: String,
    room: Room,
    people: HashMap<MemberId, Person>,
    fragments: HashSet<String>,
    registry: Arc<Registry>,
    counts: Arc<Counts>,
    outlet: Outlet,
    /// How long it stays without anybody.
    empty_timeout: Duration,
    empty_since: Option<Instant>,
    pub wakes_at: Instant,
    /// Nobody comes in any more, and its thread lets go of it.
    pub is_over: bool,
}

/// How long a room stays after the last one left: as long as it takes to come back after a bad moment.
const DEPARTURE: Duration = Duration::from_secs(20);

impl Host {
    pub fn new(
        home: Home,
        room: Room,
        registry: Arc<Registry>,
        counts: Arc<Counts>,
        empty_timeout: Duration,
    ) -> Self {
        let now = Instant::now();
        let info = room.info();
        let host = Host {
            home,
            name: info.name,
            sid: info.sid,
            room,
            people: HashMap::new(),
            fragments: HashSet::new(),
            registry,
            counts,
            outlet: Outlet::default(),
            empty_timeout,
            empty_since: Some(now),
            wakes_at: now,
            is_over: false,
        };
        host.tell(MediaEvent::RoomStarted {
            room: host.name.clone(),
            sid: host.sid.clone(),
        });
        host.tell_others("room_started", |_| {});
        host
    }

    pub fn key(&self) -> RoomKey {
        self.home.room
    }

    pub fn room(&mut self) -> &mut Room {
        &mut self.room
    }

    pub fn info(&self) -> proto::Room {
        self.room.info()
    }

    pub fn participants(&self) -> Vec<proto::ParticipantInfo> {
        self.room.members().map(|(_, info)| info.clone()).collect()
    }

    pub fn participant(&self, id: MemberId) -> Option<proto::ParticipantInfo> {
        let mut members = self.room.members();
        members
            .find(|(member, _)| *member == id)
            .map(|(_, info)| info.clone())
    }

    pub fn find(&self, identity: &str) -> Option<MemberId> {
        let mut members = self.room.members();
        members
            .find(|(_, info)| info.identity == identity)
            .map(|(id, _)| id)
    }

    // ---- coming in ----

    /// None when the room is over, and another one of its name may begin.
    pub fn join(&mut self, now: Instant, join: Join, outbox: Outbox) -> Option<Result<MemberId, Refusal>> {
        if self.is_over {
            return None;
        }
        Some(self.seat(now, join, outbox))
    }

    fn seat(&mut self, now: Instant, join: Join, outbox: Outbox) -> Result<MemberId, Refusal> {
        let identity = join.identity.clone();
        let resumes = join.entry.resumes.clone();
        let id = match &resumes {
            Some(sid) => self.room.resume(now, &identity, sid)?,
            None => self.room.join(now, join)?,
        };
        let info = self.participant(id).unwrap_or_default();
        let is_active = self.people.get(&id).is_some_and(|person| person.is_active);
        let outbox = Some(outbox);
        self.people.insert(
            id,
            Person {
                info,
                is_active,
                spoke: Duration::ZERO,
                outbox,
            },
        );
        self.empty_since = None;
        Ok(id)
    }

    pub fn signal(&mut self, now: Instant, id: MemberId, socket: u64, bytes: &[u8]) {
        if self.has_socket(id, socket) {
            self.room.input(now, Input::Signal(id, bytes));
        }
    }

    fn has_socket(&self, id: MemberId, socket: u64) -> bool {
        let outbox = self.people.get(&id).and_then(|person| person.outbox.as_ref());
        outbox.is_some_and(|outbox| outbox.socket == socket)
    }

    pub fn packet(&mut self, now: Instant, packet: &Arrived) {
        self.counts.packets_in.fetch_add(1, Relaxed);
        self.counts.bytes_in.fetch_add(packet.bytes.len() as u64, Relaxed);
        self.room.input(
            now,
            Input::Packet(Incoming {
                transport: packet.transport,
                source: packet.source,
                destination: packet.destination,
                bytes: &packet.bytes,
            }),
        );
    }

    pub fn time(&mut self, now: Instant) {
        self.room.input(now, Input::Time);
    }

    /// Looks for sockets that are gone, and whether anybody is here.
    pub fn tick(&mut self, now: Instant) {
        let is_gone = |person: &Person| {
            person
                .outbox
                .as_ref()
                .is_some_and(|outbox| outbox.signals.is_closed())
        };
        let gone: Vec<MemberId> = self
            .people
            .iter()
            .filter(|(_, person)| is_gone(person))
            .map(|(id, _)| *id)
            .collect();
        gone.into_iter().for_each(|id| self.lose(now, id));
        let since = self.empty_since.filter(|_| self.people.is_empty());
        self.is_over |= since.is_some_and(|since| since + self.empty_timeout <= now);
        self.counts.look(now, || self.room.gauge());
    }

    fn lose(&mut self, now: Instant, id: MemberId) {
        if let Some(person) = self.people.get_mut(&id) {
            person.outbox = None;
            self.room.input(now, Input::SignalLost(id));
        }
    }

    // ---- going ----

    /// The call is over, for everybody.
    pub fn close(&mut self, now: Instant) {
        self.room.close(now);
        self.is_over = true;
        // At once: whoever asks next finds it gone.
        self.registry.forget(&self.name, self.home);
    }

    /// Everybody is told to come in anew at once, to whoever runs rooms then.
    pub fn send_away(&mut self) {
        let leave = proto::LeaveRequest {
            can_reconnect: true,
            reason: DisconnectReason::ServerShutdown as i32,
            action: proto::leave_request::Action::Reconnect as i32,
            ..Default::default()
        };
        let message = Some(proto::signal_response::Message::Leave(leave));
        let leave = Bytes::from(proto::SignalResponse { message }.encode_to_vec());
        for person in std::mem::take(&mut self.people).into_values() {
            if let Some(outbox) = &person.outbox {
                let _ = outbox.signals.try_send(leave.clone());
            }
            self.left(person, DisconnectReason::ServerShutdown);
        }
    }

    /// Nothing leads here any more.
    pub fn finish(&mut self) {
        self.fragments
            .drain()
            .for_each(|fragment| self.registry.routes.close(&fragment));
        self.registry.forget(&self.name, self.home);
        self.tell(MediaEvent::RoomFinished {
            room: self.name.clone(),
            sid: self.sid.clone(),
        });
        self.tell_others("room_finished", |_| {});
    }

    // ---- what the room has to say ----

    /// Takes it all, in its order.
    pub fn drain(&mut self, now: Instant) {
        loop {
            match self.room.poll() {
                Output::Packet(packet) => self.send(packet),
                Output::Signal(id, bytes) => self.say(now, id, bytes),
                Output::Close(id) => self.shut(id),
                Output::Event(event) => self.happened(now, event),
                Output::Deadline(at) => {
                    let sent = self.outlet.flush(&self.registry.udp);
                    self.count(sent);
                    self.wakes_at = at;
                    return;
                }
            }
        }
    }

    fn send(&mut self, packet: sfu::Packet) {
        let sent = match packet.transport {
            Transport::Udp => self.outlet.push(&self.registry.udp, packet),
            Transport::Tcp => Sent {
                n_packets: 1,
                n_bytes: packet.bytes.len(),
                is_taken: self.registry.routes.send(packet.destination, packet.bytes.into()),
            },
        };
        self.count(sent);
    }

    fn count(&self, sent: Sent) {
        if sent.is_taken {
            self.counts.packets_out.fetch_add(sent.n_packets as u64, Relaxed);
            self.counts.bytes_out.fetch_add(sent.n_bytes as u64, Relaxed);
        } else {
            self.counts
                .packets_dropped
                .fetch_add(sent.n_packets as u64, Relaxed);
        }
    }

    fn say(&mut self, now: Instant, id: MemberId, bytes: Bytes) {
        let outbox = self.people.get(&id).and_then(|person| person.outbox.as_ref());
        if outbox.is_some_and(|outbox| outbox.signals.try_send(bytes).is_err()) {
            self.lose(now, id);
        }
    }

    /// The task of the socket sends what is in the outbox, and closes.
    fn shut(&mut self, id: MemberId) {
        if let Some(person) = self.people.get_mut(&id) {
            person.outbox = None;
        }
    }

    fn happened(&mut self, now: Instant, event: Event) {
        let room = self.name.clone();
        match event {
            Event::UfragOpened(fragment) => {
                self.fragments.insert(fragment.clone());
                self.registry.routes.open(fragment, self.home);
            }
            Event::UfragClosed(fragment) => {
                self.fragments.remove(&fragment);
                self.registry.routes.close(&fragment);
            }
            Event::Joined(id) => {
                let (identity, sid) = self.who(id);
                self.tell(MediaEvent::Joined { room, identity, sid });
            }
            Event::Spoke(id, spoke) => {
                if let Some(person) = self.people.get_mut(&id) {
                    person.spoke = spoke;
                }
            }
            Event::Left(id, reason) => self.gone(now, id, reason),
            Event::TrackPublished(id, track) => {
                let identity = self.who(id).0;
                self.keep_track(id, &track);
                self.tell(MediaEvent::TrackPublished {
                    room,
                    identity,
                    track,
                });
            }
            Event::TrackUnpublished(id, track_sid) => {
                let identity = self.who(id).0;
                self.forget_track(id, &track_sid);
                self.tell(MediaEvent::TrackUnpublished {
                    room,
                    identity,
                    track_sid,
                });
            }
            Event::Active(id) => self.active(id),
        }
        self.counts.participants.store(self.people.len(), Relaxed);
    }

    fn gone(&mut self, now: Instant, id: MemberId, reason: DisconnectReason) {
        if let Some(person) = self.people.remove(&id) {
            self.left(person, reason);
        }
        if self.people.is_empty() {
            self.empty_since = Some(now);
            self.empty_timeout = DEPARTURE.min(self.empty_timeout);
        }
    }

    fn left(&self, person: Person, reason: DisconnectReason) {
        let info = person.info;
        self.tell(MediaEvent::Left {
            room: self.name.clone(),
            identity: info.identity.clone(),
            sid: info.sid.clone(),
            reason,
            spoke: person.spoke,
        });
        let name = if person.is_active {
            "participant_left"
        } else {
            "participant_connection_aborted"
        };
        self.tell_others(name, |event| {
            event.participant = Some(proto::ParticipantInfo {
                state: proto::participant_info::State::Disconnected as i32,
                disconnect_reason: reason as i32,
                tracks: Vec::new(),
                ..info
            });
        });
    }

    fn active(&mut self, id: MemberId) {
        let info = self.participant(id);
        let (Some(person), Some(info)) = (self.people.get_mut(&id), info) else {
            return;
        };
        person.info = info.clone();
        // Once, however often their connection is there anew.
        if !std::mem::replace(&mut person.is_active, true) {
            self.tell_others("participant_joined", |event| event.participant = Some(info));
        }
    }

    fn keep_track(&mut self, id: MemberId, track: &proto::TrackInfo) {
        let Some(person) = self.people.get_mut(&id) else {
            return;
        };
        person.info.tracks.retain(|known| known.sid != track.sid);
        person.info.tracks.push(track.clone());
        self.tell_of_track("track_published", id, track.clone());
    }

    fn forget_track(&mut self, id: MemberId, sid: &str) {
        let Some(person) = self.people.get_mut(&id) else {
            return;
        };
        let found = person.info.tracks.iter().position(|track| track.sid == sid);
        if let Some(found) = found {
            let track = person.info.tracks.swap_remove(found);
            self.tell_of_track("track_unpublished", id, track);
        }
    }

    /// Of whose it is LiveKit says no more.
    fn tell_of_track(&self, name: &str, id: MemberId, track: proto::TrackInfo) {
        let Some(person) = self.people.get(&id) else {
            return;
        };
        self.tell_others(name, |event| {
            event.participant = Some(proto::ParticipantInfo {
                sid: person.info.sid.clone(),
                identity: person.info.identity.clone(),
                name: person.info.name.clone(),
                ..Default::default()
            });
            event.track = Some(track);
        });
    }

    fn who(&self, id: MemberId) -> (String, String) {
        let person = self.people.get(&id);
        person
            .map(|person| (person.info.identity.clone(), person.info.sid.clone()))
            .unwrap_or_default()
    }

    /// What other servers are told; it is only put together where it is sent.
    fn tell_others(&self, name: &str, add: impl FnOnce(&mut proto::WebhookEvent)) {
        if self.registry.webhooks.receiver_count() == 0 {
            return;
        }
        let mut event = webhook::event(name, self.room.info());
        add(&mut event);
        let _ = self.registry.webhooks.send(Arc::new(event));
    }

    /// Nobody needs to listen.
    fn tell(&self, event: MediaEvent) {
        let _ = self.registry.events.send(event);
    }
}

//! A room: its people, their tracks, and the way of every packet and signal through it.
//!
//! Here is the loop; what signals do is in `room/`. Every input is worked off completely before [`Room::input`] returns,
//! so [`Room::poll`] only hands out.

mod agenda;
mod data;
mod dynacast;
mod forward;
mod host;
mod lines;
mod people;
mod permissions;
mod publish;
mod quality;
mod replay;
mod resume;
mod signals;
mod simulate;
pub(crate) mod speakers;
mod subscribe;
mod tap;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use livekit_protocol as proto;
use prost::Message;
use proto::signal_response::Message as Said;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use str0m::media::Mid;

use crate::member::{Member, Role};
use crate::peer::Incoming;
use crate::stun::{is_stun, stun_ufrag};
use crate::track::{Track, TrackId};
use crate::{Config, MemberId, Transport};

use agenda::Agenda;
pub use people::{Join, Refusal};
pub use quality::Gauge;
pub(crate) use quality::{Path, READ_EVERY, Readings};
pub(crate) use replay::Owed;
pub use tap::{TapId, Tapped};

pub(crate) type PeerKey = (MemberId, Role);

/// Something that came in.
#[derive(Debug)]
pub enum Input<'a> {
    /// A packet, for one of the connections whose fragments were announced.
    Packet(Incoming<'a>),
    /// A signal of a participant, as it came.
    Signal(MemberId, &'a [u8]),
    /// The signalling socket of a participant is gone. Their place is kept for a while: [`Room::resume`].
    SignalLost(MemberId),
    /// It is as late as [`Output::Deadline`] said, or later.
    Time,
}

/// Something that is to go out, in this order.
#[derive(Debug)]
pub enum Output {
    /// A packet for the network.
    Packet(Packet),
    /// A signal for a participant.
    Signal(MemberId, Bytes),
    /// After what was said before, the signalling socket of this participant is to be closed. They are gone.
    Close(MemberId),
    /// Something that the host may want to know.
    Event(Event),
    /// There is nothing more to go out before this moment, unless something comes in.
    Deadline(Instant),
}

/// A packet for the network.
#[derive(Debug)]
pub struct Packet {
    /// How it is to go.
    pub transport: Transport,
    /// From which of our addresses.
    pub source: SocketAddr,
    /// To whom.
    pub destination: SocketAddr,
    /// Without framing.
    pub bytes: Vec<u8>,
}

/// Something that happened in the room.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Packets with this fragment ([`crate::stun_ufrag`]) belong to this room.
    UfragOpened(String),
    /// And now no more.
    UfragClosed(String),
    /// Somebody came in.
    Joined(MemberId),
    /// Their connection is there; media can run.
    Active(MemberId),
    /// For how long somebody has spoken who is about to be gone. Of who is hidden nobody hears it.
    Spoke(MemberId, Duration),
    /// Somebody is gone, and why.
    Left(MemberId, proto::DisconnectReason),
    /// Somebody publishes a track.
    TrackPublished(MemberId, Box<proto::TrackInfo>),
    /// A track is gone, by its sid.
    TrackUnpublished(MemberId, String),
}

/// A call in progress. See the crate's own words.
pub struct Room {
    config: Config,
    started_at: Instant,
    /// When something came in last.
    now: Instant,
    rng: StdRng,
    info: proto::Room,
    /// Boxed: the tree keeps places for some that are not there, and a member is large.
    members: BTreeMap<MemberId, Box<Member>>,
    tracks: BTreeMap<TrackId, Track>,
    /// Which track comes in a section.
    published: HashMap<(MemberId, Mid), TrackId>,
    n_ids: u64,
    /// Who sends from an address, as shown by STUN.
    paths: HashMap<SocketAddr, PeerKey>,
    /// Which connection a fragment names.
    ufrags: HashMap<String, PeerKey>,
    agenda: Agenda,
    taps: tap::Taps,
    clocks: tap::Clocks,
    work: VecDeque<(PeerKey, str0m::Event)>,
    out: VecDeque<Output>,
    /// When it is looked at who speaks; none while nobody makes a sound.
    speakers_at: Option<Instant>,
    /// When it is looked at which layers are wanted; none while nobody sends any.
    layers_at: Option<Instant>,
    /// When it is looked at what everybody's line holds; none while there are no pictures.
    lines_at: Option<Instant>,
    /// When it is looked at how good connections are; none while nobody has one.
    quality_at: Option<Instant>,
    /// When reliable data are sent to those who are behind; none while nobody is.
    data_at: Option<Instant>,
    kept: replay::Kept,
    n_malformed: u64,
}

/// How many addresses one room remembers for each participant: two families, two interfaces, and some that changed.
const MOST_PATHS_PER_MEMBER: usize = 8;

impl Room {
    /// An empty room, at `now`.
    pub fn new(config: Config, now: Instant) -> Self {
        let mut rng = StdRng::from_seed(config.seed);
        let created_ms = config.opened_at.0 / 1_000;
        let info = proto::Room {
            sid: new_sid("RM", &mut rng),
            name: config.name.clone(),
            max_participants: config.limits.n_members as u32,
            creation_time: created_ms / 1_000,
            creation_time_ms: created_ms,
            ..Default::default()
        };
        Room {
            config,
            started_at: now,
            now,
            rng,
            info,
            members: BTreeMap::new(),
            tracks: BTreeMap::new(),
            published: HashMap::new(),
            n_ids: 0,
            paths: HashMap::new(),
            ufrags: HashMap::new(),
            agenda: Agenda::default(),
            taps: tap::Taps::new(),
            clocks: tap::Clocks::default(),
            work: VecDeque::new(),
            out: VecDeque::new(),
            speakers_at: None,
            layers_at: None,
            lines_at: None,
            quality_at: None,
            data_at: None,
            kept: replay::Kept::default(),
            n_malformed: 0,
        }
    }

    /// Takes in what came at `now`. Time never runs backwards from one call to the next.
    pub fn input(&mut self, now: Instant, input: Input) {
        match input {
            Input::Packet(packet) => self.packet(now, &packet),
            Input::Signal(member, bytes) => {
                self.agenda.touch_all();
                self.signal(now, member, bytes);
            }
            Input::SignalLost(member) => self.signal_lost(now, member),
            Input::Time => self.time(now),
        }
        self.settle(now);
    }

    /// What is to go out next. Call it until it gives a [`Output::Deadline`]; several packets that came together may be put in
    /// before.
    pub fn poll(&mut self) -> Output {
        loop {
            if let Some(output) = self.out.pop_front() {
                return output;
            }
            // One after the other: what the first gets is under way while the next one's is made.
            if !self.agenda.touch_written() {
                return Output::Deadline(self.deadline());
            }
            self.settle(self.now);
        }
    }

    /// Breaks the connection of somebody from within, as a fault in str0m would.
    #[cfg(test)]
    pub(crate) fn break_peer(&mut self, now: Instant, id: MemberId) {
        if let Some(member) = self.members.get_mut(&id) {
            member.receiving().guarded(|_| panic!("a broken invariant"));
        }
        self.settle_all(now);
    }

    /// How many packets came that nobody could read.
    pub fn n_malformed(&self) -> u64 {
        self.n_malformed
    }

    fn deadline(&self) -> Instant {
        let moments = self.agenda.first().into_iter();
        let moments = moments
            .chain(self.speakers_at)
            .chain(self.layers_at)
            .chain(self.lines_at)
            .chain(self.quality_at)
            .chain(self.data_at)
            .chain(self.lost_until())
            .min();
        // Nobody is there to wait for; an hour is as good as any.
        moments.unwrap_or(self.started_at + Duration::from_secs(3_600))
    }

    fn packet(&mut self, now: Instant, packet: &Incoming) {
        let key = match is_stun(packet.bytes) {
            true => stun_ufrag(packet.bytes).and_then(|ufrag| self.ufrags.get(ufrag)),
            false => self.paths.get(&packet.source),
        };
        let Some((id, role)) = key.copied() else {
            self.n_malformed += 1;
            return;
        };
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        self.agenda.touch((id, role));
        if !member.peer(role).receive(now, packet) {
            self.n_malformed += 1;
            return;
        }
        member.heard_at = now;
        if is_stun(packet.bytes) {
            self.remember_path(packet.source, (id, role));
        }
    }

    /// STUN proves with the connection's password that a packet from there is theirs. An address may change hands: of two
    /// connections behind it the one that showed itself last has it.
    fn remember_path(&mut self, source: SocketAddr, key: PeerKey) {
        if self.paths.insert(source, key) == Some(key) {
            return;
        }
        let theirs = self.paths.iter().filter(|(_, (id, _))| *id == key.0);
        if theirs.count() > MOST_PATHS_PER_MEMBER {
            self.paths
                .retain(|known, (id, _)| *id != key.0 || *known == source);
        }
    }

    fn time(&mut self, now: Instant) {
        self.wake_due(now);
        self.end_lost(now);
        self.look_who_speaks(now);
        self.look_what_is_wanted(now);
        self.look_what_fits(now);
        self.look_what_is_owed(now);
        self.look_how_good_connections_are(now);
    }

    /// Works off what connections have to say until none has anything more.
    fn settle_all(&mut self, now: Instant) {
        self.agenda.touch_all();
        self.settle(now);
    }

    /// The same, where it is known who was touched.
    fn settle(&mut self, now: Instant) {
        self.now = now;
        loop {
            self.drain(now);
            if let Some((key, event)) = self.work.pop_front() {
                self.peer_event(now, key, event);
                continue;
            }
            let Some(failed) = self.agenda.pop_failed() else {
                return;
            };
            self.remove(now, failed, proto::DisconnectReason::MediaFailure);
        }
    }

    fn peer_event(&mut self, now: Instant, (id, role): PeerKey, event: str0m::Event) {
        use str0m::Event::{EgressBitrateEstimate, KeyframeRequest, RtpPacket, SenderFeedback};
        use str0m::Event::{MediaEgressStats, MediaIngressStats, PeerStats};
        // These are many, and say themselves whom they touch.
        let is_frequent = matches!(
            event,
            RtpPacket(_)
                | KeyframeRequest(_)
                | EgressBitrateEstimate(_)
                | SenderFeedback(_)
                | PeerStats(_)
                | MediaEgressStats(_)
                | MediaIngressStats(_)
        );
        if !is_frequent {
            self.agenda.touch_all();
        }
        match event {
            str0m::Event::RtpPacket(packet) => self.forward(now, (id, role), packet),
            str0m::Event::KeyframeRequest(request) => self.beginning_wanted(now, (id, role), request.mid),
            str0m::Event::ChannelData(data) => self.data(now, (id, role), data),
            str0m::Event::ChannelOpen(channel, label) => {
                if let Some(member) = self.members.get_mut(&id) {
                    member.peer(role).channel_opened(channel, &label);
                }
            }
            str0m::Event::EgressBitrateEstimate(kind) => self.line_estimated(now, (id, role), &kind),
            str0m::Event::SenderFeedback(feedback) => self.sender_reported((id, role), &feedback),
            str0m::Event::Connected => self.connected(now, (id, role)),
            other => self.read_off((id, role), &other),
        }
    }

    // ---- small things that all of the room uses ----

    fn say(&mut self, to: MemberId, message: Said) {
        if self
            .members
            .get(&to)
            .is_some_and(|member| member.lost_at.is_some())
        {
            return;
        }
        let response = proto::SignalResponse {
            message: Some(message),
        };
        self.out
            .push_back(Output::Signal(to, response.encode_to_vec().into()));
    }

    /// One text for many, made once.
    fn say_to_all(&mut self, to: impl IntoIterator<Item = MemberId>, message: Said) {
        let response = proto::SignalResponse {
            message: Some(message),
        };
        let bytes = Bytes::from(response.encode_to_vec());
        for id in to {
            if self
                .members
                .get(&id)
                .is_some_and(|member| member.lost_at.is_none())
            {
                self.out.push_back(Output::Signal(id, bytes.clone()));
            }
        }
    }

    fn tell(&mut self, event: Event) {
        self.out.push_back(Output::Event(event));
    }

    fn next_id(&mut self) -> u64 {
        self.n_ids += 1;
        self.n_ids
    }

    fn new_sid(&mut self, prefix: &str) -> String {
        new_sid(prefix, &mut self.rng)
    }

    /// Milliseconds since 1970 at `now`.
    fn wall_ms(&self, now: Instant) -> i64 {
        let passed = now.saturating_duration_since(self.started_at);
        self.config.opened_at.after(passed).0 / 1_000
    }
}

/// Clients tell what a thing is by its prefix. 60 random bits behind it: a sid is a name, and no secret.
fn new_sid(prefix: &str, rng: &mut StdRng) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyzABCDEFGH";
    let letter = |_| char::from(LETTERS[rng.random_range(0..LETTERS.len())]);
    let letters: String = (0..12).map(letter).collect();
    format!("{prefix}_{letters}")
}

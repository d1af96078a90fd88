//! A client as the official ones behave, over str0m: what it says on the signalling socket and when, in both topologies.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use prost::Message;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;
use str0m::bwe::{Bitrate, BweKind};
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::format::Codec;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::RtpPacket;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig};

use super::SERVER;
use super::data::Data;
use super::link::{Link, LinkState};
use super::media::{Picture, Published, read_payload, read_red};
use crate::{MemberId, Topology, crypto};

/// One media packet as a client got it.
#[derive(Debug, Clone)]
pub struct Heard {
    pub seq: u64,
    pub rtp_ts: u32,
    /// The number that the publisher wrote into the payload.
    pub number: u32,
    /// Of a picture: what else stands there.
    pub picture: Option<Picture>,
    pub at: Instant,
}

/// What a client can do beyond the least.
#[derive(Debug, Clone, Copy)]
pub struct Abilities {
    /// It reckons what its way to the server holds.
    pub reckons: bool,
    /// It takes sounds that are sent twice, as Chromium does and Firefox does not.
    pub knows_red: bool,
}

struct Connection {
    rtc: Rtc,
    address: SocketAddr,
    wakes_at: Instant,
    pending: Option<SdpPendingOffer>,
    channels: HashMap<String, str0m::channel::ChannelId>,
}

pub struct Client {
    pub id: MemberId,
    pub topology: Topology,
    pub up: Link,
    pub down: Link,
    pub up_state: LinkState,
    pub down_state: LinkState,
    pub is_closed: bool,
    /// It follows nothing that the server says.
    pub is_deaf: bool,
    /// All that came over the network, padding and answers included.
    pub n_bytes_got: usize,
    /// What its own reckoning of its way to the server says, when it reckons.
    pub own_estimate_bps: Option<u64>,
    /// How many packets came whose sounds are sent twice.
    pub n_red: usize,
    pub signals: Vec<Vec<u8>>,
    /// Everything that the server said, in order.
    pub said: Vec<Said>,
    /// The data that came.
    pub got: Vec<proto::DataPacket>,
    pub data: Data,
    pub people: BTreeMap<String, proto::ParticipantInfo>,
    pub published: Vec<Published>,
    /// How often it was asked for a picture that begins anew.
    pub n_asked: usize,
    /// By sid of the track.
    pub heard: HashMap<String, Vec<Heard>>,
    publisher: Connection,
    subscriber: Option<Connection>,
    /// Which track a section carries, as the server says.
    carried: HashMap<Mid, String>,
    missing_sections: Vec<MediaKind>,
    receiving_sections: Vec<Mid>,
    n_sections: usize,
    last_now: Instant,
    nat_port: Option<u16>,
    has_no_pauses: bool,
    wants_offer: bool,
    restarts_ice: bool,
    n_described: u32,
    offer_id: u32,
}

impl Client {
    pub fn new(idx: usize, topology: Topology, abilities: Abilities, now: Instant) -> Self {
        let address = |port: u16| SocketAddr::from(([10, 0, (idx / 200) as u8, (idx % 200) as u8 + 1], port));
        Client {
            id: MemberId(0),
            topology,
            up: Link::default(),
            down: Link::default(),
            up_state: LinkState::default(),
            down_state: LinkState::default(),
            is_closed: false,
            is_deaf: false,
            n_bytes_got: 0,
            own_estimate_bps: None,
            n_red: 0,
            signals: Vec::new(),
            said: Vec::new(),
            got: Vec::new(),
            data: Data::default(),
            people: BTreeMap::new(),
            published: Vec::new(),
            n_asked: 0,
            heard: HashMap::new(),
            publisher: Connection::new(address(4_000), abilities, now),
            subscriber: (topology == Topology::Two).then(|| {
                let reckons = false;
                Connection::new(address(4_001), Abilities { reckons, ..abilities }, now)
            }),
            carried: HashMap::new(),
            missing_sections: Vec::new(),
            receiving_sections: Vec::new(),
            n_sections: 0,
            last_now: now,
            nat_port: None,
            has_no_pauses: false,
            wants_offer: false,
            restarts_ice: false,
            n_described: 0,
            offer_id: 0,
        }
    }

    /// With one connection a client offers at once, data channels first.
    pub fn first_offer(&mut self) -> Option<proto::SessionDescription> {
        if self.topology == Topology::Two {
            return None;
        }
        let mut api = self.publisher.rtc.sdp_api();
        api.add_channel("_reliable".into());
        api.add_channel("_lossy".into());
        let (offer, pending) = api.apply().unwrap();
        self.publisher.pending = Some(pending);
        Some(self.describe("offer", offer.to_sdp_string()))
    }

    /// Publishes a microphone.
    pub fn speak(&mut self, cid: &str) {
        self.speak_from(cid, 100, 5_000);
    }

    /// Publishes a microphone each of whose sounds is sent twice (RED).
    pub fn speak_twice(&mut self, cid: &str) {
        let mut published = Published::sound(cid, 100, 5_000);
        published.is_red = true;
        self.publish(published, 0);
    }

    /// Publishes a microphone whose packets begin with this number and time.
    pub fn speak_from(&mut self, cid: &str, seq: u64, rtp_ts: u32) {
        self.publish(Published::sound(cid, seq, rtp_ts), 0);
    }

    /// Publishes a camera in three layers.
    pub fn show(&mut self, cid: &str) {
        self.publish(Published::pictures(cid, &["q", "h", "f"]), 3);
    }

    /// Publishes a camera in one layer.
    pub fn show_plainly(&mut self, cid: &str) {
        self.publish(Published::pictures(cid, &[]), 1);
    }

    /// Publishes a camera in three layers whose numbers and time begin so.
    pub fn show_from(&mut self, cid: &str, seq: u64, rtp_ts: u32) {
        let mut published = Published::pictures(cid, &["q", "h", "f"]);
        published
            .layers
            .iter_mut()
            .for_each(|layer| layer.begin_at(seq, rtp_ts));
        self.publish(published, 3);
    }

    /// Publishes a camera in these layers, and announces another number of them.
    pub fn show_layers(&mut self, cid: &str, rids: &[&str], n_announced: i32) {
        self.publish(Published::pictures(cid, rids), n_announced);
    }

    /// Publishes a screen in one layer.
    pub fn show_screen(&mut self, cid: &str) {
        let mut published = Published::pictures(cid, &[]);
        published.is_screen = true;
        self.publish(published, 1);
    }

    /// Publishes a camera in one layer of this codec.
    pub fn show_as(&mut self, cid: &str, codec: Codec) {
        let mut published = Published::pictures(cid, &[]);
        published.codec = codec;
        self.publish(published, 1);
    }

    /// Publishes a microphone that must not pause.
    pub fn play(&mut self, cid: &str) {
        self.has_no_pauses = true;
        self.speak(cid);
        self.has_no_pauses = false;
    }

    fn publish(&mut self, published: Published, n_layers: i32) {
        let is_video = published.kind == MediaKind::Video;
        let layer = |quality: i32| proto::VideoLayer {
            quality,
            width: 1_280 >> (2 - quality),
            height: 720 >> (2 - quality),
            ..Default::default()
        };
        let codec = |published: &Published| proto::SimulcastCodec {
            codec: published.codec.to_string().to_lowercase(),
            cid: published.cid.clone(),
            ..Default::default()
        };
        #[expect(deprecated, reason = "clients still say it so")]
        let asked = proto::AddTrackRequest {
            cid: published.cid.clone(),
            name: published.cid.clone(),
            r#type: i32::from(is_video),
            source: match (is_video, published.is_screen) {
                (true, true) => 3,
                (true, false) => 1,
                _ => 2,
            },
            width: if is_video { 1_280 } else { 0 },
            height: if is_video { 720 } else { 0 },
            layers: (0..n_layers).map(layer).collect(),
            simulcast_codecs: is_video.then(|| codec(&published)).into_iter().collect(),
            disable_dtx: self.has_no_pauses,
            disable_red: !is_video && !published.is_red,
            ..Default::default()
        };
        self.published.push(published);
        self.say(Asked::AddTrack(asked));
    }

    /// Sends data, as somebody who claims to be another.
    pub fn send_data(&mut self, label: &str, text: &str, to: &[&str]) {
        let packet = proto::DataPacket {
            participant_identity: "somebody else".into(),
            sequence: self.data.next_sequence(label),
            destination_identities: to.iter().map(|name| name.to_string()).collect(),
            value: Some(proto::data_packet::Value::User(proto::UserPacket {
                payload: text.as_bytes().to_vec(),
                ..Default::default()
            })),
            ..Default::default()
        };
        let bytes = packet.encode_to_vec();
        self.data.sent(packet.sequence, &bytes);
        self.send_bytes(label, &bytes);
    }

    pub fn send_bytes(&mut self, label: &str, bytes: &[u8]) {
        let id = self.publisher.channels[label];
        self.publisher
            .rtc
            .channel(id)
            .unwrap()
            .write(true, bytes)
            .unwrap();
        // str0m reckons anew when it is told the time, and the last time is late enough for that.
        self.publisher.wakes_at = self.last_now;
    }

    /// Ends all that is published.
    pub fn unpublish(&mut self) {
        let mut api = self.publisher.rtc.sdp_api();
        for published in std::mem::take(&mut self.published) {
            published
                .mid
                .into_iter()
                .for_each(|mid| api.set_direction(mid, Direction::Inactive));
        }
        let (offer, pending) = api.apply().unwrap();
        self.publisher.pending = Some(pending);
        let offer = self.describe("offer", offer.to_sdp_string());
        self.say(Asked::Offer(offer));
    }

    /// Begins ICE anew, as a client does that resumes.
    pub fn restart_ice(&mut self) {
        self.restarts_ice = true;
        self.wants_offer = true;
        self.offer_if_wanted();
    }

    pub fn say(&mut self, message: Asked) {
        let request = proto::SignalRequest {
            message: Some(message),
        };
        self.signals.push(request.encode_to_vec());
    }

    pub fn has_address(&self, address: SocketAddr) -> bool {
        let is_nat = self
            .nat_port
            .is_some_and(|port| address == SocketAddr::new(self.address().ip(), port));
        is_nat || self.connections().any(|connection| connection.address == address)
    }

    pub fn address(&self) -> SocketAddr {
        self.publisher.address
    }

    /// What the server said of the state of a track, in order: true for paused.
    pub fn pauses(&self, sid: &str) -> Vec<bool> {
        let states = self.said.iter().filter_map(|said| match said {
            Said::StreamStateUpdate(update) => Some(&update.stream_states),
            _ => None,
        });
        let theirs = states.flatten().filter(|state| state.track_sid == sid);
        theirs
            .map(|state| state.state == proto::StreamState::Paused as i32)
            .collect()
    }

    /// How many packets of how many different tracks came.
    pub fn n_heard(&self) -> usize {
        self.heard.values().map(Vec::len).sum()
    }

    /// Whether the server says of whoever calls themselves so that their connection is there.
    pub fn is_there(&self, identity: &str) -> bool {
        let active = proto::participant_info::State::Active;
        let mut people = self.people.values();
        people.any(|person| person.identity == identity && person.state() == active)
    }

    /// The sid that the server gave to whoever calls themselves so.
    pub fn own_sid(&self, identity: &str) -> String {
        let mut people = self.people.values();
        people
            .find(|person| person.identity == identity)
            .unwrap()
            .sid
            .clone()
    }

    /// What the server refused, in its words.
    pub fn refusals(&self) -> Vec<&str> {
        let refusals = self.said.iter().filter_map(|said| match said {
            Said::RequestResponse(response) if response.reason != 0 => Some(response.message.as_str()),
            _ => None,
        });
        refusals.collect()
    }

    fn connections(&self) -> impl Iterator<Item = &Connection> {
        [&self.publisher].into_iter().chain(&self.subscriber)
    }

    fn connections_mut(&mut self) -> impl Iterator<Item = &mut Connection> {
        [&mut self.publisher].into_iter().chain(&mut self.subscriber)
    }

    fn receiving(&mut self) -> &mut Connection {
        self.subscriber.as_mut().unwrap_or(&mut self.publisher)
    }

    /// How many sections it has for what it receives.
    pub fn n_sections(&self) -> usize {
        match self.topology {
            Topology::One => self.receiving_sections.len(),
            Topology::Two => self.n_sections,
        }
    }

    /// From now on its packets come from another port.
    pub fn move_behind_nat(&mut self, port: u16) {
        self.nat_port = Some(port);
    }

    /// Says how much it wants to send, when it reckons what its way to the server holds.
    pub fn want_to_send(&mut self, kbps: u64) {
        self.publisher
            .rtc
            .bwe()
            .set_bitrate(Bitrate::ZERO, Bitrate::kbps(kbps));
    }

    // ---- time and packets ----

    pub fn wakes_at(&self) -> Option<Instant> {
        if self.is_closed {
            return None;
        }
        let media = self.published.iter().filter_map(|published| published.next_at);
        self.connections()
            .map(|connection| connection.wakes_at)
            .chain(media)
            .min()
    }

    pub fn wake(&mut self, now: Instant) {
        self.last_now = now;
        if self.is_closed {
            return;
        }
        for connection in self
            .connections_mut()
            .filter(|connection| connection.wakes_at <= now)
        {
            connection.rtc.handle_input(Input::Timeout(now)).unwrap();
        }
        for published in &mut self.published {
            published.send_due(&mut self.publisher.rtc, now);
        }
    }

    pub fn receive(&mut self, now: Instant, destination: SocketAddr, bytes: &[u8]) {
        self.last_now = now;
        self.n_bytes_got += bytes.len();
        let Ok(contents) = bytes.try_into() else { return };
        // Behind a router only the server sees the other address.
        let is_nat = self.nat_port == Some(destination.port());
        let destination = if is_nat { self.address() } else { destination };
        let receive = Receive {
            proto: Protocol::Udp,
            source: SERVER.parse().unwrap(),
            destination,
            contents,
        };
        let is_closed = self.is_closed;
        let mut connections = self.connections_mut().filter(|_| !is_closed);
        if let Some(connection) = connections.find(|connection| connection.address == destination) {
            let _ = connection.rtc.handle_input(Input::Receive(now, receive));
        }
    }

    /// Takes out what the connections have to say.
    pub fn collect(&mut self, now: Instant, said: &mut VecDeque<(SocketAddr, Vec<u8>)>) {
        let (mut heard, mut asked, mut got) = (Vec::new(), Vec::new(), Vec::new());
        let mut estimates = Vec::new();
        let is_closed = self.is_closed;
        for connection in self.connections_mut().filter(|_| !is_closed) {
            loop {
                match connection.rtc.poll_output().unwrap() {
                    Output::Timeout(at) => {
                        connection.wakes_at = at.max(now + Duration::from_millis(1));
                        break;
                    }
                    Output::Transmit(sent) => said.push_back((sent.source, sent.contents.into())),
                    Output::Event(Event::RtpPacket(packet)) => {
                        let mut api = connection.rtc.direct_api();
                        let mid = api.stream_rx(&packet.header.ssrc).map(|stream| stream.mid());
                        heard.extend(mid.map(|mid| (mid, packet)));
                    }
                    Output::Event(Event::ChannelOpen(id, label)) => _ = connection.channels.insert(label, id),
                    Output::Event(Event::ChannelData(data)) => got.push(data.data),
                    Output::Event(Event::KeyframeRequest(request)) => asked.push(request),
                    Output::Event(Event::EgressBitrateEstimate(BweKind::Twcc { estimate, .. })) => {
                        estimates.push(estimate.as_u64());
                    }
                    Output::Event(_) => {}
                }
            }
        }
        let got = got
            .iter()
            .map(|bytes| proto::DataPacket::decode(&bytes[..]).unwrap());
        for packet in got {
            self.got.extend(self.data.is_new(&packet).then_some(packet));
        }
        self.own_estimate_bps = estimates.pop().or(self.own_estimate_bps);
        for request in asked {
            self.n_asked += 1;
            self.published
                .iter_mut()
                .for_each(|published| published.begin_anew(&request));
        }
        heard
            .into_iter()
            .for_each(|(mid, packet)| self.hear(mid, &packet));
        if let Some(port) = self.nat_port {
            said.iter_mut().for_each(|(source, _)| source.set_port(port));
        }
    }

    fn hear(&mut self, mid: Mid, packet: &RtpPacket) {
        let Some(sid) = self.carried.get(&mid) else { return };
        let connection = self.subscriber.as_ref().unwrap_or(&self.publisher);
        let is_red = |red: Option<Pt>| red == Some(packet.header.payload_type);
        let mut params = connection.rtc.codec_config().params().iter();
        let is_red = params.any(|params| is_red(params.red()));
        let heard = self.heard.entry(sid.clone()).or_default();
        let sounds = match is_red {
            true => read_red(&packet.payload),
            false => vec![(0, &packet.payload[..])],
        };
        self.n_red += usize::from(is_red);
        for (n_before, payload) in sounds {
            let Some((number, picture)) = read_payload(payload) else {
                continue;
            };
            // What came the first time is not needed a second.
            if n_before > 0 && heard.iter().rev().take(8).any(|heard| heard.number == number) {
                continue;
            }
            heard.push(Heard {
                seq: *packet.seq_no - n_before,
                rtp_ts: packet.header.timestamp.wrapping_sub(960 * n_before as u32),
                number,
                picture,
                at: self.last_now,
            });
        }
    }

    // ---- signals ----

    pub fn signal(&mut self, now: Instant, bytes: &[u8]) {
        let response = proto::SignalResponse::decode(bytes).unwrap();
        let Some(said) = response.message else { return };
        self.said.push(said.clone());
        if self.is_deaf {
            return;
        }
        match said {
            Said::Join(join) => {
                let people = join.other_participants.into_iter().chain(join.participant);
                people.for_each(|person| self.meet(person));
            }
            Said::Update(update) => update
                .participants
                .into_iter()
                .for_each(|person| self.meet(person)),
            Said::Reconnect(reconnect) => self.resumed(reconnect.last_message_seq),
            Said::TrackPublished(published) => self.published(published),
            Said::Answer(answer) => self.answered(now, answer),
            Said::Offer(offer) => self.offered(now, offer),
            Said::MediaSectionsRequirement(required) => {
                let audios = (0..required.num_audios).map(|_| MediaKind::Audio);
                let videos = (0..required.num_videos).map(|_| MediaKind::Video);
                self.missing_sections.extend(audios.chain(videos));
                self.wants_offer = true;
            }
            _ => {}
        }
        self.offer_if_wanted();
    }

    /// Says what data came, and sends again what did not arrive.
    fn resumed(&mut self, last_sequence: u32) {
        self.say(Asked::SyncState(proto::SyncState {
            datachannel_receive_states: self.data.states(),
            ..Default::default()
        }));
        for bytes in self.data.after(last_sequence) {
            self.send_bytes("_reliable", &bytes);
        }
    }

    fn meet(&mut self, person: proto::ParticipantInfo) {
        let known = self.people.get(&person.sid).map_or(0, |known| known.version);
        assert!(person.version >= known, "the version of a participant only grows");
        self.people.insert(person.sid.clone(), person);
    }

    fn published(&mut self, published: proto::TrackPublishedResponse) {
        let mut theirs = self.published.iter_mut();
        let Some(own) = theirs.find(|own| own.cid == published.cid) else {
            return;
        };
        own.sid = published.track.map(|track| track.sid);
        self.wants_offer = true;
    }

    fn offer_if_wanted(&mut self) {
        if !self.wants_offer || self.publisher.pending.is_some() {
            return;
        }
        self.wants_offer = false;
        let missing = std::mem::take(&mut self.missing_sections);
        let mut api = self.publisher.rtc.sdp_api();
        if self.publisher.channels.is_empty() && self.topology == Topology::Two {
            api.add_channel("_reliable".into());
            api.add_channel("_lossy".into());
        }
        for published in self
            .published
            .iter_mut()
            .filter(|own| own.sid.is_some() && own.mid.is_none())
        {
            let (stream, track) = (Some("-".into()), Some(published.cid.clone()));
            let layers = published.simulcast();
            let mid = api.add_media(published.kind, Direction::SendOnly, stream, track, layers);
            published.mid = Some(mid);
        }
        // What a browser once wanted to receive in it goes on wanting, whatever was answered; str0m forgets it.
        self.receiving_sections
            .iter()
            .for_each(|mid| api.set_direction(*mid, Direction::RecvOnly));
        for kind in missing {
            self.receiving_sections
                .push(api.add_media(kind, Direction::RecvOnly, None, None, None));
        }
        if std::mem::take(&mut self.restarts_ice) {
            api.ice_restart(true);
        }
        if !api.has_changes() {
            // A browser offers again without any change; str0m has to be given one.
            api.add_media(MediaKind::Audio, Direction::Inactive, None, None, None);
        }
        let (offer, pending) = api.apply().unwrap();
        self.publisher.pending = Some(pending);
        let offer = self.describe("offer", offer.to_sdp_string());
        self.say(Asked::Offer(offer));
    }

    fn describe(&mut self, kind: &str, sdp: String) -> proto::SessionDescription {
        self.n_described += 1;
        if kind == "offer" {
            self.offer_id = self.n_described;
        }
        proto::SessionDescription {
            r#type: kind.into(),
            sdp,
            id: self.n_described,
            ..Default::default()
        }
    }

    fn answered(&mut self, now: Instant, answer: proto::SessionDescription) {
        assert_eq!(answer.id, self.offer_id, "an answer has the number of its offer");
        let sections = crate::sdp::sections(&answer.sdp);
        let receiving = sections
            .iter()
            .filter(|section| section.flow == crate::sdp::Flow::Sends);
        for section in receiving.filter(|_| self.topology == Topology::One) {
            let sid = answer.mid_to_track_id.get(&section.mid.to_string()).unwrap();
            assert_eq!(*sid, section.track, "the section and the list name one track");
            self.assert_known(sid);
            self.carried.insert(section.mid, sid.clone());
        }
        let pending = self.publisher.pending.take().unwrap();
        let answer = SdpAnswer::from_sdp_string(&answer.sdp).unwrap();
        self.publisher
            .rtc
            .sdp_api()
            .accept_answer(pending, answer)
            .unwrap();
        self.publisher.rtc.handle_input(Input::Timeout(now)).unwrap();
        for published in self
            .published
            .iter_mut()
            .filter(|own| own.mid.is_some() && own.next_at.is_none())
        {
            published.next_at = Some(now);
        }
    }

    fn offered(&mut self, now: Instant, offer: proto::SessionDescription) {
        self.n_sections = crate::sdp::sections(&offer.sdp).len();
        for section in crate::sdp::sections(&offer.sdp) {
            if section.flow == crate::sdp::Flow::Sends {
                self.assert_known(&section.track);
                self.carried.insert(section.mid, section.track);
            }
        }
        let offer = SdpOffer::from_sdp_string(&offer.sdp).unwrap();
        let receiving = self.receiving();
        let answer = receiving.rtc.sdp_api().accept_offer(offer).unwrap();
        receiving.rtc.handle_input(Input::Timeout(now)).unwrap();
        let answer = self.describe("answer", answer.to_sdp_string());
        self.say(Asked::Answer(answer));
    }

    /// What an SDP carries was told before, and by whom it is published.
    fn assert_known(&self, sid: &str) {
        let mut tracks = self.people.values().flat_map(|person| &person.tracks);
        assert!(
            tracks.any(|track| track.sid == sid),
            "{sid} came before its update"
        );
    }
}

/// What a client takes its own way to the server for at first.
const FIRST_ESTIMATE_KBPS: u64 = 300;

impl Connection {
    fn new(address: SocketAddr, abilities: Abilities, now: Instant) -> Self {
        let mut rtc = RtcConfig::new()
            .enable_bwe(abilities.reckons.then(|| Bitrate::kbps(FIRST_ESTIMATE_KBPS)))
            .set_crypto_provider(crypto::provider())
            .set_rtp_mode(true)
            .set_stats_interval(None)
            .enable_opus(true, abilities.knows_red)
            .build(now);
        rtc.add_local_candidate(Candidate::host(address, "udp").unwrap());
        Connection {
            rtc,
            address,
            wakes_at: now,
            pending: None,
            channels: HashMap::new(),
        }
    }
}

//! One peer connection: str0m behind a fence.
//!
//! Everything that reaches into str0m goes through [`Peer::guarded`]: a broken invariant in there costs this one
//! connection and never the room. After every packet all that str0m has to say is taken out, or it loses some.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use str0m::bwe::Bitrate;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, ChannelId, Reliability};
use str0m::format::{Codec, CodecSpec};
use str0m::media::{Direction, MediaKind, Mid, Rid};
use str0m::net::{DatagramRecv, Protocol, Receive, TcpType};
use str0m::rtp::Ssrc;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig, RtcError};

use crate::codec::Format;
use crate::line::{FIRST_BPS, Goal};
use crate::room::{self, PeerKey, Readings};
use crate::{Config, Packet, Transport, crypto};

pub(crate) struct Peer {
    /// None after it failed.
    rtc: Option<Rtc>,
    /// When it wants to be woken.
    pub wakes_at: Instant,
    /// When it will be, as the room knows.
    pub scheduled_at: Option<Instant>,
    /// It has something to say that nobody has taken out yet.
    pub is_dirty: bool,
    pub is_connected: bool,
    pub has_failed: bool,
    /// How it was in the last seconds.
    pub readings: Readings,
    /// It was changed since it was told the time. str0m keeps the moment at which it wants to be woken, and reckons
    /// it anew only when it is told the time; without that a new connection would never begin.
    was_changed: bool,
    /// The data channels that are open, by what they are for.
    channels: HashMap<ChannelId, Lane>,
    pending: Option<SdpPendingOffer>,
    streams: HashMap<Ssrc, (Mid, Option<Rid>)>,
    outflow: Outflow,
}

/// What of the packets that were written has gone out: str0m's pacer gives one for each time that it is told the time, and wants
/// to be told once more after the last, which costs as much as a packet.
#[derive(Debug, Default)]
struct Outflow {
    /// Something came in: all that follows from it is to be taken out, or it is lost.
    has_received: bool,
    /// Written, and not gone out yet as far as we counted.
    n_waiting: usize,
    /// When something went out that nobody wrote: sent again, or sent to find out what the line holds.
    surplus_at: Option<Instant>,
}

/// How long the pacer waits for its last word when nothing is known to wait. The next packet comes sooner in most cases.
const PACER_RESTS: Duration = Duration::from_millis(20);

/// After something went out that nobody wrote, more of it is likely: then the pacer waits for nothing.
const SURPLUS_LASTS: Duration = Duration::from_millis(100);

/// Nothing waits in a pacer that wants to be woken so late.
const PACER_IS_IDLE: Duration = Duration::from_millis(20);

impl Outflow {
    /// True when the packet was one that waited.
    fn went_out(&mut self, packet: &[u8], now: Instant) -> bool {
        if !is_media(packet) {
            return false;
        }
        if self.n_waiting == 0 {
            self.surplus_at = Some(now);
            return false;
        }
        self.n_waiting -= 1;
        true
    }

    fn may_rest(&self, now: Instant) -> bool {
        self.n_waiting == 0 && self.is_calm(now)
    }

    fn is_calm(&self, now: Instant) -> bool {
        let is_over = |at: Instant| now.saturating_duration_since(at) > SURPLUS_LASTS;
        self.surplus_at.is_none_or(is_over)
    }
}

/// RTP, neither RTCP nor anything else (RFC 5761, 4; RFC 7983, 7).
fn is_media(packet: &[u8]) -> bool {
    matches!(packet, [128..=191, kind, ..] if !(192..=223).contains(kind))
}

/// One of the two data channels of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Lane {
    /// Everything arrives, in order.
    Reliable,
    /// What gets lost is lost.
    Lossy,
}

/// Why a description was refused; the words go to whoever sent it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadSdp {
    #[error("the description cannot be read")]
    Unreadable,
    #[error("the description does not fit what was agreed before: {0}")]
    Unfit(String),
    #[error("there is no offer that this would answer")]
    NotAsked,
    #[error("this connection is over")]
    Over,
}

/// The labels of the two data channels of the protocol.
const RELIABLE: &str = "_reliable";
const LOSSY: &str = "_lossy";

impl Peer {
    /// A connection through which somebody receives says what its line holds.
    pub fn new(config: &Config, receives: bool, now: Instant) -> Self {
        let mut rtc = RtcConfig::new()
            .enable_bwe(receives.then(|| Bitrate::from(FIRST_BPS)))
            .set_crypto_provider(crypto::provider())
            .set_rtp_mode(true)
            .set_ice_lite(true)
            .set_stats_interval(Some(room::READ_EVERY))
            .clear_codecs()
            .enable_opus(true, true)
            .enable_vp8(true)
            .enable_h264(true)
            .enable_vp9(true)
            .enable_av1(true)
            .build(now);
        for candidate in config.candidates.iter().filter_map(candidate) {
            rtc.add_local_candidate(candidate);
        }
        Peer {
            rtc: Some(rtc),
            wakes_at: now,
            scheduled_at: None,
            is_dirty: true,
            is_connected: false,
            has_failed: false,
            readings: Readings::default(),
            was_changed: false,
            channels: HashMap::new(),
            pending: None,
            streams: HashMap::new(),
            outflow: Outflow::default(),
        }
    }

    /// Runs `work` on str0m. None when the connection is over, or is from now on because something in there broke.
    pub fn guarded<T>(&mut self, work: impl FnOnce(&mut Rtc) -> T) -> Option<T> {
        let rtc = self.rtc.as_mut()?;
        let done = catch_unwind(AssertUnwindSafe(|| work(rtc)));
        self.is_dirty = true;
        if done.is_err() {
            self.fail();
        }
        done.ok()
    }

    fn fail(&mut self) {
        self.rtc = None;
        self.has_failed = true;
        self.is_connected = false;
    }

    /// The fragment by which packets of this connection are known now; it changes when ICE begins anew.
    pub fn ufrag(&mut self) -> Option<String> {
        self.guarded(|rtc| rtc.direct_api().local_ice_credentials().ufrag)
    }

    /// Hands in a packet; false when it is not for this connection or nothing that it understands.
    pub fn receive(&mut self, now: Instant, packet: &Incoming) -> bool {
        self.outflow.has_received = true;
        let taken = self.guarded(|rtc| {
            let Ok(contents) = DatagramRecv::try_from(packet.bytes) else {
                return Ok(false);
            };
            let receive = Receive {
                proto: packet.transport.into(),
                source: packet.source,
                destination: packet.destination,
                contents,
            };
            let input = Input::Receive(now, receive);
            Ok(rtc.accepts(&input) && rtc.handle_input(input).map(|()| true)?)
        });
        self.settle(taken).unwrap_or(false)
    }

    /// Nothing that is measured by when it goes out is under way.
    pub fn is_calm(&self, now: Instant) -> bool {
        self.outflow.is_calm(now)
    }

    /// Tells it the time, when it asked for that.
    pub fn wake(&mut self, now: Instant) {
        if self.wakes_at <= now {
            let woken = self.guarded(|rtc| rtc.handle_input(Input::Timeout(now)));
            self.settle(woken);
        }
    }

    fn settle<T>(&mut self, result: Option<Result<T, RtcError>>) -> Option<T> {
        match result? {
            Ok(value) => Some(value),
            Err(error) => {
                tracing::debug!(%error, "a peer connection ended by an error");
                self.fail();
                None
            }
        }
    }

    /// Takes out all that it has to say at `now`.
    pub fn drain(
        &mut self,
        key: PeerKey,
        now: Instant,
        out: &mut VecDeque<room::Output>,
        work: &mut VecDeque<(PeerKey, Event)>,
    ) {
        if std::mem::take(&mut self.was_changed) {
            let woken = self.guarded(|rtc| rtc.handle_input(Input::Timeout(now)));
            self.settle(woken);
        }
        let mut outflow = std::mem::take(&mut self.outflow);
        let wakes_at = self.guarded(|rtc| drain(rtc, key, now, &mut outflow, out, work));
        self.outflow = outflow;
        if let Some(wakes_at) = self.settle(wakes_at) {
            self.wakes_at = wakes_at;
        }
        self.is_dirty = false;
    }

    /// Writes a packet for whoever receives here.
    pub fn write(&mut self, work: impl FnOnce(&mut Rtc) -> Option<Ssrc>) -> Option<Ssrc> {
        let written = self.change(work).flatten();
        self.outflow.n_waiting += usize::from(written.is_some());
        written
    }

    /// Which section and layer the packets of `ssrc` belong to.
    pub fn find_stream(&mut self, ssrc: Ssrc) -> Option<(Mid, Option<Rid>)> {
        if let Some(found) = self.streams.get(&ssrc) {
            return Some(*found);
        }
        let is_dirty = self.is_dirty;
        let found = self.guarded(|rtc| {
            let mut api = rtc.direct_api();
            api.stream_rx(&ssrc).map(|stream| (stream.mid(), stream.rid()))
        });
        self.is_dirty = is_dirty;
        let found = found.flatten()?;
        self.streams.insert(ssrc, found);
        Some(found)
    }

    /// What packets with this payload type are, here.
    pub fn find_format(&mut self, payload_type: u8) -> Option<Format> {
        let found = self.guarded(|rtc| {
            rtc.codec_config().params().iter().find_map(|params| {
                let is_red = params.red().is_some_and(|red| *red == payload_type);
                (is_red || *params.pt() == payload_type).then(|| Format {
                    codec: params.spec(),
                    is_red,
                })
            })
        });
        found.flatten()
    }

    /// The payload type that packets of this format have here: of the very same codec, or one of the same kind. What is sent
    /// twice goes out once to whoever does not know RED.
    pub fn find_payload_type(&mut self, format: Format) -> Option<(u8, Format)> {
        let found = self.guarded(|rtc| {
            let params = rtc.codec_config().params();
            let same = params.iter().find(|params| params.spec() == format.codec);
            let alike = || {
                params
                    .iter()
                    .find(|params| params.spec().codec == format.codec.codec)
            };
            let params = same.or_else(alike)?;
            let red = params.red().filter(|_| format.is_red);
            let theirs = Format {
                codec: params.spec(),
                is_red: red.is_some(),
            };
            Some((*red.unwrap_or(params.pt()), theirs))
        });
        found.flatten()
    }

    /// Runs `work` that changes what str0m wants to do and when.
    pub fn change<T>(&mut self, work: impl FnOnce(&mut Rtc) -> T) -> Option<T> {
        self.was_changed = true;
        self.guarded(work)
    }

    pub fn channel_opened(&mut self, channel: ChannelId, label: &str) {
        let lane = match label {
            RELIABLE => Lane::Reliable,
            LOSSY => Lane::Lossy,
            _ => return,
        };
        self.channels.insert(channel, lane);
    }

    pub fn lane_of(&self, channel: ChannelId) -> Option<Lane> {
        self.channels.get(&channel).copied()
    }

    /// Sends what fits. False when too much is waiting already; a channel that is not open yet is as one that sends.
    pub fn send_data(&mut self, lane: Lane, bytes: &[u8]) -> bool {
        let Some(id) = self
            .channels
            .iter()
            .find(|(_, open)| **open == lane)
            .map(|(id, _)| *id)
        else {
            return true;
        };
        let sent = self.change(|rtc| rtc.channel(id).map(|mut channel| channel.write(true, bytes)));
        !matches!(sent, Some(Some(Ok(false))))
    }

    /// Says how much is wanted of the line.
    pub fn want_bitrate(&mut self, goal: Goal) {
        let (sustained, wanted) = (Bitrate::from(goal.sustained_bps), Bitrate::from(goal.wanted_bps));
        self.change(|rtc| rtc.bwe().set_bitrate(sustained, wanted));
    }

    /// Forgets an offer that never reached the client. Whether there was one.
    pub fn give_up_offer(&mut self) -> bool {
        self.pending.take().is_some()
    }

    /// Accepts an offer and gives the text of the answer.
    pub fn accept_offer(&mut self, offer: &str) -> Result<String, BadSdp> {
        let offer = self.parse(|| SdpOffer::from_sdp_string(offer).ok())?;
        let answer = self.change(|rtc| rtc.sdp_api().accept_offer(offer));
        let answer = answer.ok_or(BadSdp::Over)?.map_err(unfit)?;
        self.pending = None;
        Ok(answer.to_sdp_string())
    }

    /// Accepts the answer to the offer that is under way.
    pub fn accept_answer(&mut self, answer: &str) -> Result<(), BadSdp> {
        let answer = self.parse(|| SdpAnswer::from_sdp_string(answer).ok())?;
        let pending = self.pending.take().ok_or(BadSdp::NotAsked)?;
        let accepted = self.change(|rtc| rtc.sdp_api().accept_answer(pending, answer));
        accepted.ok_or(BadSdp::Over)?.map_err(unfit)
    }

    pub fn is_negotiating(&self) -> bool {
        self.pending.is_some()
    }

    /// Offers the data channels of the protocol; the text of the offer.
    pub fn offer_channels(&mut self) -> Option<String> {
        let offered = self.change(|rtc| {
            let mut api = rtc.sdp_api();
            for (label, reliability) in [
                (RELIABLE, Reliability::Reliable),
                (LOSSY, Reliability::MaxRetransmits { retransmits: 0 }),
            ] {
                api.add_channel_with_config(ChannelConfig {
                    label: label.into(),
                    reliability,
                    ordered: true,
                    ..Default::default()
                });
            }
            api.apply()
        });
        self.await_answer(offered.flatten())
    }

    /// Offers a new section of each of `kinds`, and those of `flows` as they are said there. The new sections, and the text
    /// of the offer; none when there is nothing to offer.
    pub fn offer_sections(
        &mut self,
        kinds: &[MediaKind],
        flows: &[(Mid, Direction)],
    ) -> Option<(Vec<Mid>, String)> {
        let (mids, offered) = self.change(|rtc| {
            let mut api = rtc.sdp_api();
            flows
                .iter()
                .for_each(|(mid, flow)| api.set_direction(*mid, *flow));
            let add = |kind: &MediaKind| api.add_media(*kind, Direction::SendOnly, None, None, None);
            let mids: Vec<Mid> = kinds.iter().map(add).collect();
            (mids, api.apply())
        })?;
        Some((mids, self.await_answer(offered)?))
    }

    fn await_answer(&mut self, offered: Option<(SdpOffer, SdpPendingOffer)>) -> Option<String> {
        let (offer, pending) = offered?;
        self.pending = Some(pending);
        Some(offer.to_sdp_string())
    }

    /// Reading an SDP is in the fence too, but what cannot be read costs nobody their connection.
    fn parse<T>(&self, read: impl FnOnce() -> Option<T>) -> Result<T, BadSdp> {
        let read = catch_unwind(AssertUnwindSafe(read));
        read.ok().flatten().ok_or(BadSdp::Unreadable)
    }

    pub fn add_remote_candidate(&mut self, candidate: &str) {
        let Ok(candidate) = self.parse(|| Candidate::from_sdp_string(candidate).ok()) else {
            return;
        };
        self.change(|rtc| rtc.add_remote_candidate(candidate));
    }
}

/// A packet from the network.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// How it came.
    pub transport: Transport,
    /// From where.
    pub source: SocketAddr,
    /// At which of our addresses, one of [`Config::candidates`].
    pub destination: SocketAddr,
    /// Without framing.
    pub bytes: &'a [u8],
}

/// How often in one go str0m may ask to be told the time that it was just told.
const MOST_TURNS: usize = 16;

fn drain(
    rtc: &mut Rtc,
    key: PeerKey,
    now: Instant,
    outflow: &mut Outflow,
    out: &mut VecDeque<room::Output>,
    work: &mut VecDeque<(PeerKey, Event)>,
) -> Result<Instant, RtcError> {
    let mut n_turns = 0;
    let takes_all = std::mem::take(&mut outflow.has_received);
    let mut has_sent = false;
    loop {
        match rtc.poll_output()? {
            Output::Timeout(at) if at <= now && has_sent && outflow.may_rest(now) => {
                return Ok(now + PACER_RESTS);
            }
            Output::Timeout(at) if at <= now && n_turns < MOST_TURNS => {
                n_turns += 1;
                rtc.handle_input(Input::Timeout(now))?;
            }
            Output::Timeout(at) => {
                if at > now + PACER_IS_IDLE {
                    outflow.n_waiting = 0;
                }
                return Ok(at);
            }
            Output::Event(event) => work.push_back((key, event)),
            Output::Transmit(sent) => {
                let has_waited = outflow.went_out(&sent.contents, now);
                has_sent |= has_waited;
                out.push_back(room::Output::Packet(Packet {
                    transport: match sent.proto {
                        Protocol::Udp => Transport::Udp,
                        _ => Transport::Tcp,
                    },
                    source: sent.source,
                    destination: sent.destination,
                    bytes: sent.contents.into(),
                }));
                // To ask what it would say now costs as much as the packet did.
                if has_waited && !takes_all {
                    if outflow.may_rest(now) {
                        return Ok(now + PACER_RESTS);
                    }
                    rtc.handle_input(Input::Timeout(now))?;
                }
            }
        }
    }
}

fn candidate((transport, address): &(Transport, SocketAddr)) -> Option<Candidate> {
    match transport {
        Transport::Udp => Candidate::builder().udp().host(*address).build().ok(),
        Transport::Tcp => Candidate::builder()
            .tcp()
            .host(*address)
            .tcptype(TcpType::Passive)
            .build()
            .ok(),
    }
}

impl From<Transport> for Protocol {
    fn from(transport: Transport) -> Self {
        match transport {
            Transport::Udp => Protocol::Udp,
            Transport::Tcp => Protocol::Tcp,
        }
    }
}

fn unfit(error: RtcError) -> BadSdp {
    BadSdp::Unfit(error.to_string())
}

/// Ticks of a codec's clock in a second.
pub(crate) fn clock_rate_hz(codec: &CodecSpec) -> u32 {
    match codec.codec {
        Codec::Opus => 48_000,
        _ => 90_000,
    }
}

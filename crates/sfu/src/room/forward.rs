//! The way of a media packet from its publisher to everybody who gets the track. Nothing here waits, logs or copies a
//! payload.

use std::sync::Arc;
use std::time::{Duration, Instant};

use str0m::format::Codec;
use str0m::media::{KeyframeRequestKind, MediaKind, Mid, Rid};
use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite, Vp8Patch};

use super::{PeerKey, Room};
use crate::codec::{self, Format};
use crate::layers::HIGH;
use crate::member::Role;
use crate::peer::Peer;
use crate::rewrite::Place;
use crate::track::{Stream, Subscription, TrackId};

/// What is remembered of a stream, to send again what is asked for: more than any line takes to ask, and more packets than the
/// beginning of a large picture has. str0m's usual three seconds cost a participant half a megabyte.
const MOST_REMEMBERED: usize = 512;
const REMEMBERED: Duration = Duration::from_millis(750);

/// Which part of all that is sent may be sent again, as str0m has it: a line that loses more has no room for it.
const MOST_SENT_AGAIN: Option<f32> = Some(0.15);

/// What a packet is, found once for all who get it.
pub(super) struct Incoming {
    pub format: Format,
    /// The payload as it is without RED.
    pub plain: Arc<[u8]>,
    pub rid: Option<Rid>,
    pub begins_anew: bool,
    /// When it was captured by the clock of its publisher, in microseconds; none before their first report.
    pub captured_us: Option<i64>,
    /// Which layer each kind of wish comes to, from low to high.
    pub best: [Option<Option<Rid>>; HIGH + 1],
}

impl Room {
    pub(super) fn forward(&mut self, now: Instant, (id, role): PeerKey, packet: RtpPacket) {
        let Some(publisher) = self.members.get_mut(&id).map(|member| member.peer(role)) else {
            return;
        };
        let Some((mid, rid)) = publisher.find_stream(packet.header.ssrc) else {
            return;
        };
        let Some(track_id) = self.published.get(&(id, mid)).copied() else {
            return;
        };
        let Some(track) = self.tracks.get_mut(&track_id) else {
            return;
        };
        let Some(format) = track.format_of(publisher, *packet.header.payload_type) else {
            return;
        };
        if track.is_silenced {
            return;
        }
        track.layers.saw(rid, packet.payload.len(), now);
        let level_db = packet.header.ext_vals.audio_level;
        track.level_db = track.level_db.max(level_db.unwrap_or(track.level_db));
        let plain = match format.is_red && !packet.payload.is_empty() {
            true => codec::newest_of_red(&packet.payload).map(Arc::from),
            false => Some(packet.payload.clone()),
        };
        // What says of itself that it is RED and is not is as if it had been lost.
        let Some(plain) = plain else { return };
        let codec = format.codec;
        let incoming = Incoming {
            format,
            rid,
            begins_anew: codec::begins_anew(codec.codec, &plain),
            plain,
            captured_us: self
                .clocks
                .captured_us((track_id, rid), packet.header.timestamp, &codec),
            best: [0, 1, HIGH].map(|wanted| track.layers.best(wanted, now)),
        };
        let mut needs_beginning = false;
        for (subscriber, subscription) in &mut track.subscriptions {
            if !subscription.is_open(now) {
                continue;
            }
            let Some(member) = self.members.get_mut(subscriber) else {
                continue;
            };
            if member.receiving().is_connected {
                needs_beginning |= subscription.forward(member.receiving(), &packet, &incoming, now);
                self.agenda.wrote_to((*subscriber, member.receiving_role()));
            }
        }
        let arrived = now.saturating_duration_since(self.started_at);
        for tap in self.taps.values_mut() {
            needs_beginning |= tap.take((track_id, track), &packet, &incoming, &self.clocks, arrived);
        }
        let kind = track.kind;
        if level_db.is_some() {
            self.sound_came(now);
        }
        if kind == MediaKind::Video {
            self.pictures_came(now);
        }
        if needs_beginning {
            self.ask_for_beginning(now, track_id, rid);
        }
    }

    /// Asks a publisher for a picture that needs no other, unless they were asked a moment ago.
    pub(super) fn ask_for_beginning(&mut self, now: Instant, track: TrackId, rid: Option<Rid>) {
        let Some(track) = self.tracks.get_mut(&track) else {
            return;
        };
        let (Some(mid), Some(owner)) = (track.mid, self.members.get_mut(&track.owner)) else {
            return;
        };
        if !track.layers.may_ask(rid, now) {
            return;
        }
        self.agenda.touch((track.owner, Role::Publisher));
        owner.peer(Role::Publisher).change(|rtc| {
            if let Some(stream) = rtc.direct_api().stream_rx_by_mid(mid, rid) {
                stream.request_keyframe(KeyframeRequestKind::Pli);
            }
        });
    }

    /// A subscriber lost so much that they need a new beginning.
    pub(super) fn beginning_wanted(&mut self, now: Instant, id: PeerKey, mid: Mid) {
        let goes_there = |subscription: &Subscription| subscription.mid == Some(mid);
        let mut tracks = self.tracks.iter();
        let found = tracks.find_map(|(track, of)| {
            let subscription = of
                .subscriptions
                .get(&id.0)
                .filter(|subscription| goes_there(subscription))?;
            Some((*track, subscription.layer?))
        });
        if let Some((track, rid)) = found {
            self.ask_for_beginning(now, track, rid);
        }
    }
}

impl Subscription {
    /// Forwards what of the packet is for this subscriber. True when a new beginning of its layer is needed first.
    fn forward(
        &mut self,
        receiving: &mut Peer,
        packet: &RtpPacket,
        incoming: &Incoming,
        now: Instant,
    ) -> bool {
        if self.layer != Some(incoming.rid) {
            if incoming.best[self.most()] != Some(incoming.rid) {
                return false;
            }
            if !incoming.begins_anew || packet.payload.is_empty() {
                return true;
            }
            self.layer = Some(incoming.rid);
            self.source = None;
        }
        if let Some((place, patch)) = self.place(packet, incoming, now) {
            self.send(receiving, packet, incoming, place, patch);
        }
        false
    }

    /// Where the packet is to stand in what this subscriber gets; none when it is not for them.
    fn place(
        &mut self,
        packet: &RtpPacket,
        incoming: &Incoming,
        now: Instant,
    ) -> Option<(Place, Option<Vp8Patch>)> {
        let stream = self
            .stream
            .get_or_insert_with(|| Stream::new(&incoming.format.codec));
        if self.source != Some(packet.header.ssrc) {
            self.source = Some(packet.header.ssrc);
            stream.begin_source();
        }
        if packet.payload.is_empty() {
            // Padding: it filled the way here, and means nothing beyond.
            stream.places.drop(*packet.seq_no);
            return None;
        }
        let place =
            stream
                .places
                .place(*packet.seq_no, packet.header.timestamp, incoming.captured_us, now)?;
        let is_vp8 = incoming.format.codec.codec == Codec::Vp8;
        let patch = is_vp8.then(|| stream.vp8.patch(&packet.payload)).flatten();
        Some((place, patch))
    }

    fn send(
        &mut self,
        receiving: &mut Peer,
        packet: &RtpPacket,
        incoming: &Incoming,
        place: Place,
        patch: Option<Vp8Patch>,
    ) {
        let payload_type = *packet.header.payload_type;
        if self.payload_type.is_none_or(|(from, _)| from != payload_type) {
            let theirs = receiving.find_payload_type(incoming.format);
            self.payload_type = theirs.map(|theirs| (payload_type, theirs));
        }
        let (Some(mid), Some((_, (payload_type, format)))) = (self.mid, self.payload_type) else {
            return;
        };
        let payload = match format.is_red {
            true => &packet.payload,
            false => &incoming.plain,
        };
        let ext = ExtensionValues {
            audio_level: packet.header.ext_vals.audio_level,
            voice_activity: packet.header.ext_vals.voice_activity,
            video_orientation: packet.header.ext_vals.video_orientation,
            ..Default::default()
        };
        let write = RtpWrite::new(
            payload_type.into(),
            place.seq.into(),
            place.rtp_ts,
            packet.timestamp,
            payload.clone(),
        );
        let is_sound = incoming.format.codec.codec == Codec::Opus;
        let mut write = write
            .marker(packet.header.marker)
            .ext_vals(ext)
            .nackable(!is_sound);
        if let Some(patch) = patch {
            write = write.vp8_patch(patch);
        }
        let known = self.ssrc.filter(|(of, _)| *of == mid).map(|(_, ssrc)| ssrc);
        let used = receiving.write(|rtc| {
            let mut api = rtc.direct_api();
            let stream = match known {
                Some(ssrc) => api.stream_tx(&ssrc)?,
                None => {
                    let stream = api.stream_tx_by_mid(mid, None)?;
                    stream.set_rtx_cache(MOST_REMEMBERED, REMEMBERED, MOST_SENT_AGAIN);
                    // Whoever publishes has paced it; to pace it again would only make it late.
                    stream.set_unpaced(true);
                    stream
                }
            };
            stream.write_rtp(write);
            Some(stream.ssrc())
        });
        self.ssrc = used.map(|ssrc| (mid, ssrc));
    }
}

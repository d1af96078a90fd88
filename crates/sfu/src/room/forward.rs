//! The way of a media packet from its publisher to everybody who gets the track. Nothing here waits, logs or copies a
//! payload.

use std::time::Instant;

use str0m::rtp::{ExtensionValues, RtpPacket, RtpWrite};

use super::{PeerKey, Room};
use crate::member::Member;
use crate::peer::{Peer, clock_rate_hz};
use crate::rewrite::{Place, Rewriter};
use crate::track::Subscription;

impl Room {
    pub(super) fn forward(&mut self, now: Instant, (id, role): PeerKey, packet: RtpPacket) {
        let Some(publisher) = self.members.get_mut(&id).map(|member| member.peer(role)) else {
            return;
        };
        let Some((mid, _rid)) = publisher.find_stream(packet.header.ssrc) else {
            return;
        };
        let payload_type = *packet.header.payload_type;
        let mut tracks = self.tracks.values_mut();
        let Some(track) = tracks.find(|track| track.owner == id && track.mid == Some(mid)) else {
            return;
        };
        let is_agreed = |subscription: &Subscription| {
            subscription
                .payload_type
                .is_some_and(|(from, _)| from == payload_type)
        };
        let codec = match track.subscriptions.values().all(is_agreed) {
            true => None,
            false => publisher.find_codec(payload_type),
        };
        for (subscriber, subscription) in &mut track.subscriptions {
            let Some(receiving) = self.members.get_mut(subscriber).map(Member::receiving) else {
                continue;
            };
            if !receiving.is_connected || !subscription.is_ready || subscription.is_disabled {
                continue;
            }
            if !is_agreed(subscription) {
                let Some(codec) = codec else { continue };
                let Some(theirs) = receiving.find_payload_type(codec) else {
                    continue;
                };
                subscription.payload_type = Some((payload_type, theirs));
                subscription
                    .rewriter
                    .get_or_insert_with(|| Rewriter::new(clock_rate_hz(&codec)));
            }
            if let Some(place) = subscription.place(&packet, now) {
                subscription.send(receiving, &packet, place);
            }
        }
    }
}

impl Subscription {
    /// Where the packet is to stand in what this subscriber gets; none when it is not for them.
    fn place(&mut self, packet: &RtpPacket, now: Instant) -> Option<Place> {
        let rewriter = self.rewriter.as_mut()?;
        if self.source != Some(packet.header.ssrc) {
            self.source = Some(packet.header.ssrc);
            rewriter.begin_source();
        }
        if packet.payload.is_empty() {
            // Padding: it filled the way here, and means nothing beyond.
            rewriter.drop(*packet.seq_no);
            return None;
        }
        rewriter.place(*packet.seq_no, packet.header.timestamp, now)
    }

    fn send(&mut self, receiving: &mut Peer, packet: &RtpPacket, place: Place) {
        let (Some(mid), Some((_, payload_type))) = (self.mid, self.payload_type) else {
            return;
        };
        let ext = ExtensionValues {
            audio_level: packet.header.ext_vals.audio_level,
            voice_activity: packet.header.ext_vals.voice_activity,
            ..Default::default()
        };
        let write = RtpWrite::new(
            payload_type.into(),
            place.seq.into(),
            place.rtp_ts,
            packet.timestamp,
            packet.payload.clone(),
        );
        let write = write.marker(packet.header.marker).ext_vals(ext);
        receiving.guarded(|rtc| {
            if let Some(stream) = rtc.direct_api().stream_tx_by_mid(mid, None) {
                stream.write_rtp(write);
            }
        });
    }
}

//! What participants publish: announced by `add_track`, bound to a section by an offer, ended by the next one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Instant;

use livekit_protocol as proto;
use proto::request_response::{Reason, Request};
use proto::signal_response::Message as Said;
use proto::{TrackSource, TrackType};
use str0m::media::{MediaKind, Mid};

use super::signals::Refused;
use super::speakers::SILENCE_DB;
use super::subscribe::description;
use super::{Event, Room};
use crate::layers::{HIGH, Layers};
use crate::member::Role;
use crate::sdp::{self, Flow, Section};
use crate::track::{Track, TrackId};
use crate::{MemberId, Topology};

impl Room {
    pub(super) fn add_track(&mut self, id: MemberId, asked: proto::AddTrackRequest) {
        match self.check_track(id, &asked) {
            Err(refused) => self.refuse(id, refused.of(Request::AddTrack(asked))),
            Ok(kind) => {
                let track = TrackId(self.next_id());
                let info = self.new_track_info(&asked);
                let published = proto::TrackPublishedResponse {
                    cid: asked.cid.clone(),
                    track: Some(info.clone()),
                };
                let added = Track {
                    owner: id,
                    owner_sid: self.sid_of(id),
                    info,
                    kind,
                    cid: asked.cid,
                    mid: None,
                    subscriptions: BTreeMap::new(),
                    layers: Layers::default(),
                    told_wanted: HIGH,
                    unwanted_since: None,
                    level_db: SILENCE_DB,
                    is_silenced: false,
                    format: None,
                };
                self.tracks.insert(track, added);
                self.say(id, Said::TrackPublished(published));
            }
        }
    }

    fn check_track(&self, id: MemberId, asked: &proto::AddTrackRequest) -> Result<MediaKind, Refused> {
        let Some(member) = self.members.get(&id) else {
            return Err(Refused::new(Reason::NotFound, "nobody is there"));
        };
        if !member.grants.may_publish(asked.source) {
            return Err(Refused::new(
                Reason::NotAllowed,
                "the token does not allow to publish this",
            ));
        }
        let theirs = || self.tracks.values().filter(|track| track.owner == id);
        if theirs().count() >= self.config.limits.n_tracks_per_member {
            return Err(Refused::new(
                Reason::LimitExceeded,
                "too many tracks are published",
            ));
        }
        if asked.name.len().max(asked.cid.len()).max(asked.stream.len()) > self.config.limits.text_bytes {
            return Err(Refused::new(
                Reason::LimitExceeded,
                "the name of the track is too long",
            ));
        }
        if theirs().any(|track| track.cid == asked.cid && !track.is_published()) {
            return Err(Refused::new(
                Reason::DuplicateHandle,
                "this track is being published",
            ));
        }
        match asked.r#type() {
            TrackType::Audio => Ok(MediaKind::Audio),
            TrackType::Video if find_mime_type(asked).is_some() => Ok(MediaKind::Video),
            _ => Err(Refused::new(
                Reason::UnsupportedType,
                "pictures are published as VP8, H.264, VP9 or AV1, sound as Opus",
            )),
        }
    }

    #[expect(deprecated, reason = "older clients read no other word of DTX")]
    fn new_track_info(&mut self, asked: &proto::AddTrackRequest) -> proto::TrackInfo {
        let is_screen = matches!(
            asked.source(),
            TrackSource::ScreenShare | TrackSource::ScreenShareAudio
        );
        let usual_stream = if is_screen { "screenshare" } else { "camera" };
        let mime_type = find_mime_type(asked).unwrap_or_default().to_owned();
        let layers = first_layers(asked);
        let audio_features = audio_features(asked);
        proto::TrackInfo {
            sid: self.new_sid("TR"),
            // Numbers that stand for nothing are not told on: in JSON there is no word for them.
            r#type: asked.r#type() as i32,
            name: asked.name.clone(),
            muted: asked.muted,
            source: asked.source() as i32,
            codecs: vec![proto::SimulcastCodecInfo {
                mime_type: mime_type.clone(),
                cid: asked.cid.clone(),
                layers,
                ..Default::default()
            }],
            width: asked.width,
            height: asked.height,
            mime_type,
            disable_red: asked.disable_red,
            disable_dtx: audio_features.contains(&(proto::AudioTrackFeature::TfNoDtx as i32)),
            encryption: asked.encryption() as i32,
            stream: if asked.stream.is_empty() {
                usual_stream.to_owned()
            } else {
                asked.stream.clone()
            },
            audio_features,
            ..Default::default()
        }
    }

    /// The client offers: what it sends and, with one connection, where it is ready to receive.
    pub(super) fn offer(&mut self, now: Instant, id: MemberId, offer: proto::SessionDescription) {
        if sdp::count_sections(&offer.sdp) > self.config.limits.n_sections {
            self.refuse(
                id,
                Refused::new(Reason::LimitExceeded, "the offer has too many sections"),
            );
            return;
        }
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let answer = match member.peer(Role::Publisher).accept_offer(&offer.sdp) {
            Ok(answer) => answer,
            Err(error) => {
                self.refuse(id, Refused::new(Reason::InvalidRequest, error.to_string()));
                return;
            }
        };
        let is_one = member.topology == Topology::One;
        self.refresh_ufrags(id);
        let sections = sdp::sections(&offer.sdp);
        let (mut named, is_news) = self.bind_tracks(id, &sections);
        let carries = if is_one {
            self.bind_sections(now, id, &sections, &mut named)
        } else {
            HashMap::new()
        };
        let pausing = self.pausing_sections(id);
        let answer = sdp::let_pause(&answer, &pausing);
        let answer = proto::SessionDescription {
            id: offer.id,
            mid_to_track_id: named,
            ..description("answer", sdp::name_tracks(&answer, &carries))
        };
        self.layers_came(now);
        // Trap of the protocol: what an SDP carries must have been told before.
        if is_news {
            self.tell_tracks(id);
        }
        self.say(id, Said::Answer(answer));
        self.negotiate_all(now);
    }

    /// Finds for each section that the client sends the track that it announced, and ends those that it sends no more.
    /// What each section is called, and whether anything is new.
    fn bind_tracks(&mut self, id: MemberId, sections: &[Section]) -> (HashMap<String, String>, bool) {
        let sent: Vec<&Section> = sections
            .iter()
            .filter(|section| section.flow == Flow::Sends)
            .collect();
        let ended = self.tracks.iter().filter(|(_, track)| {
            let is_theirs = track.owner == id && track.is_published();
            is_theirs && !sent.iter().any(|section| Some(section.mid) == track.mid)
        });
        let ended: Vec<TrackId> = ended.map(|(track, _)| *track).collect();
        let mut is_news = !ended.is_empty();
        ended.into_iter().for_each(|track| self.unpublish(track));
        for section in &sent {
            is_news |= self.bind_by(id, section, |track| track.cid == section.track);
        }
        // Firefox names tracks otherwise in its SDP than in its API; then the order of their kind tells.
        for section in &sent {
            is_news |= self.bind_by(id, section, |_| true);
        }
        let named = self.tracks.values().filter(|track| track.owner == id);
        let named = named.filter_map(|track| Some((track.mid?.to_string(), track.info.sid.clone())));
        (named.collect(), is_news)
    }

    /// The sections in which a microphone of theirs need not send anything while it is silent.
    fn pausing_sections(&self, id: MemberId) -> Vec<Mid> {
        let theirs = self.tracks.values().filter(|track| track.owner == id);
        let no_dtx = proto::AudioTrackFeature::TfNoDtx as i32;
        let pausing = theirs
            .filter(|track| track.kind == MediaKind::Audio && !track.info.audio_features.contains(&no_dtx));
        pausing.filter_map(|track| track.mid).collect()
    }

    fn bind_by(&mut self, id: MemberId, section: &Section, is_it: impl Fn(&Track) -> bool) -> bool {
        let mut theirs = self.tracks.iter_mut().filter(|(_, track)| track.owner == id);
        if theirs.any(|(_, track)| track.mid == Some(section.mid)) {
            return false;
        }
        let mut theirs = self.tracks.iter_mut().filter(|(_, track)| track.owner == id);
        let Some((track_id, track)) =
            theirs.find(|(_, track)| !track.is_published() && track.kind == section.kind && is_it(track))
        else {
            return false;
        };
        track.mid = Some(section.mid);
        self.published.insert((id, section.mid), *track_id);
        track.info.mid = section.mid.to_string();
        let published = Event::TrackPublished(id, Box::new(track.info.clone()));
        self.tell(published);
        true
    }

    /// Everybody hears what `id` publishes now, and whoever takes everything gets what is new.
    pub(super) fn tell_tracks(&mut self, id: MemberId) {
        let theirs = self
            .tracks
            .values()
            .filter(|track| track.owner == id && track.is_published());
        let tracks: Vec<proto::TrackInfo> = theirs.map(|track| track.info.clone()).collect();
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        member.info.is_publisher |= !tracks.is_empty();
        member.info.tracks = tracks;
        member.bump();
        self.tell_others(id);
        self.subscribe_all_to(id);
    }

    pub(super) fn mute(&mut self, id: MemberId, asked: &proto::MuteTrackRequest) {
        let mut theirs = self.tracks.values_mut().filter(|track| track.owner == id);
        let Some(track) = theirs.find(|track| track.info.sid == asked.sid) else {
            let refused = Refused::new(Reason::NotFound, "there is no such track");
            self.refuse(id, refused.of(Request::Mute(asked.clone())));
            return;
        };
        track.info.muted = asked.muted;
        track.is_silenced &= asked.muted;
        if track.is_published() {
            self.tell_tracks(id);
        }
    }

    /// A track is gone. Its owner's own words about it are theirs to send.
    pub(super) fn unpublish(&mut self, track: TrackId) {
        let Some(ended) = self.tracks.remove(&track) else {
            return;
        };
        self.forget_clocks(track);
        for (member, subscription) in ended.subscriptions {
            self.free_section(member, track, subscription);
        }
        if let Some(mid) = ended.mid {
            self.published.remove(&(ended.owner, mid));
            self.tell(Event::TrackUnpublished(ended.owner, ended.info.sid));
        }
    }

    pub(super) fn drop_tracks_of(&mut self, id: MemberId) {
        let theirs = self.tracks.iter().filter(|(_, track)| track.owner == id);
        let theirs: Vec<TrackId> = theirs.map(|(track, _)| *track).collect();
        theirs.into_iter().for_each(|track| self.unpublish(track));
    }
}

/// What the track is to be sent as; clients that do not say mean VP8.
fn find_mime_type(asked: &proto::AddTrackRequest) -> Option<&'static str> {
    if asked.r#type() == TrackType::Audio {
        return Some("audio/opus");
    }
    let codec = asked
        .simulcast_codecs
        .first()
        .map(|codec| codec.codec.to_ascii_lowercase());
    match codec.as_deref().map(|codec| codec.trim_start_matches("video/")) {
        None | Some("" | "vp8") => Some("video/VP8"),
        Some("h264") => Some("video/H264"),
        Some("vp9") => Some("video/VP9"),
        Some("av1") => Some("video/AV1"),
        Some(_) => None,
    }
}

/// What is special about a sound. That nothing is to be left out where it is quiet, older clients say elsewhere.
#[expect(deprecated, reason = "older clients")]
fn audio_features(asked: &proto::AddTrackRequest) -> Vec<i32> {
    let no_dtx = proto::AudioTrackFeature::TfNoDtx;
    let named = asked.audio_features().chain(asked.disable_dtx.then_some(no_dtx));
    let known: BTreeSet<i32> = named.map(|feature| feature as i32).collect();
    known.into_iter().collect()
}

/// The layers that were announced, low, medium and high at most.
fn first_layers(asked: &proto::AddTrackRequest) -> Vec<proto::VideoLayer> {
    let of_codec = asked.simulcast_codecs.first().map(|codec| &codec.layers[..]);
    let layers = of_codec
        .filter(|layers| !layers.is_empty())
        .unwrap_or(&asked.layers);
    let known = |layer: &proto::VideoLayer| proto::VideoLayer {
        quality: layer.quality() as i32,
        ..layer.clone()
    };
    layers.iter().take(3).map(known).collect()
}

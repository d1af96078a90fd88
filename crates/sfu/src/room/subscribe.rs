//! What goes to whom, and the sections that it goes through.
//!
//! With two connections the server offers sections for what is new. With one the client alone offers: it is asked for as
//! many sections as are missing, and its next offer is answered with tracks in them. Sections are never given back, they
//! are used again: one that a track has left is `inactive` once before another track comes into it, or a browser would
//! not notice the change.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::request_response::Reason;
use proto::signal_response::Message as Said;
use str0m::media::{Direction, MediaKind, Mid};

use super::Room;
use super::signals::Refused;
use crate::layers;
use crate::member::{self, Role};
use crate::sdp::{self, Carries, Flow, Section};
use crate::track::{Stream, Subscription, Track, TrackId};
use crate::{MemberId, Topology};

/// With one connection the client learns from our answer what a section carries, and media on its way beside it is faster:
/// what overtakes the answer is lost, and of a picture that is its beginning.
const ANSWER_TRAVELS: Duration = Duration::from_millis(100);

impl Room {
    /// Somebody who takes everything has come.
    pub(super) fn subscribe_to_all(&mut self, id: MemberId) {
        let takes_all = self.members.get(&id).is_some_and(|member| member.auto_subscribe);
        let tracks: Vec<TrackId> = self.tracks.keys().copied().filter(|_| takes_all).collect();
        tracks.into_iter().for_each(|track| _ = self.subscribe(id, track));
        self.negotiate(id);
    }

    /// Somebody publishes something new.
    pub(super) fn subscribe_all_to(&mut self, owner: MemberId) {
        let theirs = self
            .tracks
            .iter()
            .filter(|(_, track)| track.owner == owner && track.is_published());
        let tracks: Vec<TrackId> = theirs.map(|(track, _)| *track).collect();
        let takes_all = self
            .members
            .iter()
            .filter(|(_, member)| member.auto_subscribe && member.is_active());
        let members: Vec<MemberId> = takes_all.map(|(id, _)| *id).collect();
        for id in members {
            tracks.iter().for_each(|track| _ = self.subscribe(id, *track));
        }
    }

    /// Whether `id` gets `track` from now on, or got it already.
    pub(super) fn subscribe(&mut self, id: MemberId, track: TrackId) -> bool {
        if !self.lets_subscribe(id, track) {
            return false;
        }
        let Some(member) = self.members.get_mut(&id) else {
            return false;
        };
        let Some(published) = self.tracks.get_mut(&track).filter(|track| track.is_published()) else {
            return false;
        };
        if published.owner == id || !member.grants.can_subscribe {
            return false;
        }
        if published.subscriptions.contains_key(&id) {
            return true;
        }
        published.subscriptions.insert(id, Subscription::new());
        member.wants_negotiation = true;
        let (owner, track_sid) = (published.owner, published.info.sid.clone());
        self.say(owner, Said::TrackSubscribed(proto::TrackSubscribed { track_sid }));
        true
    }

    pub(super) fn unsubscribe(&mut self, id: MemberId, track: TrackId) {
        let published = self.tracks.get_mut(&track);
        if let Some(subscription) = published.and_then(|track| track.subscriptions.remove(&id)) {
            self.free_section(id, track, subscription);
        }
    }

    pub(super) fn drop_subscriptions_of(&mut self, id: MemberId) {
        for track in self.tracks.values_mut() {
            track.subscriptions.remove(&id);
        }
    }

    /// A subscription is over; what it went through is free for others.
    pub(super) fn free_section(&mut self, id: MemberId, track: TrackId, subscription: Subscription) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        member.wants_negotiation = true;
        let section = subscription.mid.and_then(|mid| member.sections.get_mut(&mid));
        if let Some(section) = section.filter(|section| section.track == Some(track)) {
            section.track = None;
            section.was_rested = false;
            section.stream = subscription.stream.map(Stream::leave_track);
        }
    }

    pub(super) fn update_subscription(
        &mut self,
        now: Instant,
        id: MemberId,
        update: proto::UpdateSubscription,
    ) {
        let named = update
            .participant_tracks
            .into_iter()
            .flat_map(|theirs| theirs.track_sids);
        for sid in update.track_sids.into_iter().chain(named) {
            match self.find_track(&sid) {
                Some(track) if !update.subscribe => self.unsubscribe(id, track),
                Some(track) => self.subscribe_by_wish(id, track, sid),
                None => self.subscription_failed(id, sid, proto::SubscriptionError::SeTrackNotfound),
            }
        }
        self.negotiate_all(now);
    }

    fn subscribe_by_wish(&mut self, id: MemberId, track: TrackId, sid: String) {
        if !self.subscribe(id, track) {
            let refused = Refused::new(Reason::NotAllowed, format!("{sid} cannot be subscribed to"));
            self.refuse(id, refused);
        }
    }

    fn subscription_failed(&mut self, id: MemberId, track_sid: String, error: proto::SubscriptionError) {
        let err = error as i32;
        self.say(
            id,
            Said::SubscriptionResponse(proto::SubscriptionResponse { track_sid, err }),
        );
    }

    pub(super) fn track_settings(
        &mut self,
        now: Instant,
        id: MemberId,
        settings: &proto::UpdateTrackSettings,
    ) {
        for track in self.tracks.values_mut() {
            if !settings.track_sids.contains(&track.info.sid) {
                continue;
            }
            if let Some(subscription) = track.subscriptions.get_mut(&id) {
                if settings.disabled {
                    subscription.pause();
                }
                subscription.is_disabled = settings.disabled;
                subscription.wanted = layers::wanted(&track.info, settings);
            }
        }
        self.share_line(now, id);
    }

    pub(super) fn find_track(&self, sid: &str) -> Option<TrackId> {
        let found = self
            .tracks
            .iter()
            .find(|(_, track)| track.info.sid == sid && track.is_published());
        found.map(|(track, _)| *track)
    }

    // ---- negotiation ----

    pub(super) fn negotiate_all(&mut self, _now: Instant) {
        let waiting = self.members.iter().filter(|(_, member)| member.wants_negotiation);
        let waiting: Vec<MemberId> = waiting.map(|(id, _)| *id).collect();
        waiting.into_iter().for_each(|id| self.negotiate(id));
    }

    fn negotiate(&mut self, id: MemberId) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if !member.wants_negotiation || !member.is_active() {
            return;
        }
        match member.topology {
            Topology::One => self.ask_for_sections(id),
            Topology::Two => self.offer_sections(id),
        }
    }

    /// The tracks of `id` that have no section yet, oldest first, as many as may have one.
    fn waiting_tracks(&self, id: MemberId) -> Vec<(TrackId, MediaKind)> {
        let has_section = |track: &Track| track.subscriptions.get(&id).map(|theirs| theirs.mid.is_some());
        let n_carried = self
            .tracks
            .values()
            .filter(|track| has_section(track) == Some(true))
            .count();
        let n_free = self.config.limits.n_sections.saturating_sub(n_carried);
        let waiting = self
            .tracks
            .iter()
            .filter(|(_, track)| has_section(track) == Some(false));
        waiting
            .map(|(id, track)| (*id, track.kind))
            .take(n_free)
            .collect()
    }

    fn ask_for_sections(&mut self, id: MemberId) {
        let waiting = self.waiting_tracks(id);
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if member.asked_for_sections {
            return;
        }
        member.wants_negotiation = false;
        let is_left = member
            .sections
            .values()
            .any(|section| section.track.is_none() && !section.was_rested);
        if waiting.is_empty() && !is_left {
            return;
        }
        let missing = |kind: MediaKind| {
            let n_waiting = waiting.iter().filter(|(_, waiting)| *waiting == kind).count();
            let is_spare = |section: &&member::Section| {
                section.kind == kind && section.track.is_none() && section.was_rested
            };
            let n_spare = member.sections.values().filter(is_spare).count();
            n_waiting.saturating_sub(n_spare) as u32
        };
        let requirement = proto::MediaSectionsRequirement {
            num_audios: missing(MediaKind::Audio),
            num_videos: missing(MediaKind::Video),
        };
        member.asked_for_sections = true;
        self.say(id, Said::MediaSectionsRequirement(requirement));
    }

    /// With one connection: says what each section in which the client receives carries from now on. Adds to `named`.
    pub(super) fn bind_sections(
        &mut self,
        now: Instant,
        id: MemberId,
        sections: &[Section],
        named: &mut HashMap<String, String>,
    ) -> HashMap<Mid, Carries> {
        let receiving = sections.iter().filter(|section| section.flow == Flow::Receives);
        let mut waiting = self.waiting_tracks(id);
        let Some(member) = self.members.get_mut(&id) else {
            return HashMap::new();
        };
        member.asked_for_sections = false;
        member.wants_negotiation = true;
        for offered in receiving.clone() {
            let section = member
                .sections
                .entry(offered.mid)
                .or_insert_with(|| member::Section::new(offered.kind));
            if section.track.is_none() && section.was_rested {
                let next = waiting.iter().position(|(_, kind)| *kind == section.kind);
                section.track = next.map(|at| waiting.remove(at).0);
            }
            section.was_rested = section.track.is_none();
        }
        let mut carries = self.carry(id);
        self.agree(id, now + ANSWER_TRAVELS);
        for section in receiving {
            let carried = carries.entry(section.mid).or_insert(Carries::Nothing);
            if let Carries::Track(msid) = carried {
                let sid = msid.split(' ').next_back().unwrap_or_default();
                named.insert(section.mid.to_string(), sid.to_owned());
            }
        }
        carries
    }

    /// With two connections: offers sections for what is new, and says which rest.
    fn offer_sections(&mut self, id: MemberId) {
        let mut waiting = self.waiting_tracks(id);
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if member.receiving().is_negotiating() {
            return;
        }
        member.wants_negotiation = false;
        let mut flows = Vec::new();
        for (mid, section) in &mut member.sections {
            if section.track.is_some() {
                continue;
            }
            let next = waiting
                .iter()
                .position(|(_, kind)| *kind == section.kind && section.was_rested);
            if let Some(next) = next {
                section.track = Some(waiting.remove(next).0);
                flows.push((*mid, Direction::SendOnly));
            } else if !section.was_rested {
                section.was_rested = true;
                flows.push((*mid, Direction::Inactive));
            }
        }
        let kinds: Vec<MediaKind> = waiting.iter().map(|(_, kind)| *kind).collect();
        let Some((added, sdp)) = member.receiving().offer_sections(&kinds, &flows) else {
            return;
        };
        for ((track, kind), mid) in waiting.into_iter().zip(added) {
            let mut section = member::Section::new(kind);
            section.track = Some(track);
            member.sections.insert(mid, section);
        }
        let sdp = sdp::name_tracks(&sdp, &self.carry(id));
        self.say(id, Said::Offer(description("offer", sdp)));
    }

    /// Gives each subscription the section that was found for it. What the sections that carry something are to say.
    fn carry(&mut self, id: MemberId) -> HashMap<Mid, Carries> {
        let mut carries = HashMap::new();
        let Some(member) = self.members.get_mut(&id) else {
            return carries;
        };
        for (mid, section) in &mut member.sections {
            let Some(track) = section.track.and_then(|track| self.tracks.get_mut(&track)) else {
                continue;
            };
            let sid = &track.info.sid;
            carries.insert(*mid, Carries::Track(format!("{}|{sid} {sid}", track.owner_sid)));
            if let Some(subscription) = track.subscriptions.get_mut(&id) {
                subscription.stream = subscription.stream.take().or(section.stream.take());
                subscription.mid = Some(*mid);
            }
        }
        carries
    }

    /// What has a section may go through it from then on.
    fn agree(&mut self, id: MemberId, ready_at: Instant) {
        let theirs = self
            .tracks
            .values_mut()
            .filter_map(|track| track.subscriptions.get_mut(&id));
        for subscription in theirs.filter(|subscription| subscription.mid.is_some()) {
            subscription.ready_at.get_or_insert(ready_at);
        }
    }

    /// With two connections: the client has agreed to what was offered.
    pub(super) fn answer(&mut self, now: Instant, id: MemberId, answer: &proto::SessionDescription) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let accepted = match member.topology {
            Topology::One => Err(crate::peer::BadSdp::NotAsked),
            Topology::Two => member.peer(Role::Subscriber).accept_answer(&answer.sdp),
        };
        if let Err(error) = accepted {
            self.refuse(id, Refused::new(Reason::InvalidRequest, error.to_string()));
            return;
        }
        self.refresh_ufrags(id);
        self.agree(id, now);
        self.negotiate_all(now);
    }
}

pub(super) fn description(kind: &str, sdp: String) -> proto::SessionDescription {
    proto::SessionDescription {
        r#type: kind.to_owned(),
        sdp,
        ..Default::default()
    }
}

//! What everybody's line holds, and which pictures go over it.
//!
//! Sound always goes: it is little, and without it there is no call. What it leaves is shared among the pictures
//! ([`crate::share`]): shared screens before faces, and of the faces those that spoke last. Somebody whose client does
//! not report what arrives gets everything.
//!
//! str0m tries out whether a line holds what is wanted of it, so no more is wanted than the pictures can use, and on a
//! line that has not enough no more than the next step: an idle line must not be flooded, nor a narrow one run over.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::signal_response::Message as Said;
use str0m::bwe::BweKind;
use str0m::media::MediaKind;

use super::{PeerKey, Room};
use crate::MemberId;
use crate::line::Goal;
use crate::share::{Budget, Has, Picture, next_step_bps, share};
use crate::track::{Track, TrackId};

/// How often it is looked at. A line that turns out to hold less is looked at at once.
const EVERY: Duration = Duration::from_millis(300);

/// The pictures that somebody wants, most important first, and what the sounds take.
struct Wishes {
    pictures: Vec<(TrackId, Picture)>,
    sound_bps: u64,
}

impl Room {
    /// A picture came in: from now on it is looked at what fits.
    pub(super) fn pictures_came(&mut self, now: Instant) {
        self.lines_at.get_or_insert(now + EVERY);
    }

    pub(super) fn look_what_fits(&mut self, now: Instant) {
        if self.lines_at.is_none_or(|at| at > now) {
            return;
        }
        // Without any picture it rests until one comes.
        let mut pictures = self
            .tracks
            .values()
            .filter(|track| track.kind == MediaKind::Video);
        let is_alive = pictures.any(|track| track.layers.is_alive(now));
        self.lines_at = is_alive.then_some(now + EVERY);
        let everybody: Vec<MemberId> = self.members.keys().copied().collect();
        everybody.into_iter().for_each(|id| self.share_line(now, id));
    }

    /// str0m knows anew what a line holds.
    pub(super) fn line_estimated(&mut self, now: Instant, (id, role): PeerKey, kind: &BweKind) {
        let BweKind::Twcc { estimate, can_probe } = kind else {
            return;
        };
        let member = self.members.get_mut(&id);
        let Some(member) = member.filter(|member| role == member.receiving_role()) else {
            return;
        };
        let before_bps = member.line.known_bps();
        member.line.estimate_bps = can_probe.then(|| estimate.as_u64());
        let may_get_more = member.line.is_limited && member.line.known_bps() > before_bps;
        if may_get_more || member.line.is_overspent(now) {
            self.share_line(now, id);
        }
    }

    pub(super) fn share_line(&mut self, now: Instant, id: MemberId) {
        let wishes = self.wishes(now, id);
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        member.line.is_limited &= wishes.is_some();
        member.line.has_pauses &= wishes.is_some();
        let Some(wishes) = wishes else {
            return;
        };
        let is_overspent = member.line.is_overspent(now);
        let line_bps = member.line.budget_bps(now);
        let budget = Budget {
            bps: line_bps.saturating_sub(wishes.sound_bps),
            stays_bps: member.line.borne_bps(line_bps).saturating_sub(wishes.sound_bps),
            may_grow: member.line.may_grow(now),
        };
        let pictures: Vec<Picture> = wishes
            .pictures
            .iter()
            .map(|(_, picture)| picture.clone())
            .collect();
        let (given, spent_bps) = share(budget, &pictures);
        let goal = Goal::new(&pictures, &given, spent_bps, wishes.sound_bps, budget.may_grow);
        member.line.is_limited = next_step_bps(&pictures, &given, spent_bps).is_some();
        member.line.has_pauses = given.contains(&Has::Pause);
        let tries_out = member.line.spend(spent_bps + wishes.sound_bps, now);
        if let Some(goal) = member.line.wants(goal, tries_out) {
            member.receiving().want_bitrate(goal);
            self.agenda.touch((id, member.receiving_role()));
        }
        let has_grown =
            |(was, is): (&Picture, &Has)| rank_of(*is) > rank_of(was.has) && was.has != Has::Nothing;
        let has_shrunk = |(was, is): (&Picture, &Has)| rank_of(*is) < rank_of(was.has);
        if is_overspent && pictures.iter().zip(&given).any(has_shrunk) {
            member.line.shrank(now);
        } else if pictures.iter().zip(&given).any(has_grown) {
            member.line.grew(now);
        }
        self.give(id, wishes.pictures.iter().map(|(track, _)| *track).zip(given));
    }

    fn wishes(&self, now: Instant, id: MemberId) -> Option<Wishes> {
        let mut wishes = Wishes {
            pictures: Vec::new(),
            sound_bps: 0,
        };
        let mut found = Vec::new();
        for (track_id, track) in &self.tracks {
            let subscription = track.subscriptions.get(&id);
            let Some(subscription) =
                subscription.filter(|theirs| theirs.ready_at.is_some() && !theirs.is_disabled)
            else {
                continue;
            };
            let costs_bps = track.layers.costs_bps(now);
            if track.kind == MediaKind::Audio {
                wishes.sound_bps += costs_bps.iter().flatten().sum::<u64>();
                continue;
            }
            // Of a picture that is not sent nothing can be said; it is as it was when it comes again.
            if costs_bps.iter().all(Option::is_none) {
                continue;
            }
            let picture = Picture {
                costs_bps,
                wanted: subscription.wanted,
                has: subscription.has,
            };
            found.push((self.importance(track), *track_id, picture));
        }
        found.sort_by_key(|(importance, track, _)| (*importance, *track));
        wishes.pictures = found
            .into_iter()
            .map(|(_, track, picture)| (track, picture))
            .collect();
        Some(wishes).filter(|wishes| !wishes.pictures.is_empty())
    }

    /// Less is more important.
    fn importance(&self, track: &Track) -> (bool, Reverse<Option<Instant>>) {
        let is_screen = track.info.source == proto::TrackSource::ScreenShare as i32;
        let owner = self.members.get(&track.owner);
        (!is_screen, Reverse(owner.and_then(|owner| owner.spoke_at)))
    }

    /// Does what was reckoned, and says what is paused and what comes again.
    fn give(&mut self, id: MemberId, given: impl Iterator<Item = (TrackId, Has)>) {
        let mut stream_states = Vec::new();
        for (track, has) in given {
            let Some(track) = self.tracks.get_mut(&track) else {
                continue;
            };
            let Some(subscription) = track.subscriptions.get_mut(&id) else {
                continue;
            };
            let was_paused = std::mem::replace(&mut subscription.has, has) == Has::Pause;
            let is_paused = has == Has::Pause;
            if is_paused == was_paused {
                continue;
            }
            if is_paused {
                subscription.pause();
            }
            let state = match is_paused {
                true => proto::StreamState::Paused,
                false => proto::StreamState::Active,
            };
            stream_states.push(proto::StreamStateInfo {
                participant_sid: track.owner_sid.clone(),
                track_sid: track.info.sid.clone(),
                state: state as i32,
            });
        }
        if !stream_states.is_empty() {
            self.say(
                id,
                Said::StreamStateUpdate(proto::StreamStateUpdate { stream_states }),
            );
        }
    }
}

/// For comparing: a pause is the least, and what is new has not shrunk to anything.
fn rank_of(has: Has) -> Option<usize> {
    match has {
        Has::Nothing | Has::Pause => None,
        Has::Upto(rank) => Some(rank),
    }
}

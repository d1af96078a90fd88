//! Whom a publisher lets subscribe: everybody, or those whom they name, to all of theirs or to some.

use std::time::Instant;

use livekit_protocol as proto;
use proto::signal_response::Message as Said;

use super::Room;
use crate::MemberId;
use crate::track::TrackId;

impl Room {
    /// A publisher says who may subscribe from now on. Whoever gets something that they may have no more loses it.
    pub(super) fn subscription_permission(
        &mut self,
        now: Instant,
        id: MemberId,
        asked: proto::SubscriptionPermission,
    ) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        member.lets = (!asked.all_participants).then_some(asked.track_permissions);
        let theirs = self
            .tracks
            .iter()
            .filter(|(_, track)| track.owner == id && track.is_published());
        let theirs: Vec<TrackId> = theirs.map(|(track, _)| *track).collect();
        let others: Vec<MemberId> = self
            .members
            .keys()
            .copied()
            .filter(|other| *other != id)
            .collect();
        for other in others {
            theirs
                .iter()
                .for_each(|track| self.apply_permission(other, *track));
        }
        self.negotiate_all(now);
    }

    fn apply_permission(&mut self, id: MemberId, track: TrackId) {
        let allowed = self.lets_subscribe(id, track);
        let Some(published) = self.tracks.get(&track) else {
            return;
        };
        let gets_it = published.subscriptions.contains_key(&id);
        let takes_all = self
            .members
            .get(&id)
            .is_some_and(|member| member.auto_subscribe && member.is_active());
        let update = proto::SubscriptionPermissionUpdate {
            participant_sid: published.owner_sid.clone(),
            track_sid: published.info.sid.clone(),
            allowed,
        };
        if gets_it && !allowed {
            self.unsubscribe(id, track);
        } else if gets_it || !allowed || !takes_all || !self.subscribe(id, track) {
            return;
        }
        self.say(id, Said::SubscriptionPermissionUpdate(update));
    }

    /// Whether the publisher of `track` lets `id` have it.
    pub(super) fn lets_subscribe(&self, id: MemberId, track: TrackId) -> bool {
        let Some(track) = self.tracks.get(&track) else {
            return false;
        };
        let Some(named) = self
            .members
            .get(&track.owner)
            .and_then(|owner| owner.lets.as_ref())
        else {
            return true;
        };
        let Some(member) = self.members.get(&id) else {
            return false;
        };
        let is_them = |permission: &&proto::TrackPermission| {
            permission.participant_sid == member.info.sid
                || permission.participant_identity == member.info.identity
        };
        let mut theirs = named.iter().filter(is_them);
        theirs.any(|permission| permission.all_tracks || permission.track_sids.contains(&track.info.sid))
    }
}

//! What the host of a room does to it: the calls of the product and of the room service.

use std::time::Instant;

use livekit_protocol as proto;
use proto::DisconnectReason;
use proto::signal_response::Message as Said;

use super::Room;
use crate::peer::Lane;
use crate::track::TrackId;
use crate::{Grants, MemberId};

impl Room {
    /// Everybody who is in, with what is said of them.
    pub fn members(&self) -> impl Iterator<Item = (MemberId, &proto::ParticipantInfo)> {
        self.members.iter().map(|(id, member)| (*id, &member.info))
    }

    /// The room as clients are told of it.
    pub fn info(&self) -> proto::Room {
        self.room_info()
    }

    /// Puts somebody out.
    pub fn expel(&mut self, now: Instant, id: MemberId) {
        self.remove(now, id, DisconnectReason::ParticipantRemoved);
        self.settle_all(now);
    }

    /// Puts everybody out: the call is over.
    pub fn close(&mut self, now: Instant) {
        let everybody: Vec<MemberId> = self.members.keys().copied().collect();
        for id in everybody {
            self.remove(now, id, DisconnectReason::RoomDeleted);
        }
        self.settle_all(now);
    }

    /// Somebody may do other things from now on; what they may do no more ends.
    pub fn set_grants(&mut self, now: Instant, id: MemberId, grants: Grants) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        // Who is seen stays seen: the others know of them.
        let is_hidden = member.grants.is_hidden;
        member.grants = Grants { is_hidden, ..grants };
        member.info.permission = Some(member.grants.to_permission());
        member.bump();
        let grants = member.grants.clone();
        self.end_publishing(id, &grants);
        if !grants.can_subscribe {
            let tracks: Vec<TrackId> = self.tracks.keys().copied().collect();
            tracks.into_iter().for_each(|track| self.unsubscribe(id, track));
        }
        self.tell_tracks(id);
        self.subscribe_to_all(id);
        self.negotiate_all(now);
        self.settle_all(now);
    }

    fn end_publishing(&mut self, id: MemberId, grants: &Grants) {
        let theirs = self.tracks.iter().filter(|(_, track)| track.owner == id);
        let ended = theirs.filter(|(_, track)| !grants.may_publish(track.info.source));
        let ended: Vec<(TrackId, String)> = ended.map(|(id, track)| (*id, track.info.sid.clone())).collect();
        for (track, track_sid) in ended {
            self.unpublish(track);
            self.say(
                id,
                Said::TrackUnpublished(proto::TrackUnpublishedResponse { track_sid }),
            );
        }
    }

    /// Mutes a track of somebody: nothing of it goes out until they unmute it. False when there is no such track.
    pub fn mute_track(&mut self, now: Instant, id: MemberId, sid: &str) -> bool {
        let mut tracks = self.tracks.values_mut();
        let Some(track) = tracks.find(|track| track.owner == id && track.info.sid == sid) else {
            return false;
        };
        track.info.muted = true;
        track.is_silenced = true;
        let sid = sid.to_owned();
        self.say(id, Said::Mute(proto::MuteTrackRequest { sid, muted: true }));
        self.tell_tracks(id);
        self.settle_all(now);
        true
    }

    /// Says something to those whom the packet names, or to everybody, in nobody's name.
    pub fn send_data(&mut self, now: Instant, packet: &proto::DataPacket) {
        self.pass_on(now, None, Lane::Reliable, packet);
        self.settle_all(now);
    }

    /// Changes what the product keeps with the room.
    pub fn set_metadata(&mut self, metadata: String) {
        self.info.metadata = metadata;
        let room = Some(self.room_info());
        let everybody: Vec<MemberId> = self.members.keys().copied().collect();
        self.say_to_all(everybody, Said::RoomUpdate(proto::RoomUpdate { room }));
    }
}

//! What participants send each other as data: checked, signed with who they are, and passed on.

use livekit_protocol as proto;
use prost::Message;
use proto::DisconnectReason;
use proto::data_packet::Value;

use super::{PeerKey, Room};
use crate::MemberId;
use crate::peer::Lane;

/// The largest packet that is passed on. Clients cut what is longer into streams of pieces.
const MOST_BYTES: usize = 64 * 1024;

impl Room {
    pub(super) fn data(
        &mut self,
        now: std::time::Instant,
        (id, role): PeerKey,
        channel: str0m::channel::ChannelData,
    ) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let Some(lane) = member.peer(role).lane_of(channel.id) else {
            return;
        };
        // Whoever is hidden says nothing: their name would stand in it.
        if !member.grants.can_publish_data || member.grants.is_hidden || channel.data.len() > MOST_BYTES {
            return;
        }
        let Ok(mut packet) = proto::DataPacket::decode(&channel.data[..]) else {
            return;
        };
        packet.participant_sid.clone_from(&member.info.sid);
        packet.participant_identity.clone_from(&member.info.identity);
        if self.sign_for_the_user(&mut packet).is_none() {
            return;
        }
        // Who speaks is for the server to say, in older clients too.
        #[expect(deprecated, reason = "that nobody should send it is why it is looked for")]
        if packet.value.is_none() || matches!(packet.value, Some(Value::Speaker(_))) {
            return;
        }
        self.pass_on(now, Some(id), lane, &packet);
    }

    /// Sends to those whom the packet names, or to everybody; never back.
    pub(super) fn pass_on(
        &mut self,
        now: std::time::Instant,
        from: Option<MemberId>,
        lane: Lane,
        packet: &proto::DataPacket,
    ) {
        let names = &packet.destination_identities;
        let bytes = packet.encode_to_vec();
        let mut too_slow = Vec::new();
        for (id, member) in &mut self.members {
            let is_named = names.is_empty() || names.contains(&member.info.identity);
            if Some(*id) == from || !is_named {
                continue;
            }
            let has_room = member.receiving().send_data(lane, &bytes);
            // What gets lost on the way of lossy data may get lost here. Of reliable data nothing may be missing in the
            // middle: who does not keep up comes back and begins anew.
            if !has_room && lane == Lane::Reliable {
                too_slow.push(*id);
            }
        }
        for id in too_slow {
            self.remove(now, id, DisconnectReason::StateMismatch);
        }
    }

    /// Clients still write the sender and those whom it is for into the packet of the user, and some nowhere else. What is
    /// meant for few must not go to all: none when it names nobody who is here.
    #[expect(deprecated, reason = "clients still send it")]
    fn sign_for_the_user(&self, packet: &mut proto::DataPacket) -> Option<()> {
        let Some(Value::User(user)) = &mut packet.value else {
            return Some(());
        };
        user.participant_sid.clone_from(&packet.participant_sid);
        user.participant_identity.clone_from(&packet.participant_identity);
        let names = &mut packet.destination_identities;
        if names.is_empty() {
            names.clone_from(&user.destination_identities);
        }
        if names.is_empty() && !user.destination_sids.is_empty() {
            let is_meant = |info: &&proto::ParticipantInfo| user.destination_sids.contains(&info.sid);
            let infos = self.members.values().map(|member| &member.info);
            names.extend(infos.filter(is_meant).map(|info| info.identity.clone()));
            return (!names.is_empty()).then_some(());
        }
        Some(())
    }
}

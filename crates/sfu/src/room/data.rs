//! What participants send each other as data: checked, signed with who they are, and passed on.

use livekit_protocol as proto;
use prost::Message;
use proto::data_packet::Value;

use super::replay::AGAIN;
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
        // Whoever comes back sends again what may not have arrived.
        if lane == Lane::Reliable && packet.sequence != 0 {
            if packet.sequence <= member.last_sequence {
                return;
            }
            member.last_sequence = packet.sequence;
        }
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
        for (id, member) in &mut self.members {
            let is_named = names.is_empty() || names.contains(&member.info.identity);
            if Some(*id) == from || !is_named {
                continue;
            }
            // What is lossy may get lost here too; of what is reliable nothing may be missing in the middle.
            let is_behind = lane == Lane::Reliable && (member.owed.is_some() || member.lost_at.is_some());
            if (is_behind || !member.receiving().send_data(lane, &bytes)) && lane == Lane::Reliable {
                member.owe(self.kept.end());
                self.data_at.get_or_insert(now + AGAIN);
            }
        }
        if lane == Lane::Reliable {
            self.kept.keep(now, from, packet, bytes);
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

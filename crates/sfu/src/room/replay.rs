//! Reliable data for those who cannot take them now: whoever lost their socket, or whose line is slower than what is sent.
//!
//! The room keeps the last packets for all. Whoever comes back says what they got of whom, and gets what came after that,
//! in order; clients throw away what they have already. Whoever falls behind what is kept comes in anew: nothing may be
//! missing in the middle.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::DisconnectReason;

use super::Room;
use crate::MemberId;
use crate::member::Member;
use crate::peer::Lane;

/// How soon it is tried again to send what did not fit.
pub(super) const AGAIN: Duration = Duration::from_millis(100);

/// How long and how much a room keeps. A place is kept for less long; and a line that is so far behind does not catch up.
const KEPT_FOR: Duration = Duration::from_secs(30);
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// How long a client that came back may take to say what it got. Official ones say it at once.
const SAYS_WITHIN: Duration = Duration::from_secs(5);

/// The last reliable packets of a room, numbered as they came.
#[derive(Debug, Default)]
pub(super) struct Kept {
    packets: VecDeque<Packet>,
    /// The number of the oldest.
    first: u64,
    n_bytes: usize,
}

#[derive(Debug)]
struct Packet {
    at: Instant,
    from: Option<MemberId>,
    from_sid: String,
    sequence: u32,
    /// For whom; empty: for all.
    names: Vec<String>,
    bytes: Vec<u8>,
}

/// What somebody is still to be sent.
#[derive(Debug)]
pub(crate) struct Owed {
    /// What is to be looked at next.
    next: u64,
    /// From here on they got nothing.
    all_from: u64,
    /// By sid of a participant, the last packet of theirs that came, as the client says.
    got: HashMap<String, u32>,
    /// The client is expected to say what it got until then.
    waits_until: Option<Instant>,
}

impl Kept {
    /// The number of the next packet.
    pub fn end(&self) -> u64 {
        self.first + self.packets.len() as u64
    }

    pub fn keep(&mut self, now: Instant, from: Option<MemberId>, packet: &proto::DataPacket, bytes: Vec<u8>) {
        self.n_bytes += bytes.len();
        self.packets.push_back(Packet {
            at: now,
            from,
            from_sid: packet.participant_sid.clone(),
            sequence: packet.sequence,
            names: packet.destination_identities.clone(),
            bytes,
        });
        let is_over = |oldest: &Packet, n_bytes: usize| oldest.at + KEPT_FOR < now || n_bytes > MOST_BYTES;
        while let Some(oldest) = self.packets.pop_front_if(|oldest| is_over(oldest, self.n_bytes)) {
            self.n_bytes -= oldest.bytes.len();
            self.first += 1;
        }
    }

    fn get(&self, number: u64) -> Option<&Packet> {
        self.packets.get(number.checked_sub(self.first)? as usize)
    }
}

impl Member {
    /// Nothing reliable is sent from this number on, until it is made up for.
    pub fn owe(&mut self, number: u64) {
        self.owed.get_or_insert_with(|| Owed {
            next: number,
            all_from: number,
            got: HashMap::new(),
            waits_until: None,
        });
    }

    /// They are back, and will say what they got. Nothing may overtake what they are sent again then.
    pub(super) fn await_state(&mut self, now: Instant, end: u64) {
        self.owe(end);
        if let Some(owed) = &mut self.owed {
            owed.waits_until = Some(now + SAYS_WITHIN);
        }
    }
}

impl Owed {
    fn is_due(&self, id: MemberId, identity: &str, number: u64, packet: &Packet) -> bool {
        let is_theirs = packet.names.is_empty() || packet.names.iter().any(|name| name == identity);
        let is_new = || {
            let got = self.got.get(&packet.from_sid);
            got.is_some_and(|last| packet.sequence > *last)
        };
        packet.from != Some(id) && is_theirs && (number >= self.all_from || is_new())
    }
}

impl Room {
    /// A client that came back says what it got.
    pub(super) fn sync_state(&mut self, now: Instant, id: MemberId, state: proto::SyncState) {
        let end = self.kept.end();
        if let Some(member) = self.members.get_mut(&id) {
            member.owe(end);
            if let Some(owed) = &mut member.owed {
                let states = state.datachannel_receive_states.into_iter();
                owed.got = states
                    .map(|state| (state.publisher_sid, state.last_seq))
                    .collect();
                // What is older than all that is kept was sent before the socket was lost, and the channel lives on.
                owed.next = if owed.got.is_empty() {
                    owed.next
                } else {
                    self.kept.first.min(owed.next)
                };
                owed.waits_until = None;
            }
            self.send_owed(now, id);
        }
    }

    pub(super) fn look_what_is_owed(&mut self, now: Instant) {
        if self.data_at.is_none_or(|at| at > now) {
            return;
        }
        self.data_at = None;
        let behind = self.members.iter().filter(|(_, member)| member.owed.is_some());
        let behind: Vec<MemberId> = behind.map(|(id, _)| *id).collect();
        behind.into_iter().for_each(|id| self.send_owed(now, id));
    }

    fn send_owed(&mut self, now: Instant, id: MemberId) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        let Some(mut owed) = member.owed.take() else {
            return;
        };
        let is_away = member.lost_at.is_some() || owed.waits_until.is_some_and(|until| until > now);
        if owed.next < self.kept.first && !is_away {
            self.remove(now, id, DisconnectReason::StateMismatch);
            return;
        }
        while let Some(packet) = self.kept.get(owed.next).filter(|_| !is_away) {
            let is_due = owed.is_due(id, &member.info.identity, owed.next, packet);
            if is_due && !member.receiving().send_data(Lane::Reliable, &packet.bytes) {
                break;
            }
            owed.next += 1;
        }
        self.agenda.touch((id, member.receiving_role()));
        if is_away || owed.next < self.kept.end() {
            member.owed = Some(owed);
            self.data_at.get_or_insert(now + AGAIN);
        }
    }
}

//! Which connections have something to say, and when each wants to be woken.
//!
//! Of three hundred people a packet concerns a few, and a moment one: neither may cost a look at everybody. Packets and
//! moments name whom they touch; everything else is rare, and has everybody looked at.

use std::collections::BTreeSet;
use std::time::Instant;

use super::{PeerKey, Room};
use crate::MemberId;
use crate::member::Member;

#[derive(Debug, Default)]
pub(super) struct Agenda {
    touched: Vec<PeerKey>,
    /// Anybody may have been touched.
    is_all: bool,
    wakes: BTreeSet<(Instant, PeerKey)>,
    failed: Vec<MemberId>,
}

impl Agenda {
    pub fn touch(&mut self, key: PeerKey) {
        self.touched.push(key);
    }

    pub fn touch_all(&mut self) {
        self.is_all = true;
    }

    pub fn first(&self) -> Option<Instant> {
        self.wakes.first().map(|(at, _)| *at)
    }

    pub fn pop_failed(&mut self) -> Option<MemberId> {
        self.failed.pop()
    }

    pub fn forget(&mut self, id: MemberId, member: &mut Member) {
        for role in member.roles() {
            if let Some(at) = member.peer(*role).scheduled_at.take() {
                self.wakes.remove(&(at, (id, *role)));
            }
        }
    }
}

impl Room {
    /// Wakes those connections whose moment has come.
    pub(super) fn wake_due(&mut self, now: Instant) {
        // Whoever wants to be woken at once again is woken the next time: nobody keeps the others waiting.
        let due = self.agenda.wakes.iter().take_while(|(at, _)| *at <= now);
        let due: Vec<PeerKey> = due.map(|(_, key)| *key).collect();
        for key in due {
            if let Some(member) = self.members.get_mut(&key.0) {
                member.peer(key.1).wake(now);
                self.agenda.touch(key);
            }
        }
    }

    /// Takes out what the touched connections have to say.
    pub(super) fn drain(&mut self, now: Instant) {
        let mut touched = std::mem::take(&mut self.agenda.touched);
        if std::mem::take(&mut self.agenda.is_all) {
            let members = self.members.iter();
            touched.extend(members.flat_map(|(id, member)| member.roles().iter().map(|role| (*id, *role))));
        }
        for key in touched.drain(..) {
            self.drain_one(now, key);
        }
        // The list is used again, with the room that it has got.
        self.agenda.touched = touched;
    }

    fn drain_one(&mut self, now: Instant, key: PeerKey) {
        let Some(peer) = self.members.get_mut(&key.0).map(|member| member.peer(key.1)) else {
            return;
        };
        if !peer.is_dirty {
            return;
        }
        peer.drain(key, now, &mut self.out, &mut self.work);
        if peer.has_failed {
            self.agenda.failed.push(key.0);
        }
        if peer.scheduled_at != Some(peer.wakes_at) {
            if let Some(before) = peer.scheduled_at.replace(peer.wakes_at) {
                self.agenda.wakes.remove(&(before, key));
            }
            self.agenda.wakes.insert((peer.wakes_at, key));
        }
    }
}

//! Which connections have something to say, and when each wants to be woken.
//!
//! Of three hundred people a packet concerns a few, and a moment one: neither may cost a look at everybody. Packets and
//! moments name whom they touch; everything else is rare, and has everybody looked at.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use super::{PeerKey, Room};
use crate::MemberId;
use crate::member::Member;
use crate::peer::Peer;

#[derive(Debug, Default)]
pub(super) struct Agenda {
    touched: Vec<PeerKey>,
    /// Whoever has been written to. What they are sent is taken out once for all packets that came together.
    written: VecDeque<PeerKey>,
    /// Anybody may have been touched.
    is_all: bool,
    wakes: BTreeSet<(Instant, PeerKey)>,
    failed: Vec<MemberId>,
}

impl Agenda {
    pub fn touch(&mut self, key: PeerKey) {
        self.touched.push(key);
    }

    pub fn wrote_to(&mut self, key: PeerKey) {
        self.written.push_back(key);
    }

    /// From here on the next of them is touched as others are; false when nobody was written to.
    pub fn touch_written(&mut self) -> bool {
        let next = self.written.pop_front();
        self.touched.extend(next);
        next.is_some()
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

    fn schedule(&mut self, started_at: Instant, now: Instant, key: PeerKey, peer: &mut Peer) {
        let wakes_at = match peer.wakes_at > now && peer.is_calm(now) {
            true => round_up(started_at, peer.wakes_at),
            false => peer.wakes_at,
        };
        if let Some(before) = peer.scheduled_at.replace(wakes_at) {
            self.wakes.remove(&(before, key));
        }
        self.wakes.insert((wakes_at, key));
    }

    pub fn forget(&mut self, id: MemberId, member: &mut Member) {
        for role in member.roles() {
            if let Some(at) = member.peer(*role).scheduled_at.take() {
                self.wakes.remove(&(at, (id, *role)));
            }
        }
    }
}

/// Those who want to be woken at nearly the same moment are woken at the same. In a room of a hundred everybody wants it some
/// fifty times a second, and to wake up costs a processor more than what is then done.
const WAKE_STEP: Duration = Duration::from_millis(4);

fn round_up(since: Instant, at: Instant) -> Instant {
    let step_us = WAKE_STEP.as_micros() as u64;
    let us = at.saturating_duration_since(since).as_micros() as u64;
    since + Duration::from_micros(us.div_ceil(step_us).max(1) * step_us)
}

impl Room {
    /// Wakes those connections whose moment has come.
    pub(super) fn wake_due(&mut self, now: Instant) {
        // Whoever wants to be woken at once again is woken the next time: nobody keeps the others waiting.
        let due = self.agenda.wakes.iter().take_while(|(at, _)| *at <= now);
        let due: Vec<PeerKey> = due.map(|(_, key)| *key).collect();
        for key in due {
            let Some(peer) = self.members.get_mut(&key.0).map(|member| member.peer(key.1)) else {
                continue;
            };
            if peer.wakes_at <= now {
                peer.wake(now);
                self.agenda.touch(key);
            } else {
                // What it wants has become later since.
                self.agenda.schedule(self.started_at, now, key, peer);
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
        // It is asked again when it is woken too early: most who are written to want it later with each packet.
        let is_early = |at: Instant| at > now && at <= peer.wakes_at;
        if !peer.scheduled_at.is_some_and(is_early) {
            self.agenda.schedule(self.started_at, now, key, peer);
        }
    }
}

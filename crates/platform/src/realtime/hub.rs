//! Who listens to what, in this process.
//!
//! Invariants: publishing never waits for a reader; per scope the hub passes on each number once and in order; where a
//! number is missing it says how far the log has come, and each reader reads the log. The hub knows no database, no
//! socket and no meaning of a frame.

use super::{Delivery, Frame, Outlet};
use crate::journal::ACCESS_SCOPE;
use base::{PersonId, ScopeId, Seq};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Locks are taken per shard, so that one channel with thousands of readers does not hold up the others.
const N_SHARDS: usize = 32;

#[derive(Default)]
struct ScopeState {
    /// The last number passed on; None until the first.
    head: Option<Seq>,
    readers: Vec<Arc<Outlet>>,
}

impl ScopeState {
    /// What readers are told of a frame; None when they were told already.
    fn next_delivery(&mut self, frame: &Arc<Frame>) -> Option<Delivery> {
        let delivery = match self.head {
            Some(head) if frame.seq <= head => return None,
            Some(head) if frame.seq != head.next() => Delivery::Head(frame.scope, frame.seq),
            _ => Delivery::Frame(frame.clone()),
        };
        self.head = Some(frame.seq);
        Some(delivery)
    }
}

/// Scopes remembered per shard when nobody listens to them: 130,000 in all, some 15 MB. Beyond that the idle ones are
/// forgotten.
const SCOPES_PER_SHARD_MAX: usize = 4096;

#[derive(Default)]
struct Shard {
    scopes: HashMap<ScopeId, ScopeState>,
    /// Once something was forgotten, a scope that is not here may have gone on unseen.
    has_forgotten: bool,
}

impl Shard {
    fn forget_idle(&mut self) {
        if self.scopes.len() > SCOPES_PER_SHARD_MAX {
            self.scopes.retain(|_, state| !state.readers.is_empty());
            self.has_forgotten = true;
        }
    }
}

type AccessListener = Box<dyn Fn(PersonId) + Send + Sync>;

/// The meeting point of commits and readers.
pub struct Hub {
    shards: Vec<Mutex<Shard>>,
    people: Mutex<HashMap<PersonId, Vec<Arc<Outlet>>>>,
    access_head: Mutex<Option<Seq>>,
    listeners: Mutex<Vec<AccessListener>>,
    next_id: AtomicU64,
    n_delivered: AtomicU64,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            shards: (0..N_SHARDS).map(|_| Mutex::default()).collect(),
            people: Mutex::default(),
            access_head: Mutex::default(),
            listeners: Mutex::default(),
            next_id: AtomicU64::new(1),
            n_delivered: AtomicU64::new(0),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The guarded data are plain maps, whole after every statement, so a panic elsewhere does not spoil them.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    fn shard(&self, scope: ScopeId) -> MutexGuard<'_, Shard> {
        // The low bits of a UUIDv7 are random.
        let idx = usize::try_from(scope.0.as_u128() % N_SHARDS as u128).unwrap_or(0);
        lock(&self.shards[idx])
    }

    /// A number for a new outlet.
    pub fn next_outlet_id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    /// Makes a connection known, so that changes of access reach it.
    pub fn connect(&self, outlet: &Arc<Outlet>) {
        lock(&self.people)
            .entry(outlet.person)
            .or_default()
            .push(outlet.clone());
    }

    /// Forgets a connection and everything that it listened to.
    pub fn disconnect(&self, outlet: &Outlet, scopes: impl Iterator<Item = ScopeId>) {
        for scope in scopes {
            self.leave(scope, outlet.id);
        }
        let mut people = lock(&self.people);
        if let Some(outlets) = people.get_mut(&outlet.person) {
            outlets.retain(|other| other.id != outlet.id);
            if outlets.is_empty() {
                people.remove(&outlet.person);
            }
        }
    }

    /// Begins to listen. Answers how far this scope has come as far as this process knows; a caller whose cursor is
    /// lower must read the log. Where that was forgotten the answer is beyond every cursor.
    pub fn listen(&self, scope: ScopeId, outlet: &Arc<Outlet>) -> Option<Seq> {
        let mut shard = self.shard(scope);
        let unknown = shard.has_forgotten && !shard.scopes.contains_key(&scope);
        let state = shard.scopes.entry(scope).or_default();
        state.readers.push(outlet.clone());
        if unknown { Some(Seq(i64::MAX)) } else { state.head }
    }

    /// Stops listening.
    pub fn leave(&self, scope: ScopeId, outlet_id: u64) {
        let mut shard = self.shard(scope);
        if let Some(state) = shard.scopes.get_mut(&scope)
            && let Some(idx) = state.readers.iter().position(|outlet| outlet.id == outlet_id)
        {
            state.readers.swap_remove(idx);
        }
    }

    /// Passes on an event that has been committed.
    pub fn publish(&self, frame: &Arc<Frame>) {
        self.publish_all(std::slice::from_ref(frame));
    }

    /// Passes on events that have been committed together. Those of one scope reach a reader one after another, so that
    /// a socket writes them at once.
    pub fn publish_all(&self, frames: &[Arc<Frame>]) {
        let mut scopes: Vec<ScopeId> = Vec::new();
        for frame in frames {
            if frame.scope == ACCESS_SCOPE {
                self.access_changed(frame);
            } else if !scopes.contains(&frame.scope) {
                scopes.push(frame.scope);
            }
        }
        for scope in scopes {
            self.publish_in(scope, frames.iter().filter(|frame| frame.scope == scope));
        }
    }

    fn publish_in<'a>(&self, scope: ScopeId, frames: impl Iterator<Item = &'a Arc<Frame>>) {
        let mut shard = self.shard(scope);
        shard.forget_idle();
        let state = shard.scopes.entry(scope).or_default();
        let deliveries: Vec<Delivery> = frames.filter_map(|frame| state.next_delivery(frame)).collect();
        for reader in &state.readers {
            for delivery in &deliveries {
                reader.deliver(delivery.clone());
            }
        }
        self.n_delivered
            .fetch_add((state.readers.len() * deliveries.len()) as u64, Ordering::Relaxed);
    }

    /// Somebody (the bell, the sweep) knows that a log has come this far.
    pub fn head_is(&self, scope: ScopeId, head: Seq) {
        if scope == ACCESS_SCOPE {
            return self.access_head_is(head);
        }
        let mut shard = self.shard(scope);
        let Some(state) = shard.scopes.get_mut(&scope) else {
            return;
        };
        if state.head.is_some_and(|known| known >= head) {
            return;
        }
        state.head = Some(head);
        for reader in &state.readers {
            reader.deliver(Delivery::Head(scope, head));
        }
    }

    /// The scopes that somebody in this process listens to.
    pub fn scopes_in_use(&self) -> Vec<ScopeId> {
        let mut scopes = vec![ACCESS_SCOPE];
        for shard in &self.shards {
            let shard = lock(shard);
            scopes.extend(
                shard
                    .scopes
                    .iter()
                    .filter(|(_, state)| !state.readers.is_empty())
                    .map(|(scope, _)| *scope),
            );
        }
        scopes
    }

    /// Calls `listener` with each person whose access changed.
    pub fn on_access_changed(&self, listener: impl Fn(PersonId) + Send + Sync + 'static) {
        lock(&self.listeners).push(Box::new(listener));
    }

    fn access_changed(&self, frame: &Frame) {
        let missed = {
            let mut head = lock(&self.access_head);
            // Before the first number nothing is known, so whatever lies in front of this one was missed.
            let missed = frame.seq > head.unwrap_or_default().next();
            *head = (*head).max(Some(frame.seq));
            missed
        };
        match frame.actor {
            Some(person) if !missed => self.recheck(person),
            _ => self.recheck_everybody(),
        }
    }

    fn access_head_is(&self, head: Seq) {
        let behind = {
            let mut known = lock(&self.access_head);
            let behind = known.unwrap_or_default() < head;
            *known = (*known).max(Some(head));
            behind
        };
        if behind {
            self.recheck_everybody();
        }
    }

    fn recheck(&self, person: PersonId) {
        for listener in lock(&self.listeners).iter() {
            listener(person);
        }
        for outlet in lock(&self.people).get(&person).into_iter().flatten() {
            outlet.recheck();
        }
    }

    /// A change was announced that this process did not hear: whose it was is not known.
    fn recheck_everybody(&self) {
        let everybody: Vec<PersonId> = lock(&self.people).keys().copied().collect();
        for person in everybody {
            self.recheck(person);
        }
        for listener in lock(&self.listeners).iter() {
            listener(PersonId(uuid::Uuid::nil()));
        }
    }

    /// Open connections.
    pub fn n_connections(&self) -> usize {
        lock(&self.people).values().map(Vec::len).sum()
    }

    /// Deliveries since the start.
    pub fn n_delivered(&self) -> u64 {
        self.n_delivered.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Timestamp;

    fn frame(scope: ScopeId, seq: i64, actor: Option<PersonId>) -> Arc<Frame> {
        Arc::new(Frame::new(scope, Seq(seq), "said", Timestamp(1), actor, "{}"))
    }

    #[test]
    fn readers_get_each_number_once_and_are_told_of_gaps() {
        let (hub, scope) = (Hub::default(), ScopeId::random());
        let (outlet, mut deliveries) = Outlet::new(hub.next_outlet_id(), PersonId::random());
        assert_eq!(hub.listen(scope, &outlet), None);
        for seq in [1, 2, 2, 1, 5, 4, 6] {
            hub.publish(&frame(scope, seq, None));
        }
        hub.head_is(scope, Seq(6));
        hub.head_is(scope, Seq(9));
        let mut got = Vec::new();
        while let Ok(delivery) = deliveries.try_recv() {
            got.push(match delivery {
                Delivery::Frame(frame) => ("frame", frame.seq.0),
                Delivery::Head(_, head) => ("head", head.0),
            });
        }
        assert_eq!(
            got,
            [("frame", 1), ("frame", 2), ("head", 5), ("frame", 6), ("head", 9)]
        );
        hub.leave(scope, outlet.id);
        hub.publish(&frame(scope, 10, None));
        assert!(deliveries.try_recv().is_err());
        assert_eq!(
            hub.listen(scope, &outlet),
            Some(Seq(10)),
            "a late listener learns how far it has come"
        );
    }

    #[test]
    fn what_was_committed_together_reaches_a_reader_scope_by_scope() {
        let (hub, one, other) = (Hub::default(), ScopeId::random(), ScopeId::random());
        let (outlet, mut deliveries) = Outlet::new(hub.next_outlet_id(), PersonId::random());
        hub.listen(one, &outlet);
        hub.listen(other, &outlet);
        let batch = [(one, 1), (other, 1), (one, 2), (one, 2), (other, 4)];
        hub.publish_all(&batch.map(|(scope, seq)| frame(scope, seq, None)));
        let got: Vec<_> = std::iter::from_fn(|| deliveries.try_recv().ok())
            .map(|delivery| match delivery {
                Delivery::Frame(frame) => (frame.scope, frame.seq.0, "frame"),
                Delivery::Head(scope, head) => (scope, head.0, "head"),
            })
            .collect();
        assert_eq!(
            got,
            [
                (one, 1, "frame"),
                (one, 2, "frame"),
                (other, 1, "frame"),
                (other, 4, "head")
            ]
        );
    }

    #[test]
    fn a_reader_whose_queue_is_full_is_slow_and_holds_nobody_up() {
        let (hub, scope) = (Hub::default(), ScopeId::random());
        let (slow, _kept) = Outlet::with_capacity(1, PersonId::random(), 3);
        let (quick, mut deliveries) = Outlet::with_capacity(2, PersonId::random(), 10);
        hub.listen(scope, &slow);
        hub.listen(scope, &quick);
        (1..=4).for_each(|seq| hub.publish(&frame(scope, seq, None)));
        assert!(slow.is_slow() && !quick.is_slow());
        assert_eq!(std::iter::from_fn(|| deliveries.try_recv().ok()).count(), 4);
    }

    #[test]
    fn whoever_may_have_missed_a_change_of_access_looks_again() {
        // What is heard, and who of two looks again: Ada, whose access changed, or Bob as well.
        let check = |heard: &dyn Fn(&Hub, PersonId), expected: (bool, bool)| {
            let hub = Hub::default();
            let (ada, _ada) = Outlet::new(1, PersonId::random());
            let (bob, _bob) = Outlet::new(2, PersonId::random());
            hub.connect(&ada);
            hub.connect(&bob);
            heard(&hub, ada.person);
            assert_eq!((ada.take_access_changed(), bob.take_access_changed()), expected);
        };
        let change = |hub: &Hub, seq, person| hub.publish(&frame(ACCESS_SCOPE, seq, Some(person)));
        check(&|hub, ada| change(hub, 1, ada), (true, false));
        check(&|hub, ada| change(hub, 7, ada), (true, true));
        check(&|hub, _| hub.head_is(ACCESS_SCOPE, Seq(1)), (true, true));
        check(&|hub, _| hub.head_is(ACCESS_SCOPE, Seq(0)), (false, false));
    }

    #[test]
    fn nothing_is_left_of_who_has_gone() {
        let (hub, scope) = (Hub::default(), ScopeId::random());
        let (outlet, _deliveries) = Outlet::new(1, PersonId::random());
        hub.connect(&outlet);
        hub.listen(scope, &outlet);
        assert_eq!((hub.n_connections(), hub.scopes_in_use().len()), (1, 2));
        hub.disconnect(&outlet, std::iter::once(scope));
        assert_eq!((hub.n_connections(), hub.scopes_in_use().len()), (0, 1));
        assert_eq!(Arc::strong_count(&outlet), 1);
    }
    #[test]
    fn idle_scopes_are_forgotten_beyond_the_bound_and_who_comes_back_reads_the_log() {
        let hub = Hub::default();
        let (outlet, _deliveries) = Outlet::new(1, PersonId::random());
        // All in one shard: their low bits are equal.
        let scope = |n: usize| ScopeId(uuid::Uuid::from_u128((n as u128 + 1) * N_SHARDS as u128));
        let busy = scope(0);
        hub.listen(busy, &outlet);
        for n in 0..=SCOPES_PER_SHARD_MAX + 1 {
            hub.publish(&frame(scope(n), 1, None));
        }
        assert!(hub.shard(busy).scopes.len() <= 3, "the idle ones are gone");
        assert_eq!(
            hub.listen(busy, &outlet),
            Some(Seq(1)),
            "who is listened to stays"
        );
        assert_eq!(
            hub.listen(scope(5), &outlet),
            Some(Seq(i64::MAX)),
            "a forgotten one asks for the log"
        );
    }
}

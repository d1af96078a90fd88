//! One connection's place in the logs: what to hand on, and when the log must be read.
//!
//! Invariants: of each scope it hands on last + 1 and nothing else; it is known to the hub from its making to its end,
//! so nothing that is published meanwhile is lost. It knows no wire and no database: the socket and the simulation
//! bring them.

use super::{Cursors, Delivery, Frame, Hub, Outlet, Step, replay::After};
use base::{PersonId, ScopeId, Seq};
use std::{collections::HashMap, sync::Arc};
use tokio::sync::mpsc;

/// What goes to the client.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// The next event of its scope.
    Event(Arc<Frame>),
    /// Too much was missed, or the cursor is from another history: the client starts anew from here.
    Reset(ScopeId, Seq),
}

/// What a delivery means.
pub(crate) enum Taken {
    /// It was given already, or its scope is not followed.
    Nothing,
    /// Hand it on.
    Hand(Arc<Frame>),
    /// Read the log of this scope after this number.
    Read(ScopeId, Seq),
}

/// See the module.
pub(crate) struct Follower {
    /// The hub's end, with the flags that wake the connection.
    pub(super) outlet: Arc<Outlet>,
    hub: Arc<Hub>,
    cursors: Cursors,
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.hub.disconnect(&self.outlet, self.cursors.scopes());
    }
}

impl Follower {
    /// Makes a connection known to the hub, and gives the end from which it takes its deliveries.
    pub(crate) fn connect(hub: Arc<Hub>, person: PersonId) -> (Self, mpsc::Receiver<Delivery>) {
        let made = Outlet::new(hub.next_outlet_id(), person);
        Self::with_outlet(hub, made)
    }

    /// The same with an outlet of another size.
    pub(crate) fn with_outlet(
        hub: Arc<Hub>,
        (outlet, deliveries): (Arc<Outlet>, mpsc::Receiver<Delivery>),
    ) -> (Self, mpsc::Receiver<Delivery>) {
        hub.connect(&outlet);
        let cursors = Cursors::default();
        (Self { outlet, hub, cursors }, deliveries)
    }

    /// Follows all `scopes` (with their heads), from the client's cursor where it has one and from the head where not.
    /// Gives the places from which the log must be read.
    pub(crate) fn greet(
        &mut self,
        cursors: &HashMap<ScopeId, Seq>,
        scopes: &[(ScopeId, Seq)],
    ) -> Vec<(ScopeId, Seq)> {
        let mut behind = Vec::new();
        for (scope, head) in scopes {
            if self.last(*scope).is_none() {
                let cursor = cursors.get(scope).unwrap_or(head);
                behind.extend(self.follow(*scope, *cursor, *head));
            }
        }
        behind
    }

    /// Listens to a scope after `cursor`; Some when something lies between it and the head.
    pub(crate) fn follow(&mut self, scope: ScopeId, cursor: Seq, head: Seq) -> Option<(ScopeId, Seq)> {
        self.cursors.follow(scope, cursor);
        // Between reading the head and listening the log may have gone on; the hub knows.
        let known = self.hub.listen(scope, &self.outlet);
        (cursor != head || known.is_some_and(|known| known > head)).then_some((scope, cursor))
    }

    /// Stops following.
    pub(crate) fn leave(&mut self, scope: ScopeId) {
        if self.cursors.forget(scope) {
            self.hub.leave(scope, self.outlet.id);
        }
    }

    /// The last number handed on of a scope that is followed.
    pub(crate) fn last(&self, scope: ScopeId) -> Option<Seq> {
        self.cursors.last(scope)
    }

    /// All scopes that are followed.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = ScopeId> + '_ {
        self.cursors.scopes()
    }

    /// Something came from the hub.
    pub(crate) fn take(&mut self, delivery: Delivery) -> Taken {
        let (scope, step, frame) = match delivery {
            Delivery::Frame(frame) => (
                frame.scope,
                self.cursors.arrived(frame.scope, frame.seq),
                Some(frame),
            ),
            Delivery::Head(scope, head) => (scope, self.cursors.head_is(scope, head), None),
        };
        match (step, frame) {
            (Step::Apply, Some(frame)) => Taken::Hand(frame),
            (Step::ReadAfter(last), _) => Taken::Read(scope, last),
            (Step::Ignore | Step::Apply, _) => Taken::Nothing,
        }
    }

    /// The log was read.
    pub(crate) fn read(&mut self, scope: ScopeId, after: After) -> Vec<Out> {
        match after {
            After::Frames(frames) => frames
                .into_iter()
                .filter(|frame| self.cursors.arrived(scope, frame.seq) == Step::Apply)
                .map(Out::Event)
                .collect(),
            // It may have been left while the log was read.
            After::Reset(_) if self.last(scope).is_none() => Vec::new(),
            After::Reset(head) => {
                self.cursors.follow(scope, head);
                vec![Out::Reset(scope, head)]
            }
        }
    }
}

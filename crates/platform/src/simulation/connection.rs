//! The server's end of one socket, in steps: what `socket.rs` does between its awaits, with a pipe in place of a line.

use super::{Broken, store::Server, verbs::n_access_changes};
use crate::{
    db::Store,
    journal,
    realtime::{After, Delivery, Follower, Hub, Out, Outlet, Taken, read_one},
};
use base::{PersonId, ScopeId, Seq};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};
use tokio::sync::mpsc;

/// Small, so that slow readers are met often.
const QUEUE: usize = 4;
/// What lies on the line before the server has to wait.
const PIPE: usize = 6;
/// A reader who is further behind in one scope starts anew.
const REPLAY_MAX: i64 = 5;

/// What goes over the line.
pub(super) enum Wire {
    Out(Out),
    /// What each scope without a cursor begins with.
    Ready(Vec<(ScopeId, Seq)>),
}

enum State {
    Hello,
    Greeting(Vec<(ScopeId, Seq)>),
    /// Some places have to be read; after the greeting `Ready` follows.
    Behind(Vec<(ScopeId, Seq)>, bool),
    Read(Vec<(ScopeId, After)>, bool),
    Live,
}

pub(super) struct Connection {
    pub(super) pipe: VecDeque<Wire>,
    /// How often the person's access had changed when the connection last looked.
    pub(super) n_access_seen: i64,
    person: PersonId,
    cursors: HashMap<ScopeId, Seq>,
    follower: Follower,
    outlet: Arc<Outlet>,
    deliveries: mpsc::Receiver<Delivery>,
    state: State,
}

/// Whether the connection goes on.
#[derive(PartialEq, Eq)]
pub(super) enum Pumped {
    /// Nothing is to be done for now.
    Rests,
    Went,
    /// Too slow: closed.
    Closed,
}

impl Connection {
    pub(super) fn open(hub: &Arc<Hub>, person: PersonId, cursors: HashMap<ScopeId, Seq>) -> Self {
        let made = Outlet::with_capacity(hub.next_outlet_id(), person, QUEUE);
        let outlet = made.0.clone();
        let (follower, deliveries) = Follower::with_outlet(hub.clone(), made);
        Self {
            pipe: VecDeque::new(),
            n_access_seen: -1,
            person,
            cursors,
            follower,
            outlet,
            deliveries,
            state: State::Hello,
        }
    }

    /// One step. Between two of them anything may happen elsewhere.
    pub(super) fn pump(&mut self, server: &mut Server, scopes: &[ScopeId]) -> Pumped {
        match std::mem::replace(&mut self.state, State::Live) {
            State::Hello => {
                let mut heads = journal::heads(&mut server.store, scopes).expect("heads are read");
                heads.sort();
                self.look_at_access(server);
                self.state = State::Greeting(heads);
            }
            State::Greeting(heads) => {
                let behind = self.follower.greet(&self.cursors, &heads);
                self.state = State::Behind(behind, true);
            }
            State::Behind(places, is_greeting) => {
                let mut budget = usize::MAX;
                let tx = server.store.as_tx();
                let mut read = |(scope, after)| {
                    let found = read_one(tx, scope, after, REPLAY_MAX, &mut budget);
                    (scope, found.expect("the log is read"))
                };
                self.state = State::Read(places.into_iter().map(&mut read).collect(), is_greeting);
            }
            State::Read(found, is_greeting) => {
                for (scope, after) in found {
                    let outs = self.follower.read(scope, after);
                    self.pipe.extend(outs.into_iter().map(Wire::Out));
                }
                if is_greeting {
                    self.pipe.push_back(Wire::Ready(self.heads()));
                }
            }
            State::Live => return self.live(server),
        }
        Pumped::Went
    }

    fn heads(&self) -> Vec<(ScopeId, Seq)> {
        let mut heads: Vec<_> = self
            .follower
            .scopes()
            .filter(|scope| !self.cursors.contains_key(scope))
            .filter_map(|scope| Some((scope, self.follower.last(scope)?)))
            .collect();
        heads.sort();
        heads
    }

    fn live(&mut self, server: &mut Server) -> Pumped {
        if self.outlet.take_access_changed() {
            self.look_at_access(server);
        }
        if self.outlet.is_slow() {
            return Pumped::Closed;
        }
        if self.pipe.len() >= PIPE {
            return Pumped::Rests;
        }
        let Ok(delivery) = self.deliveries.try_recv() else {
            return Pumped::Rests;
        };
        if server.broken == Broken::NobodyLooksAtNumbers {
            if let Delivery::Frame(frame) = delivery {
                self.pipe.push_back(Wire::Out(Out::Event(frame)));
            }
            return Pumped::Went;
        }
        match self.follower.take(delivery) {
            Taken::Nothing => {}
            Taken::Hand(frame) => self.pipe.push_back(Wire::Out(Out::Event(frame))),
            Taken::Read(scope, last) => self.state = State::Behind(vec![(scope, last)], false),
        }
        Pumped::Went
    }

    fn look_at_access(&mut self, server: &mut Server) {
        let n_changes = n_access_changes(server.store.as_tx(), self.person);
        self.n_access_seen = n_changes.expect("the changes are counted");
    }
}

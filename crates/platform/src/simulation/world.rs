//! Nodes, clients, one database and a bell that cannot be trusted, on a clock of their own.
//!
//! First a storm: steps of everybody in any order, with faults. Then quiet: nothing fails any more, and everything must
//! come to rest in a state that `check.rs` accepts.

use super::{
    Broken,
    client::Client,
    connection::Pumped,
    dice::Dice,
    node::{N_LANES, Node},
    store::{Server, Shared, Weather},
    verbs::{MIGRATION, Post},
};
use crate::{
    db::{SCHEMA, SqliteStore},
    journal::{self, ACCESS_SCOPE},
};
use base::{PersonId, ScopeId, Seq};
use bytes::Bytes;
use std::{cell::RefCell, rc::Rc};

const N_STEPS: usize = 600;
pub(super) const SECOND: i64 = 1_000_000;

/// A message of the bell on its way.
pub(super) struct Flying {
    pub(super) at: i64,
    pub(super) to: usize,
    pub(super) payload: Bytes,
}

pub(super) struct World {
    pub(super) server: Shared,
    pub(super) scopes: Vec<ScopeId>,
    pub(super) clients: Vec<Client>,
    pub(super) nodes: Vec<Option<Node>>,
    pub(super) acknowledged: Vec<(Post, Seq)>,
    pub(super) refused: Vec<Post>,
    /// What was found wrong on the way.
    pub(super) wrong: Vec<String>,
    /// What happened, if somebody wants to read it.
    pub(super) told: Option<Vec<String>>,
    pub(super) dice: Dice,
    pub(super) now: i64,
    pub(super) broken: Broken,
    pub(super) flying: Vec<Flying>,
    pub(super) is_stormy: bool,
}

impl World {
    pub(super) fn new(seed: u64, broken: Broken, is_told: bool) -> Self {
        let mut dice = Dice::new(seed);
        let scopes: Vec<_> = (0..2 + dice.below(2)).map(|_| ScopeId(dice.id())).collect();
        let people: Vec<_> = (0..2 + dice.below(3)).map(|_| PersonId(dice.id())).collect();
        let server = Rc::new(RefCell::new(Server {
            store: database(&scopes),
            weather: weather(&mut dice),
            dice: dice.split(),
            broken,
            is_full: false,
            n_unsure: 0,
        }));
        let now = 1_795_424_400 * SECOND;
        let nodes = (0..1 + dice.below(3)).map(|_| Some(Node::start(&mut dice, &server, now)));
        let nodes = nodes.collect();
        let clients = people
            .iter()
            .map(|person| Client::new(&mut dice, *person, &scopes));
        Self {
            clients: clients.collect(),
            server,
            scopes,
            nodes,
            acknowledged: Vec::new(),
            refused: Vec::new(),
            wrong: Vec::new(),
            told: is_told.then(Vec::new),
            now,
            broken,
            flying: Vec::new(),
            is_stormy: true,
            dice,
        }
    }

    pub(super) fn run(&mut self) {
        for _ in 0..N_STEPS {
            self.now += i64::try_from(self.dice.below(20_000)).unwrap_or(0);
            self.step();
        }
        self.calm_down();
    }

    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(told) = &mut self.told {
            told.push(format!("{:>10} {}", self.now % (1_000_000 * SECOND), what()));
        }
    }

    fn calm_down(&mut self) {
        self.is_stormy = false;
        {
            let mut server = self.server.borrow_mut();
            server.weather = Weather::default();
            server.is_full = false;
        }
        for idx in 0..self.nodes.len() {
            let node = &mut self.nodes[idx];
            node.get_or_insert_with(|| Node::start(&mut self.dice, &self.server, self.now))
                .stalled_until = 0;
        }
        for round in 0..60 {
            self.now += if round < 8 { SECOND } else { 30 * SECOND };
            self.quiet_round();
            if self.is_settled() {
                return;
            }
        }
        let why = self.restless();
        self.wrong.push(format!("it never came to rest: {why}"));
    }

    fn quiet_round(&mut self) {
        while !self.flying.is_empty() {
            self.now = self.now.max(self.flying[0].at);
            self.hear_one();
        }
        for node in 0..self.nodes.len() {
            self.sweep(node);
            for _ in 0..40 {
                self.step_runner(node);
                (0..N_LANES).for_each(|lane| self.step_lane(node, lane));
                self.publish(node);
            }
        }
        for client in 0..self.clients.len() {
            self.poll(client);
            self.say(client);
            for _ in 0..200 {
                let rests = self.pump(client) == Pumped::Rests;
                if !self.read(client) && rests {
                    break;
                }
            }
        }
    }

    fn is_settled(&mut self) -> bool {
        self.flying.is_empty() && self.restless().is_empty()
    }

    /// What still has to happen.
    fn restless(&mut self) -> String {
        if self.nodes.iter().flatten().any(|node| !node.is_idle()) {
            return "a node is at work".to_owned();
        }
        let waits = |client: &Client| client.request.is_some() || !client.to_say.is_empty();
        if self.clients.iter().any(waits) {
            return "a client waits".to_owned();
        }
        if super::check::n_jobs(&mut self.server.borrow_mut().store) > 0 {
            return "jobs are left".to_owned();
        }
        for scope in &self.scopes {
            let head = journal::head(&mut self.server.borrow_mut().store, *scope).expect("a head is read");
            if let Some(idx) = self.clients.iter().position(|client| client.last(*scope) != head) {
                let last = self.clients[idx].last(*scope);
                return format!("client {idx} has {last:?} of {head:?}");
            }
        }
        super::check::access_not_seen(self).unwrap_or_default()
    }
}

fn database(scopes: &[ScopeId]) -> SqliteStore {
    let mut migrations = SCHEMA.to_vec();
    migrations.push(MIGRATION);
    let mut store = SqliteStore::in_memory(&migrations).expect("a database in memory");
    for scope in scopes.iter().chain([&ACCESS_SCOPE]) {
        journal::open(&mut store, *scope).expect("a log is opened");
    }
    store
}

/// Each run has its own: from fair to foul.
fn weather(dice: &mut Dice) -> Weather {
    let mut up_to = |most: usize| if dice.chance(400) { 0 } else { dice.below(most + 1) };
    Weather {
        statement: up_to(25),
        conflict: up_to(25),
        lost: up_to(15),
        busy: up_to(100),
        full: up_to(50),
        disk: up_to(40),
        unsure: up_to(150),
    }
}

//! Nodes, clients, one database and a bell that cannot be trusted, on a clock of their own.
//!
//! First a storm: steps of everybody in any order, with faults. Then quiet: nothing fails any more, and everything must
//! come to rest in a state that `check.rs` accepts.

use super::{
    Broken,
    client::{Client, Outcome, Request},
    connection::{Connection, Pumped},
    dice::Dice,
    node::{N_LANES, Node, Stepped},
    store::{Server, Shared, Weather},
    verbs::{MIGRATION, Post, post},
};
use crate::{
    db::{SCHEMA, SqliteStore},
    journal::{self, ACCESS_SCOPE},
    realtime::{encode, hear},
};
use base::{PersonId, ScopeId, Seq, Timestamp};
use bytes::Bytes;
use std::{cell::RefCell, rc::Rc};

const N_STEPS: usize = 600;
const SECOND: i64 = 1_000_000;

struct Flying {
    at: i64,
    to: usize,
    payload: Bytes,
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
    dice: Dice,
    now: i64,
    broken: Broken,
    flying: Vec<Flying>,
    is_stormy: bool,
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

    fn tell(&mut self, what: impl FnOnce() -> String) {
        if let Some(told) = &mut self.told {
            told.push(format!("{:>10} {}", self.now % (1_000_000 * SECOND), what()));
        }
    }

    fn step(&mut self) {
        let (client, node) = (
            self.dice.below(self.clients.len()),
            self.dice.below(self.nodes.len()),
        );
        if self.nodes[node].is_none() && self.dice.chance(200) {
            self.nodes[node] = Some(Node::start(&mut self.dice, &self.server, self.now));
            self.tell(|| format!("node {node} starts"));
        }
        match self.dice.below(100) {
            0..12 => self.say(client),
            12..22 => self.poll(client),
            22..40 => {
                let lane = self.dice.below(N_LANES);
                self.step_lane(node, lane);
            }
            40..50 => self.publish(node),
            50..60 => self.hear_one(),
            60..76 => drop(self.pump(client)),
            76..86 => drop(self.read(client)),
            86..92 => self.step_runner(node),
            92..95 => self.sweep(node),
            _ => self.misfortune(client, node),
        }
    }

    fn misfortune(&mut self, client: usize, node: usize) {
        match self.dice.below(8) {
            0 if self.dice.chance(500) => self.die(node),
            1 | 2 => self.cut(client),
            3 => {
                let until = self.now + i64::try_from(self.dice.below(8)).unwrap_or(0) * SECOND;
                if let Some(node) = &mut self.nodes[node] {
                    node.stalled_until = until;
                }
            }
            4 => {
                let mut server = self.server.borrow_mut();
                server.is_full = !server.is_full && self.dice.chance(300);
            }
            // Time passes; now and then enough of it for leases to run out.
            5 => self.now += i64::try_from(self.dice.below(3)).unwrap_or(0) * SECOND,
            6 if self.dice.chance(200) => self.now += 61 * SECOND,
            _ => {}
        }
    }

    fn die(&mut self, node: usize) {
        if let Some(died) = self.nodes[node].take() {
            for client in died.connections.keys() {
                self.clients[*client].node = None;
            }
            self.tell(|| format!("node {node} dies"));
        }
    }

    fn cut(&mut self, client: usize) {
        if let Some(node) = self.clients[client].node.take()
            && let Some(node) = &mut self.nodes[node]
        {
            node.connections.remove(&client);
        }
    }

    fn say(&mut self, client: usize) {
        let node = self.dice.below(self.nodes.len());
        let Some(server) = &mut self.nodes[node] else {
            return;
        };
        let speaker = &mut self.clients[client];
        if speaker.request.is_some() || speaker.again_at > self.now {
            return;
        }
        let said = match speaker.to_say.pop_front() {
            Some(again) => again,
            None if !self.is_stormy => return,
            None => {
                let people: Vec<_> = self.clients.iter().map(|client| client.person).collect();
                Post::throw(&mut self.dice, &self.scopes, &people)
            }
        };
        let lane = usize::try_from(said.scope.0.as_u128() % N_LANES as u128).unwrap_or(0);
        let at = Timestamp(self.now);
        let (answer, claim) = server.hand_in(lane, move |tx| post(tx, &said, at));
        self.clients[client].request = Some(Request {
            post: said,
            answer,
            claim,
            since: self.now,
        });
        self.tell(|| format!("client {client} says {said:?} to node {node}"));
    }

    fn poll(&mut self, client: usize) {
        match self.clients[client].poll(&mut self.dice, self.now, self.broken) {
            Some(Outcome::Acknowledged(post, seq)) => {
                self.tell(|| format!("client {client} knows that {} is {}", post.intent, seq.0));
                let tx = &mut self.server.borrow_mut().store;
                let there = journal::read_after(tx, post.scope, Seq(seq.0 - 1), 1).expect("the log is read");
                let intent = post.intent.to_string();
                if !there
                    .iter()
                    .any(|frame| frame.seq == seq && frame.text.contains(&intent))
                {
                    self.wrong
                        .push(format!("{intent} was acknowledged as {} and is not there", seq.0));
                }
                self.acknowledged.push((post, seq));
            }
            Some(Outcome::Refused(post)) => self.refused.push(post),
            None => {}
        }
    }

    fn step_lane(&mut self, node: usize, lane: usize) {
        let death = self.is_stormy && self.dice.chance(10);
        let Some(running) = &mut self.nodes[node] else {
            return;
        };
        if running.stalled_until > self.now {
            return;
        }
        if let Stepped::Died = running.step_lane(lane, &mut self.dice, &self.server, death) {
            self.die(node);
        }
    }

    fn publish(&mut self, node: usize) {
        let Some(running) = &mut self.nodes[node] else {
            return;
        };
        let (from, frames) = (running.id, running.publish());
        if self.is_stormy && !frames.is_empty() && self.dice.chance(20) {
            // It died between its own readers and the bell.
            return self.die(node);
        }
        for frame in frames {
            self.tell(|| format!("node {node} publishes {} {}", frame.scope, frame.seq.0));
            self.ring(node, &encode(from, &frame));
        }
    }

    /// The bell loses, doubles, delays and reorders.
    fn ring(&mut self, from: usize, payload: &Bytes) {
        for to in (0..self.nodes.len()).filter(|to| *to != from) {
            let n_copies = match self.dice.below(10) {
                0 | 1 if self.is_stormy => 0,
                2 if self.is_stormy => 2,
                _ => 1,
            };
            for _ in 0..n_copies {
                let delay = if self.dice.chance(200) {
                    self.dice.below(3_000_000)
                } else {
                    self.dice.below(30_000)
                };
                self.flying.push(Flying {
                    at: self.now + i64::try_from(delay).unwrap_or(0),
                    to,
                    payload: payload.clone(),
                });
            }
        }
    }

    fn hear_one(&mut self) {
        let Some(idx) = self.flying.iter().position(|flying| flying.at <= self.now) else {
            return;
        };
        let flying = self.flying.remove(idx);
        if let Some(node) = &self.nodes[flying.to] {
            hear(&node.hub, node.id, flying.payload);
        }
    }

    fn sweep(&mut self, node: usize) {
        if let Some(node) = &mut self.nodes[node]
            && node.swept_at + SECOND <= self.now
            && self.broken != Broken::NoSweep
        {
            node.sweep(&self.server, self.now);
        }
    }

    fn step_runner(&mut self, node: usize) {
        if let Some(node) = &mut self.nodes[node] {
            node.step_runner(&mut self.dice, self.now, self.broken);
        }
    }

    /// The server's end of a client's socket goes on; without one the client connects to somebody.
    fn pump(&mut self, client: usize) -> Pumped {
        let Some(node) = self.clients[client].node else {
            return self.connect(client);
        };
        let running = self.nodes[node].as_mut();
        let Some(connection) = running.and_then(|node| node.connections.get_mut(&client)) else {
            self.clients[client].node = None;
            return Pumped::Went;
        };
        let pumped = connection.pump(&mut self.server.borrow_mut(), &self.scopes);
        if pumped == Pumped::Closed {
            self.tell(|| format!("client {client} was too slow"));
            self.cut(client);
        }
        pumped
    }

    fn connect(&mut self, client: usize) -> Pumped {
        let node = self.dice.below(self.nodes.len());
        if let Some(running) = &mut self.nodes[node] {
            let cursors = self.clients[client].cursors().collect();
            let connection = Connection::open(&running.hub, self.clients[client].person, cursors);
            running.connections.insert(client, connection);
            self.clients[client].node = Some(node);
            self.tell(|| format!("client {client} connects to node {node}"));
        }
        Pumped::Went
    }

    /// The client reads one thing from the line. False: there was nothing.
    fn read(&mut self, idx: usize) -> bool {
        let client = &mut self.clients[idx];
        if self.is_stormy && !self.dice.chance(client.appetite) {
            return false;
        }
        let Some(node) = client.node.and_then(|node| self.nodes[node].as_mut()) else {
            return false;
        };
        let connection = node.connections.get_mut(&idx);
        let Some(wire) = connection.and_then(|connection| connection.pipe.pop_front()) else {
            return false;
        };
        if !client.read(wire, self.broken) {
            self.wrong.push(format!("client {idx} met a hole"));
            self.cut(idx);
        }
        true
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
        disk: up_to(8),
        unsure: up_to(150),
    }
}

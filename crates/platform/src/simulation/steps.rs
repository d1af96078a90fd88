//! The steps that the world takes: one of anybody at a time, in an order that chance gives.

use super::{
    Broken,
    client::{Outcome, Request},
    connection::{Connection, Pumped, Wire},
    node::{N_LANES, Node, Stepped},
    verbs::{Post, post},
    world::{Flying, SECOND, World},
};
use crate::{
    journal,
    realtime::{Out, encode, hear},
};
use base::{Seq, Timestamp};
use bytes::Bytes;

impl World {
    pub(super) fn step(&mut self) {
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

    pub(super) fn say(&mut self, client: usize) {
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

    pub(super) fn poll(&mut self, client: usize) {
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
            Some(Outcome::Again(why)) => self.tell(|| format!("client {client} must ask again: {why:?}")),
            None => {}
        }
    }

    pub(super) fn step_lane(&mut self, node: usize, lane: usize) {
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

    pub(super) fn publish(&mut self, node: usize) {
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

    pub(super) fn hear_one(&mut self) {
        let Some(idx) = self.flying.iter().position(|flying| flying.at <= self.now) else {
            return;
        };
        let flying = self.flying.remove(idx);
        if let Some(node) = &self.nodes[flying.to] {
            hear(&node.hub, node.id, flying.payload);
        }
    }

    pub(super) fn sweep(&mut self, node: usize) {
        if let Some(node) = &mut self.nodes[node]
            && node.swept_at + SECOND <= self.now
            && self.broken != Broken::NoSweep
        {
            node.sweep(&self.server, self.now);
        }
    }

    pub(super) fn step_runner(&mut self, node: usize) {
        if let Some(node) = &mut self.nodes[node] {
            node.step_runner(&mut self.dice, self.now, self.broken);
        }
    }

    /// The server's end of a client's socket goes on; without one the client connects to somebody.
    pub(super) fn pump(&mut self, client: usize) -> Pumped {
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
    pub(super) fn read(&mut self, idx: usize) -> bool {
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
        let is_reset = matches!(wire, Wire::Out(Out::Reset(..)));
        let has_no_hole = client.read(wire, self.broken);
        if is_reset {
            self.tell(|| format!("client {idx} starts anew"));
        }
        if !has_no_hole {
            self.wrong.push(format!("client {idx} met a hole"));
            self.cut(idx);
        }
        true
    }
}

//! What must be true in the end, whatever went wrong on the way.

use super::{
    verbs::{COUNT_JOBS, LIST_EFFECTS, Manner, Post, n_access_changes, n_rounds},
    world::World,
};
use crate::{
    db::{SqliteStore, Store},
    journal,
    realtime::Frame,
};
use base::{ScopeId, Seq};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

type Logs = BTreeMap<ScopeId, Vec<Arc<Frame>>>;
/// Where each intent stands.
type Places = BTreeMap<String, Vec<(ScopeId, Seq)>>;

/// Everything that is wrong; nothing, if all is well.
pub(super) fn check(world: &mut World) -> Vec<String> {
    let mut wrong = std::mem::take(&mut world.wrong);
    let logs = read_logs(world, &mut wrong);
    let places = find_intents(&logs);
    check_posts(world, &places, &mut wrong);
    check_clients(world, &logs, &mut wrong);
    check_jobs(world, &places, &mut wrong);
    wrong
}

pub(super) fn n_jobs(store: &mut SqliteStore) -> i64 {
    let count = store.as_tx().one(&COUNT_JOBS, &[], |row| row.get(0));
    count.expect("jobs are counted")
}

/// A connection that does not know of a change of access, if there is one.
pub(super) fn access_not_seen(world: &World) -> Option<String> {
    let mut server = world.server.borrow_mut();
    for node in world.nodes.iter().flatten() {
        for (idx, connection) in &node.connections {
            let person = world.clients[*idx].person;
            let n_changes = n_access_changes(server.store.as_tx(), person).expect("the changes are counted");
            if connection.n_access_seen != n_changes {
                let seen = connection.n_access_seen;
                return Some(format!(
                    "client {idx} has seen {seen} of {n_changes} changes of access"
                ));
            }
        }
    }
    None
}

/// Numbers begin at 1 and have no gap, and the head is the last.
fn read_logs(world: &World, wrong: &mut Vec<String>) -> Logs {
    let mut logs = Logs::new();
    let store = &mut world.server.borrow_mut().store;
    for scope in &world.scopes {
        let log = journal::read_after(store, *scope, Seq(0), i64::MAX).expect("the log is read");
        let head = journal::head(store, *scope).expect("the head is read");
        let expected = (1..).map(Seq).take(log.len());
        if !log.iter().map(|frame| frame.seq).eq(expected)
            || head.map(|head| head.0) != i64::try_from(log.len()).ok()
        {
            wrong.push(format!(
                "the log of {scope} has a gap, or its head is not its end"
            ));
        }
        logs.insert(*scope, log);
    }
    logs
}

fn find_intents(logs: &Logs) -> Places {
    let mut places = Places::new();
    for frame in logs.values().flatten() {
        let intent = frame
            .text
            .split(r#""intent":""#)
            .nth(1)
            .and_then(|rest| rest.get(..36));
        let intent = intent.unwrap_or("none").to_owned();
        places.entry(intent).or_default().push((frame.scope, frame.seq));
    }
    places
}

fn expected_scopes(post: &Post) -> BTreeSet<ScopeId> {
    match post.manner {
        Manner::Twofold(other) => [post.scope, other].into(),
        _ => [post.scope].into(),
    }
}

fn check_posts(world: &World, places: &Places, wrong: &mut Vec<String>) {
    let mut known = BTreeSet::new();
    for (post, seq) in &world.acknowledged {
        let intent = post.intent.to_string();
        let there = places.get(&intent).cloned().unwrap_or_default();
        let scopes: BTreeSet<_> = there.iter().map(|(scope, _)| *scope).collect();
        if !there.contains(&(post.scope, *seq))
            || scopes != expected_scopes(post)
            || there.len() != scopes.len()
        {
            wrong.push(format!(
                "{post:?} was acknowledged as {} and stands at {there:?}",
                seq.0
            ));
        }
        known.insert(intent);
    }
    for post in &world.refused {
        let intent = post.intent.to_string();
        if places.contains_key(&intent) {
            wrong.push(format!("{post:?} was refused and is in the log"));
        }
        if post.may_succeed() {
            wrong.push(format!("{post:?} was refused without a reason"));
        }
        known.insert(intent);
    }
    for post in world.clients.iter().flat_map(|client| &client.given_up) {
        let intent = post.intent.to_string();
        let there = places.get(&intent).cloned().unwrap_or_default();
        let scopes: BTreeSet<_> = there.iter().map(|(scope, _)| *scope).collect();
        let is_whole = post.may_succeed() && there.len() == scopes.len() && scopes == expected_scopes(post);
        if !there.is_empty() && !is_whole {
            wrong.push(format!("{post:?} was given up and stands at {there:?}"));
        }
        known.insert(intent);
    }
    for intent in places.keys().filter(|intent| !known.contains(*intent)) {
        wrong.push(format!("nobody said {intent}"));
    }
}

/// Every client has applied the log: all of it since it began, in order, nothing twice.
fn check_clients(world: &World, logs: &Logs, wrong: &mut Vec<String>) {
    for (idx, client) in world.clients.iter().enumerate() {
        for (scope, log) in logs {
            let Some(applied) = client.applied.get(scope) else {
                wrong.push(format!("client {idx} knows nothing of {scope}"));
                continue;
            };
            let since = log.iter().filter(|frame| frame.seq > applied.base);
            let expected = since.map(|frame| (frame.seq, frame.text.as_str()));
            if !applied
                .events
                .iter()
                .map(|(seq, text)| (*seq, text.as_str()))
                .eq(expected)
            {
                let seqs: Vec<_> = applied.events.iter().map(|(seq, _)| seq.0).collect();
                wrong.push(format!(
                    "client {idx} began after {} and applied {seqs:?}; the log of {scope} has {}",
                    applied.base.0,
                    log.len()
                ));
            }
        }
    }
}

/// What a job does has happened as often as its kind says, for each cause that is in the log.
fn check_jobs(world: &World, places: &Places, wrong: &mut Vec<String>) {
    let store = &mut world.server.borrow_mut().store;
    let rows = store.as_tx().list(&LIST_EFFECTS, &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    });
    let mut effects: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (key, round) in rows.expect("the effects are read") {
        effects.entry(key).or_default().push(round);
    }
    let said = world.acknowledged.iter().map(|(post, _)| post);
    let given_up = world.clients.iter().flat_map(|client| &client.given_up);
    for post in said.chain(given_up) {
        let intent = post.intent.to_string();
        let Manner::WithJob(kind) = post.manner else {
            continue;
        };
        let n_expected = if places.contains_key(&intent) {
            n_rounds(kind)
        } else {
            0
        };
        let happened = effects.remove(&intent).unwrap_or_default();
        if !happened.iter().copied().eq(1..=n_expected) {
            wrong.push(format!("the job {kind} of {intent} has happened {happened:?}"));
        }
    }
    for (key, rounds) in effects {
        wrong.push(format!("a job without a cause has happened: {key} {rounds:?}"));
    }
}

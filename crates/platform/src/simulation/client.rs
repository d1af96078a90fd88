//! A person's program: it follows all logs by cursor, and says things until it knows that they are there.

use super::{
    Broken,
    connection::Wire,
    dice::Dice,
    verbs::{Manner, Post, PostError},
};
use crate::{
    db::{Claim, Error},
    realtime::Out,
};
use axum::extract::ws::Utf8Bytes;
use base::{PersonId, ScopeId, Seq};
use std::collections::{BTreeMap, VecDeque};
use tokio::sync::oneshot;

/// How long a request may wait for its turn; `Db` answers Busy then. In µs.
const PATIENCE: i64 = 5_000_000;

/// What a client has of one log.
#[derive(Debug, Default)]
pub(super) struct Applied {
    /// What came before: it was read as a snapshot.
    pub(super) base: Seq,
    pub(super) events: Vec<(Seq, Utf8Bytes)>,
    last: Seq,
}

pub(super) struct Request {
    pub(super) post: Post,
    pub(super) answer: oneshot::Receiver<Result<Seq, PostError>>,
    pub(super) claim: Claim,
    pub(super) since: i64,
}

/// What became of something that was said.
pub(super) enum Outcome {
    Acknowledged(Post, Seq),
    Refused(Post),
    /// It failed, and why; None: the process died, or nobody began.
    Again(Option<Error>),
}

pub(super) struct Client {
    pub(super) person: PersonId,
    /// Where its socket is, if it has one.
    pub(super) node: Option<usize>,
    pub(super) applied: BTreeMap<ScopeId, Applied>,
    /// Of a thousand chances to read, how many it takes.
    pub(super) appetite: usize,
    pub(super) to_say: VecDeque<Post>,
    pub(super) request: Option<Request>,
    pub(super) again_at: i64,
    pub(super) given_up: Vec<Post>,
}

impl Client {
    pub(super) fn new(dice: &mut Dice, person: PersonId, scopes: &[ScopeId]) -> Self {
        // Some come with a cursor before everything, others without any.
        let has_cursors = dice.chance(600);
        let applied = scopes.iter().filter(|_| has_cursors);
        Self {
            person,
            node: None,
            applied: applied.map(|scope| (*scope, Applied::default())).collect(),
            appetite: dice.pick(&[1000, 1000, 400, 30]),
            to_say: VecDeque::new(),
            request: None,
            again_at: 0,
            given_up: Vec::new(),
        }
    }

    pub(super) fn last(&self, scope: ScopeId) -> Option<Seq> {
        self.applied.get(&scope).map(|applied| applied.last)
    }

    pub(super) fn cursors(&self) -> impl Iterator<Item = (ScopeId, Seq)> + '_ {
        self.applied.iter().map(|(scope, applied)| (*scope, applied.last))
    }

    /// The rule of every client. False: there is a hole, and the connection is of no use any more.
    pub(super) fn read(&mut self, wire: Wire, broken: Broken) -> bool {
        match wire {
            Wire::Ready(heads) => {
                for (scope, head) in heads {
                    self.applied.entry(scope).or_insert_with(|| starting_at(head));
                }
            }
            Wire::Out(Out::Reset(scope, head)) => drop(self.applied.insert(scope, starting_at(head))),
            Wire::Out(Out::Event(frame)) => {
                let Some(applied) = self.applied.get_mut(&frame.scope) else {
                    return true;
                };
                if broken != Broken::NobodyLooksAtNumbers {
                    if frame.seq <= applied.last {
                        return true;
                    }
                    if frame.seq != applied.last.next() {
                        return false;
                    }
                }
                applied.last = frame.seq;
                applied.events.push((frame.seq, frame.text.clone()));
            }
        }
        true
    }

    /// Looks for the answer to what it said last.
    pub(super) fn poll(&mut self, dice: &mut Dice, now: i64, broken: Broken) -> Option<Outcome> {
        let mut request = self.request.take()?;
        let why = match request.answer.try_recv() {
            Ok(Ok(seq)) => return Some(Outcome::Acknowledged(request.post, seq)),
            Ok(Err(PostError::Refused)) => return Some(Outcome::Refused(request.post)),
            Err(oneshot::error::TryRecvError::Empty) => {
                if now < request.since + PATIENCE || !request.claim.abandon() {
                    self.request = Some(request);
                    return None;
                }
                None
            }
            // It failed, or the process died: nobody knows whether it is there.
            Ok(Err(PostError::Db(error))) => Some(error),
            Err(oneshot::error::TryRecvError::Closed) => None,
        };
        let mut post = request.post;
        if dice.chance(50) || post.manner == Manner::Careless {
            self.given_up.push(post);
            return Some(Outcome::Again(why));
        }
        if broken == Broken::RepeatUnderAnotherId {
            post.client_id = dice.id();
        }
        self.again_at = now + i64::try_from(dice.below(400_000)).unwrap_or(0);
        self.to_say.push_front(post);
        Some(Outcome::Again(why))
    }
}

fn starting_at(head: Seq) -> Applied {
    Applied {
        base: head,
        events: Vec::new(),
        last: head,
    }
}

//! One process of the simulated installation: lanes, publisher, hub, sweep and the runner of jobs.
//!
//! It is built from the real parts; only the threads and tasks that carry them are replaced by steps that the world
//! takes in any order.

use super::{
    Broken,
    connection::Connection,
    dice::Dice,
    store::{FaultyStore, Shared},
    verbs,
};
use crate::{
    db::{Batch, Claim, Ended, Error, Result, Tx, Work, pending, run_patiently},
    jobs::{self, Job},
    journal,
    realtime::{Frame, Hub},
};
use base::Timestamp;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Lanes per node, as on PostgreSQL.
pub(super) const N_LANES: usize = 2;
const BATCH_MAX: usize = 6;
/// Between two looks for jobs, in µs.
const JOBS_EVERY: i64 = 1_000_000;

struct Lane {
    waiting: VecDeque<Box<dyn Work>>,
    store: FaultyStore,
}

pub(super) struct Node {
    pub(super) id: Uuid,
    pub(super) hub: Arc<Hub>,
    pub(super) connections: BTreeMap<usize, Connection>,
    pub(super) swept_at: i64,
    /// Its lanes take nothing until then: a slow disk, a lock, a starved machine.
    pub(super) stalled_until: i64,
    lanes: [Lane; N_LANES],
    /// Committed, with its lane, and not yet given to hub and bell.
    committed: Vec<(usize, Vec<Arc<Frame>>)>,
    runner: Runner,
}

type Answer<T> = oneshot::Receiver<Result<T>>;

enum Runner {
    Idle {
        until: i64,
    },
    Leasing(Answer<Vec<Job>>),
    /// The next of these is run then.
    Holding {
        jobs: VecDeque<Job>,
        from: i64,
    },
    Running {
        job: Job,
        rest: VecDeque<Job>,
        done: Answer<()>,
    },
    Noting {
        rest: VecDeque<Job>,
        done: Answer<()>,
    },
}

/// What became of a step of a lane.
pub(super) enum Stepped {
    Went,
    /// The process ended in the middle.
    Died,
}

impl Node {
    pub(super) fn start(dice: &mut Dice, server: &Shared, now: i64) -> Self {
        let lane = || Lane {
            waiting: VecDeque::new(),
            store: FaultyStore::connect(server),
        };
        Self {
            id: dice.id(),
            hub: Arc::new(Hub::default()),
            connections: BTreeMap::new(),
            swept_at: now,
            stalled_until: 0,
            lanes: [lane(), lane()],
            committed: Vec::new(),
            runner: Runner::Idle { until: now },
        }
    }

    /// Hands a piece of work in, as `Db::write` does.
    pub(super) fn hand_in<T, E, F>(
        &mut self,
        lane: usize,
        job: F,
    ) -> (oneshot::Receiver<std::result::Result<T, E>>, Claim)
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: Fn(&mut dyn Tx) -> std::result::Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let (work, claim) = pending(job, reply);
        self.lanes[lane].waiting.push_back(work);
        (answer, claim)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.lanes.iter().all(|lane| lane.waiting.is_empty())
            && self.committed.is_empty()
            && matches!(self.runner, Runner::Idle { .. })
    }

    /// One batch of one lane. `death` says that the process dies right after the commit.
    pub(super) fn step_lane(&mut self, idx: usize, dice: &mut Dice, server: &Shared, death: bool) -> Stepped {
        let lane = &mut self.lanes[idx];
        let n_taken = (1 + dice.below(BATCH_MAX)).min(lane.waiting.len());
        let mut batch: Batch = lane
            .waiting
            .drain(..n_taken)
            .filter(|work| work.claim())
            .collect();
        if batch.is_empty() {
            return Stepped::Went;
        }
        let is_reachable = dice.chance(700);
        let reconnect = || is_reachable.then(|| FaultyStore::connect(server));
        let ended = run_patiently(&mut lane.store, &mut batch, reconnect);
        let fatal = matches!(ended, Ended::Fatal(_));
        if matches!(ended, Ended::Lost | Ended::Unsure | Ended::Fatal(_)) {
            lane.store = FaultyStore::connect(server);
        }
        assert!(
            server.borrow().store.connection().is_autocommit(),
            "a batch left its transaction open"
        );
        if death {
            return Stepped::Died;
        }
        if let Ended::Committed(frames) = ended {
            self.keep_committed(idx, frames, dice);
        }
        batch.into_iter().for_each(Work::answer);
        if fatal { Stepped::Died } else { Stepped::Went }
    }

    /// Two lanes may commit in one order and reach the publisher in the other.
    fn keep_committed(&mut self, lane: usize, frames: Vec<Arc<Frame>>, dice: &mut Dice) {
        if frames.is_empty() {
            return;
        }
        let overtakes = self.committed.last().is_some_and(|(last, _)| *last != lane) && dice.chance(300);
        let at = self.committed.len() - usize::from(overtakes);
        self.committed.insert(at, (lane, frames));
    }

    /// The publisher takes one batch: to our own readers, and to the bell.
    pub(super) fn publish(&mut self) -> Vec<Arc<Frame>> {
        if self.committed.is_empty() {
            return Vec::new();
        }
        let (_, frames) = self.committed.remove(0);
        self.hub.publish_all(&frames);
        frames
    }

    /// What `realtime::sweep` does once a second.
    pub(super) fn sweep(&mut self, server: &Shared, now: i64) {
        self.swept_at = now;
        let mut scopes = self.hub.scopes_in_use();
        scopes.sort();
        let mut heads = journal::heads(&mut server.borrow_mut().store, &scopes).expect("heads are read");
        heads.sort();
        heads
            .into_iter()
            .for_each(|(scope, head)| self.hub.head_is(scope, head));
    }

    /// One step of the runner of jobs, as `jobs::run_due` takes them.
    pub(super) fn step_runner(&mut self, dice: &mut Dice, now: i64, broken: Broken) {
        let idle = Runner::Idle {
            until: now + JOBS_EVERY,
        };
        let at = Timestamp(now);
        self.runner = match std::mem::replace(&mut self.runner, Runner::Idle { until: now }) {
            Runner::Idle { until } if until > now => Runner::Idle { until },
            Runner::Idle { .. } => Runner::Leasing(self.hand_in(0, move |tx| jobs::lease(tx, at)).0),
            Runner::Leasing(mut answer) => match answer.try_recv() {
                Ok(Ok(mut jobs)) => {
                    // The ids are random, so their order is too.
                    jobs.sort_by(|a, b| (&a.kind, &a.key).cmp(&(&b.kind, &b.key)));
                    Runner::Holding {
                        jobs: jobs.into(),
                        from: now,
                    }
                }
                Err(oneshot::error::TryRecvError::Empty) => Runner::Leasing(answer),
                _ => idle,
            },
            Runner::Holding { jobs, from } if from > now => Runner::Holding { jobs, from },
            Runner::Holding { jobs: mut rest, .. } => match rest.pop_front() {
                None => idle,
                Some(job) => {
                    let running = job.clone();
                    let (done, _) = self.hand_in(0, move |tx| verbs::run_job(tx, &running, at, broken));
                    Runner::Running { job, rest, done }
                }
            },
            Runner::Running { job, rest, mut done } => match done.try_recv() {
                Ok(Ok(())) => Runner::Holding {
                    jobs: rest,
                    from: now + pause(dice),
                },
                Err(oneshot::error::TryRecvError::Empty) => Runner::Running { job, rest, done },
                _ => {
                    let (done, _) = self.hand_in(0, move |tx| jobs::failed(tx, &job, "it failed", at));
                    Runner::Noting { rest, done }
                }
            },
            Runner::Noting { rest, mut done } => match done.try_recv() {
                Ok(Ok(())) => Runner::Holding {
                    jobs: rest,
                    from: now,
                },
                Err(oneshot::error::TryRecvError::Empty) => Runner::Noting { rest, done },
                _ => idle,
            },
        };
    }
}

/// Sometimes a process sleeps for longer than its leases last.
fn pause(dice: &mut Dice) -> i64 {
    if dice.chance(100) { 70_000_000 } else { 0 }
}

//! Group commit: many pieces of work, one transaction, one flush.
//!
//! A batch first runs without savepoints. A piece that fails before it wrote anything simply drops out. If one fails
//! after it wrote, the whole batch is rolled back and run again with a savepoint around each piece. This file knows no
//! thread and no driver, so the simulation can drive it with faults.

use super::{Error, Result, Tx, Work};
use crate::realtime::Frame;
use std::sync::Arc;

/// How often a batch is repeated when other transactions stand in its way.
const CONFLICT_ATTEMPTS: usize = 8;

/// A connection that can hold a transaction. Each method reports through [`Error`].
pub trait Store: Tx {
    /// Opens the transaction.
    fn begin(&mut self) -> Result<()>;
    /// Makes it durable. After `Error::Disk` or `Error::Unsure` nothing is known about the data.
    fn commit(&mut self) -> Result<()>;
    /// Forgets it, and what it announced.
    fn rollback(&mut self);
    /// Marks a point to return to.
    fn savepoint(&mut self) -> Result<()>;
    /// Keeps what came since the mark.
    fn release(&mut self) -> Result<()>;
    /// Forgets what came since the mark, announcements too.
    fn rollback_to(&mut self) -> Result<()>;
    /// How many statements changed something, and how many frames were announced, since `begin`.
    fn n_writes(&self) -> u64;
    /// The fault that a statement met since the last call, even if the closure swallowed it.
    fn take_fault(&mut self) -> Option<Error>;
    /// The frames announced since `begin`.
    fn take_frames(&mut self) -> Vec<Arc<Frame>>;
    /// Upcast, because closures see a plain transaction.
    fn as_tx(&mut self) -> &mut dyn Tx;
}

/// Work that is committed together.
pub type Batch = Vec<Box<dyn Work>>;

/// How a batch ended. In every case each piece of work holds its result and waits to be answered.
#[derive(Debug)]
pub enum Ended {
    /// On disk; these frames are now true.
    Committed(Vec<Arc<Frame>>),
    /// Nothing was kept; the connection is sound.
    RolledBack,
    /// Nothing was kept, because the disk is full; the connection is sound.
    Full,
    /// The connection broke before the commit: nothing was kept, and the batch may be run again on another.
    Lost,
    /// The connection broke during the commit: nobody knows, and the batch must not be run again.
    Unsure,
    /// The flush failed: stop, and say why.
    Fatal(String),
}

/// Runs a batch, and once more on another connection if this one proves dead before the commit: nothing was saved
/// then. `reconnect` gives None when there is none to be had soon; the waiters are told to come back.
pub fn run_patiently<S: Store>(
    store: &mut S,
    batch: &mut Batch,
    reconnect: impl FnOnce() -> Option<S>,
) -> Ended {
    let mut ended = run_batch(store, batch);
    if matches!(ended, Ended::Lost)
        && let Some(connected) = reconnect()
    {
        *store = connected;
        ended = run_batch(store, batch);
    }
    if matches!(ended, Ended::Lost) {
        batch.iter_mut().for_each(|work| work.fail(Error::Busy));
    }
    ended
}

enum Attempt {
    Committed(Vec<Arc<Frame>>),
    /// A piece failed after it wrote: again, with savepoints.
    Separate,
    Failed(Error),
}

/// Runs a batch to its end.
pub fn run_batch(store: &mut dyn Store, batch: &mut Batch) -> Ended {
    let mut separate = false;
    let mut conflicts = 0;
    loop {
        match attempt(store, batch, separate) {
            Attempt::Committed(frames) => return Ended::Committed(frames),
            Attempt::Separate => {
                store.rollback();
                separate = true;
            }
            Attempt::Failed(Error::Conflict) if conflicts < CONFLICT_ATTEMPTS => {
                store.rollback();
                conflicts += 1;
            }
            Attempt::Failed(error) => return give_up(store, batch, error),
        }
    }
}

fn give_up(store: &mut dyn Store, batch: &mut Batch, error: Error) -> Ended {
    let ended = match &error {
        Error::Disk(why) => Ended::Fatal(why.to_string()),
        Error::Full => Ended::Full,
        Error::Lost => Ended::Lost,
        Error::Unsure => Ended::Unsure,
        _ => Ended::RolledBack,
    };
    if matches!(ended, Ended::RolledBack | Ended::Full) {
        store.rollback();
    }
    for work in batch.iter_mut() {
        work.fail(error.clone());
    }
    ended
}

fn attempt(store: &mut dyn Store, batch: &mut Batch, separate: bool) -> Attempt {
    if let Err(error) = store.begin() {
        return Attempt::Failed(error);
    }
    let alone = batch.len() == 1;
    let mut refused = 0;
    for work in batch.iter_mut() {
        match run_one(store, work.as_mut(), separate) {
            Ok(true) => {}
            Ok(false) => refused += 1,
            Err(Error::Conflict) => return Attempt::Failed(Error::Conflict),
            Err(error @ (Error::Lost | Error::Full | Error::Disk(_))) => return Attempt::Failed(error),
            // Separate once more would end the same way: the savepoint itself failed.
            Err(error) if separate => return Attempt::Failed(error),
            // Nobody else shares the transaction, so rolling back is all there is to do.
            Err(_) if alone => {
                store.rollback();
                return Attempt::Committed(Vec::new());
            }
            Err(_) => return Attempt::Separate,
        }
    }
    if refused == batch.len() {
        store.rollback();
        return Attempt::Committed(Vec::new());
    }
    let frames = store.take_frames();
    match store.commit() {
        Ok(()) => Attempt::Committed(frames),
        Err(error) => Attempt::Failed(error),
    }
}

/// True: succeeded. False: failed, and left no trace. Err: failed, and something of it must be undone.
fn run_one(store: &mut dyn Store, work: &mut dyn Work, separate: bool) -> Result<bool> {
    if separate {
        store.savepoint()?;
    }
    let before = store.n_writes();
    let succeeded = work.run(store.as_tx());
    let fault = store.take_fault();
    if let Some(fault @ (Error::Lost | Error::Full | Error::Disk(_) | Error::Conflict)) = fault {
        return Err(fault);
    }
    if succeeded && fault.is_none() {
        if separate {
            store.release()?;
        }
        return Ok(true);
    }
    if succeeded && let Some(fault) = &fault {
        // A closure that swallows a failed statement must not be answered with success: the transaction is spoilt.
        work.fail(fault.clone());
    }
    if separate {
        store.rollback_to()?;
        return Ok(false);
    }
    if fault.is_none() && store.n_writes() == before {
        return Ok(false);
    }
    Err(Error::NoRow)
}

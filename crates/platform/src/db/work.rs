//! A closure on its way through a lane, with its result and the one who waits for it.

use super::{Error, Tx};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};
use tokio::sync::oneshot;

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const ABANDONED: u8 = 2;

/// A piece of work as the lanes see it.
pub trait Work: Send {
    /// Takes the work from its waiter. False: the waiter has given up, and it must not be run.
    fn claim(&self) -> bool;
    /// Runs the closure, again if need be, and keeps its result. True when the closure succeeded.
    fn run(&mut self, tx: &mut dyn Tx) -> bool;
    /// Replaces the result.
    fn fail(&mut self, error: Error);
    /// Tells the waiter the result.
    fn answer(self: Box<Self>);
}

/// Decides who is first: the lane that begins or the waiter who gives up.
pub(crate) struct Claim(Arc<AtomicU8>);

impl Claim {
    /// True when the lane has not begun and now never will.
    pub(crate) fn abandon(&self) -> bool {
        self.0
            .compare_exchange(WAITING, ABANDONED, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }
}

struct Pending<T, E, F> {
    job: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    state: Arc<AtomicU8>,
}

/// Wraps a closure.
pub(crate) fn pending<T, E, F>(job: F, reply: oneshot::Sender<Result<T, E>>) -> (Box<dyn Work>, Claim)
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: Fn(&mut dyn Tx) -> Result<T, E> + Send + 'static,
{
    let state = Arc::new(AtomicU8::new(WAITING));
    (
        Box::new(Pending {
            job,
            result: None,
            reply,
            state: state.clone(),
        }),
        Claim(state),
    )
}

impl<T, E, F> Work for Pending<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: Fn(&mut dyn Tx) -> Result<T, E> + Send,
{
    fn claim(&self) -> bool {
        self.state
            .compare_exchange(WAITING, TAKEN, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    fn run(&mut self, tx: &mut dyn Tx) -> bool {
        // A panic in one closure must not take the lane and everybody's writes with it.
        let result = catch_unwind(AssertUnwindSafe(|| (self.job)(tx)));
        let result = result.unwrap_or_else(|_| Err(Error::Panicked.into()));
        let succeeded = result.is_ok();
        self.result = Some(result);
        succeeded
    }

    fn fail(&mut self, error: Error) {
        self.result = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(Error::Busy.into()));
        // The waiter may have gone: the request was dropped. What is saved stays saved.
        let _ = self.reply.send(result);
    }
}

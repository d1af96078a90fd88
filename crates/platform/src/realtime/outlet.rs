//! The hub's end of one connection: a bounded queue and a few flags.

use super::Frame;
use base::{PersonId, ScopeId, Seq};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};
use tokio::sync::{Notify, mpsc};

/// Frames that may wait for one reader. A reader who is further behind is closed and resumes by cursor, which is
/// cheaper for everybody than remembering on its behalf. 512 frames are about 20 s of the busiest channel seen.
const QUEUE_CAPACITY: usize = 512;

/// What the hub gives a connection.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// An event.
    Frame(Arc<Frame>),
    /// The log of a scope has come this far; read it if you are behind.
    Head(ScopeId, Seq),
}

/// One connection, as the hub sees it.
#[derive(Debug)]
pub struct Outlet {
    /// Unique in this process.
    pub id: u64,
    /// Whose connection it is.
    pub person: PersonId,
    queue: mpsc::Sender<Delivery>,
    slow: AtomicBool,
    access_changed: AtomicBool,
    wake: Notify,
}

/// Readers of this process who were too slow, since its start.
static SLOWED: AtomicU64 = AtomicU64::new(0);

/// How many readers of this process had to begin anew because they were too slow, since its start.
pub fn n_slowed() -> u64 {
    SLOWED.load(Ordering::Relaxed)
}

impl Outlet {
    /// A new outlet and the end from which its connection takes.
    pub fn new(id: u64, person: PersonId) -> (Arc<Self>, mpsc::Receiver<Delivery>) {
        Self::with_capacity(id, person, QUEUE_CAPACITY)
    }

    /// The same with a queue of this length.
    pub(crate) fn with_capacity(
        id: u64,
        person: PersonId,
        capacity: usize,
    ) -> (Arc<Self>, mpsc::Receiver<Delivery>) {
        let (queue, deliveries) = mpsc::channel(capacity);
        let outlet = Self {
            id,
            person,
            queue,
            slow: AtomicBool::new(false),
            access_changed: AtomicBool::new(false),
            wake: Notify::new(),
        };
        (Arc::new(outlet), deliveries)
    }

    /// Never waits. A full queue marks the reader as slow.
    pub fn deliver(&self, delivery: Delivery) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.queue.try_send(delivery) {
            if !self.slow.swap(true, Ordering::AcqRel) {
                SLOWED.fetch_add(1, Ordering::Relaxed);
            }
            self.wake.notify_one();
        }
    }

    /// Tells the connection to ask again what its person may read.
    pub fn recheck(&self) {
        self.access_changed.store(true, Ordering::Release);
        self.wake.notify_one();
    }

    /// Waits until one of the flags is raised. Cancel safe: a permit that is not taken stays.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Waits until deliveries were lost. It may take the permit of [`Outlet::woken`], so whoever has waited here looks
    /// at the flags.
    pub async fn slowed(&self) {
        while !self.is_slow() {
            self.wake.notified().await;
        }
    }

    /// True when deliveries were lost: the connection must end.
    pub fn is_slow(&self) -> bool {
        self.slow.load(Ordering::Acquire)
    }

    /// True once after each change of access.
    pub fn take_access_changed(&self) -> bool {
        self.access_changed.load(Ordering::Acquire) && self.access_changed.swap(false, Ordering::AcqRel)
    }
}

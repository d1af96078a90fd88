//! Many people with open sockets, who come back by themselves when the connection breaks, as the web app does.
//!
//! Invariant: every event of every scope is judged, over all connections of a person: the next number, or a fault.

use crate::{
    client::live::{Cursors, Heard, Live},
    world::Person,
};
use anyhow::{Result, bail};
use std::{
    collections::HashSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};
use uuid::Uuid;

/// Connections that are opened at a time in the beginning; the kernel's queue of the listener is bounded too.
const N_AT_ONCE: usize = 128;
const CONNECT_WITHIN: Duration = Duration::from_secs(120);
/// How often it is looked whether all deliveries have come.
pub const SETTLE_PAUSE: Duration = Duration::from_millis(1);
/// How long deliveries may lag behind the last post.
const SETTLE_WITHIN: Duration = Duration::from_secs(20);
/// The web app's first wait before it connects again, and the longest; between half of it and all of it is waited.
const WAIT: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// The people, for as long as it lives.
pub struct Crowd {
    counts: Arc<Counts>,
    tasks: JoinSet<()>,
}

/// What they saw, all together.
#[derive(Default)]
pub struct Counts {
    channels: HashSet<Uuid>,
    /// Connections that are live now.
    pub n_live: AtomicUsize,
    pub n_delivered: AtomicU64,
    pub n_gaps: AtomicU64,
    pub n_doubles: AtomicU64,
    pub n_resets: AtomicU64,
    /// Connections that broke.
    pub n_broken: AtomicU64,
    /// Bytes of the delivered frames.
    pub size_bytes: AtomicU64,
    /// Why the last connection could not be made.
    last_refusal: Mutex<Option<String>>,
}

impl Crowd {
    /// Connects everybody and waits until all are live. Events of `channels` are counted, those of all scopes judged.
    pub async fn connect(port: u16, people: &[Person], channels: &[Uuid]) -> Result<Self> {
        let counts = Arc::new(Counts {
            channels: channels.iter().copied().collect(),
            ..Counts::default()
        });
        let (gate, mut tasks) = (Arc::new(Semaphore::new(N_AT_ONCE)), JoinSet::new());
        for person in people {
            tasks.spawn(attend(port, person.token.clone(), counts.clone(), gate.clone()));
        }
        let crowd = Self { counts, tasks };
        crowd.wait_until_live(people.len(), CONNECT_WITHIN).await?;
        Ok(crowd)
    }

    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Waits until so many connections are live.
    pub async fn wait_until_live(&self, n: usize, within: Duration) -> Result<Duration> {
        let began = Instant::now();
        while self.counts.n_live.load(Relaxed) < n {
            if began.elapsed() > within {
                let n_live = self.counts.n_live.load(Relaxed);
                bail!(
                    "only {n_live} of {n} sockets are live: {:?}",
                    self.counts.last_refusal()
                );
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(began.elapsed())
    }

    /// Waits until at least so many events have been delivered, and fails if the rule was broken anywhere.
    pub async fn settle(&self, n_delivered: u64) -> Result<()> {
        let began = Instant::now();
        let counts = &self.counts;
        while counts.n_delivered.load(Relaxed) < n_delivered {
            if began.elapsed() > SETTLE_WITHIN {
                bail!(
                    "{} of {n_delivered} events were delivered",
                    counts.n_delivered.load(Relaxed)
                );
            }
            tokio::time::sleep(SETTLE_PAUSE).await;
        }
        let (gaps, doubles) = (counts.n_gaps.load(Relaxed), counts.n_doubles.load(Relaxed));
        if gaps + doubles > 0 {
            bail!("{gaps} gaps and {doubles} doubles");
        }
        Ok(())
    }

    /// Ends all connections.
    pub async fn leave(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn attend(port: u16, token: String, counts: Arc<Counts>, gate: Arc<Semaphore>) {
    let mut cursors = Cursors::new();
    let mut n_failures = 0;
    loop {
        // Only the first connection waits for its turn; a crowd that comes back does not queue.
        let turn = if n_failures == 0 && cursors.is_empty() {
            gate.acquire().await.ok()
        } else {
            None
        };
        let connected = Live::connect(port, &token, &mut cursors, |heard| counts.add(heard)).await;
        drop(turn);
        match connected {
            Ok(mut live) => {
                counts.n_live.fetch_add(1, Relaxed);
                n_failures = 0;
                while let Ok(heard) = live.next(&mut cursors).await {
                    counts.add(heard);
                }
                counts.n_live.fetch_sub(1, Relaxed);
                counts.n_broken.fetch_add(1, Relaxed);
            }
            Err(err) => *counts.last_refusal() = Some(format!("{err:#}")),
        }
        let wait = WAIT.1.min(WAIT.0 * 2_u32.saturating_pow(n_failures.min(16)));
        n_failures += 1;
        tokio::time::sleep(wait.mul_f64(rand::random_range(0.5..1.0))).await;
    }
}

impl Counts {
    fn last_refusal(&self) -> MutexGuard<'_, Option<String>> {
        self.last_refusal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, heard: Heard) {
        match heard {
            Heard::Next(scope, size_bytes) if self.channels.contains(&scope) => {
                self.n_delivered.fetch_add(1, Relaxed);
                self.size_bytes.fetch_add(size_bytes as u64, Relaxed);
            }
            Heard::Gap => _ = self.n_gaps.fetch_add(1, Relaxed),
            Heard::Double => _ = self.n_doubles.fetch_add(1, Relaxed),
            Heard::Reset => _ = self.n_resets.fetch_add(1, Relaxed),
            Heard::Next(..) | Heard::Other => {}
        }
    }
}

//! The end of the process: one token that tells it, one tracker that waits for everybody.
//!
//! Invariants: every task is spawned here, with a name and a span, and watches the token; nothing is detached. After
//! the first signal the process drains; a second one ends it at once. This module does not know what the tasks do.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// Exit code after a second signal, as shells count a death by SIGINT.
const EXIT_INTERRUPTED: i32 = 130;

/// Shared by all who run until the end.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    /// Cancelled when the process shall end.
    pub token: CancellationToken,
    /// Everybody for whom [`Shutdown::drain`] waits.
    pub tracker: TaskTracker,
}

impl Shutdown {
    /// A life that has just begun.
    pub fn new() -> Shutdown {
        Shutdown::default()
    }

    /// Starts a task under the span `task{name}`. It must end soon after the token is cancelled.
    pub fn spawn<F>(&self, name: &'static str, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tracker
            .spawn(task.instrument(tracing::info_span!("task", task.name = name)))
    }

    /// Cancels the token at SIGTERM or SIGINT; a second signal ends the process without waiting.
    ///
    /// # Errors
    /// When the system does not let us listen for signals.
    pub fn on_signals(&self) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let token = self.token.clone();
        // Not tracked: it ends only with the process, and draining must not wait for it.
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                if token.is_cancelled() {
                    tracing::warn!("ended at once, after a second signal");
                    std::process::exit(EXIT_INTERRUPTED);
                }
                tracing::info!("began to shut down, after a signal");
                token.cancel();
            }
        });
        Ok(())
    }

    /// Cancels the token and waits until all tasks have ended, at most `timeout`. False when some were still running.
    pub async fn drain(&self, timeout: Duration) -> bool {
        self.token.cancel();
        self.tracker.close();
        let ended = tokio::time::timeout(timeout, self.tracker.wait()).await.is_ok();
        if !ended {
            tracing::warn!(n_tasks = self.tracker.len(), "left tasks behind at the end");
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn draining_waits_for_those_who_listen() {
        let shutdown = Shutdown::new();
        let token = shutdown.token.clone();
        let task = shutdown.spawn("listener", async move {
            token.cancelled().await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            "done"
        });
        assert!(shutdown.drain(Duration::from_secs(5)).await);
        assert_eq!(task.await.unwrap(), "done");
    }

    #[tokio::test(start_paused = true)]
    async fn draining_does_not_wait_for_ever() {
        let shutdown = Shutdown::new();
        shutdown.spawn("deaf", std::future::pending::<()>());
        assert!(!shutdown.drain(Duration::from_secs(5)).await);
    }

    #[tokio::test]
    async fn a_signal_cancels_the_token() {
        let shutdown = Shutdown::new();
        shutdown.on_signals().unwrap();
        rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TERM).unwrap();
        shutdown.token.cancelled().await;
    }
}

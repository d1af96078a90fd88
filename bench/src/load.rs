//! Senders that each wait for an acknowledgement before they send again, and what a server did meanwhile.
//!
//! One thread makes all the load, the same for our server and for its rivals, so that the rest of the machine is the
//! server's.

use crate::client::{http::Http, socketio::SocketIo, xmpp::Xmpp};
use anyhow::{Context, Result, bail};
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use uuid::Uuid;

/// 48 bytes: the mean of the messages of `chitchat.py`.
const TEXT: &str = "I just took a nap, but it was one of those naps.";

/// One sender in one channel.
pub enum Sender {
    Antiphon(Http, Uuid),
    SocketIo(SocketIo, usize),
    Xmpp(Xmpp),
}

/// CPU time that was spent, by whom the caller knows.
#[derive(Clone, Copy, Default)]
pub struct Cpu {
    pub server: Duration,
    pub postgres: Duration,
}

/// What a run showed.
#[derive(Clone, Copy)]
pub struct Load {
    pub messages_per_second: f64,
    pub server_us: f64,
    pub postgres_us: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// All acknowledged messages, those outside the measured span too.
    pub n_acknowledged: u64,
}

#[derive(Default)]
struct Meter {
    n_acknowledged: AtomicU64,
    stop: AtomicBool,
    waits_us: Mutex<Vec<u32>>,
}

impl Sender {
    /// Sends a message and waits until the server says that it is saved.
    pub async fn post(&mut self) -> Result<()> {
        match self {
            Sender::Antiphon(http, channel) => {
                let body = format!(r#"{{"id":"{}","text":"{TEXT}"}}"#, Uuid::now_v7());
                let path = format!("/api/channels/{channel}/messages");
                let answer = http.send("POST", &path, &body).await?;
                if answer.status != 201 {
                    bail!(
                        "answered {}: {}",
                        answer.status,
                        String::from_utf8_lossy(&answer.body)
                    );
                }
                Ok(())
            }
            Sender::SocketIo(client, room) => {
                client
                    .request("post", &format!(r#"{{"room":"room{room}","body":"{TEXT}"}}"#))
                    .await
            }
            Sender::Xmpp(client) => client.post(TEXT).await,
        }
    }
}

/// Lets all senders send: a fifth of `span` to warm up, then `span`, in which `cpu` is read at both ends.
pub async fn measure(senders: Vec<Sender>, span: Duration, cpu: &dyn Fn() -> Cpu) -> Result<Load> {
    let meter = Arc::new(Meter::default());
    let mut tasks = JoinSet::new();
    for sender in senders {
        tasks.spawn(send(sender, meter.clone()));
    }
    sleep_or_fail(&mut tasks, span / 5).await?;
    lock(&meter.waits_us).clear();
    let (began, before, cpu_before) = (Instant::now(), meter.n_acknowledged.load(Relaxed), cpu());
    sleep_or_fail(&mut tasks, span).await?;
    let (n, seconds) = (
        meter.n_acknowledged.load(Relaxed) - before,
        began.elapsed().as_secs_f64(),
    );
    let cpu_after = cpu();
    let mut waits = std::mem::take(&mut *lock(&meter.waits_us));
    waits.sort_unstable();
    meter.stop.store(true, Relaxed);
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    let each_us =
        |after: Duration, before: Duration| (after.saturating_sub(before)).as_secs_f64() * 1e6 / n as f64;
    Ok(Load {
        messages_per_second: n as f64 / seconds,
        server_us: each_us(cpu_after.server, cpu_before.server),
        postgres_us: each_us(cpu_after.postgres, cpu_before.postgres),
        p50_ms: percentile_ms(&waits, 50),
        p99_ms: percentile_ms(&waits, 99),
        n_acknowledged: meter.n_acknowledged.load(Relaxed),
    })
}

async fn send(mut sender: Sender, meter: Arc<Meter>) -> Result<()> {
    while !meter.stop.load(Relaxed) {
        let began = Instant::now();
        sender.post().await?;
        let waited = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
        lock(&meter.waits_us).push(waited);
        meter.n_acknowledged.fetch_add(1, Relaxed);
    }
    Ok(())
}

/// A sender only ends early when something is wrong.
async fn sleep_or_fail(tasks: &mut JoinSet<Result<()>>, span: Duration) -> Result<()> {
    tokio::select! {
        () = tokio::time::sleep(span) => Ok(()),
        ended = tasks.join_next() => {
            ended.context("nobody sends")??.context("a sender failed")?;
            bail!("a sender ended early")
        }
    }
}

fn percentile_ms(sorted_us: &[u32], percent: usize) -> f64 {
    let idx = sorted_us.len().saturating_sub(1) * percent / 100;
    sorted_us.get(idx).map_or(0.0, |us| f64::from(*us) / 1000.0)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The bell between processes (NATS core), and the sweep that makes it dispensable.
//!
//! Invariants: the bell carries nothing that is not in the log; losing, doubling, delaying or reordering its messages
//! costs at most the second until the next sweep.

use super::{Frame, Hub};
use crate::{
    db::{Db, Error},
    journal,
};
use base::{PersonId, ScopeId, Seq};
use bytes::{Buf, BufMut, Bytes, BytesMut};
use futures_util::StreamExt;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Frames that may wait for the bell. When it is full (NATS away) they are dropped: the sweep tells the others.
const BELL_CAPACITY: usize = 4096;
/// Longer frames are announced by number only; the others read the log.
const FRAME_MAX: usize = 32 * 1024;
/// How long one frame may wait for the bell; the sweep of the others is as fast.
const RING_WITHIN: Duration = Duration::from_millis(100);
/// How often each process compares what it knows with the log.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Scopes compared per query.
const SWEEP_CHUNK: usize = 1000;
/// Node, scope, seq and actor before the text.
const HEADER: usize = 16 + 16 + 8 + 16;

/// The sending end; cheap to clone.
#[derive(Clone)]
pub struct Bell {
    ring: mpsc::Sender<Arc<Frame>>,
    is_connected: Arc<AtomicBool>,
}

impl Bell {
    /// Connects in the background and keeps trying; nothing waits for it.
    pub fn start(
        url: String,
        subject: String,
        hub: Arc<Hub>,
        stop: CancellationToken,
    ) -> (Self, impl Future<Output = ()>) {
        let (ring, rung) = mpsc::channel(BELL_CAPACITY);
        let is_connected = Arc::new(AtomicBool::new(false));
        let bell = Self {
            ring,
            is_connected: is_connected.clone(),
        };
        (bell, carry((url, subject), hub, (rung, is_connected), stop))
    }

    /// Whether the others hear it at this moment.
    pub fn is_connected(&self) -> bool {
        self.is_connected.load(Ordering::Acquire)
    }

    /// Tells the other processes. Never waits.
    pub fn ring(&self, frame: &Arc<Frame>) {
        // Dropped when NATS is away: the sweep of the others finds it.
        let _ = self.ring.try_send(frame.clone());
    }
}

async fn carry(
    (url, subject): (String, String),
    hub: Arc<Hub>,
    (mut rung, is_connected): (mpsc::Receiver<Arc<Frame>>, Arc<AtomicBool>),
    stop: CancellationToken,
) {
    let node = Uuid::now_v7();
    let options = async_nats::ConnectOptions::new()
        .retry_on_initial_connect()
        .event_callback(move |event| {
            match event {
                async_nats::Event::Connected => is_connected.store(true, Ordering::Release),
                async_nats::Event::Disconnected | async_nats::Event::Closed => {
                    is_connected.store(false, Ordering::Release);
                }
                _ => {}
            }
            std::future::ready(())
        })
        .name("antiphon");
    let client = match options.connect(&url).await {
        Ok(client) => client,
        Err(err) => return tracing::error!(error = %err, "could not start the bell between processes"),
    };
    let mut heard = match client.subscribe(subject.clone()).await {
        Ok(heard) => heard,
        Err(err) => return tracing::error!(error = %err, "could not listen to the bell between processes"),
    };
    loop {
        // Cancel safe: both are queues, and what one arm does not take stays there.
        tokio::select! {
            frame = rung.recv() => {
                let Some(frame) = frame else { return };
                // While NATS is away its client's own queue fills up and waits; hearing and ending do not.
                let rung = tokio::time::timeout(RING_WITHIN, client.publish(subject.clone(), encode(node, &frame)));
                if !matches!(rung.await, Ok(Ok(()))) {
                    tracing::debug!("could not ring the bell");
                }
            }
            message = heard.next() => {
                let Some(message) = message else { return };
                hear(&hub, node, message.payload);
            }
            () = stop.cancelled() => return,
        }
    }
}

pub(crate) fn encode(node: Uuid, frame: &Frame) -> Bytes {
    let text = if frame.text.len() <= FRAME_MAX {
        frame.text.as_bytes()
    } else {
        &[]
    };
    let mut bytes = BytesMut::with_capacity(HEADER + text.len());
    bytes.put_slice(node.as_bytes());
    bytes.put_slice(frame.scope.0.as_bytes());
    bytes.put_i64(frame.seq.0);
    bytes.put_slice(frame.actor.map_or(Uuid::nil(), |actor| actor.0).as_bytes());
    bytes.put_slice(text);
    bytes.freeze()
}

pub(crate) fn hear(hub: &Hub, node: Uuid, mut payload: Bytes) {
    if payload.len() < HEADER {
        return;
    }
    let mut id = || Uuid::from_u128(payload.get_u128());
    let (from, scope) = (id(), ScopeId(id()));
    if from == node {
        return;
    }
    let seq = Seq(payload.get_i64());
    let actor = Uuid::from_u128(payload.get_u128());
    let actor = (!actor.is_nil()).then_some(PersonId(actor));
    match String::from_utf8(payload.to_vec()) {
        Ok(text) if !text.is_empty() => hub.publish(&Arc::new(Frame::from_text(scope, seq, actor, text))),
        _ => hub.head_is(scope, seq),
    }
}

/// Once a second, compares the heads of the scopes in use with the log, against whatever the bell lost.
pub async fn sweep(db: Db, hub: Arc<Hub>, stop: CancellationToken) {
    let mut tick = tokio::time::interval(SWEEP_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        for chunk in hub.scopes_in_use().chunks(SWEEP_CHUNK) {
            let scopes = chunk.to_vec();
            let heads = db.read(move |tx| journal::heads(tx, &scopes)).await;
            match heads {
                Ok(heads) => heads
                    .into_iter()
                    .for_each(|(scope, head)| hub.head_is(scope, head)),
                Err(Error::Busy) => break,
                Err(error) => {
                    tracing::warn!(error = %error, "could not compare with the log");
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::realtime::{Delivery, Outlet};
    use base::Timestamp;

    #[test]
    fn a_frame_comes_out_of_the_bell_as_it_went_in() {
        let hub = Hub::default();
        let (outlet, mut deliveries) = Outlet::new(1, PersonId::random());
        let scope = ScopeId::random();
        hub.listen(scope, &outlet);
        let frame = Frame::new(
            scope,
            Seq(1),
            "message.posted",
            Timestamp(1),
            Some(outlet.person),
            "{}",
        );
        let node = Uuid::now_v7();
        hear(&hub, node, encode(node, &frame));
        assert!(
            deliveries.try_recv().is_err(),
            "our own frames are not heard again"
        );
        hear(&hub, Uuid::now_v7(), encode(node, &frame));
        let Ok(Delivery::Frame(heard)) = deliveries.try_recv() else {
            panic!("a frame was expected")
        };
        assert_eq!(heard.text, frame.text);
        hear(&hub, node, Bytes::from_static(b"short"));
    }
}

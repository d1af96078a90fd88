//! Sends what waits in the queues of outgoing hooks.
//!
//! Invariants: a hook has at most one delivery under way, and a process at most [`CONCURRENT_MAX`]; nothing is sent while a
//! transaction is open; what is sent is read from the log at that moment, with the rights that the maker of the hook has
//! then. A process that dies leaves a lease that runs out, so a delivery may arrive twice, with the same `webhook-id`.

use crate::{
    model::{CONCURRENT_MAX, Error, FAILING_MAX, Outcome, pause_after},
    sign,
    store::outgoing::{self, OutgoingRow},
    wire::Delivery,
};
use base::{MessageId, ScopeId, Timestamp};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};
use messages::{Post, Text};
use platform::{
    app::App,
    db::{self, Tx},
    journal,
    outbound::{Ask, header},
};
use serde_json::{Value, json};
use spaces::access;
use std::time::{Duration, Instant};

/// How often somebody looks for hooks whose turn it is.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a process may keep a hook before another takes it: an attempt lasts 5 s at most.
const LEASE: Duration = Duration::from_secs(60);
/// Hooks taken at once; the next hand is taken when these are through.
const TAKE: i64 = 64;
/// Bytes of an answer that are read: only its status says something.
const ANSWER_MAX_BYTES: usize = 1024;

/// Begins to deliver. Once, after the start.
pub fn keep(app: &App) {
    let (this, stop) = (app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("deliver to hooks", async move {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = stop.cancelled() => return,
            }
            // Dropped in the middle, the leases run out and another process goes on.
            tokio::select! {
                delivered = deliver_all(&this) => if let Err(error) = delivered {
                    tracing::warn!(error = %error, "could not look for hooks");
                },
                () = stop.cancelled() => return,
            }
        }
    });
}

async fn deliver_all(app: &App) -> db::Result<()> {
    while deliver_due(app).await? > 0 {}
    Ok(())
}

/// Gives every hook whose turn it is one attempt, at most [`TAKE`] of them, and says how many; tests call it in place of
/// waiting.
pub async fn deliver_due(app: &App) -> db::Result<usize> {
    let now = app.clock.now();
    if app.db.read(move |tx| outgoing::n_due(tx, now)).await? == 0 {
        return Ok(0);
    }
    let hooks = app
        .db
        .write(lane(), move |tx| {
            outgoing::lease_due(tx, now, now.after(LEASE), TAKE)
        })
        .await?;
    let n_hooks = hooks.len();
    stream::iter(hooks)
        .for_each_concurrent(CONCURRENT_MAX, |hook| async move {
            let id = hook.id;
            if let Err(error) = deliver(app, hook).await {
                tracing::warn!(hook.id = %id, error = %error, "could not deliver to a hook");
            }
        })
        .await;
    Ok(n_hooks)
}

/// Hooks share one lane, so that they never wait for each other's rows.
fn lane() -> ScopeId {
    journal::ACCESS_SCOPE
}

/// What one attempt sends.
struct Prepared {
    delivery: Delivery,
    body: String,
}

enum Turn {
    /// Something waits and may be sent.
    Send(Prepared),
    /// Nothing waits.
    Idle,
    /// Its maker may not read the channel any more.
    NotAllowed,
}

async fn deliver(app: &App, hook: OutgoingRow) -> Result<(), Error> {
    let asked = hook.clone();
    match app.db.read(move |tx| prepare(tx, &asked)).await? {
        Turn::Idle => {
            app.db
                .write(lane(), move |tx| {
                    outgoing::settle(tx, hook.id, None, hook.failing_since)
                })
                .await?;
        }
        Turn::NotAllowed => {
            let now = app.clock.now();
            let why = "whoever made the hook may not read the channel any more";
            app.db
                .write(lane(), move |tx| outgoing::disable(tx, hook.id, now, Some(why)))
                .await?;
        }
        Turn::Send(prepared) => {
            let (outcome, duration) = send(app, &hook, &prepared).await;
            let now = app.clock.now();
            app.db
                .write(lane(), move |tx| {
                    settle(tx, &hook, &prepared.delivery, (&outcome, duration), now)
                })
                .await?;
        }
    }
    Ok(())
}

fn prepare(tx: &mut dyn Tx, hook: &OutgoingRow) -> Result<Turn, Error> {
    match access::channel_of(tx, hook.created_by, hook.channel) {
        Ok(_) => {}
        Err(spaces::Error::NotFound) => return Ok(Turn::NotAllowed),
        Err(error) => return Err(error.into()),
    }
    let Some(delivery) = outgoing::find_oldest(tx, hook.id)? else {
        return Ok(Turn::Idle);
    };
    let body = journal::find_body(tx, hook.channel, delivery.seq)?.unwrap_or(Value::Null);
    let body = json!({
        "type": delivery.kind,
        "timestamp": timestamp(delivery.at),
        "data": { "channel_id": hook.channel, "seq": delivery.seq, "body": body },
    });
    Ok(Turn::Send(Prepared {
        delivery,
        body: body.to_string(),
    }))
}

/// RFC 3339, as Standard Webhooks asks for.
fn timestamp(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

async fn send(app: &App, hook: &OutgoingRow, prepared: &Prepared) -> (Outcome, Duration) {
    let (id, now) = (prepared.delivery.id.to_string(), app.clock.now());
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    header(&mut headers, "webhook-id", &id);
    header(&mut headers, "webhook-timestamp", &sign::seconds(now).to_string());
    let signature = sign::signature(&hook.secret, &id, now, prepared.body.as_bytes());
    header(&mut headers, "webhook-signature", &signature);
    let ask = Ask {
        max_bytes: ANSWER_MAX_BYTES,
        cut: true,
        ..Ask::post(&hook.url, headers, Bytes::from(prepared.body.clone()))
    };
    let began = Instant::now();
    let outcome = match app.outbound.ask(ask).await {
        Ok(reply) => Outcome::Answered(reply.status.as_u16()),
        Err(refusal) => Outcome::Refused(refusal),
    };
    (outcome, began.elapsed())
}

/// Notes the attempt and decides when the hook has its next turn.
fn settle(
    tx: &mut dyn Tx,
    hook: &OutgoingRow,
    delivery: &Delivery,
    (outcome, duration): (&Outcome, Duration),
    now: Timestamp,
) -> Result<(), Error> {
    let duration_ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    let attempt = (outcome, duration_ms);
    if outcome.is_taken() {
        outgoing::tried(tx, delivery.id, "delivered", attempt, now)?;
        return Ok(outgoing::settle(tx, hook.id, Some(now), None)?);
    }
    let failing_since = hook.failing_since.unwrap_or(now);
    let pause = pause_after(delivery.n_attempts + 1);
    let state = if pause.is_some() { "waiting" } else { "failed" };
    outgoing::tried(tx, delivery.id, state, attempt, now)?;
    if outcome.is_gone() || failing_since < now.before(FAILING_MAX) {
        return give_up(tx, hook, outcome, now);
    }
    // A delivery that was given up makes room for the next one at once.
    let due_at = now.after(pause.unwrap_or_default());
    Ok(outgoing::settle(tx, hook.id, Some(due_at), Some(failing_since))?)
}

/// Switches a hook off and says so in its channel, to whoever made it.
fn give_up(tx: &mut dyn Tx, hook: &OutgoingRow, outcome: &Outcome, now: Timestamp) -> Result<(), Error> {
    let why = outcome.why().unwrap_or_default();
    outgoing::disable(tx, hook.id, now, Some(&why))?;
    tracing::info!(hook.id = %hook.id, "switched a hook off that nobody answered");
    let access = access::channel_of(tx, hook.created_by, hook.channel)?;
    if access.require_post().is_err() {
        return Ok(());
    }
    let bot = accounts::create_bot(tx, hook.created_by, &hook.name, now)?;
    let Some(bot) = accounts::find_bot(tx, bot.id)? else {
        return Ok(());
    };
    let name = hook.name.replace(['\\', '*', '_', '`', '[', ']', '<', '>'], "");
    let text = format!(
        "<@{}> The hook **{name}** is switched off: {why}. It can be switched on again in the channel’s settings.",
        hook.created_by
    );
    let post = Post {
        id: MessageId::random(),
        text: Text::read(&text)?,
        topic: None,
        quote: None,
        forward: None,
        card: None,
        files: Vec::new(),
        everyone_ok: false,
        // Nobody is there to be asked; what is held back is refused all the same.
        words_ok: true,
    };
    messages::post_message(tx, &access.speaking_as(&bot)?, &post, now)?;
    Ok(())
}

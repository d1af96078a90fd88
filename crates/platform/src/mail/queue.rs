//! Letters as rows, and whoever gives them to the relay.
//!
//! Invariants: a letter belongs to one process at a time, by a lease that outlasts every patience of `relay`; before its
//! text goes out the row says so (`handed`), and a row that says so is never sent again.

use super::{
    Error, LETTER_MAX_BYTES, Letter, Trouble, Written,
    compose::{self, Composed},
    is_configured, relay,
};
use crate::{
    app::App,
    db::{Result as DbResult, Row, Tx},
    journal::ACCESS_SCOPE,
};
use base::{JobId, ScopeId, Timestamp};
use futures_util::{StreamExt, stream};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often somebody looks for letters whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Longer than all steps of `relay` together: three of 30 s, and 300 s for the text.
const LEASE: Duration = Duration::from_secs(600);
/// Letters taken at once.
const TAKE: i64 = 16;
/// Connections to the relay at the same time; more are refused by many.
const CONCURRENT_MAX: usize = 4;
/// Pauses after the first attempts; the last one repeats.
const PAUSES_S: [u64; 5] = [60, 300, 900, 3_600, 14_400];
/// How long a settled letter is remembered.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
/// The body of a letter that is written when it goes out.
const LATE: &str = "late";
/// Lost letters that administrators are shown.
const LOST_MAX: i64 = 50;

crate::sql! {
    ASK = "insert into mail (id, key, kind, address, body, created_at, due_at, useless_at, leased_until, n_attempts, state) \
        values ($1, $2, $3, $4, $5, $6, $6, $7, 0, 0, 'waiting') \
        on conflict (key) do update \
        set body = excluded.body, due_at = excluded.due_at, useless_at = excluded.useless_at, leased_until = 0, \
            n_attempts = 0, state = 'waiting', why = null \
        where mail.state = 'failed'";
    LEASE_DUE = {
        sqlite: "update mail set leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from mail where state = 'waiting' and due_at <= $1 and leased_until <= $1 \
            order by due_at limit $3) \
            returning id, body, useless_at, n_attempts, kind, key",
        postgres: "update mail set leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from mail where state = 'waiting' and due_at <= $1 and leased_until <= $1 \
            order by due_at limit $3 for update skip locked) \
            returning id, body, useless_at, n_attempts, kind, key"
    };
    HAND = "update mail set state = 'handed' where id = $1 and n_attempts = $2 and state = 'waiting'";
    AGAIN = "update mail set state = 'waiting', due_at = $3, leased_until = 0, why = $4 where id = $1 and n_attempts = $2";
    SETTLE = "update mail set state = $3, body = '', due_at = $4, leased_until = 0, why = $5 \
        where id = $1 and n_attempts = $2";
    DROP = "delete from mail where id = $1 and n_attempts = $2 and state = 'waiting'";
    UNSURE = "update mail set state = 'failed', body = '', due_at = $1, leased_until = 0, why = $2 \
        where state = 'handed' and leased_until <= $1";
    N_TO_DO = "select count(*) from mail where (state = 'waiting' and due_at <= $1 and leased_until <= $1) \
        or (state = 'handed' and leased_until <= $1)";
    DROP_OLD = "delete from mail where state in ('sent', 'failed') and due_at <= $1";
    FORGET = "delete from mail where address = $1";
    LOST = "select kind, address, due_at, why from mail where state = 'failed' order by due_at desc, id desc limit $1";
    LAST = "select state, due_at, why from mail where state in ('sent', 'failed') order by due_at desc, id desc limit 1";
    N_WAITING = "select count(*) from mail where state in ('waiting', 'handed')";
}

/// A letter that was given up.
#[derive(Debug, Clone)]
pub struct Lost {
    /// What it was about, as [`send`] was told.
    pub kind: String,
    /// To whom it should have gone.
    pub address: String,
    /// When it was given up.
    pub at: Timestamp,
    /// [`Trouble::code`], then what the relay said.
    pub why: String,
}

/// What became of the letter that was settled last.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Whether the relay took it.
    pub is_sent: bool,
    /// When that was clear.
    pub at: Timestamp,
    /// Why not, as in [`Lost::why`].
    pub why: String,
}

/// Asks for a letter, in the transaction of its cause. Asking again with the same key within a week changes nothing, but
/// for a letter that was lost. After `useless_at` it is not sent any more.
pub fn send(
    tx: &mut dyn Tx,
    (kind, key): (&'static str, &str),
    letter: &Letter,
    now: Timestamp,
    useless_at: Timestamp,
) -> Result<(), Error> {
    compose::address_of(letter)?;
    let body = serde_json::to_string(letter).map_err(|_| Error::TooBig)?;
    if body.len() > LETTER_MAX_BYTES {
        return Err(Error::TooBig);
    }
    Ok(ask(tx, (kind, key), (&letter.address, &body), (now, useless_at))?)
}

/// Asks for a letter that [`super::LateLetter`] writes when it goes out; `address` is where it would go now.
pub fn send_late(
    tx: &mut dyn Tx,
    (kind, key): (&'static str, &str),
    address: &str,
    now: Timestamp,
    useless_at: Timestamp,
) -> DbResult<()> {
    ask(tx, (kind, key), (address, LATE), (now, useless_at))
}

fn ask(
    tx: &mut dyn Tx,
    (kind, key): (&str, &str),
    (address, body): (&str, &str),
    (now, useless_at): (Timestamp, Timestamp),
) -> DbResult<()> {
    let args = [
        JobId::random().into(),
        key.into(),
        kind.into(),
        address.into(),
        body.into(),
        now.into(),
        useless_at.into(),
    ];
    tx.exec(&ASK, &args).map(drop)
}

/// Forgets every letter to an address, also those that wait.
pub fn forget(tx: &mut dyn Tx, address: &str) -> DbResult<()> {
    tx.exec(&FORGET, &[address.into()]).map(drop)
}

/// The letters that were given up in the last days, the newest first.
pub fn list_lost(tx: &mut dyn Tx) -> DbResult<Vec<Lost>> {
    tx.list(&LOST, &[LOST_MAX.into()], |row| {
        Ok(Lost {
            kind: row.get(0)?,
            address: row.get(1)?,
            at: row.get(2)?,
            why: row.get_optional(3)?.unwrap_or_default(),
        })
    })
}

/// The letter of the last days that was settled last.
pub fn last_settled(tx: &mut dyn Tx) -> DbResult<Option<Settled>> {
    tx.find(&LAST, &[], |row| {
        Ok(Settled {
            is_sent: row.text(0)? == Some("sent"),
            at: row.get(1)?,
            why: row.get_optional(2)?.unwrap_or_default(),
        })
    })
}

/// How many letters are not settled.
pub fn n_waiting(tx: &mut dyn Tx) -> DbResult<i64> {
    tx.one(&N_WAITING, &[], |row| row.get(0))
}

/// Gives letters to the relay until `stop`.
pub async fn runner(app: App, stop: CancellationToken) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = stop.cancelled() => return,
        }
        // Dropped in the middle, the leases run out; what was handed over meanwhile is given up as unsure.
        tokio::select! {
            sent = send_all(&app) => if let Err(error) = sent {
                tracing::warn!(error = %error, "could not look for mail");
            },
            () = stop.cancelled() => return,
        }
    }
}

async fn send_all(app: &App) -> DbResult<()> {
    while send_due(app).await? == TAKE as usize {}
    Ok(())
}

/// Gives every letter whose time has come one attempt, at most a hand full, and says how many; tests call it in place of
/// waiting.
pub async fn send_due(app: &App) -> DbResult<usize> {
    let now = app.clock.now();
    let n_to_do: i64 = app
        .db
        .read(move |tx| tx.one(&N_TO_DO, &[now.into()], |row| row.get(0)))
        .await?;
    if n_to_do == 0 || !is_configured(app) {
        return Ok(0);
    }
    let letters = app.db.write(lane(), move |tx| lease(tx, now)).await?;
    let n_letters = letters.len();
    stream::iter(letters)
        .for_each_concurrent(CONCURRENT_MAX, |leased| async move {
            let id = leased.id;
            if let Err(error) = deliver(app, leased).await {
                tracing::warn!(mail.id = %id, error = %error, "could not note what became of a mail");
            }
        })
        .await;
    Ok(n_letters)
}

/// Letters share one lane, so that they never wait for each other's rows.
fn lane() -> ScopeId {
    ACCESS_SCOPE
}

struct Leased {
    id: JobId,
    body: String,
    useless_at: Timestamp,
    n_attempts: i64,
    kind: String,
    key: String,
}

fn lease(tx: &mut dyn Tx, now: Timestamp) -> DbResult<Vec<Leased>> {
    tx.exec(&DROP_OLD, &[now.before(KEPT).into()])?;
    tx.exec(&UNSURE, &[now.into(), Trouble::Unsure.code().into()])?;
    let args = [now.into(), now.after(LEASE).into(), TAKE.into()];
    tx.list(&LEASE_DUE, &args, |row: &dyn Row| {
        Ok(Leased {
            id: row.get(0)?,
            body: row.get(1)?,
            useless_at: row.get(2)?,
            n_attempts: row.get(3)?,
            kind: row.get(4)?,
            key: row.get(5)?,
        })
    })
}

async fn deliver(app: &App, leased: Leased) -> DbResult<()> {
    let outcome = match attempt(app, &leased).await? {
        Some(outcome) => outcome,
        // Somebody else has it: the lease was lost, and nothing was handed over.
        None => return Ok(()),
    };
    let now = app.clock.now();
    app.db
        .write(lane(), move |tx| settle(tx, &leased, &outcome, now))
        .await
}

/// None: the letter is not ours any more, or there is nothing to send now.
async fn attempt(app: &App, leased: &Leased) -> DbResult<Option<Result<(), Trouble>>> {
    let Some(config) = &app.config.mail else {
        return Ok(None);
    };
    let now = app.clock.now();
    if leased.useless_at <= now {
        return Ok(Some(Err(Trouble::Useless)));
    }
    let letter = if leased.body == LATE {
        match write_late(app, leased, now).await? {
            Some(letter) => Some(letter),
            None => return Ok(None),
        }
    } else {
        serde_json::from_str::<Letter>(&leased.body).ok()
    };
    let composed = letter.and_then(|letter| compose::compose(config, leased.id.0, &letter, now).ok());
    let Some(composed) = composed else {
        return Ok(Some(Err(Trouble::Unfit)));
    };
    let mut line = match relay::offer(config, &composed).await {
        Ok(line) => line,
        Err(trouble) => return Ok(Some(Err(trouble))),
    };
    let handed = hand_over(app, leased, &mut line, &composed).await;
    line.close().await;
    handed
}

/// None: it does not go out now, and that is written down.
async fn write_late(app: &App, leased: &Leased, now: Timestamp) -> DbResult<Option<Letter>> {
    let late = app.letters().iter().find(|late| late.kind == leased.kind);
    let written = match late {
        None => Written::Nothing,
        Some(late) => {
            let (this, write, key) = (app.clone(), late.write, leased.key.clone());
            app.db
                .read(move |tx: &mut dyn Tx| write(&this, tx, &key, now))
                .await?
        }
    };
    let (id, n_attempts) = (leased.id, leased.n_attempts);
    match written {
        Written::Letter(letter) => return Ok(Some(*letter)),
        Written::NotBefore(at) => {
            let again = move |tx: &mut dyn Tx| {
                let none: Option<&str> = None;
                tx.exec(&AGAIN, &[id.into(), n_attempts.into(), at.into(), none.into()])
            };
            app.db.write(lane(), again).await?;
        }
        Written::Nothing => {
            app.db
                .write(lane(), move |tx: &mut dyn Tx| {
                    tx.exec(&DROP, &[id.into(), n_attempts.into()])
                })
                .await?;
        }
    }
    Ok(None)
}

async fn hand_over(
    app: &App,
    leased: &Leased,
    line: &mut relay::Line,
    composed: &Composed,
) -> DbResult<Option<Result<(), Trouble>>> {
    let (id, n_attempts) = (leased.id, leased.n_attempts);
    let is_ours = app
        .db
        .write(lane(), move |tx| tx.exec(&HAND, &[id.into(), n_attempts.into()]))
        .await?
        == 1;
    if !is_ours {
        return Ok(None);
    }
    Ok(Some(line.hand_over(composed).await.map(drop)))
}

fn settle(tx: &mut dyn Tx, leased: &Leased, outcome: &Result<(), Trouble>, now: Timestamp) -> DbResult<()> {
    let (id, n_attempts) = (leased.id.into(), leased.n_attempts.into());
    let Err(trouble) = outcome else {
        tx.exec(
            &SETTLE,
            &[id, n_attempts, "sent".into(), now.into(), None::<&str>.into()],
        )?;
        return Ok(());
    };
    let why = match trouble.answer() {
        Some(said) => format!("{} {said}", trouble.code()),
        None => trouble.code().to_owned(),
    };
    let due_at = now.after(pause_after(leased.n_attempts));
    if trouble.is_final() || due_at >= leased.useless_at {
        tracing::error!(mail.id = %leased.id, mail.trouble = trouble.code(), "gave a mail up");
        let args = [id, n_attempts, "failed".into(), now.into(), why.as_str().into()];
        return tx.exec(&SETTLE, &args).map(drop);
    }
    tracing::warn!(mail.id = %leased.id, mail.trouble = trouble.code(), "a mail did not go out and will be tried again");
    let args = [id, n_attempts, due_at.into(), why.as_str().into()];
    tx.exec(&AGAIN, &args).map(drop)
}

fn pause_after(n_attempts: i64) -> Duration {
    let idx = usize::try_from(n_attempts - 1).unwrap_or_default();
    Duration::from_secs(PAUSES_S[idx.min(PAUSES_S.len() - 1)])
}

//! What happens when a time has come.
//!
//! Invariants: what is to be done stands in rows, found by one indexed question for what is due next; it is taken away in
//! the transaction that does it, so a crash repeats it and of two processes one does it; in one channel everything goes in
//! the order of its time. It is no job of the platform (decision 0037): those share one lane and cost a row each.

use crate::{
    actions::{self, Refusal},
    events::{self, ScheduledState},
    model::why_refused,
    reminders, routines,
    routines::store::RoutineRow,
    store::{self, ScheduledRow},
    wire::WhyFailed,
};
use base::{ChannelId, Timestamp};
use futures_util::{StreamExt, stream};
use messages::Text;
use platform::{
    app::App,
    db::{self, Tx},
    journal::ACCESS_SCOPE,
};
use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::sync::Notify;

/// How long somebody waits at most before they look again: other processes write too, and clocks are set.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Posts of one round.
const ROUND: i64 = 256;
/// Channels in which something is posted at the same time.
const CONCURRENT_MAX: usize = 8;

static WAKE: Notify = Notify::const_new();

/// Something is due earlier than before, perhaps.
pub(crate) fn wake() {
    WAKE.notify_one();
}

/// Begins to do what is due. Once, after the start.
pub fn start(app: &App) {
    app.shutdown.spawn("later", run(app.clone()));
}

async fn run(app: App) {
    loop {
        // Not dropped in the middle: a round ends by itself.
        let pause = match round(&app).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::warn!(error = %platform::telemetry::chain(&error), "could not do what is due; it will be tried again");
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = app.shutdown.token.cancelled() => return,
            () = WAKE.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Does what is due; how long until the next look.
async fn round(app: &App) -> db::Result<Duration> {
    work_due(app).await?;
    let next = app.db.read(find_next_due).await?;
    let now = app.clock.now();
    Ok(next.map_or(LOOK_EVERY, |next| until(next, now).min(LOOK_EVERY)))
}

fn find_next_due(tx: &mut dyn Tx) -> db::Result<Option<Timestamp>> {
    let nexts = [
        store::find_next_due(tx)?,
        reminders::store::find_next_due(tx)?,
        routines::store::find_next_due(tx)?,
        routines::rounds::store::find_next_due(tx)?,
    ];
    Ok(nexts.into_iter().flatten().min())
}

fn until(next: Timestamp, now: Timestamp) -> Duration {
    Duration::from_micros(u64::try_from(next.0.saturating_sub(now.0)).unwrap_or_default())
}

/// Does all that is due, and says how much that was; tests call it in place of waiting.
pub async fn work_due(app: &App) -> db::Result<usize> {
    // The one does not wait for the other to be well.
    let n_told = remind(app).await;
    let n_came = come_back(app).await;
    let n_asked = ask(app).await;
    Ok(post_all(app).await? + n_told? + n_came? + n_asked?)
}

/// Tells everybody whose time has come.
async fn remind(app: &App) -> db::Result<usize> {
    let mut n_told = 0;
    loop {
        let now = app.clock.now();
        let next = app
            .db
            .read(|tx: &mut dyn Tx| reminders::store::find_next_due(tx))
            .await?;
        if next.is_none_or(|next| next > now) || app.shutdown.token.is_cancelled() {
            return Ok(n_told);
        }
        let tell = move |tx: &mut dyn Tx| reminders::tell_due(tx, now);
        match app.db.write(ACCESS_SCOPE, tell).await? {
            // Another process has them.
            0 => return Ok(n_told),
            n => n_told += n,
        }
    }
}

/// Lets come back what is due, one time of it after the other.
async fn come_back(app: &App) -> db::Result<usize> {
    let mut n_done = 0;
    loop {
        let now = app.clock.now();
        let list = move |tx: &mut dyn Tx| routines::store::list_due(tx, now, ROUND);
        let due = app.db.read(list).await?;
        if due.is_empty() || app.shutdown.token.is_cancelled() {
            return Ok(n_done);
        }
        for row in due {
            n_done += usize::from(settle_routine(app, row).await?);
        }
    }
}

/// Does it, or notes why not. False: another process was faster.
async fn settle_routine(app: &App, row: RoutineRow) -> db::Result<bool> {
    let now = app.clock.now();
    let done = match Text::read(&row.text) {
        Ok(text) => {
            let (row, channel) = (row.clone(), row.channel);
            let write = move |tx: &mut dyn Tx| routines::fire(tx, (&row, &text), now);
            app.db.write(channel, write).await
        }
        Err(error) => Err(error.into()),
    };
    let error = match done {
        Ok(is_done) => return Ok(is_done),
        Err(error) => error,
    };
    let why = why_refused(error)?;
    tracing::info!(routine.id = %row.id, why = why.as_str(), "could not let {} come back", row.id);
    let person = row.person;
    let refuse = move |tx: &mut dyn Tx| routines::refuse(tx, &row, why, now);
    match app.db.write(person, refuse).await {
        Ok(()) => Ok(true),
        Err(error) => why_refused(error).map(|_| true),
    }
}

/// Asks everybody whose turn it is.
async fn ask(app: &App) -> db::Result<usize> {
    let mut n_asked = 0;
    loop {
        let now = app.clock.now();
        let next = app
            .db
            .read(|tx: &mut dyn Tx| routines::rounds::store::find_next_due(tx));
        if next.await?.is_none_or(|next| next > now) || app.shutdown.token.is_cancelled() {
            return Ok(n_asked);
        }
        let ask = move |tx: &mut dyn Tx| routines::rounds::ask_due(tx, now);
        match app.db.write(ACCESS_SCOPE, ask).await? {
            // Another process has them.
            0 => return Ok(n_asked),
            n => n_asked += n,
        }
    }
}

async fn post_all(app: &App) -> db::Result<usize> {
    let mut n_done = 0;
    loop {
        let now = app.clock.now();
        let due = app
            .db
            .read(move |tx: &mut dyn Tx| store::list_due(tx, now, ROUND))
            .await?;
        if due.is_empty() || app.shutdown.token.is_cancelled() {
            return Ok(n_done);
        }
        let n_settled = AtomicUsize::new(0);
        let last_fault = std::sync::Mutex::new(None);
        stream::iter(by_channel(due))
            .for_each_concurrent(CONCURRENT_MAX, async |rows| {
                for row in rows {
                    match settle(app, row).await {
                        Ok(()) => n_settled.fetch_add(1, Ordering::AcqRel),
                        // Those behind it wait, too: they go in order.
                        Err(error) => {
                            if let Ok(mut fault) = last_fault.lock() {
                                *fault = Some(error);
                            }
                            return;
                        }
                    };
                }
            })
            .await;
        n_done += n_settled.into_inner();
        if let Some(error) = last_fault.into_inner().unwrap_or_default() {
            return Err(error);
        }
    }
}

/// Those of one channel together, in their order.
fn by_channel(due: Vec<ScheduledRow>) -> Vec<Vec<ScheduledRow>> {
    let mut channels: Vec<Vec<ScheduledRow>> = Vec::new();
    let mut places: HashMap<ChannelId, usize> = HashMap::new();
    for row in due {
        let place = *places.entry(row.channel).or_insert_with(|| {
            channels.push(Vec::new());
            channels.len() - 1
        });
        channels[place].push(row);
    }
    channels
}

/// Posts it, or notes why not.
async fn settle(app: &App, row: ScheduledRow) -> db::Result<()> {
    let why = match Text::read_beside_files(&row.text) {
        Ok(text) => match post(app, &row, text).await {
            Ok(_) => return Ok(()),
            Err(Refusal::Late) => WhyFailed::Late,
            Err(Refusal::Said(error)) => why_refused(error)?,
        },
        Err(error) => why_refused(error.into())?,
    };
    let now = app.clock.now();
    tracing::info!(message.id = %row.id, why = why.as_str(), "could not post what was scheduled as message {}", row.id);
    let person = row.person;
    let fail = move |tx: &mut dyn Tx| {
        if store::fail(tx, &row, why, now)? {
            events::scheduled_changed(tx, (row.person, row.id), ScheduledState::Failed, now)?;
        }
        Ok(())
    };
    app.db.write(person, fail).await
}

async fn post(app: &App, row: &ScheduledRow, text: Text) -> Result<bool, Refusal> {
    let (row, channel, now) = (row.clone(), row.channel, app.clock.now());
    let write = move |tx: &mut dyn Tx| actions::post_due(tx, (&row, &text), now);
    app.db.write(channel, write).await
}

//! Looks whose notices are due, and what is to be pushed, once a second.
//!
//! Invariants: nothing is written while nothing is due; each person's telling is a transaction of its own, so that one that
//! fails holds up nobody; what a process did not get to before it died is as due as before.

use crate::{actions, mail, model::Error, push, store::notices};
use base::{PersonId, Timestamp};
use futures_util::future::BoxFuture;
use platform::{app::App, db};
use std::time::Duration;

/// How often somebody looks for notices whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// People who are looked up at once.
const TAKE: i64 = 256;

/// Begins to tell. Once, after the start.
pub fn keep(app: &App) {
    spawn(app, "tell people", |app| {
        Box::pin(async move {
            release_due(&app).await?;
            mail::give_due(&app).await?;
            Ok(())
        })
    });
    // Apart, because it waits for others.
    spawn(app, "push", |app| Box::pin(async move { push_all(&app).await }));
}

type Look = fn(App) -> BoxFuture<'static, Result<(), Error>>;

/// Dropped in the middle, a transaction has happened or has not; what was handed over is given up: it may be out.
fn spawn(app: &App, name: &'static str, look: Look) {
    let (this, stop) = (app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn(name, async move {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = stop.cancelled() => return,
            }
            tokio::select! {
                looked = look(this.clone()) => if let Err(error) = looked {
                    tracing::warn!(error = %error, "could not look for what is due: {name}");
                },
                () = stop.cancelled() => return,
            }
        }
    });
}

async fn push_all(app: &App) -> Result<(), Error> {
    while push::send_due(app).await? > 0 {}
    Ok(())
}

/// Tells everybody what is due at this moment, and says how many people that were; tests call it in place of waiting.
pub async fn release_due(app: &App) -> db::Result<usize> {
    let now = app.clock.now();
    if app.db.read(move |tx| notices::n_due(tx, now)).await? == 0 {
        return Ok(0);
    }
    let mut n_people = 0;
    let mut after = PersonId(uuid::Uuid::nil());
    loop {
        let people = app
            .db
            .read(move |tx| notices::list_due_people(tx, now, after, TAKE))
            .await?;
        let Some(last) = people.last() else {
            return Ok(n_people);
        };
        after = *last;
        n_people += people.len();
        futures_util::future::join_all(people.into_iter().map(|person| tell(app, person, now))).await;
    }
}

async fn tell(app: &App, person: PersonId, now: Timestamp) {
    let told = app
        .db
        .write(person, move |tx| actions::release(tx, person, now))
        .await;
    if let Err(error) = told {
        tracing::warn!(account.id = %person, error = %error, "could not tell somebody; it is tried again");
    }
}

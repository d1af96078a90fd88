//! Handlers of numbers. None of them takes a person: whoever asks is asked about.

use crate::{
    counting,
    model::{Error, TEAM_WEEKS, last_over, weeks_after},
    reading, store,
    wire::{MyNumbers, NumbersPolicy, TeamNumbers},
};
use accounts::{Administrator, Deed, Role, SignedIn, Subject, audit};
use axum::extract::State;
use platform::{
    app::App,
    db::{self, Tx},
    http::{extract::Json, problem::Problem},
};

/// What this slice writes down in the audit log.
pub(crate) const DEEDS: &[&str] = &["numbers_policy.changed"];

pub(crate) async fn get_mine(State(app): State<App>, who: SignedIn) -> Result<Json<MyNumbers>, Problem> {
    let now = app.clock.now();
    let read = move |tx: &mut dyn Tx| reading::own_numbers(tx, who.person, now);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn get_team(State(app): State<App>, who: SignedIn) -> Result<Json<TeamNumbers>, Problem> {
    let from = weeks_after(last_over(app.clock.now()), 1 - TEAM_WEEKS);
    let read = move |tx: &mut dyn Tx| {
        let k = store::get_k(tx)?;
        let teams = match who.role {
            Role::Guest => Vec::new(),
            _ => store::list_weeks(tx, who.person, from, k)?,
        };
        Ok::<_, db::Error>(TeamNumbers {
            k,
            can_raise: who.role.is_admin(),
            teams,
        })
    };
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn put_policy(
    State(app): State<App>,
    who: Administrator,
    Json(new): Json<NumbersPolicy>,
) -> Result<Json<NumbersPolicy>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let before = counting::raise(tx, new.k)?;
        let deed = Deed::new(
            who,
            "numbers_policy.changed",
            Subject::named("numbers_policy", ""),
        )
        .changed("k", before, new.k);
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>(new)
    };
    Ok(Json(app.db.write(who.0.person, write).await?))
}

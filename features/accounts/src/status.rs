//! What somebody says about now: an emoji, a few words, until a moment or for good.
//!
//! It is over at its moment because of the time alone; nothing runs then, so whoever shows it compares. It is only what the
//! person said: nothing here knows when anybody was last seen.

use crate::{
    actions::{LANE, announce, by},
    events::Me,
    model::{self, Error},
    session::SignedIn,
    store,
};
use axum::extract::State;
use base::Timestamp;
use platform::{
    app::App,
    http::{Json, Problem},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// How far ahead a status may end. Longer is for good.
const UNTIL_MAX: Duration = Duration::from_secs(366 * 24 * 3600);

/// A status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// One emoji.
    pub emoji: String,
    /// Up to 80 characters; may be empty.
    #[serde(default)]
    pub text: String,
    /// From then on it is nothing; null: until it is taken back.
    pub until: Option<Timestamp>,
}

fn clean(status: Status, now: Timestamp) -> Result<Status, Error> {
    if !markup::is_emoji(&status.emoji) {
        return Err(Error::field("/emoji", "one emoji"));
    }
    if status
        .until
        .is_some_and(|until| until <= now || until > now.after(UNTIL_MAX))
    {
        return Err(Error::field("/until", "a moment within the next year"));
    }
    let text = match status.text.trim() {
        "" => String::new(),
        text => model::clean_text("/text", text)?,
    };
    Ok(Status { text, ..status })
}

async fn save(app: &App, who: SignedIn, status: Option<Status>) -> Result<Me, Error> {
    let now = app.clock.now();
    let saved = app.db.write(LANE, move |tx| {
        store::set_status(tx, who.person, status.as_ref())?;
        announce(tx, who.person, by(who, now))
    });
    saved.await
}

pub async fn set(
    State(app): State<App>,
    who: SignedIn,
    Json(status): Json<Status>,
) -> Result<Json<Me>, Problem> {
    let status = clean(status, app.clock.now())?;
    Ok(Json(save(&app, who, Some(status)).await?))
}

pub async fn clear(State(app): State<App>, who: SignedIn) -> Result<Json<Me>, Problem> {
    Ok(Json(save(&app, who, None).await?))
}

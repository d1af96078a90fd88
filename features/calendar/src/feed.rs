//! What somebody wants of meetings, and their calendar for another program.
//!
//! The link is a secret of 256 random bits of which only the hash is kept; there is one at a time. Whoever is deactivated or
//! erased has none. A meeting whose place the person cannot see any more is not in it.

use crate::{
    actions,
    ical::calendar,
    model::{Error, REMIND_MINUTES},
    store::{self, Setting},
    wire::{MeetingFeed, MeetingSettingsView, SaveMeetingSettings},
};
use accounts::{SignedIn, Token, token_hash};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use base::PersonId;
use http::{StatusCode, header};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
    mail,
    openapi::Raw,
};
use std::time::Duration;
use timing::span::Span;

/// How far back the feed goes, and how far ahead.
const BACK: Duration = Duration::from_secs(90 * 24 * 3600);
const AHEAD: Duration = Duration::from_secs(2 * 366 * 24 * 3600);
/// Meetings in one feed.
const FEED_MAX: usize = 2_000;

fn settings(tx: &mut dyn Tx, person: PersonId, has_mail: bool) -> Result<MeetingSettingsView, Error> {
    let setting = store::get_setting(tx, person)?;
    Ok(MeetingSettingsView {
        accepts_nights: setting.accepts_nights,
        has_feed: store::has_feed(tx, person)?,
        by_mail: has_mail.then_some(setting.by_mail),
        remind_min: setting.remind_min,
    })
}

pub(crate) async fn get_settings(
    State(app): State<App>,
    who: SignedIn,
) -> Result<Json<MeetingSettingsView>, Problem> {
    let has_mail = mail::is_configured(&app);
    let read = move |tx: &mut dyn Tx| settings(tx, who.person, has_mail);
    Ok(Json(app.db.read(read).await?))
}

pub(crate) async fn save_settings(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<SaveMeetingSettings>,
) -> Result<Json<MeetingSettingsView>, Problem> {
    let has_mail = mail::is_configured(&app);
    if new.by_mail == Some(true) && !has_mail {
        return Err(Problem::invalid("/by_mail", "this server sends no mail"));
    }
    if new
        .remind_min
        .is_some_and(|minutes| !REMIND_MINUTES.contains(&minutes))
    {
        return Err(Problem::invalid("/remind_min", "0, 5, 10 or 30"));
    }
    let write = move |tx: &mut dyn Tx| {
        let before = store::get_setting(tx, who.person)?;
        let setting = Setting {
            accepts_nights: new.accepts_nights.unwrap_or(before.accepts_nights),
            by_mail: new.by_mail.unwrap_or(before.by_mail),
            remind_min: new.remind_min.unwrap_or(before.remind_min),
        };
        store::save_setting(tx, who.person, setting)?;
        settings(tx, who.person, has_mail)
    };
    Ok(Json(app.db.write(who.person, write).await?))
}

pub(crate) async fn create(
    State(app): State<App>,
    who: SignedIn,
) -> Result<(StatusCode, Json<MeetingFeed>), Problem> {
    let token = Token::random();
    let hash = token.hash();
    let write = move |tx: &mut dyn Tx| store::put_feed(tx, who.person, hash.as_slice()).map_err(Error::from);
    app.db.write(who.person, write).await?;
    let base = app.config.public_url.trim_end_matches('/');
    let url = format!("{base}/api/calendar/feed/{}.ics", token.as_str());
    Ok((StatusCode::CREATED, Json(MeetingFeed { url })))
}

pub(crate) async fn remove(State(app): State<App>, who: SignedIn) -> Result<StatusCode, Problem> {
    let write = move |tx: &mut dyn Tx| store::end_feed(tx, who.person).map_err(Error::from);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn read(State(app): State<App>, Path(token): Path<String>) -> Result<Raw, Problem> {
    let hash = token_hash(token.strip_suffix(".ics").unwrap_or(&token));
    let now = app.clock.now();
    let window = Span {
        from: now.before(BACK),
        to: now.after(AHEAD),
    };
    let read = move |tx: &mut dyn Tx| {
        let person = store::find_feed(tx, &hash)?.ok_or(Error::NotFound)?;
        let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
        let (mut meetings, mut after) = (Vec::new(), None);
        loop {
            let page = store::list_of(tx, person, window, after)?;
            let Some(last) = page.last() else { break };
            after = Some((last.starts_at, last.id));
            for meeting in page {
                if meetings.len() < FEED_MAX && actions::is_seen_by(tx, person, &meeting)? {
                    meetings.push(meeting);
                }
            }
            if meetings.len() >= FEED_MAX {
                break;
            }
        }
        Ok::<_, Error>((person, workspace.name, meetings))
    };
    let (person, name, meetings) = app.db.read(read).await?;
    let text = calendar(person, &meetings, (&name, &app.config.public_url), now);
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8");
    let response: Response = ([kind, (header::CACHE_CONTROL, "private, no-store")], text).into_response();
    Ok(Raw(response))
}

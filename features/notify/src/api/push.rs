//! Handlers of devices that are told while the app is closed.

use crate::{
    model::{Error, TEST_EVERY},
    push::{self, AUTH_BYTES, Outcome, PUBLIC_KEY_BYTES},
    store::{
        mail,
        push::{self as store, Target},
    },
    wire::{PushChoice, PushDevice, PushOutcome, PushState, PushTested, SubscribePush},
};
use accounts::SignedIn;
use axum::extract::State;
use base::SessionId;
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
};

/// Characters of a key in base64url, with room for padding.
const KEY_MAX_CHARS: usize = PUBLIC_KEY_BYTES + AUTH_BYTES + 16;

pub(crate) async fn get(State(app): State<App>, who: SignedIn) -> Result<Json<PushState>, Problem> {
    let public_key = push::public_key(&app).await?;
    let read = move |tx: &mut dyn Tx| {
        let devices = store::list(tx, who.person)?;
        let hides_texts = store::hides_texts(tx, who.person)?;
        Ok::<_, Error>((devices, hides_texts, mail::find_choice(tx, who.person)?.0))
    };
    let (devices, hides_texts, way) = app.db.read(read).await?;
    let devices = devices.into_iter().map(|row| PushDevice {
        session_id: row.session,
        device: row.device,
        is_this: row.session == who.session,
        since: row.created_at,
        told_at: row.told_at,
        failing_since: row.failing_since,
    });
    Ok(Json(PushState {
        public_key,
        devices: devices.collect(),
        hides_texts,
        mail: platform::mail::is_configured(&app).then_some(way),
    }))
}

pub(crate) async fn subscribe(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<SubscribePush>,
) -> Result<StatusCode, Problem> {
    if app.outbound.check(&new.endpoint).is_err() {
        return Err(field("/endpoint", "is no address of a push service").into());
    }
    if new.p256dh.len() > KEY_MAX_CHARS || new.auth.len() > KEY_MAX_CHARS {
        return Err(field("/p256dh", "is no key of a browser").into());
    }
    let target = Target {
        endpoint: new.endpoint,
        p256dh: new.p256dh,
        auth: new.auth,
        failing_since: None,
    };
    if push::subscriber(&target).is_none() {
        return Err(field("/p256dh", "is no key of a browser, or the secret is none").into());
    }
    let now = app.clock.now();
    let device = (who.session, who.person);
    let write = move |tx: &mut dyn Tx| store::subscribe(tx, device, &target, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn field(pointer: &'static str, detail: &'static str) -> Error {
    Error::Field { pointer, detail }
}

pub(crate) async fn unsubscribe(
    State(app): State<App>,
    who: SignedIn,
    Path(session): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let write = move |tx: &mut dyn Tx| {
        if store::unsubscribe(tx, who.person, session)? {
            return Ok(());
        }
        Err(Error::NotFound)
    };
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn test(State(app): State<App>, who: SignedIn) -> Result<Json<PushTested>, Problem> {
    let now = app.clock.now();
    let take = move |tx: &mut dyn Tx| {
        if store::find(tx, who.session, who.person)?.is_none() {
            return Err(Error::NotFound);
        }
        match store::take_test(tx, who.session, who.person, (now, now.before(TEST_EVERY)))? {
            true => Ok(()),
            false => Err(Error::TooSoon(TEST_EVERY)),
        }
    };
    app.db.write(who.person, take).await?;
    let outcome = push::test(&app, who.session, who.person).await?;
    let outcome = match outcome.ok_or(Error::NotFound)? {
        Outcome::Taken => PushOutcome::Taken,
        Outcome::Gone => PushOutcome::Gone,
        Outcome::Later(_) | Outcome::Unsure => PushOutcome::Later,
        Outcome::Refused => PushOutcome::Refused,
    };
    Ok(Json(PushTested { outcome }))
}

pub(crate) async fn choose(
    State(app): State<App>,
    who: SignedIn,
    Json(choice): Json<PushChoice>,
) -> Result<StatusCode, Problem> {
    let write = move |tx: &mut dyn Tx| store::choose(tx, who.person, choice.hides_texts);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

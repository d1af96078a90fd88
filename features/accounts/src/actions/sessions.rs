//! Signing in and out, and tokens for programs.
//!
//! Invariant: a failed sign-in says the same and costs the same, whether the account is unknown, the password wrong or
//! the person deactivated.

use super::LANE;
use crate::{
    attempts,
    device::DEVICE_MAX_CHARS,
    events::Me,
    model::{self, Error},
    password,
    session::{self, SignedIn},
    store::{self, NewSession, SessionKind, SessionRow},
    token::Token,
};
use base::{PersonId, SessionId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    http::ClientAddress,
    journal,
};

/// What somebody signs in with, as typed.
#[derive(Debug)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// What the session will be called.
    pub device: String,
}

/// Opens a session for whoever knows the password.
pub async fn sign_in(app: &App, client: ClientAddress, sign_in: SignIn) -> Result<(Me, Token), Error> {
    let email = model::clean_email(&sign_in.email).ok();
    attempts::count(app, email.as_deref().unwrap_or(&sign_in.email), client)?;
    let found = find_account(app, email.clone()).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let is_theirs = password::is_password(&sign_in.password, hash).await?;
    let found = found.filter(|_| is_theirs).ok_or(Error::SignInFailed)?;
    let now = app.clock.now();
    let opened = app.db.write(found.0, move |tx| {
        // The password may have been changed, or the person deactivated, while it was being compared.
        let email = email.as_deref().unwrap_or_default();
        if store::find_sign_in(tx, email)?.as_ref() != Some(&found) {
            return Err(Error::SignInFailed);
        }
        let (_, token) = open_session(tx, found.0, &sign_in.device, now)?;
        Ok::<_, Error>((store::get_me(tx, found.0)?, token))
    });
    let (me, token) = opened.await?;
    tracing::info!(account.id = %me.person.id, "signed in account {}", me.person.id);
    Ok((me, token))
}

/// Who has this address, and the hash of their password. What cannot be an address is nobody's.
async fn find_account(app: &App, email: Option<String>) -> Result<Option<(PersonId, String)>, Error> {
    let Some(email) = email else { return Ok(None) };
    Ok(app.db.read(move |tx| store::find_sign_in(tx, &email)).await?)
}

/// Opens a session for a browser. The caller has made sure that it is this person. The token is shown once.
pub fn open_session(
    tx: &mut dyn Tx,
    person: PersonId,
    device: &str,
    now: Timestamp,
) -> db::Result<(SessionId, Token)> {
    if store::drop_unused(tx, person, SessionKind::Browser, model::BROWSERS_MAX - 1)? {
        journal::access_changed(tx, person, now)?;
    }
    create_session(tx, SessionKind::Browser, (person, device), now)
}

fn create_session(
    tx: &mut dyn Tx,
    kind: SessionKind,
    (person, device): (PersonId, &str),
    now: Timestamp,
) -> db::Result<(SessionId, Token)> {
    let (id, token) = (SessionId::random(), Token::random());
    let session = NewSession {
        id,
        person,
        token_hash: token.hash(),
        kind,
        device,
    };
    store::create_session(tx, &session, now)?;
    Ok((id, token))
}

/// Makes a token with which a program acts as who asks.
pub async fn create_token(app: &App, who: SignedIn, name: &str) -> Result<(SessionId, Token), Error> {
    let name = markup::clean_name(name, DEVICE_MAX_CHARS);
    let name = name.map_err(|problem| Error::field("/name", problem.to_string()))?;
    let now = app.clock.now();
    let created = app.db.write(who.person, move |tx| {
        if store::count_sessions(tx, who.person, SessionKind::Program, now)? >= model::TOKENS_MAX {
            return Err(Error::TooManyTokens);
        }
        Ok::<_, Error>(create_session(
            tx,
            SessionKind::Program,
            (who.person, &name),
            now,
        )?)
    });
    created.await
}

/// The sessions of who asks, the one used last first.
pub async fn list_sessions(app: &App, who: SignedIn) -> Result<Vec<SessionRow>, Error> {
    let now = app.clock.now();
    Ok(app
        .db
        .read(move |tx| store::list_sessions(tx, who.person, now))
        .await?)
}

/// Ends one session of who asks, their own included.
pub async fn end_session(app: &App, who: SignedIn, id: SessionId) -> Result<(), Error> {
    let now = app.clock.now();
    let ended = app.db.write(LANE, move |tx| {
        if !store::end_session(tx, who.person, id)? {
            return Err(Error::NotFound);
        }
        Ok::<_, Error>(journal::access_changed(tx, who.person, now)?)
    });
    ended.await?;
    session::forget(app, who.person);
    Ok(())
}

/// Ends all sessions of who asks but this one.
pub async fn end_other_sessions(app: &App, who: SignedIn) -> Result<(), Error> {
    let now = app.clock.now();
    let ended = app.db.write(LANE, move |tx| {
        store::end_other_sessions(tx, who.person, who.session)?;
        Ok::<_, Error>(journal::access_changed(tx, who.person, now)?)
    });
    ended.await?;
    session::forget(app, who.person);
    Ok(())
}

//! Signing in and out, and tokens for programs.
//!
//! Invariant: a failed sign-in says the same and costs the same, whether the account is unknown, the password wrong or
//! the person deactivated.

use super::LANE;
use crate::{
    attempts,
    audit::{self, Deed, Subject},
    device::DEVICE_MAX_CHARS,
    events::Me,
    jobs,
    model::{self, Error},
    password,
    scope::{Scopes, TokenScope},
    second::{Proven, SecondStep},
    session::{self, SignedIn},
    store::{
        self,
        sessions::{NewSession, SessionKind, SessionRow, TokenRow},
    },
    token::Token,
};
use base::{PersonId, SessionId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    http::ClientAddress,
    journal,
};
use std::time::Duration;

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
    if !app.config.sign_in.password {
        return Err(Error::PasswordOff);
    }
    let email = model::clean_email(&sign_in.email).ok();
    attempts::count(app, email.as_deref().unwrap_or(&sign_in.email), client)?;
    let found = find_account(app, email.clone()).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.clone());
    let is_theirs = password::is_password(&sign_in.password, hash).await?;
    let found = found.filter(|_| is_theirs).ok_or(Error::SignInFailed)?;
    let now = app.clock.now();
    let ask = app.kept::<SecondStep>().map(|step| step.0);
    let passkey_domain = app.config.passkey_domain().map(str::to_owned);
    let opened = app.db.write(found.0, move |tx| {
        // The password may have been changed, or the person deactivated, while it was being compared.
        let email = email.as_deref().unwrap_or_default();
        if store::passwords::find_sign_in(tx, email)?.as_ref() != Some(&found) {
            return Err(Error::SignInFailed);
        }
        let me = store::get_me(tx, found.0)?;
        let proven = Proven {
            person: found.0,
            role: me.person.role,
            device: &sign_in.device,
            passkey_domain: passkey_domain.as_deref(),
        };
        // Nothing is refused in here: what waits for the second step must stay.
        if let Some(needed) = ask.map(|ask| ask(tx, &proven, now)).transpose()?.flatten() {
            return Ok(Err(needed));
        }
        let (_, token) = open_session(tx, found.0, &sign_in.device, now)?;
        Ok(Ok((me, token)))
    });
    let (me, token) = opened.await?.map_err(|needed| Error::SecondStep {
        attempt: needed.attempt,
        enrol: needed.enrol,
        passkey: needed.passkey,
    })?;
    tracing::info!(account.id = %me.person.id, "signed in account {}", me.person.id);
    Ok((me, token))
}

/// Who has this address, and the hash of their password. What cannot be an address is nobody's.
async fn find_account(app: &App, email: Option<String>) -> Result<Option<(PersonId, String)>, Error> {
    let Some(email) = email else { return Ok(None) };
    Ok(app
        .db
        .read(move |tx| store::passwords::find_sign_in(tx, &email))
        .await?)
}

/// Opens a session for a browser. The caller has made sure that it is this person. The token is shown once.
pub fn open_session(
    tx: &mut dyn Tx,
    person: PersonId,
    device: &str,
    now: Timestamp,
) -> db::Result<(SessionId, Token)> {
    if store::sessions::drop_unused(tx, person, SessionKind::Browser, model::BROWSERS_MAX - 1)? {
        journal::access_changed(tx, person, now)?;
    }
    let (id, token) = (SessionId::random(), Token::random());
    let session = NewSession {
        id,
        person,
        token_hash: token.hash(),
        kind: SessionKind::Browser,
        device,
        scopes: Scopes::ALL,
        expires_at: None,
    };
    store::sessions::create_session(tx, &session, now)?;
    Ok((id, token))
}

/// A token to be.
#[derive(Debug)]
pub struct NewToken {
    /// As typed.
    pub name: String,
    pub scopes: Vec<TokenScope>,
    /// None: it is good until it is revoked.
    pub lifetime: Option<Duration>,
}

/// Makes a token with which a program acts as who asks, as far as its scopes go.
pub async fn create_token(app: &App, who: SignedIn, new: NewToken) -> Result<(TokenRow, Token), Error> {
    let name = markup::clean_name(&new.name, DEVICE_MAX_CHARS);
    let name = name.map_err(|problem| Error::field("/name", problem.to_string()))?;
    if new.scopes.is_empty() {
        return Err(Error::field("/scopes", "choose at least one"));
    }
    let bounds = model::TOKEN_LIFETIME_MIN..=model::TOKEN_LIFETIME_MAX;
    if new.lifetime.is_some_and(|lifetime| !bounds.contains(&lifetime)) {
        return Err(Error::field("/expires_in_s", "between an hour and ten years"));
    }
    let scopes = Scopes::of(&new.scopes);
    let now = app.clock.now();
    let expires_at = new.lifetime.map(|lifetime| now.after(lifetime));
    let created = app.db.write(who.person, move |tx| {
        if store::sessions::count_sessions(tx, who.person, SessionKind::Program, now)? >= model::TOKENS_MAX {
            return Err(Error::TooManyTokens);
        }
        let (id, token) = (SessionId::random(), Token::random());
        let session = NewSession {
            id,
            person: who.person,
            token_hash: token.hash(),
            kind: SessionKind::Program,
            device: &name,
            scopes,
            expires_at,
        };
        store::sessions::create_session(tx, &session, now)?;
        if let Some(expires_at) = expires_at {
            jobs::ask_end_of_token(tx, id, expires_at)?;
        }
        let words: Vec<&str> = scopes
            .list()
            .unwrap_or_default()
            .iter()
            .map(|scope| scope.as_str())
            .collect();
        let deed =
            Deed::new(who, "token.made", Subject::new("token", id, &name)).with("scopes", words.join(" "));
        audit::record(tx, &deed, now)?;
        let row = TokenRow {
            id,
            created_at: now,
            seen_at: now,
            name: name.clone(),
            scopes,
            expires_at,
        };
        Ok::<_, Error>((row, token))
    });
    created.await
}

/// The tokens of who asks, the newest first.
pub async fn list_tokens(app: &App, who: SignedIn) -> Result<Vec<TokenRow>, Error> {
    let now = app.clock.now();
    Ok(app
        .db
        .read(move |tx| store::sessions::list_tokens(tx, who.person, now))
        .await?)
}

/// The sessions of who asks, the one used last first.
pub async fn list_sessions(app: &App, who: SignedIn) -> Result<Vec<SessionRow>, Error> {
    let now = app.clock.now();
    Ok(app
        .db
        .read(move |tx| store::sessions::list_sessions(tx, who.person, now))
        .await?)
}

/// Ends one session of who asks, their own included.
pub async fn end_session(app: &App, who: SignedIn, id: SessionId) -> Result<(), Error> {
    let now = app.clock.now();
    let ended = app.db.write(LANE, move |tx| {
        let (kind, name) = store::sessions::end_session(tx, who.person, id)?.ok_or(Error::NotFound)?;
        if kind == SessionKind::Program.as_str() {
            let deed = Deed::new(who, "token.ended", Subject::new("token", id, &name));
            audit::record(tx, &deed, now)?;
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
        store::sessions::end_other_sessions(tx, who.person, who.session)?;
        Ok::<_, Error>(journal::access_changed(tx, who.person, now)?)
    });
    ended.await?;
    session::forget(app, who.person);
    Ok(())
}

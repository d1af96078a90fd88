//! Coming in by another server, and tying one's account to it.
//!
//! Invariants: what is begun is known by its state, ends with its first use or after ten minutes, and only in the browser in
//! which it began; identity is issuer and subject together, never a mail address; a mail address counts only when the other
//! server has verified it, and joins nobody to an account unless the operator said so; nobody new comes in without an
//! invitation, unless the operator said so.

use super::{enrol::note, lane};
use crate::{
    model::{self, Error, FLOW_LIFETIME},
    oidc::{Asking, Claims, Provider, Trouble},
    store::{self, Identity, NewFlow},
};
use accounts::{Me, NewPerson, Role, SignedIn, Token, TokenHash, token_hash};
use base::{PersonId, SessionId, Timestamp};
use platform::{app::App, config::OidcConfig, db::Tx, http::ClientAddress, realtime::Principal};
use serde::{Deserialize, Serialize};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

const KIND: &str = "oidc";
/// The other server's clock may be so far behind ours.
const CLOCKS_APART: Duration = Duration::from_secs(60);

/// The other server, kept by ours.
#[derive(Default)]
pub struct Providers(OnceLock<Option<Arc<Provider>>>);

/// What is remembered while a browser is away. Its secrets are good for this one way and back.
#[derive(Serialize, Deserialize)]
struct Away {
    browser: String,
    nonce: String,
    verifier: String,
    invitation: Option<TokenHash>,
    time_zone: String,
    language: String,
    device: String,
    /// The session in which somebody proves that it is still them, and since when that counts.
    #[serde(default)]
    proving: Option<(SessionId, Timestamp)>,
}

/// Who begins.
pub struct Begun<'a> {
    /// The secret that this browser has in a cookie.
    pub browser: &'a str,
    pub device: String,
    /// The token of an invitation.
    pub invitation: Option<String>,
    /// For the account of somebody new.
    pub time_zone: String,
    pub language: String,
}

/// Gives the address where the browser goes on.
pub async fn begin(app: &App, begun: Begun<'_>) -> Result<String, Error> {
    send(app, Purpose::Enter, begun).await
}

/// What somebody goes to the other server for.
enum Purpose {
    Enter,
    Link(PersonId),
    Prove(SignedIn),
}

async fn send(app: &App, purpose: Purpose, begun: Begun<'_>) -> Result<String, Error> {
    let now = app.clock.now();
    let (person, proving, asking) = match purpose {
        Purpose::Enter => (None, None, Asking::Anybody),
        Purpose::Link(person) => (Some(person), None, Asking::Anybody),
        Purpose::Prove(who) => (
            Some(who.person),
            Some((who.session, now.before(CLOCKS_APART))),
            Asking::Afresh,
        ),
    };
    let way = provider(app)?.begin(asking, now).await.map_err(failed)?;
    let away = Away {
        browser: model::text_of(&token_hash(begun.browser)),
        nonce: way.nonce,
        verifier: way.verifier,
        invitation: begun.invitation.as_deref().map(token_hash),
        time_zone: begun.time_zone,
        language: begun.language,
        device: begun.device,
        proving,
    };
    let state =
        serde_json::to_string(&away).map_err(|_| Error::Broken("a flow could not be written down"))?;
    let token = token_hash(&way.state);
    let kept = app.db.write(lane(), move |tx| {
        let flow = NewFlow {
            token,
            kind: KIND,
            person,
            state: &state,
            expires_at: now.after(FLOW_LIFETIME),
        };
        store::put_flow(tx, &flow)
    });
    kept.await?;
    Ok(way.url)
}

/// The same for who is signed in, who shows first that it is them.
pub async fn begin_link(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
    begun: Begun<'_>,
) -> Result<String, Error> {
    provider(app)?;
    accounts::confirm_fresh(app, who, client, password).await?;
    send(app, Purpose::Link(who.person), begun).await
}

/// For who is signed in and tied to the other server: they show there that it is still them.
pub async fn begin_proof(app: &App, who: SignedIn, begun: Begun<'_>) -> Result<String, Error> {
    provider(app)?;
    let since = app.db.read(move |tx| store::find_identity_of(tx, who.person));
    if since.await?.is_none() {
        return Err(Error::Conflict("Your account is not tied to another server."));
    }
    send(app, Purpose::Prove(who), begun).await
}

/// What came back with the browser.
pub struct Back<'a> {
    pub browser: &'a str,
    pub state: &'a str,
    pub code: String,
    /// RFC 9207: who says that it answers.
    pub issuer: Option<String>,
}

/// How it ended.
pub enum Ended {
    /// Somebody came in.
    In(Box<Me>, Token),
    /// An account is tied to the other server now.
    Linked,
    /// Somebody who is signed in has shown once more that it is them.
    Proven,
}

/// Ends it: nothing of what came back is believed before the other server has answered for it.
pub async fn finish(app: &App, client: ClientAddress, back: Back<'_>) -> Result<Ended, Error> {
    let provider = provider(app)?;
    accounts::count_network(app, client)?;
    if back
        .issuer
        .is_some_and(|issuer| issuer != provider.config().issuer)
    {
        return Err(Error::Over);
    }
    let (state, browser) = (token_hash(back.state), model::text_of(&token_hash(back.browser)));
    let now = app.clock.now();
    let taken = app
        .db
        .write(lane(), move |tx| take(tx, &state, &browser, now))
        .await?;
    let (person, away) = taken.ok_or(Error::Over)?;
    let secrets = (away.nonce.clone(), away.verifier.clone());
    let claims = provider.finish(back.code, secrets, now).await.map_err(failed)?;
    check_domain(provider.config(), &claims)?;
    let (config, now) = (provider.config().clone(), app.clock.now());
    let ended = app.db.write(lane(), move |tx| match person {
        Some(person) => match away.proving {
            Some((session, since)) => prove(
                tx,
                (&config, &claims),
                Principal { person, session },
                (since, now),
            ),
            None => link(tx, &config, person, &claims, now),
        },
        None => enter(tx, &config, &away, &claims, now),
    });
    let ended = ended.await?;
    if let Ended::In(me, _) = &ended {
        tracing::info!(account.id = %me.person.id, "signed in account {} by OpenID Connect", me.person.id);
    }
    Ok(ended)
}

/// Takes what was begun away, if it was begun in this browser.
fn take(
    tx: &mut dyn Tx,
    state: &TokenHash,
    browser: &str,
    now: Timestamp,
) -> Result<Option<(Option<PersonId>, Away)>, Error> {
    let Some(flow) = store::find_flow(tx, state, KIND, now)? else {
        return Ok(None);
    };
    let away = serde_json::from_str::<Away>(&flow.state).ok();
    let Some(away) = away.filter(|away| away.browser == browser) else {
        return Ok(None);
    };
    Ok(store::end_flow(tx, state)?.then_some((flow.person, away)))
}

fn enter(
    tx: &mut dyn Tx,
    config: &OidcConfig,
    away: &Away,
    claims: &Claims,
    now: Timestamp,
) -> Result<Ended, Error> {
    let identity = Identity {
        issuer: &config.issuer,
        subject: &claims.subject,
    };
    let person = match store::find_identity(tx, &identity)? {
        Some(person) => person,
        None => join(tx, config, away, claims, now)?,
    };
    // Deactivated people have no way in, and are told nothing else than strangers.
    let person = accounts::find_active(tx, person)?.ok_or(Error::Stranger)?;
    store::put_identity(tx, &identity, person, now)?;
    let (_, token) = accounts::open_session(tx, person, &away.device, now)?;
    Ok(Ended::In(Box::new(accounts::get_me(tx, person)?), token))
}

/// Somebody whom nobody here knows by that identity.
fn join(
    tx: &mut dyn Tx,
    config: &OidcConfig,
    away: &Away,
    claims: &Claims,
    now: Timestamp,
) -> Result<PersonId, Error> {
    let email = claims.email.as_deref().ok_or(Error::EmailUnverified)?;
    if let Some(known) = accounts::find_by_email(tx, email)? {
        if !config.link_by_email {
            return Err(Error::Unlinked);
        }
        note(tx, "person.identity_linked", known, now)?;
        return Ok(known);
    }
    let new = NewPerson {
        name: name_of(claims, email),
        email: email.to_owned(),
        password_hash: String::new(),
        role: Role::parse(config.role.as_str()).unwrap_or(Role::Guest),
        time_zone: if accounts::is_time_zone(&away.time_zone) {
            away.time_zone.clone()
        } else {
            "UTC".to_owned()
        },
        language: away.language.clone(),
    };
    match &away.invitation {
        Some(invitation) => spaces::accept_invitation(tx, invitation, &new, now).map_err(Error::Spaces),
        None if config.create_people => Ok(accounts::create_person(tx, &new, now)?),
        None => Err(Error::Stranger),
    }
}

fn name_of(claims: &Claims, email: &str) -> String {
    let local = email.split('@').next().unwrap_or(email);
    let said = claims.name.as_deref().filter(|name| !name.trim().is_empty());
    said.unwrap_or(local).chars().take(80).collect()
}

fn link(
    tx: &mut dyn Tx,
    config: &OidcConfig,
    person: PersonId,
    claims: &Claims,
    now: Timestamp,
) -> Result<Ended, Error> {
    let identity = Identity {
        issuer: &config.issuer,
        subject: &claims.subject,
    };
    let person = accounts::find_active(tx, person)?.ok_or(Error::Over)?;
    match store::find_identity(tx, &identity)? {
        Some(other) if other != person => Err(Error::Conflict(
            "That identity belongs to somebody else here already: they give it up in their settings first.",
        )),
        Some(_) => Ok(Ended::Linked),
        None => {
            store::drop_identities(tx, person)?;
            store::put_identity(tx, &identity, person, now)?;
            note(tx, "person.identity_linked", person, now)?;
            Ok(Ended::Linked)
        }
    }
}

/// It counts when it is the person's own identity, and when they typed something there since they were sent. A server that
/// does not say when that was is not believed: the browser could have left out that it was asked.
fn prove(
    tx: &mut dyn Tx,
    (config, claims): (&OidcConfig, &Claims),
    who: Principal,
    (since, now): (Timestamp, Timestamp),
) -> Result<Ended, Error> {
    let identity = Identity {
        issuer: &config.issuer,
        subject: &claims.subject,
    };
    let is_theirs = store::find_identity(tx, &identity)? == Some(who.person);
    let is_fresh = claims.auth_time.is_some_and(|at| at >= since);
    if !is_theirs || !is_fresh {
        return Err(Error::NotProven);
    }
    accounts::prove(tx, who, now)?;
    Ok(Ended::Proven)
}

/// Unties the account of who asks.
pub async fn remove(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
) -> Result<(), Error> {
    accounts::confirm_fresh(app, who, client, password).await?;
    let (now, takes_passwords) = (app.clock.now(), app.config.sign_in.password);
    let domain = app.config.passkey_domain().unwrap_or_default().to_owned();
    let removed = app.db.write(lane(), move |tx| {
        let has_password = takes_passwords && accounts::password_mark(tx, who.person)?.is_some();
        if !has_password && store::passkeys::count(tx, who.person, &domain)? == 0 {
            return Err(Error::Conflict(
                "This is your only way in: choose a password or add a passkey first.",
            ));
        }
        if store::drop_identities(tx, who.person)? == 0 {
            return Err(Error::Conflict("Your account is not tied to another server."));
        }
        note(tx, "person.identity_removed", who.person, now)
    });
    removed.await
}

fn check_domain(config: &OidcConfig, claims: &Claims) -> Result<(), Error> {
    if config.allowed_domains.is_empty() {
        return Ok(());
    }
    let email = claims.email.as_deref().ok_or(Error::EmailUnverified)?;
    let domain = email.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    let is_allowed = domain.is_some_and(|domain| config.allowed_domains.contains(&domain));
    if is_allowed { Ok(()) } else { Err(Error::Stranger) }
}

/// One sentence for people; what exactly was wrong is for the log.
fn failed(trouble: Trouble) -> Error {
    tracing::warn!(error = %trouble, "a sign-in by OpenID Connect failed");
    Error::Provider
}

fn provider(app: &App) -> Result<Arc<Provider>, Error> {
    let providers = app
        .kept::<Providers>()
        .ok_or(Error::Broken("the server was put together without signin::kept"))?;
    let made = || Provider::new(&app.config, &app.outbound).map(Arc::new);
    providers.0.get_or_init(made).clone().ok_or(Error::NoProvider)
}

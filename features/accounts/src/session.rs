//! Who sends a request: from a cookie or a token to a person with a role.
//!
//! Invariants: a request with an `Authorization` header is judged by that header alone; what the cache says is at most
//! [`CACHED_FOR`] old, and less in the process that made a change; a session that has run out, was ended or belongs to
//! somebody deactivated is no session. Does not know what a role may do, but for [`Administrator`].

use crate::{
    attempts::Attempts,
    model::{self, Error, Role},
    scope::Scopes,
    store,
    token::{Token, TokenHash, token_hash},
};
use axum::extract::{FromRequestParts, Request};
use base::{PersonId, SessionId, Timestamp};
use futures_util::future::BoxFuture;
use http::{
    HeaderMap, HeaderValue,
    header::{AUTHORIZATION, COOKIE},
    request::Parts,
};
use platform::{
    app::App,
    config::Config,
    db,
    db::Tx,
    feature::Guard,
    http::Problem,
    openapi::{Operation, Schemas, Takes},
    realtime::Principal,
};
use std::{
    any::Any,
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Bounds what a process may not have heard yet of a change in another one.
const CACHED_FOR: Duration = Duration::from_secs(1);
/// Sessions remembered: more than are active within a second. When it is full, all are forgotten and read again.
const CACHE_CAPACITY: usize = 20_000;
/// `seen_at` is written when it is older than this.
const SEEN_EVERY: Duration = Duration::from_secs(5 * 60);

/// Somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// By which session.
    pub session: SessionId,
    /// As of at most a second ago; actions that change rights ask again.
    pub role: Role,
    /// What a program may do in the person's name; everything, when they signed in by themselves.
    pub scopes: Scopes,
    /// They came by a guest link and have no account: only routes that say so let them in.
    pub is_link_guest: bool,
}

impl SignedIn {
    /// The same, as the platform knows it.
    pub fn principal(self) -> Principal {
        Principal {
            person: self.person,
            session: self.session,
        }
    }
}

/// Somebody who is signed in as owner or admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Administrator(pub SignedIn);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match parts.extensions.get::<SignedIn>() {
            Some(admitted) => Ok(*admitted),
            None => Ok(find_signed_in(app, &parts.headers).await?),
        }
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        if signed_in.role.is_admin() {
            Ok(Self(signed_in))
        } else {
            Err(Error::NotAllowed.into())
        }
    }
}

/// The door says that somebody must be signed in.
impl Takes for SignedIn {
    fn describe(_: &mut Operation, _: &mut Schemas) {}
}

impl Takes for Administrator {
    fn describe(_: &mut Operation, _: &mut Schemas) {}
}

/// Who sends these headers; for [`platform::app::Doors`].
pub fn authenticate<'a>(app: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Principal, Problem>> {
    Box::pin(async move { Ok(find_signed_in(app, headers).await?.principal()) })
}

/// Lets in whoever is signed in, a program only with a token that is good for it, a guest by link only where the route
/// says so; for [`platform::app::Doors`].
pub fn admit<'a>(app: &'a App, request: &'a mut Request, guard: Guard) -> BoxFuture<'a, Result<(), Problem>> {
    Box::pin(async move {
        let signed_in = find_signed_in(app, request.headers()).await?;
        if signed_in.is_link_guest && !guard.link_guests {
            return Err(Error::NotForGuests.into());
        }
        if !signed_in.scopes.cover(guard.scope) {
            return Err(Error::Scope(guard.scope).into());
        }
        request.extensions_mut().insert(signed_in);
        Ok(())
    })
}

/// The role of whoever opened a connection; None when the session has ended since.
pub fn session_alive(tx: &mut dyn Tx, who: Principal) -> db::Result<Option<Role>> {
    store::sessions::session_alive(tx, who)
}

/// Who sends these headers to a route that is open to everybody.
pub async fn find_visitor(app: &App, headers: &HeaderMap) -> Result<SignedIn, Error> {
    find_signed_in(app, headers).await
}

async fn find_signed_in(app: &App, headers: &HeaderMap) -> Result<SignedIn, Error> {
    let hash = token_of(headers, cookie_name(&app.config))
        .map(token_hash)
        .ok_or(Error::SignedOut)?;
    let now = app.clock.now();
    let sessions = app.kept::<Sessions>();
    if let Some(found) = sessions.and_then(|sessions| sessions.find(&hash, now)) {
        return Ok(found);
    }
    let generation = sessions.map(Sessions::generation);
    let found = app
        .db
        .read(move |tx| store::sessions::find_session(tx, &hash, now))
        .await?
        .ok_or(Error::SignedOut)?;
    let signed_in = SignedIn {
        person: found.person,
        session: found.id,
        role: found.role,
        scopes: found.scopes,
        is_link_guest: found.is_link_guest,
    };
    if let (Some(sessions), Some(generation)) = (sessions, generation) {
        sessions.keep(hash, signed_in, now, generation);
    }
    if found.seen_at < now.before(SEEN_EVERY) {
        note_seen(app, signed_in, now);
    }
    Ok(signed_in)
}

/// Nobody waits for it. At most one a second and session, until the first has been written.
fn note_seen(app: &App, who: SignedIn, now: Timestamp) {
    let db = app.db.clone();
    app.shutdown.spawn("note when a session was used", async move {
        if let Err(error) = db
            .write(who.person, move |tx| store::sessions::seen(tx, who.session, now))
            .await
        {
            tracing::warn!(error = %error, "could not note when a session was used");
        }
    });
}

/// What this slice keeps in memory, for [`platform::app::Parts`].
pub fn kept(config: &Config) -> Vec<Arc<dyn Any + Send + Sync>> {
    vec![Arc::new(Sessions::default()), Arc::new(Attempts::new(config))]
}

/// Begins to forget sessions as soon as the access of their person changes. Once, after the start.
pub fn keep(app: &App) {
    if let Some(sessions) = app.kept::<Sessions>().cloned() {
        app.hub.on_access_changed(move |person| sessions.forget(person));
    }
}

/// Forgets what this process remembers of a person's sessions, before the answer to the change goes out.
pub fn forget(app: &App, person: PersonId) {
    if let Some(sessions) = app.kept::<Sessions>() {
        sessions.forget(person);
    }
}

/// Sessions that were good a moment ago. Clones are the same.
#[derive(Clone, Default)]
pub struct Sessions(Arc<Mutex<Remembered>>);

#[derive(Default)]
struct Remembered {
    by_token: HashMap<TokenHash, (SignedIn, Timestamp)>,
    /// Grows when something is forgotten: what was read before that must not come in after it.
    generation: u64,
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, Remembered> {
        // A plain map, whole after every statement, so a panic elsewhere does not spoil it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, token: &TokenHash, now: Timestamp) -> Option<SignedIn> {
        let remembered = self.lock();
        let (signed_in, read_at) = remembered.by_token.get(token)?;
        // A clock that was set back must not make it last longer.
        (*read_at <= now && now < read_at.after(CACHED_FOR)).then_some(*signed_in)
    }

    fn generation(&self) -> u64 {
        self.lock().generation
    }

    fn keep(&self, token: TokenHash, signed_in: SignedIn, read_at: Timestamp, generation: u64) {
        let mut remembered = self.lock();
        if remembered.generation != generation {
            return;
        }
        if remembered.by_token.len() >= CACHE_CAPACITY {
            remembered.by_token.clear();
        }
        remembered.by_token.insert(token, (signed_in, read_at));
    }

    /// Forgets the sessions of a person; of everybody, for the nil id with which the hub says that it missed whose
    /// access changed.
    pub fn forget(&self, person: PersonId) {
        let mut remembered = self.lock();
        remembered.generation += 1;
        if person.0.is_nil() {
            remembered.by_token.clear();
        } else {
            remembered
                .by_token
                .retain(|_, (signed_in, _)| signed_in.person != person);
        }
    }
}

/// `__Host-` makes browsers refuse the cookie from other hosts, paths and plain http (RFC 6265bis, 4.1.3.2).
fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-antiphon"
    } else {
        "antiphon"
    }
}

fn token_of<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    match headers.get(AUTHORIZATION) {
        Some(value) => bearer_of(value.to_str().ok()?),
        None => cookie_of(headers, cookie),
    }
}

/// The scheme is case-insensitive (RFC 9110, 11.1).
fn bearer_of(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, token)| token)
}

/// The cookie of a new session.
pub fn session_cookie(config: &Config, token: &Token) -> HeaderValue {
    cookie(config, token.as_str(), model::SESSION_IDLE_MAX)
}

/// The same cookie with its full life again, for the answer to a request that came with it; None for other requests.
/// Only for requests that proved to be signed in.
pub fn renewed_cookie(config: &Config, headers: &HeaderMap) -> Option<HeaderValue> {
    if headers.contains_key(AUTHORIZATION) {
        return None;
    }
    let token = cookie_of(headers, cookie_name(config))?;
    Some(cookie(config, token, model::SESSION_IDLE_MAX))
}

/// Takes the cookie away from the browser.
pub fn no_cookie(config: &Config) -> HeaderValue {
    cookie(config, "", Duration::ZERO)
}

/// A cookie of another name, as safe as the session's. `value` is a token.
pub fn named_cookie(config: &Config, name: &str, value: &str, max_age: Duration) -> HeaderValue {
    cookie_with(config, &host_name(config, name), value, max_age)
}

/// What a browser sent under a name of [`named_cookie`].
pub fn find_cookie<'a>(config: &Config, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookie_of(headers, &host_name(config, name))
}

/// See [`cookie_name`].
fn host_name(config: &Config, name: &str) -> String {
    let prefix = if config.is_https() { "__Host-" } else { "" };
    format!("{prefix}{name}")
}

/// `token` is ours or came in a header, so it fits one.
fn cookie(config: &Config, token: &str, max_age: Duration) -> HeaderValue {
    cookie_with(config, cookie_name(config), token, max_age)
}

fn cookie_with(config: &Config, name: &str, token: &str, max_age: Duration) -> HeaderValue {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let max_age_s = max_age.as_secs();
    let text = format!("{name}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("what came in a header, and our own words, fit a header")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    fn somebody() -> SignedIn {
        SignedIn {
            person: PersonId::random(),
            session: SessionId::random(),
            role: Role::Member,
            scopes: Scopes::ALL,
            is_link_guest: false,
        }
    }

    #[test]
    fn a_token_comes_by_cookie_or_by_header() {
        for (pairs, expected) in [
            (vec![("cookie", "antiphon=abc")], Some("abc")),
            (vec![("cookie", "theme=dark; antiphon=abc; x=y")], Some("abc")),
            (
                vec![("cookie", "theme=dark"), ("cookie", "antiphon=abc")],
                Some("abc"),
            ),
            (vec![("cookie", "notantiphon=abc; antiphon2=x")], None),
            (vec![("authorization", "Bearer abc")], Some("abc")),
            (vec![("authorization", "bearer abc")], Some("abc")),
            (
                vec![("authorization", "Bearer abc"), ("cookie", "antiphon=xyz")],
                Some("abc"),
            ),
            (
                vec![("authorization", "Basic abc"), ("cookie", "antiphon=xyz")],
                None,
            ),
            (vec![], None),
        ] {
            assert_eq!(token_of(&headers(&pairs), "antiphon"), expected, "{pairs:?}");
        }
    }

    #[test]
    fn the_cookie_is_bound_to_the_host_where_there_is_https() {
        let mut config = Config::for_tests(Path::new("unused"));
        let token = Token::random();
        let text = |value: HeaderValue| value.to_str().unwrap().to_owned();
        let plain = text(session_cookie(&config, &token));
        assert_eq!(
            plain,
            format!(
                "antiphon={}; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax",
                token.as_str()
            )
        );
        config.public_url = "https://talk.example.org".to_owned();
        let secure = text(session_cookie(&config, &token));
        assert_eq!(secure, format!("__Host-{plain}; Secure"));
        assert!(text(no_cookie(&config)).starts_with("__Host-antiphon=; Path=/; Max-Age=0;"));
    }

    #[test]
    fn only_a_cookie_is_renewed() {
        let config = Config::for_tests(Path::new("unused"));
        let token = Token::random();
        let mut with_cookie = HeaderMap::new();
        let cookie = format!("antiphon={}", token.as_str());
        with_cookie.insert(COOKIE, HeaderValue::from_str(&cookie).unwrap());
        assert_eq!(
            renewed_cookie(&config, &with_cookie),
            Some(session_cookie(&config, &token))
        );
        assert_eq!(
            renewed_cookie(&config, &headers(&[("authorization", "Bearer abc")])),
            None
        );
        assert_eq!(
            renewed_cookie(&config, &headers(&[("cookie", "theme=dark")])),
            None
        );
    }

    #[test]
    fn the_cache_forgets_by_time_and_by_person() {
        let (sessions, ada, now) = (Sessions::default(), somebody(), Timestamp(5_000_000));
        sessions.keep([1; 32], ada, now, sessions.generation());
        assert_eq!(sessions.find(&[1; 32], now), Some(ada));
        assert_eq!(sessions.find(&[1; 32], now.after(CACHED_FOR)), None);
        assert_eq!(
            sessions.find(&[1; 32], now.before(CACHED_FOR)),
            None,
            "the clock was set back"
        );
        sessions.forget(PersonId::random());
        assert_eq!(sessions.find(&[1; 32], now), Some(ada));
        sessions.forget(ada.person);
        assert_eq!(sessions.find(&[1; 32], now), None);
    }

    #[test]
    fn what_was_read_before_a_change_does_not_come_in_after_it() {
        let (sessions, ada, now) = (Sessions::default(), somebody(), Timestamp(5_000_000));
        let generation = sessions.generation();
        sessions.forget(ada.person);
        sessions.keep([1; 32], ada, now, generation);
        assert_eq!(sessions.find(&[1; 32], now), None);
    }

    #[test]
    fn the_cache_has_a_bound() {
        let (sessions, now) = (Sessions::default(), Timestamp(5_000_000));
        for number in 0..=CACHE_CAPACITY {
            let mut token = [0; 32];
            token[..8].copy_from_slice(&number.to_be_bytes());
            sessions.keep(token, somebody(), now, 0);
        }
        assert!(sessions.lock().by_token.len() <= CACHE_CAPACITY);
    }
}

//! Handlers: a request becomes one action, its result an answer.

pub mod admin;
pub mod oidc;
pub mod own;
pub mod passkeys;
pub mod second;

use crate::model::FLOW_LIFETIME;
use accounts::{Token, TokenHash, token_hash};
use http::{HeaderMap, HeaderName, HeaderValue};
use platform::app::App;

/// Binds what is begun to the browser in which it began.
const FLOW_COOKIE: &str = "antiphon-flow";

type Cookie = [(HeaderName, HeaderValue); 1];

/// The secret of this browser: the one it has, else a new one.
fn browser_of(app: &App, headers: &HeaderMap) -> (String, HeaderValue) {
    let secret = accounts::find_cookie(&app.config, headers, FLOW_COOKIE)
        .filter(|secret| secret.len() == 43)
        .map_or_else(|| Token::random().as_str().to_owned(), str::to_owned);
    let cookie = accounts::named_cookie(&app.config, FLOW_COOKIE, &secret, FLOW_LIFETIME);
    (secret, cookie)
}

/// The secret that came back, hashed.
fn found_browser(app: &App, headers: &HeaderMap) -> TokenHash {
    token_hash(accounts::find_cookie(&app.config, headers, FLOW_COOKIE).unwrap_or_default())
}

//! How often somebody may guess a password: by account and by network, whichever is reached first.
//!
//! Invariants: an attempt is counted before the password is looked at, and by the address as typed, so that a limit
//! says nothing about which accounts exist.

use crate::model::Error;
use base::PersonId;
use platform::{app::App, config::Config, http::ClientAddress, limits::RateLimiter};
use std::time::Duration;

/// The counters; kept by the server.
pub struct Attempts {
    by_account: RateLimiter,
    by_network: RateLimiter,
    guests: RateLimiter,
    links: RateLimiter,
    resets: RateLimiter,
    mails: RateLimiter,
    mail_tests: RateLimiter,
}

/// A company behind one address may open its invitations at once; whoever tries links gets nowhere.
const LINKS_PER_MINUTE: u32 = 60;
/// Links to a new password that one address gets in an hour: a few are clumsiness, more are a nuisance.
const RESETS_PER_HOUR: u32 = 5;
/// Guests enter in times of sign-ins: a class comes in at the same minute, from behind one address.
const GUESTS_PER_SIGN_IN: u32 = 6;
/// Letters that one person can have the server write, for long and at once; docs/limits.md.
const MAILS_PER_HOUR: u32 = 200;
const MAILS_AT_ONCE: u32 = 50;
const MAIL_TESTS_PER_MINUTE: u32 = 6;
const HOUR: Duration = Duration::from_secs(3600);

impl Attempts {
    /// `limits.sign_in_per_minute` for each account and for each network.
    pub fn new(config: &Config) -> Self {
        let per_minute = config.limits.sign_in_per_minute;
        Self {
            by_account: RateLimiter::per_minute(per_minute),
            by_network: RateLimiter::per_minute(per_minute),
            guests: RateLimiter::per_minute(per_minute.saturating_mul(GUESTS_PER_SIGN_IN)),
            links: RateLimiter::per_minute(LINKS_PER_MINUTE),
            resets: RateLimiter::new(RESETS_PER_HOUR, HOUR, RESETS_PER_HOUR),
            mails: RateLimiter::new(MAILS_PER_HOUR, HOUR, MAILS_AT_ONCE),
            mail_tests: RateLimiter::per_minute(MAIL_TESTS_PER_MINUTE),
        }
    }
}

/// Counts one attempt on `account`, or says how long to wait.
pub fn count(app: &App, account: &str, client: ClientAddress) -> Result<(), Error> {
    let attempts = kept(app)?;
    attempts
        .by_network
        .check(&client.network())
        .map_err(Error::TooManyAttempts)?;
    attempts
        .by_account
        .check(&account)
        .map_err(Error::TooManyAttempts)
}

/// Counts one attempt by the network alone.
pub fn count_network(app: &App, client: ClientAddress) -> Result<(), Error> {
    kept(app)?
        .by_network
        .check(&client.network())
        .map_err(Error::TooManyAttempts)
}

/// Counts one entry of a guest, by the network alone.
pub fn count_guest(app: &App, client: ClientAddress) -> Result<(), Error> {
    kept(app)?
        .guests
        .check(&client.network())
        .map_err(Error::TooManyAttempts)
}

/// Counts one look behind a link for somebody outside, by the network alone.
pub fn count_link(app: &App, client: ClientAddress) -> Result<(), Error> {
    kept(app)?
        .links
        .check(&client.network())
        .map_err(Error::TooManyAttempts)
}

/// Counts one question for a new password by mail.
pub fn count_reset(app: &App, account: &str, client: ClientAddress) -> Result<(), Error> {
    let attempts = kept(app)?;
    attempts
        .by_network
        .check(&client.network())
        .map_err(Error::TooManyAttempts)?;
    attempts.resets.check(&account).map_err(Error::TooManyAttempts)
}

/// Counts one letter that a person has the server write to somebody else.
pub fn count_mail(app: &App, person: PersonId) -> Result<(), Error> {
    kept(app)?.mails.check(&person).map_err(Error::TooManyAttempts)
}

/// Counts one press of the test button.
pub fn count_mail_test(app: &App, person: PersonId) -> Result<(), Error> {
    kept(app)?
        .mail_tests
        .check(&person)
        .map_err(Error::TooManyAttempts)
}

fn kept(app: &App) -> Result<&Attempts, Error> {
    app.kept::<Attempts>().ok_or(Error::Broken(
        "the server was put together without accounts::kept",
    ))
}

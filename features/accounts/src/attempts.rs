//! How often somebody may guess a password: by account and by network, whichever is reached first.
//!
//! Invariants: an attempt is counted before the password is looked at, and by the address as typed, so that a limit
//! says nothing about which accounts exist.

use crate::model::Error;
use platform::{app::App, config::Config, http::ClientAddress, limits::RateLimiter};

/// The counters; kept by the server.
pub struct Attempts {
    by_account: RateLimiter,
    by_network: RateLimiter,
}

impl Attempts {
    /// `limits.sign_in_per_minute` for each account and for each network.
    pub fn new(config: &Config) -> Self {
        let per_minute = config.limits.sign_in_per_minute;
        Self {
            by_account: RateLimiter::per_minute(per_minute),
            by_network: RateLimiter::per_minute(per_minute),
        }
    }
}

/// Counts one attempt on `account`, or says how long to wait.
pub fn count(app: &App, account: &str, client: ClientAddress) -> Result<(), Error> {
    let attempts = app.kept::<Attempts>().ok_or(Error::Broken(
        "the server was put together without accounts::kept",
    ))?;
    attempts
        .by_network
        .check(&client.network())
        .map_err(Error::TooManyAttempts)?;
    attempts
        .by_account
        .check(&account)
        .map_err(Error::TooManyAttempts)
}

//! `antiphon admin …`: links for people who cannot get in, made by whoever runs the server.

use crate::{noting, offline::Offline};
use anyhow::{Context, Result, bail};
use platform::{clock::Clock, config::Config, db::Tx, journal::ACCESS_SCOPE};

/// Prints a one-time link with which the person of this address sets a new password.
pub async fn reset_link(config: &Config, offline: &Offline, email: &str) -> Result<()> {
    let (email, now) = (email.to_owned(), Clock::system().now());
    let made = offline
        .db
        .write(ACCESS_SCOPE, move |tx| accounts::make_reset(tx, &email, now));
    match made.await {
        Ok((token, _)) => {
            println!(
                "This link works once, for a day: {}/reset/{}",
                config.public_url,
                token.as_str()
            );
            Ok(())
        }
        Err(accounts::Error::NotFound) => bail!("nobody has this mail address"),
        Err(accounts::Error::Deactivated) => {
            bail!("the person of this address is deactivated: an administrator reactivates them first")
        }
        Err(error) => Err(error).context("the link cannot be made"),
    }
}

/// Prints a new one-time link for the first owner; the one that was printed before stops working.
pub async fn setup_link(config: &Config, offline: &Offline) -> Result<()> {
    let token = accounts::Token::random();
    let (hash, now) = (token.hash(), Clock::system().now());
    let offer = move |tx: &mut dyn Tx| {
        let offered = spaces::offer_setup_in(tx, &hash, now)?;
        if offered {
            let deed = noting::deed("workspace.setup_link_made", "workspace", "");
            accounts::audit::record(tx, &deed, now)?;
        }
        Ok::<_, spaces::Error>(offered)
    };
    let offered = offline.db.write(ACCESS_SCOPE, offer).await;
    if !offered.context("the link cannot be made")? {
        bail!("there is an owner already: `antiphon admin reset-link` helps who forgot their password");
    }
    println!(
        "Set it up with this one-time link: {}/setup/{}",
        config.public_url,
        token.as_str()
    );
    Ok(())
}

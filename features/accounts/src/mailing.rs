//! Mail about accounts: a new password for whoever forgot theirs, and the button that tries the relay.
//!
//! Invariants: asking for a new password says and costs the same, whether the address has an account or not: one row is
//! written in both cases, and what it leads to happens afterwards; the link works once, for an hour; how often an address
//! may be written to is limited by itself and by the network that asks.

mod api;
pub(crate) mod letters;

pub use api::{LostMail, MailRelay, MailState, MailTested, MailTrouble, ResetAsked, SignInWays, routes};

use crate::{
    actions::{LANE, find_target},
    attempts,
    events::Me,
    model::{self, Error},
    session::Administrator,
    store::{self, passwords::NewReset},
    token::Token,
};
use base::{JobId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    http::ClientAddress,
    jobs::{self, Job, JobKind, Next},
    mail,
};
use serde::{Deserialize, Serialize};

const MAIL_RESET: &str = "accounts.mail_reset";

/// The kinds of jobs of this part.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: MAIL_RESET,
        run: mail_reset,
        schedule: false,
    }]
}

/// What [`MAIL_RESET`] needs to know.
#[derive(Serialize, Deserialize)]
struct Asked {
    email: String,
    public_url: String,
}

/// Sends a link that sets a new password to this address, if somebody has it.
async fn ask_reset_by_mail(app: &App, client: ClientAddress, email: &str) -> Result<(), Error> {
    if !mail::is_configured(app) {
        return Err(mail::Error::NotConfigured.into());
    }
    if !app.config.sign_in.password {
        return Err(Error::PasswordOff);
    }
    let email = model::clean_email(email)?;
    attempts::count_reset(app, &email, client)?;
    let asked = Asked {
        email,
        public_url: app.config.public_url.clone(),
    };
    let body = serde_json::to_string(&asked).map_err(|_| Error::Broken("a job could not be written down"))?;
    let now = app.clock.now();
    let asked = app.db.write(LANE, move |tx| {
        jobs::ask(tx, MAIL_RESET, &JobId::random().to_string(), &body, now)
    });
    Ok(asked.await?)
}

/// Nobody has the address, or not any more: then nothing happens.
fn mail_reset(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> db::Result<Next> {
    let Ok(asked) = serde_json::from_str::<Asked>(&job.body) else {
        return Ok(Next::Done);
    };
    let Some(me) = find_who_can_sign_in(tx, &asked.email)? else {
        return Ok(Next::Done);
    };
    let (token, expires_at) = (Token::random(), now.after(model::MAILED_RESET_LIFETIME));
    let reset = NewReset {
        person: me.person.id,
        token_hash: token.hash(),
        created_by: me.person.id,
        expires_at,
    };
    store::passwords::keep_reset(tx, &reset)?;
    let workspace = store::get_workspace(tx)?;
    let url = format!("{}/reset/{}", asked.public_url, token.as_str());
    let letter = letters::reset(&me, &workspace.name, url);
    let key = format!("reset:{}", job.key);
    match mail::send(tx, ("reset", &key), &letter, now, expires_at) {
        Ok(()) => {}
        Err(mail::Error::Db(error)) => return Err(error),
        Err(error) => tracing::warn!(account.id = %me.person.id, error = %error, "no link could be mailed"),
    }
    Ok(Next::Done)
}

fn find_who_can_sign_in(tx: &mut dyn Tx, email: &str) -> db::Result<Option<Me>> {
    let Some(id) = store::find_by_email(tx, email)? else {
        return Ok(None);
    };
    let can = match find_target(tx, id) {
        Ok(person) => !person.deactivated,
        Err(Error::Db(error)) => return Err(error),
        Err(_) => false,
    };
    if can { store::find_me(tx, id) } else { Ok(None) }
}

/// Gives a letter to who asks to the relay and tells what it said.
async fn try_relay(app: &App, who: Administrator) -> Result<Result<String, mail::Trouble>, Error> {
    if !mail::is_configured(app) {
        return Err(mail::Error::NotConfigured.into());
    }
    attempts::count_mail_test(app, who.0.person)?;
    let asked = app.db.read(move |tx| {
        let me = store::get_me(tx, who.0.person)?;
        Ok::<_, Error>((me, store::get_workspace(tx)?))
    });
    let (me, workspace) = asked.await?;
    let letter = letters::test(&me, &workspace.name, app.config.public_url.clone());
    let tried = mail::send_now(app, &letter).await;
    match &tried {
        Ok(_) => tracing::info!("tried the mail relay: it took the letter"),
        Err(trouble) => tracing::info!(
            mail.trouble = trouble.code(),
            "tried the mail relay: it did not take the letter"
        ),
    }
    Ok(tried)
}

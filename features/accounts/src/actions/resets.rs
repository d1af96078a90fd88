//! A new password by an administrator's link, for whoever forgot theirs.
//!
//! Invariants: a link works once, for a day, and only the newest one of a person; using it ends all their sessions.

use super::{LANE, authority, find_target};
use crate::{
    audit::{self, Actor, Deed, Subject},
    model::{self, Error},
    password,
    session::{self, Administrator},
    store::{
        self,
        passwords::{NewReset, ResetRow},
    },
    token::{Token, TokenHash, token_hash},
};
use base::{PersonId, Timestamp};
use platform::{app::App, db::Tx, journal};

/// Makes a link; its token is shown once.
pub async fn ask_reset(app: &App, who: Administrator, id: PersonId) -> Result<(Token, Timestamp), Error> {
    let now = app.clock.now();
    let expires_at = now.after(model::RESET_LIFETIME);
    let asked = app.db.write(LANE, move |tx| {
        let actor = authority(tx, who)?;
        let target = find_target(tx, id)?;
        model::check_manages(actor, target.role)?;
        if target.deactivated {
            return Err(Error::Deactivated);
        }
        let token = Token::random();
        let reset = NewReset {
            person: id,
            token_hash: token.hash(),
            created_by: who.0.person,
            expires_at,
        };
        store::passwords::keep_reset(tx, &reset)?;
        let deed = Deed::new(who, "person.reset_link_made", Subject::person(&target));
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>((token, expires_at))
    });
    let made = asked.await?;
    tracing::info!(account.id = %id, "made a link that resets the password of account {id}");
    Ok(made)
}

/// Makes a link for whoever has this address, for an operator at the terminal, who asks nobody's leave.
pub fn make_reset(tx: &mut dyn Tx, email: &str, now: Timestamp) -> Result<(Token, Timestamp), Error> {
    let id = store::find_by_email(tx, &model::clean_email(email)?)?.ok_or(Error::NotFound)?;
    let target = find_target(tx, id)?;
    if target.deactivated {
        return Err(Error::Deactivated);
    }
    let (token, expires_at) = (Token::random(), now.after(model::RESET_LIFETIME));
    let reset = NewReset {
        person: id,
        token_hash: token.hash(),
        created_by: id,
        expires_at,
    };
    store::passwords::keep_reset(tx, &reset)?;
    let deed = Deed::new(
        Actor::CommandLine,
        "person.reset_link_made",
        Subject::person(&target),
    );
    audit::record(tx, &deed, now)?;
    Ok((token, expires_at))
}

/// Whose password this link sets: their name.
pub async fn look_at_reset(app: &App, token: &str) -> Result<String, Error> {
    Ok(find_reset(app, token).await?.1.name)
}

/// Sets the password by a link.
pub async fn reset_password(app: &App, token: &str, password: String) -> Result<(), Error> {
    let (token, ResetRow { person, email, name }) = find_reset(app, token).await?;
    let password_hash = password::hash_password(password, &[&email, &name]).await?;
    let now = app.clock.now();
    let reset = app.db.write(LANE, move |tx| {
        // Deleting it is using it: of two at once, one finds nothing.
        let found = store::passwords::use_reset(tx, &token, now)?;
        if found != Some(person) || !store::passwords::set_password(tx, person, &password_hash)? {
            return Err(Error::NotFound);
        }
        store::sessions::end_all_sessions(tx, person)?;
        Ok::<_, Error>(journal::access_changed(tx, person, now)?)
    });
    reset.await?;
    session::forget(app, person);
    tracing::info!(account.id = %person, "reset the password of account {person}");
    Ok(())
}

async fn find_reset(app: &App, token: &str) -> Result<(TokenHash, ResetRow), Error> {
    let token = token_hash(token);
    let now = app.clock.now();
    let found = app
        .db
        .read(move |tx| store::passwords::find_reset(tx, &token, now))
        .await?;
    Ok((token, found.ok_or(Error::NotFound)?))
}

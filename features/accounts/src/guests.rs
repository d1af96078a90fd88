//! Guests who came by a link: people without an account.
//!
//! Invariants: they have no address that receives anything and no password, so the session with which they came is their
//! only way in; it ends on its day at the latest, and whoever is retired has none. Their rows stay like everybody's,
//! because what they wrote stays.
//!
//! Does not know: links, and which channel they lead to.

mod store;

pub use store::STATEMENTS;

use crate::{
    actions::announce,
    events::Cause,
    model::{self, Error, Role},
    scope::Scopes,
    store as accounts,
    store::{
        PersonRow,
        sessions::{NewSession, SessionKind},
    },
    token::Token,
};
use base::{PersonId, SessionId, Timestamp};
use platform::{
    db::{self, Tx},
    journal,
};

/// Adds somebody with no more than a name. The workspace is not told: nobody but those in their channel meets them.
pub fn create_link_guest(
    tx: &mut dyn Tx,
    name: &str,
    (time_zone, language): (&str, &str),
    now: Timestamp,
) -> Result<PersonId, Error> {
    let (id, name) = (PersonId::random(), model::clean_name(name)?);
    let email = format!("{id}@guest.invalid");
    let (time_zone, language) = (
        model::clean_time_zone(time_zone)?,
        model::clean_language(language)?,
    );
    let row = PersonRow {
        id,
        email: &email,
        password_hash: "",
        name: &name,
        time_zone: &time_zone,
        language: &language,
        role: Role::Guest,
    };
    store::create(tx, &row, now)?;
    journal::open(tx, id)?;
    Ok(id)
}

/// Opens the one session of such a guest. The token is shown once.
pub fn open_guest_session(
    tx: &mut dyn Tx,
    person: PersonId,
    device: &str,
    expires_at: Timestamp,
    now: Timestamp,
) -> db::Result<Token> {
    let token = Token::random();
    let session = NewSession {
        id: SessionId::random(),
        person,
        token_hash: token.hash(),
        kind: SessionKind::Browser,
        device,
        scopes: Scopes::ALL,
        expires_at: Some(expires_at),
    };
    accounts::sessions::create_session(tx, &session, now)?;
    Ok(token)
}

/// Lets them stay until another moment.
pub fn extend_link_guest(tx: &mut dyn Tx, person: PersonId, expires_at: Timestamp) -> db::Result<()> {
    store::extend(tx, person, expires_at)
}

/// Ends everything that such a guest can do, and keeps what they wrote. False: they were gone already.
pub fn retire_link_guest(
    tx: &mut dyn Tx,
    by: Option<PersonId>,
    person: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    if !accounts::deactivate(tx, person, now)? {
        return Ok(false);
    }
    accounts::sessions::end_all_sessions(tx, person)?;
    let cause = Cause { actor: by, at: now };
    announce(tx, person, cause)?;
    journal::access_changed(tx, person, now)?;
    Ok(true)
}

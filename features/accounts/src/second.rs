//! What stands between the right password and a session: slices above say whether it is enough, and whether who asks for
//! something grave is really there.
//!
//! Does not know what a second step is.

use crate::{
    actions::{self, find_target},
    attempts,
    events::Person,
    model::{self, Error, Role},
    password,
    session::{Administrator, SignedIn},
    store,
    token::{Token, TokenHash, token_hash},
};
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    http::ClientAddress,
    realtime::Principal,
};

/// Asks, in the transaction that would open the session, whether the password is enough. Kept by the server
/// ([`platform::app::Parts::kept`]); without it, it always is.
pub struct SecondStep(pub fn(&mut dyn Tx, &Proven<'_>, Timestamp) -> db::Result<Option<StepNeeded>>);

/// Somebody whose password was right.
#[derive(Debug)]
pub struct Proven<'a> {
    /// Who.
    pub person: PersonId,
    /// Their role.
    pub role: Role,
    /// What the session will be called.
    pub device: &'a str,
    /// The domain of passkeys; None: this server takes none.
    pub passkey_domain: Option<&'a str>,
}

/// More is needed, and this waits for it.
#[derive(Debug)]
pub struct StepNeeded {
    /// The secret of the attempt, for the browser.
    pub attempt: Token,
    /// There is no second step yet: it is set up on the way.
    pub enrol: bool,
    /// There is no app, but a passkey, and only that lets in.
    pub passkey: bool,
}

/// Counts one attempt on an account by the limits of signing in, or says how long to wait.
pub fn count_attempt(app: &App, account: &str, client: ClientAddress) -> Result<(), Error> {
    attempts::count(app, account, client)
}

/// Counts one attempt on nobody in particular, by the network alone.
pub fn count_network(app: &App, client: ClientAddress) -> Result<(), Error> {
    attempts::count_network(app, client)
}

/// Who has this address, in any case of its letters; deactivated people too. What is no address is nobody's.
pub fn find_by_email(tx: &mut dyn Tx, email: &str) -> db::Result<Option<PersonId>> {
    match model::clean_email(email) {
        Ok(email) => store::find_by_email(tx, &email),
        Err(_) => Ok(None),
    }
}

/// Stands for the password of somebody who can sign in: another password is another mark. None: they have no password.
pub fn password_mark(tx: &mut dyn Tx, person: PersonId) -> db::Result<Option<TokenHash>> {
    let found = store::passwords::find_password(tx, person)?.filter(|row| !row.password_hash.is_empty());
    Ok(found.map(|row| token_hash(&row.password_hash)))
}

/// Notes that who asks has proved a moment ago that it is them, by something better than a password. The caller has made
/// sure of it. Counts for ten minutes, in this session.
pub fn prove(tx: &mut dyn Tx, who: Principal, now: Timestamp) -> Result<(), Error> {
    if store::sessions::prove_session(tx, who, now)? {
        Ok(())
    } else {
        Err(Error::SignedOut)
    }
}

/// Makes sure that who asks is there now: by what they proved a moment ago, by their password, or, when they have none
/// that counts here, by having signed in a moment ago.
pub async fn confirm_fresh(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    typed: Option<String>,
) -> Result<(), Error> {
    let (takes_passwords, now) = (app.config.sign_in.password, app.clock.now());
    let asked = app.db.read(move |tx| {
        let is_fresh = is_fresh(tx, who, takes_passwords, now)?;
        Ok::<_, Error>((is_fresh, store::passwords::find_password(tx, who.person)?))
    });
    let (is_fresh, row) = asked.await?;
    if is_fresh {
        return Ok(());
    }
    let row = row.ok_or(Error::SignedOut)?;
    if !takes_passwords || row.password_hash.is_empty() {
        return Err(Error::NotFresh);
    }
    let typed = typed.ok_or_else(|| Error::field("/password", "is needed for this"))?;
    attempts::count(app, &row.email, client)?;
    if password::is_password(&typed, Some(row.password_hash)).await? {
        Ok(())
    } else {
        Err(Error::field("/password", "is not your password"))
    }
}

/// Whether who asks needs no password for something grave at this moment, as far as this session goes. Whoever has a password
/// that counts here must have proved it by something better; for everybody else signing in is the proof.
pub fn is_fresh(
    tx: &mut dyn Tx,
    who: SignedIn,
    takes_passwords: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let proof = store::sessions::find_session_proof(tx, who.principal())?.ok_or(Error::SignedOut)?;
    let has_password = takes_passwords && password_mark(tx, who.person)?.is_some();
    let begun_at = Some(proof.begun_at).filter(|_| !has_password);
    let oldest = now.before(model::FRESH_FOR);
    Ok(proof.proven_at.max(begun_at).is_some_and(|last| last >= oldest))
}

/// The role that an administrator has in this transaction.
pub fn authority(tx: &mut dyn Tx, who: Administrator) -> Result<Role, Error> {
    actions::authority(tx, who)
}

/// Somebody whom this administrator may manage.
pub fn check_may_manage(tx: &mut dyn Tx, who: Administrator, person: PersonId) -> Result<Person, Error> {
    let actor = actions::authority(tx, who)?;
    let target = find_target(tx, person)?;
    model::check_manages(actor, target.role)?;
    Ok(target)
}

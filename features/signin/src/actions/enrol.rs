//! Setting up an app, and taking it away.
//!
//! Invariant: a secret counts only after a code of it was shown; its recovery codes are shown in that answer and never
//! again.

use super::{about, lane};
use crate::{
    model::{self, Error, Typed},
    qr, store,
    totp::Shared,
    wire::{OwnIdentity, OwnPasskey, OwnWays, TotpOffer},
};
use accounts::{Deed, SignedIn, Subject, audit};
use base::{PersonId, Timestamp};
use platform::{app::App, db::Tx, http::ClientAddress, seal::Seal};

const HAS_ONE: &str = "You have a second step already: remove it before you set up another app.";
const HAS_NONE: &str = "You have no second step.";

/// How who asks can sign in.
pub async fn ways(app: &App, who: SignedIn) -> Result<OwnWays, Error> {
    let takes_passwords = app.config.sign_in.password;
    let provider = app.config.sign_in.oidc.as_ref().map(|oidc| oidc.name.clone());
    let (domain, now) = (app.config.passkey_domain().map(str::to_owned), app.clock.now());
    let asked = app.db.read(move |tx| {
        let row = store::find_totp(tx, who.person)?;
        let identity = store::find_identity_of(tx, who.person)?;
        Ok::<_, Error>(OwnWays {
            password: takes_passwords && accounts::password_mark(tx, who.person)?.is_some(),
            second_step_since: row.and_then(|row| row.confirmed_at),
            n_recovery_codes: store::count_codes(tx, who.person)?,
            identity: identity.map(|since| OwnIdentity {
                name: provider.clone().unwrap_or_default(),
                since,
            }),
            second_step_needed: store::find_policy(tx)?.contains(&who.role),
            proven: accounts::is_fresh(tx, who, takes_passwords, now)?,
            passkeys: match &domain {
                Some(domain) => Some(list_passkeys(tx, who.person, domain)?),
                None => None,
            },
        })
    });
    asked.await
}

fn list_passkeys(tx: &mut dyn Tx, person: PersonId, domain: &str) -> Result<Vec<OwnPasskey>, Error> {
    let rows = store::passkeys::list(tx, person, domain)?;
    Ok(rows.into_iter().map(OwnPasskey::from).collect())
}

/// A new secret, which does not count yet.
pub async fn begin(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
) -> Result<TotpOffer, Error> {
    accounts::confirm_fresh(app, who, client, password).await?;
    let (seal, now) = (app.seal.clone(), app.clock.now());
    let offered = app.db.write(lane(), move |tx| {
        let (offer, sealed) = make(tx, &seal, who.person)?;
        if !store::offer_totp(tx, who.person, &sealed, now)? {
            return Err(Error::Conflict(HAS_ONE));
        }
        Ok(offer)
    });
    offered.await
}

/// Confirms it by a code; from then on it is asked for. Gives the recovery codes.
pub async fn finish(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    code: String,
) -> Result<Vec<String>, Error> {
    accounts::count_attempt(app, &who.person.to_string(), client)?;
    let (seal, now) = (app.seal.clone(), app.clock.now());
    let confirmed = app.db.write(lane(), move |tx| {
        let row = store::find_totp(tx, who.person)?.ok_or(Error::Conflict(HAS_NONE))?;
        if row.confirmed_at.is_some() {
            return Err(Error::Conflict(HAS_ONE));
        }
        match step_of(&seal, who.person, &row.sealed, &code, now)? {
            Some(step) => confirm(tx, who.person, step, now),
            None => Err(Error::WrongCode),
        }
    });
    let codes = confirmed.await?;
    tracing::info!(account.id = %who.person, "account {} has a second step now", who.person);
    Ok(codes)
}

/// Takes it away again.
pub async fn remove(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
) -> Result<(), Error> {
    accounts::confirm_fresh(app, who, client, password).await?;
    let now = app.clock.now();
    let domain = app.config.passkey_domain().unwrap_or_default().to_owned();
    let removed = app.db.write(lane(), move |tx| {
        let has_passkey = store::passkeys::count(tx, who.person, &domain)? > 0;
        if !has_passkey && store::find_policy(tx)?.contains(&who.role) {
            return Err(Error::Conflict(
                "Your role needs a second step here. An administrator can take it away, and you set up another app at the \
                 next sign-in.",
            ));
        }
        if !store::drop_second_step(tx, who.person)? {
            return Err(Error::Conflict(HAS_NONE));
        }
        note(tx, "person.second_step_removed", who.person, now)
    });
    removed.await?;
    tracing::info!(account.id = %who.person, "account {} has no second step any more", who.person);
    Ok(())
}

/// New recovery codes in place of the old ones.
pub async fn renew_codes(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
) -> Result<Vec<String>, Error> {
    accounts::confirm_fresh(app, who, client, password).await?;
    let renewed = app.db.write(lane(), move |tx| {
        if !store::has_second_step(tx, who.person)? {
            return Err(Error::Conflict(HAS_NONE));
        }
        new_codes(tx, who.person)
    });
    renewed.await
}

/// A secret for an app of this person: as it is shown, and sealed.
pub fn make(tx: &mut dyn Tx, seal: &Seal, person: PersonId) -> Result<(TotpOffer, String), Error> {
    let me = accounts::get_me(tx, person)?;
    let workspace = accounts::find_workspace(tx)?.map_or_else(|| "Antiphon".to_owned(), |found| found.name);
    let shared = Shared::random();
    let url = shared
        .url(&workspace, &me.email)
        .ok_or(Error::Broken("an address for an app could not be made"))?;
    let offer = TotpOffer {
        secret: shared.text(),
        qr: qr::draw(&url).ok_or(Error::Broken("a QR code could not be drawn"))?,
        url,
    };
    let sealed = seal.seal(shared.bytes(), &about(person))?;
    Ok((offer, sealed))
}

/// The time step of a code of a secret that does not count yet.
pub fn step_of(
    seal: &Seal,
    person: PersonId,
    sealed: &str,
    typed: &str,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let Some(Typed::App(digits)) = model::read_code(typed) else {
        return Ok(None);
    };
    let shared = Shared::from_bytes(seal.open(sealed, &about(person))?);
    Ok(shared.step_of(&digits, now))
}

/// From now on it is asked for.
pub fn confirm(tx: &mut dyn Tx, person: PersonId, step: i64, now: Timestamp) -> Result<Vec<String>, Error> {
    if !store::confirm_totp(tx, person, step, now)? {
        return Err(Error::Conflict(HAS_ONE));
    }
    note(tx, "person.second_step_set", person, now)?;
    new_codes(tx, person)
}

/// What people do to their own ways in is in the audit log too: it is what somebody else would do first.
pub fn note(tx: &mut dyn Tx, action: &'static str, person: PersonId, now: Timestamp) -> Result<(), Error> {
    let me = accounts::get_me(tx, person)?;
    let deed = Deed::new(person, action, Subject::person(&me.person));
    Ok(audit::record(tx, &deed, now)?)
}

fn new_codes(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<String>, Error> {
    let codes = model::new_recovery_codes();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|(_, hash)| *hash).collect();
    store::replace_codes(tx, person, &hashes)?;
    Ok(codes.into_iter().map(|(shown, _)| shown).collect())
}

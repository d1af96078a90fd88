//! A sign-in whose password was right and not enough.
//!
//! Invariants: an attempt dies with its fifth wrong code, with its time, with its use, and with the password it began with;
//! wrong codes are counted in a transaction that stays, by the attempt, the person and the network.

use super::{about, enrol};
use crate::{
    model::{self, ATTEMPT_LIFETIME, Error, SET_UP_LIFETIME, Typed, WRONG_MAX},
    store::{self, FlowRow, NewFlow},
    totp::Shared,
    wire::TotpOffer,
};
use accounts::{Me, Proven, StepNeeded, Token, TokenHash, token_hash};
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    db::{self, Tx},
    http::ClientAddress,
    seal::Seal,
};
use serde::{Deserialize, Serialize};

const KIND: &str = "second";

/// What an attempt remembers.
#[derive(Serialize, Deserialize)]
struct Attempt {
    device: String,
    /// The password that was right, hashed twice.
    mark: String,
    /// The role demands a second step, and there is none yet.
    enrol: bool,
    /// The secret that was offered for it.
    sealed: Option<String>,
}

/// For [`accounts::SecondStep`]: whether this person needs a second step, and the attempt that waits for it.
pub fn ask(tx: &mut dyn Tx, proven: &Proven<'_>, now: Timestamp) -> db::Result<Option<StepNeeded>> {
    let has_one = store::has_second_step(tx, proven.person)?;
    if !has_one && !store::find_policy(tx)?.contains(&proven.role) {
        return Ok(None);
    }
    // Whoever has a passkey has a second step: with the password alone nobody sets up an app beside it.
    let passkey = !has_one
        && match proven.passkey_domain {
            Some(domain) => store::passkeys::count(tx, proven.person, domain)? > 0,
            None => false,
        };
    let enrol = !has_one && !passkey;
    let Some(mark) = accounts::password_mark(tx, proven.person)? else {
        return Ok(None);
    };
    let token = Token::random();
    let attempt = Attempt {
        device: proven.device.to_owned(),
        mark: model::text_of(&mark),
        enrol,
        sealed: None,
    };
    let lifetime = if enrol { SET_UP_LIFETIME } else { ATTEMPT_LIFETIME };
    let flow = NewFlow {
        token: token.hash(),
        kind: KIND,
        person: Some(proven.person),
        state: &write(&attempt),
        expires_at: now.after(lifetime),
    };
    store::put_flow(tx, &flow)?;
    Ok(Some(StepNeeded {
        attempt: token,
        enrol,
        passkey,
    }))
}

/// Somebody who came in, with recovery codes when an app was set up on the way.
pub struct Done {
    pub me: Me,
    pub token: Token,
    pub recovery_codes: Option<Vec<String>>,
}

enum Outcome {
    In(Box<Done>),
    Wrong,
    Over,
}

/// Ends a sign-in by a code.
pub async fn finish(app: &App, client: ClientAddress, attempt: &str, code: &str) -> Result<Done, Error> {
    let (hash, now) = (token_hash(attempt), app.clock.now());
    let person = app
        .db
        .read(move |tx| Ok::<_, db::Error>(find(tx, &hash, now)?.map(|(person, ..)| person)))
        .await?
        .ok_or(Error::Over)?;
    accounts::count_attempt(app, &person.to_string(), client)?;
    let (seal, typed) = (app.seal.clone(), code.to_owned());
    let tried = app
        .db
        .write(person, move |tx| try_code(tx, &seal, &hash, &typed, now))
        .await?;
    match tried {
        Outcome::In(done) => {
            tracing::info!(account.id = %person, "signed in account {person} with a second step");
            Ok(*done)
        }
        Outcome::Wrong => Err(Error::WrongCode),
        Outcome::Over => Err(Error::Over),
    }
}

fn try_code(
    tx: &mut dyn Tx,
    seal: &Seal,
    hash: &TokenHash,
    typed: &str,
    now: Timestamp,
) -> Result<Outcome, Error> {
    let Some((person, attempt, flow)) = find(tx, hash, now)? else {
        return Ok(Outcome::Over);
    };
    let recovery_codes = match &attempt.sealed {
        Some(sealed) if attempt.enrol => match enrol::step_of(seal, person, sealed, typed, now)? {
            Some(step) if store::offer_totp(tx, person, sealed, now)? => {
                Some(Some(enrol::confirm(tx, person, step, now)?))
            }
            _ => None,
        },
        _ if attempt.enrol => None,
        _ => check(tx, seal, person, typed, now)?.then_some(None),
    };
    let Some(recovery_codes) = recovery_codes else {
        store::count_wrong(tx, hash)?;
        if flow.n_wrong + 1 >= WRONG_MAX {
            store::end_flow(tx, hash)?;
            return Ok(Outcome::Over);
        }
        return Ok(Outcome::Wrong);
    };
    if !store::end_flow(tx, hash)? {
        return Ok(Outcome::Over);
    }
    let (_, token) = accounts::open_session(tx, person, &attempt.device, now)?;
    let me = accounts::get_me(tx, person)?;
    Ok(Outcome::In(Box::new(Done {
        me,
        token,
        recovery_codes,
    })))
}

/// Whether the code is right and was not used; then it is used.
pub fn check(
    tx: &mut dyn Tx,
    seal: &Seal,
    person: PersonId,
    typed: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    match model::read_code(typed) {
        None => Ok(false),
        Some(Typed::Recovery(hash)) => Ok(store::use_code(tx, person, &hash)?),
        Some(Typed::App(digits)) => {
            let row = store::find_totp(tx, person)?.filter(|row| row.confirmed_at.is_some());
            let Some(row) = row else { return Ok(false) };
            let shared = Shared::from_bytes(seal.open(&row.sealed, &about(person))?);
            match shared.step_of(&digits, now) {
                Some(step) => Ok(store::use_step(tx, person, step)?),
                None => Ok(false),
            }
        }
    }
}

/// A secret for an app, for an attempt that demands one.
pub async fn set_up(app: &App, attempt: &str) -> Result<TotpOffer, Error> {
    let (hash, now) = (token_hash(attempt), app.clock.now());
    let seal = app.seal.clone();
    let offered = app.db.write(super::lane(), move |tx| {
        let Some((person, attempt, _)) = find(tx, &hash, now)?.filter(|(_, attempt, _)| attempt.enrol) else {
            return Err(Error::Over);
        };
        let (offer, sealed) = enrol::make(tx, &seal, person)?;
        let attempt = Attempt {
            sealed: Some(sealed),
            ..attempt
        };
        store::change_flow(tx, &hash, &write(&attempt), now.after(SET_UP_LIFETIME))?;
        Ok(offer)
    });
    offered.await
}

/// The attempt behind a token, while its person is active and their password is the one of then.
fn find(
    tx: &mut dyn Tx,
    hash: &TokenHash,
    now: Timestamp,
) -> db::Result<Option<(PersonId, Attempt, FlowRow)>> {
    let Some(flow) = store::find_flow(tx, hash, KIND, now)? else {
        return Ok(None);
    };
    let attempt = serde_json::from_str::<Attempt>(&flow.state).ok();
    let (Some(person), Some(attempt)) = (flow.person, attempt) else {
        return Ok(None);
    };
    let mark = accounts::password_mark(tx, person)?;
    let is_same = mark.is_some_and(|mark| model::text_of(&mark) == attempt.mark);
    Ok(is_same.then_some((person, attempt, flow)))
}

fn write(attempt: &Attempt) -> String {
    serde_json::to_string(attempt).expect("plain fields can be written as JSON")
}

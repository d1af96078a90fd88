//! Coming in by a passkey, and proving by one that it is still oneself.
//!
//! Invariants: nobody types a name: the device says which key it has, and only a key that it opened by a finger, a face or a
//! PIN counts, so no second step is asked for. An answer about a key that nobody has, that was removed, that is another
//! person's, or that is signed wrongly fails with the same words. A key whose counter did not grow opens nothing, and its
//! person sees that there may be a copy.

use super::{
    lane,
    passkeys::{
        Question, SUSPECTED, check_parts, count_question, failed, keep, note_passkey, off_thread, party, take,
    },
};
use crate::{
    model::{self, Error},
    passkey::{Party, Trouble},
    store::passkeys::{self, KeyRow},
    wire::PasskeyAnswer,
};
use accounts::{Me, SignedIn, Token, TokenHash, token_hash};
use base::{PersonId, Timestamp};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::{app::App, http::ClientAddress};
use sha2::{Digest, Sha256};
use std::sync::Arc;

const ENTERING: &str = "passkey_entering";
const PROVING: &str = "passkey_proving";

/// The question who somebody is.
pub async fn begin(app: &App, client: ClientAddress, browser: TokenHash) -> Result<Question, Error> {
    let party = party(app)?;
    count_question(app, client)?;
    ask(app, &party, (ENTERING, None), browser, &[]).await
}

/// The same to who is signed in: only their own passkeys answer it.
pub async fn begin_proof(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    browser: TokenHash,
) -> Result<Question, Error> {
    let party = party(app)?;
    count_question(app, client)?;
    let domain = party.domain().to_owned();
    let known = app
        .db
        .read(move |tx| passkeys::list_credential_ids(tx, who.person, &domain))
        .await?;
    if known.is_empty() {
        return Err(Error::Conflict("You have no passkey here."));
    }
    let known: Vec<String> = known.iter().map(|id| URL_SAFE_NO_PAD.encode(id)).collect();
    ask(app, &party, (PROVING, Some(who.person)), browser, &known).await
}

async fn ask(
    app: &App,
    party: &Party,
    kind: (&'static str, Option<PersonId>),
    browser: TokenHash,
    known: &[String],
) -> Result<Question, Error> {
    let (begun, now) = (party.begin_entering(known).map_err(failed)?, app.clock.now());
    let kept = app
        .db
        .write(lane(), move |tx| keep(tx, kind, (&browser, &begun.state), now));
    Ok(Question {
        attempt: kept.await?,
        options: begun.options,
    })
}

/// Opens a session for whoever has the key.
pub async fn finish(
    app: &App,
    client: ClientAddress,
    browser: TokenHash,
    answer: PasskeyAnswer,
    device: String,
) -> Result<(Me, Token), Error> {
    let Opened {
        person,
        credential_id,
        key,
    } = open(app, client, (ENTERING, None), browser, answer).await?;
    let now = app.clock.now();
    let entered = app.db.write(lane(), move |tx| {
        let is_same = passkeys::note_used(tx, &credential_id, (&key.0, &key.1), now)?;
        // Deactivated people have no way in, and are told nothing else than strangers.
        if !is_same || accounts::find_active(tx, person)?.is_none() {
            return Err(Error::Passkey);
        }
        let (_, token) = accounts::open_session(tx, person, &device, now)?;
        Ok((accounts::get_me(tx, person)?, token))
    });
    let (me, token) = entered.await?;
    tracing::info!(account.id = %person, "signed in account {person} by a passkey");
    Ok((me, token))
}

/// Notes that who is signed in has just shown one of their own keys.
pub async fn prove(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    browser: TokenHash,
    answer: PasskeyAnswer,
) -> Result<(), Error> {
    let opened = open(app, client, (PROVING, Some(who.person)), browser, answer).await?;
    if opened.person != who.person {
        return Err(Error::Passkey);
    }
    let now = app.clock.now();
    let proven = app.db.write(lane(), move |tx| {
        let (before, after) = &opened.key;
        if !passkeys::note_used(tx, &opened.credential_id, (before, after), now)? {
            return Err(Error::Passkey);
        }
        Ok(accounts::prove(tx, who.principal(), now)?)
    });
    proven.await
}

/// A key that was shown: whose it is, and how it is kept, before and after.
struct Opened {
    person: PersonId,
    credential_id: Vec<u8>,
    key: (String, String),
}

/// Looks at an answer, between two transactions: the first takes the question away, the caller's uses the key.
async fn open(
    app: &App,
    client: ClientAddress,
    kind: (&'static str, Option<PersonId>),
    browser: TokenHash,
    answer: PasskeyAnswer,
) -> Result<Opened, Error> {
    let party = party(app)?;
    check_parts([
        &answer.credential_id,
        &answer.client_data,
        &answer.authenticator_data,
        &answer.signature,
        answer.user_handle.as_deref().unwrap_or_default(),
    ])?;
    // By the key as by an account: whoever guesses at one is slowed down at all of them.
    let guessed = model::text_of(&Sha256::digest(&answer.credential_id));
    accounts::count_attempt(app, &guessed, client)?;
    let credential_id = URL_SAFE_NO_PAD
        .decode(&answer.credential_id)
        .map_err(|_| Error::Passkey)?;
    let (attempt, now) = (token_hash(&answer.attempt), app.clock.now());
    let (domain, id) = (party.domain().to_owned(), credential_id.clone());
    let taken = app.db.write(lane(), move |tx| {
        let Some(state) = take(tx, kind, (&browser, &attempt), now)? else {
            return Err(Error::Over);
        };
        Ok((state, passkeys::find(tx, &id, &domain)?))
    });
    let (state, row) = taken.await?;
    let row = row.ok_or(Error::Passkey)?;
    check_owner(&row, answer.user_handle.as_deref(), kind.1.is_none())?;
    let key = look(app, &party, (state, answer), (&credential_id, &row), now).await?;
    Ok(Opened {
        person: row.person,
        credential_id,
        key: (row.credential, key),
    })
}

/// The device says whose key it is (Web Authentication, 7.2, step 6). Where we named the keys it may leave that out.
fn check_owner(row: &KeyRow, said: Option<&str>, must_say: bool) -> Result<(), Error> {
    let is_theirs = match said {
        Some(said) => said == URL_SAFE_NO_PAD.encode(row.person.0.as_bytes()),
        None => !must_say,
    };
    if is_theirs { Ok(()) } else { Err(Error::Passkey) }
}

async fn look(
    app: &App,
    party: &Arc<Party>,
    (state, answer): (String, PasskeyAnswer),
    (credential_id, row): (&[u8], &KeyRow),
    now: Timestamp,
) -> Result<String, Error> {
    let (party, credential) = (party.clone(), row.credential.clone());
    let looked = off_thread(move || party.finish_entering(&state, &answer, &credential)).await?;
    if matches!(looked, Err(Trouble::Copied)) {
        let (id, person) = (credential_id.to_vec(), row.person);
        let noted = app.db.write(lane(), move |tx| {
            if let Some(name) = passkeys::suspect(tx, &id, now)? {
                note_passkey(tx, SUSPECTED, (person, &name), now)?;
            }
            Ok::<_, Error>(())
        });
        noted.await?;
    }
    looked.map_err(failed)
}

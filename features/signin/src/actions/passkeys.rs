//! Adding, naming and removing one's passkeys.
//!
//! Invariants: a passkey is added and removed by who is surely there; what was asked of a browser is answered once, by that
//! browser, within five minutes; a key is one person's; nobody takes their last way in away.

use super::lane;
use crate::{
    letters::{self, Happened},
    model::{self, Error, PASSKEY_LIFETIME, PASSKEY_NAME_MAX_CHARS, PASSKEYS_MAX, QUESTIONS_PER_MINUTE},
    passkey::{Adding, Begun, Party, Trouble},
    store::{
        self, NewFlow,
        passkeys::{self, NewPasskey, PasskeyRow},
    },
    wire::PasskeyMade,
};
use accounts::{Actor, Deed, SignedIn, Subject, Token, TokenHash, audit, token_hash};
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    config::Config,
    db::{self, Tx},
    http::ClientAddress,
    limits::RateLimiter,
    mail,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::{Arc, OnceLock};
use uuid::Uuid;

const ADDING: &str = "passkey_adding";
/// The deed of a counter that went back.
pub const SUSPECTED: &str = "person.passkey_suspected";

/// This server as devices know it, and how often it may be asked for a question.
pub struct Passkeys {
    party: OnceLock<Option<Arc<Party>>>,
    questions: RateLimiter,
}

impl Default for Passkeys {
    fn default() -> Self {
        Self {
            party: OnceLock::new(),
            questions: RateLimiter::per_minute(QUESTIONS_PER_MINUTE),
        }
    }
}

impl Passkeys {
    fn party(&self, config: &Config) -> Option<Arc<Party>> {
        let made = || Party::new(config, PASSKEY_LIFETIME).map(Arc::new);
        self.party.get_or_init(made).clone()
    }
}

fn kept(app: &App) -> Result<&Passkeys, Error> {
    app.kept::<Passkeys>()
        .ok_or(Error::Broken("the server was put together without signin::kept"))
}

pub fn party(app: &App) -> Result<Arc<Party>, Error> {
    kept(app)?.party(&app.config).ok_or(Error::NoPasskeys)
}

/// Counts one question to somebody unknown.
pub fn count_question(app: &App, client: ClientAddress) -> Result<(), Error> {
    let counted = kept(app)?.questions.check(&client.network());
    counted.map_err(Error::TooMany)
}

/// A question for a browser: what answers it, and what the browser needs.
pub struct Question {
    pub attempt: Token,
    pub options: Value,
}

/// What was asked of a browser. It stays here: a browser that kept it could answer as it likes.
#[derive(Serialize, Deserialize)]
struct Asked {
    /// The secret of this browser, hashed.
    browser: String,
    state: String,
}

/// Keeps what was asked, for the one answer.
pub fn keep(
    tx: &mut dyn Tx,
    (kind, person): (&'static str, Option<PersonId>),
    (browser, state): (&TokenHash, &str),
    now: Timestamp,
) -> Result<Token, Error> {
    let asked = Asked {
        browser: model::text_of(browser),
        state: state.to_owned(),
    };
    let state =
        serde_json::to_string(&asked).map_err(|_| Error::Broken("a question could not be written down"))?;
    let token = Token::random();
    let flow = NewFlow {
        token: token.hash(),
        kind,
        person,
        state: &state,
        expires_at: now.after(PASSKEY_LIFETIME),
    };
    store::put_flow(tx, &flow)?;
    Ok(token)
}

/// Takes away what was asked, if it was asked of this browser and, when somebody was signed in, of them. Whether the answer
/// is right or not, there is no second one.
pub fn take(
    tx: &mut dyn Tx,
    (kind, person): (&'static str, Option<PersonId>),
    (browser, attempt): (&TokenHash, &TokenHash),
    now: Timestamp,
) -> db::Result<Option<String>> {
    let Some(flow) = store::find_flow(tx, attempt, kind, now)? else {
        return Ok(None);
    };
    let asked = serde_json::from_str::<Asked>(&flow.state).ok();
    let Some(asked) = asked.filter(|asked| asked.browser == model::text_of(browser)) else {
        return Ok(None);
    };
    Ok((flow.person == person && store::end_flow(tx, attempt)?).then_some(asked.state))
}

/// The question for a new key, to who proves first that it is them.
pub async fn begin(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    password: Option<String>,
    browser: TokenHash,
) -> Result<Question, Error> {
    let party = party(app)?;
    accounts::confirm_fresh(app, who, client, password).await?;
    let now = app.clock.now();
    let begun = app.db.write(lane(), move |tx| {
        let me = accounts::get_me(tx, who.person)?;
        check_room(tx, who.person, party.domain())?;
        let workspace =
            accounts::find_workspace(tx)?.map_or_else(|| "Antiphon".to_owned(), |found| found.name);
        let adding = Adding {
            person: who.person.0,
            account: &me.email,
            name: &me.person.name,
            workspace: &workspace,
            known: passkeys::list_credential_ids(tx, who.person, party.domain())?,
        };
        let Begun { options, state } = party.begin_adding(adding).map_err(failed)?;
        let attempt = keep(tx, (ADDING, Some(who.person)), (&browser, &state), now)?;
        Ok::<_, Error>(Question { attempt, options })
    });
    begun.await
}

/// Keeps the key that the device made. It is called what the browser is.
pub async fn finish(
    app: &App,
    who: SignedIn,
    browser: TokenHash,
    made: PasskeyMade,
    device: String,
) -> Result<PasskeyRow, Error> {
    let party = party(app)?;
    check_parts([&made.credential_id, &made.client_data, &made.attestation])?;
    let (attempt, now) = (token_hash(&made.attempt), app.clock.now());
    let taken = app.db.write(lane(), move |tx| {
        take(tx, (ADDING, Some(who.person)), (&browser, &attempt), now)
    });
    let state = taken.await?.ok_or(Error::Over)?;
    let (domain, url) = (party.domain().to_owned(), mailing_url(app));
    let made = off_thread(move || party.finish_adding(&state, &made))
        .await?
        .map_err(failed)?;
    let added = app.db.write(lane(), move |tx| {
        accounts::find_active(tx, who.person)?.ok_or(Error::Over)?;
        check_room(tx, who.person, &domain)?;
        let new = NewPasskey {
            credential_id: &made.credential_id,
            person: who.person,
            domain: &domain,
            name: &device,
            credential: &made.credential,
        };
        let row = passkeys::put(tx, &new, now)?;
        let row = row.ok_or(Error::Conflict("That passkey opens an account here already."))?;
        note_passkey(tx, "person.passkey_added", (who.person, &row.name), now)?;
        let what = (Happened::Added, row.id, row.name.as_str());
        letters::tell(tx, who.person, what, url.as_deref(), now)?;
        Ok::<_, Error>(row)
    });
    let row = added.await?;
    tracing::info!(account.id = %who.person, "account {} has one more passkey", who.person);
    Ok(row)
}

/// Gives a passkey another name.
pub async fn rename(app: &App, who: SignedIn, id: Uuid, name: &str) -> Result<PasskeyRow, Error> {
    let name = markup::clean_name(name, PASSKEY_NAME_MAX_CHARS);
    let name = name.map_err(|problem| Error::Name(problem.to_string()))?;
    let domain = party(app)?.domain().to_owned();
    let renamed = app.db.write(lane(), move |tx| {
        let row = passkeys::rename(tx, (who.person, &domain), id, &name)?;
        row.ok_or(Error::NotFound)
    });
    renamed.await
}

/// Removes one, for who proves first that it is them.
pub async fn remove(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    id: Uuid,
    password: Option<String>,
) -> Result<(), Error> {
    let domain = party(app)?.domain().to_owned();
    accounts::confirm_fresh(app, who, client, password).await?;
    let (now, config, url) = (app.clock.now(), app.config.clone(), mailing_url(app));
    let removed = app.db.write(lane(), move |tx| {
        let name = passkeys::drop_one(tx, who.person, id)?.ok_or(Error::NotFound)?;
        if passkeys::count(tx, who.person, &domain)? == 0 {
            check_remains(tx, who, &config)?;
        }
        note_passkey(tx, "person.passkey_removed", (who.person, &name), now)?;
        let what = (Happened::Removed, id, name.as_str());
        letters::tell(tx, who.person, what, url.as_deref(), now)
    });
    removed.await?;
    tracing::info!(account.id = %who.person, "account {} has one passkey less", who.person);
    Ok(())
}

/// The address of this server, where it sends mail.
fn mailing_url(app: &App) -> Option<String> {
    mail::is_configured(app).then(|| app.config.public_url.clone())
}

/// After the last passkey is gone, the rest must be enough.
fn check_remains(tx: &mut dyn Tx, who: SignedIn, config: &Config) -> Result<(), Error> {
    let has_password = config.sign_in.password && accounts::password_mark(tx, who.person)?.is_some();
    let has_identity = config.sign_in.oidc.is_some() && store::find_identity_of(tx, who.person)?.is_some();
    if !has_password && !has_identity {
        return Err(Error::Conflict(
            "This is your only way in: add another passkey or choose a password first.",
        ));
    }
    let is_needed = has_password && store::find_policy(tx)?.contains(&who.role);
    if is_needed && !store::has_second_step(tx, who.person)? {
        return Err(Error::Conflict(
            "Your role needs a second step here: add another passkey or set up an app first.",
        ));
    }
    Ok(())
}

fn check_room(tx: &mut dyn Tx, person: PersonId, domain: &str) -> Result<(), Error> {
    if passkeys::count(tx, person, domain)? < PASSKEYS_MAX {
        return Ok(());
    }
    Err(Error::Conflict(
        "You have 20 passkeys already: remove one that is not used any more.",
    ))
}

/// What a browser says is bounded before it is read.
pub fn check_parts<const N: usize>(parts: [&str; N]) -> Result<(), Error> {
    let is_bounded = parts
        .iter()
        .all(|part| part.len() <= model::ANSWER_PART_MAX_CHARS);
    if is_bounded { Ok(()) } else { Err(Error::Passkey) }
}

/// Signatures take about a millisecond, which neither the lanes nor the other requests should wait for.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::Broken("looking at a passkey broke off"))
}

/// One sentence for people; what exactly was wrong is for the log.
pub fn failed(trouble: Trouble) -> Error {
    match trouble {
        Trouble::State => Error::Broken("the state of a passkey cannot be read back"),
        trouble => {
            let cause = std::error::Error::source(&trouble).map(ToString::to_string);
            tracing::warn!(error = %trouble, cause, "an answer about a passkey was not taken");
            Error::Passkey
        }
    }
}

/// The deed with what the passkey is called. That there may be a copy of one is noticed by the server.
pub fn note_passkey(
    tx: &mut dyn Tx,
    action: &'static str,
    (person, name): (PersonId, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let me = accounts::get_me(tx, person)?;
    let actor = match action {
        SUSPECTED => Actor::Server,
        _ => Actor::Person(person),
    };
    let deed = Deed::new(actor, action, Subject::person(&me.person)).with("passkey", name);
    Ok(audit::record(tx, &deed, now)?)
}

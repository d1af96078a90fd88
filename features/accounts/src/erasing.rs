//! Taking a person out of everything: name, address, picture, sessions, and whatever the log tells of them.
//!
//! Invariants: the row stays, because what others said to this person stays, but it says nothing about them any more; the
//! events of their own log are blank, and those that told the workspace of them tell what is left; all of it happens in
//! one transaction, which `person.erased` closes. Slices above listen to that event and erase what they hold.

mod api;
mod store;

pub use api::{EraseMe, ErasePerson, erase_me, erase_person};
pub use store::STATEMENTS;

use crate::{
    actions::{LANE, announce, authority, check_owner_remains},
    audit::{self, Actor, Deed, Subject},
    events::{Cause, Person, PersonEvent},
    model::{self, Error},
    second::confirm_fresh,
    session::{self, Administrator, SignedIn},
    store as accounts,
};
use base::{PersonId, Timestamp};
use platform::{
    app::App,
    db::Tx,
    http::ClientAddress,
    journal::{self, Happened},
    mail,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What others read where the name stood.
const NAME: &str = "Deleted person";

/// What becomes of what the person wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErasedMessages {
    /// It stays, by "Deleted person".
    Keep,
    /// It is deleted as if they had deleted each message.
    Delete,
}

/// Body of `person.erased`, on the person's own log, which nobody can read any more.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct PersonErased {
    /// Who it was.
    pub person_id: PersonId,
    /// What becomes of what they wrote.
    pub messages: ErasedMessages,
}

/// The kind of [`PersonErased`].
pub const PERSON_ERASED: &str = "person.erased";

/// Erases somebody else. Twice is once.
async fn erase(
    app: &App,
    who: Administrator,
    id: PersonId,
    messages: ErasedMessages,
) -> Result<Person, Error> {
    let now = app.clock.now();
    let erased = app.db.write_freeing(LANE, move |tx| {
        let actor = authority(tx, who)?;
        let found = accounts::find_person(tx, id)?.filter(|person| !person.bot);
        let target = found.ok_or(Error::NotFound)?;
        model::check_deactivation((who.0.person, actor), (id, target.role))?;
        erase_in(tx, (who.into(), id), messages, now)
    });
    let person = erased.await?;
    session::forget(app, id);
    tracing::info!(account.id = %id, "erased account {id}");
    Ok(person)
}

/// Erases who asks, if it is surely them.
async fn erase_myself(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    typed: Option<String>,
    messages: ErasedMessages,
) -> Result<(), Error> {
    confirm_fresh(app, who, client, typed).await?;
    let now = app.clock.now();
    let erased = app.db.write_freeing(LANE, move |tx| {
        accounts::sessions::session_alive(tx, who.principal())?.ok_or(Error::SignedOut)?;
        erase_in(tx, (who.into(), who.person), messages, now)
    });
    erased.await?;
    session::forget(app, who.person);
    tracing::info!(account.id = %who.person, "erased account {}", who.person);
    Ok(())
}

fn erase_in(
    tx: &mut dyn Tx,
    (by, id): (Actor, PersonId),
    messages: ErasedMessages,
    now: Timestamp,
) -> Result<Person, Error> {
    if let Some(me) = accounts::find_me(tx, id)? {
        mail::forget(tx, &me.email)?;
    }
    store::erase(tx, id, NAME, &model::name_key(NAME), now)?;
    accounts::sessions::end_all_sessions(tx, id)?;
    accounts::passwords::drop_reset(tx, id)?;
    let workspace = accounts::get_workspace(tx)?.id;
    let left = accounts::get_me(tx, id)?.person;
    for seq in store::list_events_about(tx, workspace, id)? {
        let body = PersonEvent { person: left.clone() };
        journal::redact(tx, workspace, seq, &body)?;
    }
    journal::blank(tx, id)?;
    audit::store::forget_name(tx, id, NAME)?;
    let deed = Deed::new(by, "person.erased", Subject::person(&left));
    audit::record(tx, &deed, now)?;
    let cause = Cause {
        actor: Some(id),
        at: now,
    };
    let me = announce(tx, id, cause)?;
    let erased = Happened {
        kind: PERSON_ERASED,
        actor: Some(id),
        at: now,
    };
    let body = PersonErased {
        person_id: id,
        messages,
    };
    journal::append(tx, id, erased, &body)?;
    journal::access_changed(tx, id, now)?;
    check_owner_remains(tx)?;
    Ok(me.person)
}

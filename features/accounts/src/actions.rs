//! The verbs of this slice: who may → decide → write → announce, each in one transaction.
//!
//! Invariants: rights are asked again inside the transaction that uses them; what ends rights announces `access
//! changed` and is forgotten by this process before it is answered. The functions over `Tx` are for features above,
//! which put them into transactions of their own (set-up, invitations, imports).

pub mod people;
pub mod profile;
pub mod resets;
pub mod sessions;

pub(crate) use people::check_owner_remains;
pub use resets::make_reset;
pub use sessions::open_session;

use crate::{
    audit::{self, Deed, Subject},
    events::{self, Cause, Person, Workspace},
    model::{self, Error, Role},
    session::{Administrator, SignedIn},
    store::{self, PersonRow, ProfileChange},
};
use base::{PersonId, ScopeId, Timestamp, WorkspaceId};
use platform::{
    app::App,
    db::Tx,
    journal::{self, ACCESS_SCOPE},
};

/// Changes of people and rights share one lane: they are rare and write the same two logs, and so they never wait for
/// each other's rows.
pub(crate) const LANE: ScopeId = ACCESS_SCOPE;

/// Somebody who will have an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// As typed; it is cleaned.
    pub name: String,
    /// As typed; it is cleaned, and must belong to nobody else in any case of its letters.
    pub email: String,
    /// From [`crate::hash_password`]; empty: nobody can sign in until an administrator gives out a reset link.
    pub password_hash: String,
    /// The caller has decided that.
    pub role: Role,
    /// IANA name.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
}

/// Adds somebody to the workspace, which must exist, and tells the workspace. Names may look alike.
pub fn create_person(tx: &mut dyn Tx, new: &NewPerson, now: Timestamp) -> Result<PersonId, Error> {
    let row = PersonRow {
        id: PersonId::random(),
        email: &model::clean_email(&new.email)?,
        password_hash: &new.password_hash,
        name: &model::clean_name(&new.name)?,
        time_zone: &model::clean_time_zone(&new.time_zone)?,
        language: &model::clean_language(&new.language)?,
        role: new.role,
    };
    if !store::create_person(tx, &row, now)? {
        return Err(Error::EmailTaken);
    }
    journal::open(tx, row.id)?;
    let workspace = store::get_workspace(tx)?;
    let me = store::get_me(tx, row.id)?;
    events::person_joined(
        tx,
        workspace.id,
        &me.person,
        Cause {
            actor: Some(row.id),
            at: now,
        },
    )?;
    Ok(row.id)
}

/// Adds a bot that speaks for something of `owner`'s. It has no way in; what it may do is asked of its owner each time.
pub fn create_bot(tx: &mut dyn Tx, owner: PersonId, name: &str, now: Timestamp) -> Result<Person, Error> {
    let (id, name) = (PersonId::random(), model::clean_name(name)?);
    store::create_bot(tx, id, &name, owner, now)?;
    journal::open(tx, id)?;
    Ok(store::get_me(tx, id)?.person)
}

/// Takes a bot out of service. What it wrote stays, under its name.
pub fn retire_bot(tx: &mut dyn Tx, by: PersonId, bot: PersonId, now: Timestamp) -> Result<(), Error> {
    let is_bot = store::find_person(tx, bot)?.is_some_and(|person| person.bot);
    if is_bot && store::deactivate(tx, bot, now)? {
        let cause = Cause {
            actor: Some(by),
            at: now,
        };
        announce(tx, bot, cause)?;
    }
    Ok(())
}

/// Finds whoever has this address already, or adds them as they were elsewhere: there since `at`.
pub fn import_person(tx: &mut dyn Tx, new: &NewPerson, at: Timestamp) -> Result<PersonId, Error> {
    match store::find_by_email(tx, &model::clean_email(&new.email)?)? {
        Some(person) => Ok(person),
        None => create_person(tx, new, at),
    }
}

/// Deactivates whoever came in by an import as one who could not sign in any more. People with a password stay as they
/// are: they are here by themselves.
pub fn import_deactivated(tx: &mut dyn Tx, id: PersonId, now: Timestamp) -> Result<(), Error> {
    let without_password =
        store::passwords::find_password(tx, id)?.is_some_and(|row| row.password_hash.is_empty());
    if without_password && store::deactivate(tx, id, now)? {
        announce(
            tx,
            id,
            Cause {
                actor: Some(id),
                at: now,
            },
        )?;
        journal::access_changed(tx, id, now)?;
    }
    Ok(())
}

/// Adds the first owner. Whoever came in by an import under this address, and never had a password, becomes it.
pub fn first_owner(tx: &mut dyn Tx, new: &NewPerson, now: Timestamp) -> Result<PersonId, Error> {
    let Some(id) = store::find_by_email(tx, &model::clean_email(&new.email)?)? else {
        return create_person(tx, new, now);
    };
    let without_password =
        store::passwords::find_password(tx, id)?.is_some_and(|row| row.password_hash.is_empty());
    if !without_password {
        return Err(Error::EmailTaken);
    }
    let profile = ProfileChange {
        name: Some(model::clean_name(&new.name)?),
        time_zone: Some(model::clean_time_zone(&new.time_zone)?),
        language: Some(model::clean_language(&new.language)?),
        ..ProfileChange::default()
    };
    store::change_profile(tx, id, &profile)?;
    store::passwords::set_password(tx, id, &new.password_hash)?;
    store::passwords::drop_reset(tx, id)?;
    store::set_role(tx, id, new.role)?;
    let cause = Cause {
        actor: Some(id),
        at: now,
    };
    announce(tx, id, cause)?;
    journal::access_changed(tx, id, now)?;
    Ok(id)
}

/// Makes the one workspace of this server.
pub fn create_workspace(tx: &mut dyn Tx, name: &str, now: Timestamp) -> Result<WorkspaceId, Error> {
    let workspace = Workspace {
        id: WorkspaceId::random(),
        name: model::clean_name(name)?,
    };
    if !store::create_workspace(tx, &workspace, now)? {
        return Err(Error::Exists);
    }
    journal::open(tx, workspace.id)?;
    journal::open(tx, ACCESS_SCOPE)?;
    Ok(workspace.id)
}

/// Gives the workspace another name while it has no owner yet; `by` is the one who becomes it.
pub fn name_workspace(tx: &mut dyn Tx, by: PersonId, name: &str, now: Timestamp) -> Result<(), Error> {
    let before = store::get_workspace(tx)?;
    let workspace = Workspace {
        id: before.id,
        name: model::clean_name(name)?,
    };
    if workspace != before {
        store::rename_workspace(tx, workspace.id, &workspace.name)?;
        let cause = Cause {
            actor: Some(by),
            at: now,
        };
        events::workspace_changed(tx, &workspace, cause)?;
    }
    Ok(())
}

/// Gives the workspace another name.
pub async fn rename_workspace(app: &App, who: Administrator, name: &str) -> Result<Workspace, Error> {
    let (name, now) = (model::clean_name(name)?, app.clock.now());
    let renamed = app.db.write(LANE, move |tx| {
        authority(tx, who)?;
        let before = store::get_workspace(tx)?;
        let workspace = Workspace {
            name: name.clone(),
            id: before.id,
        };
        store::rename_workspace(tx, workspace.id, &workspace.name)?;
        let subject = Subject::new("workspace", workspace.id, &before.name);
        let deed = Deed::new(who, "workspace.renamed", subject);
        let deed = deed.changed("name", before.name.as_str(), workspace.name.as_str());
        audit::record(tx, &deed, now)?;
        events::workspace_changed(tx, &workspace, by(who.0, now))?;
        Ok::<_, Error>(workspace)
    });
    renamed.await
}

pub(crate) fn by(who: SignedIn, at: Timestamp) -> Cause {
    Cause {
        actor: Some(who.person),
        at,
    }
}

/// The role that an administrator has in this transaction; the extractor's may be a second old.
pub(crate) fn authority(tx: &mut dyn Tx, who: Administrator) -> Result<Role, Error> {
    let role = store::sessions::session_alive(tx, who.0.principal())?.ok_or(Error::SignedOut)?;
    if role.is_admin() {
        Ok(role)
    } else {
        Err(Error::NotAllowed)
    }
}

pub(crate) fn find_target(tx: &mut dyn Tx, id: PersonId) -> Result<Person, Error> {
    // Bots, and guests who came by a link, have no role and no password to manage.
    let found = store::find_person(tx, id)?.filter(|person| !person.bot && !person.link_guest);
    found.ok_or(Error::NotFound)
}

/// Tells everybody what a person is now.
pub(crate) fn announce(tx: &mut dyn Tx, id: PersonId, cause: Cause) -> Result<events::Me, Error> {
    let workspace = store::get_workspace(tx)?;
    let me = store::get_me(tx, id)?;
    events::person_changed(tx, workspace.id, &me, cause)?;
    Ok(me)
}

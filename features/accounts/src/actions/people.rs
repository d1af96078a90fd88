//! What administrators do with people: roles, deactivation.
//!
//! Invariant: an owner who can sign in remains, whatever happens at the same time.

use super::{LANE, announce, authority, by, find_target};
use crate::{
    audit::{self, Deed, Subject},
    events::Person,
    model::{self, Error, Role},
    session::{self, Administrator},
    store,
};
use base::PersonId;
use platform::{app::App, db::Tx, journal};

/// Gives a person another role. Giving the one they have changes nothing.
pub async fn change_role(app: &App, who: Administrator, id: PersonId, given: Role) -> Result<Person, Error> {
    let now = app.clock.now();
    let changed = app.db.write(LANE, move |tx| {
        let actor = authority(tx, who)?;
        let target = find_target(tx, id)?;
        model::check_role_change(actor, target.role, given)?;
        if target.role == given {
            return Ok(target);
        }
        store::set_role(tx, id, given)?;
        let me = announce(tx, id, by(who.0, now))?;
        journal::access_changed(tx, id, now)?;
        check_owner_remains(tx)?;
        let deed = Deed::new(who, "person.role_changed", Subject::person(&target));
        let deed = deed.changed("role", target.role.as_str(), given.as_str());
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>(me.person)
    });
    let person = changed.await?;
    session::forget(app, id);
    Ok(person)
}

/// Ends everything that a person can do here, and keeps what they wrote. Twice is once.
pub async fn deactivate(app: &App, who: Administrator, id: PersonId) -> Result<Person, Error> {
    let now = app.clock.now();
    let deactivated = app.db.write(LANE, move |tx| {
        let actor = authority(tx, who)?;
        let target = find_target(tx, id)?;
        model::check_deactivation((who.0.person, actor), (id, target.role))?;
        if !store::deactivate(tx, id, now)? {
            return Ok(target);
        }
        store::sessions::end_all_sessions(tx, id)?;
        store::passwords::drop_reset(tx, id)?;
        let me = announce(tx, id, by(who.0, now))?;
        journal::access_changed(tx, id, now)?;
        check_owner_remains(tx)?;
        let deed = Deed::new(who, "person.deactivated", Subject::person(&target));
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>(me.person)
    });
    let person = deactivated.await?;
    session::forget(app, id);
    tracing::info!(account.id = %id, "deactivated account {id}");
    Ok(person)
}

/// Lets a person sign in again, with the password they had. Twice is once.
pub async fn reactivate(app: &App, who: Administrator, id: PersonId) -> Result<Person, Error> {
    let now = app.clock.now();
    let reactivated = app.db.write(LANE, move |tx| {
        let actor = authority(tx, who)?;
        let target = find_target(tx, id)?;
        model::check_manages(actor, target.role)?;
        if !store::reactivate(tx, id)? {
            return Ok(target);
        }
        let deed = Deed::new(who, "person.reactivated", Subject::person(&target));
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>(announce(tx, id, by(who.0, now))?.person)
    });
    let person = reactivated.await?;
    tracing::info!(account.id = %id, "reactivated account {id}");
    Ok(person)
}

/// To be asked after the change was announced: by then this transaction holds the row of the workspace's log, so that
/// no other one can take away another owner at the same time.
pub(crate) fn check_owner_remains(tx: &mut dyn Tx) -> Result<(), Error> {
    if store::count_owners(tx)? > 0 {
        Ok(())
    } else {
        Err(Error::LastOwner)
    }
}

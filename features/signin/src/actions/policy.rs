//! What administrators decide: who needs a second step, and taking one away from whoever is locked out.

use super::lane;
use crate::{model::Error, store};
use accounts::{Administrator, Deed, Role, Subject, audit};
use base::PersonId;
use platform::app::App;

/// Roles that need a second step.
pub async fn find(app: &App) -> Result<Vec<Role>, Error> {
    Ok(app.db.read(|tx| store::find_policy(tx)).await?)
}

/// Demands a second step of these roles, from their next sign-in on.
pub async fn set(app: &App, who: Administrator, roles: Vec<Role>) -> Result<Vec<Role>, Error> {
    let all = [Role::Owner, Role::Admin, Role::Member, Role::Guest];
    let roles: Vec<Role> = all.into_iter().filter(|role| roles.contains(role)).collect();
    let (decided, now) = (roles.clone(), app.clock.now());
    let domain = app.config.passkey_domain().unwrap_or_default().to_owned();
    let set = app.db.write(lane(), move |tx| {
        let own_role = accounts::authority(tx, who)?;
        let has_passkey = store::passkeys::count(tx, who.0.person, &domain)? > 0;
        if roles.contains(&own_role) && !has_passkey && !store::has_second_step(tx, who.0.person)? {
            return Err(Error::Conflict(
                "Set up your own second step first: else you would be the first to stand outside.",
            ));
        }
        let before = words(&store::find_policy(tx)?);
        store::set_policy(tx, &roles)?;
        let deed = Deed::new(
            who,
            "workspace.second_step_demanded",
            Subject::named("setting", "second step"),
        )
        .changed("roles", before, words(&roles));
        Ok::<_, Error>(audit::record(tx, &deed, now)?)
    });
    set.await?;
    tracing::info!(account.id = %who.0.person, "changed who needs a second step");
    Ok(decided)
}

/// Takes the second step of somebody away whom the administrator may manage, passkeys too: who lost a phone lost both. They
/// sign in with their password alone, or set up another app where their role needs one.
pub async fn remove(app: &App, who: Administrator, person: PersonId) -> Result<(), Error> {
    let now = app.clock.now();
    let removed = app.db.write(lane(), move |tx| {
        let target = accounts::check_may_manage(tx, who, person)?;
        let n_passkeys = store::passkeys::drop_all(tx, person)?;
        if !store::drop_second_step(tx, person)? && n_passkeys == 0 {
            return Err(Error::Conflict("This person has no second step."));
        }
        let deed = Deed::new(who, "person.second_step_removed", Subject::person(&target));
        Ok(audit::record(tx, &deed, now)?)
    });
    removed.await?;
    tracing::info!(account.id = %person, "took the second step of account {person} away");
    Ok(())
}

fn words(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    words.join(" ")
}

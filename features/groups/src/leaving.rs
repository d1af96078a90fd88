//! Who leaves a space leaves its groups, and who is erased leaves all of them, in the same transaction.

use crate::{actions::take_out, events::By, store};
use accounts::{PERSON_ERASED, PersonErased};
use base::SpaceId;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};
use spaces::SpaceEvent;

pub fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["space.member_left"],
            hear: leave_groups_of_space,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: leave_all_groups,
        },
    ]
}

fn leave_groups_of_space(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(SpaceEvent::MemberLeft { person_id, .. }) = heard.body::<SpaceEvent>() else {
        return Ok(());
    };
    let space = SpaceId(heard.scope.0);
    for group in store::list_in_space(tx, *person_id, space)? {
        take_out(tx, (group, Some(space)), *person_id, by(heard))?;
    }
    Ok(())
}

fn leave_all_groups(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    for group in store::list_of(tx, erased.person_id)? {
        take_out(tx, group, erased.person_id, by(heard))?;
    }
    Ok(())
}

fn by(heard: &Heard<'_>) -> By {
    By {
        actor: heard.happened.actor,
        now: heard.happened.at,
    }
}

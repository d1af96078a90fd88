//! What happens elsewhere and matters here, in the same transaction.

use crate::actions::leaving;
use accounts::{PERSON_ERASED, PersonErased, PersonEvent};
use base::{ChannelId, SpaceId};
use messages::{MessageDeleted, MessagePosted};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};
use spaces::SpaceEvent;

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.posted"],
            hear: posted,
        },
        Listener {
            kinds: &["message.deleted"],
            hear: deleted,
        },
        Listener {
            kinds: &["channel.member_left"],
            hear: left_channel,
        },
        Listener {
            kinds: &["space.member_left"],
            hear: left_space,
        },
        Listener {
            kinds: &["person.changed"],
            hear: deactivated,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: erased,
        },
    ]
}

fn posted(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<MessagePosted>().filter(|posted| !posted.is_history) {
        Some(posted) => leaving::answer(tx, posted, heard.happened.at),
        None => Ok(()),
    }
}

fn deleted(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<MessageDeleted>() {
        Some(deleted) => {
            let by = (heard.happened.actor, heard.happened.at);
            leaving::forget_with_message(tx, deleted.message_id, by)
        }
        None => Ok(()),
    }
}

fn left_channel(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    leaving::leave_channel(tx, ChannelId(heard.scope.0), heard.happened.at)
}

fn left_space(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let Some(SpaceEvent::MemberLeft { person_id, .. }) = heard.body::<SpaceEvent>() else {
        return Ok(());
    };
    leaving::leave_space(tx, SpaceId(heard.scope.0), *person_id, heard.happened.at)
}

fn deactivated(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonEvent>() {
        Some(changed) if changed.person.deactivated => {
            leaving::leave_all(tx, changed.person.id, heard.happened.at)
        }
        _ => Ok(()),
    }
}

fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => leaving::forget_person(tx, erased.person_id, heard.happened.at),
        None => Ok(()),
    }
}

//! A meeting about a topic that is gone is a meeting of its channel.

use crate::{
    actions::ids_of,
    events::{MEETING_CHANGED, tell},
    store,
};
use base::ChannelId;
use messages::MessagesGone;
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};

pub(crate) const FORGET_TOPIC: Listener = Listener {
    kinds: &["messages.gone"],
    hear: forget,
};

/// Nobody is written to: neither time nor people are others. Open screens ask for it anew.
fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(gone) = heard
        .body::<MessagesGone>()
        .filter(|gone| !gone.topic_ids.is_empty())
    else {
        return Ok(());
    };
    let now = heard.happened.at;
    for id in store::topics::forget(tx, ChannelId(heard.scope.0), &gone.topic_ids)? {
        let meeting = store::find(tx, id)?.ok_or(db::Error::NoRow)?;
        if meeting.ends_at > now && !meeting.is_canceled {
            tell(tx, MEETING_CHANGED, (&meeting, &ids_of(&meeting)), (None, now))?;
        }
    }
    Ok(())
}

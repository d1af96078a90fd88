//! Whoever is erased was shown nothing, and of a topic that is gone nobody was.

use crate::store;
use accounts::{PERSON_ERASED, PersonErased};
use base::ChannelId;
use messages::MessagesGone;
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &[PERSON_ERASED],
            hear: erased,
        },
        Listener {
            kinds: &["messages.gone"],
            hear: gone,
        },
    ]
}

fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget_hints(tx, erased.person_id),
        None => Ok(()),
    }
}

fn gone(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let topics = heard.body::<MessagesGone>().map(|gone| &gone.topic_ids);
    let channel = ChannelId(heard.scope.0);
    topics
        .into_iter()
        .flatten()
        .try_for_each(|topic| store::forget_topic(tx, channel, *topic))
}

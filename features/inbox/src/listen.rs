//! What the inbox writes down by itself: decisions, at the moment at which they are made or taken back.

use crate::store;
use accounts::{PERSON_ERASED, PersonErased};
use base::ChannelId;
use messages::{MessagesGone, TopicChanged, TopicState};
use platform::{
    db::{Result, Tx},
    journal::{Heard, Listener},
};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["topic.created", "topic.changed"],
            hear: decided,
        },
        Listener {
            kinds: &["messages.gone"],
            hear: gone,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: erased,
        },
    ]
}

fn decided(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let (Some(TopicChanged { topic }), Some(by)) = (heard.body::<TopicChanged>(), heard.happened.actor)
    else {
        return Ok(());
    };
    if topic.state != TopicState::Decided {
        return store::forget_decision(tx, topic.id);
    }
    let place = (ChannelId(heard.scope.0), heard.seq);
    store::keep_decision(tx, topic.id, place, (by, heard.happened.at))
}

/// With a topic goes that it was decided, when and by whom.
fn gone(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    let topics = heard.body::<MessagesGone>().map(|gone| &gone.topic_ids);
    topics
        .into_iter()
        .flatten()
        .try_for_each(|topic| store::forget_decision(tx, *topic))
}

/// Whoever is erased has no pointers any more.
fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> Result<()> {
    match heard.body::<PersonErased>() {
        Some(erased) => store::forget_clears(tx, erased.person_id),
        None => Ok(()),
    }
}

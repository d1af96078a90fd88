//! What asks do by themselves: a reply moves the ball, a deleted message takes its ask along, and nobody waits for who left.

use crate::{
    actions::{leaving, moving},
    events::By,
    gone,
    model::Error,
    store::{self, TurnOf},
    wire::{AskMove, AskMoveKind},
};
use accounts::{PERSON_ERASED, PersonErased, PersonEvent};
use base::ChannelId;
use messages::{Message, MessageDeleted, MessagePosted};
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};
use spaces::{ChannelEvent, ChannelKind};

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.posted"],
            hear: reply,
        },
        Listener {
            kinds: &["message.deleted"],
            hear: deleted,
        },
        Listener {
            kinds: &["channel.member_left"],
            hear: left,
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

/// Nothing but the database fails here; what the rules refuse has changed meanwhile, and is left as it is.
fn of_database(result: Result<(), Error>) -> db::Result<()> {
    match result {
        Err(Error::Db(err) | Error::Spaces(spaces::Error::Db(err)) | Error::Words(words::Error::Db(err))) => {
            Err(err)
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn reply(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(posted) = heard.body::<MessagePosted>() else {
        return Ok(());
    };
    // What an import brings along was said before.
    if posted.is_history {
        return Ok(());
    }
    let message = &posted.message;
    let turns = store::list_turns(tx, message.author_id, message.channel_id)?;
    if turns.is_empty() {
        return Ok(());
    }
    for turn in turns_answered(tx, posted, turns)? {
        let Some(ask) = store::find(tx, turn.ask, message.author_id)? else {
            continue;
        };
        let made = AskMove {
            kind: if turn.is_asker {
                AskMoveKind::Resume
            } else {
                AskMoveKind::Answer
            },
            until: None,
            person_id: None,
            reason: None,
        };
        let moved = moving::apply(tx, ask, (message.author_id, &made), heard.happened.at);
        of_database(moved.map(drop))?;
    }
    Ok(())
}

/// Which of the asks of this channel a message answers: the one that it quotes, else those of its topic. In a conversation of
/// two the stream is such a topic.
fn turns_answered(tx: &mut dyn Tx, posted: &MessagePosted, turns: Vec<TurnOf>) -> db::Result<Vec<TurnOf>> {
    let message = &posted.message;
    let quoted = message.quote.as_ref().map(|quote| quote.message_id);
    let quoted: Vec<TurnOf> = turns
        .iter()
        .filter(|turn| Some(turn.ask) == quoted)
        .copied()
        .collect();
    if !quoted.is_empty() {
        return Ok(quoted);
    }
    if message.topic_id.is_none() && !is_of_two(tx, message)? {
        return Ok(Vec::new());
    }
    let origin = posted.topic.as_ref().map(|topic| topic.origin_id);
    let is_here = |turn: &TurnOf| {
        (turn.topic == message.topic_id || origin == Some(turn.ask)) && turn.ask != message.id
    };
    Ok(turns.into_iter().filter(is_here).collect())
}

fn is_of_two(tx: &mut dyn Tx, message: &Message) -> db::Result<bool> {
    match spaces::access::channel_of(tx, message.author_id, message.channel_id) {
        Ok(access) => Ok(access.kind() == ChannelKind::Direct && access.n_members() == 2),
        Err(spaces::Error::Db(err)) => Err(err),
        Err(_) => Ok(false),
    }
}

fn deleted(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(deleted) = heard.body::<MessageDeleted>() else {
        return Ok(());
    };
    // What goes by a rule is nobody's deed.
    let by = By {
        actor: heard.happened.actor.filter(|_| !deleted.by_rule),
        now: heard.happened.at,
    };
    of_database(leaving::forget_with_message(
        tx,
        deleted.message_id,
        deleted.by_rule,
        by,
    ))
}

fn left(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(ChannelEvent::MemberLeft { person_id, .. }) = heard.body::<ChannelEvent>() else {
        return Ok(());
    };
    let (channel, now) = (ChannelId(heard.scope.0), heard.happened.at);
    of_database(leaving::leave(tx, *person_id, Some(channel), now))?;
    of_database(leaving::settle_announcements(tx, channel, now))
}

fn deactivated(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    match heard.body::<PersonEvent>() {
        Some(changed) if changed.person.deactivated => {
            of_database(leaving::leave(tx, changed.person.id, None, heard.happened.at))
        }
        _ => Ok(()),
    }
}

fn erased(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    of_database(leaving::leave(tx, erased.person_id, None, heard.happened.at))?;
    gone::store::forget(tx, erased.person_id)?;
    store::forget_reasons(tx, erased.person_id)
}

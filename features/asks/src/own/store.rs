//! What is kept about one person, for that person.

use base::{ChannelId, MessageId, PersonId, Timestamp};
use platform::db::{Result, Row, Tx};
use serde::Serialize;

platform::sql! {
    ASKED = "select message_id, channel_id, kind, created_at, due, closed_at, ending from ask \
        where asker_id = $1 \
        order by created_at, message_id";
    SHARES = "select message_id, channel_id, state, due, wished, passed_to, reason, moved_at from ask_seat \
        where person_id = $1 \
        order by moved_at, message_id";
    MOVES = "select message_id, move, at, until, other_id from ask_move \
        where person_id = $1 \
        order by at, message_id, n";
}

/// What somebody asked, what was asked of them, and what they did about it.
#[derive(Debug, Serialize)]
pub struct OwnAsks {
    asked: Vec<OwnAsk>,
    asked_of_me: Vec<OwnShare>,
    moves: Vec<OwnMove>,
}

#[derive(Debug, Serialize)]
struct OwnAsk {
    message_id: MessageId,
    channel_id: ChannelId,
    kind: String,
    created_at: Timestamp,
    due: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    ending: Option<String>,
}

#[derive(Debug, Serialize)]
struct OwnShare {
    message_id: MessageId,
    channel_id: ChannelId,
    state: String,
    due: Option<Timestamp>,
    wished: Option<Timestamp>,
    passed_to: Option<PersonId>,
    reason: Option<String>,
    moved_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct OwnMove {
    message_id: MessageId,
    #[serde(rename = "move")]
    kind: String,
    at: Timestamp,
    until: Option<Timestamp>,
    other_id: Option<PersonId>,
}

/// All that asks keep about somebody.
pub fn own_data(tx: &mut dyn Tx, person: PersonId) -> Result<OwnAsks> {
    Ok(OwnAsks {
        asked: tx.list(&ASKED, &[person.into()], |row: &dyn Row| {
            Ok(OwnAsk {
                message_id: row.get(0)?,
                channel_id: row.get(1)?,
                kind: row.get(2)?,
                created_at: row.get(3)?,
                due: row.get_optional(4)?,
                closed_at: row.get_optional(5)?,
                ending: row.get_optional(6)?,
            })
        })?,
        asked_of_me: tx.list(&SHARES, &[person.into()], |row: &dyn Row| {
            Ok(OwnShare {
                message_id: row.get(0)?,
                channel_id: row.get(1)?,
                state: row.get(2)?,
                due: row.get_optional(3)?,
                wished: row.get_optional(4)?,
                passed_to: row.get_optional(5)?,
                reason: row.get_optional(6)?,
                moved_at: row.get(7)?,
            })
        })?,
        moves: tx.list(&MOVES, &[person.into()], |row: &dyn Row| {
            Ok(OwnMove {
                message_id: row.get(0)?,
                kind: row.get(1)?,
                at: row.get(2)?,
                until: row.get_optional(3)?,
                other_id: row.get_optional(4)?,
            })
        })?,
    })
}

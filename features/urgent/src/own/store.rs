//! What is kept about one person, for that person.

use crate::{store::consents, wire::UrgentConsent};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp};
use platform::db::{Result, Row, Tx};
use serde::Serialize;

platform::sql! {
    SENT = "select message_id, channel_id, kind, reason, state, created_at, ended_at from urgent \
        where sender_id = $1 \
        order by created_at, id";
    CALLS = "select u.message_id, u.channel_id, p.at from urgent_page p \
        join urgent u on u.id = p.urgent_id \
        where p.person_id = $1 \
        order by p.at, u.id";
    REACTIONS = "select u.message_id, u.channel_id, r.reaction, r.at from urgent_reaction r \
        join urgent u on u.id = r.urgent_id \
        where r.person_id = $1 \
        order by r.at, u.id";
    DOUBTS = "select u.message_id, u.channel_id, 'was_not_urgent', d.at from urgent_doubt d \
        join urgent u on u.id = d.urgent_id \
        where d.person_id = $1 \
        order by d.at, u.id";
    ROTAS = "select space_id, agreed_at from rota_member where person_id = $1 order by space_id";
}

/// Whom somebody called, what called them, what they said, and where they have agreed to it.
#[derive(Debug, Serialize)]
pub struct OwnUrgents {
    sent: Vec<Sent>,
    calls: Vec<Moment>,
    reactions: Vec<Moment>,
    consents: Vec<UrgentConsent>,
    rotas: Vec<OwnRota>,
}

#[derive(Debug, Serialize)]
struct Sent {
    message_id: MessageId,
    channel_id: ChannelId,
    kind: String,
    reason: String,
    state: String,
    created_at: Timestamp,
    ended_at: Option<Timestamp>,
}

#[derive(Debug, Serialize)]
struct Moment {
    message_id: MessageId,
    channel_id: ChannelId,
    #[serde(skip_serializing_if = "Option::is_none")]
    reaction: Option<String>,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
struct OwnRota {
    space_id: SpaceId,
    agreed_at: Option<Timestamp>,
}

/// All that is kept about somebody here.
pub fn own_data(tx: &mut dyn Tx, person: PersonId) -> Result<OwnUrgents> {
    let said = |row: &dyn Row| {
        Ok(Moment {
            message_id: row.get(0)?,
            channel_id: row.get(1)?,
            reaction: Some(row.get(2)?),
            at: row.get(3)?,
        })
    };
    let mut reactions = tx.list(&REACTIONS, &[person.into()], said)?;
    reactions.extend(tx.list(&DOUBTS, &[person.into()], said)?);
    Ok(OwnUrgents {
        sent: tx.list(&SENT, &[person.into()], |row: &dyn Row| {
            Ok(Sent {
                message_id: row.get(0)?,
                channel_id: row.get(1)?,
                kind: row.get(2)?,
                reason: row.get(3)?,
                state: row.get(4)?,
                created_at: row.get(5)?,
                ended_at: row.get_optional(6)?,
            })
        })?,
        calls: tx.list(&CALLS, &[person.into()], |row: &dyn Row| {
            Ok(Moment {
                message_id: row.get(0)?,
                channel_id: row.get(1)?,
                reaction: None,
                at: row.get(2)?,
            })
        })?,
        reactions,
        consents: consents::list(tx, person)?,
        rotas: tx.list(&ROTAS, &[person.into()], |row: &dyn Row| {
            Ok(OwnRota {
                space_id: row.get(0)?,
                agreed_at: row.get_optional(1)?,
            })
        })?,
    })
}

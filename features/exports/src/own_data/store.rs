//! All SQL about what one person has here.

use base::{ChannelId, MessageId, PersonId, Seq, SpaceId, Timestamp, TopicId};
use platform::db::{Result, Tx};
use serde::Serialize;

platform::sql! {
    CREATED_AT = "select created_at from person where id = $1";
    SESSIONS = "select kind, device, created_at, seen_at from session where person_id = $1 order by created_at, id";
    PASSKEYS = "select name, domain, created_at, used_at from signin_passkey where person_id = $1 order by created_at, id";
    IDENTITIES = "select issuer, subject, created_at, used_at from signin_identity \
        where person_id = $1 \
        order by created_at, issuer, subject";
    SECOND_STEP = "select confirmed_at from signin_totp where person_id = $1 and confirmed_at is not null";
    SPACES = "select s.id, s.name, m.role, m.joined_at \
        from space_member m join space s on s.id = m.space_id \
        where m.person_id = $1 \
        order by m.joined_at, s.id";
    CHANNELS = "select c.id, c.name, c.kind, m.role, m.joined_at \
        from channel_member m join channel c on c.id = m.channel_id \
        where m.person_id = $1 \
        order by m.joined_at, c.id";
    DRAFTS = "select d.channel_id, c.name, d.text, d.at \
        from draft d join channel c on c.id = d.channel_id \
        where d.person_id = $1 and d.text <> '' \
        order by d.at, d.channel_id, d.topic_id";
    REACTIONS = "select r.channel_id, r.seq, r.emoji, r.at from reaction r where r.person_id = $1 order by r.at, r.channel_id, r.seq";
    MESSAGES = "select m.id, m.channel_id, c.name, m.seq, m.topic_id, t.title, m.at, m.text, m.edited_at \
        from message m \
        join channel c on c.id = m.channel_id \
        left join topic t on t.id = m.topic_id \
        where m.author_id = $1 and m.deleted_at is null and (m.channel_id, m.seq) > ($2, $3) \
        order by m.channel_id, m.seq \
        limit 500";
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnSession {
    kind: String,
    device: String,
    created_at: Timestamp,
    seen_at: Timestamp,
}

/// A passkey: never its key.
#[derive(Debug, Serialize)]
pub(crate) struct OwnPasskey {
    name: String,
    /// Where it is good.
    domain: String,
    created_at: Timestamp,
    used_at: Option<Timestamp>,
}

/// Who the person is at another server.
#[derive(Debug, Serialize)]
pub(crate) struct OwnIdentity {
    issuer: String,
    subject: String,
    created_at: Timestamp,
    used_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnSpace {
    id: SpaceId,
    name: String,
    role: String,
    joined_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnChannel {
    id: ChannelId,
    /// Empty for direct conversations.
    name: String,
    kind: String,
    role: String,
    joined_at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnDraft {
    channel_id: ChannelId,
    channel: String,
    text: String,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnReaction {
    channel_id: ChannelId,
    /// Of the message.
    seq: Seq,
    emoji: String,
    at: Timestamp,
}

#[derive(Debug, Serialize)]
pub(crate) struct OwnMessage {
    pub id: MessageId,
    pub channel_id: ChannelId,
    pub channel: String,
    pub seq: Seq,
    pub topic_id: Option<TopicId>,
    pub topic: Option<String>,
    pub at: Timestamp,
    pub text: String,
    pub edited_at: Option<Timestamp>,
}

pub(super) fn get_created_at(tx: &mut dyn Tx, person: PersonId) -> Result<Timestamp> {
    tx.one(&CREATED_AT, &[person.into()], |row| row.get(0))
}

pub(super) fn list_sessions(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnSession>> {
    tx.list(&SESSIONS, &[person.into()], |row| {
        Ok(OwnSession {
            kind: row.get(0)?,
            device: row.get(1)?,
            created_at: row.get(2)?,
            seen_at: row.get(3)?,
        })
    })
}

pub(super) fn list_passkeys(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnPasskey>> {
    tx.list(&PASSKEYS, &[person.into()], |row| {
        Ok(OwnPasskey {
            name: row.get(0)?,
            domain: row.get(1)?,
            created_at: row.get(2)?,
            used_at: row.get_optional(3)?,
        })
    })
}

pub(super) fn list_identities(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnIdentity>> {
    tx.list(&IDENTITIES, &[person.into()], |row| {
        Ok(OwnIdentity {
            issuer: row.get(0)?,
            subject: row.get(1)?,
            created_at: row.get(2)?,
            used_at: row.get(3)?,
        })
    })
}

/// Since when a second step is asked for.
pub(super) fn find_second_step(tx: &mut dyn Tx, person: PersonId) -> Result<Option<Timestamp>> {
    tx.find(&SECOND_STEP, &[person.into()], |row| row.get(0))
}

pub(super) fn list_spaces(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnSpace>> {
    tx.list(&SPACES, &[person.into()], |row| {
        Ok(OwnSpace {
            id: row.get(0)?,
            name: row.get(1)?,
            role: row.get(2)?,
            joined_at: row.get(3)?,
        })
    })
}

pub(super) fn list_channels(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnChannel>> {
    tx.list(&CHANNELS, &[person.into()], |row| {
        Ok(OwnChannel {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            role: row.get(3)?,
            joined_at: row.get(4)?,
        })
    })
}

pub(super) fn list_drafts(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnDraft>> {
    tx.list(&DRAFTS, &[person.into()], |row| {
        Ok(OwnDraft {
            channel_id: row.get(0)?,
            channel: row.get(1)?,
            text: row.get(2)?,
            at: row.get(3)?,
        })
    })
}

pub(super) fn list_reactions(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnReaction>> {
    tx.list(&REACTIONS, &[person.into()], |row| {
        Ok(OwnReaction {
            channel_id: row.get(0)?,
            seq: row.get(1)?,
            emoji: row.get(2)?,
            at: row.get(3)?,
        })
    })
}

/// The next messages of a person after a place, channel by channel.
pub(super) fn list_messages(
    tx: &mut dyn Tx,
    person: PersonId,
    (channel, seq): (ChannelId, Seq),
) -> Result<Vec<OwnMessage>> {
    tx.list(&MESSAGES, &[person.into(), channel.into(), seq.into()], |row| {
        Ok(OwnMessage {
            id: row.get(0)?,
            channel_id: row.get(1)?,
            channel: row.get(2)?,
            seq: row.get(3)?,
            topic_id: row.get_optional(4)?,
            topic: row.get_optional(5)?,
            at: row.get(6)?,
            text: row.get(7)?,
            edited_at: row.get_optional(8)?,
        })
    })
}

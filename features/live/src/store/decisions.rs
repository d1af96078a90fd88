//! All SQL of decisions.

use base::{ChannelId, LiveId, MessageId, PersonId, Timestamp, TopicId};
use platform::{
    db::{Result, Tx},
    journal::id_list,
};

platform::sql! {
    INSERT = "insert into live_decision (session_id, message_id, topic_id, decided_by, decided_at, open_until, final_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    OF_MESSAGE = "select session_id from live_decision where message_id = $1";
    OPEN_IN = "select session_id from live_decision \
        where topic_id = $1 and final_at is null and objected_at is null order by decided_at desc, session_id";
    OPEN_AMONG = {
        sqlite: "select topic_id, max(open_until) from live_decision \
            where topic_id in (select unhex(value) from json_each($1)) and final_at is null and objected_at is null \
            group by topic_id",
        postgres: "select topic_id, max(open_until) from live_decision \
            where topic_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and final_at is null and objected_at is null group by topic_id"
    };
    OPEN_ON = "select d.message_id, d.open_until from ask_seat s \
        join channel_member m on m.channel_id = s.channel_id and m.person_id = s.person_id \
        join live_decision d on d.message_id = s.message_id and d.final_at is null and d.objected_at is null \
        where s.person_id = $1 and s.held = 1 order by d.open_until, d.message_id";
    WAS_OBJECTED = "select session_id from live_decision where topic_id = $1 and objected_at is not null limit 1";
    SETTLE = "update live_decision set final_at = $2 where session_id = $1 and final_at is null and objected_at is null";
    OBJECT = "update live_decision set objected_by = $2, objected_at = $3 \
        where session_id = $1 and final_at is null and objected_at is null";
    HAS_SEAT = "select person_id from ask_seat where message_id = $1 and person_id = $2";
    ABSENT = "select person_id from ( \
            select n.person_id from mention n join message m on m.channel_id = n.channel_id and m.seq = n.seq where m.id = $1 \
            union select m.author_id from message m where m.channel_id = $2 and m.topic_id = $3 and m.deleted_at is null \
            union select c.person_id from channel_member c join channel h on h.id = c.channel_id \
                where c.channel_id = $2 and h.kind = 'direct' \
        ) called \
        where not exists (select 1 from live_stay y where y.session_id = $4 and y.person_id = called.person_id) \
        order by person_id limit 200";
    FORGET = "delete from live_decision where session_id = $1";
    FORGET_OF_MESSAGE = "delete from live_decision where message_id = $1";
    UNNAME = "update live_decision set objected_by = null where objected_by = $1";
}

/// A decision to be kept. With a time until which it is open it is provisional.
pub(crate) struct Decided {
    pub message: MessageId,
    pub topic: TopicId,
    pub by: PersonId,
    pub open_until: Option<Timestamp>,
}

pub(crate) fn insert(tx: &mut dyn Tx, id: LiveId, decided: &Decided, now: Timestamp) -> Result<()> {
    let final_at = decided.open_until.is_none().then_some(now);
    let args = [
        id.into(),
        decided.message.into(),
        decided.topic.into(),
        decided.by.into(),
        now.into(),
        decided.open_until.into(),
        final_at.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

/// The session whose decision a message says.
pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<LiveId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

/// The sessions whose decisions are provisional in a topic.
pub(crate) fn list_provisional(tx: &mut dyn Tx, topic: TopicId) -> Result<Vec<LiveId>> {
    tx.list(&OPEN_IN, &[topic.into()], |row| row.get(0))
}

/// Until when what was decided in these topics is provisional, of those where it is.
pub(crate) fn list_provisional_among(
    tx: &mut dyn Tx,
    topics: &[TopicId],
) -> Result<Vec<(TopicId, Timestamp)>> {
    let ids = id_list(tx, topics.iter().map(|topic| topic.0));
    tx.list(&OPEN_AMONG, &[ids.as_str().into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The messages of provisional decisions that wait for this person, and until when; the soonest first.
pub(crate) fn list_provisional_on(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<(MessageId, Timestamp)>> {
    tx.list(&OPEN_ON, &[person.into()], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether somebody has objected in this topic before.
pub(crate) fn was_objected(tx: &mut dyn Tx, topic: TopicId) -> Result<bool> {
    Ok(tx.find(&WAS_OBJECTED, &[topic.into()], |_| Ok(()))?.is_some())
}

/// Whether it was provisional, and is final now.
pub(crate) fn settle(tx: &mut dyn Tx, id: LiveId, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&SETTLE, &[id.into(), now.into()])? > 0)
}

/// Whether it was provisional, and is open again.
pub(crate) fn object(tx: &mut dyn Tx, id: LiveId, by: Option<PersonId>, now: Timestamp) -> Result<bool> {
    Ok(tx.exec(&OBJECT, &[id.into(), by.into(), now.into()])? > 0)
}

/// Whether somebody was asked about a decision because they were absent.
pub(crate) fn has_seat(tx: &mut dyn Tx, message: MessageId, person: PersonId) -> Result<bool> {
    Ok(tx
        .find(&HAS_SEAT, &[message.into(), person.into()], |_| Ok(()))?
        .is_some())
}

/// Who was called to a session, wrote in its topic, or is in the direct conversation, and was never in.
pub(crate) fn list_absent(
    tx: &mut dyn Tx,
    (id, message): (LiveId, MessageId),
    (channel, topic): (ChannelId, Option<TopicId>),
) -> Result<Vec<PersonId>> {
    let args = [message.into(), channel.into(), topic.into(), id.into()];
    tx.list(&ABSENT, &args, |row| row.get(0))
}

pub(crate) fn forget(tx: &mut dyn Tx, id: LiveId) -> Result<()> {
    tx.exec(&FORGET, &[id.into()]).map(drop)
}

/// With the message that said it a decision goes.
pub(crate) fn forget_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<()> {
    tx.exec(&FORGET_OF_MESSAGE, &[message.into()]).map(drop)
}

/// That somebody objected stays; who it was is not known any more.
pub(crate) fn unname(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&UNNAME, &[person.into()]).map(drop)
}

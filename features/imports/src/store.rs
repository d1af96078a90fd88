//! All SQL about what was imported under which name.

use base::{ChannelId, PersonId, Seq};
use messages::{ImportTopic, TopicState};
use platform::db::{Error, Result, Tx};
use uuid::Uuid;

platform::sql! {
    REFS = {
        sqlite: "select ref, id from import_ref where kind = $1 and ref in (select value from json_each($2))",
        postgres: "select ref, id from import_ref \
            where kind = $1 and ref in (select value from json_array_elements_text(cast($2 as text)::json))"
    };
    REFS_FROM = "select ref, id from import_ref where kind = $1 and substr(ref, 1, length(cast($2 as text))) = $2";
    DROP_PERSON_REFS = "delete from import_ref where kind = 'person' and id = $1";
    ADD_REF = "insert into import_ref (kind, ref, id) values ($1, $2, $3)";
    TOPICS = {
        sqlite: "select origin, ref, channel_id, title, state, decision from import_topic \
            where origin in (select value from json_each($1))",
        postgres: "select origin, ref, channel_id, title, state, decision from import_topic \
            where origin in (select value from json_array_elements_text(cast($1 as text)::json))"
    };
    HAS_TOPIC = "select 1 from import_topic where ref = $1";
    ADD_TOPIC = "insert into import_topic (origin, ref, channel_id, title, state, decision) \
        values ($1, $2, $3, $4, $5, $6) \
        on conflict (origin) do nothing";
    DROP_TOPIC = "delete from import_topic where origin = $1";
    ADD_CHANNEL = "insert into import_channel (channel_id, seq_before) values ($1, $2) \
        on conflict (channel_id) do nothing";
    CHANNELS = "select channel_id, seq_before from import_channel order by channel_id";
    DROP_CHANNEL = "delete from import_channel where channel_id = $1";
}

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Person,
    Space,
    Channel,
    Topic,
    Message,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Space => "space",
            Kind::Channel => "channel",
            Kind::Topic => "topic",
            Kind::Message => "message",
        }
    }
}

/// A list parameter of texts.
fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    serde_json::json!(texts.collect::<Vec<_>>()).to_string()
}

/// Those of `names` that are known, with their ids.
pub(crate) fn list_refs<'a>(
    tx: &mut dyn Tx,
    kind: Kind,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, Uuid)>> {
    let names = list(names);
    tx.list(&REFS, &[kind.as_str().into(), (&names).into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// All names that begin with `prefix`, without it. Compared by characters, as databases sort in different orders.
pub(crate) fn list_refs_from(tx: &mut dyn Tx, kind: Kind, prefix: &str) -> Result<Vec<(String, Uuid)>> {
    tx.list(&REFS_FROM, &[kind.as_str().into(), prefix.into()], |row| {
        let name = row.text(0)?.unwrap_or_default();
        Ok((name.strip_prefix(prefix).unwrap_or(name).to_owned(), row.get(1)?))
    })
}

/// Forgets under which names a person came.
pub(crate) fn drop_person_refs(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&DROP_PERSON_REFS, &[person.into()]).map(drop)
}

pub(crate) fn add_ref(tx: &mut dyn Tx, kind: Kind, name: &str, id: Uuid) -> Result<()> {
    tx.exec(&ADD_REF, &[kind.as_str().into(), name.into(), id.into()])
        .map(drop)
}

/// A topic whose first message has not come.
#[derive(Debug, Clone)]
pub(crate) struct WaitingTopic {
    pub origin: String,
    pub name_here: String,
    pub channel: ChannelId,
    pub topic: ImportTopic,
}

/// Topics that wait for one of these messages.
pub(crate) fn list_waiting<'a>(
    tx: &mut dyn Tx,
    origins: impl Iterator<Item = &'a str>,
) -> Result<Vec<WaitingTopic>> {
    let origins = list(origins);
    tx.list(&TOPICS, &[(&origins).into()], |row| {
        let title: String = row.get(3)?;
        let state = row.text(4)?.and_then(TopicState::parse).ok_or(Error::Column(4))?;
        Ok(WaitingTopic {
            origin: row.get(0)?,
            name_here: row.get(1)?,
            channel: row.get(2)?,
            topic: ImportTopic::new(&title, state, row.text(5)?).map_err(|_| Error::Column(3))?,
        })
    })
}

pub(crate) fn is_waiting(tx: &mut dyn Tx, name: &str) -> Result<bool> {
    Ok(tx.find(&HAS_TOPIC, &[name.into()], |_| Ok(()))?.is_some())
}

/// A topic that will wait; its fields were checked.
#[derive(Debug)]
pub(crate) struct NewWaiting<'a> {
    pub origin: &'a str,
    pub name_here: &'a str,
    pub channel: ChannelId,
    pub title: &'a str,
    pub state: TopicState,
    pub decision: Option<&'a str>,
}

/// False when another topic waits for the same message.
pub(crate) fn add_waiting(tx: &mut dyn Tx, new: &NewWaiting<'_>) -> Result<bool> {
    let args = [
        new.origin.into(),
        new.name_here.into(),
        new.channel.into(),
        new.title.into(),
        new.state.as_str().into(),
        new.decision.into(),
    ];
    Ok(tx.exec(&ADD_TOPIC, &args)? == 1)
}

pub(crate) fn drop_waiting(tx: &mut dyn Tx, origin: &str) -> Result<()> {
    tx.exec(&DROP_TOPIC, &[origin.into()]).map(drop)
}

/// Notes that messages came into a channel; the first head since the last settling stays.
pub(crate) fn add_unsettled(tx: &mut dyn Tx, channel: ChannelId, before: Seq) -> Result<()> {
    tx.exec(&ADD_CHANNEL, &[channel.into(), before.into()]).map(drop)
}

pub(crate) fn list_unsettled(tx: &mut dyn Tx) -> Result<Vec<(ChannelId, Seq)>> {
    tx.list(&CHANNELS, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(crate) fn drop_unsettled(tx: &mut dyn Tx, channel: ChannelId) -> Result<()> {
    tx.exec(&DROP_CHANNEL, &[channel.into()]).map(drop)
}

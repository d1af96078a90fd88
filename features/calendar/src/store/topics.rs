//! SQL of topics that are gone.

use base::{ChannelId, MeetingId, TopicId};
use platform::{
    db::{Result, Tx},
    journal::id_list,
};

platform::sql! {
    FORGET = {
        sqlite: "update meeting set topic_id = null \
            where channel_id = $1 and topic_id in (select unhex(value) from json_each($2)) returning id",
        postgres: "update meeting set topic_id = null \
            where channel_id = $1 \
            and topic_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json)) returning id"
    };
}

/// Meetings about these topics of a channel are about none; which.
pub(crate) fn forget(tx: &mut dyn Tx, channel: ChannelId, topics: &[TopicId]) -> Result<Vec<MeetingId>> {
    let topics = id_list(tx, topics.iter().map(|topic| topic.0));
    tx.list(&FORGET, &[channel.into(), topics.as_str().into()], |row| {
        row.get(0)
    })
}

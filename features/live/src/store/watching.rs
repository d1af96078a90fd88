//! The SQL of what administrators see of rooms.

use base::{BreakoutId, ChannelId, LiveId};
use platform::db::{Error, Result, Tx};
use spaces::{ChannelKind, audit_name};
use uuid::Uuid;

platform::sql! {
    PLACES = "select r.room, s.id, r.breakout, c.id, c.name, c.kind, coalesce(p.name, '') \
        from (select id as room, id as session_id, cast(null as uuid) as breakout from live_session where ended_at is null \
            union all select id, session_id, id from live_breakout where closed_at is null) r \
        join live_session s on s.id = r.session_id \
        join channel c on c.id = s.channel_id \
        left join space p on p.id = c.space_id \
        where s.ended_at is null limit 10000";
}

/// What a room is about, as far as every administrator may know it.
pub(crate) struct Place {
    pub room: Uuid,
    pub live: LiveId,
    pub breakout: Option<BreakoutId>,
    pub channel: ChannelId,
    pub name: String,
    pub kind: ChannelKind,
    pub space: String,
}

/// The places of all rooms of sessions that go on.
pub(crate) fn list_places(tx: &mut dyn Tx) -> Result<Vec<Place>> {
    tx.list(&PLACES, &[], |row| {
        let (name, kind): (String, String) = (row.get(4)?, row.get(5)?);
        let kind = ChannelKind::parse(&kind).ok_or(Error::Column(5))?;
        Ok(Place {
            room: row.get(0)?,
            live: row.get(1)?,
            breakout: row.get_optional(2)?,
            channel: row.get(3)?,
            name: audit_name(kind, &name).to_owned(),
            kind,
            space: row.get(6)?,
        })
    })
}

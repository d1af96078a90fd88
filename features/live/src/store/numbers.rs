//! All SQL of who was in from when to when, and spoke for how long.

use crate::{model::Stay, wire::OwnLiveStay};
use base::{LiveId, PersonId};
use platform::db::{Result, Row, Tx};
use std::time::Duration;

platform::sql! {
    STAYS = "select person_id, came_at, left_at, spoke_us from live_stay \
        where session_id = $1 order by came_at, place limit 5000";
    STAYS_OF = "select person_id, came_at, left_at, spoke_us from live_stay \
        where session_id = $1 and person_id = $2 order by came_at, place limit 5000";
    ALL_OF = "select y.session_id, s.channel_id, y.came_at, y.left_at, y.spoke_us, y.place from live_stay y \
        join live_session s on s.id = y.session_id \
        where y.person_id = $1 and (y.came_at, y.place) > ($2, $3) order by y.came_at, y.place limit 1000";
    SPOKEN = "select place, spoke_us from live_stay where session_id = $1 and left_at is null";
    SET_SPOKE = "update live_stay set spoke_us = $3 where session_id = $1 and place = $2 and spoke_us < $3";
}

fn stay(row: &dyn Row) -> Result<(PersonId, Stay)> {
    let stay = Stay {
        came_at: row.get(1)?,
        left_at: row.get_optional(2)?,
        spoke_us: row.get(3)?,
    };
    Ok((row.get(0)?, stay))
}

/// Each time somebody was in, in the order of coming.
pub(crate) fn list_stays(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<(PersonId, Stay)>> {
    tx.list(&STAYS, &[id.into()], stay)
}

/// Each time this person was in.
pub(crate) fn list_stays_of(tx: &mut dyn Tx, id: LiveId, person: PersonId) -> Result<Vec<Stay>> {
    let stays = tx.list(&STAYS_OF, &[id.into(), person.into()], stay)?;
    Ok(stays.into_iter().map(|(_, stay)| stay).collect())
}

/// All that is written down of when somebody was in which session.
pub(crate) fn list_all_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<OwnLiveStay>> {
    let (mut all, mut after) = (Vec::new(), (i64::MIN, String::new()));
    loop {
        let args = [person.into(), after.0.into(), after.1.as_str().into()];
        let page = tx.list(&ALL_OF, &args, |row| {
            let spoke_us: i64 = row.get(4)?;
            let own = OwnLiveStay {
                live_id: row.get(0)?,
                channel_id: row.get(1)?,
                came_at: row.get(2)?,
                left_at: row.get_optional(3)?,
                spoke_s: spoke_us / 1_000_000,
            };
            Ok((own, row.get::<String>(5)?))
        })?;
        let Some((last, place)) = page.last() else {
            return Ok(all);
        };
        after = (last.came_at.0, place.clone());
        all.extend(page.into_iter().map(|(own, _)| own));
    }
}

/// For how long those who are in have spoken, as it is written down.
pub(crate) fn list_spoken(tx: &mut dyn Tx, id: LiveId) -> Result<Vec<(String, Duration)>> {
    tx.list(&SPOKEN, &[id.into()], |row| {
        let spoke_us: i64 = row.get(1)?;
        let spoke_us = u64::try_from(spoke_us).unwrap_or_default();
        Ok((row.get(0)?, Duration::from_micros(spoke_us)))
    })
}

/// It only goes up: what is told late says less.
pub(crate) fn set_spoke(tx: &mut dyn Tx, (id, place): (LiveId, &str), spoke: Duration) -> Result<()> {
    let spoke_us = i64::try_from(spoke.as_micros()).unwrap_or(i64::MAX);
    tx.exec(&SET_SPOKE, &[id.into(), place.into(), spoke_us.into()])
        .map(drop)
}

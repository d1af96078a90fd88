//! The SQL of what office hours hold of somebody.

use super::{HeldOffice, OwnOffice, OwnPlace};
use base::{OfficeId, PersonId};
use platform::db::{Result, Tx};

platform::sql! {
    HELD = "select id, channel_id, minutes, opened_at, until_at, ended_at from office_hours \
        where host_id = $1 and (opened_at, id) > ($2, $3) order by opened_at, id limit 1000";
    WAITS = "select p.office_id, o.channel_id, p.about, p.tells, p.taken_at, p.promised_at, p.called_at \
        from office_place p join office_hours o on o.id = p.office_id \
        where p.person_id = $1 order by p.taken_at, p.office_id limit 1000";
}

/// What somebody held and where they wait, for their own data.
pub fn own_data(tx: &mut dyn Tx, person: PersonId) -> Result<OwnOffice> {
    let places = tx.list(&WAITS, &[person.into()], |row| {
        Ok(OwnPlace {
            office_id: row.get(0)?,
            channel_id: row.get(1)?,
            about: row.get(2)?,
            tells: row.get(3)?,
            taken_at: row.get(4)?,
            promised_at: row.get(5)?,
            called_at: row.get_optional(6)?,
        })
    })?;
    Ok(OwnOffice {
        held: list_held(tx, person)?,
        places,
    })
}

fn list_held(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<HeldOffice>> {
    let (mut all, mut after) = (Vec::new(), (i64::MIN, OfficeId(uuid::Uuid::nil())));
    loop {
        let args = [person.into(), after.0.into(), after.1.into()];
        let page = tx.list(&HELD, &args, |row| {
            Ok(HeldOffice {
                id: row.get(0)?,
                channel_id: row.get(1)?,
                minutes: row.get(2)?,
                opened_at: row.get(3)?,
                until_at: row.get(4)?,
                ended_at: row.get_optional(5)?,
            })
        })?;
        let Some(last) = page.last() else {
            return Ok(all);
        };
        after = (last.opened_at.0, last.id);
        all.extend(page);
    }
}

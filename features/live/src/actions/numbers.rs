//! Who was in from when to when, and spoke for how long: for oneself, and for those who host a session that tells them.

use super::get;
use crate::{
    model::{Error, Stay, joined},
    store::{self, numbers},
    wire::{LiveNumbers, LivePersonNumbers, LiveRole, LiveStay},
};
use base::{LiveId, PersonId, Timestamp};
use platform::db::Tx;
use spaces::ChannelAccess;
use std::collections::HashMap;

/// Times of one person that are listed.
const STAYS_MAX: usize = 100;

pub(crate) fn read(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: LiveId,
    now: Timestamp,
) -> Result<LiveNumbers, Error> {
    let session = get(tx, access, id, now)?;
    let me = access.person();
    let mine = numbers::list_stays_of(tx, id, me)?;
    let mine = (!mine.is_empty()).then(|| of_person(me, &mine, now));
    let is_host = matches!(store::find_person(tx, id, me)?, Some((LiveRole::Host, false)));
    if !session.tells_hosts || !is_host || !access.is_member() {
        let (all, people) = (None, Vec::new());
        return Ok(LiveNumbers { mine, all, people });
    }
    let mut stays: HashMap<PersonId, Vec<Stay>> = HashMap::new();
    for (person, stay) in numbers::list_stays(tx, id)? {
        stays.entry(person).or_default().push(stay);
    }
    let mut all = Vec::new();
    for person in &session.people {
        if let Some(stays) = stays.get(&person.person_id) {
            all.push(of_person(person.person_id, stays, now));
        }
    }
    let named: Vec<PersonId> = all.iter().map(|one| one.person_id).collect();
    let people = if named.is_empty() {
        Vec::new()
    } else {
        spaces::people_named(tx, &named)?
    };
    Ok(LiveNumbers {
        mine,
        all: Some(all),
        people,
    })
}

fn of_person(person_id: PersonId, stays: &[Stay], now: Timestamp) -> LivePersonNumbers {
    let joined = joined(stays);
    let stayed_us: i64 = joined
        .iter()
        .map(|stay| stay.left_at.unwrap_or(now).0.saturating_sub(stay.came_at.0))
        .sum();
    let spoke_us: i64 = joined.iter().map(|stay| stay.spoke_us).sum();
    let listed = joined.iter().take(STAYS_MAX).map(|stay| LiveStay {
        came_at: stay.came_at,
        left_at: stay.left_at,
    });
    LivePersonNumbers {
        person_id,
        stays: listed.collect(),
        stayed_s: stayed_us / 1_000_000,
        spoke_s: spoke_us / 1_000_000,
    }
}

//! Addresses of people outside go: thirty days after what they were invited to, and at once when an administrator says so.
//! Questions when people can go thirty days after they are over, with every name in them.

use crate::{
    model::Error,
    store::{guests, polls},
};
use accounts::{Administrator, Deed, Subject, audit};
use base::Timestamp;
use platform::{
    db::{self, Tx},
    jobs::{Job, JobKind, Next},
    mail,
};
use std::time::Duration;

pub(crate) const DEEDS: &[&str] = &["meeting.address_forgotten"];

/// How long an address is kept after the last meeting for which it was given.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3_600);
/// Rows that go at once.
const BATCH: i64 = 500;
/// How often somebody looks.
const EVERY: Duration = Duration::from_secs(6 * 3_600);

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: "calendar.forget_guests",
        run: forget_old,
        schedule: true,
    }]
}

fn forget_old(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    let n = guests::forget_old(tx, now.before(KEPT), BATCH)?;
    let n = n.max(polls::forget_old(tx, now.before(KEPT), BATCH)?);
    let is_full = i64::try_from(n).is_ok_and(|n| n >= BATCH);
    Ok(Next::At(if is_full { now } else { now.after(EVERY) }))
}

/// Nothing of an address is left at any meeting, nor a letter to it. The audit log says that it was done, without the address.
pub(crate) fn forget_address(
    tx: &mut dyn Tx,
    who: Administrator,
    address: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let address = address.trim().to_lowercase();
    let n = guests::forget_address(tx, &address)?;
    polls::forget_address(tx, &address)?;
    mail::forget(tx, &address)?;
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    let deed = Deed::new(who.0.person, DEEDS[0], Subject::named("address", "")).with("meetings", n);
    Ok(audit::record(tx, &deed, now)?)
}

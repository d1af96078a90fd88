//! SQL of asks that are over because their message is gone.

use crate::{
    model::AskRow,
    wire::{AskSide, GoneAsk},
};
use base::{PersonId, Timestamp};
use platform::db::{Result, Tx};

platform::sql! {
    INSERT = "insert into ask_gone (person_id, message_id, channel_id, asker_id, asked_at, gone_at, by_rule) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (person_id, message_id) do nothing";
    /// In channels of which they are a member now. $4: 1 for their own.
    LIST = "select g.message_id, g.channel_id, g.asker_id, g.asked_at, g.gone_at, g.by_rule from ask_gone g \
        join channel_member cm on cm.channel_id = g.channel_id and cm.person_id = g.person_id \
        where g.person_id = $1 and g.gone_at > $2 and (case when g.asker_id = $1 then 1 else 0 end) = $4 \
        order by g.gone_at desc, g.message_id \
        limit $3";
    DROP_BEFORE = "delete from ask_gone where gone_at <= $1";
    FORGET = "delete from ask_gone where person_id = $1 or asker_id = $1";
}

pub(super) fn insert(
    tx: &mut dyn Tx,
    (person, ask): (PersonId, &AskRow),
    by_rule: bool,
    now: Timestamp,
) -> Result<()> {
    let args = [
        person.into(),
        ask.message.into(),
        ask.channel.into(),
        ask.asker.into(),
        ask.created_at.into(),
        now.into(),
        by_rule.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

pub(super) fn list(
    tx: &mut dyn Tx,
    (person, side): (PersonId, AskSide),
    after: Timestamp,
    limit: i64,
) -> Result<Vec<GoneAsk>> {
    let is_own = side == AskSide::IWaitFor;
    tx.list(
        &LIST,
        &[person.into(), after.into(), limit.into(), is_own.into()],
        |row| {
            Ok(GoneAsk {
                message_id: row.get(0)?,
                channel_id: row.get(1)?,
                asker_id: row.get(2)?,
                asked_at: row.get(3)?,
                gone_at: row.get(4)?,
                by_rule: row.get(5)?,
            })
        },
    )
}

pub(super) fn drop_before(tx: &mut dyn Tx, at: Timestamp) -> Result<()> {
    tx.exec(&DROP_BEFORE, &[at.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET, &[person.into()]).map(drop)
}

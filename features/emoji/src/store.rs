//! All SQL of emoji.

use crate::wire::CustomEmoji;
use accounts::settings;
use base::{PersonId, Timestamp};
use platform::db::{Result, Row, Tx};

/// The setting of the workspace; what is not written down is for administrators alone.
const WHO: &str = "emoji.who";
const EVERYONE: &str = "everyone";

platform::sql! {
    LIST = "select name, picture, still, created_by from custom_emoji order by name";
    FIND = "select name, picture, still, created_by from custom_emoji where name = $1";
    EXISTS = "select 1 from custom_emoji where name = $1";
    COUNT = "select count(*) from custom_emoji";
    ADD = "insert into custom_emoji (name, picture, still, created_by, created_at) values ($1, $2, $3, $4, $5) \
        on conflict (name) do nothing";
    REMOVE = "delete from custom_emoji where name = $1";
    HAS_BLOB = "select 1 from custom_emoji where picture = $1 or still = $1 limit 1";
}

/// An emoji as a row.
#[derive(Debug, Clone)]
pub(crate) struct EmojiRow {
    pub name: String,
    pub picture: String,
    pub still: Option<String>,
    pub created_by: PersonId,
}

impl EmojiRow {
    pub(crate) fn shown(&self) -> CustomEmoji {
        CustomEmoji {
            name: self.name.clone(),
            version: self.picture.chars().take(12).collect(),
            animated: self.still.is_some(),
            created_by: self.created_by,
        }
    }
}

fn row(row: &dyn Row) -> Result<EmojiRow> {
    Ok(EmojiRow {
        name: row.get(0)?,
        picture: row.get(1)?,
        still: row.get_optional(2)?,
        created_by: row.get(3)?,
    })
}

pub(crate) fn everyone_adds(tx: &mut dyn Tx) -> Result<bool> {
    Ok(settings::find(tx, WHO)?.as_deref() == Some(EVERYONE))
}

pub(crate) fn set_everyone_adds(tx: &mut dyn Tx, everyone: bool) -> Result<()> {
    settings::put(tx, WHO, everyone.then_some(EVERYONE))
}

pub(crate) fn list(tx: &mut dyn Tx) -> Result<Vec<EmojiRow>> {
    tx.list(&LIST, &[], row)
}

pub(crate) fn find(tx: &mut dyn Tx, name: &str) -> Result<Option<EmojiRow>> {
    tx.find(&FIND, &[name.into()], row)
}

/// Whether this workspace has an emoji of this name.
pub fn exists(tx: &mut dyn Tx, name: &str) -> Result<bool> {
    Ok(tx.find(&EXISTS, &[name.into()], |_| Ok(()))?.is_some())
}

/// The names of all of them.
pub fn list_names(tx: &mut dyn Tx) -> Result<Vec<String>> {
    Ok(list(tx)?.into_iter().map(|row| row.name).collect())
}

pub(crate) fn count(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT, &[], |row| row.get(0))
}

/// False: there is one of this name.
pub(crate) fn add(tx: &mut dyn Tx, new: &EmojiRow, now: Timestamp) -> Result<bool> {
    let args = [
        (&new.name).into(),
        (&new.picture).into(),
        new.still.as_ref().into(),
        new.created_by.into(),
        now.into(),
    ];
    Ok(tx.exec(&ADD, &args)? == 1)
}

pub(crate) fn remove(tx: &mut dyn Tx, name: &str) -> Result<()> {
    tx.exec(&REMOVE, &[name.into()]).map(|_| ())
}

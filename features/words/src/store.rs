//! All SQL of words.

use crate::model::WordList;
use platform::db::{Error, Result, Tx};
use std::sync::Arc;
use uuid::Uuid;

platform::sql! {
    REVISION = "select revision from word_list where the_only_one = 1";
    GET = "select words from word_list where the_only_one = 1";
    PUT = "insert into word_list (the_only_one, revision, words) values (1, $1, $2) \
        on conflict (the_only_one) do update set revision = excluded.revision, words = excluded.words";
    CLEAR = "delete from word_list where the_only_one = 1";
}

/// The number of the last change; None: there are no words.
pub(crate) fn find_revision(tx: &mut dyn Tx) -> Result<Option<Uuid>> {
    tx.find(&REVISION, &[], |row| row.get(0))
}

/// The words, none when there are none.
pub(crate) fn get(tx: &mut dyn Tx) -> Result<WordList> {
    let words: Option<String> = tx.find(&GET, &[], |row| row.get(0))?;
    match words {
        Some(words) => serde_json::from_str(&words).map_err(broken),
        None => Ok(WordList::default()),
    }
}

pub(crate) fn put(tx: &mut dyn Tx, revision: Uuid, list: &WordList) -> Result<()> {
    let words = serde_json::to_string(list).map_err(broken)?;
    tx.exec(&PUT, &[revision.into(), (&words).into()]).map(drop)
}

pub(crate) fn clear(tx: &mut dyn Tx) -> Result<()> {
    tx.exec(&CLEAR, &[]).map(drop)
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "WORD_LIST",
        source: Arc::new(err),
    }
}

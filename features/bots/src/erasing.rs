//! With a person go the hooks that they made: nobody is left whose rights they could use.

use crate::store::{incoming, outgoing};
use accounts::{PERSON_ERASED, PersonErased};
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};

pub fn listener() -> Listener {
    Listener {
        kinds: &[PERSON_ERASED],
        hear,
    }
}

fn hear(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    for (channel, hook) in incoming::list_made_by(tx, erased.person_id)? {
        if let Some(bot) = incoming::remove(tx, channel, hook)? {
            accounts::retire_bot(tx, erased.person_id, bot, heard.happened.at).map_err(of_database)?;
        }
    }
    for hook in outgoing::list_made_by(tx, erased.person_id)? {
        outgoing::remove(tx, hook)?;
    }
    Ok(())
}

/// Nothing but the database refuses this.
fn of_database(err: accounts::Error) -> db::Error {
    match err {
        accounts::Error::Db(err) => err,
        _ => db::Error::NoRow,
    }
}

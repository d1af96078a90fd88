//! The link that ends letters: sealed with the key file, so that nobody can make one, and about nothing else.

use crate::model::Error;
use base::PersonId;
use platform::app::App;
use signin::Sealing;
use uuid::Uuid;

/// What the seal is about: a link of another kind opens nothing here.
const ABOUT: &[u8] = b"notify.unsubscribe";

/// What stands in the address.
pub(super) fn token_of(app: &App, person: PersonId) -> Result<String, Error> {
    let sealed = sealing(app)?.of(&app.config).seal(person.0.as_bytes(), ABOUT)?;
    // As an address has it (RFC 4648, 5).
    Ok(sealed.replace('+', "-").replace('/', "_"))
}

/// Whose letters it ends; absent when we have not made it.
pub(crate) fn person_of(app: &App, token: &str) -> Result<PersonId, Error> {
    let sealed = token.replace('-', "+").replace('_', "/");
    let opened = sealing(app)?.of(&app.config).open(&sealed, ABOUT);
    let opened = opened.map_err(|_| Error::NotFound)?;
    let person = Uuid::from_slice(&opened).map_err(|_| Error::NotFound)?;
    Ok(PersonId(person))
}

fn sealing(app: &App) -> Result<&Sealing, Error> {
    app.kept::<Sealing>()
        .ok_or(Error::Broken("the server was put together without signin::kept"))
}

//! The link that ends letters: sealed with the key file, so that nobody can make one, and about nothing else.

use crate::model::Error;
use base::PersonId;
use platform::{app::App, seal::Broken};

/// What the seal is about: a link of another kind opens nothing here.
const ABOUT: &[u8] = b"notify.unsubscribe";

/// What stands in the address.
pub(super) fn token_of(app: &App, person: PersonId) -> Result<String, Broken> {
    app.seal.link(person.0, ABOUT)
}

/// Whose letters it ends; absent when we have not made it.
pub(crate) fn person_of(app: &App, token: &str) -> Result<PersonId, Error> {
    app.seal
        .find_link(token, ABOUT)
        .map(PersonId)
        .ok_or(Error::NotFound)
}

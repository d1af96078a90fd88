//! For the tests of others: people who have more than a password.

use crate::store::{
    self,
    passkeys::{self, NewPasskey},
};
use base::PersonId;
use platform::testing::TestServer;

/// Gives somebody a second step, without an app behind it.
pub async fn put_second_step(server: &TestServer, person: &str) {
    let person: PersonId = person.parse().expect("an id");
    let now = server.app.clock.now();
    let put = server.app.db.write(person, move |tx| {
        store::offer_totp(tx, person, "", now)?;
        store::confirm_totp(tx, person, 0, now)
    });
    assert!(put.await.expect("the rows are written"));
}

/// Gives somebody a passkey, without a key behind it.
pub async fn put_passkey(server: &TestServer, person: &str, name: &str) {
    let person: PersonId = person.parse().expect("an id");
    let (name, now) = (name.to_owned(), server.app.clock.now());
    let put = server.app.db.write(person, move |tx| {
        let new = NewPasskey {
            credential_id: person.0.as_bytes(),
            person,
            domain: "antiphon.test",
            name: &name,
            credential: "{}",
        };
        passkeys::put(tx, &new, now)
    });
    assert!(put.await.expect("the row is written").is_some());
}

//! For the tests of others: people who have more than a password.

use crate::store;
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

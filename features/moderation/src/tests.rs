//! Moderation through HTTP and the socket.

mod removals;
mod reports;

use platform::testing::Store;
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, new_id};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            messages::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

async fn say(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text });
    let path = format!("/api/channels/{channel}/messages");
    person.post(&path, body).await.expect(201)
}

async fn page(person: &TestPerson, channel: &str) -> Value {
    let path = format!("/api/channels/{channel}/messages");
    person.get(&path).await.expect(200)
}

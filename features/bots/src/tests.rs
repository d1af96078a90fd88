//! Hooks through HTTP, on both databases.

mod incoming;
mod outgoing;

use base::{ChannelId, PersonId};
use platform::testing::{Answer, Client, Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![
                accounts::feature(),
                spaces::feature(),
                files::feature(),
                words::feature(),
                messages::feature(),
                crate::feature(),
            ],
        )
        .await
    }
}

/// A hook into a channel, by its path.
async fn incoming(person: &TestPerson, channel: &str, name: &str) -> (Value, String) {
    let path = format!("/api/channels/{channel}/hooks/incoming");
    let made = person.post(&path, json!({ "name": name })).await.expect(201);
    let url = made["url"].as_str().expect("an address").to_owned();
    let path = url
        .strip_prefix("http://antiphon.test")
        .expect("our own address")
        .to_owned();
    (made["hook"].clone(), path)
}

async fn send(client: &Client, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> (u16, String) {
    let headers = [("content-type", kind), ("user-agent", "Jenkins")];
    let answer: Answer = client.send(http::Method::POST, path, &headers, body.into()).await;
    (answer.status, String::from_utf8(answer.bytes).expect("text"))
}

async fn last(person: &TestPerson, channel: &str) -> Value {
    let page = person
        .get(&format!("/api/channels/{channel}/messages?limit=1"))
        .await
        .expect(200);
    let mut message = page["messages"][0].clone();
    message["people"] = page["people"].clone();
    message
}

async fn say(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

fn channel_id(text: &str) -> ChannelId {
    text.parse().expect("an id")
}

fn person_id(text: &str) -> PersonId {
    text.parse().expect("an id")
}

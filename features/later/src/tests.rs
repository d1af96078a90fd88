//! Scheduled posts and landing through HTTP and the socket; the clock is moved by hand.

mod landing;
mod reminders;
mod routines;
mod scheduled;

use platform::testing::{Answer, Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            groups::feature(),
            words::feature(),
            hours::feature(),
            messages::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

fn now(house: &House) -> base::Timestamp {
    house.server.app.clock.now()
}

/// Something for a channel, so long after now.
fn planned(house: &House, channel: &str, text: &str, after: Duration) -> Value {
    json!({ "id": new_id(), "channel_id": channel, "text": text, "due_at": now(house).after(after).0 })
}

async fn schedule(house: &House, person: &TestPerson, text: &str, after: Duration) -> Value {
    let body = planned(house, &house.general, text, after);
    person.post("/api/scheduled", body).await.expect(201)
}

async fn mine(person: &TestPerson) -> Vec<Value> {
    let list = person.get("/api/scheduled").await.expect(200);
    list["items"].as_array().cloned().unwrap_or_default()
}

/// What was said in a channel, in order.
async fn said(person: &TestPerson, channel: &str) -> Vec<String> {
    let page = person
        .get(&format!("/api/channels/{channel}/messages?limit=100"))
        .await
        .expect(200);
    let messages = page["messages"].as_array().cloned().unwrap_or_default();
    let text = |message: &Value| message["text"].as_str().unwrap_or_default().to_owned();
    messages.iter().map(text).collect()
}

async fn work(house: &House) -> usize {
    crate::work_due(&house.server.app).await.expect("it works")
}

async fn direct(by: &TestPerson, with: &TestPerson) -> String {
    let body = json!({ "people": [with.id] });
    let answer: Answer = by.post("/api/directs", body).await;
    answer.body["id"].as_str().expect("a conversation").to_owned()
}

fn path_of(scheduled: &Value) -> String {
    format!("/api/scheduled/{}", id_of(scheduled))
}

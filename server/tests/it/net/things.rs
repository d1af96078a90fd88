//! What the nets send: one of everything that a channel can hold, paths that name it, and a body that is right for each
//! route.

use crate::support::house_with_media;
use files::testing::{begin as begin_upload, id_of as id_of_upload};
use http::Method;
use platform::testing::{Answer, Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::collections::HashMap;

/// Ids of real things, by the name of the path's parameter.
pub(super) type Things = HashMap<&'static str, String>;

/// Everything a private channel of the owner can hold, out of reach for everybody else.
pub(super) struct Hidden {
    pub house: House,
    pub things: Things,
    pub member: TestPerson,
    pub guest: TestPerson,
}

pub(super) async fn hidden() -> Hidden {
    let opened = house_with_media(Store::Sqlite).await;
    let house = opened.expect("SQLite is always there");
    let member = house.member("Mara").await;
    let guest = house.guest("Gus", &house.general).await;
    let owner = &house.owner;
    let board = json!({ "name": "Board", "kind": "team", "open": false });
    let space = owner.post("/api/spaces", board).await.expect(201);
    let path = format!("/api/spaces/{}/channels", id_of(&space));
    let channel = id_of(
        &owner
            .post(&path, json!({ "name": "secret", "kind": "private" }))
            .await
            .expect(201),
    );
    let upload = id_of_upload(&begin_upload(owner, "hidden.txt", 3, "").await);
    let file = files::testing::upload(owner, "hidden.txt", b"it is hidden").await;
    let text = json!({ "id": new_id(), "text": "nobody else reads this", "file_ids": [file["id"]] });
    let message = id_of(
        &owner
            .post(&format!("/api/channels/{channel}/messages"), text)
            .await
            .expect(201),
    );
    let topic = json!({ "id": new_id(), "title": "Hidden", "origin_id": message });
    let topic = id_of(
        &owner
            .post(&format!("/api/channels/{channel}/topics"), topic)
            .await
            .expect(201),
    );
    let poll = poll(owner, &channel).await;
    let prepared = prepared_poll(owner, &channel).await;
    let (questions, question) = questions(owner, &channel).await;
    let link = link(owner, &channel).await;
    let group = json!({ "handle": "hidden", "title": "Hidden", "space_id": id_of(&space), "open": true });
    let group = owner.post("/api/groups", group).await.expect(201);
    let report = reported(&house, &id_of(&space), &channel).await;
    let things = HashMap::from([
        ("clear", cleared(owner).await),
        ("group", id_of(&group)),
        ("guest", new_id()),
        ("answer", new_id()),
        ("guest_link", guest_link(&house, &channel).await),
        ("hook", hook(owner, &channel).await),
        ("delivery", new_id()),
        ("report", report),
        ("space", id_of(&space)),
        ("scheduled", scheduled(&house, &channel).await),
        ("reminder", reminder(&house, &message).await),
        ("routine", routine(&house, &channel).await),
        ("meeting", meeting(owner, &channel).await),
        ("time_poll", time_poll(owner, &channel).await),
        ("urgent", urgent(owner, &channel).await),
        ("live", live_session(owner, &channel).await),
        ("office", office(owner, &channel).await),
        ("channel", channel),
        ("message", message),
        ("topic", topic),
        ("poll", poll),
        ("prepared", prepared),
        ("questions", questions),
        ("question", question),
        ("link", link),
        ("emoji", "%F0%9F%91%8D".to_owned()),
        ("name", "party_parrot".to_owned()),
        ("person", owner.id.clone()),
        ("upload", upload),
        ("file", id_of(&file)),
    ]);
    Hidden {
        house,
        things,
        member,
        guest,
    }
}

/// A link in a message.
async fn link(owner: &TestPerson, channel: &str) -> String {
    let said = json!({ "id": new_id(), "text": "https://x.example/" });
    owner
        .post(&format!("/api/channels/{channel}/messages"), said)
        .await
        .expect(201);
    let links = owner
        .get(&format!("/api/channels/{channel}/links"))
        .await
        .expect(200);
    id_of(&links["items"][0])
}

async fn hook(owner: &TestPerson, channel: &str) -> String {
    let hook = json!({ "name": "CI", "url": "https://x.example/", "events": ["message.posted"] });
    let path = format!("/api/channels/{channel}/hooks/outgoing");
    id_of(&owner.post(&path, hook).await.expect(201)["hook"])
}

/// Begins in the stream of the channel.
pub(super) async fn live_session(owner: &TestPerson, channel: &str) -> String {
    let live = json!({ "id": new_id(), "message_id": new_id(), "about": "Where?" });
    let path = format!("/api/channels/{channel}/live");
    id_of(&owner.post(&path, live).await.expect(201)["session"])
}

/// Office hours of the owner's.
pub(super) async fn office(owner: &TestPerson, channel: &str) -> String {
    let until_at = platform::testing::START.0 + 3_600_000_000;
    let office = json!({ "id": new_id(), "message_id": new_id(), "about": "Homework", "minutes": 10, "until_at": until_at });
    let path = format!("/api/channels/{channel}/office");
    id_of(&owner.post(&path, office).await.expect(201)["office"])
}

async fn poll(owner: &TestPerson, channel: &str) -> String {
    let poll = json!({ "id": new_id(), "message_id": new_id(), "question": "Who?", "options": ["a", "b"] });
    let path = format!("/api/channels/{channel}/polls");
    id_of(&owner.post(&path, poll).await.expect(201)["poll"])
}

/// A poll of the owner's that waits to be asked.
async fn prepared_poll(owner: &TestPerson, channel: &str) -> String {
    let poll = json!({ "question": "nobody else reads this", "kind": "words" });
    let path = format!("/api/channels/{channel}/prepared-polls/{}", new_id());
    id_of(&owner.put(&path, poll).await.expect(200))
}

/// A board with a question.
pub(super) async fn questions(owner: &TestPerson, channel: &str) -> (String, String) {
    let board = json!({ "id": new_id(), "message_id": new_id(), "about": "What?", "anonymous": true });
    let path = format!("/api/channels/{channel}/questions");
    let board = id_of(&owner.post(&path, board).await.expect(201)["questions"]);
    let path = format!("{path}/{board}/items");
    let question = json!({ "id": new_id(), "text": "nobody else reads this" });
    let asked = owner.post(&path, question).await.expect(201);
    (board, id_of(&asked["items"][0]))
}

/// What the owner marked as read at once.
async fn cleared(owner: &TestPerson) -> String {
    let clear = json!({ "id": new_id(), "channels": null });
    id_of(&owner.post("/api/inbox/clear", clear).await.expect(200))
}

/// Something of the owner's that comes back.
async fn routine(house: &House, channel: &str) -> String {
    let rhythm = json!({ "days": [1], "at_min": 540, "every_weeks": 1 });
    let routine = json!({ "id": new_id(), "kind": "post", "channel_id": channel, "text": "weekly", "rhythm": rhythm, "time_zone": "UTC" });
    id_of(&house.owner.post("/api/routines", routine).await.expect(201))
}

/// The owner's reminder of a message.
async fn reminder(house: &House, message: &str) -> String {
    let due_at = house.server.app.clock.now().0 + 3_600_000_000;
    let reminder = json!({ "id": new_id(), "message_id": message, "due_at": due_at });
    id_of(&house.owner.post("/api/reminders", reminder).await.expect(201))
}

/// Something of the owner's that waits for its time.
async fn scheduled(house: &House, channel: &str) -> String {
    let due_at = house.server.app.clock.now().0 + 3_600_000_000;
    let later =
        json!({ "id": new_id(), "channel_id": channel, "text": "nobody else reads this", "due_at": due_at });
    id_of(&house.owner.post("/api/scheduled", later).await.expect(201))
}

/// When the owner asks others for a time, in the channel.
async fn time_poll(owner: &TestPerson, channel: &str) -> String {
    let mut poll = new_time_poll();
    poll["channel_id"] = json!(channel);
    id_of(&owner.post("/api/time-polls", poll).await.expect(201)["poll"])
}

fn new_time_poll() -> Value {
    let ends_at = platform::testing::START.0 + 3_600_000_000;
    json!({ "id": new_id(), "title": "T", "minutes": 30, "time_zone": "UTC", "starts": ["2026-12-14T10:00", "2026-12-15T10:00"], "ends_at": ends_at })
}

/// A meeting of the owner's alone, in the channel.
async fn meeting(owner: &TestPerson, channel: &str) -> String {
    let words = json!({ "title": "Hidden", "aim": "decide" });
    let meeting =
        json!({ "channel_id": channel, "id": new_id(), "people": [], "time": soon(), "words": words });
    id_of(&owner.post("/api/meetings", meeting).await.expect(201)["meeting"])
}

/// Somebody else who reads the channel is called.
async fn urgent(owner: &TestPerson, channel: &str) -> String {
    let members = owner
        .get(&format!("/api/channels/{channel}/members"))
        .await
        .expect(200);
    let people = members["items"].as_array().into_iter().flatten();
    let mut others = people.filter(|member| member["person"]["id"] != owner.id.as_str());
    let called = others.next().expect("somebody else")["person"]["id"].clone();
    let body = urgent_body(&called);
    let path = format!("/api/channels/{channel}/urgents");
    id_of(&owner.post(&path, body).await.expect(201)["urgent"])
}

fn urgent_body(called: &Value) -> Value {
    json!({ "id": new_id(), "message_id": new_id(), "text": "hi", "kind": "outage", "people": [called] })
}

/// Half an hour that lies ahead on the clock of the tests.
fn soon() -> Value {
    json!({ "starts": "2026-12-16T10:00", "minutes": 30, "time_zone": "UTC" })
}

async fn guest_link(house: &House, channel: &str) -> String {
    let link = json!({ "max_guests": 5, "expires_in_s": 3600 });
    house.guest_link(channel, link).await.0
}

/// A report of something that somebody else said in the channel.
async fn reported(house: &House, space: &str, channel: &str) -> String {
    let owner = &house.owner;
    let petra = house.outsider("Petra").await;
    let member = json!({ "role": "member" });
    for place in [format!("spaces/{space}"), format!("channels/{channel}")] {
        let path = format!("/api/{place}/members/{}", petra.id);
        owner.put(&path, member.clone()).await.expect(204);
    }
    let path = format!("/api/channels/{channel}/messages");
    let said = petra.post(&path, json!({ "id": new_id(), "text": "rude" })).await;
    let path = format!("{path}/{}/report", id_of(&said.expect(201)));
    owner.post(&path, json!({ "reason": "spam" })).await.expect(204);
    let open = owner.get("/api/moderation/reports").await.expect(200);
    id_of(&open["items"][0])
}

/// The path of a route with real things in place of its parameters; None when it names something else.
pub(super) fn fill(path: &str, things: &Things) -> Option<String> {
    let parts: Option<Vec<String>> = path
        .split('/')
        .map(
            |part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => things.get(name).cloned(),
                None => Some(part.to_owned()),
            },
        )
        .collect();
    Some(parts?.join("/"))
}

/// A body that is right for a route, so that only the person is wrong.
pub(super) fn body_for(method: &Method, path: &str) -> Value {
    match (method.as_str(), path) {
        ("POST", "/api/inbox/clear") => json!({ "id": new_id(), "channels": null }),
        ("POST", path) if path.ends_with("/messages") => json!({ "id": new_id(), "text": "hi" }),
        ("POST", path) if path.ends_with("/topics") => {
            json!({ "id": new_id(), "title": "T", "message": { "id": new_id(), "text": "hi" } })
        }
        ("POST", path) if path.ends_with("/channels") => json!({ "name": "x", "kind": "public" }),
        ("PATCH", path) if path.ends_with("{message}") => json!({ "text": "hi" }),
        ("POST", path) if path.ends_with("/ask/moves") => json!({ "move": "answer" }),
        ("POST", path) if path.ends_with("/asks") => {
            json!({ "message": { "id": new_id(), "text": "hi" }, "ask": { "kind": "question", "people": [new_id()] } })
        }
        ("PUT", path) if path.ends_with("/ask") => json!({ "kind": "question", "people": [new_id()] }),
        ("POST", path) if path.ends_with("{urgent}/moves") => json!({ "move": "take" }),
        ("POST", path) if path.ends_with("/urgents") => urgent_body(&json!(new_id())),
        ("PUT", path) if path.ends_with("/rota") => {
            json!({ "time_zone": "UTC", "weekday": 1, "from_min": 540, "people": [], "chain": [], "revision": 0 })
        }
        ("PUT", path) if path.ends_with("/rota/consent") => json!({ "agreed": true }),
        ("PUT", path) if path.ends_with("/rota/swap") => json!({ "day": "2026-12-16" }),
        ("POST", path) if path.ends_with("/moves") => json!({ "message_ids": [new_id()] }),
        ("POST", path) if path.ends_with("/merge") => json!({ "into_id": new_id() }),
        ("POST", "/api/channels/{channel}/live/{live}/enter") => json!({ "device": "a" }),
        ("POST", path) if path.ends_with("/polls") => {
            json!({ "id": new_id(), "message_id": new_id(), "question": "Who?", "options": ["a", "b"] })
        }
        ("PATCH", path) if path.ends_with("{poll}/words") => json!({ "word": "a", "removed": true }),
        ("PUT", path) if path.ends_with("{prepared}") => json!({ "question": "Who?", "kind": "words" }),
        ("POST", path) if path.ends_with("{prepared}/open") => json!({ "message_id": new_id() }),
        ("POST", path) if path.ends_with("/questions") => {
            json!({ "id": new_id(), "message_id": new_id(), "about": "What?" })
        }
        ("POST", path) if path.ends_with("{questions}/items") => json!({ "id": new_id(), "text": "Why?" }),
        ("PUT", path) if path.ends_with("/my-vote") => json!({ "votes": true }),
        ("PATCH", path) if path.ends_with("{question}") => json!({ "state": "now" }),
        ("PUT", "/api/settings/links") => json!({ "shows": true }),
        ("PUT", "/api/workspace/links") => json!({ "fetches": true }),
        ("PUT", "/api/workspace/emoji") => json!({ "everyone": true }),
        ("POST", path) if path.ends_with("/report") => json!({ "reason": "spam" }),
        ("PUT", path) if path.ends_with("/vote") => json!({ "options": [0] }),
        ("PUT", path) if path.ends_with("/read") || path.ends_with("/unread") => json!({ "seq": 1 }),
        ("POST", path) if path.ends_with("/guest-links") => json!({ "max_guests": 1, "expires_in_s": 3600 }),
        ("PATCH", path) if path.ends_with("{guest_link}") => json!({ "expires_in_s": 7200 }),
        ("POST", path) if path.ends_with("/enter") => {
            json!({ "name": "G", "time_zone": "UTC", "language": "en" })
        }
        ("POST", path) if path.ends_with("/hooks/incoming") => json!({ "name": "x" }),
        ("POST", path) if path.ends_with("/hooks/outgoing") => {
            json!({ "name": "x", "url": "https://x.example/", "events": ["message.posted"] })
        }
        ("PUT", "/api/time-polls/{time_poll}/answer") => json!({ "choices": ["yes", "no"] }),
        ("PUT", path) if path.ends_with("/answer") => json!({ "answer": "yes" }),
        ("POST", "/api/notices/shown") => json!({ "message_ids": [] }),
        ("PUT", "/api/hours/focus") => json!({ "minutes": 30 }),
        ("PUT", "/api/retention/{place}") => json!({ "days": 30, "keep_marked": true, "confirm": "x" }),
        ("POST", "/api/holds") => json!({ "kind": "channel", "subject_id": new_id(), "reason": "x" }),
        ("PUT", "/api/settings/{name}") => json!({ "value": 1_000_000_000 }),
        ("POST", path) if path.ends_with("{group}/members") => json!({ "people": [] }),
        ("PUT", path) if path.contains("/members/") => json!({ "role": "member" }),
        (method, path) => body_in_session(method, path),
    }
}

/// The same for live sessions and office hours.
fn body_in_session(method: &str, path: &str) -> Value {
    match (method, path) {
        ("POST", path) if path.ends_with("/live") => {
            json!({ "id": new_id(), "message_id": new_id(), "about": "Where?" })
        }
        ("POST", path) if path.ends_with("/office") => {
            let until_at = platform::testing::START.0 + 3_600_000_000;
            json!({ "id": new_id(), "message_id": new_id(), "about": "Homework", "minutes": 10, "until_at": until_at })
        }
        ("PUT", path) if path.ends_with("{office}/place") => json!({ "tells": false }),
        ("POST", path) if path.ends_with("{office}/call") => {
            json!({ "live_id": new_id(), "message_id": new_id(), "about": "Your turn" })
        }
        ("PUT", path) if path.ends_with("{office}/later") => json!({}),
        ("PUT", path) if path.ends_with("/hand") => json!({ "is_up": true }),
        ("POST", path) if path.ends_with("{live}/reactions") => json!({ "emoji": "👏" }),
        ("POST", path) if path.ends_with("{live}/objection") => {
            json!({ "message_id": new_id(), "text": "No." })
        }
        ("PUT", path) if path.ends_with("{live}/agenda") => json!({ "points": [] }),
        ("PUT", path) if path.ends_with("{live}/breakouts") => {
            json!({ "rooms": [{ "id": new_id(), "name": "One" }] })
        }
        ("POST", path) if path.ends_with("breakouts/recall") => json!({ "seconds": 0 }),
        ("PUT", path) if path.ends_with("{person}/breakout") => json!({}),
        ("POST", path) if path.ends_with("{live}/notes") => json!({ "id": new_id(), "text": "Here." }),
        ("POST", path) if path.ends_with("{live}/end") => json!({ "outcome": "none" }),
        (method, path) => body_in_time(method, path),
    }
}

/// The same for what has its time: posts for later, notices, meetings.
fn body_in_time(method: &str, path: &str) -> Value {
    match (method, path) {
        ("POST", "/api/scheduled") => {
            json!({ "id": new_id(), "channel_id": new_id(), "text": "hi", "due_at": 1 })
        }
        ("POST", path) if path.ends_with("/silent-messages") => json!({ "id": new_id(), "text": "hi" }),
        ("PATCH", path) if path.ends_with("{scheduled}") => json!({ "revision": 1, "text": "hi" }),
        ("POST", path) if path.ends_with("/knock") => json!({ "id": new_id() }),
        ("PUT", path) if path.ends_with("/knock/answer") => json!({ "answer": "yes" }),
        ("PUT", path) if path.ends_with("/hint") => json!({ "dismissed": false }),
        ("POST", "/api/reminders") => json!({ "id": new_id(), "message_id": new_id(), "due_at": 1 }),
        ("POST", "/api/routines") => {
            let rhythm = json!({ "days": [1], "at_min": 540, "every_weeks": 1 });
            json!({ "id": new_id(), "kind": "post", "channel_id": new_id(), "text": "hi", "rhythm": rhythm, "time_zone": "UTC" })
        }
        ("PATCH", path) if path.ends_with("{routine}") => json!({ "revision": 1, "paused": true }),
        ("PATCH", path) if path.ends_with("{reminder}") => json!({ "note": "hi" }),
        ("PUT", path) if path.ends_with("/landing") => json!({ "choice": "silent" }),
        ("PUT", path) if path.ends_with("/charter") => json!({ "charter": {}, "version": 0 }),
        ("POST", "/api/notices/later") => json!({ "message_ids": [] }),
        ("PUT", "/api/notices/mail") => json!({ "way": "nothing" }),
        ("PUT", "/api/push/settings") => json!({ "hides_texts": false }),
        ("PUT", "/api/push/device") => {
            json!({ "endpoint": "https://push.example/x", "p256dh": "", "auth": "" })
        }
        ("POST", "/api/meetings") => {
            json!({ "id": new_id(), "people": [], "time": soon(), "words": { "title": "T", "aim": "decide" } })
        }
        ("POST", "/api/time-polls") => new_time_poll(),
        ("PUT", "/api/when/{token}/answers/{key}") => {
            json!({ "name": "Kim", "language": "en", "choices": ["yes", "no"] })
        }
        ("POST", "/api/meetings/preview") => json!({ "aim": "decide", "time": soon(), "people": [] }),
        ("POST", "/api/meetings/slots") => {
            let now = platform::testing::START.0;
            json!({ "aim": "decide", "minutes": 30, "people": [], "from": now, "to": now + 86_400_000_000_i64 })
        }
        ("POST", path) if path.ends_with("/thanks") => {
            json!({ "message_id": new_id(), "people": [new_id()], "text": "for the tea" })
        }
        ("PUT", path) if path.ends_with("/thanks-place") => json!({ "channel_id": null, "title": "T" }),
        ("POST", path) if path.ends_with("/guests") => json!({ "guests": [{ "address": "x@x.example" }] }),
        ("POST", "/api/meetings/forget-address") => json!({ "address": "x@x.example" }),
        ("PUT", "/api/invited/{token}") => json!({ "answer": "yes" }),
        ("PUT", "/api/numbers/policy") => json!({ "k": 5 }),
        ("PUT", "/api/meetings/settings") => json!({ "accepts_nights": true }),
        ("PATCH", path) if path.ends_with("{meeting}") => json!({ "revision": 1 }),
        _ => json!({}),
    }
}

pub(super) async fn call(
    person: &platform::testing::Client,
    method: &Method,
    path: &str,
    body: Value,
) -> Answer {
    let headers = [("content-type", "application/json")];
    person
        .send(method.clone(), path, &headers, body.to_string().into_bytes())
        .await
}

/// The answer without what differs at each request.
pub(super) fn shape(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("instance");
    }
    (answer.status, body)
}

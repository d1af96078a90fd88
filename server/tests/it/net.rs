//! Nets over everything: they walk the list of routes and features itself, so a new feature joins without being named.

use crate::support::house_with_media;
use files::testing::{begin as begin_upload, id_of as id_of_upload};
use http::Method;
use platform::{
    feature::{Door, Scope},
    http::problem::{NOT_FOUND, SIGNED_OUT},
    testing::{Answer, Store, prepare_all},
};
use serde_json::{Value, json};
use server::app;
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::collections::{HashMap, hash_map::Entry};

/// Ids of real things, by the name of the path's parameter.
type Things = HashMap<&'static str, String>;

/// Everything a private channel of the owner can hold, out of reach for everybody else.
struct Hidden {
    house: House,
    things: Things,
    member: TestPerson,
    guest: TestPerson,
}

async fn hidden() -> Hidden {
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
async fn live_session(owner: &TestPerson, channel: &str) -> String {
    let live = json!({ "id": new_id(), "message_id": new_id(), "about": "Where?" });
    let path = format!("/api/channels/{channel}/live");
    id_of(&owner.post(&path, live).await.expect(201)["session"])
}

/// Office hours of the owner's.
async fn office(owner: &TestPerson, channel: &str) -> String {
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
async fn questions(owner: &TestPerson, channel: &str) -> (String, String) {
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
fn fill(path: &str, things: &Things) -> Option<String> {
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
fn body_for(method: &Method, path: &str) -> Value {
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

async fn call(person: &platform::testing::Client, method: &Method, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json")];
    person
        .send(method.clone(), path, &headers, body.to_string().into_bytes())
        .await
}

/// The answer without what differs at each request.
fn shape(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    if let Some(body) = body.as_object_mut() {
        body.remove("instance");
    }
    (answer.status, body)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_but_the_public_ones_answers_a_stranger() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let stranger = house.server.stranger();
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let path =
            fill(route.path, &things).unwrap_or_else(|| panic!("name the parameters of {}", route.path));
        let answer = call(&stranger, &route.method, &path, json!({})).await;
        if route.door == Door::Public {
            continue;
        }
        n_routes += 1;
        let wrong = house.server.with_token("never-was-one");
        let wrong = call(&wrong, &route.method, &path, json!({})).await;
        for answer in [answer, wrong] {
            // An answer to HEAD has no body.
            if route.method == Method::HEAD {
                assert_eq!(answer.status, SIGNED_OUT.status, "{path}");
            } else {
                answer.refused(SIGNED_OUT.status, SIGNED_OUT.slug);
            }
        }
    }
    assert!(n_routes > 40, "the list of routes was walked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hidden_things_look_like_absent_ones_on_every_route() {
    let Hidden {
        house,
        things,
        member,
        guest,
    } = hidden().await;
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let hides = [
            "{channel}",
            "{space}",
            "{message}",
            "{topic}",
            "{upload}",
            "{file}",
            "{group}",
            "{link}",
            "{report}",
            "{guest_link}",
            "{scheduled}",
            "{reminder}",
            "{routine}",
            "{meeting}",
            "{time_poll}",
            "{live}",
            "{office}",
        ]
        .iter()
        .any(|name| route.path.contains(name));
        let Some(path) = fill(route.path, &things).filter(|_| hides) else {
            continue;
        };
        n_routes += 1;
        for person in [&member, &guest] {
            let absent: Things = things
                .iter()
                .map(|(name, id)| (*name, if *name == "emoji" { id.clone() } else { new_id() }))
                .collect();
            let absent = fill(route.path, &absent).expect("the same parameters");
            let hidden = call(person, &route.method, &path, body_for(&route.method, route.path)).await;
            let nothing = call(
                person,
                &route.method,
                &absent,
                body_for(&route.method, route.path),
            )
            .await;
            assert_eq!(
                hidden.status, NOT_FOUND.status,
                "{} {}: {}",
                route.method, route.path, hidden.body
            );
            assert_eq!(shape(&hidden), shape(&nothing), "{} {}", route.method, route.path);
        }
    }
    assert!(n_routes > 25, "the list of routes was walked");
    let page = house
        .owner
        .get(&format!("/api/channels/{}/messages", things["channel"]))
        .await
        .expect(200);
    assert_eq!(
        page["messages"].as_array().map(Vec::len),
        Some(8),
        "nothing was written by the wrong people"
    );
}

/// Routes that are open to guests who came by a link, beside those that are open to everybody. Whoever adds one says here
/// that a guest needs it, and that its handler asks for a proof of their one channel, or is about themselves.
const OPEN_TO_LINK_GUESTS: &[&str] = &[
    "DELETE /api/channels/{channel}/messages/{message}",
    "DELETE /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "DELETE /api/channels/{channel}/questions/{questions}/items/{question}",
    "DELETE /api/channels/{channel}/topics/{topic}/follow",
    "DELETE /api/files/{file}",
    "DELETE /api/links/{link}/card",
    "DELETE /api/uploads/{upload}",
    "GET /api/channels/{channel}",
    "GET /api/channels/{channel}/asks",
    "GET /api/channels/{channel}/cards",
    "GET /api/channels/{channel}/charter",
    "GET /api/channels/{channel}/check-ins/{message}",
    "GET /api/channels/{channel}/gatherings/{message}",
    "GET /api/channels/{channel}/members",
    "GET /api/channels/{channel}/messages",
    "GET /api/channels/{channel}/messages/{message}/ask",
    "GET /api/channels/{channel}/messages/{message}/history",
    "GET /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "GET /api/channels/{channel}/polls/{poll}",
    "GET /api/channels/{channel}/questions",
    "GET /api/channels/{channel}/questions/{questions}",
    "GET /api/channels/{channel}/thanks/{message}",
    "GET /api/channels/{channel}/topics",
    "GET /api/channels/{channel}/topics/{topic}",
    "GET /api/channels/{channel}/urgents/{urgent}",
    "GET /api/custom-emoji",
    "GET /api/custom-emoji/{name}/picture",
    "GET /api/files/{file}",
    "GET /api/files/{file}/large",
    "GET /api/files/{file}/small",
    "GET /api/links/{link}/picture",
    "GET /api/me",
    "GET /api/messages/{message}",
    "GET /api/people",
    "GET /api/people/{id}",
    "GET /api/pictures/{hash}",
    "GET /api/settings/links",
    "GET /api/start",
    "GET /api/uploads/{upload}/file",
    "HEAD /api/uploads/{upload}",
    "OPTIONS /api/uploads",
    "PATCH /api/channels/{channel}/messages/{message}",
    "PATCH /api/channels/{channel}/topics/{topic}",
    "PATCH /api/uploads/{upload}",
    "POST /api/channels/{channel}/leave",
    "POST /api/channels/{channel}/messages",
    "POST /api/channels/{channel}/messages/{message}/ask/moves",
    "POST /api/channels/{channel}/questions/{questions}/items",
    "POST /api/channels/{channel}/topics",
    "POST /api/preview",
    "POST /api/uploads",
    "PUT /api/channels/{channel}/messages/{message}/reactions/{emoji}",
    "PUT /api/channels/{channel}/polls/{poll}/vote",
    "PUT /api/channels/{channel}/preference",
    "PUT /api/channels/{channel}/questions/{questions}/items/{question}/my-vote",
    "PUT /api/channels/{channel}/read",
    "PUT /api/channels/{channel}/topics/{topic}/follow",
    "PUT /api/channels/{channel}/topics/{topic}/level",
    "PUT /api/channels/{channel}/unread",
    "PUT /api/drafts",
];

/// A guest by link is in one channel: whatever is not said to be open to them is closed in the same words for everything,
/// and what is open knows nothing but their channel.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_by_link_comes_nowhere_but_into_their_channel() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    let guest = house.link_guest("Gesa", &house.general).await;
    let mut open = Vec::new();
    let mut n_closed = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let Some(guard) = route.guard() else { continue };
        if route.path == "/api/sessions/current" {
            // It would end the walk.
            assert!(guard.link_guests);
            continue;
        }
        let named = route.path.split('/').filter_map(|part| part.strip_prefix('{'));
        for name in named.filter_map(|name| name.strip_suffix('}')) {
            things.entry(name).or_insert_with(new_id);
        }
        let path = fill(route.path, &things).expect("known parameters");
        let body = body_for(&route.method, route.path);
        let answer = call(&guest, &route.method, &path, body).await;
        if !guard.link_guests {
            n_closed += 1;
            assert_eq!(answer.status, 403, "{} {path}: {}", route.method, answer.body);
            continue;
        }
        open.push(format!("{} {}", route.method, route.path));
        let names_a_place = ["{channel}", "{message}", "{file}", "{person}"]
            .iter()
            .any(|name| route.path.contains(name));
        if names_a_place {
            assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
        }
        assert!(
            !answer.body.to_string().contains("nobody else reads this"),
            "{} {path}",
            route.method
        );
    }
    open.sort();
    assert_eq!(
        open, OPEN_TO_LINK_GUESTS,
        "say here what is open to guests by link"
    );
    assert!(n_closed > 100, "{n_closed} routes are closed to them");
}

/// Two ids in one path, one's own and somebody else's, both ways.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_two_owners_do_not_mix() {
    let Hidden {
        house,
        things,
        member,
        ..
    } = hidden().await;
    let own = house.channel(&member, "mine", "private").await;
    let text = json!({ "id": new_id(), "text": "my own" });
    let message = id_of(
        &member
            .post(&format!("/api/channels/{own}/messages"), text)
            .await
            .expect(201),
    );
    let topic = json!({ "id": new_id(), "title": "Mine", "origin_id": message });
    let topic = id_of(
        &member
            .post(&format!("/api/channels/{own}/topics"), topic)
            .await
            .expect(201),
    );
    let poll = json!({ "id": new_id(), "message_id": new_id(), "question": "Who?", "options": ["a", "b"] });
    let path = format!("/api/channels/{own}/polls");
    let poll = id_of(&member.post(&path, poll).await.expect(201)["poll"]);
    let live = live_session(&member, &own).await;
    let office = office(&member, &own).await;
    let (questions, question) = questions(&member, &own).await;
    let mine: Things = HashMap::from([
        ("channel", own),
        ("message", message),
        ("topic", topic),
        ("poll", poll),
        ("questions", questions),
        ("question", question),
        ("live", live),
        ("office", office),
        ("emoji", "%F0%9F%91%8D".to_owned()),
    ]);
    let mut n_mixed = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        for inner in [
            "message",
            "topic",
            "poll",
            "live",
            "office",
            "questions",
            "question",
        ] {
            if !route.path.contains("{channel}") || !route.path.contains(&format!("{{{inner}}}")) {
                continue;
            }
            for (outer_of, inner_of) in [(&mine, &things), (&things, &mine)] {
                let mut mixed = outer_of.clone();
                mixed.insert(inner, inner_of[inner].clone());
                let Some(path) = fill(route.path, &mixed) else {
                    continue;
                };
                let answer = call(&member, &route.method, &path, body_for(&route.method, route.path)).await;
                assert_eq!(answer.status, 404, "{} {path}: {}", route.method, answer.body);
                n_mixed += 1;
            }
        }
    }
    assert!(n_mixed >= 16, "{n_mixed} mixtures were tried");
}

/// A token of the owner's that is good for everything else.
async fn token_without(house: &House, needed: Scope) -> platform::testing::Client {
    let words = accounts::TokenScope::ALL.map(accounts::TokenScope::as_str);
    let others = words.into_iter().filter(|word| !needed.is_covered_by(word));
    let body = json!({ "name": format!("all but {}", needed.0), "scopes": others.collect::<Vec<_>>() });
    let made = house.owner.post("/api/tokens", body).await.expect(201);
    house.server.with_token(made["token"].as_str().expect("a token"))
}

/// A token that is good for everything but the scope of a route stays outside of it, whatever else is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_the_wrong_scope_opens_no_route() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let words = accounts::TokenScope::ALL.map(accounts::TokenScope::as_str);
    let mut tokens = HashMap::new();
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        let Some(needed) = route.needed_scope().filter(|needed| *needed != Scope::ANY) else {
            continue;
        };
        n_routes += 1;
        let covering = words.into_iter().filter(|word| needed.is_covered_by(word));
        assert!(
            needed == Scope::PERSON || covering.count() > 0,
            "no token can be given {needed:?}, which {} {} asks for",
            route.method,
            route.path
        );
        let token: &platform::testing::Client = match tokens.entry(needed) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(token_without(&house, needed).await),
        };
        let path = fill(route.path, &things).expect("known parameters");
        let answer = call(token, &route.method, &path, body_for(&route.method, route.path)).await;
        // An answer to HEAD has no body to say more.
        if route.method == Method::HEAD {
            assert_eq!(answer.status, 403, "{} {path}", route.method);
            continue;
        }
        answer.refused(403, "scope");
        assert_eq!(answer.body["needed"], needed.0, "{} {path}", route.method);
    }
    assert!(n_routes > 40, "the list of routes was walked");
}

/// Routes that take no JSON body.
const BODILESS: [&str; 36] = [
    "{office}/end",
    "urgent-consent",
    "send",
    "skip",
    "notices/device",
    "sign-in/passkey",
    "proof/passkey",
    "proof/oidc",
    // CSV files.
    "list",
    "look",
    "second-step/remove",
    "{group}",
    "test",
    "close",
    "cancel",
    "feed",
    "dismiss",
    "exports",
    "pin",
    "save",
    "join",
    "leave",
    "follow",
    "deactivate",
    "reactivate",
    "reset",
    "picture",
    "current",
    "{emoji}",
    "again",
    "reminder",
    // Takes what was made for another server, fields that we do not know included.
    "{secret}",
    "{token}",
    "{person}",
    "{id}",
    "{name}",
];

/// Roles, authors and times are the server's to say: a body that brings more fields than its type is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_body_may_bring_fields_of_its_own() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.path.starts_with("/api/uploads") {
            // Bodies are the bytes of files there, and what is asked stands in headers with names of their own.
            continue;
        }
        let writes = [Method::POST, Method::PUT, Method::PATCH].contains(&route.method);
        let is_bodiless = BODILESS
            .iter()
            .any(|end| route.path.ends_with(&format!("/{end}")));
        let takes_json = !is_bodiless || route.method == Method::PATCH;
        if !writes || !takes_json {
            continue;
        }
        n_routes += 1;
        let path = fill(route.path, &things).expect("known parameters");
        for field in ["owner", "pinned", "author_id", "created_at", "is_admin"] {
            let mut body = body_for(&route.method, route.path);
            body[field] = json!(1);
            let answer = call(&house.owner, &route.method, &path, body).await;
            assert_eq!(
                answer.status, 422,
                "{} {path} with {field}: {}",
                route.method, answer.body
            );
        }
    }
    assert!(n_routes > 20, "{n_routes} routes take a body");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_under_api_may_be_kept_by_a_shared_cache() {
    let Hidden {
        house, mut things, ..
    } = hidden().await;
    for name in [
        "id", "token", "hash", "session", "hook", "delivery", "secret", "name", "place", "subject", "key",
    ] {
        things.insert(name, new_id());
    }
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.method != Method::GET {
            continue;
        }
        let path = fill(route.path, &things).expect("known parameters");
        let answer = house.owner.get(&path).await;
        let kept = answer
            .headers
            .get("cache-control")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        assert!(
            kept.contains("no-store") || kept.contains("private"),
            "{path}: {kept}"
        );
    }
}

#[test]
fn every_statement_is_understood_by_both_databases() {
    let statements: Vec<_> = app::features()
        .iter()
        .flat_map(|feature| feature.statements.clone())
        .collect();
    assert!(statements.len() > 80, "{} statements", statements.len());
    prepare_all(&statements, &platform::app::migrations(&app::features()));
}

#[test]
fn every_problem_is_documented() {
    let docs = include_str!("../../../docs/problems.md");
    for problem in app::problems() {
        assert!(
            docs.contains(&format!("## {}", problem.slug)),
            "docs/problems.md lacks a chapter \"{}\"",
            problem.slug
        );
    }
}

#[test]
fn the_typescript_types_are_those_of_the_code() {
    let committed = include_str!("../../../web/src/api/generated.ts");
    assert!(
        committed == server::types::declarations(),
        "run `cargo xtask types` and commit the result"
    );
}

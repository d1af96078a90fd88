//! A whole workspace out of one server and into another, on both kinds of databases and between them.

use crate::support::{Person, Place};
use http::Method;
use platform::testing::Store;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// A PNG of one pixel.
const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 144,
    119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 8, 215, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 24, 221, 141,
    176, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

async fn put(person: &Person, path: &str, body: Value) {
    let answer = person
        .send(Method::PUT, path, Some(body))
        .await
        .expect("an answer");
    assert!(answer.status < 300, "{path}: {}", answer.body);
}

/// A little of everything: topics, replies, quotes, edits, deletions, reactions, drafts, pointers, a picture, a direct
/// conversation, a private channel.
async fn live(owner: &Person, ben: &Person) {
    let general = owner.general().await;
    let messages = format!("/api/channels/{general}/messages");
    let sent = owner.put_bytes("/api/me/picture", "image/png", PICTURE).await;
    sent.expect(200);
    let ben_id = ben.get("/api/start").await.expect(200)["me"]["id"].clone();
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let asked = json!({ "id": id(1), "text": format!("Which \"one\", <@{}>?\nline\ttwo 🎉", ben_id.as_str().expect("an id")) });
    owner.post(&messages, asked).await.expect(201);
    let topic = json!({ "id": id(2), "title": "Ünïcode \\ title", "origin_id": id(1) });
    owner
        .post(&format!("/api/channels/{general}/topics"), topic)
        .await
        .expect(201);
    ben.post(
        &messages,
        json!({ "id": id(3), "text": "**This**", "topic_id": id(2), "quote_id": id(1) }),
    )
    .await
    .expect(201);
    // An earlier row of a table that refers to a later one of the same.
    let early = json!({ "id": id(1), "title": "Early", "message": { "id": id(9), "text": "begins" } });
    owner
        .post(&format!("/api/channels/{general}/topics"), early)
        .await
        .expect(201);
    let merged = owner
        .post(
            &format!("/api/channels/{general}/topics/{}/merge", id(1)),
            json!({ "into_id": id(2) }),
        )
        .await;
    assert!(merged.status < 300, "{}", merged.body);
    ben.post(&messages, json!({ "id": id(4), "text": "wrong" }))
        .await
        .expect(201);
    let edit = ben
        .send(
            Method::PATCH,
            &format!("{messages}/{}", id(4)),
            Some(json!({ "text": "right" })),
        )
        .await;
    edit.expect("an answer").expect(200);
    ben.post(&messages, json!({ "id": id(5), "text": "gone" }))
        .await
        .expect(201);
    ben.delete(&format!("{messages}/{}", id(5))).await.expect(204);
    moderated(owner, ben, &messages).await;
    put(
        owner,
        &format!("{messages}/{}/reactions/%F0%9F%8E%89", id(3)),
        json!({}),
    )
    .await;
    put(
        owner,
        &format!("/api/channels/{general}/read"),
        json!({ "seq": 3 }),
    )
    .await;
    put(
        ben,
        "/api/drafts",
        json!({ "channel_id": general, "topic_id": null, "text": "not yet", "revision": 0 }),
    )
    .await;
    places(owner, &ben_id).await;
    group(owner, &ben_id).await;
    waiting(ben, &general).await;
}

/// What waits for its time, comes back by itself, and how much somebody wants to be told of.
async fn waiting(ben: &Person, channel: &str) {
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let in_a_month = jiff::Timestamp::now().as_microsecond() + 30 * 24 * 3_600_000_000;
    let later = json!({ "id": id(20), "channel_id": channel, "text": "in a month", "due_at": in_a_month });
    ben.post("/api/scheduled", later).await.expect(201);
    let reminder = json!({ "id": id(21), "message_id": id(1), "due_at": in_a_month, "note": "look again" });
    ben.post("/api/reminders", reminder).await.expect(201);
    for (n, kind, zone) in [(22, "post", json!("UTC")), (23, "check_in", Value::Null)] {
        // On the one day that is furthest from whichever day this is.
        let day = jiff::Zoned::now().weekday().previous().to_monday_one_offset();
        let rhythm = json!({ "days": [day], "at_min": 540, "every_weeks": 12 });
        let text = format!("again and again, as a {kind}");
        let mut routine =
            json!({ "id": id(n), "kind": kind, "channel_id": channel, "text": text, "rhythm": rhythm });
        if !zone.is_null() {
            routine["time_zone"] = zone;
        }
        ben.post("/api/routines", routine).await.expect(201);
    }
    put(
        ben,
        &format!("/api/channels/{channel}/level"),
        json!({ "level": "all" }),
    )
    .await;
}

/// A message that was removed, and one that was reported.
async fn moderated(owner: &Person, ben: &Person, messages: &str) {
    let id = |n: u128| Uuid::from_u128(n).to_string();
    ben.post(messages, json!({ "id": id(6), "text": "rude" }))
        .await
        .expect(201);
    owner
        .post(
            &format!("{messages}/{}/remove", id(6)),
            json!({ "reason": "Kinder, please" }),
        )
        .await
        .expect(204);
    ben.post(messages, json!({ "id": id(7), "text": "not nice" }))
        .await
        .expect(201);
    let report = json!({ "reason": "other", "note": "not nice at all" });
    owner
        .post(&format!("{messages}/{}/report", id(7)), report)
        .await
        .expect(204);
}

/// A direct conversation and a private channel.
async fn places(owner: &Person, other: &Value) {
    let direct = owner.post("/api/directs", json!({ "people": [other] })).await;
    let direct = direct.body["id"].as_str().expect("a conversation").to_owned();
    owner.say_for_sure(&direct, "only you").await;
    let space = owner.get("/api/start").await.expect(200)["spaces"][0]["id"]
        .as_str()
        .expect("a space")
        .to_owned();
    let secret = json!({ "name": "secret", "kind": "private" });
    let secret = owner
        .post(&format!("/api/spaces/{space}/channels"), secret)
        .await
        .expect(201);
    owner
        .say_for_sure(secret["id"].as_str().expect("an id"), "hush")
        .await;
}

/// A group of the space, and a message to it.
async fn group(owner: &Person, other: &Value) {
    let start = owner.get("/api/start").await.expect(200);
    let space = &start["spaces"][0]["id"];
    let new = json!({ "handle": "crew", "title": "Crew", "space_id": space });
    let made = owner.post("/api/groups", new).await.expect(201);
    let id = made["id"].as_str().expect("an id").to_owned();
    let people = json!({ "people": [other] });
    owner
        .post(&format!("/api/groups/{id}/members"), people)
        .await
        .expect(200);
    let channels = start["channels"].as_array().expect("channels");
    let channel = channels
        .iter()
        .find(|channel| channel["kind"] == "public")
        .and_then(|channel| channel["id"].as_str())
        .expect("a public channel");
    let text = json!({ "id": uuid::Uuid::now_v7(), "text": format!("<@&{id}> come"), "everyone_ok": true });
    owner
        .post(&format!("/api/channels/{channel}/messages"), text)
        .await
        .expect(201);
}

/// Every list that this person sees.
async fn all_lists(person: &Person) -> BTreeMap<String, Value> {
    let mut lists = BTreeMap::new();
    let start = person.get("/api/start").await.expect(200);
    let mut paths = vec![
        "/api/spaces".to_owned(),
        "/api/people".to_owned(),
        "/api/me".to_owned(),
        "/api/groups".to_owned(),
        format!(
            "/api/groups?person={}",
            start["me"]["id"].as_str().expect("an id")
        ),
        "/api/moderation/removals".to_owned(),
        "/api/moderation/reports".to_owned(),
        "/api/me/reports".to_owned(),
        "/api/scheduled".to_owned(),
        "/api/reminders".to_owned(),
        "/api/routines".to_owned(),
        "/api/levels".to_owned(),
    ];
    for space in start["spaces"].as_array().expect("spaces") {
        let id = space["id"].as_str().expect("an id");
        paths.extend(["", "/members", "/channels"].map(|list| format!("/api/spaces/{id}{list}")));
    }
    for channel in start["channels"].as_array().expect("channels") {
        let id = channel["id"].as_str().expect("an id");
        paths
            .extend(["", "/members", "/messages", "/topics"].map(|list| format!("/api/channels/{id}{list}")));
        paths.push(format!("/api/start?channel={id}"));
        let topics = person
            .get(&format!("/api/channels/{id}/topics"))
            .await
            .expect(200);
        for topic in topics["items"]
            .as_array()
            .or(topics["topics"].as_array())
            .into_iter()
            .flatten()
        {
            let topic = topic["id"].as_str().expect("an id");
            paths.push(format!("/api/channels/{id}/messages?topic={topic}"));
        }
        let page = person
            .get(&format!("/api/channels/{id}/messages"))
            .await
            .expect(200);
        for message in page["messages"].as_array().expect("messages") {
            let message = message["id"].as_str().expect("an id");
            paths.push(format!("/api/channels/{id}/messages/{message}/history"));
        }
    }
    lists.insert("/api/start".to_owned(), start);
    for path in paths {
        let answer = person.get(&path).await;
        lists.insert(path, answer.body);
    }
    assert!(lists.len() > 15, "{} lists", lists.len());
    lists
}

/// Signs in where no password came along.
async fn enter(email: &str, link: &str, address: &str) -> Person {
    let token = link.trim().rsplit('/').next().expect("a link");
    let stranger = Person::stranger(address);
    let password = json!({ "password": "tide over slate" });
    let reset = stranger.post(&format!("/api/resets/{token}"), password).await;
    assert!(reset.status < 300, "{}", reset.body);
    let body = json!({ "email": email, "password": "tide over slate" });
    stranger.enters("/api/sessions", body).await
}

async fn an_export_shows_the_same_elsewhere(from: Store, to: Store, name: &str) {
    let (Some(place), Some(other)) = (Place::on(from), Place::on(to)) else {
        return;
    };
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let ben = owner.invites("Ben").await;
    live(&owner, &ben).await;
    let before = (all_lists(&owner).await, all_lists(&ben).await);
    let path = place.path(name);
    let path = path.to_str().expect("a path");
    let printed = tokio::task::block_in_place(|| place.succeed(&["export", path]));
    assert!(printed.contains("and 1 files"), "{printed}");
    let again = tokio::task::block_in_place(|| place.fail(&["export", path]));
    assert!(
        again.contains("is there already") || again.contains("is not empty"),
        "{again}"
    );

    let printed = tokio::task::block_in_place(|| other.succeed(&["import", "workspace", path]));
    assert!(
        printed.contains("\"Harbour\"") && printed.contains("and 1 files"),
        "{printed}"
    );
    let emails = ["olga@example.org", "ben@example.org"];
    let links =
        emails.map(|email| tokio::task::block_in_place(|| other.succeed(&["admin", "reset-link", email])));
    let restored = other.start().await;
    assert_eq!(restored.setup_token(), None);
    let owner_there = enter(emails[0], &links[0], &restored.address).await;
    let ben_there = enter(emails[1], &links[1], &restored.address).await;
    for (before, person) in [(before.0, &owner_there), (before.1, &ben_there)] {
        let mut after = all_lists(person).await;
        assert_eq!(
            before.keys().collect::<Vec<_>>(),
            after.keys().collect::<Vec<_>>()
        );
        for (path, before) in before {
            let after = after.remove(&path).expect("the same lists");
            assert_eq!(comparable(before), comparable(after), "{path}");
        }
    }
    let picture = owner.get("/api/me").await.body["picture"]
        .as_str()
        .expect("a picture")
        .to_owned();
    assert_eq!(owner_there.get(&picture).await.status, 200);
    ben_there
        .say_for_sure(&ben_there.general().await, "it goes on")
        .await;
    let full = tokio::task::block_in_place(|| other.fail(&["import", "workspace", path]));
    assert!(full.contains("stopped") || full.contains("not empty"), "{full}");
}

/// Signing in writes on the person's own log; that is the only thing that may differ.
fn comparable(mut body: Value) -> Value {
    if let Some(cursors) = body.get_mut("cursors").and_then(Value::as_object_mut) {
        cursors.clear();
    }
    if let Some(body) = body.as_object_mut() {
        body.remove("instance");
    }
    // A set: each reader's own side puts them in order.
    if let Some(channels) = body.get_mut("channels").and_then(Value::as_array_mut) {
        channels.sort_by_key(|channel| channel["id"].as_str().map(str::to_owned));
    }
    body
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_shows_the_same_on_sqlite() {
    an_export_shows_the_same_elsewhere(Store::Sqlite, Store::Sqlite, "out.zip").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_shows_the_same_on_postgres() {
    an_export_shows_the_same_elsewhere(Store::Postgres, Store::Postgres, "out").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_goes_from_sqlite_to_postgres() {
    an_export_shows_the_same_elsewhere(Store::Sqlite, Store::Postgres, "out.zip").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_goes_from_postgres_to_sqlite() {
    an_export_shows_the_same_elsewhere(Store::Postgres, Store::Sqlite, "out.zip").await;
}

/// What an operator may meet: an archive that was cut, a folder in which a bit fell over, a line that is missing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_export_is_told_and_touches_nothing() {
    let place = Place::new();
    let empty = place.path("empty.zip");
    let why = place.fail(&["export", empty.to_str().expect("a path")]);
    assert!(!empty.exists(), "{why}");
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let ben = owner.invites("Ben").await;
    live(&owner, &ben).await;
    let (archive, folder) = (place.path("out.zip"), place.path("out"));
    for path in [&archive, &folder] {
        tokio::task::block_in_place(|| place.succeed(&["export", path.to_str().expect("a path")]));
    }
    let secrets = fs::read_to_string(folder.join("data/person.jsonl")).expect("people");
    assert!(
        secrets.contains("\"password_hash\":\"\"") && !secrets.contains("argon2"),
        "{secrets}"
    );
    for table in ["session", "invitation", "setup_link", "password_reset", "job"] {
        assert!(
            !folder.join(format!("data/{table}.jsonl")).exists(),
            "{table} stays"
        );
    }
    for (path, expected) in damages(&place, &archive, &folder) {
        let other = Place::new();
        let path = path.to_str().expect("a path");
        let why = tokio::task::block_in_place(|| other.fail(&["import", "workspace", path]));
        assert!(why.contains(expected), "{path}: {why}");
        assert!(!other.data().join("antiphon.db").exists(), "nothing was touched");
    }
}

/// What an archive and a folder may suffer, and what the import says.
fn damages(place: &Place, archive: &Path, folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let bytes = fs::read(archive).expect("an archive");
    let damage = |name: &str, change: &dyn Fn(&Path)| {
        let copy = place.path(name);
        copy_folder(folder, &copy);
        change(&copy);
        copy
    };
    let flip = |file: &'static str| {
        move |root: &Path| {
            let mut bytes = fs::read(root.join(file)).expect("a file");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(root.join(file), bytes).expect("a file");
        }
    };
    let cut = place.path("cut.zip");
    fs::write(&cut, &bytes[..bytes.len() * 2 / 3]).expect("a file");
    vec![
        (cut, "it was cut"),
        (
            damage("flipped", &flip("data/message.jsonl")),
            "data/message.jsonl",
        ),
        (
            damage("shortened", &|root| {
                let path = root.join("data/event.jsonl");
                let text = fs::read_to_string(&path).expect("a file");
                fs::write(&path, &text[..text.len() - 40]).expect("a file");
            }),
            "data/event.jsonl",
        ),
        (
            damage("unfinished", &|root| {
                fs::remove_file(root.join("manifest.json")).expect("it was there")
            }),
            "did not come to its end",
        ),
        (
            damage("outside", &|root| {
                let path = root.join("manifest.json");
                let text = fs::read_to_string(&path).expect("a file");
                fs::write(
                    &path,
                    text.replacen("\"name\": \"person\"", "\"name\": \"../person\"", 1),
                )
                .expect("a file");
            }),
            "manifest.json",
        ),
        (
            damage("no-blob", &|root| {
                fs::remove_dir_all(root.join("blobs")).expect("blobs")
            }),
            "blobs",
        ),
    ]
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

//! What a rule lets go is nowhere any more: a word is planted wherever a message can be, the rule comes, and every route is
//! asked by everybody, every log is read, and every value of every table is looked at.

use crate::{
    erase::{of_postgres, of_sqlite},
    support::house_with_media,
};
use http::Method;
use platform::{
    both_stores, jobs,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use server::app;
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// No other word of the data contains it, in whatever case.
const PLANTED: &str = "quorvex";
const HOUR_US: i64 = 3_600_000_000;
const DAY: Duration = Duration::from_secs(24 * 3_600);

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        house_with_media(store).await
    }
}

/// Runs what is due, as the server does by itself.
async fn settle(house: &House) {
    let app = &house.server.app;
    for _ in 0..3 {
        while jobs::run_due(app, app.job_kinds()).await.expect("jobs run") > 0 {}
        later::work_due(app).await.expect("what waits for its time");
        notify::release_due(app).await.expect("notices");
    }
}

/// Ids of what is there, by the name of a path's parameter; of some there are several.
#[derive(Default)]
struct Things(HashMap<&'static str, Vec<String>>);

impl Things {
    fn add(&mut self, name: &'static str, id: impl Into<String>) -> String {
        let id = id.into();
        self.0.entry(name).or_default().push(id.clone());
        id
    }

    /// Every path of a route that names things; ids of nothing where there are none.
    fn paths(&self, path: &str) -> Vec<String> {
        let mut paths = vec![String::new()];
        for part in path.split('/').skip(1) {
            let name = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            let parts = match name {
                Some(name) => self.0.get(name).cloned().unwrap_or_else(|| vec![new_id()]),
                None => vec![part.to_owned()],
            };
            let longer = |path: &String| {
                let path = path.clone();
                parts
                    .clone()
                    .into_iter()
                    .map(move |part| format!("{path}/{part}"))
            };
            paths = paths.iter().flat_map(longer).collect();
        }
        paths
    }
}

/// Everything that can be made of messages, by Ada and for Bo, most of it in `general`; what is told again or carried on
/// stands in `beside`, where no rule comes.
struct Scene<'a> {
    house: &'a House,
    ada: &'a TestPerson,
    bo: &'a TestPerson,
    beside: String,
    things: Things,
}

impl Scene<'_> {
    fn general(&self, rest: &str) -> String {
        format!("/api/channels/{}{rest}", self.house.general)
    }

    async fn say(&mut self, text: &str, more: Value) -> String {
        let mut body = json!({ "id": new_id(), "text": text });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let said = self.ada.post(&self.general("/messages"), body).await.expect(201);
        self.things.add("message", id_of(&said))
    }

    fn now(&self) -> i64 {
        self.house.server.app.clock.now().0
    }

    /// A message in every role that it can have.
    async fn talk(&mut self) -> (String, String) {
        let named = format!("Quorvex, <@{}>?", self.bo.id);
        let said = self.say(&named, json!({})).await;
        let file = files::testing::upload(self.ada, "quorvex.txt", b"the word is quorvex").await;
        self.things.add("file", id_of(&file));
        self.say("", json!({ "file_ids": [file["id"]] })).await;
        let (said_at, answered) = (
            self.general(&format!("/messages/{said}")),
            self.general("/messages"),
        );
        self.ada
            .patch(&said_at, json!({ "text": format!("{named} Quorvex!") }))
            .await
            .expect(200);
        let answer = json!({ "id": new_id(), "text": "An answer, which stays", "quote_id": said });
        self.house.server.advance(DAY);
        self.bo.post(&answered, answer).await.expect(201);
        self.house.server.advance(Duration::from_secs(1));
        for what in ["/pin", "/save"] {
            self.bo
                .put(&format!("{said_at}{what}"), json!({}))
                .await
                .expect(204);
        }
        let forward = json!({ "id": new_id(), "text": "", "forward_id": said });
        let path = format!("/api/channels/{}/messages", self.beside);
        let carried = self.bo.post(&path, forward).await.expect(201);
        self.things.add("message", id_of(&carried));
        let reported = self.say("a rude quorvex", json!({})).await;
        let report = self.general(&format!("/messages/{reported}/report"));
        let minded = json!({ "reason": "other", "note": "I mind this" });
        self.bo.post(&report, minded).await.expect(204);
        (said, reported)
    }

    async fn ask(&mut self) -> String {
        let message = json!({ "id": new_id(), "text": "Which quorvex?" });
        let ask = json!({ "kind": "question", "people": [self.bo.id] });
        let body = json!({ "message": message, "ask": ask });
        let asked = self.ada.post(&self.general("/asks"), body).await.expect(201);
        let asked = self.things.add("message", id_of(&asked["message"]));
        let reminder = json!({ "id": new_id(), "message_id": asked, "due_at": self.now() + 60 * HOUR_US, "note": "my own words" });
        let reminder = self.bo.post("/api/reminders", reminder).await.expect(201);
        self.things.add("reminder", id_of(&reminder));
        let later = json!({ "id": new_id(), "channel_id": self.house.general, "text": "an answer for later",
            "quote_id": asked, "due_at": self.now() + 90 * HOUR_US });
        let later = self.bo.post("/api/scheduled", later).await.expect(201);
        self.things.add("scheduled", id_of(&later));
        asked
    }

    async fn decide(&mut self) -> String {
        let message = json!({ "id": new_id(), "text": "Shall it be quorvex?" });
        let topic = json!({ "id": new_id(), "title": "Quorvex or not", "message": message });
        let topic = id_of(&self.ada.post(&self.general("/topics"), topic).await.expect(201));
        let at = self.general(&format!("/topics/{topic}"));
        self.bo.put(&format!("{at}/follow"), json!({})).await.expect(204);
        self.say("Yes, quorvex", json!({ "topic_id": topic })).await;
        let decided = json!({ "state": "decided", "decision": "It is quorvex" });
        self.ada.patch(&at, decided).await.expect(200);
        let words = json!({ "title": "About it", "outcome": "We know", "aim": "decide", "agenda": ["All"] });
        let time = json!({ "starts": "2026-12-16T10:00", "minutes": 30, "time_zone": "UTC" });
        let meeting = json!({ "id": new_id(), "words": words, "time": time, "channel_id": self.house.general,
            "topic_id": topic, "people": [{ "person_id": self.bo.id }] });
        let meeting = self.ada.post("/api/meetings", meeting).await.expect(201);
        self.things.add("meeting", id_of(&meeting["meeting"]));
        self.things.add("topic", topic)
    }

    async fn questions(&mut self) {
        let board = json!({ "id": new_id(), "message_id": new_id(), "about": "What of the quorvex?" });
        let board = self
            .ada
            .post(&self.general("/questions"), board)
            .await
            .expect(201);
        let board = self.things.add("questions", id_of(&board["questions"]));
        let items = self.general(&format!("/questions/{board}/items"));
        let question = json!({ "id": new_id(), "text": "Why a quorvex?" });
        let asked = self.bo.post(&items, question).await.expect(201);
        let asked = self.things.add("question", id_of(&asked["items"][0]));
        let answer = json!({ "how": "written", "text": "Because of the quorvex." });
        let answered = json!({ "state": "answered", "answer": answer });
        self.ada
            .patch(&format!("{items}/{asked}"), answered)
            .await
            .expect(200);
        let words =
            json!({ "id": new_id(), "message_id": new_id(), "question": "One word?", "kind": "words" });
        let words = self.ada.post(&self.general("/polls"), words).await.expect(201);
        let words = self.things.add("poll", id_of(&words["poll"]));
        let written = json!({ "words": ["quorvex"] });
        self.bo
            .put(&self.general(&format!("/polls/{words}/vote")), written)
            .await
            .expect(200);
    }

    async fn cards(&mut self) {
        let poll = json!({ "id": new_id(), "message_id": new_id(), "question": "Which quorvex?",
            "options": ["quorvex one", "quorvex two"] });
        let poll = self.ada.post(&self.general("/polls"), poll).await.expect(201);
        self.things.add("poll", id_of(&poll["poll"]));
        let vote = self.general(&format!("/polls/{}/vote", id_of(&poll["poll"])));
        self.bo.put(&vote, json!({ "options": [1] })).await.expect(200);
        self.questions().await;
        let live = json!({ "id": new_id(), "message_id": new_id(), "about": "About the quorvex" });
        let live = self.ada.post(&self.general("/live"), live).await.expect(201);
        self.things.add("live", id_of(&live["session"]));
        let of_live = |rest: &str| self.general(&format!("/live/{}{rest}", id_of(&live["session"])));
        let points = json!({ "points": [{ "title": "The quorvex" }] });
        self.ada.put(&of_live("/agenda"), points).await.expect(200);
        let room = json!({ "rooms": [{ "id": new_id(), "name": "Room quorvex" }] });
        self.ada.put(&of_live("/breakouts"), room).await.expect(200);
        let note = json!({ "id": new_id(), "text": "To all: quorvex" });
        self.ada.post(&of_live("/notes"), note).await.expect(204);
        let ended = of_live("/end");
        self.ada
            .post(&ended, json!({ "outcome": "none" }))
            .await
            .expect(200);
        let place = format!("/api/spaces/{}/thanks-place", self.house.space);
        let choose = json!({ "channel_id": self.beside, "title": "Thanks of the week" });
        self.house.owner.put(&place, choose).await.expect(200);
        let thanks = json!({ "message_id": new_id(), "people": [self.bo.id], "text": "for the quorvex", "may_gather": true });
        let given = self.ada.post(&self.general("/thanks"), thanks).await.expect(201);
        let given = given["thanks"]["message_id"].as_str().expect("a message");
        self.things.add("message", given);
        let urgent = json!({ "id": new_id(), "message_id": new_id(), "text": "The quorvex is down", "kind": "other",
            "reason": "quorvex", "people": [self.bo.id] });
        let urgent = self.ada.post(&self.general("/urgents"), urgent).await.expect(201);
        self.things.add("urgent", id_of(&urgent["urgent"]));
        self.things.add(
            "message",
            urgent["urgent"]["message_id"].as_str().expect("a message"),
        );
    }
}

/// What anybody is told by any route, with the person and the path.
async fn tells(things: &Things, people: &[(&str, &TestPerson)]) -> Vec<String> {
    let queries = [
        "",
        "?q=quorvex",
        "?q=quorv",
        "?side=on_me",
        "?side=i_wait_for",
        "?around=3",
        "?from=1&to=500",
        "?minutes=30",
        "?state=open",
        "?limit=100",
    ];
    let mut found = Vec::new();
    let mut n_answers = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.method != Method::GET {
            continue;
        }
        for path in things.paths(route.path) {
            for query in queries {
                for (name, person) in people {
                    let answer = person.get(&format!("{path}{query}")).await;
                    n_answers += usize::from(answer.status == 200);
                    let told = String::from_utf8_lossy(&answer.bytes).to_lowercase();
                    // A refusal may say what was asked for.
                    if answer.status == 200 && told.contains(PLANTED) {
                        found.push(format!("{name} {path}{query}: {told}"));
                    }
                }
            }
        }
    }
    assert!(n_answers > 500, "the list of routes was walked: {n_answers}");
    for (name, person) in people {
        let mut cursors = json!({ person.id.as_str(): 0 });
        for channel in &things.0["channel"] {
            cursors[channel] = json!(0);
        }
        let (_, events) = Listener::open(person, cursors).await;
        let told: Vec<&Value> = events
            .iter()
            .filter(|event| event.to_string().to_lowercase().contains(PLANTED))
            .collect();
        if !told.is_empty() {
            found.push(format!("{name} logs: {told:?}"));
        }
    }
    found
}

/// The tables in which the word stands.
fn tables(house: &House) -> Vec<String> {
    let config = &house.server.app.config;
    let values = match &config.database.url {
        Some(url) => tokio::task::block_in_place(|| of_postgres(url)),
        None => of_sqlite(&config.data.join("antiphon.db")),
    };
    let found = values
        .into_iter()
        .filter(|(_, value)| value.to_lowercase().contains(PLANTED));
    let tables: HashSet<String> = found
        .map(|(table, value)| format!("{table}: {value:.120}"))
        .collect();
    tables.into_iter().collect()
}

both_stores! {
    async fn what_a_rule_lets_go_is_told_by_no_route_and_stands_in_no_table(house: House) {
        let (ada, bo, cy) = (house.member("Ada").await, house.member("Bo").await, house.member("Cy").await);
        let beside = house.channel(&house.owner, "beside", "public").await;
        for person in [&ada, &bo] {
            let path = format!("/api/channels/{beside}/members/{}", person.id);
            house.owner.put(&path, json!({ "role": "member" })).await.expect(204);
        }
        let mut things = Things::default();
        for (name, id) in [("channel", &house.general), ("channel", &beside), ("space", &house.space), ("person", &ada.id), ("person", &bo.id)] {
            things.add(name, id.as_str());
        }
        let mut scene = Scene { house: &house, ada: &ada, bo: &bo, beside, things };
        scene.talk().await;
        scene.ask().await;
        scene.decide().await;
        scene.cards().await;
        settle(&house).await;
        // A gathering tells it again elsewhere.
        house.server.advance(7 * DAY);
        settle(&house).await;
        let gathered = bo.get(&format!("/api/channels/{}/messages", scene.beside)).await.expect(200);
        for message in gathered["messages"].as_array().into_iter().flatten() {
            scene.things.add("message", id_of(message));
        }
        let things = scene.things;
        let people = [("owner", &house.owner), ("Ada", &ada), ("Bo", &bo), ("Cy", &cy)];
        let before = tells(&things, &people).await;
        let places: HashSet<&str> = before.iter().filter_map(|told| told.split_whitespace().nth(1)).collect();
        assert!(places.len() > 15, "it is planted in many places: {places:?}");
        house.server.advance(3 * DAY);
        let rule = json!({ "days": 2, "keep_marked": false, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{}", house.general), rule).await.expect(200);
        settle(&house).await;
        let after = tells(&things, &people).await;
        assert!(after.is_empty(), "{after:#?}");
        let left = tables(&house);
        assert!(left.is_empty(), "{left:#?}");
        settle(&house).await;
    }
}

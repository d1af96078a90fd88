//! Importing into a running server, on both databases, and what people see afterwards.

use crate::{Error, Shelf, Tally, import_file};
use platform::{
    app::{Doors, Parts},
    both_stores,
    clock::Clock,
    config::Config,
    db::Db,
    testing::{Client, Listener, Store, TestServer},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, io::Write, path::Path};

const PEOPLE: &str = r#"{"type":"workspace","name":"Harbour"}
{"type":"person","ref":"u1","name":"Ada Obi","email":"ada@example.org","created_at":"2018-04-10T18:02:17Z"}
{"type":"person","ref":"u2","name":"Ben Ito","time_zone":"Asia/Tokyo"}

{"type":"space","ref":"s1","name":"Common room","kind":"team"}
{"type":"channel","ref":"c1","space":"s1","name":"films","kind":"public","description":"What we saw","members":["u1","u2"]}
{"type":"channel","ref":"c2","space":"s1","name":"secrets","kind":"private","members":["u2"]}
{"type":"topic","ref":"t1","channel":"c1","title":"Best of all","state":"decided","decision":"The Third Man","origin":"m1"}
{"type":"topic","ref":"t2","channel":"c1","title":"Never begun","origin":"m99"}
"#;
const MESSAGES: &str = r#"{"type":"message","ref":"m1","channel":"c1","author":"u1","at":"2018-05-03T01:38:15Z","text":"Which one?"}
{"type":"message","ref":"m2","channel":"c1","topic":"t1","author":"u2","at":1525311500000000,"text":"**This** one","edited_at":"2018-05-03T01:40:00Z","reactions":[{"emoji":"🎉","people":["u2","u1"]}]}
{"type":"message","ref":"m3","channel":"c1","author":"u2","at":"2018-05-03T01:39:00Z","text":"Hello <@channel>"}
{"type":"message","ref":"m4","channel":"c2","author":"u2","at":"2018-05-03T01:39:01Z","text":"hush"}
"#;
const LATER: &str = r#"{"type":"message","ref":"m5","channel":"c1","author":"u1","at":"2019-01-01T00:00:00Z","text":"Again"}
{"type":"topic","ref":"t3","channel":"c1","title":"Late","origin":"m3"}
"#;

pub(crate) struct Imports {
    pub server: TestServer,
}

impl Imports {
    pub async fn begin(store: Store) -> Option<Self> {
        // The client of the tests needs one; it fails only when it is chosen already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let config = Config::for_tests(Path::new("unused"));
        let parts = Parts {
            features: vec![
                accounts::feature(),
                spaces::feature(),
                files::feature(),
                emoji::feature(),
                words::feature(),
                messages::feature(),
                crate::feature(),
            ],
            doors: Doors {
                authenticate: accounts::authenticate,
                admit: accounts::admit,
                gate: spaces::gate(),
            },
            kept: accounts::kept(&config),
        };
        let server = TestServer::start(store, parts).await?;
        accounts::keep(&server.app);
        Some(Self { server })
    }

    async fn import(&self, text: impl AsRef<[u8]>) -> Result<Tally, Error> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_ref()).unwrap();
        import_file(&self.server.app.db, &self.server.app.clock, file.path()).await
    }

    /// What an import writes into.
    pub fn target(&self) -> (&Db, &Clock) {
        (&self.server.app.db, &self.server.app.clock)
    }

    /// Where its files go.
    pub fn shelf(&self) -> Shelf {
        let app = &self.server.app;
        Shelf {
            keeper: files::Keeper {
                db: app.db.clone(),
                blobs: app.blobs.clone(),
                clock: app.clock.clone(),
                clamd: None,
            },
            folder: app.config.files.uploads_folder.clone(),
            max_bytes: 1_000_000,
            outbound: None,
        }
    }

    /// The first owner, by the set-up link that is still offered.
    pub async fn owner(&self, email: &str) -> Client {
        let token = spaces::offer_setup(&self.server.app)
            .await
            .unwrap()
            .expect("there is no owner yet");
        let stranger = self.server.stranger();
        let state = stranger.get("/api/setup").await;
        assert_eq!(state.body["needs_setup"], true);
        let set_up = json!({
            "token": token.as_str(), "workspace_name": "Harbour School", "name": "Olga Novak", "email": email,
            "password": "tide over slate", "time_zone": "UTC", "language": "en"
        });
        let answer = stranger.post("/api/setup", set_up).await;
        assert_eq!(answer.status, 201, "{:?}", answer.body);
        let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
        self.server.with_token(&token)
    }
}

pub(crate) async fn start(client: &Client) -> Value {
    let answer = client.get("/api/start").await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body
}

pub(crate) fn channel<'a>(start: &'a Value, name: &str) -> &'a Value {
    let rows = start["channels"].as_array().unwrap();
    rows.iter()
        .find(|row| row["name"] == name)
        .expect("the channel is mine")
}

pub(crate) async fn page(client: &Client, channel: &Value, topic: Option<&str>) -> Vec<Value> {
    let topic = topic.map(|topic| format!("?topic={topic}")).unwrap_or_default();
    let path = format!(
        "/api/channels/{}/messages{topic}",
        channel["id"].as_str().unwrap()
    );
    client.get(&path).await.body["messages"]
        .as_array()
        .unwrap()
        .clone()
}

both_stores! {
    async fn an_owner_finds_what_was_imported(imports: Imports) {
        let tally = imports.import(format!("\u{feff}{PEOPLE}{MESSAGES}")).await.unwrap();
        let expected = Tally { n_people: 2, n_spaces: 1, n_channels: 2, n_topics: 1, n_messages: 4, n_known: 0, ..Tally::default() };
        assert_eq!(tally, expected);
        let owner = imports.owner("olga@example.org").await;
        let start = start(&owner).await;
        assert_eq!(start["workspace"]["name"], "Harbour School");
        assert_eq!(start["spaces"][0]["my_role"], "admin");
        assert_eq!(start["spaces"][0]["n_members"], 3);
        assert_eq!(start["channels"].as_array().unwrap().len(), 1, "not the private one");
        let films = channel(&start, "films");
        assert_eq!((&films["n_unread"], &films["n_mentions"]), (&json!(0), &json!(0)));
        let messages = page(&owner, films, None).await;
        let texts: Vec<_> = messages.iter().map(|message| message["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["Which one?", "Hello <@channel>"]);
        assert_eq!(messages[0]["at"], 1_525_311_495_000_000_i64);
        let topic = &messages[0]["topic"];
        assert_eq!((&topic["state"], &topic["decision"]), (&json!("decided"), &json!("The Third Man")));
        assert_eq!(topic["n_messages"], 1);
        let replies = page(&owner, films, topic["id"].as_str()).await;
        assert_eq!(replies[0]["edited_at"], 1_525_311_600_000_000_i64);
        assert_eq!(replies[0]["reactions"][0]["n"], 2);
        assert_eq!(owner.get("/api/setup").await.body["needs_setup"], false);
    }

    async fn who_was_imported_without_a_password_may_become_the_owner(imports: Imports) {
        imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        let ada = imports.owner("ADA@example.org").await;
        let start = start(&ada).await;
        assert_eq!((&start["me"]["role"], &start["me"]["name"]), (&json!("owner"), &json!("Olga Novak")));
        let messages = page(&ada, channel(&start, "films"), None).await;
        assert_eq!(messages[0]["author_id"], start["me"]["id"]);
        assert!(channel(&start, "films")["can_manage"].as_bool().unwrap());
    }

    async fn importing_twice_adds_nothing(imports: Imports) {
        imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        let owner = imports.owner("olga@example.org").await;
        let before = start(&owner).await;
        let again = imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        assert_eq!(again, Tally { n_known: 12, ..Tally::default() });
        assert_eq!(start(&owner).await, before);
    }

    async fn a_refused_line_keeps_what_stood_before_it(imports: Imports) {
        let broken = MESSAGES.replace("\"author\":\"u2\",\"at\":\"2018-05-03T01:39:00Z\"", "\"author\":\"u7\",\"at\":\"2018-05-03T01:39:00Z\"");
        let err = imports.import(format!("{PEOPLE}{broken}")).await.unwrap_err();
        assert_eq!(err.to_string(), "line 12: author: there is no person \"u7\" before this line");
        let tally = imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        assert_eq!((tally.n_messages, tally.n_known), (2, 10));
        let owner = imports.owner("olga@example.org").await;
        let films = start(&owner).await;
        assert_eq!(page(&owner, channel(&films, "films"), None).await.len(), 2);
    }

    async fn the_log_tells_what_a_fresh_page_shows(imports: Imports) {
        imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        let owner = imports.owner("olga@example.org").await;
        let snapshot = start(&owner).await;
        let films = channel(&snapshot, "films");
        let id = films["id"].as_str().unwrap();
        let (_listener, events) = Listener::open(&owner, json!({ id: 0 })).await;
        let events: Vec<_> = events.iter().filter(|event| event["scope"] == id).collect();
        let numbers: Vec<_> = events.iter().map(|event| event["seq"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=films["head"].as_i64().unwrap()).collect::<Vec<_>>());
        let told = replay(&events);
        let mut shown = BTreeMap::new();
        let stream = page(&owner, films, None).await;
        let replies = page(&owner, films, stream[0]["topic"]["id"].as_str()).await;
        for mut message in stream.into_iter().chain(replies) {
            for reaction in message["reactions"].as_array_mut().unwrap() {
                reaction.as_object_mut().unwrap().remove("mine");
            }
            shown.insert(message["seq"].as_i64().unwrap(), message);
        }
        assert_eq!(told, shown);
    }

    async fn more_history_is_unread_for_nobody_who_had_read_all(imports: Imports) {
        imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
        let owner = imports.owner("olga@example.org").await;
        let before = start(&owner).await;
        let films = channel(&before, "films");
        let path = format!("/api/channels/{}/read", films["id"].as_str().unwrap());
        owner.put(&path, json!({ "seq": films["head"] })).await;
        let me = before["me"]["id"].as_str().unwrap();
        let (mut listener, _) = Listener::open(&owner, before["cursors"].clone()).await;
        let tally = imports.import(format!("{PEOPLE}{LATER}")).await.unwrap();
        assert_eq!((tally.n_messages, tally.n_topics), (1, 1));
        let posted = listener.event("message.posted").await;
        assert_eq!(posted["body"]["message"]["text"], "Again");
        let moved = listener.event("read.moved").await;
        assert_eq!((&moved["scope"], &moved["body"]["n_unread"]), (&json!(me), &json!(0)));
        let after = start(&owner).await;
        assert_eq!(channel(&after, "films")["n_unread"], 0);
    }
}

/// What a client that began with nothing would show after these events of a channel.
fn replay(events: &[&Value]) -> BTreeMap<i64, Value> {
    let mut shown: BTreeMap<i64, Value> = BTreeMap::new();
    for event in events {
        let body = &event["body"];
        match event["kind"].as_str().unwrap() {
            "message.posted" => {
                shown.insert(event["seq"].as_i64().unwrap(), body["message"].clone());
                if body["topic"].is_object() {
                    let origin = body["topic"]["origin_seq"].as_i64().unwrap();
                    shown.get_mut(&origin).unwrap()["topic"] = body["topic"].clone();
                }
            }
            "topic.created" => {
                let origin = body["topic"]["origin_seq"].as_i64().unwrap();
                shown.get_mut(&origin).unwrap()["topic"] = body["topic"].clone();
            }
            "reaction.changed" => {
                let reaction = json!({ "emoji": body["emoji"], "n": body["n"], "people": body["people"] });
                shown.get_mut(&body["seq"].as_i64().unwrap()).unwrap()["reactions"] = json!([reaction]);
            }
            _ => {}
        }
    }
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_refusal_says_what_is_wrong() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let person = r#"{"type":"person","ref":"u1","name":"Ada","email":"ada@example.org"}"#;
    let err = imports.import(person).await.unwrap_err().to_string();
    assert_eq!(
        err,
        "line 1: there is no workspace yet: begin the file with a line of type workspace"
    );
    imports.import(format!("{PEOPLE}{MESSAGES}")).await.unwrap();
    let long = format!(
        r#"{{"type":"person","ref":"u8","name":"{}"}}"#,
        "x".repeat(5 << 20)
    );
    for (line, expected) in [
        (r#"{"type":"person","ref":"u9","name":"  "}"#, "name: "),
        (
            r#"{"type":"person","ref":"u9","name":"A","email":"nobody"}"#,
            "email: ",
        ),
        (
            r#"{"type":"person","ref":"u9","name":"A","time_zone":"Mars"}"#,
            "time_zone: ",
        ),
        (
            r#"{"type":"space","ref":"s9","name":"cоmmon room","kind":"team"}"#,
            "name: another place has this name",
        ),
        (
            r#"{"type":"channel","ref":"c9","space":"s7","name":"a","kind":"public","members":[]}"#,
            "space: there is no space \"s7\"",
        ),
        (
            r#"{"type":"channel","ref":"c9","space":"s1","name":"films","kind":"public","members":[]}"#,
            "name: another place",
        ),
        (
            r#"{"type":"channel","ref":"c9","space":"s1","name":"a","kind":"direct","members":[]}"#,
            "kind: ",
        ),
        (
            r#"{"type":"topic","ref":"t9","channel":"c1","title":"a","origin":"m99"}"#,
            "origin: another topic",
        ),
        (
            r#"{"type":"topic","ref":"t9","channel":"c1","title":"a","origin":"m1"}"#,
            "a topic began at this message already",
        ),
        (
            r#"{"type":"topic","ref":"t9","channel":"c1","title":"a","origin":"m4"}"#,
            "in different channels",
        ),
        (
            r#"{"type":"message","ref":"m9","channel":"c2","topic":"t1","author":"u1","at":1525311500000000,"text":"a"}"#,
            "topic: \"t1\" belongs to another channel",
        ),
        (
            r#"{"type":"message","ref":"m9","channel":"c1","topic":"t2","author":"u1","at":1525311500000000,"text":"a"}"#,
            "topic: \"t2\" is not there yet",
        ),
        (&long, "is longer than 4 MiB"),
    ] {
        let err = imports
            .import(format!("\n{line}\n"))
            .await
            .expect_err(line)
            .to_string();
        assert!(
            err.starts_with("line 2: ") && err.contains(expected),
            "{err:?} does not say {expected:?}"
        );
    }
    let missing = import_file(
        &imports.server.app.db,
        &imports.server.app.clock,
        Path::new("absent.jsonl"),
    )
    .await;
    assert!(matches!(missing, Err(Error::Read { .. })));
}

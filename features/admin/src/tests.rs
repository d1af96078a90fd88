//! The slice from outside, over HTTP, on both databases.

use platform::{
    both_stores,
    config::{BlobsConfig, Config, MailConfig, MailTls, S3Config},
    feature::Feature,
    testing::Store,
};
use serde_json::{Value, json};
use spaces::testing::{House, id_of, new_id};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn features() -> Vec<Feature> {
    vec![
        accounts::feature(),
        spaces::feature(),
        files::feature(),
        emoji::feature(),
        words::feature(),
        messages::feature(),
        // Its archives are counted among what takes room.
        with_exports(),
        crate::feature(),
    ]
}

/// The table of the exports, without their slice, which is a sibling of this one.
fn with_exports() -> Feature {
    Feature {
        name: "exports",
        migrations: vec![platform::db::Migration {
            name: "exports/0001_exports",
            text: include_str!("../../exports/migrations/0001_exports.sql"),
        }],
        ..Feature::default()
    }
}

struct Place(House);

impl Place {
    async fn begin(store: Store) -> Option<Self> {
        House::open(store, features()).await.map(Self)
    }
}

fn actions(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().expect("items");
    items.iter().filter_map(|item| item["action"].as_str()).collect()
}

both_stores! {
    async fn deeds_are_found_by_person_group_period_and_words(place: Place) {
        let house = &place.0;
        let owner = &house.owner;
        let mara = house.member("Mara").await;
        let space = json!({ "name": "Bücherei", "kind": "team", "open": true });
        let space = id_of(&mara.post("/api/spaces", space).await.expect(201));
        owner.patch(&format!("/api/people/{}", mara.id), json!({ "role": "admin" })).await.expect(200);
        let page = owner.get("/api/audit").await.expect(200);
        assert_eq!(actions(&page)[0], "person.role_changed");
        let newest = &page["items"][0];
        assert_eq!(newest["detail"], json!({ "role_before": "member", "role_after": "admin" }));
        assert_eq!((&newest["subject_name"], &newest["actor_id"]), (&json!("Mara"), &json!(owner.id)));
        assert!(page["people"].as_array().expect("people").iter().any(|person| person["id"] == owner.id.as_str()));
        let find = async |query: &str| owner.get(&format!("/api/audit?{query}")).await.expect(200);
        assert_eq!(actions(&find("query=BUCHEREI").await), ["space.made"]);
        assert_eq!(actions(&find("query=%25").await).len(), 0, "a percent sign is one");
        assert_eq!(actions(&find("group=person").await), ["person.role_changed"]);
        assert_eq!(actions(&find("group=pers_n").await).len(), 0);
        let by_or_to = find(&format!("person={}", mara.id)).await;
        assert_eq!(actions(&by_or_to), ["person.role_changed", "channel.made", "space.made", "invitation.used"]);
        let now = house.server.app.clock.now().0;
        assert_eq!(actions(&find(&format!("until={now}")).await).len(), 0);
        assert!(!actions(&find(&format!("after={now}")).await).is_empty());
        // Page by page is the same as at once.
        let (mut all, mut path) = (Vec::new(), "/api/audit?limit=2".to_owned());
        loop {
            let page = owner.get(&path).await.expect(200);
            all.extend(actions(&page).iter().map(|action| (*action).to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/api/audit?limit=2&before={next}"),
                None => break,
            }
        }
        assert_eq!(all, actions(&find("limit=100").await));
        // Who is an administrator now may look; who is not any more may not.
        mara.get("/api/audit").await.expect(200);
        owner.patch(&format!("/api/people/{}", mara.id), json!({ "role": "member" })).await.expect(200);
        mara.get("/api/audit").await.refused(403, "forbidden");
        let gus = house.guest("Gus", &house.general).await;
        for path in ["/api/audit", "/api/audit/export", "/api/health", "/api/storage", "/api/settings"] {
            gus.get(path).await.refused(403, "forbidden");
        }
        assert!(!space.is_empty());
    }

    async fn the_log_goes_out_as_a_file_in_which_nothing_is_a_formula(place: Place) {
        let house = &place.0;
        let owner = &house.owner;
        let space = json!({ "name": "=cmd|' /C calc'!A0", "kind": "team", "open": true });
        owner.post("/api/spaces", space).await.expect(201);
        house.server.advance(Duration::from_secs(1));
        let csv = owner.get("/api/audit/export?format=csv").await;
        assert_eq!(csv.status, 200);
        let text = String::from_utf8(csv.bytes).expect("UTF-8");
        let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
        let page = owner.get("/api/audit?limit=100").await.expect(200);
        // The head and every deed but this export itself, which is at its very moment.
        assert_eq!(lines.len(), page["items"].as_array().expect("items").len());
        assert!(text.contains("\"'=cmd|"), "{text}");
        assert!(lines[1].starts_with("\"2026-11-23T09:00:00Z\""), "{}", lines[1]);
        house.server.advance(Duration::from_secs(1));
        let jsonl = owner.get("/api/audit/export?format=jsonl&group=space").await;
        let text = String::from_utf8(jsonl.bytes).expect("UTF-8");
        let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(rows.len(), 2);
        assert_eq!((&rows[0]["action"], &rows[0]["actor"]), (&json!("space.made"), &json!("Olga Owner")));
        let page = owner.get("/api/audit?group=audit").await.expect(200);
        assert_eq!(actions(&page), ["audit.exported", "audit.exported"]);
        let nothing = owner.get("/api/audit/export?format=jsonl&group=nothing").await;
        assert_eq!((nothing.status, nothing.bytes.len()), (200, 0));
        // What a database cannot take is refused, and not a file that breaks off.
        let odd = owner.get("/api/audit/export?format=jsonl&group=a%00b").await;
        assert!((400..500).contains(&odd.status), "{}", odd.status);
        let odd = owner.get("/api/audit/export?format=csv&query=a%00b").await;
        assert!(odd.status < 500, "{}", odd.status);
    }

    async fn old_deeds_are_forgotten_as_the_setting_says(place: Place) {
        let house = &place.0;
        let owner = &house.owner;
        owner.put("/api/settings/audit.days", json!({ "value": 29 })).await.refused(422, "invalid");
        owner.put("/api/settings/audit.weeks", json!({ "value": 30 })).await.refused(404, "not-found");
        owner.put("/api/settings/audit.days", json!({ "value": 30 })).await.expect(200);
        let page = owner.get("/api/audit").await.expect(200);
        assert_eq!(page["items"][0]["detail"], json!({ "value_before": 400, "value_after": 30 }));
        house.server.advance(31 * DAY);
        owner.patch("/api/workspace", json!({ "name": "Later" })).await.expect(200);
        let kinds = house.server.app.job_kinds().to_vec();
        let forget = kinds.iter().find(|kind| kind.kind == "accounts.forget_deeds").copied().expect("a job");
        let now = house.server.app.clock.now();
        let job = platform::jobs::Job {
            id: base::JobId::random(),
            kind: forget.kind.to_owned(),
            key: String::new(),
            body: String::new(),
            n_attempts: 1,
        };
        let ran = house.server.app.db.write(platform::journal::ACCESS_SCOPE, move |tx| (forget.run)(tx, &job, now));
        ran.await.expect("it runs");
        let page = owner.get("/api/audit").await.expect(200);
        assert_eq!(actions(&page), ["workspace.renamed"]);
    }

    async fn health_says_what_is_wrong_and_is_not_held_up(place: Place) {
        let house = &place.0;
        let began = std::time::Instant::now();
        let health = house.owner.get("/api/health").await.expect(200);
        assert!(began.elapsed() < Duration::from_secs(10));
        let word = |name: &str| {
            let checks = health["checks"].as_array().expect("checks");
            let word = checks.iter().find_map(|check| check["word"].as_str().filter(|word| word.starts_with(name)));
            word.map(str::to_owned).unwrap_or_default()
        };
        assert!(word("database").starts_with("database_"), "{health}");
        assert_eq!(word("backup"), "backup_none");
        assert_eq!(word("files_"), "files_folder");
        assert_eq!(word("bell"), "bell_none");
        assert_eq!(word("certificate"), "certificate_none");
        assert_eq!(health["state"], "look", "there is no backup yet: {health}");
        assert!(!health.to_string().contains(house.server.folder.path().to_str().expect("a path")));
    }

    async fn room_is_counted_by_kind_place_and_person(place: Place) {
        let house = &place.0;
        let mara = house.member("Mara").await;
        let hidden = house.channel(&mara, "quorvex", "private").await;
        for (channel, text) in [(&hidden, "hidden text".repeat(100)), (&house.general, "short".to_owned())] {
            let file = files::testing::upload(&mara, "note.txt", text.as_bytes()).await;
            let body = json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
            mara.post(&format!("/api/channels/{channel}/messages"), body).await.expect(201);
        }
        let owner = &house.owner;
        let summary = owner.get("/api/storage").await.expect(200);
        assert_eq!(summary["files_bytes"], 1105);
        assert!(summary["kinds"].as_array().expect("kinds").iter().any(|kind| kind["kind"] == "database"));
        let places = owner.get("/api/storage/places").await.expect(200);
        let items = places["items"].as_array().expect("items");
        assert_eq!((&items[0]["name"], &items[0]["n_bytes"], &items[0]["kind"]), (&json!(""), &json!(1100), &json!("private")));
        assert_eq!((&items[1]["name"], &items[1]["n_bytes"]), (&json!("general"), &json!(5)));
        assert!(!places.to_string().contains("quorvex"));
        let spaces = owner.get("/api/storage/spaces").await.expect(200);
        assert_eq!(spaces["items"], json!([{ "space_id": house.space, "name": "Riverside", "n_bytes": 1105, "n_files": 2 }]));
        let direct = mara.post("/api/directs", json!({ "people": [owner.id] })).await;
        let direct = id_of(&direct.body);
        let file = files::testing::upload(&mara, "note.txt", b"for you").await;
        let body = json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
        mara.post(&format!("/api/channels/{direct}/messages"), body).await.expect(201);
        let spaces = owner.get("/api/storage/spaces").await.expect(200);
        assert_eq!(spaces["items"][1], json!({ "space_id": null, "name": "", "n_bytes": 7, "n_files": 1 }));
        let rest = owner.get(&format!("/api/storage/spaces?before=1105.{}", house.space)).await.expect(200);
        assert_eq!((&rest["items"], &rest["next"]), (&json!([spaces["items"][1]]), &json!(null)));
        let people = owner.get("/api/storage/people").await.expect(200);
        assert_eq!((&people["items"][0]["person"]["name"], &people["items"][0]["n_files"]), (&json!("Mara"), &json!(3)));
        owner.get("/api/storage/people?before=x").await.refused(422, "invalid");
        // What is set on screen counts where the file says nothing.
        owner.put("/api/settings/files.person_bytes", json!({ "value": 1_000_000 })).await.expect(200);
        assert_eq!(owner.get("/api/storage").await.expect(200)["person_bytes"], 1_000_000);
        let more = files::testing::begin(&mara, "big.bin", 999_999, "").await;
        more.refused(413, "quota-reached");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_file_says_is_not_changed_here() {
    let change = |config: &mut platform::config::Config| config.files.person_bytes = Some(5_000_000);
    let house = House::open_with(Store::Sqlite, features(), change)
        .await
        .expect("SQLite is always there");
    let settings = house.owner.get("/api/settings").await.expect(200);
    let person = settings["workspace"]
        .as_array()
        .expect("settings")
        .iter()
        .find(|each| each["name"] == "files.person_bytes");
    let person = person.expect("it is there");
    assert_eq!(
        (&person["value"], &person["fixed"]),
        (&json!(5_000_000), &json!(true))
    );
    let refused = house
        .owner
        .put("/api/settings/files.person_bytes", json!({ "value": null }))
        .await;
    refused.refused(422, "invalid");
    let file = settings["file"].as_array().expect("the file");
    assert!(
        file.iter()
            .any(|key| key["name"] == "listen" && key["value"].is_string())
    );
}

#[test]
fn both_databases_take_every_statement() {
    let features = features();
    platform::testing::prepare_all(
        &platform::app::statements(&features),
        &platform::app::migrations(&features),
    );
}

/// Takes connections for as long as it lives, and never says a word.
fn silent() -> (std::net::TcpListener, u16) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    (listener, port)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_hangs_costs_two_seconds_and_is_named() {
    let (relay, bucket, scanner) = (silent(), silent(), silent());
    let change = |config: &mut Config| {
        config.mail = Some(MailConfig {
            host: "127.0.0.1".to_owned(),
            port: relay.1,
            tls: MailTls::None,
            user: None,
            password: None,
            ca_file: None,
            from: "talk@example.org".parse().expect("an address"),
        });
        config.blobs = BlobsConfig::S3(S3Config {
            bucket: "b".to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(format!("http://127.0.0.1:{}", bucket.1)),
            access_key: "x".to_owned(),
            secret_key: "x".to_owned(),
            prefix: String::new(),
        });
        config.files.clamd = Some(format!("127.0.0.1:{}", scanner.1));
    };
    let house = House::open_with(Store::Sqlite, features(), change)
        .await
        .expect("SQLite is always there");
    // Somebody sits on the one lane of SQLite.
    let (app, lane) = (house.server.app.clone(), platform::journal::ACCESS_SCOPE);
    let sits = tokio::spawn(async move {
        let sit = |_: &mut dyn platform::db::Tx| {
            std::thread::sleep(Duration::from_secs(5));
            Ok::<_, platform::db::Error>(())
        };
        app.db.write(lane, sit).await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = std::time::Instant::now();
    let health = house.owner.get("/api/health").await.expect(200);
    let took = began.elapsed();
    assert!(took < Duration::from_millis(3500), "{took:?}");
    assert_eq!(health["state"], "broken");
    let checks = health["checks"].as_array().expect("checks");
    for word in ["database_silent", "files_away", "scanner_away", "mail_silent"] {
        let check = checks.iter().find(|check| check["word"] == word);
        let check = check.unwrap_or_else(|| panic!("nothing says {word}: {health}"));
        assert!(check["took_ms"].as_u64().expect("a number") >= 1900, "{check}");
    }
    let quick = checks
        .iter()
        .filter(|check| check["took_ms"].as_u64() < Some(500));
    assert!(quick.count() >= 6, "the others are not held up: {health}");
    sits.await.expect("it ends").expect("the lane goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_key_of_the_file_is_told_with_its_source_and_no_secret() {
    let house = House::open_with(Store::Sqlite, features(), |_| ())
        .await
        .expect("SQLite is always there");
    let settings = house.owner.get("/api/settings").await.expect(200);
    let file = settings["file"].as_array().expect("keys");
    let names: Vec<&str> = file.iter().filter_map(|key| key["name"].as_str()).collect();
    assert_eq!(names, platform::config::names().collect::<Vec<_>>());
    assert!(file.iter().all(|key| key["source"] == "default"));
}

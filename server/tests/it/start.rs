//! Starting: the first time, the second time, and where it must not.

use crate::support::{Person, Place};
use platform::testing::Store;
use serde_json::json;

async fn a_server_starts_and_offers_a_link(store: Store) {
    let Some(place) = Place::on(store) else { return };
    for _ in 0..2 {
        assert_eq!(
            place.succeed(&["migrate"]),
            "The database has the newest schema.\n"
        );
    }
    let antiphon = place.start().await;
    assert!(
        antiphon.greeting.contains(&antiphon.address),
        "{}",
        antiphon.greeting
    );
    let first = antiphon.setup_token().expect("a link").to_owned();
    antiphon.kill();
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let state = owner.get("/api/setup").await.expect(200);
    assert_eq!(
        (&state["needs_setup"], &state["workspace"]["name"]),
        (&json!(false), &json!("Harbour"))
    );
    let again = json!({
        "token": first, "workspace_name": "Theirs", "name": "Eve", "email": "eve@example.org",
        "password": "tide over slate", "time_zone": "UTC", "language": "en"
    });
    let refused = Person::stranger(&antiphon.address)
        .post("/api/setup", again)
        .await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    antiphon.kill();
    let antiphon = place.start().await;
    assert_eq!(antiphon.setup_token(), None, "{}", antiphon.greeting);
    assert_eq!(owner.get("/readyz").await.status, 200);
    let made = place.fail(&["admin", "setup-link"]);
    let why = match store {
        Store::Sqlite => "in use by another process",
        Store::Postgres => "there is an owner already",
    };
    assert!(made.contains(why), "{made}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_starts_and_offers_a_link_on_sqlite() {
    a_server_starts_and_offers_a_link(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_starts_and_offers_a_link_on_postgres() {
    a_server_starts_and_offers_a_link(Store::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_from_the_terminal_let_people_in() {
    let place = Place::new();
    let printed = place.succeed(&["admin", "setup-link"]);
    let first = printed
        .trim()
        .rsplit_once("/setup/")
        .expect("a link")
        .1
        .to_owned();
    let printed = place.succeed(&["admin", "setup-link"]);
    let second = printed
        .trim()
        .rsplit_once("/setup/")
        .expect("a link")
        .1
        .to_owned();
    assert_ne!(first, second);
    let antiphon = place.start().await;
    antiphon.owner().await;
    antiphon.kill();
    assert!(
        place
            .fail(&["admin", "reset-link", "nobody@example.org"])
            .contains("nobody has this mail address")
    );
    let printed = place.succeed(&["admin", "reset-link", "Olga@Example.org"]);
    let token = printed
        .trim()
        .rsplit_once("/reset/")
        .expect("a link")
        .1
        .to_owned();
    let antiphon = place.start().await;
    let stranger = Person::stranger(&antiphon.address);
    let path = format!("/api/resets/{token}");
    assert_eq!(stranger.get(&path).await.expect(200)["name"], "Olga Novak");
    let password = json!({ "password": "slate over tide" });
    assert_eq!(stranger.post(&path, password.clone()).await.status, 204);
    assert_eq!(stranger.post(&path, password).await.status, 404, "it works once");
    let sign_in = json!({ "email": "olga@example.org", "password": "slate over tide" });
    assert!(matches!(
        stranger.post("/api/sessions", sign_in).await.status,
        200 | 201
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_the_same_folder_is_refused() {
    let place = Place::new();
    let antiphon = place.start().await;
    for args in [["migrate"].as_slice(), &["import", "jsonl", "absent.jsonl"]] {
        let why = place.fail(args);
        assert!(
            why.contains("in use by another process") && why.contains("ANTIPHON_DATA"),
            "{why}"
        );
    }
    let why = place.twin().with("DATA", place.data().display()).fail(&["serve"]);
    assert!(why.contains("in use by another process"), "{why}");
    assert_eq!(
        Person::stranger(&antiphon.address).get("/readyz").await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_taken_address_is_refused_with_a_remedy() {
    let place = Place::new();
    let antiphon = place.start().await;
    let taken = antiphon.address.trim_start_matches("http://");
    let why = Place::new().with("LISTEN", taken).fail(&["serve"]);
    assert!(
        why.contains(taken) && why.contains("another listen address"),
        "{why}"
    );
}

#[test]
fn bad_settings_are_refused_with_key_value_and_remedy() {
    let place = Place::new()
        .with("DATABASE_LANES", "many")
        .with("PUBLIC_URL", "talk.example.org")
        .with("COLOUR", "red");
    for args in [["serve"].as_slice(), &["config", "check"], &["migrate"]] {
        let why = place.fail(args);
        for part in [
            "database.lanes",
            "many",
            "public_url",
            "talk.example.org",
            "ANTIPHON_COLOUR",
        ] {
            assert!(why.contains(part), "{why:?} does not name {part}");
        }
    }
    let place = Place::new().with("DATABASE_URL", "postgres://antiphon:hunter2@db.example.org/talk");
    let checked = place.succeed(&["config", "check"]);
    assert!(
        checked.contains("db.example.org") && !checked.contains("hunter2"),
        "{checked}"
    );
    assert!(
        place
            .fail(&["--config", "absent.toml", "serve"])
            .contains("absent.toml")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_program_leaves_a_newer_database_alone() {
    let place = Place::new();
    place.succeed(&["migrate"]);
    let file = place.data().join("antiphon.db");
    let newer = "insert into migration (name, checksum) values ('messages/9999_from_the_future', 'x')";
    rusqlite::Connection::open(&file)
        .expect("the database")
        .execute(newer, [])
        .expect("a step");
    let before = std::fs::read(&file).expect("the file");
    let why = place.fail(&["serve"]);
    assert!(
        why.contains("written by a newer version") && why.contains("9999_from_the_future"),
        "{why}"
    );
    assert_eq!(
        std::fs::read(&file).expect("the file"),
        before,
        "nothing was changed"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_or_damaged_database_is_left_alone() {
    for content in [b"SQLite format 3\0 but nothing like it".as_slice(), &[7; 8192]] {
        let place = Place::new();
        std::fs::create_dir_all(place.data()).expect("a folder");
        let file = place.data().join("antiphon.db");
        std::fs::write(&file, content).expect("a file");
        let why = place.fail(&["serve"]);
        assert!(
            why.contains("antiphon.db") && why.contains("restore a backup"),
            "{why}"
        );
        assert_eq!(std::fs::read(&file).expect("the file"), content);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_makes_it_https() {
    let place = Place::new();
    let signed = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])
        .expect("a certificate");
    let (certificate, key) = (place.path("certificate.pem"), place.path("key.pem"));
    std::fs::write(&certificate, signed.cert.pem()).expect("a file");
    std::fs::write(&key, signed.signing_key.serialize_pem()).expect("a file");
    let place = place
        .with("TLS_CERTIFICATE", certificate.display())
        .with("TLS_KEY", key.display());
    let antiphon = place.start().await;
    assert!(
        antiphon.greeting.contains("https://127.0.0.1"),
        "{}",
        antiphon.greeting
    );
    // It fails only when it is chosen already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = reqwest::Certificate::from_pem(signed.cert.pem().as_bytes()).expect("a certificate");
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([root])
        .build()
        .expect("a client");
    let stranger = Person::with(client, &antiphon.address);
    let owner = stranger
        .becomes_owner(antiphon.setup_token().expect("a link"))
        .await;
    assert_eq!(owner.get("/api/me").await.status, 200);
    let plain = Person::stranger(&antiphon.address.replacen("https", "http", 1));
    let refused = plain.send(http::Method::GET, "/api/setup", None).await;
    assert!(
        refused.map_or(true, |answer| answer.status >= 400),
        "no plain HTTP on this address"
    );
}

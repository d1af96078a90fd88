//! Whoever is erased is in no table and no event any more: every value of every table is looked at, on both databases.

use crate::support::{Person, Place, until};
use http::Method;
use platform::testing::Store;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use uuid::Uuid;

/// What must be gone. The name is one that no other word of the data contains.
const PLANTED: [&str; 4] = ["Xylophonia", "xylophonia", "Quark", "kept to myself"];

async fn write(person: &Person, method: Method, path: &str, body: Value) {
    let answer = person.send(method, path, Some(body)).await.expect("an answer");
    assert!(answer.status < 300, "{path}: {}", answer.body);
}

/// Every value of every table as text, with the name of its table.
fn all_values(place: &Place, database: Option<&str>) -> Vec<(String, String)> {
    match database {
        Some(url) => tokio::task::block_in_place(|| of_postgres(url)),
        None => of_sqlite(&place.data().join("antiphon.db")),
    }
}

pub(crate) fn of_sqlite(file: &std::path::Path) -> Vec<(String, String)> {
    let opened = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database");
    let tables = "select name from sqlite_schema where type = 'table'";
    let mut tables = opened.prepare(tables).expect("a schema");
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .expect("tables")
        .collect::<Result<_, _>>()
        .expect("names");
    let mut values = Vec::new();
    for name in names {
        let mut rows = opened
            .prepare(&format!("select * from \"{name}\""))
            .expect("a table");
        let n_columns = rows.column_count();
        let mut rows = rows.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for idx in 0..n_columns {
                let value = row.get_ref(idx).expect("a value");
                let text = match value {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                        String::from_utf8_lossy(bytes).into_owned()
                    }
                    _ => continue,
                };
                values.push((name.clone(), text));
            }
        }
    }
    values
}

pub(crate) fn of_postgres(url: &str) -> Vec<(String, String)> {
    let mut client = postgres::Client::connect(url, postgres::NoTls).expect("a database");
    let tables = "select relname::text from pg_class \
        where relkind = 'r' and relnamespace = current_schema()::regnamespace";
    let mut values = Vec::new();
    for row in client.query(tables, &[]).expect("tables") {
        let name: String = row.get(0);
        let rows = client
            .query(&format!("select t::text from \"{name}\" t"), &[])
            .expect("rows");
        values.extend(rows.iter().map(|row| (name.clone(), row.get(0))));
    }
    values
}

fn planted(values: &[(String, String)]) -> Vec<&str> {
    let holds = |value: &str| PLANTED.iter().any(|word| value.contains(word));
    let mut tables: Vec<&str> = values
        .iter()
        .filter(|(_, value)| holds(value))
        .map(|(table, _)| table.as_str())
        .collect();
    tables.dedup();
    tables
}

struct Scene {
    place: Place,
    owner: Person,
    gone: Person,
    gone_id: String,
    general: String,
    antiphon: crate::support::Antiphon,
}

/// Somebody who left traces wherever one can, among others who mention them.
async fn scene(store: Store) -> Option<Scene> {
    let place = Place::on(store)?;
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let gone = owner.invites("Xylophonia").await;
    let general = owner.general().await;
    let gone_id = gone.get("/api/me").await.body["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    write(
        &gone,
        Method::PATCH,
        "/api/me",
        json!({ "name": "Xylophonia Quark", "pronunciation": "Quark" }),
    )
    .await;
    write(
        &gone,
        Method::PATCH,
        "/api/me",
        json!({ "name": "X. Quark", "time_zone": "Asia/Tokyo" }),
    )
    .await;
    let draft = json!({ "channel_id": general, "topic_id": null, "text": "kept to myself", "revision": 0 });
    write(&gone, Method::PUT, "/api/drafts", draft).await;
    let kept = gone.say_for_sure(&general, "I was here").await;
    let rude = gone.say_for_sure(&general, "something rude").await;
    let removal = json!({ "reason": "Please, Xylophonia Quark" });
    let path = format!("/api/channels/{general}/messages/{}/remove", rude.id);
    write(&owner, Method::POST, &path, removal).await;
    let mention = format!("Thank you, <@{gone_id}>");
    owner.say_for_sure(&general, &mention).await;
    write(
        &owner,
        Method::POST,
        "/api/directs",
        json!({ "people": [gone_id] }),
    )
    .await;
    let hers = owner.say_for_sure(&general, "minded").await;
    let report = json!({ "reason": "other", "note": "Xylophonia minds this" });
    let path = format!("/api/channels/{general}/messages/{}/report", hers.id);
    write(&gone, Method::POST, &path, report).await;
    let report = json!({ "reason": "other", "note": "Quark wrote this" });
    let path = format!("/api/channels/{general}/messages/{}/report", kept.id);
    write(&owner, Method::POST, &path, report).await;
    Some(Scene {
        place,
        owner,
        gone,
        gone_id,
        general,
        antiphon,
    })
}

fn database(place: &Place, store: Store) -> Option<String> {
    (store == Store::Postgres).then(|| place.setting("DATABASE_URL").expect("it has one").to_owned())
}

async fn nothing_is_left(store: Store) {
    let Some(scene) = scene(store).await else { return };
    let Scene {
        place,
        owner,
        gone,
        gone_id,
        general,
        antiphon,
    } = scene;
    let database = database(&place, store);
    let before = all_values(&place, database.as_deref());
    for table in ["person", "event", "draft"] {
        assert!(planted(&before).contains(&table), "{table} is looked at");
    }
    let erase = format!("/api/people/{gone_id}/erase");
    gone.post(&erase, json!({ "messages": "keep" }))
        .await
        .refused(403, "forbidden");
    let left = owner
        .post(&erase, json!({ "messages": "keep" }))
        .await
        .expect(200);
    assert_eq!(
        (&left["name"], &left["deactivated"]),
        (&json!("Deleted person"), &json!(true))
    );
    assert_eq!(gone.get("/api/me").await.status, 401);
    let page = owner
        .get(&format!("/api/channels/{general}/messages"))
        .await
        .expect(200);
    assert!(page.to_string().contains("I was here"), "what was written stays");
    let me = page["people"]
        .as_array()
        .expect("people")
        .iter()
        .find(|person| person["id"] == gone_id.as_str());
    assert_eq!(me.expect("they are named")["name"], "Deleted person");
    owner
        .post(&erase, json!({ "messages": "keep" }))
        .await
        .expect(200);
    assert_eq!(
        planted(&all_values(&place, database.as_deref())),
        Vec::<&str>::new()
    );
    assert!(!place.log().contains("Quark"), "nor in the program's own log");
    drop(antiphon);
    if store == Store::Sqlite {
        // A start and an orderly end put the write-ahead file into the database, which overwrites what is deleted.
        let again = place.start().await;
        again.terminate();
        again.ended().await;
        let bytes = std::fs::read(place.data().join("antiphon.db")).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !PLANTED.iter().any(|word| text.contains(word)),
            "nor between the rows"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_of_an_erased_person_on_sqlite() {
    nothing_is_left(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_of_an_erased_person_on_postgres() {
    nothing_is_left(Store::Postgres).await;
}

async fn one_may_go_with_all_messages(store: Store) {
    let Some(scene) = scene(store).await else { return };
    let Scene {
        place,
        owner,
        gone,
        general,
        antiphon: _running,
        ..
    } = scene;
    gone.say_for_sure(&general, "by Quark").await;
    let wrong = json!({ "password": "not it", "messages": "delete" });
    gone.post("/api/me/erase", wrong).await.refused(422, "invalid");
    let right = json!({ "password": "tide over slate", "messages": "delete" });
    gone.post("/api/me/erase", right.clone()).await.expect(204);
    assert_eq!(gone.get("/api/me").await.status, 401);
    until("all messages are deleted", || async {
        let page = owner
            .get(&format!("/api/channels/{general}/messages"))
            .await
            .expect(200);
        let texts = page.to_string();
        (!texts.contains("by Quark") && !texts.contains("I was here")).then_some(())
    })
    .await;
    let database = database(&place, store);
    assert_eq!(
        planted(&all_values(&place, database.as_deref())),
        Vec::<&str>::new()
    );
    let last = json!({ "password": "tide over slate", "messages": "keep" });
    owner.post("/api/me/erase", last).await.refused(409, "conflict");
    assert_eq!(
        owner.get("/api/me").await.expect(200)["name"],
        "Olga Novak",
        "the last owner stays"
    );
    let nobody = format!("/api/people/{}/erase", Uuid::now_v7());
    owner
        .post(&nobody, json!({ "messages": "keep" }))
        .await
        .refused(404, "not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_may_go_with_all_messages_on_sqlite() {
    one_may_go_with_all_messages(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_may_go_with_all_messages_on_postgres() {
    one_may_go_with_all_messages(Store::Postgres).await;
}

//! What somebody did in a week is theirs: every route is asked for it by everybody else, whatever their role.

use http::Method;
use platform::{db::Tx, testing::Store};
use serde_json::json;
use server::app;
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

platform::sql! {
    INTERRUPTED = "insert into number_interruption (person_id, at, n) values ($1, $2, 7337331)";
    ASKED = "insert into number_ask (person_id, message_id, due_at, settled_at) values ($1, $2, $3, $3)";
}

/// Figures that stand nowhere else.
const PLANTED: [&str; 3] = ["7337331", "\"n_asks\":613", "\"live_minutes\":617"];

/// Weeks as full as nobody has.
async fn plant(house: &House, ada: &TestPerson, with: &TestPerson) {
    let words = json!({ "title": "Long", "outcome": "We know", "aim": "decide", "agenda": ["All of it"] });
    let time = json!({ "starts": "2026-11-23T10:00", "minutes": 617, "time_zone": "UTC" });
    let people = json!([{ "person_id": ada.id }]);
    let body = json!({ "id": new_id(), "words": words, "time": time, "people": people });
    let made = with.post("/api/meetings", body).await.expect(201);
    let path = format!("/api/meetings/{}/answer", id_of(&made["meeting"]));
    ada.put(&path, json!({ "answer": "yes" })).await.expect(200);
    house.server.advance(Duration::from_secs(12 * 3_600));
    let (id, now) = (
        ada.id.parse().map(base::PersonId).expect("an id"),
        house.server.app.clock.now(),
    );
    let write = move |tx: &mut dyn Tx| {
        tx.exec(&INTERRUPTED, &[id.into(), now.into()])?;
        for _ in 0..613 {
            tx.exec(&ASKED, &[id.into(), base::MessageId::random().into(), now.into()])?;
        }
        Ok::<_, platform::db::Error>(())
    };
    house.server.app.db.write(id, write).await.expect("rows");
}

/// The path with a person wherever one could be named, and ids of nothing elsewhere.
fn fill(path: &str, person: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{person}" | "{id}" | "{subject}" => person.to_owned(),
        part if part.starts_with('{') => new_id(),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_gives_what_somebody_did_to_anybody_else() {
    let house = House::open(Store::Sqlite, app::features())
        .await
        .expect("SQLite is always there");
    let (ada, bo) = (house.member("Ada").await, house.member("Bo").await);
    let admin = house.joined("Adam", "admin", Some(&house.space), &[]).await;
    plant(&house, &ada, &bo).await;
    let own = ada.get("/api/numbers/mine").await.expect(200).to_string();
    for planted in PLANTED {
        assert!(own.contains(planted), "she sees {planted} herself: {own}");
    }
    house.server.advance(Duration::from_secs(7 * 24 * 3_600));
    numbers::count_due(&house.server.app)
        .await
        .expect("it is counted");
    let mut n_asked = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if route.method != Method::GET {
            continue;
        }
        let path = fill(route.path, &ada.id);
        for query in ["", "person", "person_id", "people", "of", "for"] {
            let path = match query {
                "" => path.clone(),
                query => format!("{path}?{query}={}", ada.id),
            };
            for person in [&house.owner, &admin, &bo] {
                let answer = person.get(&path).await;
                let told = String::from_utf8_lossy(&answer.bytes);
                let found = PLANTED.iter().find(|planted| told.contains(**planted));
                // Bo was in the same meeting, and sees his own.
                let is_own =
                    person.id == bo.id && route.path == "/api/numbers/mine" && found == Some(&PLANTED[2]);
                assert!(found.is_none() || is_own, "{path} tells {found:?}: {told}");
                n_asked += 1;
            }
        }
    }
    assert!(n_asked > 500, "the list of routes was walked");
    let team = house.owner.get("/api/numbers/team").await.expect(200);
    assert_eq!(
        team["teams"][0]["weeks"][0]["figures"],
        json!(null),
        "four are nobody's business: {team}"
    );
}

//! Nets over the audit log: whatever only administrators change stands in it, on both databases.

use http::Method;
use platform::{
    db::Tx,
    feature::{Door, Route, Scope},
    testing::{Answer, Manner, Relay, Store},
};
use serde_json::{Value, json};
use server::{app, noting};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::collections::BTreeSet;

platform::sql! {
    ROWS = "select action, subject_name, detail from audit_entry order by at, id";
}

/// Changing routes for administrators that leave no row, and why.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("/api/mail/test", "nothing is another than before"),
    ("/api/invitations/list/look", "it only looks"),
];

type Row = (String, String, String);

async fn rows(house: &House) -> Vec<Row> {
    let read = house
        .server
        .app
        .db
        .read(|tx: &mut dyn Tx| tx.list(&ROWS, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))));
    read.await.expect("the log can be read")
}

fn is_for_administrators(route: &Route) -> bool {
    route.method != Method::GET
        && route.method != Method::HEAD
        && (route.door == Door::Admin || route.needed_scope() == Some(Scope::ADMIN))
}

fn another_charter() -> Value {
    let charter = json!({ "normal": { "clock": "working", "minutes": 120 } });
    json!({ "charter": charter, "version": 0 })
}

fn another_policy() -> Value {
    json!({ "work": [], "holidays": "PT", "no_meeting_days": [3] })
}

/// Does what a route does, once, for good reasons. A new route for administrators says here how it is called.
async fn act(house: &House, somebody: &TestPerson, route: &Route) -> Answer {
    let owner = &house.owner;
    let person = |verb: &str| format!("/api/people/{}/{verb}", somebody.id);
    match (route.method.as_str(), route.path) {
        ("PATCH", "/api/people/{id}") => {
            let path = format!("/api/people/{}", somebody.id);
            owner.patch(&path, json!({ "role": "admin" })).await
        }
        ("POST", "/api/people/{id}/deactivate") => owner.post(&person("deactivate"), Value::Null).await,
        ("POST", "/api/people/{id}/reactivate") => {
            owner.post(&person("deactivate"), Value::Null).await.expect(200);
            owner.post(&person("reactivate"), Value::Null).await
        }
        ("POST", "/api/people/{id}/erase") => {
            owner.post(&person("erase"), json!({ "messages": "keep" })).await
        }
        ("POST", "/api/people/{id}/reset") => owner.post(&person("reset"), Value::Null).await,
        ("PATCH", "/api/workspace") => owner.patch("/api/workspace", json!({ "name": new_id() })).await,
        ("PUT", "/api/workspace/emoji") => owner.put(route.path, json!({ "everyone": true })).await,
        ("PUT", "/api/workspace/links") => owner.put(route.path, json!({ "fetches": false })).await,
        ("PUT", "/api/charter") => owner.put(route.path, another_charter()).await,
        ("PUT", "/api/time-policy") => owner.put(route.path, another_policy()).await,
        ("PUT", "/api/words") => owner.put(route.path, json!({ "ask": ["bother*"] })).await,
        ("POST", "/api/invitations") => owner.post("/api/invitations", invitation()).await,
        ("POST", "/api/invitations/list" | "/api/invitations/list/look") => {
            let list = b"mail\nlisted@example.org\n".to_vec();
            let headers = [("content-type", "text/csv")];
            owner.send(Method::POST, route.path, &headers, list).await
        }
        ("DELETE", "/api/invitations/{token}") => {
            let made = owner.post("/api/invitations", invitation()).await.expect(201);
            owner.delete(&format!("/api/invitations/{}", id_of(&made))).await
        }
        ("POST", "/api/channels/{channel}/guest-links") => guest_link(house, owner).await.1,
        ("PATCH", "/api/channels/{channel}/guest-links/{guest_link}") => {
            let (path, _) = guest_link(house, owner).await;
            owner.patch(&path, json!({ "expires_in_s": 7200 })).await
        }
        ("DELETE", "/api/channels/{channel}/guest-links/{guest_link}") => {
            let (path, _) = guest_link(house, owner).await;
            owner.delete(&path).await
        }
        ("PUT", "/api/retention/{place}") => retain(house).await,
        ("DELETE", "/api/retention/{place}") => {
            retain(house).await.expect(200);
            owner.delete(&format!("/api/retention/{}", house.general)).await
        }
        ("POST", "/api/holds") => hold(house, somebody).await,
        ("DELETE", "/api/holds/{subject}") => {
            hold(house, somebody).await.expect(204);
            owner.delete(&format!("/api/holds/{}", somebody.id)).await
        }
        ("PUT", "/api/settings/{name}") => {
            let path = "/api/settings/files.person_bytes";
            owner.put(path, json!({ "value": 1_000_000_000 })).await
        }
        ("POST", "/api/mail/test") => owner.post(route.path, Value::Null).await,
        ("POST", "/api/invitations/{token}/mail") => {
            let token = house.invite(invitation()).await;
            let path = format!("/api/invitations/{token}/mail");
            // The invitation is the deed; how its link travels is none.
            owner.post(&path, json!({ "email": "bea@example.org" })).await
        }
        ("POST", "/api/people/{id}/second-step/remove") => {
            signin::testing::put_second_step(&house.server, &somebody.id).await;
            owner.post(&person("second-step/remove"), Value::Null).await
        }
        ("PUT", "/api/sign-in/policy") => {
            owner
                .put(route.path, json!({ "second_step_roles": ["guest"] }))
                .await
        }
        ("POST", "/api/meetings/forget-address") => {
            owner.post(route.path, json!({ "address": "x@x.example" })).await
        }
        ("PUT", "/api/numbers/policy") => owner.put(route.path, json!({ "k": 6 })).await,
        ("POST", "/api/workspace/exports") => owner.post(route.path, Value::Null).await,
        (method, path) => panic!("say in `act` how the audit net calls {method} {path}"),
    }
}

/// A guest link that was made, by its path, and the answer to its making.
async fn guest_link(house: &House, owner: &TestPerson) -> (String, Answer) {
    let links = format!("/api/channels/{}/guest-links", house.general);
    let made = owner
        .post(&links, json!({ "max_guests": 1, "expires_in_s": 3600 }))
        .await;
    (format!("{links}/{}", id_of(&made.body)), made)
}

async fn retain(house: &House) -> Answer {
    let rule = json!({ "days": 3650, "keep_marked": true, "confirm": "general" });
    house
        .owner
        .put(&format!("/api/retention/{}", house.general), rule)
        .await
}

async fn hold(house: &House, somebody: &TestPerson) -> Answer {
    let hold = json!({ "kind": "person", "subject_id": somebody.id, "reason": "x" });
    house.owner.post("/api/holds", hold).await
}

fn invitation() -> Value {
    json!({ "role": "member", "space_id": null, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600 })
}

async fn every_change_of_administrators_is_in_the_log(store: Store) {
    let relay = Relay::open(Manner::Takes).await;
    let mail = Some(relay.config());
    let opened = House::open_with(store, app::features(), |config| config.mail = mail).await;
    let Some(house) = opened else {
        return;
    };
    let mut known: BTreeSet<&str> = app::features()
        .iter()
        .flat_map(|feature| feature.deeds)
        .copied()
        .collect();
    known.extend(noting::DEEDS);
    let mut n_routes = 0;
    for route in app::features().iter().flat_map(|feature| &feature.routes) {
        if !is_for_administrators(route) {
            continue;
        }
        n_routes += 1;
        let somebody = house.member(&format!("Somebody {n_routes}")).await;
        let before = rows(&house).await.len();
        let answer = act(&house, &somebody, route).await;
        assert!(
            answer.status < 300,
            "{} {}: {}",
            route.method,
            route.path,
            answer.body
        );
        let after = rows(&house).await.len();
        let is_exception = EXCEPTIONS.iter().any(|(path, _)| *path == route.path);
        assert_eq!(after == before, is_exception, "{} {}", route.method, route.path);
    }
    assert!(n_routes >= 9, "the list of routes was walked");
    for (action, ..) in rows(&house).await {
        assert!(known.contains(action.as_str()), "{action} is in no list of deeds");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_change_of_administrators_is_in_the_log_on_sqlite() {
    every_change_of_administrators_is_in_the_log(Store::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_change_of_administrators_is_in_the_log_on_postgres() {
    every_change_of_administrators_is_in_the_log(Store::Postgres).await;
}

/// A group comes, is renamed, gets people and loses one, and goes.
async fn groups(owner: &TestPerson, mara: &TestPerson) {
    let group = json!({ "handle": "crew", "title": "Crew" });
    let group = format!(
        "/api/groups/{}",
        id_of(&owner.post("/api/groups", group).await.expect(201))
    );
    owner
        .patch(&group, json!({ "title": "The crew" }))
        .await
        .expect(200);
    let people = json!({ "people": [mara.id, owner.id] });
    owner.post(&format!("{group}/members"), people).await.expect(200);
    owner
        .delete(&format!("{group}/members/{}", mara.id))
        .await
        .expect(204);
    owner.delete(&group).await.expect(204);
}

/// What those who look after places do is there too, and names nothing that not every administrator may know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deeds_in_places_are_in_the_log_and_private_names_are_not() {
    let house = House::open(Store::Sqlite, app::features())
        .await
        .expect("SQLite is always there");
    let (owner, mara) = (&house.owner, house.member("Mara").await);
    let hidden = house.channel(&mara, "quorvex", "private").await;
    let path = format!("/api/channels/{hidden}");
    mara.patch(&path, json!({ "name": "quorvex two" }))
        .await
        .expect(200);
    let member = format!("{path}/members/{}", owner.id);
    mara.put(&member, json!({ "role": "member" })).await.expect(204);
    mara.delete(&member).await.expect(204);
    let open = house.channel(&mara, "plans", "public").await;
    let path = format!("/api/channels/{open}");
    mara.patch(&path, json!({ "name": "plans 2" })).await.expect(200);
    mara.patch(&path, json!({ "description": "no deed" }))
        .await
        .expect(200);
    let token = json!({ "name": "CI", "scopes": ["read"] });
    let token = id_of(&mara.post("/api/tokens", token).await.expect(201));
    mara.delete(&format!("/api/tokens/{token}")).await.expect(204);
    groups(owner, &mara).await;
    let rows = rows(&house).await;
    let count = |action: &str| rows.iter().filter(|row| row.0 == action).count();
    for (action, expected) in [
        ("workspace.set_up", 1),
        ("space.made", 1),
        ("invitation.made", 1),
        ("invitation.used", 1),
        ("channel.made", 3),
        ("channel.changed", 2),
        ("channel.member_put", 1),
        ("channel.member_removed", 1),
        ("token.made", 1),
        ("token.ended", 1),
        ("group.made", 1),
        ("group.changed", 1),
        // Oneself is no deed to others.
        ("group.member_put", 1),
        ("group.member_removed", 1),
        ("group.removed", 1),
    ] {
        assert_eq!(count(action), expected, "{action}");
    }
    let renamed = rows
        .iter()
        .rfind(|row| row.0 == "channel.changed")
        .expect("a row");
    let detail: Value = serde_json::from_str(&renamed.2).expect("JSON");
    assert_eq!(
        (renamed.1.as_str(), &detail["name_after"]),
        ("plans", &json!("plans 2"))
    );
    let text = format!("{rows:?}");
    assert!(
        !text.contains("quorvex") && !text.contains("example.org"),
        "{text}"
    );
    // An administrator who erases somebody erases the name, and the deeds stay.
    owner
        .post(
            &format!("/api/people/{}/erase", mara.id),
            json!({ "messages": "keep" }),
        )
        .await
        .expect(200);
    let after = self::rows(&house).await;
    assert_eq!(after.len(), rows.len() + 1);
    assert!(!format!("{after:?}").contains("Mara"), "{after:?}");
}

//! The slice from outside: a server of this slice alone, over HTTP and the socket, on both databases.

mod mail;
mod status;

use crate::{NewPerson, Role, SignedIn, password::runs, store};
use base::{PersonId, ScopeId, Seq, SessionId};
use http::Method;
use platform::{
    app::{Doors, Parts},
    both_stores,
    config::Config,
    db::{self, Tx},
    journal,
    realtime::{Gate, Principal},
    testing::{Answer, Client, Listener, Store, TestServer},
};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use tokio::sync::OnceCell;

const PASSWORD: &str = "tide over slate";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Hashed once for all tests.
static PASSWORD_HASH: OnceCell<String> = OnceCell::const_new();

/// A workspace with Ada, its owner.
struct Accounts {
    server: TestServer,
    ada: Somebody,
}

/// A person with a token.
struct Somebody {
    id: PersonId,
    session: SessionId,
    email: String,
    client: Client,
}

fn gate() -> Gate {
    fn scopes(tx: &mut dyn Tx, who: Principal) -> db::Result<Option<Vec<(ScopeId, Seq)>>> {
        if crate::session_alive(tx, who)?.is_none() {
            return Ok(None);
        }
        let workspace = store::get_workspace(tx)?;
        Ok(Some(journal::heads(
            tx,
            &[who.person.into(), workspace.id.into()],
        )?))
    }
    Gate {
        scopes,
        may_watch: |_, _, _| Ok(None),
        floors: |_, _| Ok(Vec::new()),
    }
}

impl Accounts {
    async fn begin(store: Store) -> Option<Self> {
        Self::begin_with(store, |_| ()).await
    }

    async fn begin_with(store: Store, change: impl Fn(&mut Config)) -> Option<Self> {
        // The client of the tests needs one; it fails only when it is chosen already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut config = Config::for_tests(Path::new("unused"));
        change(&mut config);
        let doors = Doors {
            authenticate: crate::authenticate,
            admit: crate::admit,
            gate: gate(),
        };
        let parts = Parts {
            features: vec![crate::feature()],
            doors,
            kept: crate::kept(&config),
        };
        let server = TestServer::start_with(store, parts, change).await?;
        crate::keep(&server.app);
        let now = server.app.clock.now();
        let create = server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            crate::create_workspace(tx, "Harbour", now)
        });
        create.await.unwrap();
        let ada = join(&server, "Ada Lovelace", Role::Owner).await;
        Some(Self { server, ada })
    }

    async fn person(&self, name: &str, role: Role) -> Somebody {
        join(&self.server, name, role).await
    }

    async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        self.server.stranger().post("/api/sessions", body).await
    }

    async fn workspace_scope(&self) -> String {
        let found = self.server.app.db.read(|tx| store::get_workspace(tx)).await;
        found.unwrap().id.to_string()
    }
}

/// Somebody new, by the functions that the features above use.
async fn join(server: &TestServer, name: &str, role: Role) -> Somebody {
    let hash = || async { crate::hash_password(PASSWORD.to_owned(), &[]).await.unwrap() };
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let new = NewPerson {
        name: name.to_owned(),
        email: email.clone(),
        password_hash: PASSWORD_HASH.get_or_init(hash).await.clone(),
        role,
        time_zone: "Europe/Lisbon".to_owned(),
        language: "en".to_owned(),
    };
    let now = server.app.clock.now();
    let joined = server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
        let id = crate::create_person(tx, &new, now)?;
        let (session, token) = crate::open_session(tx, id, "Firefox on Linux", now)?;
        Ok::<_, crate::Error>((id, session, token))
    });
    let (id, session, token) = joined.await.unwrap();
    Somebody {
        id,
        session,
        email,
        client: server.with_token(token.as_str()),
    }
}

impl Somebody {
    async fn is_signed_in(&self) -> bool {
        let answer = self.client.get("/api/me").await;
        if answer.status != 200 {
            answer.refused(401, "signed-out");
        }
        answer.status == 200
    }

    async fn listen(&self) -> Listener {
        Listener::open(&self.client, json!({})).await.0
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/people/{}{rest}", self.id)
    }
}

fn cookie(answer: &Answer) -> String {
    answer.headers["set-cookie"].to_str().unwrap().to_owned()
}

/// What is the same for everybody.
fn without_instance(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    body.as_object_mut().unwrap().remove("instance").unwrap();
    (answer.status, body)
}

fn pointer(answer: &Answer) -> &str {
    answer.refused(422, "invalid");
    answer.body["errors"][0]["pointer"].as_str().unwrap()
}

both_stores! {
    async fn the_right_password_opens_a_session(accounts: Accounts) {
        let answer = accounts.sign_in("  ADA.Lovelace@Example.org ", PASSWORD).await;
        let cookie = cookie(&answer);
        let me = answer.expect(200);
        assert_eq!(me["id"], accounts.ada.id.to_string());
        assert_eq!(
            me,
            json!({"id": me["id"], "name": "Ada Lovelace", "pronunciation": null, "picture": null,
                   "time_zone": "Europe/Lisbon", "language": "en", "role": "owner", "deactivated": false,
                   "email": "ada.lovelace@example.org", "onboarded": false})
        );
        assert!(cookie.ends_with("; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().unwrap();
        let stranger = accounts.server.stranger();
        let again = stranger.send(Method::GET, "/api/me", &[("cookie", pair)], Vec::new()).await;
        assert_eq!(again.headers["set-cookie"], cookie, "its life begins anew");
        assert_eq!(again.expect(200), me);
        stranger.get("/api/me").await.refused(401, "signed-out");
        accounts.server.with_token("nonsense").get("/api/me").await.refused(401, "signed-out");
    }

    async fn unknown_wrong_and_deactivated_look_and_cost_the_same(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        accounts.ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        let word = |kind: &str| format!("{kind} {}", accounts.ada.id);
        let wrong = accounts.sign_in(&accounts.ada.email, &word("wrong")).await;
        wrong.refused(401, "sign-in-failed");
        let unknown = accounts.sign_in("nobody@example.org", &word("unknown")).await;
        let no_address = accounts.sign_in("no\u{0}address", &word("no address")).await;
        let deactivated = accounts.sign_in(&bob.email, PASSWORD).await;
        for answer in [&unknown, &no_address, &deactivated] {
            assert_eq!(without_instance(answer), without_instance(&wrong));
            assert!(!answer.headers.contains_key("set-cookie"));
        }
        for kind in ["wrong", "unknown", "no address"] {
            assert_eq!(runs::of(&word(kind)), 1, "{kind}");
        }
    }

    async fn people_without_a_password_cannot_sign_in(accounts: Accounts) {
        let now = accounts.server.app.clock.now();
        let created = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            let new = NewPerson {
                name: "Imported".into(),
                email: "imported@example.org".into(),
                password_hash: String::new(),
                role: Role::Member,
                time_zone: "UTC".into(),
                language: "en".into(),
            };
            crate::create_person(tx, &new, now)
        });
        created.await.unwrap();
        for password in ["", PASSWORD] {
            accounts.sign_in("imported@example.org", password).await.refused(401, "sign-in-failed");
        }
    }

    async fn an_address_belongs_to_one_person_in_any_case(accounts: Accounts) {
        let now = accounts.server.app.clock.now();
        let created = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            let new = NewPerson {
                name: "Ada Lovelace".into(),
                email: "ADA.LOVELACE@example.org".into(),
                password_hash: String::new(),
                role: Role::Member,
                time_zone: "UTC".into(),
                language: "en".into(),
            };
            crate::create_person(tx, &new, now)
        });
        assert!(matches!(created.await, Err(crate::Error::EmailTaken)));
        let again = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            crate::create_workspace(tx, "Second", now)
        });
        assert!(matches!(again.await, Err(crate::Error::Exists)));
    }

    async fn who_joins_is_announced(accounts: Accounts) {
        let mut listener = accounts.ada.listen().await;
        let bob = accounts.person("Bob", Role::Member).await;
        let event = listener.event("person.joined").await;
        assert_eq!(event["scope"], accounts.workspace_scope().await);
        assert_eq!(event["body"]["person"]["id"], bob.id.to_string());
        assert_eq!(event["body"]["person"].get("email"), None);
    }

    async fn sessions_are_listed_and_ended(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        accounts.sign_in(&ada.email, PASSWORD).await.expect(200);
        let list = ada.client.get("/api/sessions").await.expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items.iter().filter(|item| item["current"] == true).count(), 1);
        let own = items.iter().find(|item| item["current"] == true).unwrap();
        assert_eq!((&own["id"], &own["device"]), (&json!(ada.session.to_string()), &json!("Firefox on Linux")));
        let other = items.iter().find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap();
        let path = format!("/api/sessions/{other}");
        bob.client.delete(&path).await.refused(404, "not-found");
        ada.client.delete(&path).await.expect(204);
        ada.client.delete(&path).await.refused(404, "not-found");
        assert!(ada.is_signed_in().await && bob.is_signed_in().await);
        ada.client.delete(&format!("/api/sessions/{}", ada.session)).await.expect(204);
        assert!(!ada.is_signed_in().await);
    }

    async fn signing_out_ends_the_session_and_its_socket(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let mut listener = bob.listen().await;
        let answer = bob.client.delete("/api/sessions/current").await;
        assert!(cookie(&answer).starts_with("antiphon=; Path=/; Max-Age=0"));
        answer.expect(204);
        assert!(!bob.is_signed_in().await);
        assert_eq!(listener.closed().await, Some(4401));
        assert_eq!(Listener::connect(&bob.client).await.err(), Some(401));
        bob.client.delete("/api/sessions/current").await.refused(401, "signed-out");
        assert!(accounts.ada.is_signed_in().await);
    }

    async fn signing_out_everywhere_else_keeps_this_session(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        program.get("/api/me").await.expect(200);
        bob.client.delete("/api/sessions").await.expect(204);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        assert!(bob.is_signed_in().await && accounts.ada.is_signed_in().await);
    }

    async fn a_token_lets_a_program_act_as_its_person(accounts: Accounts) {
        let ada = &accounts.ada;
        let made = ada.client.post("/api/tokens", json!({"name": " Build  robot "})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        assert_eq!(program.get("/api/me").await.expect(200)["id"], ada.id.to_string());
        let list = ada.client.get("/api/tokens").await.expect(200);
        assert_eq!(list["items"][0]["name"], "Build robot");
        assert_eq!(list["items"][0]["scopes"], json!(["read", "write"]));
        assert!(!list.to_string().contains(made["token"].as_str().unwrap()), "the secret is shown once");
        let sessions = ada.client.get("/api/sessions").await.expect(200);
        assert_eq!(sessions["items"].as_array().map(Vec::len), Some(1), "programs are not among the browsers");
        for name in ["", "a\nb", &"x".repeat(81)] {
            assert_eq!(pointer(&ada.client.post("/api/tokens", json!({"name": name})).await), "/name");
        }
        assert_eq!(pointer(&ada.client.post("/api/tokens", json!({"name": "a", "role": "owner"})).await), "/role");
        for _ in 1..50 {
            ada.client.post("/api/tokens", json!({"name": "More"})).await.expect(201);
        }
        ada.client.post("/api/tokens", json!({"name": "Too many"})).await.refused(409, "conflict");
    }

    async fn a_token_is_good_for_its_scopes_only(accounts: Accounts) {
        let ada = &accounts.ada;
        let token = async |scopes: Value| {
            let body = json!({"name": "Robot", "scopes": scopes});
            let made = ada.client.post("/api/tokens", body).await.expect(201);
            accounts.server.with_token(made["token"].as_str().unwrap())
        };
        let reader = token(json!(["read"])).await;
        let people = token(json!(["people:read"])).await;
        let all = token(json!(["read", "write", "admin"])).await;
        let workspace = json!({"name": "Quay"});
        all.patch("/api/workspace", workspace.clone()).await.expect(200);
        for program in [&reader, &people] {
            program.get("/api/me").await.expect(200);
            let refused = program.patch("/api/workspace", workspace.clone()).await;
            refused.refused(403, "scope");
            assert_eq!(refused.body["needed"], "admin");
            program.patch("/api/me", json!({"name": "Eve"})).await.refused(403, "scope");
        }
        let (_, _) = Listener::open(&reader, json!({})).await;
        assert_eq!(Listener::connect(&people).await.err(), Some(403), "the socket shows everything");
        for (method, path) in [
            (Method::GET, "/api/sessions"),
            (Method::GET, "/api/tokens"),
            (Method::POST, "/api/tokens"),
            (Method::POST, "/api/me/password"),
        ] {
            let answer = all.send(method, path, &[], Vec::new()).await;
            answer.refused(403, "scope");
            assert_eq!(answer.body["needed"], "person", "no token makes itself a better one");
        }
        reader.delete("/api/sessions/current").await.expect(204);
        reader.get("/api/me").await.refused(401, "signed-out");
        for (scopes, expected) in [(json!([]), "/scopes"), (json!(["everything"]), "/scopes/0"), (json!("read"), "/scopes")] {
            let body = json!({"name": "Robot", "scopes": scopes});
            assert_eq!(pointer(&ada.client.post("/api/tokens", body).await), expected);
        }
    }

    async fn a_token_does_not_serve_as_a_cookie_with_more_rights(accounts: Accounts) {
        let body = json!({"name": "Robot", "scopes": ["people:read"]});
        let made = accounts.ada.client.post("/api/tokens", body).await.expect(201);
        let cookie = format!("antiphon={}", made["token"].as_str().unwrap());
        let headers = [("cookie", cookie.as_str())];
        let stranger = accounts.server.stranger();
        stranger.send(Method::GET, "/api/sessions", &headers, Vec::new()).await.refused(403, "scope");
    }

    async fn a_token_ends_at_its_time_with_its_sockets(accounts: Accounts) {
        let ada = &accounts.ada;
        for seconds in [0, 60, u32::MAX] {
            let body = json!({"name": "Robot", "expires_in_s": seconds});
            assert_eq!(pointer(&ada.client.post("/api/tokens", body).await), "/expires_in_s");
        }
        let body = json!({"name": "Robot", "expires_in_s": 7200});
        let made = ada.client.post("/api/tokens", body).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        accounts.server.advance(Duration::from_secs(7199));
        program.get("/api/me").await.expect(200);
        accounts.server.advance(Duration::from_secs(2));
        program.get("/api/me").await.refused(401, "signed-out");
        let app = &accounts.server.app;
        assert_eq!(platform::jobs::run_due(app, app.job_kinds()).await.unwrap(), 1);
        assert_eq!(theirs.closed().await, Some(4401));
        assert_eq!(ada.client.get("/api/tokens").await.expect(200)["items"], json!([]));
        assert!(ada.is_signed_in().await);
    }

    async fn the_browser_unused_for_longest_gives_way(accounts: Accounts) {
        let ada = &accounts.ada;
        let (id, clock) = (ada.id, accounts.server.app.clock.clone());
        for _ in 0..50 {
            accounts.server.advance(Duration::from_secs(1));
            let now = clock.now();
            let opened = accounts.server.app.db.write(id, move |tx| crate::open_session(tx, id, "Safari", now));
            opened.await.unwrap();
        }
        assert!(!ada.is_signed_in().await);
    }

    async fn a_session_ends_after_ninety_days_without_use(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        for _ in 0..4 {
            accounts.server.advance(30 * DAY);
            assert!(bob.is_signed_in().await);
            until(|| async {
                let list = bob.client.get("/api/sessions").await.expect(200);
                list["items"][0]["seen_at"] == json!(accounts.server.app.clock.now().0)
            })
            .await;
        }
        assert!(!accounts.ada.is_signed_in().await, "Ada has not come for 120 days");
        accounts.server.advance(90 * DAY);
        assert!(!bob.is_signed_in().await);
    }

    async fn what_has_run_out_is_forgotten_by_a_job(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        accounts.ada.client.post(&bob.path("/reset"), json!({})).await.expect(200);
        accounts.server.advance(91 * DAY);
        let app = &accounts.server.app;
        let now = app.clock.now();
        let asked = app.db.write(bob.id, move |tx| {
            platform::jobs::ask(tx, "accounts.forget_old", "regular", "{}", now)
        });
        asked.await.unwrap();
        assert_eq!(platform::jobs::run_due(app, app.job_kinds()).await.unwrap(), 1);
        let rows = app.db.read(|tx| tx.one(&COUNT_ROWS, &[], |row| Ok((row.int(0)?, row.int(1)?)))).await;
        assert_eq!(rows.unwrap(), (Some(0), Some(0)));
    }

    async fn a_new_password_ends_the_other_sessions(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        let change = |current: &str, new: &str| {
            let body = json!({"current": current, "new": new});
            async { bob.client.post("/api/me/password", body).await }
        };
        assert_eq!(pointer(&change("not my password", "slate over tide").await), "/current");
        assert_eq!(pointer(&change(PASSWORD, "password123").await), "/new");
        assert_eq!(pointer(&change(PASSWORD, "bob@example.org").await), "/new");
        program.get("/api/me").await.expect(200);
        change(PASSWORD, "slate over tide").await.expect(204);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        assert!(bob.is_signed_in().await);
        accounts.sign_in(&bob.email, PASSWORD).await.refused(401, "sign-in-failed");
        accounts.sign_in(&bob.email, "slate over tide").await.expect(200);
    }

    async fn a_reset_link_sets_a_password_once_and_ends_all_sessions(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let mut theirs = bob.listen().await;
        let link = reset_link(&accounts.ada, &bob).await;
        let stranger = accounts.server.stranger();
        assert_eq!(stranger.get(&link).await.expect(200), json!({"name": "Bob"}));
        assert_eq!(pointer(&stranger.post(&link, json!({"password": "short"})).await), "/password");
        assert!(bob.is_signed_in().await, "a link alone changes nothing");
        stranger.post(&link, json!({"password": "slate over tide"})).await.expect(204);
        assert!(!bob.is_signed_in().await);
        assert_eq!(theirs.closed().await, Some(4401));
        stranger.get(&link).await.refused(404, "not-found");
        stranger.post(&link, json!({"password": "another over tide"})).await.refused(404, "not-found");
        accounts.sign_in(&bob.email, "slate over tide").await.expect(200);
        accounts.sign_in(&bob.email, PASSWORD).await.refused(401, "sign-in-failed");
    }

    async fn of_two_uses_of_a_reset_link_at_once_one_wins(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let link = reset_link(&accounts.ada, &bob).await;
        let stranger = accounts.server.stranger();
        let use_it = |password: &str| stranger.post(&link, json!({"password": password}));
        let (first, second) = tokio::join!(use_it("first over tide"), use_it("second over tide"));
        let mut statuses = [first.status, second.status];
        statuses.sort();
        assert_eq!(statuses, [204, 404]);
        let winner = if first.status == 204 { "first over tide" } else { "second over tide" };
        accounts.sign_in(&bob.email, winner).await.expect(200);
    }

    async fn a_reset_link_lasts_a_day_and_gives_way_to_a_newer_one(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let stranger = accounts.server.stranger();
        let older = reset_link(&accounts.ada, &bob).await;
        let newer = reset_link(&accounts.ada, &bob).await;
        stranger.get(&older).await.refused(404, "not-found");
        stranger.get(&newer).await.expect(200);
        accounts.server.advance(DAY);
        stranger.get(&newer).await.refused(404, "not-found");
        stranger.post(&newer, json!({"password": "slate over tide"})).await.refused(404, "not-found");
        stranger.get("/api/resets/nonsense").await.refused(404, "not-found");
    }

    async fn only_who_manages_somebody_resets_their_password(accounts: Accounts) {
        let admin = accounts.person("Grace", Role::Admin).await;
        let bob = accounts.person("Bob", Role::Member).await;
        reset_link(&admin, &bob).await;
        for other in [&accounts.ada, &admin] {
            admin.client.post(&other.path("/reset"), json!({})).await.refused(403, "forbidden");
        }
        bob.client.post(&bob.path("/reset"), json!({})).await.refused(403, "forbidden");
        accounts.ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        accounts.ada.client.post(&bob.path("/reset"), json!({})).await.refused(409, "conflict");
    }

    async fn roles_are_given_by_those_above(accounts: Accounts) {
        let (ada, admin) = (&accounts.ada, accounts.person("Grace", Role::Admin).await);
        let bob = accounts.person("Bob", Role::Member).await;
        let mut listener = bob.listen().await;
        let give = |who: &Somebody, to: &Somebody, role: &str| {
            let (client, path, role) = (who.client.clone(), to.path(""), json!({"role": role}));
            async move { client.patch(&path, role).await }
        };
        assert_eq!(give(&admin, &bob, "guest").await.expect(200)["role"], "guest");
        let event = listener.event("person.changed").await;
        assert_eq!((&event["body"]["person"]["role"], &event["actor"]), (&json!("guest"), &json!(admin.id.to_string())));
        assert_eq!(listener.event("me.changed").await["body"]["me"]["role"], "guest");
        assert_eq!(bob.client.get("/api/me").await.expect(200)["role"], "guest");
        give(&admin, &bob, "owner").await.refused(403, "forbidden");
        give(&admin, ada, "member").await.refused(403, "forbidden");
        give(&admin, &admin, "owner").await.refused(403, "forbidden");
        give(&bob, &bob, "owner").await.refused(403, "forbidden");
        assert_eq!(give(ada, &bob, "owner").await.expect(200)["role"], "owner");
        assert_eq!(give(ada, &bob, "owner").await.expect(200)["role"], "owner", "twice is once");
        assert_eq!(pointer(&give(ada, &bob, "king").await), "/role");
        let unknown = format!("/api/people/{}", PersonId::random());
        ada.client.patch(&unknown, json!({"role": "member"})).await.refused(404, "not-found");
    }

    async fn whoever_lost_their_role_is_refused_at_once(accounts: Accounts) {
        let admin = accounts.person("Grace", Role::Admin).await;
        let bob = accounts.person("Bob", Role::Member).await;
        reset_link(&admin, &bob).await;
        accounts.ada.client.patch(&admin.path(""), json!({"role": "member"})).await.expect(200);
        admin.client.post(&bob.path("/reset"), json!({})).await.refused(403, "forbidden");
    }

    async fn the_last_owner_stays(accounts: Accounts) {
        let ada = &accounts.ada;
        let demote = json!({"role": "admin"});
        ada.client.patch(&ada.path(""), demote.clone()).await.refused(409, "conflict");
        let bob = accounts.person("Bob", Role::Owner).await;
        ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        ada.client.patch(&ada.path(""), demote.clone()).await.refused(409, "conflict");
        ada.client.post(&bob.path("/reactivate"), json!({})).await.expect(200);
        ada.client.patch(&ada.path(""), demote).await.expect(200);
        ada.client.patch(&bob.path(""), json!({"role": "member"})).await.refused(403, "forbidden");
    }

    async fn two_owners_who_demote_each_other_at_once_leave_one(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Owner).await);
        let demote = |who: &Somebody, other: &Somebody| {
            let (client, path) = (who.client.clone(), other.path(""));
            async move { client.patch(&path, json!({"role": "member"})).await.status }
        };
        let (first, second) = tokio::join!(demote(ada, &bob), demote(&bob, ada));
        assert!((first == 200) != (second == 200), "{first} {second}");
        let n_owners = accounts.server.app.db.read(store::count_owners).await;
        assert_eq!(n_owners.unwrap(), 1);
    }

    async fn deactivation_closes_every_door_at_once(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Member).await);
        let link = reset_link(ada, &bob).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, mut mine) = (bob.listen().await, ada.listen().await);
        assert!(bob.is_signed_in().await);
        program.get("/api/me").await.expect(200);
        let person = ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        assert_eq!(person["deactivated"], true);
        assert!(!bob.is_signed_in().await);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        accounts.server.stranger().get(&link).await.refused(404, "not-found");
        assert_eq!(mine.event("person.changed").await["body"]["person"], person);
        assert_eq!(ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200), person, "twice is once");
        let back = ada.client.post(&bob.path("/reactivate"), json!({})).await.expect(200);
        assert_eq!(back["deactivated"], false);
        assert_eq!(mine.event("person.changed").await["body"]["person"], back);
        assert!(!bob.is_signed_in().await, "old sessions stay ended");
        accounts.sign_in(&bob.email, PASSWORD).await.expect(200);
    }

    async fn nobody_deactivates_themselves_or_those_above(accounts: Accounts) {
        let (ada, admin) = (&accounts.ada, accounts.person("Grace", Role::Admin).await);
        accounts.person("Bob", Role::Owner).await;
        ada.client.post(&ada.path("/deactivate"), json!({})).await.refused(409, "conflict");
        admin.client.post(&ada.path("/deactivate"), json!({})).await.refused(403, "forbidden");
        admin.client.post(&ada.path("/reactivate"), json!({})).await.refused(403, "forbidden");
        let unknown = format!("/api/people/{}/deactivate", PersonId::random());
        ada.client.post(&unknown, json!({})).await.refused(404, "not-found");
    }

    async fn a_profile_is_changed_by_its_person(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        let (mut mine, mut theirs) = (bob.listen().await, ada.listen().await);
        let change = json!({"name": "  Robert  ", "pronunciation": "ROB-ert", "time_zone": "asia/tokyo",
                            "language": "pt-BR", "onboarded": true});
        let me = bob.client.patch("/api/me", change).await.expect(200);
        assert_eq!((&me["name"], &me["pronunciation"]), (&json!("Robert"), &json!("ROB-ert")));
        assert_eq!((&me["time_zone"], &me["language"]), (&json!("Asia/Tokyo"), &json!("pt-BR")));
        assert_eq!(me["onboarded"], true);
        assert_eq!(mine.event("me.changed").await["body"]["me"], me);
        assert_eq!(theirs.event("person.changed").await["body"]["person"]["name"], "Robert");
        let me = bob.client.patch("/api/me", json!({"language": "en"})).await.expect(200);
        assert_eq!((&me["name"], &me["pronunciation"]), (&json!("Robert"), &json!("ROB-ert")));
        let me = bob.client.patch("/api/me", json!({"pronunciation": null})).await.expect(200);
        assert_eq!(me["pronunciation"], Value::Null);
        assert_eq!(bob.client.get("/api/me").await.expect(200), me);
    }

    async fn a_profile_keeps_its_rules(accounts: Accounts) {
        let ada = &accounts.ada;
        for (change, place) in [
            (json!({"name": " \u{3000} "}), "/name"),
            (json!({"name": "x".repeat(81)}), "/name"),
            (json!({"name": "a\u{0}b"}), "/name"),
            (json!({"name": null, "time_zone": "Mars/Olympus"}), "/time_zone"),
            (json!({"language": "<script>"}), "/language"),
            (json!({"pronunciation": "a\nb"}), "/pronunciation"),
            (json!({"onboarded": false}), "/onboarded"),
            (json!({"role": "owner"}), "/role"),
            (json!({"email": "eve@example.org"}), "/email"),
            (json!({"deactivated": false}), "/deactivated"),
            (json!({"id": PersonId::random().to_string()}), "/id"),
        ] {
            assert_eq!(pointer(&ada.client.patch("/api/me", change).await), place);
        }
        let hostile = "<img src=x onerror=alert(1)>";
        let me = ada.client.patch("/api/me", json!({"name": hostile})).await.expect(200);
        assert_eq!(me["name"], hostile, "a name is text, and only text");
    }

    async fn a_picture_is_shown_while_somebody_has_it(accounts: Accounts) {
        let (ada, guest) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        let png = [("content-type", "text/html")];
        let me = ada.client.send(Method::PUT, "/api/me/picture", &png, one_colour(200)).await.expect(200);
        let path = me["picture"].as_str().unwrap().to_owned();
        assert!(path.starts_with("/api/pictures/"));
        let shown = guest.client.get(&path).await;
        assert_eq!(shown.status, 200);
        assert_eq!(shown.headers["content-type"], "image/jpeg");
        assert_eq!(shown.headers["cache-control"], "private, max-age=31536000, immutable");
        assert_eq!(shown.headers["x-content-type-options"], "nosniff");
        assert_eq!(shown.headers["content-security-policy"], "sandbox");
        accounts.server.stranger().get(&path).await.refused(401, "signed-out");
        for other in ["0".repeat(64), "nonsense".to_owned(), "..%2f..%2fantiphon.db".to_owned()] {
            ada.client.get(&format!("/api/pictures/{other}")).await.refused(404, "not-found");
        }
        let me = ada.client.delete("/api/me/picture").await.expect(200);
        assert_eq!(me["picture"], Value::Null);
        guest.client.get(&path).await.refused(404, "not-found");
    }

    async fn what_is_no_picture_is_refused(accounts: Accounts) {
        let ada = &accounts.ada;
        let put = |bytes: Vec<u8>| ada.client.send(Method::PUT, "/api/me/picture", &[("content-type", "image/png")], bytes);
        put(b"<script>alert(1)</script>".to_vec()).await.refused(422, "invalid");
        put(Vec::new()).await.refused(422, "invalid");
        put(vec![0; crate::model::PICTURE_MAX_BYTES]).await.refused(422, "invalid");
        put(vec![0; crate::model::PICTURE_MAX_BYTES + 1]).await.refused(413, "too-big");
        assert_eq!(ada.client.get("/api/me").await.expect(200)["picture"], Value::Null);
    }

    async fn the_workspace_is_renamed_by_administrators(accounts: Accounts) {
        let (admin, bob) = (accounts.person("Grace", Role::Admin).await, accounts.person("Bob", Role::Member).await);
        let mut listener = bob.listen().await;
        let workspace = admin.client.patch("/api/workspace", json!({"name": "Pier 9"})).await.expect(200);
        assert_eq!(workspace, json!({"id": accounts.workspace_scope().await, "name": "Pier 9"}));
        assert_eq!(listener.event("workspace.changed").await["body"]["workspace"], workspace);
        assert_eq!(pointer(&admin.client.patch("/api/workspace", json!({"name": " "})).await), "/name");
        bob.client.patch("/api/workspace", json!({"name": "Mine"})).await.refused(403, "forbidden");
    }

    async fn every_route_asks_who_is_there(accounts: Accounts) {
        use platform::feature::Door;
        let (guest, member) = (accounts.person("Bob", Role::Guest).await, accounts.person("Eve", Role::Member).await);
        let somebody = accounts.ada.id.to_string();
        for route in crate::feature().routes {
            let path = route.path.replace("{id}", &somebody).replace("{hash}", &"0".repeat(64));
            if route.door != Door::Public {
                let stranger = accounts.server.stranger();
                let answer = stranger.send(route.method.clone(), &path, &[], Vec::new()).await;
                answer.refused(401, "signed-out");
            }
            if route.door == Door::Admin {
                for who in [&guest, &member] {
                    let answer = who.client.send(route.method.clone(), &path, &[], Vec::new()).await;
                    answer.refused(403, "forbidden");
                }
            }
        }
    }

    async fn people_are_found_by_name_and_paged(accounts: Accounts) {
        for name in ["José Núñez", "Zoë", "100% Bob", "Beatriz"] {
            accounts.person(name, Role::Member).await;
        }
        let find = |query: &'static str, before, limit| {
            let found = accounts.server.app.db.read(move |tx| crate::list_people(tx, query, before, limit));
            async { found.await.unwrap() }
        };
        let names = |people: &[crate::Person]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        let all = ["100% Bob", "Ada Lovelace", "Beatriz", "José Núñez", "Zoë"];
        assert_eq!(names(&find("", None, 50).await), all);
        assert_eq!(names(&find("NUNEZ", None, 50).await), ["José Núñez"]);
        assert_eq!(names(&find("0% b", None, 50).await), ["100% Bob"]);
        assert!(find("%", None, 50).await.len() == 1 && find("_", None, 50).await.is_empty());
        assert!(find("\u{0}!", None, 50).await.is_empty());
        let first = find("", None, 3).await;
        let second = find("", first.last().map(|person| person.id), 3).await;
        assert_eq!([names(&first), names(&second)].concat(), all);
        let ids = [first[2].id, PersonId::random(), first[0].id];
        let named = accounts.server.app.db.read(move |tx| crate::people(tx, &ids)).await.unwrap();
        assert_eq!(names(&named), ["100% Bob", "Beatriz"]);
    }
}

platform::sql! {
    COUNT_ROWS = "select (select count(*) from session), (select count(*) from password_reset)";
}

async fn reset_link(who: &Somebody, whom: &Somebody) -> String {
    let made = who.client.post(&whom.path("/reset"), json!({})).await.expect(200);
    let token = made["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://antiphon.test/reset/")
        .unwrap();
    format!("/api/resets/{token}")
}

/// A PNG of this width and height.
fn one_colour(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([20, 90, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(picture)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Asks again until it is so: for what happens off the path of a request.
async fn until<F: Future<Output = bool>>(is_so: impl Fn() -> F) {
    for _ in 0..200 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not become so");
}

/// Three attempts a minute, behind a proxy that names networks.
struct Strict(Accounts);

impl Strict {
    async fn begin(store: Store) -> Option<Self> {
        let strict = |config: &mut Config| {
            config.limits.sign_in_per_minute = 3;
            config.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
        };
        Accounts::begin_with(store, strict).await.map(Self)
    }

    async fn guess(&self, email: &str, network: &str) -> Answer {
        let body = json!({"email": email, "password": "a guess at it"})
            .to_string()
            .into_bytes();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", network)];
        self.0
            .server
            .stranger()
            .send(Method::POST, "/api/sessions", &headers, body)
            .await
    }
}

both_stores! {
    async fn guessing_is_limited_by_account(strict: Strict) {
        for n in 0..3 {
            strict.guess(&strict.0.ada.email, &format!("192.0.2.{n}")).await.refused(401, "sign-in-failed");
        }
        let limited = strict.guess("ADA.lovelace@example.org", "192.0.2.99").await;
        limited.refused(429, "rate-limited");
        assert!(limited.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 20);
        strict.guess("somebody.else@example.org", "192.0.2.99").await.refused(401, "sign-in-failed");
    }

    async fn guessing_is_limited_by_network(strict: Strict) {
        for n in 0..3 {
            let network = format!("2001:db8:0:1::{n}");
            strict.guess(&format!("person{n}@example.org"), &network).await.refused(401, "sign-in-failed");
        }
        strict.guess("person9@example.org", "2001:db8:0:1::99").await.refused(429, "rate-limited");
        strict.guess("person9@example.org", "2001:db8:0:2::1").await.refused(401, "sign-in-failed");
    }

    async fn guessing_by_changing_the_password_counts_too(strict: Strict) {
        let ada = &strict.0.ada;
        let body = json!({"current": "a guess at it", "new": "slate over tide"});
        for _ in 0..3 {
            ada.client.post("/api/me/password", body.clone()).await.refused(422, "invalid");
        }
        ada.client.post("/api/me/password", body).await.refused(429, "rate-limited");
    }
}

#[test]
fn the_types_of_the_wire_have_names_of_their_own() {
    let types = crate::types();
    let mut names: Vec<_> = types.iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), types.len());
    assert!(
        types
            .iter()
            .any(|(_, declaration)| declaration.contains("time_zone: string"))
    );
}

#[test]
fn who_is_signed_in_is_what_the_platform_knows() {
    let who = SignedIn {
        person: PersonId::random(),
        session: SessionId::random(),
        role: Role::Guest,
        scopes: crate::Scopes::ALL,
        is_link_guest: false,
    };
    assert_eq!(
        who.principal(),
        Principal {
            person: who.person,
            session: who.session
        }
    );
}

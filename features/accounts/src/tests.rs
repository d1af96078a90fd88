//! The slice from outside: a server of this slice alone, over HTTP and the socket, on both databases.

mod mail;
mod passwords;
mod people;
mod sessions;
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

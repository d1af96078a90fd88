//! People and verbs for the tests of this slice and those above: a server that is set up, and who is in it.

use accounts::kept;
use platform::{
    app::{Doors, Parts},
    config::Config,
    feature::Feature,
    testing::{Answer, Client, Store, TestServer},
};
use serde_json::{Value, json};
use std::{any::Any, ops::Deref, sync::Arc, time::Duration};

/// A password that the rules accept.
pub const PASSWORD: &str = "correct horse battery staple";

/// A server with an owner, a space and its channel "general".
pub struct House {
    /// The server.
    pub server: TestServer,
    /// Who set it up.
    pub owner: TestPerson,
    /// The first space; open.
    pub space: String,
    /// Its default channel.
    pub general: String,
}

/// Somebody signed in.
#[derive(Clone)]
pub struct TestPerson {
    /// Speaks for them.
    pub client: Client,
    /// Their id.
    pub id: String,
}

impl Deref for TestPerson {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The id in a body.
#[track_caller]
pub fn id_of(body: &Value) -> String {
    body["id"].as_str().expect("the body has an id").to_owned()
}

/// A new id, as clients make them.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

impl House {
    /// Sets up a server of these features; they include accounts and spaces. None: PostgreSQL is absent and may be.
    pub async fn open(store: Store, features: Vec<Feature>) -> Option<Self> {
        Self::open_with(store, features, |_| ()).await
    }

    /// The same with other settings.
    pub async fn open_with(
        store: Store,
        features: Vec<Feature>,
        change: impl FnOnce(&mut Config),
    ) -> Option<Self> {
        Self::open_keeping(store, features, Vec::new(), change).await
    }

    /// The same with more kept in memory; it goes before what is kept otherwise.
    pub async fn open_keeping(
        store: Store,
        features: Vec<Feature>,
        more: Vec<Arc<dyn Any + Send + Sync>>,
        change: impl FnOnce(&mut Config),
    ) -> Option<Self> {
        let folder = std::env::temp_dir();
        let doors = Doors {
            authenticate: accounts::authenticate,
            admit: accounts::admit,
            gate: crate::gate(),
        };
        let parts = Parts {
            features,
            doors,
            kept: [more, kept(&Config::for_tests(&folder))].concat(),
        };
        let server = TestServer::start_with(store, parts, change).await?;
        accounts::keep(&server.app);
        let token = crate::offer_setup(&server.app)
            .await
            .expect("the link is written")
            .expect("nobody is here yet");
        let body = json!({
            "token": token.as_str(), "workspace_name": "Riverside", "name": "Olga Owner",
            "email": "olga@example.org", "password": PASSWORD, "time_zone": "Europe/Berlin", "language": "en",
        });
        let owner = enter(&server, server.stranger().post("/api/setup", body).await);
        let spaces = owner.get("/api/spaces").await.expect(200);
        let space = id_of(&spaces["items"][0]);
        let channels = owner
            .get(&format!("/api/spaces/{space}/channels"))
            .await
            .expect(200);
        let general = id_of(&channels["items"][0]);
        Some(Self {
            server,
            owner,
            space,
            general,
        })
    }

    /// A link made by the owner.
    pub async fn invite(&self, body: Value) -> String {
        let url = self.owner.post("/api/invitations", body).await.expect(201)["url"].clone();
        url.as_str()
            .and_then(|url| url.rsplit('/').next())
            .expect("the link has a token")
            .to_owned()
    }

    /// Answers an invitation in the name of `name`.
    pub async fn accept(&self, token: &str, name: &str) -> Answer {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let body = json!({
            "name": name, "email": email, "password": PASSWORD, "time_zone": "Asia/Tokyo", "language": "en",
        });
        self.server
            .stranger()
            .post(&format!("/api/invitations/{token}/accept"), body)
            .await
    }

    /// Somebody who joined with an invitation to these channels.
    pub async fn joined(&self, name: &str, role: &str, space: Option<&str>, channels: &[&str]) -> TestPerson {
        let body = json!({
            "role": role, "space_id": space, "channel_ids": channels, "max_uses": 1, "expires_in_s": 3600,
        });
        let token = self.invite(body).await;
        enter(&self.server, self.accept(&token, name).await)
    }

    /// A member of the workspace and of its first space.
    pub async fn member(&self, name: &str) -> TestPerson {
        self.joined(name, "member", Some(&self.space), &[]).await
    }

    /// A member of the workspace who is in no space.
    pub async fn outsider(&self, name: &str) -> TestPerson {
        self.joined(name, "member", None, &[]).await
    }

    /// A guest who sees only this channel.
    pub async fn guest(&self, name: &str, channel: &str) -> TestPerson {
        self.joined(name, "guest", Some(&self.space), &[channel]).await
    }

    /// A guest link into a channel, and its token.
    pub async fn guest_link(&self, channel: &str, body: Value) -> (String, String) {
        let path = format!("/api/channels/{channel}/guest-links");
        let made = self.owner.post(&path, body).await.expect(201);
        let token = made["url"].as_str().and_then(|url| url.rsplit('/').next());
        (id_of(&made), token.expect("the link has a token").to_owned())
    }

    /// Enters by a guest link.
    pub async fn enter_by_link(&self, token: &str, name: &str) -> Answer {
        let body = json!({ "name": name, "time_zone": "Europe/Lisbon", "language": "en" });
        let path = format!("/api/guest-links/{token}/enter");
        self.server.stranger().post(&path, body).await
    }

    /// Somebody without an account, in one channel.
    pub async fn link_guest(&self, name: &str, channel: &str) -> TestPerson {
        let body = json!({ "max_guests": 50, "expires_in_s": 3600 });
        let (_, token) = self.guest_link(channel, body).await;
        enter(&self.server, self.enter_by_link(&token, name).await)
    }

    /// A second process on the data of this one, which are in PostgreSQL.
    pub async fn beside(&self, features: Vec<Feature>, more: Vec<Arc<dyn Any + Send + Sync>>) -> TestServer {
        let first = self.server.app.config.clone();
        let doors = Doors {
            authenticate: accounts::authenticate,
            admit: accounts::admit,
            gate: crate::gate(),
        };
        let parts = Parts {
            features,
            doors,
            kept: [more, kept(&first)].concat(),
        };
        let change = move |config: &mut Config| {
            config.database = first.database.clone();
            config.nats = first.nats.clone();
            config.public_url = first.public_url.clone();
        };
        let other = TestServer::start_with(Store::Postgres, parts, change).await;
        let other = other.expect("PostgreSQL is there");
        accounts::keep(&other.app);
        other
    }

    /// Two days pass, and what was said before in "general" goes by a rule; only the jobs of the rule run.
    pub async fn let_general_go(&self) {
        self.server.advance(Duration::from_secs(2 * 24 * 3_600));
        let rule = json!({ "days": 1, "keep_marked": false, "confirm": "general" });
        let path = format!("/api/retention/{}", self.general);
        self.owner.put(&path, rule).await.expect(200);
        let app = &self.server.app;
        let kinds = app
            .job_kinds()
            .iter()
            .filter(|kind| kind.kind.starts_with("messages.retain"));
        let kinds: Vec<_> = kinds.copied().collect();
        while platform::jobs::run_due(app, &kinds).await.expect("jobs run") > 0 {}
    }

    /// A channel of the first space.
    pub async fn channel(&self, by: &TestPerson, name: &str, kind: &str) -> String {
        let body = json!({ "name": name, "kind": kind });
        let path = format!("/api/spaces/{}/channels", self.space);
        id_of(&by.post(&path, body).await.expect(201))
    }
}

/// The person whom an answer signed in; their cookie's token also works as a bearer's.
#[track_caller]
pub fn enter(server: &TestServer, answer: Answer) -> TestPerson {
    let cookie = answer
        .headers
        .get("set-cookie")
        .and_then(|cookie| cookie.to_str().ok())
        .unwrap_or_default();
    let token = cookie
        .split(';')
        .next()
        .and_then(|pair| pair.split_once('='))
        .map(|(_, token)| token.to_owned());
    let body = answer.expect(201);
    let token = token.expect("the answer signs in");
    TestPerson {
        client: server.with_token(&token),
        id: id_of(&body),
    }
}

//! Somebody who talks HTTP with a server that may be away.

use super::{PATIENCE, until_within};
use http::Method;
use platform::testing::Answer;
use serde_json::{Value, json};
use std::time::Duration;

/// A person with a token.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    /// Where the server listens.
    pub address: String,
    token: Option<String>,
}

/// A message that the server has promised to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub id: String,
    pub seq: i64,
}

impl Person {
    /// Nobody in particular.
    pub fn stranger(address: &str) -> Self {
        // It fails only when it is chosen already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .expect("a client");
        Self::with(http, address)
    }

    /// The same with settings of the client.
    pub fn with(http: reqwest::Client, address: &str) -> Self {
        Self {
            http,
            address: address.to_owned(),
            token: None,
        }
    }

    /// The first owner, by the set-up link.
    pub async fn set_up(address: &str, token: &str) -> Self {
        Self::stranger(address).becomes_owner(token).await
    }

    /// Uses the set-up link.
    pub async fn becomes_owner(self, token: &str) -> Self {
        let body = json!({
            "token": token, "workspace_name": "Harbour", "name": "Olga Novak", "email": "olga@example.org",
            "password": "tide over slate", "time_zone": "UTC", "language": "en"
        });
        let answer = self.post("/api/setup", body).await;
        self.signed_in(&answer)
    }

    /// Somebody else, who accepts an invitation of this person into the first space.
    pub async fn invites(&self, name: &str) -> Self {
        let space = self.get("/api/start").await.expect(200)["spaces"][0]["id"].clone();
        let new = json!({
            "role": "member", "space_id": space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600
        });
        let made = self.post("/api/invitations", new).await.expect(201);
        let token = made["url"]
            .as_str()
            .and_then(|url| url.rsplit('/').next())
            .expect("a link");
        let email = format!("{}@example.org", name.to_lowercase());
        let accept = json!({
            "name": name, "email": email, "password": "tide over slate", "time_zone": "UTC", "language": "en"
        });
        let stranger = Self {
            token: None,
            ..self.clone()
        };
        let answer = stranger
            .post(&format!("/api/invitations/{token}/accept"), accept)
            .await;
        stranger.signed_in(&answer)
    }

    /// Is signed in by the answer to this.
    pub async fn enters(self, path: &str, body: Value) -> Self {
        let answer = self.post(path, body).await;
        self.signed_in(&answer)
    }

    fn signed_in(self, answer: &Answer) -> Self {
        assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
        let cookie = answer.headers["set-cookie"].to_str().expect("a cookie is text");
        let token = cookie
            .split(['=', ';'])
            .nth(1)
            .expect("a cookie has a value")
            .to_owned();
        Self {
            token: Some(token),
            ..self
        }
    }

    /// The same person at another server of the same workspace.
    pub fn at(&self, address: &str) -> Self {
        Self {
            address: address.to_owned(),
            ..self.clone()
        }
    }

    /// What goes into the header of a socket.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token.as_deref().unwrap_or_default())
    }

    /// Sends a request; Err when the server is not there.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<Answer> {
        let mut request = self.http.request(method, format!("{}{path}", self.address));
        request = match &self.token {
            Some(_) => request.header("authorization", self.bearer()),
            None => request.header("origin", &self.address),
        };
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        self.finish(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None)
            .await
            .expect("the server answers")
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body))
            .await
            .expect("the server answers")
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None)
            .await
            .expect("the server answers")
    }

    /// PUT of bytes as they are.
    pub async fn put_bytes(&self, path: &str, kind: &str, bytes: &[u8]) -> Answer {
        let request = self
            .http
            .put(format!("{}{path}", self.address))
            .header("authorization", self.bearer());
        let request = request.header("content-type", kind).body(bytes.to_vec());
        self.finish(request).await.expect("the server answers")
    }

    /// Sends bytes under headers as they are.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        bytes: &[u8],
    ) -> Answer {
        let request = self
            .http
            .request(method, format!("{}{path}", self.address))
            .header("authorization", self.bearer());
        let request = headers
            .iter()
            .fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = self.finish(request.body(bytes.to_vec())).await;
        answer.expect("the server answers")
    }

    async fn finish(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await?.to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Answer {
            status,
            headers,
            body,
            bytes,
        })
    }

    /// The id of the channel that comes with the first space.
    pub async fn general(&self) -> String {
        let start = self.get("/api/start").await.expect(200);
        start["channels"][0]["id"].as_str().expect("a channel").to_owned()
    }

    /// Posts once.
    pub async fn say(&self, channel: &str, text: &str) -> Answer {
        self.say_as(channel, &new_id(), text)
            .await
            .expect("the server answers")
    }

    async fn say_as(&self, channel: &str, id: &str, text: &str) -> reqwest::Result<Answer> {
        let path = format!("/api/channels/{channel}/messages");
        self.send(Method::POST, &path, Some(json!({ "id": id, "text": text })))
            .await
    }

    /// Posts with the same id until the server has promised to keep it, as the app does.
    pub async fn say_for_sure(&self, channel: &str, text: &str) -> Posted {
        self.say_within(PATIENCE, channel, text).await
    }

    /// The same with another patience.
    pub async fn say_within(&self, patience: Duration, channel: &str, text: &str) -> Posted {
        let id = new_id();
        let seq = until_within(patience, "the message is taken", || async {
            let answer = self.say_as(channel, &id, text).await.ok()?;
            match answer.status {
                200 | 201 => answer.body["seq"].as_i64(),
                503 | 507 => None,
                _ => panic!("{}", answer.body),
            }
        });
        Posted { seq: seq.await, id }
    }

    /// All messages of the stream, oldest first.
    pub async fn history(&self, channel: &str) -> Vec<Posted> {
        let mut found = Vec::new();
        let mut after = 0;
        loop {
            let page = self
                .get(&format!(
                    "/api/channels/{channel}/messages?after={after}&limit=100"
                ))
                .await
                .expect(200);
            for message in page["messages"].as_array().expect("messages") {
                let id = message["id"].as_str().expect("an id").to_owned();
                found.push(Posted {
                    id,
                    seq: message["seq"].as_i64().expect("a place"),
                });
            }
            if page["has_newer"] != true {
                return found;
            }
            after = found.last().expect("there is more than nothing").seq;
        }
    }
}

fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

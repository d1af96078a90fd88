//! Somebody who talks HTTP with a test server.

use http::{HeaderMap, Method};
use serde_json::Value;

/// An HTTP client with one person's token, or none.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    address: String,
    origin: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; null when it is empty or none.
    pub body: Value,
    /// The body as bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The last part of the problem's `type`.
    pub fn problem(&self) -> &str {
        self.body["type"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("/problems/")
    }

    /// Asserts a refusal.
    #[track_caller]
    pub fn refused(&self, status: u16, slug: &str) {
        assert_eq!((self.status, self.problem()), (status, slug), "{}", self.body);
    }
}

impl Client {
    pub(super) fn new(address: &str, origin: &str, token: Option<String>) -> Self {
        // Two tests at once may both try; one of them is first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self {
            http,
            address: address.to_owned(),
            origin: origin.to_owned(),
            token,
        }
    }

    /// The token that goes with each request.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Where the server listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends a request with these headers and bytes as they are. Without a token it sends the server's own origin, as
    /// a page of ours does.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.address))
            .body(body);
        match &self.token {
            Some(token) => request = request.header("authorization", format!("Bearer {token}")),
            None => request = request.header("origin", &self.origin),
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the answer is whole").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer {
            status,
            headers,
            body,
            bytes,
        }
    }

    async fn json(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let bytes = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.send(method, path, &[("content-type", "application/json")], bytes)
            .await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.json(Method::GET, path, None).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, Some(body)).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, Some(body)).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PATCH, path, Some(body)).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.json(Method::DELETE, path, None).await
    }
}

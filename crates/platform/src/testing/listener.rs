//! Somebody at a socket of a test server.

use super::Client;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// Long enough for a loaded machine; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open socket that has said hello.
pub struct Listener {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Listener {
    /// Connects with these cursors and waits until everything after them has come; gives what came.
    pub async fn open(client: &Client, cursors: Value) -> (Self, Vec<Value>) {
        let mut listener = Self::connect(client).await.expect("the socket opens");
        listener
            .send(json!({ "type": "hello", "cursors": cursors }))
            .await;
        let mut before = Vec::new();
        loop {
            let frame = listener.next().await.expect("ready comes");
            if frame["type"] == "ready" {
                return (listener, before);
            }
            before.push(frame);
        }
    }

    /// Connects without saying anything. Err: the status of the refusal.
    pub async fn connect(client: &Client) -> Result<Self, u16> {
        let url = format!("{}/api/socket", client.address().replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("a request");
        if let Some(token) = client.token() {
            let bearer = format!("Bearer {token}").parse().expect("a header");
            request.headers_mut().insert("authorization", bearer);
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self { socket }),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(_) => Err(0),
        }
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Value) {
        self.socket
            .send(Message::text(frame.to_string()))
            .await
            .expect("the frame goes out");
    }

    /// The next frame; None when the server closed.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .expect("a frame in time");
            match message {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).ok(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    }

    /// Waits for the close frame and gives its code; None when the line just broke.
    pub async fn closed(&mut self) -> Option<u16> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .expect("a close in time");
            match message {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                _ => return None,
            }
        }
    }

    /// The next event of this kind; others are passed over.
    pub async fn event(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await.expect("the socket stays open");
            if frame["kind"] == kind {
                return frame;
            }
        }
    }

    /// Waits for one frame of each of these kinds or types, in whatever order, and gives them in the order asked.
    pub async fn all_of<const N: usize>(&mut self, wanted: [&str; N]) -> [Value; N] {
        let mut found: [Option<Value>; N] = std::array::from_fn(|_| None);
        while found.iter().any(Option::is_none) {
            let frame = self.next().await.expect("the socket stays open");
            let place = wanted
                .iter()
                .position(|name| frame["kind"] == *name || frame["type"] == *name);
            if let Some(place) = place.filter(|place| found[*place].is_none()) {
                found[place] = Some(frame);
            }
        }
        found.map(Option::unwrap_or_default)
    }

    /// The next frame of this type; others are passed over.
    pub async fn frame(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await.expect("the socket stays open");
            if frame["type"] == kind {
                return frame;
            }
        }
    }
}

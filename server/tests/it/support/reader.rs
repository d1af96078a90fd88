//! Readers at sockets.

use super::{Person, person::Posted, until};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::watch, task::JoinHandle};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async_with_config,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

/// One connection.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What came.
#[derive(Debug, PartialEq)]
pub enum Came {
    Frame(Value),
    /// The end, with the code of the server if it said one.
    Closed(Option<u16>),
}

impl Socket {
    /// Connects and says hello.
    pub async fn open(person: &Person, cursors: Value) -> Option<Self> {
        let host = person.address.strip_prefix("http://")?;
        let stream = TcpStream::connect(host).await.ok()?;
        Self::over(stream, person, cursors).await
    }

    /// The same over a connection that is there.
    pub async fn over(stream: TcpStream, person: &Person, cursors: Value) -> Option<Self> {
        let url = format!("{}/api/socket", person.address.replacen("http", "ws", 1));
        let mut request = url.into_client_request().ok()?;
        request
            .headers_mut()
            .insert("authorization", person.bearer().parse().ok()?);
        let opened = client_async_with_config(request, MaybeTlsStream::Plain(stream), None).await;
        let mut socket = Self(opened.ok()?.0);
        let hello = json!({ "type": "hello", "cursors": cursors }).to_string();
        socket.0.send(Message::text(hello)).await.ok()?;
        Some(socket)
    }

    /// The next frame, or the end.
    pub async fn next(&mut self) -> Came {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Came::Frame(serde_json::from_str(&text).expect("a frame is JSON"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(frame))) => return Came::Closed(frame.map(|frame| frame.code.into())),
                Some(Err(Error::ConnectionClosed)) | None => return Came::Closed(None),
                Some(Ok(_) | Err(_)) => return Came::Closed(None),
            }
        }
    }

    /// Reads until everything before now has come.
    pub async fn ready(&mut self) -> Option<()> {
        loop {
            match self.next().await {
                Came::Frame(frame) if frame["type"] == "ready" => return Some(()),
                Came::Frame(_) => {}
                Came::Closed(_) => return None,
            }
        }
    }
}

/// Follows one channel, and connects again with its cursor whenever the line breaks, as the app does.
pub struct Reader {
    seen: watch::Receiver<Seen>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default, Clone)]
struct Seen {
    is_ready: bool,
    messages: Vec<Posted>,
    last: i64,
    /// What must never come.
    wrong: Option<String>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Reader {
    /// Begins after this place of the channel's log, and waits until it is connected.
    pub async fn begin(person: &Person, channel: &str, after: i64) -> Self {
        let (tell, seen) = watch::channel(Seen {
            last: after,
            ..Seen::default()
        });
        let task = tokio::spawn(follow(person.clone(), channel.to_owned(), tell));
        let reader = Self { seen, task };
        reader.wait("the reader is connected", |seen| seen.is_ready).await;
        reader
    }

    /// Waits until this place has come; all messages so far, in the order in which they came.
    pub async fn until(&self, seq: i64) -> Vec<Posted> {
        self.wait(&format!("event {seq} comes"), |seen| seen.last >= seq)
            .await
            .messages
    }

    async fn wait(&self, what: &str, is_enough: impl Fn(&Seen) -> bool) -> Seen {
        until(what, || {
            let seen = self.seen.borrow().clone();
            assert_eq!(seen.wrong, None);
            let enough = is_enough(&seen).then_some(seen);
            async move { enough }
        })
        .await
    }
}

async fn follow(person: Person, channel: String, tell: watch::Sender<Seen>) {
    loop {
        let last = tell.borrow().last;
        let opened = until("the socket opens", || {
            Socket::open(&person, json!({ &channel: last }))
        });
        let mut socket = opened.await;
        while let Came::Frame(frame) = socket.next().await {
            tell.send_modify(|seen| seen.take(&channel, &frame));
        }
    }
}

impl Seen {
    /// Applies last + 1 and nothing else.
    fn take(&mut self, channel: &str, frame: &Value) {
        self.is_ready |= frame["type"] == "ready";
        if frame["scope"] != channel {
            return;
        }
        if frame["type"] != "event" {
            self.wrong = Some(frame.to_string());
            return;
        }
        let seq = frame["seq"].as_i64().expect("an event has a number");
        if seq != self.last + 1 {
            self.wrong = Some(format!("event {seq} came after {}", self.last));
            return;
        }
        self.last = seq;
        if frame["kind"] == "message.posted" {
            let id = frame["body"]["message"]["id"]
                .as_str()
                .expect("a message has an id")
                .to_owned();
            self.messages.push(Posted { id, seq });
        }
    }
}

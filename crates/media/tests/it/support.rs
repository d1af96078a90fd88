//! A server with rooms, and a client that is nothing but a socket.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{SinkExt, StreamExt};
use media::proto::{self, signal_response::Message as Said};
use media::{Embedded, Media, Mode, Settings, Ticket};
use prost::Message as _;
use ring::hmac;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub const SECRET: &str = "a secret of tests, 32 bytes or more";

pub fn home(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

pub fn settings(port: u16) -> Settings {
    Settings {
        key: "devkey".into(),
        secret: SECRET.into(),
        mode: Mode::Embedded(Embedded {
            listen: home(port),
            announce: Vec::new(),
            threads: 2,
            most_participants: 3,
            turn: None,
        }),
    }
}

pub struct Server {
    pub media: Media,
    pub address: SocketAddr,
    pub http: reqwest::Client,
}

pub async fn serve() -> Server {
    let media = Media::start(settings(0)).await.unwrap();
    let listener = tokio::net::TcpListener::bind(home(0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = media.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let _ = rustls::crypto::ring::default_provider().install_default();
    Server {
        media,
        address,
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
    }
}

/// Any claims at all, signed as said.
pub fn sign(header: &str, claims: &Value, secret: &str) -> String {
    let text = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!(
        "{text}.{}",
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes()))
    )
}

pub const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

impl Server {
    pub fn ticket(&self, room: &str, identity: &str) -> String {
        let ticket = Ticket {
            identity: identity.into(),
            lifetime: Duration::from_secs(60),
            ..Ticket::default()
        };
        self.media.ticket(room, &ticket)
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        let answer = self
            .http
            .get(format!("http://{}{path}", self.address))
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Comes in as older clients do; the status when the door stays shut.
    pub async fn try_enter(&self, room: &str, identity: &str, more: &str) -> Result<Client, u16> {
        let token = self.ticket(room, identity);
        let url = format!("ws://{}/rtc?access_token={token}{more}", self.address);
        match tokio_tungstenite::connect_async(url).await {
            Ok((socket, _)) => Ok(Client { socket }),
            Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub async fn enter(&self, room: &str, identity: &str) -> (Client, proto::JoinResponse) {
        let mut client = self.try_enter(room, identity, "").await.unwrap();
        let Some(Said::Join(join)) = client.hear().await else {
            panic!("join comes first")
        };
        (client, join)
    }
}

pub struct Client {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    /// None when the socket was closed.
    pub async fn hear(&mut self) -> Option<Said> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(10), self.socket.next());
            match next.await.expect("something is said within ten seconds")? {
                Ok(Message::Binary(bytes)) => {
                    return proto::SignalResponse::decode(&bytes[..]).unwrap().message;
                }
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// Until something of the kind is said; None when the socket was closed before.
    pub async fn hear_until<T>(&mut self, wanted: impl Fn(Said) -> Option<T>) -> Option<T> {
        loop {
            if let Some(found) = wanted(self.hear().await?) {
                return Some(found);
            }
        }
    }

    pub async fn say(&mut self, message: proto::signal_request::Message) {
        assert!(self.try_say(message).await, "the socket is open");
    }

    /// False when the socket was closed.
    pub async fn try_say(&mut self, message: proto::signal_request::Message) -> bool {
        let request = proto::SignalRequest {
            message: Some(message),
        };
        let sent = self.socket.send(Message::Binary(request.encode_to_vec().into()));
        sent.await.is_ok()
    }
}

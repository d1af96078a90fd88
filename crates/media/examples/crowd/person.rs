//! One of the crowd: the client of the tests between a WebSocket and two UDP sockets.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use media::proto;
use prost::Message as _;
use proto::signal_response::Message as Said;
use sfu::Topology;
use sfu::testing::{Abilities, Client, SERVER};
use tokio::net::UdpSocket;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use super::janus;

pub type Clients = Arc<Mutex<Vec<Arc<Mutex<Client>>>>>;

const ABILITIES: Abilities = Abilities {
    reckons: false,
    knows_red: true,
};

/// What the server speaks.
pub enum Tongue {
    /// LiveKit's protocol; all media go to one address.
    LiveKit {
        token: String,
        media: SocketAddr,
    },
    Janus(janus::Talk),
}

/// What follows from one thing that was said.
#[derive(Default)]
pub struct Turn {
    /// For the server's WebSocket.
    pub to_server: Vec<Message>,
    /// For the client, as a server of LiveKit's would say it.
    pub to_client: Vec<Vec<u8>>,
    /// Where media go from now on.
    pub server: Option<SocketAddr>,
}

impl Turn {
    pub fn to_server(text: String) -> Self {
        Turn {
            to_server: vec![Message::Text(text.into())],
            ..Turn::default()
        }
    }

    pub fn to_client<const N: usize>(said: [Said; N]) -> Self {
        let response = |said| proto::SignalResponse { message: Some(said) };
        Turn {
            to_client: said.map(|said| response(said).encode_to_vec()).into(),
            ..Turn::default()
        }
    }
}

impl Tongue {
    fn request(&self, url: &str) -> tokio_tungstenite::tungstenite::handshake::client::Request {
        match self {
            Tongue::LiveKit { token, .. } => {
                format!("{url}/rtc?access_token={token}&protocol=16&auto_subscribe=1&sdk=rust&version=1.0.0")
                    .into_client_request()
                    .expect("an address")
            }
            Tongue::Janus(_) => {
                let mut request = url.into_client_request().expect("an address");
                let protocol = HeaderValue::from_static("janus-protocol");
                request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
                request
            }
        }
    }

    fn open(&mut self) -> Turn {
        match self {
            Tongue::LiveKit { media, .. } => Turn {
                server: Some(*media),
                ..Turn::default()
            },
            Tongue::Janus(talk) => Turn::to_server(talk.open()),
        }
    }

    fn answer_client(&mut self, signal: Vec<u8>) -> Turn {
        match self {
            Tongue::LiveKit { .. } => Turn {
                to_server: vec![Message::Binary(signal.into())],
                ..Turn::default()
            },
            Tongue::Janus(talk) => talk.answer_client(&signal),
        }
    }

    fn answer_server(&mut self, heard: &Message) -> Turn {
        match (self, heard) {
            (Tongue::LiveKit { .. }, Message::Binary(signal)) => Turn {
                to_client: vec![with_virtual_address(signal)],
                ..Turn::default()
            },
            (Tongue::Janus(talk), Message::Text(text)) => talk.answer_server(text),
            _ => Turn::default(),
        }
    }
}

/// One of them, until the program ends.
pub async fn attend(url: String, mut tongue: Tongue, idx: usize, clients: Clients) {
    let (socket, _) = tokio_tungstenite::connect_async(tongue.request(&url))
        .await
        .expect("the server lets it in");
    let (mut say, mut hear) = socket.split();
    let (publishing, receiving) = (own_socket().await, own_socket().await);
    let client = Arc::new(Mutex::new(Client::new(
        idx,
        Topology::Two,
        ABILITIES,
        Instant::now(),
    )));
    let address = client.lock().expect("a client").address();
    clients.lock().expect("the list").push(client.clone());
    let mut server = SocketAddr::from(([127, 0, 0, 1], 9));
    let mut turns = VecDeque::from([tongue.open()]);
    let mut buffer = vec![0; 2_048];
    let mut buffer_too = vec![0; 2_048];
    loop {
        while let Some(turn) = turns.pop_front() {
            server = turn.server.unwrap_or(server);
            for message in turn.to_server {
                say.send(message).await.expect("the server listens");
            }
            for signal in turn.to_client {
                client.lock().expect("a client").signal(Instant::now(), &signal);
            }
        }
        let (said, signals, wakes_at) = {
            let mut client = client.lock().expect("a client");
            let now = Instant::now();
            client.wake(now);
            let mut said = VecDeque::new();
            client.collect(now, &mut said);
            let signals = std::mem::take(&mut client.signals);
            (
                said,
                signals,
                client.wakes_at().unwrap_or(now + Duration::from_secs(1)),
            )
        };
        for (source, bytes) in said {
            let socket = if source.port() == address.port() {
                &publishing
            } else {
                &receiving
            };
            let _ = socket.try_send_to(&bytes, server);
        }
        if !signals.is_empty() {
            turns.extend(signals.into_iter().map(|signal| tongue.answer_client(signal)));
            continue;
        }
        // Others publish and mute through the same lock: nobody sleeps for long.
        let wakes_at = wakes_at.min(Instant::now() + Duration::from_millis(20));
        tokio::select! {
            came = publishing.recv(&mut buffer) => take(&client, (address, server), &publishing, came, &mut buffer),
            came = receiving.recv(&mut buffer_too) => {
                take(&client, (SocketAddr::new(address.ip(), address.port() + 1), server), &receiving, came, &mut buffer_too);
            }
            heard = hear.next() => match heard {
                Some(Ok(heard)) => turns.push_back(tongue.answer_server(&heard)),
                _ => panic!("the server left"),
            },
            () = tokio::time::sleep_until(wakes_at.into()) => {}
        }
    }
}

/// Janus sends by the interface whose address it offers (IP_UNICAST_IF), from which nothing reaches 127.0.0.1; unbound, a socket
/// has at each server the address under which it reaches it.
async fn own_socket() -> UdpSocket {
    UdpSocket::bind("0.0.0.0:0").await.expect("a port")
}

/// Takes what came, and whatever came along.
fn take(
    client: &Mutex<Client>,
    (to, server): (SocketAddr, SocketAddr),
    socket: &UdpSocket,
    came: std::io::Result<usize>,
    buffer: &mut [u8],
) {
    let mut client = client.lock().expect("a client");
    let mut came = came;
    while let Ok(n_bytes) = came {
        let now = Instant::now();
        client.receive(now, to, &buffer[..n_bytes]);
        let mut said = VecDeque::new();
        client.collect(now, &mut said);
        // Answers to it; they all go out of the same connection.
        for (_, bytes) in said {
            let _ = socket.try_send_to(&bytes, server);
        }
        came = socket.try_recv(buffer);
    }
}

/// The client of the tests knows one address of a server, and only what stands in an SDP.
fn with_virtual_address(signal: &[u8]) -> Vec<u8> {
    let mut response = proto::SignalResponse::decode(signal).expect("a signal");
    if let Some(Said::Offer(description) | Said::Answer(description)) = &mut response.message {
        description.sdp = translate(&description.sdp);
    }
    response.encode_to_vec()
}

/// The SDP with the one address of a server that the client of the tests knows.
pub fn translate(sdp: &str) -> String {
    let (ip, port) = SERVER.split_once(':').expect("an address with a port");
    let mut out = String::new();
    for line in sdp
        .lines()
        .filter(|line| !line.starts_with("a=candidate") && *line != "a=end-of-candidates")
    {
        out.push_str(line);
        out.push_str("\r\n");
        if line.starts_with("a=mid:") {
            out.push_str(&format!(
                "a=candidate:1 1 udp 2130706431 {ip} {port} typ host\r\n"
            ));
        }
    }
    out
}

//! A small server with rooms and nothing else, for the end-to-end tests of media and for trying out clients.
//!
//! Prints where it listens as one line of JSON. `GET /ticket?room=…&identity=…` gives a ticket to whoever asks, and
//! `POST /do` does what the product would: it is no server for anything but tests. It ends when its input ends.
//!
//! `rooms [PORT] [MEDIA_PORT] [MEDIA_ADDRESS]`; without numbers, or with 0, the system chooses; media are at home on
//! 127.0.0.1 unless an address says otherwise. With LIVEKIT_URL in its environment a LiveKit server with the same key runs the
//! rooms, so that what is asked of ours can be asked of that one too.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use media::{Embedded, Grants, Media, Mode, OpenRoom, Settings, Ticket};
use serde::Deserialize;
use serde_json::{Value, json};

/// That of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let mut args = std::env::args().skip(1);
    let mut port = || args.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    let (http_port, media_port) = (port(), port());
    let media_address = args.next().and_then(|text| text.parse().ok());
    let media_address = media_address.unwrap_or(IpAddr::from(Ipv4Addr::LOCALHOST));
    let settings = Settings {
        key: "devkey".into(),
        secret: "a secret of tests, 32 bytes or more".into(),
        mode: match std::env::var("LIVEKIT_URL") {
            Ok(url) => Mode::LiveKit { url },
            Err(_) => Mode::Embedded(Embedded {
                listen: SocketAddr::new(media_address, media_port),
                announce: Vec::new(),
                threads: 1,
                most_participants: 500,
                turn: None,
            }),
        },
    };
    let media = Media::start(settings).await.expect("media start");
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, http_port))
        .await
        .expect("a port");
    println!(
        "{}",
        json!({
            "port": listener.local_addr().expect("an address").port(),
            "media_port": media.port(),
            "url": media.client_url(),
        })
    );
    let router = axum::Router::new()
        .route("/ticket", get(ticket))
        .route("/do", post(act))
        .with_state(media.clone())
        .merge(media.router());
    tokio::select! {
        served = axum::serve(listener, router) => served.expect("a server"),
        _ = tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())) => {}
    }
    media.stop().await;
}

async fn ticket(State(media): State<Media>, Query(asked): Query<HashMap<String, String>>) -> String {
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let ticket = Ticket {
        identity: text("identity"),
        name: text("identity"),
        lifetime: Duration::from_secs(600),
        ..Ticket::default()
    };
    media.ticket(&text("room"), &ticket)
}

#[derive(Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case")]
enum Act {
    Open {
        room: String,
        most_participants: usize,
    },
    Close {
        room: String,
    },
    Remove {
        room: String,
        identity: String,
    },
    Mute {
        room: String,
        identity: String,
        sid: String,
    },
    Silence {
        room: String,
        identity: String,
    },
    Send {
        room: String,
        topic: String,
        text: String,
        to: Vec<String>,
    },
    Describe {
        room: String,
        metadata: String,
    },
    People {
        room: String,
    },
    Stop,
}

async fn act(State(media): State<Media>, Json(act): Json<Act>) -> Response {
    let done = match act {
        Act::Open {
            room,
            most_participants,
        } => {
            let options = OpenRoom {
                most_participants: Some(most_participants),
                ..OpenRoom::default()
            };
            media.open(&room, options).await
        }
        Act::Close { room } => media.close(&room).await,
        Act::Remove { room, identity } => media.remove(&room, &identity).await,
        Act::Mute { room, identity, sid } => media.mute(&room, &identity, &sid, true).await,
        Act::Silence { room, identity } => {
            let grants = Grants {
                can_publish: false,
                ..Grants::default()
            };
            media.set_grants(&room, &identity, grants).await
        }
        Act::Send {
            room,
            topic,
            text,
            to,
        } => media.send(&room, &topic, text.into_bytes(), &to).await,
        Act::Describe { room, metadata } => media.set_metadata(&room, &metadata).await,
        Act::People { room } => {
            let people = media.people(&room).await.unwrap_or_default();
            let people: Vec<Value> = people
                .iter()
                .map(|info| json!({ "identity": info.identity, "sid": info.sid }))
                .collect();
            return Json(people).into_response();
        }
        Act::Stop => {
            media.stop().await;
            Ok(())
        }
    };
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::CONFLICT, error.to_string()).into_response(),
    }
}

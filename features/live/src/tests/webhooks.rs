//! Other servers hear what happens in rooms: a receiver that takes everything, and one that is dead.

use super::*;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use media::{Media, MediaEvent, Mode, Settings};
use platform::config::LiveKitConfig;
use tokio::sync::mpsc;

/// One webhook, as it came in.
type Hook = (HeaderMap, axum::body::Bytes);

/// A server that hears of rooms, and how often it says that it is busy before it takes something.
struct Receiver {
    port: u16,
    hooks: mpsc::Receiver<Hook>,
}

impl Receiver {
    async fn open(n_busy: usize) -> Self {
        let (sender, hooks) = mpsc::channel(64);
        let busy = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(n_busy));
        let take = move |State(()): State<()>, headers: HeaderMap, body: axum::body::Bytes| async move {
            use std::sync::atomic::Ordering::SeqCst;
            if busy.fetch_update(SeqCst, SeqCst, |n| n.checked_sub(1)).is_ok() {
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            let _ = sender.send((headers, body)).await;
            StatusCode::OK
        };
        let router = Router::new().route("/hook", post(take)).with_state(());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { port, hooks }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    async fn next(&mut self) -> Hook {
        let next = tokio::time::timeout(Duration::from_secs(20), self.hooks.recv());
        next.await
            .expect("something comes")
            .expect("the receiver is there")
    }
}

/// The half of the media that reads webhooks; nothing is asked of a server.
async fn cluster(key: &str, secret: &str) -> Media {
    let settings = Settings {
        key: key.to_owned(),
        secret: secret.to_owned(),
        mode: Mode::LiveKit {
            url: "wss://livekit.example.org".to_owned(),
        },
    };
    Media::start(settings).await.expect("it is no server")
}

/// One request, by hand.
async fn send(url: &str, headers: &[(&str, &str)], body: String) -> u16 {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (host, path) = url.trim_start_matches("http://").split_once('/').expect("a path");
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(host).await.expect("the door");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status")
}

fn n_of(live: &Live, name: &str) -> u64 {
    let text = live.house.server.app.metrics.encode();
    let of = format!("antiphon_{name}_total ");
    let n = text.lines().find_map(|line| line.strip_prefix(&of));
    n.and_then(|n| n.parse().ok()).unwrap_or_default()
}

/// A house whose rooms are told of to a receiver, to a server that is not there, and to an inner address that nobody allowed.
struct Told {
    live: Live,
    receiver: Receiver,
}

impl Begin for Told {
    async fn begin(store: Store) -> Option<Self> {
        // The first attempt fails: it comes all the same, and in order.
        let receiver = Receiver::open(1).await;
        let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let dead = gone.local_addr().expect("an address").port();
        drop(gone);
        let (port, url) = (receiver.port, receiver.url());
        let live = Live::begin_with(store, move |config| {
            config.outbound.allowed = vec![format!("127.0.0.1:{port}"), format!("127.0.0.1:{dead}")];
            let dead = format!("http://127.0.0.1:{dead}/");
            config.live.webhooks = vec![dead, "http://127.0.0.1:9/".to_owned(), url];
        });
        Some(Self {
            live: live.await?,
            receiver,
        })
    }
}

/// A house whose sessions a LiveKit server runs.
struct Clustered(Live);

const CLUSTER_SECRET: &str = "a secret of tests, 32 bytes or more";

impl Begin for Clustered {
    async fn begin(store: Store) -> Option<Self> {
        let live = Live::begin_with(store, |config| {
            config.live.livekit = Some(LiveKitConfig {
                url: "ws://127.0.0.1:9".to_owned(),
                key: "theirs".to_owned(),
                secret: CLUSTER_SECRET.to_owned(),
            });
            config.live.webhooks = vec!["http://127.0.0.1:9/".to_owned()];
        });
        Some(Self(live.await?))
    }
}

impl Clustered {
    /// What the server tells, with this secret; the status that it gets.
    async fn tell(&self, secret: &str, event: &Value) -> u16 {
        let body = event.to_string();
        let signed = cluster("theirs", secret).await.sign_webhook(body.as_bytes());
        let url = format!("{}/livekit/webhooks", self.0.door.replace("ws://", "http://"));
        let headers = [
            ("authorization", signed.as_str()),
            ("content-type", "application/webhook+json"),
        ];
        send(&url, &headers, body).await
    }
}

both_stores! {
    async fn what_happens_in_a_room_is_told_to_other_servers(told: Told) {
        let Told { live, mut receiver } = told;
    let ada = live.house.member("Ada").await;
    let session = live.go_live(&ada, json!({})).await;
    let (mut listener, _) = Listener::open(&ada, json!({})).await;
    let socket = live.come_in(&live.enter(&ada, &session, "laptop").await).await;
    until(&mut listener, |session| session["n_in"] == 1).await;
    leave(socket).await;
    until(&mut listener, |session| session["n_in"] == 0).await;
    ada.post(&live.one(&session, "/end"), json!({ "outcome": "none" })).await.expect(200);

    let (key, secret) = crate::key(&live.house.server.app.config).expect("a key");
    let reader = cluster(key, &secret).await;
    let mut sid = String::new();
    for expected in ["room_started", "participant_connection_aborted", "room_finished"] {
        let (headers, body) = receiver.next().await;
        assert_eq!(headers["content-type"], "application/webhook+json");
        let told: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!((&told["event"], &told["room"]["name"]), (&json!(expected), &session["id"]));
        assert!(told["id"].as_str().is_some_and(|id| id.starts_with("EV_")) && told["createdAt"].is_string());
        let read = reader.webhook(&headers, &body).expect("it is signed").expect("it is of use");
        let identity = format!("{}:laptop", ada.id);
        match read {
            MediaEvent::RoomStarted { room, sid: of } => {
                assert_eq!(room, id_of(&session));
                sid = of;
            }
            MediaEvent::Left { identity: who, .. } => assert_eq!(who, identity),
            MediaEvent::RoomFinished { sid: of, .. } => assert_eq!(of, sid),
            other => panic!("{other:?}"),
        }
        // Of another body it says nothing.
        assert!(reader.webhook(&headers, b"{}").is_err());
    }
    // It counts when it has heard the answer.
    while n_of(&live, "live_webhooks_sent") < 3 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(n_of(&live, "live_webhooks_failed") >= 2, "the busy one and the dead one are counted");
    }

    async fn what_a_livekit_server_tells_is_written_down(clustered: Clustered) {
        let live = &clustered.0;
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let tell = |event: &str| json!({
            "event": event, "id": "EV_1", "createdAt": "1",
            "room": { "name": id_of(&session), "sid": "RM_1" },
            "participant": { "identity": format!("{}:laptop", ada.id), "sid": "PA_1" },
        });
        let came = tell("participant_joined");
        assert_eq!(clustered.tell("another secret, also of 32 bytes or more", &came).await, 401);
        assert_eq!(clustered.tell(CLUSTER_SECRET, &json!([])).await, 400);
        assert_eq!(clustered.tell(CLUSTER_SECRET, &came).await, 200);
        until(&mut listener, |session| session["n_in"] == 1).await;
        assert_eq!(clustered.tell(CLUSTER_SECRET, &tell("participant_left")).await, 200);
        until(&mut listener, |session| session["n_in"] == 0).await;
    }
}

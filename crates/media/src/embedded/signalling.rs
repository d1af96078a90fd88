//! The doors: a client comes in with its token and speaks over a WebSocket from then on.
//!
//! The seat is taken before the socket is opened, so that a refusal is an answer of HTTP with its reason. The task of a
//! socket never holds up a room: it empties its outbox, and one that stands still loses the socket.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Timestamp;
use bytes::Bytes;
use prost::Message as _;
use sfu::proto::{self, signal_response::Message as Said};
use sfu::{BadEntry, Entry, Join, MemberId, Refusal, Room};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, timeout};

use super::Running;
use super::host::{OUTBOX, Outbox};
use super::routes::Home;
use crate::token::{BadToken, Claims, LONGEST, Ticket, wall};
use crate::{MediaError, OpenRoom};

type Pairs = Vec<(String, String)>;

/// The largest frame of a client: the largest signal that a room reads, and a little.
const MOST_FRAME_BYTES: usize = 512 * 1024 + 1_024;

/// What is read from a socket at once, and gathered before it is written. The default of 128 KiB would be a quarter of what a
/// participant takes.
const READ_BUFFER_BYTES: usize = 4 * 1_024;
const WRITE_BUFFER_BYTES: usize = 8 * 1_024;

/// A client asks for a sign of life every 5 s; one that is silent for so long is gone, whatever TCP believes.
const SILENCE: Duration = Duration::from_secs(30);

/// How long one frame may take to leave.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);

/// Well before a ticket is over.
const REFRESH: Duration = Duration::from_secs(300);

/// A room that ends in the moment in which somebody comes is opened anew; twice is chance, more is not.
const MOST_TRIES: usize = 3;

pub(super) fn router(running: Arc<Running>) -> axum::Router {
    axum::Router::new()
        .route("/rtc", get(enter_two))
        .route("/rtc/v1", get(enter_one))
        .route("/rtc/validate", get(validate))
        .route("/rtc/v1/validate", get(validate))
        .with_state(running)
}

async fn enter_one(
    State(running): State<Arc<Running>>,
    Query(pairs): Query<Pairs>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let text = find(&pairs, "join_request").unwrap_or_default();
    enter(running, &pairs, &headers, Entry::from_join_request(text), upgrade).await
}

async fn enter_two(
    State(running): State<Arc<Running>>,
    Query(pairs): Query<Pairs>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let entry = match find(&pairs, "join_request") {
        Some(text) => Entry::from_join_request(text),
        None => {
            let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            Ok(Entry::from_query(pairs))
        }
    };
    enter(running, &pairs, &headers, entry, upgrade).await
}

/// Browsers do not learn why a WebSocket was refused; their client asks here, from whatever page it is on.
async fn validate(
    State(running): State<Arc<Running>>,
    Query(pairs): Query<Pairs>,
    headers: HeaderMap,
) -> Response {
    let answer = match admit(&running, &pairs, &headers) {
        Ok(claims) if running.registry.is_full(&claims.video.room) => {
            Refused::Seat(Refusal::Full).into_response()
        }
        Ok(_) => "success".into_response(),
        Err(refused) => Refused::Token(refused).into_response(),
    };
    ([(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")], answer).into_response()
}

/// Why somebody does not come in; the text goes to their client.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error(transparent)]
    Token(#[from] BadToken),
    #[error(transparent)]
    Entry(#[from] BadEntry),
    #[error(transparent)]
    Seat(#[from] Refusal),
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error("a WebSocket is needed here")]
    NoSocket,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match &self {
            Refused::Token(BadToken::Grant) | Refused::Seat(Refusal::Full) => StatusCode::FORBIDDEN,
            Refused::Token(_) => StatusCode::UNAUTHORIZED,
            Refused::Media(MediaError::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
            Refused::NoSocket => StatusCode::UPGRADE_REQUIRED,
            Refused::Entry(_) | Refused::Seat(_) | Refused::Media(_) => StatusCode::BAD_REQUEST,
        };
        (status, self.to_string()).into_response()
    }
}

async fn enter(
    running: Arc<Running>,
    pairs: &Pairs,
    headers: &HeaderMap,
    entry: Result<Entry, BadEntry>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let seated = async {
        let claims = admit(&running, pairs, headers)?;
        let upgrade = upgrade.map_err(|_| Refused::NoSocket)?;
        let seat = running.seat(&claims, entry?).await;
        Ok::<_, Refused>((upgrade, seat))
    };
    let (upgrade, seat) = match seated.await {
        Ok((upgrade, Ok(seat))) => (upgrade, Some(seat)),
        // Its first signal says so: the client comes in anew at once.
        Ok((upgrade, Err(Refused::Seat(Refusal::Unknown)))) => (upgrade, None),
        Ok((_, Err(refused))) | Err(refused) => return refused.into_response(),
    };
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_message_size(MOST_FRAME_BYTES)
        .max_frame_size(MOST_FRAME_BYTES)
        .on_upgrade(async move |socket| match seat {
            Some(seat) => converse(socket, running, seat).await,
            None => turn_away(socket).await,
        })
}

/// Who it is, and whether they may come into the room of their token.
fn admit(running: &Running, pairs: &Pairs, headers: &HeaderMap) -> Result<Claims, BadToken> {
    let claims = running.read_token(find(pairs, "access_token"), headers)?;
    let asked_for = find(pairs, "room").unwrap_or(&claims.video.room);
    let may_join = claims.video.room_join && !claims.video.room.is_empty() && asked_for == claims.video.room;
    if !may_join
        || running
            .registry
            .is_revoked(&claims.video.room, &claims.sub, issued_at(&claims))
    {
        return Err(BadToken::Grant);
    }
    Ok(claims)
}

/// Tokens that were not made here say it in seconds only.
fn issued_at(claims: &Claims) -> Timestamp {
    match claims.issued_at_us {
        0 => Timestamp(claims.nbf.saturating_mul(1_000_000)),
        made => Timestamp(made),
    }
}

fn find<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

/// A place in a room, and the signals for whoever sits there.
struct Seat {
    home: Home,
    member: MemberId,
    socket: u64,
    signals: mpsc::Receiver<Bytes>,
    identity: String,
    room: String,
}

impl Running {
    pub(super) fn read_token(
        &self,
        parameter: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Claims, BadToken> {
        let header = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let bearer = header.and_then(|value| value.strip_prefix("Bearer "));
        let token = bearer.or(parameter).ok_or(BadToken::Missing)?;
        self.tokens.verify(token, wall())
    }

    async fn seat(&self, claims: &Claims, entry: Entry) -> Result<Seat, Refused> {
        if self.registry.is_stopping.load(Relaxed) {
            return Err(MediaError::Unavailable.into());
        }
        let room = &claims.video.room;
        for _ in 0..MOST_TRIES {
            let home = match (self.registry.find(room), &entry.resumes) {
                (Some(home), _) => home,
                (None, Some(_)) => return Err(Refusal::Unknown.into()),
                (None, None) => self.registry.open(room, &OpenRoom::default()).await?,
            };
            let join = Join {
                identity: claims.sub.clone(),
                name: claims.name.clone(),
                metadata: claims.metadata.clone(),
                attributes: claims.attributes.clone(),
                grants: claims.video.to_grants(),
                entry: entry.clone(),
            };
            if let Some(seat) = self.take_seat(home, room, join).await? {
                return Ok(seat);
            }
        }
        Err(MediaError::Unavailable.into())
    }

    /// None when the room ended meanwhile.
    async fn take_seat(&self, home: Home, room: &str, join: Join) -> Result<Option<Seat>, Refused> {
        let (sender, signals) = mpsc::channel(OUTBOX);
        let socket = self.registry.next_socket();
        let outbox = Outbox {
            socket,
            signals: sender,
        };
        let identity = join.identity.clone();
        let joined = self
            .registry
            .within(home, move |host, now| host.join(now, join, outbox))
            .await?;
        let Some(joined) = joined.flatten() else {
            return Ok(None);
        };
        Ok(Some(Seat {
            home,
            member: joined?,
            socket,
            signals,
            identity,
            room: room.to_owned(),
        }))
    }
}

/// Until one side has enough. The room notices by itself that nobody empties the outbox any more.
async fn converse(mut socket: WebSocket, running: Arc<Running>, mut seat: Seat) {
    let mut silent_at = Instant::now() + SILENCE;
    let mut refresh = interval_at(Instant::now() + REFRESH, REFRESH);
    let mut is_first = true;
    loop {
        tokio::select! {
            said = seat.signals.recv() => {
                let Some(mut said) = said else {
                    let _ = timeout(SEND_TIMEOUT, socket.send(Message::Close(None))).await;
                    return;
                };
                if std::mem::take(&mut is_first) {
                    said = running.with_relays(said, &seat.identity);
                }
                let sent = timeout(SEND_TIMEOUT, socket.send(Message::Binary(said))).await;
                if !matches!(sent, Ok(Ok(()))) { return; }
            }
            heard = socket.recv() => {
                silent_at = Instant::now() + SILENCE;
                match heard {
                    Some(Ok(Message::Binary(signal))) => if !running.hear(&seat, signal).await { return },
                    // Signals as JSON are not spoken here; pings are answered by the library.
                    Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                }
            }
            _ = refresh.tick() => {
                let Some(fresh) = running.refreshed(&seat).await else { return };
                let sent = timeout(SEND_TIMEOUT, socket.send(Message::Binary(fresh))).await;
                if !matches!(sent, Ok(Ok(()))) { return; }
            }
            () = tokio::time::sleep_until(silent_at) => return,
        }
    }
}

async fn turn_away(mut socket: WebSocket) {
    let farewell = Message::Binary(Room::farewell().into());
    let _ = timeout(SEND_TIMEOUT, socket.send(farewell)).await;
    let _ = timeout(SEND_TIMEOUT, socket.send(Message::Close(None))).await;
}

impl Running {
    /// False when the room cannot be reached.
    async fn hear(&self, seat: &Seat, signal: Bytes) -> bool {
        let (member, socket) = (seat.member, seat.socket);
        let work =
            Box::new(move |host: &mut super::host::Host, now| host.signal(now, member, socket, &signal));
        let order = super::thread::Order::Do(seat.home.room, work);
        self.registry.order(seat.home.thread, order).await.is_ok()
    }

    /// A ticket for whoever is in, as they are now: what they may do may have changed since they came.
    async fn refreshed(&self, seat: &Seat) -> Option<Bytes> {
        let member = seat.member;
        let found = self
            .registry
            .within(seat.home, move |host, _| host.participant(member))
            .await;
        let info = found.ok()???;
        let ticket = Ticket {
            identity: info.identity,
            name: info.name,
            metadata: info.metadata,
            attributes: info.attributes,
            grants: info.permission.as_ref().map(Into::into).unwrap_or_default(),
            lifetime: LONGEST,
        };
        let token = self.tokens.ticket(&seat.room, &ticket, wall());
        Some(encode(Said::RefreshToken(token)))
    }

    /// The first signal tells of the relays, with a password that is this client's own and soon over.
    fn with_relays(&self, first: Bytes, identity: &str) -> Bytes {
        let Some(turn) = &self.registry.settings().turn else {
            return first;
        };
        let servers = vec![super::relay::server(turn, identity, wall())];
        let message = proto::SignalResponse::decode(&first[..])
            .ok()
            .and_then(|response| response.message);
        match message {
            Some(Said::Join(join)) => encode(Said::Join(proto::JoinResponse {
                ice_servers: servers,
                ..join
            })),
            Some(Said::Reconnect(reconnect)) => encode(Said::Reconnect(proto::ReconnectResponse {
                ice_servers: servers,
                ..reconnect
            })),
            _ => first,
        }
    }
}

fn encode(message: Said) -> Bytes {
    let message = Some(message);
    proto::SignalResponse { message }.encode_to_vec().into()
}

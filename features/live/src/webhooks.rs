//! Other servers hear what happens in rooms, as LiveKit's server tells it: `live.webhooks`. And a LiveKit server that runs
//! the sessions tells it us: [`door`].
//!
//! Invariants: of one room a receiver gets everything in order, one at a time; what it does not take is tried again until
//! it is [`OLD`]; a receiver that is slow or dead holds up neither a room nor another receiver, costs bounded memory, is
//! counted, and is written in the log once. It goes through `outbound`, with its guard.
//!
//! What waits is kept in memory: a process that dies takes it along, as LiveKit's does.

use crate::rooms::Rooms;
use axum::{Router, extract::State, routing::post};
use bytes::Bytes;
use futures_util::{StreamExt, stream::FuturesUnordered};
use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use media::{BadWebhook, Media, proto::WebhookEvent};
use platform::{
    app::App,
    outbound::{Ask, Refusal, header},
    telemetry::Counter,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::sync::{
    broadcast::{Receiver, error::RecvError},
    watch,
};

/// What a LiveKit server is told as the address of its webhooks.
const DOOR: &str = "/livekit/webhooks";
/// Rooms of which something is under way to one receiver at once.
const AT_ONCE: usize = 16;
/// What may wait for one receiver, of one room and of all; what comes then is dropped, and the next one says how many.
const WAITING_OF_ROOM: usize = 500;
const WAITING: usize = 5_000;
/// What is older is of no use to whoever reads it as news.
const OLD: Duration = Duration::from_secs(300);
/// Before the second attempt; doubled after each.
const PAUSE: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(30);
/// How long what waits may still go out when the server ends.
const LAST_WORDS: Duration = Duration::from_secs(3);
/// Of an answer only its status says something.
const ANSWER_MAX_BYTES: usize = 1024;
const KIND: HeaderValue = HeaderValue::from_static("application/webhook+json");

/// Begins to tell the other servers; `ended` says that no room is left.
pub(crate) fn keep(app: &App, media: &Media, ended: &watch::Receiver<bool>) {
    let urls = &app.config.live.webhooks;
    if urls.is_empty() {
        return;
    }
    let counts = Counts::new(app);
    for url in urls {
        let Some(events) = media.webhooks() else {
            tracing::warn!(
                "live.webhooks is not used: the LiveKit server that runs the sessions sends its own"
            );
            return;
        };
        if let Err(refusal) = app.outbound.check(url) {
            tracing::error!(reason = %refusal, "an address of live.webhooks is not told of anything; outbound.allowed names exceptions");
            continue;
        }
        let line = Line {
            app: app.clone(),
            media: media.clone(),
            url: url.clone(),
            counts: counts.clone(),
            is_failing: AtomicBool::new(false),
        };
        app.shutdown
            .spawn("tell another server of rooms", run(line, events, ended.clone()));
    }
}

#[derive(Clone)]
struct Counts {
    sent: Counter,
    failed: Counter,
    dropped: Counter,
}

impl Counts {
    fn new(app: &App) -> Self {
        let counter = |name: &str, help: &str| app.metrics.counter(name, help);
        Self {
            sent: counter("live_webhooks_sent", "Webhooks of rooms that were taken"),
            failed: counter(
                "live_webhooks_failed",
                "Attempts to send a webhook of rooms that failed",
            ),
            dropped: counter("live_webhooks_dropped", "Webhooks of rooms that were given up"),
        }
    }
}

/// The way to one receiver.
struct Line {
    app: App,
    media: Media,
    url: String,
    counts: Counts,
    is_failing: AtomicBool,
}

/// What waits for one receiver. A room is in `ready` or in `busy`, as long as something of it waits.
#[derive(Default)]
struct Desk {
    rooms: HashMap<String, VecDeque<Waiting>>,
    ready: VecDeque<String>,
    busy: HashSet<String>,
    n_waiting: usize,
    n_dropped: i32,
}

struct Waiting {
    event: Arc<WebhookEvent>,
    since: Instant,
    /// How many were dropped since the one before it.
    n_dropped: i32,
}

impl Desk {
    /// False: it is full, and this one is dropped.
    fn take(&mut self, event: Arc<WebhookEvent>) -> bool {
        let room = event
            .room
            .as_ref()
            .map(|room| room.name.clone())
            .unwrap_or_default();
        let n_of_room = self.rooms.get(&room).map_or(0, VecDeque::len);
        if n_of_room >= WAITING_OF_ROOM || self.n_waiting >= WAITING {
            self.n_dropped = self.n_dropped.saturating_add(1);
            return false;
        }
        if n_of_room == 0 && !self.busy.contains(&room) {
            self.ready.push_back(room.clone());
        }
        self.n_waiting += 1;
        self.rooms.entry(room).or_default().push_back(Waiting {
            event,
            since: Instant::now(),
            n_dropped: std::mem::take(&mut self.n_dropped),
        });
        true
    }

    /// The next one whose room has nothing under way.
    fn next(&mut self) -> Option<(String, Waiting)> {
        if self.busy.len() >= AT_ONCE {
            return None;
        }
        let room = self.ready.pop_front()?;
        let waiting = self.rooms.get_mut(&room)?.pop_front()?;
        self.n_waiting -= 1;
        self.busy.insert(room.clone());
        Some((room, waiting))
    }

    fn done(&mut self, room: String) {
        self.busy.remove(&room);
        match self.rooms.get(&room) {
            Some(waiting) if !waiting.is_empty() => self.ready.push_back(room),
            _ => drop(self.rooms.remove(&room)),
        }
    }
}

async fn run(line: Line, mut events: Receiver<Arc<WebhookEvent>>, mut ended: watch::Receiver<bool>) {
    let (mut desk, mut under_way) = (Desk::default(), FuturesUnordered::new());
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => line.take(&mut desk, event),
                Err(RecvError::Lagged(n)) => line.missed(&mut desk, n),
                Err(RecvError::Closed) => break,
            },
            Some(room) = under_way.next() => desk.done(room),
            _ = ended.changed() => break,
        }
        while let Some((room, waiting)) = desk.next() {
            under_way.push(line.tell(room, waiting));
        }
    }
    while let Ok(event) = events.try_recv() {
        line.take(&mut desk, event);
    }
    let rest = async {
        loop {
            while let Some((room, waiting)) = desk.next() {
                under_way.push(line.tell(room, waiting));
            }
            match under_way.next().await {
                Some(room) => desk.done(room),
                None => return,
            }
        }
    };
    if tokio::time::timeout(LAST_WORDS, rest).await.is_err() {
        tracing::warn!("webhooks of rooms were still waiting when the server ended, and are lost");
    }
}

/// What comes of one attempt.
enum Outcome {
    Taken,
    /// It may be taken later.
    NotNow(String),
    Never(String),
}

impl Line {
    fn take(&self, desk: &mut Desk, event: Arc<WebhookEvent>) {
        if !desk.take(event) {
            self.counts.dropped.inc();
        }
    }

    fn missed(&self, desk: &mut Desk, n: u64) {
        self.counts.dropped.inc_by(n);
        desk.n_dropped = desk
            .n_dropped
            .saturating_add(i32::try_from(n).unwrap_or(i32::MAX));
    }

    /// Until it is taken, refused or old; says whose turn is over.
    async fn tell(&self, room: String, waiting: Waiting) -> String {
        let body = match body(&waiting) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "a webhook of a room cannot be written down");
                self.counts.dropped.inc();
                return room;
            }
        };
        let mut pause = PAUSE;
        while waiting.since.elapsed() < OLD {
            match self.attempt(&body).await {
                Outcome::Taken => {
                    self.arrived();
                    return room;
                }
                Outcome::Never(why) => {
                    self.failed(&why);
                    break;
                }
                Outcome::NotNow(why) => self.failed(&why),
            }
            tokio::time::sleep(pause).await;
            pause = PAUSE_MAX.min(pause * 2);
        }
        self.counts.dropped.inc();
        room
    }

    async fn attempt(&self, body: &Bytes) -> Outcome {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, KIND);
        header(
            &mut headers,
            AUTHORIZATION.as_str(),
            &self.media.sign_webhook(body),
        );
        let ask = Ask {
            max_bytes: ANSWER_MAX_BYTES,
            cut: true,
            ..Ask::post(&self.url, headers, body.clone())
        };
        match self.app.outbound.ask(ask).await {
            Ok(reply) if reply.status.is_success() => Outcome::Taken,
            Ok(reply) => answered(reply.status),
            Err(refusal @ (Refusal::Address | Refusal::Private)) => Outcome::Never(refusal.to_string()),
            Err(refusal) => Outcome::NotNow(refusal.to_string()),
        }
    }

    /// Without the address: there may be a secret in it.
    fn failed(&self, why: &str) {
        self.counts.failed.inc();
        if !self.is_failing.swap(true, Relaxed) {
            tracing::warn!(
                reason = why,
                "webhooks of rooms do not arrive at an address of live.webhooks"
            );
        }
    }

    fn arrived(&self) {
        self.counts.sent.inc();
        if self.is_failing.swap(false, Relaxed) {
            tracing::info!("webhooks of rooms arrive again at an address of live.webhooks");
        }
    }
}

/// Who says that a request is wrong will say it again.
fn answered(status: StatusCode) -> Outcome {
    let why = format!("it answered {}", status.as_u16());
    let is_passing = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
    );
    if status.is_server_error() || is_passing {
        Outcome::NotNow(why)
    } else {
        Outcome::Never(why)
    }
}

#[expect(
    deprecated,
    reason = "receivers that know the field learn from it that they missed some"
)]
fn body(waiting: &Waiting) -> serde_json::Result<Bytes> {
    let event = WebhookEvent {
        num_dropped: waiting.n_dropped,
        ..(*waiting.event).clone()
    };
    serde_json::to_vec(&event).map(Bytes::from)
}

/// Where a LiveKit server that runs the sessions tells what happens; it goes around `/api`, because it signs in its own way.
pub(crate) fn door(app: &App, media: &Media) -> Router {
    if media.client_url().is_none() {
        return Router::new();
    }
    Router::new().route(DOOR, post(hear)).with_state(app.clone())
}

/// Whoever listens to the media hears of it; see [`crate::rooms`].
async fn hear(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(media) = Rooms::find(&app).and_then(Rooms::media) else {
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    match media.webhook(&headers, &body) {
        Ok(_) => StatusCode::OK,
        Err(BadWebhook::Signature) => StatusCode::UNAUTHORIZED,
        Err(BadWebhook::Malformed) => StatusCode::BAD_REQUEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use media::proto;

    fn event(room: &str, id: &str) -> Arc<WebhookEvent> {
        Arc::new(WebhookEvent {
            id: id.to_owned(),
            room: Some(proto::Room {
                name: room.to_owned(),
                ..Default::default()
            }),
            ..Default::default()
        })
    }

    fn next(desk: &mut Desk) -> Option<(String, String)> {
        desk.next()
            .map(|(room, waiting)| (room, waiting.event.id.clone()))
    }

    #[test]
    fn a_room_has_one_under_way_and_the_others_go_on() {
        let mut desk = Desk::default();
        for (room, id) in [("hall", "1"), ("hall", "2"), ("yard", "3")] {
            assert!(desk.take(event(room, id)));
        }
        let known = |room: &str, id: &str| Some((room.to_owned(), id.to_owned()));
        assert_eq!(next(&mut desk), known("hall", "1"));
        assert_eq!(next(&mut desk), known("yard", "3"));
        assert_eq!(next(&mut desk), None, "the hall has its turn under way");
        desk.done("hall".to_owned());
        assert_eq!(next(&mut desk), known("hall", "2"));
        desk.done("hall".to_owned());
        desk.done("yard".to_owned());
        assert!(desk.rooms.is_empty() && desk.busy.is_empty() && desk.ready.is_empty());
        assert!(desk.take(event("hall", "4")));
        assert_eq!(next(&mut desk), known("hall", "4"));
    }

    #[test]
    fn what_is_too_much_is_dropped_and_told() {
        let mut desk = Desk::default();
        for _ in 0..WAITING_OF_ROOM {
            assert!(desk.take(event("hall", "")));
        }
        assert!(!desk.take(event("hall", "")) && !desk.take(event("hall", "")));
        assert!(desk.take(event("yard", "")), "another room has its own place");
        let waiting = &desk.rooms["yard"][0];
        let body: serde_json::Value =
            serde_json::from_slice(&body(waiting).expect("an event")).expect("JSON");
        assert_eq!(body["numDropped"], 2);
    }

    #[test]
    fn busy_receivers_are_asked_again_and_refusing_ones_are_not() {
        let again = |status| matches!(answered(status), Outcome::NotNow(_));
        assert!(again(StatusCode::BAD_GATEWAY) && again(StatusCode::TOO_MANY_REQUESTS));
        assert!(!again(StatusCode::UNAUTHORIZED) && !again(StatusCode::FOUND));
    }
}

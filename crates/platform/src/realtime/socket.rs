//! One client's socket: cursors in, events out.
//!
//! Invariants: a client gets each event of each scope that its person may read exactly once and in order, or is told to
//! start a scope anew; nothing is read from the database while nobody is behind; a reader who does not take its
//! frames is closed and resumes by cursor.

use super::{
    Delivery, Hub, Outlet,
    follower::{Follower, Out, Taken},
    replay::read_after,
};
use crate::db::{Db, Error, Result, Tx};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use base::{PersonId, ScopeId, Seq, SessionId};
use futures_util::SinkExt;
use serde::Deserialize;
use std::{collections::HashMap, collections::HashSet, sync::Arc, time::Duration};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;

/// A client says hello within this time or is closed.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// Pings keep idle connections alive through address translation, whose shortest common limit is 60 s.
const PING_EVERY: Duration = Duration::from_secs(30);
/// Silence after which a peer counts as gone: two pings and some.
const SILENCE_MAX: Duration = Duration::from_secs(75);
/// A write that does not end in this time marks a reader as slow.
const WRITE_WITHIN: Duration = Duration::from_secs(20);
/// Frames that a client may send per ten seconds; the app sends about one.
const CLIENT_FRAMES_MAX: u32 = 200;
const CLIENT_FRAMES_WINDOW: Duration = Duration::from_secs(10);
/// Channels that one connection may look at without being a member: a few tabs' worth.
const WATCHED_MAX: usize = 16;
/// Cursors that one hello may name.
const CURSORS_MAX: usize = 5000;

const CLOSE_BAD_FRAME: u16 = 4400;
const CLOSE_SIGNED_OUT: u16 = 4401;
const CLOSE_SLOW: u16 = 4408;
const CLOSE_GOING_AWAY: u16 = 1001;
const CLOSE_TRY_AGAIN: u16 = 1013;

/// Who is on the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Principal {
    /// The person.
    pub person: PersonId,
    /// The session that opened the connection.
    pub session: SessionId,
}

/// Scopes with the number of their last event.
pub type Heads = Vec<(ScopeId, Seq)>;

/// The questions about access that the socket asks the features.
#[derive(Clone, Copy)]
pub struct Gate {
    /// Every scope that the person may read, with its head. None: the session has ended.
    pub scopes: fn(&mut dyn Tx, Principal) -> Result<Option<Heads>>,
    /// The head of a scope that is not among them but may be looked at. None: absent or hidden.
    pub may_watch: fn(&mut dyn Tx, Principal, ScopeId) -> Result<Option<Seq>>,
    /// Of which scopes the person reads only what comes after a number: an older cursor counts as none.
    pub floors: fn(&mut dyn Tx, Principal) -> Result<Heads>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum ClientFrame {
    Hello { cursors: HashMap<ScopeId, Seq> },
    Watch { scope: ScopeId, seq: Seq },
    Unwatch { scope: ScopeId },
    Ping,
}

/// Why a connection ends.
enum End {
    /// The client left, or the line broke.
    Gone,
    /// We close, and say why.
    Close(u16, &'static str),
}

const SLOW: End = End::Close(CLOSE_SLOW, "too slow: resume with your cursors");

impl From<axum::Error> for End {
    fn from(_: axum::Error) -> Self {
        End::Gone
    }
}

impl From<Error> for End {
    fn from(_: Error) -> Self {
        End::Close(CLOSE_TRY_AGAIN, "try again")
    }
}

type Flow = std::result::Result<(), End>;

struct Connection {
    socket: WebSocket,
    db: Db,
    gate: Gate,
    principal: Principal,
    follower: Follower,
    watched: HashSet<ScopeId>,
    n_frames: u32,
    window_began: Instant,
}

/// Serves a connection until it ends. Cancel safe: nothing but the connection is lost.
pub async fn serve_socket(
    socket: WebSocket,
    db: Db,
    hub: Arc<Hub>,
    gate: Gate,
    principal: Principal,
    shutdown: CancellationToken,
) {
    let (follower, deliveries) = Follower::connect(hub, principal.person);
    let mut connection = Connection {
        socket,
        db,
        gate,
        principal,
        follower,
        watched: HashSet::new(),
        n_frames: 0,
        window_began: Instant::now(),
    };
    // Dropping it anywhere is fine: a frame goes into the socket's buffer as a whole, and the client resumes by cursor.
    let end = tokio::select! {
        end = connection.serve(deliveries) => end,
        () = shutdown.cancelled() => Err(End::Close(CLOSE_GOING_AWAY, "the server is going away")),
    };
    let Connection {
        mut socket, follower, ..
    } = connection;
    // The hub need not wait for the farewell.
    drop(follower);
    if let Err(End::Close(code, reason)) = end {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::from_static(reason),
        };
        let close = socket.send(Message::Close(Some(frame)));
        // The peer may be the slow one; a close that does not go out is no loss.
        let _ = tokio::time::timeout(Duration::from_secs(1), close).await;
    }
}

impl Connection {
    async fn serve(&mut self, deliveries: mpsc::Receiver<Delivery>) -> Flow {
        self.greet().await?;
        self.live(deliveries).await
    }

    /// Hello, replay, ready.
    async fn greet(&mut self) -> Flow {
        let mut cursors = self.hello().await?;
        let scopes = self.readable().await?;
        for (scope, floor) in self.floors().await? {
            cursors.retain(|named, cursor| *named != scope || *cursor >= floor);
        }
        let behind = self.follower.greet(&cursors, &scopes);
        for scope in cursors.keys() {
            if self.follower.last(*scope).is_none() {
                self.feed(gone(*scope)).await?;
            }
        }
        self.replay(behind).await?;
        // Read after the replay: a client takes these as what it has been given.
        let heads: HashMap<ScopeId, Option<Seq>> = scopes
            .iter()
            .filter(|(scope, _)| !cursors.contains_key(scope))
            .map(|(scope, _)| (*scope, self.follower.last(*scope)))
            .collect();
        let ready = serde_json::json!({ "type": "ready", "heads": heads });
        self.feed(ready.to_string().into()).await?;
        self.flush().await
    }

    async fn hello(&mut self) -> std::result::Result<HashMap<ScopeId, Seq>, End> {
        let first = tokio::time::timeout(HELLO_WITHIN, self.socket.recv()).await;
        let Ok(Some(Ok(Message::Text(text)))) = first else {
            return Err(End::Close(CLOSE_BAD_FRAME, "say hello first"));
        };
        match serde_json::from_str(&text) {
            Ok(ClientFrame::Hello { cursors }) if cursors.len() <= CURSORS_MAX => Ok(cursors),
            _ => Err(End::Close(CLOSE_BAD_FRAME, "that is no hello")),
        }
    }

    async fn readable(&mut self) -> std::result::Result<Vec<(ScopeId, Seq)>, End> {
        let (gate, principal) = (self.gate, self.principal);
        let scopes = self.db.read(move |tx| (gate.scopes)(tx, principal)).await?;
        scopes.ok_or(End::Close(CLOSE_SIGNED_OUT, "signed out"))
    }

    async fn floors(&mut self) -> std::result::Result<Heads, End> {
        let (gate, principal) = (self.gate, self.principal);
        Ok(self.db.read(move |tx| (gate.floors)(tx, principal)).await?)
    }

    async fn live(&mut self, mut deliveries: mpsc::Receiver<Delivery>) -> Flow {
        let mut ping = tokio::time::interval(PING_EVERY);
        ping.reset();
        let mut heard = Instant::now();
        loop {
            // A write that waited may have taken the permit that wakes us.
            self.woken().await?;
            // Every arm is cancel safe: receiving from a socket, a channel, a Notify and an interval loses
            // nothing when another arm is first. Deliveries stand first, because nearly every wake is one and the
            // other arms need not be asked then; the runtime's budget of a task lets the others have their turn.
            tokio::select! {
                biased;
                delivery = deliveries.recv() => {
                    let Some(delivery) = delivery else { return Err(End::Gone) };
                    self.deliver(delivery, &mut deliveries).await?;
                }
                message = self.socket.recv() => {
                    let Some(message) = message else { return Err(End::Gone) };
                    heard = Instant::now();
                    self.client_says(message?).await?;
                }
                () = self.follower.outlet.woken() => self.woken().await?,
                _ = ping.tick() => {
                    if heard.elapsed() > SILENCE_MAX {
                        return Err(End::Gone);
                    }
                    self.feed_message(Message::Ping(Default::default())).await?;
                    self.flush().await?;
                }
            }
            self.refuse_slow()?;
        }
    }

    fn refuse_slow(&self) -> Flow {
        if self.follower.outlet.is_slow() {
            Err(SLOW)
        } else {
            Ok(())
        }
    }

    /// Writes this delivery and all that wait behind it, in one flush.
    async fn deliver(&mut self, first: Delivery, deliveries: &mut mpsc::Receiver<Delivery>) -> Flow {
        let mut next = Some(first);
        while let Some(delivery) = next {
            // A client that reads slowly must not be given what came after its person lost access, however much waits.
            self.woken().await?;
            self.refuse_slow()?;
            match self.follower.take(delivery) {
                Taken::Nothing => {}
                Taken::Hand(frame) => self.feed(frame.text.clone()).await?,
                Taken::Read(scope, last) => self.replay(vec![(scope, last)]).await?,
            }
            next = deliveries.try_recv().ok();
        }
        self.flush().await
    }

    async fn replay(&mut self, behind: Vec<(ScopeId, Seq)>) -> Flow {
        if behind.is_empty() {
            return Ok(());
        }
        for (scope, after) in read_after(&self.db, behind).await? {
            for out in self.follower.read(scope, after) {
                self.feed(match out {
                    Out::Event(frame) => frame.text.clone(),
                    Out::Reset(scope, head) => {
                        format!(r#"{{"type":"reset","scope":"{scope}","seq":{}}}"#, head.0).into()
                    }
                })
                .await?;
            }
        }
        Ok(())
    }

    async fn woken(&mut self) -> Flow {
        if !self.follower.outlet.take_access_changed() {
            return Ok(());
        }
        let scopes = self.readable().await?;
        let now: HashMap<ScopeId, Seq> = scopes.into_iter().collect();
        let mut lost: Vec<ScopeId> = self
            .follower
            .scopes()
            .filter(|scope| !now.contains_key(scope))
            .collect();
        for watched in self.watched.clone() {
            if lost.contains(&watched) && self.watch_head(watched).await?.is_some() {
                lost.retain(|scope| *scope != watched);
            }
        }
        for scope in lost {
            self.drop_scope(scope);
            self.feed(gone(scope)).await?;
        }
        let mut behind = Vec::new();
        for (scope, head) in now {
            if self.watched.remove(&scope) || self.follower.last(scope).is_some() {
                continue;
            }
            behind.extend(self.follower.follow(scope, head, head));
            let text = format!(r#"{{"type":"added","scope":"{scope}","seq":{}}}"#, head.0);
            self.feed(text.into()).await?;
        }
        self.replay(behind).await?;
        self.flush().await
    }

    fn drop_scope(&mut self, scope: ScopeId) {
        self.follower.leave(scope);
        self.watched.remove(&scope);
    }

    async fn client_says(&mut self, message: Message) -> Flow {
        if self.window_began.elapsed() > CLIENT_FRAMES_WINDOW {
            self.window_began = Instant::now();
            self.n_frames = 0;
        }
        self.n_frames += 1;
        if self.n_frames > CLIENT_FRAMES_MAX {
            return Err(End::Close(CLOSE_BAD_FRAME, "too many frames"));
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(End::Gone),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Binary(_) => return Err(End::Close(CLOSE_BAD_FRAME, "text frames only")),
        };
        match serde_json::from_str(&text) {
            Ok(ClientFrame::Ping) => self.feed(Utf8Bytes::from_static(r#"{"type":"pong"}"#)).await?,
            Ok(ClientFrame::Watch { scope, seq }) => self.watch(scope, seq).await?,
            Ok(ClientFrame::Unwatch { scope }) if self.watched.contains(&scope) => self.drop_scope(scope),
            Ok(ClientFrame::Unwatch { .. }) => {}
            _ => return Err(End::Close(CLOSE_BAD_FRAME, "that frame is not known")),
        }
        self.flush().await
    }

    async fn watch(&mut self, scope: ScopeId, seq: Seq) -> Flow {
        if self.follower.last(scope).is_some() {
            return Ok(());
        }
        let head = if self.watched.len() < WATCHED_MAX {
            self.watch_head(scope).await?
        } else {
            None
        };
        let Some(head) = head else {
            return self.feed(gone(scope)).await;
        };
        self.watched.insert(scope);
        let behind = self.follower.follow(scope, seq, head);
        self.replay(behind.into_iter().collect()).await
    }

    async fn watch_head(&mut self, scope: ScopeId) -> std::result::Result<Option<Seq>, End> {
        let (gate, principal) = (self.gate, self.principal);
        Ok(self
            .db
            .read(move |tx| (gate.may_watch)(tx, principal, scope))
            .await?)
    }

    async fn feed(&mut self, text: Utf8Bytes) -> Flow {
        self.feed_message(Message::Text(text)).await
    }

    async fn feed_message(&mut self, message: Message) -> Flow {
        in_time(self.socket.feed(message), &self.follower.outlet).await
    }

    async fn flush(&mut self) -> Flow {
        in_time(self.socket.flush(), &self.follower.outlet).await
    }
}

/// A write ends soon, or the reader is slow; so it is when its queue has overflowed meanwhile.
async fn in_time(write: impl Future<Output = std::result::Result<(), axum::Error>>, outlet: &Outlet) -> Flow {
    tokio::select! {
        biased;
        written = write => Ok(written?),
        () = outlet.slowed() => Err(SLOW),
        // In a block, so that a write which ends at once, as nearly all do, makes no timer.
        () = async { tokio::time::sleep(WRITE_WITHIN).await } => Err(SLOW),
    }
}

fn gone(scope: ScopeId) -> Utf8Bytes {
    format!(r#"{{"type":"gone","scope":"{scope}"}}"#).into()
}

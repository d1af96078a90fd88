//! Sockets from outside, through a server with a made-up feature: rooms that people are in, or may look into.

mod access;
mod limits;
mod nodes;
mod resume;

use crate::{
    app::{App, Doors, Parts},
    config::Config,
    db::{Error, Migration, Result, Tx},
    feature::Feature,
    http::problem::{Problem, SIGNED_OUT},
    journal::{self, ACCESS_SCOPE, Happened},
    realtime::{Gate, Principal},
    testing::{Client, Listener, Store, TestServer},
};
use base::{PersonId, ScopeId, Seq, SessionId, Timestamp};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use serde_json::{Value, json};

crate::sql! {
    ENTER = "insert into room_member (room, person) values ($1, $2)";
    LEAVE = "delete from room_member where room = $1 and person = $2";
    OPEN_ROOM = "insert into open_room (room) values ($1)";
    END_SESSION = "insert into ended_session (person) values ($1)";
    HAS_ENDED = "select 1 from ended_session where person = $1";
    MY_ROOMS = "select e.scope, e.seq from room_member m join event_scope e on e.scope = m.room where m.person = $1";
    OPEN_HEAD = "select e.seq from open_room o join event_scope e on e.scope = o.room where o.room = $1";
}

fn rooms() -> Feature {
    Feature {
        name: "rooms",
        migrations: vec![Migration {
            name: "rooms/0001_rooms",
            text: "create table room_member (room uuid, person uuid, primary key (room, person));
                create table open_room (room uuid primary key);
                create table ended_session (person uuid primary key);",
        }],
        statements: STATEMENTS.to_vec(),
        ..Feature::default()
    }
}

/// The token is the person's id.
fn authenticate<'a>(
    _: &'a App,
    headers: &'a HeaderMap,
) -> BoxFuture<'a, std::result::Result<Principal, Problem>> {
    let token = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let person: Option<PersonId> = token.and_then(|token| token.parse().ok());
    let who = person.map(|person| Principal {
        person,
        session: SessionId(person.0),
    });
    Box::pin(std::future::ready(who.ok_or_else(|| Problem::new(&SIGNED_OUT))))
}

fn my_rooms(tx: &mut dyn Tx, who: Principal) -> Result<Option<Vec<(ScopeId, Seq)>>> {
    if tx.find(&HAS_ENDED, &[who.person.into()], |_| Ok(()))?.is_some() {
        return Ok(None);
    }
    tx.list(&MY_ROOMS, &[who.person.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .map(Some)
}

fn may_look(tx: &mut dyn Tx, _: Principal, room: ScopeId) -> Result<Option<Seq>> {
    tx.find(&OPEN_HEAD, &[room.into()], |row| row.get(0))
}

fn parts() -> Parts {
    Parts {
        features: vec![rooms()],
        doors: Doors {
            authenticate,
            admit: |_, _, _| Box::pin(std::future::ready(Ok(()))),
            gate: Gate {
                scopes: my_rooms,
                may_watch: may_look,
                floors: |_, _| Ok(Vec::new()),
            },
        },
        kept: Vec::new(),
    }
}

/// A server with one room and Ada in it.
struct House {
    server: TestServer,
    ada: PersonId,
    room: ScopeId,
}

impl House {
    async fn begin(store: Store) -> Option<Self> {
        Self::begin_with(store, |_| ()).await
    }

    async fn begin_with(store: Store, change: impl FnOnce(&mut Config)) -> Option<Self> {
        let server = TestServer::start_with(store, parts(), change).await?;
        let house = Self {
            server,
            ada: PersonId::random(),
            room: ScopeId::random(),
        };
        house.write(|tx| journal::open(tx, ACCESS_SCOPE)).await;
        house.new_room(house.room).await;
        house.enter(house.room, house.ada).await;
        Some(house)
    }

    async fn write(&self, job: impl Fn(&mut dyn Tx) -> Result<()> + Send + 'static) {
        let written: Result<()> = self.server.app.db.write(ACCESS_SCOPE, job).await;
        written.expect("it is written");
    }

    async fn new_room(&self, room: ScopeId) {
        self.write(move |tx| journal::open(tx, room)).await;
    }

    async fn enter(&self, room: ScopeId, person: PersonId) {
        self.write(move |tx| {
            tx.exec(&ENTER, &[room.into(), person.into()])?;
            journal::access_changed(tx, person, Timestamp(1))
        })
        .await;
    }

    async fn leave(&self, room: ScopeId, person: PersonId) {
        self.write(move |tx| {
            tx.exec(&LEAVE, &[room.into(), person.into()])?;
            journal::access_changed(tx, person, Timestamp(1))
        })
        .await;
    }

    async fn open_room(&self) -> ScopeId {
        let room = ScopeId::random();
        self.new_room(room).await;
        self.write(move |tx| tx.exec(&OPEN_ROOM, &[room.into()]).map(drop))
            .await;
        room
    }

    async fn end_session(&self, person: PersonId) {
        self.write(move |tx| {
            tx.exec(&END_SESSION, &[person.into()])?;
            journal::access_changed(tx, person, Timestamp(1))
        })
        .await;
    }

    /// Something happens in a room, so many times, in one transaction.
    async fn say(&self, room: ScopeId, n_times: usize, text: &str) {
        let text = text.to_owned();
        let say = move |tx: &mut dyn Tx| {
            let happened = Happened {
                kind: "said",
                actor: None,
                at: Timestamp(1),
            };
            for _ in 0..n_times {
                journal::append(tx, room, happened, &text)?;
            }
            Ok::<_, Error>(())
        };
        self.server.app.db.write(room, say).await.expect("it is said");
    }

    fn client(&self) -> Client {
        self.server.with_token(&self.ada.to_string())
    }

    async fn open(&self, cursors: Value) -> (Listener, Vec<Value>) {
        Listener::open(&self.client(), cursors).await
    }

    /// A socket that says only what the test says.
    async fn mute(&self) -> Listener {
        Listener::connect(&self.client())
            .await
            .unwrap_or_else(|status| panic!("refused with {status}"))
    }
}

/// The numbers of these events.
fn seqs(frames: &[Value]) -> Vec<i64> {
    frames.iter().filter_map(|frame| frame["seq"].as_i64()).collect()
}

/// The next so many frames.
async fn take(listener: &mut Listener, n_frames: usize) -> Vec<Value> {
    let mut frames = Vec::new();
    for _ in 0..n_frames {
        frames.push(listener.next().await.expect("the socket stays open"));
    }
    frames
}

/// `{scope: seq}`.
fn cursor(scope: ScopeId, seq: i64) -> Value {
    json!({ scope.to_string(): seq })
}

//! Live sessions through HTTP and the socket, with the media of this process and clients that signal as LiveKit's do.

mod beside;
mod breakouts;
mod deciding;
mod numbers;
mod watching;
mod webhooks;

use base::LiveId;
use futures_util::{SinkExt, StreamExt};
use media::proto;
use platform::{
    both_stores,
    config::Config,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite};

/// A house in which people can hear each other, and the door to its rooms.
struct Live {
    house: House,
    door: String,
}

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

fn features() -> Vec<platform::feature::Feature> {
    vec![
        accounts::feature(),
        spaces::feature(),
        files::feature(),
        words::feature(),
        hours::feature(),
        messages::feature(),
        charters::feature(),
        asks::feature(),
        crate::feature(),
    ]
}

impl Begin for Live {
    async fn begin(store: Store) -> Option<Self> {
        Self::begin_with(store, |_| ()).await
    }
}

impl Live {
    async fn begin_with(store: Store, change: impl FnOnce(&mut Config)) -> Option<Self> {
        let house = House::open_keeping(store, features(), crate::kept(), change).await?;
        let router = crate::start(&house.server.app).await.expect("media start");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let door = format!("ws://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Some(Self { house, door })
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Live {
    /// Somebody's place in the room, as far as the record is concerned: nothing is heard or seen there.
    async fn come_in(&self, ticket: &Value) -> Socket {
        let token = ticket["token"].as_str().expect("a token");
        let url = format!(
            "{}/rtc?access_token={token}&protocol=16&auto_subscribe=1",
            self.door
        );
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .expect("the door opens");
        socket
    }

    async fn go_live(&self, person: &TestPerson, more: Value) -> Value {
        person.post(&self.all(), about(more)).await.expect(201)["session"].clone()
    }

    fn all(&self) -> String {
        format!("/api/channels/{}/live", self.house.general)
    }

    fn one(&self, session: &Value, rest: &str) -> String {
        format!("{}/{}{rest}", self.all(), id_of(session))
    }

    async fn enter(&self, person: &TestPerson, session: &Value, device: &str) -> Value {
        let path = self.one(session, "/enter");
        person.post(&path, json!({ "device": device })).await.expect(200)
    }
}

/// An end with a decision.
fn decision(text: &str, more: Value) -> Value {
    let mut decision = json!({ "message_id": new_id(), "text": text });
    for (field, value) in more.as_object().into_iter().flatten() {
        decision[field] = value.clone();
    }
    json!({ "outcome": "decision", "decision": decision })
}

async fn leave(mut socket: Socket) {
    use prost::Message;
    let leave = proto::SignalRequest {
        message: Some(proto::signal_request::Message::Leave(
            proto::LeaveRequest::default(),
        )),
    };
    let frame = tungstenite::Message::Binary(leave.encode_to_vec().into());
    socket.send(frame).await.expect("it is sent");
    while let Some(Ok(_)) = socket.next().await {}
}

fn about(more: Value) -> Value {
    let mut body = json!({ "id": new_id(), "message_id": new_id(), "about": "Which **bus**?" });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    body
}

/// The next state of a session in which this holds.
async fn until(listener: &mut Listener, holds: impl Fn(&Value) -> bool) -> Value {
    loop {
        let session = listener.event("live.changed").await["body"]["session"].clone();
        if holds(&session) {
            return session;
        }
    }
}

fn in_it(session: &Value) -> Vec<&str> {
    let people = session["people"].as_array().into_iter().flatten();
    people
        .filter(|person| person["is_in"] == true)
        .filter_map(|person| person["person_id"].as_str())
        .collect()
}

both_stores! {
    async fn a_conversation_goes_live_and_everybody_sees_who_is_in(live: Live) {
        let house = &live.house;
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let session = live.go_live(&ada, json!({})).await;
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["message"]["card"], json!({ "kind": "live", "id": id_of(&session) }));
        let begun = until(&mut listener, |_| true).await;
        assert_eq!((in_it(&begun), &begun["people"][0]["role"]), (vec![], &json!("host")));
        let ticket = live.enter(&ada, &session, "laptop").await;
        assert_eq!((&ticket["url"], &ticket["identity"]), (&Value::Null, &json!(format!("{}:laptop", ada.id))));
        let socket = live.come_in(&ticket).await;
        let here = until(&mut listener, |session| session["n_in"] == 1).await;
        assert_eq!(in_it(&here), [ada.id.as_str()]);
        let second = live.come_in(&live.enter(&bob, &session, "phone").await).await;
        let both = until(&mut listener, |session| session["n_in"] == 2).await;
        assert_eq!(in_it(&both), [ada.id.as_str(), bob.id.as_str()]);
        let listed = bob.get("/api/live").await.expect(200);
        assert_eq!((id_of(&listed["sessions"][0]), &listed["sessions"][0]["n_in"]), (id_of(&session), &json!(2)));
        leave(socket).await;
        let rest = until(&mut listener, |session| session["n_in"] == 1).await;
        assert_eq!((in_it(&rest), &rest["n_came"]), (vec![bob.id.as_str()], &json!(2)));
        leave(second).await;
        until(&mut listener, |session| session["n_in"] == 0).await;
    }

    async fn two_devices_of_one_person_are_one_person(live: Live) {
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let laptop = live.come_in(&live.enter(&ada, &session, "laptop").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        let _phone = live.come_in(&live.enter(&ada, &session, "phone").await).await;
        let both = until(&mut listener, |_| true).await;
        assert_eq!((&both["n_in"], &both["n_came"]), (&json!(1), &json!(1)));
        leave(laptop).await;
        let one = until(&mut listener, |_| true).await;
        assert_eq!(one["n_in"], 1, "the phone is still there");
    }

    async fn a_conversation_is_live_once_at_a_time(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let body = about(json!({}));
        let first = ada.post(&live.all(), body.clone()).await.expect(201);
        let again = ada.post(&live.all(), body.clone()).await.expect(201);
        assert_eq!(first["session"]["id"], again["session"]["id"], "sent twice it is one");
        bob.post(&live.all(), body).await.refused(409, "conflict");
        bob.post(&live.all(), about(json!({}))).await.refused(409, "live-already");
        ada.post(&live.one(&first["session"], "/end"), json!({ "outcome": "none" })).await.expect(200);
        bob.post(&live.all(), about(json!({}))).await.expect(201);
        bob.post(&live.all(), about(json!({ "usual_role": "host" }))).await.refused(422, "invalid");
    }

    async fn the_doors_open_when_the_host_opens_them(live: Live) {
        let (ada, bob, cleo) = (live.house.member("Ada").await, live.house.member("Bob").await, live.house.member("Cleo").await);
        let session = live.go_live(&ada, json!({ "is_open": false })).await;
        let enter = live.one(&session, "/enter");
        bob.post(&enter, json!({ "device": "a" })).await.refused(409, "live-closed");
        live.enter(&ada, &session, "a").await;
        let one = live.one(&session, "");
        bob.patch(&one, json!({ "is_open": true })).await.refused(403, "forbidden");
        let open = ada.patch(&one, json!({ "is_open": true })).await.expect(200);
        assert!(open["session"]["opened_at"].is_i64());
        live.enter(&bob, &session, "a").await;
        ada.patch(&one, json!({ "is_locked": true })).await.expect(200);
        cleo.post(&enter, json!({ "device": "a" })).await.refused(409, "live-closed");
        live.enter(&bob, &session, "b").await;
        bob.post(&enter, json!({ "device": "a:b" })).await.refused(422, "invalid");
    }

    async fn hands_stand_in_the_order_in_which_they_went_up(live: Live) {
        let house = &live.house;
        let (ada, bob, cleo) = (house.member("Ada").await, house.member("Bob").await, house.member("Cleo").await);
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let hand = live.one(&session, "/hand");
        bob.put(&hand, json!({ "is_up": true })).await.refused(403, "forbidden");
        let mut sockets = Vec::new();
        for (n, person) in [&bob, &cleo].into_iter().enumerate() {
            sockets.push(live.come_in(&live.enter(person, &session, "a").await).await);
            until(&mut listener, |session| session["n_in"] == n + 1).await;
        }
        cleo.put(&hand, json!({ "is_up": true })).await.expect(200);
        house.server.advance(Duration::from_secs(1));
        bob.put(&hand, json!({ "is_up": true })).await.expect(200);
        house.server.advance(Duration::from_secs(1));
        let stands = cleo.put(&hand, json!({ "is_up": true })).await.expect(200);
        let order: Vec<_> = stands["session"]["people"].as_array().into_iter().flatten().map(|person| person["person_id"].clone()).collect();
        assert_eq!(order, [json!(ada.id), json!(cleo.id), json!(bob.id)], "putting it up again keeps the place");
        let down = live.one(&session, &format!("/people/{}", cleo.id));
        bob.patch(&down, json!({ "hand_down": true })).await.refused(403, "forbidden");
        let after = ada.patch(&down, json!({ "hand_down": true })).await.expect(200);
        let hands: Vec<_> = after["session"]["people"].as_array().into_iter().flatten().filter(|person| !person["hand_at"].is_null()).collect();
        assert_eq!((hands.len(), &hands[0]["person_id"]), (1, &json!(bob.id)));
    }

    async fn somebody_always_hosts_it(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        live.enter(&bob, &session, "a").await;
        let of = |person: &TestPerson| live.one(&session, &format!("/people/{}", person.id));
        ada.patch(&of(&ada), json!({ "role": "speaker" })).await.refused(403, "forbidden");
        ada.patch(&of(&ada), json!({ "is_out": true })).await.refused(403, "forbidden");
        ada.patch(&of(&bob), json!({ "role": "host" })).await.expect(200);
        ada.patch(&of(&ada), json!({ "role": "listener" })).await.expect(200);
        ada.patch(&of(&bob), json!({ "role": "speaker" })).await.refused(403, "forbidden");
        ada.patch(&live.one(&session, &format!("/people/{}", new_id())), json!({})).await.refused(403, "forbidden");
        bob.patch(&live.one(&session, &format!("/people/{}", new_id())), json!({})).await.refused(404, "not-found");
    }

    async fn whoever_is_sent_out_is_out_and_stays_out(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let mut socket = live.come_in(&live.enter(&bob, &session, "a").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        let of_bob = live.one(&session, &format!("/people/{}", bob.id));
        ada.patch(&of_bob, json!({ "is_out": true })).await.expect(200);
        while let Some(Ok(_)) = socket.next().await {}
        until(&mut listener, |session| session["n_in"] == 0).await;
        let enter = live.one(&session, "/enter");
        bob.post(&enter, json!({ "device": "a" })).await.refused(403, "forbidden");
        ada.patch(&of_bob, json!({ "is_out": false })).await.expect(200);
        live.enter(&bob, &session, "a").await;
    }

    async fn whoever_may_no_longer_read_the_channel_is_out(live: Live) {
        let house = &live.house;
        let bob = house.member("Bob").await;
        let body = json!({ "name": "staff", "kind": "private" });
        let channel = house.owner.post(&format!("/api/spaces/{}/channels", house.space), body).await.expect(201);
        let all = format!("/api/channels/{}/live", id_of(&channel));
        bob.post(&all, about(json!({}))).await.refused(404, "not-found");
        let members = format!("/api/channels/{}/members/{}", id_of(&channel), bob.id);
        house.owner.put(&members, json!({ "role": "member" })).await;
        let session = house.owner.post(&all, about(json!({}))).await.expect(201)["session"].clone();
        let one = format!("{all}/{}", id_of(&session));
        let ticket = bob.post(&format!("{one}/enter"), json!({ "device": "a" })).await.expect(200);
        let mut socket = live.come_in(&ticket).await;
        house.owner.delete(&members).await.expect(204);
        while let Some(Ok(_)) = socket.next().await {}
        bob.get(&one).await.refused(404, "not-found");
        assert_eq!(bob.get("/api/live").await.expect(200)["sessions"], json!([]));
    }

    async fn the_end_sends_everybody_home_and_keeps_the_record(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let ticket = live.enter(&bob, &session, "a").await;
        let mut socket = live.come_in(&ticket).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        live.house.server.advance(Duration::from_secs(150));
        let end = live.one(&session, "/end");
        bob.post(&end, json!({ "outcome": "none" })).await.refused(403, "forbidden");
        let ended = ada.post(&end, decision("We take the early bus.", json!({}))).await.expect(200)["session"].clone();
        assert_eq!((&ended["outcome"], &ended["n_in"], &ended["n_came"], &ended["person_minutes"]), (&json!("decision"), &json!(0), &json!(1), &json!(2)));
        while let Some(Ok(_)) = socket.next().await {}
        let again = ada.post(&end, json!({ "outcome": "none" })).await.expect(200);
        assert_eq!(again["session"]["outcome"], "decision", "what came of it stays");
        bob.post(&live.one(&session, "/enter"), json!({ "device": "a" })).await.refused(409, "live-ended");
        ada.put(&live.one(&session, "/hand"), json!({ "is_up": true })).await.refused(409, "live-ended");
        let url = format!("{}/rtc?access_token={}", live.door, ticket["token"].as_str().unwrap_or_default());
        assert!(tokio_tungstenite::connect_async(url).await.is_err(), "an old ticket opens nothing");
        assert_eq!(bob.get("/api/live").await.expect(200)["sessions"], json!([]));
    }

    async fn what_nobody_is_in_ends_by_itself(live: Live) {
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        leave(live.come_in(&live.enter(&ada, &session, "a").await).await).await;
        until(&mut listener, |session| session["n_came"] == 1 && session["n_in"] == 0).await;
        live.house.server.advance(crate::model::EMPTY_MAX);
        let over = until(&mut listener, |session| !session["ended_at"].is_null()).await;
        assert_eq!(over["outcome"], Value::Null);
    }

    async fn with_its_message_a_session_is_gone(live: Live) {
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let mut socket = live.come_in(&live.enter(&ada, &session, "a").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        let message = session["message_id"].as_str().expect("an id");
        ada.delete(&format!("/api/channels/{}/messages/{message}", live.house.general)).await.expect(204);
        ada.get(&live.one(&session, "")).await.refused(404, "not-found");
        while let Some(Ok(_)) = socket.next().await {}
    }

    async fn whoever_is_erased_was_never_there(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        leave(live.come_in(&live.enter(&bob, &session, "a").await).await).await;
        until(&mut listener, |session| session["n_came"] == 1 && session["n_in"] == 0).await;
        live.house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        let after = until(&mut listener, |session| session["n_came"] == 0).await;
        assert!(!after.to_string().contains(&bob.id));
    }

    async fn without_media_nobody_goes_live(house: House) {
        let ada = house.member("Ada").await;
        ada.post(&format!("/api/channels/{}/live", house.general), about(json!({}))).await.refused(503, "live-off");
    }
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open_with(store, features(), |_| ()).await
    }
}

#[test]
fn the_name_of_a_room_is_that_of_its_session() {
    let id = new_id();
    assert_eq!(id.parse().map(LiveId).expect("an id").0.to_string(), id);
}

//! Coming in, staying, being refused, and going.

use std::time::{Duration, SystemTime};

use media::proto::{
    self, DisconnectReason, signal_request::Message as Asked, signal_response::Message as Said,
};
use media::{Grants, Media, MediaError, MediaEvent, OpenRoom, StartError};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::{HS256, SECRET, serve, settings, sign};

fn now_secs() -> u64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

fn claims() -> Value {
    let now = now_secs();
    json!({ "iss": "devkey", "sub": "ada", "nbf": now - 5, "exp": now + 60, "video": { "room": "hall", "roomJoin": true } })
}

fn with(mut claims: Value, pointer: &str, value: Value) -> Value {
    *claims.pointer_mut(pointer).unwrap() = value;
    claims
}

#[tokio::test]
async fn only_a_good_token_opens_a_door() {
    let server = serve().await;
    let now = now_secs();
    let cases = [
        (200, sign(HS256, &claims(), SECRET)),
        (401, "nonsense".into()),
        (401, sign(HS256, &claims(), "another secret of thirty-two bytes")),
        (401, sign(r#"{"alg":"none"}"#, &claims(), SECRET)),
        (401, sign(r#"{"alg":"HS384"}"#, &claims(), SECRET)),
        (401, sign(HS256, &with(claims(), "/exp", json!(now - 60)), SECRET)),
        (
            401,
            sign(HS256, &with(claims(), "/nbf", json!(now + 600)), SECRET),
        ),
        (401, sign(HS256, &with(claims(), "/iss", json!("other")), SECRET)),
        (
            403,
            sign(
                HS256,
                &with(claims(), "/video", json!({ "room": "hall" })),
                SECRET,
            ),
        ),
        (
            403,
            sign(
                HS256,
                &with(claims(), "/video", json!({ "roomJoin": true })),
                SECRET,
            ),
        ),
    ];
    for (expected, token) in cases {
        for path in ["/rtc/validate", "/rtc/v1/validate"] {
            let (status, text) = server.get(&format!("{path}?access_token={token}")).await;
            assert_eq!(status, expected, "{path}: {text}");
        }
        // The door itself, without the handshake of a WebSocket: the token is looked at first.
        let (status, _) = server.get(&format!("/rtc?access_token={token}")).await;
        assert_eq!(status, if expected == 200 { 426 } else { expected });
    }
    let other_room = format!(
        "/rtc/validate?access_token={}&room=attic",
        server.ticket("hall", "ada")
    );
    assert_eq!(server.get(&other_room).await.0, 403);
    assert_eq!(server.get("/rtc/validate").await.0, 401);
    assert!(
        server.media.rooms().await.unwrap().is_empty(),
        "asking opens no room"
    );
}

#[tokio::test]
async fn any_page_may_ask_why_it_was_refused() {
    let server = serve().await;
    for token in [server.ticket("hall", "ada"), "nonsense".into()] {
        let url = format!("http://{}/rtc/v1/validate?access_token={token}", server.address);
        let answer = server.http.get(url).send().await.unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    }
}

#[tokio::test]
async fn a_join_request_that_cannot_be_read_is_refused() {
    let server = serve().await;
    let token = server.ticket("hall", "ada");
    for text in ["", "%25%25", "AAAA", "CAEQ"] {
        let url = format!(
            "ws://{}/rtc/v1?access_token={token}&join_request={text}",
            server.address
        );
        // The first of them is an empty request, which is one.
        let is_in = tokio_tungstenite::connect_async(url).await.is_ok();
        assert_eq!(is_in, text.is_empty(), "{text}");
    }
}

#[tokio::test]
async fn coming_and_going_is_told_in_order() {
    let server = serve().await;
    let mut events = server.media.events();
    let (mut ada, join) = server.enter("hall", "ada").await;
    let sid = join.participant.unwrap().sid;
    ada.say(Asked::Leave(proto::LeaveRequest::default())).await;
    assert_eq!(ada.hear_until(|_| None::<()>).await, None, "the socket is closed");
    let mut told = Vec::new();
    while told.len() < 3 {
        let event = tokio::time::timeout(Duration::from_secs(5), events.recv());
        told.push(event.await.unwrap().unwrap());
    }
    let (room, identity) = (String::from("hall"), String::from("ada"));
    assert!(matches!(&told[0], MediaEvent::RoomStarted { room, .. } if room == "hall"));
    let joined = MediaEvent::Joined {
        room: room.clone(),
        identity: identity.clone(),
        sid: sid.clone(),
    };
    let left = MediaEvent::Left {
        room,
        identity,
        sid,
        reason: DisconnectReason::ClientInitiated,
        spoke: Duration::ZERO,
    };
    assert_eq!(told[1..], [joined, left]);
}

#[tokio::test]
async fn as_many_come_in_as_the_room_holds() {
    let server = serve().await;
    let options = OpenRoom {
        most_participants: Some(1),
        ..OpenRoom::default()
    };
    server.media.open("hall", options).await.unwrap();
    let _ada = server.enter("hall", "ada").await;
    assert_eq!(server.try_enter("hall", "bob", "").await.err(), Some(403));
    let asked = format!("/rtc/validate?access_token={}", server.ticket("hall", "bob"));
    assert_eq!(server.get(&asked).await, (403, "the room is full".into()));
    assert!(
        server.try_enter("hall", "ada", "").await.is_ok(),
        "whoever is in may come again"
    );
}

#[tokio::test]
async fn whoever_loses_the_socket_comes_back_to_the_place() {
    let server = serve().await;
    let (ada, join) = server.enter("hall", "ada").await;
    let sid = join.participant.unwrap().sid;
    drop(ada);
    let mut back = server
        .try_enter("hall", "ada", &format!("&reconnect=1&sid={sid}"))
        .await
        .unwrap();
    assert!(matches!(back.hear().await, Some(Said::Reconnect(_))));
    // Longer than the room needs to notice that the older socket is gone.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    back.say(Asked::Ping(1)).await;
    let pong = back.hear_until(|said| matches!(said, Said::Pong(_)).then_some(()));
    assert!(pong.await.is_some(), "the newer socket is the one that counts");
    assert_eq!(server.media.people("hall").await.unwrap()[0].sid, sid);
}

#[tokio::test]
async fn whoever_comes_back_to_nothing_is_told_to_come_in_anew() {
    let server = serve().await;
    let _bob = server.enter("hall", "bob").await;
    for (room, sid) in [("hall", "PA_unknown"), ("attic", "PA_unknown")] {
        let mut ada = server
            .try_enter(room, "ada", &format!("&reconnect=1&sid={sid}"))
            .await
            .unwrap();
        let Some(Said::Leave(leave)) = ada.hear().await else {
            panic!("leave comes first")
        };
        assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
        assert!(ada.hear().await.is_none());
    }
    assert_eq!(server.media.people("attic").await, Err(MediaError::NoRoom));
}

#[tokio::test]
async fn somebody_else_cannot_take_a_place_by_its_name() {
    let server = serve().await;
    let (_ada, join) = server.enter("hall", "ada").await;
    let more = format!("&reconnect=1&sid={}", join.participant.unwrap().sid);
    let mut eve = server.try_enter("hall", "eve", &more).await.unwrap();
    assert!(matches!(eve.hear().await, Some(Said::Leave(_))));
}

#[tokio::test]
async fn whoever_is_removed_needs_a_new_ticket() {
    let server = serve().await;
    let (mut ada, _) = server.enter("hall", "ada").await;
    let old = server.ticket("hall", "ada");
    server.media.remove("hall", "ada").await.unwrap();
    let leave = ada.hear_until(|said| {
        if let Said::Leave(leave) = said {
            Some(leave)
        } else {
            None
        }
    });
    assert_eq!(
        leave.await.unwrap().reason(),
        DisconnectReason::ParticipantRemoved
    );
    assert_eq!(
        server.get(&format!("/rtc/validate?access_token={old}")).await.0,
        403
    );
    assert!(
        server.try_enter("hall", "ada", "").await.is_ok(),
        "a new one opens"
    );
    assert_eq!(
        server.media.remove("hall", "nobody").await,
        Err(MediaError::NoParticipant)
    );
    assert_eq!(server.media.remove("attic", "ada").await, Err(MediaError::NoRoom));
}

#[tokio::test]
async fn an_older_ticket_does_not_give_back_what_was_taken() {
    let server = serve().await;
    let _ada = server.enter("hall", "ada").await;
    let old = server.ticket("hall", "ada");
    let grants = Grants {
        can_publish: false,
        ..Grants::default()
    };
    server.media.set_grants("hall", "ada", grants).await.unwrap();
    assert_eq!(
        server.get(&format!("/rtc/validate?access_token={old}")).await.0,
        403
    );
    let people = server.media.people("hall").await.unwrap();
    assert!(!people[0].permission.as_ref().unwrap().can_publish);
}

#[tokio::test]
async fn closing_a_room_sends_everybody_home_and_voids_their_tickets() {
    let server = serve().await;
    let (mut ada, _) = server.enter("hall", "ada").await;
    let old = server.ticket("hall", "bob");
    server.media.close("hall").await.unwrap();
    let leave = ada.hear_until(|said| {
        if let Said::Leave(leave) = said {
            Some(leave)
        } else {
            None
        }
    });
    assert_eq!(leave.await.unwrap().reason(), DisconnectReason::RoomDeleted);
    assert_eq!(server.media.people("hall").await, Err(MediaError::NoRoom));
    assert_eq!(
        server.get(&format!("/rtc/validate?access_token={old}")).await.0,
        403
    );
}

#[tokio::test]
async fn a_room_that_nobody_comes_to_ends() {
    let server = serve().await;
    let options = OpenRoom {
        empty_timeout: Some(Duration::from_millis(100)),
        ..OpenRoom::default()
    };
    let mut events = server.media.events();
    server.media.open("hall", options).await.unwrap();
    let ended = async { while !matches!(events.recv().await.unwrap(), MediaEvent::RoomFinished { .. }) {} };
    tokio::time::timeout(Duration::from_secs(5), ended).await.unwrap();
    assert!(server.media.rooms().await.unwrap().is_empty());
}

#[tokio::test]
async fn stopping_tells_everybody_to_come_back() {
    let server = serve().await;
    let (mut ada, _) = server.enter("hall", "ada").await;
    server.media.stop().await;
    let leave = ada.hear_until(|said| {
        if let Said::Leave(leave) = said {
            Some(leave)
        } else {
            None
        }
    });
    let leave = leave.await.unwrap();
    assert_eq!(
        (leave.reason(), leave.action()),
        (
            DisconnectReason::ServerShutdown,
            proto::leave_request::Action::Reconnect
        )
    );
    assert_eq!(server.try_enter("hall", "bob", "").await.err(), Some(503));
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_with_its_number() {
    let taken = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = Media::start(settings(port)).await.err().unwrap();
    assert!(matches!(refused, StartError::Listen { kind: "UDP", .. }));
    assert!(refused.to_string().contains(&port.to_string()));
    let short = media::Settings {
        secret: "short".into(),
        ..settings(0)
    };
    assert!(matches!(
        Media::start(short).await.err(),
        Some(StartError::ShortSecret)
    ));
}

#[tokio::test]
async fn nonsense_at_the_socket_and_at_the_ports_harms_nobody() {
    use futures_util::SinkExt;
    use tokio_tungstenite::tungstenite::Message;
    let server = serve().await;
    let (mut ada, join) = server.enter("hall", "ada").await;
    let (mut eve, _) = server.enter("hall", "eve").await;
    for bytes in [vec![], vec![0xff; 100], vec![0; 600_000]] {
        let _ = eve.socket.send(Message::Binary(bytes.into())).await;
    }
    let _ = eve.socket.send(Message::Text("{".into())).await;
    let port = server.media.port().unwrap();
    let mut tcp = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    tcp.write_all(&[0xff; 70_000]).await.unwrap();
    let mut rest = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), tcp.read_to_end(&mut rest))
        .await
        .expect("it is closed");
    let udp = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    for n_bytes in [0, 1, 20, 1_500] {
        udp.send_to(&vec![0x80; n_bytes], ("127.0.0.1", port))
            .await
            .unwrap();
    }
    ada.say(Asked::Ping(1)).await;
    let pong = ada.hear_until(|said| matches!(said, Said::Pong(_)).then_some(()));
    assert!(pong.await.is_some());
    assert_eq!(
        server.media.people("hall").await.unwrap()[0].sid,
        join.participant.unwrap().sid
    );
}

#[tokio::test]
async fn whoever_floods_is_out_and_the_others_stay() {
    let server = serve().await;
    let (mut ada, _) = server.enter("hall", "ada").await;
    let (mut eve, _) = server.enter("hall", "eve").await;
    for sent_ms in 0..400 {
        // Perhaps she is out before she is through.
        if !eve.try_say(Asked::Ping(sent_ms)).await {
            break;
        }
    }
    // What she is told may get lost with what she still had to say; that the socket is closed does not.
    while eve.hear().await.is_some() {}
    ada.say(Asked::Ping(1)).await;
    assert!(
        ada.hear_until(|said| matches!(said, Said::Pong(_)).then_some(()))
            .await
            .is_some()
    );
    let people = server.media.people("hall").await.unwrap();
    assert_eq!(people.len(), 1);
}

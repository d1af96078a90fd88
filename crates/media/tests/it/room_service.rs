//! The room service, as LiveKit's tools speak to it.

use std::time::SystemTime;

use media::proto;
use prost::Message;
use serde_json::{Value, json};

use crate::support::{HS256, SECRET, Server, serve, sign};

fn token(video: Value) -> String {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    sign(
        HS256,
        &json!({ "iss": "devkey", "nbf": now, "exp": now + 60, "video": video }),
        SECRET,
    )
}

async fn ask(server: &Server, method: &str, video: Value, body: Value) -> (u16, Value) {
    let url = format!("http://{}/twirp/livekit.RoomService/{method}", server.address);
    let asked = server
        .http
        .post(url)
        .bearer_auth(token(video))
        .header("content-type", "application/json");
    let answer = asked.body(body.to_string()).send().await.unwrap();
    let status = answer.status().as_u16();
    (
        status,
        serde_json::from_str(&answer.text().await.unwrap()).unwrap(),
    )
}

fn admin() -> Value {
    json!({ "roomAdmin": true, "room": "hall" })
}

#[tokio::test]
async fn a_room_is_made_listed_described_and_ended() {
    let server = serve().await;
    let create = json!({ "name": "hall", "metadata": "looms", "maxParticipants": 2 });
    let (status, room) = ask(&server, "CreateRoom", json!({ "roomCreate": true }), create).await;
    assert_eq!(
        (status, &room["name"], &room["metadata"]),
        (200, &json!("hall"), &json!("looms"))
    );
    let (_, listed) = ask(&server, "ListRooms", json!({ "roomList": true }), json!({})).await;
    assert_eq!(listed["rooms"][0]["sid"], room["sid"]);
    let describe = json!({ "room": "hall", "metadata": "engines" });
    let (_, room) = ask(&server, "UpdateRoomMetadata", admin(), describe).await;
    assert_eq!(room["metadata"], "engines");
    let (status, _) = ask(
        &server,
        "DeleteRoom",
        json!({ "roomCreate": true }),
        json!({ "room": "hall" }),
    )
    .await;
    assert_eq!(status, 200);
    let (status, refused) = ask(&server, "ListParticipants", admin(), json!({ "room": "hall" })).await;
    assert_eq!((status, &refused["code"]), (404, &json!("not_found")));
}

#[tokio::test]
async fn people_are_listed_changed_and_removed_in_protobuf_too() {
    let server = serve().await;
    let (_ada, join) = server.enter("hall", "ada").await;
    let sid = join.participant.unwrap().sid;
    let url = format!(
        "http://{}/twirp/livekit.RoomService/ListParticipants",
        server.address
    );
    let request = proto::ListParticipantsRequest { room: "hall".into() };
    let asked = server
        .http
        .post(url)
        .bearer_auth(token(admin()))
        .header("content-type", "application/protobuf");
    let answer = asked.body(request.encode_to_vec()).send().await.unwrap();
    let listed = proto::ListParticipantsResponse::decode(answer.bytes().await.unwrap()).unwrap();
    assert_eq!(listed.participants[0].sid, sid);

    let who = json!({ "room": "hall", "identity": "ada" });
    let (_, ada) = ask(&server, "GetParticipant", admin(), who.clone()).await;
    assert_eq!(ada["identity"], "ada");
    let update = json!({ "room": "hall", "identity": "ada", "permission": { "canSubscribe": true } });
    let (_, ada) = ask(&server, "UpdateParticipant", admin(), update).await;
    assert_eq!(ada["permission"]["canSubscribe"], true);
    assert_ne!(ada["permission"]["canPublish"], true);
    assert_eq!(ask(&server, "RemoveParticipant", admin(), who).await.0, 200);
    assert!(server.media.people("hall").await.unwrap().is_empty());
}

#[tokio::test]
async fn each_method_asks_for_its_grant() {
    let server = serve().await;
    server
        .media
        .open("hall", media::OpenRoom::default())
        .await
        .unwrap();
    let body = json!({ "room": "hall", "name": "hall", "identity": "ada" });
    let needs = [
        (
            "CreateRoom",
            json!({ "roomAdmin": true, "roomList": true, "roomJoin": true, "room": "hall" }),
        ),
        (
            "DeleteRoom",
            json!({ "roomAdmin": true, "roomList": true, "roomJoin": true, "room": "hall" }),
        ),
        (
            "ListRooms",
            json!({ "roomAdmin": true, "roomCreate": true, "room": "hall" }),
        ),
    ];
    let administers = [
        "ListParticipants",
        "GetParticipant",
        "RemoveParticipant",
        "MutePublishedTrack",
        "UpdateParticipant",
        "SendData",
        "UpdateRoomMetadata",
    ];
    let elsewhere = json!({ "roomAdmin": true, "room": "attic", "roomCreate": true, "roomList": true });
    let needs = needs
        .into_iter()
        .chain(administers.map(|method| (method, elsewhere.clone())));
    for (method, video) in needs {
        let (status, refused) = ask(&server, method, video, body.clone()).await;
        assert_eq!(
            (status, &refused["code"]),
            (403, &json!("permission_denied")),
            "{method}"
        );
    }
    assert_eq!(server.media.rooms().await.unwrap().len(), 1);
    // What lets somebody in lets them administer nothing.
    let url = format!(
        "http://{}/twirp/livekit.RoomService/ListParticipants",
        server.address
    );
    let ticket = server.ticket("hall", "ada");
    let asked = server
        .http
        .post(url)
        .bearer_auth(ticket)
        .header("content-type", "application/json");
    assert_eq!(asked.body(body.to_string()).send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn what_is_not_built_or_cannot_be_read_is_said() {
    let server = serve().await;
    let (status, refused) = ask(&server, "ForwardParticipant", admin(), json!({})).await;
    assert_eq!((status, &refused["code"]), (501, &json!("unimplemented")));
    let (status, refused) = ask(&server, "ListParticipants", admin(), json!({ "room": 7 })).await;
    assert_eq!((status, &refused["code"]), (400, &json!("malformed")));
}

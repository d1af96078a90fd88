//! What administrators see of the rooms: numbers, and no name that they may not know.

use super::*;

both_stores! {
    async fn administrators_see_how_rooms_do_and_nobody_else(live: Live) {
        let (ada, owner) = (live.house.member("Ada").await, &live.house.owner);
        ada.get("/api/live/rooms").await.refused(403, "forbidden");
        let none = owner.get("/api/live/rooms").await.expect(200);
        assert_eq!(none, json!({ "place": "here", "rooms": [] }));
        let session = live.go_live(&ada, json!({})).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let _socket = live.come_in(&live.enter(&ada, &session, "laptop").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        let seen = owner.get("/api/live/rooms").await.expect(200);
        let room = &seen["rooms"][0];
        assert_eq!((&room["live_id"], &room["breakout_id"], &room["n_people"]), (&session["id"], &Value::Null, &json!(1)));
        assert_eq!((&room["channel_name"], &room["channel_kind"]), (&json!("general"), &json!("public")));
        assert!(room["since"].as_i64().is_some_and(|since| since <= live.house.server.app.clock.now().0));
        assert_eq!((&room["packets_in_per_s"], &room["n_tcp"], &room["n_paused"]), (&json!(0), &json!(0), &json!(0)));
        assert!(!seen.to_string().contains("Which"), "what it is about is not told");
    }

    async fn of_a_private_channel_the_kind_is_told_and_no_name(live: Live) {
        let (ada, owner) = (live.house.member("Ada").await, &live.house.owner);
        let path = format!("/api/spaces/{}/channels", live.house.space);
        let secret = id_of(&ada.post(&path, json!({ "name": "secret", "kind": "private" })).await.expect(201));
        let path = format!("/api/channels/{secret}/live");
        let session = ada.post(&path, about(json!({}))).await.expect(201)["session"].clone();
        let enter = format!("{path}/{}/enter", id_of(&session));
        let ticket = ada.post(&enter, json!({ "device": "laptop" })).await.expect(200);
        let _socket = live.come_in(&ticket).await;
        let seen = owner.get("/api/live/rooms").await.expect(200);
        let room = &seen["rooms"][0];
        assert_eq!((&room["channel_name"], &room["channel_kind"], &room["channel_id"]), (&json!(""), &json!("private"), &json!(secret)));
    }
}

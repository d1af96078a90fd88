//! What those who host arrange, and what is shown for a moment.

use super::{Begin, Live, about, until};
use futures_util::StreamExt;
use platform::{both_stores, testing::Listener};
use serde_json::{Value, json};
use spaces::testing::{TestPerson, id_of, new_id};
use std::time::Duration;

both_stores! {
    async fn those_who_host_arrange_the_stage(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let one = live.one(&session, "");
        assert_eq!(session["layout"], "free");
        ada.patch(&one, json!({ "pinned_id": bob.id })).await.refused(422, "invalid");
        live.enter(&bob, &session, "a").await;
        bob.patch(&one, json!({ "layout": "speaker" })).await.refused(403, "forbidden");
        let view = ada.patch(&one, json!({ "layout": "speaker", "pinned_id": bob.id })).await.expect(200);
        assert_eq!((&view["session"]["layout"], &view["session"]["pinned_id"]), (&json!("speaker"), &json!(bob.id)));
        let view = ada.patch(&one, json!({ "unpin": true })).await.expect(200);
        assert_eq!((&view["session"]["layout"], &view["session"]["pinned_id"]), (&json!("speaker"), &Value::Null));
    }

    async fn up_to_two_people_interpret(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let (cleo, dan) = (live.house.member("Cleo").await, live.house.member("Dan").await);
        let session = live.go_live(&ada, json!({})).await;
        for person in [&bob, &cleo, &dan] {
            live.enter(person, &session, "a").await;
        }
        let of = |person: &TestPerson| live.one(&session, &format!("/people/{}", person.id));
        bob.patch(&of(&bob), json!({ "interprets": true })).await.refused(403, "forbidden");
        ada.patch(&of(&bob), json!({ "interprets": true })).await.expect(200);
        let view = ada.patch(&of(&cleo), json!({ "interprets": true })).await.expect(200);
        let interpreters = |view: &Value| view["session"]["interpreters"].as_array().map(Vec::len);
        assert_eq!(interpreters(&view), Some(2));
        ada.patch(&of(&cleo), json!({ "interprets": true })).await.expect(200);
        ada.patch(&of(&dan), json!({ "interprets": true })).await.refused(422, "invalid");
        let view = ada.patch(&of(&cleo), json!({ "is_out": true })).await.expect(200);
        assert_eq!(view["session"]["interpreters"], json!([bob.id]), "whoever is out interprets no more");
        let view = ada.patch(&of(&bob), json!({ "interprets": false })).await.expect(200);
        assert_eq!(interpreters(&view), Some(0));
    }

    async fn an_agenda_has_a_clock_for_each_point(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let path = live.one(&session, "/agenda");
        let points = json!([{ "title": "Look back", "minutes": 5 }, { "title": "The bus" }]);
        bob.put(&path, json!({ "points": points })).await.refused(403, "forbidden");
        let view = ada.put(&path, json!({ "points": points, "point": 0 })).await.expect(200);
        assert_eq!((&view["agenda"][0]["title"], &view["agenda"][1]["minutes"]), (&json!("Look back"), &Value::Null));
        let began = view["session"]["point_at"].clone();
        assert_eq!((&view["session"]["point"], began.is_i64(), &view["session"]["revision"]), (&json!(0), true, &json!(1)));
        live.house.server.advance(Duration::from_secs(60));
        let view = ada.put(&path, json!({ "points": points, "point": 0 })).await.expect(200);
        assert_eq!(view["session"]["point_at"], began, "its clock goes on");
        let view = ada.put(&path, json!({ "points": points, "point": 1 })).await.expect(200);
        assert_ne!(view["session"]["point_at"], began);
        let view = ada.put(&path, json!({ "points": points })).await.expect(200);
        assert_eq!((&view["session"]["point"], &view["session"]["point_at"]), (&Value::Null, &Value::Null));
        let many: Vec<Value> = (0..31).map(|n| json!({ "title": n.to_string() })).collect();
        for bad in [
            json!({ "points": many }), json!({ "points": [{ "title": " " }] }), json!({ "points": [{ "title": "a", "minutes": 241 }] }),
            json!({ "points": points, "point": 2 }),
        ] {
            ada.put(&path, bad).await.refused(422, "invalid");
        }
    }

    async fn a_sign_is_shown_to_who_is_in(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let path = live.one(&session, "/reactions");
        ada.post(&path, json!({ "emoji": "👏" })).await.refused(403, "forbidden");
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let mut socket = live.come_in(&live.enter(&ada, &session, "a").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        ada.post(&path, json!({ "emoji": "<b>" })).await.refused(422, "invalid");
        bob.post(&path, json!({ "emoji": "👏" })).await.refused(403, "forbidden");
        ada.post(&path, json!({ "emoji": "👏" })).await.expect(204);
        assert!(socket.next().await.is_some(), "she is still in");
    }

    async fn in_a_direct_conversation_it_rings_with_who_can_be_reached(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let all_day: Vec<Value> = (1..=7).map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 1440 })).collect();
        let policy = json!({ "work": all_day, "holidays": null, "no_meeting_days": [] });
        live.house.owner.put("/api/time-policy", policy).await.expect(200);
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200);
        let path = format!("/api/channels/{}/live", id_of(&direct));
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let session = ada.post(&path, about(json!({}))).await.expect(201)["session"].clone();
        let rang = listener.event("live.rang").await["body"].clone();
        assert_eq!((&rang["live_id"], &rang["person_id"]), (&session["id"], &json!(ada.id)));
    }

    async fn beside_a_session_of_the_stream_begins_a_topic(live: Live) {
        let ada = live.house.member("Ada").await;
        let topic = new_id();
        let session = live.go_live(&ada, json!({ "backchannel_id": topic })).await;
        assert_eq!((&session["backchannel_id"], &session["topic_id"]), (&json!(topic), &Value::Null));
        let listed = ada.get("/api/live").await.expect(200);
        assert_eq!(listed["titles"], json!(["Which bus?"]));
        // The topic is a conversation of its own and can be live at the same time.
        let second = live.go_live(&ada, json!({ "topic_id": topic })).await;
        assert_eq!((&second["backchannel_id"], &second["topic_id"]), (&json!(topic), &json!(topic)));
    }
}

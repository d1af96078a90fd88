//! Smaller rooms.

use super::{Begin, Live, about, decision, leave, until};
use futures_util::StreamExt;
use platform::{both_stores, testing::Listener};
use serde_json::{Value, json};
use spaces::testing::{TestPerson, id_of, new_id};
use std::time::Duration;

fn room(name: &str, people: &[&TestPerson]) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    json!({ "id": new_id(), "name": name, "people": people })
}

fn note(text: &str, room: Option<&Value>) -> Value {
    json!({ "id": new_id(), "text": text, "breakout_id": room.map(|room| room["id"].clone()) })
}

async fn written(live: &Live, who: &TestPerson, session: &Value) -> Vec<String> {
    let topic = session["backchannel_id"].as_str().expect("a topic");
    let page = format!("/api/channels/{}/messages?topic={topic}", live.house.general);
    let messages = who.get(&page).await.expect(200)["messages"].clone();
    let texts = messages.as_array().into_iter().flatten();
    texts
        .filter_map(|message| message["text"].as_str().map(str::to_owned))
        .collect()
}

both_stores! {
    async fn people_go_to_smaller_rooms_and_what_they_wrote_comes_back(live: Live) {
        let house = &live.house;
        let (ada, bob, cleo) = (house.member("Ada").await, house.member("Bob").await, house.member("Cleo").await);
        let session = live.go_live(&ada, json!({})).await;
        for person in [&bob, &cleo] {
            live.enter(person, &session, "a").await;
        }
        let rooms = [room("Costs", &[&bob]), room("Times", &[&cleo])];
        let open = live.one(&session, "/breakouts");
        bob.put(&open, json!({ "rooms": rooms })).await.refused(403, "forbidden");
        let view = ada.put(&open, json!({ "rooms": rooms, "minutes": 10 })).await.expect(200);
        assert_eq!((&view["session"]["n_breakouts"], &view["breakouts"][0]["name"]), (&json!(2), &json!("Costs")));
        ada.put(&open, json!({ "rooms": rooms })).await.expect(200);
        ada.put(&open, json!({ "rooms": [room("Third", &[])] })).await.refused(403, "forbidden");
        let ticket = live.enter(&bob, &session, "a").await;
        assert_eq!(ticket["breakout_id"], rooms[0]["id"]);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let mut socket = live.come_in(&ticket).await;
        let here = until(&mut listener, |session| session["n_in"] == 1).await;
        let bobs = here["people"].as_array().into_iter().flatten().find(|person| person["person_id"] == bob.id.as_str());
        assert_eq!(bobs.map(|person| &person["breakout_id"]), Some(&rooms[0]["id"]));

        let notes = live.one(&session, "/notes");
        bob.post(&notes, note("The early one costs *3*.", Some(&rooms[0]))).await.expect(204);
        bob.post(&notes, note("I am not there.", Some(&rooms[1]))).await.refused(403, "forbidden");
        bob.post(&notes, note("To all of you.", None)).await.refused(403, "forbidden");
        ada.post(&notes, note("Two more minutes.", None)).await.expect(204);
        let of = |idx: usize| format!("{notes}?breakout={}", rooms[idx]["id"].as_str().unwrap_or_default());
        let texts = |page: Value| -> Vec<Value> { page["notes"].as_array().into_iter().flatten().map(|note| note["text"].clone()).collect() };
        assert_eq!(texts(cleo.get(&of(0)).await.expect(200)), ["The early one costs *3*.", "Two more minutes."]);
        assert_eq!(texts(cleo.get(&of(1)).await.expect(200)), ["Two more minutes."]);

        let recall = live.one(&session, "/breakouts/recall");
        bob.post(&recall, json!({ "seconds": 0 })).await.refused(403, "forbidden");
        let soon = ada.post(&recall, json!({ "seconds": 30 })).await.expect(200);
        assert_eq!(soon["session"]["breakouts_until"], house.server.app.clock.now().0 + 30_000_000);
        let back = ada.post(&recall, json!({ "seconds": 0 })).await.expect(200);
        assert_eq!((&back["session"]["n_breakouts"], &back["session"]["breakouts_until"]), (&json!(0), &Value::Null));
        while let Some(Ok(_)) = socket.next().await {}
        assert_eq!(live.enter(&bob, &session, "a").await["breakout_id"], Value::Null);
        let written = written(&live, &ada, &session).await;
        assert_eq!(written.len(), 1, "a room in which nothing was written says nothing: {written:?}");
        assert!(written[0].starts_with("**Costs** (Bob)") && written[0].contains(r"costs \*3\*\."), "{written:?}");
        ada.get(&of(0)).await.refused(404, "not-found");
    }

    async fn everybody_chooses_where_that_is_agreed(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        live.enter(&bob, &session, "a").await;
        let place = |person: &TestPerson| live.one(&session, &format!("/people/{}/breakout", person.id));
        let rooms = [room("One", &[]), room("Two", &[])];
        ada.put(&live.one(&session, "/breakouts"), json!({ "rooms": rooms })).await.expect(200);
        let there = json!({ "breakout_id": rooms[1]["id"] });
        bob.put(&place(&bob), there.clone()).await.refused(403, "forbidden");
        ada.put(&place(&bob), there.clone()).await.expect(200);
        ada.put(&place(&bob), json!({ "breakout_id": new_id() })).await.refused(422, "invalid");
        ada.post(&live.one(&session, "/breakouts/recall"), json!({ "seconds": 0 })).await.expect(200);
        let rooms = [room("One", &[]), room("Two", &[])];
        ada.put(&live.one(&session, "/breakouts"), json!({ "rooms": rooms, "may_choose": true })).await.expect(200);
        bob.put(&place(&bob), json!({ "breakout_id": rooms[0]["id"] })).await.expect(200);
        bob.put(&place(&ada), json!({ "breakout_id": rooms[0]["id"] })).await.refused(403, "forbidden");
        assert_eq!(live.enter(&bob, &session, "a").await["breakout_id"], rooms[0]["id"]);
        bob.put(&place(&bob), json!({ "breakout_id": null })).await.expect(200);
        assert_eq!(live.enter(&bob, &session, "a").await["breakout_id"], Value::Null);
    }

    async fn at_their_time_the_rooms_close_by_themselves(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        live.enter(&bob, &session, "a").await;
        let rooms = [room("One", &[&bob])];
        ada.put(&live.one(&session, "/breakouts"), json!({ "rooms": rooms, "minutes": 5 })).await.expect(200);
        bob.post(&live.one(&session, "/notes"), note("Here.", Some(&rooms[0]))).await.expect(204);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let socket = live.come_in(&live.enter(&bob, &session, "a").await).await;
        until(&mut listener, |session| session["n_in"] == 1).await;
        live.house.server.advance(Duration::from_secs(5 * 60));
        until(&mut listener, |session| session["n_breakouts"] == 0).await;
        assert_eq!(written(&live, &ada, &session).await.len(), 1);
        leave(socket).await;
    }

    async fn the_end_gathers_what_was_written(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        live.enter(&bob, &session, "a").await;
        let rooms = [room("One", &[&bob])];
        ada.put(&live.one(&session, "/breakouts"), json!({ "rooms": rooms })).await.expect(200);
        for n in 0..40 {
            bob.post(&live.one(&session, "/notes"), note(&format!("{n} {}", "x".repeat(900)), Some(&rooms[0]))).await.expect(204);
        }
        ada.post(&live.one(&session, "/end"), json!({ "outcome": "none" })).await.expect(200);
        let written = written(&live, &ada, &session).await;
        let all = written.join("\n");
        assert!(written.len() > 2 && (0..40).all(|n| all.contains(&format!("Bob: {n} "))), "{} messages", written.len());
    }

    async fn rooms_are_named_and_bounded(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        let open = live.one(&session, "/breakouts");
        let many: Vec<Value> = (0..31).map(|n| room(&n.to_string(), &[])).collect();
        let same = room("One", &[]);
        for bad in [
            json!({ "rooms": [] }), json!({ "rooms": many }), json!({ "rooms": [room(" ", &[])] }),
            json!({ "rooms": [room("One", &[&bob])] }), json!({ "rooms": [room("One", &[])], "minutes": 0 }),
        ] {
            ada.put(&open, bad).await.refused(422, "invalid");
        }
        ada.put(&open, json!({ "rooms": [same, same] })).await.refused(409, "conflict");
    }

    async fn what_nobody_can_post_stays_readable_in_its_room(live: Live) {
        let house = &live.house;
        let body = json!({ "name": "trip", "kind": "public" });
        let channel = house.owner.post(&format!("/api/spaces/{}/channels", house.space), body).await.expect(201);
        let channel = id_of(&channel);
        let all = format!("/api/channels/{channel}/live");
        let session = house.owner.post(&all, about(json!({}))).await.expect(201)["session"].clone();
        let one = format!("{all}/{}", id_of(&session));
        house.owner.post(&format!("{one}/enter"), json!({ "device": "a" })).await.expect(200);
        let rooms = [room("Costs", &[&house.owner]), room("Times", &[])];
        house.owner.put(&format!("{one}/breakouts"), json!({ "rooms": rooms })).await.expect(200);
        house.owner.post(&format!("{one}/notes"), note("Three each.", Some(&rooms[0]))).await.expect(204);
        let archived = |is: bool| json!({ "archived": is });
        house.owner.patch(&format!("/api/channels/{channel}"), archived(true)).await.expect(200);
        let recall = format!("{one}/breakouts/recall");
        let back = house.owner.post(&recall, json!({ "seconds": 0 })).await.expect(200);
        assert_eq!((&back["session"]["n_breakouts"], &back["breakouts"]), (&json!(0), &json!([])));
        assert_eq!(back["kept"], json!([{ "id": rooms[0]["id"], "name": "Costs" }]), "a room without notes is gone");
        let of = format!("{one}/notes?breakout={}", rooms[0]["id"].as_str().unwrap_or_default());
        assert_eq!(house.owner.get(&of).await.expect(200)["notes"][0]["text"], "Three each.");
        house.owner.put(&format!("{one}/breakouts"), json!({ "rooms": [room("More", &[])] })).await.refused(409, "archived");
        let there = format!("{one}/people/{}/breakout", house.owner.id);
        house.owner.put(&there, json!({ "breakout_id": rooms[0]["id"] })).await.refused(422, "invalid");
        // When somebody can post again, the end does.
        house.owner.patch(&format!("/api/channels/{channel}"), archived(false)).await.expect(200);
        let ended = house.owner.post(&format!("{one}/end"), json!({ "outcome": "none" })).await.expect(200);
        assert_eq!(ended["kept"], json!([]));
        let page = format!("/api/channels/{channel}/messages?topic={}", session["backchannel_id"].as_str().unwrap_or_default());
        assert!(house.owner.get(&page).await.expect(200).to_string().contains("Three each"));
        house.owner.get(&of).await.refused(404, "not-found");
    }

    async fn slow_mode_holds_up_neither_the_way_back_nor_the_end(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = live.go_live(&ada, json!({})).await;
        live.enter(&bob, &session, "a").await;
        let rooms = [room("One", &[&bob]), room("Two", &[&ada])];
        ada.put(&live.one(&session, "/breakouts"), json!({ "rooms": rooms })).await.expect(200);
        bob.post(&live.one(&session, "/notes"), note("Here.", Some(&rooms[0]))).await.expect(204);
        ada.post(&live.one(&session, "/notes"), note("There.", Some(&rooms[1]))).await.expect(204);
        live.house.owner.patch(&format!("/api/channels/{}", live.house.general), json!({ "slow_s": 3_600 })).await.expect(200);
        let messages = format!("/api/channels/{}/messages", live.house.general);
        ada.post(&messages, json!({ "id": new_id(), "text": "Just now." })).await.expect(201);
        ada.post(&messages, json!({ "id": new_id(), "text": "Too soon." })).await.refused(429, "slow-mode");
        ada.post(&live.one(&session, "/breakouts/recall"), json!({ "seconds": 0 })).await.expect(200);
        assert_eq!(written(&live, &ada, &session).await.len(), 2);
        let more = json!({ "absent": [bob.id] });
        let ended = ada.post(&live.one(&session, "/end"), decision("Early.", more)).await.expect(200);
        assert_eq!(ended["session"]["outcome"], "decision");
        ada.post(&messages, json!({ "id": new_id(), "text": "Too soon." })).await.refused(429, "slow-mode");
    }

    async fn an_agenda_that_cannot_be_read_is_an_error(live: Live) {
        platform::sql! {
            BREAK = "update live_session set agenda = 'x' where id = $1";
        }
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let id: base::LiveId = base::LiveId(id_of(&session).parse().expect("an id"));
        let lane = base::ChannelId(live.house.general.parse().expect("an id"));
        let write = move |tx: &mut dyn platform::db::Tx| tx.exec(&BREAK, &[id.into()]).map(drop);
        live.house.server.app.db.write(lane, write).await.expect("it is broken");
        ada.get(&live.one(&session, "")).await.refused(500, "internal");
        assert!(!STATEMENTS.is_empty());
    }
}

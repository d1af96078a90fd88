//! What comes of a session.

use super::{Begin, Live, decision, leave, until};
use platform::{both_stores, testing::Listener};
use serde_json::{Value, json};
use spaces::testing::{TestPerson, id_of, new_id};
use std::time::Duration;

/// A session that Ada has begun and in which she has been.
async fn held(live: &Live, ada: &TestPerson) -> Value {
    let session = live.go_live(ada, json!({})).await;
    let (mut listener, _) = Listener::open(ada, json!({})).await;
    leave(live.come_in(&live.enter(ada, &session, "a").await).await).await;
    until(&mut listener, |session| {
        session["n_came"] == 1 && session["n_in"] == 0
    })
    .await
}

async fn topic(live: &Live, who: &TestPerson, session: &Value) -> Value {
    let topic = session["backchannel_id"].as_str().expect("a topic");
    let path = format!("/api/channels/{}/topics/{topic}", live.house.general);
    who.get(&path).await.expect(200)["topic"].clone()
}

async fn asked(who: &TestPerson) -> Value {
    who.get("/api/asks?side=on_me").await.expect(200)["items"].clone()
}

both_stores! {
    async fn a_decision_is_noted_in_the_topic_and_final_when_nobody_was_absent(live: Live) {
        let ada = live.house.member("Ada").await;
        let session = held(&live, &ada).await;
        assert_eq!(topic(&live, &ada, &session).await["title"], "Which bus?");
        let end = live.one(&session, "/end");
        ada.post(&end, json!({ "outcome": "decision" })).await.refused(422, "invalid");
        ada.post(&end, decision("  ", json!({}))).await.refused(422, "invalid");
        let said = decision("We take the early bus.", json!({}));
        let ended = ada.post(&end, said.clone()).await.expect(200)["session"].clone();
        let noted = &ended["decision"];
        assert_eq!((&noted["open_until"], noted["final_at"].is_i64()), (&Value::Null, true));
        let after = topic(&live, &ada, &session).await;
        assert_eq!((&after["state"], &after["decision"]), (&json!("decided"), &json!("We take the early bus.")));
        let place = format!("/api/messages/{}", noted["message_id"].as_str().expect("an id"));
        assert_eq!(ada.get(&place).await.expect(200)["topic_id"], session["backchannel_id"]);
        let again = ada.post(&end, said).await.expect(200)["session"].clone();
        assert_eq!(again, ended, "sent twice it is one");
    }

    async fn who_was_absent_is_asked_and_by_answering_it_becomes_final(live: Live) {
        let (ada, bob, cleo) = (live.house.member("Ada").await, live.house.member("Bob").await, live.house.member("Cleo").await);
        let session = held(&live, &ada).await;
        let absent = json!({ "absent": [bob.id, cleo.id] });
        let ended = ada.post(&live.one(&session, "/end"), decision("Early.", absent)).await.expect(200)["session"].clone();
        let noted = ended["decision"].clone();
        assert!(noted["open_until"].is_i64() && noted["final_at"].is_null(), "{noted}");
        let message = noted["message_id"].as_str().expect("an id").to_owned();
        for person in [&bob, &cleo] {
            let on_me = asked(person).await;
            assert_eq!((&on_me[0]["ask"]["message_id"], &on_me[0]["ask"]["kind"]), (&noted["message_id"], &json!("feedback")));
        }
        let moves = format!("/api/channels/{}/messages/{message}/ask/moves", live.house.general);
        bob.post(&moves, json!({ "move": "answer" })).await.expect(200);
        assert!(ada.get(&live.one(&session, "")).await.expect(200)["session"]["decision"]["final_at"].is_null());
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        cleo.post(&moves, json!({ "move": "answer" })).await.expect(200);
        let settled = until(&mut listener, |_| true).await;
        assert!(settled["decision"]["final_at"].is_i64());
        let object = json!({ "message_id": new_id(), "text": "No." });
        cleo.post(&live.one(&session, "/objection"), object).await.refused(403, "forbidden");
    }

    async fn an_objection_opens_the_topic_again_once(live: Live) {
        let (ada, bob, cleo) = (live.house.member("Ada").await, live.house.member("Bob").await, live.house.member("Cleo").await);
        let session = held(&live, &ada).await;
        let absent = json!({ "absent": [bob.id] });
        ada.post(&live.one(&session, "/end"), decision("Early.", absent.clone())).await.expect(200);
        let objection = live.one(&session, "/objection");
        let said = json!({ "message_id": new_id(), "text": "The *late* one is half empty." });
        cleo.post(&objection, said.clone()).await.refused(403, "forbidden");
        let after = bob.post(&objection, said.clone()).await.expect(200)["session"].clone();
        assert_eq!((&after["decision"]["objected_by"], &after["decision"]["final_at"]), (&json!(bob.id), &Value::Null));
        assert_eq!(topic(&live, &ada, &session).await["state"], "open");
        bob.post(&objection, said).await.expect(200);
        assert_eq!(asked(&bob).await, json!([]), "nobody is asked about it any more");
        let page = format!("/api/channels/{}/messages?topic={}", live.house.general, session["backchannel_id"].as_str().unwrap_or_default());
        let messages = bob.get(&page).await.expect(200)["messages"].clone();
        assert!(messages.to_string().contains("half empty"), "the reason stands in the topic: {messages}");
        // The next one in this topic is final at once.
        let more = json!({ "topic_id": session["backchannel_id"] });
        let second = live.go_live(&ada, more).await;
        let ended = ada.post(&live.one(&second, "/end"), decision("Late.", absent)).await.expect(200)["session"].clone();
        assert!(ended["decision"]["final_at"].is_i64(), "{ended}");
        assert_eq!(asked(&bob).await[0]["ask"]["message_id"], ended["decision"]["message_id"], "who was absent is told all the same");
    }

    async fn when_the_window_has_passed_a_decision_is_final(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada).await;
        let end = decision("Early.", json!({ "absent": [bob.id] }));
        let ended = ada.post(&live.one(&session, "/end"), end).await.expect(200)["session"].clone();
        let until = ended["decision"]["open_until"].as_i64().expect("a time");
        let now = live.house.server.app.clock.now().0;
        assert!(until > now && until <= now + 3 * 24 * 3_600_000_000, "within three days");
        let app = &live.house.server.app;
        live.house.server.advance(Duration::from_micros(u64::try_from(until - now).expect("ahead")));
        while platform::jobs::run_due(app, app.job_kinds()).await.expect("the jobs run") > 0 {}
        let after = ada.get(&live.one(&session, "")).await.expect(200)["session"]["decision"].clone();
        assert!(after["final_at"].is_i64(), "{after}");
        assert_eq!(topic(&live, &ada, &session).await["state"], "decided");
    }

    async fn who_opens_the_topic_again_has_objected(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada).await;
        let end = decision("Early.", json!({ "absent": [bob.id] }));
        ada.post(&live.one(&session, "/end"), end).await.expect(200);
        let topic = session["backchannel_id"].as_str().expect("a topic");
        ada.patch(&format!("/api/channels/{}/topics/{topic}", live.house.general), json!({ "state": "open" })).await.expect(200);
        let after = ada.get(&live.one(&session, "")).await.expect(200)["session"]["decision"].clone();
        assert_eq!((&after["objected_by"], &after["final_at"]), (&json!(ada.id), &Value::Null));
    }

    async fn a_decision_that_cannot_wait_is_final_and_told_all_the_same(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada).await;
        let end = decision("We close now.", json!({ "absent": [bob.id], "is_final": true }));
        let ended = ada.post(&live.one(&session, "/end"), end).await.expect(200)["session"].clone();
        assert_eq!((&ended["decision"]["open_until"], ended["decision"]["final_at"].is_i64()), (&Value::Null, true));
        assert_eq!(asked(&bob).await.as_array().map(Vec::len), Some(1));
    }

    async fn open_questions_are_asked_in_the_topic(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada).await;
        let end = live.one(&session, "/end");
        ada.post(&end, json!({ "outcome": "asks" })).await.refused(422, "invalid");
        let outsider = live.house.outsider("Eve").await;
        let of = |person: &TestPerson| json!({ "message_id": new_id(), "text": "Who books it?", "people": [person.id] });
        ada.post(&end, json!({ "outcome": "asks", "asks": [of(&outsider)] })).await.refused(422, "invalid");
        let open = ada.get(&live.one(&session, "")).await.expect(200);
        assert!(open["session"]["ended_at"].is_null(), "what was refused ended nothing");
        ada.post(&end, json!({ "outcome": "asks", "asks": [of(&bob)] })).await.expect(200);
        let on_bob = asked(&bob).await;
        assert_eq!((&on_bob[0]["text"], &on_bob[0]["topic_id"]), (&json!("Who books it?"), &session["backchannel_id"]));
    }

    async fn who_was_called_or_wrote_and_was_not_there_is_absent(live: Live) {
        let (ada, bob, cleo, dan) = (live.house.member("Ada").await, live.house.member("Bob").await, live.house.member("Cleo").await, live.house.member("Dan").await);
        let about = format!("<@{}> which bus?", bob.id);
        let session = live.go_live(&ada, json!({ "about": about })).await;
        assert_eq!(ada.get(&live.one(&session, "")).await.expect(200)["title"], "@Bob which bus?");
        let message = json!({ "id": new_id(), "text": "I am late.", "topic_id": session["backchannel_id"] });
        cleo.post(&format!("/api/channels/{}/messages", live.house.general), message).await.expect(201);
        let named = |answer: Value| -> Vec<String> {
            let people = answer["people"].as_array().cloned().unwrap_or_default();
            people.iter().filter_map(|person| person["name"].as_str().map(str::to_owned)).collect()
        };
        let path = live.one(&session, "/absent");
        let mut names = named(ada.get(&path).await.expect(200));
        names.sort();
        assert_eq!(names, ["Bob", "Cleo"]);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        leave(live.come_in(&live.enter(&cleo, &session, "a").await).await).await;
        until(&mut listener, |session| session["n_came"] == 1 && session["n_in"] == 0).await;
        assert_eq!(named(ada.get(&path).await.expect(200)), ["Bob"]);
        assert_eq!(named(dan.get(&path).await.expect(200)), ["Bob"]);
    }

    async fn with_its_message_a_decision_goes(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada).await;
        let end = decision("Early.", json!({ "absent": [bob.id] }));
        let ended = ada.post(&live.one(&session, "/end"), end).await.expect(200)["session"].clone();
        let message = ended["decision"]["message_id"].as_str().expect("an id");
        ada.delete(&format!("/api/channels/{}/messages/{message}", live.house.general)).await.expect(204);
        assert_eq!(ada.get(&live.one(&session, "")).await.expect(200)["session"]["decision"], Value::Null);
        assert_eq!(id_of(&ended), id_of(&session));
    }
}

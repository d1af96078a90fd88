//! The inbox through HTTP.

use platform::{both_stores, testing::Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, new_id};
use std::time::Duration;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            groups::feature(),
            words::feature(),
            hours::feature(),
            messages::feature(),
            charters::feature(),
            asks::feature(),
            urgent::feature(),
            live::feature(),
            crate::feature(),
        ];
        let house = House::open_keeping(store, features, live::kept(), |_| ()).await?;
        drop(live::start(&house.server.app).await.expect("media start"));
        Some(house)
    }
}

async fn say(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "everyone_ok": true });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn reply(person: &TestPerson, channel: &str, topic: &Value, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic["id"] });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn begin_topic(person: &TestPerson, channel: &str, title: &str) -> Value {
    let body = json!({ "id": new_id(), "title": title, "message": { "id": new_id(), "text": format!("About {title}") } });
    person
        .post(&format!("/api/channels/{channel}/topics"), body)
        .await
        .expect(201)
}

async fn decide(person: &TestPerson, channel: &str, topic: &Value, state: &str, decision: Option<&str>) {
    let path = format!(
        "/api/channels/{channel}/topics/{}",
        topic["id"].as_str().unwrap_or_default()
    );
    person
        .patch(&path, json!({ "state": state, "decision": decision }))
        .await
        .expect(200);
}

async fn ask(by: &TestPerson, channel: &str, of: &TestPerson, text: &str) -> Value {
    let body = json!({ "message": { "id": new_id(), "text": text }, "ask": { "kind": "question", "people": [of.id] } });
    by.post(&format!("/api/channels/{channel}/asks"), body)
        .await
        .expect(201)
}

async fn inbox(person: &TestPerson) -> Value {
    person.get("/api/inbox").await.expect(200)
}

fn texts(lines: &Value, of: &str) -> Vec<String> {
    let lines = lines.as_array().into_iter().flatten();
    lines
        .map(|item| item["line"][of].as_str().unwrap_or("-").to_owned())
        .collect()
}

async fn mark_read(person: &TestPerson, channel: &str) {
    let body = json!({ "seq": 1_000_000 });
    person
        .put(&format!("/api/channels/{channel}/read"), body)
        .await
        .expect(200);
}

platform::sql! {
    N_DECISIONS = "select count(*) from decision";
}

both_stores! {
    async fn who_is_called_sees_it_until_it_is_read(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let lab = house.channel(&ada, "lab", "private").await;
        say(&ada, &house.general, &format!("**Look**, <@{}>!", bob.id)).await;
        say(&ada, &house.general, "Everybody: <@channel>").await;
        let gone = say(&ada, &house.general, &format!("never mind <@{}>", bob.id)).await;
        say(&ada, &lab, &format!("here you are not, <@{}>", bob.id)).await;
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, gone["id"].as_str().unwrap())).await.expect(204);
        let seen = inbox(&bob).await;
        let (calls, people) = (&seen["calls"], &seen["people"]);
        let expected = ["Everybody: @channel".to_owned(), format!("Look, <@{}>!", bob.id)];
        assert_eq!(texts(calls, "text"), expected, "the newest first, and nothing that is deleted or hidden");
        assert_eq!((&calls[0]["everyone"], &calls[1]["everyone"]), (&json!(true), &json!(false)));
        assert_eq!(people.as_array().map(Vec::len), Some(1));
        assert_eq!(texts(&inbox(&ada).await["calls"], "text"), [] as [&str; 0], "nobody calls themselves");
        mark_read(&bob, &house.general).await;
        let seen = inbox(&bob).await;
        assert_eq!((&seen["calls"], &seen["rest"]), (&json!([]), &json!([])));
    }

    async fn the_rest_is_one_line_for_each_channel(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let loud = house.channel(&ada, "loud", "public").await;
        bob.post(&format!("/api/channels/{loud}/join"), json!({})).await;
        let topic = begin_topic(&bob, &house.general, "Fonts").await;
        say(&ada, &house.general, "One").await;
        reply(&ada, &house.general, &topic, "Two").await;
        reply(&ada, &house.general, &topic, "**Three**").await;
        say(&ada, &loud, "Noise").await;
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200);
        let direct = direct["id"].as_str().unwrap().to_owned();
        say(&ada, &direct, "Psst").await;
        bob.put(&format!("/api/channels/{loud}/level"), json!({ "level": "nothing" })).await.expect(204);
        let seen = inbox(&bob).await;
        assert_eq!(texts(&seen["directs"], "text"), ["Psst"]);
        assert_eq!(texts(&seen["rest"], "text"), ["Three"], "what is not wanted waits in its place");
        let general = &seen["rest"][0];
        assert_eq!((&general["n_unread"], &general["n_topics"]), (&json!(3), &json!(1)));
        assert_eq!(general["line"]["topic_title"], json!("Fonts"));
    }

    async fn marked_as_read_at_once_and_taken_back(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let topic = begin_topic(&bob, &house.general, "Fonts").await;
        say(&ada, &house.general, "One").await;
        reply(&ada, &house.general, &topic, "Two").await;
        ask(&ada, &house.general, &bob, "Which?").await;
        let before = inbox(&bob).await;
        let clear = json!({ "id": new_id(), "channels": null });
        let cleared = bob.post("/api/inbox/clear", clear.clone()).await.expect(200);
        assert_eq!(cleared["n_places"], json!(2));
        assert_eq!(bob.post("/api/inbox/clear", clear.clone()).await.expect(200), cleared, "sent twice it is done once");
        let seen = inbox(&bob).await;
        assert_eq!((&seen["rest"], &seen["cleared"]), (&json!([]), &cleared));
        let on_me = bob.get("/api/asks?side=on_me").await.expect(200);
        assert_eq!(on_me["items"].as_array().map(Vec::len), Some(1), "what asks me stays");
        let path = format!("/api/inbox/clear/{}", clear["id"].as_str().unwrap());
        ada.delete(&path).await.refused(404, "not-found");
        ada.post("/api/inbox/clear", clear.clone()).await.refused(404, "not-found");
        assert_eq!(bob.delete(&path).await.expect(200)["n_places"], json!(2));
        assert_eq!(inbox(&bob).await["rest"], before["rest"]);
        bob.delete(&path).await.refused(404, "not-found");
    }

    async fn after_a_week_it_stays_read(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        say(&ada, &house.general, "One").await;
        let clear = json!({ "id": new_id(), "channels": [house.general] });
        assert_eq!(bob.post("/api/inbox/clear", clear.clone()).await.expect(200)["n_places"], json!(1));
        house.server.advance(Duration::from_secs(8 * 24 * 3_600));
        assert_eq!(inbox(&bob).await["cleared"], Value::Null);
        bob.delete(&format!("/api/inbox/clear/{}", clear["id"].as_str().unwrap())).await.refused(404, "not-found");
        let many: Vec<String> = (0..1_001).map(|_| new_id()).collect();
        bob.post("/api/inbox/clear", json!({ "id": new_id(), "channels": many })).await.refused(422, "invalid");
        let hidden = house.channel(&ada, "lab", "private").await;
        let nothing = json!({ "id": new_id(), "channels": [hidden] });
        assert_eq!(bob.post("/api/inbox/clear", nothing).await.expect(200)["n_places"], json!(0));
    }

    async fn whatever_the_time_is_every_ask_is_there(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let long = "word ".repeat(1_000);
        let topic = begin_topic(&bob, &house.general, "Novel").await;
        reply(&ada, &house.general, &topic, &long).await;
        let short = begin_topic(&bob, &house.general, "Short").await;
        reply(&ada, &house.general, &short, "Yes").await;
        say(&ada, &house.general, &format!("See <@{}>", bob.id)).await;
        for _ in 0..3 {
            ask(&ada, &house.general, &bob, &long).await;
        }
        let catch_up = |minutes: i64| {
            let bob = &bob;
            async move { bob.get(&format!("/api/catch-up?minutes={minutes}")).await.expect(200) }
        };
        let kinds = |answer: &Value| -> Vec<String> {
            let items = answer["items"].as_array().into_iter().flatten();
            items.map(|item| item["kind"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let two = catch_up(2).await;
        assert_eq!(kinds(&two)[..3], ["ask", "ask", "ask"]);
        assert!(two["items"].as_array().is_some_and(|items| items.iter().all(|item| item["line"]["topic_title"] != "Novel")));
        let half_an_hour = catch_up(30).await;
        assert_eq!(kinds(&half_an_hour), ["ask", "ask", "ask", "mention", "topic", "topic"]);
        assert_eq!(half_an_hour["n_more"], json!(0));
        let again = catch_up(30).await;
        assert_eq!(half_an_hour, again, "the same state gives the same answer");
        assert_eq!(two["rest"][0]["line"]["channel_id"], json!(house.general));
        assert_eq!(half_an_hour["rest"], json!([]), "all of it stands above");
        bob.get("/api/catch-up?minutes=5").await.refused(422, "invalid");
    }

    async fn how_much_needs_me_is_counted_each_once(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let count = |who: &TestPerson| {
            let who = who.clone();
            async move {
                let n = who.get("/api/inbox/count").await.expect(200)["n_needs_you"].clone();
                assert_eq!(n, inbox(&who).await["n_needs_you"], "the badge and the inbox say the same");
                n
            }
        };
        assert_eq!(count(&bob).await, json!(0));
        say(&ada, &house.general, "what can wait").await;
        assert_eq!(count(&bob).await, json!(0));
        say(&ada, &house.general, &format!("See <@{}>, and <@channel>", bob.id)).await;
        assert_eq!(count(&bob).await, json!(1), "one message that names twice");
        ask(&ada, &house.general, &bob, &format!("<@{}>, which?", bob.id)).await;
        assert_eq!(count(&bob).await, json!(2), "an ask that names as well is one thing");
        let all = json!({ "message": { "id": new_id(), "text": "Read this" }, "ask": { "kind": "read", "everyone": true } });
        ada.post(&format!("/api/channels/{}/asks", house.general), all).await.expect(201);
        assert_eq!(count(&bob).await, json!(3));
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200);
        for text in ["Psst", "Hey"] {
            say(&ada, direct["id"].as_str().unwrap(), text).await;
        }
        assert_eq!(count(&bob).await, json!(4), "a conversation is one thing");
        let path = format!("/api/channels/{}/urgents", house.general);
        let urgent = json!({ "id": new_id(), "message_id": new_id(), "text": format!("Fire, <@{}>", bob.id), "kind": "safety", "people": [bob.id] });
        ada.post(&path, urgent).await.expect(201);
        let app = &house.server.app;
        while platform::jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
        assert_eq!(count(&bob).await, json!(5), "what is urgent and names is one thing");
        mark_read(&bob, &house.general).await;
        assert_eq!(count(&bob).await, json!(4), "read is read, but for what asks and what calls");
        assert_eq!(count(&ada).await, json!(0));
        assert_eq!(house.server.stranger().get("/api/inbox/count").await.status, 401);
    }

    async fn what_is_new_besides_is_counted_to_the_message(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let long = "word ".repeat(1_000);
        let (novel, short) = (begin_topic(&bob, &house.general, "Novel").await, begin_topic(&bob, &house.general, "Short").await);
        reply(&ada, &house.general, &novel, &long).await;
        for text in ["Yes", "No"] {
            reply(&ada, &house.general, &short, text).await;
        }
        reply(&ada, &house.general, &short, &format!("Perhaps, <@{}>", bob.id)).await;
        for text in ["One", "Two", &format!("Three <@{}>", bob.id)] {
            say(&ada, &house.general, text).await;
        }
        ask(&ada, &house.general, &bob, "Which?").await;
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200);
        let direct = direct["id"].as_str().unwrap().to_owned();
        for text in ["Psst", "Hey"] {
            say(&ada, &direct, text).await;
        }
        let lab = house.channel(&ada, "lab", "public").await;
        bob.post(&format!("/api/channels/{lab}/join"), json!({})).await;
        say(&ada, &lab, &format!("Only you, <@{}>", bob.id)).await;
        let rest = |plan: &Value| -> Vec<(String, i64, i64)> {
            let places = plan["rest"].as_array().into_iter().flatten();
            let mut places: Vec<_> = places.map(|place| {
                let n = |of: &str| place[of].as_i64().unwrap();
                (place["line"]["channel_id"].as_str().unwrap().to_owned(), n("n_unread"), n("n_topics"))
            }).collect();
            places.sort();
            places
        };
        let expected = |general: (i64, i64)| {
            let mut all = vec![(house.general.clone(), general.0, general.1), (direct.clone(), 2, 0)];
            all.sort();
            all
        };
        // Of eight in the stream and its topics: the ask, both that name me and the short topic are shown; the novel does not fit.
        let two = bob.get("/api/catch-up?minutes=2").await.expect(200);
        assert_eq!(two["n_more"], json!(1));
        assert_eq!(rest(&two), expected((3, 1)), "{two}");
        let half_an_hour = bob.get("/api/catch-up?minutes=30").await.expect(200);
        assert_eq!(half_an_hour["n_more"], json!(0));
        assert_eq!(rest(&half_an_hour), expected((2, 0)), "{half_an_hour}");
        // What is on me stays when it was read, and takes nothing from what is new then.
        mark_read(&bob, &house.general).await;
        say(&ada, &house.general, "Four").await;
        let plan = bob.get("/api/catch-up?minutes=10").await.expect(200);
        assert_eq!(rest(&plan).iter().find(|place| place.0 == house.general).map(|place| place.1), Some(1), "{plan}");
        bob.put(&format!("/api/channels/{}/level", house.general), json!({ "level": "nothing" })).await.expect(204);
        reply(&ada, &house.general, &short, "in a channel of which I want nothing").await;
        let plan = bob.get("/api/catch-up?minutes=30").await.expect(200);
        let kinds: Vec<&Value> = plan["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
        assert!(!kinds.contains(&&json!("topic")), "{plan}");
        assert!(!rest(&plan).iter().any(|place| place.0 == house.general), "{plan}");
    }

    async fn decisions_are_told_to_those_who_may_read_them(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let lab = house.channel(&ada, "lab", "private").await;
        let (open, hidden) = (begin_topic(&ada, &house.general, "Fonts").await, begin_topic(&ada, &lab, "Secret").await);
        decide(&ada, &house.general, &open, "decided", Some("We take Inter.")).await;
        decide(&ada, &lab, &hidden, "decided", Some("We tell nobody.")).await;
        let log = bob.get("/api/decisions").await.expect(200);
        assert_eq!(log["items"].as_array().map(Vec::len), Some(1));
        let first = &log["items"][0];
        assert_eq!((&first["text"], &first["topic_title"], &first["person_id"]), (&json!("We take Inter."), &json!("Fonts"), &json!(ada.id)));
        assert_eq!(ada.get("/api/decisions").await.expect(200)["items"].as_array().map(Vec::len), Some(2));
        bob.get(&format!("/api/decisions?space={}", new_id())).await.refused(404, "not-found");
        let news = bob.get("/api/catch-up?minutes=2").await.expect(200);
        assert_eq!((&news["items"][0]["kind"], &news["items"][0]["decision"]), (&json!("decision"), &json!("We take Inter.")));
        mark_read(&bob, &house.general).await;
        assert_eq!(bob.get("/api/catch-up?minutes=2").await.expect(200)["items"], json!([]));
        decide(&ada, &house.general, &open, "open", None).await;
        assert_eq!(bob.get("/api/decisions").await.expect(200)["items"], json!([]), "what is open again is not decided");
    }

    async fn a_decision_of_a_session_is_provisional_until_its_window_closes(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let fonts = begin_topic(&ada, &house.general, "Fonts").await;
        decide(&ada, &house.general, &fonts, "decided", Some("We take Inter.")).await;
        house.server.advance(Duration::from_secs(60));
        let path = format!("/api/channels/{}/live", house.general);
        let body = json!({ "id": new_id(), "message_id": new_id(), "about": "Which bus?" });
        let session = ada.post(&path, body).await.expect(201)["session"].clone();
        let decision = json!({ "message_id": new_id(), "text": "Early.", "absent": [bob.id] });
        let end = json!({ "outcome": "decision", "decision": decision });
        let end_path = format!("{path}/{}/end", session["id"].as_str().unwrap());
        let ended = ada.post(&end_path, end).await.expect(200)["session"].clone();
        let until = ended["decision"]["open_until"].clone();
        assert!(until.is_i64(), "{ended}");
        let told = async |person: &TestPerson| -> Vec<Value> {
            let log = person.get("/api/decisions").await.expect(200);
            log["items"].as_array().unwrap().iter().map(|item| item["provisional_until"].clone()).collect()
        };
        assert_eq!((told(&ada).await, told(&bob).await), (vec![until.clone(), Value::Null], vec![until.clone(), Value::Null]));
        let plan = bob.get("/api/catch-up?minutes=30").await.expect(200);
        let decided: Vec<_> = plan["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "decision").collect();
        let decided: Vec<_> = decided.iter().map(|item| (&item["decision"], &item["provisional_until"])).collect();
        assert_eq!(decided, [(&json!("Early."), &until), (&json!("We take Inter."), &Value::Null)], "what can still be said no to comes first");
        let asked = json!([{ "message_id": ended["decision"]["message_id"], "until": until }]);
        assert_eq!(bob.get("/api/inbox").await.expect(200)["provisional"], asked);
        assert_eq!(ada.get("/api/inbox").await.expect(200)["provisional"], json!([]), "whoever was there is not asked");
        let moves = format!("/api/channels/{}/messages/{}/ask/moves", house.general, ended["decision"]["message_id"].as_str().unwrap());
        bob.post(&moves, json!({ "move": "answer" })).await.expect(200);
        assert_eq!(bob.get("/api/inbox").await.expect(200)["provisional"], json!([]));
        assert_eq!(told(&bob).await, [Value::Null, Value::Null], "everybody has answered: it is final");
    }

    async fn what_calls_me_comes_first_and_in_two_minutes_too(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let long = "word ".repeat(1_500);
        let ask = json!({ "message": { "id": new_id(), "text": long }, "ask": { "kind": "question", "people": [bob.id] } });
        ada.post(&format!("/api/channels/{}/asks", house.general), ask).await.expect(201);
        let path = format!("/api/channels/{}/urgents", house.general);
        let mut sent = Vec::new();
        for text in ["The till is down", "The door is open"] {
            let body = json!({ "id": new_id(), "message_id": new_id(), "text": format!("{text} <@{}>", bob.id), "kind": "outage", "people": [bob.id] });
            sent.push(ada.post(&path, body).await.expect(201)["urgent"].clone());
        }
        // Nobody is called before a look at the chain, which a job takes.
        let app = &house.server.app;
        while platform::jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
        for minutes in [2, 10, 30] {
            let plan = bob.get(&format!("/api/catch-up?minutes={minutes}")).await.expect(200);
            let items = plan["items"].as_array().unwrap();
            let kinds: Vec<&Value> = items.iter().map(|item| &item["kind"]).collect();
            assert_eq!(kinds, ["urgent", "urgent", "ask"], "in {minutes} minutes: {plan}");
            assert_eq!(items[0]["line"]["message_id"], sent[0]["message_id"], "the older one first");
        }
        let moves = format!("{path}/{}/moves", sent[0]["id"].as_str().unwrap());
        bob.post(&moves, json!({ "move": "take" })).await.expect(200);
        let plan = bob.get("/api/catch-up?minutes=2").await.expect(200);
        let of = |kind: &str| plan["items"].as_array().unwrap().iter().filter(|item| item["kind"] == kind).count();
        assert_eq!((of("urgent"), of("ask")), (1, 1), "what I took calls me no more: {plan}");
        let asker = ada.get("/api/catch-up?minutes=2").await.expect(200);
        assert!(!asker.to_string().contains("\"urgent\""), "it calls whom it calls: {asker}");
    }

    async fn what_went_by_a_rule_is_in_no_line_and_no_decision(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let topic = begin_topic(&ada, &house.general, "Ropes").await;
        let path = format!("/api/channels/{}/topics/{}/follow", house.general, topic["id"].as_str().unwrap());
        bob.put(&path, json!({})).await.expect(204);
        reply(&ada, &house.general, &topic, "the red one").await;
        decide(&ada, &house.general, &topic, "decided", Some("Red")).await;
        say(&ada, &house.general, &format!("look, <@{}>", bob.id)).await;
        ask(&ada, &house.general, &bob, "Which rope?").await;
        let decisions = format!("/api/decisions?space={}", house.space);
        assert_eq!(bob.get(&decisions).await.expect(200)["items"].as_array().map(Vec::len), Some(1));
        let caught = bob.get("/api/catch-up?minutes=30").await.expect(200);
        assert_eq!(caught["items"].as_array().map(Vec::len), Some(4), "{caught}");
        house.let_general_go().await;
        let seen = inbox(&bob).await;
        for list in ["calls", "directs", "rest"] {
            assert_eq!(seen[list], json!([]), "{list}");
        }
        let caught = bob.get("/api/catch-up?minutes=30").await.expect(200);
        assert_eq!((&caught["items"], &caught["rest"]), (&json!([]), &json!([])));
        assert_eq!(bob.get(&decisions).await.expect(200)["items"], json!([]));
        let left = house.server.app.db.read(|tx| tx.one(&N_DECISIONS, &[], |row| row.get::<i64>(0))).await.unwrap();
        assert_eq!(left, 0, "nor who decided it, and when");
        bob.post("/api/inbox/clear", json!({ "id": new_id(), "channels": null })).await.expect(200);
    }
}

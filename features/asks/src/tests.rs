//! Asks through HTTP and the socket.

use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
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
            words::feature(),
            hours::feature(),
            messages::feature(),
            charters::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

const HOUR: Duration = Duration::from_secs(3_600);

fn now(house: &House) -> i64 {
    house.server.app.clock.now().0
}

fn hours_ahead(house: &House, n: i64) -> i64 {
    now(house) + n * 3_600_000_000
}

/// Work around the clock, so that working time is the time on the wall.
async fn always_at_work(house: &House) {
    let lines: Vec<Value> = (1..=7)
        .map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 1440 }))
        .collect();
    let policy = json!({ "work": lines, "holidays": null, "no_meeting_days": [] });
    house.owner.put("/api/time-policy", policy).await.expect(200);
}

fn question(people: &[&TestPerson], more: Value) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let mut ask = json!({ "kind": "question", "people": people });
    for (field, value) in more.as_object().into_iter().flatten() {
        ask[field] = value.clone();
    }
    ask
}

fn with_message(ask: Value, message: Value) -> Value {
    let mut body = json!({ "message": { "id": new_id(), "text": "When does the mill open?" }, "ask": ask });
    for (field, value) in message.as_object().into_iter().flatten() {
        body["message"][field] = value.clone();
    }
    body
}

async fn ask(by: &TestPerson, channel: &str, people: &[&TestPerson], more: Value) -> Value {
    let body = with_message(question(people, more), json!({}));
    let asked = by
        .post(&format!("/api/channels/{channel}/asks"), body)
        .await
        .expect(201);
    asked["ask"].clone()
}

fn path(ask: &Value) -> String {
    let word = |field: &str| ask[field].as_str().unwrap_or_default().to_owned();
    format!(
        "/api/channels/{}/messages/{}/ask",
        word("channel_id"),
        word("message_id")
    )
}

async fn see(who: &TestPerson, ask: &Value) -> Value {
    who.get(&path(ask)).await.expect(200)["ask"].clone()
}

async fn make(who: &TestPerson, ask: &Value, what: &str, more: Value) -> Value {
    let mut body = json!({ "move": what });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    who.post(&format!("{}/moves", path(ask)), body).await.expect(200)["ask"].clone()
}

async fn listed(who: &TestPerson, side: &str) -> Vec<String> {
    let page = who.get(&format!("/api/asks?side={side}")).await.expect(200);
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item["ask"]["message_id"].as_str().map(str::to_owned))
        .collect()
}

fn message_id(ask: &Value) -> String {
    ask["message_id"].as_str().unwrap_or_default().to_owned()
}

async fn say(who: &TestPerson, channel: &str, more: Value) -> Value {
    let mut body = json!({ "id": new_id(), "text": "At nine" });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    who.post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn topic_at(who: &TestPerson, channel: &str, origin: &str) -> String {
    let topic = json!({ "id": new_id(), "title": "The mill", "origin_id": origin });
    id_of(
        &who.post(&format!("/api/channels/{channel}/topics"), topic)
            .await
            .expect(201),
    )
}

fn seat<'a>(ask: &'a Value, person: &TestPerson) -> &'a Value {
    let seats = ask["seats"].as_array().expect("it has shares");
    let found = seats.iter().find(|seat| seat["person_id"] == person.id.as_str());
    found.expect("they have a share")
}

both_stores! {
    async fn a_message_is_posted_together_with_its_ask_once(house: House) {
        always_at_work(&house).await;
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let (mut bobs, _) = Listener::open(&bob, json!({})).await;
        let (mut cys, _) = Listener::open(&cy, json!({})).await;
        let body = with_message(question(&[&bob, &bob], json!({})), json!({}));
        let posts = format!("/api/channels/{}/asks", house.general);
        let asked = ada.post(&posts, body.clone()).await.expect(201);
        let again = ada.post(&posts, body).await.expect(201);
        assert_eq!((&again["message"]["seq"], &again["ask"]), (&asked["message"]["seq"], &asked["ask"]));
        let due = hours_ahead(&house, 4);
        assert_eq!((&asked["ask"]["due"], &asked["ask"]["on_me"]), (&json!(due), &json!(false)));
        bobs.event("message.posted").await;
        let [opened, moved] = bobs.all_of(["ask.opened", "ask.moved"]).await;
        assert_eq!((&opened["body"]["ask"]["due"], &opened["body"]["ask"]["seats"][0]["due"]), (&Value::Null, &Value::Null));
        assert_eq!((&moved["body"]["ask"]["due"], &moved["body"]["cause"]), (&json!(due), &json!("opened")));
        cys.event("ask.opened").await;
        let ask = &asked["ask"];
        let seen = see(&cy, ask).await;
        assert_eq!((&seen["due"], &seat(&seen, &bob)["due"], &seen["on_me"]), (&Value::Null, &Value::Null, &json!(false)));
        let seen = see(&bob, ask).await;
        assert_eq!((&seen["due"], &seat(&seen, &bob)["due"], &seen["on_me"]), (&json!(due), &json!(due), &json!(true)));
        let page = bob.get(&format!("{posts}?from=1&to=200")).await.expect(200);
        assert_eq!(page["asks"], json!([seen]));
        assert_eq!((listed(&bob, "on_me").await, listed(&ada, "on_me").await), (vec![message_id(ask)], vec![]));
        assert_eq!((listed(&ada, "i_wait_for").await, listed(&cy, "on_me").await), (vec![message_id(ask)], vec![]));
        let counts = bob.get("/api/asks/counts").await.expect(200);
        assert_eq!(counts, json!({ "n_on_me": 1, "n_overdue": 0, "next_due": due, "n_i_wait_for": 0 }));
        house.server.advance(5 * HOUR);
        let counts = bob.get("/api/asks/counts").await.expect(200);
        assert_eq!(counts, json!({ "n_on_me": 1, "n_overdue": 1, "next_due": null, "n_i_wait_for": 0 }));
    }

    async fn a_topic_begins_with_what_asks_and_an_answer_in_it_answers(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let posts = format!("/api/channels/{}/asks", house.general);
        let mut body = with_message(question(&[&bob], json!({})), json!({}));
        body["topic"] = json!({ "id": new_id(), "title": "The mill" });
        let asked = ada.post(&posts, body.clone()).await.expect(201);
        assert_eq!((&asked["topic"]["title"], &asked["topic"]["origin_id"]), (&json!("The mill"), &asked["message"]["id"]));
        let again = ada.post(&posts, body.clone()).await.expect(201);
        assert_eq!((&again["topic"]["id"], &again["ask"]), (&asked["topic"]["id"], &asked["ask"]), "sent twice it is asked once");
        let ask = &asked["ask"];
        assert_eq!(listed(&bob, "on_me").await, [message_id(ask)]);
        say(&bob, &house.general, json!({ "topic_id": asked["topic"]["id"] })).await;
        assert_eq!(see(&ada, ask).await["state"], json!("answered"));
        body["message"]["id"] = json!(new_id());
        body["topic"] = json!({ "id": new_id(), "title": " " });
        ada.post(&posts, body.clone()).await.refused(422, "invalid");
        body["topic"]["title"] = json!("Inside");
        body["message"]["topic_id"] = asked["topic"]["id"].clone();
        ada.post(&posts, body).await.refused(422, "invalid");
        let page = ada.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!(page["messages"].as_array().map(Vec::len), Some(1), "what is refused leaves nothing behind");
    }

    async fn an_ask_keeps_the_pace_of_its_birth(house: House) {
        always_at_work(&house).await;
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let before = ask(&ada, &house.general, &[&bob], json!({})).await;
        let charter = json!({ "charter": { "normal": { "clock": "elapsed", "minutes": 120 } }, "version": 0 });
        house.owner.put(&format!("/api/channels/{}/charter", house.general), charter).await.expect(200);
        let after = ask(&ada, &house.general, &[&bob], json!({})).await;
        assert_eq!(see(&ada, &before).await["due"], json!(hours_ahead(&house, 4)));
        assert_eq!(after["due"], json!(hours_ahead(&house, 2)));
        let feedback = ask(&ada, &house.general, &[&bob], json!({ "kind": "feedback" })).await;
        assert_eq!(feedback["due"], json!(hours_ahead(&house, 16)));
        let by = ask(&ada, &house.general, &[&bob], json!({ "by": hours_ahead(&house, 30) })).await;
        assert_eq!(by["due"], json!(hours_ahead(&house, 30)));
        let order = [&after, &before, &feedback, &by].map(message_id);
        assert_eq!(listed(&bob, "on_me").await, order, "what is due next first");
    }

    async fn a_reply_moves_the_ball_and_a_reaction_does_not(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        let react = format!("/api/channels/{}/messages/{}/reactions/%F0%9F%91%8D", house.general, message_id(&asked));
        bob.put(&react, json!({})).await.expect(204);
        say(&bob, &house.general, json!({})).await;
        assert_eq!(see(&bob, &asked).await["on_me"], true, "the stream is about many things");
        let topic = topic_at(&bob, &house.general, &message_id(&asked)).await;
        say(&ada, &house.general, json!({ "topic_id": topic })).await;
        assert_eq!(see(&bob, &asked).await["state"], "open", "whoever asks does not answer");
        let (mut adas, _) = Listener::open(&ada, json!({})).await;
        say(&bob, &house.general, json!({ "topic_id": topic })).await;
        let moved = adas.event("ask.moved").await;
        assert_eq!((&moved["body"]["ask"]["state"], &moved["body"]["by_move"]), (&json!("answered"), &json!("answer")));
        assert_eq!((see(&bob, &asked).await["state"].clone(), listed(&bob, "on_me").await), (json!("answered"), vec![]));
        let quoted = ask(&ada, &house.general, &[&bob], json!({})).await;
        let other = ask(&ada, &house.general, &[&bob], json!({})).await;
        say(&bob, &house.general, json!({ "quote_id": message_id(&quoted) })).await;
        assert_eq!((see(&bob, &quoted).await["state"].clone(), see(&bob, &other).await["state"].clone()), (json!("answered"), json!("open")));
        let undone = make(&bob, &quoted, "undo", json!({})).await;
        assert_eq!((&undone["state"], &undone["on_me"]), (&json!("open"), &json!(true)), "it was no answer yet");
    }

    async fn in_a_conversation_of_two_the_next_message_is_the_answer(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let direct = id_of(&ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200));
        let asked = ask(&ada, &direct, &[&bob], json!({})).await;
        say(&ada, &direct, json!({})).await;
        assert_eq!(see(&ada, &asked).await["state"], "open");
        say(&bob, &direct, json!({})).await;
        assert_eq!(see(&ada, &asked).await["state"], "answered");
    }

    async fn any_of_closes_with_one_answer_and_all_of_with_the_last(house: House) {
        always_at_work(&house).await;
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let any = ask(&ada, &house.general, &[&bob, &cy], json!({})).await;
        let all = ask(&ada, &house.general, &[&bob, &cy], json!({ "needs": "all" })).await;
        for asked in [&any, &all] {
            make(&bob, asked, "answer", json!({})).await;
        }
        assert_eq!(listed(&cy, "on_me").await, [message_id(&all)]);
        assert_eq!(see(&ada, &any).await["state"], "answered");
        let seen = see(&ada, &all).await;
        assert_eq!((&seen["state"], &seen["n_answered"]), (&json!("open"), &json!(1)));
        cy.post(&format!("{}/moves", path(&any)), json!({ "move": "answer" })).await.refused(409, "ask-closed");
        make(&cy, &all, "decline", json!({ "reason": "I was not there" })).await;
        let seen = see(&ada, &all).await;
        assert_eq!((&seen["state"], &seat(&seen, &cy)["reason"]), (&json!("answered"), &json!("I was not there")));
        assert_eq!(seat(&see(&bob, &all).await, &cy)["reason"], Value::Null);
        let nobody = ask(&ada, &house.general, &[&bob], json!({})).await;
        make(&bob, &nobody, "decline", json!({})).await;
        assert_eq!(see(&ada, &nobody).await["state"], "unanswered");
    }

    async fn a_promise_is_kept_within_three_times_the_usual_or_granted(house: House) {
        always_at_work(&house).await;
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        let promised = make(&bob, &asked, "promise", json!({ "until": hours_ahead(&house, 12) })).await;
        assert_eq!((&promised["due"], &seat(&promised, &bob)["state"]), (&json!(hours_ahead(&house, 12)), &json!("promised")));
        let (mut adas, _) = Listener::open(&ada, json!({})).await;
        let wished = make(&bob, &asked, "promise", json!({ "until": hours_ahead(&house, 13) })).await;
        assert_eq!((&wished["due"], &seat(&wished, &bob)["wished"]), (&json!(hours_ahead(&house, 12)), &json!(hours_ahead(&house, 13))));
        assert_eq!(adas.event("ask.moved").await["body"]["cause"], "wished");
        assert_eq!(listed(&ada, "on_me").await, [message_id(&asked)], "the asker has the word");
        assert_eq!(seat(&see(&cy, &asked).await, &bob)["wished"], Value::Null);
        make(&ada, &asked, "grant", json!({ "person_id": bob.id })).await;
        assert_eq!((see(&bob, &asked).await["due"].clone(), listed(&ada, "on_me").await), (json!(hours_ahead(&house, 13)), vec![]));
        let moves = format!("{}/moves", path(&asked));
        bob.post(&moves, json!({ "move": "promise", "until": now(&house) })).await.refused(422, "invalid");
        cy.post(&moves, json!({ "move": "promise", "until": hours_ahead(&house, 1) })).await.refused(403, "forbidden");
    }

    async fn passing_begins_the_clock_anew_and_asking_back_stops_it(house: House) {
        always_at_work(&house).await;
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let stranger = house.outsider("Sue").await;
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        house.server.advance(3 * HOUR);
        let moves = format!("{}/moves", path(&asked));
        for who in [&ada, &bob, &stranger] {
            bob.post(&moves, json!({ "move": "pass", "person_id": who.id })).await.refused(422, "invalid");
        }
        make(&bob, &asked, "pass", json!({ "person_id": cy.id })).await;
        let seen = see(&cy, &asked).await;
        assert_eq!((&seen["due"], &seat(&seen, &bob)["passed_to"]), (&json!(hours_ahead(&house, 4)), &json!(cy.id)));
        house.server.advance(HOUR);
        make(&cy, &asked, "ask_back", json!({})).await;
        assert_eq!((listed(&ada, "on_me").await, listed(&cy, "on_me").await), (vec![message_id(&asked)], vec![]));
        house.server.advance(10 * HOUR);
        let topic = topic_at(&ada, &house.general, &message_id(&asked)).await;
        say(&cy, &house.general, json!({ "topic_id": topic, "text": "Which mill?" })).await;
        assert_eq!(see(&ada, &asked).await["state"], "open", "the ball is with the asker");
        say(&ada, &house.general, json!({ "topic_id": topic, "text": "The one by the river" })).await;
        let seen = see(&cy, &asked).await;
        assert_eq!((&seen["due"], &seen["on_me"]), (&json!(hours_ahead(&house, 3)), &json!(true)), "three hours were left");
    }

    async fn the_last_move_is_taken_back_within_an_hour_by_whoever_made_it(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        let before = see(&bob, &asked).await;
        let undo = |who: &TestPerson| { let who = who.clone(); let path = format!("{}/moves", path(&asked)); async move { who.post(&path, json!({ "move": "undo" })).await } };
        undo(&bob).await.refused(403, "forbidden");
        for (what, more) in [("decline", json!({ "reason": "no" })), ("pass", json!({ "person_id": cy.id })), ("answer", json!({}))] {
            make(&bob, &asked, what, more).await;
            undo(&ada).await.refused(403, "forbidden");
            let back = undo(&bob).await.expect(200)["ask"].clone();
            assert_eq!(back, before, "{what}");
            assert_eq!((listed(&bob, "on_me").await, listed(&cy, "on_me").await), (vec![message_id(&asked)], vec![]));
        }
        make(&ada, &asked, "withdraw", json!({})).await;
        assert_eq!(listed(&bob, "on_me").await, Vec::<String>::new());
        house.server.advance(HOUR + Duration::from_secs(1));
        undo(&ada).await.refused(403, "forbidden");
        bob.post(&format!("{}/moves", path(&asked)), json!({ "move": "answer" })).await.refused(409, "ask-closed");
    }

    async fn deleting_withdraws_and_moving_keeps(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = &house.general;
        let kept = ask(&ada, general, &[&bob], json!({})).await;
        let origin = say(&ada, general, json!({})).await;
        let topic = topic_at(&ada, general, &id_of(&origin)).await;
        let into = topic_at(&ada, general, &id_of(&say(&ada, general, json!({})).await)).await;
        let moved = json!({ "message_ids": [message_id(&kept)], "topic_id": topic });
        let answer = house.owner.post(&format!("/api/channels/{general}/moves"), moved).await;
        answer.expect(200);
        house.owner.post(&format!("/api/channels/{general}/topics/{topic}/merge"), json!({ "into_id": into })).await.expect(200);
        let page = bob.get("/api/asks?side=on_me").await.expect(200);
        assert_eq!((&page["items"][0]["topic_id"], &page["items"][0]["topic_title"]), (&json!(into), &json!("The mill")));
        say(&bob, general, json!({ "topic_id": into })).await;
        assert_eq!(see(&ada, &kept).await["state"], "answered");
        let gone = ask(&ada, general, &[&bob], json!({})).await;
        let (mut bobs, _) = Listener::open(&bob, json!({})).await;
        ada.delete(&format!("/api/channels/{general}/messages/{}", message_id(&gone))).await.expect(204);
        let moved = bobs.event("ask.moved").await;
        assert_eq!((&moved["body"]["cause"], &moved["body"]["ask"]["state"]), (&json!("deleted"), &json!("withdrawn")));
        assert_eq!((listed(&bob, "on_me").await, listed(&ada, "i_wait_for").await), (vec![], vec![]));
        ada.get(&path(&gone)).await.refused(404, "not-found");
    }

    async fn a_message_that_stands_there_can_ask_afterwards(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, json!({})).await;
        let path = format!("/api/channels/{}/messages/{}/ask", house.general, id_of(&said));
        ada.get(&path).await.refused(404, "not-found");
        bob.put(&path, question(&[&ada], json!({}))).await.refused(403, "forbidden");
        let asked = ada.put(&path, question(&[&bob], json!({ "kind": "action" }))).await.expect(201);
        assert_eq!(asked["ask"]["kind"], "action");
        ada.put(&path, question(&[&bob], json!({}))).await.refused(409, "conflict");
        assert_eq!(listed(&bob, "on_me").await, [id_of(&said)]);
    }

    async fn nobody_waits_for_who_has_left(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let channel = house.channel(&ada, "mill", "private").await;
        for person in [&bob, &cy] {
            ada.put(&format!("/api/channels/{channel}/members/{}", person.id), json!({ "role": "member" })).await.expect(204);
        }
        let both = ask(&ada, &channel, &[&bob, &cy], json!({})).await;
        let only = ask(&ada, &channel, &[&bob], json!({})).await;
        let own = ask(&bob, &channel, &[&cy], json!({})).await;
        let elsewhere = ask(&ada, &house.general, &[&bob], json!({})).await;
        bob.post(&format!("/api/channels/{channel}/leave"), json!({})).await.expect(204);
        assert_eq!(listed(&bob, "on_me").await, [message_id(&elsewhere)]);
        assert_eq!(listed(&cy, "on_me").await, [message_id(&both)], "what Bob asked is withdrawn");
        let seen = see(&ada, &both).await;
        assert_eq!((&seen["state"], &seat(&seen, &bob)["state"]), (&json!("open"), &json!("left")));
        assert_eq!((see(&ada, &only).await["state"].clone(), see(&ada, &own).await["state"].clone()), (json!("unanswered"), json!("withdrawn")));
        make(&cy, &both, "decline", json!({ "reason": "xyzzy" })).await;
        house.owner.post(&format!("/api/people/{}/deactivate", bob.id), json!({})).await.expect(200);
        assert_eq!(see(&ada, &elsewhere).await["state"], "unanswered");
        let erase = json!({ "messages": "keep" });
        house.owner.post(&format!("/api/people/{}/erase", cy.id), erase).await.expect(200);
        assert!(!see(&ada, &both).await.to_string().contains("xyzzy"));
    }

    async fn everybody_reads_and_understands_without_a_row_for_the_idle(house: House) {
        always_at_work(&house).await;
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let read = json!({ "kind": "read", "everyone": true });
        let asked = ada.post(&format!("/api/channels/{}/asks", house.general), with_message(read.clone(), json!({}))).await.expect(201)["ask"].clone();
        assert_eq!((&asked["seats"], &asked["needs"]), (&json!([]), &json!("all")));
        let due = hours_ahead(&house, 16);
        house.server.advance(Duration::from_secs(1));
        let late = house.member("Late").await;
        for (who, n) in [(&bob, 1), (&cy, 1), (&late, 0), (&ada, 0)] {
            assert_eq!(listed(who, "on_me").await.len(), n);
            assert_eq!(who.get("/api/asks/counts").await.expect(200)["n_on_me"], n);
        }
        let topic = topic_at(&bob, &house.general, &message_id(&asked)).await;
        say(&bob, &house.general, json!({ "topic_id": topic })).await;
        let seen = see(&bob, &asked).await;
        assert_eq!((&seen["on_me"], &seen["due"]), (&json!(true), &json!(due)), "a reply does not say that it was understood");
        bob.get(&format!("{}/missing", path(&asked))).await.refused(403, "forbidden");
        bob.post(&format!("{}/moves", path(&asked)), json!({ "move": "decline" })).await.refused(403, "forbidden");
        let (mut cys, _) = Listener::open(&cy, json!({})).await;
        make(&bob, &asked, "answer", json!({})).await;
        let missing = ada.get(&format!("{}/missing", path(&asked))).await.expect(200);
        let names: Vec<&str> = missing["people"].as_array().into_iter().flatten().filter_map(|person| person["name"].as_str()).collect();
        assert_eq!((&missing["n_asked"], &missing["n_missing"], names.len()), (&json!(3), &json!(2), 2));
        assert!(names.contains(&"Cy") && names.contains(&"Olga Owner"), "{names:?}");
        let reminded = ada.post(&format!("{}/reminder", path(&asked)), json!({})).await.expect(200);
        let again = ada.post(&format!("{}/reminder", path(&asked)), json!({})).await.expect(200);
        assert_eq!(again["ask"]["reminded_at"], reminded["ask"]["reminded_at"]);
        assert_eq!(cys.event("ask.reminded").await["body"]["message_id"], asked["message_id"]);
        make(&bob, &asked, "undo", json!({})).await;
        assert_eq!((listed(&bob, "on_me").await.len(), see(&ada, &asked).await["n_answered"].clone()), (1, json!(0)));
        for who in [&bob, &cy, &house.owner] {
            make(who, &asked, "answer", json!({})).await;
        }
        let seen = see(&ada, &asked).await;
        assert_eq!((&seen["state"], &seen["n_answered"]), (&json!("answered"), &json!(3)));
        assert_eq!(seat(&see(&bob, &asked).await, &bob)["state"], "answered");
        late.post(&format!("{}/moves", path(&asked)), json!({ "move": "answer" })).await.refused(409, "ask-closed");
    }

    async fn what_cannot_be_asked_is_refused_with_the_field(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let stranger = house.outsider("Sue").await;
        let channel = house.channel(&ada, "mill", "private").await;
        let posts = format!("/api/channels/{channel}/asks");
        for (asked, pointer) in [
            (question(&[&bob], json!({})), "/ask/people/0"),
            (question(&[&stranger], json!({})), "/ask/people/0"),
            (question(&[&ada], json!({})), "/ask/people/0"),
            (json!({ "kind": "question", "people": [new_id()] }), "/ask/people/0"),
            (json!({ "kind": "question" }), "/ask/people"),
            (json!({ "kind": "question", "people": [], "everyone": true }), "/ask/everyone"),
            (question(&[&bob], json!({ "by": now(&house) - 1 })), "/ask/by"),
            (question(&[&bob], json!({ "by": hours_ahead(&house, 24 * 91) })), "/ask/by"),
        ] {
            let refusal = ada.post(&posts, with_message(asked, json!({}))).await;
            refusal.refused(422, "invalid");
            assert_eq!(refusal.body["errors"][0]["pointer"], pointer);
        }
        let page = ada.get(&format!("/api/channels/{channel}/messages")).await.expect(200);
        assert_eq!(page["messages"], json!([]), "nothing was posted");
        let forward = with_message(question(&[&bob], json!({})), json!({ "forward_id": new_id() }));
        ada.post(&posts, forward).await.refused(422, "invalid");
        ada.get("/api/asks?side=on_me&after=nonsense").await.refused(422, "invalid");
        ada.get(&format!("{posts}?from=1&to=500")).await.refused(422, "invalid");
    }

    async fn odd_hours_have_no_time_to_answer_and_stand_last(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let hours = json!({ "work": [], "quiet": null, "focus": [], "focus_allowed": [], "days_off": [], "holidays": null,
            "holidays_worked": [], "profile": "three_times", "urgent_rings": false });
        bob.put("/api/hours", json!({ "hours": hours, "revision": 0 })).await.expect(200);
        let never = ask(&ada, &house.general, &[&bob], json!({})).await;
        assert_eq!(never["due"], Value::Null);
        let by = ask(&ada, &house.general, &[&bob, &cy], json!({ "by": hours_ahead(&house, 2) })).await;
        assert_eq!(listed(&bob, "on_me").await, [message_id(&by), message_id(&never)]);
        let preview = ada.get(&format!("/api/channels/{}/asks/preview?people={},{}", house.general, bob.id, cy.id)).await.expect(200);
        let people = preview["people"].as_array().expect("two");
        let of = |who: &TestPerson| people.iter().find(|one| one["person_id"] == who.id.as_str()).expect("they can be asked");
        assert_eq!(of(&bob)["due"], Value::Null);
        assert!(of(&cy)["due"].as_i64() > Some(now(&house)));
    }

    async fn lists_go_on_where_a_page_ended(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mut asked = Vec::new();
        for n in 0..7 {
            asked.push(message_id(&ask(&ada, &house.general, &[&bob], json!({ "by": hours_ahead(&house, 10 - n) })).await));
        }
        asked.reverse();
        for side in [(&bob, "on_me"), (&ada, "i_wait_for")] {
            let mut found = Vec::new();
            let mut next = String::new();
            loop {
                let page = side.0.get(&format!("/api/asks?side={}&limit=3{next}", side.1)).await.expect(200);
                let items = page["items"].as_array().cloned().unwrap_or_default();
                found.extend(items.iter().map(|item| message_id(&item["ask"])));
                let Some(cursor) = page["next"].as_str() else { break };
                next = format!("&after={cursor}");
            }
            assert_eq!(found, asked);
        }
    }

    async fn an_ask_whose_message_went_by_a_rule_is_over_for_all_to_see_and_says_why(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        always_at_work(&house).await;
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let hold = json!({ "kind": "channel", "subject_id": house.general, "reason": "Audit" });
        house.owner.post("/api/holds", hold).await.expect(204);
        house.let_general_go().await;
        assert_eq!(listed(&bob, "on_me").await, [message_id(&asked)], "what is held stays");
        house.owner.delete(&format!("/api/holds/{}", house.general)).await.expect(204);
        house.let_general_go().await;
        let told = listener.event("ask.moved").await;
        assert_eq!((&told["body"]["cause"], &told["actor"]), (&json!("deleted"), &Value::Null), "it is nobody's deed");
        let expected = json!({ "message_id": asked["message_id"], "channel_id": house.general, "asker_id": ada.id,
            "asked_at": asked["created_at"], "gone_at": now(&house), "by_rule": true });
        for (person, side, other) in [(&bob, "on_me", "i_wait_for"), (&ada, "i_wait_for", "on_me")] {
            let page = person.get(&format!("/api/asks?side={side}")).await.expect(200);
            assert_eq!((&page["items"], &page["gone"]), (&json!([]), &json!([expected])));
            assert_eq!(page["people"][0]["id"], json!(ada.id));
            assert_eq!(person.get(&format!("/api/asks?side={other}")).await.expect(200)["gone"], json!([]));
            let counts = person.get("/api/asks/counts").await.expect(200);
            assert_eq!((&counts["n_on_me"], &counts["n_i_wait_for"]), (&json!(0), &json!(0)));
            person.get(&path(&asked)).await.refused(404, "not-found");
        }
        bob.post(&format!("{}/moves", path(&asked)), json!({ "move": "answer" })).await.refused(404, "not-found");
        house.server.advance(7 * 24 * HOUR);
        assert_eq!(bob.get("/api/asks?side=on_me").await.expect(200)["gone"], json!([]), "after a week nobody has to know");
    }

    async fn who_took_their_question_away_needs_no_word_of_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        always_at_work(&house).await;
        let asked = ask(&ada, &house.general, &[&bob], json!({})).await;
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, message_id(&asked))).await.expect(204);
        let gone = bob.get("/api/asks?side=on_me").await.expect(200)["gone"].clone();
        assert_eq!((&gone[0]["message_id"], &gone[0]["by_rule"]), (&asked["message_id"], &json!(false)));
        assert_eq!(ada.get("/api/asks?side=i_wait_for").await.expect(200)["gone"], json!([]));
        let removed = ask(&ada, &house.general, &[&bob], json!({})).await;
        let path = format!("/api/channels/{}/messages/{}/remove", house.general, message_id(&removed));
        house.owner.post(&path, json!({ "reason": null })).await.expect(204);
        let gone = ada.get("/api/asks?side=i_wait_for").await.expect(200)["gone"].clone();
        assert_eq!((&gone[0]["message_id"], gone.as_array().map(Vec::len)), (&removed["message_id"], Some(1)));
        let answered = ask(&ada, &house.general, &[&bob], json!({})).await;
        make(&bob, &answered, "answer", json!({})).await;
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, message_id(&answered))).await.expect(204);
        assert_eq!(bob.get("/api/asks?side=on_me").await.expect(200)["gone"].as_array().map(Vec::len), Some(2), "what was over before is no news");
    }
}

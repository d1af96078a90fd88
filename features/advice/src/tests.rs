//! Advice through HTTP.

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
            words::feature(),
            hours::feature(),
            messages::feature(),
            charters::feature(),
            asks::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

const HOUR_US: i64 = 3_600_000_000;
const FONT: &str = "Which font do we take for the poster in the hall?";

fn of(channel: &str, what: &str) -> String {
    format!("/api/channels/{channel}/{what}")
}

async fn say(person: &TestPerson, channel: &str, topic: &str, text: &str) {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
    person.post(&of(channel, "messages"), body).await.expect(201);
}

async fn begin_topic(person: &TestPerson, channel: &str) -> String {
    let body =
        json!({ "id": new_id(), "title": "Fonts", "message": { "id": new_id(), "text": "About fonts" } });
    let topic = person.post(&of(channel, "topics"), body).await.expect(201);
    topic["id"].as_str().expect("an id").to_owned()
}

/// Asks in a topic; the path of the moves.
async fn ask(by: &TestPerson, channel: &str, topic: &str, of_whom: &TestPerson) -> String {
    let message = json!({ "id": new_id(), "text": FONT, "topic_id": topic });
    let body = json!({ "message": message, "ask": { "kind": "question", "people": [of_whom.id] } });
    let asked = by.post(&of(channel, "asks"), body).await.expect(201);
    let id = asked["message"]["id"].as_str().expect("an id").to_owned();
    of(channel, &format!("messages/{id}/ask/moves"))
}

async fn timing(person: &TestPerson, channel: &str, topic: &str) -> Value {
    let path = of(channel, &format!("timing?topic_id={topic}"));
    person.get(&path).await.expect(200)
}

/// Two full rounds about one question that is asked again each time; then it is Bob's turn.
async fn rounds(house: &House, (ada, bob): (&TestPerson, &TestPerson), topic: &str) {
    let (channel, hour) = (&house.general, Duration::from_secs(3_600));
    let moves = ask(ada, channel, topic, bob).await;
    for back in ["Which poster do you mean?", "Do we have two of them?"] {
        house.server.advance(hour);
        bob.post(&moves, json!({ "move": "ask_back" })).await.expect(200);
        say(bob, channel, topic, back).await;
        house.server.advance(hour);
        say(ada, channel, topic, FONT).await;
    }
}

async fn advise(person: &TestPerson, channel: &str, answers: (&str, &str, &str)) -> Value {
    let (purpose, urgency, nature) = answers;
    let path = format!("advice?purpose={purpose}&urgency={urgency}&nature={nature}");
    person.get(&of(channel, &path)).await.expect(200)
}

platform::sql! {
    N_HINTS = "select count(*) from hint_shown";
}

both_stores! {
    async fn letters_that_do_not_get_further_are_hinted_at_for_whose_turn_it_is(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let topic = begin_topic(&ada, &house.general).await;
        assert_eq!(timing(&bob, &house.general, &topic).await["hint"], Value::Null);
        rounds(&house, (&ada, &bob), &topic).await;
        let seen = timing(&bob, &house.general, &topic).await;
        let hint = &seen["hint"];
        assert_eq!((&hint["kind"], &hint["why"], &hint["rounds"]), (&json!("ping_pong"), &json!("asked_again"), &json!(2)));
        assert!(hint["next_at"].is_i64(), "when the next answer is due: {hint}");
        assert_eq!(timing(&ada, &house.general, &topic).await["hint"], Value::Null, "it is not her turn");
    }

    async fn a_hint_comes_once_a_day_and_stays_away_when_waved_away(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let topic = begin_topic(&ada, &house.general).await;
        rounds(&house, (&ada, &bob), &topic).await;
        let path = of(&house.general, "hint");
        bob.put(&path, json!({ "topic_id": topic, "dismissed": false })).await.expect(204);
        assert_eq!(timing(&bob, &house.general, &topic).await["hint"], Value::Null, "not twice on one day");
        house.server.advance(Duration::from_secs(24 * 3_600));
        assert_eq!(timing(&bob, &house.general, &topic).await["hint"]["kind"], json!("ping_pong"));
        bob.put(&path, json!({ "topic_id": topic, "dismissed": true })).await.expect(204);
        house.server.advance(Duration::from_secs(24 * 3_600));
        assert_eq!(timing(&bob, &house.general, &topic).await["hint"], Value::Null);
        // Two of those in thirty days, and it stays away everywhere.
        let second = begin_topic(&ada, &house.general).await;
        rounds(&house, (&ada, &bob), &second).await;
        bob.put(&path, json!({ "topic_id": second, "dismissed": true })).await.expect(204);
        let third = begin_topic(&ada, &house.general).await;
        rounds(&house, (&ada, &bob), &third).await;
        assert_eq!(timing(&bob, &house.general, &third).await["hint"], Value::Null);
        house.server.advance(Duration::from_secs(31 * 24 * 3_600));
        assert_eq!(timing(&bob, &house.general, &third).await["hint"]["kind"], json!("ping_pong"));
        bob.put(&path, json!({ "topic_id": new_id(), "dismissed": true })).await.refused(404, "not-found");
    }

    async fn what_a_talk_takes_in_writing_and_live(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200);
        let direct = direct["id"].as_str().expect("an id").to_owned();
        let told = ada.get(&of(&direct, "timing")).await.expect(200);
        let estimate = &told["estimate"];
        let now = house.server.app.clock.now().0;
        assert_eq!(estimate["people"], json!([bob.id, ada.id]));
        // It is Monday 18:00 in Tokyo: they have time on Tuesday from 9 to 17.
        let (live, until) = (now + 15 * HOUR_US, now + 23 * HOUR_US);
        assert_eq!((&estimate["live"], &estimate["live_until"]), (&json!(live), &json!(until)));
        assert_eq!((&estimate["working_days"], &estimate["person_minutes"]), (&json!(1), &json!(30)));
        assert!(estimate["by_text"].as_i64().is_some_and(|by| by > now), "{estimate}");
        let alone = ada.get(&of(&house.general, "timing")).await.expect(200);
        assert_eq!(alone["estimate"], Value::Null, "a stream of many is no talk");
        let hidden = house.channel(&ada, "lab", "private").await;
        bob.get(&of(&hidden, "timing")).await.refused(404, "not-found");
    }

    async fn three_answers_and_one_suggestion(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        // The owner is in Berlin, the others in Tokyo.
        let told = advise(&ada, &house.general, ("decide", "low", "simple")).await;
        assert_eq!((&told["mode"], &told["reasons"]), (&json!("poll"), &json!(["comparable"])));
        assert_eq!((&told["n_people"], &told["shared_minutes"]), (&json!(3), &json!(0)));
        let told = advise(&ada, &house.general, ("feedback", "high", "sensitive")).await;
        assert_eq!(told["mode"], json!("one_to_one"), "what hurts is said from person to person");
        let told = advise(&ada, &house.general, ("show", "low", "simple")).await;
        assert_eq!((&told["mode"], &told["reasons"]), (&json!("topic"), &json!(["everyone_in_their_time"])), "there are no clips");
        let told = advise(&ada, &house.general, ("explore", "medium", "tangled")).await;
        assert_eq!((&told["mode"], &told["reasons"]), (&json!("topic"), &json!(["needs_thought", "everyone_in_their_time"])));
        let told = advise(&ada, &house.general, ("problem", "high", "tangled")).await;
        assert_eq!((&told["mode"], &told["reasons"]), (&json!("urgent"), &json!(["cannot_wait", "few_can_meet"])));
        let lab = house.channel(&ada, "lab", "private").await;
        ada.put(&of(&lab, &format!("members/{}", bob.id)), json!({ "role": "member" })).await.expect(204);
        let told = advise(&ada, &lab, ("explore", "medium", "tangled")).await;
        assert_eq!((&told["mode"], &told["n_people"], &told["shared_minutes"]), (&json!("meeting"), &json!(2), &json!(480)));
        let path = of(&house.general, "advice?purpose=decide&urgency=low&nature=angry");
        ada.get(&path).await.refused(422, "invalid");
    }

    async fn of_a_topic_that_went_by_a_rule_nothing_is_advised_and_nothing_kept(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let topic = begin_topic(&ada, &house.general).await;
        rounds(&house, (&ada, &bob), &topic).await;
        bob.put(&of(&house.general, "hint"), json!({ "topic_id": topic, "dismissed": true })).await.expect(204);
        house.let_general_go().await;
        bob.get(&of(&house.general, &format!("timing?topic_id={topic}"))).await.refused(404, "not-found");
        assert_eq!(bob.get(&of(&house.general, "timing")).await.expect(200)["hint"], Value::Null);
        let kept = house.server.app.db.read(|tx| tx.one(&N_HINTS, &[], |row| row.get::<i64>(0))).await.unwrap();
        assert_eq!(kept, 0, "nor that it was waved away");
    }
}

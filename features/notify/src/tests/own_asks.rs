//! Whoever asked is told what others do with it.

use super::push::{Browser, World};
use super::*;
use platform::both_stores;

async fn ask(who: &TestPerson, channel: &str, of: &TestPerson) -> Value {
    let ask = json!({ "kind": "question", "people": [of.id] });
    let body = json!({ "message": { "id": new_id(), "text": "Does the mill open?" }, "ask": ask });
    who.post(&format!("/api/channels/{channel}/asks"), body)
        .await
        .expect(201)["ask"]
        .clone()
}

async fn make(who: &TestPerson, ask: &Value, body: Value) {
    let (channel, message) = (
        ask["channel_id"].as_str().unwrap(),
        ask["message_id"].as_str().unwrap(),
    );
    who.post(
        &format!("/api/channels/{channel}/messages/{message}/ask/moves"),
        body,
    )
    .await
    .expect(200);
}

both_stores! {
    async fn who_asked_is_told_when_they_are_asked_back_when_it_is_passed_on_and_of_a_late_promise(world: World) {
        let house = &world.house;
        let (ada, bob, cy) = (person(house, "Ada").await, person(house, "Bob").await, person(house, "Cy").await);
        let browser = Browser::new(51);
        world.subscribe(&ada, &browser, "ada").await;
        let mut ear = Ear::of(&ada).await;
        let late = platform::testing::START.after(HOUR * 24 * 20);
        for (body, cause, words) in [
            (json!({ "move": "ask_back" }), "asked_back", "asks you back, #general"),
            (json!({ "move": "pass", "person_id": cy.id }), "passed_on", "passed on what you asked, #general"),
            (json!({ "move": "promise", "until": late }), "wished", "wishes for more time, #general"),
        ] {
            let asked = ask(&ada, &house.general, &bob).await;
            make(&bob, &asked, body).await;
            settle(house).await;
            let told = ear.released().await;
            let first = &told["items"][0];
            assert_eq!((&first["cause"], &first["message_id"], &first["author_id"]), (&json!(cause), &asked["message_id"], &json!(bob.id)));
            let push = world.pushes(&browser).await.remove(0).1;
            assert_eq!((&push["title"], &push["body"]), (&json!("Needs you: Bob"), &json!(format!("{words}\nDoes the mill open?"))));
        }
        pass(house, HOUR).await;
        assert_eq!(held(&ada).await["n_held"], 0, "once");
    }

    async fn it_waits_for_their_hours_and_is_settled_by_what_they_do(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&ada, office("live")).await;
        let (first, second, third) = (ask(&ada, &house.general, &bob).await, ask(&ada, &house.general, &bob).await, ask(&ada, &house.general, &bob).await);
        house.server.advance(HOUR * 9);
        for asked in [&first, &second, &third] {
            make(&bob, asked, json!({ "move": "ask_back" })).await;
        }
        settle(&house).await;
        let waits = held(&ada).await;
        assert_eq!((&waits["n_held"], &waits["items"][0]["cause"]), (&json!(3), &json!("asked_back")));
        assert_eq!(ada.get(&format!("/api/channels/{}/held", house.general)).await.expect(200)["items"], json!([]), "nobody waits to be told by themselves");
        make(&ada, &first, json!({ "move": "resume" })).await;
        assert_eq!(held(&ada).await["n_held"], 2, "who has answered need not be told");
        make(&bob, &second, json!({ "move": "undo" })).await;
        assert_eq!(held(&ada).await["n_held"], 1, "nor is anybody told of what was taken back");
        let mut ear = Ear::of(&ada).await;
        pass(&house, HOUR * 15).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"]), (&json!(1), &third["message_id"]));
    }

    async fn an_answer_or_a_promise_in_time_tells_nobody_and_so_does_whom_they_block(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let asked = ask(&ada, &house.general, &bob).await;
        let soon = platform::testing::START.after(HOUR * 3);
        make(&bob, &asked, json!({ "move": "promise", "until": soon })).await;
        make(&bob, &asked, json!({ "move": "answer" })).await;
        settle(&house).await;
        assert_eq!(n_rows(&house, &OWN_ROWS).await, 0);
        ada.put(&format!("/api/blocks/{}", bob.id), json!({})).await.expect(204);
        let asked = ask(&ada, &house.general, &bob).await;
        make(&bob, &asked, json!({ "move": "ask_back" })).await;
        settle(&house).await;
        assert_eq!((n_rows(&house, &RELEASED_ROWS).await, held(&ada).await["n_held"].clone()), (0, json!(0)));
    }

    async fn with_whoever_did_it_it_goes(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let asked = ask(&ada, &house.general, &bob).await;
        make(&bob, &asked, json!({ "move": "ask_back" })).await;
        settle(&house).await;
        assert_eq!(n_rows(&house, &OWN_ROWS).await, 1);
        bob.post("/api/me/erase", json!({ "password": spaces::testing::PASSWORD, "messages": "keep" })).await.expect(204);
        assert_eq!(n_rows(&house, &OWN_ROWS).await, 0);
    }
}

platform::sql! {
    OWN_ROWS = "select count(*) from notice n join message m on m.id = n.message_id where n.person_id = m.author_id";
}

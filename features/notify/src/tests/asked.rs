//! Who is asked is called, and told by when.

use super::push::{Browser, World};
use super::*;
use platform::both_stores;

fn ask_of(people: &[&TestPerson]) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    json!({ "kind": "question", "people": people })
}

async fn ask(who: &TestPerson, channel: &str, people: &[&TestPerson]) -> Value {
    let body = json!({ "message": { "id": new_id(), "text": "Does the mill open?" }, "ask": ask_of(people) });
    let asked = who
        .post(&format!("/api/channels/{channel}/asks"), body)
        .await
        .expect(201);
    asked["ask"].clone()
}

fn path(ask: &Value, more: &str) -> String {
    let [channel, message] =
        ["channel_id", "message_id"].map(|field| ask[field].as_str().unwrap().to_owned());
    format!("/api/channels/{channel}/messages/{message}/ask{more}")
}

async fn due(who: &TestPerson, ask: &Value) -> Value {
    who.get(&path(ask, "")).await.expect(200)["ask"]["due"].clone()
}

both_stores! {
    async fn who_is_asked_is_called_without_being_named_and_told_by_when(world: World) {
        let house = &world.house;
        let (ada, bob, cy) = (person(house, "Ada").await, person(house, "Bob").await, person(house, "Cy").await);
        let browser = Browser::new(21);
        world.subscribe(&bob, &browser, "bob").await;
        let mut ear = Ear::of(&bob).await;
        let asked = ask(&ada, &house.general, &[&bob]).await;
        pass(house, MOMENT).await;
        let told = ear.released().await;
        let due = due(&bob, &asked).await;
        assert_ne!(due, Value::Null);
        assert_eq!((&told["n"], &told["items"][0]["message_id"], &told["items"][0]["due_at"]), (&json!(1), &asked["message_id"], &due));
        let push = world.pushes(&browser).await.remove(0).1;
        assert_eq!((&push["title"], &push["body"]), (&json!("Needs you: Ada"), &json!("asks you in #general\nDoes the mill open?\nAnswer by Mon 13:00")));
        assert_eq!(held(&cy).await["n_held"], 0);
        assert_eq!(n_rows(house, &ALL_ROWS).await, 1);
        pass(house, HOUR).await;
        assert_eq!(n_rows(house, &OPEN_ROWS).await, 0, "once");
    }

    async fn what_is_held_says_by_when_and_learns_of_a_promise(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        declare(&bob, office("live")).await;
        house.server.advance(HOUR * 9);
        let asked = ask(&ada, &house.general, &[&bob]).await;
        pass(&house, MOMENT).await;
        let waits = held(&bob).await;
        assert_eq!((&waits["n_held"], &waits["n_asks"]), (&json!(1), &json!(1)));
        assert_eq!(waits["first_due"], due(&bob, &asked).await);
        let until = platform::testing::START.after(HOUR * 30);
        bob.post(&path(&asked, "/moves"), json!({ "move": "promise", "until": until })).await.expect(200);
        assert_eq!(micros(&held(&bob).await["first_due"]), until);
        ada.post(&path(&asked, "/moves"), json!({ "move": "withdraw" })).await.expect(200);
        assert_eq!((&held(&bob).await["n_asks"], &held(&bob).await["first_due"]), (&json!(0), &Value::Null));
    }

    async fn an_ask_that_comes_later_is_passed_on_or_reminded_of_calls_as_well(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let said = say(&ada, &house.general, "Does the mill open?").await;
        bob.put(&format!("/api/channels/{}/read", house.general), json!({ "seq": said["seq"] })).await.expect(200);
        pass(&house, HOUR).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 0);
        let (mut bobs, mut cys) = (Ear::of(&bob).await, Ear::of(&cy).await);
        let asked = json!({ "message_id": said["id"], "channel_id": house.general });
        ada.put(&path(&asked, ""), ask_of(&[&bob])).await.expect(201);
        pass(&house, MOMENT).await;
        let told = bobs.released().await;
        assert_eq!((&told["items"][0]["message_id"], &told["items"][0]["due_at"]), (&said["id"], &due(&bob, &asked).await));
        bob.post(&path(&asked, "/moves"), json!({ "move": "pass", "person_id": cy.id })).await.expect(200);
        pass(&house, MOMENT).await;
        assert_eq!(cys.released().await["items"][0]["due_at"], due(&cy, &asked).await);
        pass(&house, HOUR).await;
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 3, "Bob's, Cy's, and Ada's, who is told to whom it was passed");
        ada.post(&path(&asked, "/reminder"), json!({})).await.expect(200);
        pass(&house, MOMENT).await;
        assert_eq!(cys.released().await["items"][0]["message_id"], said["id"], "once more");
        bob.post("/api/notices/shown", json!({ "message_ids": [] })).await.expect(204);
        say(&ada, &house.general, &format!("<@{}> thanks all the same", bob.id)).await;
        pass(&house, MOMENT).await;
        assert_eq!(bobs.released().await["items"][0]["due_at"], Value::Null, "whose turn it is not was not reminded");
    }

    async fn what_everybody_has_to_read_calls_them_with_their_own_time(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let body = json!({ "message": { "id": new_id(), "text": "The mill is closed" }, "ask": { "kind": "read", "everyone": true } });
        let asked = ada.post(&format!("/api/channels/{}/asks", house.general), body).await.expect(201)["ask"].clone();
        pass(&house, MOMENT).await;
        let waits = held(&bob).await;
        assert_eq!((&waits["items"][0]["cause"], &waits["items"][0]["due_at"]), (&json!("everyone"), &due(&bob, &asked).await));
        assert_eq!(n_rows(&house, &ALL_ROWS).await, 2, "the owner's and Bob's");
    }
}

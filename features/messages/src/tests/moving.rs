//! Conversations put in order, through HTTP and the socket.

use super::*;
use std::time::Duration;

async fn topic_at(person: &TestPerson, channel: &str, origin: &Value, title: &str) -> String {
    let body = json!({ "id": new_id(), "title": title, "origin_id": id_of(origin) });
    id_of(
        &person
            .post(&format!("/api/channels/{channel}/topics"), body)
            .await
            .expect(201),
    )
}

async fn reply(person: &TestPerson, channel: &str, topic: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn order(person: &TestPerson, channel: &str, messages: &[&Value], to: Value) -> Answer {
    let ids: Vec<String> = messages.iter().map(|message| id_of(message)).collect();
    let mut body = to;
    body["message_ids"] = json!(ids);
    person.post(&format!("/api/channels/{channel}/moves"), body).await
}

async fn in_topic(person: &TestPerson, channel: &str, topic: &str) -> Value {
    page(person, channel, &format!("?topic={topic}")).await
}

async fn row(person: &TestPerson, channel: &str) -> Value {
    person.get(&format!("/api/channels/{channel}")).await.expect(200)
}

async fn read_all(person: &TestPerson, channel: &str, topic: Option<&str>) {
    let head = row(person, channel).await["head"].clone();
    let mut body = json!({ "seq": head });
    if let Some(topic) = topic {
        body["topic_id"] = json!(topic);
    }
    person
        .put(&format!("/api/channels/{channel}/read"), body)
        .await
        .expect(200);
}

both_stores! {
    async fn messages_move_into_a_topic_and_back(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let question = say(&ada, &house.general, "Which day?").await;
        let topic = topic_at(&ada, &house.general, &question, "Trip").await;
        let stray = say(&bob, &house.general, "Monday").await;
        let stray_too = say(&bob, &house.general, "or Tuesday").await;
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        let moved = order(&ada, &house.general, &[&stray, &stray_too], json!({ "topic_id": topic })).await.expect(200);
        assert_eq!((&moved["topic"]["n_messages"], &moved["topic"]["last_seq"]), (&json!(2), &stray_too["seq"]));
        assert_eq!(moved["topic"]["people"], json!([ada.id, bob.id]));
        let event = listener.event("messages.moved").await;
        assert_eq!(event["body"]["message_ids"], json!([id_of(&stray), id_of(&stray_too)]));
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["Which day?"]);
        assert_eq!(texts(&in_topic(&ada, &house.general, &topic).await), ["Monday", "or Tuesday"]);
        let place = ada.get(&format!("/api/messages/{}", id_of(&stray))).await.expect(200);
        assert_eq!((&place["topic_id"], &place["seq"]), (&json!(topic), &stray["seq"]), "links find it");
        order(&bob, &house.general, &[&stray], json!({})).await.expect(200);
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["Which day?", "Monday"]);
        let view = ada.get(&format!("/api/channels/{}/topics/{topic}", house.general)).await.expect(200);
        assert_eq!(view["topic"]["n_messages"], 1);
    }

    async fn a_topic_is_split_off_at_its_first_message(house: House) {
        let ada = house.member("Ada").await;
        let question = say(&ada, &house.general, "Trip?").await;
        let topic = topic_at(&ada, &house.general, &question, "Trip").await;
        reply(&ada, &house.general, &topic, "Monday").await;
        let food = reply(&ada, &house.general, &topic, "And the food?").await;
        let soup = reply(&house.owner, &house.general, &topic, "Soup").await;
        let new = json!({ "new_topic": { "id": new_id(), "title": "Food" } });
        let moved = order(&ada, &house.general, &[&soup, &food], new.clone()).await.expect(200);
        assert_eq!((&moved["topic"]["title"], &moved["topic"]["n_messages"]), (&json!("Food"), &json!(1)));
        assert_eq!(moved["topic"]["origin_id"], id_of(&food));
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["Trip?", "And the food?"]);
        let food_topic = id_of(&moved["topic"]);
        assert_eq!(texts(&in_topic(&ada, &house.general, &food_topic).await), ["Soup"]);
        assert_eq!(texts(&in_topic(&ada, &house.general, &topic).await), ["Monday"]);
        order(&ada, &house.general, &[&soup], new).await.refused(409, "conflict");
        let titles = ["Trip", "Food"].map(str::to_owned);
        let listed = ada.get(&format!("/api/channels/{}/topics", house.general)).await.expect(200);
        let mut found: Vec<String> = listed["items"].as_array().into_iter().flatten()
            .filter_map(|topic| topic["title"].as_str().map(str::to_owned)).collect();
        found.reverse();
        assert_eq!(found, titles);
    }

    async fn what_was_unread_stays_unread_where_it_goes(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let question = say(&ada, &house.general, "Which day?").await;
        let topic = topic_at(&ada, &house.general, &question, "Trip").await;
        let stray = say(&bob, &house.general, &format!("<@{}> Monday", ada.id)).await;
        reply(&bob, &house.general, &topic, "Later").await;
        // Ada reads the topic, beyond the place of the stray, and not the stream.
        read_all(&ada, &house.general, Some(&topic)).await;
        assert_eq!(row(&ada, &house.general).await["n_unread"], 1);
        order(&bob, &house.general, &[&stray], json!({ "topic_id": topic })).await.expect(200);
        let hers = row(&ada, &house.general).await;
        assert_eq!((&hers["n_unread"], &hers["n_mentions"]), (&json!(0), &json!(0)), "it left the stream");
        assert!(hers["topics"][0]["n_unread"].as_i64() >= Some(1), "it is unread in the topic: {hers}");
        assert_eq!(hers["topics"][0]["n_mentions"], 1);
        // Bob wrote everything: nothing is unread for him.
        assert_eq!(row(&bob, &house.general).await["topics"], json!([]));
        // And back: who read the topic now has it read in the stream as well.
        read_all(&ada, &house.general, Some(&topic)).await;
        read_all(&ada, &house.general, None).await;
        order(&bob, &house.general, &[&stray], json!({})).await.expect(200);
        assert_eq!(row(&ada, &house.general).await["n_unread"], 0);
    }

    async fn two_topics_become_one(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let trip = say(&ada, &house.general, "Trip?").await;
        let into = topic_at(&ada, &house.general, &trip, "Trip").await;
        let journey = say(&bob, &house.general, "Journey?").await;
        let gone = topic_at(&bob, &house.general, &journey, "Journey").await;
        reply(&ada, &house.general, &into, "Monday").await;
        reply(&bob, &house.general, &gone, "By train").await;
        let draft = |topic: &str, text: &str| json!({ "channel_id": house.general, "topic_id": topic, "text": text, "revision": 0 });
        bob.put("/api/drafts", draft(&gone, "what about")).await.expect(200);
        bob.put("/api/drafts", draft(&into, "begun here")).await.expect(200);
        let path = format!("/api/channels/{}/topics/{gone}/merge", house.general);
        ada.post(&path, json!({ "into_id": gone })).await.refused(422, "invalid");
        let merged = ada.post(&path, json!({ "into_id": into })).await.expect(200);
        assert_eq!((&merged["id"], &merged["n_messages"]), (&json!(into), &json!(3)));
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["Trip?"]);
        assert_eq!(texts(&in_topic(&ada, &house.general, &into).await), ["Journey?", "Monday", "By train"]);
        let view = bob.get(&format!("/api/channels/{}/topics/{gone}", house.general)).await.expect(200);
        assert_eq!((&view["topic"]["id"], &view["following"]), (&json!(into), &json!(true)), "links lead there, followers go along");
        let late = reply(&bob, &house.general, &gone, "from an old tab").await;
        assert_eq!(late["topic_id"], json!(into), "what is sent late arrives there");
        let start = bob.get("/api/start").await.expect(200);
        assert_eq!(start["drafts"].as_array().map(Vec::len), Some(1));
        assert_eq!(start["drafts"][0]["text"], "begun here\n\nwhat about");
        assert!(row(&ada, &house.general).await["topics"][0]["n_unread"].as_i64() >= Some(2), "she has read neither of his");
        let listed = ada.get(&format!("/api/channels/{}/topics", house.general)).await.expect(200);
        assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
        // A third one swallows both, and old links still arrive.
        let third = topic_at(&ada, &house.general, &say(&ada, &house.general, "All travel").await, "Travel").await;
        ada.post(&format!("/api/channels/{}/topics/{into}/merge", house.general), json!({ "into_id": third })).await.expect(200);
        let view = bob.get(&format!("/api/channels/{}/topics/{gone}", house.general)).await.expect(200);
        assert_eq!(view["topic"]["id"], json!(third));
    }

    async fn impossible_orders_are_refused_and_change_nothing(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let other = house.channel(&ada, "other", "public").await;
        let one = say(&ada, &house.general, "one").await;
        let two = say(&ada, &house.general, "two").await;
        let elsewhere = say(&ada, &other, "elsewhere").await;
        let topic = topic_at(&ada, &house.general, &one, "One").await;
        let far = topic_at(&ada, &other, &elsewhere, "Far").await;
        let inside = reply(&ada, &house.general, &topic, "inside").await;
        let to = json!({ "topic_id": topic });
        order(&ada, &house.general, &[], to.clone()).await.refused(422, "invalid");
        order(&ada, &house.general, &[&two, &inside], to.clone()).await.refused(422, "invalid");
        order(&ada, &house.general, &[&one], to.clone()).await.refused(422, "invalid");
        order(&ada, &house.general, &[&inside], to.clone()).await.refused(422, "invalid");
        order(&ada, &house.general, &[&elsewhere], to.clone()).await.refused(404, "not-found");
        order(&ada, &house.general, &[&two], json!({ "topic_id": far })).await.refused(404, "not-found");
        let both = json!({ "topic_id": topic, "new_topic": { "id": new_id(), "title": "X" } });
        order(&ada, &house.general, &[&two], both).await.refused(422, "invalid");
        order(&ada, &house.general, &[&two], json!({ "new_topic": { "id": new_id(), "title": " " } })).await.refused(422, "invalid");
        let ids: Vec<String> = (0..101).map(|_| new_id()).collect();
        let many = json!({ "message_ids": ids, "topic_id": topic });
        ada.post(&format!("/api/channels/{}/moves", house.general), many).await.refused(422, "invalid");
        order(&bob, &other, &[&elsewhere], json!({ "new_topic": { "id": new_id(), "title": "X" } })).await.refused(403, "forbidden");
        let merge = format!("/api/channels/{}/topics/{topic}/merge", house.general);
        ada.post(&merge, json!({ "into_id": far })).await.refused(404, "not-found");
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["one", "two"]);
        assert_eq!(texts(&in_topic(&ada, &house.general, &topic).await), ["inside"]);
    }

    async fn the_overview_shows_the_topics_of_all_my_channels(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let trip = topic_at(&ada, &house.general, &say(&ada, &house.general, "Trip?").await, "Trip").await;
        house.server.advance(Duration::from_secs(60));
        let hidden = topic_at(&ada, &secret, &say(&ada, &secret, "Raise?").await, "Raise").await;
        house.server.advance(Duration::from_secs(60));
        let lunch = topic_at(&bob, &house.general, &say(&bob, &house.general, "Lunch?").await, "Lunch").await;
        house.server.advance(Duration::from_secs(60));
        reply(&bob, &house.general, &trip, "Monday").await;
        ada.patch(&format!("/api/channels/{secret}/topics/{hidden}"), json!({ "state": "decided", "decision": "Yes" })).await.expect(200);
        let titles = |person: &TestPerson, query: &str| {
            let (person, path) = (person.clone(), format!("/api/topics{query}"));
            async move {
                let found = person.get(&path).await.expect(200);
                let titles: Vec<String> = found["items"].as_array().into_iter().flatten()
                    .filter_map(|row| row["topic"]["title"].as_str().map(str::to_owned)).collect();
                (titles, found["next"].clone())
            }
        };
        assert_eq!(titles(&ada, "").await.0, ["Trip", "Lunch", "Raise"]);
        assert_eq!(titles(&bob, "").await.0, ["Trip", "Lunch"], "what is hidden is in no list");
        assert_eq!(titles(&ada, "?filter=decided").await.0, ["Raise"]);
        assert_eq!(titles(&ada, "?filter=open").await.0, ["Trip", "Lunch"]);
        assert_eq!(titles(&ada, "?filter=unread").await.0, ["Trip"]);
        assert_eq!(titles(&bob, "?filter=waiting").await.0, ["Trip", "Lunch"], "his was the last word");
        assert!(titles(&ada, "?filter=waiting").await.0.is_empty());
        assert_eq!(titles(&bob, "?filter=mine").await.0, ["Trip", "Lunch"]);
        assert_eq!(titles(&ada, "?filter=mine").await.0, ["Trip", "Raise"]);
        let (first, next) = titles(&ada, "?limit=2").await;
        assert_eq!((first, &next), (vec!["Trip".to_owned(), "Lunch".to_owned()], &json!(lunch)));
        assert_eq!(titles(&ada, &format!("?limit=2&after={lunch}")).await.0, ["Raise"]);
        bob.get(&format!("/api/topics?after={hidden}")).await.refused(404, "not-found");
        bob.get("/api/topics?filter=sideways").await.refused(422, "invalid");
        let row = ada.get("/api/topics?filter=unread").await.expect(200)["items"][0].clone();
        assert_eq!((&row["n_unread"], &row["following"]), (&json!(1), &json!(true)));
    }
}

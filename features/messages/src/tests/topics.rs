//! Topics through HTTP and the socket.

use super::*;

async fn begin_at(person: &TestPerson, channel: &str, message: &Value, title: &str) -> Answer {
    let body = json!({ "id": new_id(), "title": title, "origin_id": id_of(message) });
    person
        .post(&format!("/api/channels/{channel}/topics"), body)
        .await
}

async fn reply(person: &TestPerson, channel: &str, topic: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

both_stores! {
    async fn a_topic_begins_at_a_message_and_gathers_replies(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "Which day?").await;
        let topic = begin_at(&house.owner, &house.general, &said, "Field trip").await.expect(201);
        let id = id_of(&topic);
        begin_at(&ada, &house.general, &said, "Again").await.refused(409, "conflict");
        let first = reply(&ada, &house.general, &id, "Monday").await;
        reply(&house.owner, &house.general, &id, "Tuesday").await;
        let stream = page(&ada, &house.general, "").await;
        assert_eq!(texts(&stream), ["Which day?"], "replies stand in the topic");
        let row = &stream["messages"][0]["topic"];
        assert_eq!((&row["title"], &row["n_messages"]), (&json!("Field trip"), &json!(2)));
        assert_eq!(row["people"], json!([ada.id, house.owner.id]));
        assert_eq!(texts(&page(&ada, &house.general, &format!("?topic={id}")).await), ["Monday", "Tuesday"]);
        begin_at(&ada, &house.general, &first, "Inside").await.refused(403, "forbidden");
        let view = ada.get(&format!("/api/channels/{}/topics/{id}", house.general)).await.expect(200);
        assert_eq!((&view["origin"]["text"], &view["following"]), (&json!("Which day?"), &json!(true)));
    }

    async fn a_topic_begins_in_the_composer_with_its_first_message(house: House) {
        let ada = house.member("Ada").await;
        let body = json!({ "id": new_id(), "title": "Budget", "message": { "id": new_id(), "text": "How much?" } });
        let path = format!("/api/channels/{}/topics", house.general);
        let first = ada.post(&path, body.clone()).await.expect(201);
        let again = ada.post(&path, body.clone()).await.expect(201);
        assert_eq!(first, again, "sending twice begins one topic");
        house.owner.post(&path, body).await.refused(409, "conflict");
        let stream = page(&ada, &house.general, "").await;
        assert_eq!(texts(&stream), ["How much?"]);
        assert_eq!(stream["messages"][0]["topic"]["title"], "Budget");
        ada.post(&path, json!({ "id": new_id(), "title": "Neither" })).await.refused(422, "invalid");
        let blank = json!({ "id": new_id(), "title": " ", "message": { "id": new_id(), "text": "x" } });
        ada.post(&path, blank).await.refused(422, "invalid");
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["How much?"], "a refused topic leaves no message");
    }

    async fn a_topic_is_resolved_decided_and_opened_again(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "Tea or coffee?").await;
        let topic = begin_at(&ada, &house.general, &said, "Drinks").await.expect(201);
        let path = format!("/api/channels/{}/topics/{}", house.general, id_of(&topic));
        ada.patch(&path, json!({ "state": "decided" })).await.refused(422, "invalid");
        let decided = ada.patch(&path, json!({ "state": "decided", "decision": "Tea" })).await.expect(200);
        assert_eq!((&decided["state"], &decided["decision"]), (&json!("decided"), &json!("Tea")));
        let open = ada.patch(&path, json!({ "state": "open", "title": "Hot drinks" })).await.expect(200);
        assert_eq!((&open["decision"], &open["title"]), (&Value::Null, &json!("Hot drinks")));
        let list = |state: &str| {
            let (ada, path) = (ada.clone(), format!("/api/channels/{}/topics?state={state}", house.general));
            async move { ada.get(&path).await }
        };
        assert_eq!(list("open").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(list("decided").await.expect(200)["items"].as_array().map(Vec::len), Some(0));
        list("sideways").await.refused(422, "invalid");
    }

    async fn topics_stay_in_their_channel(house: House) {
        let ada = house.member("Ada").await;
        let other = house.channel(&ada, "other", "public").await;
        let said = say(&ada, &house.general, "here").await;
        let topic = id_of(&begin_at(&ada, &house.general, &said, "Here").await.expect(201));
        let body = json!({ "id": new_id(), "text": "there", "topic_id": topic });
        ada.post(&format!("/api/channels/{other}/messages"), body).await.refused(404, "not-found");
        let quoting = json!({ "id": new_id(), "text": "there", "quote_id": id_of(&said) });
        ada.post(&format!("/api/channels/{other}/messages"), quoting).await.refused(404, "not-found");
        begin_at(&ada, &other, &said, "There").await.refused(404, "not-found");
        ada.patch(&format!("/api/channels/{other}/topics/{topic}"), json!({ "title": "x" })).await.refused(404, "not-found");
        let path = format!("/api/channels/{other}/messages/{}", id_of(&said));
        ada.patch(&path, json!({ "text": "moved" })).await.refused(404, "not-found");
        ada.delete(&path).await.refused(404, "not-found");
    }

    async fn only_followed_topics_count_as_unread(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "Which day?").await;
        let topic = id_of(&begin_at(&ada, &house.general, &said, "Trip").await.expect(201));
        reply(&bob, &house.general, &topic, "Monday").await;
        let topics = |person: &TestPerson| {
            let person = person.clone();
            let path = format!("/api/channels/{}", house.general);
            async move { person.get(&path).await.expect(200)["topics"].clone() }
        };
        assert_eq!(topics(&ada).await[0]["n_unread"], 1, "Ada began it");
        assert_eq!(topics(&bob).await, json!([]), "Bob wrote it himself");
        assert_eq!(topics(&house.owner).await, json!([]), "Olga does not follow");
        reply(&bob, &house.general, &topic, &format!("<@{}> you too?", house.owner.id)).await;
        let hers = topics(&house.owner).await;
        assert_eq!((&hers[0]["n_unread"], &hers[0]["n_mentions"]), (&json!(1), &json!(1)), "who is named follows from there");
        let follow = format!("/api/channels/{}/topics/{topic}/follow", house.general);
        house.owner.delete(&follow).await.expect(204);
        assert_eq!(topics(&house.owner).await, json!([]));
        house.owner.put(&follow, json!({})).await.expect(204);
        reply(&bob, &house.general, &topic, "Tuesday").await;
        assert_eq!(topics(&house.owner).await[0]["n_unread"], 1, "what was before counts as read");
    }
}

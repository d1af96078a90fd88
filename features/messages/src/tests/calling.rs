//! Mentions of groups.

use super::*;

async fn group(house: &House, space: Option<&str>, handle: &str, people: &[&TestPerson]) -> String {
    let mut body = json!({ "handle": handle, "title": handle });
    if let Some(space) = space {
        body["space_id"] = json!(space);
    }
    let group = id_of(&house.owner.post("/api/groups", body).await.expect(201));
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let path = format!("/api/groups/{group}/members");
    house
        .owner
        .post(&path, json!({ "people": people }))
        .await
        .expect(200);
    group
}

async fn call(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text, "everyone_ok": true });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn counts(person: &TestPerson, channel: &str) -> (i64, i64) {
    let row = person.get(&format!("/api/channels/{channel}")).await.expect(200);
    (
        row["n_unread"].as_i64().unwrap_or(-1),
        row["n_mentions"].as_i64().unwrap_or(-1),
    )
}

both_stores! {
    async fn a_group_calls_its_people_and_asks_first(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let crew = group(&house, Some(&house.space), "crew", &[&ada, &bob]).await;
        let text = format!("<@&{crew}> and <@{}> look", cy.id);
        let path = format!("/api/channels/{}/messages", house.general);
        let mut body = json!({ "id": new_id(), "text": text });
        let refusal = ada.post(&path, body.clone()).await;
        refusal.refused(422, "confirm-everyone");
        assert_eq!(refusal.body["n_people"], 1, "Bob; not the one who writes");
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        body["everyone_ok"] = json!(true);
        ada.post(&path, body).await.expect(201);
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["called"], json!([bob.id]));
        assert_eq!(event["body"]["groups"], json!([{ "id": crew, "handle": "crew", "title": "crew" }]));
        for (person, n_mentions) in [(&bob, 1), (&cy, 1), (&house.owner, 0)] {
            assert_eq!(counts(person, &house.general).await, (1, n_mentions), "{}", person.id);
        }
        let page = page(&bob, &house.general, "").await;
        assert_eq!(page["groups"][0]["handle"], "crew");
        assert_eq!(page["messages"][0]["tree"][0]["c"][0], json!({ "t": "group", "id": crew }));
    }

    async fn a_group_without_anybody_else_asks_nothing(house: House) {
        let ada = house.member("Ada").await;
        let crew = group(&house, Some(&house.space), "crew", &[&ada]).await;
        say(&ada, &house.general, &format!("<@&{crew}> is me")).await;
        say(&ada, &house.general, &format!("<@&{}> is nothing", new_id())).await;
    }

    async fn only_those_who_may_read_are_called(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let guest = house.guest("Gus", &house.general).await;
        let secret = house.channel(&ada, "secret", "private").await;
        let crew = group(&house, Some(&house.space), "crew", &[&ada, &bob, &guest]).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        call(&ada, &secret, &format!("<@&{crew}> hidden")).await;
        assert_eq!(listener.event("message.posted").await["body"]["called"], Value::Null, "nobody else reads it");
        call(&ada, &house.general, &format!("<@&{crew}> open")).await;
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["called"].as_array().map(Vec::len), Some(2));
        assert_eq!(counts(&guest, &house.general).await, (1, 1));
    }

    async fn groups_of_other_spaces_call_nobody_here(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let other = json!({ "name": "Other", "kind": "team", "open": true });
        let other = id_of(&house.owner.post("/api/spaces", other).await.expect(201));
        bob.post(&format!("/api/spaces/{other}/join"), json!({})).await.expect(204);
        let theirs = group(&house, Some(&other), "theirs", &[&bob]).await;
        say(&ada, &house.general, &format!("<@&{theirs}> hello")).await;
        assert_eq!(counts(&bob, &house.general).await, (1, 0));
        let everywhere = group(&house, None, "everywhere", &[&bob]).await;
        let guest = house.guest("Gus", &house.general).await;
        say(&guest, &house.general, &format!("<@&{everywhere}> hello")).await;
        assert_eq!(counts(&bob, &house.general).await, (2, 0), "a guest calls no group of the workspace");
        call(&ada, &house.general, &format!("<@&{everywhere}> hello")).await;
        assert_eq!(counts(&bob, &house.general).await, (3, 1));
    }

    async fn an_edit_calls_those_it_names_and_no_group_that_was_not_called_before(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let crew = group(&house, Some(&house.space), "crew", &[&bob]).await;
        let edit = async |id: &str, text: String| ada.patch(&format!("/api/channels/{}/messages/{id}", house.general), json!({ "text": text })).await.expect(200);
        let plain = say(&ada, &house.general, "look").await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        edit(plain["id"].as_str().unwrap(), format!("<@&{crew}> <@channel> <@{}> look", cy.id)).await;
        let event = listener.event("message.edited").await;
        assert_eq!(event["body"]["groups"][0]["handle"], "crew", "its name is shown");
        assert_eq!((counts(&bob, &house.general).await, counts(&cy, &house.general).await), ((1, 0), (1, 1)));
        let calling = call(&ada, &house.general, &format!("<@&{crew}> <@channel> lok")).await;
        edit(calling["id"].as_str().unwrap(), format!("<@&{crew}> <@channel> look")).await;
        assert_eq!((counts(&bob, &house.general).await, counts(&cy, &house.general).await), ((2, 1), (2, 2)), "as it was");
        edit(calling["id"].as_str().unwrap(), "never mind".to_owned()).await;
        assert_eq!((counts(&bob, &house.general).await, counts(&cy, &house.general).await), ((2, 0), (2, 1)));
    }

    async fn pins_and_topics_and_what_is_saved_name_groups(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let crew = group(&house, Some(&house.space), "crew", &[&bob]).await;
        let said = call(&ada, &house.general, &format!("<@&{crew}> look")).await;
        let (id, channel) = (said["id"].as_str().unwrap(), format!("/api/channels/{}", house.general));
        house.owner.put(&format!("{channel}/messages/{id}/pin"), json!({})).await.expect(204);
        ada.put(&format!("{channel}/messages/{id}/save"), json!({})).await.expect(204);
        let topic = json!({ "id": new_id(), "title": "Tea", "origin_id": id });
        let topic = id_of(&ada.post(&format!("{channel}/topics"), topic).await.expect(201));
        for path in [format!("{channel}/pins"), "/api/saved".to_owned(), format!("{channel}/topics/{topic}")] {
            assert_eq!(ada.get(&path).await.expect(200)["groups"][0]["handle"], "crew", "{path}");
        }
    }

    async fn a_name_lasts_longer_than_what_it_says(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let crew = group(&house, Some(&house.space), "crew", &[&bob]).await;
        let said = call(&ada, &house.general, &format!("<@&{crew}> look")).await;
        let path = format!("/api/groups/{crew}");
        house.owner.patch(&path, json!({ "handle": "night-crew" })).await.expect(200);
        assert_eq!(page(&bob, &house.general, "").await["groups"][0]["handle"], "night-crew");
        let quoting = json!({ "id": new_id(), "text": "yes", "quote_id": said["id"] });
        let quoting = bob.post(&format!("/api/channels/{}/messages", house.general), quoting).await.expect(201);
        assert_eq!(quoting["quote"]["text"], json!(format!("<@&{crew}> look")));
        house.owner.delete(&path).await.expect(204);
        assert_eq!(page(&bob, &house.general, "").await["groups"][0]["handle"], "night-crew", "what was said keeps its name");
        say(&ada, &house.general, &format!("<@&{crew}> calls nobody")).await;
    }

    async fn a_group_named_in_a_topic_follows_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let crew = group(&house, Some(&house.space), "crew", &[&bob]).await;
        let topic = json!({ "id": new_id(), "title": "Tea", "message": { "id": new_id(), "text": "begin" } });
        let topic = id_of(&ada.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201));
        let text = json!({ "id": new_id(), "text": format!("<@&{crew}>?"), "topic_id": topic, "everyone_ok": true });
        ada.post(&format!("/api/channels/{}/messages", house.general), text).await.expect(201);
        let row = bob.get(&format!("/api/channels/{}", house.general)).await.expect(200);
        assert_eq!((&row["topics"][0]["topic_id"], &row["topics"][0]["n_mentions"]), (&json!(topic), &json!(1)));
    }
}

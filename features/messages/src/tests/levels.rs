//! How much somebody wants to be told of, through HTTP and the socket.

use super::*;

async fn topic(person: &TestPerson, channel: &str, title: &str) -> String {
    let body = json!({ "id": new_id(), "title": title, "message": { "id": new_id(), "text": title } });
    id_of(
        &person
            .post(&format!("/api/channels/{channel}/topics"), body)
            .await
            .expect(201),
    )
}

async fn reply(person: &TestPerson, channel: &str, topic: &str, text: &str) {
    let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201);
}

async fn choose(person: &TestPerson, path: &str, level: Value) {
    person.put(path, json!({ "level": level })).await.expect(204);
}

async fn levels(person: &TestPerson) -> Value {
    person.get("/api/start").await.expect(200)["levels"].clone()
}

/// Topics that count as unread, with how much is new in them.
async fn counted(person: &TestPerson, channel: &str) -> Vec<(String, i64)> {
    let row = person.get(&format!("/api/channels/{channel}")).await.expect(200);
    let topics = row["topics"].as_array().unwrap().iter();
    let mut counted: Vec<(String, i64)> = topics
        .map(|topic| {
            (
                topic["title"].as_str().unwrap().to_owned(),
                topic["n_unread"].as_i64().unwrap(),
            )
        })
        .collect();
    counted.sort();
    counted
}

both_stores! {
    async fn each_place_says_something_and_takes_it_back_on_every_device(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let fonts = topic(&ada, &house.general, "Fonts").await;
        assert_eq!(levels(&bob).await, json!({}), "nobody has a row who has said nothing");
        let in_space = format!("/api/spaces/{}/level", house.space);
        let in_channel = format!("/api/channels/{}/level", house.general);
        let in_topic = format!("/api/channels/{}/topics/{fonts}/level", house.general);
        let (mut ear, _) = Listener::open(&bob, json!({})).await;
        for (path, level) in [("/api/levels", "needs_me"), (&in_space, "all"), (&in_channel, "nothing"), (&in_topic, "all")] {
            choose(&bob, path, json!(level)).await;
            assert_eq!(ear.event("level.changed").await["body"]["level"], json!(level));
        }
        let said = json!({ bob.id.clone(): "needs_me", house.space.clone(): "all", house.general.clone(): "nothing", fonts.clone(): "all" });
        assert_eq!(levels(&bob).await, said);
        assert_eq!(levels(&ada).await, json!({}), "it is nobody else's");
        let list = bob.get("/api/levels").await.expect(200);
        assert_eq!(list["everywhere"], json!("needs_me"));
        let kinds: Vec<_> = list["places"].as_array().unwrap().iter().map(|place| (place["kind"].clone(), place["level"].clone())).collect();
        assert_eq!(json!(kinds), json!([["space", "all"], ["channel", "nothing"], ["topic", "all"]]));
        assert_eq!((&list["places"][2]["name"], &list["places"][2]["channel_id"]), (&json!("Fonts"), &json!(house.general)));
        choose(&bob, &in_channel, json!("nothing")).await;
        for path in ["/api/levels", &in_space, &in_channel, &in_topic] {
            choose(&bob, path, Value::Null).await;
            assert_eq!(ear.event("level.changed").await["body"]["level"], Value::Null, "said twice it is told once");
        }
        assert_eq!(levels(&bob).await, json!({}));
    }

    async fn a_level_is_for_places_in_which_one_is(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let outsider = house.outsider("Otto").await;
        let secret = house.channel(&ada, "secret", "private").await;
        let open = house.channel(&ada, "open", "public").await;
        let hidden = topic(&ada, &secret, "Hidden").await;
        let level = json!({ "level": "all" });
        bob.put(&format!("/api/channels/{secret}/level"), level.clone()).await.refused(404, "not-found");
        bob.put(&format!("/api/channels/{secret}/topics/{hidden}/level"), level.clone()).await.refused(404, "not-found");
        ada.put(&format!("/api/channels/{}/topics/{hidden}/level", house.general), level.clone()).await.refused(404, "not-found");
        bob.put(&format!("/api/channels/{open}/level"), level.clone()).await.refused(403, "forbidden");
        outsider.put(&format!("/api/spaces/{}/level", house.space), level.clone()).await.refused(403, "forbidden");
        bob.put("/api/levels", json!({ "level": "sometimes" })).await.refused(422, "invalid");
        choose(&ada, &format!("/api/channels/{secret}/level"), json!("all")).await;
        ada.post(&format!("/api/channels/{secret}/leave"), json!({})).await.expect(204);
        assert_eq!(ada.get("/api/levels").await.expect(200)["places"], json!([]), "where one is no longer has no name here");
    }

    async fn where_everything_counts_each_topic_counts_from_then_on(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (old, new) = (topic(&ada, &house.general, "Old").await, topic(&ada, &house.general, "New").await);
        for id in [&old, &new] {
            reply(&ada, &house.general, id, "before").await;
        }
        house.server.advance(std::time::Duration::from_secs(1));
        assert_eq!(counted(&bob, &house.general).await, []);
        choose(&bob, &format!("/api/spaces/{}/level", house.space), json!("all")).await;
        assert_eq!(counted(&bob, &house.general).await, [], "what was said before is no news");
        house.server.advance(std::time::Duration::from_secs(1));
        for text in ["one", "two"] {
            reply(&ada, &house.general, &new, text).await;
        }
        reply(&bob, &house.general, &old, "mine").await;
        assert_eq!(counted(&bob, &house.general).await, [("New".to_owned(), 2)]);
        let start = bob.get("/api/start").await.expect(200);
        let row = start["channels"].as_array().unwrap().iter().find(|row| row["id"] == json!(house.general)).unwrap();
        assert_eq!(row["topics"][0]["n_unread"], json!(2), "the snapshot says the same");
        choose(&bob, &format!("/api/channels/{}/topics/{new}/level", house.general), json!("nothing")).await;
        assert_eq!(counted(&bob, &house.general).await, []);
        choose(&bob, &format!("/api/channels/{}/topics/{new}/level", house.general), Value::Null).await;
        let read = json!({ "topic_id": new, "seq": 1_000 });
        bob.put(&format!("/api/channels/{}/read", house.general), read).await.expect(200);
        assert_eq!(counted(&bob, &house.general).await, []);
    }

    async fn a_thousand_places_and_no_more(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mut last = String::new();
        let mut fill = Vec::new();
        for _ in 0..1_000 {
            fill.push(uuid::Uuid::now_v7());
        }
        let person: uuid::Uuid = bob.id.parse().unwrap();
        let write = move |tx: &mut dyn platform::db::Tx| {
            fill.iter().try_for_each(|place| tx.exec(&FILL, &[person.into(), (*place).into()]).map(drop))
        };
        house.server.app.db.write(base::PersonId(person), write).await.unwrap();
        for title in ["One", "Two"] {
            last = topic(&ada, &house.general, title).await;
        }
        let path = format!("/api/channels/{}/topics/{last}/level", house.general);
        bob.put(&path, json!({ "level": "all" })).await.refused(422, "invalid");
    }

    async fn with_a_person_what_they_said_goes(house: House) {
        let bob = house.member("Bob").await;
        choose(&bob, &format!("/api/channels/{}/level", house.general), json!("all")).await;
        let body = json!({ "password": spaces::testing::PASSWORD, "messages": "keep" });
        bob.post("/api/me/erase", body).await.expect(204);
        let count = |tx: &mut dyn platform::db::Tx| tx.one(&N_LEVELS, &[], |row| row.get::<i64>(0));
        assert_eq!(house.server.app.db.read(count).await.unwrap(), 0);
    }
}

platform::sql! {
    FILL = "insert into told_level (person_id, place_id, kind, level, at) values ($1, $2, 'topic', 'nothing', 0)";
    N_LEVELS = "select count(*) from told_level";
}

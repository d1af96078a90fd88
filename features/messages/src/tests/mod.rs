//! Messages and topics through HTTP and the socket.

mod blocks;
mod calling;
mod carrying;
mod emoji_of_our_own;
mod guests;
mod keeping;
mod levels;
mod mirror;
mod moving;
mod reading;
mod retention;
mod slow;
mod topics;

use mirror::mirror;
use platform::{
    both_stores,
    testing::{Answer, Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![
                accounts::feature(),
                spaces::feature(),
                files::feature(),
                emoji::feature(),
                words::feature(),
                groups::feature(),
                crate::feature(),
            ],
        )
        .await
    }
}

async fn say(person: &TestPerson, channel: &str, text: &str) -> Value {
    let body = json!({ "id": new_id(), "text": text });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn page(person: &TestPerson, channel: &str, query: &str) -> Value {
    person
        .get(&format!("/api/channels/{channel}/messages{query}"))
        .await
        .expect(200)
}

fn texts(page: &Value) -> Vec<&str> {
    page["messages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|message| message["text"].as_str())
        .collect()
}

async fn post_text(person: &TestPerson, channel: &str, text: &str) -> Answer {
    person
        .post(
            &format!("/api/channels/{channel}/messages"),
            json!({ "id": new_id(), "text": text }),
        )
        .await
}

both_stores! {
    async fn a_message_arrives_at_everybody_in_the_channel(house: House) {
        let ada = house.member("Ada").await;
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        let said = say(&ada, &house.general, "Good **morning**").await;
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["message"]["text"], "Good **morning**");
        assert_eq!(event["body"]["message"]["tree"][0]["c"][1]["t"], "b");
        assert_eq!((&event["seq"], &event["actor"]), (&said["seq"], &json!(ada.id)));
        let page = page(&house.owner, &house.general, "").await;
        assert_eq!(texts(&page), ["Good **morning**"]);
        assert_eq!(page["messages"][0]["author_id"], ada.id.as_str());
    }

    async fn sending_twice_posts_once(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let path = format!("/api/channels/{}/messages", house.general);
        let body = json!({ "id": new_id(), "text": "once" });
        let first = ada.post(&path, body.clone()).await.expect(201);
        let again = ada.post(&path, body.clone()).await.expect(200);
        assert_eq!((&first["seq"], &first["id"]), (&again["seq"], &again["id"]));
        bob.post(&path, body).await.refused(409, "conflict");
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["once"]);
    }

    async fn forty_tries_at_once_post_once(house: House) {
        let ada = house.member("Ada").await;
        let path = format!("/api/channels/{}/messages", house.general);
        let body = json!({ "id": new_id(), "text": "once" });
        let tries = (0..40).map(|_| ada.post(&path, body.clone()));
        let statuses: Vec<u16> = futures_util::future::join_all(tries).await.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["once"]);
    }

    async fn only_members_post_and_only_readers_read(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let outsider = house.outsider("Otto").await;
        let open = house.channel(&ada, "open", "public").await;
        let secret = house.channel(&ada, "secret", "private").await;
        say(&ada, &secret, "hidden").await;
        post_text(&bob, &open, "hi").await.refused(403, "forbidden");
        page(&bob, &open, "").await;
        for (person, channel) in [(&bob, &secret), (&outsider, &open), (&outsider, &secret)] {
            post_text(person, channel, "hi").await.refused(404, "not-found");
            person.get(&format!("/api/channels/{channel}/messages")).await.refused(404, "not-found");
        }
        house.server.stranger().get(&format!("/api/channels/{open}/messages")).await.refused(401, "signed-out");
    }

    async fn in_an_announcement_channel_some_post_and_all_read(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let news = house.channel(&ada, "news", "announcement").await;
        bob.post(&format!("/api/channels/{news}/join"), json!({})).await.expect(200);
        post_text(&bob, &news, "me too").await.refused(403, "forbidden");
        let said = say(&ada, &news, "School is closed on Monday").await;
        let reaction = format!("/api/channels/{news}/messages/{}/reactions/%F0%9F%91%8D", id_of(&said));
        bob.put(&reaction, json!({})).await.expect(204);
        ada.put(&format!("/api/channels/{news}/members/{}", bob.id), json!({ "role": "poster" })).await.expect(204);
        say(&bob, &news, "and on Tuesday").await;
    }

    async fn bad_texts_are_refused_and_cost_nothing(house: House) {
        let ada = house.member("Ada").await;
        let mentions: String = (1..=10_000_u128).map(|n| format!("<@{}>", uuid::Uuid::from_u128(n))).collect();
        for text in ["", "   \n", "a\0b", &"x".repeat(16_385), &mentions[..16_000]] {
            post_text(&ada, &house.general, text).await.refused(422, "invalid");
        }
        post_text(&ada, &house.general, &mentions).await.refused(413, "too-big");
        for (body, status) in [("{\"id\":\"x\",\"text\":\"a\"}", 422), ("{\"text\":\"\\ud800\"}", 400), ("{", 400)] {
            let path = format!("/api/channels/{}/messages", house.general);
            let headers = [("content-type", "application/json")];
            let answer = ada.send(http::Method::POST, &path, &headers, body.as_bytes().to_vec()).await;
            assert_eq!(answer.status, status, "{body}");
        }
        let mut body = json!({ "id": new_id(), "text": "a" });
        for field in ["author_id", "at", "seq", "pinned", "role"] {
            body[field] = json!(1);
            ada.post(&format!("/api/channels/{}/messages", house.general), body.clone()).await.refused(422, "invalid");
            body.as_object_mut().expect("an object").remove(field);
        }
        assert!(texts(&page(&ada, &house.general, "").await).is_empty());
    }

    async fn calling_everybody_asks_first(house: House) {
        let ada = house.member("Ada").await;
        let path = format!("/api/channels/{}/messages", house.general);
        let mut body = json!({ "id": new_id(), "text": "<@channel> look" });
        let refusal = ada.post(&path, body.clone()).await;
        refusal.refused(422, "confirm-everyone");
        assert_eq!(refusal.body["n_people"], 1, "the owner; not the one who writes");
        body["everyone_ok"] = json!(true);
        ada.post(&path, body).await.expect(201);
        let row = house.owner.get(&format!("/api/channels/{}", house.general)).await.expect(200);
        assert_eq!((&row["n_unread"], &row["n_mentions"]), (&json!(1), &json!(1)));
    }

    async fn edits_keep_their_history_and_only_authors_edit(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "frist").await;
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
        house.owner.patch(&path, json!({ "text": "mine" })).await.refused(403, "forbidden");
        ada.patch(&path, json!({ "text": " " })).await.refused(422, "invalid");
        let edited = ada.patch(&path, json!({ "text": "first" })).await.expect(200);
        assert!(edited["edited_at"].is_number());
        ada.patch(&path, json!({ "text": "first!" })).await.expect(200);
        let history = house.owner.get(&format!("{path}/history")).await.expect(200);
        let texts: Vec<_> = history["items"].as_array().into_iter().flatten().map(|item| item["text"].clone()).collect();
        assert_eq!(texts, ["frist", "first", "first!"]);
    }

    async fn a_deleted_text_is_gone_everywhere(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "xylophone secret").await;
        let id = id_of(&said);
        let path = format!("/api/channels/{}/messages/{id}", house.general);
        ada.patch(&path, json!({ "text": "xylophone secret, edited" })).await.expect(200);
        let quoting = json!({ "id": new_id(), "text": "what?", "quote_id": id });
        house.owner.post(&format!("/api/channels/{}/messages", house.general), quoting).await.expect(201);
        house.member("Bob").await.delete(&path).await.refused(403, "forbidden");
        ada.delete(&path).await.expect(204);
        ada.delete(&path).await.expect(204);
        let cursors = json!({ house.general.clone(): 0 });
        let (_, replayed) = Listener::open(&house.owner, cursors).await;
        assert!(replayed.iter().any(|frame| frame["kind"] == "message.deleted"));
        let page = page(&house.owner, &house.general, "").await;
        for shown in [json!(replayed).to_string(), page.to_string()] {
            assert!(!shown.contains("xylophone"), "{shown}");
        }
        assert_eq!((&page["messages"][0]["deleted"], &page["messages"][1]["quote"]["deleted"]), (&json!(true), &json!(true)));
        house.owner.get(&format!("{path}/history")).await.refused(404, "not-found");
        ada.patch(&path, json!({ "text": "back" })).await.refused(404, "not-found");
    }

    async fn reactions_are_counted_once_per_person(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "cake").await;
        let base = format!("/api/channels/{}/messages/{}/reactions", house.general, id_of(&said));
        let cake = format!("{base}/%F0%9F%8D%B0");
        for _ in 0..2 {
            ada.put(&cake, json!({})).await.expect(204);
            house.owner.put(&cake, json!({})).await.expect(204);
        }
        let reaction = page(&ada, &house.general, "").await["messages"][0]["reactions"][0].clone();
        assert_eq!((&reaction["emoji"], &reaction["n"], &reaction["mine"]), (&json!("🍰"), &json!(2), &json!(true)));
        ada.delete(&cake).await.expect(204);
        ada.delete(&cake).await.expect(204);
        let reaction = page(&ada, &house.general, "").await["messages"][0]["reactions"][0].clone();
        assert_eq!((&reaction["n"], &reaction["mine"]), (&json!(1), &json!(false)));
        ada.put(&format!("{base}/%3Cscript%3E"), json!({})).await.refused(422, "invalid");
        let people = ada.get(&cake).await.expect(200);
        assert_eq!(people["people"][0]["name"], "Olga Owner");
    }

    async fn pages_go_back_forward_and_around(house: House) {
        let ada = house.member("Ada").await;
        for n in 0..10 {
            say(&ada, &house.general, &format!("m{n}")).await;
        }
        let newest = page(&ada, &house.general, "?limit=3").await;
        assert_eq!(texts(&newest), ["m7", "m8", "m9"]);
        assert_eq!((&newest["has_older"], &newest["has_newer"]), (&json!(true), &json!(false)));
        let seq = |page: &Value, idx: usize| page["messages"][idx]["seq"].as_i64().expect("a place");
        let older = page(&ada, &house.general, &format!("?limit=3&before={}", seq(&newest, 0))).await;
        assert_eq!(texts(&older), ["m4", "m5", "m6"]);
        assert_eq!(older["has_newer"], true);
        let newer = page(&ada, &house.general, &format!("?limit=9&after={}", seq(&older, 2))).await;
        assert_eq!(texts(&newer), ["m7", "m8", "m9"]);
        let around = page(&ada, &house.general, &format!("?limit=4&around={}", seq(&older, 1))).await;
        assert_eq!(texts(&around), ["m3", "m4", "m5", "m6"]);
        let all = page(&ada, &house.general, "?limit=100").await;
        assert_eq!((all["messages"].as_array().map(Vec::len), &all["has_older"]), (Some(10), &json!(false)));
    }

    async fn a_link_to_a_message_says_where_it_stands(house: House) {
        let ada = house.member("Ada").await;
        let secret = house.channel(&ada, "secret", "private").await;
        let said = say(&ada, &secret, "here").await;
        let path = format!("/api/messages/{}", id_of(&said));
        assert_eq!(ada.get(&path).await.expect(200)["channel_id"], secret.as_str());
        let hidden = house.owner.get(&path).await;
        let absent = house.owner.get(&format!("/api/messages/{}", new_id())).await;
        assert_eq!((hidden.status, hidden.problem()), (absent.status, absent.problem()));
    }

    async fn snapshot_and_events_make_the_fresh_snapshot(house: House) {
        let ada = house.member("Ada").await;
        say(&ada, &house.general, "before").await;
        let (mine, hers) = (mirror(&house.owner, &house.general).await, mirror(&ada, &house.general).await);
        let first = say(&ada, &house.general, "one").await;
        let second = say(&ada, &house.general, &format!("<@{}> two", house.owner.id)).await;
        let base = format!("/api/channels/{}/messages", house.general);
        let quoting = json!({ "id": new_id(), "text": "three", "quote_id": id_of(&first) });
        house.owner.post(&base, quoting).await.expect(201);
        let on_first = format!("{base}/{}", id_of(&first));
        ada.patch(&on_first, json!({ "text": "uno" })).await.expect(200);
        let cake = format!("{base}/{}/reactions/%F0%9F%8D%B0", id_of(&second));
        ada.put(&cake, json!({})).await.expect(204);
        house.owner.put(&cake, json!({})).await.expect(204);
        ada.delete(&cake).await.expect(204);
        let topic = json!({ "id": new_id(), "title": "Cake", "origin_id": id_of(&second) });
        let topic = house.owner.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201);
        house.owner.post(&base, json!({ "id": new_id(), "text": "in it", "topic_id": id_of(&topic) })).await.expect(201);
        let decided = json!({ "state": "decided", "decision": "Chocolate" });
        let path = format!("/api/channels/{}/topics/{}", house.general, id_of(&topic));
        ada.patch(&path, decided).await.expect(200);
        let to = json!({ "seq": second["seq"] });
        house.owner.put(&format!("/api/channels/{}/read", house.general), to).await.expect(200);
        let draft = json!({ "channel_id": house.general, "topic_id": null, "text": "not yet", "revision": 0 });
        house.owner.put("/api/drafts", draft).await.expect(200);
        ada.put(&format!("{base}/{}/pin", id_of(&second)), json!({})).await.expect(204);
        house.owner.put(&format!("{base}/{}/save", id_of(&second)), json!({})).await.expect(204);
        let third = say(&house.owner, &house.general, "four").await;
        let order = json!({ "message_ids": [id_of(&third)], "topic_id": id_of(&topic) });
        ada.post(&format!("/api/channels/{}/moves", house.general), order).await.expect(200);
        ada.delete(&on_first).await.expect(204);
        let fifth = say(&ada, &house.general, "five").await;
        house.owner.post(&format!("{base}/{}/remove", id_of(&fifth)), json!({ "reason": "Not here" })).await.expect(204);
        mine.agrees(&house.owner).await;
        // Ada follows the topic that began at her message, so only the stream is compared by the first mirror of hers.
        drop(hers);
    }

    async fn who_is_removed_hears_nothing_more_and_old_cursors_lead_nowhere(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let member = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&member, json!({ "role": "member" })).await.expect(204);
        say(&ada, &secret, "for us").await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        ada.delete(&member).await.expect(204);
        assert_eq!(listener.frame("gone").await["scope"], secret.as_str());
        say(&ada, &secret, "about bob").await;
        say(&ada, &house.general, "hello all").await;
        let next = listener.event("message.posted").await;
        assert_eq!(next["body"]["message"]["text"], "hello all");
        let (_, frames) = Listener::open(&bob, json!({ secret.clone(): 1 })).await;
        assert_eq!(frames, [json!({ "type": "gone", "scope": secret })]);
        let start = bob.get(&format!("/api/start?channel={secret}")).await.expect(200);
        assert!(start["page"].is_null() && !start.to_string().contains("for us"));
    }

    async fn a_rare_word_in_a_private_channel_reaches_nobody_else(house: House) {
        let ada = house.member("Ada").await;
        let outsider = house.outsider("Otto").await;
        let secret = house.channel(&ada, "secret", "private").await;
        let gus = house.guest("Gus", &house.general).await;
        let said = say(&ada, &secret, "quetzalcoatl").await;
        let topic = json!({ "id": new_id(), "title": "quetzal plans", "origin_id": id_of(&said) });
        let topic = id_of(&ada.post(&format!("/api/channels/{secret}/topics"), topic).await.expect(201));
        for person in [&house.owner, &outsider, &gus] {
            for path in [
                "/api/start".to_owned(),
                format!("/api/start?channel={secret}"),
                format!("/api/channels/{secret}"),
                format!("/api/channels/{secret}/messages?topic={topic}"),
                format!("/api/channels/{secret}/topics"),
                format!("/api/channels/{secret}/topics/{topic}"),
                format!("/api/channels/{}/topics/{topic}", house.general),
                format!("/api/channels/{}/messages?topic={topic}", house.general),
                format!("/api/channels/{}/messages/{}/history", house.general, id_of(&said)),
            ] {
                let answer = person.get(&path).await;
                assert!(!String::from_utf8_lossy(&answer.bytes).contains("quetzal"), "{path}");
            }
        }
    }
}

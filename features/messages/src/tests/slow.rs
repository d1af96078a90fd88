//! Slow mode: people wait between their messages, and nothing is lost by it.

use super::*;
use std::time::Duration;

async fn slow_down(person: &TestPerson, channel: &str, slow_s: i64) -> Answer {
    person
        .patch(&format!("/api/channels/{channel}"), json!({ "slow_s": slow_s }))
        .await
}

both_stores! {
    async fn in_a_slow_channel_people_take_turns(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        say(&ada, &house.general, "before").await;
        slow_down(&house.owner, &house.general, 30).await.expect(200);
        assert_eq!(listener.event("channel.changed").await["body"]["channel"]["slow_s"], 30);
        let path = format!("/api/channels/{}/messages", house.general);
        let first = json!({ "id": new_id(), "text": "one" });
        ada.post(&path, first.clone()).await.expect(201);
        house.server.advance(Duration::from_secs(12));
        let second = json!({ "id": new_id(), "text": "two" });
        let refusal = ada.post(&path, second.clone()).await;
        refusal.refused(429, "slow-mode");
        assert_eq!(refusal.headers["retry-after"], "18");
        assert_eq!(refusal.body["slow_s"], 30);
        ada.post(&path, first).await.expect(200);
        let in_topic = json!({ "id": new_id(), "title": "T", "message": { "id": new_id(), "text": "around it" } });
        ada.post(&format!("/api/channels/{}/topics", house.general), in_topic).await.refused(429, "slow-mode");
        say(&bob, &house.general, "my turn").await;
        for text in ["whoever looks after it", "does not wait"] {
            say(&house.owner, &house.general, text).await;
        }
        let row = ada.get(&format!("/api/channels/{}", house.general)).await.expect(200);
        let start = ada.get("/api/start").await.expect(200);
        let listed = start["channels"].as_array().into_iter().flatten().find(|row| row["id"] == house.general.as_str());
        let now = house.server.app.clock.now().0;
        for row in [&row, listed.expect("it is listed")] {
            assert_eq!(row["slow_until"].as_i64().map(|until| until - now), Some(18_000_000), "{row}");
        }
        assert_eq!(house.owner.get(&format!("/api/channels/{}", house.general)).await.expect(200)["slow_until"], Value::Null);
        house.server.advance(Duration::from_secs(18));
        ada.post(&path, second).await.expect(201);
        let shown = page(&ada, &house.general, "").await;
        assert_eq!(texts(&shown).iter().filter(|text| ["one", "two"].contains(text)).count(), 2);
        slow_down(&house.owner, &house.general, 0).await.expect(200);
        for text in ["as", "fast", "as", "ever"] {
            say(&ada, &house.general, text).await;
        }
    }

    async fn of_two_at_once_one_waits(house: House) {
        let ada = house.member("Ada").await;
        slow_down(&house.owner, &house.general, 10).await.expect(200);
        let tries = (0..20).map(|n| {
            let (ada, channel) = (ada.clone(), house.general.clone());
            async move { post_text(&ada, &channel, &format!("m{n}")).await.status }
        });
        let statuses = futures_util::future::join_all(tries).await;
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 429].contains(status)), "{statuses:?}");
    }

    async fn who_may_slow_a_channel_and_by_how_much(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let club = house.channel(&ada, "club", "public").await;
        bob.post(&format!("/api/channels/{club}/join"), json!({})).await.expect(200);
        slow_down(&bob, &club, 30).await.refused(403, "forbidden");
        for wrong in [1, 9, -30, 21_601] {
            slow_down(&ada, &club, wrong).await.refused(422, "invalid");
        }
        slow_down(&ada, &club, 21_600).await.expect(200);
        let kept = ada.patch(&format!("/api/channels/{club}"), json!({ "name": "the club" })).await.expect(200);
        assert_eq!(kept["slow_s"], 21_600, "other changes leave it as it is");
        let said = say(&bob, &club, "one").await;
        let path = format!("/api/channels/{club}/messages/{}", id_of(&said));
        bob.patch(&path, json!({ "text": "edits do not wait" })).await.expect(200);
        bob.delete(&path).await.expect(204);
        post_text(&bob, &club, "deleting does not help").await.refused(429, "slow-mode");
    }
}

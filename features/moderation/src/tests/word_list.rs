//! What the word list does to what is said.

use super::{Begin, page, say};
use platform::both_stores;
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

async fn list(house: &House, list: Value) {
    house.owner.put("/api/words", list).await.expect(200);
}

fn texts(page: &Value) -> Vec<&str> {
    let messages = page["messages"].as_array().into_iter().flatten();
    messages.filter_map(|message| message["text"].as_str()).collect()
}

async fn open_reports(person: &TestPerson) -> Vec<Value> {
    let page = person.get("/api/moderation/reports").await.expect(200);
    page["items"].as_array().cloned().unwrap_or_default()
}

both_stores! {
    async fn who_writes_is_asked_and_may_say_it_all_the_same(house: House) {
        let ada = house.member("Ada").await;
        list(&house, json!({ "ask": ["damn*", "shut up"] })).await;
        let path = format!("/api/channels/{}/messages", house.general);
        let mut body = json!({ "id": new_id(), "text": "Shut  **up**, DAMNED thing" });
        let refusal = ada.post(&path, body.clone()).await;
        refusal.refused(422, "words-asked");
        assert_eq!(refusal.body["words"], json!(["damn*", "shut up"]));
        assert!(texts(&page(&ada, &house.general).await).is_empty(), "nothing was said");
        body["words_ok"] = json!(true);
        let said = ada.post(&path, body).await.expect(201);
        let one = format!("{path}/{}", id_of(&said));
        ada.patch(&one, json!({ "text": "calm again" })).await.expect(200);
        ada.patch(&one, json!({ "text": "damn" })).await.refused(422, "words-asked");
        ada.patch(&one, json!({ "text": "damn", "words_ok": true })).await.expect(200);
        let topics = format!("/api/channels/{}/topics", house.general);
        let topic = json!({ "id": new_id(), "title": "Damn", "origin_id": id_of(&said) });
        ada.post(&topics, topic.clone()).await.refused(422, "words-asked");
        let mut agreed = topic.clone();
        agreed["words_ok"] = json!(true);
        ada.post(&topics, agreed).await.expect(201);
        let one = format!("{topics}/{}", id_of(&topic));
        ada.patch(&one, json!({ "title": "Shut up" })).await.refused(422, "words-asked");
        ada.patch(&one, json!({ "state": "resolved" })).await.expect(200);
        say(&ada, &house.general, "the damson plum").await;
        list(&house, json!({})).await;
        say(&ada, &house.general, "damn").await;
    }

    async fn what_is_held_back_is_not_said_by_anybody(house: House) {
        let ada = house.member("Ada").await;
        list(&house, json!({ "hold": ["xylophone"], "ask": ["quark"] })).await;
        let path = format!("/api/channels/{}/messages", house.general);
        for person in [&ada, &house.owner] {
            let body = json!({ "id": new_id(), "text": "a quark and a XYLOPHÖNE", "words_ok": true });
            let refusal = person.post(&path, body).await;
            refusal.refused(422, "words-held");
            assert_eq!(refusal.body["words"], json!(["xylophone"]));
        }
        let said = say(&ada, &house.general, "fine").await;
        let edit = json!({ "text": "xylophone", "words_ok": true });
        ada.patch(&format!("{path}/{}", id_of(&said)), edit).await.refused(422, "words-held");
        let topic = json!({ "id": new_id(), "title": "T", "message": { "id": new_id(), "text": "xylophone" }, "words_ok": true });
        ada.post(&format!("/api/channels/{}/topics", house.general), topic).await.refused(422, "words-held");
        let order = json!({ "message_ids": [id_of(&said)], "new_topic": { "id": new_id(), "title": "xylophone" } });
        ada.post(&format!("/api/channels/{}/moves", house.general), order).await.refused(422, "words-held");
        assert_eq!(texts(&page(&ada, &house.general).await), ["fine"]);
        // What was said before the list was there stays, and can be found and carried on by those who say it again.
        ada.put(&format!("{path}/{}/reactions/%F0%9F%91%8D", id_of(&said)), json!({})).await.expect(204);
    }

    async fn what_is_reported_is_said_and_waits_for_those_who_moderate(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        list(&house, json!({ "report": ["buy now", "casino"] })).await;
        let said = say(&ada, &house.general, "Buy now, in the Casino").await;
        assert_eq!(texts(&page(&bob, &house.general).await), ["Buy now, in the Casino"]);
        let open = open_reports(&house.owner).await;
        assert_eq!((&open[0]["message_id"], &open[0]["words"], &open[0]["voices"]), (&said["id"], &json!(["buy now", "casino"]), &json!([])));
        let report = json!({ "reason": "spam" });
        bob.post(&format!("/api/channels/{}/messages/{}/report", house.general, id_of(&said)), report).await.expect(204);
        let edit = json!({ "text": "the casino again" });
        ada.patch(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said)), edit).await.expect(200);
        let open = open_reports(&house.owner).await;
        assert_eq!(open.len(), 1, "people and words meet in one report");
        assert_eq!((&open[0]["words"], open[0]["voices"].as_array().map(Vec::len)), (&json!(["casino"]), Some(1)));
        let path = format!("/api/moderation/reports/{}/dismiss", id_of(&open[0]));
        house.owner.post(&path, json!({})).await.expect(204);
        let other = say(&ada, &house.general, "a harmless beginning").await;
        let topics = format!("/api/channels/{}/topics", house.general);
        let topic = json!({ "id": new_id(), "title": "Casino", "origin_id": id_of(&other) });
        let topic = id_of(&bob.post(&topics, topic).await.expect(201));
        let open = open_reports(&house.owner).await;
        assert_eq!((&open[0]["author_id"], &open[0]["text"]), (&json!(bob.id), &json!("Casino")));
        let path = format!("/api/moderation/reports/{}/dismiss", id_of(&open[0]));
        house.owner.post(&path, json!({})).await.expect(204);
        bob.patch(&format!("{topics}/{topic}"), json!({ "state": "resolved" })).await.expect(200);
        assert!(open_reports(&house.owner).await.is_empty(), "a title is reported once");
    }
}

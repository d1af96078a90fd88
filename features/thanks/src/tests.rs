//! Thanks through HTTP and the socket.

use platform::{
    both_stores, jobs,
    testing::{Listener, START, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
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
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

const HOUR: Duration = Duration::from_secs(3_600);
const WEEK: Duration = Duration::from_secs(7 * 24 * 3_600);

fn thanks(people: &[&TestPerson], text: &str, may_gather: bool) -> Value {
    let people: Vec<&String> = people.iter().map(|person| &person.id).collect();
    json!({ "message_id": new_id(), "people": people, "text": text, "may_gather": may_gather })
}

async fn give(giver: &TestPerson, channel: &str, body: Value) -> Value {
    let path = format!("/api/channels/{channel}/thanks");
    giver.post(&path, body).await.expect(201)["thanks"].clone()
}

fn message_of(thanks: &Value) -> String {
    thanks["message_id"].as_str().unwrap().to_owned()
}

async fn choose(house: &House, channel: Option<&str>) -> Value {
    let path = format!("/api/spaces/{}/thanks-place", house.space);
    let body = json!({ "channel_id": channel, "title": "Thanks of the week" });
    house.owner.put(&path, body).await.expect(200)
}

async fn run(house: &House) {
    let app = &house.server.app;
    while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
}

async fn pass(house: &House, by: Duration) {
    house.server.advance(by);
    run(house).await;
}

/// The messages of a channel that gather thanks.
async fn gatherings(reader: &TestPerson, channel: &str) -> Vec<Value> {
    let page = reader
        .get(&format!("/api/channels/{channel}/messages"))
        .await
        .expect(200);
    let messages = page["messages"].as_array().unwrap().iter();
    messages
        .filter(|message| message["card"]["kind"] == "gathering")
        .cloned()
        .collect()
}

async fn gathered(reader: &TestPerson, channel: &str, message: &Value) -> Value {
    let path = format!("/api/channels/{channel}/gatherings/{}", id_of(message));
    reader.get(&path).await.expect(200)
}

async fn delete(person: &TestPerson, channel: &str, message: &str) {
    let path = format!("/api/channels/{channel}/messages/{message}");
    person.delete(&path).await.expect(204);
}

both_stores! {
    async fn thanks_are_a_message_and_whoever_is_thanked_is_told(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let body = thanks(&[&bob, &cy], "for the **rope**", false);
        let said = give(&ada, &house.general, body.clone()).await;
        assert_eq!(said, give(&ada, &house.general, body).await, "twice is once");
        let told = listener.event("thanks.given").await;
        assert_eq!(told["body"], json!({ "message_id": said["message_id"], "channel_id": house.general }));
        let path = format!("/api/channels/{}/thanks/{}", house.general, message_of(&said));
        let view = cy.get(&path).await.expect(200);
        assert_eq!(view["thanks"], said);
        assert_eq!(view["people"].as_array().unwrap().len(), 3);
        let page = cy.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!((&page["messages"][0]["text"], &page["messages"][0]["card"]["kind"]), (&json!("for the **rope**"), &json!("thanks")));
        delete(&ada, &house.general, &message_of(&said)).await;
        cy.get(&path).await.refused(404, "not-found");
    }

    async fn one_thanks_others_who_can_read_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let path = |channel: &str| format!("/api/channels/{channel}/thanks");
        for (channel, body) in [
            (&secret, thanks(&[&bob], "for nothing", false)),
            (&house.general, thanks(&[&ada], "to me", false)),
            (&house.general, thanks(&[], "to nobody", false)),
            (&house.general, thanks(&[&bob], &"x".repeat(1_001), false)),
        ] {
            ada.post(&path(channel), body).await.refused(422, "invalid");
        }
        bob.post(&path(&secret), thanks(&[&ada], "for the tea", false)).await.refused(404, "not-found");
        let said = give(&ada, &house.general, thanks(&[&bob], "for the tea", false)).await;
        let elsewhere = format!("/api/channels/{secret}/thanks/{}", message_of(&said));
        ada.get(&elsewhere).await.refused(404, "not-found");
        let stolen = json!({ "message_id": said["message_id"], "people": [ada.id], "text": "mine" });
        bob.post(&path(&house.general), stolen).await.refused(409, "conflict");
    }

    async fn a_week_is_gathered_once_where_the_space_chose(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let news = house.channel(&house.owner, "news", "public").await;
        let place = choose(&house, Some(&news)).await;
        // The owner lives in Berlin, where the week of work begins at nine: an hour before it is nine in UTC.
        assert_eq!(place["next_at"], START.0 + 7 * 24 * 3_600_000_000_i64 - 3_600_000_000);
        let said = give(&ada, &house.general, thanks(&[&bob], "for the *rope*, <@everything>", true)).await;
        give(&ada, &house.general, thanks(&[&bob], "between us here", false)).await;
        pass(&house, WEEK - 2 * HOUR).await;
        assert_eq!(gatherings(&bob, &news).await, [] as [Value; 0], "it is not nine yet");
        pass(&house, HOUR).await;
        let first = gatherings(&bob, &news).await;
        assert_eq!(first.len(), 1);
        assert_eq!((&first[0]["text"], &first[0]["author_id"]), (&json!("Thanks of the week"), &json!(house.owner.id)));
        assert!(first[0]["topic"].is_object(), "people add to it: {}", first[0]);
        let view = gathered(&bob, &news, &first[0]).await;
        assert_eq!(view["items"].as_array().unwrap().len(), 1, "what may not be told again is not: {view}");
        assert_eq!((&view["items"][0]["thanks"], &view["items"][0]["can_open"]), (&said, &json!(true)));
        assert!(view["items"][0]["text"].as_str().unwrap().starts_with("for the rope"), "{view}");
        house.server.app.clock.set_back(2 * HOUR);
        run(&house).await;
        pass(&house, 4 * HOUR).await;
        assert_eq!(gatherings(&bob, &news).await.len(), 1, "whatever the clock does");
        pass(&house, 2 * WEEK).await;
        assert_eq!(gatherings(&bob, &news).await.len(), 1, "nothing is posted in a week without thanks");
        give(&bob, &house.general, thanks(&[&ada], "for the tea", true)).await;
        pass(&house, WEEK).await;
        assert_eq!(gatherings(&bob, &news).await.len(), 2);
        choose(&house, None).await;
        give(&bob, &house.general, thanks(&[&ada], "for more tea", true)).await;
        pass(&house, WEEK).await;
        assert_eq!(gatherings(&bob, &news).await.len(), 2, "nobody gathers any more");
    }

    async fn what_is_told_again_is_its_givers(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let add = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&add, json!({ "role": "member" })).await.expect(204);
        choose(&house, Some(&house.general)).await;
        let said = give(&ada, &secret, thanks(&[&bob], "for the rope", true)).await;
        let taken_back = give(&ada, &secret, thanks(&[&bob], "for the knot", true)).await;
        give(&ada, &secret, thanks(&[&bob], "for what stays here", false)).await;
        pass(&house, WEEK).await;
        let message = gatherings(&cy, &house.general).await.remove(0);
        let view = gathered(&cy, &house.general, &message).await;
        assert_eq!(view["items"].as_array().unwrap().len(), 2);
        assert_eq!(view["items"][0]["can_open"], false, "the thanks alone, not where they were said");
        assert!(!view.to_string().contains("stays here"));
        delete(&ada, &secret, &message_of(&taken_back)).await;
        let view = gathered(&cy, &house.general, &message).await;
        assert_eq!(view["items"].as_array().unwrap().len(), 1);
        assert_eq!(view["items"][0]["thanks"], said);
        let blocked = cy.put(&format!("/api/blocks/{}", ada.id), json!({})).await;
        assert!(blocked.status < 300, "{}", blocked.body);
        let view = gathered(&cy, &house.general, &message).await;
        assert_eq!(view["items"], json!([]), "whom I block tells me nothing");
        house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        let view = gathered(&house.owner, &house.general, &message).await;
        assert_eq!(view["items"][0]["thanks"]["people"], json!([]), "who is erased is in no thanks");
        assert!(!view.to_string().contains(&bob.id));
        // The message that told them goes, and nothing of it is told once more.
        delete(&house.owner, &house.general, &id_of(&message)).await;
        pass(&house, WEEK).await;
        assert_eq!(gatherings(&cy, &house.general).await, [] as [Value; 0]);
    }

    async fn whoever_looks_after_a_space_chooses_and_who_may_not_write_there_stops_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let path = format!("/api/spaces/{}/thanks-place", house.space);
        let body = json!({ "channel_id": house.general, "title": "Thanks" });
        ada.put(&path, body).await.refused(403, "forbidden");
        let elsewhere = json!({ "channel_id": new_id(), "title": "Thanks" });
        house.owner.put(&path, elsewhere).await.refused(422, "invalid");
        let role = format!("/api/spaces/{}/members/{}", house.space, ada.id);
        house.owner.put(&role, json!({ "role": "admin" })).await.expect(204);
        let news = house.channel(&ada, "news", "public").await;
        let body = json!({ "channel_id": news, "title": "Thanks" });
        assert_eq!(ada.put(&path, body).await.expect(200)["channel_id"], news.as_str());
        give(&bob, &house.general, thanks(&[&ada], "for the tea", true)).await;
        house.owner.post(&format!("/api/people/{}/deactivate", ada.id), json!({})).await;
        pass(&house, WEEK + 12 * HOUR).await;
        assert_eq!(gatherings(&bob, &news).await, [] as [Value; 0]);
        let place = house.owner.get(&path).await.expect(200);
        assert_eq!((&place["stopped"], &place["next_at"]), (&json!(true), &json!(null)));
        let join = format!("/api/channels/{news}/join");
        assert!(house.owner.post(&join, json!({})).await.status < 300);
        choose(&house, Some(&news)).await;
        pass(&house, WEEK).await;
        assert_eq!(gatherings(&bob, &news).await.len(), 1, "what waited is told when somebody chose anew");
    }

    async fn thanks_that_went_by_a_rule_are_told_nowhere(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let beside = house.channel(&house.owner, "beside", "public").await;
        house.owner.put(&format!("/api/channels/{beside}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        choose(&house, Some(&beside)).await;
        let told = give(&ada, &house.general, thanks(&[&bob], "for the rope", true)).await;
        pass(&house, WEEK).await;
        let waiting = give(&ada, &house.general, thanks(&[&bob], "for the tea", true)).await;
        let gathering = gatherings(&bob, &beside).await.remove(0);
        assert_eq!(gathered(&bob, &beside, &gathering).await["items"].as_array().map(Vec::len), Some(1));
        house.let_general_go().await;
        for gone in [told, waiting] {
            bob.get(&format!("/api/channels/{}/thanks/{}", house.general, message_of(&gone))).await.refused(404, "not-found");
        }
        assert_eq!(gathered(&bob, &beside, &gathering).await["items"], json!([]), "it is told again nowhere");
        pass(&house, WEEK).await;
        assert_eq!(gatherings(&bob, &beside).await.len(), 1, "in a week of which nothing is left nothing is posted");
    }
}

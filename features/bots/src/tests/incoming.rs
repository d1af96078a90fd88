//! Doors into a channel.

use super::*;
use platform::{both_stores, testing::Listener};

both_stores! {
    async fn a_hook_is_not_asked_about_words_and_is_refused_what_is_held_back(house: House) {
        house.owner.put("/api/words", json!({ "ask": ["damn"], "hold": ["rum"] })).await.expect(200);
        let (_, path) = incoming(&house.owner, &house.general, "CI").await;
        let stranger = house.server.stranger();
        let hooks = format!("/api/channels/{}/hooks", house.general);
        assert_eq!(send(&stranger, &path, "application/json", r#"{"text":"damn"}"#).await.0, 200);
        assert_ne!(send(&stranger, &path, "application/json", r#"{"text":"rum"}"#).await.0, 200);
        assert_eq!(last(&house.owner, &house.general).await["text"], "damn");
        let listed = house.owner.get(&hooks).await.expect(200);
        assert_eq!(listed["incoming"][0]["refusal"], "some words are not said here");
        assert_eq!(send(&stranger, &path, "application/json", r#"{"text":"fine again"}"#).await.0, 200);
        let listed = house.owner.get(&hooks).await.expect(200);
        assert_eq!(listed["incoming"][0]["refusal"], Value::Null);
    }

    async fn a_build_failure_arrives_under_the_name_of_its_hook(house: House) {
        let ada = house.member("Ada").await;
        let channel = house.channel(&ada, "builds", "public").await;
        let (hook, path) = incoming(&ada, &channel, "Jenkins").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let stranger = house.server.stranger();
        let sent = send(&stranger, &path, "application/json", r#"{"text":"*api* failed: <https://ci.example.org/7|#7>"}"#).await;
        assert_eq!(sent, (200, "ok".to_owned()));
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["message"]["text"], "**api** failed: [\\#7](<https://ci.example.org/7>)");
        let message = last(&ada, &channel).await;
        assert_eq!(message["author_id"], hook["bot"]["id"]);
        let bot = message["people"].as_array().unwrap().iter().find(|person| person["id"] == hook["bot"]["id"]);
        assert_eq!((&bot.unwrap()["name"], &bot.unwrap()["bot"]), (&json!("Jenkins"), &json!(true)));
        let listed = ada.get(&format!("/api/channels/{channel}/hooks")).await.expect(200);
        assert_eq!(listed["incoming"][0]["used_at"], message["at"]);
        assert!(!listed.to_string().contains(path.rsplit('/').next().unwrap()), "the secret is shown once");
        assert_eq!(listed["people"][0]["id"], ada.id.as_str());
    }

    async fn every_way_of_sending_that_slack_takes_is_taken(house: House) {
        let (_, path) = incoming(&house.owner, &house.general, "CI").await;
        let stranger = house.server.stranger();
        let json = r#"{"text":"hi & bye"}"#;
        let form = "payload=%7B%22text%22%3A%22hi+%26+bye%22%7D";
        for (kind, body) in [
            ("application/json", json),
            ("application/json; charset=utf-8", json),
            ("application/x-www-form-urlencoded", json),
            ("text/plain", json),
            ("application/x-www-form-urlencoded", form),
            ("application/json", form),
        ] {
            assert_eq!(send(&stranger, &path, kind, body).await, (200, "ok".to_owned()), "{kind} {body}");
            assert_eq!(last(&house.owner, &house.general).await["text"], "hi \\& bye");
        }
        for (body, answer) in [
            ("", "invalid_payload"),
            ("{", "invalid_payload"),
            ("[]", "invalid_payload"),
            ("null", "invalid_payload"),
            ("text=hi", "invalid_payload"),
            ("payload=hi", "invalid_payload"),
            ("payload=5", "invalid_payload"),
            ("{}", "no_text"),
            (r#"{"text":""}"#, "no_text"),
            (r#"{"text":"\ud800"}"#, "invalid_payload"),
        ] {
            assert_eq!(send(&stranger, &path, "application/json", body).await, (400, answer.to_owned()), "{body}");
        }
        let deep = format!("{{\"text\":{}{}}}", "[".repeat(100), "]".repeat(100));
        assert_eq!(send(&stranger, &path, "application/json", deep).await.1, "invalid_payload");
        assert_eq!(send(&stranger, "/api/hooks/guess", "application/json", json).await, (404, "no_service".to_owned()));
        // Last: the server closes a connection whose body it did not read.
        let long = format!("{{\"text\":\"{}\"}}", "x".repeat(300_000));
        assert_eq!(send(&stranger, &path, "application/json", long).await, (413, "too_big".to_owned()));
    }

    async fn a_hook_posts_into_its_topic(house: House) {
        let topic = json!({ "id": new_id(), "title": "Nightly", "message": { "id": new_id(), "text": "Results" } });
        let path = format!("/api/channels/{}/topics", house.general);
        let topic = id_of(&house.owner.post(&path, topic).await.expect(201));
        let hooks = format!("/api/channels/{}/hooks/incoming", house.general);
        let elsewhere = house.channel(&house.owner, "elsewhere", "private").await;
        let foreign = format!("/api/channels/{elsewhere}/hooks/incoming");
        house.owner.post(&foreign, json!({ "name": "x", "topic_id": topic })).await.refused(404, "not-found");
        let made = house.owner.post(&hooks, json!({ "name": "CI", "topic_id": topic })).await.expect(201);
        let path = made["url"].as_str().unwrap().replace("http://antiphon.test", "");
        send(&house.server.stranger(), &path, "application/json", r#"{"text":"green"}"#).await;
        let page = house.owner.get(&format!("/api/channels/{}/messages?topic={topic}", house.general)).await.expect(200);
        assert_eq!(page["messages"][0]["text"], "green");
    }

    async fn a_hook_has_the_rights_that_its_maker_has_now(house: House) {
        let ada = house.member("Ada").await;
        let channel = house.channel(&ada, "builds", "private").await;
        let bob = house.member("Bob").await;
        house.owner.get(&format!("/api/channels/{channel}/hooks")).await.refused(404, "not-found");
        ada.put(&format!("/api/channels/{channel}/members/{}", bob.id), json!({ "role": "admin" })).await.expect(204);
        let (_, path) = incoming(&bob, &channel, "CI").await;
        let stranger = house.server.stranger();
        let post = async || send(&stranger, &path, "application/json", r#"{"text":"still here"}"#).await;
        assert_eq!(post().await.0, 200);
        ada.delete(&format!("/api/channels/{channel}/members/{}", bob.id)).await.expect(204);
        let before = last(&ada, &channel).await;
        assert_eq!(post().await, (403, "action_prohibited".to_owned()));
        assert_eq!(last(&ada, &channel).await["id"], before["id"], "nothing was posted");
        let listed = ada.get(&format!("/api/channels/{channel}/hooks")).await.expect(200);
        assert_eq!(listed["incoming"][0]["refusal"], "not allowed: whoever made the hook is not in the channel any more");
        ada.put(&format!("/api/channels/{channel}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        assert_eq!(post().await.0, 200);
        house.owner.post(&format!("/api/people/{}/deactivate", bob.id), json!({})).await.expect(200);
        assert_eq!(post().await, (403, "action_prohibited".to_owned()));
        ada.patch(&format!("/api/channels/{channel}"), json!({ "archived": true })).await.expect(200);
        let (archived, path) = (house.general.clone(), incoming(&house.owner, &house.general, "CI").await.1);
        house.owner.patch(&format!("/api/channels/{archived}"), json!({ "archived": true })).await.expect(200);
        assert_eq!(send(&stranger, &path, "application/json", r#"{"text":"x"}"#).await, (410, "channel_is_archived".to_owned()));
    }

    async fn only_those_who_look_after_a_channel_make_hooks(house: House) {
        let (ada, guest) = (house.member("Ada").await, house.guest("Gus", &house.general).await);
        let outsider = house.outsider("Otto").await;
        let path = format!("/api/channels/{}/hooks", house.general);
        let (hook, address) = incoming(&house.owner, &house.general, "CI").await;
        for (person, status, slug) in [(&ada, 403, "forbidden"), (&guest, 403, "forbidden"), (&outsider, 404, "not-found")] {
            person.get(&path).await.refused(status, slug);
            person.post(&format!("{path}/incoming"), json!({ "name": "CI" })).await.refused(status, slug);
            person.delete(&format!("{path}/incoming/{}", id_of(&hook))).await.refused(status, slug);
        }
        let elsewhere = house.channel(&house.owner, "elsewhere", "public").await;
        let mixed = format!("/api/channels/{elsewhere}/hooks/incoming/{}", id_of(&hook));
        house.owner.delete(&mixed).await.refused(404, "not-found");
        for name in ["", " ", "a\nb", &"x".repeat(81)] {
            house.owner.post(&format!("{path}/incoming"), json!({ "name": name })).await.refused(422, "invalid");
        }
        house.owner.delete(&format!("{path}/incoming/{}", id_of(&hook))).await.expect(204);
        house.owner.delete(&format!("{path}/incoming/{}", id_of(&hook))).await.refused(404, "not-found");
        let gone = send(&house.server.stranger(), &address, "application/json", r#"{"text":"x"}"#).await;
        assert_eq!(gone, (404, "no_service".to_owned()), "a revoked hook looks like one that never was");
    }

    async fn a_bot_is_no_person(house: House) {
        let (hook, path) = incoming(&house.owner, &house.general, "Robot").await;
        let bot = hook["bot"]["id"].as_str().unwrap();
        send(&house.server.stranger(), &path, "application/json", r#"{"text":"I am here"}"#).await;
        let people = house.owner.get("/api/people").await.expect(200);
        assert!(!people.to_string().contains(bot), "lists of people leave it out");
        assert_eq!(house.owner.get(&format!("/api/people/{bot}")).await.expect(200)["bot"], true);
        let members = house.owner.get(&format!("/api/channels/{}/members", house.general)).await.expect(200);
        assert!(!members.to_string().contains(bot));
        for path in ["reset", "deactivate", "reactivate"] {
            house.owner.post(&format!("/api/people/{bot}/{path}"), json!({})).await.refused(404, "not-found");
        }
        house.owner.patch(&format!("/api/people/{bot}"), json!({ "role": "owner" })).await.refused(404, "not-found");
        let body = json!({ "email": format!("{bot}@bot.invalid"), "password": "" });
        house.server.stranger().post("/api/sessions", body).await.refused(401, "sign-in-failed");
        house.owner.put(&format!("/api/channels/{}/members/{bot}", house.general), json!({ "role": "member" })).await.refused(404, "not-found");
        house.owner.post("/api/directs", json!({ "people": [bot] })).await.refused(404, "not-found");
    }

    async fn a_hook_that_never_stops_is_slowed(house: House) {
        let (_, path) = incoming(&house.owner, &house.general, "Loop").await;
        let stranger = house.server.stranger();
        let mut refused = 0;
        for _ in 0..90 {
            let headers = [("content-type", "application/json")];
            let answer = stranger.send(http::Method::POST, &path, &headers, br#"{"text":"again"}"#.to_vec()).await;
            if answer.status == 429 {
                assert!(answer.headers.contains_key("retry-after"));
                refused += 1;
            }
        }
        assert!((10..=30).contains(&refused), "{refused} of 90 were refused");
    }
}

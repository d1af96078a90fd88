//! Transcripts: who gets them, what they hold, and what they do not.

use super::Begin;
use crate::transcript::{Ask, open};
use accounts::SignedIn;
use base::{ChannelId, PersonId, SessionId, Timestamp};
use futures_util::StreamExt;
use http::HeaderMap;
use platform::both_stores;
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

const FORMATS: [&str; 4] = ["markdown", "html", "csv", "json"];

async fn say(person: &TestPerson, channel: &str, body: Value) -> Value {
    let mut body = body;
    body["id"] = json!(new_id());
    let path = format!("/api/channels/{channel}/messages");
    person.post(&path, body).await.expect(201)
}

async fn transcript(person: &TestPerson, channel: &str, query: &str) -> (HeaderMap, String) {
    let answer = person
        .get(&format!("/api/channels/{channel}/transcript?{query}"))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    (answer.headers, String::from_utf8(answer.bytes).unwrap())
}

/// A small talk in "general": a topic, a mention, a quote, a reaction, an edit, a deletion.
async fn talk(house: &House, ada: &TestPerson) -> String {
    let channel = house.general.as_str();
    let asked = say(
        &house.owner,
        channel,
        json!({ "text": format!("Which film, <@{}>?", ada.id) }),
    )
    .await;
    let origin = id_of(&asked);
    let topic = json!({ "id": new_id(), "title": "Ada chooses", "origin_id": origin });
    let path = format!("/api/channels/{channel}/topics");
    let topic = id_of(&house.owner.post(&path, topic).await.expect(201));
    let reply =
        json!({ "text": "=SUM(A1) **The Third Man**, says Ada Obi", "topic_id": topic, "quote_id": origin });
    let reply = id_of(&say(ada, channel, reply).await);
    let path = format!("/api/channels/{channel}/messages/{reply}/reactions/%F0%9F%8E%89");
    house.owner.put(&path, json!({})).await.expect(204);
    let gone = id_of(&say(ada, channel, json!({ "text": "a slip" })).await);
    let path = format!("/api/channels/{channel}/messages/{gone}");
    ada.delete(&path).await.expect(204);
    let hostile = "<script>alert(1)</script> mail ada.obi@example.org, Olga\n# no heading";
    say(&house.owner, channel, json!({ "text": hostile })).await;
    topic
}

both_stores! {
    async fn a_group_stands_there_by_its_name(house: House) {
        let ada = house.member("Ada Obi").await;
        let group = json!({ "handle": "crew", "title": "Crew", "space_id": house.space });
        let group = id_of(&house.owner.post("/api/groups", group).await.expect(201));
        let said = say(&ada, &house.general, json!({ "text": format!("Tea, <@&{group}>") })).await;
        say(&ada, &house.general, json!({ "text": "yes", "quote_id": id_of(&said) })).await;
        for format in FORMATS {
            let (_, text) = transcript(&ada, &house.general, &format!("format={format}")).await;
            assert!(text.contains("Tea, @crew") && !text.contains(&group), "{format}: {text}");
        }
    }

    async fn every_format_holds_all_that_was_said(house: House) {
        let ada = house.member("Ada Obi").await;
        talk(&house, &ada).await;
        for format in FORMATS {
            let (headers, text) = transcript(&ada, &house.general, &format!("format={format}&time_zone=Asia/Tokyo")).await;
            for expected in ["Olga Owner", "The Third Man", "Ada chooses", "🎉 1", "Which film, @Ada Obi?"] {
                let expected = if format == "json" && expected == "🎉 1" { "🎉" } else { expected };
                assert!(text.contains(expected), "{format} lacks {expected}: {text}");
            }
            assert!(!text.contains("a slip"), "{format}");
            assert!(!text.replace("\\<script", "").contains("<script") || format == "csv" || format == "json", "{format}: {text}");
            let disposition = headers["content-disposition"].to_str().unwrap();
            assert!(disposition.starts_with("attachment; filename=\"general-transcript."), "{disposition}");
        }
        let (_, html) = transcript(&ada, &house.general, "format=html").await;
        assert!(html.contains("default-src 'none'") && html.trim_end().ends_with("</html>"));
        let (_, csv) = transcript(&ada, &house.general, "format=csv").await;
        assert!(csv.contains("\"'=SUM(A1) The Third Man"), "{csv}");
        assert_eq!(csv.matches("\r\n").count(), 5, "a head and four messages");
        let (_, json) = transcript(&ada, &house.general, "format=json&time_zone=Asia/Tokyo").await;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["n_messages"], json["messages"].as_array().unwrap().len()), (&json!(4), 4));
        assert!(json["messages"][0]["at"].as_str().unwrap().ends_with("+09:00"));
        assert_eq!(json["messages"][1]["quote"]["speaker"], "Olga Owner");
        let (_, markdown) = transcript(&ada, &house.general, "").await;
        assert!(markdown.contains("> \\# no heading") || markdown.contains("> # no heading"), "quoted: {markdown}");
        assert!(markdown.trim_end().ends_with("End of the transcript, 4 messages."), "{markdown}");
    }

    async fn a_topic_and_a_period_hold_what_belongs_to_them(house: House) {
        let ada = house.member("Ada Obi").await;
        let topic = talk(&house, &ada).await;
        let (_, text) = transcript(&ada, &house.general, &format!("format=json&topic={topic}")).await;
        let json: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["about"]["topic"]["title"], "Ada chooses");
        let said: Vec<_> = json["messages"].as_array().unwrap().iter().map(|message| message["text"].as_str().unwrap().to_owned()).collect();
        assert_eq!(said, ["Which film, @Ada Obi?", "=SUM(A1) The Third Man, says Ada Obi"]);
        let now = house.server.app.clock.now().0;
        for (query, n) in [(format!("after={now}"), 4), (format!("before={now}"), 0), (format!("after={}", now + 1), 0)] {
            let (_, text) = transcript(&ada, &house.general, &format!("format=json&{query}")).await;
            let json: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(json["n_messages"], n, "{query}");
        }
        let other = house.channel(&ada, "other", "public").await;
        ada.get(&format!("/api/channels/{other}/transcript?topic={topic}")).await.refused(404, "not-found");
    }

    async fn with_pseudonyms_no_real_name_remains(house: House) {
        let ada = house.member("Ada Obi").await;
        let topic = talk(&house, &ada).await;
        for format in FORMATS {
            for of in [String::new(), format!("&topic={topic}")] {
                let (headers, text) = transcript(&ada, &house.general, &format!("format={format}&pseudonyms=true{of}")).await;
                let name = headers["content-disposition"].to_str().unwrap();
                for secret in ["Ada", "ada", "Obi", "Olga", "Owner", "example.org", ada.id.as_str(), house.owner.id.as_str()] {
                    assert!(!text.contains(secret) && !name.contains(secret), "{format} tells {secret}: {name} {text}");
                }
                assert!(text.contains("Which film, @Person 1?") || text.contains("Which film, @Person 2?"), "{format}: {text}");
                assert!(!text.contains("Person 3"), "{format}: two people spoke");
            }
        }
    }

    async fn only_who_may_read_gets_a_transcript(house: House) {
        let ada = house.member("Ada Obi").await;
        let secret = house.channel(&house.owner, "secret", "private").await;
        say(&house.owner, &secret, json!({ "text": "xyzzy" })).await;
        let guest = house.guest("Gus", &house.general).await;
        for person in [&ada, &guest] {
            let path = format!("/api/channels/{secret}/transcript");
            let hidden = person.get(&path).await;
            hidden.refused(404, "not-found");
            let absent = person.get(&format!("/api/channels/{}/transcript", new_id())).await;
            assert_eq!(hidden.body["title"], absent.body["title"]);
        }
        let path = format!("/api/channels/{}/transcript", house.general);
        ada.get(&format!("{path}?time_zone=Mars/Base")).await.refused(422, "invalid");
        ada.get(&format!("{path}?format=docx")).await.refused(422, "invalid");
        ada.get(&format!("{path}?owner=1")).await.refused(422, "invalid");
    }

    async fn whoever_is_removed_meanwhile_gets_no_further_page(house: House) {
        let ada = house.member("Ada Obi").await;
        let secret = house.channel(&house.owner, "secret", "private").await;
        let member = format!("/api/channels/{secret}/members/{}", ada.id);
        house.owner.put(&member, json!({ "role": "member" })).await;
        for n in 0..8 {
            say(&house.owner, &secret, json!({ "text": format!("line {n}") })).await;
        }
        let mut headers = HeaderMap::new();
        headers.insert("authorization", format!("Bearer {}", ada.token().unwrap()).parse().unwrap());
        let found = accounts::authenticate(&house.server.app, &headers).await.unwrap();
        let who = SignedIn {
            person: PersonId(found.person.0),
            session: SessionId(found.session.0),
            role: accounts::Role::Member,
            scopes: accounts::Scopes::ALL,
            is_link_guest: false,
        };
        let ask = |channel: &str| Ask {
            who,
            channel: ChannelId(channel.parse().unwrap()),
            topic: None,
            from: Timestamp(i64::MIN),
            until: Timestamp(i64::MAX),
            pseudonyms: false,
            time_zone: None,
            format: crate::TranscriptFormat::Markdown,
        };
        let app = &house.server.app;
        let (_, pages) = open(app.clone(), ask(&secret)).await.unwrap();
        let whole: String = pages.map(Result::unwrap).collect::<Vec<_>>().await.concat();
        assert!(whole.contains("line 7") && whole.contains("8 messages"), "over several pages: {whole}");
        let (_, pages) = open(app.clone(), ask(&secret)).await.unwrap();
        let mut pages = Box::pin(pages);
        assert!(pages.next().await.unwrap().unwrap().contains("line 2"));
        house.owner.delete(&member).await.expect(204);
        assert!(pages.next().await.unwrap().is_err());
        assert!(pages.next().await.is_none());
        assert!(pages.next().await.is_none(), "asking once more is fine");
    }
}

//! What a guest by link reads, says and does not see.

use super::*;
use http::Method;
use spaces::testing::enter;

async fn came(house: &House, name: &str, whole_history: bool) -> TestPerson {
    let link = json!({ "max_guests": 5, "expires_in_s": 3600, "whole_history": whole_history });
    let (_, token) = house.guest_link(&house.general, link).await;
    enter(&house.server, house.enter_by_link(&token, name).await)
}

fn at(house: &House, message: &Value, rest: &str) -> String {
    format!(
        "/api/channels/{}/messages/{}{rest}",
        house.general,
        id_of(message)
    )
}

both_stores! {
    async fn a_guest_reads_from_their_entering_on(house: House) {
        let owner = &house.owner;
        let before = say(owner, &house.general, "before they came").await;
        let topic = json!({ "id": new_id(), "title": "Old", "origin_id": id_of(&before) });
        let topics = format!("/api/channels/{}/topics", house.general);
        let old = id_of(&owner.post(&topics, topic).await.expect(201));
        let gesa = came(&house, "Gesa", false).await;
        let after = say(owner, &house.general, "after").await;
        for query in ["", "?before=9000", "?after=0", "?around=1", "?around=9000"] {
            let page = page(&gesa, &house.general, query).await;
            assert_eq!(texts(&page), ["after"], "{query}");
            assert!(!page.to_string().contains("before they came"), "{query}");
            assert_eq!(page["has_older"], false, "{query}");
        }
        let start = gesa.get(&format!("/api/start?channel={}", house.general)).await.expect(200);
        assert_eq!((&start["spaces"], texts(&start["page"])), (&json!([]), vec!["after"]));
        assert_eq!(start["channels"].as_array().map(Vec::len), Some(1));
        assert_eq!(start["channels"][0]["n_unread"], 1);
        gesa.get(&format!("{topics}/{old}")).await.refused(404, "not-found");
        assert_eq!(gesa.get(&topics).await.expect(200)["items"], json!([]));
        gesa.get(&format!("/api/messages/{}", id_of(&before))).await.refused(404, "not-found");
        gesa.get(&at(&house, &before, "/history")).await.refused(404, "not-found");
        gesa.put(&at(&house, &before, "/reactions/%F0%9F%91%8D"), json!({})).await.refused(404, "not-found");
        gesa.put(&at(&house, &after, "/reactions/%F0%9F%91%8D"), json!({})).await.expect(204);
        let path = format!("/api/channels/{}/messages", house.general);
        let quote = json!({ "id": new_id(), "text": "what?", "quote_id": id_of(&before) });
        gesa.post(&path, quote).await.refused(404, "not-found");
        let carried = json!({ "id": new_id(), "text": "", "forward_id": id_of(&before) });
        gesa.post(&path, carried).await.refused(404, "not-found");
        let inside = json!({ "id": new_id(), "text": "in", "topic_id": old });
        gesa.post(&path, inside).await.refused(404, "not-found");
    }

    async fn a_guest_has_the_files_of_what_they_read_and_brings_none(house: House) {
        let owner = &house.owner;
        let path = format!("/api/channels/{}/messages", house.general);
        let carry = |file: &Value| json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
        let before = files::testing::upload(owner, "before.txt", b"old").await;
        owner.post(&path, carry(&before)).await.expect(201);
        let gesa = came(&house, "Gesa", false).await;
        let after = files::testing::upload(owner, "after.txt", b"new").await;
        owner.post(&path, carry(&after)).await.expect(201);
        gesa.get(&format!("/api/files/{}", id_of(&before))).await.refused(404, "not-found");
        assert_eq!(gesa.get(&format!("/api/files/{}", id_of(&after))).await.status, 200);
        gesa.get(&format!("/api/channels/{}/files", house.general)).await.refused(403, "forbidden");
        files::testing::begin(&gesa, "mine.txt", 4, "").await.refused(403, "forbidden");
    }

    async fn a_guest_brings_files_where_the_link_says_so(house: House) {
        let path = format!("/api/channels/{}/messages", house.general);
        let link = json!({ "max_guests": 5, "expires_in_s": 3600, "may_upload": true });
        let (_, token) = house.guest_link(&house.general, link).await;
        let come = async |name: &str| enter(&house.server, house.enter_by_link(&token, name).await);
        let (gesa, hugo) = (come("Gesa").await, come("Hugo").await);
        assert_eq!(gesa.get("/api/start").await.expect(200)["may_upload"], true);
        assert_eq!(came(&house, "Ida", false).await.get("/api/start").await.expect(200)["may_upload"], false);
        let file = files::testing::upload(&gesa, "photo.txt", b"from outside").await;
        let body = json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
        hugo.post(&path, body.clone()).await.refused(422, "invalid");
        hugo.get(&format!("/api/files/{}", id_of(&file))).await.refused(404, "not-found");
        gesa.post(&path, body).await.expect(201);
        for person in [&hugo, &house.owner] {
            assert_eq!(person.get(&format!("/api/files/{}", id_of(&file))).await.bytes, b"from outside");
        }
        let unwanted = files::testing::upload(&gesa, "slip.txt", b"slip").await;
        gesa.delete(&format!("/api/files/{}", id_of(&unwanted))).await.expect(204);
        // All guests of a link share 50 MiB.
        let half = files::testing::begin(&gesa, "half", 25 << 20, "").await;
        let half = files::testing::id_of(&half);
        files::testing::begin(&hugo, "more", 26 << 20, "").await.refused(413, "quota-reached");
        gesa.send(Method::DELETE, &format!("/api/uploads/{half}"), &[("tus-resumable", "1.0.0")], Vec::new()).await.expect(204);
        files::testing::id_of(&files::testing::begin(&hugo, "more", 26 << 20, "").await);
    }

    async fn an_old_cursor_gives_a_guest_nothing_of_before(house: House) {
        say(&house.owner, &house.general, "before they came").await;
        let gesa = came(&house, "Gesa", false).await;
        let (mut socket, replayed) = Listener::open(&gesa, json!({ house.general.clone(): 0 })).await;
        assert!(!json!(replayed).to_string().contains("before they came"), "{replayed:?}");
        socket.send(json!({ "type": "watch", "scope": house.general, "seq": 0 })).await;
        say(&house.owner, &house.general, "after").await;
        let event = socket.event("message.posted").await;
        assert_eq!(event["body"]["message"]["text"], "after");
    }

    async fn a_link_may_open_the_whole_history(house: House) {
        say(&house.owner, &house.general, "before they came").await;
        let gesa = came(&house, "Gesa", true).await;
        assert_eq!(texts(&page(&gesa, &house.general, "").await), ["before they came"]);
    }

    async fn a_guest_writes_answers_edits_and_deletes_their_own(house: House) {
        let gesa = came(&house, "Gesa", false).await;
        let theirs = say(&house.owner, &house.general, "welcome").await;
        let hello = say(&gesa, &house.general, "helo").await;
        gesa.patch(&at(&house, &hello, ""), json!({ "text": "hello" })).await.expect(200);
        gesa.patch(&at(&house, &theirs, ""), json!({ "text": "mine" })).await.refused(403, "forbidden");
        gesa.delete(&at(&house, &theirs, "")).await.refused(403, "forbidden");
        gesa.post(&at(&house, &theirs, "/remove"), json!({})).await.refused(403, "forbidden");
        let topic = json!({ "id": new_id(), "title": "Hello", "origin_id": id_of(&hello) });
        let topics = format!("/api/channels/{}/topics", house.general);
        let topic = id_of(&gesa.post(&topics, topic).await.expect(201));
        let answer = json!({ "id": new_id(), "text": "in it", "topic_id": topic });
        gesa.post(&format!("/api/channels/{}/messages", house.general), answer).await.expect(201);
        assert_eq!(texts(&page(&gesa, &house.general, &format!("?topic={topic}")).await), ["in it"]);
        gesa.put(&format!("/api/channels/{}/read", house.general), json!({ "seq": 2 })).await.expect(200);
        let second = say(&gesa, &house.general, "away").await;
        gesa.delete(&at(&house, &second, "")).await.expect(204);
    }

    async fn a_guest_calls_nobody_but_those_they_name(house: House) {
        let gesa = came(&house, "Gesa", false).await;
        let path = format!("/api/channels/{}/messages", house.general);
        let everybody = json!({ "id": new_id(), "text": "<@channel> hear me", "everyone_ok": true });
        gesa.post(&path, everybody).await.refused(403, "forbidden");
        let hello = say(&gesa, &house.general, "hello").await;
        let edited = json!({ "text": "<@channel> hear me" });
        gesa.patch(&at(&house, &hello, ""), edited).await.refused(403, "forbidden");
        let group = json!({ "handle": "crew", "title": "Crew", "space_id": house.space, "open": true });
        let group = id_of(&house.owner.post("/api/groups", group).await.expect(201));
        let called = json!({ "id": new_id(), "text": format!("<@&{group}> hear me"), "everyone_ok": true });
        let answer = gesa.post(&path, called).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        say(&gesa, &house.general, &format!("<@{}> hear me", house.owner.id)).await;
    }

    async fn what_a_guest_wrote_stays_with_their_name(house: House) {
        let (link, token) = house.guest_link(&house.general, json!({ "max_guests": 5, "expires_in_s": 3600 })).await;
        let gesa = enter(&house.server, house.enter_by_link(&token, "Gesa").await);
        say(&gesa, &house.general, "I was here").await;
        let path = format!("/api/channels/{}/guest-links/{link}", house.general);
        house.owner.delete(&path).await.expect(204);
        let page = page(&house.owner, &house.general, "").await;
        assert_eq!(texts(&page), ["I was here"]);
        let people = page["people"].as_array().into_iter().flatten();
        let author = people.into_iter().find(|person| person["id"] == gesa.id.as_str()).unwrap();
        assert_eq!((&author["name"], &author["link_guest"], &author["deactivated"]), (&json!("Gesa"), &json!(true), &json!(true)));
    }
}

//! Files with messages: who may have them, and that they leave with them.

use super::*;
use files::testing::{photo, upload};

async fn send(person: &TestPerson, channel: &str, text: &str, files: &[&Value]) -> Answer {
    let file_ids: Vec<&Value> = files.iter().map(|file| &file["id"]).collect();
    let body = json!({ "id": new_id(), "text": text, "file_ids": file_ids });
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
}

async fn may_have(person: &TestPerson, file: &Value) -> bool {
    let path = format!("/api/files/{}", file["id"].as_str().unwrap_or_default());
    let whole = person.get(&path).await;
    let tag = whole.headers.get("etag").cloned();
    let tag = tag
        .as_ref()
        .map_or("\"x\"", |tag| tag.to_str().unwrap_or_default());
    let get = async |path: &str, headers: &[(&str, &str)]| {
        person
            .send(http::Method::GET, path, headers, Vec::new())
            .await
            .status
    };
    let statuses = [
        whole.status,
        get(&path, &[("range", "bytes=0-0")]).await,
        get(&path, &[("if-none-match", "*")]).await,
        get(&path, &[("if-none-match", tag)]).await,
        get(&format!("{path}?download=true"), &[]).await,
    ];
    match statuses {
        [200, 206, 304, 304, 200] => true,
        [404, 404, 404, 404, 404] | [401, 401, 401, 401, 401] => false,
        _ => panic!("{statuses:?}"),
    }
}

both_stores! {
    async fn a_message_carries_files(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (one, two) = (upload(&ada, "plan.txt", b"the plan").await, upload(&ada, "photo.jpg", &photo(1_000, 500)).await);
        assert!(may_have(&ada, &one).await && !may_have(&bob, &one).await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let said = send(&ada, &house.general, "look", &[&two, &one]).await.expect(201);
        assert_eq!(said["files"], json!([two, one]), "in the order of the sender");
        assert_eq!(listener.event("message.posted").await["body"]["message"]["files"], said["files"]);
        assert_eq!(page(&bob, &house.general, "").await["messages"][0]["files"], said["files"]);
        assert!(may_have(&bob, &one).await && may_have(&house.owner, &two).await);
        files::make_pictures(&house.server.app).await.expect("the picture is made");
        let changed = listener.event("file.changed").await;
        assert_eq!((&changed["body"]["message_id"], &changed["body"]["file"]["is_ready"]), (&said["id"], &json!(true)));
        assert_eq!(page(&bob, &house.general, "").await["messages"][0]["files"][0], changed["body"]["file"]);
        bob.get(&format!("/api/files/{}/small", two["id"].as_str().unwrap_or_default())).await.expect(200);
    }

    async fn a_message_may_be_only_files(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "x", b"x").await;
        let said = send(&ada, &house.general, "", &[&file]).await.expect(201);
        assert_eq!((&said["text"], said["files"].as_array().map(Vec::len)), (&json!(""), Some(1)));
        send(&ada, &house.general, " ", &[]).await.refused(422, "invalid");
        let topic = json!({ "id": new_id(), "title": "T", "message": { "id": new_id(), "text": "", "file_ids": [upload(&ada, "y", b"y").await["id"]] } });
        ada.post(&format!("/api/channels/{}/topics", house.general), topic).await.expect(201);
        assert_eq!(page(&ada, &house.general, "").await["messages"][1]["files"][0]["name"], "y");
    }

    async fn a_file_is_posted_once_and_by_its_uploader(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let file = upload(&ada, "x", b"x").await;
        send(&bob, &house.general, "mine?", &[&file]).await.refused(422, "invalid");
        send(&ada, &house.general, "twice in one?", &[&file, &file]).await.refused(422, "invalid");
        send(&ada, &house.general, "no such", &[&json!({ "id": new_id() })]).await.refused(422, "invalid");
        let body = json!({ "id": new_id(), "text": "once", "file_ids": [file["id"]] });
        let path = format!("/api/channels/{}/messages", house.general);
        let first = ada.post(&path, body.clone()).await.expect(201);
        assert_eq!(ada.post(&path, body).await.expect(200)["files"], first["files"], "sending twice posts once");
        send(&ada, &house.general, "again", &[&file]).await.refused(422, "invalid");
        let mut many = Vec::new();
        for idx in 0..11 {
            many.push(upload(&ada, &format!("{idx}"), b"x").await);
        }
        send(&ada, &house.general, "eleven", &many.iter().collect::<Vec<_>>()).await.refused(422, "invalid");
        send(&ada, &house.general, "ten", &many[..10].iter().collect::<Vec<_>>()).await.expect(201);
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["once", "ten"]);
        ada.delete(&format!("/api/files/{}", file["id"].as_str().unwrap_or_default())).await.refused(409, "conflict");
    }

    async fn files_follow_the_permission_of_their_channel(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let outsider = house.outsider("Otto").await;
        let secret = house.channel(&ada, "secret", "private").await;
        let guest = house.guest("Gus", &house.general).await;
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        let file = upload(&ada, "x", b"x").await;
        send(&ada, &secret, "", &[&file]).await.expect(201);
        assert!(may_have(&bob, &file).await);
        for person in [&outsider, &guest] {
            assert!(!may_have(person, &file).await);
        }
        ada.delete(&format!("/api/channels/{secret}/members/{}", bob.id)).await.expect(204);
        assert!(!may_have(&bob, &file).await, "at once, also a part, and whether it has changed");
        let own = upload(&bob, "y", b"y").await;
        send(&bob, &house.general, "", &[&own]).await.expect(201);
        house.owner.post(&format!("/api/people/{}/deactivate", bob.id), json!({})).await.expect(200);
        assert!(!may_have(&bob, &own).await && may_have(&ada, &own).await);
    }

    async fn a_deleted_message_takes_its_files_along(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let file = upload(&ada, "rareword.jpg", &photo(700, 700)).await;
        let said = send(&ada, &house.general, "", &[&file]).await.expect(201);
        files::make_pictures(&house.server.app).await.expect("the picture is made");
        let n_blobs = count_blobs(&house);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said))).await.expect(204);
        assert!(!may_have(&bob, &file).await && !may_have(&ada, &file).await);
        ada.get(&format!("/api/uploads/{}/file", file["id"].as_str().unwrap_or_default())).await.refused(404, "not-found");
        let log = log_of(&bob, &house.general).await;
        assert!(!log.contains("rareword"), "{log}");
        files::tidy_up(&house.server.app).await.expect("it is tidied");
        assert_eq!(count_blobs(&house), n_blobs, "not before an hour has passed");
        house.server.advance(std::time::Duration::from_secs(3601));
        files::tidy_up(&house.server.app).await.expect("it is tidied");
        assert_eq!(count_blobs(&house), n_blobs - 2, "its bytes and its small version are gone");
    }

    async fn equal_bytes_stay_while_one_message_has_them(house: House) {
        let ada = house.member("Ada").await;
        let (one, two) = (upload(&ada, "one", b"the same").await, upload(&ada, "two", b"the same").await);
        let first = send(&ada, &house.general, "", &[&one]).await.expect(201);
        send(&ada, &house.general, "", &[&two]).await.expect(201);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&first))).await.expect(204);
        house.server.advance(std::time::Duration::from_secs(3601));
        files::tidy_up(&house.server.app).await.expect("it is tidied");
        assert!(!may_have(&ada, &one).await && may_have(&ada, &two).await);
    }

    async fn an_edit_takes_files_out(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mirror = mirror(&bob, &house.general).await;
        let (one, two) = (upload(&ada, "rareword.txt", b"1").await, upload(&ada, "photo.jpg", &photo(80, 40)).await);
        let said = send(&ada, &house.general, "two", &[&one, &two]).await.expect(201);
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
        let edited = ada.patch(&path, json!({ "text": "one", "file_ids": [two["id"]] })).await.expect(200);
        assert_eq!(edited["files"], json!([two]));
        assert!(!may_have(&bob, &one).await && may_have(&bob, &two).await);
        let log = log_of(&bob, &house.general).await;
        assert!(!log.contains("rareword") && log.contains("photo.jpg"), "{log}");
        let edited = ada.patch(&path, json!({ "text": "" })).await.expect(200);
        assert_eq!((&edited["text"], edited["files"].as_array().map(Vec::len)), (&json!(""), Some(1)));
        ada.patch(&path, json!({ "text": "", "file_ids": [] })).await.refused(422, "invalid");
        bob.patch(&path, json!({ "text": "x", "file_ids": [] })).await.refused(403, "forbidden");
        files::make_pictures(&house.server.app).await.expect("the picture is made");
        mirror.agrees(&bob).await;
    }

    async fn what_is_carried_is_in_the_events_too(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let mirror = mirror(&bob, &house.general).await;
        let file = upload(&ada, "photo.jpg", &photo(80, 40)).await;
        send(&ada, &house.general, "", &[&file]).await.expect(201);
        files::make_pictures(&house.server.app).await.expect("the picture is made");
        let gone = send(&ada, &house.general, "gone", &[&upload(&ada, "x", b"x").await]).await.expect(201);
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&gone))).await.expect(204);
        mirror.agrees(&bob).await;
    }

    async fn what_was_posted_can_be_looked_through(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let outsider = house.outsider("Otto").await;
        let secret = house.channel(&ada, "secret", "private").await;
        let mut names = Vec::new();
        for idx in 0..5 {
            let (channel, name) = (if idx % 2 == 0 { &house.general } else { &secret }, format!("{idx}.jpg"));
            let (picture, paper) = (upload(&ada, &name, &photo(40, 30)).await, upload(&ada, "paper.txt", name.as_bytes()).await);
            send(&ada, channel, "", &[&picture, &paper]).await.expect(201);
            names.push(name);
            house.server.advance(std::time::Duration::from_secs(1));
        }
        upload(&ada, "not posted.jpg", &photo(40, 30)).await;
        let list = async |person: &TestPerson, path: &str| {
            let page = person.get(path).await.expect(200);
            let names = page["items"].as_array().into_iter().flatten().map(|item| item["file"]["name"].as_str().unwrap_or_default().to_owned());
            (names.collect::<Vec<_>>(), page["next"].clone())
        };
        let general = format!("/api/channels/{}/files", house.general);
        assert_eq!(list(&bob, &general).await, (vec!["4.jpg".to_owned(), "2.jpg".to_owned(), "0.jpg".to_owned()], Value::Null));
        assert_eq!(list(&bob, &format!("{general}?shelf=files")).await.0, ["paper.txt"; 3]);
        assert_eq!(list(&ada, "/api/files").await.0, names.iter().rev().cloned().collect::<Vec<_>>());
        assert_eq!(list(&bob, "/api/files").await.0.len(), 3, "only of channels that one is in");
        assert!(list(&outsider, "/api/files").await.0.is_empty());
        let (first, next) = list(&ada, "/api/files?limit=2").await;
        let (second, _) = list(&ada, &format!("/api/files?limit=2&before={next}")).await;
        assert_eq!([first, second].concat(), ["4.jpg", "3.jpg", "2.jpg", "1.jpg"]);
        bob.get(&format!("/api/channels/{secret}/files")).await.refused(404, "not-found");
        bob.get("/api/files?shelf=everything").await.refused(422, "invalid");
    }

    async fn a_replaced_picture_of_a_person_goes_too(house: House) {
        let ada = house.member("Ada").await;
        let set = async |bytes| ada.send(http::Method::PUT, "/api/me/picture", &[("content-type", "image/jpeg")], bytes).await.expect(200);
        set(photo(300, 300)).await;
        let second = set(photo(400, 300)).await;
        assert_eq!(count_blobs(&house), 2);
        house.server.advance(std::time::Duration::from_secs(3601));
        files::tidy_up(&house.server.app).await.expect("it is tidied");
        assert_eq!(count_blobs(&house), 1);
        ada.get(second["picture"].as_str().unwrap_or_default()).await.expect(200);
    }
}

/// Everything in the log of a channel, as a client that comes back reads it.
async fn log_of(person: &TestPerson, channel: &str) -> String {
    let (_, before) = Listener::open(person, json!({ channel: 0 })).await;
    Value::from(before).to_string()
}

fn count_blobs(house: &House) -> usize {
    let folder = house.server.folder.path().join("blobs");
    let folders = std::fs::read_dir(folder).expect("the folder of blobs");
    folders
        .map(|folder| std::fs::read_dir(folder.expect("an entry").path()).map_or(0, Iterator::count))
        .sum()
}

//! The log of a whole life of a server holds nothing that belongs to people.

use crate::support::{Person, Place, Socket};
use serde_json::json;

/// Words that stand nowhere but in what people wrote, and in their secrets.
const TEXT: &str = "wherefore-art-thou-xyzzy";
const DRAFT: &str = "half-a-thought-plugh";
const NAME: &str = "Marguerite Quillfeather";
const PASSWORD: &str = "tide over slate";
const WRONG: &str = "wrong-horse-battery";
const MAIL: &str = "quillfeather@example.org";

async fn a_life(place: &Place) -> Vec<String> {
    let antiphon = place.start().await;
    let setup = antiphon.setup_token().expect("a link").to_owned();
    let owner = antiphon.owner().await;
    let channel = owner.general().await;
    let said = owner.say_for_sure(&channel, TEXT).await;
    let message = format!("/api/channels/{channel}/messages/{}", said.id);
    owner
        .send(
            http::Method::PATCH,
            &message,
            Some(json!({ "text": format!("{TEXT}!") })),
        )
        .await
        .expect("an answer");
    let draft = json!({ "channel_id": channel, "topic_id": null, "text": DRAFT, "revision": 0 });
    owner
        .send(http::Method::PUT, "/api/drafts", Some(draft))
        .await
        .expect("an answer");
    let space = owner.get("/api/start").await.expect(200)["spaces"][0]["id"].clone();
    let invitation = json!({ "role": "member", "space_id": space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600 });
    let made = owner.post("/api/invitations", invitation).await.expect(201);
    let url = made["url"].as_str().expect("a link");
    let invited = url.rsplit('/').next().expect("a token").to_owned();
    let stranger = Person::stranger(&antiphon.address);
    let accept =
        json!({ "name": NAME, "email": MAIL, "password": PASSWORD, "time_zone": "UTC", "language": "en" });
    let joined = stranger
        .post(&format!("/api/invitations/{invited}/accept"), accept)
        .await;
    assert_eq!(joined.status, 201, "{}", joined.body);
    stranger
        .post("/api/sessions", json!({ "email": MAIL, "password": WRONG }))
        .await
        .refused(401, "sign-in-failed");
    stranger.get("/api/people?query=Quillfeather").await;
    stranger
        .get(&format!("/api/invitations/{invited}?token={TEXT}"))
        .await;
    stranger
        .post("/api/sessions", json!({ "email": MAIL, "password": [PASSWORD] }))
        .await;
    owner
        .get(&format!("/api/people?query={NAME}&before={TEXT}"))
        .await;
    owner
        .post(
            &format!("/api/channels/{channel}/messages"),
            json!({ "text": TEXT, "id": TEXT }),
        )
        .await;
    let made = owner.post("/api/tokens", json!({ "name": "bot" })).await;
    let program = made.body["token"].as_str().expect("a token").to_owned();
    let mut socket = Socket::open(&owner, json!({ TEXT: 1 })).await.expect("it opens");
    // Such a cursor is no hello.
    assert_eq!(socket.ready().await, None);
    assert_eq!(owner.delete(&message).await.status, 204);
    antiphon.terminate();
    assert_eq!(antiphon.ended().await.code(), Some(0));
    let link = place.succeed(&["admin", "reset-link", MAIL]);
    let reset = link.trim().rsplit('/').next().expect("a token").to_owned();
    let bearer = owner.bearer().trim_start_matches("Bearer ").to_owned();
    vec![setup, invited, program, reset, bearer]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_holds_no_texts_names_addresses_or_tokens() {
    for (format, level) in [("text", "info"), ("json", "debug")] {
        let place = Place::new().with("LOG_FORMAT", format).with("LOG_LEVEL", level);
        let mut secrets = a_life(&place).await;
        let words = [
            TEXT,
            DRAFT,
            NAME,
            "Quillfeather",
            PASSWORD,
            WRONG,
            MAIL,
            "olga@example.org",
            "Olga Novak",
        ];
        secrets.extend(words.map(str::to_owned));
        let log = place.log();
        assert!(log.contains("started to serve"), "{log}");
        for secret in secrets {
            let found = log.lines().find(|line| line.contains(&secret));
            assert_eq!(found, None, "the log holds {secret:?}");
        }
    }
}

//! Places through HTTP and the socket.

mod guests;
mod list;
mod mail;

use crate::testing::{House, PASSWORD, enter, id_of};
use platform::{
    both_stores,
    feature::Feature,
    testing::{Listener, Store},
};
use serde_json::{Value, json};

fn features() -> Vec<Feature> {
    vec![accounts::feature(), crate::feature()]
}

struct Places;

impl Places {
    async fn begin(store: Store) -> Option<House> {
        House::open(store, features()).await
    }
}

/// The macro asks the type of the server to begin itself.
trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        Places::begin(store).await
    }
}

fn names(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|item| item["name"].as_str())
        .collect()
}

both_stores! {
    async fn the_set_up_link_works_once(house: House) {
        let body = json!({
            "token": "x", "workspace_name": "W", "name": "Eve", "email": "eve@example.org",
            "password": PASSWORD, "time_zone": "Europe/Berlin", "language": "en",
        });
        house.server.stranger().post("/api/setup", body).await.refused(409, "already-set-up");
        let state = house.server.stranger().get("/api/setup").await.expect(200);
        assert_eq!((state["needs_setup"].as_bool(), state["workspace"]["name"].as_str()), (Some(false), Some("Riverside")));
        assert!(crate::offer_setup(&house.server.app).await.expect("asked").is_none());
    }

    async fn an_invitation_says_where_it_leads_and_ends_with_its_use(house: House) {
        let token = house.invite(json!({
            "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let path = format!("/api/invitations/{token}");
        let look = house.server.stranger().get(&path).await.expect(200);
        assert_eq!(look["space_name"], "Riverside");
        assert_eq!(look["inviter_name"], "Olga Owner");
        let ada = enter(&house.server, house.accept(&token, "Ada").await);
        assert_eq!(ada.get("/api/me").await.expect(200)["role"], "member");
        house.server.stranger().get(&path).await.refused(404, "link-used");
        house.accept(&token, "Bob").await.refused(404, "link-used");
    }

    async fn many_people_with_one_link_for_one_are_one_person_more(house: House) {
        let token = house.invite(json!({
            "role": "member", "space_id": null, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let tries = (0..12).map(|n| { let (house, token) = (&house, &token); async move { house.accept(token, &format!("P{n}")).await.status } });
        let mut statuses = futures_util::future::join_all(tries).await;
        statuses.sort_unstable();
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    }

    async fn an_invitation_gives_only_what_its_maker_wrote(house: House) {
        let token = house.invite(json!({
            "role": "guest", "space_id": house.space, "channel_ids": [house.general], "max_uses": 2, "expires_in_s": 3600,
        })).await;
        let mut body = json!({
            "name": "Mallory", "email": "m@example.org", "password": PASSWORD, "time_zone": "Asia/Tokyo", "language": "en",
        });
        let path = format!("/api/invitations/{token}/accept");
        for (field, value) in [("role", json!("owner")), ("space_id", json!(house.space)), ("max_uses", json!(5))] {
            let mut more = body.clone();
            more[field] = value;
            house.server.stranger().post(&path, more).await.refused(422, "invalid");
        }
        body["name"] = json!("Gus Guest");
        let gus = enter(&house.server, house.server.stranger().post(&path, body).await);
        assert_eq!(gus.get("/api/me").await.expect(200)["role"], "guest");
    }

    async fn who_may_invite(house: House) {
        let ada = house.member("Ada").await;
        let everywhere = json!({ "role": "member", "space_id": null, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600 });
        ada.post("/api/invitations", everywhere.clone()).await.refused(403, "forbidden");
        let here = json!({ "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600 });
        ada.post("/api/invitations", here.clone()).await.refused(403, "forbidden");
        let club = ada.post("/api/spaces", json!({ "name": "Club", "kind": "project", "open": false })).await.expect(201);
        let mut own = here;
        own["space_id"] = club["id"].clone();
        ada.post("/api/invitations", own.clone()).await.expect(201);
        own["role"] = json!("admin");
        ada.post("/api/invitations", own).await.refused(403, "forbidden");
        let nobody = json!({ "role": "owner", "space_id": null, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600 });
        house.owner.post("/api/invitations", nobody).await.refused(422, "invalid");
    }

    async fn a_revoked_or_expired_link_lets_nobody_in(house: House) {
        let body = json!({ "role": "member", "space_id": null, "channel_ids": [], "max_uses": 9, "expires_in_s": 3600 });
        let made = house.owner.post("/api/invitations", body.clone()).await.expect(201);
        let token = made["url"].as_str().and_then(|url| url.rsplit('/').next()).expect("a token").to_owned();
        house.owner.delete(&format!("/api/invitations/{}", id_of(&made))).await.expect(204);
        house.accept(&token, "Ada").await.refused(404, "link-used");
        let token = house.invite(body).await;
        house.server.advance(std::time::Duration::from_secs(3601));
        house.accept(&token, "Ada").await.refused(404, "link-used");
    }

    async fn invitations_are_listed_by_their_state_page_by_page(house: House) {
        let new = |max_uses: i64, expires_in_s: i64| {
            json!({ "role": "member", "space_id": null, "channel_ids": [], "max_uses": max_uses, "expires_in_s": expires_in_s })
        };
        let list = async |query: &str| house.owner.get(&format!("/api/invitations?{query}")).await.expect(200);
        let n = async |state: &str| list(&format!("state={state}")).await["items"].as_array().map_or(0, Vec::len);
        let used_already = n("used").await;
        let short = id_of(&house.owner.post("/api/invitations", new(9, 3600)).await.expect(201));
        let token = house.invite(new(1, 7200)).await;
        house.accept(&token, "Ada").await;
        let revoked = id_of(&house.owner.post("/api/invitations", new(1, 7200)).await.expect(201));
        house.owner.delete(&format!("/api/invitations/{revoked}")).await.expect(204);
        for _ in 0..51 {
            house.owner.post("/api/invitations", new(1, 7200)).await.expect(201);
        }
        house.server.advance(std::time::Duration::from_secs(3601));
        assert_eq!((n("used").await, n("expired").await, n("revoked").await), (used_already + 1, 1, 1));
        assert_eq!(id_of(&list("state=expired").await["items"][0]), short);
        assert_eq!(id_of(&list("state=revoked").await["items"][0]), revoked);
        let first = list("").await;
        assert_eq!(first["items"].as_array().map(Vec::len), Some(50), "open ones, when nothing is said");
        let second = list(&format!("before={}", first["next"].as_str().expect("there is more"))).await;
        assert_eq!((second["items"].as_array().map(Vec::len), &second["next"]), (Some(1), &json!(null)));
        let ada = house.member("Bea").await;
        let none = ada.get("/api/invitations?state=revoked").await.expect(200);
        assert_eq!(none["items"], json!([]), "others see their own");
        house.owner.get("/api/invitations?before=x").await.refused(422, "invalid");
        house.owner.get("/api/invitations?state=odd").await.refused(422, "invalid");
    }

    async fn an_open_space_is_found_and_joined_and_a_closed_one_is_not(house: House) {
        let ada = house.outsider("Ada").await;
        let closed = json!({ "name": "Board", "kind": "team", "open": false });
        let closed = id_of(&house.owner.post("/api/spaces", closed).await.expect(201));
        assert_eq!(names(&ada.get("/api/spaces").await.expect(200)), ["Riverside"]);
        ada.get(&format!("/api/spaces/{closed}")).await.refused(404, "not-found");
        ada.post(&format!("/api/spaces/{closed}/join"), json!({})).await.refused(404, "not-found");
        ada.post(&format!("/api/spaces/{}/join", house.space), json!({})).await.expect(204);
        let mine = ada.get(&format!("/api/spaces/{}/channels", house.space)).await.expect(200);
        assert_eq!(mine["items"][0]["is_member"], true, "who joins a space is in its default channel");
        ada.post(&format!("/api/spaces/{}/leave", house.space), json!({})).await.expect(204);
        ada.post(&format!("/api/spaces/{}/leave", house.space), json!({})).await.refused(404, "not-found");
    }

    async fn names_that_are_blank_or_look_alike_are_refused(house: House) {
        let path = format!("/api/spaces/{}/channels", house.space);
        let long = "x".repeat(81);
        for name in ["", "   ", "\u{200b}\u{200b}", "a\u{202e}b", "line\nbreak", long.as_str()] {
            house.owner.post(&path, json!({ "name": name, "kind": "public" })).await.refused(422, "invalid");
        }
        house.owner.post(&path, json!({ "name": "paypal", "kind": "public" })).await.expect(201);
        for name in ["paypal", "PayPal", "pаypal", " paypal "] {
            house.owner.post(&path, json!({ "name": name, "kind": "private" })).await.refused(409, "name-taken");
        }
    }

    async fn the_character_nul_is_refused_by_both_databases(house: House) {
        let body = json!({ "name": "x", "kind": "public", "description": "a\u{0}b" });
        let path = format!("/api/spaces/{}/channels", house.space);
        house.owner.post(&path, body).await.refused(422, "invalid");
        house.owner.patch("/api/me", json!({ "pronunciation": "a\u{0}b" })).await.refused(422, "invalid");
    }

    async fn a_private_channel_is_hidden_from_all_but_its_members(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        for person in [&bob, &house.owner] {
            let seen = person.get(&format!("/api/spaces/{}/channels", house.space)).await.expect(200);
            assert!(!names(&seen).contains(&"secret"));
            person.get(&format!("/api/channels/{secret}/members")).await.refused(404, "not-found");
            person.post(&format!("/api/channels/{secret}/join"), json!({})).await.refused(404, "not-found");
            person.patch(&format!("/api/channels/{secret}"), json!({ "name": "x" })).await.refused(404, "not-found");
        }
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        bob.get(&format!("/api/channels/{secret}/members")).await.expect(200);
        ada.delete(&format!("/api/channels/{secret}/members/{}", bob.id)).await.expect(204);
        bob.get(&format!("/api/channels/{secret}/members")).await.refused(404, "not-found");
    }

    async fn the_last_one_who_looks_after_a_private_channel_names_another_first(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        ada.post(&format!("/api/channels/{secret}/leave"), json!({})).await.refused(409, "conflict");
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "admin" })).await.expect(204);
        ada.post(&format!("/api/channels/{secret}/leave"), json!({})).await.expect(204);
    }

    async fn a_guest_sees_only_what_they_were_invited_to(house: House) {
        let ada = house.member("Ada").await;
        let open = house.channel(&ada, "open-house", "public").await;
        let gus = house.guest("Gus", &open).await;
        let seen = gus.get(&format!("/api/spaces/{}/channels", house.space)).await.expect(200);
        assert_eq!(names(&seen), ["open-house"]);
        gus.get(&format!("/api/channels/{}/members", house.general)).await.refused(404, "not-found");
        gus.post(&format!("/api/channels/{}/join", house.general), json!({})).await.refused(404, "not-found");
        gus.post("/api/spaces", json!({ "name": "Mine", "kind": "team", "open": true })).await.refused(403, "forbidden");
        let people = gus.get("/api/people").await.expect(200);
        let mut seen = names(&people);
        seen.sort_unstable();
        assert_eq!(seen, ["Ada", "Gus"], "a guest sees those who share a channel");
        gus.get(&format!("/api/people/{}", house.owner.id)).await.refused(404, "not-found");
        gus.post("/api/directs", json!({ "people": [house.owner.id] })).await.refused(404, "not-found");
        gus.post("/api/directs", json!({ "people": [ada.id] })).await.expect(200);
    }

    async fn a_direct_conversation_of_the_same_people_is_the_same(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let first = id_of(&ada.post("/api/directs", json!({ "people": [bob.id] })).await.expect(200));
        let second = bob.post("/api/directs", json!({ "people": [ada.id, ada.id, bob.id] })).await.expect(200);
        assert_eq!(first, id_of(&second));
        assert_eq!(second["people"].as_array().map(Vec::len), Some(2));
        house.owner.get(&format!("/api/channels/{first}/members")).await.refused(404, "not-found");
        ada.post(&format!("/api/channels/{first}/leave"), json!({})).await.refused(403, "forbidden");
        ada.post("/api/directs", json!({ "people": [] })).await.refused(422, "invalid");
        ada.post("/api/directs", json!({ "people": [ada.id] })).await.refused(422, "invalid");
        let stranger = uuid::Uuid::now_v7().to_string();
        ada.post("/api/directs", json!({ "people": [stranger] })).await.refused(404, "not-found");
    }

    async fn a_channel_is_renamed_and_archived_by_those_who_look_after_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let lab = house.channel(&ada, "lab", "public").await;
        let path = format!("/api/channels/{lab}");
        bob.post(&format!("{path}/join"), json!({})).await.expect(200);
        bob.patch(&path, json!({ "name": "mine" })).await.refused(403, "forbidden");
        let changed = ada.patch(&path, json!({ "name": "lab-2", "description": "Week 4" })).await.expect(200);
        assert_eq!((changed["name"].as_str(), changed["description"].as_str()), (Some("lab-2"), Some("Week 4")));
        let archived = house.owner.patch(&path, json!({ "archived": true })).await.expect(200);
        assert_eq!((archived["archived"].as_bool(), archived["can_post"].as_bool()), (Some(true), Some(false)));
        ada.patch(&path, json!({ "archived": false })).await.expect(200);
        ada.patch(&path, json!({ "created_by": bob.id })).await.refused(422, "invalid");
    }

    async fn favourites_are_ones_own(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let path = format!("/api/channels/{}/preference", house.general);
        ada.put(&path, json!({ "favourite": true })).await.expect(204);
        ada.put(&path, json!({ "position": 3 })).await.expect(204);
        let list = format!("/api/spaces/{}/channels", house.space);
        let mine = ada.get(&list).await.expect(200)["items"][0].clone();
        assert_eq!((&mine["favourite"], &mine["position"]), (&json!(true), &json!(3)));
        let theirs = bob.get(&list).await.expect(200)["items"][0].clone();
        assert_eq!((&theirs["favourite"], &theirs["position"]), (&json!(false), &Value::Null));
    }

    async fn joining_and_being_removed_open_and_close_the_open_socket(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let member = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&member, json!({ "role": "member" })).await.expect(204);
        let [event, frame] = listener.all_of(["channel.added", "added"]).await;
        assert_eq!((&event["body"]["channel_id"], &frame["scope"]), (&json!(secret), &json!(secret)));
        ada.patch(&format!("/api/channels/{secret}"), json!({ "name": "not-so-secret" })).await.expect(200);
        assert_eq!(listener.event("channel.changed").await["body"]["channel"]["name"], "not-so-secret");
        ada.delete(&member).await.expect(204);
        assert_eq!(listener.frame("gone").await["scope"], secret.as_str());
        ada.patch(&format!("/api/channels/{secret}"), json!({ "name": "secret-again" })).await.expect(200);
        ada.patch(&format!("/api/channels/{}", house.general), json!({})).await.refused(403, "forbidden");
        house.owner.patch(&format!("/api/channels/{}", house.general), json!({ "name": "lobby" })).await.expect(200);
        assert_eq!(listener.event("channel.changed").await["scope"], house.general.as_str(), "nothing of the lost channel came");
    }

    async fn a_public_channel_can_be_watched_and_a_private_one_cannot(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (open, secret) = (house.channel(&ada, "open", "public").await, house.channel(&ada, "secret", "private").await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        listener.send(json!({ "type": "watch", "scope": secret, "seq": 0 })).await;
        assert_eq!(listener.frame("gone").await["scope"], secret.as_str());
        listener.send(json!({ "type": "watch", "scope": open, "seq": 0 })).await;
        assert_eq!(listener.event("channel.member_joined").await["scope"], open.as_str());
        ada.patch(&format!("/api/channels/{open}"), json!({ "description": "now" })).await.expect(200);
        assert_eq!(listener.event("channel.changed").await["scope"], open.as_str());
    }
}

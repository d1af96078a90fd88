//! Guest links: who makes them, who comes in, what ends.

use super::*;
use crate::testing::TestPerson;
use http::Method;
use platform::{config::Config, testing::Answer};
use std::time::Duration;

const HOUR: u64 = 3600;

fn link(max_guests: i64) -> Value {
    json!({ "max_guests": max_guests, "expires_in_s": HOUR })
}

async fn links(person: &TestPerson, channel: &str) -> Value {
    let path = format!("/api/channels/{channel}/guest-links");
    person.get(&path).await.expect(200)["items"].clone()
}

async fn members(person: &TestPerson, channel: &str) -> Vec<String> {
    let path = format!("/api/channels/{channel}/members");
    let page = person.get(&path).await.expect(200);
    let items = page["items"].as_array().into_iter().flatten();
    items
        .filter_map(|item| Some(item["person"]["name"].as_str()?.to_owned()))
        .collect()
}

async fn run_jobs(house: &House) {
    let app = &house.server.app;
    platform::jobs::run_due(app, app.job_kinds()).await.unwrap();
}

/// One sign-in a minute, and so six guests, behind a proxy that names networks.
struct Strict(House);

impl Strict {
    async fn begin(store: Store) -> Option<Self> {
        let mut config = Config::for_tests(&std::env::temp_dir());
        config.limits.sign_in_per_minute = 1;
        let trust = |config: &mut Config| config.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
        let kept = accounts::kept(&config);
        House::open_keeping(store, features(), kept, trust)
            .await
            .map(Self)
    }

    async fn enter(&self, token: &str, network: &str) -> Answer {
        let body = json!({ "name": "Gesa", "time_zone": "Europe/Lisbon", "language": "en" });
        let headers = [("content-type", "application/json"), ("x-forwarded-for", network)];
        let path = format!("/api/guest-links/{token}/enter");
        let stranger = self.0.server.stranger();
        stranger
            .send(Method::POST, &path, &headers, body.to_string().into_bytes())
            .await
    }
}

both_stores! {
    async fn entering_is_limited_by_network(strict: Strict) {
        let (_, token) = strict.0.guest_link(&strict.0.general, link(50)).await;
        for n in 0..6 {
            strict.enter(&token, &format!("2001:db8:0:1::{n}")).await.expect(201);
        }
        let limited = strict.enter(&token, "2001:db8:0:1::99").await;
        limited.refused(429, "rate-limited");
        assert!(limited.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 10);
        strict.enter(&token, "2001:db8:0:2::1").await.expect(201);
        assert_eq!(links(&strict.0.owner, &strict.0.general).await[0]["guests"].as_array().map(Vec::len), Some(7));
    }

    async fn members_make_links_where_the_workspace_says_so(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = format!("/api/channels/{}/guest-links", house.general);
        let say = async |members: bool| {
            let write = move |tx: &mut dyn platform::db::Tx| {
                accounts::settings::put(tx, crate::GUEST_LINKS_BY_MEMBERS_SETTING, members.then_some("1"))
            };
            house.server.app.db.write(platform::journal::ACCESS_SCOPE, write).await.unwrap();
        };
        ada.post(&general, link(1)).await.refused(403, "forbidden");
        say(true).await;
        let made = ada.post(&general, link(1)).await.expect(201);
        let token = made["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap();
        let gesa = enter(&house.server, house.enter_by_link(token, "Gesa").await);
        gesa.post(&general, link(1)).await.refused(403, "forbidden");
        let (others, _) = house.guest_link(&house.general, link(1)).await;
        assert_eq!(links(&house.owner, &house.general).await.as_array().map(Vec::len), Some(2));
        assert_eq!(links(&ada, &house.general).await.as_array().map(Vec::len), Some(1), "members see what they made");
        assert_eq!(links(&bob, &house.general).await, json!([]));
        ada.delete(&format!("{general}/{others}")).await.refused(404, "not-found");
        bob.delete(&format!("{general}/{}", id_of(&made))).await.refused(404, "not-found");
        let guest = house.guest("Gus", &house.general).await;
        guest.post(&general, link(1)).await.refused(403, "forbidden");
        let news = house.channel(&bob, "news", "announcement").await;
        ada.post(&format!("/api/channels/{news}/join"), json!({})).await.expect(200);
        ada.post(&format!("/api/channels/{news}/guest-links"), link(1)).await.refused(403, "forbidden");
        say(false).await;
        house.server.stranger().get(&format!("/api/guest-links/{token}")).await.refused(404, "link-used");
        gesa.get("/api/me").await.expect(200);
    }

    async fn a_guest_comes_in_with_a_name_alone_and_is_marked(house: House) {
        let (_, token) = house.guest_link(&house.general, link(2)).await;
        let look = house.server.stranger().get(&format!("/api/guest-links/{token}")).await.expect(200);
        assert_eq!((&look["workspace_name"], &look["channel_name"]), (&json!("Riverside"), &json!("general")));
        assert_eq!((&look["inviter_name"], &look["visitor"]), (&json!("Olga Owner"), &json!("new")));
        assert!(look["channel_id"].is_null(), "whoever is not in yet learns no id");
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        let gesa = enter(&house.server, house.enter_by_link(&token, " Gesa ").await);
        assert_eq!(listener.event("channel.member_joined").await["body"]["person_id"], gesa.id.as_str());
        let person = house.owner.get(&format!("/api/people/{}", gesa.id)).await.expect(200);
        assert_eq!((&person["name"], &person["link_guest"], &person["role"]), (&json!("Gesa"), &json!(true), &json!("guest")));
        assert_eq!(members(&gesa, &house.general).await.len(), 2);
        let back = gesa.get(&format!("/api/guest-links/{token}")).await.expect(200);
        assert_eq!((&back["visitor"], &back["channel_id"]), (&json!("back"), &json!(house.general)));
        let listed = links(&house.owner, &house.general).await;
        assert_eq!((&listed[0]["guests"][0]["name"], &listed[0]["url"]), (&json!("Gesa"), &Value::Null));
        let people = house.owner.get("/api/people").await.expect(200);
        assert_eq!(names(&people), ["Olga Owner"], "the list of people is of those with an account");
    }

    async fn a_link_lets_in_as_many_as_it_says_at_the_same_time(house: House) {
        let (_, token) = house.guest_link(&house.general, link(3)).await;
        let tries = (0..8).map(|n| {
            let (house, token) = (&house, &token);
            async move { house.enter_by_link(token, &format!("G {n}")).await.status }
        });
        let answers = futures_util::future::join_all(tries).await;
        assert_eq!(answers.iter().filter(|status| **status == 201).count(), 3, "{answers:?}");
        house.enter_by_link(&token, "late").await.refused(422, "limit-reached");
        let here = links(&house.owner, &house.general).await[0]["guests"].clone();
        let path = format!("/api/channels/{}/members/{}", house.general, here[0]["id"].as_str().unwrap());
        house.owner.delete(&path).await.expect(204);
        house.enter_by_link(&token, "late").await.expect(201);
    }

    async fn only_those_who_look_after_a_channel_make_and_see_links(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let own = house.channel(&ada, "hers", "private").await;
        let path = format!("/api/channels/{own}/guest-links");
        bob.post(&path, link(1)).await.refused(404, "not-found");
        bob.get(&path).await.refused(404, "not-found");
        let made = ada.post(&path, link(1)).await.expect(201);
        let one = format!("{path}/{}", id_of(&made));
        let general = format!("/api/channels/{}/guest-links", house.general);
        bob.post(&general, link(1)).await.refused(403, "forbidden");
        bob.get(&general).await.refused(403, "forbidden");
        ada.delete(&format!("{general}/{}", id_of(&made))).await.refused(403, "forbidden");
        house.owner.delete(&format!("{general}/{}", id_of(&made))).await.refused(404, "not-found");
        ada.patch(&one, json!({ "expires_in_s": 2 * HOUR })).await.expect(204);
        for (field, value) in [("max_guests", 0), ("max_guests", 201), ("expires_in_s", 60), ("expires_in_s", 2_592_001)] {
            let mut wrong = link(1);
            wrong[field] = json!(value);
            ada.post(&path, wrong).await.refused(422, "invalid");
        }
        ada.patch(&one, json!({ "expires_in_s": HOUR })).await.refused(422, "invalid");
    }

    async fn with_the_end_of_a_link_its_guests_are_out_at_once(house: House) {
        let (id, token) = house.guest_link(&house.general, link(5)).await;
        let gesa = enter(&house.server, house.enter_by_link(&token, "Gesa").await);
        let (mut socket, _) = Listener::open(&gesa, json!({})).await;
        let path = format!("/api/channels/{}/guest-links/{id}", house.general);
        house.owner.delete(&path).await.expect(204);
        gesa.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(socket.closed().await, Some(4401));
        assert_eq!(Listener::connect(&gesa).await.err(), Some(401));
        house.enter_by_link(&token, "Again").await.refused(404, "link-used");
        house.server.stranger().get(&format!("/api/guest-links/{token}")).await.refused(404, "link-used");
        assert_eq!(members(&house.owner, &house.general).await, ["Olga Owner"]);
        house.owner.delete(&path).await.expect(204);
        let listed = links(&house.owner, &house.general).await;
        assert!(listed[0]["ended_at"].is_number() && listed[0]["guests"] == json!([]), "{listed}");
        house.owner.patch(&path, json!({ "expires_in_s": HOUR })).await.refused(409, "conflict");
    }

    async fn a_link_ends_at_its_time_and_not_before_a_later_one(house: House) {
        let (id, token) = house.guest_link(&house.general, link(5)).await;
        let gesa = enter(&house.server, house.enter_by_link(&token, "Gesa").await);
        let path = format!("/api/channels/{}/guest-links/{id}", house.general);
        house.owner.patch(&path, json!({ "expires_in_s": 2 * HOUR })).await.expect(204);
        house.server.advance(Duration::from_secs(HOUR + 60));
        run_jobs(&house).await;
        gesa.get("/api/me").await.expect(200);
        let (mut socket, _) = Listener::open(&gesa, json!({})).await;
        house.server.advance(Duration::from_secs(HOUR));
        gesa.get("/api/me").await.refused(401, "signed-out");
        house.enter_by_link(&token, "Late").await.refused(404, "link-used");
        run_jobs(&house).await;
        assert_eq!(socket.closed().await, Some(4401));
        assert_eq!(members(&house.owner, &house.general).await, ["Olga Owner"]);
    }

    async fn one_guest_is_removed_and_the_others_stay(house: House) {
        let (_, token) = house.guest_link(&house.general, link(5)).await;
        let gesa = enter(&house.server, house.enter_by_link(&token, "Gesa").await);
        let gus = enter(&house.server, house.enter_by_link(&token, "Gus").await);
        let bob = house.member("Bob").await;
        let path = format!("/api/channels/{}/members/{}", house.general, gesa.id);
        bob.delete(&path).await.refused(403, "forbidden");
        house.owner.delete(&path).await.expect(204);
        gesa.get("/api/me").await.refused(401, "signed-out");
        gus.get("/api/me").await.expect(200);
        gus.post(&format!("/api/channels/{}/leave", house.general), Value::Null).await.expect(204);
        gus.get("/api/me").await.refused(401, "signed-out");
    }

    async fn a_link_is_as_good_as_the_right_of_its_maker(house: House) {
        let ada = house.member("Ada").await;
        let own = house.channel(&ada, "hers", "public").await;
        let made = ada.post(&format!("/api/channels/{own}/guest-links"), link(5)).await.expect(201);
        let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        house.enter_by_link(&token, "Gesa").await.expect(201);
        house.owner.post(&format!("/api/people/{}/deactivate", ada.id), Value::Null).await.expect(200);
        house.enter_by_link(&token, "Gus").await.refused(404, "link-used");
    }

    async fn nobody_brings_a_guest_anywhere_else(house: House) {
        let gesa = house.link_guest("Gesa", &house.general).await;
        let other = house.channel(&house.owner, "other", "public").await;
        let owner = &house.owner;
        let role = json!({ "role": "member" });
        owner.put(&format!("/api/channels/{other}/members/{}", gesa.id), role.clone()).await.refused(404, "not-found");
        let guest = json!({ "role": "guest" });
        owner.put(&format!("/api/spaces/{}/members/{}", house.space, gesa.id), guest).await.refused(404, "not-found");
        owner.post("/api/directs", json!({ "people": [gesa.id] })).await.refused(404, "not-found");
        owner.patch(&format!("/api/people/{}", gesa.id), role).await.refused(404, "not-found");
        owner.post(&format!("/api/people/{}/reset", gesa.id), Value::Null).await.refused(404, "not-found");
    }

    async fn an_account_is_not_lost_to_a_guest_link(house: House) {
        let (_, token) = house.guest_link(&house.general, link(5)).await;
        let look = house.owner.get(&format!("/api/guest-links/{token}")).await.expect(200);
        assert_eq!(look["visitor"], "account");
        let body = json!({ "name": "Olga", "time_zone": "UTC", "language": "en" });
        house.owner.post(&format!("/api/guest-links/{token}/enter"), body).await.refused(409, "conflict");
        let more = json!({ "name": "X", "time_zone": "UTC", "language": "en", "role": "admin" });
        house.server.stranger().post(&format!("/api/guest-links/{token}/enter"), more).await.refused(422, "invalid");
    }

    async fn an_erased_guest_leaves_the_channel_and_no_name(house: House) {
        let gesa = house.link_guest("Gesa", &house.general).await;
        let path = format!("/api/people/{}/erase", gesa.id);
        house.owner.post(&path, json!({ "messages": "keep" })).await.expect(200);
        gesa.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(members(&house.owner, &house.general).await, ["Olga Owner"]);
        let person = house.owner.get(&format!("/api/people/{}", gesa.id)).await.expect(200);
        assert_eq!(person["name"], "Deleted person");
    }
}

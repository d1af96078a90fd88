//! Passwords, links that set a new one, and guessing.

use super::*;

both_stores! {
    async fn a_new_password_ends_the_other_sessions(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        let change = |current: &str, new: &str| {
            let body = json!({"current": current, "new": new});
            async { bob.client.post("/api/me/password", body).await }
        };
        assert_eq!(pointer(&change("not my password", "slate over tide").await), "/current");
        assert_eq!(pointer(&change(PASSWORD, "password123").await), "/new");
        assert_eq!(pointer(&change(PASSWORD, "bob@example.org").await), "/new");
        program.get("/api/me").await.expect(200);
        change(PASSWORD, "slate over tide").await.expect(204);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        assert!(bob.is_signed_in().await);
        accounts.sign_in(&bob.email, PASSWORD).await.refused(401, "sign-in-failed");
        accounts.sign_in(&bob.email, "slate over tide").await.expect(200);
    }

    async fn a_reset_link_sets_a_password_once_and_ends_all_sessions(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let mut theirs = bob.listen().await;
        let link = reset_link(&accounts.ada, &bob).await;
        let stranger = accounts.server.stranger();
        assert_eq!(stranger.get(&link).await.expect(200), json!({"name": "Bob"}));
        assert_eq!(pointer(&stranger.post(&link, json!({"password": "short"})).await), "/password");
        assert!(bob.is_signed_in().await, "a link alone changes nothing");
        stranger.post(&link, json!({"password": "slate over tide"})).await.expect(204);
        assert!(!bob.is_signed_in().await);
        assert_eq!(theirs.closed().await, Some(4401));
        stranger.get(&link).await.refused(404, "not-found");
        stranger.post(&link, json!({"password": "another over tide"})).await.refused(404, "not-found");
        accounts.sign_in(&bob.email, "slate over tide").await.expect(200);
        accounts.sign_in(&bob.email, PASSWORD).await.refused(401, "sign-in-failed");
    }

    async fn of_two_uses_of_a_reset_link_at_once_one_wins(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let link = reset_link(&accounts.ada, &bob).await;
        let stranger = accounts.server.stranger();
        let use_it = |password: &str| stranger.post(&link, json!({"password": password}));
        let (first, second) = tokio::join!(use_it("first over tide"), use_it("second over tide"));
        let mut statuses = [first.status, second.status];
        statuses.sort();
        assert_eq!(statuses, [204, 404]);
        let winner = if first.status == 204 { "first over tide" } else { "second over tide" };
        accounts.sign_in(&bob.email, winner).await.expect(200);
    }

    async fn a_reset_link_lasts_a_day_and_gives_way_to_a_newer_one(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let stranger = accounts.server.stranger();
        let older = reset_link(&accounts.ada, &bob).await;
        let newer = reset_link(&accounts.ada, &bob).await;
        stranger.get(&older).await.refused(404, "not-found");
        stranger.get(&newer).await.expect(200);
        accounts.server.advance(DAY);
        stranger.get(&newer).await.refused(404, "not-found");
        stranger.post(&newer, json!({"password": "slate over tide"})).await.refused(404, "not-found");
        stranger.get("/api/resets/nonsense").await.refused(404, "not-found");
    }

    async fn only_who_manages_somebody_resets_their_password(accounts: Accounts) {
        let admin = accounts.person("Grace", Role::Admin).await;
        let bob = accounts.person("Bob", Role::Member).await;
        reset_link(&admin, &bob).await;
        for other in [&accounts.ada, &admin] {
            admin.client.post(&other.path("/reset"), json!({})).await.refused(403, "forbidden");
        }
        bob.client.post(&bob.path("/reset"), json!({})).await.refused(403, "forbidden");
        accounts.ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        accounts.ada.client.post(&bob.path("/reset"), json!({})).await.refused(409, "conflict");
    }
}

/// Three attempts a minute, behind a proxy that names networks.
struct Strict(Accounts);

impl Strict {
    async fn begin(store: Store) -> Option<Self> {
        let strict = |config: &mut Config| {
            config.limits.sign_in_per_minute = 3;
            config.proxy.trusted = vec!["127.0.0.1/32".parse().unwrap()];
        };
        Accounts::begin_with(store, strict).await.map(Self)
    }

    async fn guess(&self, email: &str, network: &str) -> Answer {
        let body = json!({"email": email, "password": "a guess at it"})
            .to_string()
            .into_bytes();
        let headers = [("content-type", "application/json"), ("x-forwarded-for", network)];
        self.0
            .server
            .stranger()
            .send(Method::POST, "/api/sessions", &headers, body)
            .await
    }
}

both_stores! {
    async fn guessing_is_limited_by_account(strict: Strict) {
        for n in 0..3 {
            strict.guess(&strict.0.ada.email, &format!("192.0.2.{n}")).await.refused(401, "sign-in-failed");
        }
        let limited = strict.guess("ADA.lovelace@example.org", "192.0.2.99").await;
        limited.refused(429, "rate-limited");
        assert!(limited.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 20);
        strict.guess("somebody.else@example.org", "192.0.2.99").await.refused(401, "sign-in-failed");
    }

    async fn guessing_is_limited_by_network(strict: Strict) {
        for n in 0..3 {
            let network = format!("2001:db8:0:1::{n}");
            strict.guess(&format!("person{n}@example.org"), &network).await.refused(401, "sign-in-failed");
        }
        strict.guess("person9@example.org", "2001:db8:0:1::99").await.refused(429, "rate-limited");
        strict.guess("person9@example.org", "2001:db8:0:2::1").await.refused(401, "sign-in-failed");
    }

    async fn guessing_by_changing_the_password_counts_too(strict: Strict) {
        let ada = &strict.0.ada;
        let body = json!({"current": "a guess at it", "new": "slate over tide"});
        for _ in 0..3 {
            ada.client.post("/api/me/password", body.clone()).await.refused(422, "invalid");
        }
        ada.client.post("/api/me/password", body).await.refused(429, "rate-limited");
    }
}

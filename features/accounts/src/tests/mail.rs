//! New passwords by mail, and the button that tries the relay.

use super::*;
use platform::{
    mail,
    testing::{Manner, Relay, link_in},
};

/// A workspace whose server sends mail.
struct Mailing {
    accounts: Accounts,
    relay: Relay,
}

impl Mailing {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let accounts = Accounts::begin_with(store, |config| config.mail = Some(relay.config())).await?;
        Some(Self { accounts, relay })
    }

    async fn ask_reset(&self, email: &str) -> Answer {
        let body = json!({"email": email});
        self.accounts.server.stranger().post("/api/resets", body).await
    }

    /// Runs what waits, and gives the letters that have gone out so far.
    async fn letters(&self) -> Vec<String> {
        let app = &self.accounts.server.app;
        platform::jobs::run_due(app, app.job_kinds()).await.unwrap();
        mail::send_due(app).await.unwrap();
        self.relay.letters()
    }
}

both_stores! {
    async fn a_forgotten_password_is_set_by_a_mailed_link(mailing: Mailing) {
        let (accounts, ada) = (&mailing.accounts, &mailing.accounts.ada);
        let bob = accounts.person("Bob", Role::Member).await;
        accounts.ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        let known = mailing.ask_reset(" ADA.Lovelace@example.org ").await;
        for email in ["nobody@example.org", bob.email.as_str()] {
            let other = mailing.ask_reset(email).await;
            assert_eq!((known.status, &known.bytes), (204, &other.bytes), "the same for {email}");
            assert_eq!(known.status, other.status);
        }
        let letters = mailing.letters().await;
        assert_eq!(letters.len(), 1, "only who can sign in gets one");
        assert!(letters[0].contains("To: \"Ada Lovelace\" <ada.lovelace@example.org>"), "{}", letters[0]);
        let link = link_in(&letters[0]);
        let path = link.replace("http://antiphon.test/reset", "/api/resets");
        let stranger = accounts.server.stranger();
        assert_eq!(stranger.get(&path).await.expect(200)["name"], "Ada Lovelace");
        stranger.post(&path, json!({"password": "slate under water"})).await.expect(204);
        assert!(!ada.is_signed_in().await, "it ends all sessions");
        stranger.post(&path, json!({"password": "slate under water"})).await.refused(404, "not-found");
        accounts.sign_in(&ada.email, "slate under water").await.expect(200);
    }

    async fn a_mailed_link_lasts_an_hour_and_only_the_newest_counts(mailing: Mailing) {
        let mut links = Vec::new();
        for _ in 0..2 {
            mailing.ask_reset(&mailing.accounts.ada.email).await.expect(204);
            links.push(link_in(mailing.letters().await.last().unwrap()).replace("http://antiphon.test/reset", "/api/resets"));
        }
        let stranger = mailing.accounts.server.stranger();
        stranger.get(&links[0]).await.refused(404, "not-found");
        stranger.get(&links[1]).await.expect(200);
        mailing.accounts.server.advance(Duration::from_secs(3601));
        stranger.get(&links[1]).await.refused(404, "not-found");
    }

    async fn nobody_is_flooded_with_links(mailing: Mailing) {
        for _ in 0..5 {
            mailing.ask_reset(&mailing.accounts.ada.email).await.expect(204);
            mailing.ask_reset("nobody@example.org").await.expect(204);
        }
        for email in [mailing.accounts.ada.email.as_str(), "nobody@example.org"] {
            let refused = mailing.ask_reset(email).await;
            refused.refused(429, "rate-limited");
            assert!(refused.headers.contains_key("retry-after"));
        }
        assert_eq!(pointer(&mailing.ask_reset("nonsense").await), "/email");
    }

    async fn who_is_erased_gets_no_mail(mailing: Mailing) {
        let bob = mailing.accounts.person("Bob", Role::Member).await;
        mailing.ask_reset(&bob.email).await.expect(204);
        let app = &mailing.accounts.server.app;
        platform::jobs::run_due(app, app.job_kinds()).await.unwrap();
        mailing.accounts.ada.client.post(&bob.path("/erase"), json!({"messages": "keep"})).await.expect(200);
        assert!(mailing.letters().await.is_empty());
    }

    async fn the_test_button_tells_what_the_relay_says(mailing: Mailing) {
        let ada = &mailing.accounts.ada.client;
        let bob = mailing.accounts.person("Bob", Role::Member).await;
        bob.client.post("/api/mail/test", json!({})).await.refused(403, "forbidden");
        bob.client.get("/api/mail").await.refused(403, "forbidden");
        assert_eq!(
            ada.post("/api/mail/test", json!({})).await.expect(200),
            json!({"trouble": null, "answer": "250 queued as 42"})
        );
        mailing.relay.behave(Manner::RefusesTheRecipient);
        assert_eq!(
            ada.post("/api/mail/test", json!({})).await.expect(200),
            json!({"trouble": {"code": "refused", "answer": "550 no such person here"}, "answer": null})
        );
        mailing.ask_reset(&mailing.accounts.ada.email).await.expect(204);
        mailing.letters().await;
        let state = ada.get("/api/mail").await.expect(200);
        assert_eq!(state["relay"]["from"], "Antiphon <talk@harbour.example>");
        assert_eq!(state["lost"][0]["email"], mailing.accounts.ada.email);
        assert_eq!(state["lost"][0]["kind"], "reset");
        assert_eq!(state["lost"][0]["trouble"]["answer"], "550 no such person here");
        for _ in 0..4 {
            ada.post("/api/mail/test", json!({})).await.expect(200);
        }
        ada.post("/api/mail/test", json!({})).await.refused(429, "rate-limited");
    }

    async fn without_a_relay_nothing_is_promised(accounts: Accounts) {
        let stranger = accounts.server.stranger();
        assert_eq!(stranger.get("/api/sign-in").await.expect(200)["mail"], false);
        stranger.post("/api/resets", json!({"email": accounts.ada.email})).await.refused(409, "conflict");
        accounts.ada.client.post("/api/mail/test", json!({})).await.refused(409, "conflict");
        assert_eq!(accounts.ada.client.get("/api/mail").await.expect(200)["relay"], Value::Null);
    }
}

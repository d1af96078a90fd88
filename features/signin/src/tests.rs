//! Ways in from outside, over HTTP, on both databases.

mod device;
mod noise;
mod oidc;
mod passkeys;
mod second;

use platform::{
    both_stores,
    config::Config,
    feature::Feature,
    testing::{Answer, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, PASSWORD, TestPerson};
use std::time::Duration;
use totp_rs::{Builder, Secret};

fn features() -> Vec<Feature> {
    vec![accounts::feature(), spaces::feature(), crate::feature()]
}

/// A house whose people can have more than a password.
struct Gate {
    house: House,
}

impl Gate {
    async fn begin(store: Store) -> Option<Self> {
        Self::begin_with(store, |_| ()).await
    }

    async fn begin_with(store: Store, change: impl FnOnce(&mut Config)) -> Option<Self> {
        let house = House::open_keeping(store, features(), crate::kept(), change).await?;
        Some(Self { house })
    }

    async fn sign_in(&self, email: &str) -> Answer {
        let body = json!({ "email": email, "password": PASSWORD });
        self.house.server.stranger().post("/api/sessions", body).await
    }

    /// A sign-in with the right password that waits for more.
    async fn attempt(&self, email: &str) -> String {
        let answer = self.sign_in(email).await;
        answer.refused(401, "second-step");
        assert!(!answer.headers.contains_key("set-cookie"));
        answer.body["attempt"].as_str().expect("an attempt").to_owned()
    }

    async fn second(&self, attempt: &str, code: &str) -> Answer {
        let body = json!({ "attempt": attempt, "code": code });
        self.house
            .server
            .stranger()
            .post("/api/sessions/second", body)
            .await
    }

    /// The code of an app at this moment.
    fn code(&self, secret: &str) -> String {
        code_at(secret, self.house.server.app.clock.now().0 / 1_000_000)
    }

    /// Sets up an app and gives its secret and the recovery codes.
    async fn enrol(&self, person: &TestPerson) -> (String, Vec<String>) {
        let offer = person
            .post("/api/me/totp", json!({ "password": PASSWORD }))
            .await
            .expect(200);
        let secret = offer["secret"].as_str().expect("a secret").to_owned();
        let codes = person
            .post("/api/me/totp/confirm", json!({ "code": self.code(&secret) }))
            .await;
        let codes = codes.expect(200)["recovery_codes"].clone();
        // So that the next code is another one.
        self.wait();
        (secret, serde_json::from_value(codes).expect("a list of texts"))
    }

    fn wait(&self) {
        self.house.server.advance(Duration::from_secs(30));
    }
}

fn code_at(secret: &str, seconds: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("base 32");
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build()
        .expect("an app");
    totp.generate(seconds.unsigned_abs()).to_string()
}

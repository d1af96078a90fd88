//! Passkeys: honest devices, and every lie that one can tell.

use super::{
    device::{DOMAIN, Device, ORIGIN},
    *,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::Method;
use platform::{
    mail,
    testing::{Client, Manner, Relay},
};

const MARA: &str = "mara@example.org";

/// A house at an address where browsers have passkeys.
struct Keys(Gate);

/// A browser that keeps its cookie of what is begun.
struct Browser {
    client: Client,
    cookie: String,
}

impl Browser {
    fn new(client: &Client) -> Self {
        Self {
            client: client.clone(),
            cookie: String::new(),
        }
    }

    async fn post(&mut self, path: &str, body: Value) -> Answer {
        let mut headers = vec![("content-type", "application/json")];
        if !self.cookie.is_empty() {
            headers.push(("cookie", self.cookie.as_str()));
            if self.client.token().is_some() {
                headers.push(("origin", ORIGIN));
            }
        }
        let answer = self
            .client
            .send(Method::POST, path, &headers, body.to_string().into_bytes())
            .await;
        let set = answer.headers.get("set-cookie").and_then(|set| set.to_str().ok());
        if let Some(flow) = set.filter(|set| set.starts_with("antiphon-flow=")) {
            assert!(flow.contains("HttpOnly; SameSite=Lax"), "{flow}");
            self.cookie = flow.split(';').next().unwrap().to_owned();
        }
        answer
    }
}

impl Keys {
    async fn begin(store: Store) -> Option<Self> {
        let gate = Gate::begin_with(store, |config| config.public_url = ORIGIN.to_owned());
        Some(Self(gate.await?))
    }

    /// Adds a passkey to an account.
    async fn add(&self, person: &TestPerson, device: &mut Device) -> Value {
        self.try_add(person, device).await.expect(201)
    }

    async fn try_add(&self, person: &TestPerson, device: &mut Device) -> Answer {
        let mut browser = Browser::new(person);
        let offer = browser
            .post("/api/me/passkeys", json!({ "password": PASSWORD }))
            .await;
        let made = device.make(&offer.expect(200));
        browser.post("/api/me/passkeys/finish", made).await
    }

    fn stranger(&self) -> Browser {
        Browser::new(&self.0.house.server.stranger())
    }

    async fn enter(&self, device: &mut Device) -> Answer {
        self.enter_with(device, |_| ()).await
    }

    /// Signs in with an answer that somebody changed on its way.
    async fn enter_with(&self, device: &mut Device, change: impl FnOnce(&mut Value)) -> Answer {
        let mut browser = self.stranger();
        let question = browser
            .post("/api/sign-in/passkey", Value::Null)
            .await
            .expect(200);
        let mut answer = device.answer(&question);
        change(&mut answer);
        browser.post("/api/sign-in/passkey/finish", answer).await
    }

    async fn prove(&self, person: &TestPerson, device: &mut Device) -> Answer {
        let mut browser = Browser::new(person);
        let question = browser
            .post("/api/me/proof/passkey", Value::Null)
            .await
            .expect(200);
        browser
            .post("/api/me/proof/passkey/finish", device.answer(&question))
            .await
    }

    /// Whoever an answer signed in.
    fn session(&self, answer: &Answer) -> Client {
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let token = cookie.split(['=', ';']).nth(1).unwrap();
        self.0.house.server.with_token(token)
    }

    async fn own(&self, person: &TestPerson) -> Value {
        person.get("/api/me/sign-in").await.expect(200)["passkeys"].clone()
    }
}

/// Base64url with its last byte changed.
fn bent(part: &Value) -> Value {
    let mut bytes = URL_SAFE_NO_PAD.decode(part.as_str().unwrap()).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    json!(URL_SAFE_NO_PAD.encode(bytes))
}

/// The same where letters go out.
struct Mailing {
    keys: Keys,
    relay: Relay,
}

impl Mailing {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let gate = Gate::begin_with(store, |config| {
            config.public_url = ORIGIN.to_owned();
            config.mail = Some(relay.config());
        });
        let keys = Keys(gate.await?);
        Some(Self { keys, relay })
    }

    async fn letters(&self) -> Vec<String> {
        while mail::send_due(&self.keys.0.house.server.app).await.unwrap() > 0 {}
        self.relay.letters()
    }
}

/// Two processes on one PostgreSQL: what one has asked, the other takes the answer to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_of_one_process_is_answered_on_another() {
    let Some(keys) = Keys::begin(Store::Postgres).await else {
        return;
    };
    let house = &keys.0.house;
    let other = house.beside(features(), crate::kept()).await;
    let mara = house.member("Mara").await;
    let there = other.with_token(mara.token().expect("she is signed in"));
    let mut device = Device::new();
    let mut browser = Browser::new(&mara);
    let offer = browser
        .post("/api/me/passkeys", json!({ "password": PASSWORD }))
        .await
        .expect(200);
    browser.client = there.clone();
    let made = device.make(&offer);
    browser
        .post("/api/me/passkeys/finish", made.clone())
        .await
        .expect(201);
    browser.client = mara.client.clone();
    browser
        .post("/api/me/passkeys/finish", made)
        .await
        .refused(410, "attempt-over");

    let mut stranger = Browser::new(&other.stranger());
    let question = stranger
        .post("/api/sign-in/passkey", Value::Null)
        .await
        .expect(200);
    let answer = device.answer(&question);
    // Both take it at the same moment, and one does.
    let mut twin = Browser {
        client: other.stranger(),
        cookie: stranger.cookie.clone(),
    };
    stranger.client = house.server.stranger();
    let (one, two) = tokio::join!(
        stranger.post("/api/sign-in/passkey/finish", answer.clone()),
        twin.post("/api/sign-in/passkey/finish", answer),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{} {}", one.body, two.body);
    let session = keys.session(if one.status == 200 { &one } else { &two });
    let everywhere = [
        session.clone(),
        other.with_token(session.token().expect("a session")),
    ];
    for client in everywhere {
        assert_eq!(client.get("/api/me").await.expect(200)["id"], mara.id);
    }
}

both_stores! {
    async fn whoever_gets_or_loses_a_passkey_gets_a_letter(mailing: Mailing) {
        let keys = &mailing.keys;
        let mara = keys.0.house.member("Mara").await;
        mara.patch("/api/me", json!({ "language": "de" })).await.expect(200);
        let passkey = keys.add(&mara, &mut Device::new()).await;
        let letters = mailing.letters().await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains(&format!("To: Mara <{MARA}>")) && letters[0].contains("/settings/sessions"), "{}", letters[0]);
        assert!(letters[0].contains("Riverside"), "{}", letters[0]);
        let path = format!("/api/me/passkeys/{}/remove", passkey["id"].as_str().unwrap());
        mara.post(&path, json!({ "password": "wrong" })).await.refused(422, "invalid");
        assert_eq!(mailing.letters().await.len(), 1, "nothing happened");
        mara.post(&path, json!({ "password": PASSWORD })).await.expect(204);
        let letters = mailing.letters().await;
        assert_eq!(letters.len(), 2);
        assert_ne!(letters[0].lines().find(|line| line.starts_with("Subject:")), letters[1].lines().find(|line| line.starts_with("Subject:")));
    }

    async fn a_passkey_opens_its_account_without_a_name_and_without_a_code(keys: Keys) {
        let mara = keys.0.house.member("Mara").await;
        assert_eq!(keys.own(&mara).await, json!([]));
        let mut device = Device::new();
        let added = keys.add(&mara, &mut device).await;
        assert_eq!((&added["name"], &added["used_at"], &added["suspect"]), (&json!("Browser"), &Value::Null, &json!(false)));
        // With the password alone a code would be asked for now.
        keys.0.enrol(&mara).await;
        keys.0.attempt(MARA).await;
        let entered = keys.enter(&mut device).await;
        assert!(entered.headers["set-cookie"].to_str().unwrap().starts_with("antiphon="));
        assert_eq!(entered.expect(200)["id"], mara.id);
        let own = keys.own(&mara).await;
        assert!(own[0]["used_at"].is_i64() && own[0]["since"].is_i64(), "{own}");
    }

    async fn what_a_browser_is_asked_is_what_was_meant(keys: Keys) {
        let mara = keys.0.house.member("Mara").await;
        let mut device = Device::new();
        keys.add(&mara, &mut device).await;
        let mut browser = Browser::new(&mara);
        let offer = browser.post("/api/me/passkeys", json!({ "password": PASSWORD })).await.expect(200);
        let options = &offer["options"];
        assert_eq!((&options["rp"]["id"], &options["rp"]["name"]), (&json!(DOMAIN), &json!("Riverside")));
        assert_eq!((&options["user"]["name"], &options["user"]["displayName"]), (&json!(MARA), &json!("Mara")));
        assert_eq!((&options["attestation"], &options["timeout"]), (&json!("none"), &json!(300_000)));
        let selection = &options["authenticatorSelection"];
        assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&json!("required"), &json!("required")));
        assert_eq!(options["excludeCredentials"][0]["id"], device.id_text(), "no device gets two");
        let asked = keys.stranger().post("/api/sign-in/passkey", Value::Null).await.expect(200);
        assert_eq!((&asked["options"]["userVerification"], &asked["options"]["allowCredentials"]), (&json!("required"), &json!([])));
        assert_eq!(asked["options"]["rpId"], DOMAIN);
        let proof = browser.post("/api/me/proof/passkey", Value::Null).await.expect(200);
        assert_eq!(proof["options"]["allowCredentials"][0]["id"], device.id_text());
    }

    async fn answers_that_are_not_right_open_nothing_and_sound_the_same(keys: Keys) {
        let (mara, nils) = (keys.0.house.member("Mara").await, keys.0.house.member("Nils").await);
        let (mut device, mut others, mut unknown) = (Device::new(), Device::new(), Device::new());
        keys.add(&mara, &mut device).await;
        keys.add(&nils, &mut others).await;
        unknown.handle = device.handle.clone();
        let mut said = Vec::new();
        said.push(keys.enter(&mut unknown).await);
        for part in ["signature", "authenticator_data", "client_data"] {
            said.push(keys.enter_with(&mut device, |answer| answer[part] = bent(&answer[part])).await);
        }
        // A key of one's own under the name of another's, and another's person behind one's own key.
        let id = device.id_text();
        said.push(keys.enter_with(&mut others, |answer| answer["credential_id"] = json!(id)).await);
        let handle = device.handle.clone();
        said.push(keys.enter_with(&mut others, |answer| answer["user_handle"] = json!(handle)).await);
        said.push(keys.enter_with(&mut device, |answer| answer["user_handle"] = Value::Null).await);
        said.push(keys.enter_with(&mut device, |answer| answer["credential_id"] = json!("%%%")).await);
        said.push(keys.enter_with(&mut device, |answer| answer["client_data"] = json!("e30")).await);
        let lies: Vec<fn(&mut Device)> = vec![
            |device| device.origin = "https://talk.evil.example".to_owned(),
            |device| device.origin = format!("{ORIGIN}:8443"),
            |device| device.origin = format!("http://sub.{DOMAIN}"),
            |device| device.domain = "evil.example".to_owned(),
            |device| device.is_verified = false,
            |device| device.is_present = false,
            |device| device.more = json!({ "type": "webauthn.create" }),
            |device| device.more = json!({ "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }),
            |device| device.more = json!({ "crossOrigin": true, "topOrigin": "https://evil.example" }),
        ];
        for lie in lies {
            lie(&mut device);
            said.push(keys.enter(&mut device).await);
            let honest = Device::new();
            (device.origin, device.domain, device.more) = (honest.origin, honest.domain, honest.more);
            (device.is_verified, device.is_present) = (true, true);
        }
        for (idx, answer) in said.iter().enumerate() {
            assert_eq!((answer.status, answer.problem()), (422, "passkey-failed"), "{idx}: {}", answer.body);
            assert!(!answer.headers.contains_key("set-cookie"), "{idx}");
            assert_eq!((&answer.body["title"], &answer.body["detail"]), (&said[0].body["title"], &said[0].body["detail"]), "{idx}");
        }
        keys.enter(&mut device).await.expect(200);
    }

    async fn a_question_is_answered_once_in_its_browser_and_in_time(keys: Keys) {
        let mara = keys.0.house.member("Mara").await;
        let mut device = Device::new();
        keys.add(&mara, &mut device).await;
        let (mut browser, mut foreign) = (keys.stranger(), keys.stranger());
        foreign.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        let question = browser.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        let answer = device.answer(&question);
        foreign.post("/api/sign-in/passkey/finish", answer.clone()).await.refused(410, "attempt-over");
        keys.stranger().post("/api/sign-in/passkey/finish", answer.clone()).await.refused(410, "attempt-over");
        browser.post("/api/sign-in/passkey/finish", answer.clone()).await.expect(200);
        browser.post("/api/sign-in/passkey/finish", answer.clone()).await.refused(410, "attempt-over");
        // An answer to an old question does not answer a new one.
        let fresh = browser.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        let mut replayed = answer;
        replayed["attempt"] = fresh["attempt"].clone();
        browser.post("/api/sign-in/passkey/finish", replayed).await.refused(422, "passkey-failed");
        // A wrong answer ends the question too.
        let question = browser.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        let mut wrong = device.answer(&question);
        wrong["signature"] = bent(&wrong["signature"]);
        browser.post("/api/sign-in/passkey/finish", wrong).await.refused(422, "passkey-failed");
        browser.post("/api/sign-in/passkey/finish", device.answer(&question)).await.refused(410, "attempt-over");
        let question = browser.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        keys.0.house.server.advance(Duration::from_secs(301));
        browser.post("/api/sign-in/passkey/finish", device.answer(&question)).await.refused(410, "attempt-over");
        // What was asked in order to add one is no question who somebody is, and the other way round.
        let mut own = Browser::new(&mara);
        let offer = own.post("/api/me/passkeys", json!({ "password": PASSWORD })).await.expect(200);
        let answer = device.answer(&offer);
        own.post("/api/sign-in/passkey/finish", answer).await.refused(410, "attempt-over");
        let question = own.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        own.post("/api/me/proof/passkey/finish", device.answer(&question)).await.refused(410, "attempt-over");
    }

    async fn what_is_removed_or_shut_out_opens_nothing(keys: Keys) {
        let (owner, mara) = (&keys.0.house.owner, keys.0.house.member("Mara").await);
        let (mut device, mut second) = (Device::new(), Device::new());
        let id = keys.add(&mara, &mut device).await["id"].as_str().unwrap().to_owned();
        keys.add(&mara, &mut second).await;
        let path = format!("/api/me/passkeys/{id}/remove");
        let nils = keys.0.house.member("Nils").await;
        nils.post(&path, json!({ "password": PASSWORD })).await.refused(404, "not-found");
        mara.post(&path, json!({})).await.refused(422, "invalid");
        mara.post(&path, json!({ "password": "wrong" })).await.refused(422, "invalid");
        // The question is older than the removal.
        let mut browser = keys.stranger();
        let question = browser.post("/api/sign-in/passkey", Value::Null).await.expect(200);
        mara.post(&path, json!({ "password": PASSWORD })).await.expect(204);
        mara.post(&path, json!({ "password": PASSWORD })).await.refused(404, "not-found");
        browser.post("/api/sign-in/passkey/finish", device.answer(&question)).await.refused(422, "passkey-failed");
        keys.enter(&mut second).await.expect(200);
        owner.post(&format!("/api/people/{}/deactivate", mara.id), Value::Null).await.expect(200);
        keys.enter(&mut second).await.refused(422, "passkey-failed");
        owner.post(&format!("/api/people/{}/reactivate", mara.id), Value::Null).await.expect(200);
        keys.enter(&mut second).await.expect(200);
        owner.post(&format!("/api/people/{}/erase", mara.id), json!({ "messages": "keep" })).await.expect(200);
        keys.enter(&mut second).await.refused(422, "passkey-failed");
        let left = |tx: &mut dyn platform::db::Tx| tx.list(&PASSKEYS_LEFT, &[], |_| Ok(()));
        assert_eq!(keys.0.house.server.app.db.read(left).await.unwrap().len(), 0);
    }

    async fn a_counter_that_does_not_grow_tells_of_a_copy(keys: Keys) {
        let mara = keys.0.house.member("Mara").await;
        let mut device = Device::new();
        device.counter = 7;
        keys.add(&mara, &mut device).await;
        device.counter = 9;
        keys.enter(&mut device).await.expect(200);
        for stale in [9, 8, 0] {
            device.counter = stale;
            keys.enter(&mut device).await.refused(422, "passkey-failed");
        }
        assert_eq!(keys.own(&mara).await[0]["suspect"], true);
        device.counter = 10;
        keys.enter(&mut device).await.expect(200);
        let deeds = keys.0.house.server.app.db.read(|tx| tx.list(&DEEDS, &[], |row| row.get::<String>(0)));
        assert_eq!(deeds.await.unwrap(), ["person.passkey_added", "person.passkey_suspected"]);
    }

    async fn keys_are_taken_only_as_they_should_be(keys: Keys) {
        let (mara, nils) = (keys.0.house.member("Mara").await, keys.0.house.member("Nils").await);
        mara.post("/api/me/passkeys", json!({})).await.refused(422, "invalid");
        mara.post("/api/me/passkeys", json!({ "password": "wrong" })).await.refused(422, "invalid");
        keys.0.house.server.stranger().post("/api/me/passkeys", json!({ "password": PASSWORD })).await.refused(401, "signed-out");
        let lies: Vec<fn(&mut Device)> = vec![
            |device| device.origin = "https://evil.example".to_owned(),
            |device| device.domain = "evil.example".to_owned(),
            |device| device.is_verified = false,
            |device| device.more = json!({ "type": "webauthn.get" }),
            |device| device.more = json!({ "crossOrigin": true }),
            |device| device.id = Vec::new(),
            |device| device.id = vec![7; 15],
            |device| device.id = vec![7; 1024],
        ];
        for (idx, lie) in lies.into_iter().enumerate() {
            let mut device = Device::new();
            lie(&mut device);
            let answer = keys.try_add(&mara, &mut device).await;
            assert_eq!((answer.status, answer.problem()), (422, "passkey-failed"), "{idx}: {}", answer.body);
        }
        let mut device = Device::new();
        let mut browser = Browser::new(&mara);
        let offer = browser.post("/api/me/passkeys", json!({ "password": PASSWORD })).await.expect(200);
        let made = device.make(&offer);
        Browser::new(&nils).post("/api/me/passkeys/finish", made.clone()).await.refused(410, "attempt-over");
        let mut huge = made.clone();
        huge["attestation"] = json!("A".repeat(20_000));
        browser.post("/api/me/passkeys/finish", huge).await.refused(422, "passkey-failed");
        let mut flood = made.clone();
        flood["attestation"] = json!("A".repeat(400_000));
        browser.post("/api/me/passkeys/finish", flood).await.refused(413, "too-big");
        browser.post("/api/me/passkeys/finish", made.clone()).await.expect(201);
        browser.post("/api/me/passkeys/finish", made).await.refused(410, "attempt-over");
        // One key is one person's.
        keys.try_add(&nils, &mut device).await.refused(409, "conflict");
        keys.try_add(&mara, &mut device).await.refused(422, "passkey-failed");
        for _ in 1..20 {
            keys.add(&mara, &mut Device::new()).await;
        }
        mara.post("/api/me/passkeys", json!({ "password": PASSWORD })).await.refused(409, "conflict");
    }

    async fn a_passkey_is_called_what_its_person_calls_it(keys: Keys) {
        let (mara, nils) = (keys.0.house.member("Mara").await, keys.0.house.member("Nils").await);
        let id = keys.add(&mara, &mut Device::new()).await["id"].as_str().unwrap().to_owned();
        let path = format!("/api/me/passkeys/{id}");
        assert_eq!(mara.patch(&path, json!({ "name": "  Blue key " })).await.expect(200)["name"], "Blue key");
        for name in [String::new(), "  ".to_owned(), "x".repeat(81)] {
            mara.patch(&path, json!({ "name": name })).await.refused(422, "invalid");
        }
        nils.patch(&path, json!({ "name": "Mine" })).await.refused(404, "not-found");
        assert_eq!(keys.own(&mara).await[0]["name"], "Blue key");
        assert_eq!(keys.own(&nils).await, json!([]));
    }

    async fn a_role_that_needs_a_second_step_has_it_with_a_passkey(keys: Keys) {
        let (owner, mara) = (&keys.0.house.owner, keys.0.house.member("Mara").await);
        let (mut device, mut owners) = (Device::new(), Device::new());
        let id = keys.add(&mara, &mut device).await["id"].as_str().unwrap().to_owned();
        let policy = json!({ "second_step_roles": ["owner", "member"] });
        owner.put("/api/sign-in/policy", policy.clone()).await.refused(409, "conflict");
        keys.add(owner, &mut owners).await;
        owner.put("/api/sign-in/policy", policy).await.expect(200);
        assert_eq!(keys.enter(&mut device).await.expect(200)["id"], mara.id);
        // The password alone cannot set up an app beside the passkey.
        let asked = keys.0.sign_in(MARA).await;
        asked.refused(401, "second-step");
        assert_eq!((&asked.body["enrol"], &asked.body["passkey"]), (&json!(false), &json!(true)));
        let attempt = asked.body["attempt"].as_str().unwrap();
        let set_up = json!({ "attempt": attempt });
        keys.0.house.server.stranger().post("/api/sessions/second/setup", set_up).await.refused(410, "attempt-over");
        keys.0.second(attempt, "123456").await.refused(422, "wrong-code");
        let remove = format!("/api/me/passkeys/{id}/remove");
        mara.post(&remove, json!({ "password": PASSWORD })).await.refused(409, "conflict");
        assert_eq!(keys.own(&mara).await.as_array().map(Vec::len), Some(1), "it is still there");
        keys.0.enrol(&mara).await;
        mara.post(&remove, json!({ "password": PASSWORD })).await.expect(204);
        // Who is locked out is let in by an administrator, who takes passkeys away too.
        let path = format!("/api/people/{}/second-step/remove", mara.id);
        keys.add(&mara, &mut Device::new()).await;
        owner.post(&path, Value::Null).await.expect(204);
        assert_eq!(keys.own(&mara).await, json!([]));
    }

    async fn whoever_shows_a_passkey_needs_no_password_for_ten_minutes(keys: Keys) {
        let (mara, nils) = (keys.0.house.member("Mara").await, keys.0.house.member("Nils").await);
        let (mut device, mut others) = (Device::new(), Device::new());
        mara.post("/api/me/proof/passkey", Value::Null).await.refused(409, "conflict");
        keys.add(&mara, &mut device).await;
        keys.add(&nils, &mut others).await;
        keys.prove(&mara, &mut others).await.refused(422, "passkey-failed");
        mara.post("/api/me/totp", json!({})).await.refused(422, "invalid");
        // Where the key was named, a device need not say whose it is; what it says must be right.
        device.handle = None;
        keys.prove(&mara, &mut device).await.expect(204);
        mara.post("/api/me/totp", json!({})).await.expect(200);
        // Another session has proved nothing.
        let elsewhere = keys.session(&keys.0.sign_in(MARA).await);
        elsewhere.post("/api/me/totp", json!({})).await.refused(422, "invalid");
        keys.0.house.server.advance(Duration::from_secs(601));
        mara.post("/api/me/erase", json!({ "messages": "keep" })).await.refused(422, "invalid");
        keys.prove(&mara, &mut device).await.expect(204);
        mara.post("/api/me/erase", json!({ "messages": "keep" })).await.expect(204);
        keys.enter(&mut device).await.refused(422, "passkey-failed");
    }

    async fn guessing_passkeys_is_limited(keys: Few) {
        let keys = keys.0;
        let mara = keys.0.house.member("Mara").await;
        let mut device = Device::new();
        keys.add(&mara, &mut device).await;
        let mut statuses = Vec::new();
        for _ in 0..7 {
            statuses.push(keys.enter_with(&mut device, |answer| answer["signature"] = bent(&answer["signature"])).await.status);
        }
        assert!(statuses.contains(&429) && statuses.contains(&422), "{statuses:?}");
    }

    async fn where_browsers_have_no_passkeys_there_is_no_such_door(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        let stranger = gate.house.server.stranger();
        assert_eq!(stranger.get("/api/sign-in").await.expect(200)["passkeys"], false);
        stranger.post("/api/sign-in/passkey", Value::Null).await.refused(404, "not-found");
        mara.post("/api/me/passkeys", json!({ "password": PASSWORD })).await.refused(404, "not-found");
        assert_eq!(mara.get("/api/me/sign-in").await.expect(200)["passkeys"], Value::Null);
    }
}

/// Few attempts a minute.
struct Few(Keys);

impl Few {
    async fn begin(store: Store) -> Option<Self> {
        let mut few = Config::for_tests(std::path::Path::new("unused"));
        few.limits.sign_in_per_minute = 6;
        let kept = [accounts::kept(&few), crate::kept()].concat();
        let change = |config: &mut Config| config.public_url = ORIGIN.to_owned();
        let house = House::open_keeping(store, features(), kept, change).await?;
        Some(Self(Keys(Gate { house })))
    }
}

platform::sql! {
    PASSKEYS_LEFT = "select 1 from signin_passkey";
    DEEDS = "select action from audit_entry where action like 'person.passkey%' order by at, id";
}

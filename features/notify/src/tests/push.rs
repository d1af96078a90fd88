//! Web Push against a service of our own, which reads what it gets as a browser would (RFC 8291).

use super::*;
use crate::push::send_due;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::{PublicKey, SecretKey, elliptic_curve::sec1::ToSec1Point};
use platform::both_stores;
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey},
};
use std::sync::{Arc, Mutex};

/// A browser: it makes the keys and keeps the secret ones.
pub(super) struct Browser {
    secret: SecretKey,
    auth: [u8; 16],
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand<const N: usize>(prk: &Prk, info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    prk.expand(&[info], Length(N)).unwrap().fill(&mut out).unwrap();
    out
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

impl Browser {
    pub(super) fn new(seed: u8) -> Self {
        Self {
            secret: SecretKey::from_slice(&[seed; 32]).unwrap(),
            auth: [seed; 16],
        }
    }

    fn public(&self) -> Vec<u8> {
        self.secret.public_key().to_sec1_point(false).as_bytes().to_vec()
    }

    pub(super) fn subscription(&self, endpoint: &str) -> Value {
        let [p256dh, auth] = [self.public(), self.auth.to_vec()].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        json!({ "endpoint": endpoint, "p256dh": p256dh, "auth": auth })
    }

    /// RFC 8188, 2 and RFC 8291, 3.4, from the side of the browser.
    fn read(&self, message: &[u8]) -> Vec<u8> {
        let (salt, rest) = message.split_at(16);
        let (record, rest) = rest.split_at(4);
        assert!(u32::from_be_bytes(record.try_into().unwrap()) as usize >= rest.len());
        let (theirs, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let point = PublicKey::from_sec1_bytes(theirs).unwrap();
        let shared = p256::ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), point.as_affine());
        let info = [b"WebPush: info\0".as_slice(), &self.public(), theirs].concat();
        let prk = Salt::new(HKDF_SHA256, &self.auth).extract(shared.raw_secret_bytes().as_slice());
        let input: [u8; 32] = expand(&prk, &info);
        let prk = Salt::new(HKDF_SHA256, salt).extract(&input);
        let key: [u8; 16] = expand(&prk, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = expand(&prk, b"Content-Encoding: nonce\0");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut sealed = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let plain = key.open_in_place(nonce, Aad::empty(), &mut sealed).unwrap();
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the last record");
        plain[..end].to_vec()
    }
}

/// The example of RFC 8291, Appendix A: our browser reads what others wrote, so what it reads of us is right.
#[test]
fn the_browser_of_these_tests_reads_the_example_of_the_rfc() {
    let browser = Browser {
        secret: SecretKey::from_slice(&decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")).unwrap(),
        auth: decoded("BTBZMqHH6r4Tts7J_aSIgg").try_into().unwrap(),
    };
    let message = decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    let said = b"When I grow up, I want to be a watermelon".to_vec();
    assert_eq!(browser.read(&message), said);
}

#[test]
fn what_is_encrypted_for_a_browser_it_alone_reads() {
    let browser = Browser::new(7);
    let to = |browser: &Browser| {
        crate::push::subscriber(&crate::store::push::Target {
            endpoint: String::new(),
            p256dh: URL_SAFE_NO_PAD.encode(browser.public()),
            auth: URL_SAFE_NO_PAD.encode(browser.auth),
            failing_since: None,
        })
    };
    let to = to(&browser).unwrap();
    for text in ["", "hello", &"ä".repeat(1_700)] {
        let message = crate::push::encrypt(&to, text.as_bytes()).unwrap();
        assert_eq!(browser.read(&message), text.as_bytes());
        assert!(message.len() <= 4_096, "services take no more");
        assert_ne!(
            crate::push::encrypt(&to, text.as_bytes()).unwrap(),
            message,
            "each has keys of its own"
        );
    }
    let lengths = [3, 300].map(|n| crate::push::encrypt(&to, &vec![b'x'; n]).unwrap().len());
    assert_eq!(lengths[0], lengths[1], "its length tells little");
    assert!(crate::push::encrypt(&to, &[b'x'; 3_501]).is_none());
}

/// Nothing is answered.
pub(super) const SILENCE: u16 = 0;

/// What came, and what is answered.
#[derive(Default)]
pub(super) struct Service {
    came: Mutex<Vec<(String, HeaderMap, Bytes)>>,
    answers: Mutex<Vec<u16>>,
}

impl Service {
    async fn start() -> (Arc<Self>, u16) {
        let service = Arc::new(Self::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let take = |State(service): State<Arc<Self>>,
                    Path(path): Path<String>,
                    headers: HeaderMap,
                    body: Bytes| async move {
            service.came.lock().unwrap().push((path, headers, body));
            let answer = service.answers.lock().unwrap().pop().unwrap_or(201);
            if answer == SILENCE {
                std::future::pending::<()>().await;
            }
            StatusCode::from_u16(answer).unwrap()
        };
        let router = Router::new()
            .route("/{path}", post(take))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (service, port)
    }

    pub(super) fn answer(&self, status: u16) {
        self.answers.lock().unwrap().push(status);
    }

    pub(super) fn forget_answers(&self) {
        self.answers.lock().unwrap().clear();
    }

    pub(super) fn take(&self) -> Vec<(String, HeaderMap, Bytes)> {
        std::mem::take(&mut self.came.lock().unwrap())
    }
}

pub(super) struct World {
    pub(super) house: House,
    pub(super) service: Arc<Service>,
    port: u16,
}

impl Begin for World {
    async fn begin(store: Store) -> Option<Self> {
        let (service, port) = Service::start().await;
        let house = open(store, |config| {
            config.outbound.allowed = vec![format!("127.0.0.1:{port}")]
        })
        .await?;
        Some(Self { house, service, port })
    }
}

impl World {
    fn endpoint(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    pub(super) async fn subscribe(&self, who: &platform::testing::Client, browser: &Browser, path: &str) {
        who.put("/api/push/device", browser.subscription(&self.endpoint(path)))
            .await
            .expect(204);
    }

    /// Everything that is due, and what came of it, as `browser` reads it.
    pub(super) async fn pushes(&self, browser: &Browser) -> Vec<(String, Value)> {
        while send_due(&self.house.server.app).await.unwrap() > 0 {}
        let came = self.service.take();
        came.into_iter()
            .map(|(path, _, body)| (path, serde_json::from_slice(&browser.read(&body)).unwrap()))
            .collect()
    }
}

both_stores! {
    async fn who_is_called_is_told_on_the_device_that_was_used_last(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let (desk, hand) = (Browser::new(3), Browser::new(4));
        let phone = signed_in(&world.house, "bob@example.org").await;
        world.subscribe(&bob, &desk, "desk").await;
        world.subscribe(&phone, &hand, "phone").await;
        phone.put("/api/notices/device", json!({})).await.expect(204);
        let channel = direct(&ada, &bob).await;
        let said = say(&ada, &channel, "a **minute**, <script>?").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(send_due(&world.house.server.app).await.unwrap(), 1);
        let came = world.service.take();
        let [(path, headers, body)] = came.as_slice() else { panic!("one push: {came:?}") };
        assert_eq!(path, "phone", "the others stay still");
        assert_eq!((&headers["content-encoding"], &headers["urgency"], &headers["ttl"]), (&"aes128gcm".parse().unwrap(), &"normal".parse().unwrap(), &"27900".parse().unwrap()));
        assert!(headers["topic"].len() <= 32);
        check_word(&world, headers, &bob).await;
        let push: Value = serde_json::from_slice(&hand.read(body)).unwrap();
        assert_eq!((&push["title"], &push["body"]), (&json!("Needs you: Ada"), &json!("a minute, <script>?")));
        assert_eq!(push["message_ids"], json!([said["id"]]));
        assert!(world.pushes(&hand).await.is_empty(), "once");
        let state = bob.get("/api/push").await.expect(200);
        assert_eq!(state["devices"].as_array().unwrap().len(), 2);
        assert_eq!(state["devices"][1]["told_at"], json!(world.house.server.app.clock.now()));
    }

    async fn what_is_read_deleted_or_out_of_sight_by_then_is_in_no_push(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(5);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        let secret = world.house.channel(&ada, "secret", "private").await;
        ada.put(&format!("/api/channels/{secret}/members/{}", bob.id), json!({ "role": "member" })).await.expect(204);
        let read = say(&ada, &channel, "read").await;
        let gone = say(&ada, &world.house.general, &format!("<@{}> gone", bob.id)).await;
        say(&ada, &secret, &format!("<@{}> rhubarb", bob.id)).await;
        let kept = say(&ada, &world.house.general, &format!("<@{}> kept", bob.id)).await;
        pass(&world.house, MOMENT).await;
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": read["seq"] })).await.expect(200);
        ada.delete(&format!("/api/channels/{}/messages/{}", world.house.general, gone["id"].as_str().unwrap())).await.expect(204);
        ada.delete(&format!("/api/channels/{secret}/members/{}", bob.id)).await.expect(204);
        let pushes = world.pushes(&browser).await;
        assert_eq!(pushes.len(), 1);
        assert_eq!(pushes[0].1["message_ids"], json!([kept["id"]]));
        assert_eq!(pushes[0].1["body"], "names you in #general\n@Bob kept");
        assert!(!pushes[0].1.to_string().contains("rhubarb"));
        let shown = say(&ada, &channel, "seen in the app").await;
        pass(&world.house, MOMENT).await;
        bob.post("/api/notices/shown", json!({ "message_ids": [shown["id"]] })).await.expect(204);
        assert!(world.pushes(&browser).await.is_empty());
    }

    async fn several_are_one_push_and_texts_can_be_hidden(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(6);
        world.subscribe(&bob, &browser, "bob").await;
        bob.put("/api/push/settings", json!({ "hides_texts": true })).await.expect(204);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "rhubarb").await;
        pass(&world.house, MOMENT).await;
        let push = world.pushes(&browser).await.remove(0).1;
        assert_eq!((&push["title"], &push["body"]), (&json!("Needs you: a message"), &json!("")));
        assert!(!push.to_string().contains("rhubarb") && !push.to_string().contains("Ada"));
        assert_eq!(bob.get("/api/push").await.expect(200)["hides_texts"], true);
        bob.put("/api/push/settings", json!({ "hides_texts": false })).await.expect(204);
        bob.patch("/api/me", json!({ "language": "de" })).await.expect(200);
        for text in ["one", "two"] {
            say(&ada, &channel, text).await;
        }
        say(&ada, &world.house.general, &format!("<@{}> three", bob.id)).await;
        pass(&world.house, MOMENT).await;
        let push = world.pushes(&browser).await.remove(0).1;
        assert_eq!((&push["title"], &push["body"]), (&json!("Braucht dich: 3 Nachrichten"), &json!("Ada\nAda\nAda in #general")));
    }

    async fn a_device_that_is_gone_is_forgotten_and_a_busy_service_is_asked_later(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(7);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        world.service.answer(503);
        say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(world.pushes(&browser).await.len(), 1);
        assert_ne!(bob.get("/api/push").await.expect(200)["devices"][0]["failing_since"], Value::Null);
        assert!(world.pushes(&browser).await.is_empty(), "not at once");
        world.house.server.advance(Duration::from_secs(11));
        assert_eq!(world.pushes(&browser).await.len(), 1, "once more, because it was not taken");
        assert_eq!(bob.get("/api/push").await.expect(200)["devices"][0]["failing_since"], Value::Null);
        world.service.answer(410);
        say(&ada, &channel, "two").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(world.pushes(&browser).await.len(), 1);
        assert_eq!(bob.get("/api/push").await.expect(200)["devices"], json!([]));
        say(&ada, &channel, "three").await;
        pass(&world.house, MOMENT).await;
        assert!(world.pushes(&browser).await.is_empty());
    }

    async fn later_today_it_comes_once_more(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(11);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        let said = say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        assert_eq!(world.pushes(&browser).await.len(), 1);
        bob.post("/api/notices/later", json!({ "message_ids": [said["id"]] })).await.expect(204);
        assert_eq!(held(&bob).await["n_held"], 1);
        pass(&world.house, HOUR).await;
        assert!(world.pushes(&browser).await.is_empty());
        pass(&world.house, HOUR).await;
        assert_eq!(world.pushes(&browser).await[0].1["message_ids"], json!([said["id"]]));
    }

    async fn a_push_that_may_have_gone_is_not_sent_again(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(8);
        world.subscribe(&bob, &browser, "bob").await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        pass(&world.house, MOMENT).await;
        let app = &world.house.server.app;
        let now = app.clock.now();
        let until = now.after(Duration::from_secs(60));
        let hand = move |tx: &mut dyn platform::db::Tx| crate::store::push::hand_due(tx, now, until, 64);
        assert_eq!(app.db.write(base::PersonId::random(), hand).await.unwrap().len(), 1, "the process dies here");
        assert!(world.pushes(&browser).await.is_empty());
        world.house.server.advance(HOUR);
        assert!(world.pushes(&browser).await.is_empty());
        assert_eq!(n_rows(&world.house, &PUSH_ROWS).await, 0);
    }

    async fn the_test_button_and_the_list_are_ones_own(world: World) {
        let (bob, cy) = (person(&world.house, "Bob").await, person(&world.house, "Cy").await);
        let browser = Browser::new(9);
        bob.post("/api/push/test", json!({})).await.refused(404, "not-found");
        world.subscribe(&bob, &browser, "bob").await;
        assert_eq!(bob.post("/api/push/test", json!({})).await.expect(200)["outcome"], "taken");
        let came = world.service.take();
        let push: Value = serde_json::from_slice(&browser.read(&came[0].2)).unwrap();
        assert_eq!(push["title"], "It works");
        bob.post("/api/push/test", json!({})).await.refused(429, "rate-limited");
        world.house.server.advance(Duration::from_secs(11));
        world.service.answer(404);
        assert_eq!(bob.post("/api/push/test", json!({})).await.expect(200)["outcome"], "gone");
        world.subscribe(&bob, &browser, "bob").await;
        let device = bob.get("/api/push").await.expect(200)["devices"][0].clone();
        assert_eq!(device["is_this"], true);
        let path = format!("/api/push/devices/{}", device["session_id"].as_str().unwrap());
        cy.delete(&path).await.refused(404, "not-found");
        bob.delete(&path).await.expect(204);
        assert_eq!(bob.get("/api/push").await.expect(200)["devices"], json!([]));
        world.subscribe(&bob, &browser, "bob").await;
        bob.delete("/api/sessions/current").await.expect(204);
        assert_eq!(n_rows(&world.house, &PUSH_DEVICE_ROWS).await, 0, "it goes with the session");
    }

    async fn an_address_that_somebody_names_is_looked_at(world: World) {
        let bob = person(&world.house, "Bob").await;
        let browser = Browser::new(10);
        for endpoint in ["http://127.0.0.1/x", "https://[::ffff:127.0.0.1]/x", "https://10.0.0.1/x", "file:///etc/passwd", "ftp://push.example/x", "https://push.example:8443/x", ""] {
            let refusal = bob.put("/api/push/device", browser.subscription(endpoint)).await;
            refusal.refused(422, "invalid");
            assert_eq!(refusal.body["errors"][0]["pointer"], "/endpoint", "{endpoint}");
        }
        for (field, value) in [("p256dh", "AAAA"), ("auth", "AAAA"), ("auth", "not base64!"), ("p256dh", "")] {
            let mut body = browser.subscription(&world.endpoint("bob"));
            body[field] = json!(value);
            bob.put("/api/push/device", body).await.refused(422, "invalid");
        }
    }

    async fn what_went_by_a_rule_is_in_no_push_and_no_summary(world: World) {
        let (ada, bob) = (person(&world.house, "Ada").await, person(&world.house, "Bob").await);
        let browser = Browser::new(17);
        world.subscribe(&bob, &browser, "bob").await;
        say(&ada, &world.house.general, &format!("<@{}> rhubarb", bob.id)).await;
        pass(&world.house, MOMENT).await;
        let mut hours = office("live");
        hours["work"] = json!([{ "weekday": 5, "from_min": 540, "to_min": 1020 }]);
        declare(&bob, hours).await;
        let mut ear = Ear::of(&bob).await;
        say(&ada, &world.house.general, &format!("<@{}> quince", bob.id)).await;
        pass(&world.house, MOMENT).await;
        assert_eq!(held(&bob).await["n_held"], 1);
        world.house.let_general_go().await;
        assert_eq!((held(&bob).await["n_held"].clone(), n_rows(&world.house, &ALL_ROWS).await), (json!(0), 0));
        assert!(world.pushes(&browser).await.is_empty(), "the one that waited to be sent has nothing to say");
        pass(&world.house, 48 * HOUR).await;
        let channel = direct(&ada, &bob).await;
        let said = say(&ada, &channel, "good morning").await;
        pass(&world.house, MOMENT).await;
        let told = ear.released().await;
        assert_eq!((&told["n"], &told["items"][0]["message_id"]), (&json!(1), &said["id"]), "the held one is in no summary");
        let pushes = world.pushes(&browser).await;
        assert_eq!(pushes.len(), 1);
        assert!(!pushes[0].1.to_string().contains("quince"), "{pushes:?}");
    }
}

/// The word by which the service knows the server (RFC 8292): signed with the key that browsers subscribe with.
async fn check_word(world: &World, headers: &HeaderMap, who: &TestPerson) {
    let word = headers["authorization"]
        .to_str()
        .unwrap()
        .strip_prefix("vapid t=")
        .unwrap();
    let (token, key) = word.split_once(", k=").unwrap();
    assert_eq!(who.get("/api/push").await.expect(200)["public_key"], key);
    let (said, signature) = token.rsplit_once('.').unwrap();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(key));
    key.verify(said.as_bytes(), &decoded(signature)).unwrap();
    let claims: Value = serde_json::from_slice(&decoded(said.split_once('.').unwrap().1)).unwrap();
    assert_eq!(claims["aud"], format!("http://127.0.0.1:{}", world.port));
    let hours = (claims["exp"].as_i64().unwrap() - world.house.server.app.clock.now().0 / 1_000_000) / 3_600;
    assert!((1..=24).contains(&hours));
}

//! Another server that says who somebody is: honest answers, and every forgery that one can make of them.

use super::*;
use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::Method;
use platform::{
    config::{NewcomerRole, OidcConfig},
    testing::START,
};
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

const SECRET: &str = "what only the two of them know";

/// A key of the issuer.
struct Key {
    id: &'static str,
    pair: EcdsaKeyPair,
}

impl Key {
    fn new(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self { id, pair }
    }

    fn public(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..]),
        })
    }

    fn sign(&self, claims: &Value) -> String {
        let signed = unsigned(&json!({ "alg": "ES256", "kid": self.id }), claims);
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// What the issuer does; the test changes it as it goes.
#[derive(Default)]
struct Behaviour {
    keys: Vec<Value>,
    token: String,
    n_tokens: usize,
    forms: Vec<HashMap<String, String>>,
}

/// A server of our own that plays the other one.
struct Issuer {
    url: String,
    key: Key,
    behaviour: Arc<Mutex<Behaviour>>,
}

impl Issuer {
    async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::new("first");
        let behaviour = Arc::new(Mutex::new(Behaviour {
            keys: vec![key.public()],
            ..Behaviour::default()
        }));
        let about = json!({
            "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
            "jwks_uri": format!("{url}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        });
        let router = Router::new()
            .route(
                "/.well-known/openid-configuration",
                get(move || async move { Json(about) }),
            )
            .route(
                "/jwks",
                get(|State(state): State<Arc<Mutex<Behaviour>>>| async move {
                    Json(json!({ "keys": state.lock().unwrap().keys }))
                }),
            )
            .route(
                "/token",
                post(
                    |State(state): State<Arc<Mutex<Behaviour>>>, body: String| async move {
                        let mut state = state.lock().unwrap();
                        let form = body.split('&').filter_map(|pair| pair.split_once('='));
                        state.forms.push(
                            form.map(|(key, value)| (key.to_owned(), value.to_owned()))
                                .collect(),
                        );
                        state.n_tokens += 1;
                        Json(json!({ "access_token": "a", "token_type": "Bearer", "id_token": state.token }))
                    },
                ),
            )
            .with_state(behaviour.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, key, behaviour }
    }

    fn config(&self) -> OidcConfig {
        OidcConfig {
            name: "School".to_owned(),
            issuer: self.url.clone(),
            client_id: "antiphon".to_owned(),
            client_secret: SECRET.to_owned(),
            scopes: vec!["profile".to_owned(), "email".to_owned()],
            allowed_domains: Vec::new(),
            create_people: false,
            role: NewcomerRole::Member,
            link_by_email: false,
            allow_private: true,
        }
    }

    /// Right in every way, about Mara, unless the test changes something.
    fn claims(&self, nonce: &str) -> Value {
        let now = START.0 / 1_000_000;
        json!({
            "iss": self.url, "aud": "antiphon", "sub": "mara-17", "nonce": nonce, "iat": now, "exp": now + 300,
            "email": "mara@example.org", "email_verified": true, "name": "Mara Musterfrau",
        })
    }
}

/// A house with a door to the issuer.
struct School {
    gate: Gate,
    issuer: Issuer,
}

/// A browser on its way there and back.
struct Trip {
    state: String,
    nonce: String,
    challenge: String,
    cookie: String,
}

impl School {
    async fn begin(store: Store) -> Option<Self> {
        Self::begin_with(store, |_| ()).await
    }

    async fn begin_with(store: Store, change: impl FnOnce(&mut OidcConfig)) -> Option<Self> {
        let issuer = Issuer::open().await;
        let mut oidc = issuer.config();
        change(&mut oidc);
        let gate = Gate::begin_with(store, |config| config.sign_in.oidc = Some(oidc)).await?;
        Some(Self { gate, issuer })
    }

    async fn go(&self, invitation: Option<&str>) -> Trip {
        let body = json!({ "invitation": invitation, "time_zone": "Asia/Tokyo", "language": "de" });
        trip(
            self.gate
                .house
                .server
                .stranger()
                .post("/api/sign-in/oidc", body)
                .await,
        )
    }

    async fn back(&self, trip: &Trip, token: &str) -> Answer {
        self.back_as(&trip.cookie, &trip.state, token).await
    }

    async fn back_as(&self, cookie: &str, state: &str, token: &str) -> Answer {
        self.issuer.behaviour.lock().unwrap().token = token.to_owned();
        let body = json!({ "code": "code-1", "state": state })
            .to_string()
            .into_bytes();
        let headers = [("content-type", "application/json"), ("cookie", cookie)];
        let stranger = self.gate.house.server.stranger();
        stranger
            .send(Method::POST, "/api/sign-in/oidc/finish", &headers, body)
            .await
    }

    /// Mara's account, tied to who she is there.
    async fn linked(&self) -> TestPerson {
        let mara = self.gate.house.member("Mara").await;
        let trip = trip(mara.post("/api/me/oidc", json!({ "password": PASSWORD })).await);
        let token = self.issuer.key.sign(&self.issuer.claims(&trip.nonce));
        let answer = self.back(&trip, &token).await;
        assert_eq!(answer.expect(200), json!({ "me": null }));
        mara
    }

    fn n_tokens(&self) -> usize {
        self.issuer.behaviour.lock().unwrap().n_tokens
    }
}

#[track_caller]
fn trip(answer: Answer) -> Trip {
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let url = answer.expect(200)["url"].as_str().unwrap().to_owned();
    let query: HashMap<&str, &str> = url
        .split_once('?')
        .unwrap()
        .1
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect();
    assert_eq!(
        (query["response_type"], query["code_challenge_method"]),
        ("code", "S256")
    );
    assert_eq!(query["scope"], "openid+profile+email");
    Trip {
        state: query["state"].to_owned(),
        nonce: query["nonce"].to_owned(),
        challenge: query["code_challenge"].to_owned(),
        cookie: cookie.split(';').next().unwrap().to_owned(),
    }
}

type Forge<'a> = Box<dyn Fn(&Value) -> String + 'a>;

/// Signed as it should be, with one claim that is not right.
fn signed<'a>(key: &'a Key, field: &'static str, value: Value) -> Forge<'a> {
    Box::new(move |claims| {
        let mut claims = claims.clone();
        claims[field] = value.clone();
        key.sign(&claims)
    })
}

both_stores! {
    async fn an_account_is_tied_and_then_opened_by_the_other_server(school: School) {
        let mara = school.linked().await;
        let trip = school.go(None).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        let answer = school.back(&trip, &token).await;
        assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("antiphon="));
        assert_eq!(answer.expect(200)["me"]["id"], mara.id);
        let form = school.issuer.behaviour.lock().unwrap().forms.last().unwrap().clone();
        let verifier = Sha256::digest(&form["code_verifier"]);
        assert_eq!(URL_SAFE_NO_PAD.encode(verifier), trip.challenge, "PKCE");
        let ways = mara.get("/api/me/sign-in").await.expect(200);
        assert_eq!(ways["identity"]["name"], "School");
        mara.post("/api/me/oidc/remove", json!({ "password": PASSWORD })).await.expect(204);
        let trip = school.go(None).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &token).await.refused(403, "identity-unlinked");
    }

    async fn forged_tokens_open_nothing(school: School) {
        school.linked().await;
        let other = Key::new("first");
        let unknown = Key::new("nobody's");
        let now = START.0 / 1_000_000;
        let key = &school.issuer.key;
        let forgeries: Vec<(&str, Forge<'_>)> = vec![
            ("another nonce", signed(key, "nonce", json!("another"))),
            ("no nonce", signed(key, "nonce", Value::Null)),
            ("another audience", signed(key, "aud", json!("somebody-else"))),
            ("more audiences", signed(key, "aud", json!(["antiphon", "somebody-else"]))),
            ("another issuer", signed(key, "iss", json!("https://evil.example"))),
            ("out of date", signed(key, "exp", json!(now - 1))),
            ("alg none", Box::new(|claims| format!("{}.", unsigned(&json!({ "alg": "none" }), claims)))),
            ("HS256 with our secret", Box::new(|claims| {
                let text = unsigned(&json!({ "alg": "HS256" }), claims);
                let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
                let mac = hmac::sign(&key, text.as_bytes());
                format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.as_ref()))
            })),
            ("a foreign key under the right name", Box::new(|claims| other.sign(claims))),
            ("an unknown key", Box::new(|claims| unknown.sign(claims))),
            ("a changed body", Box::new(|claims| {
                let token = school.issuer.key.sign(claims);
                let mut parts: Vec<&str> = token.split('.').collect();
                let mut evil = claims.clone();
                evil["sub"] = json!("olga-1");
                let body = URL_SAFE_NO_PAD.encode(evil.to_string());
                parts[1] = &body;
                parts.join(".")
            })),
            ("no token", Box::new(|_| String::new())),
        ];
        for (name, forge) in forgeries {
            let trip = school.go(None).await;
            let token = forge(&school.issuer.claims(&trip.nonce));
            let answer = school.back(&trip, &token).await;
            assert_eq!((answer.status, answer.problem()), (502, "provider-failed"), "{name}: {}", answer.body);
            assert!(!answer.headers.contains_key("set-cookie"), "{name}");
            let right = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
            school.back(&trip, &right).await.refused(410, "attempt-over");
        }
    }

    async fn what_was_begun_ends_once_in_its_browser_and_in_time(school: School) {
        school.linked().await;
        let (trip, foreign) = (school.go(None).await, school.go(None).await);
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        let before = school.n_tokens();
        school.back_as(&foreign.cookie, &trip.state, &token).await.refused(410, "attempt-over");
        school.back_as("theme=dark", &trip.state, &token).await.refused(410, "attempt-over");
        school.back_as(&trip.cookie, "made-up", &token).await.refused(410, "attempt-over");
        assert_eq!(school.n_tokens(), before, "the other server was not even asked");
        school.back(&trip, &token).await.expect(200);
        school.back(&trip, &token).await.refused(410, "attempt-over");
        let body = json!({ "code": "c", "state": foreign.state, "iss": "https://evil.example" });
        let headers = [("content-type", "application/json"), ("cookie", foreign.cookie.as_str())];
        let mixed_up = school.gate.house.server.stranger();
        let mixed_up = mixed_up.send(Method::POST, "/api/sign-in/oidc/finish", &headers, body.to_string().into_bytes()).await;
        mixed_up.refused(410, "attempt-over");
        school.gate.house.server.advance(Duration::from_secs(601));
        let late = school.issuer.key.sign(&school.issuer.claims(&foreign.nonce));
        school.back(&foreign, &late).await.refused(410, "attempt-over");
    }

    async fn whoever_has_no_password_proves_it_there_and_may_go(school: School) {
        let house = &school.gate.house;
        let invitation = house.invite(json!({
            "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let way = school.go(Some(&invitation)).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&way.nonce));
        let entered = school.back(&way, &token).await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap().to_owned();
        let mara = house.server.with_token(cookie.split(['=', ';']).nth(1).unwrap());
        let me = entered.expect(200)["me"]["id"].clone();
        assert_eq!(mara.get("/api/me/sign-in").await.expect(200)["proven"], true, "the session is new");
        house.server.advance(Duration::from_secs(601));
        let erase = json!({ "messages": "keep" });
        mara.post("/api/me/erase", erase.clone()).await.refused(403, "sign-in-anew");
        mara.post("/api/me/erase", json!({ "messages": "keep", "password": "" })).await.refused(403, "sign-in-anew");
        let now = START.0 / 1_000_000 + 601;
        let prove = async |change: Value| {
            let asked = mara.post("/api/me/proof/oidc", Value::Null).await;
            assert!(asked.body["url"].as_str().unwrap().contains("&max_age=0&prompt=login"), "{}", asked.body);
            let way = trip(asked);
            let mut claims = school.issuer.claims(&way.nonce);
            (claims["iat"], claims["exp"]) = (json!(now), json!(now + 300));
            for (field, value) in change.as_object().unwrap() {
                claims[field] = value.clone();
            }
            school.back(&way, &school.issuer.key.sign(&claims)).await
        };
        // Whoever was signed in there all the while, whoever does not say, and somebody else there.
        prove(json!({ "auth_time": now - 300 })).await.refused(403, "not-proven");
        prove(json!({})).await.refused(403, "not-proven");
        prove(json!({ "auth_time": now, "sub": "somebody-else" })).await.refused(403, "not-proven");
        mara.post("/api/me/erase", erase.clone()).await.refused(403, "sign-in-anew");
        assert_eq!(prove(json!({ "auth_time": now })).await.expect(200), json!({ "me": null }));
        mara.post("/api/me/erase", erase).await.expect(204);
        mara.get("/api/me").await.refused(401, "signed-out");
        let person = house.owner.get(&format!("/api/people/{}", me.as_str().unwrap())).await.expect(200);
        assert_eq!(person["name"], "Deleted person");
    }

    async fn proving_is_for_who_is_tied_to_it(school: School) {
        let nils = school.gate.house.member("Nils").await;
        nils.post("/api/me/proof/oidc", Value::Null).await.refused(409, "conflict");
        let mara = school.linked().await;
        assert_eq!(mara.get("/api/me/sign-in").await.expect(200)["proven"], false);
        let way = trip(mara.post("/api/me/proof/oidc", Value::Null).await);
        let mut claims = school.issuer.claims(&way.nonce);
        claims["auth_time"] = json!(START.0 / 1_000_000);
        school.back(&way, &school.issuer.key.sign(&claims)).await.expect(200);
        assert_eq!(mara.get("/api/me/sign-in").await.expect(200)["proven"], true);
        mara.post("/api/me/totp", json!({})).await.expect(200);
    }

    async fn keys_are_changed_without_us(school: School) {
        school.linked().await;
        let second = Key::new("second");
        school.issuer.behaviour.lock().unwrap().keys = vec![second.public()];
        school.gate.house.server.advance(Duration::from_secs(61));
        let trip = school.go(None).await;
        let token = second.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &token).await.expect(200);
        let trip = school.go(None).await;
        let old = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &old).await.refused(502, "provider-failed");
    }

    async fn a_mail_address_alone_is_nobody(school: School) {
        let mara = school.gate.house.member("Mara").await;
        let trip = school.go(None).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &token).await.refused(403, "identity-unlinked");
        for (field, value) in [("email_verified", json!(false)), ("email_verified", Value::Null), ("email", Value::Null)] {
            let trip = school.go(None).await;
            let mut claims = school.issuer.claims(&trip.nonce);
            claims[field] = value;
            school.back(&trip, &school.issuer.key.sign(&claims)).await.refused(403, "mail-unverified");
        }
        let trip = school.go(None).await;
        let mut claims = school.issuer.claims(&trip.nonce);
        claims["email"] = json!("stranger@example.org");
        school.back(&trip, &school.issuer.key.sign(&claims)).await.refused(403, "identity-unknown");
        mara.post("/api/me/oidc", json!({})).await.refused(422, "invalid");
        mara.post("/api/me/oidc", json!({ "password": "wrong" })).await.refused(422, "invalid");
    }

    async fn an_identity_belongs_to_one_person(school: School) {
        school.linked().await;
        let nils = school.gate.house.member("Nils").await;
        let trip = trip(nils.post("/api/me/oidc", json!({ "password": PASSWORD })).await);
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &token).await.refused(409, "conflict");
    }

    async fn an_invitation_lets_somebody_new_in_and_is_used_up(school: School) {
        let house = &school.gate.house;
        let invitation = house.invite(json!({
            "role": "guest", "space_id": house.space, "channel_ids": [house.general], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let trip = school.go(Some(&invitation)).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        let me = school.back(&trip, &token).await.expect(200)["me"].clone();
        assert_eq!((&me["role"], &me["name"]), (&json!("guest"), &json!("Mara Musterfrau")));
        assert_eq!((&me["time_zone"], &me["language"]), (&json!("Asia/Tokyo"), &json!("de")));
        let trip = school.go(Some(&invitation)).await;
        let mut claims = school.issuer.claims(&trip.nonce);
        claims["sub"] = json!("another");
        claims["email"] = json!("another@example.org");
        school.back(&trip, &school.issuer.key.sign(&claims)).await.refused(404, "link-used");
        let trip = school.go(None).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        assert_eq!(school.back(&trip, &token).await.expect(200)["me"]["id"], me["id"]);
        house.owner.post(&format!("/api/people/{}/deactivate", me["id"].as_str().unwrap()), Value::Null).await.expect(200);
        let trip = school.go(None).await;
        let token = school.issuer.key.sign(&school.issuer.claims(&trip.nonce));
        school.back(&trip, &token).await.refused(403, "identity-unknown");
    }

    async fn the_operator_may_open_the_door_wider_or_close_it(school: Wide) {
        let school = school.0;
        let mara = school.gate.house.member("Mara").await;
        let sign_in = async |change: Value| {
            let trip = school.go(None).await;
            let mut claims = school.issuer.claims(&trip.nonce);
            for (field, value) in change.as_object().unwrap() {
                claims[field] = value.clone();
            }
            school.back(&trip, &school.issuer.key.sign(&claims)).await
        };
        assert_eq!(sign_in(json!({})).await.expect(200)["me"]["id"], mara.id, "by the verified address");
        let new = sign_in(json!({ "sub": "new-1", "email": "new@example.org", "name": "New" })).await.expect(200);
        assert_eq!((&new["me"]["role"], &new["me"]["email"]), (&json!("guest"), &json!("new@example.org")));
        let outside = json!({ "sub": "new-2", "email": "x@elsewhere.example" });
        sign_in(outside).await.refused(403, "identity-unknown");
        let stranger = school.gate.house.server.stranger();
        let ways = stranger.get("/api/sign-in").await.expect(200);
        assert_eq!((&ways["password"], &ways["oidc"]), (&json!(false), &json!("School")));
        school.gate.sign_in("mara@example.org").await.refused(403, "password-off");
        stranger.post("/api/resets", json!({ "email": "mara@example.org" })).await.refused(409, "conflict");
    }

    async fn a_private_address_is_asked_only_where_it_was_allowed(school: Closed) {
        let school = school.0;
        let body = json!({ "invitation": null, "time_zone": "UTC", "language": "en" });
        let answer = school.gate.house.server.stranger().post("/api/sign-in/oidc", body).await;
        answer.refused(502, "provider-failed");
    }

    async fn without_another_server_there_is_no_such_door(gate: Gate) {
        let body = json!({ "invitation": null, "time_zone": "UTC", "language": "en" });
        let stranger = gate.house.server.stranger();
        stranger.post("/api/sign-in/oidc", body).await.refused(404, "not-found");
        let back = json!({ "code": "c", "state": "s" });
        stranger.post("/api/sign-in/oidc/finish", back).await.refused(404, "not-found");
        assert_eq!(stranger.get("/api/sign-in").await.expect(200)["oidc"], Value::Null);
    }
}

/// A door that the operator opened wide, and closed to passwords.
struct Wide(School);

impl Wide {
    async fn begin(store: Store) -> Option<Self> {
        let issuer = Issuer::open().await;
        let oidc = OidcConfig {
            create_people: true,
            role: NewcomerRole::Guest,
            link_by_email: true,
            allowed_domains: vec!["example.org".to_owned()],
            ..issuer.config()
        };
        let gate = Gate::begin_with(store, |config| {
            config.sign_in.oidc = Some(oidc);
            config.sign_in.password = false;
        });
        Some(Self(School {
            gate: gate.await?,
            issuer,
        }))
    }
}

/// An issuer on a private address that nobody allowed.
struct Closed(School);

impl Closed {
    async fn begin(store: Store) -> Option<Self> {
        School::begin_with(store, |oidc| oidc.allow_private = false)
            .await
            .map(Self)
    }
}

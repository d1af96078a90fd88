//! The second step: apps and recovery codes.

use super::*;

const MARA: &str = "mara@example.org";

both_stores! {
    async fn a_password_alone_is_not_enough_any_more(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        gate.sign_in(MARA).await.expect(200);
        let (secret, _) = gate.enrol(&mara).await;
        let attempt = gate.attempt(MARA).await;
        let code = gate.code(&secret);
        let entered = gate.second(&attempt, &code).await;
        assert!(entered.headers.contains_key("set-cookie"));
        let entered = entered.expect(200);
        assert_eq!((&entered["me"]["id"], &entered["recovery_codes"]), (&json!(mara.id), &Value::Null));
        gate.second(&attempt, &code).await.refused(410, "attempt-over");
        let again = gate.attempt(MARA).await;
        gate.second(&again, &code).await.refused(422, "wrong-code");
        gate.wait();
        gate.second(&again, &gate.code(&secret)).await.expect(200);
        let ways = mara.get("/api/me/sign-in").await.expect(200);
        assert!(ways["second_step_since"].is_i64());
        assert_eq!((&ways["password"], &ways["n_recovery_codes"]), (&json!(true), &json!(10)));
    }

    async fn an_attempt_dies_after_five_wrong_codes(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        let (secret, codes) = gate.enrol(&mara).await;
        let attempt = gate.attempt(MARA).await;
        for _ in 0..4 {
            gate.second(&attempt, "000000").await.refused(422, "wrong-code");
        }
        gate.second(&attempt, "nonsense").await.refused(410, "attempt-over");
        gate.second(&attempt, &gate.code(&secret)).await.refused(410, "attempt-over");
        gate.second(&attempt, &codes[0]).await.refused(410, "attempt-over");
        gate.second("never-was-one", &codes[0]).await.refused(410, "attempt-over");
    }

    async fn a_recovery_code_is_good_once(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        let (_, codes) = gate.enrol(&mara).await;
        assert_eq!(codes.len(), 10);
        gate.second(&gate.attempt(MARA).await, &codes[3].to_lowercase()).await.expect(200);
        gate.second(&gate.attempt(MARA).await, &codes[3]).await.refused(422, "wrong-code");
        let other = gate.house.member("Nils").await;
        let (_, others) = gate.enrol(&other).await;
        gate.second(&gate.attempt(MARA).await, &others[0]).await.refused(422, "wrong-code");
        assert_eq!(mara.get("/api/me/sign-in").await.expect(200)["n_recovery_codes"], 9);
        let renewed = mara.post("/api/me/recovery-codes", json!({ "password": PASSWORD })).await.expect(200);
        gate.second(&gate.attempt(MARA).await, &codes[4]).await.refused(422, "wrong-code");
        let fresh = renewed["recovery_codes"][0].as_str().unwrap();
        gate.second(&gate.attempt(MARA).await, fresh).await.expect(200);
    }

    async fn an_attempt_ends_with_its_time_its_password_and_its_person(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        let (secret, codes) = gate.enrol(&mara).await;
        let late = gate.attempt(MARA).await;
        gate.house.server.advance(Duration::from_secs(301));
        gate.second(&late, &gate.code(&secret)).await.refused(410, "attempt-over");
        let before = gate.attempt(MARA).await;
        let change = json!({ "current": PASSWORD, "new": "another long password" });
        mara.post("/api/me/password", change).await.expect(204);
        gate.second(&before, &codes[0]).await.refused(410, "attempt-over");
        let body = json!({ "email": MARA, "password": "another long password" });
        let asked = gate.house.server.stranger().post("/api/sessions", body).await;
        asked.refused(401, "second-step");
        gate.house.owner.post(&format!("/api/people/{}/deactivate", mara.id), Value::Null).await.expect(200);
        let attempt = asked.body["attempt"].as_str().unwrap();
        gate.second(attempt, &codes[0]).await.refused(410, "attempt-over");
    }

    async fn a_secret_counts_once_it_is_confirmed_and_asks_for_the_password(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        for body in [json!({}), json!({ "password": "wrong" })] {
            let refused = mara.post("/api/me/totp", body).await;
            refused.refused(422, "invalid");
            assert_eq!(refused.body["errors"][0]["pointer"], "/password");
        }
        let first = mara.post("/api/me/totp", json!({ "password": PASSWORD })).await.expect(200);
        assert!(first["url"].as_str().unwrap().starts_with("otpauth://totp/Riverside:mara%40example.org?"));
        assert!(first["qr"]["size"].as_i64().unwrap() > 20);
        gate.sign_in(MARA).await.expect(200);
        let second = mara.post("/api/me/totp", json!({ "password": PASSWORD })).await.expect(200);
        let code = |offer: &Value| gate.code(offer["secret"].as_str().unwrap());
        mara.post("/api/me/totp/confirm", json!({ "code": code(&first) })).await.refused(422, "wrong-code");
        mara.post("/api/me/totp/confirm", json!({ "code": code(&second) })).await.expect(200);
        mara.post("/api/me/totp/confirm", json!({ "code": code(&second) })).await.refused(409, "conflict");
        mara.post("/api/me/totp", json!({ "password": PASSWORD })).await.refused(409, "conflict");
        mara.post("/api/me/totp/remove", json!({ "password": "wrong" })).await.refused(422, "invalid");
        mara.post("/api/me/totp/remove", json!({ "password": PASSWORD })).await.expect(204);
        mara.post("/api/me/totp/remove", json!({ "password": PASSWORD })).await.refused(409, "conflict");
        gate.sign_in(MARA).await.expect(200);
    }

    async fn a_role_that_needs_a_second_step_gets_it_on_the_way_in(gate: Gate) {
        let (owner, mara) = (&gate.house.owner, gate.house.member("Mara").await);
        let policy = |roles: Value| json!({ "second_step_roles": roles });
        mara.put("/api/sign-in/policy", policy(json!([]))).await.refused(403, "forbidden");
        owner.put("/api/sign-in/policy", policy(json!(["owner"]))).await.refused(409, "conflict");
        let set = owner.put("/api/sign-in/policy", policy(json!(["member", "member"]))).await.expect(200);
        assert_eq!(set["second_step_roles"], json!(["member"]));
        let answer = gate.sign_in(MARA).await;
        answer.refused(401, "second-step");
        assert_eq!(answer.body["enrol"], true);
        let attempt = answer.body["attempt"].as_str().unwrap();
        gate.second(attempt, "123456").await.refused(422, "wrong-code");
        let set_up = json!({ "attempt": attempt });
        let stranger = gate.house.server.stranger();
        let offer = stranger.post("/api/sessions/second/setup", set_up.clone()).await.expect(200);
        let secret = offer["secret"].as_str().unwrap();
        let entered = gate.second(attempt, &gate.code(secret)).await.expect(200);
        assert_eq!(entered["recovery_codes"].as_array().map(Vec::len), Some(10));
        stranger.post("/api/sessions/second/setup", set_up).await.refused(410, "attempt-over");
        gate.wait();
        let attempt = gate.attempt(MARA).await;
        let sneaked = stranger.post("/api/sessions/second/setup", json!({ "attempt": attempt })).await;
        sneaked.refused(410, "attempt-over");
        gate.second(&attempt, &gate.code(secret)).await.expect(200);
        mara.post("/api/me/totp/remove", json!({ "password": PASSWORD })).await.refused(409, "conflict");
    }

    async fn an_administrator_lets_in_whoever_is_locked_out(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        gate.enrol(&mara).await;
        let path = format!("/api/people/{}/second-step/remove", mara.id);
        let nils = gate.house.member("Nils").await;
        nils.post(&path, Value::Null).await.refused(403, "forbidden");
        let admin = gate.house.joined("Abel", "admin", None, &[]).await;
        gate.enrol(&gate.house.owner).await;
        let owners = format!("/api/people/{}/second-step/remove", gate.house.owner.id);
        admin.post(&owners, Value::Null).await.refused(403, "forbidden");
        admin.post(&path, Value::Null).await.expect(204);
        admin.post(&path, Value::Null).await.refused(409, "conflict");
        gate.sign_in(MARA).await.expect(200);
        gate.sign_in("olga@example.org").await.refused(401, "second-step");
    }

    async fn nothing_is_left_of_whoever_is_erased(gate: Gate) {
        let mara = gate.house.member("Mara").await;
        gate.enrol(&mara).await;
        gate.attempt(MARA).await;
        let rows = |tx: &mut dyn platform::db::Tx| {
            let totp = tx.list(&TOTP_LEFT, &[], |_| Ok(()))?.len();
            Ok::<_, platform::db::Error>(totp + tx.list(&CODES_LEFT, &[], |_| Ok(()))?.len() + tx.list(&FLOWS_LEFT, &[], |_| Ok(()))?.len())
        };
        assert_eq!(gate.house.server.app.db.read(rows).await.unwrap(), 12);
        let path = format!("/api/people/{}/erase", mara.id);
        gate.house.owner.post(&path, json!({ "messages": "keep" })).await.expect(200);
        assert_eq!(gate.house.server.app.db.read(rows).await.unwrap(), 0);
    }

    async fn guessing_is_limited_by_the_person(gate: Limited) {
        let gate = gate.0;
        let mara = gate.house.member("Mara").await;
        gate.enrol(&mara).await;
        let attempt = gate.attempt(MARA).await;
        let mut statuses = Vec::new();
        for _ in 0..5 {
            statuses.push(gate.second(&attempt, "000000").await.status);
        }
        assert!(statuses.contains(&429), "{statuses:?}");
    }
}

/// Few attempts a minute.
struct Limited(Gate);

impl Limited {
    async fn begin(store: Store) -> Option<Self> {
        let mut few = Config::for_tests(std::path::Path::new("unused"));
        few.limits.sign_in_per_minute = 6;
        let kept = [accounts::kept(&few), crate::kept()].concat();
        let house = House::open_keeping(store, features(), kept, |_| ()).await?;
        Some(Self(Gate { house }))
    }
}

platform::sql! {
    TOTP_LEFT = "select 1 from signin_totp";
    CODES_LEFT = "select 1 from signin_recovery_code";
    FLOWS_LEFT = "select 1 from signin_flow";
}

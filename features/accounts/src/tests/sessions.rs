//! Signing in and out, browsers, and tokens of programs.

use super::*;

both_stores! {
    async fn the_right_password_opens_a_session(accounts: Accounts) {
        let answer = accounts.sign_in("  ADA.Lovelace@Example.org ", PASSWORD).await;
        let cookie = cookie(&answer);
        let me = answer.expect(200);
        assert_eq!(me["id"], accounts.ada.id.to_string());
        assert_eq!(
            me,
            json!({"id": me["id"], "name": "Ada Lovelace", "pronunciation": null, "picture": null,
                   "time_zone": "Europe/Lisbon", "language": "en", "role": "owner", "deactivated": false,
                   "email": "ada.lovelace@example.org", "onboarded": false})
        );
        assert!(cookie.ends_with("; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"), "{cookie}");
        let pair = cookie.split(';').next().unwrap();
        let stranger = accounts.server.stranger();
        let again = stranger.send(Method::GET, "/api/me", &[("cookie", pair)], Vec::new()).await;
        assert_eq!(again.headers["set-cookie"], cookie, "its life begins anew");
        assert_eq!(again.expect(200), me);
        stranger.get("/api/me").await.refused(401, "signed-out");
        accounts.server.with_token("nonsense").get("/api/me").await.refused(401, "signed-out");
    }

    async fn unknown_wrong_and_deactivated_look_and_cost_the_same(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        accounts.ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        let word = |kind: &str| format!("{kind} {}", accounts.ada.id);
        let wrong = accounts.sign_in(&accounts.ada.email, &word("wrong")).await;
        wrong.refused(401, "sign-in-failed");
        let unknown = accounts.sign_in("nobody@example.org", &word("unknown")).await;
        let no_address = accounts.sign_in("no\u{0}address", &word("no address")).await;
        let deactivated = accounts.sign_in(&bob.email, PASSWORD).await;
        for answer in [&unknown, &no_address, &deactivated] {
            assert_eq!(without_instance(answer), without_instance(&wrong));
            assert!(!answer.headers.contains_key("set-cookie"));
        }
        for kind in ["wrong", "unknown", "no address"] {
            assert_eq!(runs::of(&word(kind)), 1, "{kind}");
        }
    }

    async fn people_without_a_password_cannot_sign_in(accounts: Accounts) {
        let now = accounts.server.app.clock.now();
        let created = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            let new = NewPerson {
                name: "Imported".into(),
                email: "imported@example.org".into(),
                password_hash: String::new(),
                role: Role::Member,
                time_zone: "UTC".into(),
                language: "en".into(),
            };
            crate::create_person(tx, &new, now)
        });
        created.await.unwrap();
        for password in ["", PASSWORD] {
            accounts.sign_in("imported@example.org", password).await.refused(401, "sign-in-failed");
        }
    }

    async fn an_address_belongs_to_one_person_in_any_case(accounts: Accounts) {
        let now = accounts.server.app.clock.now();
        let created = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            let new = NewPerson {
                name: "Ada Lovelace".into(),
                email: "ADA.LOVELACE@example.org".into(),
                password_hash: String::new(),
                role: Role::Member,
                time_zone: "UTC".into(),
                language: "en".into(),
            };
            crate::create_person(tx, &new, now)
        });
        assert!(matches!(created.await, Err(crate::Error::EmailTaken)));
        let again = accounts.server.app.db.write(journal::ACCESS_SCOPE, move |tx| {
            crate::create_workspace(tx, "Second", now)
        });
        assert!(matches!(again.await, Err(crate::Error::Exists)));
    }

    async fn sessions_are_listed_and_ended(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        accounts.sign_in(&ada.email, PASSWORD).await.expect(200);
        let list = ada.client.get("/api/sessions").await.expect(200);
        let items = list["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items.iter().filter(|item| item["current"] == true).count(), 1);
        let own = items.iter().find(|item| item["current"] == true).unwrap();
        assert_eq!((&own["id"], &own["device"]), (&json!(ada.session.to_string()), &json!("Firefox on Linux")));
        let other = items.iter().find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap();
        let path = format!("/api/sessions/{other}");
        bob.client.delete(&path).await.refused(404, "not-found");
        ada.client.delete(&path).await.expect(204);
        ada.client.delete(&path).await.refused(404, "not-found");
        assert!(ada.is_signed_in().await && bob.is_signed_in().await);
        ada.client.delete(&format!("/api/sessions/{}", ada.session)).await.expect(204);
        assert!(!ada.is_signed_in().await);
    }

    async fn signing_out_ends_the_session_and_its_socket(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let mut listener = bob.listen().await;
        let answer = bob.client.delete("/api/sessions/current").await;
        assert!(cookie(&answer).starts_with("antiphon=; Path=/; Max-Age=0"));
        answer.expect(204);
        assert!(!bob.is_signed_in().await);
        assert_eq!(listener.closed().await, Some(4401));
        assert_eq!(Listener::connect(&bob.client).await.err(), Some(401));
        bob.client.delete("/api/sessions/current").await.refused(401, "signed-out");
        assert!(accounts.ada.is_signed_in().await);
    }

    async fn signing_out_everywhere_else_keeps_this_session(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        program.get("/api/me").await.expect(200);
        bob.client.delete("/api/sessions").await.expect(204);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        assert!(bob.is_signed_in().await && accounts.ada.is_signed_in().await);
    }

    async fn a_token_lets_a_program_act_as_its_person(accounts: Accounts) {
        let ada = &accounts.ada;
        let made = ada.client.post("/api/tokens", json!({"name": " Build  robot "})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        assert_eq!(program.get("/api/me").await.expect(200)["id"], ada.id.to_string());
        let list = ada.client.get("/api/tokens").await.expect(200);
        assert_eq!(list["items"][0]["name"], "Build robot");
        assert_eq!(list["items"][0]["scopes"], json!(["read", "write"]));
        assert!(!list.to_string().contains(made["token"].as_str().unwrap()), "the secret is shown once");
        let sessions = ada.client.get("/api/sessions").await.expect(200);
        assert_eq!(sessions["items"].as_array().map(Vec::len), Some(1), "programs are not among the browsers");
        for name in ["", "a\nb", &"x".repeat(81)] {
            assert_eq!(pointer(&ada.client.post("/api/tokens", json!({"name": name})).await), "/name");
        }
        assert_eq!(pointer(&ada.client.post("/api/tokens", json!({"name": "a", "role": "owner"})).await), "/role");
        for _ in 1..50 {
            ada.client.post("/api/tokens", json!({"name": "More"})).await.expect(201);
        }
        ada.client.post("/api/tokens", json!({"name": "Too many"})).await.refused(409, "conflict");
    }

    async fn a_token_is_good_for_its_scopes_only(accounts: Accounts) {
        let ada = &accounts.ada;
        let token = async |scopes: Value| {
            let body = json!({"name": "Robot", "scopes": scopes});
            let made = ada.client.post("/api/tokens", body).await.expect(201);
            accounts.server.with_token(made["token"].as_str().unwrap())
        };
        let reader = token(json!(["read"])).await;
        let people = token(json!(["people:read"])).await;
        let all = token(json!(["read", "write", "admin"])).await;
        let workspace = json!({"name": "Quay"});
        all.patch("/api/workspace", workspace.clone()).await.expect(200);
        for program in [&reader, &people] {
            program.get("/api/me").await.expect(200);
            let refused = program.patch("/api/workspace", workspace.clone()).await;
            refused.refused(403, "scope");
            assert_eq!(refused.body["needed"], "admin");
            program.patch("/api/me", json!({"name": "Eve"})).await.refused(403, "scope");
        }
        let (_, _) = Listener::open(&reader, json!({})).await;
        assert_eq!(Listener::connect(&people).await.err(), Some(403), "the socket shows everything");
        for (method, path) in [
            (Method::GET, "/api/sessions"),
            (Method::GET, "/api/tokens"),
            (Method::POST, "/api/tokens"),
            (Method::POST, "/api/me/password"),
        ] {
            let answer = all.send(method, path, &[], Vec::new()).await;
            answer.refused(403, "scope");
            assert_eq!(answer.body["needed"], "person", "no token makes itself a better one");
        }
        reader.delete("/api/sessions/current").await.expect(204);
        reader.get("/api/me").await.refused(401, "signed-out");
        for (scopes, expected) in [(json!([]), "/scopes"), (json!(["everything"]), "/scopes/0"), (json!("read"), "/scopes")] {
            let body = json!({"name": "Robot", "scopes": scopes});
            assert_eq!(pointer(&ada.client.post("/api/tokens", body).await), expected);
        }
    }

    async fn a_token_does_not_serve_as_a_cookie_with_more_rights(accounts: Accounts) {
        let body = json!({"name": "Robot", "scopes": ["people:read"]});
        let made = accounts.ada.client.post("/api/tokens", body).await.expect(201);
        let cookie = format!("antiphon={}", made["token"].as_str().unwrap());
        let headers = [("cookie", cookie.as_str())];
        let stranger = accounts.server.stranger();
        stranger.send(Method::GET, "/api/sessions", &headers, Vec::new()).await.refused(403, "scope");
    }

    async fn a_token_ends_at_its_time_with_its_sockets(accounts: Accounts) {
        let ada = &accounts.ada;
        for seconds in [0, 60, u32::MAX] {
            let body = json!({"name": "Robot", "expires_in_s": seconds});
            assert_eq!(pointer(&ada.client.post("/api/tokens", body).await), "/expires_in_s");
        }
        let body = json!({"name": "Robot", "expires_in_s": 7200});
        let made = ada.client.post("/api/tokens", body).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, _) = Listener::open(&program, json!({})).await;
        accounts.server.advance(Duration::from_secs(7199));
        program.get("/api/me").await.expect(200);
        accounts.server.advance(Duration::from_secs(2));
        program.get("/api/me").await.refused(401, "signed-out");
        let app = &accounts.server.app;
        assert_eq!(platform::jobs::run_due(app, app.job_kinds()).await.unwrap(), 1);
        assert_eq!(theirs.closed().await, Some(4401));
        assert_eq!(ada.client.get("/api/tokens").await.expect(200)["items"], json!([]));
        assert!(ada.is_signed_in().await);
    }

    async fn the_browser_unused_for_longest_gives_way(accounts: Accounts) {
        let ada = &accounts.ada;
        let (id, clock) = (ada.id, accounts.server.app.clock.clone());
        for _ in 0..50 {
            accounts.server.advance(Duration::from_secs(1));
            let now = clock.now();
            let opened = accounts.server.app.db.write(id, move |tx| crate::open_session(tx, id, "Safari", now));
            opened.await.unwrap();
        }
        assert!(!ada.is_signed_in().await);
    }

    async fn a_session_ends_after_ninety_days_without_use(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        for _ in 0..4 {
            accounts.server.advance(30 * DAY);
            assert!(bob.is_signed_in().await);
            until(|| async {
                let list = bob.client.get("/api/sessions").await.expect(200);
                list["items"][0]["seen_at"] == json!(accounts.server.app.clock.now().0)
            })
            .await;
        }
        assert!(!accounts.ada.is_signed_in().await, "Ada has not come for 120 days");
        accounts.server.advance(90 * DAY);
        assert!(!bob.is_signed_in().await);
    }

    async fn what_has_run_out_is_forgotten_by_a_job(accounts: Accounts) {
        let bob = accounts.person("Bob", Role::Member).await;
        accounts.ada.client.post(&bob.path("/reset"), json!({})).await.expect(200);
        accounts.server.advance(91 * DAY);
        let app = &accounts.server.app;
        let now = app.clock.now();
        let asked = app.db.write(bob.id, move |tx| {
            platform::jobs::ask(tx, "accounts.forget_old", "regular", "{}", now)
        });
        asked.await.unwrap();
        assert_eq!(platform::jobs::run_due(app, app.job_kinds()).await.unwrap(), 1);
        let rows = app.db.read(|tx| tx.one(&COUNT_ROWS, &[], |row| Ok((row.int(0)?, row.int(1)?)))).await;
        assert_eq!(rows.unwrap(), (Some(0), Some(0)));
    }
}

platform::sql! {
    COUNT_ROWS = "select (select count(*) from session), (select count(*) from password_reset)";
}

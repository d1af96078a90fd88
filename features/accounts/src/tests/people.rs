//! People, their roles, profiles and pictures.

use super::*;

both_stores! {
    async fn who_joins_is_announced(accounts: Accounts) {
        let mut listener = accounts.ada.listen().await;
        let bob = accounts.person("Bob", Role::Member).await;
        let event = listener.event("person.joined").await;
        assert_eq!(event["scope"], accounts.workspace_scope().await);
        assert_eq!(event["body"]["person"]["id"], bob.id.to_string());
        assert_eq!(event["body"]["person"].get("email"), None);
    }

    async fn roles_are_given_by_those_above(accounts: Accounts) {
        let (ada, admin) = (&accounts.ada, accounts.person("Grace", Role::Admin).await);
        let bob = accounts.person("Bob", Role::Member).await;
        let mut listener = bob.listen().await;
        let give = |who: &Somebody, to: &Somebody, role: &str| {
            let (client, path, role) = (who.client.clone(), to.path(""), json!({"role": role}));
            async move { client.patch(&path, role).await }
        };
        assert_eq!(give(&admin, &bob, "guest").await.expect(200)["role"], "guest");
        let event = listener.event("person.changed").await;
        assert_eq!((&event["body"]["person"]["role"], &event["actor"]), (&json!("guest"), &json!(admin.id.to_string())));
        assert_eq!(listener.event("me.changed").await["body"]["me"]["role"], "guest");
        assert_eq!(bob.client.get("/api/me").await.expect(200)["role"], "guest");
        give(&admin, &bob, "owner").await.refused(403, "forbidden");
        give(&admin, ada, "member").await.refused(403, "forbidden");
        give(&admin, &admin, "owner").await.refused(403, "forbidden");
        give(&bob, &bob, "owner").await.refused(403, "forbidden");
        assert_eq!(give(ada, &bob, "owner").await.expect(200)["role"], "owner");
        assert_eq!(give(ada, &bob, "owner").await.expect(200)["role"], "owner", "twice is once");
        assert_eq!(pointer(&give(ada, &bob, "king").await), "/role");
        let unknown = format!("/api/people/{}", PersonId::random());
        ada.client.patch(&unknown, json!({"role": "member"})).await.refused(404, "not-found");
    }

    async fn whoever_lost_their_role_is_refused_at_once(accounts: Accounts) {
        let admin = accounts.person("Grace", Role::Admin).await;
        let bob = accounts.person("Bob", Role::Member).await;
        reset_link(&admin, &bob).await;
        accounts.ada.client.patch(&admin.path(""), json!({"role": "member"})).await.expect(200);
        admin.client.post(&bob.path("/reset"), json!({})).await.refused(403, "forbidden");
    }

    async fn the_last_owner_stays(accounts: Accounts) {
        let ada = &accounts.ada;
        let demote = json!({"role": "admin"});
        ada.client.patch(&ada.path(""), demote.clone()).await.refused(409, "conflict");
        let bob = accounts.person("Bob", Role::Owner).await;
        ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        ada.client.patch(&ada.path(""), demote.clone()).await.refused(409, "conflict");
        ada.client.post(&bob.path("/reactivate"), json!({})).await.expect(200);
        ada.client.patch(&ada.path(""), demote).await.expect(200);
        ada.client.patch(&bob.path(""), json!({"role": "member"})).await.refused(403, "forbidden");
    }

    async fn two_owners_who_demote_each_other_at_once_leave_one(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Owner).await);
        let demote = |who: &Somebody, other: &Somebody| {
            let (client, path) = (who.client.clone(), other.path(""));
            async move { client.patch(&path, json!({"role": "member"})).await.status }
        };
        let (first, second) = tokio::join!(demote(ada, &bob), demote(&bob, ada));
        assert!((first == 200) != (second == 200), "{first} {second}");
        let n_owners = accounts.server.app.db.read(store::count_owners).await;
        assert_eq!(n_owners.unwrap(), 1);
    }

    async fn deactivation_closes_every_door_at_once(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Member).await);
        let link = reset_link(ada, &bob).await;
        let made = bob.client.post("/api/tokens", json!({"name": "Backup"})).await.expect(201);
        let program = accounts.server.with_token(made["token"].as_str().unwrap());
        let (mut theirs, mut mine) = (bob.listen().await, ada.listen().await);
        assert!(bob.is_signed_in().await);
        program.get("/api/me").await.expect(200);
        let person = ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200);
        assert_eq!(person["deactivated"], true);
        assert!(!bob.is_signed_in().await);
        program.get("/api/me").await.refused(401, "signed-out");
        assert_eq!(theirs.closed().await, Some(4401));
        accounts.server.stranger().get(&link).await.refused(404, "not-found");
        assert_eq!(mine.event("person.changed").await["body"]["person"], person);
        assert_eq!(ada.client.post(&bob.path("/deactivate"), json!({})).await.expect(200), person, "twice is once");
        let back = ada.client.post(&bob.path("/reactivate"), json!({})).await.expect(200);
        assert_eq!(back["deactivated"], false);
        assert_eq!(mine.event("person.changed").await["body"]["person"], back);
        assert!(!bob.is_signed_in().await, "old sessions stay ended");
        accounts.sign_in(&bob.email, PASSWORD).await.expect(200);
    }

    async fn nobody_deactivates_themselves_or_those_above(accounts: Accounts) {
        let (ada, admin) = (&accounts.ada, accounts.person("Grace", Role::Admin).await);
        accounts.person("Bob", Role::Owner).await;
        ada.client.post(&ada.path("/deactivate"), json!({})).await.refused(409, "conflict");
        admin.client.post(&ada.path("/deactivate"), json!({})).await.refused(403, "forbidden");
        admin.client.post(&ada.path("/reactivate"), json!({})).await.refused(403, "forbidden");
        let unknown = format!("/api/people/{}/deactivate", PersonId::random());
        ada.client.post(&unknown, json!({})).await.refused(404, "not-found");
    }

    async fn a_profile_is_changed_by_its_person(accounts: Accounts) {
        let (ada, bob) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        let (mut mine, mut theirs) = (bob.listen().await, ada.listen().await);
        let change = json!({"name": "  Robert  ", "pronunciation": "ROB-ert", "time_zone": "asia/tokyo",
                            "language": "pt-BR", "onboarded": true});
        let me = bob.client.patch("/api/me", change).await.expect(200);
        assert_eq!((&me["name"], &me["pronunciation"]), (&json!("Robert"), &json!("ROB-ert")));
        assert_eq!((&me["time_zone"], &me["language"]), (&json!("Asia/Tokyo"), &json!("pt-BR")));
        assert_eq!(me["onboarded"], true);
        assert_eq!(mine.event("me.changed").await["body"]["me"], me);
        assert_eq!(theirs.event("person.changed").await["body"]["person"]["name"], "Robert");
        let me = bob.client.patch("/api/me", json!({"language": "en"})).await.expect(200);
        assert_eq!((&me["name"], &me["pronunciation"]), (&json!("Robert"), &json!("ROB-ert")));
        let me = bob.client.patch("/api/me", json!({"pronunciation": null})).await.expect(200);
        assert_eq!(me["pronunciation"], Value::Null);
        assert_eq!(bob.client.get("/api/me").await.expect(200), me);
    }

    async fn a_profile_keeps_its_rules(accounts: Accounts) {
        let ada = &accounts.ada;
        for (change, place) in [
            (json!({"name": " \u{3000} "}), "/name"),
            (json!({"name": "x".repeat(81)}), "/name"),
            (json!({"name": "a\u{0}b"}), "/name"),
            (json!({"name": null, "time_zone": "Mars/Olympus"}), "/time_zone"),
            (json!({"language": "<script>"}), "/language"),
            (json!({"pronunciation": "a\nb"}), "/pronunciation"),
            (json!({"onboarded": false}), "/onboarded"),
            (json!({"role": "owner"}), "/role"),
            (json!({"email": "eve@example.org"}), "/email"),
            (json!({"deactivated": false}), "/deactivated"),
            (json!({"id": PersonId::random().to_string()}), "/id"),
        ] {
            assert_eq!(pointer(&ada.client.patch("/api/me", change).await), place);
        }
        let hostile = "<img src=x onerror=alert(1)>";
        let me = ada.client.patch("/api/me", json!({"name": hostile})).await.expect(200);
        assert_eq!(me["name"], hostile, "a name is text, and only text");
    }

    async fn a_picture_is_shown_while_somebody_has_it(accounts: Accounts) {
        let (ada, guest) = (&accounts.ada, accounts.person("Bob", Role::Guest).await);
        let png = [("content-type", "text/html")];
        let me = ada.client.send(Method::PUT, "/api/me/picture", &png, one_colour(200)).await.expect(200);
        let path = me["picture"].as_str().unwrap().to_owned();
        assert!(path.starts_with("/api/pictures/"));
        let shown = guest.client.get(&path).await;
        assert_eq!(shown.status, 200);
        assert_eq!(shown.headers["content-type"], "image/jpeg");
        assert_eq!(shown.headers["cache-control"], "private, max-age=31536000, immutable");
        assert_eq!(shown.headers["x-content-type-options"], "nosniff");
        assert_eq!(shown.headers["content-security-policy"], "sandbox");
        accounts.server.stranger().get(&path).await.refused(401, "signed-out");
        for other in ["0".repeat(64), "nonsense".to_owned(), "..%2f..%2fantiphon.db".to_owned()] {
            ada.client.get(&format!("/api/pictures/{other}")).await.refused(404, "not-found");
        }
        let me = ada.client.delete("/api/me/picture").await.expect(200);
        assert_eq!(me["picture"], Value::Null);
        guest.client.get(&path).await.refused(404, "not-found");
    }

    async fn what_is_no_picture_is_refused(accounts: Accounts) {
        let ada = &accounts.ada;
        let put = |bytes: Vec<u8>| ada.client.send(Method::PUT, "/api/me/picture", &[("content-type", "image/png")], bytes);
        put(b"<script>alert(1)</script>".to_vec()).await.refused(422, "invalid");
        put(Vec::new()).await.refused(422, "invalid");
        put(vec![0; crate::model::PICTURE_MAX_BYTES]).await.refused(422, "invalid");
        put(vec![0; crate::model::PICTURE_MAX_BYTES + 1]).await.refused(413, "too-big");
        assert_eq!(ada.client.get("/api/me").await.expect(200)["picture"], Value::Null);
    }

    async fn people_are_found_by_name_and_paged(accounts: Accounts) {
        for name in ["José Núñez", "Zoë", "100% Bob", "Beatriz"] {
            accounts.person(name, Role::Member).await;
        }
        let find = |query: &'static str, before, limit| {
            let found = accounts.server.app.db.read(move |tx| crate::list_people(tx, query, before, limit));
            async { found.await.unwrap() }
        };
        let names = |people: &[crate::Person]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        let all = ["100% Bob", "Ada Lovelace", "Beatriz", "José Núñez", "Zoë"];
        assert_eq!(names(&find("", None, 50).await), all);
        assert_eq!(names(&find("NUNEZ", None, 50).await), ["José Núñez"]);
        assert_eq!(names(&find("0% b", None, 50).await), ["100% Bob"]);
        assert!(find("%", None, 50).await.len() == 1 && find("_", None, 50).await.is_empty());
        assert!(find("\u{0}!", None, 50).await.is_empty());
        let first = find("", None, 3).await;
        let second = find("", first.last().map(|person| person.id), 3).await;
        assert_eq!([names(&first), names(&second)].concat(), all);
        let ids = [first[2].id, PersonId::random(), first[0].id];
        let named = accounts.server.app.db.read(move |tx| crate::people(tx, &ids)).await.unwrap();
        assert_eq!(names(&named), ["100% Bob", "Beatriz"]);
    }
}

/// A PNG of this width and height.
fn one_colour(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb([20, 90, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(picture)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

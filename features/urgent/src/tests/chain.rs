//! The chain: who is called when, and what ends it.

use super::*;
use platform::both_stores;

platform::sql! {
    FORGET_JOBS = "delete from job";
}

both_stores! {
    async fn it_calls_one_after_the_other_until_somebody_takes_it(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        rota(&house, &[&bob], json!([{ "person_id": cy.id, "wait_min": 10 }])).await;
        let mut bobs = ear(&bob).await;
        let mut body = calling(&[]);
        (body["on_call"], body["chain"]) = (json!(true), json!(true));
        let urgent = send(&ada, &house.general, body.clone()).await;
        assert_eq!((&urgent["state"], &urgent["steps"][0]["people"][0]["via"]), (&json!("calling"), &json!("rota")));
        let paged = bobs.event("urgent.paged").await["body"].clone();
        assert_eq!((&paged["nth"], &paged["consented"], &paged["message_id"]), (&json!(0), &json!(true), &urgent["message_id"]));
        assert_eq!(send(&ada, &house.general, body).await["id"], urgent["id"], "sent twice is sent once");
        is(&calls(&ada, &urgent).await, &[(&bob, 1), (&cy, 0)]);
        pass(&house, MINUTE * 4).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1), (&cy, 0)]);
        pass(&house, MINUTE).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 2), (&cy, 0)]);
        pass(&house, MINUTE * 5).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 3), (&cy, 1)]);
        assert_eq!(cy.get("/api/urgents").await.expect(200)["items"][0]["id"], urgent["id"]);
        let taken = act(&cy, &urgent, "take").await.expect(200);
        assert_eq!((&taken["urgent"]["state"], &taken["urgent"]["ended_by"]), (&json!("taken"), &json!(cy.id)));
        assert_eq!(bobs.event("urgent.settled").await["body"]["state"], "taken");
        act(&cy, &urgent, "take").await.expect(200);
        act(&bob, &urgent, "take").await.refused(409, "urgent-over");
        pass(&house, HOUR).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 3), (&cy, 1)]);
        for who in [&bob, &cy] {
            assert_eq!(who.get("/api/urgents").await.expect(200)["items"], json!([]));
        }
    }

    async fn not_me_moves_on_at_once_and_the_end_says_that_nobody_took_it(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        rota(&house, &[], json!([{ "person_id": cy.id, "wait_min": 2 }])).await;
        let mut body = calling(&[&bob]);
        body["chain"] = json!(true);
        let urgent = send(&ada, &house.general, body).await;
        let mut sender = ear(&ada).await;
        pass(&house, MINUTE).await;
        act(&cy, &urgent, "not_me").await.refused(403, "forbidden");
        let view = act(&bob, &urgent, "not_me").await.expect(200);
        assert_eq!(view["urgent"]["steps"][0]["people"][0]["reaction"], "not_me");
        is(&calls(&ada, &urgent).await, &[(&bob, 1), (&cy, 1)]);
        pass(&house, MINUTE).await;
        assert_eq!(state(&ada, &urgent).await, "calling");
        pass(&house, MINUTE).await;
        assert_eq!(state(&ada, &urgent).await, "nobody", "his two minutes began with him");
        assert_eq!(sender.event("urgent.settled").await["body"]["state"], "nobody");
        act(&bob, &urgent, "take").await.expect(200);
        assert_eq!(state(&ada, &urgent).await, "taken", "late is better than never");
    }

    async fn who_sleeps_is_woken_only_by_consent_and_the_chain_does_not_wait(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        declare(&bob, office()).await;
        rota(&house, &[], json!([{ "person_id": cy.id, "wait_min": 10 }])).await;
        house.server.advance(HOUR * 18);
        let morning = platform::testing::START.after(DAY);
        let query = format!("/api/channels/{}/urgents/preview?people={}&chain=true", house.general, bob.id);
        let seen = ada.get(&query).await.expect(200);
        let first = &seen["steps"][0]["people"][0];
        assert_eq!((&first["not_before"], &first["wakes"]), (&json!(morning), &json!(false)));
        assert_eq!(seen["steps"][1]["from"], json!(now(&house)), "nobody waits for who sleeps");
        assert_eq!((&seen["budget_left"], &seen["needs_second"]), (&json!(3), &json!(false)));
        let mut bobs = ear(&bob).await;
        let mut body = calling(&[&bob]);
        body["chain"] = json!(true);
        let urgent = send(&ada, &house.general, body).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 0), (&cy, 1)]);
        let told = bobs.event("urgent.paged").await["body"].clone();
        assert_eq!((&told["held_until"], &told["consented"]), (&json!(morning), &json!(false)));
        let space = space_of(&house, &bob).await;
        bob.put(&format!("/api/spaces/{space}/urgent-consent"), json!({})).await.expect(200);
        let seen = ada.get(&query).await.expect(200);
        assert_eq!(seen["steps"][0]["people"][0]["wakes"], true);
        let second = send(&ada, &house.general, calling(&[&bob])).await;
        is(&calls(&ada, &second).await, &[(&bob, 1)]);
        assert_eq!(bobs.event("urgent.paged").await["body"]["consented"], true);
        bob.delete(&format!("/api/spaces/{space}/urgent-consent")).await.expect(200);
        pass(&house, MINUTE * 5).await;
        is(&calls(&ada, &second).await, &[(&bob, 1)]);
        assert_eq!(state(&ada, &second).await, "nobody", "without his consent nobody is left");
    }

    async fn without_a_reason_its_message_says_what_it_is_about(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let mut body = calling(&[&bob]);
        body["text"] = json!(format!("The **till** is down, <@{}>. {}", bob.id, "word ".repeat(400)));
        let urgent = send(&ada, &house.general, body).await;
        let mine = bob.get("/api/urgents").await.expect(200);
        let told = &mine["items"][0];
        assert_eq!((&told["id"], &told["reason"]), (&urgent["id"], &json!("")));
        let text = told["text"].as_str().unwrap();
        assert!(text.starts_with(&format!("The till is down, <@{}>. word", bob.id)), "{text}");
        assert!(text.chars().count() <= 201, "it is bounded: {}", text.chars().count());
        assert_eq!(cy.get("/api/urgents").await.expect(200)["items"], json!([]));
        let message = format!("/api/channels/{}/messages/{}", house.general, urgent["message_id"].as_str().unwrap());
        ada.delete(&message).await.expect(204);
        let left = bob.get("/api/urgents").await.expect(200).to_string();
        assert!(!left.contains("The till is down"), "gone is gone: {left}");
    }

    async fn hours_may_say_that_what_is_urgent_rings(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let mut hours = office();
        hours["urgent_rings"] = json!(true);
        declare(&bob, hours).await;
        house.server.advance(HOUR * 18);
        let channel = direct(&ada, &bob).await;
        let urgent = send(&ada, &channel, calling(&[&bob])).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1)]);
        bob.post(&format!("/api/channels/{channel}/messages"), json!({ "id": new_id(), "text": "on it" })).await.expect(201);
        assert_eq!(state(&ada, &urgent).await, "answered", "in a conversation of two any answer is one");
    }

    async fn who_is_away_is_stood_in_for_and_a_circle_ends(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let away = |deputy: &TestPerson| {
            let mut hours = always();
            hours["days_off"] = json!([{ "first": "2020-01-01", "last": "2035-01-01", "deputy_id": deputy.id }]);
            hours
        };
        let day = house.server.app.clock.now();
        let today = timing::week::Zone::utc().date(day);
        let leave = |deputy: &TestPerson| {
            let mut hours = away(deputy);
            hours["days_off"][0]["first"] = json!(today.to_string());
            hours["days_off"][0]["last"] = json!(today.tomorrow().unwrap().to_string());
            hours
        };
        declare(&bob, leave(&cy)).await;
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let call = urgent["steps"][0]["people"][0].clone();
        assert_eq!((&call["person_id"], &call["instead_of"]), (&json!(cy.id), &json!(bob.id)));
        declare(&cy, leave(&bob)).await;
        let circle = send(&ada, &house.general, calling(&[&bob, &cy])).await;
        is(&calls(&ada, &circle).await, &[(&bob, 0), (&cy, 0)]);
        assert_eq!(state(&ada, &circle).await, "nobody", "both are away, and nobody has agreed to be called on leave");
    }

    async fn who_goes_home_or_leaves_is_called_no_more(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        declare(&bob, office()).await;
        rota(&house, &[], json!([{ "person_id": cy.id, "wait_min": 30 }])).await;
        house.server.advance(HOUR * 7 + MINUTE * 57);
        let mut body = calling(&[&bob]);
        body["chain"] = json!(true);
        let urgent = send(&ada, &house.general, body).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1), (&cy, 0)]);
        pass(&house, MINUTE * 5).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1), (&cy, 1)]);
        let secret = house.channel(&ada, "secret", "private").await;
        for one in [&bob, &cy] {
            ada.put(&format!("/api/channels/{secret}/members/{}", one.id), json!({ "role": "member" })).await.expect(204);
        }
        let mut body = calling(&[&cy]);
        body["chain"] = json!(true);
        let second = send(&ada, &secret, body).await;
        is(&calls(&ada, &second).await, &[(&cy, 1)]);
        ada.delete(&format!("/api/channels/{secret}/members/{}", cy.id)).await.expect(204);
        assert_eq!(state(&ada, &second).await, "nobody", "nobody who could be called is there");
        pass(&house, MINUTE * 10).await;
        is(&calls(&ada, &second).await, &[(&cy, 1)]);
    }

    async fn a_clock_that_is_wrong_calls_nobody_twice_and_nobody_early(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let clock = &house.server.app.clock;
        clock.set_back(HOUR);
        settle(&house).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 1)]);
        clock.advance(HOUR + MINUTE * 5);
        settle(&house).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 2)]);
        clock.advance(DAY);
        settle(&house).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 2)]);
        assert_eq!(state(&ada, &urgent).await, "nobody");
        clock.set_back(DAY);
        settle(&house).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 2)]);
    }

    async fn a_job_that_was_taken_in_its_time_and_runs_before_it_stays(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let due = now(&house).after(MINUTE * 5);
        let kind = house.server.app.job_kinds().iter().find(|kind| kind.kind == "urgent.step").copied().unwrap();
        // Between the two the clock was set back.
        let run = move |tx: &mut dyn platform::db::Tx| {
            let jobs = jobs::lease(tx, due)?;
            let job = jobs.iter().find(|job| job.kind == "urgent.step").expect("it is due");
            jobs::run(tx, &kind, job, Timestamp(due.0 - 60_000_000))
        };
        house.server.app.db.write(base::PersonId::random(), run).await.unwrap();
        is(&calls(&ada, &urgent).await, &[(&bob, 1)]);
        pass(&house, MINUTE * 5).await;
        is(&calls(&ada, &urgent).await, &[(&bob, 2)]);
    }

    async fn what_nobody_looks_at_any_more_is_over(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let forget = |tx: &mut dyn platform::db::Tx| tx.exec(&FORGET_JOBS, &[]);
        house.server.app.db.write(base::PersonId::random(), forget).await.unwrap();
        let kinds = house.server.app.job_kinds().to_vec();
        let clear: Vec<_> = kinds.into_iter().filter(|kind| kind.kind == "urgent.clear").collect();
        house.server.advance(DAY * 3);
        let at = now(&house);
        let ask = move |tx: &mut dyn platform::db::Tx| jobs::ask(tx, "urgent.clear", "now", "{}", at);
        house.server.app.db.write(base::PersonId::random(), ask).await.unwrap();
        jobs::run_due(&house.server.app, &clear).await.unwrap();
        assert_eq!(state(&ada, &urgent).await, "nobody");
    }

    async fn it_is_over_with_its_message_and_counts_all_the_same(house: House) {
        let (ada, bob) = (person(&house, "Ada").await, person(&house, "Bob").await);
        let mut bobs = ear(&bob).await;
        let urgent = send(&ada, &house.general, calling(&[&bob])).await;
        let message = format!("/api/channels/{}/messages/{}", house.general, urgent["message_id"].as_str().unwrap());
        ada.delete(&message).await.expect(204);
        assert_eq!(bobs.event("urgent.settled").await["body"]["state"], "gone");
        bob.get(&path(&urgent)).await.refused(404, "not-found");
        assert_eq!(bob.get("/api/urgents").await.expect(200)["items"], json!([]));
        let query = format!("/api/channels/{}/urgents/preview?people={}", house.general, bob.id);
        assert_eq!(ada.get(&query).await.expect(200)["budget_left"], 2);
        let taken_back = send(&ada, &house.general, calling(&[&bob])).await;
        act(&bob, &taken_back, "withdraw").await.refused(403, "forbidden");
        act(&ada, &taken_back, "withdraw").await.expect(200);
        act(&ada, &taken_back, "withdraw").await.expect(200);
        act(&bob, &taken_back, "take").await.refused(409, "urgent-over");
    }

    async fn a_chain_whose_message_went_by_a_rule_ends_and_forgets_its_reason(house: House) {
        let (ada, bob, cy) = (person(&house, "Ada").await, person(&house, "Bob").await, person(&house, "Cy").await);
        let mut body = calling(&[&bob]);
        (body["kind"], body["reason"]) = (json!("other"), json!("the red rope"));
        let sent = send(&ada, &house.general, body).await;
        settle(&house).await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        house.let_general_go().await;
        assert_eq!(listener.event("urgent.settled").await["body"]["state"], "gone");
        for reader in [&ada, &bob, &cy] {
            let seen = reader.get(&path(&sent)).await;
            assert!(!seen.body.to_string().contains("rope"), "{}", seen.body);
        }
        let mine = bob.get("/api/urgents").await.expect(200);
        assert_eq!(mine["items"], json!([]));
        pass(&house, HOUR).await;
        let (_, log) = Listener::open(&bob, json!({ bob.id.clone(): 0 })).await;
        assert_eq!(json!(log).to_string().matches("urgent.paged").count(), 1, "nobody is called any more");
        assert!(!json!(log).to_string().contains("rope"));
    }
}

//! Inviting by a list.

use super::*;
use http::Method;
use platform::{
    mail,
    testing::{Answer, Manner, Relay, link_in},
};

struct Mailing {
    house: House,
    relay: Relay,
}

impl Mailing {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let house = House::open_with(store, features(), |config| config.mail = Some(relay.config())).await?;
        Some(Self { house, relay })
    }
}

async fn send(person: &crate::testing::TestPerson, path: &str, list: &[u8]) -> Answer {
    let headers = [("content-type", "text/csv")];
    let path = format!("/api/invitations/list{path}");
    person.send(Method::POST, &path, &headers, list.to_vec()).await
}

fn states(answer: &Value) -> Vec<(i64, &str)> {
    let lines = answer["lines"].as_array().into_iter().flatten();
    lines
        .map(|line| (line["line"].as_i64().unwrap(), line["state"].as_str().unwrap()))
        .collect()
}

async fn run_jobs(house: &House) {
    let app = &house.server.app;
    while platform::jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
}

both_stores! {
    async fn a_list_says_line_by_line_what_it_would_do_and_does_nothing(house: House) {
        house.member("Bob").await;
        let list = "\u{feff}Mail;Name;Role;Space;Channels\r\n\
            new@example.org;Nia;;;\r\n\
            BOB@example.org;Bob;member;;\r\n\
            nobody;;;;\r\n\
            a@example.org;;owner;;\r\n\
            b@example.org;;;Nowhere;\r\n\
            c@example.org;;guest;Riverside;\r\n\
            d@example.org;;guest;riverside;#General\r\n\
            e@example.org;;;Riverside;general|void\r\n\
            NEW@example.org;;;;\r\n";
        let look = send(&house.owner, "/look", list.as_bytes()).await.expect(200);
        assert_eq!(states(&look), [
            (2, "new"), (3, "member"), (4, "wrong_mail"), (5, "wrong_role"), (6, "wrong_space"),
            (7, "guest_needs_channel"), (8, "new"), (9, "wrong_channel"), (10, "double"),
        ]);
        assert_eq!((&look["n_new"], &look["mails"]), (&json!(2), &json!(false)));
        assert_eq!(house.owner.get("/api/invitations").await.expect(200)["items"], json!([]));
    }

    async fn without_mail_the_links_are_shown_once_and_nobody_is_invited_twice(house: House) {
        let list = b"mail,name,role,space,channels\nnia@example.org,=Nia,,Riverside,\ngil@example.org,Gil,guest,Riverside,general\n";
        let done = send(&house.owner, "", list).await.expect(200);
        assert_eq!(states(&done), [(2, "new"), (3, "new")]);
        let report = done["report"].as_str().unwrap();
        assert!(report.contains("\"'=Nia\""), "no formula leaves: {report}");
        let links: Vec<&str> = report.split('"').filter(|part| part.contains("/join/")).collect();
        assert_eq!(links.len(), 2, "{report}");
        let token = links[0].rsplit('/').next().unwrap();
        let again = send(&house.owner, "", list).await.expect(200);
        assert_eq!(states(&again), [(2, "invited"), (3, "invited")]);
        assert!(!again["report"].as_str().unwrap().contains("/join/"));
        assert_eq!(house.owner.get("/api/invitations").await.expect(200)["items"].as_array().map(Vec::len), Some(2));
        let nia = enter(&house.server, house.accept(token, "Nia").await);
        assert_eq!(names(&nia.get("/api/spaces").await.expect(200)), ["Riverside"]);
        let third = send(&house.owner, "/look", list).await.expect(200);
        assert_eq!(states(&third), [(2, "member"), (3, "invited")]);
        let open = house.owner.get("/api/invitations").await.expect(200);
        house.owner.delete(&format!("/api/invitations/{}", id_of(&open["items"][0]))).await.expect(204);
        let fourth = send(&house.owner, "/look", list).await.expect(200);
        assert_eq!(states(&fourth), [(2, "member"), (3, "new")], "what was taken back is open again");
    }

    async fn letters_go_out_by_jobs_one_to_each(mailing: Mailing) {
        let (house, relay) = (&mailing.house, &mailing.relay);
        let mut list = String::from("mail,name\n");
        for n in 0..120 {
            list.push_str(&format!("p{n}@example.org,P {n}\n"));
        }
        let done = send(&house.owner, "", list.as_bytes()).await.expect(200);
        assert_eq!((&done["n_new"], &done["mails"]), (&json!(120), &json!(true)));
        assert!(!done["report"].as_str().unwrap().contains("/join/"), "the links are in the letters");
        let app = &house.server.app;
        while mail::send_due(app).await.unwrap() > 0 {}
        assert_eq!(relay.letters().len(), 0, "nothing is written while somebody waits");
        run_jobs(house).await;
        while mail::send_due(app).await.unwrap() > 0 {}
        let letters = relay.letters();
        assert_eq!(letters.len(), 120);
        let link = link_in(&letters[0]);
        let token = link.rsplit('/').next().unwrap();
        house.server.stranger().get(&format!("/api/invitations/{token}")).await.expect(200);
    }

    async fn who_was_invited_by_a_letter_of_their_own_is_invited_already(mailing: Mailing) {
        let (house, relay) = (&mailing.house, &mailing.relay);
        let list = b"mail\nNia@example.org\ngil@example.org\n";
        let link = async |max_uses: i64| {
            let body = json!({ "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": max_uses, "expires_in_s": 3600 });
            let made = house.owner.post("/api/invitations", body).await.expect(201);
            let token = made["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap().to_owned();
            (id_of(&made), token)
        };
        let mail = async |token: &str, email: &str| {
            house.owner.post(&format!("/api/invitations/{token}/mail"), json!({ "email": email })).await.expect(204);
        };
        let (_, token) = link(5).await;
        mail(&token, " NIA@example.org").await;
        mail(&token, "gil@example.org").await;
        let look = async || send(&house.owner, "/look", list).await.expect(200);
        assert_eq!(states(&look().await), [(2, "invited"), (3, "invited")]);
        house.accept(&token, "Nia").await.expect(201);
        assert_eq!(states(&look().await), [(2, "member"), (3, "invited")], "the link is good for the other still");
        let send_all = async || while mail::send_due(&house.server.app).await.unwrap() > 0 {};
        send_all().await;
        assert_eq!(relay.letters().len(), 2);
        house.server.advance(std::time::Duration::from_secs(3601));
        assert_eq!(states(&look().await), [(2, "member"), (3, "new")]);
        let (id, token) = link(1).await;
        mail(&token, "gil@example.org").await;
        assert_eq!(states(&look().await), [(2, "member"), (3, "invited")]);
        house.owner.delete(&format!("/api/invitations/{id}")).await.expect(204);
        assert_eq!(states(&look().await), [(2, "member"), (3, "new")]);
        send_all().await;
        assert_eq!(relay.letters().len(), 3);
    }

    async fn two_thousand_people_are_invited_at_once(mailing: Mailing) {
        let house = &mailing.house;
        let mut list = String::from("mail,name,space,channels\n");
        for n in 0..2000 {
            list.push_str(&format!("p{n}@example.org,P {n},Riverside,general\n"));
        }
        let began = std::time::Instant::now();
        let done = send(&house.owner, "", list.as_bytes()).await.expect(200);
        let answered = began.elapsed();
        assert_eq!(done["n_new"], 2000);
        run_jobs(house).await;
        println!("2,000 invitations: answered in {answered:.2?}, letters written in {:.2?}", began.elapsed());
        let again = send(&house.owner, "/look", list.as_bytes()).await.expect(200);
        assert_eq!(again["n_new"], 0);
        // Generous: a busy machine, without optimisation. It is the quadratic that must not come back.
        assert!(answered.as_secs() < 30, "{answered:?}");
    }

    async fn a_server_without_groups_knows_none(house: House) {
        let look = send(&house.owner, "/look", b"mail,space,groups\nnia@example.org,Riverside,crew\n").await.expect(200);
        assert_eq!(states(&look), [(2, "wrong_group")]);
    }

    async fn a_file_that_is_no_list_is_refused_with_its_line(house: House) {
        let long = "mail\n".to_owned() + &"x".repeat(1_100_000);
        let many = "mail\n".to_owned() + &"a@b.c\n".repeat(2001);
        for (list, status, words) in [
            (&b"mail\na@b.c\n\xff"[..], 422, "Line 3:"),
            (b"mail,name\na@b.c,\"open\n", 422, "Line 2:"),
            (b"name\nAda\n", 422, "Line 1: has no column mail"),
            (b"mail,phone\n", 422, "Line 1: names an unknown column"),
            (b"mail,email\n", 422, "Line 1: names a column twice"),
            (b"", 422, "Line 1: is empty"),
            (many.as_bytes(), 422, "Line 2002:"),
            (long.as_bytes(), 413, "at most 1 MB"),
        ] {
            let answer = send(&house.owner, "", list).await;
            assert_eq!(answer.status, status, "{}", answer.body);
            assert!(answer.body.to_string().contains(words), "{words} in {}", answer.body);
        }
        let bob = house.member("Bob").await;
        send(&bob, "", b"mail\na@example.org\n").await.refused(403, "forbidden");
        send(&bob, "/look", b"mail\na@example.org\n").await.refused(403, "forbidden");
    }
}

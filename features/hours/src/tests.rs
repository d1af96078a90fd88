//! Hours through HTTP and the socket.

use base::{PersonId, ScopeId, Timestamp};
use jiff::{Zoned, civil::date};
use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, PASSWORD, TestPerson};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![accounts::feature(), spaces::feature(), crate::feature()],
        )
        .await
    }
}

platform::sql! {
    // Another version of the server knew this one.
    MOVE_TO = "update person set time_zone = 'Mars/Olympus_Mons' where id = $1";
}

const ALL_WEEK: [u8; 7] = [1, 2, 3, 4, 5, 6, 7];

fn micros(zoned: &Zoned) -> i64 {
    zoned.timestamp().as_microsecond()
}

fn lines(days: &[u8], from_min: u16, to_min: u16) -> Value {
    let line = |day: &u8| json!({ "weekday": day, "from_min": from_min, "to_min": to_min });
    days.iter().map(line).collect()
}

fn hours(work: Value) -> Value {
    json!({ "work": work, "quiet": null, "focus": [], "focus_allowed": [], "days_off": [], "holidays": null,
        "holidays_worked": [], "profile": "three_times", "urgent_rings": false })
}

async fn save(person: &TestPerson, hours: &Value) -> Value {
    let revision = person.get("/api/hours").await.expect(200)["revision"].clone();
    person
        .put("/api/hours", json!({ "hours": hours, "revision": revision }))
        .await
        .expect(200)
}

async fn shown(who: &TestPerson, of: &[&TestPerson]) -> Vec<Value> {
    let ids: Vec<&str> = of.iter().map(|person| person.id.as_str()).collect();
    let found = who
        .get(&format!("/api/hours/people?ids={}", ids.join(",")))
        .await
        .expect(200);
    let mut items = found["items"].as_array().cloned().unwrap_or_default();
    items.sort_by_key(|item| ids.iter().position(|id| item["person_id"] == **id));
    items
}

/// Days around the moment on the server's clock, in UTC, which is where these people are.
fn days_from_now(house: &House, n: i64) -> String {
    let now = jiff::Timestamp::from_microsecond(house.server.app.clock.now().0).unwrap();
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    day.saturating_add(jiff::Span::new().days(n)).to_string()
}

both_stores! {
    async fn whoever_declared_nothing_has_the_week_of_the_workspace(house: House) {
        let ada = house.member("Ada").await;
        let mine = ada.get("/api/hours").await.expect(200);
        assert_eq!((&mine["revision"], &mine["hours"]["work"]), (&json!(0), &lines(&[1, 2, 3, 4, 5], 540, 1020)));
        let policy = json!({ "work": lines(&[1, 2, 3, 4], 600, 1080), "holidays": "DE-BE", "no_meeting_days": [3, 3] });
        ada.put("/api/time-policy", policy.clone()).await.refused(403, "forbidden");
        let kept = house.owner.put("/api/time-policy", policy).await.expect(200);
        assert_eq!(kept["no_meeting_days"], json!([3]));
        assert_eq!(ada.get("/api/time-policy").await.expect(200), kept);
        let mine = ada.get("/api/hours").await.expect(200);
        assert_eq!((&mine["hours"]["work"], &mine["hours"]["holidays"]), (&kept["work"], &json!("DE-BE")));
        assert_eq!(shown(&house.owner, &[&ada]).await[0]["is_declared"], json!(false));
        for (wrong, pointer) in [
            (json!({ "work": [], "holidays": "Mars", "no_meeting_days": [] }), "/holidays"),
            (json!({ "work": [], "holidays": null, "no_meeting_days": [8] }), "/no_meeting_days"),
        ] {
            let refusal = house.owner.put("/api/time-policy", wrong).await;
            refusal.refused(422, "invalid");
            assert_eq!(refusal.body["errors"][0]["pointer"], pointer);
        }
    }

    async fn what_is_declared_is_kept_and_told_to_other_devices(house: House) {
        let ada = house.member("Ada").await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let saved = save(&ada, &hours(lines(&[2], 0, 1440))).await;
        assert_eq!(saved["revision"], 1);
        assert_eq!(listener.event("hours.changed").await["body"], json!({ "revision": 1 }));
        let refusal = ada.put("/api/hours", json!({ "hours": hours(json!([])), "revision": 0 })).await;
        refusal.refused(409, "hours-changed");
        assert_eq!(refusal.body["revision"], 1);
        assert_eq!(ada.get("/api/hours").await.expect(200), saved);
        let mut wrong = hours(json!([]));
        wrong["quiet"] = lines(&[1], 1440, 0);
        let refusal = ada.put("/api/hours", json!({ "hours": wrong, "revision": 1 })).await;
        refusal.refused(422, "invalid");
        assert_eq!(refusal.body["errors"][0]["pointer"], "/hours/quiet/0");
    }

    async fn others_see_when_somebody_works_and_not_why_they_do_not(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        for person in [&ada, &bob, &cy] {
            person.patch("/api/me", json!({ "time_zone": "UTC" })).await.expect(200);
        }
        let mut away = hours(lines(&ALL_WEEK, 0, 1440));
        let leave = |deputy: &TestPerson| json!([{ "first": days_from_now(&house, -1), "last": days_from_now(&house, 2), "note": "Surgery",
            "deputy_id": deputy.id }]);
        away["days_off"] = leave(&bob);
        away["focus_allowed"] = json!([cy.id]);
        save(&ada, &away).await;
        let seen = shown(&cy, &[&ada]).await;
        assert_eq!((&seen[0]["until"], &seen[0]["away"]["deputy_id"]), (&Value::Null, &json!(bob.id)));
        let back = format!("{}T00:00[UTC]", days_from_now(&house, 3)).parse::<Zoned>().unwrap();
        assert_eq!(seen[0]["away"]["until"], micros(&back));
        assert_eq!(seen[0]["work"][0][0], micros(&back));
        assert!(!json!(seen).to_string().contains("Surgery"));
        assert!(!json!(seen).to_string().contains(&cy.id));
        away["days_off"] = leave(&cy);
        save(&bob, &away).await;
        assert_eq!(shown(&cy, &[&ada]).await[0]["away"]["deputy_id"], json!(cy.id), "Bob is away as well");
        away["days_off"] = leave(&ada);
        save(&cy, &away).await;
        assert_eq!(shown(&cy, &[&ada]).await[0]["away"]["deputy_id"], Value::Null, "they go in a circle");
        away["days_off"][0]["deputy_id"] = json!(base::PersonId::random());
        let refusal = ada.put("/api/hours", json!({ "hours": away, "revision": 1 })).await;
        refusal.refused(422, "invalid");
    }

    async fn a_zone_that_this_version_does_not_know_is_reckoned_as_utc(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        ada.patch("/api/me", json!({ "time_zone": "Mars/Olympus_Mons" })).await.refused(422, "invalid");
        save(&ada, &hours(lines(&ALL_WEEK, 540, 600))).await;
        let id: PersonId = ada.id.parse().expect("an id");
        let lane = ScopeId::from(id);
        let moved = house.server.app.db.write(lane, move |tx| tx.exec(&MOVE_TO, &[id.into()]));
        moved.await.expect("the row is written");
        let tomorrow = format!("{}T09:00[UTC]", days_from_now(&house, 1)).parse::<Zoned>().unwrap();
        let seen = shown(&bob, &[&ada]).await;
        let work = seen[0]["work"].as_array().expect("when they work");
        assert!(work.iter().any(|span| span[0] == micros(&tomorrow)), "{seen:?}");
        assert_eq!(ada.get("/api/hours").await.expect(200)["hours"]["work"], lines(&ALL_WEEK, 540, 600));
    }

    async fn guests_see_those_whom_they_meet(house: House) {
        let (ada, gus) = (house.member("Ada").await, house.guest("Gus", &house.general).await);
        let secret = house.channel(&ada, "secret", "private").await;
        let bob = house.member("Bob").await;
        assert!(!secret.is_empty());
        assert_eq!(shown(&gus, &[&ada]).await.len(), 1);
        house.owner.delete(&format!("/api/channels/{}/members/{}", house.general, bob.id)).await.expect(204);
        assert_eq!(shown(&gus, &[&bob]).await.len(), 0);
        let many: Vec<String> = (0..101).map(|_| base::PersonId::random().to_string()).collect();
        gus.get(&format!("/api/hours/people?ids={}", many.join(","))).await.refused(422, "invalid");
    }

    async fn time_to_think_begins_and_ends_by_hand_and_by_itself(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        save(&ada, &hours(lines(&ALL_WEEK, 0, 1440))).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let begun = ada.put("/api/hours/focus", json!({ "minutes": 90 })).await.expect(200);
        let until = begun["focus_now"]["until"].as_i64().unwrap();
        assert_eq!(until - begun["focus_now"]["from"].as_i64().unwrap(), 90 * 60 * 1_000_000);
        assert_eq!(begun["revision"], 1, "what was declared is as it was");
        listener.event("hours.changed").await;
        assert_eq!(shown(&bob, &[&ada]).await[0]["focus_until"], until);
        let ended = ada.delete("/api/hours/focus").await.expect(200);
        assert_eq!(ended["focus_now"], Value::Null);
        assert_eq!(shown(&bob, &[&ada]).await[0]["focus_until"], Value::Null);
        assert_eq!(ada.delete("/api/hours/focus").await.expect(200), ended);
        for minutes in [4, 721] {
            ada.put("/api/hours/focus", json!({ "minutes": minutes })).await.refused(422, "invalid");
        }
        let undeclared = bob.put("/api/hours/focus", json!({ "minutes": 5 })).await.expect(200);
        assert_eq!(undeclared["revision"], 0);
        save(&bob, &hours(json!([]))).await;
    }

    async fn the_preview_says_what_would_happen(house: House) {
        let ada = house.member("Ada").await;
        let asked = async |hours: &Value, weekday: u8, minute: u16| {
            let asked = json!({ "hours": hours, "weekday": weekday, "minute": minute });
            ada.post("/api/hours/preview", asked).await.expect(200)
        };
        let mut office = hours(lines(&[1, 2, 3, 4, 5], 540, 1020));
        let evening = asked(&office, 2, 21 * 60).await;
        let at = Timestamp(evening["at"].as_i64().unwrap());
        let next_morning = at.after(std::time::Duration::from_secs(12 * 3600));
        assert_eq!(evening["others"], json!({ "how": "quiet", "until": next_morning }));
        assert_eq!(evening["urgent"], evening["others"], "nobody is woken who has not agreed");
        office["urgent_rings"] = json!(true);
        assert_eq!(asked(&office, 2, 21 * 60).await["urgent"], json!({ "how": "now" }));
        office["profile"] = json!("live");
        assert_eq!(asked(&office, 2, 10 * 60).await["others"], json!({ "how": "now" }));
        office["focus"] = lines(&[2], 590, 660);
        assert_eq!(asked(&office, 2, 10 * 60).await["others"]["how"], "focus");
        assert_eq!(asked(&hours(json!([])), 2, 10 * 60).await["others"], json!({ "how": "never" }));
        for (weekday, minute) in [(0, 0), (8, 0), (1, 1440)] {
            let wrong = json!({ "hours": office, "weekday": weekday, "minute": minute });
            ada.post("/api/hours/preview", wrong).await.refused(422, "invalid");
        }
    }

    async fn holidays_are_listed_by_place_and_year(house: House) {
        let ada = house.member("Ada").await;
        let regions = ada.get("/api/holiday-regions").await.expect(200);
        assert!(regions["items"].as_array().unwrap().contains(&json!({ "code": "DE-BY", "name": "Bayern" })));
        let days = ada.get("/api/holidays?region=DE-BY&year=2027").await.expect(200);
        let epiphany = json!({ "day": date(2027, 1, 6).to_string(), "name": "Heilige Drei Könige", "english": "Epiphany" });
        assert!(days["items"].as_array().unwrap().contains(&epiphany));
        for path in ["/api/holidays?region=XX&year=2027", "/api/holidays?region=DE&year=1999"] {
            ada.get(path).await.refused(404, "not-found");
        }
    }

    async fn who_is_erased_leaves_no_hours(house: House) {
        let ada = house.member("Ada").await;
        save(&ada, &hours(lines(&[6], 60, 120))).await;
        let id: base::PersonId = ada.id.parse().unwrap();
        let kept = async || {
            let read = move |tx: &mut dyn platform::db::Tx| crate::store::find(tx, id);
            house.server.app.db.read(read).await.unwrap().is_some()
        };
        assert!(kept().await);
        let body = json!({ "password": PASSWORD, "messages": "keep" });
        ada.post("/api/me/erase", body).await.expect(204);
        assert!(!kept().await);
    }
}

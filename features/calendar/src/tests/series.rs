//! Series through HTTP.

use super::{Begin, DAY, answer, at, list, meeting, of, pointer, propose, wall};
use platform::both_stores;
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of};

/// The Monday on which both Europe and America still have winter; two and four weeks later they have changed their clocks.
const MARCH: i64 = 98;

fn repeating(people: &[&TestPerson], (starts, zone): (&str, &str), repeats: Value) -> Value {
    let time = json!({ "starts": starts, "minutes": 30, "time_zone": zone });
    let mut body = meeting(people, time);
    body["repeats"] = repeats;
    body
}

/// The meetings of somebody from a day on, eight weeks at a time.
async fn all(who: &TestPerson, from: i64) -> Vec<Value> {
    let mut found = Vec::new();
    for n in 0..3 {
        let (from, to) = (at(from + n * 56, "00:00"), at(from + (n + 1) * 56, "00:00"));
        found.extend(list(who, from, to).await);
    }
    found
}

fn on_wall(meeting: &Value, zone: &str) -> String {
    let at =
        jiff::Timestamp::from_microsecond(meeting["starts_at"].as_i64().expect("a time")).expect("a time");
    at.in_tz(zone)
        .expect("a zone")
        .strftime("%m-%d %H:%M")
        .to_string()
}

async fn lives_in(person: &TestPerson, zone: &str) {
    person
        .patch("/api/me", json!({ "time_zone": zone }))
        .await
        .expect(200);
}

both_stores! {
    async fn a_series_keeps_its_time_on_the_wall_when_the_clocks_change(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        lives_in(&bob, "America/New_York").await;
        let weekly = json!({ "every_weeks": 1, "times": 6 });
        let body = repeating(&[&bob], (&wall(MARCH, "10:00"), "Europe/Berlin"), weekly.clone());
        let made = propose(&ada, &body).await;
        let first = &made["meeting"];
        assert_eq!(first["series"], json!({ "id": first["id"], "n": 1, "of": 6, "every_weeks": 1 }));
        assert_eq!(propose(&ada, &body).await["meeting"], *first, "sent twice it is one series");
        let known = all(&bob, MARCH - 7).await;
        let berlin: Vec<String> = known.iter().map(|meeting| on_wall(meeting, "Europe/Berlin")).collect();
        assert_eq!(berlin, ["03-01 10:00", "03-08 10:00", "03-15 10:00", "03-22 10:00", "03-29 10:00", "04-05 10:00"]);
        // Its people are told before whose hour changes on the way.
        let asked = json!({ "aim": "decide", "n_agenda": 1, "time": body["time"], "people": body["people"], "repeats": weekly });
        let preview = ada.post("/api/meetings/preview", asked).await.expect(200);
        let of_bob: Vec<&Value> = preview["shifts"].as_array().expect("a list").iter()
            .filter(|shift| shift["person_id"] == json!(bob.id))
            .map(|shift| &shift["starts"])
            .collect();
        assert_eq!(of_bob, [&json!("2027-03-15T05:00"), &json!("2027-03-29T04:00")]);
        assert_eq!(preview["yearly_minutes"], json!(6 * 60), "six times half an hour of two");
    }

    async fn one_of_them_or_it_and_those_after_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let weekly = json!({ "every_weeks": 2, "times": 5 });
        let body = repeating(&[&bob], (&wall(8, "10:00"), "UTC"), weekly);
        propose(&ada, &body).await;
        let known = all(&bob, 0).await;
        let id = |n: usize| known[n]["id"].as_str().expect("an id").to_owned();
        answer(&bob, &id(0), "no").await.expect(200);
        let path = format!("/api/meetings/{}/answer", id(1));
        bob.put(&path, json!({ "answer": "yes", "following": true })).await.expect(200);
        let said: Vec<Value> = all(&bob, 0).await.iter().map(|meeting| of(meeting, &bob)["answer"].clone()).collect();
        assert_eq!(said, ["no", "yes", "yes", "yes", "yes"].map(Value::from));
        // Moved by an hour from the third on: everybody is asked again.
        let later = json!({ "starts": wall(36, "11:00"), "minutes": 30, "time_zone": "UTC" });
        let change = json!({ "time": later, "revision": 1, "following": true });
        ada.patch(&format!("/api/meetings/{}", id(2)), change).await.expect(200);
        let known = all(&bob, 0).await;
        let times: Vec<String> = known.iter().map(|meeting| on_wall(meeting, "UTC")).collect();
        assert_eq!(times, ["12-01 10:00", "12-15 10:00", "12-29 11:00", "01-12 11:00", "01-26 11:00"]);
        assert_eq!(of(&known[4], &bob)["answer"], json!("open"));
        // Called off from the fourth on; the others stay.
        bob.post(&format!("/api/meetings/{}/cancel?following=true", id(3)), json!({})).await.refused(403, "forbidden");
        ada.post(&format!("/api/meetings/{}/cancel?following=true", id(3)), json!({})).await.expect(200);
        let off: Vec<Value> = all(&bob, 0).await.iter().map(|meeting| meeting["is_canceled"].clone()).collect();
        assert_eq!(off, [false, false, false, true, true].map(Value::from));
    }

    async fn where_people_take_turns_nobody_pays_twice_in_a_row(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        lives_in(&ada, "Europe/London").await;
        lives_in(&bob, "America/Los_Angeles").await;
        let weekly = json!({ "every_weeks": 1, "times": 12, "turns": true });
        propose(&ada, &repeating(&[&bob], (&wall(7, "16:30"), "Europe/London"), weekly)).await;
        let known = all(&ada, 7).await;
        let times: Vec<String> = known.iter().map(|meeting| on_wall(meeting, "Europe/London")).collect();
        assert_eq!(times.len(), 12);
        assert!(times[..6].iter().all(|time| time.ends_with("16:30")), "{times:?}");
        assert!(times[6..].iter().all(|time| time.ends_with("17:00")), "after six weeks it is London's turn: {times:?}");
    }

    async fn a_series_that_cannot_be_is_refused_whole(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let body = |repeats: Value| repeating(&[&bob], (&wall(8, "10:00"), "UTC"), repeats);
        for (repeats, place) in [
            (json!({ "every_weeks": 3, "times": 5 }), "/repeats/every_weeks"),
            (json!({ "every_weeks": 1, "times": 1 }), "/repeats/times"),
            (json!({ "every_weeks": 1, "times": 49 }), "/repeats/times"),
            (json!({ "every_weeks": 4, "times": 48 }), "/repeats/starts"),
        ] {
            let refused = ada.post("/api/meetings", body(repeats)).await;
            assert_eq!(pointer(&refused), place);
        }
        assert_eq!(all(&ada, 0).await, [] as [Value; 0], "nothing of it was written");
    }

    async fn another_calendar_reads_a_series_as_one_event(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let weekly = json!({ "every_weeks": 1, "times": 6 });
        let made = propose(&ada, &repeating(&[&bob], (&wall(MARCH, "10:00"), "Europe/Berlin"), weekly)).await;
        let known = all(&ada, MARCH).await;
        let third = format!("/api/meetings/{}", id_of(&known[2]));
        ada.post(&format!("{third}/cancel"), json!({})).await.expect(200);
        let feed = ada.post("/api/meetings/feed", json!({})).await.expect(201);
        let path = feed["url"].as_str().expect("a link").split("/api/").nth(1).expect("a path").to_owned();
        let read = house.server.stranger().get(&format!("/api/{path}")).await;
        let text = String::from_utf8(read.bytes).expect("a text");
        assert!(text.contains("RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=6"), "{text}");
        assert!(text.contains("DTSTART;TZID=Europe/Berlin:20270301T100000"), "{text}");
        assert!(text.contains("EXDATE;TZID=Europe/Berlin:20270315T100000"), "{text}");
        assert!(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200"), "{text}");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "the series, and the one that was called off");
        assert_eq!(made["meeting"]["starts_at"], json!(at(MARCH, "09:00")));
        assert!(at(MARCH + 28, "08:00") - at(MARCH, "09:00") < 28 * DAY);
    }
}

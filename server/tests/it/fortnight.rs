//! A team of six in six zones lives a fortnight, on a clock that is moved by hand: posts, questions, a holiday, a change of the
//! clocks, an outage at three in the night, meetings, somebody back from leave. What must never happen is counted at its end.

use base::{MessageId, PersonId, Timestamp};
use jiff::civil::{DateTime, Time};
use platform::{
    db::{Row, Tx},
    jobs,
    testing::Store,
};
use serde_json::{Value, json};
use server::app;
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::{collections::HashMap, time::Duration};
use timing::hours::Hours;

const DAY: Duration = Duration::from_secs(24 * 3_600);
const STEP: Duration = Duration::from_secs(5 * 60);
/// From the Monday on which the clocks of the server stand at the beginning to Monday 8 March 2027, midnight: America changes
/// its clocks six days later.
const TO_MARCH_H: u64 = 105 * 24 - 9;

platform::sql! {
    NOTICES = "select person_id, message_id, due_at, urgent, state, settled_at from notice";
    PAGES = "select count(*) from urgent_page";
    PAGES_APART = "select count(*) from (select distinct urgent_id, person_id, nth from urgent_page) as apart";
}

struct Mate {
    person: TestPerson,
    zone: &'static str,
    hours: Hours,
}

impl Mate {
    fn id(&self) -> PersonId {
        PersonId(self.person.id.parse().expect("an id"))
    }

    fn is_at(&self, now: Timestamp, clock: Time) -> bool {
        self.hours.is_available(now) && self.hours.zone().wall(now).time() == clock
    }
}

struct Told {
    person: PersonId,
    message: MessageId,
    due: Option<Timestamp>,
    is_urgent: bool,
    state: String,
    at: Option<Timestamp>,
}

/// What was asked, and what must not have happened.
#[derive(Default)]
struct Count {
    n_posts: usize,
    n_asks: usize,
    n_without_due: usize,
    n_answers: usize,
}

fn line(weekday: u8, (from, to): (u16, u16)) -> Value {
    json!({ "weekday": weekday, "from_min": from, "to_min": to })
}

fn office(more: &Value) -> Value {
    let work: Value = (1..=5).map(|day| line(day, (540, 1_020))).collect();
    let mut hours = json!({ "work": work, "quiet": null, "focus": [], "focus_allowed": [], "days_off": [], "holidays": null,
        "holidays_worked": [], "profile": "three_times", "urgent_rings": false });
    for (key, value) in more.as_object().into_iter().flatten() {
        hours[key] = value.clone();
    }
    hours
}

async fn mate(house: &House, name: &str, zone: &'static str, more: Value) -> Mate {
    let person = house.member(name).await;
    person
        .patch("/api/me", json!({ "time_zone": zone }))
        .await
        .expect(200);
    let revision = person.get("/api/hours").await.expect(200)["revision"].clone();
    let body = json!({ "hours": office(&more), "revision": revision });
    person.put("/api/hours", body).await.expect(200);
    let id = PersonId(person.id.parse().expect("an id"));
    let read = move |tx: &mut dyn Tx| {
        let people = accounts::people(tx, &[id])?;
        hours::list_hours(tx, &people)
    };
    let mut known = house.server.app.db.read(read).await.expect("hours");
    let (hours, _) = known.remove(&id).expect("their hours");
    Mate { person, zone, hours }
}

/// All that comes by itself, at this moment of the server's clock.
async fn settle(house: &House) {
    let app = &house.server.app;
    while jobs::run_due(app, app.job_kinds()).await.expect("jobs run") > 0 {}
    later::work_due(app).await.expect("what is due goes out");
    notify::release_due(app).await.expect("notices are told");
}

async fn say(by: &Mate, channel: &str, text: &str) {
    let body = json!({ "id": new_id(), "text": text });
    let path = format!("/api/channels/{channel}/messages");
    by.person.post(&path, body).await.expect(201);
}

async fn ask(by: &Mate, channel: &str, of: &Mate, count: &mut Count) {
    let message = json!({ "id": new_id(), "text": format!("What do you think, <@{}>?", of.person.id) });
    let body = json!({ "message": message, "ask": { "kind": "question", "people": [of.person.id] } });
    let path = format!("/api/channels/{channel}/asks");
    let asked = by.person.post(&path, body).await.expect(201);
    count.n_asks += 1;
    count.n_without_due += usize::from(asked["ask"]["due"].is_null());
}

/// Answers everything that is on somebody.
async fn answer_all(mate: &Mate, count: &mut Count) {
    let on_me = mate.person.get("/api/asks?side=on_me").await.expect(200);
    for item in on_me["items"].as_array().into_iter().flatten() {
        let (channel, message) = (&item["ask"]["channel_id"], &item["ask"]["message_id"]);
        let path = format!(
            "/api/channels/{}/messages/{}/ask/moves",
            channel.as_str().expect("an id"),
            message.as_str().expect("an id")
        );
        mate.person
            .post(&path, json!({ "move": "answer" }))
            .await
            .expect(200);
        count.n_answers += 1;
    }
}

/// Calls these people; where it stands.
async fn call(by: &Mate, channel: &str, people: &[&Mate]) -> String {
    let people: Vec<&str> = people.iter().map(|mate| mate.person.id.as_str()).collect();
    let body = json!({ "id": new_id(), "message_id": new_id(), "text": "The shop is down", "kind": "outage", "people": people });
    let path = format!("/api/channels/{channel}/urgents");
    let sent = by.person.post(&path, body).await.expect(201);
    format!("{path}/{}", sent["urgent"]["id"].as_str().expect("an id"))
}

/// Takes the fairest time of the next days for these people; how many minutes it asks of each outside of their work.
async fn meet(by: &Mate, with: &[&Mate], (from, days): (Timestamp, u32), outside: &mut HashMap<String, i64>) {
    let people: Vec<Value> = with
        .iter()
        .map(|mate| json!({ "person_id": mate.person.id }))
        .collect();
    let asked = json!({ "aim": "decide", "minutes": 30, "people": people, "from": from.0, "to": from.after(DAY * days).0 });
    let found = by.person.post("/api/meetings/slots", asked).await.expect(200);
    let slot = &found["slots"][0];
    for cost in slot["asked"].as_array().into_iter().flatten() {
        let who = cost["person_id"].as_str().expect("an id").to_owned();
        *outside.entry(who).or_default() += cost["outside_minutes"].as_i64().expect("minutes");
    }
    let starts = Timestamp(slot["starts_at"].as_i64().expect("there is a time"));
    let starts = by
        .hours
        .zone()
        .wall(starts)
        .strftime("%Y-%m-%dT%H:%M")
        .to_string();
    let words = json!({ "title": "Plan the week", "aim": "decide", "agenda": ["What is next"] });
    let time = json!({ "starts": starts, "minutes": 30, "time_zone": by.zone });
    let meeting = json!({ "id": new_id(), "words": words, "time": time, "people": people });
    let made = by.person.post("/api/meetings", meeting).await.expect(201);
    let id = id_of(&made["meeting"]);
    for mate in with {
        let path = format!("/api/meetings/{id}/answer");
        mate.person
            .put(&path, json!({ "answer": "yes" }))
            .await
            .expect(200);
    }
}

async fn told(house: &House) -> Vec<Told> {
    let read = |tx: &mut dyn Tx| {
        tx.list(&NOTICES, &[], |row: &dyn Row| {
            Ok(Told {
                person: row.get(0)?,
                message: row.get(1)?,
                due: row.get_optional(2)?,
                is_urgent: row.get(3)?,
                state: row.get(4)?,
                at: row.get_optional(5)?,
            })
        })
    };
    house.server.app.db.read(read).await.expect("the notices")
}

async fn n_of(house: &House, sql: &'static platform::db::Sql) -> i64 {
    let count = move |tx: &mut dyn Tx| tx.one(sql, &[], |row| row.get(0));
    house.server.app.db.read(count).await.expect("a number")
}

/// What each does at this moment of their own clock.
async fn live(team: &[Mate], (channel, directs): (&str, &[String]), now: Timestamp, count: &mut Count) {
    let at = |hour, minute| Time::constant(hour, minute, 0, 0);
    for (idx, mate) in team.iter().enumerate() {
        let day = usize::try_from(mate.hours.zone().date(now).day()).unwrap_or(0);
        if mate.is_at(now, at(10, 0)) {
            say(mate, channel, "Here I stand.").await;
            count.n_posts += 1;
            ask(
                mate,
                channel,
                &team[(idx + 1 + day % (team.len() - 1)) % team.len()],
                count,
            )
            .await;
        }
        if mate.is_at(now, at(11, 30)) || mate.is_at(now, at(16, 0)) {
            answer_all(mate, count).await;
        }
        if mate.is_at(now, at(15, 0)) {
            say(mate, &directs[idx], "Have you seen it?").await;
            count.n_posts += 1;
        }
    }
}

/// Whether the session in use is known to have been used at this moment.
async fn was_seen(person: &TestPerson, at: Timestamp) -> bool {
    let sessions = person.get("/api/sessions").await.expect(200);
    let mut items = sessions["items"].as_array().into_iter().flatten();
    items.any(|session| session["current"] == true && session["seen_at"].as_i64() >= Some(at.0))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::too_many_lines, reason = "a story that is told in its order")]
async fn a_team_of_six_in_six_zones_lives_a_fortnight() {
    let house = House::open(Store::Sqlite, app::features())
        .await
        .expect("SQLite is always there");
    // Nobody is signed out who is there now and then.
    for _ in 0..8 {
        house.server.advance(Duration::from_secs(TO_MARCH_H * 450));
        let now = house.server.app.clock.now();
        house.owner.get("/api/me").await.expect(200);
        // That somebody was there is written down beside their request.
        while !was_seen(&house.owner, now).await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    let start = house.server.app.clock.now();
    let leave = json!({ "days_off": [{ "first": "2027-03-08", "last": "2027-03-14", "note": "" }] });
    let focus = json!({ "focus": [line(2, (600, 720)), line(4, (600, 720))], "profile": "live" });
    let team = [
        mate(&house, "Ana", "Europe/Lisbon", focus).await,
        mate(
            &house,
            "Ben",
            "America/Los_Angeles",
            json!({ "profile": "hourly" }),
        )
        .await,
        mate(&house, "Cem", "Europe/Istanbul", json!({ "holidays": "IE" })).await,
        mate(&house, "Dee", "Asia/Kolkata", leave).await,
        mate(
            &house,
            "Eli",
            "Australia/Adelaide",
            json!({ "profile": "morning" }),
        )
        .await,
        mate(&house, "Fay", "America/New_York", json!({ "profile": "live" })).await,
    ];
    let [ana, ben, cem, _, eli, fay] = &team;
    let mut directs = Vec::new();
    for idx in 0..team.len() {
        let other = &team[(idx + 3) % team.len()];
        let made = team[idx]
            .person
            .post("/api/directs", json!({ "people": [other.person.id] }))
            .await;
        directs.push(id_of(&made.expect(200)));
    }
    let consent = format!("/api/spaces/{}/urgent-consent", house.space);
    ana.person.put(&consent, json!({})).await.expect(200);
    let (mut count, mut outside) = (Count::default(), HashMap::new());
    let (mut outage, mut unheard) = (None, None);
    let moment = |text: &str| {
        let wall: DateTime = text.parse().expect("a moment");
        ana.hours.zone().start(wall)
    };
    let (night, taken, evening) = (
        moment("2027-03-16T03:00"),
        moment("2027-03-16T03:15"),
        moment("2027-03-19T22:00"),
    );
    let mondays = [moment("2027-03-08T12:00"), moment("2027-03-15T12:00")];
    while house.server.app.clock.now() < start.after(DAY * 14) {
        let now = house.server.app.clock.now();
        live(&team, (&house.general, &directs), now, &mut count).await;
        if mondays.contains(&now) {
            meet(fay, &[ana, ben], (now, 4), &mut outside).await;
            meet(ana, &[eli], (now, 4), &mut outside).await;
        }
        if now == night {
            outage = Some(call(eli, &house.general, &[ana, cem]).await);
        }
        if now == taken {
            let moves = format!("{}/moves", outage.as_deref().expect("it was sent"));
            ana.person
                .post(&moves, json!({ "move": "take" }))
                .await
                .expect(200);
        }
        if now == evening {
            unheard = Some(call(ben, &house.general, &[fay]).await);
        }
        settle(&house).await;
        house.server.advance(STEP);
    }

    let told = told(&house).await;
    println!(
        "{} posts, {} questions, {} answers, {} notices",
        count.n_posts,
        count.n_asks,
        count.n_answers,
        told.len()
    );
    println!(
        "| who | where | told | of these urgent | in quiet or focus | after it was due | outside of work, min |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut n_wrong = 0;
    for mate in &team {
        let own: Vec<&Told> = told
            .iter()
            .filter(|told| told.person == mate.id() && told.state == "released")
            .collect();
        let disturbs = |told: &&&Told| {
            let at = told.at.expect("it was told");
            !told.is_urgent && (mate.hours.is_quiet(at) || mate.hours.focus_end(at, None).is_some())
        };
        let is_late = |told: &&&Told| told.due.zip(told.at).is_some_and(|(due, at)| at > due);
        let (n_disturb, n_late) = (
            own.iter().filter(disturbs).count(),
            own.iter().filter(is_late).count(),
        );
        n_wrong += n_disturb + n_late;
        let n_urgent = own.iter().filter(|told| told.is_urgent).count();
        let minutes = outside.get(&mate.person.id).copied().unwrap_or(0);
        println!(
            "| {} | {} | {} | {n_urgent} | {n_disturb} | {n_late} | {minutes} |",
            mate.person.id,
            mate.zone,
            own.len()
        );
    }
    assert_eq!(
        n_wrong, 0,
        "nothing that can wait in anybody's quiet or focus, and nothing told too late"
    );
    assert!(count.n_asks > 40 && count.n_answers > 40, "they have lived");
    assert_eq!(count.n_without_due, 0, "no question without a time");
    let now = house.server.app.clock.now();
    let forgotten = told
        .iter()
        .filter(|told| told.state == "held" && told.due.is_some_and(|due| due < now));
    let forgotten: Vec<MessageId> = forgotten.map(|told| told.message).collect();
    assert_eq!(
        forgotten,
        [] as [MessageId; 0],
        "nothing was held until it was too late"
    );
    let state = |path: Option<String>| {
        let ana = &ana.person;
        async move { ana.get(&path.expect("it was sent")).await.expect(200)["urgent"]["state"].clone() }
    };
    assert_eq!(state(outage).await, json!("taken"));
    assert_eq!(state(unheard).await, json!("nobody"), "it ended in the open");
    assert_eq!(
        n_of(&house, &PAGES).await,
        n_of(&house, &PAGES_APART).await,
        "no page twice"
    );
    let night_call = told.iter().find(|told| told.person == ana.id() && told.is_urgent);
    let rang = night_call.and_then(|told| told.at).expect("it rang");
    assert!(
        rang <= night.after(STEP) && ana.hours.is_quiet(rang),
        "who agreed is woken"
    );
    let of_three = [ana, ben, fay].map(|mate| outside.get(&mate.person.id).copied().unwrap_or(0));
    let (most, least) = (of_three.iter().max().copied(), of_three.iter().min().copied());
    assert!(
        most.zip(least).is_some_and(|(most, least)| most - least <= 60),
        "{of_three:?}: the burden goes round"
    );
}

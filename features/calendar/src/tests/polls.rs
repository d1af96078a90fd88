//! Questions when people can: asked, answered here and outside, chosen from, closed, and gone.

use super::{Begin, DAY, at, guests::Post, meeting, pointer, propose, time, wall};
use crate::{
    poll_wire::TimeChoice,
    polls::Answer,
    store::polls::{Answerer, put_answer},
};
use base::{TimePollAnswerId, TimePollId};
use platform::{
    both_stores,
    db::Tx,
    jobs,
    testing::{Client, Listener, START},
};
use serde_json::{Value, json};
use spaces::testing::{House, PASSWORD, TestPerson, id_of, new_id};
use std::time::Duration;

/// Tuesday at ten, Wednesday at ten and at two.
fn question(people: &[&TestPerson]) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    json!({
        "id": new_id(), "title": "Visit of the harbour", "about": "We look at the cranes", "minutes": 60, "time_zone": "UTC",
        "starts": [wall(2, "14:00"), wall(1, "10:00"), wall(2, "10:00")], "ends_at": at(1, "09:00"), "people": people,
    })
}

async fn ask(who: &TestPerson, body: &Value) -> Value {
    who.post("/api/time-polls", body.clone()).await.expect(201)
}

fn path_of(view: &Value) -> String {
    format!("/api/time-polls/{}", id_of(&view["poll"]))
}

/// Where the link leads, for programs.
fn link_of(view: &Value) -> String {
    let link = view["link"].as_str().expect("a link");
    format!("/api/when/{}", link.rsplit('/').next().unwrap())
}

/// A key as a browser makes it.
fn key(n: u8) -> String {
    format!("{n:0>43}")
}

fn said(name: &str, address: &str, choices: [&str; 3]) -> Value {
    json!({ "name": name, "address": address, "language": "de", "choices": choices })
}

async fn say(stranger: &Client, link: &str, n: u8, body: Value) -> platform::testing::Answer {
    stranger.put(&format!("{link}/answers/{}", key(n)), body).await
}

fn counts(view: &Value) -> Vec<(i64, i64, i64)> {
    let times = view["times"].as_array().unwrap();
    let n = |time: &Value, name: &str| time[name].as_i64().unwrap();
    times
        .iter()
        .map(|time| (n(time, "n_yes"), n(time, "n_maybe"), n(time, "n_no")))
        .collect()
}

fn ranks(view: &Value) -> Vec<Option<i64>> {
    let times = view["times"].as_array().unwrap();
    times.iter().map(|time| time["rank"].as_i64()).collect()
}

const DAYS: Duration = Duration::from_secs(24 * 3_600);

both_stores! {
    async fn people_here_and_outside_say_when_they_can_and_whoever_asks_sees_it(post: Post) {
        let (ada, bob, eve) = (post.house.member("Ada").await, post.house.member("Bob").await, post.house.member("Eve").await);
        let (mut asked, _) = Listener::open(&bob, json!({})).await;
        let (mut maker, _) = Listener::open(&ada, json!({})).await;
        let body = question(&[&bob]);
        let made = ask(&ada, &body).await;
        let starts: Vec<i64> = made["times"].as_array().unwrap().iter().map(|time| time["starts_at"].as_i64().unwrap()).collect();
        assert_eq!(starts, [at(1, "10:00"), at(2, "10:00"), at(2, "14:00")], "in their order");
        assert_eq!((&made["poll"]["state"], &made["can_change"], &made["own"]), (&json!("open"), &json!(true), &json!([])));
        assert_eq!(id_of(&ask(&ada, &body).await["poll"]), id_of(&made["poll"]), "sending twice asks once");
        let told = asked.event("time_poll.asked").await;
        assert_eq!(told["body"], json!({ "time_poll_id": id_of(&made["poll"]) }), "no event holds a word of it");
        let path = path_of(&made);
        eve.get(&path).await.refused(404, "not-found");
        eve.post("/api/time-polls", body.clone()).await.refused(409, "conflict");
        let bobs = bob.get(&path).await.expect(200);
        assert_eq!((&bobs["link"], &bobs["can_change"]), (&Value::Null, &json!(false)), "who is asked gives no link away");
        let costs = bobs["times"][0]["costs"].as_array().unwrap();
        assert_eq!((costs.len(), &costs[0]["person_id"]), (1, &json!(bob.id)), "what his own hours say");
        let own = bob.put(&format!("{path}/answer"), json!({ "choices": ["yes", "maybe", "no"] })).await.expect(200);
        assert_eq!((&own["own"], &own["answers"]), (&json!(["yes", "maybe", "no"]), &json!([])), "names are not shown");
        assert_eq!(maker.event("time_poll.changed").await["actor"], bob.id.as_str());
        bob.put(&format!("{path}/answer"), json!({ "choices": ["yes"] })).await.refused(422, "invalid");
        let (stranger, link) = (post.house.server.stranger(), link_of(&made));
        let seen = stranger.get(&link).await.expect(200);
        assert_eq!(seen["times"][1], json!({ "starts_at": at(2, "10:00"), "ends_at": at(2, "11:00"), "n_yes": 0, "n_maybe": 1 }));
        let words = json!([seen["title"], seen["about"], seen["organiser"], seen["workspace"], seen["state"], seen["takes_address"], seen["others"], seen["own"], seen["chosen"]]);
        assert_eq!(words, json!(["Visit of the harbour", "We look at the cranes", "Ada", "Riverside", "open", true, [], null, null]));
        let text = seen.to_string();
        assert!(!text.contains(&ada.id) && !text.contains("Bob"), "nobody's id, no name: {text}");
        say(&stranger, &link, 1, said("Kim <b>", " Kim@Elsewhere.Example ", ["no", "yes", "maybe"])).await.expect(200);
        assert_eq!(maker.event("time_poll.changed").await["actor"], Value::Null);
        say(&stranger, &link, 2, said("Lou", "", ["maybe", "yes", "yes"])).await.expect(200);
        let again = say(&stranger, &link, 1, said("Kim", "kim@elsewhere.example", ["yes", "yes", "no"])).await.expect(200);
        assert_eq!(again["own"], json!({ "name": "Kim", "address": "kim@elsewhere.example", "choices": ["yes", "yes", "no"] }));
        assert_eq!(stranger.get(&format!("{link}/answers/{}", key(2))).await.expect(200)["own"]["name"], "Lou");
        let view = ada.get(&path).await.expect(200);
        assert_eq!(counts(&view), [(2, 1, 0), (2, 1, 0), (1, 0, 2)]);
        assert_eq!(ranks(&view), [Some(1), Some(2), Some(3)]);
        let answers: Vec<Value> = view["answers"].as_array().unwrap().iter().map(|one| json!([one["name"], one["has_address"]])).collect();
        assert_eq!(answers, [json!(["Bob", false]), json!(["Kim", true]), json!(["Lou", false])]);
        assert_eq!(view["times"][0]["costs"].as_array().unwrap().len(), 2, "her hours and Bob's");
        let lists = (ada.get("/api/time-polls").await.expect(200), bob.get("/api/time-polls").await.expect(200), eve.get("/api/time-polls").await.expect(200));
        assert_eq!((&lists.0["items"][0]["n_answers"], &lists.0["items"][0]["has_answered"]), (&json!(3), &json!(false)));
        assert_eq!((&lists.1["items"][0]["has_answered"], &lists.2["items"]), (&json!(true), &json!([])));
        stranger.delete(&format!("{link}/answers/{}", key(2))).await.expect(204);
        assert_eq!(counts(&ada.get(&path).await.expect(200))[2], (0, 0, 2), "what is taken back is gone");
        let kim = view["answers"][1]["id"].as_str().unwrap();
        bob.delete(&format!("{path}/answers/{kim}")).await.refused(403, "forbidden");
        let without = ada.delete(&format!("{path}/answers/{kim}")).await.expect(200);
        assert_eq!(without["n_answers"], 1);
    }

    async fn a_time_is_chosen_and_becomes_a_meeting_and_who_left_an_address_is_invited_once(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        let mut body = question(&[&bob]);
        body["shows_names"] = json!(true);
        let made = ask(&ada, &body).await;
        let (stranger, link, path) = (post.house.server.stranger(), link_of(&made), path_of(&made));
        say(&stranger, &link, 1, said("Kim", "kim@elsewhere.example", ["no", "yes", "yes"])).await.expect(200);
        let seen = say(&stranger, &link, 2, said("Lou", "", ["maybe", "yes", "yes"])).await.expect(200);
        assert_eq!(seen["others"], json!([{ "name": "Kim", "choices": ["no", "yes", "yes"] }]), "where names are shown");
        assert_eq!(bob.get(&path).await.expect(200)["answers"][0]["has_address"], false, "whether an address was left only the maker sees");
        let mut chosen = meeting(&[&bob], json!({ "starts": wall(2, "10:00"), "minutes": 60, "time_zone": "UTC" }));
        chosen["time_poll_id"] = json!(id_of(&made["poll"]));
        bob.post("/api/meetings", chosen.clone()).await.refused(403, "forbidden");
        let mut other = chosen.clone();
        other["time"] = json!({ "starts": wall(2, "12:00"), "minutes": 60, "time_zone": "UTC" });
        assert_eq!(pointer(&ada.post("/api/meetings", other).await), "/time/starts");
        let mut gated = chosen.clone();
        gated["words"] = json!({ "title": "News", "aim": "inform" });
        ada.post("/api/meetings", gated).await.refused(409, "meeting-gated");
        let (mut told, _) = Listener::open(&bob, json!({})).await;
        let meeting = ada.post("/api/meetings", chosen.clone()).await.expect(201);
        assert_eq!(meeting["guests"][0]["address"], "kim@elsewhere.example");
        told.event("time_poll.changed").await;
        told.event("meeting.invited").await;
        let letter = post.one(Duration::ZERO).await;
        letter.has(&["To: Kim <kim@elsewhere.example>", "Du hast deine Adresse dafür in Riverside hinterlassen", "wo Ada nach Terminen gefragt hat"]);
        letter.calendar_has(&["METHOD:REQUEST", "DTSTART:20261125T100000Z", "DTEND:20261125T110000Z"]);
        let view = ada.get(&path).await.expect(200);
        assert_eq!((&view["poll"]["state"], &view["poll"]["meeting_id"]), (&json!("chosen"), &json!(id_of(&meeting["meeting"]))));
        assert!(view["answers"].as_array().unwrap().iter().all(|one| one["has_address"] == false), "the addresses have done their service");
        let seen = stranger.get(&link).await.expect(200);
        assert_eq!(seen["chosen"], json!({ "starts_at": at(2, "10:00"), "ends_at": at(2, "11:00"), "is_canceled": false }));
        say(&stranger, &link, 2, said("Lou", "", ["yes", "yes", "yes"])).await.refused(409, "time-poll-over");
        bob.put(&format!("{path}/answer"), json!({ "choices": ["yes", "yes", "yes"] })).await.refused(409, "time-poll-over");
        assert_eq!(ada.post("/api/meetings", chosen.clone()).await.expect(201), meeting, "sending twice makes one");
        chosen["id"] = json!(new_id());
        ada.post("/api/meetings", chosen).await.refused(409, "time-poll-over");
        assert!(post.letters(Duration::from_secs(61)).await.is_empty(), "told once");
        ada.post(&format!("/api/meetings/{}/cancel", id_of(&meeting["meeting"])), json!({})).await.expect(200);
        assert_eq!(stranger.get(&link).await.expect(200)["chosen"]["is_canceled"], true);
    }

    async fn it_ends_by_itself_and_closes_without_a_time(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (first, second) = (ask(&ada, &question(&[&bob])).await, ask(&ada, &question(&[&bob])).await);
        let stranger = house.server.stranger();
        bob.post(&format!("{}/close", path_of(&second)), json!({})).await.refused(403, "forbidden");
        let closed = ada.post(&format!("{}/close", path_of(&second)), json!({})).await.expect(200);
        assert_eq!(closed["poll"]["state"], "closed");
        assert_eq!(ada.post(&format!("{}/close", path_of(&second)), json!({})).await.expect(200)["poll"], closed["poll"]);
        assert_eq!(stranger.get(&link_of(&second)).await.expect(200)["state"], "closed");
        house.server.advance(Duration::from_micros((at(1, "09:00") - START.0) as u64));
        assert_eq!(stranger.get(&link_of(&first)).await.expect(200)["state"], "ended");
        say(&stranger, &link_of(&first), 1, said("Kim", "", ["yes", "yes", "yes"])).await.refused(409, "time-poll-over");
        let ended = ada.get(&path_of(&first)).await.expect(200);
        assert_eq!((&ended["poll"]["state"], ranks(&ended)[0]), (&json!("ended"), Some(1)), "it can still be chosen from");
    }

    async fn what_is_asked_is_bounded_and_a_day_without_meetings_has_its_way_out(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let change = |name: &str, value: Value| {
            let mut body = question(&[&bob]);
            body[name] = value;
            body
        };
        let many: Vec<String> = (0..21).map(|n| wall(3, &format!("{n:02}:00"))).collect();
        for (name, value, at) in [
            ("title", json!(" "), "/title"),
            ("about", json!("x".repeat(501)), "/about"),
            ("minutes", json!(4), "/minutes"),
            ("time_zone", json!("Mars/Olympus"), "/time_zone"),
            ("starts", json!([wall(1, "10:00")]), "/starts"),
            ("starts", json!(many), "/starts"),
            ("starts", json!([wall(1, "10:00"), wall(-1, "10:00")]), "/starts/1"),
            ("starts", json!([wall(1, "10:00"), wall(1, "10:00")]), "/starts/1"),
            ("starts", json!([wall(1, "10:00"), wall(800, "10:00")]), "/starts/1"),
            ("ends_at", json!(START.0 - 1), "/ends_at"),
            ("ends_at", json!(at(2, "14:01")), "/ends_at"),
            ("ends_at", json!(START.0 + 61 * DAY), "/ends_at"),
            ("people", json!([new_id()]), "/people/0"),
        ] {
            assert_eq!(pointer(&ada.post("/api/time-polls", change(name, value.clone())).await), at, "{name} {value}");
        }
        let work = json!([{ "weekday": 1, "from_min": 0, "to_min": 1440 }]);
        let policy = json!({ "work": work, "holidays": null, "no_meeting_days": [3] });
        house.owner.put("/api/time-policy", policy).await.expect(200);
        let refused = ada.post("/api/time-polls", question(&[&bob])).await;
        refused.refused(409, "meeting-refused");
        assert_eq!((&refused.body["affected"][0]["person_id"], &refused.body["starts_at"]), (&json!(bob.id), &json!(at(2, "10:00"))));
        let made = ask(&ada, &change("asks", json!(true))).await;
        let costs: Vec<&Value> = made["times"].as_array().unwrap().iter().map(|time| &time["costs"][0]["refusal"]).collect();
        assert_eq!(costs, [&Value::Null, &json!("no_meeting_day"), &json!("no_meeting_day")]);
        for _ in 0..19 {
            ask(&ada, &question(&[])).await;
        }
        ada.post("/api/time-polls", question(&[])).await.refused(409, "time-poll-many");
    }

    async fn a_link_that_is_none_and_a_key_that_is_none_open_nothing(post: Post) {
        let ada = post.house.member("Ada").await;
        let made = ask(&ada, &question(&[])).await;
        let (stranger, link) = (post.house.server.stranger(), link_of(&made));
        let nothing = stranger.get("/api/when/nobody").await;
        nothing.refused(404, "not-found");
        for path in [format!("/api/when/{}", id_of(&made["poll"])), format!("{link}/answers/short"), format!("{}x", link), link.replace("/when/", "/invited/")] {
            stranger.get(&path).await.refused(404, "not-found");
        }
        assert_eq!(stranger.get(&format!("{link}/answers/{}", key(9))).await.expect(200)["own"], Value::Null);
        for (body, at) in [
            (said("", "", ["yes"; 3]), "/name"),
            (said(&"x".repeat(81), "", ["yes"; 3]), "/name"),
            (said("Kim", "nowhere", ["yes"; 3]), "/address"),
            (said("Kim", "a@x.example\r\nBcc: b@x.example", ["yes"; 3]), "/address"),
            (json!({ "name": "Kim", "language": "de", "choices": ["yes"] }), "/choices"),
            (json!({ "name": "Kim", "language": "<b>", "choices": ["yes", "no", "no"] }), "/language"),
        ] {
            assert_eq!(pointer(&say(&stranger, &link, 1, body.clone()).await), at, "{body}");
        }
        say(&stranger, &link, 1, json!({ "name": "Kim", "language": "de", "choices": ["yes", "no", "no"], "person_id": ada.id })).await.refused(422, "invalid");
        // As many as there may be; the next is refused, and whoever is among them may say otherwise.
        let id: TimePollId = id_of(&made["poll"]).parse().unwrap();
        say(&stranger, &link, 1, said("Kim", "", ["yes"; 3])).await.expect(200);
        let fill = move |tx: &mut dyn Tx| {
            for n in 1..200_u8 {
                let answer = Answer {
                    id: TimePollAnswerId::random(),
                    person: None,
                    name: format!("Guest {n}"),
                    address: if n <= 20 { format!("g{n}@x.example") } else { String::new() },
                    language: "en".to_owned(),
                    choices: vec![TimeChoice::Yes; 3],
                };
                put_answer(tx, (id, &Answerer::Outside(&[n; 32])), &answer, START)?;
            }
            Ok::<_, crate::Error>(())
        };
        post.house.server.app.db.write(base::ScopeId(id.0), fill).await.unwrap();
        say(&stranger, &link, 2, said("Lou", "", ["yes"; 3])).await.refused(409, "time-poll-full");
        say(&stranger, &link, 1, said("Kim", "", ["no"; 3])).await.expect(200);
        assert_eq!(pointer(&say(&stranger, &link, 1, said("Kim", "kim@x.example", ["no"; 3])).await), "/address", "20 left one already");
    }

    async fn who_may_not_see_its_place_any_more_sees_it_no_more_and_counts_no_more(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = house.channel(&ada, "secret", "private").await;
        let mut body = question(&[&bob]);
        body["channel_id"] = json!(secret);
        assert_eq!(pointer(&ada.post("/api/time-polls", body.clone()).await), "/people/0", "he cannot see the place");
        bob.post("/api/time-polls", { let mut other = question(&[]); other["channel_id"] = json!(secret); other }).await.refused(404, "not-found");
        let member = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&member, json!({ "role": "member" })).await.expect(204);
        let made = ask(&ada, &body).await;
        let (path, link) = (path_of(&made), link_of(&made));
        bob.put(&format!("{path}/answer"), json!({ "choices": ["no", "no", "no"] })).await.expect(200);
        ada.delete(&member).await.expect(204);
        bob.get(&path).await.refused(404, "not-found");
        assert_eq!(bob.get("/api/time-polls").await.expect(200)["items"], json!([]));
        assert_eq!(counts(&ada.get(&path).await.expect(200))[0], (0, 0, 0));
        let stranger = house.server.stranger();
        say(&stranger, &link, 1, said("Kim", "", ["yes"; 3])).await.expect(200);
        house.owner.post(&format!("/api/people/{}/deactivate", ada.id), json!({})).await.expect(200);
        let seen = stranger.get(&link).await.expect(200);
        assert_eq!(seen["state"], "closed", "whoever asks is not there any more: {seen}");
        say(&stranger, &link, 1, said("Kim", "", ["no"; 3])).await.refused(409, "time-poll-over");
    }

    async fn it_goes_with_whoever_asked_with_its_time_and_on_demand(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        let (first, second) = (ask(&ada, &question(&[&bob])).await, ask(&bob, &question(&[&ada])).await);
        let stranger = post.house.server.stranger();
        ada.put(&format!("{}/answer", path_of(&second)), json!({ "choices": ["yes", "yes", "yes"] })).await.expect(200);
        for (n, view) in [(1, &first), (2, &second)] {
            say(&stranger, &link_of(view), n, said("Kim", "kim@elsewhere.example", ["yes"; 3])).await.expect(200);
        }
        post.house.owner.post("/api/meetings/forget-address", json!({ "address": "Kim@elsewhere.example" })).await.expect(204);
        assert_eq!(stranger.get(&format!("{}/answers/{}", link_of(&first), key(1))).await.expect(200)["own"], Value::Null);
        say(&stranger, &link_of(&second), 2, said("Kim", "kim@elsewhere.example", ["yes"; 3])).await.expect(200);
        let (mut told, _) = Listener::open(&bob, json!({})).await;
        ada.post("/api/me/erase", json!({ "password": PASSWORD, "messages": "keep" })).await.expect(204);
        told.event("time_poll.changed").await;
        stranger.get(&link_of(&first)).await.refused(404, "not-found");
        assert_eq!(bob.get(&path_of(&second)).await.expect(200)["n_answers"], 1, "Kim alone");
        let app = &post.house.server.app;
        let run = |tx: &mut dyn Tx| jobs::ask(tx, "calendar.forget_guests", "regular", "{}", START);
        app.db.write(platform::journal::ACCESS_SCOPE, run).await.unwrap();
        for (days, is_there) in [(32, true), (1, false)] {
            post.house.server.advance(DAYS * days);
            while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
            let status = stranger.get(&link_of(&second)).await.status;
            assert_eq!(status, if is_there { 200 } else { 404 });
        }
    }

    async fn whoever_tries_links_gets_nowhere(house: House) {
        let stranger = house.server.stranger();
        for _ in 0..60 {
            stranger.get("/api/when/nobody").await.refused(404, "not-found");
        }
        for path in ["/api/when/nobody", "/api/invited/nobody"] {
            stranger.get(path).await.refused(429, "rate-limited");
        }
    }

    async fn it_goes_by_the_rule_of_its_channel(house: House) {
        let ada = house.member("Ada").await;
        let mut body = question(&[]);
        body["channel_id"] = json!(house.general);
        let made = ask(&ada, &body).await;
        let rule = json!({ "days": 30, "keep_marked": true, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{}", house.general), rule).await.expect(200);
        let app = &house.server.app;
        let run = |tx: &mut dyn Tx| jobs::ask(tx, "calendar.retain", "regular", "{}", START);
        app.db.write(platform::journal::ACCESS_SCOPE, run).await.unwrap();
        let stranger = house.server.stranger();
        for (days, is_there) in [(32, true), (1, false)] {
            house.server.advance(DAYS * days);
            while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
            assert_eq!(stranger.get(&link_of(&made)).await.status, if is_there { 200 } else { 404 });
        }
    }

    async fn own_data_holds_what_i_asked_answered_and_whom_i_invited(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        let made = ask(&ada, &question(&[&bob])).await;
        bob.put(&format!("{}/answer", path_of(&made)), json!({ "choices": ["yes", "maybe", "no"] })).await.expect(200);
        let mut invited = meeting(&[], time(1, "10:00"));
        invited["guests"] = json!([{ "address": "eve@elsewhere.example", "name": "Eve" }]);
        propose(&ada, &invited).await;
        let own = async |who: &TestPerson| {
            let id = who.id.parse().unwrap();
            let read = move |tx: &mut dyn Tx| crate::own_data(tx, id, START);
            serde_json::to_value(post.house.server.app.db.read(read).await.unwrap()).unwrap()
        };
        let adas = own(&ada).await;
        assert_eq!((&adas["invited_outside"][0]["address"], &adas["time_polls"][0]["title"], &adas["time_polls"][0]["n_answers"]),
            (&json!("eve@elsewhere.example"), &json!("Visit of the harbour"), &json!(1)));
        assert_eq!((adas["meetings"].as_array().unwrap().len(), &adas["time_poll_answers"]), (1, &json!([])));
        let bobs = own(&bob).await;
        assert_eq!((&bobs["time_poll_answers"][0]["choices"], &bobs["time_polls"], &bobs["invited_outside"]), (&json!("ymn"), &json!([]), &json!([])));
    }
}

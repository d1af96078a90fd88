//! Letters about meetings, and people outside, against a relay of our own.

use super::{Begin, answer, at, features, meeting, of, pointer, propose, time, wall};
use platform::{
    both_stores, jobs,
    mail::send_due,
    testing::{Listener, Manner, Relay, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::{sync::atomic::AtomicUsize, time::Duration};

pub(super) struct Post {
    pub(super) house: House,
    relay: Relay,
    n_before: AtomicUsize,
}

impl Begin for Post {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let mail = Some(relay.config());
        let house = House::open_with(store, features(), |config| config.mail = mail).await?;
        Some(Self {
            house,
            relay,
            n_before: AtomicUsize::new(0),
        })
    }
}

/// A letter as its reader has it.
pub(super) struct Letter {
    raw: String,
    whole: String,
    calendar: String,
}

impl Letter {
    fn read(raw: &str) -> Self {
        let parts = raw.split("\n--").filter(|part| part.contains("text/calendar"));
        let calendar: Vec<String> = parts.map(body_of).collect();
        Self {
            raw: raw.to_owned(),
            whole: unquoted(raw),
            calendar: calendar.first().cloned().unwrap_or_default(),
        }
    }

    #[track_caller]
    pub(super) fn has(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.whole.contains(text), "{text} in {}", self.whole);
        }
    }

    /// Its calendar, with lines unfolded.
    fn lines(&self) -> Vec<String> {
        let whole = self.calendar.replace("\r\n", "\n").replace("\n ", "");
        whole.lines().map(str::to_owned).collect()
    }

    #[track_caller]
    pub(super) fn calendar_has(&self, lines: &[&str]) {
        let all = self.lines();
        for line in lines {
            assert!(all.iter().any(|one| one == line), "{line} in {all:#?}");
        }
    }

    fn link(&self) -> String {
        let (_, rest) = self.whole.split_once("/invited/").expect("a link");
        let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '-' && char != '_');
        format!("/api/invited/{}", &rest[..end.unwrap_or(rest.len())])
    }
}

/// A part without its headers, decoded.
fn body_of(part: &str) -> String {
    let part = part.replace("\r\n", "\n");
    let (head, body) = part.split_once("\n\n").expect("headers and a body");
    let head = head.to_lowercase();
    if head.contains("base64") {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let bytes = STANDARD
            .decode(body.split_whitespace().collect::<String>())
            .expect("base64");
        return String::from_utf8(bytes).expect("UTF-8");
    }
    if head.contains("quoted-printable") {
        unquoted(body)
    } else {
        body.to_owned()
    }
}

/// Quoted-printable as UTF-8.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let hex = more.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex
            .filter(|_| *first == b'=')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const MINUTE: Duration = Duration::from_secs(61);

impl Post {
    /// Time passes, and the letters that the relay has got since the last look.
    pub(super) async fn letters(&self, by: Duration) -> Vec<Letter> {
        self.house.server.advance(by);
        let app = &self.house.server.app;
        while send_due(app).await.unwrap() > 0 {}
        let all = self.relay.letters();
        let before = self.n_before.swap(all.len(), std::sync::atomic::Ordering::SeqCst);
        all[before..].iter().map(|letter| Letter::read(letter)).collect()
    }

    pub(super) async fn one(&self, by: Duration) -> Letter {
        let mut letters = self.letters(by).await;
        assert_eq!(letters.len(), 1);
        letters.remove(0)
    }
}

async fn wants_mail(who: &TestPerson) {
    who.put("/api/meetings/settings", json!({ "by_mail": true }))
        .await
        .expect(200);
}

fn with_guest(people: &[&TestPerson], address: &str, name: &str) -> Value {
    let mut body = meeting(people, time(1, "10:00"));
    body["guests"] = json!([{ "address": address, "name": name }]);
    body
}

both_stores! {
    async fn somebody_outside_is_invited_by_mail_answers_by_its_link_and_is_seen_to(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let made = propose(&ada, &with_guest(&[&bob], " Eve@Elsewhere.Example ", "Eve Outside")).await;
        assert_eq!((&made["guests"][0]["address"], &made["guests"][0]["answer"]), (&json!("eve@elsewhere.example"), &json!("open")));
        let letter = post.one(Duration::ZERO).await;
        letter.has(&["To: \"Eve Outside\" <eve@elsewhere.example>", "Subject: Invitation: Plan the week", "Content-Type: text/calendar; charset=utf-8; method=REQUEST",
            "Ada invites you to a meeting in Riverside.", "Tuesday 24 November 2026, 10:00–10:30 (UTC)", "We know who does what", "gave your address"]);
        let uid = format!("UID:{}@antiphon.test", id_of(&made["meeting"]));
        letter.calendar_has(&["METHOD:REQUEST", &uid, "SEQUENCE:0", "DTSTART:20261124T100000Z", "DTEND:20261124T103000Z", "STATUS:CONFIRMED",
            "ORGANIZER;CN=\"Ada\":mailto:talk@harbour.example",
            "ATTENDEE;CN=\"Eve Outside\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:eve@elsewhere.example"]);
        assert!(!letter.whole.contains("ada@example.org") && !letter.whole.contains("bob@example.org"), "no address of ours");
        let stranger = post.house.server.stranger();
        let seen = stranger.get(&letter.link()).await.expect(200);
        assert_eq!(seen, json!({ "title": "Plan the week", "organiser": "Ada", "workspace": "Riverside", "starts_at": at(1, "10:00"), "ends_at": at(1, "10:30"),
            "n_following": 0, "answer": "open", "is_canceled": false, "is_over": false }), "and nothing else");
        let said = stranger.put(&letter.link(), json!({ "answer": "yes" })).await.expect(200);
        assert_eq!(said["answer"], "yes");
        listener.event("meeting.invited").await;
        assert_eq!(listener.event("meeting.answered").await["actor"], Value::Null);
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        let shown = bob.get(&path).await.expect(200);
        assert_eq!((&shown["guests"][0]["name"], &shown["guests"][0]["answer"], &shown["guests"][0]["address"]), (&json!("Eve Outside"), &json!("yes"), &Value::Null));
        stranger.put(&letter.link(), json!({ "answer": "open" })).await.refused(422, "invalid");
        assert!(post.letters(MINUTE).await.is_empty(), "nothing has changed");
    }

    async fn a_letter_says_how_it_stands_when_it_goes_out(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        wants_mail(&bob).await;
        let made = propose(&ada, &with_guest(&[&bob], "eve@elsewhere.example", "")).await;
        let first = post.letters(Duration::ZERO).await;
        assert_eq!(first.len(), 2, "one to Bob, one to Eve");
        let to_bob = first.iter().find(|letter| letter.whole.contains("bob@example.org")).expect("to Bob");
        to_bob.has(&["Tuesday 24 November 2026, 19:00–19:30 (Asia/Tokyo)", "/schedule", "because you want invitations also by mail"]);
        let to_eve = first.iter().find(|letter| letter.whole.contains("To: eve@elsewhere.example")).expect("to Eve");
        let link = to_eve.link();
        let stranger = post.house.server.stranger();
        stranger.put(&link, json!({ "answer": "yes" })).await.expect(200);
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        for (revision, hour) in [(1, "11:00"), (2, "12:00")] {
            ada.patch(&path, json!({ "revision": revision, "time": time(2, hour) })).await.expect(200);
        }
        assert!(post.letters(Duration::ZERO).await.is_empty(), "what changes may change again");
        let second = post.letters(MINUTE).await;
        assert_eq!(second.len(), 2, "one of both changes to each");
        for letter in &second {
            letter.has(&["Subject: Changed: Plan the week"]);
            letter.calendar_has(&["METHOD:REQUEST", "DTSTART:20261125T120000Z", "SEQUENCE:2"]);
        }
        assert_eq!(stranger.get(&link).await.expect(200)["answer"], "open", "another time is another question");
        ada.post(&format!("{path}/cancel"), json!({})).await.expect(200);
        let last = post.letters(MINUTE).await;
        for letter in &last {
            letter.has(&["Subject: Called off: Plan the week"]);
            assert!(letter.raw.contains("Content-Type: text/calendar; charset=utf-8; method=CANCEL"), "{}", letter.raw);
            letter.calendar_has(&["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3"]);
        }
        assert_eq!(last.len(), 2);
        assert_eq!(stranger.get(&link).await.expect(200)["is_canceled"], true);
        stranger.put(&link, json!({ "answer": "yes" })).await.refused(409, "meeting-over");
    }

    async fn who_is_taken_off_hears_of_it_and_their_link_leads_nowhere(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        let made = propose(&ada, &with_guest(&[&bob], "eve@elsewhere.example", "")).await;
        let link = post.one(Duration::ZERO).await.link();
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        let guest = id_of(&made["guests"][0]);
        bob.delete(&format!("{path}/guests/{guest}")).await.refused(403, "forbidden");
        bob.post(&format!("{path}/guests"), json!({ "guests": [{ "address": "x@elsewhere.example" }] })).await.refused(403, "forbidden");
        let left = ada.delete(&format!("{path}/guests/{guest}")).await.expect(200);
        assert_eq!(left["guests"], json!([]));
        let letter = post.one(MINUTE).await;
        letter.has(&["Subject: Not invited any more: Plan the week"]);
        letter.calendar_has(&["METHOD:CANCEL"]);
        let stranger = post.house.server.stranger();
        let absent = stranger.get("/api/invited/nobody").await;
        for answer in [stranger.get(&link).await, stranger.put(&link, json!({ "answer": "yes" })).await] {
            answer.refused(404, "not-found");
            assert_eq!(answer.body["detail"], absent.body["detail"]);
        }
        let again = ada.post(&format!("{path}/guests"), json!({ "guests": [{ "address": "EVE@elsewhere.example", "name": "Eve" }] })).await.expect(200);
        assert_eq!((id_of(&again["guests"][0]), &again["guests"][0]["answer"]), (guest, &json!("open")));
        let twice = ada.post(&format!("{path}/guests"), json!({ "guests": [{ "address": "eve@elsewhere.example" }] })).await.expect(200);
        assert_eq!(twice["guests"], again["guests"]);
        assert_eq!(post.letters(MINUTE).await.len(), 1, "once");
        assert_eq!(stranger.get(&link).await.expect(200)["title"], "Plan the week");
    }

    async fn hostile_names_and_long_ones_stay_in_their_line(post: Post) {
        let ada = post.house.member("Ada").await;
        let mut body = with_guest(&[], "eve@elsewhere.example", "Eve\";PARTSTAT=ACCEPTED:mailto:x@x\\,;");
        body["words"]["title"] = json!("BEGIN:VEVENT; \\n, \"ATTENDEE:mailto:x@x.example\" Ä".to_owned() + &"ä".repeat(60));
        let made = propose(&ada, &body).await;
        let letter = post.one(Duration::ZERO).await;
        for line in letter.calendar.replace("\r\n", "\n").lines() {
            assert!(line.len() <= 75, "{line}");
        }
        let lines = letter.lines();
        assert_eq!(lines.iter().filter(|line| line.starts_with("ATTENDEE")).count(), 1, "{lines:?}");
        assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
        let path = format!("/api/meetings/{}/guests", id_of(&made["meeting"]));
        for (address, name) in [("eve", ""), ("a b@x.example", ""), ("a@x.example\r\nBcc: b@x.example", ""), ("ok@x.example", "Eve\r\nATTENDEE:x"), ("ok@x.example", &"x".repeat(81))] {
            let refused = ada.post(&path, json!({ "guests": [{ "address": address, "name": name }] })).await;
            assert!(pointer(&refused).starts_with("/guests/0/"), "{address} {name}");
        }
        let twice = json!({ "guests": [{ "address": "a@x.example" }, { "address": "A@X.example" }] });
        assert_eq!(pointer(&ada.post(&path, twice).await), "/guests/1/address");
        let many: Vec<Value> = (0..20).map(|n| json!({ "address": format!("p{n}@x.example") })).collect();
        assert_eq!(pointer(&ada.post(&path, json!({ "guests": many })).await), "/guests", "with Eve they would be 21");
    }

    async fn a_series_is_one_letter_and_one_event(post: Post) {
        let ada = post.house.member("Ada").await;
        let mut body = with_guest(&[], "eve@elsewhere.example", "Eve");
        body["time"] = json!({ "starts": wall(8, "10:00"), "minutes": 30, "time_zone": "Europe/Berlin" });
        body["repeats"] = json!({ "every_weeks": 1, "times": 6 });
        let made = propose(&ada, &body).await;
        let id = id_of(&made["meeting"]);
        let letter = post.one(Duration::ZERO).await;
        letter.has(&["Tuesday 1 December 2026, 10:00–10:30 (Europe/Berlin)", "And 1 more."]);
        let uid = format!("UID:{id}.series@antiphon.test");
        letter.calendar_has(&[&uid, "DTSTART;TZID=Europe/Berlin:20261201T100000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=6"]);
        let stranger = post.house.server.stranger();
        assert_eq!(stranger.get(&letter.link()).await.expect(200)["n_following"], 5);
        let all = crate::tests::list(&ada, at(0, "00:00"), at(60, "00:00")).await;
        let [_, second, third, ..] = all.as_slice() else { panic!("{all:?}") };
        ada.post(&format!("/api/meetings/{}/cancel", id_of(second)), json!({})).await.expect(200);
        let moved = json!({ "starts": wall(23, "15:00"), "minutes": 45, "time_zone": "Europe/Berlin" });
        ada.patch(&format!("/api/meetings/{}", id_of(third)), json!({ "revision": 1, "time": moved })).await.expect(200);
        let letter = post.one(MINUTE).await;
        letter.calendar_has(&["EXDATE;TZID=Europe/Berlin:20261208T100000", "RECURRENCE-ID;TZID=Europe/Berlin:20261215T100000", "DTSTART:20261216T140000Z", "SEQUENCE:2"]);
        assert_eq!(letter.lines().iter().filter(|line| **line == uid).count(), 2, "one thing, one name");
        ada.post(&format!("/api/meetings/{id}/cancel?following=true"), json!({})).await.expect(200);
        let letter = post.one(MINUTE).await;
        letter.calendar_has(&["METHOD:CANCEL", &uid]);
        assert!(!letter.calendar.contains("RRULE"));
    }

    async fn nobody_here_gets_letters_who_has_not_chosen_them_or_may_not_see_the_place(post: Post) {
        let (ada, bob, cy) = (post.house.member("Ada").await, post.house.member("Bob").await, post.house.member("Cy").await);
        let secret = post.house.channel(&ada, "secret", "private").await;
        let member = |who: &TestPerson| format!("/api/channels/{secret}/members/{}", who.id);
        for who in [&bob, &cy] {
            ada.put(&member(who), json!({ "role": "member" })).await.expect(204);
        }
        wants_mail(&bob).await;
        let mut body = meeting(&[&bob, &cy], time(1, "10:00"));
        body["channel_id"] = json!(secret);
        let made = propose(&ada, &body).await;
        let letter = post.one(Duration::ZERO).await;
        letter.has(&["bob@example.org"]);
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        ada.patch(&path, json!({ "revision": 1, "time": time(2, "10:00") })).await.expect(200);
        ada.delete(&member(&bob)).await.expect(204);
        assert!(post.letters(MINUTE).await.is_empty(), "he may not see the place any more");
        ada.put(&member(&bob), json!({ "role": "member" })).await.expect(204);
        ada.patch(&path, json!({ "revision": 2, "people": [{ "person_id": cy.id }] })).await.expect(200);
        let letter = post.one(MINUTE).await;
        letter.has(&["bob@example.org", "Subject: Not invited any more"]);
        letter.calendar_has(&["METHOD:CANCEL"]);
    }

    async fn the_answer_of_a_member_stands_in_their_letter(post: Post) {
        let (ada, bob) = (post.house.member("Ada").await, post.house.member("Bob").await);
        wants_mail(&bob).await;
        let made = propose(&ada, &meeting(&[&bob], time(1, "10:00"))).await;
        let id = id_of(&made["meeting"]);
        post.one(Duration::ZERO).await;
        answer(&bob, &id, "later").await.expect(200);
        let words = json!({ "title": "Plan the year", "aim": "decide", "agenda": ["Budget"] });
        let changed = ada.patch(&format!("/api/meetings/{id}"), json!({ "revision": 1, "words": words })).await.expect(200);
        assert_eq!(of(&changed["meeting"], &bob)["answer"], "later");
        let letter = post.one(MINUTE).await;
        letter.calendar_has(&["SUMMARY:Plan the year", "ATTENDEE;CN=\"Bob\";ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;RSVP=FALSE:mailto:bob@example.org"]);
    }

    async fn an_invitation_closes_after_its_meeting_and_the_address_goes_after_thirty_days(post: Post) {
        let ada = post.house.member("Ada").await;
        let made = propose(&ada, &with_guest(&[], "eve@elsewhere.example", "Eve")).await;
        let link = post.one(Duration::ZERO).await.link();
        let stranger = post.house.server.stranger();
        let day = Duration::from_secs(24 * 3_600);
        post.house.server.advance(day * 2);
        assert_eq!(stranger.get(&link).await.expect(200)["is_over"], true);
        stranger.put(&link, json!({ "answer": "yes" })).await.refused(409, "meeting-over");
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        ada.post(&format!("{path}/guests"), json!({ "guests": [{ "address": "x@x.example" }] })).await.refused(409, "meeting-over");
        let app = &post.house.server.app;
        let ask = |tx: &mut dyn platform::db::Tx| jobs::ask(tx, "calendar.forget_guests", "regular", "{}", platform::testing::START);
        app.db.write(platform::journal::ACCESS_SCOPE, ask).await.unwrap();
        for (days, n_left) in [(20, 1), (11, 0)] {
            post.house.server.advance(day * days);
            while jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
            assert_eq!(ada.get(&path).await.expect(200)["guests"].as_array().unwrap().len(), n_left);
        }
        stranger.get(&link).await.refused(404, "not-found");
    }

    async fn an_administrator_forgets_an_address(post: Post) {
        let ada = post.house.member("Ada").await;
        let made = propose(&ada, &with_guest(&[], "eve@elsewhere.example", "Eve")).await;
        let link = post.one(Duration::ZERO).await.link();
        let body = json!({ "address": " Eve@elsewhere.example" });
        ada.post("/api/meetings/forget-address", body.clone()).await.refused(403, "forbidden");
        post.house.owner.post("/api/meetings/forget-address", body).await.expect(204);
        assert_eq!(ada.get(&format!("/api/meetings/{}", id_of(&made["meeting"]))).await.expect(200)["guests"], json!([]));
        post.house.server.stranger().get(&link).await.refused(404, "not-found");
        ada.post(&format!("/api/meetings/{}/cancel", id_of(&made["meeting"])), json!({})).await.expect(200);
        assert!(post.letters(MINUTE).await.is_empty());
    }

    async fn while_the_relay_is_down_nothing_is_lost_and_nothing_is_said_twice(post: Post) {
        let ada = post.house.member("Ada").await;
        post.relay.behave(Manner::IsNoRelay);
        let made = propose(&ada, &with_guest(&[], "eve@elsewhere.example", "Eve")).await;
        assert!(post.letters(Duration::ZERO).await.is_empty());
        let path = format!("/api/meetings/{}", id_of(&made["meeting"]));
        ada.patch(&path, json!({ "revision": 1, "time": time(2, "10:00") })).await.expect(200);
        assert!(post.letters(MINUTE).await.is_empty());
        post.relay.behave(Manner::Takes);
        let mut letters = Vec::new();
        for _ in 0..4 {
            letters.extend(post.letters(Duration::from_secs(1_000)).await);
        }
        assert_eq!(letters.len(), 1, "what was said first is said no more");
        letters[0].calendar_has(&["DTSTART:20261125T100000Z"]);
    }

    async fn without_a_relay_nobody_outside_can_be_invited(house: House) {
        let ada = house.member("Ada").await;
        let mut body = with_guest(&[], "eve@elsewhere.example", "");
        ada.post("/api/meetings", body.clone()).await.refused(409, "meeting-no-mail");
        ada.put("/api/meetings/settings", json!({ "by_mail": true })).await.refused(422, "invalid");
        body["guests"] = json!([]);
        body["id"] = json!(new_id());
        propose(&ada, &body).await;
    }
}

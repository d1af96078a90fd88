//! Mail, against a relay of our own.

use super::*;
use crate::mail::{PER_DAY_MAX, give_due};
use platform::{
    both_stores,
    mail::send_due,
    testing::{Manner, Relay},
};

struct Post {
    house: House,
    relay: Relay,
    n_before: std::sync::atomic::AtomicUsize,
}

impl Begin for Post {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let mail = Some(relay.config());
        let house = open(store, |config| config.mail = mail).await?;
        Some(Self {
            house,
            relay,
            n_before: std::sync::atomic::AtomicUsize::new(0),
        })
    }
}

impl Post {
    /// Time passes; what comes by itself, and the letters that the relay has got since the last look, on one line each.
    async fn letters(&self, by: Duration) -> Vec<String> {
        pass(&self.house, by).await;
        let app = &self.house.server.app;
        give_due(app).await.unwrap();
        while send_due(app).await.unwrap() > 0 {}
        let all = self.relay.letters();
        let before = self.n_before.swap(all.len(), std::sync::atomic::Ordering::SeqCst);
        // Long lines are broken with a sign at their end (quoted-printable).
        all[before..]
            .iter()
            .map(|letter| letter.replace("=\n", "").replace("=3D", "="))
            .collect()
    }
}

const TEN_MINUTES: Duration = Duration::from_secs(601);

async fn choose(who: &TestPerson, way: &str) {
    who.put("/api/notices/mail", json!({ "way": way }))
        .await
        .expect(204);
}

/// What stands between the angle brackets of the header, without the server.
fn stop_path(letter: &str) -> String {
    let start = letter.find("List-Unsubscribe: <").expect("a header") + "List-Unsubscribe: <".len();
    let url = letter[start..].split('>').next().unwrap_or_default();
    url[url.find("/api/").expect("a path of the API")..].to_owned()
}

both_stores! {
    async fn what_no_device_has_shown_comes_by_mail_once(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "before").await;
        assert!(post.letters(TEN_MINUTES).await.is_empty(), "nobody gets mail who has not chosen it");
        choose(&bob, "single").await;
        assert_eq!(bob.get("/api/push").await.expect(200)["mail"], "single");
        let said = say(&ada, &channel, "a **minute**, <script>?").await;
        assert!(post.letters(MOMENT).await.is_empty(), "the app has its time");
        let letters = post.letters(TEN_MINUTES).await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(letter.contains("a minute, <script>?") && letter.contains("a minute, &lt;script&gt;?"), "{letter}");
        assert!(!letter.contains("before"), "{letter}");
        assert!(letter.contains(&format!("/m/{}", said["id"].as_str().unwrap())), "{letter}");
        assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
        assert!(letter.contains("Auto-Submitted: auto-generated"), "{letter}");
        assert!(post.letters(HOUR).await.is_empty(), "once");
        let seen = say(&ada, &channel, "seen").await;
        post.letters(MOMENT).await;
        bob.post("/api/notices/shown", json!({ "message_ids": [seen["id"]] })).await.expect(204);
        let plain = say(&ada, &post.house.general, "calls nobody").await;
        assert!(post.letters(TEN_MINUTES).await.is_empty(), "{plain}");
    }

    async fn what_was_held_is_one_letter_of_all_that_is_unseen(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        declare(&bob, office("live")).await;
        bob.patch("/api/me", json!({ "language": "de" })).await.expect(200);
        choose(&bob, "release").await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "by day").await;
        assert!(post.letters(MOMENT).await.is_empty());
        assert!(post.letters(TEN_MINUTES).await.is_empty(), "told at once, it waits for the next letter");
        post.house.server.advance(HOUR * 9);
        for text in ["one", "two"] {
            say(&ada, &channel, text).await;
        }
        assert!(post.letters(HOUR).await.is_empty(), "nothing in the night");
        post.letters(HOUR * 14).await;
        let letters = post.letters(TEN_MINUTES).await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(["by day", "one", "two"].iter().all(|text| letter.contains(text)), "{letter}");
        assert!(letter.contains("Subject: 3 Nachrichten") && letter.contains("Keine mehr davon"), "{letter}");
        assert!(post.letters(HOUR).await.is_empty());
    }

    async fn at_the_beginning_of_the_day_there_is_one_letter_or_none(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        declare(&bob, office("live")).await;
        choose(&bob, "day").await;
        let channel = direct(&ada, &bob).await;
        let read = say(&ada, &channel, "read").await;
        pass(&post.house, MOMENT).await;
        bob.put(&format!("/api/channels/{channel}/read"), json!({ "seq": read["seq"] })).await.expect(200);
        let kept = format!("<@{}> kept", bob.id);
        say(&ada, &post.house.general, &kept).await;
        assert!(post.letters(HOUR * 22).await.is_empty());
        post.letters(HOUR * 2).await;
        let letters = post.letters(Duration::from_secs(120)).await;
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(letter.contains("Ada in #general") && letter.contains("kept"), "{letter}");
        assert!(!letter.contains("read:"), "{letter}");
        assert!(post.letters(HOUR * 25).await.is_empty(), "the next day there is nothing to say");
        assert_eq!(n_rows(&post.house, &MAIL_ROWS).await, 2, "the one that was sent, and the one of tomorrow");
    }

    async fn while_the_relay_is_down_letters_wait_and_say_what_is_so_when_they_go(post: Post) {
        let (ada, bob, cy) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await, person(&post.house, "Cy").await);
        for who in [&bob, &cy] {
            choose(who, "single").await;
        }
        let (to_bob, to_cy) = (direct(&ada, &bob).await, direct(&ada, &cy).await);
        let read = say(&ada, &to_bob, "rhubarb").await;
        say(&ada, &to_cy, "kept").await;
        let gone = say(&ada, &to_cy, "gooseberry").await;
        post.relay.behave(Manner::IsNoRelay);
        post.letters(MOMENT).await;
        assert!(post.letters(TEN_MINUTES).await.is_empty());
        for _ in 0..6 {
            assert!(post.letters(HOUR * 4).await.is_empty());
        }
        bob.put(&format!("/api/channels/{to_bob}/read"), json!({ "seq": read["seq"] })).await.expect(200);
        ada.delete(&format!("/api/channels/{to_cy}/messages/{}", gone["id"].as_str().unwrap())).await.expect(204);
        post.relay.behave(Manner::Takes);
        let mut letters = Vec::new();
        for _ in 0..3 {
            letters.extend(post.letters(HOUR * 4).await);
        }
        let [letter] = letters.as_slice() else { panic!("{letters:?}") };
        assert!(letter.contains("kept") && letter.contains("To: Cy"), "{letter}");
        assert!(!letter.contains("rhubarb") && !letter.contains("gooseberry"), "{letter}");
        assert_eq!(post.house.owner.get("/api/mail").await.expect(200)["lost"], json!([]));
    }

    async fn who_may_not_read_it_any_more_gets_no_word_of_it(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        choose(&bob, "single").await;
        let secret = post.house.channel(&ada, "secret", "private").await;
        let member = format!("/api/channels/{secret}/members/{}", bob.id);
        ada.put(&member, json!({ "role": "member" })).await.expect(204);
        say(&ada, &secret, &format!("<@{}> rhubarb", bob.id)).await;
        post.letters(MOMENT).await;
        ada.delete(&member).await.expect(204);
        assert!(post.letters(TEN_MINUTES).await.is_empty());
        bob.put("/api/push/settings", json!({ "hides_texts": true })).await.expect(204);
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "gooseberry").await;
        post.letters(MOMENT).await;
        let letter = post.letters(TEN_MINUTES).await.remove(0);
        assert!(letter.contains("1 message for you") && !letter.contains("gooseberry") && !letter.contains("Ada"), "{letter}");
    }

    async fn the_link_below_ends_them_without_signing_in_and_does_nothing_else(post: Post) {
        let (ada, bob, cy) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await, person(&post.house, "Cy").await);
        choose(&bob, "single").await;
        choose(&cy, "day").await;
        let channel = direct(&ada, &bob).await;
        say(&ada, &channel, "one").await;
        post.letters(MOMENT).await;
        let letter = post.letters(TEN_MINUTES).await.remove(0);
        let path = stop_path(&letter);
        let before = bob.get("/api/me").await.expect(200);
        let stranger = post.house.server.stranger();
        // It leads to a page, which this server without the app does not have.
        stranger.get(&path).await;
        assert_eq!(bob.get("/api/push").await.expect(200)["mail"], "single", "looking changes nothing");
        // As a mail program does, from wherever it is, and again.
        let form = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
        for _ in 0..2 {
            let body = b"List-Unsubscribe=One-Click".to_vec();
            assert_eq!(stranger.send(http::Method::POST, &path, &form, body).await.status, 204);
        }
        assert_eq!(bob.get("/api/push").await.expect(200)["mail"], "nothing");
        assert_eq!(cy.get("/api/push").await.expect(200)["mail"], "day");
        assert_eq!(bob.get("/api/me").await.expect(200), before);
        let mut other = path.clone();
        let last = other.pop().unwrap();
        other.push(if last == 'A' { 'B' } else { 'A' });
        for wrong in [other.as_str(), "/api/unsubscribe/abc", "/api/unsubscribe/%00"] {
            stranger.post(wrong, json!({})).await.refused(404, "not-found");
        }
        say(&ada, &channel, "two").await;
        post.letters(MOMENT).await;
        assert!(post.letters(TEN_MINUTES).await.is_empty());
    }

    async fn nobody_gets_more_than_a_day_holds(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        let mut always = office("live");
        always["work"] = (1..=7).map(|day| json!({ "weekday": day, "from_min": 0, "to_min": 1_440 })).collect();
        declare(&bob, always).await;
        choose(&bob, "single").await;
        let channel = direct(&ada, &bob).await;
        let mut n_letters = 0;
        for idx in 0..PER_DAY_MAX + 4 {
            say(&ada, &channel, &format!("number {idx}")).await;
            post.letters(MOMENT).await;
            n_letters += post.letters(TEN_MINUTES).await.len();
        }
        assert_eq!(i64::try_from(n_letters).unwrap(), PER_DAY_MAX);
        post.letters(HOUR * 24).await;
        say(&ada, &channel, "tomorrow").await;
        post.letters(MOMENT).await;
        assert_eq!(post.letters(TEN_MINUTES).await.len(), 1);
    }

    async fn without_a_relay_there_is_nothing_to_choose(house: House) {
        let bob = person(&house, "Bob").await;
        assert_eq!(bob.get("/api/push").await.expect(200)["mail"], Value::Null);
        bob.put("/api/notices/mail", json!({ "way": "day" })).await.refused(422, "invalid");
        bob.put("/api/notices/mail", json!({ "way": "nothing" })).await.expect(204);
        bob.put("/api/notices/mail", json!({ "way": "often" })).await.refused(422, "invalid");
    }

    async fn what_went_by_a_rule_is_in_no_letter(post: Post) {
        let (ada, bob) = (person(&post.house, "Ada").await, person(&post.house, "Bob").await);
        choose(&bob, "single").await;
        post.relay.behave(Manner::PutsOff);
        say(&ada, &post.house.general, &format!("<@{}> rhubarb", bob.id)).await;
        assert!(post.letters(MOMENT).await.is_empty());
        assert_eq!(post.letters(TEN_MINUTES).await.len(), 1, "it is asked to come again");
        say(&ada, &post.house.general, &format!("<@{}> quince", bob.id)).await;
        assert!(post.letters(MOMENT).await.is_empty());
        post.house.let_general_go().await;
        post.relay.behave(Manner::Takes);
        for _ in 0..4 {
            let letters = post.letters(6 * HOUR).await;
            assert!(letters.is_empty(), "{letters:?}");
        }
    }
}

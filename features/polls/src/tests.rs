//! Polls through HTTP and the socket.

use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};
use std::time::Duration;

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![
            accounts::feature(),
            spaces::feature(),
            files::feature(),
            words::feature(),
            messages::feature(),
            crate::feature(),
        ];
        House::open(store, features).await
    }
}

fn question(more: Value) -> Value {
    let mut body = json!({
        "id": new_id(), "message_id": new_id(), "question": "Tea or **coffee**?", "options": ["Tea", "Coffee", "Neither"],
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    body
}

async fn ask(person: &TestPerson, channel: &str, more: Value) -> Value {
    person
        .post(&format!("/api/channels/{channel}/polls"), question(more))
        .await
        .expect(201)["poll"]
        .clone()
}

fn path(channel: &str, poll: &Value) -> String {
    format!("/api/channels/{channel}/polls/{}", id_of(poll))
}

async fn choose(person: &TestPerson, path: &str, options: &[i64]) -> Value {
    person
        .put(&format!("{path}/vote"), json!({ "options": options }))
        .await
        .expect(200)
}

async fn write(person: &TestPerson, path: &str, words: &[&str]) -> Value {
    person
        .put(&format!("{path}/vote"), json!({ "words": words }))
        .await
        .expect(200)
}

fn texts(view: &Value) -> Vec<(&str, i64)> {
    let options = view["poll"]["options"].as_array().into_iter().flatten();
    let text = |option: &'_ Value| option["n"].as_i64();
    options
        .map(|option| {
            (
                option["text"].as_str().unwrap_or_default(),
                text(option).unwrap_or_default(),
            )
        })
        .collect()
}

fn counts(view: &Value) -> Vec<i64> {
    let options = view["poll"]["options"].as_array();
    options
        .into_iter()
        .flatten()
        .filter_map(|option| option["n"].as_i64())
        .collect()
}

both_stores! {
    async fn a_poll_stands_under_its_question_and_counts_votes(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let poll = ask(&ada, &house.general, json!({})).await;
        let event = listener.event("message.posted").await;
        assert_eq!(event["body"]["message"]["card"], json!({ "kind": "poll", "id": id_of(&poll) }));
        let page = bob.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!((&page["messages"][0]["text"], &page["messages"][0]["card"]["id"]), (&json!("Tea or **coffee**?"), &json!(id_of(&poll))));
        let path = path(&house.general, &poll);
        let view = choose(&bob, &path, &[0]).await;
        assert_eq!((counts(&view), &view["mine"]), (vec![1, 0, 0], &json!([0])));
        assert_eq!(view["poll"]["options"][0]["people"], json!([bob.id]));
        let event = listener.event("poll.changed").await;
        assert_eq!((&event["body"]["n_votes"], &event["actor"]), (&json!([1, 0, 0]), &json!(bob.id)));
        choose(&bob, &path, &[1]).await;
        choose(&ada, &path, &[1]).await;
        let view = house.owner.get(&path).await.expect(200);
        assert_eq!((counts(&view), &view["poll"]["n_voters"], &view["mine"]), (vec![0, 2, 0], &json!(2), &json!([])));
        assert_eq!(view["people"].as_array().map(Vec::len), Some(2));
        let view = choose(&bob, &path, &[]).await;
        assert_eq!(counts(&view), [0, 1, 0], "a vote is taken back");
    }

    async fn one_answer_or_several(house: House) {
        let ada = house.member("Ada").await;
        let single = path(&house.general, &ask(&ada, &house.general, json!({})).await);
        ada.put(&format!("{single}/vote"), json!({ "options": [0, 1] })).await.refused(422, "invalid");
        ada.put(&format!("{single}/vote"), json!({ "options": [7] })).await.refused(422, "invalid");
        let several = path(&house.general, &ask(&ada, &house.general, json!({ "kind": "several" })).await);
        let view = choose(&ada, &several, &[2, 0, 0]).await;
        assert_eq!((counts(&view), &view["poll"]["n_voters"]), (vec![1, 0, 1], &json!(1)));
    }

    async fn an_anonymous_poll_tells_nobody_who_chose_what(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let poll = ask(&ada, &house.general, json!({ "anonymous": true })).await;
        let path = path(&house.general, &poll);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        assert_eq!(choose(&bob, &path, &[2]).await["mine"], json!([2]));
        let event = listener.event("poll.changed").await;
        assert_eq!(event["actor"], Value::Null);
        let seen = ada.get(&path).await.expect(200);
        let (_, replayed) = Listener::open(&ada, json!({ house.general.clone(): 0 })).await;
        let votes: Vec<_> = replayed.iter().filter(|frame| frame["kind"] == "poll.changed").collect();
        for shown in [seen.to_string(), event.to_string(), json!(votes).to_string()] {
            assert!(!shown.contains(&bob.id), "{shown}");
        }
        let closed = ada.post(&format!("{path}/close"), json!({})).await.expect(200);
        assert_eq!((counts(&closed), &closed["poll"]["n_voters"]), (vec![0, 0, 1], &json!(1)));
        assert_eq!(bob.get(&path).await.expect(200)["mine"], json!([]), "the server itself does not know it any more");
    }

    async fn a_poll_closes_by_hand_or_at_its_time(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let by_hand = path(&house.general, &ask(&ada, &house.general, json!({})).await);
        bob.post(&format!("{by_hand}/close"), json!({})).await.refused(403, "forbidden");
        for _ in 0..2 {
            assert_eq!(ada.post(&format!("{by_hand}/close"), json!({})).await.expect(200)["poll"]["closed"], true);
        }
        bob.put(&format!("{by_hand}/vote"), json!({ "options": [0] })).await.refused(409, "poll-closed");
        let soon = house.server.app.clock.now().after(Duration::from_secs(600));
        let timed = ask(&ada, &house.general, json!({ "closes_at": soon, "anonymous": true })).await;
        let timed = path(&house.general, &timed);
        choose(&bob, &timed, &[1]).await;
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        house.server.advance(Duration::from_secs(601));
        bob.put(&format!("{timed}/vote"), json!({ "options": [0] })).await.refused(409, "poll-closed");
        let app = &house.server.app;
        assert_eq!(platform::jobs::run_due(app, app.job_kinds()).await.expect("the job runs"), 1);
        let event = listener.event("poll.changed").await;
        assert_eq!((&event["body"]["closed"], &event["body"]["n_votes"]), (&json!(true), &json!([0, 1, 0])));
        let view = bob.get(&timed).await.expect(200);
        assert_eq!((counts(&view), &view["poll"]["closed"]), (vec![0, 1, 0], &json!(true)));
    }

    async fn with_its_message_a_poll_is_gone(house: House) {
        let ada = house.member("Ada").await;
        let poll = ask(&ada, &house.general, json!({})).await;
        let path = path(&house.general, &poll);
        choose(&ada, &path, &[0]).await;
        let message = poll["message_id"].as_str().expect("an id");
        ada.delete(&format!("/api/channels/{}/messages/{message}", house.general)).await.expect(204);
        ada.get(&path).await.refused(404, "not-found");
        let page = ada.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!(page["messages"][0]["card"], Value::Null);
    }

    async fn answers_of_a_held_poll_are_in_its_copy(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let poll = ask(&ada, general, json!({})).await;
        choose(&ada, &path(general, &poll), &[1]).await;
        let hold = json!({ "kind": "channel", "subject_id": general, "reason": "Audit" });
        house.owner.post("/api/holds", hold).await.expect(204);
        let message = poll["message_id"].as_str().unwrap_or_default();
        ada.delete(&format!("/api/channels/{general}/messages/{message}")).await.expect(204);
        let kept = house.owner.get(&format!("/api/holds/{general}/copies")).await.expect(200)["items"][0].clone();
        assert_eq!(kept["text"], "Tea or **coffee**?");
        let answer = |text: &str, n_votes: i64| json!({ "text": text, "n_votes": n_votes });
        assert_eq!(kept["answers"], json!([answer("Tea", 0), answer("Coffee", 1), answer("Neither", 0)]));
    }

    async fn whoever_is_erased_has_chosen_nothing_that_can_be_seen(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let going_on = path(&house.general, &ask(&ada, &house.general, json!({})).await);
        let ended = path(&house.general, &ask(&ada, &house.general, json!({ "kind": "several" })).await);
        let secret = path(&house.general, &ask(&ada, &house.general, json!({ "anonymous": true })).await);
        for poll in [&going_on, &ended, &secret] {
            choose(&bob, poll, &[0]).await;
            choose(&ada, poll, &[0]).await;
        }
        choose(&bob, &ended, &[0, 2]).await;
        ada.post(&format!("{ended}/close"), json!({})).await.expect(200);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        let told = [listener.event("poll.changed").await, listener.event("poll.changed").await];
        assert!(told.iter().all(|event| event["actor"].is_null() && !event["body"].to_string().contains(&bob.id)));
        let views = [ada.get(&going_on).await.expect(200), ada.get(&ended).await.expect(200), ada.get(&secret).await.expect(200)];
        assert_eq!(views.each_ref().map(counts), [vec![1, 0, 0], vec![2, 0, 1], vec![2, 0, 0]]);
        assert_eq!(views.each_ref().map(|view| view["poll"]["n_voters"].clone()), [json!(1), json!(2), json!(2)]);
        assert!(!json!(views).to_string().contains(&bob.id));
        assert_eq!(views[1]["poll"]["options"][0]["people"], json!([ada.id]));
    }

    async fn the_word_list_looks_at_questions_and_answers(house: House) {
        let ada = house.member("Ada").await;
        house.owner.put("/api/words", json!({ "ask": ["coffee"], "hold": ["rum"] })).await.expect(200);
        let path = format!("/api/channels/{}/polls", house.general);
        ada.post(&path, question(json!({}))).await.refused(422, "words-asked");
        let answers = json!({ "question": "What?", "options": ["Tea", "Coffee"] });
        ada.post(&path, question(answers.clone())).await.refused(422, "words-asked");
        let mut agreed = answers;
        agreed["words_ok"] = json!(true);
        ada.post(&path, question(agreed)).await.expect(201);
        let held = json!({ "question": "What?", "options": ["Tea", "Rum"], "words_ok": true });
        ada.post(&path, question(held)).await.refused(422, "words-held");
    }

    async fn asking_twice_asks_once_and_bad_questions_are_refused(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let base = format!("/api/channels/{}/polls", house.general);
        let body = question(json!({}));
        let first = ada.post(&base, body.clone()).await.expect(201);
        let again = ada.post(&base, body.clone()).await.expect(201);
        assert_eq!(first["poll"], again["poll"]);
        bob.post(&base, body.clone()).await.refused(409, "conflict");
        let same_message = question(json!({ "message_id": body["message_id"] }));
        ada.post(&base, same_message).await.refused(409, "conflict");
        let past = house.server.app.clock.now().before(Duration::from_secs(1));
        for bad in [
            json!({ "options": ["One"] }), json!({ "options": ["a", "a"] }), json!({ "question": "  " }),
            json!({ "closes_at": past }), json!({ "created_by": bob.id }),
        ] {
            ada.post(&base, question(bad)).await.refused(422, "invalid");
        }
        let page = ada.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!(page["messages"].as_array().map(Vec::len), Some(1), "what was refused left no message");
    }

    async fn who_only_looks_or_is_outside_does_not_vote(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let open = house.channel(&ada, "open", "public").await;
        let poll = path(&open, &ask(&ada, &open, json!({})).await);
        bob.get(&poll).await.expect(200);
        bob.put(&format!("{poll}/vote"), json!({ "options": [0] })).await.refused(403, "forbidden");
        let outsider = house.outsider("Otto").await;
        outsider.get(&poll).await.refused(404, "not-found");
        outsider.put(&format!("{poll}/vote"), json!({ "options": [0] })).await.refused(404, "not-found");
        let news = house.channel(&ada, "news", "announcement").await;
        let elsewhere = format!("/api/channels/{news}/polls/{}", poll.rsplit('/').next().expect("an id"));
        ada.get(&elsewhere).await.refused(404, "not-found");
    }

    async fn a_poll_that_went_by_a_rule_is_absent_and_its_end_is_no_news(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let closes_at = house.server.app.clock.now().after(Duration::from_secs(3 * 24 * 3_600)).0;
        let poll = ask(&ada, &house.general, json!({ "closes_at": closes_at })).await;
        let path = path(&house.general, &poll);
        choose(&bob, &path, &[1]).await;
        house.let_general_go().await;
        bob.get(&path).await.refused(404, "not-found");
        bob.put(&format!("{path}/vote"), json!({ "options": [0] })).await.refused(404, "not-found");
        house.server.advance(Duration::from_secs(2 * 24 * 3_600));
        let app = &house.server.app;
        while platform::jobs::run_due(app, app.job_kinds()).await.unwrap() > 0 {}
        let (_, log) = Listener::open(&bob, json!({ house.general.clone(): 0 })).await;
        assert_eq!(json!(log).to_string().matches("poll.changed").count(), 1, "its vote, and no end: {log:?}");
    }

    async fn a_scale_has_steps_and_words_at_its_ends(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let scale = json!({ "kind": "scale", "options": [], "scale": { "from": 0, "to": 4, "low": "Lost", "high": "Ready " } });
        let poll = ask(&ada, &house.general, scale).await;
        assert_eq!((&poll["kind"], &poll["ends"]), (&json!("scale"), &json!({ "low": "Lost", "high": "Ready" })));
        let path = path(&house.general, &poll);
        choose(&ada, &path, &[4]).await;
        let view = choose(&bob, &path, &[2]).await;
        assert_eq!((counts(&view), &view["poll"]["options"][4]["text"]), (vec![0, 0, 1, 0, 1], &json!("4")));
        bob.put(&format!("{path}/vote"), json!({ "options": [1, 2] })).await.refused(422, "invalid");
        let base = format!("/api/channels/{}/polls", house.general);
        for bad in [json!({ "kind": "scale" }), json!({ "kind": "scale", "options": [] }), json!({ "scale": { "from": 1, "to": 5 } })] {
            ada.post(&base, question(bad)).await.refused(422, "invalid");
        }
    }

    async fn words_are_counted_whatever_their_case(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let poll = ask(&ada, &house.general, json!({ "kind": "words", "options": [] })).await;
        let path = path(&house.general, &poll);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        write(&ada, &path, &["Calm", " calm!", "Well prepared"]).await;
        let event = listener.event("poll.changed").await;
        assert_eq!((&event["body"]["n_votes"], &event["body"]["n_voters"]), (&json!([]), &json!(1)), "no word is in the log");
        let view = write(&bob, &path, &["CALM", "tired"]).await;
        assert_eq!(texts(&view), [("Calm", 2), ("Well prepared", 1), ("tired", 1)]);
        assert_eq!((&view["words"], &view["poll"]["n_voters"], &view["mine"]), (&json!(["Calm", "tired"]), &json!(2), &json!([])));
        assert_eq!(view["poll"]["options"][2]["people"], json!([bob.id]));
        let view = write(&bob, &path, &["ready"]).await;
        assert_eq!(texts(&view), [("Calm", 1), ("Well prepared", 1), ("ready", 1)], "what nobody stands by is gone");
        for bad in [json!({ "words": ["a", "b", "c", "d"] }), json!({ "options": [0] }), json!({ "words": ["x".repeat(41)] })] {
            bob.put(&format!("{path}/vote"), bad).await.refused(422, "invalid");
        }
        assert_eq!(texts(&write(&bob, &path, &[]).await).len(), 2);
        house.owner.put("/api/words", json!({ "ask": ["sleepy"], "hold": ["rum"] })).await.expect(200);
        bob.put(&format!("{path}/vote"), json!({ "words": ["Rum"], "words_ok": true })).await.refused(422, "words-held");
        bob.put(&format!("{path}/vote"), json!({ "words": ["sleepy"] })).await.refused(422, "words-asked");
        bob.put(&format!("{path}/vote"), json!({ "words": ["sleepy"], "words_ok": true })).await.expect(200);
    }

    async fn a_word_is_taken_out_of_the_result_and_put_back(house: House) {
        let (ada, bob, cleo) = (house.member("Ada").await, house.member("Bob").await, house.member("Cleo").await);
        let poll = ask(&ada, &house.general, json!({ "kind": "words", "options": [] })).await;
        let path = path(&house.general, &poll);
        let words = format!("{path}/words");
        write(&bob, &path, &["Calm", "Awful"]).await;
        write(&cleo, &path, &["awful!"]).await;
        let (mut listener, _) = Listener::open(&cleo, json!({})).await;
        let remove = json!({ "word": "awful", "removed": true });
        bob.patch(&words, remove.clone()).await.refused(403, "forbidden");
        house.outsider("Sam").await.patch(&words, remove.clone()).await.refused(404, "not-found");
        ada.patch(&words, json!({ "word": "Lovely", "removed": true })).await.refused(422, "invalid");
        ada.patch(&words, json!({ "word": " ", "removed": true })).await.refused(422, "invalid");
        let seen = ada.patch(&words, remove.clone()).await.expect(200);
        let told = |view: &Value| -> Vec<String> {
            let options = view["poll"]["options"].as_array().expect("answers");
            options.iter().map(|option| option["text"].as_str().expect("a word").to_owned()).collect()
        };
        assert_eq!((told(&seen), &seen["removed"]), (vec!["Calm".to_owned()], &json!(["Awful"])));
        assert_eq!(listener.event("poll.changed").await["body"]["poll_id"], poll["id"]);
        let others = cleo.get(&path).await.expect(200);
        assert_eq!((told(&others), &others["removed"], &others["poll"]["n_voters"]), (vec!["Calm".to_owned()], &Value::Null, &json!(2)));
        ada.patch(&words, remove).await.expect(200);
        // Whoever takes it back and writes it again does not bring it back.
        write(&cleo, &path, &[]).await;
        write(&bob, &path, &["Calm"]).await;
        assert_eq!(told(&write(&cleo, &path, &["AWFUL"]).await), ["Calm"]);
        // Who looks after the channel may as well.
        let back = house.owner.patch(&words, json!({ "word": "awful", "removed": false })).await.expect(200);
        assert_eq!((told(&back), &back["removed"]), (vec!["Calm".to_owned(), "Awful".to_owned()], &json!([])));
        let deeds = house.server.app.db.read(|tx| {
            tx.list(&DEEDS, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))
        });
        let deeds = deeds.await.expect("the audit log");
        let actions: Vec<&str> = deeds.iter().map(|(action, _)| action.as_str()).collect();
        assert_eq!(actions, ["poll.word_removed", "poll.word_restored"], "what changed nothing is no deed");
        assert!(deeds.iter().all(|(_, all)| !all.to_lowercase().contains("awful")), "{deeds:?}");
    }

    async fn anonymous_words_are_nobodys_and_go_with_whoever_is_erased(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let secret = path(&house.general, &ask(&ada, &house.general, json!({ "kind": "words", "options": [], "anonymous": true })).await);
        let named = path(&house.general, &ask(&ada, &house.general, json!({ "kind": "words", "options": [] })).await);
        for poll in [&secret, &named] {
            write(&bob, poll, &["bobs own", "ours"]).await;
            write(&ada, poll, &["Ours"]).await;
        }
        assert!(!ada.get(&secret).await.expect(200).to_string().contains(&bob.id));
        ada.post(&format!("{secret}/close"), json!({})).await.expect(200);
        house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        let (secret, named) = (ada.get(&secret).await.expect(200), ada.get(&named).await.expect(200));
        assert_eq!((texts(&secret), &secret["poll"]["n_voters"]), (vec![("ours", 2), ("bobs own", 1)], &json!(2)));
        assert_eq!(texts(&named), [("ours", 1)]);
    }

    async fn a_hidden_poll_tells_nobody_who_has_not_voted(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        for kind in ["single", "words"] {
            let options = if kind == "words" { json!([]) } else { json!(["Tea", "Coffee", "Neither"]) };
            let poll = ask(&ada, &house.general, json!({ "kind": kind, "options": options, "hidden": true })).await;
            let path = path(&house.general, &poll);
            let (mut listener, _) = Listener::open(&ada, json!({})).await;
            let voted = if kind == "words" { write(&bob, &path, &["Secretly"]).await } else { choose(&bob, &path, &[1]).await };
            assert_eq!((&voted["is_told"], counts(&voted).iter().sum::<i64>()), (&json!(true), 1));
            let event = listener.event("poll.changed").await;
            assert_eq!((&event["body"]["n_votes"], &event["body"]["people"], &event["body"]["n_voters"]), (&json!([]), &json!([]), &json!(1)));
            for reader in [&ada, &house.owner] {
                let view = reader.get(&path).await.expect(200);
                assert_eq!((&view["is_told"], counts(&view).iter().sum::<i64>(), &view["poll"]["n_voters"]), (&json!(false), 0, &json!(1)), "who asked learns no more");
                assert!(!view.to_string().contains(&bob.id) && !view.to_string().contains("Secretly"), "{view}");
            }
            let (_, log) = Listener::open(&ada, json!({ house.general.clone(): 0 })).await;
            assert!(!json!(log).to_string().contains("Secretly"));
            let taken = if kind == "words" { write(&bob, &path, &[]).await } else { choose(&bob, &path, &[]).await };
            assert_eq!(taken["is_told"], json!(false));
            if kind == "words" { write(&bob, &path, &["Again"]).await } else { choose(&bob, &path, &[0]).await };
            let closed = ada.post(&format!("{path}/close"), json!({})).await.expect(200);
            assert_eq!((&closed["is_told"], counts(&closed).iter().sum::<i64>()), (&json!(true), 1), "when it is over everybody sees it");
        }
    }

    async fn a_poll_waits_for_its_moment_and_nobody_else_knows(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let base = format!("/api/channels/{}/prepared-polls", house.general);
        let id = new_id();
        let content = json!({ "question": "Are we ready?", "kind": "scale", "scale": { "from": 1, "to": 5 }, "hidden": true, "open_s": 600 });
        let one = format!("{base}/{id}");
        let (_, before) = Listener::open(&bob, json!({ house.general.clone(): 0 })).await;
        ada.put(&one, content.clone()).await.expect(200);
        let mut changed = content;
        changed["question"] = json!("Is everybody ready?");
        assert_eq!(ada.put(&one, changed.clone()).await.expect(200)["content"]["question"], "Is everybody ready?");
        let list = |person: TestPerson| { let base = base.clone(); async move { person.get(&base).await.expect(200)["items"].clone() } };
        assert_eq!(list(ada.clone()).await.as_array().map(Vec::len), Some(1));
        assert_eq!(list(house.owner.clone()).await.as_array().map(Vec::len), Some(1), "who looks after the channel sees it");
        assert_eq!(list(bob.clone()).await, json!([]));
        bob.put(&one, changed).await.refused(409, "conflict");
        bob.delete(&one).await.refused(404, "not-found");
        let opened = json!({ "message_id": new_id() });
        bob.post(&format!("{one}/open"), opened.clone()).await.refused(404, "not-found");
        let (_, after) = Listener::open(&bob, json!({ house.general.clone(): 0 })).await;
        assert_eq!(before.len(), after.len(), "nothing of it is in the log");
        for _ in 0..2 {
            let view = ada.post(&format!("{one}/open"), opened.clone()).await.expect(201);
            assert_eq!((&view["poll"]["id"], &view["poll"]["kind"], view["poll"]["options"].as_array().map(Vec::len)), (&json!(id), &json!("scale"), Some(5)));
            assert!(view["poll"]["closes_at"].is_i64());
        }
        assert_eq!(list(ada.clone()).await, json!([]));
        let page = bob.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!(page["messages"].as_array().map(Vec::len), Some(1));
        for bad in [json!({ "question": " " }), json!({ "question": "x", "open_s": 1, "options": ["a", "b"] }), json!({ "question": "x", "kind": "single" })] {
            ada.put(&format!("{base}/{}", new_id()), bad).await.refused(422, "invalid");
        }
        let gone = format!("{base}/{}", new_id());
        ada.put(&gone, json!({ "question": "x", "kind": "words" })).await.expect(200);
        ada.delete(&gone).await.expect(204);
        ada.delete(&gone).await.refused(404, "not-found");
        ada.put(&gone, json!({ "question": "x", "kind": "words" })).await.expect(200);
        house.owner.post(&format!("/api/people/{}/erase", ada.id), json!({ "messages": "keep" })).await.expect(200);
        assert_eq!(list(house.owner.clone()).await, json!([]), "it goes with who wrote it");
    }
}

platform::sql! {
    DEEDS = "select action, subject_name || ' ' || detail from audit_entry where action like 'poll.word%' order by at, id";
}

//! Questions through HTTP and the socket.

use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson, id_of, new_id};

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

/// Begins to collect; the path of the board.
async fn collect(person: &TestPerson, channel: &str, more: Value) -> String {
    let mut body = json!({ "id": new_id(), "message_id": new_id(), "about": "Questions for **Monday**" });
    for (field, value) in more.as_object().into_iter().flatten() {
        body[field] = value.clone();
    }
    let path = format!("/api/channels/{channel}/questions");
    let view = person.post(&path, body).await.expect(201);
    format!("{path}/{}", id_of(&view["questions"]))
}

/// Asks; the path of the question.
async fn ask(person: &TestPerson, board: &str, text: &str, anonymous: bool) -> String {
    let id = new_id();
    let body = json!({ "id": id, "text": text, "anonymous": anonymous });
    person.post(&format!("{board}/items"), body).await.expect(201);
    format!("{board}/items/{id}")
}

async fn want(person: &TestPerson, question: &str, votes: bool) -> Value {
    person
        .put(&format!("{question}/my-vote"), json!({ "votes": votes }))
        .await
        .expect(200)
}

async fn set(person: &TestPerson, question: &str, change: Value) -> Value {
    person.patch(question, change).await.expect(200)
}

/// What somebody sees: texts with votes and states.
fn seen(view: &Value) -> Vec<(&str, i64, &str)> {
    let items = view["items"].as_array().into_iter().flatten();
    let word = |item: &'_ Value, field: &str| item[field].as_i64().unwrap_or_default();
    items
        .map(|item| {
            let text = item["text"].as_str().unwrap_or_default();
            (
                text,
                word(item, "n_votes"),
                item["state"].as_str().unwrap_or_default(),
            )
        })
        .collect()
}

async fn look(person: &TestPerson, board: &str) -> Value {
    person.get(board).await.expect(200)
}

/// Everything that a person can read of questions in a channel's log, as text.
async fn log_of(person: &TestPerson, channel: &str) -> String {
    let (_, log) = Listener::open(person, json!({ channel: 0 })).await;
    let told = log
        .into_iter()
        .filter(|event| event["kind"] == "questions.changed");
    Value::from(told.collect::<Vec<_>>()).to_string()
}

both_stores! {
    async fn questions_are_asked_and_voted_for_and_most_wanted_come_first(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let board = collect(&ada, &house.general, json!({})).await;
        let page = bob.get(&format!("/api/channels/{}/messages", house.general)).await.expect(200);
        assert_eq!(page["messages"][0]["card"]["kind"], "questions");
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let first = ask(&bob, &board, " When do\nwe begin? ", false).await;
        assert_eq!(listener.event("questions.changed").await["body"]["n_votes"], Value::Null);
        let second = ask(&cy, &board, "Where?", false).await;
        listener.event("questions.changed").await;
        let view = want(&ada, &second, true).await;
        assert_eq!(seen(&view), [("Where?", 2, "open"), ("When do we begin?", 1, "open")]);
        assert_eq!((&view["items"][0]["has_my_vote"], &view["items"][0]["is_mine"], &view["items"][0]["author_id"]), (&json!(true), &json!(false), &json!(cy.id)));
        let event = listener.event("questions.changed").await;
        assert_eq!((&event["body"]["n_votes"], &event["actor"]), (&json!(2), &Value::Null));
        want(&ada, &second, true).await;
        want(&ada, &first, true).await;
        want(&ada, &second, false).await;
        want(&cy, &second, false).await;
        assert_eq!(seen(&look(&cy, &board).await), [("When do we begin?", 2, "open"), ("Where?", 0, "open")]);
        let open = bob.get(&format!("/api/channels/{}/questions", house.general)).await.expect(200);
        assert_eq!((open["items"].as_array().map(Vec::len), &open["items"][0]["created_by"]), (Some(1), &json!(ada.id)));
        let again = json!({ "id": second.rsplit('/').next(), "text": "Where?" });
        assert_eq!(seen(&cy.post(&format!("{board}/items"), again.clone()).await.expect(201)).len(), 2, "asking twice asks once");
        ada.post(&format!("{board}/items"), again).await.refused(409, "conflict");
        for bad in [json!({ "id": new_id(), "text": " " }), json!({ "id": new_id(), "text": "x".repeat(501) }), json!({ "id": new_id(), "text": "x", "anonymous": true })] {
            bob.post(&format!("{board}/items"), bad).await.refused(422, "invalid");
        }
    }

    async fn nothing_says_who_voted_or_asked_without_a_name(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let board = collect(&ada, &house.general, json!({ "anonymous": true })).await;
        let question = ask(&bob, &board, "May I ask?", true).await;
        want(&cy, &question, true).await;
        assert_eq!(look(&bob, &board).await["items"][0]["is_mine"], true);
        set(&ada, &question, json!({ "state": "now" })).await;
        for reader in [&ada, &cy, &house.owner] {
            let view = look(reader, &board).await;
            assert_eq!((&view["items"][0]["author_id"], &view["items"][0]["is_mine"]), (&Value::Null, &json!(false)));
            let log = log_of(reader, &house.general).await;
            assert!(log.contains("n_votes") && !log.contains("May I ask?"), "{log}");
            for told in [json!(view["items"]).to_string(), log] {
                assert!(!told.contains(&bob.id) && !told.contains(&cy.id), "{told}");
            }
        }
        ada.post(&format!("{board}/close"), json!({})).await.expect(200);
        let view = look(&bob, &board).await;
        assert_eq!((seen(&view), &view["items"][0]["is_mine"], &view["items"][0]["has_my_vote"]), (vec![("May I ask?", 2, "now")], &json!(false), &json!(false)), "the server does not know it any more");
    }

    async fn what_waits_is_seen_by_who_asked_and_who_moderates(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let board = collect(&ada, &house.general, json!({ "moderated": true })).await;
        let waiting = ask(&bob, &board, "Is it secret?", false).await;
        ask(&ada, &board, "First of all?", false).await;
        assert_eq!(seen(&look(&cy, &board).await), [("First of all?", 1, "open")], "a moderator's own does not wait");
        assert_eq!(seen(&look(&bob, &board).await), [("First of all?", 1, "open"), ("Is it secret?", 1, "waiting")]);
        assert_eq!(seen(&look(&house.owner, &board).await).len(), 2);
        cy.put(&format!("{waiting}/my-vote"), json!({ "votes": true })).await.refused(404, "not-found");
        cy.patch(&waiting, json!({ "state": "open" })).await.refused(403, "forbidden");
        bob.patch(&waiting, json!({ "state": "open" })).await.refused(403, "forbidden");
        assert!(!look(&cy, &board).await.to_string().contains(&bob.id));
        set(&ada, &waiting, json!({ "state": "open" })).await;
        want(&cy, &waiting, true).await;
        assert_eq!(seen(&look(&cy, &board).await)[0], ("Is it secret?", 2, "open"));
        set(&ada, &waiting, json!({ "state": "dismissed" })).await;
        assert_eq!(seen(&look(&cy, &board).await).len(), 1);
        assert_eq!(seen(&look(&bob, &board).await)[1], ("Is it secret?", 2, "dismissed"));
        cy.put(&format!("{waiting}/my-vote"), json!({ "votes": true })).await.refused(404, "not-found");
        bob.put(&format!("{waiting}/my-vote"), json!({ "votes": false })).await.refused(409, "conflict");
        ada.patch(&waiting, json!({ "state": "waiting" })).await.refused(422, "invalid");
    }

    async fn questions_are_answered_one_after_the_other(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let board = collect(&ada, &house.general, json!({})).await;
        let (one, two) = (ask(&bob, &board, "One?", false).await, ask(&bob, &board, "Two?", false).await);
        set(&ada, &one, json!({ "state": "now" })).await;
        let view = set(&ada, &two, json!({ "state": "now" })).await;
        let answered = |view: &Value, text: &str| {
            let items = view["items"].as_array().into_iter().flatten();
            items.clone().find(|item| item["text"] == text).map(|item| item["answer"].clone())
        };
        assert_eq!(seen(&view), [("Two?", 1, "now"), ("One?", 1, "answered")]);
        assert_eq!(view["items"][1]["answer"]["how"], "live");
        let said = json!({ "id": new_id(), "text": "It is in the plan." });
        let said = id_of(&ada.post(&format!("/api/channels/{}/messages", house.general), said).await.expect(201));
        let written = json!({ "how": "written", "text": " See the plan. ", "message_id": said });
        let view = set(&ada, &two, json!({ "state": "answered", "answer": written })).await;
        assert_eq!(answered(&view, "Two?"), Some(json!({ "how": "written", "text": "See the plan.", "message_id": said })));
        for bad in [
            json!({ "state": "answered" }), json!({ "state": "answered", "answer": { "how": "written" } }), json!({ "state": "open", "answer": { "how": "live" } }),
            json!({ "state": "answered", "answer": { "how": "written", "message_id": new_id() } }),
        ] {
            ada.patch(&two, bad).await.refused(422, "invalid");
        }
        bob.put(&format!("{two}/my-vote"), json!({ "votes": false })).await.refused(409, "conflict");
        ada.delete(&format!("/api/channels/{}/messages/{said}", house.general)).await.expect(204);
        let answer = answered(&look(&bob, &board).await, "Two?").unwrap_or_default();
        assert_eq!((&answer["text"], &answer["message_id"]), (&json!("See the plan."), &Value::Null), "a message that is gone answers nothing");
        ada.post(&format!("{board}/close"), json!({})).await.expect(200);
        let later = set(&ada, &one, json!({ "state": "answered", "answer": { "how": "later" } })).await;
        assert_eq!(later["questions"]["closed"], true);
        bob.post(&format!("{board}/items"), json!({ "id": new_id(), "text": "Three?" })).await.refused(409, "questions-closed");
        bob.put(&format!("{one}/my-vote"), json!({ "votes": true })).await.refused(409, "questions-closed");
        bob.post(&format!("{board}/close"), json!({})).await.refused(403, "forbidden");
    }

    async fn questions_that_ask_the_same_join_their_votes_once_per_person(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let board = collect(&ada, &house.general, json!({})).await;
        let (one, two) = (ask(&bob, &board, "When?", false).await, ask(&cy, &board, "At what time?", false).await);
        want(&cy, &one, true).await;
        want(&ada, &two, true).await;
        let id = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        bob.post(&format!("{two}/merge"), json!({ "into_id": id(&one) })).await.refused(403, "forbidden");
        ada.post(&format!("{two}/merge"), json!({ "into_id": new_id() })).await.refused(422, "invalid");
        for _ in 0..2 {
            let view = ada.post(&format!("{two}/merge"), json!({ "into_id": id(&one) })).await.expect(200);
            assert_eq!(seen(&view), [("When?", 3, "open")]);
            assert_eq!(view["items"][0]["merged"], json!(["At what time?"]));
        }
        want(&house.owner, &two, true).await;
        assert_eq!(seen(&look(&ada, &board).await), [("When?", 4, "open")], "an older screen votes for the one that stays");
        bob.delete(&one).await.expect(204);
        let view = look(&cy, &board).await;
        assert_eq!((seen(&view), &view["items"][0]["is_mine"]), (vec![("At what time?", 4, "open")], &json!(true)), "what was put into it stands in its place");
        bob.delete(&two).await.refused(403, "forbidden");
        cy.delete(&two).await.expect(204);
        cy.delete(&two).await.refused(404, "not-found");
    }

    async fn with_its_message_a_board_is_gone_and_a_hold_keeps_it(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let board = collect(&ada, general, json!({})).await;
        ask(&ada, &board, "Why?", false).await;
        let hold = json!({ "kind": "channel", "subject_id": general, "reason": "Audit" });
        house.owner.post("/api/holds", hold).await.expect(204);
        let message = look(&ada, &board).await["questions"]["message_id"].as_str().unwrap_or_default().to_owned();
        ada.delete(&format!("/api/channels/{general}/messages/{message}")).await.expect(204);
        ada.get(&board).await.refused(404, "not-found");
        let open = ada.get(&format!("/api/channels/{general}/questions")).await.expect(200);
        assert_eq!(open["items"], json!([]));
        let kept = house.owner.get(&format!("/api/holds/{general}/copies")).await.expect(200)["items"][0].clone();
        assert_eq!(kept["answers"], json!([{ "text": "Why?", "n_votes": 1 }]));
    }

    async fn with_a_person_go_their_votes_and_what_they_want_gone(house: House) {
        let (ada, bob, cy) = (house.member("Ada").await, house.member("Bob").await, house.member("Cy").await);
        let board = collect(&ada, &house.general, json!({ "anonymous": true })).await;
        ask(&bob, &board, "Named by Bob?", false).await;
        ask(&bob, &board, "Nameless of Bob?", true).await;
        let cys = ask(&cy, &board, "Of Cy?", false).await;
        let adas = ask(&ada, &board, "Of Ada?", false).await;
        want(&bob, &adas, true).await;
        let id = cys.rsplit('/').next().unwrap_or_default().to_owned();
        ada.post(&format!("{adas}/merge"), json!({ "into_id": id })).await.expect(200);
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        listener.event("questions.changed").await;
        let view = look(&ada, &board).await;
        assert_eq!(seen(&view), [("Of Cy?", 2, "open"), ("Named by Bob?", 0, "open"), ("Nameless of Bob?", 0, "open")]);
        house.owner.post(&format!("/api/people/{}/erase", cy.id), json!({ "messages": "delete" })).await.expect(200);
        assert_eq!(seen(&look(&ada, &board).await)[0], ("Of Ada?", 1, "open"));
        assert!(!look(&ada, &board).await.to_string().contains(&cy.id));
    }

    async fn the_word_list_looks_at_questions_and_answers(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let board = collect(&ada, &house.general, json!({})).await;
        house.owner.put("/api/words", json!({ "ask": ["coffee"], "hold": ["rum"] })).await.expect(200);
        let items = format!("{board}/items");
        bob.post(&items, json!({ "id": new_id(), "text": "Any coffee?" })).await.refused(422, "words-asked");
        bob.post(&items, json!({ "id": new_id(), "text": "Any coffee?", "words_ok": true })).await.expect(201);
        bob.post(&items, json!({ "id": new_id(), "text": "Any rum?", "words_ok": true })).await.refused(422, "words-held");
        let question = ask(&bob, &board, "Anything?", false).await;
        let answer = json!({ "state": "answered", "answer": { "how": "written", "text": "Rum." }, "words_ok": true });
        ada.patch(&question, answer).await.refused(422, "words-held");
    }

    async fn there_is_an_end_to_asking(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let board = collect(&ada, &house.general, json!({})).await;
        for n in 0..20 {
            ask(&bob, &board, &format!("Number {n}?"), false).await;
        }
        bob.post(&format!("{board}/items"), json!({ "id": new_id(), "text": "And?" })).await.refused(409, "conflict");
        ask(&ada, &board, "And I?", false).await;
    }

    async fn who_only_looks_or_is_outside_does_not_ask(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let open = house.channel(&ada, "open", "public").await;
        let board = collect(&ada, &open, json!({})).await;
        let question = ask(&ada, &board, "Why?", false).await;
        assert_eq!(seen(&look(&bob, &board).await).len(), 1);
        let body = json!({ "id": new_id(), "text": "Me too?" });
        bob.post(&format!("{board}/items"), body.clone()).await.refused(403, "forbidden");
        bob.put(&format!("{question}/my-vote"), json!({ "votes": true })).await.refused(403, "forbidden");
        let outsider = house.outsider("Otto").await;
        outsider.get(&board).await.refused(404, "not-found");
        outsider.post(&format!("{board}/items"), body).await.refused(404, "not-found");
        outsider.put(&format!("{question}/my-vote"), json!({ "votes": true })).await.refused(404, "not-found");
        let news = house.channel(&ada, "news", "announcement").await;
        ada.get(&board.replace(&open, &news)).await.refused(404, "not-found");
        let twice = json!({ "id": board.rsplit('/').next(), "message_id": new_id(), "about": "Again" });
        ada.post(&format!("/api/channels/{open}/questions"), twice.clone()).await.expect(201);
        bob.post(&format!("/api/channels/{}/questions", house.general), twice).await.refused(409, "conflict");
    }
}

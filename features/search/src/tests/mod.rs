//! Searching through HTTP, on both databases.

mod backfill;
mod corpus;
mod hidden;

use platform::{both_stores, testing::Store};
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

/// Says something a second after what was said before.
async fn say(house: &House, person: &TestPerson, channel: &str, text: &str) -> Value {
    say_in(house, person, channel, json!({ "id": new_id(), "text": text })).await
}

async fn say_in(house: &House, person: &TestPerson, channel: &str, body: Value) -> Value {
    house.server.advance(Duration::from_secs(1));
    person
        .post(&format!("/api/channels/{channel}/messages"), body)
        .await
        .expect(201)
}

async fn begin_topic(house: &House, person: &TestPerson, channel: &str, title: &str, text: &str) -> Value {
    house.server.advance(Duration::from_secs(1));
    let body = json!({ "id": new_id(), "title": title, "message": { "id": new_id(), "text": text } });
    person
        .post(&format!("/api/channels/{channel}/topics"), body)
        .await
        .expect(201)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn search(person: &TestPerson, query: &str) -> Value {
    person
        .get(&format!("/api/search?q={}", encoded(query)))
        .await
        .expect(200)
}

/// What was found, as its excerpts without marks.
fn excerpts(page: &Value) -> Vec<String> {
    let hits = page["hits"].as_array().expect("hits").iter();
    hits.map(|hit| {
        let parts = hit["excerpt"].as_array().expect("parts").iter();
        parts.filter_map(|part| part["text"].as_str()).collect()
    })
    .collect()
}

async fn found(person: &TestPerson, query: &str) -> Vec<String> {
    excerpts(&search(person, query).await)
}

async fn notes(person: &TestPerson, query: &str) -> Vec<(String, String)> {
    let page = search(person, query).await;
    let notes = page["notes"].as_array().expect("notes").iter();
    notes
        .map(|note| {
            let text = |name: &str| note[name].as_str().unwrap_or_default().to_owned();
            (text("kind"), text("about"))
        })
        .collect()
}

both_stores! {
    async fn what_is_said_is_found_at_once_and_with_its_context(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&house, &ada, &house.general, &format!("The **harbour** wall, <@{}>?", house.owner.id)).await;
        let page = search(&house.owner, "harb").await;
        let hit = &page["hits"][0];
        assert_eq!(hit["kind"], "message");
        assert_eq!((&hit["message_id"], &hit["author_id"], &hit["at"]), (&said["id"], &json!(ada.id), &said["at"]));
        assert_eq!((&hit["channel_id"], &hit["topic_id"]), (&json!(house.general), &Value::Null));
        let parts = json!([
            { "text": "The ", "hit": false }, { "text": "harbour", "hit": true }, { "text": " wall, @Olga Owner?", "hit": false }
        ]);
        assert_eq!(hit["excerpt"], parts);
        assert_eq!((&page["people"][0]["name"], &page["channels"][0]["name"]), (&json!("Ada"), &json!("general")));
        assert_eq!((&page["next"], &page["notes"]), (&Value::Null, &json!([])));
    }

    async fn edits_are_found_and_earlier_words_are_not(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&house, &ada, &house.general, "the quay").await;
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
        ada.patch(&path, json!({ "text": "the pier https://pier.example" })).await.expect(200);
        assert!(found(&ada, "quay ").await.is_empty());
        assert_eq!(found(&ada, "pier has:link is:edited").await.len(), 1);
        assert!(found(&ada, "pier -is:edited").await.is_empty());
    }

    async fn a_deleted_text_leaves_the_index_with_the_message(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&house, &ada, &house.general, "xylophone lessons").await;
        say(&house, &ada, &house.general, "piano lessons").await;
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&said))).await.expect(204);
        assert!(found(&ada, "xylophone").await.is_empty());
        assert_eq!(found(&ada, "lessons").await, ["piano lessons"]);
        let left: i64 = house.server.app.db.read(|tx| tx.one(&COUNT_DOCS, &[], |row| row.get(0))).await.unwrap();
        assert_eq!(left, 1);
        // Nor in the pages of the file, beyond what the log of writes still holds.
        if house.server.app.db.dialect() == platform::db::Dialect::Sqlite {
            let file = std::fs::read_dir(house.server.folder.path()).unwrap().flatten();
            let file = file.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|ext| ext == "db"));
            let store = platform::db::SqliteStore::open(&file.expect("a database")).unwrap();
            store.connection().execute_batch("pragma wal_checkpoint(truncate)").unwrap();
            let bytes = std::fs::read(store.connection().path().expect("a file")).unwrap();
            let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(holds("lessons") && !holds("xylophone") && !holds("ylophone"));
        }
    }

    async fn a_topic_of_which_nothing_is_left_by_rule_is_not_found_any_more(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        begin_topic(&house, &ada, general, "Quorvex", "first").await;
        assert_eq!(found(&ada, "quorvex").await.len(), 1);
        let day = Duration::from_secs(24 * 3600);
        house.server.advance(2 * day);
        let body = json!({ "days": 1, "keep_marked": true, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{general}"), body).await.expect(200);
        let app = &house.server.app;
        while platform::jobs::run_due(app, app.job_kinds()).await.expect("jobs run") > 0 {}
        assert!(found(&ada, "quorvex").await.is_empty());
        assert!(found(&ada, "first").await.is_empty());
    }

    async fn words_phrases_beginnings_and_without(house: House) {
        let ada = house.member("Ada").await;
        for text in ["Café au lait", "late cafes", "un café noir", "no coffee", "lait au café"] {
            say(&house, &ada, &house.general, text).await;
        }
        for (query, expected) in [
            ("cafe ", &["lait au café", "un café noir", "Café au lait"][..]),
            ("CAFE", &["lait au café", "un café noir", "late cafes", "Café au lait"]),
            ("caf*", &["lait au café", "un café noir", "late cafes", "Café au lait"]),
            ("\"café au lait\"", &["Café au lait"]),
            ("lait cafe ", &["lait au café", "Café au lait"]),
            ("cafe -lait", &["un café noir"]),
            ("caf* -lait", &["un café noir", "late cafes"]),
            ("cafe -\"café noir\" -\"au lait\"", &["lait au café"]),
            ("-cafe* ", &["no coffee"]),
            ("tea", &[]),
            ("c", &[]),
        ] {
            assert_eq!(found(&ada, query).await, expected, "{query}");
        }
    }

    async fn filters_narrow(house: House) {
        let (ada, bob) = (house.member("Ada Obi").await, house.member("Bob").await);
        let lab = house.channel(&ada, "week 4 lab", "public").await;
        bob.post(&format!("/api/channels/{lab}/join"), json!({})).await.expect(200);
        let first = say(&house, &ada, &house.general, "plan one").await;
        say(&house, &bob, &lab, "plan two `code`").await;
        let topic = begin_topic(&house, &bob, &lab, "Plan of the reef", "plan three").await;
        say_in(&house, &ada, &lab, json!({ "id": new_id(), "text": "plan four", "topic_id": id_of(&topic) })).await;
        let reaction = format!("/api/channels/{}/messages/{}/reactions/%F0%9F%91%8D", house.general, id_of(&first));
        bob.put(&reaction, json!({})).await.expect(204);
        for (query, expected) in [
            ("plan from:bob", &["Plan of the reef", "plan three", "plan two code"][..]),
            ("plan from:\"Ada Obi\"", &["plan four", "plan one"]),
            ("plan from:@ada", &["plan four", "plan one"]),
            ("plan -from:obi", &["Plan of the reef", "plan three", "plan two code"]),
            ("plan from:me", &["plan four", "plan one"]),
            ("is:mine", &["plan four", "plan one"]),
            ("plan in:general", &["plan one"]),
            ("plan in:\"week 4 lab\" from:bob -has:code", &["Plan of the reef", "plan three"]),
            ("plan in:week", &["plan four", "Plan of the reef", "plan three", "plan two code"]),
            ("has:code", &["plan two code"]),
            ("has:reactions", &["plan one"]),
            ("plan -has:reaction -is:topic", &["plan three", "plan two code"]),
            ("is:topic", &["plan four", "Plan of the reef"]),
            ("is:open plan", &["plan four", "Plan of the reef"]),
            ("is:decided", &[]),
            ("plan before:2026-11-23", &[]),
            ("plan after:2026-11-24", &[]),
            ("plan on:2026-11-23 from:bob in:lab has:code", &["plan two code"]),
            ("plan after:2026-11 before:2027", &["plan four", "Plan of the reef", "plan three", "plan two code", "plan one"]),
        ] {
            assert_eq!(found(&ada, query).await, expected, "{query}");
        }
        let path = format!("/api/channels/{lab}/topics/{}", id_of(&topic));
        bob.patch(&path, json!({ "state": "decided", "decision": "Ada dives" })).await.expect(200);
        assert_eq!(found(&ada, "dives is:decided").await, ["Plan of the reef Ada dives"]);
        bob.patch(&path, json!({ "title": "Dive", "state": "open" })).await.expect(200);
        assert_eq!(found(&ada, "dive is:open").await, ["Dive"]);
        assert!(found(&ada, "reef").await.is_empty());
    }

    async fn what_is_moved_merged_forwarded_kept_and_pinned_is_found_where_it_is(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let crane = begin_topic(&house, &ada, general, "Crane", "first").await;
        let lift = begin_topic(&house, &ada, general, "Lift", "second").await;
        let said = say_in(&house, &ada, general, json!({ "id": new_id(), "text": "bolts", "topic_id": id_of(&lift) })).await;
        assert_eq!(search(&ada, "bolts").await["hits"][0]["topic_title"], "Lift");
        let merge = format!("/api/channels/{general}/topics/{}/merge", id_of(&lift));
        ada.post(&merge, json!({ "into_id": id_of(&crane) })).await.expect(200);
        assert_eq!(search(&ada, "bolts").await["hits"][0]["topic_title"], "Crane");
        assert!(found(&ada, "lift").await.is_empty());

        let path = format!("/api/channels/{general}/messages/{}", id_of(&said));
        ada.put(&format!("{path}/pin"), json!({})).await.expect(204);
        assert_eq!(found(&ada, "is:pinned").await, ["bolts"]);
        assert!(found(&ada, "bolts -is:pinned").await.is_empty());
        assert!(found(&ada, "is:saved").await.is_empty());

        let lab = house.channel(&ada, "lab", "private").await;
        let forward = json!({ "id": new_id(), "text": "see", "forward_id": id_of(&said) });
        say_in(&house, &ada, &lab, forward).await;
        assert_eq!(found(&ada, "bolts in:lab").await, ["see bolts"]);
        ada.delete(&path).await.expect(204);
        assert!(found(&ada, "bolts").await.is_empty());
        assert_eq!(found(&ada, "see in:lab").await, ["see"]);
    }

    async fn what_is_not_understood_is_told_kindly(house: House) {
        let ada = house.member("Ada").await;
        say(&house, &ada, &house.general, "size big").await;
        for (query, expected) in [
            ("size:big ", ("unknown_filter", "size:")),
            ("big has:wings", ("unknown_value", "has:wings")),
            ("big is:late", ("unknown_value", "is:late")),
            ("big from:nobody", ("nobody", "nobody")),
            ("big in:nowhere", ("nowhere", "nowhere")),
            ("big before:soon", ("no_date", "soon")),
            ("", ("empty", "")),
            ("🎉", ("empty", "")),
        ] {
            let (kind, about) = expected;
            assert_eq!(notes(&ada, query).await, [(kind.to_owned(), about.to_owned())], "{query}");
        }
        assert_eq!(found(&ada, "size:big ").await, ["size big"]);
        assert!(found(&ada, "big from:nobody").await.is_empty());
        assert_eq!(found(&ada, "big -from:nobody").await, ["size big"]);
    }

    async fn what_is_too_much_is_refused_clearly(house: House) {
        let ada = house.member("Ada").await;
        for query in ["word+".repeat(2_000), "a+".repeat(65), "is:mine+".repeat(17)] {
            let refusal = ada.get(&format!("/api/search?q={query}")).await;
            refusal.refused(422, "invalid");
            assert_eq!(refusal.body["errors"][0]["pointer"], "/q", "{}", refusal.body);
        }
        for query in ["q=a&sort=worst", "q=a&cursor=x", "q=a&cursor=b.1.1.1", "q=a&limit=many", "q=a&admin=1"] {
            ada.get(&format!("/api/search?{query}")).await.refused(422, "invalid");
        }
        house.server.stranger().get("/api/search?q=a").await.refused(401, "signed-out");
        house.server.stranger().get("/api/search/places?q=a").await.refused(401, "signed-out");
        let n_hits = ada.get("/api/search?q=a&limit=100000").await.expect(200)["hits"].as_array().map(Vec::len);
        assert_eq!(n_hits, Some(0));
    }

    async fn nothing_that_is_typed_is_an_operator(house: House) {
        let ada = house.member("Ada").await;
        say(&house, &ada, &house.general, "and or not near words rank").await;
        for query in [
            "AND ", "\"or\"\"not ", "NEAR(words rank)", "words:rank ", "(and) ", "^and ", "and + or ", "a*b*", "'and' ", "and\\ ", "{and} ",
            "and & ! | <-> or ", "-- ", "* ", "\"\" ", ":", "-", "\"", "-\"", "from:\"", "%00", "\u{E000}m ", "\u{202E}and ",
        ] {
            search(&ada, query).await;
        }
        assert_eq!(found(&ada, "NOT near ").await.len(), 1);
        assert!(found(&ada, "\u{E000}m").await.is_empty());
    }

    async fn pages_hold_each_hit_once_in_both_orders(house: House) {
        let ada = house.member("Ada").await;
        for n in 0..23 {
            say(&house, &ada, &house.general, &format!("tide {n} {}", "water ".repeat(n % 7))).await;
        }
        for sort in ["newest", "best"] {
            let mut all = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = ada.get(&format!("/api/search?q=tide&sort={sort}&limit=5{cursor}")).await.expect(200);
                let hits = excerpts(&page);
                assert!(hits.len() == 5 || page["next"].is_null());
                all.extend(hits);
                // Somebody writes meanwhile.
                say(&house, &ada, &house.general, "tide tide").await;
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            let numbered: Vec<&String> = all.iter().filter(|text| *text != "tide tide").collect();
            let once: std::collections::BTreeSet<&String> = numbered.iter().copied().collect();
            assert_eq!((numbered.len(), once.len()), (23, 23), "{sort}: {all:?}");
        }
        let best = ada.get("/api/search?q=tide&sort=best&limit=1").await.expect(200);
        assert_eq!(excerpts(&best), ["tide tide"]);
    }

    async fn history_of_one_moment_keeps_its_order(house: House) {
        let ada = house.member("Ada").await;
        let path = format!("/api/channels/{}/messages", house.general);
        let place = crate::store::Place { channel: house.general.parse().unwrap(), seq: base::Seq(0), topic: None };
        for n in 0..30 {
            ada.post(&path, json!({ "id": new_id(), "text": format!("wave {n}") })).await.expect(201);
        }
        let newest: Vec<String> = (10..30).rev().map(|n| format!("wave {n}")).collect();
        assert_eq!(found(&ada, "wave").await, newest);
        // 3,000 in one microsecond: more than there are ids for it.
        let added = house.server.app.db.write(place.channel, move |tx| {
            for n in 0..3_000_i64 {
                let document = crate::words::Document::new(vec![], "flood");
                let place = crate::store::Place { seq: base::Seq(1_000_000 + n), ..place };
                crate::store::add(tx, place, base::Timestamp(7), &document)?;
            }
            Ok::<_, platform::db::Error>(())
        });
        added.await.unwrap();
    }

    async fn people_channels_and_topics_are_found_by_name(house: House) {
        let ada = house.member("Inês Duarte").await;
        let guest = house.guest("Gus", &house.general).await;
        let open = house.channel(&house.owner, "Harbour walks", "public").await;
        let secret = house.channel(&house.owner, "Harbour secrets", "private").await;
        begin_topic(&house, &house.owner, &house.general, "Old harbour wall", "look").await;
        begin_topic(&house, &house.owner, &secret, "Harbour of secrets", "look").await;
        let places = |person: &TestPerson, text: &str| {
            let (person, path) = (person.clone(), format!("/api/search/places?q={}", encoded(text)));
            async move { person.get(&path).await.expect(200) }
        };
        let names = |list: &Value, key: &str| -> Vec<String> {
            list.as_array().into_iter().flatten().filter_map(|thing| thing[key].as_str().map(str::to_owned)).collect()
        };
        let found = places(&ada, "harb").await;
        assert_eq!(names(&found["channels"], "name"), ["Harbour walks"]);
        assert_eq!(names(&found["topics"], "topic_title"), ["Old harbour wall"]);
        assert_eq!(found["channels"][0]["id"], open.as_str());
        let found = places(&house.owner, "harbour").await;
        assert_eq!(names(&found["channels"], "name"), ["Harbour secrets", "Harbour walks"]);
        assert_eq!(names(&found["topics"], "topic_title"), ["Harbour of secrets", "Old harbour wall"]);
        assert_eq!(names(&places(&ada, "ines d").await["people"], "name"), ["Inês Duarte"]);
        assert_eq!(names(&places(&guest, "harbour").await["channels"], "name"), Vec::<String>::new());
        assert_eq!(places(&ada, " ").await, json!({ "people": [], "channels": [], "topics": [] }));
    }
}

platform::sql! {
    COUNT_DOCS = "select count(*) from search_doc";
}

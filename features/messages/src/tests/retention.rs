//! How long messages stay, and what is held, through HTTP.

use super::*;
use platform::jobs;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Runs what is due until nothing is; how many jobs that were.
async fn run_jobs(house: &House) -> usize {
    let app = &house.server.app;
    let mut n_jobs = 0;
    loop {
        match jobs::run_due(app, app.job_kinds()).await.expect("jobs run") {
            0 => return n_jobs,
            n => n_jobs += n,
        }
    }
}

async fn set(house: &House, place: &str, days: Value, name: &str) -> Answer {
    let body = json!({ "days": days, "keep_marked": true, "confirm": name });
    house.owner.put(&format!("/api/retention/{place}"), body).await
}

async fn workspace(house: &House) -> String {
    let start = house.owner.get("/api/start").await.expect(200);
    id_of(&start["workspace"])
}

async fn deeds(house: &House) -> Vec<String> {
    let read = house
        .server
        .app
        .db
        .read(|tx| crate::retention::store::list_deeds(tx));
    read.await.expect("the log can be read")
}

async fn copies_of(house: &House, subject: &str) -> Value {
    let answer = house
        .owner
        .get(&format!("/api/holds/{subject}/copies"))
        .await
        .expect(200);
    answer["items"].clone()
}

async fn n_copies(house: &House) -> i64 {
    let count = house
        .server
        .app
        .db
        .read(|tx| crate::retention::copies::store::count(tx));
    count.await.expect("copies can be counted")
}

both_stores! {
    async fn what_is_older_than_the_rule_goes_and_marked_things_stay(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        for text in ["old quorvex", "pinned", "in a decided topic"] {
            say(&ada, general, text).await;
        }
        let messages = page(&ada, general, "").await["messages"].clone();
        let path = |idx: usize, what: &str| format!("/api/channels/{general}/messages/{}{what}", id_of(&messages[idx]));
        ada.put(&path(1, "/pin"), json!({})).await.expect(204);
        let topic = json!({ "id": new_id(), "title": "Plan", "origin_id": id_of(&messages[2]) });
        let topic = id_of(&ada.post(&format!("/api/channels/{general}/topics"), topic).await.expect(201));
        let decide = json!({ "state": "decided", "decision": "Yes" });
        ada.patch(&format!("/api/channels/{general}/topics/{topic}"), decide).await.expect(200);
        house.server.advance(31 * DAY);
        say(&ada, general, "new").await;
        let preview = |days: i64, keep: bool| format!("/api/retention/{general}/preview?days={days}&keep_marked={keep}");
        assert_eq!(house.owner.get(&preview(30, true)).await.expect(200)["n_messages"], 1);
        assert_eq!(house.owner.get(&preview(30, false)).await.expect(200)["n_messages"], 3);
        set(&house, general, json!(30), "another name").await.refused(422, "invalid");
        set(&house, general, json!(0), "general").await.refused(422, "invalid");
        ada.put(&format!("/api/retention/{general}"), json!({ "days": 1, "keep_marked": false, "confirm": "general" })).await.refused(403, "forbidden");
        set(&house, general, json!(30), "general").await.expect(200);
        run_jobs(&house).await;
        assert_eq!(texts(&page(&ada, general, "").await), ["pinned", "in a decided topic", "new"]);
        let stay = ada.get(&format!("/api/channels/{general}/retention")).await.expect(200);
        assert_eq!(stay, json!({ "days": 30, "keep_marked": true, "held": false }));
        let (_, events) = Listener::open(&ada, json!({ general: 0 })).await;
        assert!(!format!("{events:?}").contains("quorvex"), "it is gone from the log too");
        assert_eq!(deeds(&house).await, ["retention.changed"]);
    }

    async fn the_nearest_rule_counts(house: House) {
        let ada = house.member("Ada").await;
        let other = house.channel(&ada, "other", "public").await;
        for channel in [&house.general, &other] {
            say(&ada, channel, "old").await;
        }
        house.server.advance(40 * DAY);
        set(&house, &workspace(&house).await, json!(30), "Riverside").await.expect(200);
        set(&house, &house.space, json!(null), "Riverside").await.expect(200);
        set(&house, &other, json!(35), "other").await.expect(200);
        run_jobs(&house).await;
        assert_eq!(texts(&page(&ada, &house.general, "").await), ["old"], "the space says for ever");
        assert!(texts(&page(&ada, &other, "").await).is_empty(), "the channel says 35 days");
        house.owner.delete(&format!("/api/retention/{}", house.space)).await.expect(204);
        set(&house, &other, json!(36), "other").await.expect(200);
        run_jobs(&house).await;
        assert!(texts(&page(&ada, &house.general, "").await).is_empty(), "it follows the workspace again");
        let stranger = json!({ "days": 1, "keep_marked": false, "confirm": "x" });
        house.owner.put(&format!("/api/retention/{}", new_id()), stranger).await.refused(404, "not-found");
    }

    async fn what_is_held_is_kept_whoever_deletes_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = &house.general;
        let mine = say(&ada, general, "by Ada").await;
        let moderated = say(&ada, general, "rude").await;
        say(&bob, general, "by Bob").await;
        say(&ada, general, "stays").await;
        let hold = json!({ "kind": "person", "subject_id": ada.id, "reason": "A dispute" });
        bob.post("/api/holds", hold.clone()).await.refused(403, "forbidden");
        for _ in 0..2 {
            house.owner.post("/api/holds", hold.clone()).await.expect(204);
        }
        let path = |message: &Value| format!("/api/channels/{general}/messages/{}", id_of(message));
        ada.patch(&path(&mine), json!({ "text": "changed" })).await.expect(200);
        ada.delete(&path(&mine)).await.expect(204);
        house.owner.post(&format!("{}/remove", path(&moderated)), json!({ "reason": null })).await.expect(204);
        assert_eq!(texts(&page(&bob, general, "").await), ["", "", "by Bob", "stays"], "nobody sees it any more");
        house.server.advance(40 * DAY);
        set(&house, general, json!(30), "general").await.expect(200);
        run_jobs(&house).await;
        assert_eq!(texts(&page(&bob, general, "").await), ["", "", "stays"], "no rule touches what is held");
        let held = house.owner.get("/api/retention").await.expect(200)["holds"].clone();
        assert_eq!((&held[0]["name"], &held[0]["reason"], &held[0]["n_copies"]), (&json!("Ada"), &json!("A dispute"), &json!(2)));
        let copies = copies_of(&house, &ada.id).await;
        assert_eq!((&copies[0]["text"], &copies[0]["earlier"]), (&json!("changed"), &json!(["by Ada"])));
        assert_eq!(copies[1]["text"], "rude");
        bob.get(&format!("/api/holds/{}/copies", ada.id)).await.refused(403, "forbidden");
        let whole = json!({ "kind": "channel", "subject_id": general, "reason": "Audit" });
        house.owner.post("/api/holds", whole).await.expect(204);
        assert_eq!(bob.get(&format!("/api/channels/{general}/retention")).await.expect(200)["held"], true);
        house.owner.delete(&format!("/api/holds/{}", ada.id)).await.expect(204);
        run_jobs(&house).await;
        assert_eq!(copies_of(&house, general).await.as_array().map(Vec::len), Some(2), "the other hold covers it");
        house.owner.delete(&format!("/api/holds/{general}")).await.expect(204);
        house.owner.delete(&format!("/api/holds/{general}")).await.refused(404, "not-found");
        run_jobs(&house).await;
        assert!(texts(&page(&bob, general, "").await).is_empty(), "what was deleted before goes from the pages too");
        assert_eq!(n_copies(&house).await, 0, "no hold covers it any more");
        let made = ["retention.hold_made", "retention.changed", "retention.copies_seen", "retention.hold_made", "retention.hold_ended"];
        assert!(deeds(&house).await.starts_with(&made.map(str::to_owned)), "{:?}", deeds(&house).await);
    }

    async fn an_admin_who_is_no_owner_sees_no_copies(house: House) {
        let ada = house.member("Ada").await;
        house.owner.patch(&format!("/api/people/{}", ada.id), json!({ "role": "admin" })).await.expect(200);
        let hold = json!({ "kind": "channel", "subject_id": house.general, "reason": "Audit" });
        ada.post("/api/holds", hold).await.expect(204);
        ada.get(&format!("/api/holds/{}/copies", house.general)).await.refused(403, "forbidden");
        house.owner.get(&format!("/api/holds/{}/copies", new_id())).await.refused(404, "not-found");
    }

    async fn who_is_erased_under_a_hold_goes_from_every_screen_and_the_copies_stay_until_it_ends(house: House) {
        let ada = house.member("Ada").await;
        say(&ada, &house.general, "evidence").await;
        let hold = json!({ "kind": "person", "subject_id": ada.id, "reason": "A dispute" });
        house.owner.post("/api/holds", hold).await.expect(204);
        let erase = format!("/api/people/{}/erase", ada.id);
        house.owner.post(&erase, json!({ "messages": "delete" })).await.expect(200);
        run_jobs(&house).await;
        assert_eq!(texts(&page(&house.owner, &house.general, "").await), [""]);
        assert_eq!(copies_of(&house, &ada.id).await[0]["text"], "evidence");
        house.owner.delete(&format!("/api/holds/{}", ada.id)).await.expect(204);
        run_jobs(&house).await;
        assert_eq!(n_copies(&house).await, 0);
    }

    async fn a_preview_counts_what_a_rule_would_reach(house: House) {
        let ada = house.member("Ada").await;
        let other = house.channel(&ada, "other", "public").await;
        for channel in [&house.general, &other, &other] {
            say(&ada, channel, "old").await;
        }
        house.server.advance(40 * DAY);
        set(&house, &other, json!(35), "other").await.expect(200);
        let workspace = workspace(&house).await;
        let preview = async |place: &str, days: i64| house.owner.get(&format!("/api/retention/{place}/preview?days={days}")).await.expect(200);
        assert_eq!(preview(&workspace, 30).await["n_messages"], 1, "the other channel has a rule of its own");
        assert_eq!(preview(&house.space, 30).await["n_messages"], 1);
        let reached = preview(&other, 30).await;
        let oldest = page(&ada, &other, "").await["messages"][0]["at"].clone();
        assert_eq!((&reached["n_messages"], &reached["oldest_at"]), (&json!(2), &oldest));
        assert_eq!(preview(&other, 50).await, json!({ "n_messages": 0, "oldest_at": null }));
    }

    async fn files_of_what_is_held_stay_until_the_hold_ends(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let file = files::testing::upload(&ada, "note.txt", b"quorvex").await;
        let body = json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
        let posted = ada.post(&format!("/api/channels/{general}/messages"), body).await.expect(201);
        let hold = json!({ "kind": "channel", "subject_id": general, "reason": "Audit" });
        house.owner.post("/api/holds", hold).await.expect(204);
        ada.delete(&format!("/api/channels/{general}/messages/{}", id_of(&posted))).await.expect(204);
        ada.get(&format!("/api/files/{}", id_of(&file))).await.refused(404, "not-found");
        let kept = copies_of(&house, general).await[0]["files"][0].clone();
        assert_eq!((&kept["name"], &kept["size_bytes"]), (&json!("note.txt"), &json!(7)));
        let app = &house.server.app;
        let hash = kept["hash"].as_str().and_then(|hash| hash.parse().ok()).expect("a hash");
        let sweep = async || {
            house.server.advance(Duration::from_secs(2 * 3600));
            platform::leftovers::sweep(app).await.expect("it sweeps");
            app.blobs.exists(hash).await.expect("the folder answers")
        };
        assert!(sweep().await, "the copy names the bytes");
        house.owner.delete(&format!("/api/holds/{general}")).await.expect(204);
        run_jobs(&house).await;
        assert!(!sweep().await, "nobody names them any more");
    }

    async fn what_goes_by_a_rule_takes_its_files_and_a_death_in_the_middle_doubles_nothing(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let file = files::testing::upload(&ada, "note.txt", b"quorvex").await;
        let body = json!({ "id": new_id(), "text": "look", "file_ids": [file["id"]] });
        ada.post(&format!("/api/channels/{general}/messages"), body).await.expect(201);
        for n in 0..30 {
            say(&ada, general, &format!("m{n}")).await;
        }
        house.server.advance(2 * DAY);
        set(&house, general, json!(1), "general").await.expect(200);
        let app = &house.server.app;
        for _ in 0..2 {
            jobs::run_due(app, app.job_kinds()).await.expect("jobs run");
        }
        // A process takes the rest and dies; its lease runs out.
        let now = app.clock.now();
        let taken = app.db.write(platform::journal::ACCESS_SCOPE, move |tx| jobs::lease(tx, now)).await.expect("a lease");
        assert_eq!(taken.len(), 1);
        assert_eq!(run_jobs(&house).await, 0, "nobody else runs it meanwhile");
        house.server.advance(Duration::from_secs(120));
        run_jobs(&house).await;
        assert!(texts(&page(&ada, general, "?limit=100").await).is_empty());
        ada.get(&format!("/api/files/{}", id_of(&file))).await.refused(404, "not-found");
        let (_, events) = Listener::open(&ada, json!({ general: 0 })).await;
        assert_eq!(json!(events).to_string().matches("message.deleted").count(), 31, "each once");
    }

    async fn much_goes_a_little_at_a_time(house: House) {
        let ada = house.member("Ada").await;
        for n in 0..50 {
            say(&ada, &house.general, &format!("m{n}")).await;
        }
        house.server.advance(2 * DAY);
        set(&house, &house.general, json!(1), "general").await.expect(200);
        let app = &house.server.app;
        // The look first, then at most twenty messages a job.
        let living = async || texts(&page(&ada, &house.general, "?limit=100").await).iter().filter(|text| !text.is_empty()).count();
        jobs::run_due(app, app.job_kinds()).await.expect("jobs run");
        for expected in [30, 10, 0] {
            jobs::run_due(app, app.job_kinds()).await.expect("jobs run");
            assert_eq!(living().await, expected);
        }
    }

    async fn what_went_leaves_no_line_and_open_screens_learn_it(house: House) {
        let ada = house.member("Ada").await;
        let general = &house.general;
        let said = say(&ada, general, "old").await;
        let slip = say(&ada, general, "a slip").await;
        let slip = format!("/api/channels/{general}/messages/{}", id_of(&slip));
        ada.delete(&slip).await.expect(204);
        house.server.advance(2 * DAY);
        let answer = json!({ "id": new_id(), "text": "new", "quote_id": id_of(&said) });
        ada.post(&format!("/api/channels/{general}/messages"), answer).await.expect(201);
        let open = mirror(&ada, general).await;
        set(&house, general, json!(1), "general").await.expect(200);
        run_jobs(&house).await;
        let left = page(&ada, general, "").await;
        assert_eq!((texts(&left), &left["has_older"]), (vec!["new"], &json!(false)));
        assert_eq!(left["messages"][0]["quote"]["deleted"], true);
        assert_eq!(page(&ada, general, "?around=1").await["messages"], left["messages"]);
        ada.get(&format!("/api/messages/{}", id_of(&said))).await.refused(404, "not-found");
        ada.delete(&slip).await.refused(404, "not-found");
        open.agrees(&ada).await;
        assert_eq!(run_jobs(&house).await, 0, "there is nothing left to do");
    }

    async fn a_topic_of_which_nothing_is_left_goes_with_title_and_decision(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = &house.general;
        let topics = format!("/api/channels/{general}/topics");
        let begin = async |title: &str| {
            let body = json!({ "id": new_id(), "title": title, "message": { "id": new_id(), "text": "first" } });
            id_of(&ada.post(&topics, body).await.expect(201))
        };
        let (gone, merged, stays) = (begin("Quorvex").await, begin("Quorvex before").await, begin("Living").await);
        let into = async |topic: &str, text: &str| {
            let body = json!({ "id": new_id(), "text": text, "topic_id": topic });
            bob.post(&format!("/api/channels/{general}/messages"), body).await.expect(201)
        };
        into(&gone, "an answer").await;
        into(&merged, "another").await;
        ada.post(&format!("{topics}/{merged}/merge"), json!({ "into_id": gone })).await.expect(200);
        let slip = id_of(&into(&gone, "a slip").await);
        bob.delete(&format!("/api/channels/{general}/messages/{slip}")).await.expect(204);
        let decide = json!({ "state": "decided", "decision": "Quorvex it is" });
        ada.patch(&format!("{topics}/{gone}"), decide).await.expect(200);
        bob.put(&format!("{topics}/{gone}/follow"), json!({})).await.expect(204);
        let draft = json!({ "channel_id": general, "topic_id": gone, "text": "unsent quorvex", "revision": 0 });
        bob.put("/api/drafts", draft).await.expect(200);
        house.server.advance(2 * DAY);
        into(&stays, "still talking").await;
        let body = json!({ "days": 1, "keep_marked": false, "confirm": "general" });
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        house.owner.put(&format!("/api/retention/{general}"), body).await.expect(200);
        run_jobs(&house).await;
        assert_eq!(listener.event("messages.gone").await["body"]["topic_ids"], json!([gone]));
        let left = page(&bob, general, "").await;
        assert_eq!(texts(&left), [""], "where the living topic began stays as a line");
        assert_eq!(left["messages"][0]["topic"]["title"], "Living");
        let titles: Vec<_> = bob.get(&topics).await.expect(200)["items"].as_array().into_iter().flatten()
            .map(|item| item["title"].clone()).collect();
        assert_eq!(titles, ["Living"]);
        for topic in [&gone, &merged] {
            bob.get(&format!("{topics}/{topic}")).await.refused(404, "not-found");
        }
        let start = bob.get("/api/start").await.expect(200);
        assert!(!start.to_string().to_lowercase().contains("quorvex"), "drafts and followed topics: {start}");
        for log in [general, &bob.id] {
            let (_, events) = Listener::open(&bob, json!({ log: 0 })).await;
            assert!(!json!(events).to_string().to_lowercase().contains("quorvex"), "the log forgot it too: {events:?}");
            assert!(log != general || json!(events).to_string().contains("Living"));
        }
        house.server.advance(2 * DAY);
        let body = json!({ "days": 1, "keep_marked": false, "confirm": "general" });
        house.owner.put(&format!("/api/retention/{general}"), body).await.expect(200);
        run_jobs(&house).await;
        assert!(texts(&page(&bob, general, "").await).is_empty(), "its last message went, and with it the line");
    }

    async fn reactions_of_what_is_held_are_in_its_copy(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let general = &house.general;
        let said = say(&ada, general, "evidence").await;
        let path = format!("/api/channels/{general}/messages/{}", id_of(&said));
        for person in [&ada, &bob] {
            person.put(&format!("{path}/reactions/%F0%9F%91%8D"), json!({})).await.expect(204);
        }
        let hold = json!({ "kind": "channel", "subject_id": general, "reason": "Audit" });
        house.owner.post("/api/holds", hold).await.expect(204);
        ada.delete(&path).await.expect(204);
        let copy = copies_of(&house, general).await[0].clone();
        assert_eq!(copy["reactions"], json!([{ "emoji": "👍", "names": ["Ada", "Bob"] }]));
        house.owner.delete(&format!("/api/holds/{general}")).await.expect(204);
        run_jobs(&house).await;
        assert_eq!(n_copies(&house).await, 0);
    }

    async fn what_goes_by_a_rule_is_kept_and_pinned_no_more_and_says_that_nobody_took_it(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let said = say(&ada, &house.general, "old").await;
        let path = format!("/api/channels/{}/messages/{}", house.general, id_of(&said));
        for what in ["/pin", "/save"] {
            bob.put(&format!("{path}{what}"), json!({})).await.expect(204);
        }
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        house.let_general_go().await;
        assert_eq!(listener.event("message.deleted").await["body"]["by_rule"], true);
        assert_eq!(bob.get("/api/saved").await.expect(200)["items"], json!([]));
        assert_eq!(bob.get(&format!("/api/channels/{}/pins", house.general)).await.expect(200)["items"], json!([]));
        let own = say(&ada, &house.general, "a slip").await;
        ada.delete(&format!("/api/channels/{}/messages/{}", house.general, id_of(&own))).await.expect(204);
        assert_eq!(listener.event("message.deleted").await["body"].get("by_rule"), None);
    }
}

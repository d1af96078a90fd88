//! What somebody says about now.

use super::*;

both_stores! {
    async fn a_status_is_told_to_everybody_and_taken_back(house: Accounts) {
        let bob = house.person("Bob", Role::Member).await;
        let mut listener = house.ada.listen().await;
        let until = house.server.app.clock.now().after(DAY).0;
        let status = json!({ "emoji": "🍽️", "text": " Lunch ", "until": until });
        let me = bob.client.put("/api/me/status", status).await.expect(200);
        let said = json!({ "emoji": "🍽️", "text": "Lunch", "until": until });
        assert_eq!(me["status"], said);
        let event = listener.event("person.changed").await;
        assert_eq!((&event["body"]["person"]["status"], &event["body"]["person"]["id"]), (&said, &json!(bob.id)));
        assert_eq!(bob.client.get("/api/me").await.expect(200)["status"], said);
        let me = bob.client.delete("/api/me/status").await.expect(200);
        assert_eq!(me["status"], Value::Null);
        assert_eq!(listener.event("person.changed").await["body"]["person"]["status"], Value::Null);
    }

    async fn a_status_is_one_emoji_and_a_line_and_ends_within_a_year(house: Accounts) {
        let now = house.server.app.clock.now();
        let long = "x".repeat(81);
        for (status, pointer) in [
            (json!({ "emoji": "", "text": "a", "until": null }), "/emoji"),
            (json!({ "emoji": "<b>", "text": "a", "until": null }), "/emoji"),
            (json!({ "emoji": "🍽️", "text": long, "until": null }), "/text"),
            (json!({ "emoji": "🍽️", "text": "a\nb", "until": null }), "/text"),
            (json!({ "emoji": "🍽️", "text": "a\u{202e}b", "until": null }), "/text"),
            (json!({ "emoji": "🍽️", "text": "", "until": now.0 }), "/until"),
            (json!({ "emoji": "🍽️", "text": "", "until": now.after(DAY * 400).0 }), "/until"),
        ] {
            let answer = house.ada.client.put("/api/me/status", status.clone()).await;
            answer.refused(422, "invalid");
            assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{status}");
        }
        let bare = json!({ "emoji": "🌴", "until": null });
        let me = house.ada.client.put("/api/me/status", bare).await.expect(200);
        assert_eq!(me["status"], json!({ "emoji": "🌴", "text": "", "until": null }));
    }

    async fn an_erased_person_says_nothing_in_rows_and_events(house: Accounts) {
        let bob = house.person("Bob", Role::Member).await;
        let status = json!({ "emoji": "🤒", "text": "quetzalcoatl fever", "until": null });
        bob.client.put("/api/me/status", status).await.expect(200);
        let path = format!("/api/people/{}/erase", bob.id);
        let erased = house.ada.client.post(&path, json!({ "messages": "keep" })).await.expect(200);
        assert_eq!(erased["status"], Value::Null);
        let scope: ScopeId = house.workspace_scope().await.parse().expect("an id");
        let read = move |tx: &mut dyn Tx| journal::read_after(tx, scope, Seq(0), 1000);
        let frames = house.server.app.db.read(read).await.expect("the log is read");
        assert!(frames.iter().all(|frame| !frame.text.contains("quetzalcoatl")));
    }
}

//! An import that is killed in the middle, and started again.

use crate::support::{Place, until};
use rusqlite::{Connection, OpenFlags};
use std::fmt::Write;

const MESSAGES: i64 = 20_000;

/// A small school that talks a lot.
fn file() -> String {
    let mut text = String::from("{\"type\":\"workspace\",\"name\":\"Harbour\"}\n");
    // Writing to a String cannot fail.
    for person in 0..20 {
        let _ = writeln!(
            text,
            r#"{{"type":"person","ref":"u{person}","name":"Person {person}"}}"#
        );
    }
    text.push_str("{\"type\":\"space\",\"ref\":\"s\",\"name\":\"School\",\"kind\":\"class\"}\n");
    for channel in 0..5 {
        let _ = writeln!(
            text,
            r#"{{"type":"channel","ref":"c{channel}","space":"s","name":"channel {channel}","kind":"public","members":["u1","u2"]}}"#
        );
    }
    for message in 0..MESSAGES {
        let (channel, author, at) = (
            message % 5,
            message % 20,
            1_525_311_495_000_000 + message * 1_000_000,
        );
        let _ = writeln!(
            text,
            r#"{{"type":"message","ref":"m{message}","channel":"c{channel}","author":"u{author}","at":{at},"text":"message {message}"}}"#
        );
    }
    text
}

fn ask(place: &Place, question: &str) -> Option<i64> {
    let file = place.data().join("antiphon.db");
    let opened = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    opened.query_row(question, [], |row| row.get(0)).ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_was_killed_goes_on_where_it_broke_off() {
    let place = Place::new();
    let path = place.path("school.jsonl");
    std::fs::write(&path, file()).expect("a file");
    let path = path.to_str().expect("a path");
    const COUNT: &str = "select count(*) from message";
    for enough in [2_000, 9_000] {
        let mut import = place.spawn(&["import", "jsonl", path]);
        until("some is imported", || async {
            ask(&place, COUNT).filter(|n| *n >= enough)
        })
        .await;
        import.kill().expect("it runs");
        import.wait().expect("it ends");
        let n = ask(&place, COUNT).expect("a number");
        assert!(n < MESSAGES, "it was killed in the middle");
    }
    let printed = tokio::task::block_in_place(|| place.succeed(&["import", "jsonl", path]));
    assert!(printed.contains("0 people, 0 spaces, 0 channels"), "{printed}");
    assert_eq!(ask(&place, COUNT), Some(MESSAGES));
    let gaps = "select count(*) from event_scope s \
        where s.seq <> (select count(*) from event e where e.scope = s.scope) \
        or s.seq <> (select coalesce(max(e.seq), 0) from event e where e.scope = s.scope)";
    assert_eq!(ask(&place, gaps), Some(0), "the logs have no gaps");
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let start = owner.get("/api/start").await.expect(200);
    let rows = start["channels"].as_array().expect("channels");
    assert_eq!(rows.len(), 5);
    for row in rows {
        assert_eq!(row["n_unread"], 0);
        let history = owner.history(row["id"].as_str().expect("an id")).await;
        assert_eq!(history.len(), 4_000);
    }
}

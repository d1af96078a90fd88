//! SQL stands in stores, so that one file shows all that a slice asks of the database.
//!
//! A heuristic on string literals: it knows the statements we write, not SQL.

use crate::rust_text::scan_shipped;
use crate::tree::{Complaint, File, Tree};

/// Rooms that are nothing but a store (the database, the log, the jobs, the leftovers, the mail), and tools that are no part of the product.
const MAY_HOLD_SQL: [&str; 7] = [
    "crates/platform/src/db",
    "crates/platform/src/journal",
    "crates/platform/src/jobs",
    "crates/platform/src/leftovers",
    "crates/platform/src/mail/queue",
    "xtask/",
    "bench/",
];

/// (beginning, a word that must follow somewhere): enough to tell a statement from a sentence.
const STATEMENTS: [(&str, &str); 8] = [
    ("select ", " from "),
    ("with ", " as ("),
    ("insert into ", " "),
    ("update ", " set "),
    ("delete from ", " "),
    ("create table ", "("),
    ("create index ", " on "),
    ("alter table ", " "),
];

pub fn stands_in_stores(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.rust_files().filter(|file| !may_hold_sql(file)) {
        for literal in scan_shipped(&file.text).literals {
            if is_statement(&literal.text) {
                let what = "SQL outside a store. Move it to the store.rs of this slice and give the question a name.";
                complaints.push(Complaint::at(&file.path, literal.line, what));
            }
        }
    }
    complaints
}

fn may_hold_sql(file: &File) -> bool {
    file.is_test()
        || file.name() == "store.rs"
        || file.path.contains("/store/")
        || MAY_HOLD_SQL.iter().any(|room| file.path.starts_with(room))
}

fn is_statement(literal: &str) -> bool {
    let words: Vec<&str> = literal
        .split(|c: char| c.is_whitespace() || c == '\\')
        .filter(|w| !w.is_empty())
        .collect();
    let text = words.join(" ").to_ascii_lowercase();
    STATEMENTS.iter().any(|(beginning, word)| {
        text.strip_prefix(beginning)
            .is_some_and(|rest| format!(" {rest} ").contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const SELECT: &str = "fn a() {\n    let sql = \"\n  select id\n  from message\";\n}";

    #[test]
    fn sql_outside_a_store_is_refused() {
        check(
            stands_in_stores,
            &[("features/polls/src/actions.rs", SELECT)],
            &["features/polls/src/actions.rs:2"],
        );
        let update = "const A: &str = \"update scope set seq = seq + 1 returning seq\";";
        check(
            stands_in_stores,
            &[("crates/platform/src/mail.rs", update)],
            &["crates/platform/src/mail.rs:1"],
        );
    }

    #[test]
    fn stores_tests_and_the_database_room_hold_sql() {
        let paths = [
            "features/polls/src/store.rs",
            "features/polls/src/store/rows.rs",
            "features/polls/src/tests.rs",
        ];
        check(stands_in_stores, &paths.map(|path| (path, SELECT)), &[]);
        check(
            stands_in_stores,
            &[("crates/platform/src/db/sqlite.rs", SELECT)],
            &[],
        );
    }

    #[test]
    fn sentences_are_no_statements() {
        let text =
            "const A: [&str; 3] = [\"select a channel\", \"with care select one\", \"update your name\"];";
        check(stands_in_stores, &[("features/polls/src/api.rs", text)], &[]);
    }
}

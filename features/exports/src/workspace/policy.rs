//! What goes out and what stays. Pure.

/// Features whose tables are made from the others: an import makes them anew.
const DERIVED: [&str; 1] = ["search"];
/// Tables that belong to this server and not to what people said, besides those with secrets.
const STAYS: [&str; 16] = [
    // Exports that lie in this server's folder.
    "workspace_export",
    // The steps of the schema are in the manifest.
    "migration",
    // Work that waits for its time here.
    "job",
    // Keys and choices of this server.
    "setting",
    // Letters on their way, with links that let people in.
    "mail",
    // Half of a file.
    "upload",
    // Who is told of what, on which device that is signed in here.
    "notice",
    "notice_device",
    "notice_choice",
    "notice_mail",
    "push",
    "push_device",
    "push_key",
    // What somebody did, which nobody else is given.
    "number_ask",
    "number_interruption",
    "number_cohort",
];
/// Secrets in tables that go out; they go out empty.
const BLANKED: [(&str, &str); 1] = [("person", "password_hash")];
/// What a column with a secret is called.
const SECRET_WORDS: [&str; 4] = ["password", "secret", "token", "_hash"];

/// Whether a step of the schema belongs to a feature that makes its tables from others.
pub fn is_derived_step(name: &str) -> bool {
    DERIVED
        .iter()
        .any(|feature| name.starts_with(&format!("{feature}/")))
}

/// Whether a table stays, judged by itself. Ways in stay: an identity or a second step is good here only.
pub fn stays<'a>(table: &str, mut columns: impl Iterator<Item = &'a str>) -> bool {
    let is_derived = DERIVED
        .iter()
        .any(|feature| table.starts_with(&format!("{feature}_")));
    let is_way_in = table.starts_with("signin_");
    is_derived
        || is_way_in
        || STAYS.contains(&table)
        || columns.any(|column| is_secret(column) && !is_blanked(table, column))
}

/// Whether a column goes out empty.
pub fn is_blanked(table: &str, column: &str) -> bool {
    BLANKED.contains(&(table, column))
}

fn is_secret(column: &str) -> bool {
    SECRET_WORDS.iter().any(|word| column.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_stay() {
        for (table, columns, expected) in [
            ("session", vec!["id", "token_hash"], true),
            ("outgoing_hook", vec!["id", "secret"], true),
            ("job", vec!["id"], true),
            ("signin_identity", vec!["id"], true),
            ("search_words_data", vec!["id", "block"], true),
            ("person", vec!["id", "password_hash"], false),
            ("message", vec!["id", "text"], false),
        ] {
            assert_eq!(stays(table, columns.into_iter()), expected, "{table}");
        }
        assert!(is_blanked("person", "password_hash"));
        assert!(is_derived_step("search/0001_index") && !is_derived_step("messages/0001_messages"));
    }
}

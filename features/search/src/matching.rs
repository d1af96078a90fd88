//! A question in the language of each database. Pure.
//!
//! Invariants: what stands between the quotes are words and tokens, which hold neither quotes nor backslashes nor
//! spaces, so no text of people is ever read as an operator; both texts find the same documents.

use crate::query::Phrase;
use platform::db::Dialect;

/// One condition on the words of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// These words side by side.
    Phrase(Phrase),
    /// One of these tokens; not empty.
    AnyOf(Vec<String>),
}

/// All of `wanted`, which is not empty, and none of `unwanted`.
pub(crate) fn expression(wanted: &[Condition], unwanted: &[Condition], dialect: Dialect) -> String {
    let (and, not) = match dialect {
        Dialect::Sqlite => (" AND ", " NOT "),
        Dialect::Postgres => (" & ", " & !"),
    };
    let mut text = String::from("(");
    for (idx, condition) in wanted.iter().enumerate() {
        if idx > 0 {
            text.push_str(and);
        }
        write(&mut text, condition, dialect);
    }
    text.push(')');
    for condition in unwanted {
        text.push_str(not);
        write(&mut text, condition, dialect);
    }
    text
}

fn write(text: &mut String, condition: &Condition, dialect: Dialect) {
    text.push('(');
    match (condition, dialect) {
        (Condition::Phrase(phrase), Dialect::Sqlite) => {
            text.push('"');
            text.push_str(&phrase.words.join(" "));
            text.push('"');
            if phrase.is_prefix {
                text.push_str(" *");
            }
        }
        (Condition::Phrase(phrase), Dialect::Postgres) => {
            join(text, &phrase.words, " <-> ", '\'');
            if phrase.is_prefix {
                text.push_str(":*");
            }
        }
        (Condition::AnyOf(tokens), Dialect::Sqlite) => join(text, tokens, " OR ", '"'),
        (Condition::AnyOf(tokens), Dialect::Postgres) => join(text, tokens, " | ", '\''),
    }
    text.push(')');
}

fn join(text: &mut String, words: &[String], between: &str, quote: char) {
    for (idx, word) in words.iter().enumerate() {
        if idx > 0 {
            text.push_str(between);
        }
        text.push(quote);
        text.push_str(word);
        text.push(quote);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same() {
        let phrase = |words: &[&str], is_prefix| {
            Condition::Phrase(Phrase {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                is_prefix,
            })
        };
        let wanted = [
            phrase(&["old", "har"], true),
            Condition::AnyOf(vec!["x".to_owned(), "y".to_owned()]),
        ];
        let unwanted = [phrase(&["sea"], false)];
        assert_eq!(
            expression(&wanted, &unwanted, Dialect::Sqlite),
            r#"(("old har" *) AND ("x" OR "y")) NOT ("sea")"#
        );
        assert_eq!(
            expression(&wanted, &unwanted, Dialect::Postgres),
            "(('old' <-> 'har':*) & ('x' | 'y')) & !('sea')"
        );
    }
}

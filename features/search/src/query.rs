//! Reads what somebody typed into words, phrases and filters. Pure, and linear in the length of the text.
//!
//! Words are separated by spaces; `"…"` is a phrase; `-` before a word, phrase or filter means without; `word*` is a
//! beginning, and so is the last word while no space or only filters follow it; `filter:value` narrows, with quotes for
//! spaces. What is no filter is searched as it stands, and said to be none.

use crate::{
    model::{Error, QUERY_MAX_CHARS, QUERY_MAX_FILTERS, QUERY_MAX_WORDS},
    wire::{SearchNote, SearchNoteKind},
    words::words_of,
};

/// Letters that a beginning needs at least: a single one begins half of all words.
const PREFIX_MIN_CHARS: usize = 2;

/// What narrows a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilterKind {
    From,
    In,
    Before,
    After,
    On,
    Has,
    Is,
}

impl FilterKind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "from" => Self::From,
            "in" => Self::In,
            "before" => Self::Before,
            "after" => Self::After,
            "on" => Self::On,
            "has" => Self::Has,
            "is" => Self::Is,
            _ => return None,
        })
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::In => "in",
            Self::Before => "before",
            Self::After => "after",
            Self::On => "on",
            Self::Has => "has",
            Self::Is => "is",
        }
    }
}

/// Words that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub words: Vec<String>,
    /// Whether the last one is only the beginning of a word.
    pub is_prefix: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filter {
    pub kind: FilterKind,
    pub value: String,
    pub is_negated: bool,
}

/// What was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub wanted: Vec<Phrase>,
    pub unwanted: Vec<Phrase>,
    pub filters: Vec<Filter>,
    pub notes: Vec<SearchNote>,
}

impl Query {
    pub fn read(text: &str) -> Result<Self, Error> {
        if text.chars().nth(QUERY_MAX_CHARS).is_some() {
            let detail = format!("a search is at most {QUERY_MAX_CHARS} characters long; leave words out");
            return Err(Error::field("/q", detail));
        }
        let mut query = Self::default();
        let mut pieces = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (piece, after) = Piece::take(rest);
            pieces.push(piece);
            rest = after.trim_start();
        }
        // Filters may be added behind a word that is not yet typed to its end; a space alone says that it is.
        let last_word = pieces.iter().rposition(|piece| piece.filter().is_none());
        let ends_with_space = text.ends_with(char::is_whitespace);
        let n_pieces = pieces.len();
        for (idx, piece) in pieces.into_iter().enumerate() {
            let is_open = Some(idx) == last_word && (idx + 1 < n_pieces || !ends_with_space);
            query.add(piece, is_open);
        }
        let n_words: usize = query
            .wanted
            .iter()
            .chain(&query.unwanted)
            .map(|phrase| phrase.words.len())
            .sum();
        if n_words > QUERY_MAX_WORDS || query.filters.len() > QUERY_MAX_FILTERS {
            let detail = format!(
                "a search has at most {QUERY_MAX_WORDS} words and {QUERY_MAX_FILTERS} filters; leave some out"
            );
            return Err(Error::field("/q", detail));
        }
        Ok(query)
    }

    /// `is_open`: the word may go on.
    fn add(&mut self, piece: Piece<'_>, is_open: bool) {
        let filter = piece.filter();
        let Piece {
            is_negated,
            key,
            value,
            is_quoted,
        } = piece;
        if let Some(kind) = filter {
            // Without a value it is still being typed.
            let value = value.trim().to_owned();
            if !value.is_empty() {
                self.filters.push(Filter {
                    kind,
                    value,
                    is_negated,
                });
            }
            return;
        }
        if let Some(key) = key.filter(|key| looks_like_a_filter(key, value)) {
            self.notes
                .push(SearchNote::new(SearchNoteKind::UnknownFilter, format!("{key}:")));
        }
        let text = match key {
            Some(key) => format!("{key}:{value}"),
            None => value.to_owned(),
        };
        let words = words_of(&text);
        let is_beginning = !is_quoted && (text.ends_with('*') || is_open && !is_negated);
        if !words.is_empty() {
            let is_prefix = words.last().is_some_and(|last| {
                markup::is_single_cjk(last) || is_beginning && last.chars().count() >= PREFIX_MIN_CHARS
            });
            let phrase = Phrase { words, is_prefix };
            if is_negated {
                self.unwanted.push(phrase);
            } else {
                self.wanted.push(phrase);
            }
        }
    }
}

/// `https://…` and `10:30` are none, `size:big` is.
fn looks_like_a_filter(key: &str, value: &str) -> bool {
    (2..=12).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !value.is_empty()
        && !value.starts_with('/')
}

/// One thing between spaces: `-key:"value"`.
struct Piece<'a> {
    is_negated: bool,
    key: Option<&'a str>,
    value: &'a str,
    is_quoted: bool,
}

impl<'a> Piece<'a> {
    fn filter(&self) -> Option<FilterKind> {
        FilterKind::parse(&self.key?.to_ascii_lowercase())
    }

    /// `text` does not begin with a space and is not empty.
    fn take(text: &'a str) -> (Self, &'a str) {
        let after_minus = text
            .strip_prefix('-')
            .filter(|rest| rest.starts_with(|next: char| !next.is_whitespace()));
        let rest = after_minus.unwrap_or(text);
        let (key, rest) = match rest.split_once(':') {
            Some((key, rest)) if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                (Some(key), rest)
            }
            _ => (None, rest),
        };
        let (value, is_quoted, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                (value, true, after)
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], false, &rest[end..])
            }
        };
        let piece = Self {
            is_negated: after_minus.is_some(),
            key,
            value,
            is_quoted,
        };
        (piece, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phrase as it would be typed, with `*` for a beginning.
    fn said(phrases: &[Phrase]) -> Vec<String> {
        phrases
            .iter()
            .map(|phrase| {
                format!(
                    "{}{}",
                    phrase.words.join(" "),
                    if phrase.is_prefix { "*" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn words_phrases_and_beginnings() {
        for (text, wanted, unwanted) in [
            ("", &[][..], &[][..]),
            ("Harbour Früh", &["harbour", "fruh*"], &[]),
            ("harbour fruh ", &["harbour", "fruh"], &[]),
            ("harbour fruh from:", &["harbour", "fruh*"], &[]),
            ("harb* x", &["harb*", "x"], &[]),
            ("x* a", &["x", "a"], &[]),
            ("\"old harbour\" wall", &["old harbour", "wall*"], &[]),
            ("\"old harbour", &["old harbour"], &[]),
            ("well-known", &["well known*"], &[]),
            ("cats -dogs", &["cats"], &["dogs"]),
            ("cats -\"big dogs\" - x", &["cats", "x"], &["big dogs"]),
            ("東京都 ", &["東京 京都"], &[]),
            ("京 ", &["京*"], &[]),
            ("!!! ***", &[], &[]),
            ("10:30 https://a.b/c", &["10 30", "https a b c"], &[]),
        ] {
            let query = Query::read(text).unwrap();
            assert_eq!(said(&query.wanted), wanted, "{text}");
            assert_eq!(said(&query.unwanted), unwanted, "{text}");
            assert!(query.notes.is_empty() && query.filters.is_empty(), "{text}");
        }
    }

    #[test]
    fn filters_with_and_without_quotes() {
        let query = Query::read("from:\"Ada Obi\" -IN:#general has:link is: plan").unwrap();
        let filters: Vec<_> = query
            .filters
            .iter()
            .map(|filter| (filter.kind.as_str(), filter.value.as_str(), filter.is_negated))
            .collect();
        assert_eq!(
            filters,
            [
                ("from", "Ada Obi", false),
                ("in", "#general", true),
                ("has", "link", false)
            ]
        );
        assert_eq!(said(&query.wanted), ["plan*"]);
    }

    #[test]
    fn what_is_no_filter_is_said_and_searched() {
        let query = Query::read("size:big ").unwrap();
        assert_eq!(said(&query.wanted), ["size big"]);
        assert_eq!(
            query.notes,
            [SearchNote::new(SearchNoteKind::UnknownFilter, "size:".to_owned())]
        );
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(Query::read(&"word ".repeat(10_000)).is_err());
        assert!(Query::read(&"a ".repeat(65)).is_err());
        assert!(Query::read(&"a ".repeat(64)).is_ok());
        assert!(Query::read(&"is:me ".repeat(17)).is_err());
        assert!(Query::read(&"\u{1F600}".repeat(500)).is_ok());
    }
}

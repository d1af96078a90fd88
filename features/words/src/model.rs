//! Rules of words. Pure.

use aho_corasick::{AhoCorasick, MatchKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// Words of all three kinds together.
pub const WORDS_MAX: usize = 500;
/// Characters of a word or phrase.
pub const WORD_MAX_CHARS: usize = 64;
/// Letters before a `*`: with fewer it would find half of the language.
const STEM_MIN_CHARS: usize = 2;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The sender is asked about these words and may still send them.
    #[error("the sender is asked about some words first")]
    Ask(Vec<String>),
    /// These words are not said here.
    #[error("some words are not said here")]
    Held(Vec<String>),
    /// What accounts refused.
    #[error(transparent)]
    Accounts(#[from] accounts::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// Words and phrases that the workspace does not want said, by what happens to them. A `*` at the end stands for any ending.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WordList {
    /// The sender is shown them before sending, and may send all the same.
    pub ask: Vec<String>,
    /// What holds one is not taken.
    pub hold: Vec<String>,
    /// What holds one is taken and reported to those who look after the channel.
    pub report: Vec<String>,
}

impl WordList {
    /// Checks the words: 500 together, each of up to 64 characters, none twice.
    pub fn clean(&self) -> Result<Self, Error> {
        let n_words = self.ask.len() + self.hold.len() + self.report.len();
        if n_words > WORDS_MAX {
            return Err(field("", format!("{n_words} words are more than 500")));
        }
        let mut known = BTreeSet::new();
        let mut clean = |name: &str, words: &[String]| -> Result<Vec<String>, Error> {
            let clean_one =
                |word: &String| clean_word(word, &mut known).map_err(|detail| field(name, detail));
            words.iter().map(clean_one).collect()
        };
        Ok(Self {
            ask: clean("/ask", &self.ask)?,
            hold: clean("/hold", &self.hold)?,
            report: clean("/report", &self.report)?,
        })
    }
}

fn field(pointer: &str, detail: String) -> Error {
    Error::Field {
        pointer: pointer.to_owned(),
        detail,
    }
}

fn clean_word(word: &str, known: &mut BTreeSet<String>) -> Result<String, String> {
    let word =
        markup::clean_name(word, WORD_MAX_CHARS).map_err(|problem| format!("\"{word}\": {problem}"))?;
    let stem = word.strip_suffix('*').unwrap_or(&word);
    if stem.contains('*') {
        return Err(format!("\"{word}\": a * stands at the end only"));
    }
    let folded = markup::search_text(stem);
    let n_letters = folded.chars().filter(|char| *char != ' ').count();
    if n_letters == 0 {
        return Err(format!("\"{word}\" holds no letter"));
    }
    if stem != word && n_letters < STEM_MIN_CHARS {
        return Err(format!("\"{word}\": two letters at least stand before a *"));
    }
    if !known.insert(pattern(&word)) {
        return Err(format!("\"{word}\" stands in the list twice"));
    }
    Ok(word)
}

/// A word as it is looked for in a folded text that begins and ends with a space: words are divided by single spaces there.
fn pattern(word: &str) -> String {
    let stem = word.strip_suffix('*');
    let folded = markup::search_text(stem.unwrap_or(word));
    if markup::is_single_cjk(&folded) {
        // A sign stands in the pairs of its neighbours.
        return folded;
    }
    match stem {
        Some(_) => format!(" {folded}"),
        None => format!(" {folded} "),
    }
}

/// Words of one kind, ready to look through texts.
#[derive(Debug)]
pub struct Finder {
    words: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl Finder {
    /// Of words that were checked.
    pub fn new(words: &[String]) -> Self {
        let patterns = words.iter().map(|word| pattern(word));
        // Two may overlap in the space between them, so every match is asked for and none is preferred.
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns);
        Self {
            words: words.to_vec(),
            automaton: built.ok().filter(|_| !words.is_empty()),
        }
    }

    /// The words that stand in a text, as the list has them, each once and in the order of the list. `folded` begins and
    /// ends with a space.
    fn find(&self, folded: &str) -> BTreeSet<usize> {
        let matches = self
            .automaton
            .iter()
            .flat_map(|automaton| automaton.find_overlapping_iter(folded));
        matches.map(|found| found.pattern().as_usize()).collect()
    }
}

/// The three kinds, ready to look through texts.
#[derive(Debug)]
pub struct Finders {
    /// Asked about.
    pub ask: Finder,
    /// Held back.
    pub hold: Finder,
    /// Reported.
    pub report: Finder,
}

impl Finders {
    /// Of a list that was checked.
    pub fn new(list: &WordList) -> Self {
        Self {
            ask: Finder::new(&list.ask),
            hold: Finder::new(&list.hold),
            report: Finder::new(&list.report),
        }
    }
}

/// A text as it is looked through: what people see of it, and what stands in its marks.
#[derive(Debug)]
pub struct Folded(Vec<String>);

impl Folded {
    /// Folds texts: sources of messages, titles, answers.
    pub fn new(texts: &[&str]) -> Self {
        let mut folded = Vec::new();
        for text in texts {
            folded.push(format!(" {} ", markup::search_text(text)));
            if let Some(tree) = markup::parse(text) {
                let seen = markup::plain(&tree, &|_| String::new());
                folded.push(format!(" {} ", markup::search_text(&seen)));
            }
        }
        Self(folded)
    }

    /// The words of one kind that stand in it.
    pub fn find(&self, finder: &Finder) -> Vec<String> {
        let found: BTreeSet<usize> = self.0.iter().flat_map(|text| finder.find(text)).collect();
        found.into_iter().map(|idx| finder.words[idx].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[track_caller]
    fn check(words: &[&str], text: &str, expected: &[&str]) {
        let finder = Finder::new(&strings(words));
        assert_eq!(
            Folded::new(&[text]).find(&finder),
            expected,
            "{words:?} in {text:?}"
        );
    }

    #[test]
    fn words_are_found_whole_without_case_and_accents() {
        check(&["damn"], "Damn it", &["damn"]);
        check(&["damn"], "DÄMN!", &["damn"]);
        check(&["damn"], "the damnation of Faust", &[]);
        check(&["damn*"], "the damnation of Faust", &["damn*"]);
        check(&["damn*"], "goddamn", &[]);
        check(&["ass"], "pass the class, assess", &[]);
        check(&["straße"], "STRASSE", &["straße"]);
        check(&["naïve"], "so naive", &["naïve"]);
        check(&["damn"], "d**a**mn", &["damn"]);
        check(&["damn"], "see [it](https://damn.example/)", &["damn"]);
        check(&["damn"], "||damn||", &["damn"]);
        check(&["damn"], "d\u{200B}amn da\u{AD}mn", &["damn"]);
    }

    #[test]
    fn phrases_and_scripts_without_spaces_are_found() {
        check(&["shut up"], "Oh, shut   up!", &["shut up"]);
        check(&["shut up"], "the shop is shut, up there", &["shut up"]);
        check(&["shut up"], "shut the door, look up", &[]);
        check(
            &["shut up", "up there", "there"],
            "shut up there",
            &["shut up", "up there", "there"],
        );
        check(&["京都"], "東京都に行く", &["京都"]);
        check(&["東京都"], "東京と京都", &[]);
        check(&["東京都"], "東京都に行く", &["東京都"]);
        check(&["京"], "東京都", &["京"]);
        check(&["плохо*"], "ПЛОХОЙ день", &["плохо*"]);
        check(&["سيئ"], "كلام سيئ جدا", &["سيئ"]);
    }

    #[test]
    fn a_list_has_limits_and_says_which_word_is_wrong() {
        let many: Vec<String> = (0..500).map(|n| format!("word{n}")).collect();
        let list = |ask: Vec<String>, hold: &[&str]| WordList {
            ask,
            hold: strings(hold),
            report: Vec::new(),
        };
        assert!(list(many.clone(), &[]).clean().is_ok());
        for (ask, hold, pointer) in [
            (many, &["one more"][..], ""),
            (strings(&["a*"]), &[][..], "/ask"),
            (strings(&["a*b"]), &[][..], "/ask"),
            (strings(&["*"]), &[][..], "/ask"),
            (strings(&["!!!"]), &[][..], "/ask"),
            (strings(&[""]), &[][..], "/ask"),
            (strings(&[&"x".repeat(65)]), &[][..], "/ask"),
            (strings(&["Cafe", "café"]), &[][..], "/ask"),
            (strings(&["cafe"]), &["CAFÉ"][..], "/hold"),
        ] {
            let found = list(ask.clone(), hold).clean();
            assert!(
                matches!(&found, Err(Error::Field { pointer: at, .. }) if at == pointer),
                "{ask:?}: {found:?}"
            );
        }
        assert_eq!(
            list(strings(&["  shut   up "]), &["cafe*", "cafe"])
                .clean()
                .map(|list| list.ask)
                .ok(),
            Some(strings(&["shut up"]))
        );
    }

    #[test]
    fn a_long_list_and_the_worst_text_take_little_time() {
        // Endings that all match at every place, in as long a text as there is.
        let words: Vec<String> = (2..=32).map(|n| "a ".repeat(n).trim_end().to_owned()).collect();
        let more = (0..460).map(|n| format!("word{n}*"));
        let words: Vec<String> = words.into_iter().chain(more).collect();
        let finder = Finder::new(&words);
        let text = "a ".repeat(8192);
        let begun = Instant::now();
        assert_eq!(Folded::new(&[&text]).find(&finder).len(), 31);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
}

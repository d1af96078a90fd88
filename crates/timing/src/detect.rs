//! Whether a text asks for an answer, and whether it shows that something was not understood.
//!
//! By words, of lists that anybody may read and that stand here in full; nothing about a person or a mood is kept. The
//! detector proposes and never decides: the sender says yes or no with one tap. What is quoted, code and addresses count
//! for nothing.

/// The words of one language: in lower case, and only whole words count.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// BCP 47.
    pub language: &'static str,
    /// How a question begins, at the start of a sentence. Not what also begins an exclamation ("What a day").
    pub openings: &'static [&'static str],
    /// What makes a request of any sentence.
    pub requests: &'static [&'static str],
    /// Signs that something was not understood.
    pub confusion: &'static [&'static str],
}

pub const LISTS: [Words; 3] = [
    Words {
        language: "en",
        openings: &[
            "can you",
            "could you",
            "would you",
            "will you",
            "can we",
            "should we",
            "shall we",
            "do you",
            "does anyone",
            "does anybody",
            "is there",
            "are there",
            "are we",
            "has anyone",
            "has anybody",
            "have you",
            "may i",
            "can i",
            "should i",
        ],
        requests: &[
            "please",
            "can you",
            "could you",
            "would you mind",
            "let me know",
            "need your",
            "your thoughts",
            "what do you think",
            "waiting for your",
            "need a decision",
            "please confirm",
            "please review",
            "any objections",
        ],
        confusion: &[
            "i don't understand",
            "i do not understand",
            "not sure what you mean",
            "what do you mean",
            "i'm confused",
            "i am confused",
            "that's not what i",
            "that is not what i",
            "as i said",
            "like i said",
            "once again",
            "misunderstanding",
            "we are talking past",
            "lost me",
        ],
    },
    Words {
        language: "de",
        openings: &[
            "kannst du",
            "können sie",
            "könntest du",
            "könnten sie",
            "würdest du",
            "würden sie",
            "können wir",
            "sollen wir",
            "hat jemand",
            "weiß jemand",
            "gibt es",
            "darf ich",
            "kann ich",
            "soll ich",
            "hast du",
            "haben sie",
        ],
        requests: &[
            "bitte",
            "kannst du",
            "könnt ihr",
            "können sie",
            "könntest du",
            "könntet ihr",
            "könnten sie",
            "gib mir bescheid",
            "gebt mir bescheid",
            "sag bescheid",
            "was meinst du",
            "was meint ihr",
            "was denkt ihr",
            "eure meinung",
            "deine meinung",
            "brauche eine entscheidung",
            "einwände",
        ],
        confusion: &[
            "verstehe ich nicht",
            "ich verstehe nicht",
            "was meinst du damit",
            "wie meinst du das",
            "verwirrt",
            "so war das nicht gemeint",
            "das meine ich nicht",
            "wie gesagt",
            "wie schon gesagt",
            "noch einmal",
            "missverständnis",
            "aneinander vorbei",
        ],
    },
    Words {
        language: "ar",
        openings: &["هل", "هل يمكنك", "هل تستطيع", "هل يمكننا", "متى", "لماذا"],
        requests: &[
            "من فضلك",
            "من فضلكم",
            "رجاء",
            "الرجاء",
            "لو سمحت",
            "لو سمحتم",
            "هل يمكنك",
            "أخبرني",
            "أخبروني",
            "ما رأيك",
            "ما رأيكم",
            "نحتاج قرارا",
            "أي اعتراض",
        ],
        confusion: &[
            "لا أفهم",
            "لم أفهم",
            "ماذا تقصد",
            "ماذا تعني",
            "لست متأكدا مما تقصد",
            "هذا ليس ما",
            "كما قلت",
            "مرة أخرى",
            "سوء فهم",
        ],
    },
];

/// Further than this no text is read: what is asked is asked early.
const MAX_CHARS: usize = 4_000;

/// Why a text looks like an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    QuestionMark,
    Opening(&'static str),
    Request(&'static str),
}

/// The first sign that this text wants an answer. `text` is what was written, in Markdown.
pub fn asks(text: &str) -> Option<Sign> {
    let words = own_words(text);
    if words.chars().any(is_question_mark) {
        return Some(Sign::QuestionMark);
    }
    let request = LISTS
        .iter()
        .flat_map(|list| list.requests)
        .find(|phrase| has_phrase(&words, phrase));
    if let Some(phrase) = request {
        return Some(Sign::Request(phrase));
    }
    let mut sentences = words.split(['.', '!', '\n', '؛']).map(str::trim);
    sentences.find_map(|sentence| {
        let mut openings = LISTS.iter().flat_map(|list| list.openings);
        openings
            .find(|phrase| starts_with(sentence, phrase))
            .map(|phrase| Sign::Opening(phrase))
    })
}

/// A sign that something was not understood.
pub fn confusion(text: &str) -> Option<&'static str> {
    let words = own_words(text);
    let mut all = LISTS.iter().flat_map(|list| list.confusion);
    all.find(|phrase| has_phrase(&words, phrase)).copied()
}

/// Whether a later question asks what an earlier one asked: most of its longer words are the same.
pub fn asks_again(earlier: &str, later: &str) -> bool {
    let long_words = |text: &str| -> Vec<String> {
        let own = own_words(text);
        let words = own.split(|c: char| !c.is_alphanumeric());
        let mut long: Vec<String> = words
            .filter(|word| word.chars().count() > 3)
            .map(str::to_owned)
            .collect();
        long.sort_unstable();
        long.dedup();
        long
    };
    if asks(earlier).is_none() || asks(later).is_none() {
        return false;
    }
    let (before, after) = (long_words(earlier), long_words(later));
    let n_shared = after
        .iter()
        .filter(|word| before.binary_search(word).is_ok())
        .count();
    after.len() >= 2 && n_shared * 3 >= after.len() * 2
}

/// Lower case, without quotes, code and addresses; runs of spaces made one.
fn own_words(text: &str) -> String {
    let mut words = String::new();
    let mut in_fence = false;
    let mut in_code = false;
    let bounded: String = text.chars().take(MAX_CHARS).collect();
    for line in bounded.lines() {
        let line = line.trim_start();
        if line.starts_with("```") || line.starts_with("~~~") {
            in_fence = !in_fence;
            continue;
        }
        if in_fence || line.starts_with('>') {
            continue;
        }
        for word in line.split_whitespace() {
            let is_address = word.contains("://") || word.contains("www.");
            for (idx, part) in word.split('`').enumerate() {
                in_code ^= idx > 0;
                if !in_code && !is_address {
                    words.extend(
                        part.to_lowercase()
                            .chars()
                            .map(|c| if c == '’' { '\'' } else { c }),
                    );
                }
            }
            words.push(' ');
        }
        in_code = false;
        words.push('\n');
    }
    words
}

fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '؟' | '？' | '⁇' | '՞' | '\u{37e}')
}

fn starts_with(sentence: &str, phrase: &str) -> bool {
    sentence
        .strip_prefix(phrase)
        .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
}

/// Whether the phrase stands there as whole words.
fn has_phrase(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(at, _)| {
        let before = words[..at].chars().next_back();
        let after = words[at + phrase.len()..].chars().next();
        [before, after]
            .into_iter()
            .flatten()
            .all(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn questions_in_three_languages() {
        let asked = [
            "When does the mill open?",
            "Could you look at the second chapter, I am stuck",
            "Your thoughts on this would help",
            "Kannst du das bis Freitag ansehen",
            "Wir brauchen das bald. Bitte prüfen",
            "هل يمكنك مراجعة الفصل",
            "متى تفتح الطاحونة؟",
        ];
        for text in asked {
            assert!(asks(text).is_some(), "{text}");
        }
    }

    #[test]
    fn statements_code_quotes_and_addresses_ask_nothing() {
        let said = [
            "The mill opens at nine",
            "What a day",
            "How nice of you",
            "> When does the mill open?\n\nAt nine",
            "See https://example.org/find?q=mill",
            "Use `a ? b : c` there",
            "```\nif (a?.b) {}\n```\nDone",
            "Wie schön",
            "Bittere Schokolade",
            "",
        ];
        for text in said {
            assert_eq!(asks(text), None, "{text}");
        }
    }

    #[test]
    fn confusion_is_a_phrase_of_the_lists() {
        assert_eq!(
            confusion("Sorry, I don’t understand the second step"),
            Some("i don't understand")
        );
        assert_eq!(confusion("Das verstehe ich nicht"), Some("verstehe ich nicht"));
        assert_eq!(confusion("لم أفهم الخطوة الثانية"), Some("لم أفهم"));
        assert_eq!(confusion("I understand now"), None);
    }

    #[test]
    fn the_same_question_is_known_again() {
        assert!(asks_again(
            "When does the mill open on Sunday?",
            "So when does the mill open on Sunday?"
        ));
        assert!(!asks_again(
            "When does the mill open on Sunday?",
            "Who brings the flour sacks?"
        ));
        assert!(!asks_again("When does the mill open?", "The mill opens at nine"));
    }

    #[test]
    fn the_lists_are_written_as_they_are_read() {
        for list in LISTS {
            for phrase in list.openings.iter().chain(list.requests).chain(list.confusion) {
                assert_eq!(own_words(phrase).trim(), *phrase, "{}", list.language);
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,300}") {
            asks(&text);
            confusion(&text);
            asks_again(&text, &text);
        }
    }
}

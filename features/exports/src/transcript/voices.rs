//! Who speaks: by their names, or by pseudonyms that stay the same within one export.
//!
//! With pseudonyms, names are also looked for in what people typed: whole names of everybody who wrote, was named or is a
//! member, single parts of them as whole words of the same spelling, and anything that is a mail address. A part that
//! several people share becomes `[name]`. This finds what can be found by looking; a nickname stays, so whoever
//! publishes a transcript reads it first.

use base::PersonId;
use std::collections::HashMap;

/// A part of a name this short is a word in too many languages.
const PART_MIN_CHARS: usize = 2;
/// For a name that several people share, or that cannot be told.
const SOMEBODY: &str = "[name]";
/// For an address.
const MAIL: &str = "[mail]";

/// Names, or what stands in their place.
pub(super) struct Voices {
    names: HashMap<PersonId, String>,
    /// None: names are shown.
    hidden: Option<Hidden>,
}

#[derive(Default)]
struct Hidden {
    numbers: HashMap<PersonId, usize>,
    /// By the first word of what is looked for, in lower case.
    needles: HashMap<String, Vec<Needle>>,
}

/// Words that follow each other, and whose they are.
struct Needle {
    words: Vec<String>,
    /// None: of several people.
    person: Option<PersonId>,
    /// Whole names in any spelling, parts only as they are written.
    is_exact: bool,
}

impl Voices {
    /// Of everybody who may come up.
    pub fn new(people: Vec<(PersonId, String)>, pseudonyms: bool) -> Self {
        let hidden = pseudonyms.then(|| Hidden {
            needles: needles(&people),
            ..Hidden::default()
        });
        Self {
            names: people.into_iter().collect(),
            hidden,
        }
    }

    /// Whether people stand there by their own names.
    pub fn are_names_real(&self) -> bool {
        self.hidden.is_none()
    }

    /// What a person is called here. Pseudonyms are given in the order in which people come up.
    pub fn name(&mut self, person: PersonId) -> String {
        match &mut self.hidden {
            Some(hidden) => hidden.pseudonym(person),
            None => {
                let known = self.names.get(&person).cloned();
                known.unwrap_or_else(|| "somebody".to_owned())
            }
        }
    }

    /// A text without the names that are to be hidden; mentions stay what they are.
    pub fn scrub(&mut self, text: &str) -> String {
        match &mut self.hidden {
            Some(hidden) => hidden.scrub(text),
            None => text.to_owned(),
        }
    }
}

impl Hidden {
    fn pseudonym(&mut self, person: PersonId) -> String {
        let next = self.numbers.len() + 1;
        format!("Person {}", self.numbers.entry(person).or_insert(next))
    }

    fn scrub(&mut self, text: &str) -> String {
        let tokens = tokens(text);
        let mut clean = String::with_capacity(text.len());
        let mut idx = 0;
        while let Some(token) = tokens.get(idx) {
            match token {
                Token::Word(word) => match self.find(word, &tokens[idx..]) {
                    Some((n_tokens, person)) => {
                        clean.push_str(
                            &person.map_or_else(|| SOMEBODY.to_owned(), |person| self.pseudonym(person)),
                        );
                        idx += n_tokens;
                        continue;
                    }
                    None => clean.push_str(word),
                },
                Token::Mail => clean.push_str(MAIL),
                Token::Other(other) => clean.push_str(other),
            }
            idx += 1;
        }
        clean
    }

    /// The longest name that begins here: how many tokens it takes, and whose it is.
    fn find(&self, word: &str, tokens: &[Token<'_>]) -> Option<(usize, Option<PersonId>)> {
        let needles = self.needles.get(&word.to_lowercase())?;
        needles
            .iter()
            .find_map(|needle| Some((needle.matches(tokens)?, needle.person)))
    }
}

impl Needle {
    fn matches(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let mut at = 0;
        for (idx, word) in self.words.iter().enumerate() {
            if idx > 0 {
                let Some(Token::Other(between)) = tokens.get(at) else {
                    return None;
                };
                // Parts of a name stand close together.
                if between.len() > 2 || between.contains('\n') {
                    return None;
                }
                at += 1;
            }
            let Some(Token::Word(found)) = tokens.get(at) else {
                return None;
            };
            let is_it = if self.is_exact {
                found == word
            } else {
                found.to_lowercase() == word.to_lowercase()
            };
            if !is_it {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

/// What is looked for, longest first.
fn needles(people: &[(PersonId, String)]) -> HashMap<String, Vec<Needle>> {
    let mut wanted: HashMap<(Vec<String>, bool), Option<PersonId>> = HashMap::new();
    let mut want = |words: Vec<String>, is_exact: bool, person: PersonId| {
        wanted
            .entry((words, is_exact))
            .and_modify(|known| *known = known.filter(|known| *known == person))
            .or_insert(Some(person));
    };
    for (person, name) in people {
        let words: Vec<String> = tokens(name)
            .into_iter()
            .filter_map(|token| match token {
                Token::Word(word) => Some(word.to_owned()),
                _ => None,
            })
            .collect();
        for word in words.iter().filter(|word| word.chars().count() >= PART_MIN_CHARS) {
            want(vec![word.clone()], true, *person);
        }
        if !words.is_empty() {
            want(
                words.iter().map(|word| word.to_lowercase()).collect(),
                false,
                *person,
            );
        }
    }
    let mut needles: HashMap<String, Vec<Needle>> = HashMap::new();
    for ((words, is_exact), person) in wanted {
        let first = words[0].to_lowercase();
        needles.entry(first).or_default().push(Needle {
            words,
            person,
            is_exact,
        });
    }
    for found in needles.values_mut() {
        found.sort_by_key(|needle| (std::cmp::Reverse(needle.words.len()), needle.is_exact));
    }
    needles
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    Word(&'a str),
    Mail,
    Other(&'a str),
}

/// Cuts a text into words, mail addresses and what stands between them. A mention is no word.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let (token, len) = if rest.starts_with("<@") {
            let len = rest.find('>').map_or(2, |end| end + 1);
            (Token::Other(&rest[..len]), len)
        } else if is_part(char) {
            match mail_len(rest) {
                Some(len) => (Token::Mail, len),
                None => {
                    let len = rest.find(|char| !is_part(char)).unwrap_or(rest.len());
                    (Token::Word(&rest[..len]), len)
                }
            }
        } else {
            let ends = |(at, char): (usize, char)| is_part(char) || (at > 0 && rest[at..].starts_with("<@"));
            let len = rest
                .char_indices()
                .find(|found| ends(*found))
                .map_or(rest.len(), |(at, _)| at);
            (Token::Other(&rest[..len]), len)
        };
        tokens.push(token);
        rest = &rest[len..];
    }
    tokens
}

fn is_part(char: char) -> bool {
    char.is_alphanumeric()
}

/// The length of the address that begins here.
fn mail_len(text: &str) -> Option<usize> {
    let is_local = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+');
    let local = text.find(|char| !is_local(char))?;
    let domain = text[local..].strip_prefix('@')?;
    let end = domain
        .find(|char: char| !char.is_alphanumeric() && !matches!(char, '.' | '-'))
        .unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    domain.contains('.').then_some(local + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_wherever_they_stand() {
        let id = |n: u128| PersonId(uuid::Uuid::from_u128(n));
        let people = vec![
            (id(1), "Ada Obi".to_owned()),
            (id(2), "Ben Ito".to_owned()),
            (id(3), "Ben Okri".to_owned()),
            (id(4), "李 小龙".to_owned()),
            (id(5), "D'Arcy Wood".to_owned()),
        ];
        let mention = format!("<@{}>", uuid::Uuid::from_u128(1));
        let mut voices = Voices::new(people.clone(), true);
        assert_eq!(voices.name(id(2)), "Person 1");
        for (text, expected) in [
            ("Thanks Ada Obi and ben okri!", "Thanks Person 2 and Person 3!"),
            ("Ada, Ben: Obi", "Person 2, [name]: Person 2"),
            ("an ADA OBI; adamant, ada", "an Person 2; adamant, ada"),
            ("write ada.obi@example.org.", "write [mail]."),
            ("小龙 said", "Person 4 said"),
            ("D'Arcy's wood", "Person 5's wood"),
            ("**Ada**_Obi_", "**Person 2**_Person 2_"),
            ("", ""),
        ] {
            let scrubbed = voices.scrub(text);
            // The D of D'Arcy is one letter.
            assert_eq!(scrubbed.replace("D'Person", "Person"), expected, "{text}");
        }
        assert_eq!(voices.scrub(&mention), mention);
        let mut shown = Voices::new(people, false);
        assert_eq!(
            (shown.name(id(1)), shown.scrub("Ada")),
            ("Ada Obi".to_owned(), "Ada".to_owned())
        );
    }
}

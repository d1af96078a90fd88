//! Names of people, spaces and channels: cleaned for storing, and reduced to a key that look-alike names share.
//!
//! Invariants: a clean name is NFC, one line, visible, and keeps its direction to itself; cleaning twice changes
//! nothing; two names that differ only in case, width, invisible characters or letters borrowed from Cyrillic or Greek
//! have the same skeleton. A skeleton is a key and is never shown. Does not know which names are taken.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::unicode::{is_direction_override, is_invisible};

/// Marks on one letter; Vietnamese and pointed Hebrew need at most three.
const MAX_MARKS: usize = 4;

/// Why a name cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing to see in it.
    #[error("name is blank")]
    Blank,
    /// More characters than allowed.
    #[error("name is longer than {max_chars} characters")]
    TooLong {
        /// The limit.
        max_chars: usize,
    },
    /// A control character, a line feed included.
    #[error("name contains a control character")]
    ControlCharacter,
    /// A character that would turn round the text beside the name.
    #[error("name contains a character that changes the direction of text")]
    DirectionOverride,
    /// More accents on one letter than any language has.
    #[error("name has too many accents on one letter")]
    TooManyMarks,
}

/// The name as it is stored: trimmed, NFC, inner white space as single spaces, invisible characters removed except
/// joiners and variation selectors, which some scripts and emoji need. `max_chars` counts characters, not bytes.
pub fn clean_name(name: &str, max_chars: usize) -> Result<String, NameProblem> {
    if name.trim().chars().any(char::is_control) {
        return Err(NameProblem::ControlCharacter);
    }
    if name.chars().any(is_direction_override) {
        return Err(NameProblem::DirectionOverride);
    }
    let kept: String = name
        .chars()
        .filter(|character| !is_invisible(*character) || is_needed(*character))
        .collect();
    let composed: String = kept.nfc().collect();
    let clean = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    if !clean.chars().any(is_visible) {
        return Err(NameProblem::Blank);
    }
    if clean.chars().count() > max_chars {
        return Err(NameProblem::TooLong { max_chars });
    }
    let is_overloaded = |marks: &[char]| marks.iter().all(|character| is_combining_mark(*character));
    let characters: Vec<char> = clean.chars().collect();
    if characters.windows(MAX_MARKS + 1).any(is_overloaded) {
        return Err(NameProblem::TooManyMarks);
    }
    Ok(clean)
}

/// The key that look-alike names share: refuse a new name whose key is taken in the same place.
pub fn skeleton(name: &str) -> String {
    let compatible: String = name
        .nfkc()
        .filter(|character| !is_invisible(*character))
        .collect();
    // Among Latin letters a foreign capital is read by its shape (Greek Ν is N). In a wholly Greek or Cyrillic name
    // it must stay the same letter as its small form.
    let has_latin = compatible
        .chars()
        .any(|character| character.is_ascii_alphabetic());
    let shaped = compatible.chars().map(|character| {
        if has_latin {
            capital_look_alike(character)
        } else {
            character
        }
    });
    let lower: String = shaped
        .flat_map(char::to_lowercase)
        .map(look_alike)
        .nfc()
        .collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_needed(character: char) -> bool {
    // Zero width non-joiner and joiner (Persian, Indic scripts, emoji), direction marks, variation selectors and the
    // tags of flags.
    matches!(character, '\u{200C}'..='\u{200F}' | '\u{61C}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}')
}

fn is_visible(character: char) -> bool {
    !character.is_whitespace() && !is_invisible(character) && !is_combining_mark(character)
}

/// Greek and Cyrillic capitals that are drawn as Latin ones, where their small letters are drawn as others.
fn capital_look_alike(character: char) -> char {
    match character {
        'Ν' => 'n',
        'Η' | 'Н' => 'h',
        'Μ' | 'М' => 'm',
        'Υ' | 'У' | 'Ү' => 'y',
        'Ζ' => 'z',
        'Ε' => 'e',
        'Τ' | 'Т' => 't',
        'Χ' | 'Х' => 'x',
        'Ι' | 'І' | 'Ӏ' => 'i',
        'Β' | 'В' => 'b',
        'Κ' | 'К' => 'k',
        'Ρ' | 'Р' => 'p',
        other => other,
    }
}

/// Small letters and digits that are drawn as Latin letters: the common ones of Unicode's `confusables.txt` (UTS 39).
fn look_alike(character: char) -> char {
    match character {
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'є' | 'ε' => 'e',
        'ё' => 'ë',
        'ɡ' | 'ց' => 'g',
        'һ' | 'н' | 'հ' => 'h',
        'і' | 'ι' | 'ı' | 'ɩ' => 'i',
        'ї' | 'ϊ' => 'ï',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | '1' | '|' | 'ǀ' => 'l',
        'м' | 'μ' => 'm',
        'п' | 'η' | 'ո' => 'n',
        'о' | 'ο' | 'σ' | 'օ' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' | 'գ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ѡ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'ζ' => 'z',
        'ς' => 'c',
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '_' => '-',
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        other => other,
    }
}

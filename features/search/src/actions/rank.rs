//! Which hit fits best. Pure: the same on both databases, because neither is asked.
//!
//! A word counts more when the text is short and says it often; words that stand side by side as they were typed count
//! as one more; so does the title of a topic. What is new is preferred, by half a word at most.

use crate::{query::Phrase, store::Found, words::words_of};
use base::Timestamp;

/// How many micros of a word's weight an age takes away by half: 90 days.
const HALF_LIFE_US: f64 = 90.0 * 86_400.0 * 1e6;
/// Words of an ordinary message.
const USUAL_WORDS: f64 = 20.0;

/// How well it fits, in millionths of a word.
pub(crate) fn score(found: &Found, phrases: &[Phrase], now: Timestamp) -> i64 {
    let text = match &found.topic {
        Some(topic) if found.is_topic => &topic.title,
        _ => &found.text,
    };
    let words = words_of(text);
    let length = 0.4 + 0.6 * words.len() as f64 / USUAL_WORDS;
    let mut score: f64 = phrases
        .iter()
        .map(|phrase| {
            let n = weight(&words, phrase);
            n / (n + 1.2 * length)
        })
        .sum();
    if phrases.len() > 1 && stand_together(&words, phrases) {
        score += 1.0;
    }
    if found.is_topic {
        score += 0.5;
    }
    let age_us = now.0.saturating_sub(found.at.0).max(0) as f64;
    score += 0.5 * 0.5_f64.powf(age_us / HALF_LIFE_US);
    (score * 1e6) as i64
}

/// How often a phrase stands there; a word of which it is only the beginning counts half.
fn weight(words: &[String], phrase: &Phrase) -> f64 {
    let Some((last, before)) = phrase.words.split_last() else {
        return 0.0;
    };
    let mut weight = 0.0;
    for window in words.windows(phrase.words.len()) {
        if window[..before.len()] == *before {
            let word = &window[before.len()];
            if word == last {
                weight += 1.0;
            } else if phrase.is_prefix && word.starts_with(last.as_str()) {
                weight += 0.5;
            }
        }
    }
    weight
}

fn stand_together(words: &[String], phrases: &[Phrase]) -> bool {
    let whole = Phrase {
        words: phrases.iter().flat_map(|phrase| phrase.words.clone()).collect(),
        is_prefix: phrases.last().is_some_and(|phrase| phrase.is_prefix),
    };
    weight(words, &whole) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{ChannelId, MessageId, PersonId};

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    fn message(text: &str, age_days: i64) -> Found {
        Found {
            doc: 0,
            channel: ChannelId::random(),
            message: MessageId::random(),
            author: PersonId::random(),
            at: Timestamp(NOW.0 - age_days * 86_400_000_000),
            text: text.to_owned(),
            edited: false,
            is_topic: false,
            topic: None,
        }
    }

    fn phrase(word: &str, is_prefix: bool) -> Phrase {
        Phrase {
            words: words_of(word),
            is_prefix,
        }
    }

    #[test]
    fn what_fits_better_has_the_greater_score() {
        let asked = [phrase("old", false), phrase("harbour", true)];
        let long = format!("old harbour {}", "and so on ".repeat(40));
        for (better, worse) in [
            (message("old harbour", 0), message("harbour, old", 0)),
            (message("the old harbour", 0), message("the old harbours", 0)),
            (message("old harbour", 0), message(&long, 0)),
            (message("old harbour", 1), message("old harbour", 200)),
            (message("old harbour", 900), message(&long, 0)),
        ] {
            let scores = (score(&better, &asked, NOW), score(&worse, &asked, NOW));
            assert!(
                scores.0 > scores.1,
                "{scores:?}: {} | {}",
                better.text,
                worse.text
            );
        }
    }
}

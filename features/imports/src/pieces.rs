//! Texts that are longer than a message here may be.

/// Bytes of a message's text (docs/limits.md).
const TEXT_MAX_BYTES: usize = 16 * 1024;

/// The text in pieces that fit, cut between paragraphs, lines or words where there is one; none of nothing.
pub fn in_pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while rest.len() > TEXT_MAX_BYTES {
        let mut at = TEXT_MAX_BYTES;
        while !rest.is_char_boundary(at) {
            at -= 1;
        }
        let head = &rest[..at];
        let cut = ["\n\n", "\n", " "]
            .iter()
            .filter_map(|mark| head.rfind(mark))
            .find(|cut| *cut > TEXT_MAX_BYTES / 2)
            .unwrap_or(at);
        pieces.push(rest[..cut].trim().to_owned());
        rest = rest[cut..].trim();
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words_and_nothing_is_lost() {
        assert_eq!(in_pieces(" short "), ["short"]);
        assert!(in_pieces(" \n ").is_empty());
        let words = "wörter ".repeat(6_000);
        let pieces = in_pieces(&words);
        assert!(pieces.len() > 2 && pieces.iter().all(|piece| piece.len() <= TEXT_MAX_BYTES));
        assert_eq!(pieces.join(" "), words.trim());
        let solid = "ü".repeat(20_000);
        assert_eq!(in_pieces(&solid).concat(), solid);
    }
}

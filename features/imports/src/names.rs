//! Names from elsewhere, made fit for here. An import does not stop because somebody's name is long.

/// A line of text as a name of up to `max_chars`; None when nothing is left of it.
pub fn clean(text: &str, max_chars: usize) -> Option<String> {
    let one_line: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    let short: String = one_line.trim().chars().take(max_chars).collect();
    markup::clean_name(&short, max_chars).ok()
}

/// Lines of text of up to `max_chars`, without control characters.
pub fn paragraph(text: &str, max_chars: usize) -> String {
    let clean = text.chars().filter(|char| *char == '\n' || !char.is_control());
    clean.take(max_chars).collect::<String>().trim().to_owned()
}

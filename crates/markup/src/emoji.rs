//! What counts as one emoji, for reactions and statuses.

/// Bytes of one emoji: the longest sequence in Unicode 16 has 35, families of four 25.
pub const MAX_EMOJI_BYTES: usize = 40;

/// Whether it is emoji and nothing else: no letters, spaces or control characters, not too long.
pub fn is_emoji(emoji: &str) -> bool {
    let is_part = |char: char| {
        let code = u32::from(char);
        // Keycaps are a digit, # or * with a variation selector and U+20E3; flags and tags lie above U+1F000.
        matches!(
            code,
            0x23 | 0x2a | 0x30..=0x39 | 0x200d | 0x20e3 | 0xfe0f | 0xa9 | 0xae
        ) || (0x2000..=0x33ff).contains(&code)
            || (0x1f000..=0x1ffff).contains(&code)
            || (0xe0020..=0xe007f).contains(&code)
    };
    let bare_key = emoji.len() == 1;
    let space = emoji
        .chars()
        .any(|char| char.is_whitespace() || char.is_control());
    let format = emoji
        .chars()
        .all(|char| matches!(u32::from(char), 0x2000..=0x206f | 0xfe0f));
    !emoji.is_empty()
        && emoji.len() <= MAX_EMOJI_BYTES
        && !bare_key
        && !space
        && !format
        && emoji.chars().all(is_part)
}

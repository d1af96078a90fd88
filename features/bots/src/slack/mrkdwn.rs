//! Slack's markup of text, as CommonMark.
//!
//! Invariants: linear in the length of the text, as the search for a closing sign ends after [`SPAN_MAX_BYTES`]; what is not
//! markup there is none here either: signs that only CommonMark knows are escaped.

/// Longest stretch in which a closing sign is looked for: it is what keeps the work linear.
const SPAN_MAX_BYTES: usize = 500;

/// Longest address with its text.
const TAG_MAX_BYTES: usize = 4000;

/// Text with mrkdwn.
pub fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    // What stands inside of three backticks is code, whatever it looks like.
    while let Some(start) = rest.find("```") {
        let Some(length) = rest[start + 3..].find("```") else {
            break;
        };
        inline(&rest[..start], &mut out);
        let code = &rest[start + 3..start + 3 + length];
        fence(&decode(code), &mut out);
        rest = rest[start + 6 + length..].trim_start_matches('\n');
    }
    inline(rest, &mut out);
    out
}

/// Text without any markup: `plain_text` of Slack.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for char in decode(text).chars() {
        escaped(char, &mut out);
    }
    out
}

/// A block of code that no backtick in it can end.
pub fn fence(code: &str, out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let longest = code.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let sign = "`".repeat(longest.max(2) + 1);
    let code = code.trim_matches('\n');
    out.push_str(&format!("{sign}\n{code}\n{sign}\n"));
}

/// Code in a line that no backtick in it can end.
pub fn code(code: &str) -> String {
    let longest = code.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let sign = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{sign}{space}{code}{space}{sign}")
}

fn inline(text: &str, out: &mut String) {
    let mut before = '\n';
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match char {
            '<' => tag(rest, out),
            '`' => code_span(rest, out),
            '*' | '_' | '~' if !before.is_alphanumeric() => span(rest, char, out),
            'h' if !before.is_alphanumeric() => bare_link(rest, out),
            ':' => emoji(rest, out),
            _ => None,
        };
        let length = length.unwrap_or_else(|| one(rest, char, before == '\n', out));
        before = text[..at + length].chars().next_back().unwrap_or('\n');
        at += length;
    }
}

/// One character that is no markup.
fn one(rest: &str, char: char, begins_line: bool, out: &mut String) -> usize {
    for (entity, decoded) in ENTITIES {
        if rest.starts_with(entity) {
            // `>` begins a quote there too, when it stands at the beginning of a line.
            match (decoded, begins_line) {
                ('>', true) => out.push('>'),
                _ => escaped(decoded, out),
            }
            return entity.len();
        }
    }
    match char {
        '>' if begins_line => out.push('>'),
        // "- item" and "1. item" are lists to everybody who reads them.
        '-' | '•' if begins_line && rest[char.len_utf8()..].starts_with(' ') => out.push('-'),
        _ => escaped(char, out),
    }
    char.len_utf8()
}

const ENTITIES: [(&str, char); 3] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];

fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn escaped(char: char, out: &mut String) {
    if matches!(
        char,
        '\\' | '[' | ']' | '<' | '>' | '&' | '*' | '_' | '~' | '`' | '#' | '|' | '+' | '='
    ) {
        out.push('\\');
    }
    out.push(char);
}

/// `*bold*`, `_slanted_`, `~struck~`: between word boundaries, in one line, with something inside.
fn span(rest: &str, sign: char, out: &mut String) -> Option<usize> {
    let inner = within(&rest[1..], SPAN_MAX_BYTES);
    let line = &inner[..inner.find('\n').unwrap_or(inner.len())];
    if line.starts_with([' ', sign]) {
        return None;
    }
    let closes = |(at, _): &(usize, &str)| {
        let (content, after) = (&line[..*at], &line[at + 1..]);
        !content.is_empty()
            && !content.ends_with([' ', sign])
            && !after.starts_with(|char: char| char.is_alphanumeric() || char == sign)
    };
    let (end, _) = line.match_indices(sign).find(closes)?;
    let ours = match sign {
        '*' => "**",
        '_' => "*",
        _ => "~~",
    };
    out.push_str(ours);
    // It nests by getting shorter.
    inline(&line[..end], out);
    out.push_str(ours);
    Some(end + 2)
}

/// The beginning of a text, so that the search for a closing sign has an end.
fn within(text: &str, max_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(max_bytes)]
}

/// Signs of an address are no markup.
fn bare_link(rest: &str, out: &mut String) -> Option<usize> {
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return None;
    }
    let rest = within(rest, TAG_MAX_BYTES);
    let end = rest.find(|char: char| char.is_whitespace() || matches!(char, '<' | '>' | '|'));
    let url = &rest[..end.unwrap_or(rest.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_', '~', '\'', '"']);
    if url.ends_with("//") {
        return None;
    }
    out.push_str(&super::link("", &decode(url)));
    Some(url.len())
}

/// The names that build servers and monitors send; others stay as they are typed.
fn emoji(rest: &str, out: &mut String) -> Option<usize> {
    let inner = within(&rest[1..], 32);
    let end = inner.find(':')?;
    let (_, emoji) = EMOJI.iter().find(|(name, _)| *name == &inner[..end])?;
    out.push_str(emoji);
    Some(end + 2)
}

const EMOJI: [(&str, &str); 40] = [
    ("+1", "👍"),
    ("-1", "👎"),
    ("thumbsup", "👍"),
    ("thumbsdown", "👎"),
    ("white_check_mark", "✅"),
    ("heavy_check_mark", "✔️"),
    ("ballot_box_with_check", "☑️"),
    ("x", "❌"),
    ("no_entry", "⛔"),
    ("no_entry_sign", "🚫"),
    ("warning", "⚠️"),
    ("exclamation", "❗"),
    ("question", "❓"),
    ("rotating_light", "🚨"),
    ("fire", "🔥"),
    ("boom", "💥"),
    ("rocket", "🚀"),
    ("tada", "🎉"),
    ("ship", "🚢"),
    ("package", "📦"),
    ("bug", "🐛"),
    ("wrench", "🔧"),
    ("hammer", "🔨"),
    ("gear", "⚙️"),
    ("construction", "🚧"),
    ("hourglass", "⌛"),
    ("stopwatch", "⏱️"),
    ("alarm_clock", "⏰"),
    ("bell", "🔔"),
    ("lock", "🔒"),
    ("key", "🔑"),
    ("link", "🔗"),
    ("memo", "📝"),
    ("eyes", "👀"),
    ("bulb", "💡"),
    ("red_circle", "🔴"),
    ("large_green_circle", "🟢"),
    ("large_yellow_circle", "🟡"),
    ("large_blue_circle", "🔵"),
    ("heart", "❤️"),
];

fn code_span(rest: &str, out: &mut String) -> Option<usize> {
    let inner = within(&rest[1..], SPAN_MAX_BYTES);
    let end = inner
        .find('`')
        .filter(|end| *end > 0 && !inner[..*end].contains('\n'))?;
    out.push_str(&code(&decode(&inner[..end])));
    Some(end + 2)
}

/// `<address>`, `<address|text>`, `<@person>`, `<#channel|name>`, `<!special|text>`.
fn tag(rest: &str, out: &mut String) -> Option<usize> {
    let inner = within(&rest[1..], TAG_MAX_BYTES);
    let end = inner
        .find(['>', '\n', '<'])
        .filter(|end| inner[*end..].starts_with('>') && *end > 0)?;
    let (target, label) = match inner[..end].split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (&inner[..end], None),
    };
    match target.chars().next()? {
        '@' => person(&target[1..], label, out),
        '#' => named('#', label.unwrap_or(&target[1..]), out),
        '!' => special(&target[1..], label, out),
        _ => {
            let url = decode(target);
            let shown = label.map(plain).unwrap_or_default();
            let link = super::link(&shown, &url);
            // What is no address that we follow is shown as it stands.
            out.push_str(&if link.is_empty() { plain(target) } else { link });
        }
    }
    Some(end + 2)
}

/// A person of ours, by the id that this server gave them, is named; those of Slack are only written.
fn person(id: &str, label: Option<&str>, out: &mut String) {
    match uuid::Uuid::try_parse(id) {
        Ok(id) => out.push_str(&format!("<@{}>", id.hyphenated())),
        Err(_) => named('@', label.unwrap_or(id), out),
    }
}

fn named(sign: char, name: &str, out: &mut String) {
    let name = name.trim_start_matches(sign);
    escaped(sign, out);
    out.push_str(&plain(name));
}

/// Calls to everybody become words; dates and groups say what they would show.
fn special(name: &str, label: Option<&str>, out: &mut String) {
    match (name.split('^').next().unwrap_or_default(), label) {
        ("here" | "channel" | "everyone", _) => named('@', name, out),
        (_, Some(label)) => out.push_str(&plain(label)),
        ("subteam", None) => out.push_str("@group"),
        (_, None) => out.push_str(&plain(name)),
    }
}

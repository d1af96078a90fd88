//! Slack's mrkdwn becomes the Markdown that people type here.
//!
//! In mrkdwn `&`, `<` and `>` are written as entities, everything in angle brackets is a reference, `*` is bold, `_` is
//! italic, `~` is struck; there are no headings, links in brackets or escapes. So what would mean something here and
//! meant nothing there gets a backslash. Linear in the length of the text but for marks without an end, which look
//! ahead to the end of their line once each.

use crate::emoji;
use std::collections::HashMap;
use uuid::Uuid;

/// How a text names people and channels.
pub struct Names<'a> {
    /// Ids of here by ids of Slack.
    pub ids: &'a HashMap<String, Uuid>,
    /// Names of people by their ids of Slack.
    pub people: &'a HashMap<String, String>,
    /// Names of channels.
    pub channels: &'a HashMap<String, String>,
    /// Whether people are named by their ids; else by their names alone, for texts that name too many.
    pub mentions: bool,
}

/// The whole text.
pub fn to_markdown(text: &str, names: &Names<'_>) -> String {
    let mut markdown = String::with_capacity(text.len() + 16);
    // Every second piece is code; an opening without an end is none.
    let pieces: Vec<&str> = text.split("```").collect();
    let n_closed = if pieces.len().is_multiple_of(2) {
        pieces.len() - 1
    } else {
        pieces.len()
    };
    for (idx, piece) in pieces.iter().enumerate() {
        if idx >= n_closed {
            markdown.push_str("\\`\\`\\`");
            lines(piece, names, &mut markdown);
        } else if idx % 2 == 1 {
            fence(&plain(piece, names), &mut markdown);
        } else {
            lines(piece.trim_matches('\n'), names, &mut markdown);
        }
    }
    markdown.trim().to_owned()
}

fn fence(code: &str, markdown: &mut String) {
    if !markdown.is_empty() && !markdown.ends_with('\n') {
        markdown.push('\n');
    }
    markdown.push_str("```\n");
    markdown.push_str(code.trim_matches('\n'));
    markdown.push_str("\n```\n");
}

fn lines(text: &str, names: &Names<'_>, markdown: &mut String) {
    let mut was_quote = false;
    for (idx, line) in text.split('\n').enumerate() {
        if idx > 0 {
            markdown.push('\n');
        }
        let quoted = line.strip_prefix("&gt;").or_else(|| line.strip_prefix('>'));
        // Else the quote would go on.
        if was_quote && quoted.is_none() && !line.trim().is_empty() {
            markdown.push('\n');
        }
        was_quote = quoted.is_some();
        match quoted {
            Some(rest) => {
                markdown.push_str("> ");
                inline(rest.trim_start(), names, markdown);
            }
            None => one_line(line, names, markdown),
        }
    }
}

/// A line that is no quote: bullets are lists, and what would be a heading is none.
fn one_line(line: &str, names: &Names<'_>, markdown: &mut String) {
    let content = line.trim_start_matches([' ', '\t']);
    if let Some(rest) = content.strip_prefix('•') {
        markdown.push_str("- ");
        return inline(rest.trim_start(), names, markdown);
    }
    if let Some(rest) = content.strip_prefix('◦') {
        markdown.push_str("  - ");
        return inline(rest.trim_start(), names, markdown);
    }
    let is_heading = content.starts_with('#');
    let is_rule = content.len() >= 2 && content.bytes().all(|byte| matches!(byte, b'=' | b'-'));
    if is_heading || is_rule {
        markdown.push('\\');
    }
    // Spaces at the beginning would be code.
    inline(content, names, markdown);
}

fn inline(text: &str, names: &Names<'_>, markdown: &mut String) {
    let mut rest = text;
    let mut before = None;
    while let Some(char) = rest.chars().next() {
        let n_taken = match char {
            '<' => reference(rest, names, markdown),
            '&' => entity(rest, markdown),
            '`' => code(rest, names, markdown),
            '*' => marked(rest, before, '*', "**", names, markdown),
            '_' => marked(rest, before, '_', "_", names, markdown),
            '~' => marked(rest, before, '~', "~~", names, markdown),
            ':' => short_name(rest, markdown),
            '\\' | '[' | ']' => {
                markdown.push('\\');
                markdown.push(char);
                1
            }
            _ => {
                markdown.push(char);
                char.len_utf8()
            }
        };
        before = rest[..n_taken].chars().next_back();
        rest = &rest[n_taken..];
    }
}

/// `<@U1>`, `<#C1|name>`, `<!here>`, `<https://…|label>`. Gives how much of the text it took.
fn reference(text: &str, names: &Names<'_>, markdown: &mut String) -> usize {
    let Some(end) = text.find(['>', '\n']).filter(|end| text.as_bytes()[*end] == b'>') else {
        markdown.push_str("\\<");
        return 1;
    };
    let inside = &text[1..end];
    let (target, label) = match inside.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
        None => (inside, None),
    };
    if let Some(id) = target.strip_prefix('@') {
        match names.ids.get(id).filter(|_| names.mentions) {
            Some(person) => markdown.push_str(&format!("<@{person}>")),
            None => markdown.push_str(&escape(&format!("@{}", person_name(id, label, names)))),
        }
    } else if target.starts_with('#') || target.starts_with('!') {
        match target {
            "!here" | "!channel" | "!everyone" => markdown.push_str("<@channel>"),
            _ => markdown.push_str(&escape(&named(target, label, names))),
        }
    } else {
        address(&entities(target), label.map(entities).as_deref(), markdown);
    }
    end + 1
}

fn person_name(id: &str, label: Option<&str>, names: &Names<'_>) -> String {
    let known = names.people.get(id).map(String::as_str);
    let name = known
        .or(label.map(|label| label.trim_start_matches('@')))
        .unwrap_or(id);
    entities(name)
}

/// A channel, a group of people, a date: by the words that stand there.
fn named(target: &str, label: Option<&str>, names: &Names<'_>) -> String {
    if let Some(id) = target.strip_prefix('#') {
        let known = names.channels.get(id).map(String::as_str);
        return format!("#{}", entities(known.or(label).unwrap_or(id)));
    }
    match label {
        Some(label) => entities(label),
        None => {
            let word = target.trim_start_matches('!');
            format!("@{}", word.split('^').next().unwrap_or(word))
        }
    }
}

fn address(target: &str, label: Option<&str>, markdown: &mut String) {
    let is_link = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| target.starts_with(start));
    match label {
        Some(label) if is_link && label != target => markdown.push_str(&link(label, target)),
        Some(label) if !is_link => markdown.push_str(&escape(label)),
        _ if is_link && !target.starts_with("mailto:") => {
            markdown.push('<');
            markdown.push_str(&bare(target));
            markdown.push('>');
        }
        _ => markdown.push_str(&escape(target.trim_start_matches("mailto:"))),
    }
}

/// A link as it is typed here.
pub fn link(label: &str, target: &str) -> String {
    let label = label.replace('\n', " ");
    format!("[{}](<{}>)", escape(label.trim()), bare(target))
}

/// An address cannot end its own brackets.
fn bare(target: &str) -> String {
    target
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace(['\n', ' '], "%20")
}

/// Text that means nothing but itself.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '!') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// `&amp;`, `&lt;`, `&gt;`, so written that they stay what they are.
fn entity(text: &str, markdown: &mut String) -> usize {
    for (entity, char) in [("&amp;", "\\&"), ("&lt;", "\\<"), ("&gt;", ">")] {
        if text.starts_with(entity) {
            markdown.push_str(char);
            return entity.len();
        }
    }
    markdown.push_str("\\&");
    1
}

fn entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn code(text: &str, names: &Names<'_>, markdown: &mut String) -> usize {
    let line = text.split('\n').next().unwrap_or(text);
    match line[1..].find('`') {
        Some(len) if len > 0 => {
            markdown.push('`');
            markdown.push_str(&plain(&line[1..=len], names));
            markdown.push('`');
            len + 2
        }
        _ => {
            markdown.push_str("\\`");
            1
        }
    }
}

/// References and entities of a text that stays as it is otherwise.
fn plain(text: &str, names: &Names<'_>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        plain.push_str(&entities(&rest[..start]));
        let Some(end) = rest[start..].find('>') else { break };
        let inside = &rest[start + 1..start + end];
        let (target, label) = inside
            .split_once('|')
            .map_or((inside, None), |(target, label)| (target, Some(label)));
        let words = match target.strip_prefix('@') {
            Some(id) => format!("@{}", person_name(id, label, names)),
            None if target.starts_with(['#', '!']) => named(target, label, names),
            None => entities(label.unwrap_or(target)),
        };
        plain.push_str(&words);
        rest = &rest[start + end + 1..];
    }
    plain.push_str(&entities(rest));
    plain
}

/// A stretch between two marks on one line, as a word of its own; else the mark itself.
fn marked(
    text: &str,
    before: Option<char>,
    mark: char,
    ours: &str,
    names: &Names<'_>,
    markdown: &mut String,
) -> usize {
    let is_edge = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric() && char != mark);
    let line = text.split('\n').next().unwrap_or(text);
    let inside = &line[1..];
    let opens = is_edge(before)
        && inside
            .chars()
            .next()
            .is_some_and(|char| !char.is_whitespace() && char != mark);
    let close = inside.match_indices(mark).map(|(at, _)| at).find(|at| {
        let last = inside[..*at].chars().next_back();
        last.is_some_and(|char| !char.is_whitespace()) && is_edge(inside[at + 1..].chars().next())
    });
    let Some(close) = close.filter(|_| opens) else {
        let inside_word = mark == '_' && !is_edge(before) && !is_edge(inside.chars().next());
        if !inside_word {
            markdown.push('\\');
        }
        markdown.push(mark);
        return 1;
    };
    markdown.push_str(ours);
    inline(&inside[..close], names, markdown);
    markdown.push_str(ours);
    close + 2
}

fn short_name(text: &str, markdown: &mut String) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'\'');
    let n_name = text.bytes().skip(1).take_while(|byte| is_part(*byte)).count();
    let end = 1 + n_name;
    if n_name == 0 || text.as_bytes().get(end) != Some(&b':') {
        markdown.push(':');
        return 1;
    }
    let name = &text[1..end];
    // `:wave::skin-tone-3:` is one emoji.
    let toned = text[end + 1..]
        .strip_prefix(":skin-tone-")
        .and_then(|rest| rest.get(..1).filter(|_| rest[1..].starts_with(':')))
        .and_then(|tone| emoji::find(&format!("{name}::skin-tone-{tone}")));
    if let Some(toned) = toned {
        markdown.push_str(&toned);
        return end + 1 + ":skin-tone-2:".len();
    }
    match emoji::find(name) {
        Some(emoji) => {
            markdown.push_str(&emoji);
            end + 1
        }
        None => {
            markdown.push(':');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mrkdwn_becomes_markdown() {
        let ada = Uuid::from_u128(7);
        let ids = HashMap::from([("U1".to_owned(), ada)]);
        let people = HashMap::from([
            ("U1".to_owned(), "Ada".to_owned()),
            ("U9".to_owned(), "Zoe_9".to_owned()),
        ]);
        let channels = HashMap::from([("C1".to_owned(), "films".to_owned())]);
        let mut names = Names {
            ids: &ids,
            people: &people,
            channels: &channels,
            mentions: true,
        };
        let mention = format!("Hi <@{ada}>!");
        for (mrkdwn, markdown) in [
            ("Hi <@U1>!", mention.as_str()),
            ("<@U9> and <@U8|bo>", "@Zoe\\_9 and @bo"),
            ("in <#C1|old> and <#C2|two>", "in #films and #two"),
            (
                "<!here> <!channel> <!subteam^S1|@ops>",
                "<@channel> <@channel> @ops",
            ),
            ("*bold* _it_ ~gone~ `a*b`", "**bold** _it_ ~~gone~~ `a*b`"),
            (
                "2 * 3 * 4, snake_case, a*b*c",
                "2 \\* 3 \\* 4, snake_case, a\\*b\\*c",
            ),
            (
                "<https://a.example/x?a=1&amp;b=2|the site>",
                "[the site](<https://a.example/x?a=1&b=2>)",
            ),
            ("see <https://a.example>", "see <https://a.example>"),
            (
                "<mailto:a@b.example|a@b.example>",
                "[a@b.example](<mailto:a@b.example>)",
            ),
            ("<javascript:alert(1)|click>", "click"),
            ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 \\< 2 \\&\\& 3 > 2"),
            (
                "&lt;@00000000-0000-0000-0000-000000000007&gt;",
                "\\<@00000000-0000-0000-0000-000000000007>",
            ),
            ("&gt; said\nanswer", "> said\n\nanswer"),
            ("# no heading", "\\# no heading"),
            ("[no](link)", "\\[no\\](link)"),
            ("• one\n◦ two", "- one\n  - two"),
            ("so :tada: :wave::skin-tone-2: :our-logo:", "so 🎉 👋🏻 :our-logo:"),
            ("x ```let a = 1 &lt; 2;``` y", "x \n```\nlet a = 1 < 2;\n```\ny"),
            ("an ``` open", "an \\`\\`\\`open"),
            ("at 10:30:45", "at 10:30:45"),
            ("a <b", "a \\<b"),
        ] {
            assert_eq!(to_markdown(mrkdwn, &names), markdown, "{mrkdwn}");
        }
        names.mentions = false;
        assert_eq!(to_markdown("Hi <@U1>!", &names), "Hi @Ada!");
    }
}

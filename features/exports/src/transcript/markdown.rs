//! Markdown: each day a heading, each message a speaker, a time, and the text as a quotation, so that nothing in a text can
//! look like a part of the transcript.

use super::{Entry, Head, Writer};
use jiff::civil::Date;
use std::fmt::Write;
use uuid::Uuid;

#[derive(Default)]
pub(super) struct Markdown {
    day: Option<Date>,
}

impl Writer for Markdown {
    fn head(&mut self, out: &mut String, head: &Head) {
        let title = head.topic.as_ref().map_or(&head.channel, |topic| &topic.title);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "# {}\n", escape(title));
        let _ = writeln!(out, "- Workspace: {}", escape(&head.workspace));
        let _ = writeln!(out, "- Channel: {}", escape(&head.channel));
        if let Some(topic) = &head.topic {
            let _ = writeln!(out, "- Topic: {} ({})", escape(&topic.title), topic.state);
            if let Some(decision) = &topic.decision {
                let _ = writeln!(out, "- Decision: {}", escape(&decision.replace('\n', " ")));
            }
        }
        if let Some(from) = &head.from {
            let _ = writeln!(out, "- From: {}", from.strftime("%Y-%m-%d %H:%M"));
        }
        if let Some(until) = &head.until {
            let _ = writeln!(out, "- Until: {}", until.strftime("%Y-%m-%d %H:%M"));
        }
        let _ = writeln!(out, "- Times: {}", head.time_zone);
        if head.pseudonyms {
            let _ = writeln!(out, "- Names: replaced by pseudonyms");
        }
        let _ = writeln!(out, "- Exported: {}", head.made_at.strftime("%Y-%m-%d %H:%M"));
    }

    fn entry(&mut self, out: &mut String, entry: &Entry, name_of: &dyn Fn(Uuid) -> String) {
        if self.day != Some(entry.at.date()) {
            self.day = Some(entry.at.date());
            let _ = writeln!(out, "\n## {}", entry.at.strftime("%A, %-d %B %Y"));
        }
        let _ = write!(
            out,
            "\n**{}**, {}",
            escape(&entry.speaker),
            entry.at.strftime("%H:%M:%S")
        );
        if let Some(topic) = &entry.topic {
            let _ = write!(out, ", in “{}”", escape(topic));
        }
        if entry.edited {
            out.push_str(" (edited)");
        }
        out.push_str("\n\n");
        if let Some((speaker, text)) = &entry.quote {
            let _ = writeln!(out, "> > {}: {}\n>", escape(speaker), escape(text));
        }
        if entry.deleted {
            out.push_str("> (deleted)\n");
        }
        let text = mentions(&entry.text, name_of);
        for line in text.lines() {
            let _ = writeln!(out, "> {line}");
        }
        if !entry.reactions.is_empty() {
            let reactions: Vec<String> = entry
                .reactions
                .iter()
                .map(|(emoji, n)| format!("{emoji} {n}"))
                .collect();
            let _ = writeln!(out, "\nReactions: {}", reactions.join(", "));
        }
    }

    fn foot(&mut self, out: &mut String, n_messages: u64) {
        let _ = writeln!(out, "\n---\n\nEnd of the transcript, {n_messages} messages.");
    }
}

/// Mentions by name, in the text as it was typed. What another reader of Markdown could take for HTML is no HTML.
fn mentions(text: &str, name_of: &dyn Fn(Uuid) -> String) -> String {
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        named.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let inside = rest[1..end].trim_end_matches('>');
        let mentioned = inside.strip_prefix('@').unwrap_or_default();
        if let Ok(id) = Uuid::try_parse(mentioned.trim_start_matches('&')) {
            named.push('@');
            named.push_str(&escape(&name_of(id)));
            rest = &rest[end..];
        } else if mentioned == "channel" {
            named.push_str("@channel");
            rest = &rest[end..];
        } else {
            let is_address = inside.starts_with("http")
                && !inside.contains(|char: char| char.is_whitespace() || char == '"');
            named.push_str(if is_address || named.ends_with('\\') {
                "<"
            } else {
                "\\<"
            });
            rest = &rest[1..];
        }
    }
    named.push_str(rest);
    named
}

/// A name or a title means nothing but itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(
            char,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' | '|' | '!'
        ) {
            escaped.push('\\');
        }
        escaped.push(if char == '\n' { ' ' } else { char });
    }
    escaped
}

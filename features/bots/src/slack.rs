//! What senders for Slack send, as text of ours.
//!
//! Invariants: pure; whatever comes, the parts that are known are kept and the others are skipped; nobody is called by it:
//! `<!channel>` and its like become plain words; the text fits a message. The format: docs.slack.dev, "Incoming
//! webhooks", "Formatting text", "Block Kit", "Secondary attachments".

mod attachments;
mod blocks;
mod mrkdwn;
#[cfg(test)]
mod tests;

use serde_json::Value;

/// Parts that one payload may have; Slack takes 50 blocks and 100 attachments.
const PARTS_MAX: usize = 150;
/// Bytes of a message's text (`messages/model.rs`), less the sign that something was cut.
const TEXT_MAX_BYTES: usize = 16 * 1024 - 8;

/// The text of a payload; None when nothing of it can be shown.
pub fn to_markdown(payload: &Value) -> Option<String> {
    let mut parts = Vec::new();
    blocks::blocks(&payload["blocks"], &mut parts);
    if parts.is_empty() {
        // With blocks, `text` is only what a notice would say.
        push(
            &mut parts,
            text_of(&payload["text"], payload["mrkdwn"] != Value::Bool(false)),
        );
    }
    attachments::attachments(&payload["attachments"], &mut parts);
    let text = parts.join("\n\n");
    (!text.trim().is_empty()).then(|| cut(text))
}

/// A string as mrkdwn, or as plain text.
fn text_of(value: &Value, is_mrkdwn: bool) -> String {
    let text = value.as_str().unwrap_or_default();
    // More than that does not fit a message, whatever becomes of its signs.
    let text = &text[..text.floor_char_boundary(TEXT_MAX_BYTES)];
    match is_mrkdwn {
        true => mrkdwn::to_markdown(text),
        false => mrkdwn::plain(text),
    }
}

/// A text object: `{"type": "mrkdwn" | "plain_text", "text": "…"}`; older senders give a string.
fn object_text(value: &Value) -> String {
    match value {
        Value::String(_) => text_of(value, true),
        _ => text_of(&value["text"], value["type"] != "plain_text"),
    }
}

fn push(parts: &mut Vec<String>, part: String) {
    if !part.trim().is_empty() && parts.len() < PARTS_MAX {
        parts.push(part);
    }
}

/// A link of ours; text alone where the address is none that people follow.
fn link(text: &str, url: &str) -> String {
    let is_web = ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| url.starts_with(start));
    let is_plain =
        !url.contains(|char: char| char.is_whitespace() || char.is_control() || matches!(char, '<' | '>'));
    let text = text.replace('\n', " ");
    match (is_web && is_plain, text.trim().is_empty()) {
        (true, true) => format!("<{url}>"),
        (true, false) => format!("[{}](<{url}>)", text.trim()),
        (false, _) => text,
    }
}

/// Each line behind a quote sign.
fn quoted(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    lines.join("\n")
}

fn cut(mut text: String) -> String {
    if text.len() > TEXT_MAX_BYTES {
        text.truncate(text.floor_char_boundary(TEXT_MAX_BYTES));
        text.push_str("\n\n…");
    }
    text
}

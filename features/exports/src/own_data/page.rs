//! The page for eyes: it needs no other file and runs nothing. People are named by nothing but "somebody": their names are
//! not the reader's data.

use super::store::OwnMessage;
use crate::transcript::escape_html as escape;
use serde_json::Value;
use std::fmt::Write;

pub const FOOT: &str = "</main>\n</body>\n</html>\n";

/// Everything above the messages. Each part is shown as a table of its fields.
pub fn head(workspace: &str, parts: &[(&str, &Value)]) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>My data in {0}</title>\n\
         <style>body{{font:16px/1.5 system-ui,sans-serif;max-width:68ch;margin:2rem auto;padding:0 1rem}}\
         pre{{white-space:pre-wrap;background:#f6f5f2;color:#1d2327;padding:.5rem}}article{{margin:1rem 0}}\
         header{{color:#5e666d;font-size:.875rem}}</style>\n</head>\n<body>\n<main>\n<h1>My data in {0}</h1>\n",
        escape(workspace)
    );
    for (name, value) in parts {
        // Writing to a String cannot fail.
        let _ = writeln!(
            html,
            "<h2>{name}</h2>\n<pre>{}</pre>",
            escape(&format!("{value:#}"))
        );
    }
    html.push_str("<p>Drafts and reactions are in the files beside this one.</p>\n<h2>Messages</h2>\n");
    html
}

pub fn message(message: &OwnMessage) -> String {
    let at = jiff::Timestamp::from_microsecond(message.at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let place = match &message.topic {
        Some(topic) => format!("{}, {topic}", message.channel),
        None => message.channel.clone(),
    };
    let body = markup::to_html(&markup::tree_of(&message.text), &|_| "somebody".to_owned());
    format!(
        "<article>\n<header dir=\"auto\">{} UTC, {}</header>\n<div dir=\"auto\">{body}</div>\n</article>\n",
        at.strftime("%Y-%m-%d %H:%M:%S"),
        escape(&place)
    )
}

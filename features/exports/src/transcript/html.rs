//! One page of HTML that needs nothing else and runs nothing: no script, no picture, no address that is fetched, and a
//! policy that says so. Texts go through `markup::to_html`, everything else is escaped here.

use super::{Entry, Head, Writer};
use jiff::civil::Date;
use std::fmt::Write;
use uuid::Uuid;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:68ch;margin:2rem auto;padding:0 1rem;\
color:#1d2327;background:#fff}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem;border-bottom:1px solid #d2cec4}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;color:#4d555c}dd{margin:0}article{margin:1rem 0}\
header b{margin-inline-end:.5rem}header,footer{color:#5e666d;font-size:.875rem}header b{color:#1d2327;font-size:1rem}\
p{margin:.3rem 0}blockquote{margin:.3rem 0;padding-inline-start:.8rem;border-inline-start:3px solid #d2cec4}\
pre{overflow-x:auto;background:#f6f5f2;padding:.5rem}table{border-collapse:collapse}td,th{border:1px solid #d2cec4;padding:.2rem .5rem}\
@media(prefers-color-scheme:dark){body,header b{color:#e7e9ea;background:#1a1e21}pre{background:#23282c}}";

#[derive(Default)]
pub(super) struct Html {
    day: Option<Date>,
}

impl Writer for Html {
    fn head(&mut self, out: &mut String, head: &Head) {
        let title = head.topic.as_ref().map_or(&head.channel, |topic| &topic.title);
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{0}</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n<main>\n<h1 dir=\"auto\">{0}</h1>\n<dl>\n",
            escape(title)
        );
        let mut row = |name: &str, value: &str| {
            let _ = writeln!(out, "<dt>{name}</dt><dd dir=\"auto\">{}</dd>", escape(value));
        };
        row("Workspace", &head.workspace);
        row("Channel", &head.channel);
        if let Some(topic) = &head.topic {
            row("Topic", &format!("{} ({})", topic.title, topic.state));
            topic
                .decision
                .iter()
                .for_each(|decision| row("Decision", decision));
        }
        for (name, at) in [
            ("From", &head.from),
            ("Until", &head.until),
            ("Exported", &Some(head.made_at.clone())),
        ] {
            at.iter()
                .for_each(|at| row(name, &at.strftime("%Y-%m-%d %H:%M").to_string()));
        }
        row("Times", &head.time_zone);
        if head.pseudonyms {
            row("Names", "replaced by pseudonyms");
        }
        out.push_str("</dl>\n");
    }

    fn entry(&mut self, out: &mut String, entry: &Entry, name_of: &dyn Fn(Uuid) -> String) {
        if self.day != Some(entry.at.date()) {
            self.day = Some(entry.at.date());
            let _ = writeln!(out, "<h2>{}</h2>", entry.at.strftime("%A, %-d %B %Y"));
        }
        let _ = write!(
            out,
            "<article>\n<header><b dir=\"auto\">{}</b> <time datetime=\"{}\">{}</time>",
            escape(&entry.speaker),
            entry.at.strftime("%Y-%m-%dT%H:%M:%S%:z"),
            entry.at.strftime("%H:%M:%S"),
        );
        if let Some(topic) = &entry.topic {
            let _ = write!(out, ", in <span dir=\"auto\">“{}”</span>", escape(topic));
        }
        out.push_str(if entry.edited {
            " (edited)</header>\n"
        } else {
            "</header>\n"
        });
        if let Some((speaker, text)) = &entry.quote {
            let _ = writeln!(
                out,
                "<blockquote dir=\"auto\">{}: {}</blockquote>",
                escape(speaker),
                escape(text)
            );
        }
        if entry.deleted {
            out.push_str("<p>(deleted)</p>\n");
        } else {
            let body = markup::to_html(&markup::tree_of(&entry.text), name_of);
            let _ = writeln!(out, "<div dir=\"auto\">{body}</div>");
        }
        if !entry.reactions.is_empty() {
            let reactions: Vec<String> = entry
                .reactions
                .iter()
                .map(|(emoji, n)| format!("{} {n}", escape(emoji)))
                .collect();
            let _ = writeln!(out, "<footer>{}</footer>", reactions.join(", "));
        }
        out.push_str("</article>\n");
    }

    fn foot(&mut self, out: &mut String, n_messages: u64) {
        let _ = writeln!(
            out,
            "<footer>End of the transcript, {n_messages} messages.</footer>\n</main>\n</body>\n</html>"
        );
    }
}

/// Text between tags and in attributes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

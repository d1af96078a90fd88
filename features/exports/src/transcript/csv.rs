//! Comma-separated values for spreadsheets.

use super::{Entry, Head, Writer};
use platform::csv::{BOM, cell};
use std::fmt::Write;
use uuid::Uuid;

pub(super) struct Csv;

impl Writer for Csv {
    fn head(&mut self, out: &mut String, _: &Head) {
        out.push(BOM);
        out.push_str(
            "number,time,speaker,topic,text,quoted_speaker,quoted_text,reactions,edited,deleted\r\n",
        );
    }

    fn entry(&mut self, out: &mut String, entry: &Entry, name_of: &dyn Fn(Uuid) -> String) {
        let text = markup::plain(&markup::tree_of(&entry.text), name_of);
        let (quoted_speaker, quoted) = match &entry.quote {
            Some((speaker, text)) => (speaker.as_str(), text.as_str()),
            None => ("", ""),
        };
        let reactions: Vec<String> = entry
            .reactions
            .iter()
            .map(|(emoji, n)| format!("{emoji} {n}"))
            .collect();
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{},{}",
            entry.number,
            entry.at.strftime("%Y-%m-%dT%H:%M:%S%:z")
        );
        for value in [
            entry.speaker.as_str(),
            entry.topic.as_deref().unwrap_or_default(),
            &text,
            quoted_speaker,
            quoted,
            &reactions.join(", "),
        ] {
            out.push(',');
            cell(out, value);
        }
        let word = |it: bool| if it { "yes" } else { "no" };
        let _ = write!(out, ",{},{}\r\n", word(entry.edited), word(entry.deleted));
    }

    /// Rows are all there is; a spreadsheet would take a last line for one more.
    fn foot(&mut self, _: &mut String, _: u64) {}
}

//! One JSON document, one message per line. It is whole when it parses: the last bracket comes last.

use super::{Entry, Head, Writer};
use serde_json::json;
use uuid::Uuid;

/// Of the shape below.
const FORMAT: u32 = 1;

#[derive(Default)]
pub(super) struct Json {
    is_begun: bool,
}

impl Writer for Json {
    fn head(&mut self, out: &mut String, head: &Head) {
        let moment = |at: &jiff::Zoned| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let about = json!({
            "workspace": head.workspace,
            "channel": head.channel,
            "topic": head.topic.as_ref().map(|topic| json!({
                "title": topic.title, "state": topic.state, "decision": topic.decision,
            })),
            "from": head.from.as_ref().map(moment),
            "until": head.until.as_ref().map(moment),
            "time_zone": head.time_zone,
            "pseudonyms": head.pseudonyms,
            "exported_at": moment(&head.made_at),
        });
        out.push_str(&format!(
            "{{\"format\":{FORMAT},\"about\":{about},\"messages\":[\n"
        ));
    }

    fn entry(&mut self, out: &mut String, entry: &Entry, name_of: &dyn Fn(Uuid) -> String) {
        if self.is_begun {
            out.push_str(",\n");
        }
        self.is_begun = true;
        let mut message = json!({
            "number": entry.number,
            "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S%.6f%:z").to_string(),
            "speaker": entry.speaker,
            "topic": entry.topic,
            "text": markup::plain(&markup::tree_of(&entry.text), name_of),
            "edited": entry.edited,
            "deleted": entry.deleted,
            "quote": entry.quote.as_ref().map(|(speaker, text)| json!({ "speaker": speaker, "text": text })),
            "reactions": entry.reactions.iter().map(|(emoji, n)| json!({ "emoji": emoji, "n": n })).collect::<Vec<_>>(),
        });
        if let Some(id) = entry.id {
            message["id"] = json!(id);
        }
        out.push_str(&message.to_string());
    }

    fn foot(&mut self, out: &mut String, n_messages: u64) {
        out.push_str(&format!("\n],\"n_messages\":{n_messages}}}\n"));
    }
}

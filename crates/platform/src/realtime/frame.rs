//! One event as it goes over the wire, serialised once and shared by all receivers.

use axum::extract::ws::Utf8Bytes;
use base::{PersonId, ScopeId, Seq, Timestamp};
use std::fmt::Write;

/// An event of a log, with its text for the socket.
#[derive(Debug)]
pub struct Frame {
    /// Whose log.
    pub scope: ScopeId,
    /// Its number there.
    pub seq: Seq,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// `{"type":"event","scope":…,"seq":…,"kind":…,"at":…,"actor":…,"body":…}`
    pub text: Utf8Bytes,
}

impl Frame {
    /// `kind` is a word of the code and needs no escaping; `body` is JSON.
    pub fn new(
        scope: ScopeId,
        seq: Seq,
        kind: &str,
        at: Timestamp,
        actor: Option<PersonId>,
        body: &str,
    ) -> Self {
        let mut text = String::with_capacity(body.len() + 200);
        let head = format_args!(
            r#"{{"type":"event","scope":"{scope}","seq":{},"kind":"{kind}","at":{}"#,
            seq.0, at.0
        );
        // Writing to a String cannot fail.
        let _ = text.write_fmt(head);
        let _ = match actor {
            Some(actor) => write!(text, r#","actor":"{actor}","#),
            None => write!(text, r#","actor":null,"#),
        };
        text.push_str(r#""body":"#);
        text.push_str(body);
        text.push('}');
        Self {
            scope,
            seq,
            actor,
            text: text.into(),
        }
    }

    /// A frame that came from another process as text.
    pub fn from_text(scope: ScopeId, seq: Seq, actor: Option<PersonId>, text: String) -> Self {
        Self {
            scope,
            seq,
            actor,
            text: text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_frame_is_one_json_object() {
        let scope = ScopeId(Uuid::from_u128(7));
        let frame = Frame::new(
            scope,
            Seq(3),
            "message.posted",
            Timestamp(5),
            None,
            r#"{"text":"a"}"#,
        );
        let value: serde_json::Value = serde_json::from_str(&frame.text).expect("a frame is JSON");
        assert_eq!(value["seq"], 3);
        assert_eq!(value["actor"], serde_json::Value::Null);
        assert_eq!(value["body"]["text"], "a");
    }
}

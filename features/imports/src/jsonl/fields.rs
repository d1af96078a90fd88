//! One line of the file: its fields, checked as far as that goes without the database.
//!
//! A field that is not listed is refused: better a word now than data that are quietly missing.

use crate::line::{Line, MessageLine, Moment, ReactionField, Ref, TopicLine, Word, rule};
use messages::{ImportText, ImportTopic, TopicState};
use serde::{Deserialize, de::DeserializeOwned};
use std::borrow::Cow;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicFields {
    #[serde(rename = "type")]
    _type: Word,
    #[serde(rename = "ref")]
    name_here: Ref,
    channel: Ref,
    title: String,
    #[serde(default)]
    state: Option<TopicState>,
    #[serde(default)]
    decision: Option<String>,
    origin: Ref,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageFields {
    #[serde(rename = "type")]
    _type: Word,
    #[serde(rename = "ref")]
    name_here: Ref,
    channel: Ref,
    #[serde(default)]
    topic: Option<Ref>,
    author: Ref,
    at: Moment,
    text: String,
    #[serde(default)]
    edited_at: Option<Moment>,
    #[serde(default)]
    reactions: Option<Vec<ReactionField>>,
}

#[derive(Deserialize)]
struct TypeField<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

/// Reads a line; the reason, when it cannot be taken.
pub fn read(text: &[u8]) -> Result<Line, String> {
    let TypeField { kind } = fields(text)?;
    Ok(match &*kind {
        "workspace" => Line::Workspace(owned(text)?),
        "person" => Line::Person(owned(text)?),
        "space" => Line::Space(owned(text)?),
        "channel" => Line::Channel(owned(text)?),
        "topic" => Line::Topic(topic(owned(text)?)?),
        "message" => Line::Message(message(owned(text)?)?),
        other => {
            let shown: String = other.chars().take(40).collect();
            return Err(format!(
                "type: \"{shown}\" is none of workspace, person, space, channel, topic, message"
            ));
        }
    })
}

fn topic(fields: TopicFields) -> Result<TopicLine, String> {
    let state = fields.state.unwrap_or(TopicState::Open);
    let topic =
        ImportTopic::new(&fields.title, state, fields.decision.as_deref()).map_err(|err| rule(&err))?;
    Ok(TopicLine {
        name_here: fields.name_here,
        channel: fields.channel,
        origin: fields.origin,
        state,
        title: fields.title,
        decision: fields.decision,
        topic,
    })
}

fn message(fields: MessageFields) -> Result<MessageLine, String> {
    let (at, edited_at) = (fields.at.0, fields.edited_at.map(|moment| moment.0));
    if edited_at.is_some_and(|edited_at| edited_at < at) {
        return Err("edited_at: lies before at".to_owned());
    }
    let reactions = fields.reactions.unwrap_or_default();
    let emoji = reactions.iter().map(|reaction| reaction.emoji.as_str());
    messages::check_import_emoji(emoji).map_err(|err| rule(&err))?;
    Ok(MessageLine {
        name_here: fields.name_here,
        channel: fields.channel,
        topic: fields.topic,
        author: fields.author,
        at,
        text: ImportText::read(&fields.text).map_err(|err| rule(&err))?,
        edited_at,
        reactions,
        files: Vec::new(),
        kept: Vec::new(),
        begins: None,
    })
}

fn owned<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    fields(text)
}

fn fields<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, String> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|err| {
        let path = err.path().to_string();
        match path.as_str() {
            "." => says(err.inner()),
            path => format!("{path}: {}", says(err.inner())),
        }
    })?;
    reader.end().map_err(|err| says(&err))?;
    Ok(read)
}

/// What the reader of JSON says, with the place in the line but without the line, which it counts from itself.
fn says(err: &serde_json::Error) -> String {
    let text = err.to_string();
    match text.split_once(" at line ") {
        Some((what, _)) => format!("{what} (column {})", err.column()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Timestamp;

    #[track_caller]
    fn refused(line: &str, expected: &str) {
        let reason = read(line.as_bytes()).expect_err("it is refused");
        assert!(reason.contains(expected), "{reason:?} does not say {expected:?}");
    }

    #[test]
    fn refusals_name_field_and_reason() {
        refused(r#"{"type":"person","ref":"u1""#, "EOF");
        refused(r#"{"ref":"u1"}"#, "missing field `type`");
        refused(r#"{"type":"room"}"#, "\"room\" is none of");
        refused(r#"{"type":"person","ref":"u1"}"#, "missing field `name`");
        refused(
            r#"{"type":"person","ref":"u1","name":"A","role":"owner"}"#,
            "unknown field `role`",
        );
        refused(
            r#"{"type":"person","ref":"","name":"A"}"#,
            "ref: a ref has 1 to 200 characters",
        );
        refused(r#"{"type":"person","ref":"a\u0000","name":"A"}"#, "control");
        refused(r#"{"type":"person","ref":7,"name":"A"}"#, "ref: ");
        refused(
            r#"{"type":"space","ref":"s","name":"A","kind":"room"}"#,
            "kind: unknown variant `room`",
        );
        refused(r#"{"type":"workspace","name":"A"} {}"#, "trailing characters");
        refused(
            r#"{"type":"topic","ref":"t","channel":"c","title":" ","origin":"m"}"#,
            "title: ",
        );
        refused(
            r#"{"type":"topic","ref":"t","channel":"c","title":"a","origin":"m","state":"decided"}"#,
            "decision: ",
        );
        let broken = b"{\"type\":\"workspace\",\"name\":\"\xff\"}";
        assert!(
            read(broken).is_err_and(|reason| reason.contains("unicode")),
            "UTF-8 only"
        );
    }

    #[test]
    fn refusals_of_messages_name_the_field() {
        let message =
            |rest: &str| format!(r#"{{"type":"message","ref":"m","channel":"c","author":"u",{rest}}}"#);
        refused(
            &message(r#""at":"yesterday","text":"a""#),
            "at: no time of RFC 3339",
        );
        refused(
            &message(r#""at":1525311500,"text":"a""#),
            "at: a number is microseconds",
        );
        refused(&message(r#""at":[],"text":"a""#), "at: a time: RFC 3339");
        refused(&message(r#""at":"2018-05-03T01:38:15Z","text":"  ""#), "text: ");
        refused(
            &message(r#""at":"2018-05-03T01:38:15Z","text":"\ud800""#),
            "text: ",
        );
        refused(
            &message(r#""at":"2018-05-03T01:38:15Z","text":"a","edited_at":"2018-05-03T01:38:14Z""#),
            "edited_at: lies before at",
        );
        refused(
            &message(r#""at":"2018-05-03T01:38:15Z","text":"a","reactions":[{"emoji":"x","people":[]}]"#),
            "emoji: ",
        );
    }

    #[test]
    fn times_are_rfc_3339_or_microseconds() {
        for (text, micros) in [
            ("\"2018-05-03T01:38:15Z\"", 1_525_311_495_000_000),
            ("\"2018-05-03T03:38:15.5+02:00\"", 1_525_311_495_500_000),
            ("1525311495000001", 1_525_311_495_000_001),
            ("\"1979-11-15T00:00:00Z\"", 311_472_000_000_000),
        ] {
            let moment: Moment = serde_json::from_str(text).expect(text);
            assert_eq!(moment.0, Timestamp(micros), "{text}");
        }
    }
}

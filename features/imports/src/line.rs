//! One line of the file: its fields, checked as far as that goes without the database.
//!
//! A field that is not listed here is refused: better a word now than data that are quietly missing.

use base::Timestamp;
use messages::{ImportText, ImportTopic, TopicState};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use spaces::{ChannelKind, SpaceKind};
use std::borrow::Cow;

/// Characters of a `ref`.
const REF_MAX_CHARS: usize = 200;
/// 9999-12-31T23:59:59.999999Z, the last moment of RFC 3339.
const LATEST: i64 = 253_402_300_799_999_999;
/// Numbers below are seconds or milliseconds by mistake: as microseconds they would lie before March 1973.
const LEAST_PLAUSIBLE: i64 = 100_000_000_000_000;

/// What a line says.
#[derive(Debug)]
pub enum Line {
    Workspace(WorkspaceLine),
    Person(PersonLine),
    Space(SpaceLine),
    Channel(ChannelLine),
    Topic(TopicLine),
    Message(MessageLine),
}

/// Takes its place among the fields; it was read before.
type Word = serde::de::IgnoredAny;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceLine {
    #[serde(rename = "type")]
    _type: Word,
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonLine {
    #[serde(rename = "type")]
    _type: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub created_at: Option<Moment>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpaceLine {
    #[serde(rename = "type")]
    _type: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub name: String,
    pub kind: SpaceKind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelLine {
    #[serde(rename = "type")]
    _type: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub space: Ref,
    pub name: String,
    pub kind: ChannelKind,
    #[serde(default)]
    pub description: Option<String>,
    pub members: Vec<Ref>,
}

/// A topic, checked.
#[derive(Debug)]
pub struct TopicLine {
    pub name_here: Ref,
    pub channel: Ref,
    pub origin: Ref,
    pub state: TopicState,
    pub title: String,
    pub decision: Option<String>,
    /// The three fields before it, checked.
    pub topic: ImportTopic,
}

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

/// A message, its text read and its emoji checked.
#[derive(Debug)]
pub struct MessageLine {
    pub name_here: Ref,
    pub channel: Ref,
    pub topic: Option<Ref>,
    pub author: Ref,
    pub at: Timestamp,
    pub text: ImportText,
    pub edited_at: Option<Timestamp>,
    pub reactions: Vec<ReactionField>,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReactionField {
    pub emoji: String,
    pub people: Vec<Ref>,
}

#[derive(Deserialize)]
struct TypeField<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
}

/// How lines name things: 1 to 200 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref(pub String);

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let n_chars = text.chars().count();
        if n_chars == 0 || n_chars > REF_MAX_CHARS || text.chars().any(char::is_control) {
            return Err(serde::de::Error::custom(
                "a ref has 1 to 200 characters, and no control characters among them",
            ));
        }
        Ok(Self(text))
    }
}

/// RFC 3339, or microseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Moment(pub Timestamp);

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a time: RFC 3339, such as 2018-05-03T01:38:01Z, or microseconds since 1970"
)]
enum MomentForm<'a> {
    Micros(i64),
    Text(#[serde(borrow)] Cow<'a, str>),
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let refuse = serde::de::Error::custom;
        let micros = match MomentForm::deserialize(from)? {
            MomentForm::Micros(micros) if micros.abs() < LEAST_PLAUSIBLE => {
                return Err(refuse(
                    "a number is microseconds since 1970; this one looks like seconds or milliseconds",
                ));
            }
            MomentForm::Micros(micros) => micros,
            MomentForm::Text(text) => {
                let time: Result<jiff::Timestamp, _> = text.parse();
                time.map_err(|_| refuse("no time of RFC 3339, such as 2018-05-03T01:38:01Z"))?
                    .as_microsecond()
            }
        };
        if !(-LATEST..=LATEST).contains(&micros) {
            return Err(refuse("a time after the year 9999"));
        }
        Ok(Self(Timestamp(micros)))
    }
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
    })
}

/// A broken rule of messages, in the words of this file: the field without the pointer's slash.
pub fn rule(err: &messages::Error) -> String {
    match err {
        messages::Error::Field { pointer, detail } => field_rule(pointer, detail),
        other => other.to_string(),
    }
}

/// `/name` and what is wrong with it.
pub fn field_rule(pointer: &str, detail: &str) -> String {
    format!("{}: {detail}", pointer.trim_start_matches('/'))
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

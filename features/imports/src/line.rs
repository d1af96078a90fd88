//! What the sources have in common: one thing at a time, named as its source names it.
//!
//! Every source turns what it reads into these lines, and the writer takes them in order. A line may name what came
//! before it. Checked as far as that goes without the database.

use crate::shelf::FileField;
use base::Timestamp;
use files::KeptFile;
use messages::{ImportText, ImportTopic, TopicState};
use serde::{Deserialize, Deserializer};
use spaces::{ChannelKind, SpaceKind};
use std::{borrow::Cow, fmt, sync::Arc};

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
    Direct(DirectLine),
    Topic(TopicLine),
    Message(MessageLine),
}

/// Takes the place of `type` among the fields; it was read before.
pub type Word = serde::de::IgnoredAny;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceLine {
    #[serde(rename = "type")]
    pub _word: Word,
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonLine {
    #[serde(rename = "type")]
    pub _word: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub created_at: Option<Moment>,
    /// Whoever cannot sign in any more where they come from cannot here.
    #[serde(skip)]
    pub deactivated: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpaceLine {
    #[serde(rename = "type")]
    pub _word: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub name: String,
    pub kind: SpaceKind,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelLine {
    #[serde(rename = "type")]
    pub _word: Word,
    #[serde(rename = "ref")]
    pub name_here: Ref,
    pub space: Ref,
    pub name: String,
    pub kind: ChannelKind,
    #[serde(default)]
    pub description: Option<String>,
    pub members: Vec<Ref>,
    /// Whether nobody writes in it any more.
    #[serde(skip)]
    pub archived: bool,
}

/// A conversation of two to nine people, without a space.
#[derive(Debug, Clone)]
pub struct DirectLine {
    pub name_here: Ref,
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

impl TopicLine {
    /// An open topic with the title of `topic`.
    pub fn begin(name_here: Ref, channel: Ref, origin: Ref, topic: ImportTopic) -> Self {
        Self {
            name_here,
            channel,
            origin,
            state: TopicState::Open,
            title: topic.title().to_owned(),
            decision: None,
            topic,
        }
    }
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
    /// What it carries.
    pub files: Vec<FileField>,
    /// Those of them that could be had.
    pub kept: Vec<KeptFile>,
    /// When the topic is not there, because the message that it began from is missing, it begins here instead.
    pub begins: Option<ImportTopic>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReactionField {
    pub emoji: String,
    pub people: Vec<Ref>,
}

/// Where a line comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file inside an archive; None when there is only one.
    pub file: Option<Arc<str>>,
    /// Counted from 1.
    pub line: u64,
}

impl Place {
    /// A line of the only file.
    pub fn line(line: u64) -> Self {
        Self { file: None, line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) if self.line == 0 => f.write_str(file),
            Some(file) => write!(f, "{file}, line {}", self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}

/// Lines that are written together.
#[derive(Debug, Default)]
pub struct Batch {
    /// In order.
    pub lines: Vec<(Place, Line)>,
    /// How far the file is read with this batch.
    pub n_bytes_read: u64,
    /// What was passed over since the last one.
    pub skipped: Skipped,
}

/// What a source holds and Antiphon does not take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Joins, leaves, and other notices of the system.
    pub n_notices: u64,
    /// Reactions with emoji that only the source knows.
    pub n_reactions: u64,
    /// Messages without a text.
    pub n_empty: u64,
    /// Emoji that somebody drew.
    pub n_emoji: u64,
    /// Files, of which a name or a link is left.
    pub n_files: u64,
    /// Anything else: pins, schemes, roles.
    pub n_other: u64,
}

impl std::ops::AddAssign for Skipped {
    fn add_assign(&mut self, other: Self) {
        self.n_notices += other.n_notices;
        self.n_reactions += other.n_reactions;
        self.n_empty += other.n_empty;
        self.n_emoji += other.n_emoji;
        self.n_files += other.n_files;
        self.n_other += other.n_other;
    }
}

/// How lines name things: 1 to 200 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ref(pub String);

impl Ref {
    /// Refuses what can be no name; the reason.
    pub fn new(text: String) -> Result<Self, &'static str> {
        let n_chars = text.chars().count();
        if n_chars == 0 || n_chars > REF_MAX_CHARS || text.chars().any(char::is_control) {
            return Err("a ref has 1 to 200 characters, and no control characters among them");
        }
        Ok(Self(text))
    }
}

impl<'de> Deserialize<'de> for Ref {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(from)?).map_err(serde::de::Error::custom)
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

//! The days of each conversation. A day is read as a whole; what cannot be read stops the import there, and nothing of
//! that day is written.

use super::{
    archive::Archive,
    files,
    places::{Places, names, reference},
    shapes::{Attachment, Message},
    text::{Names, escape, link, to_markdown},
};
use crate::{
    Error, emoji,
    line::{Batch, Line, MessageLine, PersonLine, Place, ReactionField, Ref, TopicLine, Word},
    names as names_here,
    pieces::in_pieces,
    shelf::FileField,
    write::{BATCH_LINES, Out, send},
};
use base::Timestamp;
use messages::{ImportText, ImportTopic, TopicState};
use serde_json::value::RawValue;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use uuid::Uuid;

/// Characters of a title that is made from a text.
const TITLE_CHARS: usize = 100;
/// What people and programs say; every other subtype is a notice of the system.
const SAID: [&str; 9] = [
    "bot_message",
    "me_message",
    "file_share",
    "file_comment",
    "file_mention",
    "thread_broadcast",
    "reply_broadcast",
    "slackbot_response",
    "document_mention",
];

/// Reads all conversations, one after the other, each in the order of its days.
pub fn read(
    archive: &mut Archive,
    places: &Places,
    (ids, emoji): (HashMap<String, Uuid>, HashSet<String>),
    out: &Out,
) -> Result<(), Error> {
    let (people, channels) = names(places);
    let named = ids
        .iter()
        .filter_map(|(id, here)| Some((*here, people.get(id)?.clone())));
    let mut reader = Reader {
        known: ids.keys().cloned().collect(),
        names_here: named.collect(),
        ids,
        people,
        channels,
        emoji,
        batch: Batch::default(),
    };
    for conversation in &places.conversations {
        for name in archive.list(&conversation.folder) {
            let text = archive.read(&name)?;
            let day = reader.day((&conversation.id, &name), &text, archive)?;
            reader.batch.lines.extend(day);
            reader.batch.n_bytes_read = archive.n_bytes_read();
            if reader.batch.lines.len() >= BATCH_LINES {
                send(out, std::mem::take(&mut reader.batch))?;
            }
        }
    }
    send(out, reader.batch)
}

struct Reader {
    ids: HashMap<String, Uuid>,
    names_here: HashMap<Uuid, String>,
    people: HashMap<String, String>,
    channels: HashMap<String, String>,
    /// The names of those that the workspace drew.
    emoji: HashSet<String>,
    /// People who have a line already, here or in an earlier run.
    known: HashSet<String>,
    batch: Batch,
}

/// One message of a day and where it stands.
struct Found {
    place: Place,
    at: Timestamp,
    message: Message,
}

type Lines = Vec<(Place, Line)>;

impl Reader {
    fn day(&mut self, (channel, name): (&str, &str), text: &[u8], archive: &Archive) -> Result<Lines, Error> {
        let mut found = split(name, text)?;
        found.sort_by_key(|found| found.at);
        let mut lines = Vec::with_capacity(found.len());
        for found in found {
            self.message((channel, archive), &found, &mut lines)
                .map_err(|reason| Error::refused(found.place.clone(), reason))?;
        }
        Ok(lines)
    }

    fn message(
        &mut self,
        (channel, archive): (&str, &Archive),
        found: &Found,
        lines: &mut Lines,
    ) -> Result<(), String> {
        let message = &found.message;
        let subtype = message.subtype.as_deref();
        if subtype.is_some_and(|subtype| !SAID.contains(&subtype)) {
            self.batch.skipped.n_notices += 1;
            return Ok(());
        }
        let files = files::fields(message.files.as_deref().unwrap_or_default(), archive);
        let mut texts = self.texts(message);
        let Some(first) = texts.first().cloned().or_else(|| named(&files)) else {
            self.batch.skipped.n_empty += 1;
            return Ok(());
        };
        if texts.is_empty() {
            texts.extend(ImportText::read_beside_files(""));
        }
        let author = self.author(found, lines)?;
        let thread = message.thread_ts.as_deref();
        let is_reply = thread.is_some_and(|thread| thread != message.ts);
        let topic = ImportTopic::new(&self.title(&first), TopicState::Open, None);
        let topic = topic.map_err(|err| err.to_string())?;
        let channel_ref = name_of(channel)?;
        let reactions = self.reactions(found, lines)?;
        for (idx, text) in texts.into_iter().enumerate() {
            let suffix = if idx == 0 {
                String::new()
            } else {
                format!("#{}", idx + 1)
            };
            let line = MessageLine {
                name_here: name_of(&format!("{channel}/{}{suffix}", message.ts))?,
                channel: channel_ref.clone(),
                topic: match thread.filter(|_| is_reply) {
                    Some(thread) => Some(name_of(&format!("{channel}/{thread}"))?),
                    None => None,
                },
                author: author.clone(),
                at: found.at,
                text,
                edited_at: edited_at(message, found.at)?,
                reactions: if idx == 0 { reactions.clone() } else { Vec::new() },
                files: if idx == 0 { files.clone() } else { Vec::new() },
                kept: Vec::new(),
                begins: is_reply.then(|| topic.clone()),
            };
            lines.push((found.place.clone(), Line::Message(line)));
        }
        if !is_reply && (thread.is_some() || message.reply_count.unwrap_or(0) > 0) {
            let name = name_of(&format!("{channel}/{}", message.ts))?;
            let line = TopicLine::begin(name.clone(), channel_ref, name, topic);
            lines.push((found.place.clone(), Line::Topic(line)));
        }
        Ok(())
    }

    /// The text in as many pieces as it takes; none when there is nothing to read.
    fn texts(&self, message: &Message) -> Vec<ImportText> {
        let mut names = Names {
            ids: &self.ids,
            people: &self.people,
            channels: &self.channels,
            mentions: true,
        };
        let pieces = in_pieces(&whole_text(message, &names));
        if let Ok(texts) = pieces.iter().map(|piece| ImportText::read(piece)).collect() {
            return texts;
        }
        // It names more people than a message may; then they are called by their names.
        names.mentions = false;
        let pieces = in_pieces(&whole_text(message, &names));
        pieces
            .iter()
            .filter_map(|piece| ImportText::read(piece).ok())
            .collect()
    }

    fn title(&self, text: &ImportText) -> String {
        let name = |person: Uuid| {
            let known = self.names_here.get(&person);
            known.cloned().unwrap_or_else(|| "somebody".to_owned())
        };
        let plain = markup::plain(&markup::tree_of(text.source()), &name);
        let line = plain
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        names_here::clean(&markup::excerpt(line, TITLE_CHARS), TITLE_CHARS)
            .unwrap_or_else(|| "Thread".to_owned())
    }

    /// Who wrote it: a person of the lists, a guest from another workspace, or a program.
    fn author(&mut self, found: &Found, lines: &mut Lines) -> Result<Ref, String> {
        let message = &found.message;
        let profile = message.user_profile.as_ref().or(message.bot_profile.as_ref());
        let named = [
            message.username.as_deref(),
            profile.and_then(|profile| profile.real_name.as_deref()),
            profile.and_then(|profile| profile.display_name.as_deref()),
            profile.and_then(|profile| profile.name.as_deref()),
        ];
        let name = named
            .into_iter()
            .flatten()
            .find_map(|name| names_here::clean(name, 80));
        let id = match (&message.user, &message.bot_id) {
            (Some(user), _) => user.clone(),
            (None, Some(bot)) => bot.clone(),
            (None, None) => format!("program/{}", name.as_deref().unwrap_or("unknown")),
        };
        self.person(&id, name, &found.place, lines)
    }

    /// Names somebody, who gets a line of their own when nobody knows them yet.
    fn person(
        &mut self,
        id: &str,
        name: Option<String>,
        place: &Place,
        lines: &mut Lines,
    ) -> Result<Ref, String> {
        let name_here = name_of(id)?;
        if self.known.insert(id.to_owned()) {
            let name = name.or_else(|| names_here::clean(id, 80));
            let line = PersonLine {
                _word: Word::default(),
                name_here: name_here.clone(),
                name: name.unwrap_or_else(|| "Somebody".to_owned()),
                email: None,
                time_zone: None,
                created_at: None,
                deactivated: true,
            };
            lines.push((place.clone(), Line::Person(line)));
        }
        Ok(name_here)
    }

    fn reactions(&mut self, found: &Found, lines: &mut Lines) -> Result<Vec<ReactionField>, String> {
        let mut reactions: Vec<ReactionField> = Vec::new();
        for reaction in found.message.reactions.iter().flatten() {
            let n_people = reaction.users.as_ref().map_or(0, |users| users.len() as u64);
            let room = reactions.len() < 50;
            let own = || {
                let is_own = self.emoji.contains(&reaction.name);
                is_own.then(|| format!(":{}:", reaction.name))
            };
            let Some(emoji) = emoji::find(&reaction.name).or_else(own).filter(|_| room) else {
                self.batch.skipped.n_reactions += n_people;
                continue;
            };
            let mut people = Vec::new();
            for user in reaction.users.iter().flatten() {
                people.push(self.person(user, None, &found.place, lines)?);
            }
            // Two names may stand for one emoji.
            match reactions.iter_mut().find(|other| other.emoji == emoji) {
                Some(other) => other.people.extend(people),
                None => reactions.push(ReactionField { emoji, people }),
            }
        }
        Ok(reactions)
    }
}

/// The messages of a day with their lines in the file.
fn split(name: &str, text: &[u8]) -> Result<Vec<Found>, Error> {
    let file: Arc<str> = name.into();
    let place = |line: u64| Place {
        file: Some(file.clone()),
        line,
    };
    let refuse = |line: usize, reason: String| Error::refused(place(line as u64), reason);
    let text = std::str::from_utf8(text).map_err(|err| {
        let before = &text[..err.valid_up_to()];
        refuse(1 + n_line_ends(before), "is not UTF-8".to_owned())
    })?;
    let raw: Vec<&RawValue> =
        serde_json::from_str(text).map_err(|err| refuse(err.line(), err.to_string()))?;
    let mut found = Vec::with_capacity(raw.len());
    let (mut line, mut seen) = (1, 0);
    for raw in raw {
        // The raw value is a part of the text.
        let start = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        line += n_line_ends(&text.as_bytes()[seen..start]);
        seen = start;
        let message: Message = serde_json::from_str(raw.get())
            .map_err(|err| refuse(line + err.line().saturating_sub(1), err.to_string()))?;
        let at = moment(&message.ts).map_err(|reason| refuse(line, reason))?;
        found.push(Found {
            place: place(line as u64),
            at,
            message,
        });
    }
    Ok(found)
}

fn n_line_ends(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// `1355517523.000005`: seconds since 1970, and what makes it the only one in its channel.
fn moment(ts: &str) -> Result<Timestamp, String> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    let is_number =
        |text: &str| !text.is_empty() && text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(seconds) || !is_number(fraction) {
        return Err("ts: no time of Slack, such as 1355517523.000005".to_owned());
    }
    let digits: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let number = |text: &str| text.parse::<i64>().unwrap_or_default();
    Ok(Timestamp(number(seconds) * 1_000_000 + number(&digits)))
}

fn edited_at(message: &Message, at: Timestamp) -> Result<Option<Timestamp>, String> {
    let edited = message
        .edited
        .as_ref()
        .map(|edited| moment(&edited.ts))
        .transpose()?;
    Ok(edited.map(|edited| edited.max(at)))
}

fn name_of(id: &str) -> Result<Ref, String> {
    reference("", id).map_err(|err| match err {
        Error::Refused { reason, .. } => reason,
        other => other.to_string(),
    })
}

/// What a message without words is called by.
fn named(files: &[FileField]) -> Option<ImportText> {
    let notes: Vec<&str> = files.iter().map(|file| file.note.as_str()).collect();
    ImportText::read(&notes.join("\n")).ok()
}

/// Text and attachments, one under the other.
fn whole_text(message: &Message, names: &Names<'_>) -> String {
    let text = to_markdown(message.text.as_deref().unwrap_or_default(), names);
    let mut parts = Vec::new();
    if message.subtype.as_deref() == Some("me_message") && !text.is_empty() && !text.contains('\n') {
        parts.push(format!("_{text}_"));
    } else {
        parts.push(text);
    }
    let attachments = message.attachments.iter().flatten();
    // Cards of links are made again from the link.
    let own = attachments.filter(|attachment| attachment.from_url.is_none());
    parts.extend(own.map(|attachment| attached(attachment, names)));
    parts.retain(|part| !part.trim().is_empty());
    parts.join("\n\n")
}

fn attached(attachment: &Attachment, names: &Names<'_>) -> String {
    let markdown = |text: &Option<String>| text.as_deref().map(|text| to_markdown(text, names));
    let title = attachment
        .title
        .as_deref()
        .map(|title| match &attachment.title_link {
            Some(target) if target.starts_with("http") => link(title, target),
            _ => format!("**{}**", escape(title.trim())),
        });
    let mut parts: Vec<String> = [markdown(&attachment.pretext), title, markdown(&attachment.text)]
        .into_iter()
        .flatten()
        .collect();
    for field in attachment.fields.iter().flatten() {
        let value = match &field.value {
            Some(serde_json::Value::String(text)) => to_markdown(text, names),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        parts.push(format!(
            "{}: {value}",
            escape(field.title.as_deref().unwrap_or_default())
        ));
    }
    if parts.iter().all(|part| part.trim().is_empty()) {
        parts.extend(markdown(&attachment.fallback));
    }
    parts.join("\n")
}

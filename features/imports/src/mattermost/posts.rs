//! The second reading: posts and replies in the order of their times, each channel for itself.

use super::{
    index::{Entry, Found, LINE_MAX_BYTES, Where, without_line},
    places::{hex, is_direct, person_ref, place_ref, stranger},
    shapes::{AnyLine, Post, Said},
    text::to_markdown,
};
use crate::{
    Error, emoji,
    line::{Batch, Line, MessageLine, Place, ReactionField, Ref, TopicLine},
    names as names_here,
    pieces::in_pieces,
    shelf::{FileAt, FileField},
    write::{BATCH_LINES, Out, send},
};
use base::Timestamp;
use messages::{ImportText, ImportTopic, TopicState};
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    fs::File,
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
    rc::Rc,
};
use uuid::Uuid;

/// Posts that are kept for the replies that follow soon.
const RECENT: usize = 64;
/// Characters of a title that is made from a text.
const TITLE_CHARS: usize = 100;

/// Reads all posts of `found` from the file.
pub fn read(
    path: &Path,
    found: Found,
    (ids, emoji): (HashMap<String, Uuid>, HashSet<String>),
    out: &Out,
) -> Result<(), Error> {
    let file = File::open(path).map_err(|source| Error::read(Place::default(), source))?;
    let total = file.metadata().map_or(0, |meta| meta.len());
    let people = found.users.iter();
    let mut reader = Reader {
        file: BufReader::new(file),
        recent: VecDeque::new(),
        known: people
            .map(|(_, user)| user.username.clone())
            .chain(ids.keys().cloned())
            .collect(),
        ids,
        emoji,
        batch: Batch {
            skipped: found.skipped,
            ..Batch::default()
        },
    };
    let n_entries = found.entries.len().max(1) as u64;
    for (idx, entry) in found.entries.iter().enumerate() {
        let place = &found.places[entry.place as usize];
        let written = reader.entry(place, entry);
        written.map_err(|reason| Error::refused(Place::line(u64::from(entry.line)), reason))?;
        if reader.batch.lines.len() >= BATCH_LINES {
            // Not the place in the file, which jumps.
            reader.batch.n_bytes_read = total * (idx as u64 + 1) / n_entries;
            send(out, std::mem::take(&mut reader.batch))?;
        }
    }
    send(out, reader.batch)
}

struct Reader {
    file: BufReader<File>,
    recent: VecDeque<(u64, Rc<Post>)>,
    known: HashSet<String>,
    ids: HashMap<String, Uuid>,
    /// The names of those that somebody drew.
    emoji: HashSet<String>,
    batch: Batch,
}

impl Reader {
    fn entry(&mut self, place: &Where, entry: &Entry) -> Result<(), String> {
        if let Where::Direct(members) = place
            && !is_direct(members)
        {
            self.batch.skipped.n_other += 1;
            return Ok(());
        }
        let post = self.post(entry.offset)?;
        let reply = (entry.reply as usize).checked_sub(1);
        let said = match reply {
            None => &post.said,
            Some(idx) => post
                .replies
                .iter()
                .flatten()
                .nth(idx)
                .ok_or("the file has changed")?,
        };
        if said
            .kind
            .as_deref()
            .is_some_and(|kind| kind.starts_with("system_"))
        {
            self.batch.skipped.n_notices += 1;
            return Ok(());
        }
        let from = Place::line(u64::from(entry.line));
        let files = files_of(said);
        let mut texts = self.texts(said);
        let Some(first) = texts.first().cloned().or_else(|| named(&files)) else {
            self.batch.skipped.n_empty += 1;
            return Ok(());
        };
        if texts.is_empty() {
            texts.extend(ImportText::read_beside_files(""));
        }
        let channel = place_ref(place)?;
        let root = message_ref(&channel, &post.said)?;
        let begins = self.title(&first)?;
        let author = self.person(&said.user, &from)?;
        let reactions = self.reactions(said, &from)?;
        let at = Timestamp(entry.at * 1000);
        for (idx, text) in texts.into_iter().enumerate() {
            let name = message_ref(&channel, said)?;
            let line = MessageLine {
                name_here: if idx == 0 {
                    name
                } else {
                    Ref::new(format!("{}#{}", name.0, idx + 1))?
                },
                channel: channel.clone(),
                topic: reply.map(|_| root.clone()),
                author: author.clone(),
                at,
                text,
                edited_at: said
                    .edit_at
                    .filter(|edit| *edit > 0)
                    .map(|edit| Timestamp(edit * 1000).max(at)),
                reactions: if idx == 0 { reactions.clone() } else { Vec::new() },
                files: if idx == 0 { files.clone() } else { Vec::new() },
                kept: Vec::new(),
                begins: reply.map(|_| begins.clone()),
            };
            self.batch.lines.push((from.clone(), Line::Message(line)));
        }
        if reply.is_none() && post.replies.as_ref().is_some_and(|replies| !replies.is_empty()) {
            let line = TopicLine::begin(root.clone(), channel, root, begins);
            self.batch.lines.push((from, Line::Topic(line)));
        }
        Ok(())
    }

    /// The post whose line begins there.
    fn post(&mut self, offset: u64) -> Result<Rc<Post>, String> {
        if let Some((_, post)) = self.recent.iter().find(|(other, _)| *other == offset) {
            return Ok(post.clone());
        }
        let mut text = Vec::new();
        self.file
            .seek(SeekFrom::Start(offset))
            .and_then(|_| {
                self.file
                    .by_ref()
                    .take(LINE_MAX_BYTES)
                    .read_until(b'\n', &mut text)
            })
            .map_err(|err| format!("cannot be read again: {err}"))?;
        let line: AnyLine<'_> =
            serde_json::from_slice(text.trim_ascii()).map_err(|err| without_line(&err))?;
        let post = line.post.or(line.direct_post).ok_or("the file has changed")?;
        let post: Post = serde_json::from_str(post.get()).map_err(|err| without_line(&err))?;
        let post = Rc::new(post);
        // Only those with replies are asked for again.
        if post.replies.as_ref().is_some_and(|replies| !replies.is_empty()) {
            self.recent.push_back((offset, post.clone()));
            if self.recent.len() > RECENT {
                self.recent.pop_front();
            }
        }
        Ok(post)
    }

    fn texts(&self, said: &Said) -> Vec<ImportText> {
        let pieces = in_pieces(&whole_text(said, Some(&self.ids)));
        if let Ok(texts) = pieces.iter().map(|piece| ImportText::read(piece)).collect() {
            return texts;
        }
        // It names more people than a message may; then they stay as they stand.
        let pieces = in_pieces(&whole_text(said, None));
        pieces
            .iter()
            .filter_map(|piece| ImportText::read(piece).ok())
            .collect()
    }

    fn title(&self, text: &ImportText) -> Result<ImportTopic, String> {
        let name = |person: Uuid| {
            let known = self.ids.iter().find(|(_, id)| **id == person);
            known.map_or_else(|| "somebody".to_owned(), |(name, _)| name.clone())
        };
        let plain = markup::plain(&markup::tree_of(text.source()), &name);
        let line = plain
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        let title = names_here::clean(&markup::excerpt(line, TITLE_CHARS), TITLE_CHARS);
        let title = title.unwrap_or_else(|| "Thread".to_owned());
        ImportTopic::new(&title, TopicState::Open, None).map_err(|err| err.to_string())
    }

    fn person(&mut self, username: &str, from: &Place) -> Result<Ref, String> {
        if self.known.insert(username.to_owned()) {
            let line = Line::Person(stranger(username)?);
            self.batch.lines.push((from.clone(), line));
        }
        person_ref(username)
    }

    fn reactions(&mut self, said: &Said, from: &Place) -> Result<Vec<ReactionField>, String> {
        let mut found: Vec<_> = said.reactions.iter().flatten().collect();
        found.sort_by_key(|reaction| reaction.create_at);
        let mut reactions: Vec<ReactionField> = Vec::new();
        for reaction in found {
            let name = &reaction.emoji_name;
            let own = || self.emoji.contains(name).then(|| format!(":{name}:"));
            let Some(emoji) = emoji::find(name).or_else(own) else {
                self.batch.skipped.n_reactions += 1;
                continue;
            };
            let person = self.person(&reaction.user, from)?;
            let n_emoji = reactions.len();
            match reactions.iter_mut().find(|other| other.emoji == emoji) {
                Some(other) => other.people.push(person),
                None if n_emoji < 50 => reactions.push(ReactionField {
                    emoji,
                    people: vec![person],
                }),
                None => self.batch.skipped.n_reactions += 1,
            }
        }
        Ok(reactions)
    }
}

/// A post has no id in the file: what it is known by is what Mattermost itself tells posts apart by. It is hashed, so that
/// nobody's name is in it.
fn message_ref(channel: &Ref, said: &Said) -> Result<Ref, String> {
    let text = said.message.as_deref().unwrap_or_default();
    let hash = Sha256::digest(format!(
        "{}\n{}\n{}\n{text}",
        channel.0, said.user, said.create_at
    ));
    Ok(Ref::new(format!("mattermost/post/{}", hex(&hash[..16])))?)
}

fn whole_text(said: &Said, ids: Option<&HashMap<String, Uuid>>) -> String {
    to_markdown(said.message.as_deref().unwrap_or_default(), ids)
}

/// The files of a post, which lie beside the file.
fn files_of(said: &Said) -> Vec<FileField> {
    let fields = said.attachments.iter().flatten().filter_map(|file| {
        let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = names_here::clean(name, 200)?;
        Some(FileField {
            note: format!("`{}`", name.replace('`', "'")),
            name,
            at: Some(FileAt::Inside(file.path.clone())),
        })
    });
    fields.collect()
}

/// What a post without words is called by.
fn named(files: &[FileField]) -> Option<ImportText> {
    let notes: Vec<&str> = files.iter().map(|file| file.note.as_str()).collect();
    ImportText::read(&notes.join("\n")).ok()
}

//! The first reading: everything is checked, people and places are gathered, posts are noted by their places.

use super::shapes::{AnyLine, Channel, DirectChannel, Emoji, Post, Team, User};
use crate::{
    Error,
    line::{Place, Skipped},
    shelf::FileAt,
};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

/// Bytes of one line: a post with some 100,000 replies.
pub const LINE_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The only version of the format.
const VERSION: u32 = 1;
/// Times of Mattermost are milliseconds; as such this is the year 9999.
const LATEST_MILLIS: i64 = 253_402_300_799_999;

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Team and channel, by their names.
    Channel(String, String),
    /// These people, in order.
    Direct(Vec<String>),
}

/// The place of a post or of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// In `Found::places`.
    pub place: u32,
    pub at: i64,
    /// 0 for the post itself, else the number of the reply.
    pub reply: u32,
    /// Of the line, from the beginning of the file.
    pub offset: u64,
    pub line: u32,
}

/// What the file holds.
#[derive(Debug, Default)]
pub struct Found {
    pub teams: Vec<(u64, Team)>,
    pub channels: Vec<(u64, Channel)>,
    pub users: Vec<(u64, User)>,
    /// Who is in which channel.
    pub members: HashMap<(String, String), Vec<String>>,
    pub directs: BTreeMap<Vec<String>, u64>,
    pub places: Vec<Where>,
    /// By place and time.
    pub entries: Vec<Entry>,
    /// Those that somebody drew, and where their pictures lie.
    pub emoji: Vec<(String, FileAt)>,
    pub skipped: Skipped,
    numbers: BTreeMap<Where, u32>,
}

/// Reads a file through.
pub fn read(path: &Path) -> Result<Found, Error> {
    let file = File::open(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let mut found = Found::default();
    let (mut number, mut offset) = (0, 0);
    let mut text = Vec::new();
    loop {
        text.clear();
        let n_bytes = reader
            .by_ref()
            .take(LINE_MAX_BYTES + 1)
            .read_until(b'\n', &mut text)
            .map_err(|source| Error::read(Place::line(number), source))? as u64;
        if n_bytes == 0 {
            break;
        }
        number += 1;
        let refuse = |reason| Error::refused(Place::line(number), reason);
        if n_bytes > LINE_MAX_BYTES {
            return Err(refuse("is longer than 64 MiB".to_owned()));
        }
        found.line(&text, number, offset).map_err(refuse)?;
        offset += n_bytes;
    }
    if number == 0 {
        return Err(Error::refused(Place::line(1), "the file is empty"));
    }
    found.entries.sort_unstable();
    Ok(found)
}

impl Found {
    fn line(&mut self, text: &[u8], number: u64, offset: u64) -> Result<(), String> {
        let text = text.trim_ascii();
        if text.is_empty() {
            return Ok(());
        }
        let line: AnyLine<'_> = serde_json::from_slice(text).map_err(|err| without_line(&err))?;
        let first = number == 1;
        match &*line.kind {
            "version" if line.version == Some(VERSION) => return Ok(()),
            "version" => return Err(format!("version: this program reads version {VERSION}")),
            _ if first => return Err("the first line of such a file says its version".to_owned()),
            "team" => self.teams.push((number, part(line.team, "team")?)),
            "channel" => self.channels.push((number, part(line.channel, "channel")?)),
            "user" => self.user(number, part(line.user, "user")?),
            "bot" => self.user(number, part(line.bot, "bot")?),
            "post" => self.post(number, offset, &part(line.post, "post")?)?,
            "direct_channel" => {
                let direct: DirectChannel = part(line.direct_channel, "direct_channel")?;
                let named = direct.participants.into_iter().flatten();
                let members = named.map(|participant| participant.username);
                let members = direct_key(members.chain(direct.members.into_iter().flatten()));
                self.directs.entry(members).or_insert(number);
            }
            "direct_post" => self.post(number, offset, &part(line.direct_post, "direct_post")?)?,
            "emoji" => {
                let emoji: Emoji = part(line.emoji, "emoji")?;
                self.emoji.push((emoji.name, FileAt::Inside(emoji.image)));
            }
            _ => self.skipped.n_other += 1,
        }
        Ok(())
    }

    fn user(&mut self, number: u64, mut user: User) {
        for team in user.teams.take().into_iter().flatten() {
            for channel in team.channels.into_iter().flatten() {
                let members = self.members.entry((team.name.clone(), channel.name)).or_default();
                members.push(user.username.clone());
            }
        }
        self.users.push((number, user));
    }

    fn post(&mut self, number: u64, offset: u64, post: &Post) -> Result<(), String> {
        let place = match (&post.team, &post.channel, &post.channel_members) {
            (Some(team), Some(channel), _) => Where::Channel(team.clone(), channel.clone()),
            (_, _, Some(members)) => Where::Direct(direct_key(members.iter().cloned())),
            _ => return Err("the post says no channel".to_owned()),
        };
        if let Where::Direct(members) = &place {
            self.directs.entry(members.clone()).or_insert(number);
        }
        let place = self.number(place)?;
        let line = u32::try_from(number).map_err(|_| "the file has too many lines".to_owned())?;
        let replies = post.replies.iter().flatten();
        for (idx, said) in std::iter::once(&post.said).chain(replies).enumerate() {
            if !(0..=LATEST_MILLIS).contains(&said.create_at) {
                return Err("create_at: no time in milliseconds since 1970".to_owned());
            }
            self.entries.push(Entry {
                place,
                // A reply never comes before what it answers to.
                at: said.create_at.max(post.said.create_at),
                reply: u32::try_from(idx).map_err(|_| "it has too many replies".to_owned())?,
                offset,
                line,
            });
        }
        Ok(())
    }

    fn number(&mut self, place: Where) -> Result<u32, String> {
        if let Some(number) = self.numbers.get(&place) {
            return Ok(*number);
        }
        let number = u32::try_from(self.places.len()).map_err(|_| "too many channels".to_owned())?;
        self.places.push(place.clone());
        self.numbers.insert(place, number);
        Ok(number)
    }
}

/// The people of a conversation, each once, in order.
fn direct_key(members: impl Iterator<Item = String>) -> Vec<String> {
    members.collect::<BTreeSet<_>>().into_iter().collect()
}

fn part<T: DeserializeOwned>(part: Option<&RawValue>, kind: &str) -> Result<T, String> {
    let part = part.ok_or_else(|| format!("a line of this type has a field \"{kind}\""))?;
    serde_json::from_str(part.get()).map_err(|err| format!("{kind}: {}", without_line(&err)))
}

/// What the reader of JSON says, without the line, which it counts from itself.
pub fn without_line(err: &serde_json::Error) -> String {
    let text = err.to_string();
    text.split_once(" at line ")
        .map_or(text.clone(), |(what, _)| what.to_owned())
}

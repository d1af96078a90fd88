//! Writing lines in one transaction: people, places, topics, messages, each with the name by which it is known.

use super::tally::Tally;
use crate::{
    Error,
    line::{self, ChannelLine, DirectLine, Line, MessageLine, PersonLine, Place, Ref, SpaceLine, TopicLine},
    store::{self, Kind, NewWaiting, WaitingTopic},
};
use accounts::{NewPerson, Role};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp, TopicId};
use messages::{ImportLog, ImportMessage, ImportReaction};
use platform::db::Tx;
use sha2::{Digest, Sha256};
use spaces::{ChannelKind, ImportChannel};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Bytes of a name that go into a made-up mail address as they are.
const LOCAL_PART_MAX: usize = 40;

/// Writes these lines. The channels that got messages stay noted as unsettled.
pub fn write(tx: &mut dyn Tx, lines: &[(Place, Line)], now: Timestamp) -> Result<Tally, Error> {
    let mut writer = Writer::begin(tx, lines, now)?;
    for (place, line) in lines {
        writer.place = place.clone();
        writer.line(tx, line)?;
    }
    let log = std::mem::take(&mut writer.log);
    for (channel, before) in log.finish(tx).map_err(|err| writer.of_messages(err))? {
        store::add_unsettled(tx, channel, before)?;
    }
    Ok(writer.tally)
}

/// The state of one transaction.
struct Writer {
    now: Timestamp,
    /// Where the line that is being written comes from.
    place: Place,
    known: HashMap<Kind, HashMap<String, Uuid>>,
    waiting: HashMap<String, WaitingTopic>,
    log: ImportLog,
    tally: Tally,
}

impl Writer {
    /// Looks up all names of the lines at once.
    fn begin(tx: &mut dyn Tx, lines: &[(Place, Line)], now: Timestamp) -> Result<Self, Error> {
        let mut named: HashMap<Kind, Vec<&str>> = HashMap::new();
        for (_, line) in lines {
            names(line, &mut |kind, name: &Ref| {
                named.entry(kind).or_default().push(&name.0)
            });
        }
        let mut known = HashMap::new();
        for (kind, mut names) in named {
            names.sort_unstable();
            names.dedup();
            let found = store::list_refs(tx, kind, names.into_iter())?;
            known.insert(kind, found.into_iter().collect());
        }
        let origins = lines.iter().filter_map(|(_, line)| match line {
            Line::Message(message) => Some(message.name_here.0.as_str()),
            _ => None,
        });
        let waiting = store::list_waiting(tx, origins)?;
        let waiting = waiting
            .into_iter()
            .map(|topic| (topic.origin.clone(), topic))
            .collect();
        Ok(Self {
            now,
            place: Place::default(),
            known,
            waiting,
            log: ImportLog::default(),
            tally: Tally::default(),
        })
    }

    fn line(&mut self, tx: &mut dyn Tx, line: &Line) -> Result<(), Error> {
        let (kind, name) = match line {
            Line::Workspace(workspace) => return self.workspace(tx, &workspace.name),
            Line::Person(line) => (Kind::Person, &line.name_here),
            Line::Space(line) => (Kind::Space, &line.name_here),
            Line::Channel(line) => (Kind::Channel, &line.name_here),
            Line::Direct(line) => (Kind::Channel, &line.name_here),
            Line::Topic(line) => (Kind::Topic, &line.name_here),
            Line::Message(line) => (Kind::Message, &line.name_here),
        };
        if self.find::<Uuid>(kind, name).is_some() {
            self.tally.n_known += 1;
            return Ok(());
        }
        match line {
            Line::Workspace(_) => Ok(()),
            Line::Person(line) => self.person(tx, line),
            Line::Space(line) => self.space(tx, line),
            Line::Channel(line) => self.channel(tx, line),
            Line::Direct(line) => self.direct(tx, line),
            Line::Topic(line) => self.topic(tx, line),
            Line::Message(line) => self.message(tx, line),
        }
    }

    fn workspace(&mut self, tx: &mut dyn Tx, name: &str) -> Result<(), Error> {
        if accounts::find_workspace(tx)?.is_some() {
            self.tally.n_known += 1;
            return Ok(());
        }
        accounts::create_workspace(tx, name, self.now).map_err(|err| self.of_accounts(err))?;
        Ok(())
    }

    fn person(&mut self, tx: &mut dyn Tx, line: &PersonLine) -> Result<(), Error> {
        if accounts::find_workspace(tx)?.is_none() {
            return Err(
                self.refuse("there is no workspace yet: begin the file with a line of type workspace")
            );
        }
        let new = NewPerson {
            name: line.name.clone(),
            email: line
                .email
                .clone()
                .unwrap_or_else(|| made_up_email(&line.name_here)),
            password_hash: String::new(),
            role: Role::Member,
            time_zone: line.time_zone.clone().unwrap_or_else(|| "UTC".to_owned()),
            language: "en".to_owned(),
        };
        let at = line.created_at.map_or(self.now, |moment| moment.0);
        let id = accounts::import_person(tx, &new, at).map_err(|err| self.of_accounts(err))?;
        if line.deactivated {
            accounts::import_deactivated(tx, id, self.now).map_err(|err| self.of_accounts(err))?;
        }
        self.tally.n_people += 1;
        self.keep(tx, Kind::Person, &line.name_here, id.0)
    }

    fn space(&mut self, tx: &mut dyn Tx, line: &SpaceLine) -> Result<(), Error> {
        let by = self.someone(tx)?;
        let made = spaces::import_space(tx, &line.name, line.kind, by, self.now);
        let id = made.map_err(|err| self.of_spaces(err))?;
        self.tally.n_spaces += 1;
        self.keep(tx, Kind::Space, &line.name_here, id.0)
    }

    fn channel(&mut self, tx: &mut dyn Tx, line: &ChannelLine) -> Result<(), Error> {
        let space: SpaceId = self.get(Kind::Space, &line.space, "space")?;
        if line.kind == ChannelKind::Direct {
            return Err(self.refuse("kind: is none of public, private, announcement"));
        }
        let members = self.people(&line.members)?;
        let new = ImportChannel {
            space,
            name: &line.name,
            kind: line.kind,
            description: line.description.as_deref().unwrap_or_default(),
            members: &members,
            archived_at: line.archived.then_some(self.now),
        };
        let by = self.someone(tx)?;
        let id = spaces::import_channel(tx, &new, by, self.now).map_err(|err| self.of_spaces(err))?;
        self.tally.n_channels += 1;
        self.keep(tx, Kind::Channel, &line.name_here, id.0)
    }

    /// Two of them may have the same people; then both become one here.
    fn direct(&mut self, tx: &mut dyn Tx, line: &DirectLine) -> Result<(), Error> {
        let members = self.people(&line.members)?;
        let made = spaces::import_direct(tx, &members, self.now).map_err(|err| self.of_spaces(err))?;
        self.tally.n_channels += u64::from(made.is_new);
        self.keep(tx, Kind::Channel, &line.name_here, made.id.0)
    }

    /// Nobody twice: two names may stand for one person, who has one mail address.
    fn people(&self, names: &[Ref]) -> Result<Vec<PersonId>, Error> {
        let mut people: Vec<PersonId> = Vec::with_capacity(names.len());
        let mut seen = HashSet::new();
        for name in names {
            let person = self.get(Kind::Person, name, "members")?;
            if seen.insert(person) {
                people.push(person);
            }
        }
        Ok(people)
    }

    fn topic(&mut self, tx: &mut dyn Tx, line: &TopicLine) -> Result<(), Error> {
        let channel: ChannelId = self.get(Kind::Channel, &line.channel, "channel")?;
        if store::is_waiting(tx, &line.name_here.0)? {
            self.tally.n_known += 1;
            return Ok(());
        }
        let waiting = WaitingTopic {
            origin: line.origin.0.clone(),
            name_here: line.name_here.0.clone(),
            channel,
            topic: line.topic.clone(),
        };
        if let Some(origin) = self.find::<MessageId>(Kind::Message, &line.origin) {
            return self.begin_topic(tx, origin, &waiting);
        }
        let new = NewWaiting {
            origin: &waiting.origin,
            name_here: &waiting.name_here,
            channel,
            title: &line.title,
            state: line.state,
            decision: line.decision.as_deref(),
        };
        if !store::add_waiting(tx, &new)? {
            return Err(self.refuse("origin: another topic begins at this message"));
        }
        self.waiting.insert(waiting.origin.clone(), waiting);
        Ok(())
    }

    fn begin_topic(
        &mut self,
        tx: &mut dyn Tx,
        origin: MessageId,
        waiting: &WaitingTopic,
    ) -> Result<(), Error> {
        let begun = self.log.begin(tx, origin, &waiting.topic);
        let id = begun.map_err(|err| self.of_messages(err))?;
        if self.log.channel_of(tx, id).map_err(|err| self.of_messages(err))? != waiting.channel {
            let reason = format!(
                "topic \"{}\" and the message it begins from are in different channels",
                waiting.name_here
            );
            return Err(self.refuse(reason));
        }
        self.tally.n_topics += 1;
        self.keep(tx, Kind::Topic, &Ref(waiting.name_here.clone()), id.0)
    }

    fn message(&mut self, tx: &mut dyn Tx, line: &MessageLine) -> Result<(), Error> {
        let channel: ChannelId = self.get(Kind::Channel, &line.channel, "channel")?;
        let (topic, begins) = match (&line.topic, &line.begins) {
            (Some(name), Some(begins)) if self.find::<TopicId>(Kind::Topic, name).is_none() => {
                (None, Some((name, begins)))
            }
            (Some(name), _) => (Some(self.topic_in(tx, name, channel)?), None),
            (None, _) => (None, None),
        };
        let new = ImportMessage {
            channel,
            topic,
            author: self.get(Kind::Person, &line.author, "author")?,
            at: line.at,
            text: line.text.clone(),
            edited_at: line.edited_at,
            reactions: self.reactions(line)?,
            files: line.kept.clone(),
        };
        let id = self
            .log
            .post(tx, &new, self.now)
            .map_err(|err| self.of_messages(err))?;
        self.tally.n_messages += 1;
        self.tally.n_files += line.kept.len() as u64;
        self.keep(tx, Kind::Message, &line.name_here, id.0)?;
        if let Some(waiting) = self.waiting.remove(&line.name_here.0) {
            store::drop_waiting(tx, &waiting.origin)?;
            self.begin_topic(tx, id, &waiting)?;
        }
        if let Some((name, topic)) = begins {
            let begun = WaitingTopic {
                origin: line.name_here.0.clone(),
                name_here: name.0.clone(),
                channel,
                topic: topic.clone(),
            };
            self.begin_topic(tx, id, &begun)?;
        }
        Ok(())
    }

    fn topic_in(&mut self, tx: &mut dyn Tx, name: &Ref, channel: ChannelId) -> Result<TopicId, Error> {
        let Some(topic) = self.find::<TopicId>(Kind::Topic, name) else {
            let reason = format!(
                "topic: \"{}\" is not there yet: the message that it begins from comes first",
                name.0
            );
            return Err(self.refuse(reason));
        };
        if self
            .log
            .channel_of(tx, topic)
            .map_err(|err| self.of_messages(err))?
            != channel
        {
            return Err(self.refuse(format!("topic: \"{}\" belongs to another channel", name.0)));
        }
        Ok(topic)
    }

    fn reactions(&self, line: &MessageLine) -> Result<Vec<ImportReaction>, Error> {
        let mut reactions: Vec<ImportReaction> = Vec::with_capacity(line.reactions.len());
        for field in &line.reactions {
            if reactions.iter().any(|before| before.emoji == field.emoji) {
                return Err(self.refuse("reactions: an emoji stands there twice"));
            }
            let mut people: Vec<PersonId> = Vec::with_capacity(field.people.len());
            for name in &field.people {
                let person = self.get(Kind::Person, name, "reactions")?;
                if !people.contains(&person) {
                    people.push(person);
                }
            }
            reactions.push(ImportReaction {
                emoji: field.emoji.clone(),
                people,
            });
        }
        Ok(reactions)
    }

    /// Who stands as the maker of places: an owner, or the first person there is.
    fn someone(&self, tx: &mut dyn Tx) -> Result<PersonId, Error> {
        let first = accounts::find_first_person(tx)?;
        first.ok_or_else(|| self.refuse("there is nobody yet: lines of type person come before"))
    }

    fn find<T: From<Uuid>>(&self, kind: Kind, name: &Ref) -> Option<T> {
        self.known.get(&kind)?.get(&name.0).map(|id| T::from(*id))
    }

    fn get<T: From<Uuid>>(&self, kind: Kind, name: &Ref, field: &str) -> Result<T, Error> {
        self.find(kind, name).ok_or_else(|| {
            let reason = format!(
                "{field}: there is no {} \"{}\" before this line",
                kind.as_str(),
                name.0
            );
            self.refuse(reason)
        })
    }

    fn keep(&mut self, tx: &mut dyn Tx, kind: Kind, name: &Ref, id: Uuid) -> Result<(), Error> {
        store::add_ref(tx, kind, &name.0, id)?;
        self.known.entry(kind).or_default().insert(name.0.clone(), id);
        Ok(())
    }

    fn refuse(&self, reason: impl Into<String>) -> Error {
        Error::refused(self.place.clone(), reason.into())
    }

    fn of_accounts(&self, err: accounts::Error) -> Error {
        match err {
            accounts::Error::Db(err) => Error::Db(err),
            accounts::Error::Field { pointer, detail } => self.refuse(line::field_rule(pointer, &detail)),
            other => self.refuse(other.to_string()),
        }
    }

    fn of_spaces(&self, err: spaces::Error) -> Error {
        match err {
            spaces::Error::Db(err) => Error::Db(err),
            spaces::Error::Accounts(err) => self.of_accounts(err),
            spaces::Error::Name(detail) => self.refuse(format!("name: {detail}")),
            spaces::Error::NameTaken => self
                .refuse("name: another place has this name, or one that looks the same: give it another one"),
            spaces::Error::Field { pointer, detail } => self.refuse(line::field_rule(pointer, &detail)),
            other => self.refuse(other.to_string()),
        }
    }

    fn of_messages(&self, err: messages::Error) -> Error {
        match err {
            messages::Error::Db(err)
            | messages::Error::Spaces(spaces::Error::Db(err))
            | messages::Error::Files(files::Error::Db(err)) => Error::Db(err),
            other => self.refuse(line::rule(&other)),
        }
    }
}

/// Every name that a line defines or needs.
fn names<'a>(line: &'a Line, visit: &mut dyn FnMut(Kind, &'a Ref)) {
    match line {
        Line::Workspace(_) => {}
        Line::Person(line) => visit(Kind::Person, &line.name_here),
        Line::Space(line) => visit(Kind::Space, &line.name_here),
        Line::Channel(line) => {
            visit(Kind::Channel, &line.name_here);
            visit(Kind::Space, &line.space);
            line.members.iter().for_each(|member| visit(Kind::Person, member));
        }
        Line::Direct(line) => {
            visit(Kind::Channel, &line.name_here);
            line.members.iter().for_each(|member| visit(Kind::Person, member));
        }
        Line::Topic(line) => {
            visit(Kind::Topic, &line.name_here);
            visit(Kind::Channel, &line.channel);
            visit(Kind::Message, &line.origin);
        }
        Line::Message(line) => {
            visit(Kind::Message, &line.name_here);
            visit(Kind::Channel, &line.channel);
            visit(Kind::Person, &line.author);
            line.topic.iter().for_each(|topic| visit(Kind::Topic, topic));
            let people = line.reactions.iter().flat_map(|reaction| &reaction.people);
            people.for_each(|person| visit(Kind::Person, person));
        }
    }
}

/// An address that receives nothing (RFC 6761), one per name: addresses know no capitals, names do.
fn made_up_email(name: &Ref) -> String {
    let is_plain =
        |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || matches!(char, '-' | '_');
    if name.0.len() <= LOCAL_PART_MAX && name.0.chars().all(is_plain) {
        return format!("{}@import.invalid", name.0);
    }
    let hash = Sha256::digest(&name.0);
    // A full stop tells these from plain names.
    let hash: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("ref.{hash}@import.invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_addresses_differ_where_names_do() {
        let address = |name: &str| made_up_email(&Ref(name.to_owned()));
        assert_eq!(address("u1"), "u1@import.invalid");
        assert_ne!(address("U1"), address("u1"));
        assert_ne!(address("ada obi"), address("ada-obi"));
        assert!(address(&"x".repeat(200)).len() < 60);
    }
}

//! What may happen to a message after it was posted: editing, deleting, reacting.

use super::{
    calling::called_again, forward::blank_copies, get_living, get_message, post::get_wire,
    removal::remove_message,
};
use crate::{
    events::{self, By, MessageDeleted, MessageEdited, MessagePosted, ReactionChanged},
    model::{EMOJI_PER_MESSAGE_MAX, Error, REACTION_PEOPLE_MAX, Text, check_emoji},
    retention::copies,
    store::{
        cards, forwards, keeping,
        messages::{self, MessageRow},
        topics,
    },
    wire::{Message, Removed, Revision, Topic},
};
use base::{FileId, MessageId, Seq, Timestamp};
use files::Attachment;
use platform::{db::Tx, journal};
use spaces::ChannelAccess;

/// What a message shall say from now on.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub text: Text,
    /// The files that stay; None: all of them.
    pub files: Option<Vec<FileId>>,
    /// Says what the word list asks about all the same.
    pub words_ok: bool,
}

/// Authors edit; everybody who reads can see what it said before. Files that it loses are gone for everybody.
pub(crate) fn edit(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    Edit {
        text,
        files,
        words_ok,
    }: &Edit,
    now: Timestamp,
) -> Result<Message, Error> {
    let row = get_living(tx, access, id)?;
    if row.author != access.person() {
        return Err(Error::Forbidden("only its author edits a message"));
    }
    access.require_post()?;
    let before = get_wire(tx, access, &row)?;
    let stays = |file: &Attachment| files.as_ref().is_none_or(|ids| ids.contains(&file.id));
    let n_staying = before.files.iter().filter(|file| stays(file)).count();
    if text.source.is_empty() && n_staying == 0 {
        return Err(Error::Field {
            pointer: "/text",
            detail: "nothing would be left of the message; delete it instead".to_owned(),
        });
    }
    if row.text == text.source && n_staying == before.files.len() {
        return Ok(before);
    }
    if row.text != text.source {
        words::check(tx, &[&text.source], *words_ok)?;
    }
    if let Some(keep) = files {
        if n_staying < before.files.len() {
            copies::keep(tx, &row, now)?;
        }
        let gone = files::release(tx, row.channel, row.seq, keep, now)?;
        redact_files(tx, &row, &gone)?;
    }
    // An edit is quiet: what calls many people is said in a message of its own, where the author is asked first.
    let said_before = markup::mentions(&markup::tree_of(&row.text));
    let event = journal::next(tx, access.id())?;
    messages::edit(tx, &row, &text.source, event, now)?;
    let row = MessageRow {
        text: text.source.clone(),
        edited_at: Some(now),
        ..row
    };
    let called = called_again(tx, access, (&said_before, text))?;
    let calls_everyone = text.everyone && said_before.everyone;
    messages::replace_mentions(tx, &row, &called.and(&text.people), calls_everyone)?;
    let message = get_wire(tx, access, &row)?;
    let shared = Message {
        reactions: Vec::new(),
        topic: None,
        pinned: false,
        saved: None,
        ..message.clone()
    };
    let by = By {
        actor: access.person(),
        now,
    };
    let edited = MessageEdited {
        message: shared,
        groups: called.groups,
    };
    events::message_edited(tx, event, by, &edited)?;
    Ok(message)
}

/// What a message said, from the beginning until now.
pub(crate) fn history(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
) -> Result<Vec<Revision>, Error> {
    let row = get_living(tx, access, id)?;
    let mut texts = messages::list_revisions(tx, &row)?;
    texts.push((row.edited_at.unwrap_or(row.at), row.text));
    Ok(texts
        .into_iter()
        .map(|(at, text)| Revision {
            at,
            tree: markup::parse(&text),
            text,
        })
        .collect())
}

/// Authors delete; what those who look after the channel delete of others is removed. The text goes everywhere at once: row, earlier texts, the
/// events of the log, and the quotes in the events of others; its files can be had by nobody from then on.
pub(crate) fn delete(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    let row = get_message(tx, access, id)?;
    if row.author != access.person() {
        let moderation = access.moderation().map_err(|_| {
            Error::Forbidden("only its author, or who looks after the channel, deletes a message")
        })?;
        return remove_message(tx, &moderation, id, None, now);
    }
    access.require_member()?;
    if row.deleted_at.is_some() {
        return Ok(());
    }
    let by = By {
        actor: access.person(),
        now,
    };
    delete_row(tx, &row, Deletion::Own, by).map(|_| ())
}

/// Whose wish it is that a text goes.
#[derive(Debug, Clone)]
pub(crate) enum Deletion {
    /// Its author's.
    Own,
    /// Of somebody who looks after the channel.
    Removal(Removed),
    /// Nobody's: its time is over by the rule of its channel.
    Rule,
}

/// Takes the text of a message away, whoever may. Gives the number of the event that says so.
pub(crate) fn delete_row(
    tx: &mut dyn Tx,
    row: &MessageRow,
    deletion: Deletion,
    by: By,
) -> Result<Seq, Error> {
    let now = by.now;
    copies::keep(tx, row, now)?;
    redact(tx, row)?;
    files::release(tx, row.channel, row.seq, &[], now)?;
    keeping::forget(tx, row.channel, row.seq)?;
    forwards::drop(tx, row.channel, row.seq)?;
    cards::drop(tx, row.channel, row.seq)?;
    messages::erase(tx, row, now)?;
    blank_copies(tx, row.id, by)?;
    let topic = match row.topic {
        Some(topic) => shrink_topic(tx, topic)?,
        None => None,
    };
    let event = MessageDeleted {
        message_id: row.id,
        seq: row.seq,
        topic_id: row.topic,
        topic,
        by_rule: matches!(deletion, Deletion::Rule),
        removed: match deletion {
            Deletion::Own | Deletion::Rule => None,
            Deletion::Removal(removed) => Some(removed),
        },
    };
    Ok(events::message_deleted(tx, row.channel, by, &event)?)
}

fn shrink_topic(tx: &mut dyn Tx, topic: base::TopicId) -> Result<Option<Topic>, Error> {
    let Some(mut topic) = topics::find(tx, topic)? else {
        return Ok(None);
    };
    topic.n_messages = (topic.n_messages - 1).max(0);
    topics::grow(tx, &topic)?;
    Ok(Some(topic))
}

fn redact(tx: &mut dyn Tx, row: &MessageRow) -> Result<(), Error> {
    let gone = Message {
        id: row.id,
        channel_id: row.channel,
        seq: row.seq,
        topic_id: row.topic,
        author_id: row.author,
        at: row.at,
        text: String::new(),
        tree: None,
        edited_at: None,
        deleted: true,
        removed: None,
        files: Vec::new(),
        quote: None,
        reactions: Vec::new(),
        topic: None,
        forward: None,
        card: None,
        pinned: false,
        saved: None,
    };
    // An event of an edit reads `message` too and ignores the rest.
    let body = MessagePosted {
        message: gone,
        topic: None,
        everyone: false,
        groups: Vec::new(),
        called: Vec::new(),
        is_history: true,
    };
    for seq in messages::list_text_events(tx, row)? {
        journal::redact(tx, row.channel, seq, &body)?;
    }
    for quoting in messages::list_quoting(tx, row.id)? {
        let Some(quoting) = messages::find(tx, quoting)? else {
            continue;
        };
        for seq in messages::list_text_events(tx, &quoting)? {
            redact_quote(tx, &quoting, seq)?;
        }
    }
    Ok(())
}

/// Takes files out of the events that named them.
fn redact_files(tx: &mut dyn Tx, row: &MessageRow, gone: &[FileId]) -> Result<(), Error> {
    if gone.is_empty() {
        return Ok(());
    }
    let gone: Vec<String> = gone.iter().map(ToString::to_string).collect();
    for seq in messages::list_text_events(tx, row)? {
        let Some(mut body) = journal::find_body(tx, row.channel, seq)? else {
            continue;
        };
        if let Some(files) = body
            .pointer_mut("/message/files")
            .and_then(|files| files.as_array_mut())
        {
            files.retain(|file| !gone.iter().any(|id| file["id"] == id.as_str()));
            journal::redact(tx, row.channel, seq, &body)?;
        }
    }
    Ok(())
}

fn redact_quote(tx: &mut dyn Tx, quoting: &MessageRow, seq: base::Seq) -> Result<(), Error> {
    let Some(mut body) = journal::find_body(tx, quoting.channel, seq)? else {
        return Ok(());
    };
    if let Some(quote) = body
        .pointer_mut("/message/quote")
        .filter(|quote| quote.is_object())
    {
        quote["text"] = "".into();
        quote["deleted"] = true.into();
        journal::redact(tx, quoting.channel, seq, &body)?;
    }
    Ok(())
}

/// An emoji that everybody has, or one of the workspace's own by its name.
fn check_reaction(tx: &mut dyn Tx, emoji: &str) -> Result<(), Error> {
    match emoji::name_in(emoji) {
        Some(name) if emoji::exists(tx, name)? => Ok(()),
        _ => check_emoji(emoji),
    }
}

/// Adds one's reaction; doing it twice changes nothing.
pub(crate) fn react(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    emoji: &str,
    now: Timestamp,
) -> Result<(), Error> {
    check_reaction(tx, emoji)?;
    access.require_member()?;
    access.require_open()?;
    let row = get_living(tx, access, id)?;
    if messages::count_other_emoji(tx, &row, emoji)? >= EMOJI_PER_MESSAGE_MAX {
        let detail = "this message has 50 different reactions already".to_owned();
        return Err(Error::Field {
            pointer: "/emoji",
            detail,
        });
    }
    if messages::react(tx, &row, emoji, access.person(), now)? {
        announce_reaction(
            tx,
            &row,
            emoji,
            true,
            By {
                actor: access.person(),
                now,
            },
        )?;
    }
    Ok(())
}

/// Takes one's reaction back.
pub(crate) fn unreact(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: MessageId,
    emoji: &str,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_member()?;
    let row = get_living(tx, access, id)?;
    if messages::unreact(tx, &row, emoji, access.person())? {
        announce_reaction(
            tx,
            &row,
            emoji,
            false,
            By {
                actor: access.person(),
                now,
            },
        )?;
    }
    Ok(())
}

fn announce_reaction(
    tx: &mut dyn Tx,
    row: &MessageRow,
    emoji: &str,
    added: bool,
    by: By,
) -> Result<(), Error> {
    let n = messages::count_reaction(tx, row, emoji)?;
    let people = match n {
        n if n > REACTION_PEOPLE_MAX => Vec::new(),
        _ => messages::list_reaction_people(tx, row, emoji, REACTION_PEOPLE_MAX)?,
    };
    let event = ReactionChanged {
        message_id: row.id,
        seq: row.seq,
        emoji: emoji.to_owned(),
        n,
        people,
        person_id: by.actor,
        added,
    };
    Ok(events::reaction_changed(tx, row.channel, by, &event)?)
}

//! Pointers and drafts: what one person has read and not yet sent.

use super::topics::get_topic;
use crate::{
    events::{self, By, DraftChanged, ReadMoved},
    model::{Error, TEXT_MAX_BYTES},
    store::reading,
    wire::{Counts, Draft, ReadTo, SaveDraft},
};
use base::{PersonId, Seq, Timestamp};
use platform::{db::Tx, journal};
use spaces::{ChannelAccess, ChannelKind};

/// Moves the pointer forward to a message that was in view. It never goes back by this.
pub fn read_to(tx: &mut dyn Tx, access: &ChannelAccess, to: ReadTo, now: Timestamp) -> Result<Counts, Error> {
    let seq = check_place(tx, access, to)?;
    let moved = reading::advance(tx, access.person(), access.id(), to.topic_id, seq)?;
    tell(tx, access, to, moved, now)
}

/// Everything from this message on is unread again.
pub fn unread_from(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    from: ReadTo,
    now: Timestamp,
) -> Result<Counts, Error> {
    let seq = check_place(tx, access, from)?;
    reading::set_pointer(
        tx,
        access.person(),
        access.id(),
        from.topic_id,
        seq.before().max(Seq(0)),
    )?;
    tell(tx, access, from, true, now)
}

/// A pointer beyond the head would hide messages that are yet to come.
fn check_place(tx: &mut dyn Tx, access: &ChannelAccess, to: ReadTo) -> Result<Seq, Error> {
    access.require_member()?;
    if let Some(topic) = to.topic_id {
        get_topic(tx, access, topic)?;
    }
    let head = journal::head(tx, access.id())?.unwrap_or_default();
    Ok(to.seq.clamp(Seq(0), head))
}

fn tell(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    to: ReadTo,
    moved: bool,
    now: Timestamp,
) -> Result<Counts, Error> {
    let mut counts = reading::get_counts(tx, access.person(), access.id(), to.topic_id)?;
    if access.kind() == ChannelKind::Direct {
        counts.n_mentions = counts.n_unread;
    }
    if moved {
        let event = ReadMoved {
            channel_id: access.id(),
            topic_id: to.topic_id,
            head: journal::head(tx, access.id())?.unwrap_or_default(),
            counts,
        };
        events::read_moved(
            tx,
            By {
                actor: access.person(),
                now,
            },
            &event,
        )?;
    }
    Ok(counts)
}

/// Keeps an unsent text for the person's other devices. A device that has not seen the newest one gets it back instead.
pub(crate) fn save_draft(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    save: &SaveDraft,
    now: Timestamp,
) -> Result<Draft, Error> {
    access.require_member()?;
    if save.text.len() > TEXT_MAX_BYTES {
        let detail = "a draft holds at most 16,384 bytes".to_owned();
        return Err(Error::Field {
            pointer: "/text",
            detail,
        });
    }
    if save.text.contains('\0') {
        return Err(Error::Field {
            pointer: "/text",
            detail: "the character NUL cannot be used".to_owned(),
        });
    }
    if let Some(topic) = save.topic_id {
        get_topic(tx, access, topic)?;
    }
    let before = reading::find_draft(tx, access.person(), access.id(), save.topic_id)?;
    let revision = before.as_ref().map_or(0, |draft| draft.revision);
    match before {
        Some(newer) if save.revision != revision && newer.text != save.text && !newer.text.is_empty() => {
            return Err(Error::DraftChanged(Box::new(newer)));
        }
        Some(same) if same.text == save.text => return Ok(same),
        _ => {}
    }
    let draft = Draft {
        channel_id: access.id(),
        topic_id: save.topic_id,
        text: save.text.clone(),
        revision: revision + 1,
        at: now,
    };
    put_draft(tx, access.person(), &draft, now)?;
    Ok(draft)
}

/// Puts an unsent text in the place of the one before, and tells its writer's devices.
pub(crate) fn put_draft(
    tx: &mut dyn Tx,
    person: PersonId,
    draft: &Draft,
    now: Timestamp,
) -> Result<(), Error> {
    blank_earlier(tx, person, draft)?;
    let event = events::draft_changed(tx, By { actor: person, now }, draft)?;
    Ok(reading::put_draft(tx, person, draft, event)?)
}

/// A text that was never sent must not stay in the log.
fn blank_earlier(tx: &mut dyn Tx, person: PersonId, draft: &Draft) -> Result<(), Error> {
    if let Some(event) = reading::find_draft_event(tx, person, draft)? {
        let blank = DraftChanged {
            draft: Draft {
                text: String::new(),
                ..draft.clone()
            },
        };
        journal::redact(tx, person, event, &blank)?;
    }
    Ok(())
}

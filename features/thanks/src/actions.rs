//! Saying thanks, and reading them.

use crate::{
    events::{self, ThanksGiven},
    model::{Error, TOLD_MAX_CHARS, check_text, clean_people, field},
    store,
    wire::{GatheredThanks, Gathering, NewThanks, Thanks, ThanksView},
};
use accounts::SignedIn;
use base::{MessageId, PersonId, Seq, Timestamp};
use messages::{CardPost, post_card};
use platform::db::Tx;
use spaces::{ChannelAccess, ChannelKind};
use std::collections::{BTreeSet, HashMap};

/// The word by which the app finds what draws the card.
pub(crate) const CARD: &str = "thanks";

/// Says it, or finds what an earlier try of the same sender has said.
pub(crate) fn give(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&NewThanks, &CardPost),
    now: Timestamp,
) -> Result<Thanks, Error> {
    let giver = access.person();
    if let Some(before) = store::find(tx, new.message_id)? {
        let same = before.channel_id == access.id() && before.giver_id == giver;
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    check_text(&new.text)?;
    let people = clean_people(&new.people, giver)?;
    let known = accounts::people(tx, &people)?;
    let is_program = known.iter().any(|person| person.bot || person.deactivated);
    if is_program || spaces::who_may_read(tx, access.id(), &people)?.len() < people.len() {
        return Err(field("/people", "thank people who can read it here"));
    }
    words::check(tx, &[&new.text], new.words_ok)?;
    let message = post_card(tx, access, post, now)?;
    if message.author_id != giver || message.channel_id != access.id() {
        return Err(Error::IdTaken);
    }
    let thanks = Thanks {
        message_id: new.message_id,
        channel_id: access.id(),
        giver_id: giver,
        people,
        may_gather: new.may_gather && access.space().is_some(),
        at: now,
    };
    store::insert(tx, &thanks, access.space())?;
    // Between few people the message itself tells them.
    if access.kind() != ChannelKind::Direct {
        let event = ThanksGiven {
            message_id: thanks.message_id,
            channel_id: thanks.channel_id,
        };
        for person in &thanks.people {
            events::thanks_given(tx, (giver, *person), &event, now)?;
        }
    }
    Ok(thanks)
}

/// Thanks of the channel that was proved; of any other channel they are absent.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: MessageId) -> Result<Thanks, Error> {
    let thanks = store::find(tx, id)?
        .filter(|thanks| thanks.channel_id == access.id())
        .ok_or(Error::NotFound)?;
    may_see(access, store::find_seq(tx, id)?)?;
    Ok(thanks)
}

fn may_see(access: &ChannelAccess, seq: Option<Seq>) -> Result<(), Error> {
    seq.filter(|seq| access.may_see(*seq))
        .map(drop)
        .ok_or(Error::NotFound)
}

pub(crate) fn view(tx: &mut dyn Tx, thanks: Thanks) -> Result<ThanksView, Error> {
    let people = people_of(tx, [&thanks].into_iter())?;
    Ok(ThanksView { thanks, people })
}

fn people_of<'a>(
    tx: &mut dyn Tx,
    all: impl Iterator<Item = &'a Thanks>,
) -> Result<Vec<accounts::Person>, Error> {
    let ids: BTreeSet<PersonId> = all
        .flat_map(|thanks| thanks.people.iter().copied().chain([thanks.giver_id]))
        .collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    Ok(spaces::people_named(tx, &ids)?)
}

/// What a message of the channel that was proved tells again, to this reader.
pub(crate) fn gathered(
    tx: &mut dyn Tx,
    (access, who): (&ChannelAccess, &SignedIn),
    id: MessageId,
) -> Result<Gathering, Error> {
    may_see(access, store::find_gathering(tx, id, access.id())?)?;
    let blocked = spaces::blocked_by(tx, who)?;
    let mut all = store::list_gathered(tx, id)?;
    all.retain(|(thanks, _)| !blocked.contains(&thanks.giver_id));
    let named = mentions_in(tx, &all)?;
    let people = people_of(tx, all.iter().map(|(thanks, _)| thanks))?;
    let mut readable = HashMap::new();
    let mut items = Vec::with_capacity(all.len());
    for (thanks, text) in all {
        let can_open = match readable.get(&thanks.channel_id) {
            Some(known) => *known,
            None => {
                let readers = spaces::who_may_read(tx, thanks.channel_id, &[who.person])?;
                readable.insert(thanks.channel_id, !readers.is_empty());
                !readers.is_empty()
            }
        };
        let name_of = |id: uuid::Uuid| named.get(&id).cloned().unwrap_or_default();
        let plain = markup::plain(&markup::tree_of(&text), &name_of);
        items.push(GatheredThanks {
            thanks,
            text: markup::excerpt(&plain, TOLD_MAX_CHARS),
            can_open,
        });
    }
    Ok(Gathering {
        message_id: id,
        items,
        people,
    })
}

/// The names of the people whom the texts mention.
fn mentions_in(tx: &mut dyn Tx, all: &[(Thanks, String)]) -> Result<HashMap<uuid::Uuid, String>, Error> {
    let ids: BTreeSet<PersonId> = all
        .iter()
        .flat_map(|(_, text)| markup::mentions_in_text(text).people)
        .map(PersonId)
        .collect();
    let ids: Vec<PersonId> = ids.into_iter().collect();
    let people = spaces::people_named(tx, &ids)?;
    Ok(people
        .into_iter()
        .map(|person| (person.id.0, person.name))
        .collect())
}

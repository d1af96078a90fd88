//! What happens to cards.

use crate::{
    events::{self, LinksChanged},
    model::{Error, is_history},
    store::{self, Use},
    wire::LinkCard,
};
use accounts::{Deed, SignedIn, Subject, audit};
use base::{ChannelId, LinkId, MessageId, PersonId, Seq, Timestamp};
use platform::db::{self, Tx};
use spaces::ChannelAccess;

/// What is written down in the audit log, for `Feature::deeds`.
pub(crate) const DEEDS: &[&str] = &["links.switched"];

/// Takes the links of a message away, with what the log told of them.
pub(crate) fn drop_uses(tx: &mut dyn Tx, channel: ChannelId, uses: &[Use], now: Timestamp) -> db::Result<()> {
    let Some(first) = uses.first() else {
        return Ok(());
    };
    blank(tx, channel, uses)?;
    let links = uses.iter().filter_map(|link| link.link);
    store::drop_uses(tx, (channel, first.seq), links, now)
}

/// Administrators decide whether pages are asked at all.
pub(crate) fn switch(tx: &mut dyn Tx, who: &SignedIn, fetches: bool, now: Timestamp) -> Result<(), Error> {
    let before = store::fetches(tx)?;
    if before != fetches {
        store::set_fetches(tx, fetches)?;
        let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
        let subject = Subject::new("workspace", workspace.id, &workspace.name);
        let deed = Deed::new(*who, "links.switched", subject).changed("on", before, fetches);
        audit::record(tx, &deed, now)?;
    }
    Ok(())
}

/// Whoever wrote the message takes a card away, or who looks after the channel. It does not come back.
pub(crate) fn remove(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    link: &Use,
    now: Timestamp,
) -> Result<(), Error> {
    if link.person != access.person() && !access.can_manage() {
        return Err(Error::Forbidden(
            "only who wrote the message takes its card away, or who looks after the channel",
        ));
    }
    access.require_member()?;
    if !link.is_removed {
        store::remove(tx, link.id)?;
        tell(tx, access.id(), link.seq, (Some(access.person()), now))?;
    }
    Ok(())
}

/// Tells a channel which cards a message has now; what it was told before is blanked. A message that is gone is passed
/// over, and so is history.
pub(crate) fn tell(
    tx: &mut dyn Tx,
    channel: ChannelId,
    seq: Seq,
    by: (Option<PersonId>, Timestamp),
) -> db::Result<()> {
    let uses = store::list_uses(tx, channel, seq)?;
    let Some(message_id) = uses.first().map(|link| link.message) else {
        return Ok(());
    };
    let cards = cards_of(tx, channel, message_id)?;
    let was_told = uses.iter().any(|link| link.changed_seq.is_some());
    blank(tx, channel, &uses)?;
    if cards.is_empty() && !was_told {
        return store::note_told(tx, channel, seq, None);
    }
    let event = LinksChanged {
        message_id,
        seq,
        cards,
    };
    let told = events::links_changed(tx, channel, by, &event)?;
    store::note_told(tx, channel, seq, Some(told))
}

/// The same for what waits since `since`.
pub(crate) fn tell_late(
    tx: &mut dyn Tx,
    (channel, seq, since): (ChannelId, Seq, Timestamp),
    now: Timestamp,
) -> db::Result<()> {
    if is_history(since, now) {
        return store::note_told(tx, channel, seq, None);
    }
    tell(tx, channel, seq, (None, now))
}

fn cards_of(tx: &mut dyn Tx, channel: ChannelId, message: MessageId) -> db::Result<Vec<LinkCard>> {
    if !store::fetches(tx)? {
        return Ok(Vec::new());
    }
    let found = store::list_cards(tx, (channel, Seq(0)), &[message])?;
    Ok(found
        .into_iter()
        .next()
        .map(|found| found.cards)
        .unwrap_or_default())
}

fn blank(tx: &mut dyn Tx, channel: ChannelId, uses: &[Use]) -> db::Result<()> {
    let mut told: Vec<(Seq, &Use)> = uses
        .iter()
        .filter_map(|link| Some((link.changed_seq?, link)))
        .collect();
    told.dedup_by_key(|(event, _)| *event);
    for (event, link) in told {
        events::blank(tx, (channel, event), (link.message, link.seq))?;
    }
    Ok(())
}

/// A link where somebody may read it, with the proof of that.
pub(crate) fn get(tx: &mut dyn Tx, who: &SignedIn, id: LinkId) -> Result<(ChannelAccess, Use), Error> {
    let (channel, link) = store::find_use(tx, id)?.ok_or(Error::NotFound)?;
    match spaces::access::channel(tx, who, channel) {
        Ok(access) if access.may_see(link.seq) => Ok((access, link)),
        Ok(_) => Err(Error::NotFound),
        Err(spaces::Error::NotFound) => Err(Error::NotFound),
        Err(error) => Err(error.into()),
    }
}

//! All SQL of links.

use crate::{
    model::site_of,
    wire::{LinkCard, LinkPicture, MessageCards, PostedLink},
};
use accounts::settings;
use base::{ChannelId, LinkId, MessageId, PersonId, Seq, Timestamp};
use platform::{
    db::{Result, Row, Tx},
    journal::id_list,
};

/// The setting of the workspace; what is not written down is on.
const FETCHES: &str = "links.fetches";
const OFF: &str = "off";

platform::sql! {
    STOP_ASKING = "update link set work_at = null where work_at is not null";
    SHOWS = "select shows from link_choice where person_id = $1";
    SET_SHOWS = "insert into link_choice (person_id, shows) values ($1, $2) \
        on conflict (person_id) do update set shows = excluded.shows";
    DROP_CHOICE = "delete from link_choice where person_id = $1";

    FIND_LINK = "select id from link where url = $1";
    INSERT_LINK = "insert into link (id, url, fresh_until, work_at, asked_at, n_tries) \
        values ($1, $2, 0, $3, $3, 0) on conflict (url) do nothing";
    USE_AGAIN = "update link set unused_at = null where id = $1 and unused_at is not null";
    ASK_AGAIN = "update link set work_at = $2, asked_at = $2, n_tries = 0 \
        where id = $1 and work_at is null and fresh_until <= $2";
    COUNT_WAITING = "select count(*) from link where work_at is not null";
    DUE = "select id, url, asked_at, n_tries from link where work_at <= $1 order by work_at limit $2";
    TAKE_WORK = "update link set work_at = $3, n_tries = n_tries + 1 where id = $1 and work_at <= $2";
    PICTURE_OF_LINK = "select picture from link where id = $1 and picture is not null";
    SETTLE = "update link set title = $2, description = $3, site = $4, picture = $5, width = $6, height = $7, \
        fresh_until = $8, work_at = null where id = $1 and work_at is not null";
    NOTE_UNUSED = "update link set unused_at = $2 where id = $1 \
        and not exists (select 1 from link_use where link_id = $1)";
    UNUSED = "select id from link where unused_at is not null limit 100";
    DROP_UNUSED = "delete from link where id = $1 and unused_at is not null \
        and not exists (select 1 from link_use where link_id = $1) \
        returning picture";
    HAS_BLOB = "select 1 from link where picture = $1 limit 1";

    INSERT_USE = "insert into link_use (id, channel_id, seq, place, message_id, person_id, href, link_id, removed, tell_at, at) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    USES = "select id, place, message_id, seq, person_id, href, link_id, removed, changed_seq \
        from link_use where channel_id = $1 and seq = $2 order by place";
    FIND_USE = "select channel_id, place, message_id, seq, person_id, href, link_id, removed, changed_seq \
        from link_use where id = $1";
    DROP_USES = "delete from link_use where channel_id = $1 and seq = $2";
    REMOVE = "update link_use set removed = 1 where id = $1";
    TOLD = "update link_use set changed_seq = $3, tell_at = null where channel_id = $1 and seq = $2";
    TO_TELL = "select u.channel_id, u.seq, min(u.tell_at) from link_use u \
        where u.tell_at is not null and not exists ( \
            select 1 from link_use o join link l on l.id = o.link_id \
            where o.channel_id = u.channel_id and o.seq = u.seq and l.work_at is not null) \
        group by u.channel_id, u.seq order by min(u.tell_at), u.seq limit $1";
    PICTURE = "select u.channel_id, l.picture from link_use u join link l on l.id = u.link_id \
        where u.id = $1 and u.removed = 0";
    CARDS = {
        sqlite: "select u.message_id, u.id, u.href, l.title, l.description, l.site, l.picture, l.width, l.height \
            from link_use u join link l on l.id = u.link_id \
            where u.message_id in (select unhex(value) from json_each($2)) and u.channel_id = $1 and u.seq > $3 \
            and u.removed = 0 and l.title is not null \
            order by u.seq, u.place",
        postgres: "select u.message_id, u.id, u.href, l.title, l.description, l.site, l.picture, l.width, l.height \
            from link_use u join link l on l.id = u.link_id \
            where u.message_id in (select value::uuid from json_array_elements_text(cast($2 as text)::json)) \
            and u.channel_id = $1 and u.seq > $3 and u.removed = 0 and l.title is not null \
            order by u.seq, u.place"
    };
    OF_CHANNEL = "select u.id, u.href, l.title, l.site, u.person_id, u.channel_id, u.message_id, u.at \
        from link_use u left join link l on l.id = u.link_id and u.removed = 0 \
        where u.channel_id = $1 and u.at < $2 \
        order by u.at desc \
        limit $3";
    OF_MINE = "select u.id, u.href, l.title, l.site, u.person_id, u.channel_id, u.message_id, u.at \
        from channel_member m join link_use u on u.channel_id = m.channel_id \
        left join link l on l.id = u.link_id and u.removed = 0 \
        where m.person_id = $1 and u.at < $2 \
        order by u.at desc \
        limit $3";
}

/// A link where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub id: LinkId,
    pub place: i64,
    pub message: MessageId,
    pub seq: Seq,
    pub person: PersonId,
    pub href: String,
    pub link: Option<LinkId>,
    pub is_removed: bool,
    pub changed_seq: Option<Seq>,
}

/// Whether pages are asked at all.
pub(crate) fn fetches(tx: &mut dyn Tx) -> Result<bool> {
    Ok(settings::find(tx, FETCHES)?.as_deref() != Some(OFF))
}

pub(crate) fn set_fetches(tx: &mut dyn Tx, fetches: bool) -> Result<()> {
    settings::put(tx, FETCHES, (!fetches).then_some(OFF))?;
    if !fetches {
        tx.exec(&STOP_ASKING, &[])?;
    }
    Ok(())
}

/// Whether somebody wants to see cards.
pub(crate) fn shows(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(tx
        .find(&SHOWS, &[person.into()], |row| row.get(0))?
        .unwrap_or(true))
}

pub(crate) fn set_shows(tx: &mut dyn Tx, person: PersonId, shows: bool) -> Result<()> {
    tx.exec(&SET_SHOWS, &[person.into(), shows.into()]).map(|_| ())
}

/// What somebody chose goes with them.
pub(crate) fn drop_choice(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&DROP_CHOICE, &[person.into()]).map(|_| ())
}

pub(crate) fn find_link(tx: &mut dyn Tx, page: &str) -> Result<Option<LinkId>> {
    tx.find(&FIND_LINK, &[page.into()], |row| row.get(0))
}

/// A page that is to be asked. Another lane may have been faster; then it is that row.
pub(crate) fn insert_link(tx: &mut dyn Tx, page: &str, at: Timestamp) -> Result<Option<LinkId>> {
    tx.exec(&INSERT_LINK, &[LinkId::random().into(), page.into(), at.into()])?;
    find_link(tx, page)
}

/// A page that is known is named again; when what is known of it is old, it is asked again.
pub(crate) fn want(tx: &mut dyn Tx, link: LinkId, at: Timestamp) -> Result<()> {
    tx.exec(&USE_AGAIN, &[link.into()])?;
    tx.exec(&ASK_AGAIN, &[link.into(), at.into()]).map(|_| ())
}

pub(crate) fn count_waiting(tx: &mut dyn Tx) -> Result<i64> {
    tx.one(&COUNT_WAITING, &[], |row| row.get(0))
}

/// A page whose turn it is.
#[derive(Debug)]
pub(crate) struct Due {
    pub id: LinkId,
    pub url: String,
    /// When the message was posted that asks for it.
    pub asked_at: Timestamp,
    /// How often that was begun.
    pub n_tries: i64,
}

pub(crate) fn list_due(tx: &mut dyn Tx, now: Timestamp, limit: i64) -> Result<Vec<Due>> {
    tx.list(&DUE, &[now.into(), limit.into()], |row| {
        Ok(Due {
            id: row.get(0)?,
            url: row.get(1)?,
            asked_at: row.get(2)?,
            n_tries: row.get(3)?,
        })
    })
}

/// True when nobody else has taken it; it is due again at `again_at`.
pub(crate) fn take_work(tx: &mut dyn Tx, id: LinkId, now: Timestamp, again_at: Timestamp) -> Result<bool> {
    Ok(tx.exec(&TAKE_WORK, &[id.into(), now.into(), again_at.into()])? == 1)
}

/// What is known of a page now.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub title: String,
    pub description: Option<String>,
    pub site: String,
    /// Blob and size.
    pub picture: Option<(String, (i64, i64))>,
}

/// Writes down what a page said; the blob that it named before.
pub(crate) fn settle(
    tx: &mut dyn Tx,
    id: LinkId,
    known: Option<&Known>,
    fresh_until: Timestamp,
) -> Result<Option<String>> {
    let before = tx.find(&PICTURE_OF_LINK, &[id.into()], |row| row.get(0))?;
    let picture = known.and_then(|known| known.picture.as_ref());
    let args = [
        id.into(),
        known.map(|known| &known.title).into(),
        known.and_then(|known| known.description.as_ref()).into(),
        known.map(|known| &known.site).into(),
        picture.map(|(blob, _)| blob).into(),
        picture.map(|(_, (width, _))| *width).into(),
        picture.map(|(_, (_, height))| *height).into(),
        fresh_until.into(),
    ];
    tx.exec(&SETTLE, &args)?;
    Ok(before)
}

/// Pages that no message names any more.
pub(crate) fn list_unused(tx: &mut dyn Tx) -> Result<Vec<LinkId>> {
    tx.list(&UNUSED, &[], |row| row.get(0))
}

/// Forgets a page, unless a message names it by now; the blob that it named.
pub(crate) fn drop_unused(tx: &mut dyn Tx, id: LinkId) -> Result<Option<String>> {
    let dropped = tx.find(&DROP_UNUSED, &[id.into()], |row| row.get_optional(0))?;
    Ok(dropped.flatten())
}

/// `at` is when the message was posted, and when it got this link.
pub(crate) fn insert_use(
    tx: &mut dyn Tx,
    channel: ChannelId,
    new: &Use,
    (posted_at, at): (Timestamp, Timestamp),
) -> Result<()> {
    let args = [
        new.id.into(),
        channel.into(),
        new.seq.into(),
        new.place.into(),
        new.message.into(),
        new.person.into(),
        (&new.href).into(),
        new.link.into(),
        new.is_removed.into(),
        new.link.map(|_| at).into(),
        Timestamp(posted_at.0 + new.place).into(),
    ];
    tx.exec(&INSERT_USE, &args).map(|_| ())
}

fn use_of(row: &dyn Row, id: LinkId) -> Result<Use> {
    Ok(Use {
        id,
        place: row.get(1)?,
        message: row.get(2)?,
        seq: row.get(3)?,
        person: row.get(4)?,
        href: row.get(5)?,
        link: row.get_optional(6)?,
        is_removed: row.get(7)?,
        changed_seq: row.get_optional(8)?,
    })
}

/// The links of a message, in order.
pub(crate) fn list_uses(tx: &mut dyn Tx, channel: ChannelId, seq: Seq) -> Result<Vec<Use>> {
    tx.list(&USES, &[channel.into(), seq.into()], |row| {
        use_of(row, row.get(0)?)
    })
}

/// One link, and the channel in which it stands.
pub(crate) fn find_use(tx: &mut dyn Tx, id: LinkId) -> Result<Option<(ChannelId, Use)>> {
    tx.find(&FIND_USE, &[id.into()], |row| Ok((row.get(0)?, use_of(row, id)?)))
}

/// Forgets the links of a message, and notes which pages may be named by nobody now.
pub(crate) fn drop_uses(
    tx: &mut dyn Tx,
    (channel, seq): (ChannelId, Seq),
    links: impl Iterator<Item = LinkId>,
    now: Timestamp,
) -> Result<()> {
    tx.exec(&DROP_USES, &[channel.into(), seq.into()])?;
    for link in links {
        tx.exec(&NOTE_UNUSED, &[link.into(), now.into()])?;
    }
    Ok(())
}

/// Its author does not want its card.
pub(crate) fn remove(tx: &mut dyn Tx, id: LinkId) -> Result<()> {
    tx.exec(&REMOVE, &[id.into()]).map(|_| ())
}

/// The channel was told of the cards of a message with this event; None: there was nothing to tell.
pub(crate) fn note_told(tx: &mut dyn Tx, channel: ChannelId, seq: Seq, event: Option<Seq>) -> Result<()> {
    tx.exec(&TOLD, &[channel.into(), seq.into(), event.into()])
        .map(|_| ())
}

/// Messages whose pages were all asked, and whose channel does not know it yet; since when.
pub(crate) fn list_to_tell(tx: &mut dyn Tx, limit: i64) -> Result<Vec<(ChannelId, Seq, Timestamp)>> {
    tx.list(&TO_TELL, &[limit.into()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// The picture on a card: where the card stands, and the blob.
pub(crate) fn find_picture(tx: &mut dyn Tx, id: LinkId) -> Result<Option<(ChannelId, Option<String>)>> {
    tx.find(&PICTURE, &[id.into()], |row| {
        Ok((row.get(0)?, row.get_optional(1)?))
    })
}

/// The cards of messages of a channel, in the order of the messages and their links.
pub(crate) fn list_cards(
    tx: &mut dyn Tx,
    (channel, after): (ChannelId, Seq),
    messages: &[MessageId],
) -> Result<Vec<MessageCards>> {
    let ids = id_list(tx, messages.iter().map(|id| id.0));
    let mut found: Vec<MessageCards> = Vec::new();
    tx.each(
        &CARDS,
        &[channel.into(), ids.as_str().into(), after.into()],
        &mut |row| {
            let (message_id, card) = (row.get(0)?, card(row)?);
            match found.last_mut() {
                Some(last) if last.message_id == message_id => last.cards.push(card),
                _ => found.push(MessageCards {
                    message_id,
                    cards: vec![card],
                }),
            }
            Ok(())
        },
    )?;
    Ok(found)
}

fn card(row: &dyn Row) -> Result<LinkCard> {
    let size: (Option<i64>, Option<i64>) = (row.get_optional(7)?, row.get_optional(8)?);
    let picture = match (row.text(6)?, size) {
        (Some(_), (Some(width), Some(height))) => Some(LinkPicture { width, height }),
        _ => None,
    };
    Ok(LinkCard {
        id: row.get(1)?,
        url: row.get(2)?,
        title: row.get(3)?,
        description: row.get_optional(4)?,
        site: row.get(5)?,
        picture,
    })
}

fn posted(row: &dyn Row) -> Result<PostedLink> {
    let url: String = row.get(1)?;
    let site: Option<String> = row.get_optional(3)?;
    Ok(PostedLink {
        id: row.get(0)?,
        site: site.unwrap_or_else(|| site_of(None, &url)),
        url,
        title: row.get_optional(2)?,
        person_id: row.get(4)?,
        channel_id: row.get(5)?,
        message_id: row.get(6)?,
        at: row.get(7)?,
    })
}

/// Links of a channel, the newest first.
pub(crate) fn list_channel(
    tx: &mut dyn Tx,
    channel: ChannelId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<PostedLink>> {
    tx.list(
        &OF_CHANNEL,
        &[channel.into(), before.into(), limit.into()],
        posted,
    )
}

/// Links of all channels in which the person is, the newest first.
pub(crate) fn list_mine(
    tx: &mut dyn Tx,
    person: PersonId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<PostedLink>> {
    tx.list(&OF_MINE, &[person.into(), before.into(), limit.into()], posted)
}

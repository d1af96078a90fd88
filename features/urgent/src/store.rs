//! All SQL of what is urgent; that of rotas and of consent lies beside.

pub(crate) mod consents;
pub(crate) mod rotas;

use crate::{
    model::{Called, Step},
    wire::{UrgentKind, UrgentReaction, UrgentState, UrgentVia},
};
use base::{ChannelId, MessageId, PersonId, SpaceId, Timestamp, TopicId, UrgentId};
use platform::db::{Error, Result, Row, Tx};
use std::time::Duration;
use timing::urgent::{Page, Reaction, Trail};

platform::sql! {
    FIND = "select u.id, u.channel_id, u.message_id, u.sender_id, u.kind, u.reason, u.wanted, u.state, u.created_at, u.sent_at, \
        u.confirmed_by, u.ended_at, u.ended_by, c.space_id from urgent u \
        join channel c on c.id = u.channel_id \
        where u.id = $1";
    /// The same, and nobody else looks at it meanwhile.
    LOCK = "update urgent set n_looks = n_looks + 1 where id = $1";
    OF_MESSAGE = "select id from urgent where message_id = $1";
    TEXT = "select m.text from message m where m.id = $1 and m.deleted_at is null";
    IS_THERE = "select m.seq from message m where m.id = $1 and m.deleted_at is null";
    INSERT = "insert into urgent (id, channel_id, message_id, sender_id, kind, reason, wanted, state, created_at, n_looks) \
        values ($1, $2, $3, $4, $5, $6, $7, 'unconfirmed', $8, 0)";
    BEGIN = "update urgent set state = 'calling', sent_at = $2, confirmed_by = $3 where id = $1";
    END = "update urgent set state = $2, ended_at = $3, ended_by = $4 where id = $1";
    FORGET_WORDS = "update urgent set reason = '', wanted = '' where id = $1";
    FORGET_WORDS_OF = "update urgent set reason = '' where sender_id = $1";
    ADD_STEP = "insert into urgent_step (urgent_id, n, wait_us) values ($1, $2, $3)";
    ADD_CALLED = "insert into urgent_called (urgent_id, person_id, n, instead_of, via, not_before) \
        values ($1, $2, $3, $4, $5, $6)";
    STEPS = "select wait_us from urgent_step where urgent_id = $1 order by n";
    CALLED = "select n, person_id, instead_of, via, not_before, told_at from urgent_called \
        where urgent_id = $1 \
        order by n, person_id";
    SET_NOT_BEFORE = "update urgent_called set not_before = $3 where urgent_id = $1 and person_id = $2";
    SET_TOLD = "update urgent_called set told_at = $3 where urgent_id = $1 and person_id = $2";
    PAGES = "select person_id, nth, at from urgent_page where urgent_id = $1 order by at, person_id";
    ADD_PAGE = "insert into urgent_page (urgent_id, person_id, nth, at) values ($1, $2, $3, $4)";
    REACTIONS = "select person_id, reaction, at from urgent_reaction where urgent_id = $1 order by at, person_id";
    REACT = "insert into urgent_reaction (urgent_id, person_id, reaction, at) values ($1, $2, $3, $4) \
        on conflict (urgent_id, person_id, reaction) do nothing";
    DOUBT = "insert into urgent_doubt (urgent_id, person_id, sender_id, at) values ($1, $2, $3, $4) \
        on conflict (urgent_id, person_id) do nothing";
    HAS_DOUBTED = "select at from urgent_doubt where urgent_id = $1 and person_id = $2";
    COUNT_DOUBTS = "select count(*) from urgent_doubt where urgent_id = $1";
    COUNT_DOUBTS_OF = "select count(*) from urgent_doubt where sender_id = $1 and at > $2";
    COUNT_SENT = "select count(*) from urgent where sender_id = $1 and created_at > $2 and sent_at > $2";
    COUNT_UNCONFIRMED = "select count(*) from urgent where sender_id = $1 and state = 'unconfirmed'";
    CALLING_ME = "select u.id from urgent_called c \
        join urgent u on u.id = c.urgent_id \
        where c.person_id = $1 and u.created_at > $2 and u.state in ('calling', 'nobody') \
        and (c.told_at is not null or exists (select 1 from urgent_page p where p.urgent_id = u.id and p.person_id = $1)) \
        and not exists (select 1 from urgent_reaction r where r.urgent_id = u.id and r.person_id = $1) \
        order by u.created_at desc, u.id \
        limit $3";
    OPEN_IN = "select id from urgent where channel_id = $1 and ended_at is null";
    OPEN_WITH = "select u.id from urgent_called c \
        join urgent u on u.id = c.urgent_id \
        where c.person_id = $1 and u.ended_at is null";
    OPEN_BY = "select id from urgent where sender_id = $1 and ended_at is null";
    ANSWERABLE = "select u.id, u.message_id, m.topic_id from urgent u \
        join message m on m.id = u.message_id \
        where u.channel_id = $1 and u.created_at > $3 and u.state in ('calling', 'nobody') \
        and exists (select 1 from urgent_page p where p.urgent_id = u.id and p.person_id = $2)";
    GONE = "select id from urgent where wanted = '' and created_at < $1 order by created_at limit $2";
    STALE = "select id from urgent where created_at < $1 and state in ('calling', 'unconfirmed') order by created_at limit $2";
    DROP_DOUBTS = "delete from urgent_doubt where urgent_id = $1";
    DROP_REACTIONS = "delete from urgent_reaction where urgent_id = $1";
    DROP_PAGES = "delete from urgent_page where urgent_id = $1";
    DROP_CALLED = "delete from urgent_called where urgent_id = $1";
    DROP_STEPS = "delete from urgent_step where urgent_id = $1";
    DROP = "delete from urgent where id = $1";
}

/// All SQL of this slice.
pub(crate) fn statements() -> Vec<&'static platform::db::Sql> {
    [STATEMENTS, consents::STATEMENTS, rotas::STATEMENTS].concat()
}

/// A row, without its chain.
#[derive(Debug, Clone)]
pub(crate) struct UrgentRow {
    pub id: UrgentId,
    pub channel: ChannelId,
    pub message: MessageId,
    pub sender: PersonId,
    pub kind: UrgentKind,
    pub reason: String,
    pub wanted: String,
    pub state: UrgentState,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub confirmed_by: Option<PersonId>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<PersonId>,
    pub space: Option<SpaceId>,
}

impl UrgentRow {
    /// Whether somebody may still take it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, UrgentState::Calling | UrgentState::Nobody)
    }
}

macro_rules! words {
    ($ty:ident: $($variant:ident = $word:literal),*) => {
        impl $ty {
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words!(UrgentKind: Outage = "outage", Safety = "safety", Blocked = "blocked", Other = "other");
words!(UrgentVia: Person = "person", Rota = "rota", Group = "group");
words!(UrgentReaction: Take = "take", NotMe = "not_me", Left = "left");
words! {
    UrgentState: Unconfirmed = "unconfirmed", Calling = "calling", Taken = "taken", Answered = "answered",
    Withdrawn = "withdrawn", Nobody = "nobody", Lapsed = "lapsed", Gone = "gone"
}

fn word<T>(row: &dyn Row, idx: usize, parse: fn(&str) -> Option<T>) -> Result<T> {
    row.text(idx)?.and_then(parse).ok_or(Error::Column(idx))
}

pub(crate) fn find(tx: &mut dyn Tx, id: UrgentId) -> Result<Option<UrgentRow>> {
    tx.find(&FIND, &[id.into()], |row: &dyn Row| {
        Ok(UrgentRow {
            id: row.get(0)?,
            channel: row.get(1)?,
            message: row.get(2)?,
            sender: row.get(3)?,
            kind: word(row, 4, UrgentKind::parse)?,
            reason: row.get(5)?,
            wanted: row.get(6)?,
            state: word(row, 7, UrgentState::parse)?,
            created_at: row.get(8)?,
            sent_at: row.get_optional(9)?,
            confirmed_by: row.get_optional(10)?,
            ended_at: row.get_optional(11)?,
            ended_by: row.get_optional(12)?,
            space: row.get_optional(13)?,
        })
    })
}

/// The same; of two that want it at once, one waits for the end of the other's transaction.
pub(crate) fn lock(tx: &mut dyn Tx, id: UrgentId) -> Result<Option<UrgentRow>> {
    tx.exec(&LOCK, &[id.into()])?;
    find(tx, id)
}

pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<UrgentId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

/// The place of a message that is not deleted.
pub(crate) fn find_place(tx: &mut dyn Tx, message: MessageId) -> Result<Option<base::Seq>> {
    tx.find(&IS_THERE, &[message.into()], |row| row.get(0))
}

/// The whole text of its message, while that is there.
pub(crate) fn find_text(tx: &mut dyn Tx, message: MessageId) -> Result<Option<String>> {
    tx.find(&TEXT, &[message.into()], |row| row.get(0))
}

pub(crate) fn insert(tx: &mut dyn Tx, new: &UrgentRow) -> Result<()> {
    let args = [
        new.id.into(),
        new.channel.into(),
        new.message.into(),
        new.sender.into(),
        new.kind.word().into(),
        (&new.reason).into(),
        (&new.wanted).into(),
        new.created_at.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

/// From now on it calls.
pub(crate) fn begin(
    tx: &mut dyn Tx,
    id: UrgentId,
    (now, confirmed_by): (Timestamp, Option<PersonId>),
    steps: &[Step],
) -> Result<()> {
    tx.exec(&BEGIN, &[id.into(), now.into(), confirmed_by.into()])?;
    for (n, step) in (0_i64..).zip(steps) {
        let wait_us = i64::try_from(step.wait.as_micros()).unwrap_or(i64::MAX);
        tx.exec(&ADD_STEP, &[id.into(), n.into(), wait_us.into()])?;
        for called in &step.people {
            let args = [
                id.into(),
                called.person.into(),
                n.into(),
                called.instead_of.into(),
                called.via.word().into(),
                called.not_before.into(),
            ];
            tx.exec(&ADD_CALLED, &args)?;
        }
    }
    Ok(())
}

pub(crate) fn end(
    tx: &mut dyn Tx,
    id: UrgentId,
    state: UrgentState,
    (by, now): (Option<PersonId>, Timestamp),
) -> Result<()> {
    tx.exec(&END, &[id.into(), state.word().into(), now.into(), by.into()])
        .map(drop)
}

/// Nothing of what it said is left.
pub(crate) fn forget_words(tx: &mut dyn Tx, id: UrgentId) -> Result<()> {
    tx.exec(&FORGET_WORDS, &[id.into()]).map(drop)
}

pub(crate) fn forget_words_of(tx: &mut dyn Tx, sender: PersonId) -> Result<()> {
    tx.exec(&FORGET_WORDS_OF, &[sender.into()]).map(drop)
}

pub(crate) fn list_steps(tx: &mut dyn Tx, id: UrgentId) -> Result<Vec<Step>> {
    let mut steps: Vec<Step> = tx.list(&STEPS, &[id.into()], |row| {
        let wait_us: i64 = row.get(0)?;
        Ok(Step {
            people: Vec::new(),
            wait: Duration::from_micros(u64::try_from(wait_us).unwrap_or(0)),
        })
    })?;
    tx.each(&CALLED, &[id.into()], &mut |row: &dyn Row| {
        let n: i64 = row.get(0)?;
        let called = Called {
            person: row.get(1)?,
            instead_of: row.get_optional(2)?,
            via: word(row, 3, UrgentVia::parse)?,
            not_before: row.get_optional(4)?,
            told_at: row.get_optional(5)?,
            wakes: false,
        };
        let step = usize::try_from(n).ok().and_then(|n| steps.get_mut(n));
        step.ok_or(Error::Column(0))?.people.push(called);
        Ok(())
    })?;
    Ok(steps)
}

pub(crate) fn set_not_before(tx: &mut dyn Tx, id: UrgentId, person: PersonId, at: Timestamp) -> Result<()> {
    tx.exec(&SET_NOT_BEFORE, &[id.into(), person.into(), at.into()])
        .map(drop)
}

pub(crate) fn set_told(tx: &mut dyn Tx, id: UrgentId, person: PersonId, now: Timestamp) -> Result<()> {
    tx.exec(&SET_TOLD, &[id.into(), person.into(), now.into()])
        .map(drop)
}

pub(crate) fn list_pages(tx: &mut dyn Tx, id: UrgentId) -> Result<Vec<Page>> {
    tx.list(&PAGES, &[id.into()], |row| {
        Ok(Page {
            person: row.get(0)?,
            nth: u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX),
            at: row.get(2)?,
        })
    })
}

/// Somebody is called. A second time for one turn is an error of the database, and undoes what led to it.
pub(crate) fn add_page(tx: &mut dyn Tx, id: UrgentId, page: &Page) -> Result<()> {
    let nth = i64::from(page.nth);
    tx.exec(
        &ADD_PAGE,
        &[id.into(), page.person.into(), nth.into(), page.at.into()],
    )
    .map(drop)
}

pub(crate) type ReactionRow = (PersonId, UrgentReaction, Timestamp);

/// In the order in which they came.
pub(crate) fn list_reactions(tx: &mut dyn Tx, id: UrgentId) -> Result<Vec<ReactionRow>> {
    tx.list(&REACTIONS, &[id.into()], |row: &dyn Row| {
        Ok((row.get(0)?, word(row, 1, UrgentReaction::parse)?, row.get(2)?))
    })
}

/// Whether it is new.
pub(crate) fn react(
    tx: &mut dyn Tx,
    id: UrgentId,
    (person, reaction): (PersonId, UrgentReaction),
    now: Timestamp,
) -> Result<bool> {
    let args = [id.into(), person.into(), reaction.word().into(), now.into()];
    Ok(tx.exec(&REACT, &args)? == 1)
}

/// What has happened, as the rules want it.
pub(crate) fn trail(pages: Vec<Page>, reactions: &[ReactionRow]) -> Trail {
    let reactions = reactions.iter().map(|&(person, reaction, at)| {
        let reaction = match reaction {
            UrgentReaction::Take => Reaction::Take,
            UrgentReaction::NotMe | UrgentReaction::Left => Reaction::NotMe,
        };
        (person, reaction, at)
    });
    Trail {
        pages,
        reactions: reactions.collect(),
        ended_at: None,
    }
}

/// Whether it is new.
pub(crate) fn doubt(tx: &mut dyn Tx, row: &UrgentRow, person: PersonId, now: Timestamp) -> Result<bool> {
    let args = [row.id.into(), person.into(), row.sender.into(), now.into()];
    Ok(tx.exec(&DOUBT, &args)? == 1)
}

pub(crate) fn has_doubted(tx: &mut dyn Tx, id: UrgentId, person: PersonId) -> Result<bool> {
    let at: Option<Timestamp> = tx.find(&HAS_DOUBTED, &[id.into(), person.into()], |row| row.get(0))?;
    Ok(at.is_some())
}

pub(crate) fn count_doubts(tx: &mut dyn Tx, id: UrgentId) -> Result<i64> {
    tx.one(&COUNT_DOUBTS, &[id.into()], |row| row.get(0))
}

pub(crate) fn count_doubts_of(tx: &mut dyn Tx, sender: PersonId, since: Timestamp) -> Result<i64> {
    tx.one(&COUNT_DOUBTS_OF, &[sender.into(), since.into()], |row| row.get(0))
}

pub(crate) fn count_sent(tx: &mut dyn Tx, sender: PersonId, since: Timestamp) -> Result<i64> {
    tx.one(&COUNT_SENT, &[sender.into(), since.into()], |row| row.get(0))
}

pub(crate) fn count_unconfirmed(tx: &mut dyn Tx, sender: PersonId) -> Result<i64> {
    tx.one(&COUNT_UNCONFIRMED, &[sender.into()], |row| row.get(0))
}

/// What calls somebody who has not reacted, newest first.
pub(crate) fn list_calling(
    tx: &mut dyn Tx,
    person: PersonId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<UrgentId>> {
    let args = [person.into(), since.into(), limit.into()];
    tx.list(&CALLING_ME, &args, |row| row.get(0))
}

pub(crate) fn list_open_in(tx: &mut dyn Tx, channel: ChannelId) -> Result<Vec<UrgentId>> {
    tx.list(&OPEN_IN, &[channel.into()], |row| row.get(0))
}

pub(crate) fn list_open_with(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<UrgentId>> {
    tx.list(&OPEN_WITH, &[person.into()], |row| row.get(0))
}

pub(crate) fn list_open_by(tx: &mut dyn Tx, sender: PersonId) -> Result<Vec<UrgentId>> {
    tx.list(&OPEN_BY, &[sender.into()], |row| row.get(0))
}

/// What called somebody in a channel and can be answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answerable {
    pub id: UrgentId,
    pub message: MessageId,
    pub topic: Option<TopicId>,
}

pub(crate) fn list_answerable(
    tx: &mut dyn Tx,
    (channel, person): (ChannelId, PersonId),
    since: Timestamp,
) -> Result<Vec<Answerable>> {
    tx.list(
        &ANSWERABLE,
        &[channel.into(), person.into(), since.into()],
        |row| {
            Ok(Answerable {
                id: row.get(0)?,
                message: row.get(1)?,
                topic: row.get_optional(2)?,
            })
        },
    )
}

/// What counts no more, and has no message.
pub(crate) fn list_gone(tx: &mut dyn Tx, before: Timestamp, limit: i64) -> Result<Vec<UrgentId>> {
    tx.list(&GONE, &[before.into(), limit.into()], |row| row.get(0))
}

/// What should be over since long ago.
pub(crate) fn list_stale(tx: &mut dyn Tx, before: Timestamp, limit: i64) -> Result<Vec<UrgentId>> {
    tx.list(&STALE, &[before.into(), limit.into()], |row| row.get(0))
}

/// Nothing of it is left.
pub(crate) fn drop_urgent(tx: &mut dyn Tx, id: UrgentId) -> Result<()> {
    for statement in [
        &DROP_DOUBTS,
        &DROP_REACTIONS,
        &DROP_PAGES,
        &DROP_CALLED,
        &DROP_STEPS,
        &DROP,
    ] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}

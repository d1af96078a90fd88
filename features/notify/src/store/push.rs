//! Devices that can be reached while the app is closed, and what is on its way to them.

use crate::model::{Called, Cause};
use base::{ChannelId, MessageId, PersonId, SessionId, Timestamp};
use platform::db::{Result, Row, Tx};
use uuid::Uuid;

platform::sql! {
    KEY = "select sealed from push_key where the_only_one = 1";
    PUT_KEY = "insert into push_key (the_only_one, public_key, sealed, created_at) values (1, $1, $2, $3) \
        on conflict (the_only_one) do nothing";
    SUBSCRIBE = "insert into push_device (session_id, person_id, endpoint, p256dh, auth, created_at) values ($1, $2, $3, $4, $5, $6) \
        on conflict (session_id) do update \
        set endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, failing_since = null";
    DEVICES = "select d.session_id, s.device, d.created_at, d.told_at, d.failing_since from push_device d \
        join session s on s.id = d.session_id \
        where d.person_id = $1 \
        order by d.created_at, d.session_id";
    UNSUBSCRIBE = "delete from push_device where person_id = $1 and session_id = $2";
    TARGET = "select endpoint, p256dh, auth, failing_since from push_device where session_id = $1 and person_id = $2";
    TEST = "update push_device set tested_at = $3 \
        where session_id = $1 and person_id = $2 and (tested_at is null or tested_at <= $4 or tested_at > $3)";
    /// The device in use first, then the one that was used last.
    REACHABLE = "select d.session_id from push_device d \
        left join notice_device n on n.session_id = d.session_id \
        where d.person_id = $1 \
        order by coalesce(n.used_at, d.created_at) desc, d.session_id desc \
        limit 1";
    ASK = "insert into push (id, session_id, person_id, release_id, due_at, useless_at, leased_until, n_attempts, state) \
        values ($1, $2, $3, $4, $5, $6, 0, 0, 'waiting')";
    N_DUE = "select count(*) from push where (state = 'waiting' and due_at <= $1) or (state = 'handed' and leased_until <= $1)";
    DROP_UNSURE = "delete from push where (state = 'handed' and leased_until <= $1) or (state = 'waiting' and useless_at <= $1)";
    HAND_DUE = {
        sqlite: "update push set state = 'handed', leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from push where state = 'waiting' and due_at <= $1 order by due_at limit $3) \
            returning id, session_id, person_id, release_id, useless_at, n_attempts",
        postgres: "update push set state = 'handed', leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from push where state = 'waiting' and due_at <= $1 order by due_at limit $3 \
                for update skip locked) \
            returning id, session_id, person_id, release_id, useless_at, n_attempts"
    };
    DONE = "delete from push where id = $1";
    AGAIN = "update push set state = 'waiting', due_at = $2, leased_until = 0 where id = $1";
    /// Nothing was tried.
    NOT_YET = "update push set state = 'waiting', due_at = $2, leased_until = 0, n_attempts = n_attempts - 1 where id = $1";
    TOLD = "update push_device set told_at = $2, failing_since = null where session_id = $1";
    FAILS = "update push_device set failing_since = coalesce(failing_since, $2) where session_id = $1";
    GONE = "delete from push_device where session_id = $1 and endpoint = $2";
    UNSEEN = "select n.message_id, n.channel_id, n.cause, n.due_at, n.urgent, a.id, m.text, c.kind, c.name, n.consented, \
            case when a.bot_of is null then 0 else 1 end \
        from notice n \
        join message m on m.id = n.message_id \
        join channel c on c.id = n.channel_id \
        join person a on a.id = coalesce(n.by_id, m.author_id) \
        where n.person_id = $1 and n.release_id = $2 and n.seen_at is null and n.state = 'released' and m.deleted_at is null \
        order by 1 - n.urgent, case when n.due_at is null then 1 else 0 end, n.due_at, n.at, n.message_id \
        limit $3";
    HIDES_TEXTS = "select hides_texts from notice_choice where person_id = $1";
    CHOOSE = "insert into notice_choice (person_id, hides_texts) values ($1, $2) \
        on conflict (person_id) do update set hides_texts = excluded.hides_texts";
    FORGET_PUSHES = "delete from push where person_id = $1";
    FORGET_DEVICES = "delete from push_device where person_id = $1";
    FORGET_CHOICE = "delete from notice_choice where person_id = $1";
}

pub(crate) fn find_key(tx: &mut dyn Tx) -> Result<Option<String>> {
    tx.find(&KEY, &[], |row| row.get(0))
}

/// Keeps the key pair, unless another process has made one meanwhile.
pub(crate) fn put_key(tx: &mut dyn Tx, public: &str, sealed: &str, now: Timestamp) -> Result<()> {
    tx.exec(&PUT_KEY, &[public.into(), sealed.into(), now.into()])
        .map(drop)
}

/// Where a browser can be reached, as it said.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub endpoint: String,
    /// base64url, as the browser writes them; checked.
    pub p256dh: String,
    pub auth: String,
    pub failing_since: Option<Timestamp>,
}

pub(crate) fn subscribe(
    tx: &mut dyn Tx,
    (session, person): (SessionId, PersonId),
    target: &Target,
    now: Timestamp,
) -> Result<()> {
    let args = [
        session.into(),
        person.into(),
        (&target.endpoint).into(),
        (&target.p256dh).into(),
        (&target.auth).into(),
        now.into(),
    ];
    tx.exec(&SUBSCRIBE, &args).map(drop)
}

/// A device of somebody's list.
#[derive(Debug, Clone)]
pub(crate) struct DeviceRow {
    pub session: SessionId,
    pub device: String,
    pub created_at: Timestamp,
    pub told_at: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
}

pub(crate) fn list(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<DeviceRow>> {
    tx.list(&DEVICES, &[person.into()], |row| {
        Ok(DeviceRow {
            session: row.get(0)?,
            device: row.get(1)?,
            created_at: row.get(2)?,
            told_at: row.get_optional(3)?,
            failing_since: row.get_optional(4)?,
        })
    })
}

/// False: it was not on the list.
pub(crate) fn unsubscribe(tx: &mut dyn Tx, person: PersonId, session: SessionId) -> Result<bool> {
    Ok(tx.exec(&UNSUBSCRIBE, &[person.into(), session.into()])? == 1)
}

pub(crate) fn find(tx: &mut dyn Tx, session: SessionId, person: PersonId) -> Result<Option<Target>> {
    tx.find(&TARGET, &[session.into(), person.into()], |row| {
        Ok(Target {
            endpoint: row.get(0)?,
            p256dh: row.get(1)?,
            auth: row.get(2)?,
            failing_since: row.get_optional(3)?,
        })
    })
}

/// Notes a test. False: the last one was after `before`.
pub(crate) fn take_test(
    tx: &mut dyn Tx,
    session: SessionId,
    person: PersonId,
    (now, before): (Timestamp, Timestamp),
) -> Result<bool> {
    let args = [session.into(), person.into(), now.into(), before.into()];
    Ok(tx.exec(&TEST, &args)? == 1)
}

/// The device on which somebody is told while the app is closed.
pub(crate) fn find_reachable(tx: &mut dyn Tx, person: PersonId) -> Result<Option<SessionId>> {
    tx.find(&REACHABLE, &[person.into()], |row| row.get(0))
}

/// Asks for a push, in the transaction of its telling.
pub(crate) fn ask(
    tx: &mut dyn Tx,
    (session, person): (SessionId, PersonId),
    release: Uuid,
    (due, useless): (Timestamp, Timestamp),
) -> Result<()> {
    let args = [
        Uuid::now_v7().into(),
        session.into(),
        person.into(),
        release.into(),
        due.into(),
        useless.into(),
    ];
    tx.exec(&ASK, &args).map(drop)
}

pub(crate) fn n_due(tx: &mut dyn Tx, now: Timestamp) -> Result<i64> {
    tx.one(&N_DUE, &[now.into()], |row| row.get(0))
}

/// A push on its way.
#[derive(Debug, Clone)]
pub(crate) struct Handed {
    pub id: Uuid,
    pub session: SessionId,
    pub person: PersonId,
    pub release: Uuid,
    pub useless_at: Timestamp,
    pub n_attempts: i64,
}

/// Takes what is due: from here on its text may be out. What another process took and never settled is given up.
pub(crate) fn hand_due(tx: &mut dyn Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Handed>> {
    tx.exec(&DROP_UNSURE, &[now.into()])?;
    tx.list(
        &HAND_DUE,
        &[now.into(), until.into(), limit.into()],
        |row: &dyn Row| {
            Ok(Handed {
                id: row.get(0)?,
                session: row.get(1)?,
                person: row.get(2)?,
                release: row.get(3)?,
                useless_at: row.get(4)?,
                n_attempts: row.get(5)?,
            })
        },
    )
}

pub(crate) fn done(tx: &mut dyn Tx, id: Uuid) -> Result<()> {
    tx.exec(&DONE, &[id.into()]).map(drop)
}

pub(crate) fn again(tx: &mut dyn Tx, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(&AGAIN, &[id.into(), at.into()]).map(drop)
}

pub(crate) fn not_yet(tx: &mut dyn Tx, id: Uuid, at: Timestamp) -> Result<()> {
    tx.exec(&NOT_YET, &[id.into(), at.into()]).map(drop)
}

pub(crate) fn told(tx: &mut dyn Tx, session: SessionId, now: Timestamp) -> Result<()> {
    tx.exec(&TOLD, &[session.into(), now.into()]).map(drop)
}

pub(crate) fn fails(tx: &mut dyn Tx, session: SessionId, now: Timestamp) -> Result<()> {
    tx.exec(&FAILS, &[session.into(), now.into()]).map(drop)
}

/// The service says that nobody is there any more. Whoever has subscribed anew meanwhile stays.
pub(crate) fn gone(tx: &mut dyn Tx, session: SessionId, endpoint: &str) -> Result<()> {
    tx.exec(&GONE, &[session.into(), endpoint.into()]).map(drop)
}

/// What a push will show.
#[derive(Debug, Clone)]
pub(crate) struct Unseen {
    pub message: MessageId,
    pub channel: ChannelId,
    pub cause: Cause,
    pub due: Option<Timestamp>,
    pub urgent: bool,
    pub author: PersonId,
    pub text: String,
    pub is_direct: bool,
    pub place: String,
    pub consented: bool,
    pub is_bot: bool,
}

impl Unseen {
    pub fn called(&self) -> Called {
        Called {
            cause: self.cause,
            sender: (!self.is_bot).then_some(self.author),
            due: self.due,
            urgent: self.urgent,
            consented: self.consented,
            muted: false,
        }
    }
}

/// What was told together and is not seen yet, in the order of telling.
pub(crate) fn list_unseen(
    tx: &mut dyn Tx,
    person: PersonId,
    release: Uuid,
    limit: i64,
) -> Result<Vec<Unseen>> {
    tx.list(&UNSEEN, &[person.into(), release.into(), limit.into()], unseen)
}

pub(super) fn unseen(row: &dyn Row) -> Result<Unseen> {
    Ok(Unseen {
        message: row.get(0)?,
        channel: row.get(1)?,
        cause: row.text(2)?.and_then(Cause::parse).unwrap_or(Cause::Reply),
        due: row.get_optional(3)?,
        urgent: row.get(4)?,
        author: row.get(5)?,
        text: row.get(6)?,
        is_direct: row.text(7)? == Some("direct"),
        place: row.get(8)?,
        consented: row.get(9)?,
        is_bot: row.get(10)?,
    })
}

pub(crate) fn hides_texts(tx: &mut dyn Tx, person: PersonId) -> Result<bool> {
    Ok(tx
        .find(&HIDES_TEXTS, &[person.into()], |row| row.get(0))?
        .unwrap_or(false))
}

pub(crate) fn choose(tx: &mut dyn Tx, person: PersonId, hides_texts: bool) -> Result<()> {
    tx.exec(&CHOOSE, &[person.into(), hides_texts.into()]).map(drop)
}

/// Nothing of a person is left.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    for statement in [&FORGET_PUSHES, &FORGET_DEVICES, &FORGET_CHOICE] {
        tx.exec(statement, &[person.into()])?;
    }
    Ok(())
}

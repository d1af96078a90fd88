//! Gives pushes to the services of browsers.

use super::{
    encrypt::{PLAIN_MAX_BYTES, encrypt},
    message::{MESSAGES_MAX, meeting_message, message_of, test_message},
    subscriber,
    vapid::Vapid,
};
use crate::{
    meetings::tellable_at,
    model::Error,
    store::{
        meetings,
        push::{self, Handed, Target, Unseen},
    },
    unseen,
};
use accounts::Person;
use base::{MeetingId, PersonId, ScopeId, SessionId, Timestamp};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER},
};
use platform::{
    app::App,
    db::{self, Tx},
    journal::ACCESS_SCOPE,
    outbound::{Ask, Refusal, header},
};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// How long a push may be on its way before another process looks after it: an attempt lasts 5 s at most.
const LEASE: Duration = Duration::from_secs(60);
/// Pushes taken at once.
const TAKE: i64 = 64;
/// Requests at the same time, per process.
const CONCURRENT_MAX: usize = 16;
/// Pauses between the attempts of a push, or longer ones where the service asks for it; the last one repeats.
const PAUSES_S: [u64; 5] = [10, 60, 600, 3_600, 3 * 3_600];
/// No service keeps a push for longer; longer than a shift is of no use.
const TTL_MAX: Duration = Duration::from_secs(12 * 3_600);
/// A device that is reached over a bad line just now may still get it.
const TTL_MIN: Duration = Duration::from_secs(60);
/// A service that asks for a longer pause is not asked again for this push.
const PAUSE_MAX: Duration = Duration::from_secs(6 * 3_600);
/// A device whose service fails for so long is forgotten.
const FAILING_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// Bytes of an answer that are read: only its status says something.
const ANSWER_MAX_BYTES: usize = 1_024;

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The service has it.
    Taken,
    /// Nobody is there any more.
    Gone,
    /// Nobody said whether it was taken: it is not sent again.
    Unsure,
    /// Later, perhaps; not before this long, if the service said so.
    Later(Option<Duration>),
    /// This one never.
    Refused,
}

fn lane() -> ScopeId {
    ACCESS_SCOPE
}

/// The key pair of this server, made at the first need.
async fn vapid(app: &App) -> Result<Vapid, Error> {
    let seal = app.seal.clone();
    if let Some(sealed) = app.db.read(push::find_key).await? {
        return Vapid::open(&seal, &sealed);
    }
    let (made, sealed) = Vapid::make(&seal)?;
    let (public, now) = (made.public(), app.clock.now());
    let kept = app.db.write(lane(), move |tx: &mut dyn Tx| {
        push::put_key(tx, &public, &sealed, now)?;
        push::find_key(tx)
    });
    match kept.await? {
        Some(sealed) => Vapid::open(&seal, &sealed),
        None => Err(Error::Broken("the key for push was not kept")),
    }
}

/// What browsers subscribe with.
pub(crate) async fn public_key(app: &App) -> Result<String, Error> {
    Ok(vapid(app).await?.public())
}

/// Sends a push to a device at once, while somebody waits.
pub(crate) async fn test(app: &App, session: SessionId, person: PersonId) -> Result<Option<Outcome>, Error> {
    let read = move |tx: &mut dyn Tx| {
        let target = push::find(tx, session, person)?;
        Ok::<_, db::Error>(target.zip(accounts::find_person(tx, person)?))
    };
    let Some((target, to)) = app.db.read(read).await? else {
        return Ok(None);
    };
    let vapid = vapid(app).await?;
    let text = test_message(&to).to_string();
    let parcel = Parcel {
        text,
        urgent: false,
        ttl: TTL_MIN,
        release: None,
    };
    let outcome = deliver(app, &vapid, &target, &parcel).await?;
    settle_device(app, session, &target, outcome).await?;
    Ok(Some(outcome))
}

/// Gives every push whose time has come one attempt, at most a hand full, and says how many; tests call it in place of
/// waiting.
pub(crate) async fn send_due(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    if app.db.read(move |tx| push::n_due(tx, now)).await? == 0 {
        return Ok(0);
    }
    let vapid = vapid(app).await?;
    let take = move |tx: &mut dyn Tx| push::hand_due(tx, now, now.after(LEASE), TAKE);
    let handed = app.db.write(lane(), take).await?;
    let n_handed = handed.len();
    let vapid = &vapid;
    stream::iter(handed)
        .for_each_concurrent(CONCURRENT_MAX, |one| async move {
            let id = one.id;
            if let Err(error) = send(app, vapid, one).await {
                tracing::warn!(push.id = %id, error = %error, "could not push");
            }
        })
        .await;
    Ok(n_handed)
}

/// What goes out.
struct Parcel {
    text: String,
    urgent: bool,
    /// How long the service may keep it for a device that is not there.
    ttl: Duration,
    release: Option<Uuid>,
}

enum Ready {
    Go(Target, Parcel),
    /// Its person is at rest, or thinks.
    NotBefore(Timestamp),
    /// It was read meanwhile, or may not be read any more, or the device is gone.
    Nothing,
}

async fn send(app: &App, vapid: &Vapid, handed: Handed) -> Result<(), Error> {
    let (asked, now) = (handed.clone(), app.clock.now());
    let ready = app
        .db
        .read(move |tx: &mut dyn Tx| prepare(tx, &asked, now))
        .await?;
    let id = handed.id;
    let (target, parcel) = match ready {
        Ready::Go(target, parcel) => (target, parcel),
        Ready::NotBefore(at) if at < handed.useless_at => {
            let wait = move |tx: &mut dyn Tx| push::not_yet(tx, id, at);
            return Ok(app.db.write(lane(), wait).await?);
        }
        Ready::NotBefore(_) | Ready::Nothing => {
            return Ok(app
                .db
                .write(lane(), move |tx: &mut dyn Tx| push::done(tx, id))
                .await?);
        }
    };
    let outcome = deliver(app, vapid, &target, &parcel).await?;
    let now = app.clock.now();
    let again = match outcome {
        Outcome::Later(asked) => next_attempt(&handed, asked, now),
        _ => None,
    };
    let settle = move |tx: &mut dyn Tx| match again {
        Some(at) => push::again(tx, id, at),
        None => push::done(tx, id),
    };
    app.db.write(lane(), settle).await?;
    Ok(settle_device(app, handed.session, &target, outcome).await?)
}

fn next_attempt(handed: &Handed, asked: Option<Duration>, now: Timestamp) -> Option<Timestamp> {
    let idx = usize::try_from(handed.n_attempts - 1).unwrap_or_default();
    let usual = PAUSES_S[idx.min(PAUSES_S.len() - 1)];
    let pause = Duration::from_secs(usual).max(asked.unwrap_or_default());
    let at = now.after(pause);
    (pause <= PAUSE_MAX && at < handed.useless_at).then_some(at)
}

fn prepare(tx: &mut dyn Tx, handed: &Handed, now: Timestamp) -> db::Result<Ready> {
    let person = handed.person;
    let Some(target) = push::find(tx, handed.session, person)? else {
        return Ok(Ready::Nothing);
    };
    let Some(to) = accounts::find_person(tx, person)?.filter(|to| !to.deactivated) else {
        return Ok(Ready::Nothing);
    };
    if let Some(soon) = meetings::find(tx, handed.release, person)? {
        return prepare_meeting(tx, (handed, soon), target, &to, now);
    }
    let mut unseen = push::list_unseen(tx, person, handed.release, MESSAGES_MAX)?;
    unseen::keep_readable(tx, person, &mut unseen)?;
    let hours = hours::list_hours(tx, std::slice::from_ref(&to))?;
    let Some((hours, _)) = hours.get(&person) else {
        return Ok(Ready::Nothing);
    };
    let soonest = unseen::keep_tellable(&mut unseen, hours, now);
    if let (true, Some(at)) = (unseen.is_empty(), soonest) {
        return Ok(Ready::NotBefore(at));
    }
    let ttl = |one: &Unseen| one.called().tellable_for(hours, now, TTL_MAX);
    let ttl = unseen.iter().map(ttl).min().unwrap_or_default();
    let names = unseen::names_of(tx, &unseen)?;
    let name_of = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let hides_texts = push::hides_texts(tx, person)?;
    let Some(message) = message_of(&to, handed.release, &unseen, hides_texts, &name_of) else {
        return Ok(Ready::Nothing);
    };
    let parcel = Parcel {
        text: fitting(message),
        urgent: unseen.iter().any(|one| one.urgent),
        ttl: ttl.max(TTL_MIN),
        release: Some(handed.release),
    };
    Ok(Ready::Go(target, parcel))
}

/// A meeting that is near, as it is now.
fn prepare_meeting(
    tx: &mut dyn Tx,
    (handed, soon): (&Handed, (MeetingId, Timestamp)),
    target: Target,
    to: &Person,
    now: Timestamp,
) -> db::Result<Ready> {
    let found = calendar::find_soon(tx, to.id, soon)?;
    let Some(meeting) = found.filter(|meeting| meeting.starts_at > now) else {
        return Ok(Ready::Nothing);
    };
    let hours = hours::list_hours(tx, std::slice::from_ref(to))?;
    let at = hours
        .get(&to.id)
        .and_then(|(hours, _)| tellable_at(&meeting, hours, now));
    match at {
        Some(at) if at <= now => {}
        Some(at) => return Ok(Ready::NotBefore(at)),
        None => return Ok(Ready::Nothing),
    }
    let hides_texts = push::hides_texts(tx, to.id)?;
    let left = u64::try_from(meeting.starts_at.0 - now.0).unwrap_or_default();
    Ok(Ready::Go(
        target,
        Parcel {
            text: fitting(meeting_message(to, handed.release, &meeting, hides_texts)),
            urgent: false,
            ttl: Duration::from_micros(left).min(TTL_MAX),
            release: Some(handed.release),
        },
    ))
}

/// A text of many wide characters may be too long for a push: then it goes without.
fn fitting(mut message: Value) -> String {
    let text = message.to_string();
    if text.len() <= PLAIN_MAX_BYTES {
        return text;
    }
    message["body"] = Value::from("");
    message.to_string()
}

async fn deliver(app: &App, vapid: &Vapid, target: &Target, parcel: &Parcel) -> Result<Outcome, Error> {
    let sealed = subscriber(target).and_then(|to| encrypt(&to, parcel.text.as_bytes()));
    let Some(sealed) = sealed else {
        return Ok(Outcome::Gone);
    };
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("aes128gcm"));
    header(&mut headers, "ttl", &parcel.ttl.as_secs().to_string());
    header(
        &mut headers,
        "urgency",
        if parcel.urgent { "high" } else { "normal" },
    );
    if let Some(release) = parcel.release {
        // At most 32 characters (RFC 8030, 5.4).
        header(&mut headers, "topic", &release.simple().to_string());
    }
    let word = vapid.authorization(&target.endpoint, &app.config.public_url, app.clock.now())?;
    header(&mut headers, "authorization", &word);
    let ask = Ask {
        max_bytes: ANSWER_MAX_BYTES,
        cut: true,
        ..Ask::post(&target.endpoint, headers, Bytes::from(sealed))
    };
    Ok(match app.outbound.ask(ask).await {
        Ok(reply) => {
            let wait = reply.headers.get(RETRY_AFTER).and_then(|wait| wait.to_str().ok());
            outcome_of(reply.status.as_u16(), wait.and_then(|wait| wait.parse().ok()))
        }
        Err(Refusal::Address | Refusal::Private) => Outcome::Refused,
        Err(Refusal::Connection) => Outcome::Later(None),
        Err(_) => Outcome::Unsure,
    })
}

fn outcome_of(status: u16, wait_s: Option<u64>) -> Outcome {
    match status {
        200..=299 => Outcome::Taken,
        404 | 410 => Outcome::Gone,
        429 | 500..=599 => Outcome::Later(wait_s.map(Duration::from_secs)),
        _ => Outcome::Refused,
    }
}

async fn settle_device(app: &App, session: SessionId, target: &Target, outcome: Outcome) -> db::Result<()> {
    let now = app.clock.now();
    let is_hopeless = target
        .failing_since
        .is_some_and(|since| since < now.before(FAILING_MAX));
    let endpoint = target.endpoint.clone();
    let settle = move |tx: &mut dyn Tx| match outcome {
        Outcome::Taken => push::told(tx, session, now),
        Outcome::Gone => push::gone(tx, session, &endpoint),
        _ if is_hopeless => push::gone(tx, session, &endpoint),
        Outcome::Unsure | Outcome::Later(_) | Outcome::Refused => push::fails(tx, session, now),
    };
    app.db.write(lane(), settle).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_answers_means_something() {
        for (status, expected) in [
            (201, Outcome::Taken),
            (202, Outcome::Taken),
            (404, Outcome::Gone),
            (410, Outcome::Gone),
            (400, Outcome::Refused),
            (413, Outcome::Refused),
            (429, Outcome::Later(Some(Duration::from_secs(7)))),
            (503, Outcome::Later(Some(Duration::from_secs(7)))),
        ] {
            assert_eq!(outcome_of(status, Some(7)), expected, "{status}");
        }
    }

    #[test]
    fn pauses_grow_and_end() {
        let handed = |n_attempts| Handed {
            id: Uuid::nil(),
            session: SessionId(Uuid::nil()),
            person: PersonId(Uuid::nil()),
            release: Uuid::nil(),
            useless_at: Timestamp(0).after(Duration::from_secs(8 * 3_600)),
            n_attempts,
        };
        let after = |n, asked: Option<u64>| {
            let at = next_attempt(&handed(n), asked.map(Duration::from_secs), Timestamp(0));
            at.map(|at| at.0 / 1_000_000)
        };
        assert_eq!(
            [1, 2, 3, 4, 5, 12].map(|n| after(n, None)),
            [
                Some(10),
                Some(60),
                Some(600),
                Some(3_600),
                Some(10_800),
                Some(10_800)
            ]
        );
        assert_eq!(after(1, Some(120)), Some(120), "as long as the service asks for");
        assert_eq!(after(1, Some(7 * 3_600)), None, "too long to wait for");
    }
}

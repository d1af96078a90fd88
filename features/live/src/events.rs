//! What happens to live sessions, as events.

use crate::wire::{LiveNoted, LiveSession};
use base::{BreakoutId, ChannelId, LiveId, PersonId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::{Deserialize, Serialize};
use spaces::ChannelAccess;
use ts_rs::TS;

/// Up to here an event names everybody. Beyond, a hand that goes up in a room of 300 would send 300 people to 300 readers.
const WHOLE_MAX: usize = 20;

/// `live.changed` on the log of a channel: how a session stands. It holds no text, so that nothing of it has to be
/// forgotten with the message.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveChanged {
    /// The session.
    pub session: LiveSession,
    /// Whom its `people` are.
    #[serde(default)]
    pub roster: LiveRoster,
}

/// Who is in an event about a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LiveRoster {
    /// Everybody.
    #[default]
    All,
    /// Only whoever has changed; the others are as they were.
    Changed,
    /// Nobody, and many have changed: ask for the session. When it has ended, all are gone and every hand is down.
    Ask,
}

/// Of whom a change is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Touched {
    /// Of the session itself.
    Nobody,
    /// Of one person, who has come, gone, or has another part or hand.
    One(PersonId),
    /// Of more than is worth naming.
    Many,
}

/// `live.rang` on the log of a person who can be reached: somebody went live in a direct conversation with them.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LiveRang {
    /// The session.
    pub live_id: LiveId,
    /// Where it takes place.
    pub channel_id: ChannelId,
    /// Who waits there.
    pub person_id: PersonId,
}

/// Says how a session stands.
pub(crate) fn live_changed(
    tx: &mut dyn Tx,
    (session, touched): (&LiveSession, Touched),
    actor: Option<PersonId>,
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.changed",
        actor,
        at,
    };
    let event = digest(session.clone(), touched);
    journal::append(tx, session.channel_id, happened, &event).map(|_| ())
}

/// What is told of a change, whatever the size of the session.
fn digest(mut session: LiveSession, touched: Touched) -> LiveChanged {
    let roster = match touched {
        _ if session.people.len() <= WHOLE_MAX => LiveRoster::All,
        Touched::Many => LiveRoster::Ask,
        Touched::Nobody | Touched::One(_) => LiveRoster::Changed,
    };
    if roster != LiveRoster::All {
        session
            .people
            .retain(|person| matches!(touched, Touched::One(id) if id == person.person_id));
    }
    LiveChanged { session, roster }
}

/// Says that something was written in a smaller room, or to all of them.
pub(crate) fn live_noted(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (live_id, breakout_id): (LiveId, Option<BreakoutId>),
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.noted",
        actor: Some(access.person()),
        at,
    };
    let event = LiveNoted { live_id, breakout_id };
    journal::append(tx, access.id(), happened, &event).map(|_| ())
}

/// Rings with somebody.
pub(crate) fn live_rang(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (live_id, person): (LiveId, PersonId),
    at: Timestamp,
) -> Result<()> {
    let happened = Happened {
        kind: "live.rang",
        actor: Some(access.person()),
        at,
    };
    let event = LiveRang {
        live_id,
        channel_id: access.id(),
        person_id: access.person(),
    };
    journal::append(tx, person, happened, &event).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{LiveLayout, LivePerson, LiveRole};
    use base::{ChannelId, MessageId};
    use uuid::Uuid;

    fn session_of(n_people: u128) -> LiveSession {
        let person = |n| LivePerson {
            person_id: PersonId(Uuid::from_u128(n)),
            role: LiveRole::Speaker,
            hand_at: None,
            is_in: true,
            breakout_id: None,
        };
        LiveSession {
            id: LiveId(Uuid::nil()),
            channel_id: ChannelId(Uuid::nil()),
            topic_id: None,
            backchannel_id: None,
            message_id: MessageId(Uuid::nil()),
            started_by: PersonId(Uuid::nil()),
            started_at: Timestamp(0),
            opened_at: None,
            usual_role: LiveRole::Speaker,
            tells_hosts: false,
            is_locked: false,
            layout: LiveLayout::Free,
            pinned_id: None,
            interpreters: Vec::new(),
            point: None,
            point_at: None,
            n_breakouts: 0,
            may_choose: false,
            breakouts_until: None,
            revision: 0,
            ended_at: None,
            outcome: None,
            decision: None,
            people: (0..n_people).map(person).collect(),
            n_in: 0,
            n_came: 0,
            person_minutes: 0,
        }
    }

    #[test]
    fn an_event_names_few_whatever_the_size_of_the_session() {
        let ada = PersonId(Uuid::from_u128(7));
        for (n_people, touched, roster, n_named) in [
            (20, Touched::Nobody, LiveRoster::All, 20),
            (20, Touched::Many, LiveRoster::All, 20),
            (300, Touched::One(ada), LiveRoster::Changed, 1),
            (300, Touched::Nobody, LiveRoster::Changed, 0),
            (300, Touched::Many, LiveRoster::Ask, 0),
        ] {
            let event = digest(session_of(n_people), touched);
            assert_eq!(
                (event.roster, event.session.people.len()),
                (roster, n_named),
                "{n_people} {touched:?}"
            );
            let size = serde_json::to_string(&event).expect("it is plain data").len();
            assert!(size < 5_000, "{n_people} {touched:?}: {size} bytes");
        }
    }
}

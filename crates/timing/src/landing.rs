//! Where a message lands: with whom at once, with whom when their work begins.
//!
//! Only for direct conversations is somebody asked; in a channel a post stands at once and interrupts nobody
//! ([`crate::delivery`]).

use crate::{hours::Hours, week::Zone};
use base::{PersonId, Timestamp};
use std::time::Duration;

/// A scheduled message that the server could not send in its time goes out within this, then it has failed.
pub const GRACE: Duration = Duration::from_secs(24 * 3_600);

/// Who of a conversation is reached when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Landing {
    pub now: Vec<PersonId>,
    /// Soonest first.
    pub later: Vec<(PersonId, Timestamp)>,
    /// Whose hours hold no moment; it waits in the app.
    pub never: Vec<PersonId>,
}

pub fn land<'h>(
    sender: PersonId,
    recipients: impl IntoIterator<Item = (PersonId, &'h Hours)>,
    now: Timestamp,
) -> Landing {
    let mut landing = Landing::default();
    for (person, hours) in recipients {
        match hours.reachable_from(now, Some(sender)) {
            Some(at) if at <= now => landing.now.push(person),
            Some(at) => landing.later.push((person, at)),
            None => landing.never.push(person),
        }
    }
    landing.later.sort_by_key(|&(person, at)| (at, person));
    landing
}

/// What the button of the composer does, and what stands behind its caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Send,
    /// It is delivered when the work of the last of them begins; until then it can be taken back.
    DeliverAt(Timestamp),
    /// It stands there at once and interrupts nobody.
    DeliverSilently,
    Urgent,
}

/// What a workspace has made the first choice outside of somebody's hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideHours {
    Deliver,
    Silent,
}

impl Landing {
    /// The first is the main button. With anybody there it is sent, and the others get it later.
    pub fn choices(&self, outside: OutsideHours) -> Vec<Choice> {
        let first = self.later.first().map(|&(_, at)| at);
        match first {
            _ if !self.now.is_empty() => vec![Choice::Send, Choice::DeliverSilently],
            None => vec![Choice::DeliverSilently, Choice::Urgent],
            Some(at) => match outside {
                OutsideHours::Deliver => vec![Choice::DeliverAt(at), Choice::DeliverSilently, Choice::Urgent],
                OutsideHours::Silent => vec![Choice::DeliverSilently, Choice::DeliverAt(at), Choice::Urgent],
            },
        }
    }
}

/// Whether the sender is asked again about this recipient: at most once a day, on their own calendar.
pub fn may_ask(last_asked: Option<Timestamp>, zone: &Zone, now: Timestamp) -> bool {
    last_asked.is_none_or(|last| zone.day(last) != zone.day(now))
}

/// What becomes of a scheduled message when its time has come, or has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduled {
    Wait(Timestamp),
    Send,
    Failed(Failure),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Its author may no longer write there.
    AuthorGone,
    /// The server was away for more than a day after its time.
    TooLate,
}

/// What may not be sent is said at its time, not before: until then the author may come back.
pub fn scheduled(due: Timestamp, author_may_post: bool, now: Timestamp) -> Scheduled {
    if now < due {
        return Scheduled::Wait(due);
    }
    if !author_may_post {
        return Scheduled::Failed(Failure::AuthorGone);
    }
    if now > due.after(GRACE) {
        return Scheduled::Failed(Failure::TooLate);
    }
    Scheduled::Send
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{any, at, hours, office, zone},
        week::Week,
    };
    use proptest::prelude::*;

    fn moment(text: &str) -> Timestamp {
        at(&format!("2026-11-{text}[Europe/London]"))
    }

    #[test]
    fn whoever_sleeps_gets_it_when_their_work_begins() {
        let [ann, bob, cem] = std::array::from_fn(|_| PersonId::random());
        let (london, tokyo) = (office("Europe/London"), office("Asia/Tokyo"));
        let nobody = Hours::new(zone("Asia/Tokyo"), Week::default());
        let night = moment("20T23:30");
        let one = land(ann, [(bob, &london)], night);
        assert_eq!(one.later, [(bob, moment("23T09:00"))]);
        let deliver = Choice::DeliverAt(moment("23T09:00"));
        assert_eq!(
            one.choices(OutsideHours::Deliver),
            [deliver, Choice::DeliverSilently, Choice::Urgent]
        );
        assert_eq!(
            one.choices(OutsideHours::Silent),
            [Choice::DeliverSilently, deliver, Choice::Urgent]
        );
        let group = land(ann, [(bob, &london), (cem, &tokyo)], moment("24T10:00"));
        assert_eq!(group.now, [bob]);
        assert_eq!(group.later, [(cem, moment("25T00:00"))]);
        assert_eq!(
            group.choices(OutsideHours::Silent),
            [Choice::Send, Choice::DeliverSilently]
        );
        let never = land(ann, [(cem, &nobody)], night);
        assert_eq!(never.never, [cem]);
        assert_eq!(
            never.choices(OutsideHours::Deliver),
            [Choice::DeliverSilently, Choice::Urgent]
        );
    }

    #[test]
    fn it_is_asked_once_a_day() {
        let london = zone("Europe/London");
        assert!(may_ask(None, &london, moment("20T23:30")));
        assert!(!may_ask(Some(moment("20T23:00")), &london, moment("20T23:30")));
        assert!(may_ask(Some(moment("20T23:30")), &london, moment("21T00:10")));
    }

    #[test]
    fn scheduled_messages_go_out_within_a_day_or_fail_in_the_open() {
        let due = moment("20T09:00");
        assert_eq!(scheduled(due, false, moment("20T08:59")), Scheduled::Wait(due));
        assert_eq!(scheduled(due, true, due), Scheduled::Send);
        assert_eq!(scheduled(due, true, due.after(hours(24))), Scheduled::Send);
        assert_eq!(
            scheduled(due, true, due.after(hours(25))),
            Scheduled::Failed(Failure::TooLate)
        );
        assert_eq!(scheduled(due, false, due), Scheduled::Failed(Failure::AuthorGone));
    }

    proptest! {
        #[test]
        fn what_lands_later_lands_in_nobody_s_quiet(person in any::hours(), now in any::moment()) {
            let [ann, bob] = std::array::from_fn(|_| PersonId::random());
            let landing = land(ann, [(bob, &person)], now);
            prop_assert_eq!(landing.now.len() + landing.later.len() + landing.never.len(), 1);
            for (_, at) in landing.later {
                prop_assert!(at > now && !person.is_quiet(at) && person.focus_end(at, Some(ann)).is_none());
            }
        }
    }
}

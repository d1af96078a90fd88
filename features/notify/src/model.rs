//! Rules of telling. Pure.

use base::{PersonId, Timestamp};
use messages::Reason;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use timing::{
    delivery::{self, Decision, Profile, decide},
    hours::Hours,
};
use ts_rs::TS;

/// After being said something waits so long before anybody is called: whoever has it in view reads it, and is not.
pub(crate) const IN_VIEW: Duration = Duration::from_secs(2);
/// Notices that one release tells; more wait for the next second.
pub(crate) const RELEASED_MAX: i64 = 1_000;
/// Notices that are named one by one in an event or an answer; the others are a number.
pub(crate) const NAMED_MAX: usize = 20;
/// People who are decided on in one transaction.
pub(crate) const CALLED_AT_ONCE: i64 = 500;
/// Messages whose waiting is shown to their sender at once.
pub(crate) const HELD_MESSAGES_MAX: i64 = 50;
/// How long "later today" is.
pub(crate) const PUT_OFF: Duration = Duration::from_secs(2 * 3_600);
/// Between two presses of the test button.
pub(crate) const TEST_EVERY: Duration = Duration::from_secs(10);
/// Steps in which the end of a time in which somebody may be told is looked for.
const LOOK_AHEAD: Duration = Duration::from_secs(15 * 60);
/// How long a notice is remembered.
pub(crate) const KEPT: Duration = Duration::from_secs(35 * 24 * 3_600);

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// Absent.
    #[error("there is no such thing")]
    NotFound,
    /// Once more after this long.
    #[error("it was just done")]
    TooSoon(Duration),
    /// Something that the code or the configuration promises is not so.
    #[error("{0}")]
    Broken(&'static str),
    /// What opens secrets refused.
    #[error(transparent)]
    Secret(#[from] platform::seal::Broken),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// Why somebody is told of a message.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "NoticeCause")]
#[schemars(rename = "NoticeCause")]
pub enum Cause {
    /// It is to them: a direct conversation.
    Direct,
    /// It names them, or a group in which they are.
    Mention,
    /// It calls everybody in the channel.
    Everyone,
    /// It answers in a topic that they follow.
    Reply,
    /// They wanted to be told of it again at this time.
    Reminder,
    /// It asks, and it is their time to answer.
    CheckIn,
    /// It was said where they want to hear of everything.
    Posted,
    /// It is an ask of theirs, and whoever was asked asks back.
    AskedBack,
    /// It is an ask of theirs, and it was passed on to somebody else.
    PassedOn,
    /// It is an ask of theirs, and whoever was asked wishes for more time than is usual.
    Wished,
    /// It thanks them.
    Thanks,
}

impl Cause {
    /// In the order in which one message's causes count.
    pub(crate) const ALL: [Self; 11] = [
        Self::Direct,
        Self::Mention,
        Self::Everyone,
        Self::Reply,
        Self::Reminder,
        Self::CheckIn,
        Self::Posted,
        Self::AskedBack,
        Self::PassedOn,
        Self::Wished,
        Self::Thanks,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mention => "mention",
            Self::Everyone => "everyone",
            Self::Reply => "reply",
            Self::Reminder => "reminder",
            Self::CheckIn => "check_in",
            Self::Posted => "posted",
            Self::AskedBack => "asked_back",
            Self::PassedOn => "passed_on",
            Self::Wished => "wished",
            Self::Thanks => "thanks",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }

    /// Whether it calls at a time of this person's own, also when they have seen it before.
    pub(crate) fn has_a_time(self) -> bool {
        matches!(self, Self::Reminder | Self::CheckIn)
    }

    /// Whether it is what somebody did with an ask of theirs: they have seen the message, they wrote it.
    pub(crate) fn is_about_own_ask(self) -> bool {
        matches!(self, Self::AskedBack | Self::PassedOn | Self::Wished)
    }

    /// Whether it is about this person, and not about many.
    pub(crate) fn names_them(self) -> bool {
        match self {
            Self::Direct | Self::Mention | Self::Reminder | Self::CheckIn => true,
            Self::Everyone | Self::Reply | Self::Posted | Self::Thanks => false,
            Self::AskedBack | Self::PassedOn | Self::Wished => true,
        }
    }

    /// What has to be wanted for it to be told.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::Posted => Reason::Said,
            Self::Reply => Reason::TakesPart,
            _ => Reason::NeedsMe,
        }
    }
}

/// How somebody is told by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailWay {
    /// Not at all.
    Nothing,
    /// One letter of all that is unseen, when what was held is told.
    Release,
    /// One letter of all that is unseen, at the beginning of the day.
    Day,
    /// A letter of what calls them, where no device has shown it within ten minutes.
    Single,
}

impl MailWay {
    const ALL: [Self; 4] = [Self::Nothing, Self::Release, Self::Day, Self::Single];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Release => "release",
            Self::Day => "day",
            Self::Single => "single",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }
}

/// Somebody is called, for one reason, by one message.
#[derive(Debug, Clone, Copy)]
pub struct Called {
    /// Why.
    pub cause: Cause,
    /// Who wrote it; None when a program or the server speaks.
    pub sender: Option<PersonId>,
    /// Until when an answer is expected of this person.
    pub due: Option<Timestamp>,
    /// Whether it was sent as urgent.
    pub urgent: bool,
    /// Whether this person has agreed to be woken for it.
    pub consented: bool,
    /// Whether they do not want to be told of such a thing in that place.
    pub muted: bool,
}

impl Called {
    /// What becomes of it, by the hours of the person. What names somebody does not wait for their next batch; the rest comes
    /// as often as they like (timing §4: mentions live, the rest three times a day).
    pub(crate) fn decide(&self, rest: Profile, hours: &Hours, now: Timestamp) -> Decision {
        let profile = if self.cause.names_them() || self.urgent {
            Profile::Live
        } else {
            rest
        };
        self.decide_as(profile, hours, now)
    }

    /// It passes quiet and time to think.
    pub(crate) fn wakes(&self) -> bool {
        self.urgent && self.consented
    }

    /// The same when its time has come: nothing but quiet and time to think holds it any longer.
    pub(crate) fn decide_due(&self, hours: &Hours, now: Timestamp) -> Decision {
        self.decide_as(Profile::Live, hours, now)
    }

    /// Nothing holds back what comes at a time that this person has chosen for themselves.
    fn decide_as(&self, profile: Profile, hours: &Hours, now: Timestamp) -> Decision {
        match self.cause {
            Cause::Reminder => Decision::Now,
            _ => decide(&self.notice(), profile, hours, now),
        }
    }

    /// For how long from now on it may still be told, at most as long as `most`; looked at every quarter of an hour.
    pub(crate) fn tellable_for(&self, hours: &Hours, now: Timestamp, most: Duration) -> Duration {
        let mut sure = Duration::ZERO;
        while sure + LOOK_AHEAD <= most
            && self.decide_due(hours, now.after(sure + LOOK_AHEAD)) == Decision::Now
        {
            sure += LOOK_AHEAD;
        }
        sure
    }

    fn notice(&self) -> delivery::Notice {
        delivery::Notice {
            sender: self.sender,
            due: self.due,
            urgent: self.urgent,
            consented: self.consented,
            // Who has agreed to be woken for it has said something nearer than any place.
            muted: self.muted && !self.wakes(),
        }
    }
}

/// A decision as it is written down; None: nobody is told, it waits in the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wait {
    pub release_at: Timestamp,
    pub held_until: Option<Timestamp>,
}

impl Wait {
    pub fn of(decision: Decision, now: Timestamp) -> Option<Self> {
        let (release_at, held_until) = match decision {
            Decision::Silent => return None,
            Decision::Now => (now, None),
            Decision::Batch(at) => (at, None),
            // What is held is looked at again later, never in the same moment.
            Decision::Hold(at, _) => {
                let at = at.max(now.after(Duration::from_secs(1)));
                (at, Some(at))
            }
        };
        Some(Self {
            release_at,
            held_until,
        })
    }
}

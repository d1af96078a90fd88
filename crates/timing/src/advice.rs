//! "How should I say this?": a few questions, one suggestion, and the reasons for it in order of their weight.

use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Something is broken or somebody is in danger.
    Problem,
    /// Ideas, a beginning, a plan that has many unknowns.
    Explore,
    Decide,
    Feedback,
    /// Where we stand.
    Inform,
    /// How to do something.
    Show,
    /// To get to know each other, to celebrate.
    Bond,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Degree {
    Low,
    Medium,
    High,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    pub purpose: Purpose,
    pub urgency: Degree,
    pub complexity: Degree,
    /// How much it moves those whom it concerns: conflict, bad news, a review of somebody's work.
    pub emotion: Degree,
    /// Whether good answers need time to think.
    pub needs_thought: bool,
    pub n_people: u32,
    /// The time in which all are at work at once, in the next working day; zero across far zones.
    pub shared_hours: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Two people, live.
    OneToOne,
    Call,
    Meeting,
    Chat,
    Topic,
    Clip,
    Document,
    Poll,
    Urgent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    Sensitive,
    CannotWait,
    Tangled,
    Builds,
    NeedsThought,
    EveryoneInTheirTime,
    FewCanMeet,
    SeenIsBetterThanRead,
    Comparable,
    Small,
    BothAreFine,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    pub mode: Mode,
    pub reasons: Vec<Reason>,
}

/// Fewer shared hours than this, and live means that somebody pays with their evening.
const LITTLE_OVERLAP: Duration = Duration::from_secs(3_600);
const SMALL_GROUP: u32 = 3;

pub fn recommend(situation: &Situation) -> Advice {
    let advice = |mode, reasons: &[Reason]| Advice {
        mode,
        reasons: reasons.to_vec(),
    };
    let Situation {
        purpose,
        urgency,
        complexity,
        emotion,
        needs_thought,
        n_people,
        shared_hours,
    } = *situation;
    // What hurts is said from person to person, however urgent, however small.
    if emotion == Degree::High {
        return advice(Mode::OneToOne, &[Reason::Sensitive]);
    }
    let can_meet = shared_hours >= LITTLE_OVERLAP;
    if urgency == Degree::High {
        return match purpose {
            Purpose::Problem if can_meet => advice(Mode::Call, &[Reason::CannotWait, Reason::Tangled]),
            Purpose::Problem => advice(Mode::Urgent, &[Reason::CannotWait, Reason::FewCanMeet]),
            _ if complexity == Degree::Low => advice(Mode::Chat, &[Reason::CannotWait, Reason::Small]),
            _ => advice(Mode::Call, &[Reason::CannotWait]),
        };
    }
    match purpose {
        Purpose::Problem if complexity == Degree::Low => advice(Mode::Chat, &[Reason::Small]),
        Purpose::Problem if can_meet => advice(Mode::Call, &[Reason::Tangled]),
        Purpose::Problem => advice(Mode::Topic, &[Reason::FewCanMeet, Reason::EveryoneInTheirTime]),
        Purpose::Explore if needs_thought || !can_meet => advice(
            Mode::Document,
            &[Reason::NeedsThought, Reason::EveryoneInTheirTime],
        ),
        Purpose::Explore if complexity == Degree::Low => advice(Mode::Topic, &[Reason::EveryoneInTheirTime]),
        Purpose::Explore => advice(Mode::Meeting, &[Reason::Tangled, Reason::Builds]),
        Purpose::Decide if complexity == Degree::Low => advice(Mode::Poll, &[Reason::Comparable]),
        Purpose::Decide if needs_thought || !can_meet => {
            advice(Mode::Topic, &[Reason::NeedsThought, Reason::EveryoneInTheirTime])
        }
        Purpose::Decide if n_people <= SMALL_GROUP => advice(Mode::Call, &[Reason::Tangled]),
        Purpose::Decide => advice(Mode::Meeting, &[Reason::Tangled]),
        Purpose::Feedback if complexity == Degree::Low => advice(Mode::Topic, &[Reason::EveryoneInTheirTime]),
        Purpose::Feedback => advice(Mode::Document, &[Reason::NeedsThought]),
        Purpose::Inform if complexity == Degree::High => advice(Mode::Clip, &[Reason::SeenIsBetterThanRead]),
        Purpose::Inform => advice(Mode::Topic, &[Reason::EveryoneInTheirTime]),
        Purpose::Show => advice(
            Mode::Clip,
            &[Reason::SeenIsBetterThanRead, Reason::EveryoneInTheirTime],
        ),
        Purpose::Bond if can_meet => advice(Mode::Meeting, &[Reason::BothAreFine]),
        Purpose::Bond => advice(Mode::Topic, &[Reason::BothAreFine, Reason::FewCanMeet]),
    }
}

/// The suggestion among what there is on this server: the next best that exists, in the order of likeness.
pub fn among(mode: Mode, exists: impl Fn(Mode) -> bool) -> Option<Mode> {
    let others: &[Mode] = match mode {
        Mode::OneToOne | Mode::Call => &[Mode::Chat, Mode::Topic],
        Mode::Meeting => &[Mode::Call, Mode::Topic],
        Mode::Clip | Mode::Document | Mode::Poll => &[Mode::Topic],
        Mode::Urgent => &[Mode::Call, Mode::Chat],
        Mode::Chat | Mode::Topic => &[Mode::Topic, Mode::Chat],
    };
    std::iter::once(mode)
        .chain(others.iter().copied())
        .find(|&mode| exists(mode))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hours;

    fn calm(purpose: Purpose) -> Situation {
        Situation {
            purpose,
            urgency: Degree::Low,
            complexity: Degree::Medium,
            emotion: Degree::Low,
            needs_thought: false,
            n_people: 5,
            shared_hours: hours(4),
        }
    }

    #[test]
    fn the_situations_that_must_come_out_right() {
        let complex = |purpose| Situation {
            complexity: Degree::High,
            ..calm(purpose)
        };
        let cases = [
            (
                "urgent problem",
                Situation {
                    urgency: Degree::High,
                    ..complex(Purpose::Problem)
                },
                Mode::Call,
            ),
            (
                "urgent problem, far zones",
                Situation {
                    urgency: Degree::High,
                    shared_hours: Duration::ZERO,
                    ..complex(Purpose::Problem)
                },
                Mode::Urgent,
            ),
            (
                "complex brainstorming, kick-off",
                complex(Purpose::Explore),
                Mode::Meeting,
            ),
            (
                "detailed feedback",
                Situation {
                    needs_thought: true,
                    ..complex(Purpose::Feedback)
                },
                Mode::Document,
            ),
            ("routine status", calm(Purpose::Inform), Mode::Topic),
            ("a tour of something", complex(Purpose::Inform), Mode::Clip),
            ("culture", calm(Purpose::Bond), Mode::Meeting),
            (
                "culture, far zones",
                Situation {
                    shared_hours: Duration::ZERO,
                    ..calm(Purpose::Bond)
                },
                Mode::Topic,
            ),
            (
                "which day",
                Situation {
                    complexity: Degree::Low,
                    ..calm(Purpose::Decide)
                },
                Mode::Poll,
            ),
        ];
        for (what, situation, mode) in cases {
            let advice = recommend(&situation);
            assert_eq!(advice.mode, mode, "{what}");
            assert!(!advice.reasons.is_empty(), "{what}");
        }
    }

    #[test]
    fn what_hurts_is_always_said_from_person_to_person() {
        for purpose in [
            Purpose::Problem,
            Purpose::Explore,
            Purpose::Decide,
            Purpose::Feedback,
            Purpose::Inform,
            Purpose::Show,
            Purpose::Bond,
        ] {
            for urgency in [Degree::Low, Degree::Medium, Degree::High] {
                for n_people in [2, 30] {
                    let situation = Situation {
                        emotion: Degree::High,
                        urgency,
                        n_people,
                        shared_hours: Duration::ZERO,
                        ..calm(purpose)
                    };
                    assert_eq!(recommend(&situation).mode, Mode::OneToOne);
                }
            }
        }
    }

    #[test]
    fn only_what_exists_is_offered() {
        assert_eq!(among(Mode::Clip, |mode| mode != Mode::Clip), Some(Mode::Topic));
        assert_eq!(among(Mode::OneToOne, |mode| mode == Mode::Chat), Some(Mode::Chat));
        assert_eq!(among(Mode::Poll, |_| true), Some(Mode::Poll));
        assert_eq!(among(Mode::Poll, |_| false), None);
    }
}

//! Rules of advice: from words of the wire to those of [`timing::advice`] and back. Pure.

use crate::wire::{AdviceMode, AdviceNature, AdvicePurpose, AdviceReason, AdviceUrgency, HintWhy};
use std::time::Duration;
use timing::{
    advice::{self, Degree, Mode, Purpose, Reason, Situation},
    hints::Stuck,
};

/// A talk that replaces some letters.
pub(crate) const TALK: Duration = Duration::from_secs(15 * 60);
/// More are no conversation whose length could be estimated.
pub(crate) const PEOPLE_MAX: usize = 12;
/// Of a larger channel so many, those who wrote there last, stand for all of it.
pub(crate) const SHARED_MAX: usize = 50;
/// Messages that are looked at.
pub(crate) const TURNS_MAX: i64 = 200;
/// Dismissals that are looked at: two of the last thirty days are enough.
pub(crate) const DISMISSALS_MAX: i64 = 10;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What asks refused.
    #[error(transparent)]
    Asks(#[from] asks::Error),
    /// What charters refused.
    #[error(transparent)]
    Charters(#[from] charters::Error),
    /// What messages refused.
    #[error(transparent)]
    Messages(#[from] messages::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

/// The three answers, of how many people, and how long these are at work at once.
pub(crate) fn situation(
    (purpose, urgency, nature): (AdvicePurpose, AdviceUrgency, AdviceNature),
    n_people: u32,
    shared_hours: Duration,
) -> Situation {
    let degree = |is: bool| if is { Degree::High } else { Degree::Low };
    Situation {
        purpose: match purpose {
            AdvicePurpose::Problem => Purpose::Problem,
            AdvicePurpose::Explore => Purpose::Explore,
            AdvicePurpose::Decide => Purpose::Decide,
            AdvicePurpose::Feedback => Purpose::Feedback,
            AdvicePurpose::Inform => Purpose::Inform,
            AdvicePurpose::Show => Purpose::Show,
            AdvicePurpose::Bond => Purpose::Bond,
        },
        urgency: match urgency {
            AdviceUrgency::Low => Degree::Low,
            AdviceUrgency::Medium => Degree::Medium,
            AdviceUrgency::High => Degree::High,
        },
        complexity: match nature {
            AdviceNature::Simple => Degree::Low,
            AdviceNature::Thoughtful | AdviceNature::Sensitive => Degree::Medium,
            AdviceNature::Tangled => Degree::High,
        },
        emotion: degree(nature == AdviceNature::Sensitive),
        needs_thought: nature == AdviceNature::Thoughtful,
        n_people,
        shared_hours,
    }
}

/// The suggestion among the forms that there are, with the reasons that speak for it.
pub(crate) fn advise(
    situation: &Situation,
    exists: impl Fn(Mode) -> bool,
) -> (AdviceMode, Vec<AdviceReason>) {
    let best = advice::recommend(situation);
    // A topic can be had wherever anything can be said.
    let mode = advice::among(best.mode, exists).unwrap_or(Mode::Topic);
    let fits = |reason: &&Reason| mode == best.mode || speaks_for(mode, **reason);
    let reasons = best
        .reasons
        .iter()
        .filter(fits)
        .map(|reason| said(*reason))
        .collect();
    (mode_said(mode), reasons)
}

/// What was said for a form that there is not may hold for the next best, too.
fn speaks_for(mode: Mode, reason: Reason) -> bool {
    match reason {
        Reason::CannotWait | Reason::Small => mode == Mode::Chat,
        Reason::NeedsThought | Reason::EveryoneInTheirTime => mode == Mode::Topic,
        Reason::FewCanMeet | Reason::BothAreFine => true,
        Reason::Sensitive
        | Reason::Tangled
        | Reason::Builds
        | Reason::SeenIsBetterThanRead
        | Reason::Comparable => false,
    }
}

fn said(reason: Reason) -> AdviceReason {
    match reason {
        Reason::Sensitive => AdviceReason::Sensitive,
        Reason::CannotWait => AdviceReason::CannotWait,
        Reason::Tangled => AdviceReason::Tangled,
        Reason::Builds => AdviceReason::Builds,
        Reason::NeedsThought => AdviceReason::NeedsThought,
        Reason::EveryoneInTheirTime => AdviceReason::EveryoneInTheirTime,
        Reason::FewCanMeet => AdviceReason::FewCanMeet,
        Reason::SeenIsBetterThanRead => AdviceReason::SeenIsBetterThanRead,
        Reason::Comparable => AdviceReason::Comparable,
        Reason::Small => AdviceReason::Small,
        Reason::BothAreFine => AdviceReason::BothAreFine,
    }
}

fn mode_said(mode: Mode) -> AdviceMode {
    match mode {
        Mode::OneToOne => AdviceMode::OneToOne,
        Mode::Call => AdviceMode::Call,
        Mode::Meeting => AdviceMode::Meeting,
        Mode::Chat => AdviceMode::Chat,
        Mode::Topic => AdviceMode::Topic,
        Mode::Clip => AdviceMode::Clip,
        Mode::Document => AdviceMode::Document,
        Mode::Poll => AdviceMode::Poll,
        Mode::Urgent => AdviceMode::Urgent,
    }
}

pub(crate) fn why(stuck: Stuck) -> HintWhy {
    match stuck {
        Stuck::AskedAgain => HintWhy::AskedAgain,
        Stuck::NotUnderstood => HintWhy::NotUnderstood,
        Stuck::Unkept => HintWhy::Unkept,
    }
}

//! One person's hours: when they work, when nothing may interrupt them, when they want to think.
//!
//! `available` is inside of the work week and not away; extra hours count even on a day off, because they were said about
//! that very day. Quiet is everything outside of that unless the person has drawn it themselves, and days off are quiet in
//! any case. Focus is time at work in which only the people on its list get through.

use crate::{
    span::{Span, merged, without},
    week::{HORIZON_DAYS, Week, Zone},
};
use base::{PersonId, Timestamp};
use jiff::civil::{Date, DateTime};

/// Work, or not, on certain days in spite of the week: a holiday, leave, half a day, a Saturday for once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    pub from: DateTime,
    pub to: DateTime,
    pub kind: ExceptionKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionKind {
    Off,
    Extra,
}

impl Exception {
    /// The whole of these days, both included.
    pub fn off(first: Date, last: Date) -> Self {
        Self {
            from: first.at(0, 0, 0, 0),
            to: last.saturating_add(jiff::Span::new().days(1)).at(0, 0, 0, 0),
            kind: ExceptionKind::Off,
        }
    }
}

/// Time to think. Whoever is on the list gets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    pub when: FocusTime,
    pub allowed: Vec<PersonId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FocusTime {
    Once(Span),
    Weekly(Week),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    zone: Zone,
    work: Week,
    quiet: Option<Week>,
    focus: Vec<Focus>,
    off: Vec<Span>,
    extra: Vec<Span>,
}

impl Hours {
    /// Quiet outside of the work week, no exceptions, no focus.
    pub fn new(zone: Zone, work: Week) -> Self {
        Self {
            zone,
            work,
            quiet: None,
            focus: Vec::new(),
            off: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// In the zone's wall time. What overlaps counts once, what ends before it begins is nothing.
    pub fn with_exceptions(mut self, exceptions: &[Exception]) -> Self {
        let of = |kind| {
            let those = exceptions.iter().filter(|exception| exception.kind == kind);
            merged(
                those
                    .filter_map(|exception| self.zone.span(exception.from, exception.to))
                    .collect(),
            )
        };
        (self.off, self.extra) = (of(ExceptionKind::Off), of(ExceptionKind::Extra));
        self
    }

    /// Drawn by the person, instead of everything outside of the work week.
    pub fn with_quiet(mut self, quiet: Week) -> Self {
        self.quiet = Some(quiet);
        self
    }

    pub fn with_focus(mut self, focus: Vec<Focus>) -> Self {
        self.focus = focus;
        self
    }

    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The stretches in which this person is away, but for extra work in them.
    pub fn days_off(&self) -> Vec<Span> {
        without(&self.off, &self.extra)
    }

    pub fn is_available(&self, at: Timestamp) -> bool {
        self.work_on(self.zone.day(at)).iter().any(|span| span.holds(at))
    }

    pub fn is_quiet(&self, at: Timestamp) -> bool {
        match &self.quiet {
            None => !self.is_available(at),
            Some(quiet) => {
                let is_off = self.off.iter().any(|span| span.holds(at));
                let is_extra = self.extra.iter().any(|span| span.holds(at));
                (is_off && !is_extra)
                    || quiet
                        .on(self.zone.day(at), &self.zone)
                        .iter()
                        .any(|span| span.holds(at))
            }
        }
    }

    /// When the focus ends in which this sender does not get through. Focus that follows on focus is one.
    pub fn focus_end(&self, at: Timestamp, sender: Option<PersonId>) -> Option<Timestamp> {
        if self.focus.is_empty() {
            return None;
        }
        let mut end = at;
        for _ in 0..HORIZON_DAYS {
            let date = self.zone.day(end);
            match self.focus_on(date, sender).iter().find(|span| span.holds(end)) {
                Some(span) => end = span.to,
                None => break,
            }
        }
        (end > at).then_some(end)
    }

    /// The stretches of work from a moment on, in order, cut at midnights; they end at the horizon.
    pub fn work_from(&self, at: Timestamp) -> impl Iterator<Item = Span> + '_ {
        let is_never = self.work.is_empty() && self.extra.is_empty();
        let n_days = if is_never { 0 } else { HORIZON_DAYS };
        let days = self.zone.day(at).series(jiff::Span::new().days(1));
        days.take(usize::try_from(n_days).unwrap_or(0))
            .flat_map(|date| self.work_on(date))
            .filter_map(move |span| Span::between(span.from.max(at), span.to))
    }

    /// The stretches of work that are neither focus nor quiet: in which somebody can be told and can answer.
    pub fn answering_from(&self, at: Timestamp) -> impl Iterator<Item = Span> + '_ {
        self.open_from(at, None)
    }

    /// The first moment from `at` on at which this sender's notice may interrupt.
    pub fn reachable_from(&self, at: Timestamp, sender: Option<PersonId>) -> Option<Timestamp> {
        self.open_from(at, sender).next().map(|span| span.from)
    }

    fn open_from(&self, at: Timestamp, sender: Option<PersonId>) -> impl Iterator<Item = Span> + '_ {
        self.work_from(at).flat_map(move |span| {
            if self.focus.is_empty() && self.quiet.is_none() {
                return vec![span];
            }
            let date = self.zone.day(span.from);
            let mut closed = self.focus_on(date, sender);
            if let Some(quiet) = &self.quiet {
                closed.extend(quiet.on(date, &self.zone));
            }
            without(&[span], &merged(closed))
        })
    }

    /// The first moment of work after `at`, or `at` itself at work.
    pub fn next_work(&self, at: Timestamp) -> Option<Timestamp> {
        self.work_from(at).next().map(|span| span.from)
    }

    /// When the work that goes on at this moment ends; None outside of it.
    pub fn work_end(&self, at: Timestamp) -> Option<Timestamp> {
        let mut end = None;
        for span in self.work_from(at) {
            match end {
                None if span.from == at => end = Some(span.to),
                Some(to) if span.from == to => end = Some(span.to),
                _ => break,
            }
        }
        end
    }

    /// The work of one date, cut to it.
    pub fn work_on(&self, date: Date) -> Vec<Span> {
        let week = self.work.on(date, &self.zone);
        if self.off.is_empty() && self.extra.is_empty() {
            return week;
        }
        let mut spans = without(&week, &self.off);
        let next = date.tomorrow().unwrap_or(date);
        if let Some(day) = Span::between(self.zone.midnight(date), self.zone.midnight(next)) {
            spans.extend(self.extra.iter().filter_map(|extra| extra.overlap(day)));
        }
        merged(spans)
    }

    /// All focus that touches this date, whoever it lets through.
    pub fn focus_of(&self, date: Date) -> Vec<Span> {
        self.focus_on(date, None)
    }

    fn focus_on(&self, date: Date, sender: Option<PersonId>) -> Vec<Span> {
        let applies = |focus: &&Focus| sender.is_none_or(|sender| !focus.allowed.contains(&sender));
        let mut spans = Vec::new();
        for focus in self.focus.iter().filter(applies) {
            match &focus.when {
                FocusTime::Once(span) => spans.push(*span),
                FocusTime::Weekly(week) => spans.extend(week.on(date, &self.zone)),
            }
        }
        merged(spans)
    }
}

//! What one reader has been given, per scope, and what a new frame means for it. Pure.

use base::{ScopeId, Seq};
use std::collections::HashMap;

/// What to do with something that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is the next one: pass it on.
    Apply,
    /// It was given already, or the scope is not followed.
    Ignore,
    /// Something between is missing: read the log after this number.
    ReadAfter(Seq),
}

/// The reader's place in each log that it follows.
#[derive(Debug, Default)]
pub struct Cursors(HashMap<ScopeId, Seq>);

impl Cursors {
    /// Begins to follow a scope after `seq`.
    pub fn follow(&mut self, scope: ScopeId, seq: Seq) {
        self.0.insert(scope, seq);
    }

    /// Stops following. True when it was followed.
    pub fn forget(&mut self, scope: ScopeId) -> bool {
        self.0.remove(&scope).is_some()
    }

    /// The last number given of a scope that is followed.
    pub fn last(&self, scope: ScopeId) -> Option<Seq> {
        self.0.get(&scope).copied()
    }

    /// All scopes that are followed.
    pub fn scopes(&self) -> impl Iterator<Item = ScopeId> + '_ {
        self.0.keys().copied()
    }

    /// How many scopes are followed.
    pub fn n_scopes(&self) -> usize {
        self.0.len()
    }

    /// A frame with this number arrived. `Apply` counts it as given.
    pub fn arrived(&mut self, scope: ScopeId, seq: Seq) -> Step {
        let Some(last) = self.0.get_mut(&scope) else {
            return Step::Ignore;
        };
        if seq <= *last {
            return Step::Ignore;
        }
        if seq == last.next() {
            *last = seq;
            return Step::Apply;
        }
        Step::ReadAfter(*last)
    }

    /// Somebody says that the log has come to this number.
    pub fn head_is(&self, scope: ScopeId, head: Seq) -> Step {
        match self.0.get(&scope) {
            Some(last) if head > *last => Step::ReadAfter(*last),
            _ => Step::Ignore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_next_frame_is_applied() {
        let scope = ScopeId(Uuid::from_u128(9));
        let mut cursors = Cursors::default();
        assert_eq!(cursors.arrived(scope, Seq(1)), Step::Ignore, "not followed");
        cursors.follow(scope, Seq(4));
        for (seq, expected) in [
            (4, Step::Ignore),
            (6, Step::ReadAfter(Seq(4))),
            (5, Step::Apply),
            (5, Step::Ignore),
            (6, Step::Apply),
        ] {
            assert_eq!(cursors.arrived(scope, Seq(seq)), expected, "frame {seq}");
        }
        assert_eq!(cursors.head_is(scope, Seq(6)), Step::Ignore);
        assert_eq!(cursors.head_is(scope, Seq(7)), Step::ReadAfter(Seq(6)));
    }
}

//! The verbs: proof, decide, write, announce, in one transaction each.

pub mod enrol;
pub mod enter;
pub mod oidc;
pub mod passkeys;
pub mod policy;
pub mod second;

use crate::store;
use base::{PersonId, ScopeId, Timestamp};
use platform::{
    db::{self, Tx},
    jobs::{Job, JobKind, Next},
    journal::ACCESS_SCOPE,
};
use std::time::Duration;

/// What this slice writes down in the audit log.
pub const DEEDS: &[&str] = &[
    "person.identity_linked",
    "person.identity_removed",
    "person.passkey_added",
    "person.passkey_removed",
    passkeys::SUSPECTED,
    "person.second_step_set",
    "person.second_step_removed",
    "workspace.second_step_demanded",
];

const EVERY: Duration = Duration::from_secs(3600);

/// What this slice does by itself: it forgets what was begun and never ended.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind {
        kind: "signin.forget_old",
        run: forget_old,
        schedule: true,
    }]
}

fn forget_old(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> db::Result<Next> {
    store::drop_old_flows(tx, now)?;
    Ok(Next::At(now.after(EVERY)))
}

/// Ways in change seldom, and share a lane with the people whose they are.
fn lane() -> ScopeId {
    ACCESS_SCOPE
}

/// What a secret is sealed to.
fn about(person: PersonId) -> Vec<u8> {
    [b"totp ".as_slice(), person.0.as_bytes()].concat()
}

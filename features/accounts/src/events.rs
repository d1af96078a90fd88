//! What this slice announces, and the people and the workspace as they cross the wire.
//!
//! Invariants: `person.*` and `workspace.changed` go to the scope of the workspace and hold nothing that a member may
//! not see of others; the mail address goes to the person's own scope only.

use crate::{model::Role, status::Status};
use base::{PersonId, Timestamp, WorkspaceId};
use platform::{
    db::{self, Tx},
    journal::{self, Happened},
};
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

/// The kind of event with a [`PersonEvent`] that says how somebody is seen now.
pub const PERSON_CHANGED: &str = "person.changed";

/// A person, as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// At most 80 characters, cleaned.
    pub name: String,
    /// How to say the name.
    pub pronunciation: Option<String>,
    /// `/api/pictures/<hash>`.
    pub picture: Option<String>,
    /// IANA name.
    pub time_zone: String,
    /// BCP 47 tag.
    pub language: String,
    /// In the workspace.
    pub role: Role,
    /// They cannot sign in, and what they wrote stays.
    pub deactivated: bool,
    /// It is no person: a hook or a program speaks. Absent for people.
    #[serde(skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub bot: bool,
    /// They came by a guest link into one channel and have no account. Absent for others.
    #[serde(skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub link_guest: bool,
    /// What they say about now; absent for nothing. It is nothing from its `until` on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub status: Option<Status>,
}

/// A person, as they see themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Me {
    /// What others see.
    #[serde(flatten)]
    pub person: Person,
    /// In lower case.
    pub email: String,
    /// They have seen the first run.
    pub onboarded: bool,
}

/// The one workspace of this server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct Workspace {
    /// Also the scope of its log.
    pub id: WorkspaceId,
    /// At most 80 characters, cleaned.
    pub name: String,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Body of `person.joined` and `person.changed`.
#[derive(Serialize, TS, JsonSchema)]
pub struct PersonEvent {
    /// As it is now.
    pub person: Person,
}

/// Body of `me.changed`.
#[derive(Serialize, TS, JsonSchema)]
pub struct MeChanged {
    /// As it is now.
    pub me: Me,
}

/// Body of `workspace.changed`.
#[derive(Serialize, TS, JsonSchema)]
pub struct WorkspaceChanged {
    /// As it is now.
    pub workspace: Workspace,
}

/// Who did something, and when.
#[derive(Debug, Clone, Copy)]
pub struct Cause {
    /// None for the server itself.
    pub actor: Option<PersonId>,
    /// When.
    pub at: Timestamp,
}

impl Cause {
    fn of(self, kind: &'static str) -> Happened {
        Happened {
            kind,
            actor: self.actor,
            at: self.at,
        }
    }
}

/// Tells the workspace that somebody is there now.
pub fn person_joined(
    tx: &mut dyn Tx,
    workspace: WorkspaceId,
    person: &Person,
    cause: Cause,
) -> db::Result<()> {
    journal::append(
        tx,
        workspace,
        cause.of("person.joined"),
        &PersonEvent {
            person: person.clone(),
        },
    )
    .map(drop)
}

/// Tells the workspace what others see of a person, and the person what they see of themselves.
pub fn person_changed(tx: &mut dyn Tx, workspace: WorkspaceId, me: &Me, cause: Cause) -> db::Result<()> {
    journal::append(
        tx,
        workspace,
        cause.of(PERSON_CHANGED),
        &PersonEvent {
            person: me.person.clone(),
        },
    )?;
    me_changed(tx, me, cause)
}

/// Tells a person what they see of themselves.
pub fn me_changed(tx: &mut dyn Tx, me: &Me, cause: Cause) -> db::Result<()> {
    journal::append(
        tx,
        me.person.id,
        cause.of("me.changed"),
        &MeChanged { me: me.clone() },
    )
    .map(drop)
}

/// Tells the workspace what it is called now.
pub fn workspace_changed(tx: &mut dyn Tx, workspace: &Workspace, cause: Cause) -> db::Result<()> {
    journal::append(
        tx,
        workspace.id,
        cause.of("workspace.changed"),
        &WorkspaceChanged {
            workspace: workspace.clone(),
        },
    )
    .map(drop)
}

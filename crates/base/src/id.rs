//! Typed ids. Each is a UUID of its own type, so that a space cannot be passed where a channel is meant.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id. Uniqueness comes from its 74 random bits, never from the clock.
            pub fn random() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A person with an account in this workspace.
    PersonId,
    /// The workspace: exactly one per server.
    WorkspaceId,
    /// A team, a class or a project.
    SpaceId,
    /// A channel of a space, or a direct conversation.
    ChannelId,
    /// A titled conversation in a channel.
    TopicId,
    /// One message. Made by its sender, so that a repeated send is recognised.
    MessageId,
    /// People under one name, who are called together.
    GroupId,
    /// A time of a conversation that is live.
    LiveId,
    /// A smaller room of a live session.
    BreakoutId,
    /// What somebody wrote in a smaller room, or to all of them.
    LiveNoteId,
    /// A time in which somebody receives people one after the other.
    OfficeId,
    /// A question with answers to choose from.
    PollId,
    /// Questions that are collected under a message.
    QuestionsId,
    /// One of them.
    QuestionId,
    /// A call for help, with who is called one after the other.
    UrgentId,
    /// A time at which people meet.
    MeetingId,
    /// Somebody outside who is invited to meetings.
    MeetingGuestId,
    /// A question when people can.
    TimePollId,
    /// What somebody said to such a question.
    TimePollAnswerId,
    /// Meetings that come back.
    SeriesId,
    /// A link in a message.
    LinkId,
    /// A message that somebody minded.
    ReportId,
    /// A signed-in browser or program.
    SessionId,
    /// A link that lets somebody join.
    InvitationId,
    /// A link by which guests without an account come into one channel.
    GuestLinkId,
    /// A door for programs: into a channel, or out of it.
    HookId,
    /// One event on its way to an outgoing hook.
    DeliveryId,
    /// A file of somebody's. Made by the server with the upload.
    FileId,
    /// A piece of work that waits for its time.
    JobId,
    /// What somebody wants to be told of again.
    ReminderId,
    /// What comes back by itself: a post or a question.
    RoutineId,
    /// Whatever has a log of its own: a channel, a space, a person, the workspace.
    ScopeId,
}

macro_rules! scopes {
    ($($name:ident),*) => {$(
        impl From<$name> for ScopeId {
            fn from(id: $name) -> ScopeId {
                ScopeId(id.0)
            }
        }
    )*};
}

scopes!(PersonId, WorkspaceId, SpaceId, ChannelId);

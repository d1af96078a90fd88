//! Rules of places: who may read, post and manage. Pure.

use crate::blocks::Block;
use accounts::Role;
use base::{ChannelId, PersonId, Seq, SpaceId, Timestamp};

/// Characters of a name of a space or a channel.
pub const NAME_MAX_CHARS: usize = 80;
/// Characters of a description.
pub const DESCRIPTION_MAX_CHARS: usize = 1000;
/// People in a direct conversation, its maker included.
pub const DIRECT_PEOPLE_MAX: usize = 9;
/// Channels of one space. A list of more is not one that anybody reads.
pub const CHANNELS_PER_SPACE_MAX: i64 = 2000;
/// Slow mode, in seconds. Below ten nobody notices it, above six hours a day has one message.
pub const SLOW_RANGE_S: std::ops::RangeInclusive<i64> = 10..=6 * 3600;
/// Spaces of a workspace.
pub const SPACES_MAX: i64 = 5000;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person: the two look alike.
    #[error("there is no such place for this person")]
    NotFound,
    /// The person sees it and may not do this.
    #[error("not allowed: {0}")]
    Forbidden(&'static str),
    /// The place is archived.
    #[error("the place is archived")]
    Archived,
    /// A name that cannot be used.
    #[error("the name cannot be used: {0}")]
    Name(String),
    /// A field that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// Somebody does not want to hear from this person, who is told no more than that.
    #[error("this person cannot be reached in a direct conversation")]
    Unreachable,
    /// Another place has this name, or one that looks the same.
    #[error("the name is taken")]
    NameTaken,
    /// A limit of `docs/limits.md`.
    #[error("{0}")]
    Limit(&'static str),
    /// It would leave a place without anybody to look after it.
    #[error("{0}")]
    Conflict(&'static str),
    /// An invitation or a set-up link that is used up, expired, revoked or was never made.
    #[error("the link is not valid any more")]
    LinkUsed,
    /// The server has been set up already.
    #[error("the server is set up already")]
    AlreadySetUp,
    /// What the accounts refused.
    #[error(transparent)]
    Accounts(accounts::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// The word in the database and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// What a space is for.
    SpaceKind {
        /// People who work together.
        Team = "team",
        /// A teacher and students.
        Class = "class",
        /// Something with an end.
        Project = "project",
    }
}
words! {
    /// Who reads and who writes in a channel.
    ChannelKind {
        /// Everybody in the space may read and join.
        Public = "public",
        /// Only its members know of it.
        Private = "private",
        /// Some post, everybody in the space reads.
        Announcement = "announcement",
        /// Two to nine people, outside any space.
        Direct = "direct",
    }
}
words! {
    /// What somebody is in a space.
    SpaceRole {
        /// Looks after it.
        Admin = "admin",
        /// Sees all its public channels.
        Member = "member",
        /// Sees the channels that they were invited to.
        Guest = "guest",
    }
}
words! {
    /// What somebody is in a channel.
    ChannelRole {
        /// Looks after it.
        Admin = "admin",
        /// May post in an announcement channel.
        Poster = "poster",
        /// Takes part.
        Member = "member",
    }
}

/// All that decides about one person and one channel; read in one query.
#[derive(Debug, Clone, Copy)]
pub struct ChannelFacts {
    /// Which channel.
    pub channel: ChannelId,
    /// Its space; None for a direct conversation.
    pub space: Option<SpaceId>,
    /// What kind it is.
    pub kind: ChannelKind,
    /// Since when it is archived, itself or with its space.
    pub archived_at: Option<Timestamp>,
    /// How many members it has.
    pub n_members: i64,
    /// What the person is in it.
    pub channel_role: Option<ChannelRole>,
    /// What the person is in its space.
    pub space_role: Option<SpaceRole>,
    /// What the person is in the workspace.
    pub role: Role,
    /// Seconds between two messages of one person; 0: none.
    pub slow_s: i64,
    /// Whether the person came by a guest link.
    pub is_link_guest: bool,
    /// What stands up to here is not theirs to read; 0 for all but guests by link.
    pub reads_after: Seq,
    /// Who of two people who talk with each other blocks the other.
    pub block: Option<Block>,
    /// Who.
    pub person: PersonId,
}

impl ChannelFacts {
    /// The role in the space, counting that administrators look after every space.
    fn effective_space_role(&self) -> Option<SpaceRole> {
        match self.role {
            Role::Owner | Role::Admin if self.space.is_some() => Some(SpaceRole::Admin),
            Role::Guest => self.space_role.map(|_| SpaceRole::Guest),
            _ => self.space_role,
        }
    }

    /// Members read; others read what is public in a space that they fully belong to.
    pub fn can_read(&self) -> bool {
        if self.channel_role.is_some() {
            return true;
        }
        let open = matches!(self.kind, ChannelKind::Public | ChannelKind::Announcement);
        open && matches!(
            self.effective_space_role(),
            Some(SpaceRole::Admin | SpaceRole::Member)
        )
    }

    /// Members post; in an announcement channel only those who were named, and those who look after it.
    pub fn can_post(&self) -> bool {
        let Some(channel_role) = self.channel_role else {
            return false;
        };
        let named =
            channel_role != ChannelRole::Member || self.effective_space_role() == Some(SpaceRole::Admin);
        self.archived_at.is_none() && (self.kind != ChannelKind::Announcement || named)
    }

    /// Admins of the channel; of its space too, unless the channel is private and they are not in it.
    pub fn can_manage(&self) -> bool {
        if self.kind == ChannelKind::Direct {
            return false;
        }
        let space_admin = self.effective_space_role() == Some(SpaceRole::Admin);
        self.channel_role == Some(ChannelRole::Admin) || (space_admin && self.can_read())
    }
}

/// Seconds between two messages of one person: none, or from 10 seconds to 6 hours.
pub fn check_slow(slow_s: i64) -> Result<i64, Error> {
    if slow_s == 0 || SLOW_RANGE_S.contains(&slow_s) {
        return Ok(slow_s);
    }
    Err(Error::Field {
        pointer: "/slow_s",
        detail: "0, or 10 to 21,600 seconds".to_owned(),
    })
}

/// A cleaned name of a place and the key under which look-alikes meet.
pub fn clean_name(name: &str) -> Result<(String, String), Error> {
    let name =
        markup::clean_name(name, NAME_MAX_CHARS).map_err(|problem| Error::Name(problem.to_string()))?;
    let key = markup::skeleton(&name);
    Ok((name, key))
}

/// A description: any text within the limit, without control characters but for line ends.
pub fn clean_description(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let field = |detail: &str| Error::Field {
        pointer: "/description",
        detail: detail.to_owned(),
    };
    if text.chars().count() > DESCRIPTION_MAX_CHARS {
        return Err(field("at most 1,000 characters"));
    }
    if text.chars().any(|char| char.is_control() && char != '\n') {
        return Err(field("control characters cannot be used"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(
        kind: ChannelKind,
        role: Role,
        space: Option<SpaceRole>,
        channel: Option<ChannelRole>,
    ) -> ChannelFacts {
        ChannelFacts {
            channel: ChannelId::random(),
            space: (kind != ChannelKind::Direct).then(SpaceId::random),
            kind,
            archived_at: None,
            n_members: 2,
            channel_role: channel,
            space_role: space,
            role,
            slow_s: 0,
            is_link_guest: false,
            reads_after: Seq(0),
            block: None,
            person: PersonId::random(),
        }
    }

    #[track_caller]
    fn check(facts: ChannelFacts, read: bool, post: bool, manage: bool) {
        let found = (facts.can_read(), facts.can_post(), facts.can_manage());
        assert_eq!(found, (read, post, manage), "(read, post, manage) of {facts:?}");
    }

    #[test]
    fn who_may_read_post_and_manage() {
        use ChannelKind::*;
        use ChannelRole as C;
        use SpaceRole as S;
        check(facts(Public, Role::Member, None, None), false, false, false);
        check(
            facts(Public, Role::Member, Some(S::Member), None),
            true,
            false,
            false,
        );
        check(
            facts(Public, Role::Member, Some(S::Member), Some(C::Member)),
            true,
            true,
            false,
        );
        check(
            facts(Public, Role::Member, Some(S::Admin), None),
            true,
            false,
            true,
        );
        check(
            facts(Public, Role::Guest, Some(S::Member), None),
            false,
            false,
            false,
        );
        check(
            facts(Public, Role::Guest, Some(S::Guest), Some(C::Member)),
            true,
            true,
            false,
        );
        check(facts(Public, Role::Owner, None, None), true, false, true);
        check(
            facts(Private, Role::Owner, Some(S::Admin), None),
            false,
            false,
            false,
        );
        check(
            facts(Private, Role::Member, Some(S::Admin), Some(C::Member)),
            true,
            true,
            true,
        );
        check(
            facts(Announcement, Role::Member, Some(S::Member), Some(C::Member)),
            true,
            false,
            false,
        );
        check(
            facts(Announcement, Role::Member, Some(S::Member), Some(C::Poster)),
            true,
            true,
            false,
        );
        check(facts(Direct, Role::Owner, None, None), false, false, false);
        check(
            facts(Direct, Role::Guest, None, Some(C::Member)),
            true,
            true,
            false,
        );
    }

    #[test]
    fn nobody_posts_in_an_archived_channel() {
        let mut facts = facts(
            ChannelKind::Public,
            Role::Owner,
            Some(SpaceRole::Admin),
            Some(ChannelRole::Admin),
        );
        facts.archived_at = Some(Timestamp(1));
        check(facts, true, false, true);
    }
}

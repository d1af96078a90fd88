//! The proofs: values that exist only because somebody was let in.
//!
//! Invariants: a proof is made here and nowhere else, from one query in the transaction that uses it; absent and
//! hidden give the same answer.

use crate::{
    blocks::Block,
    model::{ChannelFacts, ChannelKind, Error, SpaceRole},
    store::{self, ChannelRecord},
    wire::ChannelView,
};
use accounts::{Role, SignedIn};
use base::{ChannelId, PersonId, Seq, SpaceId};
use platform::db::Tx;
use std::{collections::HashMap, time::Duration};

/// Who blocks somebody does not write to them either: they could not answer.
pub(crate) const YOU_BLOCK: Error = Error::Forbidden("you block this person; unblock them to write to them");

/// This person may read this channel.
#[derive(Debug, Clone, Copy)]
pub struct ChannelAccess(ChannelFacts);

impl ChannelAccess {
    /// Which channel.
    pub fn id(&self) -> ChannelId {
        self.0.channel
    }

    /// Whose access.
    pub fn person(&self) -> PersonId {
        self.0.person
    }

    /// The space of the channel.
    pub fn space(&self) -> Option<SpaceId> {
        self.0.space
    }

    /// What kind of channel it is.
    pub fn kind(&self) -> ChannelKind {
        self.0.kind
    }

    /// How many members it has.
    pub fn n_members(&self) -> i64 {
        self.0.n_members
    }

    /// Whether the person is a guest of the workspace.
    pub fn is_guest(&self) -> bool {
        self.0.role == Role::Guest
    }

    /// Whether the person came by a guest link and is here alone.
    pub fn is_link_guest(&self) -> bool {
        self.0.is_link_guest
    }

    /// What stands in the channel up to here is not theirs to read; 0 for nearly everybody.
    pub fn reads_after(&self) -> Seq {
        self.0.reads_after
    }

    /// Whether what stands at this place is theirs to read.
    pub fn may_see(&self, seq: Seq) -> bool {
        seq > self.0.reads_after
    }

    /// Whether the person is a member, and not only looking.
    pub fn is_member(&self) -> bool {
        self.0.channel_role.is_some()
    }

    /// Whether the person may post.
    pub fn can_post(&self) -> bool {
        self.0.can_post()
    }

    /// Whether the person may rename, archive, invite and remove.
    pub fn can_manage(&self) -> bool {
        self.0.can_manage()
    }

    /// How long the person waits between two messages; those who look after the channel do not.
    pub fn slow_mode(&self) -> Option<Duration> {
        let seconds = u64::try_from(self.0.slow_s).ok().filter(|seconds| *seconds > 0)?;
        (!self.can_manage()).then(|| Duration::from_secs(seconds))
    }

    /// The same rights where nobody waits: for what is written down at the end of something, and is no turn in a talk.
    pub fn without_pause(self) -> Self {
        Self(ChannelFacts { slow_s: 0, ..self.0 })
    }

    /// Refuses those who may only read.
    pub fn require_post(&self) -> Result<(), Error> {
        self.require_open()?;
        if !self.is_member() {
            return Err(Error::Forbidden(
                "join the channel first, then you can write here",
            ));
        }
        if !self.can_post() {
            return Err(Error::Forbidden(
                "only some people post in this announcement channel",
            ));
        }
        Ok(())
    }

    /// The same rights in the name of a bot of this person. The bot itself is nowhere a member.
    pub fn speaking_as(self, bot: &accounts::Bot) -> Result<Self, Error> {
        if bot.owner() != self.0.person {
            return Err(Error::Forbidden("a bot speaks for its owner only"));
        }
        Ok(Self(ChannelFacts {
            person: bot.id(),
            ..self.0
        }))
    }

    /// Refuses those who are not members. Members of an archived channel keep their pointers, reactions do not go on.
    pub fn require_member(&self) -> Result<(), Error> {
        if self.is_member() {
            Ok(())
        } else {
            Err(Error::Forbidden("join the channel first"))
        }
    }

    /// Refuses changes in an archived channel, and between two of whom one blocks the other.
    pub fn require_open(&self) -> Result<(), Error> {
        if self.0.archived_at.is_some() {
            return Err(Error::Archived);
        }
        match self.0.block {
            Some(Block::Mine) => Err(YOU_BLOCK),
            Some(Block::Theirs) => Err(Error::Unreachable),
            None => Ok(()),
        }
    }

    /// Refuses those who do not look after the channel.
    pub fn require_manage(&self) -> Result<(), Error> {
        if self.can_manage() {
            Ok(())
        } else {
            Err(Error::Forbidden(
                "only those who look after the channel can do this",
            ))
        }
    }

    /// The proof that the person looks after what is said here.
    pub fn moderation(&self) -> Result<ChannelModeration, Error> {
        self.require_manage()?;
        Ok(ChannelModeration {
            channel: self.id(),
            person: self.person(),
        })
    }
}

/// This person looks after what is said in this channel.
#[derive(Debug, Clone, Copy)]
pub struct ChannelModeration {
    channel: ChannelId,
    person: PersonId,
}

impl ChannelModeration {
    /// Which channel.
    pub fn id(&self) -> ChannelId {
        self.channel
    }

    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }
}

/// The channels whose moderation is this person's: those that they manage, and for administrators all of them, also
/// those that they cannot read, because what is reported there has to reach somebody.
#[derive(Debug)]
pub struct ModeratedChannels {
    person: PersonId,
    is_everywhere: bool,
    readable: Vec<ChannelRecord>,
}

impl ModeratedChannels {
    /// Who moderates.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Whether it is every channel of the workspace.
    pub fn is_everywhere(&self) -> bool {
        self.is_everywhere
    }

    /// Those that the person manages.
    pub fn managed(&self) -> impl Iterator<Item = ChannelId> {
        let managed = self.readable.iter().filter(|row| row.facts.can_manage());
        managed.map(|row| row.facts.channel)
    }

    /// What one is called, if the person may read it; that of a direct conversation is empty.
    pub fn name(&self, channel: ChannelId) -> Option<&str> {
        let row = self.readable.iter().find(|row| row.facts.channel == channel)?;
        Some(&row.name)
    }

    /// The proof for one of them. A channel that is not there looks like one that is hidden.
    pub fn one(&self, channel: ChannelId) -> Result<ChannelModeration, Error> {
        if self.is_everywhere || self.managed().any(|id| id == channel) {
            let person = self.person;
            return Ok(ChannelModeration { channel, person });
        }
        Err(Error::NotFound)
    }
}

/// The proof for every channel that `who` moderates at this moment.
pub fn moderated_channels(tx: &mut dyn Tx, who: &SignedIn) -> Result<ModeratedChannels, Error> {
    let person = accounts::find_person(tx, who.person)?.ok_or(Error::NotFound)?;
    Ok(ModeratedChannels {
        person: who.person,
        is_everywhere: person.role.is_admin(),
        readable: store::list_readable_channels(tx, who.person)?,
    })
}

/// The proof that `who` may read the channel.
pub fn channel(tx: &mut dyn Tx, who: &SignedIn, channel: ChannelId) -> Result<ChannelAccess, Error> {
    let facts = store::find_channel_facts(tx, channel, who.person)?.ok_or(Error::NotFound)?;
    if facts.can_read() {
        Ok(ChannelAccess(facts))
    } else {
        Err(Error::NotFound)
    }
}

/// All the channels that this person may read, for queries over many of them.
#[derive(Debug)]
pub struct ReadableChannels {
    person: PersonId,
    channels: Vec<ChannelRecord>,
    /// Everybody in each direct conversation among them.
    direct: HashMap<ChannelId, Vec<PersonId>>,
}

impl ReadableChannels {
    /// Whose they are.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Their ids, in the order of their names.
    pub fn ids(&self) -> impl Iterator<Item = ChannelId> {
        self.channels.iter().map(|row| row.facts.channel)
    }

    /// Each with its name; that of a direct conversation is empty.
    pub fn names(&self) -> impl Iterator<Item = (ChannelId, &str)> {
        self.channels
            .iter()
            .map(|row| (row.facts.channel, row.name.as_str()))
    }

    /// The direct conversations, each with everybody in it.
    pub fn direct(&self) -> impl Iterator<Item = (ChannelId, &[PersonId])> {
        self.direct
            .iter()
            .map(|(channel, people)| (*channel, people.as_slice()))
    }

    /// One of them, as the person sees it.
    pub fn view(&self, channel: ChannelId) -> Option<ChannelView> {
        let row = self.channels.iter().find(|row| row.facts.channel == channel)?;
        let people = self.direct.get(&channel).cloned().unwrap_or_default();
        Some(ChannelView::new(row, people))
    }
}

/// The proof for every channel that `who` may read at this moment: what [`channel`] says of each, in two queries.
pub fn readable_channels(tx: &mut dyn Tx, who: &SignedIn) -> Result<ReadableChannels, Error> {
    // Where many channels are looked through nobody asks from where a guest by link reads.
    let channels = match who.is_link_guest {
        true => Vec::new(),
        false => store::list_readable_channels(tx, who.person)?,
    };
    let mut direct: HashMap<ChannelId, Vec<PersonId>> = HashMap::new();
    for (channel, person) in store::list_direct_people(tx, who.person)? {
        direct.entry(channel).or_default().push(person);
    }
    Ok(ReadableChannels {
        person: who.person,
        channels,
        direct,
    })
}

/// The proof for somebody who does not ask by themselves: whoever made a hook, or asked for a job. People who were
/// deactivated, and bots, prove nothing.
pub fn channel_of(tx: &mut dyn Tx, person: PersonId, channel: ChannelId) -> Result<ChannelAccess, Error> {
    let active = accounts::find_active(tx, person)?.ok_or(Error::NotFound)?;
    let facts = store::find_channel_facts(tx, channel, active)?.ok_or(Error::NotFound)?;
    if facts.can_read() {
        Ok(ChannelAccess(facts))
    } else {
        Err(Error::NotFound)
    }
}

/// This person may see this space.
#[derive(Debug, Clone, Copy)]
pub struct SpaceAccess {
    space: SpaceId,
    person: PersonId,
    member: Option<SpaceRole>,
    role: Role,
    is_archived: bool,
}

impl SpaceAccess {
    /// Which space.
    pub fn id(&self) -> SpaceId {
        self.space
    }

    /// Whose access.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// What the person is in it; None for one who may join.
    pub fn member_role(&self) -> Option<SpaceRole> {
        self.member
    }

    /// Whether the person is a guest of the workspace.
    pub fn is_guest(&self) -> bool {
        self.role == Role::Guest
    }

    /// Whether the person looks after the space.
    pub fn can_manage(&self) -> bool {
        self.role.is_admin() || (self.member == Some(SpaceRole::Admin) && self.role != Role::Guest)
    }

    /// Whether the person sees all public channels.
    pub fn sees_public_channels(&self) -> bool {
        self.can_manage() || (self.member == Some(SpaceRole::Member) && self.role != Role::Guest)
    }

    /// Refuses those who do not look after it.
    pub fn require_manage(&self) -> Result<(), Error> {
        if self.can_manage() {
            Ok(())
        } else {
            Err(Error::Forbidden(
                "only those who look after the space can do this",
            ))
        }
    }

    /// Refuses guests, those outside, and archived spaces.
    pub fn require_take_part(&self) -> Result<(), Error> {
        if self.is_archived {
            return Err(Error::Archived);
        }
        if self.sees_public_channels() {
            return Ok(());
        }
        Err(Error::Forbidden("only members of the space can do this"))
    }
}

/// The proof that `who` may see the space: its members, administrators, and everybody but guests when it is open.
pub fn space(tx: &mut dyn Tx, who: &SignedIn, space: SpaceId) -> Result<SpaceAccess, Error> {
    seen_space(tx, who.person, space)
}

/// The proof for somebody who does not ask by themselves, as [`channel_of`].
pub fn space_of(tx: &mut dyn Tx, person: PersonId, space: SpaceId) -> Result<SpaceAccess, Error> {
    let active = accounts::find_active(tx, person)?.ok_or(Error::NotFound)?;
    seen_space(tx, active, space)
}

fn seen_space(tx: &mut dyn Tx, person: PersonId, space: SpaceId) -> Result<SpaceAccess, Error> {
    let facts = store::find_space_facts(tx, space, person)?.ok_or(Error::NotFound)?;
    let visible =
        facts.member.is_some() || facts.role.is_admin() || (facts.is_open && facts.role != Role::Guest);
    if !visible {
        return Err(Error::NotFound);
    }
    Ok(SpaceAccess {
        space,
        person,
        member: facts.member,
        role: facts.role,
        is_archived: facts.is_archived,
    })
}

//! Verbs on channels and direct conversations.

use super::membership::{enter_channel, exit_channel};
use crate::{
    access::{ChannelAccess, SpaceAccess, YOU_BLOCK},
    blocks::{self, Block},
    deeds,
    events::{self, By, ChannelEvent, PlaceEvent, SpaceEvent},
    guests,
    model::{
        CHANNELS_PER_SPACE_MAX, ChannelKind, ChannelRole, DIRECT_PEOPLE_MAX, Error, check_slow,
        clean_description, clean_name,
    },
    store::{self, NewChannel, PreferenceRow},
    wire::{ChangeChannel, ChangePreference, Channel, NewChannel as NewChannelBody},
};
use accounts::{Role, SignedIn, Subject};
use base::{ChannelId, PersonId, SpaceId, Timestamp};
use platform::{db::Tx, journal};

/// A channel of a space, checked and ready to be written.
pub(crate) struct ChannelDraft {
    name: String,
    name_key: String,
    kind: ChannelKind,
    description: String,
    is_default: bool,
}

impl ChannelDraft {
    /// Checks what a person typed.
    pub(crate) fn new(
        name: &str,
        kind: ChannelKind,
        description: &str,
        is_default: bool,
    ) -> Result<Self, Error> {
        if kind == ChannelKind::Direct {
            let detail = "a direct conversation is started with people, not with a name".to_owned();
            return Err(Error::Field {
                pointer: "/kind",
                detail,
            });
        }
        let (name, name_key) = clean_name(name)?;
        Ok(Self {
            name,
            name_key,
            kind,
            description: clean_description(description)?,
            is_default,
        })
    }

    /// Writes the channel, as yet without members, and opens its log.
    pub(super) fn insert(&self, tx: &mut dyn Tx, space: SpaceId, by: By) -> Result<ChannelId, Error> {
        let id = ChannelId::random();
        if store::count_channels(tx, space)? >= CHANNELS_PER_SPACE_MAX {
            return Err(Error::Limit("a space holds at most 2,000 channels"));
        }
        if store::is_channel_key_taken(tx, space, &self.name_key, id)? {
            return Err(Error::NameTaken);
        }
        let row = NewChannel {
            id,
            space: Some(space),
            kind: self.kind,
            name: &self.name,
            name_key: Some(&self.name_key),
            description: &self.description,
            direct_key: None,
            is_default: self.is_default,
            created_by: by.actor,
        };
        store::insert_channel(tx, &row, by.now)?;
        journal::open(tx, id)?;
        Ok(id)
    }
}

/// Any full member of a space makes channels in it.
pub(crate) fn create_channel(
    tx: &mut dyn Tx,
    access: &SpaceAccess,
    new: &NewChannelBody,
    now: Timestamp,
) -> Result<ChannelId, Error> {
    access.require_take_part()?;
    let draft = ChannelDraft::new(&new.name, new.kind, &new.description, false)?;
    create_channel_in(
        tx,
        access.id(),
        &draft,
        By {
            actor: access.person(),
            now,
        },
    )
}

/// Writes the channel; its maker looks after it.
pub(crate) fn create_channel_in(
    tx: &mut dyn Tx,
    space: SpaceId,
    draft: &ChannelDraft,
    by: By,
) -> Result<ChannelId, Error> {
    let id = draft.insert(tx, space, by)?;
    enter_channel(tx, id, by.actor, ChannelRole::Admin, by)?;
    if draft.kind != ChannelKind::Private {
        let channel = Channel::shared(&store::get_channel(tx, id, by.actor)?, Vec::new());
        events::in_space(tx, space, by, &SpaceEvent::ChannelCreated { channel })?;
    }
    deeds::channel_made(tx, by, (id, space), (draft.kind, &draft.name))?;
    Ok(id)
}

/// Renames, describes, archives or takes back.
pub(crate) fn change_channel(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    change: &ChangeChannel,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    let space = access.space().ok_or(Error::NotFound)?;
    let before = store::get_channel(tx, access.id(), access.person())?;
    let mut row = before.clone();
    let (name, name_key) = clean_name(change.name.as_deref().unwrap_or(&row.name))?;
    if store::is_channel_key_taken(tx, space, &name_key, access.id())? {
        return Err(Error::NameTaken);
    }
    row.name = name;
    if let Some(description) = &change.description {
        row.description = clean_description(description)?;
    }
    row.own_archived_at = match change.archived {
        Some(true) => row.own_archived_at.or(Some(now)),
        Some(false) => None,
        None => row.own_archived_at,
    };
    if let Some(slow_s) = change.slow_s {
        row.facts.slow_s = check_slow(slow_s)?;
    }
    store::update_channel(tx, &row, &name_key)?;
    let channel = Channel::shared(&store::get_channel(tx, access.id(), access.person())?, Vec::new());
    let by = By {
        actor: access.person(),
        now,
    };
    events::in_channel(tx, access.id(), by, &ChannelEvent::Changed { channel })?;
    deeds::channel_changed(tx, by, &before, &row)
}

/// Joins what one may read.
pub(crate) fn join_channel(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<(), Error> {
    if access.is_member() {
        return Ok(());
    }
    access.require_open()?;
    let by = By {
        actor: access.person(),
        now,
    };
    enter_channel(tx, access.id(), access.person(), ChannelRole::Member, by)
}

/// Leaves a channel; a direct conversation stays with its people.
pub(crate) fn leave_channel(tx: &mut dyn Tx, access: &ChannelAccess, now: Timestamp) -> Result<(), Error> {
    if access.kind() == ChannelKind::Direct {
        return Err(Error::Forbidden(
            "a direct conversation cannot be left; mute it instead",
        ));
    }
    access.require_member()?;
    if access.is_link_guest() {
        return guests::leave(tx, access, now);
    }
    keep_an_admin(tx, access, access.person())?;
    exit_channel(
        tx,
        access.id(),
        access.person(),
        By {
            actor: access.person(),
            now,
        },
    )
}

/// Brings somebody in, or names or un-names them as one who looks after the channel or posts in it.
pub(crate) fn put_channel_member(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    person: PersonId,
    role: ChannelRole,
    now: Timestamp,
) -> Result<(), Error> {
    let before = store::find_channel_role(tx, access.id(), person)?;
    // Any member may bring a colleague into a channel; roles are for those who look after it.
    if role != ChannelRole::Member || before.is_some() {
        access.require_manage()?;
    } else {
        access.require_member()?;
    }
    access.require_open()?;
    let space = access.space().ok_or(Error::Forbidden(
        "start another conversation with these people instead",
    ))?;
    let subject = accounts::find_person(tx, person)?
        .filter(|person| !person.deactivated && !person.bot && !person.link_guest)
        .ok_or(Error::NotFound)?;
    if store::find_space_role(tx, space, person)?.is_none() && !subject.role.is_admin() {
        return Err(Error::Conflict(
            "this person is not in the space yet: invite them to the space first",
        ));
    }
    if before == Some(ChannelRole::Admin) && role != ChannelRole::Admin {
        keep_an_admin(tx, access, person)?;
    }
    let by = By {
        actor: access.person(),
        now,
    };
    enter_channel(tx, access.id(), person, role, by)?;
    if before == Some(role) {
        return Ok(());
    }
    let name = store::get_channel(tx, access.id(), access.person())?.name;
    let subject = Subject::new("channel", access.id(), deeds::audit_name(access.kind(), &name));
    deeds::member_changed(
        tx,
        by,
        ("channel.member_put", subject),
        (person, Some(role.as_str())),
    )
}

/// Takes somebody out of a channel.
pub(crate) fn remove_channel_member(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    person: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_manage()?;
    if guests::remove(tx, access, person, now)? {
        return Ok(());
    }
    keep_an_admin(tx, access, person)?;
    let by = By {
        actor: access.person(),
        now,
    };
    exit_channel(tx, access.id(), person, by)?;
    let name = store::get_channel(tx, access.id(), access.person())?.name;
    let subject = Subject::new("channel", access.id(), deeds::audit_name(access.kind(), &name));
    deeds::member_changed(tx, by, ("channel.member_removed", subject), (person, None))
}

/// A private channel whose last admin goes could never be managed again.
fn keep_an_admin(tx: &mut dyn Tx, access: &ChannelAccess, leaving: PersonId) -> Result<(), Error> {
    if access.kind() != ChannelKind::Private || access.n_members() <= 1 {
        return Ok(());
    }
    let admins = store::list_channel_members(tx, access.id(), PersonId(uuid::Uuid::nil()), i64::MAX)?;
    let mut others = admins
        .iter()
        .filter(|(person, role)| *role == ChannelRole::Admin && *person != leaving);
    let is_admin = admins
        .iter()
        .any(|(person, role)| *person == leaving && *role == ChannelRole::Admin);
    if is_admin && others.next().is_none() {
        return Err(Error::Conflict(
            "name somebody else to look after the channel first",
        ));
    }
    Ok(())
}

/// Finds the conversation of exactly these people and `who`, or begins it.
pub(crate) fn open_direct(
    tx: &mut dyn Tx,
    who: &SignedIn,
    others: &[PersonId],
    now: Timestamp,
) -> Result<ChannelId, Error> {
    let people: Vec<PersonId> = others.iter().copied().chain([who.person]).collect();
    let people = direct_people(&people)?;
    check_reachable(tx, who, &people)?;
    let key = direct_key(&people);
    if let Some(channel) = store::find_direct(tx, &key)? {
        return Ok(channel);
    }
    if let [one, other] = people[..] {
        let other = if one == who.person { other } else { one };
        match blocks::between(tx, who.person, other)? {
            Some(Block::Mine) => return Err(YOU_BLOCK),
            Some(Block::Theirs) => return Err(Error::Unreachable),
            None => {}
        }
    }
    let by = By {
        actor: who.person,
        now,
    };
    let id = insert_direct(tx, &key, by)?;
    for person in people {
        enter_channel(tx, id, person, ChannelRole::Member, by)?;
    }
    Ok(id)
}

/// The people of a direct conversation in the order of its key, each once.
pub(super) fn direct_people(people: &[PersonId]) -> Result<Vec<PersonId>, Error> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.len() < 2 || people.len() > DIRECT_PEOPLE_MAX {
        return Err(Error::Field {
            pointer: "/people",
            detail: "name one to eight other people".to_owned(),
        });
    }
    Ok(people)
}

/// What names the conversation of exactly these people.
pub(super) fn direct_key(people: &[PersonId]) -> String {
    let key: Vec<String> = people
        .iter()
        .map(|person| person.0.simple().to_string())
        .collect();
    key.join(".")
}

/// Writes a direct conversation, as yet without members, and opens its log.
pub(super) fn insert_direct(tx: &mut dyn Tx, key: &str, by: By) -> Result<ChannelId, Error> {
    let id = ChannelId::random();
    let row = NewChannel {
        id,
        space: None,
        kind: ChannelKind::Direct,
        name: "",
        name_key: None,
        description: "",
        direct_key: Some(key),
        is_default: false,
        created_by: by.actor,
    };
    store::insert_channel(tx, &row, by.now)?;
    journal::open(tx, id)?;
    Ok(id)
}

/// Everybody named must exist, be active, and be visible to `who`; all else looks absent.
fn check_reachable(tx: &mut dyn Tx, who: &SignedIn, people: &[PersonId]) -> Result<(), Error> {
    let found = accounts::people(tx, people)?;
    // Guests by link are in one channel and nowhere else.
    let is_out_of_reach = |person: &accounts::Person| person.deactivated || person.bot || person.link_guest;
    if found.len() != people.len() || found.iter().any(is_out_of_reach) {
        return Err(Error::NotFound);
    }
    if who.role != Role::Guest {
        return Ok(());
    }
    for person in people {
        if *person != who.person && !store::do_share_channel(tx, who.person, *person)? {
            return Err(Error::NotFound);
        }
    }
    Ok(())
}

/// Keeps a channel on top, or in another place of one's own sidebar.
pub(crate) fn change_preference(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    change: &ChangePreference,
    now: Timestamp,
) -> Result<(), Error> {
    access.require_member()?;
    let before = store::get_channel(tx, access.id(), access.person())?;
    let kept = PreferenceRow {
        favourite: change.favourite.unwrap_or(before.favourite),
        position: change.position.or(before.position),
    };
    store::put_preference(tx, access.person(), access.id(), kept)?;
    let event = PlaceEvent::PreferenceChanged {
        channel_id: access.id(),
        favourite: kept.favourite,
        position: kept.position,
    };
    let by = By {
        actor: access.person(),
        now,
    };
    Ok(events::for_person(tx, access.person(), by, &event)?)
}

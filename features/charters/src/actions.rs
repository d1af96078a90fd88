//! Reading and changing charters.

use crate::{
    events::{self, CharterChanged},
    model::{Error, expected},
    store,
    wire::{ChangeCharter, Charter, CharterScope, CharterView, Expected},
};
use accounts::{Deed, Subject, audit};
use base::{PersonId, ScopeId, SpaceId, Timestamp, TopicId};
use platform::db::Tx;
use spaces::{ChannelAccess, ChannelKind, SpaceAccess, audit_name};
use uuid::Uuid;

/// What this slice writes down in the audit log.
pub(crate) const DEEDS: &[&str] = &["charter.changed"];

/// A place with those around it, and what its reader may do with it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// From the workspace to the place itself.
    chain: Vec<(CharterScope, Uuid)>,
    /// On which log its changes are told.
    log: ScopeId,
    pub reader: PersonId,
    pub can_change: bool,
    /// What the audit log calls it.
    name: String,
}

impl Place {
    fn id(&self) -> Uuid {
        self.chain.last().map_or(Uuid::nil(), |(_, id)| *id)
    }

    fn kind(&self) -> &'static str {
        match self.chain.last() {
            Some((CharterScope::Space, _)) => "space",
            Some((CharterScope::Channel, _)) => "channel",
            Some((CharterScope::Topic, _)) => "topic",
            _ => "workspace",
        }
    }
}

/// The workspace, for anybody who is in it.
pub(crate) fn workspace(tx: &mut dyn Tx, (reader, is_admin): (PersonId, bool)) -> Result<Place, Error> {
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    Ok(Place {
        chain: vec![(CharterScope::Workspace, workspace.id.0)],
        log: workspace.id.into(),
        reader,
        can_change: is_admin,
        name: workspace.name,
    })
}

pub(crate) fn space(tx: &mut dyn Tx, access: &SpaceAccess) -> Result<Place, Error> {
    let around = workspace(tx, (access.person(), false))?;
    Ok(Place {
        chain: chain(&around, Some(access.id())),
        log: access.id().into(),
        reader: access.person(),
        can_change: access.can_manage(),
        name: String::new(),
    })
}

pub(crate) fn channel(tx: &mut dyn Tx, access: &ChannelAccess) -> Result<Place, Error> {
    let around = workspace(tx, (access.person(), false))?;
    let mut chain = chain(&around, access.space());
    chain.push((CharterScope::Channel, access.id().0));
    let name = spaces::channel_view(tx, access)?.channel.name;
    // In a direct conversation everybody looks after it.
    let is_direct = access.kind() == ChannelKind::Direct;
    Ok(Place {
        chain,
        log: access.id().into(),
        reader: access.person(),
        can_change: access.can_manage() || (is_direct && access.is_member()),
        name: audit_name(access.kind(), &name).to_owned(),
    })
}

/// A topic of the channel that was proved; whoever began it changes it, too.
pub(crate) fn topic(tx: &mut dyn Tx, access: &ChannelAccess, id: TopicId) -> Result<Place, Error> {
    let topic = messages::get_topic(tx, access, id)?;
    let mut place = channel(tx, access)?;
    place.chain.push((CharterScope::Topic, topic.id.0));
    place.can_change |= topic.created_by == access.person() && access.can_post();
    Ok(place)
}

fn chain(around: &Place, space: Option<SpaceId>) -> Vec<(CharterScope, Uuid)> {
    let mut chain = around.chain.clone();
    chain.extend(space.map(|space| (CharterScope::Space, space.0)));
    chain
}

/// What a place says, and what holds there.
pub(crate) fn view(tx: &mut dyn Tx, place: &Place) -> Result<CharterView, Error> {
    let ids: Vec<Uuid> = place.chain.iter().map(|(_, id)| *id).collect();
    let mut said = store::list_latest(tx, &ids)?;
    let says = |(scope, id): &(CharterScope, Uuid)| {
        let charter = said.get(id).map(|said| said.charter.clone());
        (*scope, charter.unwrap_or_default())
    };
    let places: Vec<(CharterScope, Charter)> = place.chain.iter().map(says).collect();
    let own = said.remove(&place.id()).unwrap_or_default();
    Ok(CharterView {
        charter: own.charter,
        version: own.version,
        expected: expected(&places),
        can_change: place.can_change,
    })
}

/// What holds in a channel, or in a topic of it, for what is asked there now.
pub fn expected_in(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    in_topic: Option<TopicId>,
) -> Result<Expected, Error> {
    let place = match in_topic {
        Some(id) => topic(tx, access, id)?,
        None => channel(tx, access)?,
    };
    Ok(view(tx, &place)?.expected)
}

/// Says something else from now on; what was asked before keeps what held then.
pub(crate) fn change(
    tx: &mut dyn Tx,
    place: &Place,
    change: &ChangeCharter,
    now: Timestamp,
) -> Result<CharterView, Error> {
    if !place.can_change {
        return Err(Error::Forbidden(
            "whoever looks after it says what is expected there",
        ));
    }
    if place.kind() == "topic" && change.charter.tells_hosts.is_some() {
        return Err(Error::Field {
            pointer: "/charter/tells_hosts",
            detail: "a channel says it, for all that is live in it".to_owned(),
        });
    }
    let before = view(tx, place)?;
    if before.version != change.version {
        return Err(Error::Changed(before.version));
    }
    if before.charter == change.charter {
        return Ok(before);
    }
    let version = before.version + 1;
    let by = (place.reader, now);
    store::add(tx, (place.id(), version), &change.charter, by)?;
    let event = CharterChanged {
        scope_id: place.id(),
        version,
    };
    events::charter_changed(tx, place.log, by, &event)?;
    let subject = Subject::new(place.kind(), place.id(), &place.name);
    let minutes = |pace: Option<crate::wire::Pace>| pace.map(|pace| pace.minutes);
    let deed = Deed::new(place.reader, "charter.changed", subject)
        .changed(
            "normal",
            minutes(before.charter.normal),
            minutes(change.charter.normal),
        )
        .changed(
            "feedback",
            minutes(before.charter.feedback),
            minutes(change.charter.feedback),
        )
        .changed(
            "urgent",
            minutes(before.charter.urgent),
            minutes(change.charter.urgent),
        )
        .changed(
            "tells_hosts",
            before.charter.tells_hosts,
            change.charter.tells_hosts,
        );
    audit::record(tx, &deed, now)?;
    view(tx, place)
}

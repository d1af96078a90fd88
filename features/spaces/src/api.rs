//! Places on the wire: types and thin handlers.

use crate::{
    access,
    actions::{channels, spaces},
    model::{ChannelKind, ChannelRole, Error, SpaceKind, SpaceRole},
    people,
    store::{self, ChannelRecord, Sight, SpaceRow},
};
use accounts::{Person, SignedIn};
use axum::extract::State;
use base::{ChannelId, PersonId, SpaceId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A team, a class or a project.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Space {
    /// Its id.
    pub id: SpaceId,
    /// 1 to 80 characters.
    pub name: String,
    /// What it is for.
    pub kind: SpaceKind,
    /// Up to 1,000 characters.
    pub description: String,
    /// Whether every member of the workspace may join.
    pub open: bool,
    /// Whether it is archived: read, no more written.
    pub archived: bool,
    /// How many people are in it.
    #[ts(type = "number")]
    pub n_members: i64,
    /// What I am in it; null in events and where I am not.
    pub my_role: Option<SpaceRole>,
}

impl From<SpaceRow> for Space {
    fn from(row: SpaceRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            description: row.description,
            open: row.is_open,
            archived: row.archived_at.is_some(),
            n_members: row.n_members,
            my_role: row.member,
        }
    }
}

impl Space {
    /// As everybody sees it: events are shared by all receivers.
    pub(crate) fn shared(row: SpaceRow) -> Self {
        Self {
            my_role: None,
            ..row.into()
        }
    }
}

/// A channel as everybody in it sees it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its space; null for a direct conversation.
    pub space_id: Option<SpaceId>,
    /// Who reads and who writes.
    pub kind: ChannelKind,
    /// 1 to 80 characters; empty for a direct conversation, which is named by its people.
    pub name: String,
    /// Up to 1,000 characters.
    pub description: String,
    /// Whether it is archived, itself or with its space.
    pub archived: bool,
    /// Who made it.
    pub created_by: PersonId,
    /// How many people are in it.
    #[ts(type = "number")]
    pub n_members: i64,
    /// Everybody in a direct conversation; empty for other kinds.
    pub people: Vec<PersonId>,
}

impl Channel {
    pub(crate) fn shared(row: &ChannelRecord, people: Vec<PersonId>) -> Self {
        Self {
            id: row.facts.channel,
            space_id: row.facts.space,
            kind: row.facts.kind,
            name: row.name.clone(),
            description: row.description.clone(),
            archived: row.facts.archived_at.is_some(),
            created_by: row.created_by,
            n_members: row.facts.n_members,
            people,
        }
    }
}

/// A channel as I see it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChannelView {
    /// What everybody sees.
    #[serde(flatten)]
    pub channel: Channel,
    /// Whether I may post.
    pub can_post: bool,
    /// Whether I may rename, archive, invite and remove.
    pub can_manage: bool,
    /// Whether I am a member.
    pub is_member: bool,
    /// Whether it stands on top of my sidebar.
    pub favourite: bool,
    /// Whether it shows me only mentions.
    pub muted: bool,
    /// Its place among its neighbours, if I chose one.
    #[ts(type = "number | null")]
    pub position: Option<i64>,
}

impl ChannelView {
    pub(crate) fn new(row: &ChannelRecord, people: Vec<PersonId>) -> Self {
        Self {
            channel: Channel::shared(row, people),
            can_post: row.facts.can_post(),
            can_manage: row.facts.can_manage(),
            is_member: row.facts.channel_role.is_some(),
            favourite: row.favourite,
            muted: row.muted,
            position: row.position,
        }
    }
}

/// A list that is complete.
#[derive(Debug, Serialize)]
pub(crate) struct Items<T> {
    pub items: Vec<T>,
}

/// A page of a list; `next` is the cursor of the page that follows.
#[derive(Debug, Serialize)]
pub(crate) struct PageOf<T> {
    pub items: Vec<T>,
    pub next: Option<Uuid>,
}

/// A new space.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewSpace {
    /// 1 to 80 characters.
    pub name: String,
    /// What it is for.
    pub kind: SpaceKind,
    /// Up to 1,000 characters.
    #[serde(default)]
    pub description: String,
    /// Whether every member of the workspace may join.
    pub open: bool,
}

/// What changes about a space; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeSpace {
    /// Another name.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another description.
    #[ts(optional)]
    pub description: Option<String>,
    /// Whether every member of the workspace may join.
    #[ts(optional)]
    pub open: Option<bool>,
    /// Archive it, or take it back.
    #[ts(optional)]
    pub archived: Option<bool>,
}

/// A new channel.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewChannel {
    /// 1 to 80 characters.
    pub name: String,
    /// public, private or announcement.
    pub kind: ChannelKind,
    /// Up to 1,000 characters.
    #[serde(default)]
    pub description: String,
}

/// What changes about a channel; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeChannel {
    /// Another name.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another description.
    #[ts(optional)]
    pub description: Option<String>,
    /// Archive it, or take it back.
    #[ts(optional)]
    pub archived: Option<bool>,
}

/// What changes in my sidebar; absent fields stay.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ChangePreference {
    /// On top.
    #[ts(optional)]
    pub favourite: Option<bool>,
    /// Only mentions count.
    #[ts(optional)]
    pub muted: Option<bool>,
    /// Place among its neighbours, smaller first.
    #[ts(optional, type = "number")]
    pub position: Option<i64>,
}

/// Another role in a space.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpaceMemberChange {
    role: SpaceRole,
}

/// Another role in a channel.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelMemberChange {
    role: ChannelRole,
}

/// With whom a direct conversation is held.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDirect {
    people: Vec<PersonId>,
}

/// Somebody and what they are in a space.
#[derive(Debug, Serialize, TS)]
pub struct SpaceMember {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: SpaceRole,
}

/// Somebody and what they are in a channel.
#[derive(Debug, Serialize, TS)]
pub struct ChannelMember {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: ChannelRole,
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    before: Option<Uuid>,
    limit: Option<i64>,
}

impl PageQuery {
    /// Where the page begins, and how many rows it holds.
    pub(crate) fn bounds(self) -> (PersonId, i64) {
        (
            PersonId(self.before.unwrap_or(Uuid::nil())),
            self.limit.unwrap_or(50).clamp(1, 100),
        )
    }
}

type Answer<T> = Result<Json<T>, Problem>;

fn view(tx: &mut dyn Tx, channel: ChannelId, person: PersonId) -> Result<ChannelView, Error> {
    let row = store::get_channel(tx, channel, person)?;
    let people = match row.facts.kind {
        ChannelKind::Direct => store::list_all_channel_members(tx, channel)?,
        _ => Vec::new(),
    };
    Ok(ChannelView::new(&row, people))
}

pub(crate) async fn list_spaces(State(app): State<App>, who: SignedIn) -> Answer<Items<Space>> {
    let sight = match who.role {
        role if role.is_admin() => Sight::All,
        accounts::Role::Guest => Sight::Own,
        _ => Sight::Open,
    };
    let rows = app
        .db
        .read(move |tx| store::list_visible_spaces(tx, who.person, sight).map_err(Error::from))
        .await?;
    Ok(Json(Items {
        items: rows.into_iter().map(Space::from).collect(),
    }))
}

pub(crate) async fn create_space(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewSpace>,
) -> Result<(StatusCode, Json<Space>), Problem> {
    let now = app.clock.now();
    let create = move |tx: &mut dyn Tx| {
        let space = spaces::create_space(tx, &who, &new, now)?;
        Ok::<_, Error>(store::get_space(tx, space, who.person)?)
    };
    let row = app.db.write(who.person, create).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

pub(crate) async fn get_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Answer<Space> {
    let get = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        Ok::<_, Error>(store::get_space(tx, access.id(), who.person)?)
    };
    Ok(Json(app.db.read(get).await?.into()))
}

pub(crate) async fn change_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(change): Json<ChangeSpace>,
) -> Answer<Space> {
    let now = app.clock.now();
    let change = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        spaces::change_space(tx, &access, &change, now)?;
        Ok::<_, Error>(store::get_space(tx, space, who.person)?)
    };
    Ok(Json(app.db.write(space, change).await?.into()))
}

pub(crate) async fn join_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let join = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        spaces::join_space(tx, &who, &access, now)
    };
    app.db.write(space, join).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn leave_space(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let leave = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        spaces::leave_space(tx, &access, now)
    };
    app.db.write(space, leave).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_space_members(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Query(page): Query<PageQuery>,
) -> Answer<PageOf<SpaceMember>> {
    let (after, limit) = page.bounds();
    let list = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        if access.member_role().is_none() && !access.can_manage() {
            return Err(Error::Forbidden("join the space to see who is in it"));
        }
        let rows = store::list_space_members(tx, space, after, limit)?;
        let rows = people::with_people(tx, rows)?;
        Ok(rows
            .into_iter()
            .map(|(person, role)| SpaceMember { person, role })
            .collect::<Vec<_>>())
    };
    let items = app.db.read(list).await?;
    let next = people::next(&items, limit, |member| member.person.id);
    Ok(Json(PageOf { items, next }))
}

pub(crate) async fn put_space_member(
    State(app): State<App>,
    who: SignedIn,
    Path((space, person)): Path<(SpaceId, PersonId)>,
    Json(change): Json<SpaceMemberChange>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let put = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        spaces::put_space_member(tx, &access, person, change.role, now)
    };
    app.db.write(space, put).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove_space_member(
    State(app): State<App>,
    who: SignedIn,
    Path((space, person)): Path<(SpaceId, PersonId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let remove = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        spaces::remove_space_member(tx, &access, person, now)
    };
    app.db.write(space, remove).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_channels(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
) -> Answer<Items<ChannelView>> {
    let list = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        Ok::<_, Error>(store::list_channels_of_space(
            tx,
            space,
            who.person,
            access.sees_public_channels(),
        )?)
    };
    let rows = app.db.read(list).await?;
    Ok(Json(Items {
        items: rows.iter().map(|row| ChannelView::new(row, Vec::new())).collect(),
    }))
}

pub(crate) async fn create_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(space): Path<SpaceId>,
    Json(new): Json<NewChannel>,
) -> Result<(StatusCode, Json<ChannelView>), Problem> {
    let now = app.clock.now();
    let create = move |tx: &mut dyn Tx| {
        let access = access::space(tx, &who, space)?;
        let channel = channels::create_channel(tx, &access, &new, now)?;
        view(tx, channel, who.person)
    };
    Ok((StatusCode::CREATED, Json(app.db.write(space, create).await?)))
}

pub(crate) async fn change_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(change): Json<ChangeChannel>,
) -> Answer<ChannelView> {
    let now = app.clock.now();
    let change = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::change_channel(tx, &access, &change, now)?;
        view(tx, channel, who.person)
    };
    Ok(Json(app.db.write(channel, change).await?))
}

pub(crate) async fn join_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Answer<ChannelView> {
    let now = app.clock.now();
    let join = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::join_channel(tx, &access, now)?;
        view(tx, channel, who.person)
    };
    Ok(Json(app.db.write(channel, join).await?))
}

pub(crate) async fn leave_channel(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let leave = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::leave_channel(tx, &access, now)
    };
    app.db.write(channel, leave).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list_channel_members(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Query(page): Query<PageQuery>,
) -> Answer<PageOf<ChannelMember>> {
    let (after, limit) = page.bounds();
    let list = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        let rows = store::list_channel_members(tx, access.id(), after, limit)?;
        let rows = people::with_people(tx, rows)?;
        Ok::<_, Error>(
            rows.into_iter()
                .map(|(person, role)| ChannelMember { person, role })
                .collect::<Vec<_>>(),
        )
    };
    let items = app.db.read(list).await?;
    let next = people::next(&items, limit, |member| member.person.id);
    Ok(Json(PageOf { items, next }))
}

pub(crate) async fn put_channel_member(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, person)): Path<(ChannelId, PersonId)>,
    Json(change): Json<ChannelMemberChange>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let put = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::put_channel_member(tx, &access, person, change.role, now)
    };
    app.db.write(channel, put).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove_channel_member(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, person)): Path<(ChannelId, PersonId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let remove = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::remove_channel_member(tx, &access, person, now)
    };
    app.db.write(channel, remove).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn open_direct(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewDirect>,
) -> Answer<ChannelView> {
    let now = app.clock.now();
    let open = move |tx: &mut dyn Tx| {
        let channel = channels::open_direct(tx, &who, &new.people, now)?;
        view(tx, channel, who.person)
    };
    Ok(Json(app.db.write(who.person, open).await?))
}

pub(crate) async fn change_preference(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(change): Json<ChangePreference>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let change = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        channels::change_preference(tx, &access, &change, now)
    };
    app.db.write(who.person, change).await?;
    Ok(StatusCode::NO_CONTENT)
}

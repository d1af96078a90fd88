//! Places over HTTP: thin handlers.

use crate::{
    access,
    actions::{channels, spaces},
    model::{ChannelKind, Error},
    people,
    store::{self, Sight},
    wire::{
        ChangeChannel, ChangePreference, ChangeSpace, ChannelMember, ChannelMemberChange, ChannelView, Items,
        NewChannel, NewDirect, NewSpace, PageOf, PageQuery, Space, SpaceMember, SpaceMemberChange,
    },
};
use accounts::SignedIn;
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
    // A guest by link who leaves has no session any more.
    accounts::forget(&app, who.person);
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
    accounts::forget(&app, person);
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

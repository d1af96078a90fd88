//! Guest links over HTTP.

use super::{
    actions,
    wire::{EnterAsGuest, ExtendGuestLink, GuestEntered, GuestLink, GuestLook, GuestVisitor, NewGuestLink},
};
use crate::{access, model::Error, store as places, wire::Items};
use accounts::{SignedIn, Token};
use axum::{extract::State, response::IntoResponse};
use base::{ChannelId, GuestLinkId, ScopeId};
use http::{HeaderMap, Method, StatusCode, header::SET_COOKIE};
use platform::{
    app::App,
    db::Tx,
    feature::{Door, Route, Scope},
    http::{
        ClientAddress,
        extract::{Json, Path},
        problem::{CONFLICT, Problem},
    },
    journal::ACCESS_SCOPE,
    openapi::Answered,
};

pub(crate) fn routes() -> Vec<Route> {
    const LINKS: &str = "/api/channels/{channel}/guest-links";
    const LINK: &str = "/api/channels/{channel}/guest-links/{guest_link}";
    // Who is let in is for those who manage: a token that posts messages has no business there.
    let manage = |route: Route| route.scope(Scope::ADMIN);
    let open = |route: Route| route.door(Door::Public);
    vec![
        manage(Route::of(Method::GET, LINKS, list)).says(
            "List the guest links of a channel, with who is there by each; for those who look after it.",
        ),
        manage(Route::of(Method::POST, LINKS, make))
            .says("Make a link by which people without an account come into this channel; it is shown once."),
        manage(Route::of(Method::PATCH, LINK, extend)).says("Let a guest link last longer."),
        manage(Route::of(Method::DELETE, LINK, end))
            .says("End a guest link: its guests are out at once, what they wrote stays."),
        open(Route::of(Method::GET, "/api/guest-links/{token}", look)).says("Where a guest link leads."),
        open(Route::of(Method::POST, "/api/guest-links/{token}/enter", enter))
            .says("Come in by a guest link, with no more than a name."),
    ]
}

async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
) -> Result<Json<Items<GuestLink>>, Problem> {
    let list = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::list(tx, &access)
    };
    let rows = app.db.read(list).await?;
    let items = rows
        .into_iter()
        .map(|(row, guests)| GuestLink::new(row, guests, None))
        .collect();
    Ok(Json(Items { items }))
}

async fn make(
    State(app): State<App>,
    who: SignedIn,
    Path(channel): Path<ChannelId>,
    Json(new): Json<NewGuestLink>,
) -> Result<(StatusCode, Json<GuestLink>), Problem> {
    let (token, now) = (Token::random(), app.clock.now());
    let hash = token.hash();
    let make = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::make(tx, &access, &new, &hash, now)
    };
    let row = app.db.write(channel, make).await?;
    let url = format!("{}/guest/{}", app.config.public_url, token.as_str());
    Ok((
        StatusCode::CREATED,
        Json(GuestLink::new(row, Vec::new(), Some(url))),
    ))
}

async fn extend(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, link)): Path<(ChannelId, GuestLinkId)>,
    Json(change): Json<ExtendGuestLink>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let extend = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::extend(tx, &access, (link, change.expires_in_s), now)
    };
    app.db.write(channel, extend).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(
    State(app): State<App>,
    who: SignedIn,
    Path((channel, link)): Path<(ChannelId, GuestLinkId)>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let end = move |tx: &mut dyn Tx| {
        let access = access::channel(tx, &who, channel)?;
        actions::end(tx, &access, link, now)
    };
    for guest in app.db.write(ACCESS_SCOPE, end).await? {
        accounts::forget(&app, guest);
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Who this browser is already: nobody, or somebody whose session another entry would take away.
async fn find_visitor(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, Problem> {
    match accounts::find_visitor(app, headers).await {
        Ok(who) => Ok(Some(who)),
        Err(accounts::Error::SignedOut) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn look(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Json<GuestLook>, Problem> {
    let who = find_visitor(&app, &headers).await?;
    let (hash, now) = (accounts::token_hash(&token), app.clock.now());
    let look = move |tx: &mut dyn Tx| {
        let link = actions::look(tx, &hash, now)?;
        let workspace = accounts::find_workspace(tx)?.ok_or(Error::LinkUsed)?;
        let inviter = accounts::find_person(tx, link.created_by)?.ok_or(Error::LinkUsed)?;
        let channel = places::get_channel(tx, link.channel, link.created_by)?;
        let channel_id = match who {
            Some(who) => actions::find_room(tx, who.person, &link)?,
            None => None,
        };
        let visitor = match who {
            Some(who) if !who.is_link_guest => GuestVisitor::Account,
            _ if channel_id.is_some() => GuestVisitor::Back,
            _ => GuestVisitor::New,
        };
        Ok::<_, Error>(GuestLook {
            workspace_name: workspace.name,
            channel_name: channel.name,
            channel_id,
            inviter_name: inviter.name,
            whole_history: link.whole_history,
            expires_at: link.expires_at,
            visitor,
        })
    };
    let look = app.db.read(look).await;
    if matches!(look, Err(Error::LinkUsed)) {
        // Whoever guesses is as slow as at signing in; who has a good link is not.
        accounts::count_network(&app, client)?;
    }
    Ok(Json(look?))
}

async fn enter(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(new): Json<EnterAsGuest>,
) -> Result<Answered<GuestEntered, 201>, Problem> {
    accounts::count_guest(&app, client)?;
    // The cookie of an account must not be lost to a link that somebody was sent.
    if find_visitor(&app, &headers)
        .await?
        .is_some_and(|who| !who.is_link_guest)
    {
        return Err(Problem::new(&CONFLICT).detail("You are signed in with an account: sign out first."));
    }
    let (hash, now) = (accounts::token_hash(&token), app.clock.now());
    let device = accounts::device_name(&headers);
    let enter = move |tx: &mut dyn Tx| {
        let (guest, link) = actions::enter(tx, &hash, &new, now)?;
        let session = accounts::open_guest_session(tx, guest, &device, link.expires_at, now)?;
        let entered = GuestEntered {
            id: guest,
            channel_id: link.channel,
        };
        Ok::<_, Error>((entered, session))
    };
    let lane: ScopeId = ACCESS_SCOPE;
    let (entered, session) = app.db.write(lane, enter).await?;
    let cookie = accounts::session_cookie(&app.config, &session);
    let answer = (StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(entered));
    Ok(Answered::new(answer.into_response()))
}

//! Links over HTTP.

use super::{
    actions, letters, sheet,
    store::Before,
    wire::{
        Accept, Invitation, InvitationLook, InvitationPage, InvitationQuery, MailInvitation, NewInvitation,
        SetUp, SetupState,
    },
};
use crate::{model::Error, store as places};
use accounts::{Me, NewPerson, Role, SignedIn, Token};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{InvitationId, PersonId, Timestamp};
use http::{HeaderMap, StatusCode, header::SET_COOKIE};
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path, Query},
        problem::Problem,
    },
    openapi::Answered,
};

impl Accept {
    /// With the password hashed. The role is the invitation's and is put in there.
    async fn into_person(self, role: Role) -> Result<NewPerson, Problem> {
        let password_hash = accounts::hash_password(self.password, &[&self.name, &self.email]).await?;
        Ok(NewPerson {
            name: self.name,
            email: self.email,
            password_hash,
            role,
            time_zone: self.time_zone,
            language: self.language,
        })
    }
}

pub(crate) async fn setup_state(State(app): State<App>) -> Result<Json<SetupState>, Problem> {
    let state = |tx: &mut dyn Tx| {
        Ok::<_, Error>(SetupState {
            workspace: accounts::find_workspace(tx)?,
            needs_setup: !actions::is_set_up(tx)?,
        })
    };
    Ok(Json(app.db.read(state).await?))
}

pub(crate) async fn set_up(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<SetUp>,
) -> Result<Answered<Me, 201>, Problem> {
    let SetUp {
        token,
        workspace_name,
        name,
        email,
        password,
        time_zone,
        language,
    } = body;
    // Asked before the costly hash, so that guessing costs the server nothing.
    let hash = accounts::token_hash(&token);
    let person = Accept {
        name,
        email,
        password,
        time_zone,
        language,
    }
    .into_person(Role::Owner)
    .await?;
    let (now, device) = (app.clock.now(), accounts::device_name(&headers));
    let enter = move |tx: &mut dyn Tx| {
        let id = actions::set_up(tx, &hash, &workspace_name, &person, now)?;
        sign_in(tx, id, &device, now)
    };
    let entered = app.db.write(platform::journal::ACCESS_SCOPE, enter).await?;
    Ok(welcome(&app, entered))
}

pub(crate) async fn look(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Json<InvitationLook>, Problem> {
    let (hash, now) = (accounts::token_hash(&token), app.clock.now());
    let look = move |tx: &mut dyn Tx| {
        let row = actions::look(tx, &hash, now)?;
        let workspace = accounts::find_workspace(tx)?.ok_or(Error::LinkUsed)?;
        let inviter = accounts::find_person(tx, row.created_by)?.ok_or(Error::LinkUsed)?;
        let space_name = match row.space {
            Some(space) => Some(places::get_space(tx, space, row.created_by)?.name),
            None => None,
        };
        let look = InvitationLook {
            workspace_name: workspace.name,
            space_name,
            inviter_name: inviter.name,
            role: row.role,
        };
        Ok::<_, Error>(look)
    };
    Ok(Json(app.db.read(look).await?))
}

pub(crate) async fn accept(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Accept>,
) -> Result<Answered<Me, 201>, Problem> {
    let (hash, now) = (accounts::token_hash(&token), app.clock.now());
    // Refused before the costly hash is made; asked again in the transaction that lets them in.
    app.db
        .read(move |tx| actions::look(tx, &hash, now).map(|_| ()))
        .await?;
    let person = body.into_person(Role::Guest).await?;
    let device = accounts::device_name(&headers);
    let enter = move |tx: &mut dyn Tx| {
        let id = actions::accept(tx, &hash, &person, now)?;
        sign_in(tx, id, &device, now)
    };
    let entered = app.db.write(platform::journal::ACCESS_SCOPE, enter).await?;
    Ok(welcome(&app, entered))
}

fn sign_in(tx: &mut dyn Tx, person: PersonId, device: &str, now: Timestamp) -> Result<(Me, Token), Error> {
    let (_, token) = accounts::open_session(tx, person, device, now)?;
    Ok((accounts::get_me(tx, person)?, token))
}

fn welcome(app: &App, (me, token): (Me, Token)) -> Answered<Me, 201> {
    let cookie = accounts::session_cookie(&app.config, &token);
    Answered::new((StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(me)).into_response())
}

pub(crate) async fn invite(
    State(app): State<App>,
    who: SignedIn,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let (token, now) = (Token::random(), app.clock.now());
    let hash = token.hash();
    let row = app
        .db
        .write(who.person, move |tx| actions::invite(tx, &who, &new, &hash, now))
        .await?;
    let url = format!("{}/join/{}", app.config.public_url, token.as_str());
    Ok((StatusCode::CREATED, Json(Invitation::new(row, Some(url)))))
}

/// The server keeps only the hash of a link, so whoever made it shows it again.
pub(crate) async fn mail(
    State(app): State<App>,
    who: SignedIn,
    Path(token): Path<String>,
    Json(body): Json<MailInvitation>,
) -> Result<StatusCode, Problem> {
    if !platform::mail::is_configured(&app) {
        return Err(accounts::Error::Mail(platform::mail::Error::NotConfigured).into());
    }
    accounts::count_mail(&app, who.person)?;
    let (hash, now) = (accounts::token_hash(&token), app.clock.now());
    let url = format!("{}/join/{token}", app.config.public_url);
    let mailed = app.db.write(who.person, move |tx| {
        let row = actions::look(tx, &hash, now)?;
        if !who.role.is_admin() && row.created_by != who.person {
            return Err(Error::LinkUsed);
        }
        let invitation = Invitation::new(row, Some(url.clone()));
        letters::mail_invitation(tx, who.person, &invitation, (&body.email, ""), now)?;
        // A list that names this address later finds it invited.
        sheet::drop_old(tx, now)?;
        Ok(sheet::put(tx, &body.email.trim().to_lowercase(), invitation.id)?)
    });
    mailed.await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn list(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<InvitationQuery>,
) -> Result<Json<InvitationPage>, Problem> {
    let now = app.clock.now();
    let before = query.before.as_deref().map(place).transpose()?;
    let asked = (query.state.unwrap_or_default(), before);
    let (rows, next) = app.db.read(move |tx| actions::list(tx, &who, asked, now)).await?;
    Ok(Json(InvitationPage {
        items: rows.into_iter().map(|row| Invitation::new(row, None)).collect(),
        next: next.map(|(at, id)| format!("{}.{id}", at.0)),
    }))
}

/// "created_at.id", as a page gave it.
fn place(before: &str) -> Result<Before, Problem> {
    let parts = before.split_once('.');
    let parsed = parts.and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    parsed.ok_or_else(|| Problem::invalid("/before", "is not what a page gave as next"))
}

pub(crate) async fn revoke(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    app.db
        .write(who.person, move |tx| actions::revoke(tx, &who, id, now))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

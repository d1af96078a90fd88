//! Handlers of people outside: those who invite them, and they themselves, by the link in their letter.

use crate::{
    actions,
    api::{lane, view},
    forgetting, guests,
    model::{Error, clean_guests},
    store,
    wire::{AnswerInvitation, ForgetAddress, GuestInvitation, InviteGuests, MeetingView},
};
use accounts::{Administrator, SignedIn};
use axum::extract::State;
use base::{MeetingGuestId, MeetingId, ScopeId};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        ClientAddress,
        extract::{Json, Path},
        problem::Problem,
    },
    mail,
};

/// Letters to people outside need a relay, and each is counted to whoever has it written.
pub(crate) fn check_letters(app: &App, who: &SignedIn, n_guests: usize) -> Result<(), Error> {
    if n_guests == 0 {
        return Ok(());
    }
    if !mail::is_configured(app) {
        return Err(Error::NoMail);
    }
    guests::check_may_invite(who)?;
    for _ in 0..n_guests {
        accounts::count_mail(app, who.person)?;
    }
    Ok(())
}

pub(crate) async fn invite(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<MeetingId>,
    Json(invited): Json<InviteGuests>,
) -> Result<Json<MeetingView>, Problem> {
    // Nobody learns from limits what they may not see.
    let see = move |tx: &mut dyn Tx| actions::access(tx, &who, id).map(drop);
    app.db.read(see).await?;
    let invited = clean_guests(&invited.guests, "/guests")?;
    check_letters(&app, &who, invited.len())?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        guests::invite(tx, (&who, &access), &invited, now)?;
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.write(lane(&app, id).await?, write).await?))
}

pub(crate) async fn remove(
    State(app): State<App>,
    who: SignedIn,
    Path((id, guest)): Path<(MeetingId, MeetingGuestId)>,
) -> Result<Json<MeetingView>, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let access = actions::access(tx, &who, id)?;
        guests::remove(tx, &access, guest, now)?;
        let access = actions::access(tx, &who, id)?;
        view(tx, (&who, now), access)
    };
    Ok(Json(app.db.write(lane(&app, id).await?, write).await?))
}

pub(crate) async fn forget(
    State(app): State<App>,
    who: Administrator,
    Json(asked): Json<ForgetAddress>,
) -> Result<StatusCode, Problem> {
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| forgetting::forget_address(tx, who, &asked.address, now);
    app.db.write(who.0.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn look(
    State(app): State<App>,
    client: ClientAddress,
    Path(link): Path<String>,
) -> Result<Json<GuestInvitation>, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = guests::id_of(&app, &link)?;
    let now = app.clock.now();
    Ok(Json(
        app.db
            .read(move |tx: &mut dyn Tx| guests::look(tx, id, now))
            .await?,
    ))
}

pub(crate) async fn answer(
    State(app): State<App>,
    client: ClientAddress,
    Path(link): Path<String>,
    Json(said): Json<AnswerInvitation>,
) -> Result<Json<GuestInvitation>, Problem> {
    accounts::count_link(&app, client).map_err(Error::from)?;
    let id = guests::id_of(&app, &link)?;
    let now = app.clock.now();
    let find = move |tx: &mut dyn Tx| store::guests::find(tx, id).map_err(Error::from);
    let guest = app.db.read(find).await?.ok_or(Error::NotFound)?;
    let write = move |tx: &mut dyn Tx| {
        guests::answer(tx, id, said.answer, now)?;
        guests::look(tx, id, now)
    };
    Ok(Json(app.db.write(ScopeId(guest.occasion.0), write).await?))
}

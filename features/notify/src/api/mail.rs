//! Handlers of mail: the choice, and its end.

use crate::{
    mail,
    model::{Error, MailWay},
    wire::MailChoice,
};
use accounts::SignedIn;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect},
};
use http::StatusCode;
use platform::{
    app::App,
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
    openapi::Bare,
};

pub(crate) async fn choose(
    State(app): State<App>,
    who: SignedIn,
    Json(choice): Json<MailChoice>,
) -> Result<StatusCode, Problem> {
    if choice.way != MailWay::Nothing && !platform::mail::is_configured(&app) {
        let detail = "this server sends no mail";
        return Err(Error::Field {
            pointer: "/way",
            detail,
        }
        .into());
    }
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| mail::choose(tx, who.person, choice.way, now);
    app.db.write(who.person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A browser that follows the address of the header gets a page; looking changes nothing.
pub(crate) async fn look(State(app): State<App>, Path(token): Path<String>) -> Result<Bare<303>, Problem> {
    mail::person_of(&app, &token)?;
    Ok(Bare(
        Redirect::to(&format!("/unsubscribe/{token}")).into_response(),
    ))
}

/// The body that a mail program sends (`List-Unsubscribe=One-Click`) says nothing that the address does not.
pub(crate) async fn stop(State(app): State<App>, Path(token): Path<String>) -> Result<StatusCode, Problem> {
    let person = mail::person_of(&app, &token)?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| mail::choose(tx, person, MailWay::Nothing, now);
    app.db.write(person, write).await?;
    Ok(StatusCode::NO_CONTENT)
}

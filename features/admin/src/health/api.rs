//! Handler of health.

use super::{Health, look};
use crate::{model::Error, proof};
use accounts::Administrator;
use axum::extract::State;
use platform::{
    app::App,
    db::Tx,
    http::{extract::Json, problem::Problem},
};

pub async fn get(State(app): State<App>, who: Administrator) -> Result<Json<Health>, Problem> {
    let asked = app.db.read(move |tx: &mut dyn Tx| proof::admin(tx, who));
    // At once, so that a dead database costs its two seconds once. Nothing is told before the answer is there.
    let (asked, health) = tokio::join!(tokio::time::timeout(super::WAIT, asked), look(&app));
    // A database that does not answer is what this page is for: then what the door knew counts.
    match asked {
        Ok(Err(error @ (Error::NotAllowed | Error::SignedOut))) => Err(error.into()),
        _ => Ok(Json(health)),
    }
}

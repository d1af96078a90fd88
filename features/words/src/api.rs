//! Handlers of words.

use crate::{
    list,
    model::{Error, WordList},
    store,
};
use accounts::{Administrator, Deed, Subject, audit};
use axum::extract::State;
use platform::{
    app::App,
    db::Tx,
    http::{extract::Json, problem::Problem},
};

/// What this slice writes down in the audit log.
pub(crate) const DEEDS: &[&str] = &["words.changed"];

pub(crate) async fn get(State(app): State<App>, _: Administrator) -> Result<Json<WordList>, Problem> {
    Ok(Json(app.db.read(|tx: &mut dyn Tx| store::get(tx)).await?))
}

pub(crate) async fn put(
    State(app): State<App>,
    who: Administrator,
    Json(new): Json<WordList>,
) -> Result<Json<WordList>, Problem> {
    let clean = new.clean()?;
    let now = app.clock.now();
    let write = move |tx: &mut dyn Tx| {
        let before = store::get(tx)?;
        list::put(tx, &clean)?;
        // How many, and not which: the log is read by more people than the list.
        let deed = Deed::new(who, "words.changed", Subject::named("words", ""))
            .changed("n_ask", before.ask.len(), clean.ask.len())
            .changed("n_hold", before.hold.len(), clean.hold.len())
            .changed("n_report", before.report.len(), clean.report.len());
        audit::record(tx, &deed, now)?;
        Ok::<_, Error>(clean.clone())
    };
    Ok(Json(app.db.write(who.0.person, write).await?))
}

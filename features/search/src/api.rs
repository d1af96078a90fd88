//! Handlers of search.

use crate::{
    actions::{find, places},
    model::{Error, PAGE, PAGE_MAX},
    query::Query,
    wire::{SearchPage, SearchPlaces, SearchSort},
};
use accounts::SignedIn;
use axum::extract::State;
use platform::{
    app::App,
    http::{
        extract::{Json, Query as QueryString},
        problem::Problem,
    },
};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: SearchSort,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    #[serde(default)]
    q: String,
}

pub(crate) async fn search(
    State(app): State<App>,
    who: SignedIn,
    QueryString(asked): QueryString<Asked>,
) -> Result<Json<SearchPage>, Problem> {
    let query = Query::read(&asked.q)?;
    let cursor = asked.cursor.map(|cursor| cursor.parse()).transpose();
    let cursor = cursor.map_err(|()| Problem::invalid("/cursor", "this is no cursor of a search"))?;
    let wanted = find::Wanted {
        query,
        sort: asked.sort,
        cursor,
        limit: asked.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX),
        now: app.clock.now(),
    };
    Ok(Json(
        app.db
            .read(move |tx| find::find(tx, &who, wanted.clone()))
            .await?,
    ))
}

pub(crate) async fn find_places(
    State(app): State<App>,
    who: SignedIn,
    QueryString(typed): QueryString<Typed>,
) -> Result<Json<SearchPlaces>, Problem> {
    Ok(Json(
        app.db.read(move |tx| places::find(tx, &who, &typed.q)).await?,
    ))
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Field { pointer, detail } => Problem::invalid(pointer, detail),
            Error::Spaces(error) => error.into(),
            Error::Db(error) => error.into(),
        }
    }
}

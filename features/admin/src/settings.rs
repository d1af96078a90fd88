//! What is set: on screen, here; in the configuration file, to look at.
//!
//! Invariants: a setting that the file says cannot be changed here; each change is in the audit log; secrets are shown as
//! set or not set.

use crate::{model::Error, proof};
use accounts::{Administrator, Deed, Subject, audit, settings};
use axum::extract::State;
use platform::{
    app::App,
    config::{self, Config, Source},
    db::Tx,
    http::{
        extract::{Json, Path},
        problem::Problem,
    },
    journal::ACCESS_SCOPE,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use ts_rs::TS;

/// One that can be changed here.
struct Known {
    name: &'static str,
    range: RangeInclusive<i64>,
    /// What it is when nobody says; None: no limit.
    default: Option<i64>,
    /// What the file says, which then counts.
    fixed: fn(&Config) -> Option<u64>,
}

/// The least and the most that a limit of room may be: one megabyte to an exabyte.
const ROOM: RangeInclusive<i64> = 1_000_000..=1_000_000_000_000_000_000;

fn known() -> [Known; 4] {
    [
        Known {
            name: audit::DAYS_KEPT_SETTING,
            range: audit::DAYS_KEPT_RANGE,
            default: Some(audit::DAYS_KEPT),
            fixed: |_| None,
        },
        Known {
            name: spaces::GUEST_LINKS_BY_MEMBERS_SETTING,
            range: 0..=1,
            default: Some(0),
            fixed: |_| None,
        },
        Known {
            name: files::PERSON_BYTES_SETTING,
            range: ROOM,
            default: None,
            fixed: |config| config.files.person_bytes,
        },
        Known {
            name: files::WORKSPACE_BYTES_SETTING,
            range: ROOM,
            default: None,
            fixed: |config| config.files.workspace_bytes,
        },
    ]
}

/// A setting of the workspace.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Setting {
    /// Its name.
    #[ts(
        type = "\"audit.days\" | \"guests.by_members\" | \"files.person_bytes\" | \"files.workspace_bytes\""
    )]
    name: String,
    /// What counts; None: no limit.
    #[ts(type = "number | null")]
    value: Option<i64>,
    /// What counts when nobody says.
    #[ts(type = "number | null")]
    default: Option<i64>,
    #[ts(type = "number")]
    min: i64,
    #[ts(type = "number")]
    max: i64,
    /// The configuration file says it: it is changed there.
    fixed: bool,
}

/// A key of the configuration file.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct FixedSetting {
    /// `section.key`.
    #[ts(type = "SettingKey")]
    name: String,
    /// As in the file; None: it is not set, or it is a secret.
    value: Option<String>,
    /// It is set and not shown.
    is_hidden: bool,
    /// What counts without it; in English, as in the file.
    note: Option<String>,
    /// Where it was set.
    #[ts(type = "\"default\" | \"file\" | \"environment\"")]
    source: &'static str,
}

/// `SettingKey` in TypeScript, so that the web app has a sentence for each.
pub fn keys() -> (String, String) {
    let keys: Vec<String> = config::names().map(|name| format!("\"{name}\"")).collect();
    (
        "SettingKey".to_owned(),
        format!("type SettingKey = {};", keys.join(" | ")),
    )
}

/// Answer of `GET /api/settings`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Settings {
    workspace: Vec<Setting>,
    file: Vec<FixedSetting>,
}

/// Body of `PUT /api/settings/{name}`.
#[derive(Debug, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSetting {
    /// Null: back to what counts when nobody says.
    #[ts(type = "number | null")]
    value: Option<i64>,
}

fn setting(tx: &mut dyn Tx, config: &Config, known: &Known) -> Result<Setting, Error> {
    let fixed = (known.fixed)(config).map(|value| i64::try_from(value).unwrap_or(i64::MAX));
    let said = settings::find_number(tx, known.name)?;
    Ok(Setting {
        name: known.name.to_owned(),
        value: fixed.or(said).or(known.default),
        default: known.default,
        min: *known.range.start(),
        max: *known.range.end(),
        fixed: fixed.is_some(),
    })
}

pub async fn list(State(app): State<App>, who: Administrator) -> Result<Json<Settings>, Problem> {
    let config = app.config.clone();
    let read = move |tx: &mut dyn Tx| {
        proof::admin(tx, who)?;
        let workspace: Result<Vec<Setting>, Error> =
            known().iter().map(|known| setting(tx, &config, known)).collect();
        Ok::<_, Error>(Settings {
            workspace: workspace?,
            file: file(&config),
        })
    };
    Ok(Json(app.db.read(read).await?))
}

/// Every key there is, set or not.
fn file(config: &Config) -> Vec<FixedSetting> {
    let entries = config.entries().into_iter();
    entries
        .map(|entry| FixedSetting {
            name: entry.name,
            value: entry.value.filter(|_| !entry.is_hidden),
            is_hidden: entry.is_hidden,
            note: entry.note,
            source: match entry.source {
                None => "default",
                Some(Source::File) => "file",
                Some(Source::Environment) => "environment",
            },
        })
        .collect()
}

pub async fn put(
    State(app): State<App>,
    who: Administrator,
    Path(name): Path<String>,
    Json(change): Json<ChangeSetting>,
) -> Result<Json<Setting>, Problem> {
    let (config, now) = (app.config.clone(), app.clock.now());
    let write = move |tx: &mut dyn Tx| {
        let access = proof::admin(tx, who)?;
        let list = known();
        let known = list
            .iter()
            .find(|known| known.name == name)
            .ok_or(Error::NotFound)?;
        let before = setting(tx, &config, known)?;
        let refuse = |detail: String| Error::Field {
            pointer: "/value",
            detail,
        };
        if before.fixed {
            return Err(refuse(format!(
                "the configuration file says it ({}): change it there",
                known.name
            )));
        }
        if let Some(value) = change.value.filter(|value| !known.range.contains(value)) {
            let (min, max) = (known.range.start(), known.range.end());
            return Err(refuse(format!("{value} is not between {min} and {max}")));
        }
        let text = change.value.map(|value| value.to_string());
        settings::put(tx, known.name, text.as_deref())?;
        let after = setting(tx, &config, known)?;
        if after.value != before.value {
            let subject = Subject::named("setting", known.name);
            let deed = Deed::new(access.actor(), "workspace.setting_changed", subject);
            audit::record(tx, &deed.changed("value", before.value, after.value), now)?;
        }
        Ok(after)
    };
    Ok(Json(app.db.write(ACCESS_SCOPE, write).await?))
}

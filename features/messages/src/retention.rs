//! How long messages stay, and what must not go.
//!
//! Invariants: of the rules of a channel, its space and the workspace the nearest counts, whichever is shorter; what goes
//! by a rule goes as if its author had deleted it, from rows, log, quotes, forwards, search and files, a few at a time,
//! and leaves no line behind; a topic of which nothing is left goes too; a
//! job that dies begins its stretch again and deletes nothing twice. While a hold stands on a channel or on a person, no
//! rule deletes what it covers; what people delete, or is erased, nobody sees any more, and a copy is kept until no hold
//! covers it. Rules, holds and every look at copies are in the audit log.

pub(crate) mod api;
pub(crate) mod copies;
pub(crate) mod going;
mod job;
pub(crate) mod store;

pub(crate) use job::jobs;

use crate::model::Error;
use accounts::{Administrator, Deed, Role, Subject, audit};
use base::{ChannelId, PersonId, SpaceId, Timestamp};
use platform::db::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use spaces::{access, audit_name};
use ts_rs::TS;
use uuid::Uuid;

/// Days that can be said.
pub(crate) const DAYS: std::ops::RangeInclusive<i64> = 1..=3650;
/// Characters of the reason of a hold.
const REASON_MAX_CHARS: usize = 200;
/// Holds that stand at once.
const HOLDS_MAX: i64 = 500;
/// Messages that are counted before a rule is made; beyond that it says "more than".
pub(crate) const COUNTED_MAX: i64 = 1_000_000;

/// A rule of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS, JsonSchema)]
pub struct RetentionRule {
    /// The workspace, a space or a channel.
    pub place_id: Uuid,
    /// After how many days messages go; None: never.
    #[ts(type = "number | null")]
    pub days: Option<i64>,
    /// Pinned messages and decided topics stay.
    pub keep_marked: bool,
}

/// What counts in a channel, as its members see it.
#[derive(Debug, Clone, Copy, Serialize, TS, JsonSchema)]
pub struct ChannelRetention {
    /// After how many days messages go; None: never.
    #[ts(type = "number | null")]
    pub days: Option<i64>,
    /// Pinned messages and decided topics stay.
    pub keep_marked: bool,
    /// Nothing is deleted at the moment.
    pub held: bool,
}

/// Something that must not go.
#[derive(Debug, Clone, Serialize, TS, JsonSchema)]
pub struct Hold {
    /// `channel` or `person`.
    #[ts(type = "\"channel\" | \"person\"")]
    pub kind: String,
    /// Which channel, or who.
    pub subject_id: Uuid,
    /// What it is called; empty where its name is not for every administrator.
    pub name: String,
    /// Why, in the words of who made it.
    pub reason: String,
    /// Who made it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
    /// Messages of it that were deleted since, of which copies are kept.
    #[ts(type = "number")]
    pub n_copies: i64,
}

/// Answer of `GET /api/retention`.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Retention {
    /// Every rule there is; of channels that the administrator may not see it says no name.
    pub rules: Vec<RetentionRule>,
    /// Newest first.
    pub holds: Vec<Hold>,
}

/// Body of `PUT /api/retention/{place}`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRetention {
    /// 1 to 3,650; null: for ever.
    #[ts(type = "number | null")]
    pub days: Option<i64>,
    /// Pinned messages and decided topics stay.
    pub keep_marked: bool,
    /// The name of the place, typed by whoever does it.
    pub confirm: String,
}

/// Body of `POST /api/holds`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// A channel, or a person.
    pub kind: HoldKind,
    /// Which.
    pub subject_id: Uuid,
    /// 1 to 200 characters.
    pub reason: String,
}

/// What a hold is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldKind {
    /// Everything in it.
    Channel,
    /// Everything they wrote.
    Person,
}

impl HoldKind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Person => "person",
        }
    }
}

/// What a rule stands on.
#[derive(Debug)]
pub(crate) struct Place {
    pub id: Uuid,
    pub kind: &'static str,
    pub name: String,
    /// Empty where not every administrator may know the name.
    pub public_name: String,
}

/// Asked anew in the transaction: what the door knew may be a second old.
fn require_admin(tx: &mut dyn Tx, who: Administrator) -> Result<(), Error> {
    match accounts::session_alive(tx, who.0.principal())? {
        Some(role) if role.is_admin() => Ok(()),
        _ => Err(Error::Forbidden(
            "only owners and admins say how long messages stay",
        )),
    }
}

/// What was deleted under a hold is for owners, as the export of the whole workspace is.
fn require_owner(tx: &mut dyn Tx, who: Administrator) -> Result<(), Error> {
    match accounts::session_alive(tx, who.0.principal())? {
        Some(Role::Owner) => Ok(()),
        _ => Err(Error::Forbidden("only owners look at what a hold keeps")),
    }
}

/// The workspace, a space, or a channel that the administrator may see; anything else is absent.
fn find_place(tx: &mut dyn Tx, who: Administrator, id: Uuid) -> Result<Place, Error> {
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    if workspace.id.0 == id {
        return Ok(Place {
            id,
            kind: "workspace",
            public_name: workspace.name.clone(),
            name: workspace.name,
        });
    }
    if let Ok(space) = access::space(tx, &who.0, SpaceId(id)) {
        let name = store::find_space_name(tx, space.id())?.ok_or(Error::NotFound)?;
        return Ok(Place {
            id,
            kind: "space",
            public_name: name.clone(),
            name,
        });
    }
    let channel = access::channel(tx, &who.0, ChannelId(id))?;
    if channel.space().is_none() {
        return Err(Error::Forbidden(
            "a direct conversation follows the rule of the workspace",
        ));
    }
    let view = spaces::channel_view(tx, &channel)?;
    let name = view.channel.name;
    Ok(Place {
        id,
        kind: "channel",
        public_name: audit_name(channel.kind(), &name).to_owned(),
        name,
    })
}

/// How many messages would go at once, and the time of the oldest; at most [`COUNTED_MAX`] and one are counted.
pub(crate) fn preview(
    tx: &mut dyn Tx,
    who: Administrator,
    place: Uuid,
    (days, keep_marked): (i64, bool),
    now: Timestamp,
) -> Result<(i64, Option<Timestamp>), Error> {
    require_admin(tx, who)?;
    check_days(Some(days))?;
    let place = find_place(tx, who, place)?;
    Ok(store::count_due(tx, &place, keep_marked, cutoff(days, now))?)
}

fn check_days(days: Option<i64>) -> Result<(), Error> {
    match days {
        Some(days) if !DAYS.contains(&days) => Err(Error::Field {
            pointer: "/days",
            detail: "1 to 3,650 days".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// What is older than this goes.
pub(crate) fn cutoff(days: i64, now: Timestamp) -> Timestamp {
    let days = u64::try_from(days).unwrap_or(u64::MAX / 86_400);
    now.before(std::time::Duration::from_secs(days * 86_400))
}

/// After how many days what belongs to a channel goes; None: never, or nothing goes at the moment, because it is held.
pub fn days_kept(tx: &mut dyn Tx, channel: ChannelId) -> platform::db::Result<Option<i64>> {
    let Some(workspace) = accounts::find_workspace(tx)? else {
        return Ok(None);
    };
    let counts = store::of_channel(tx, channel, workspace.id.0)?;
    Ok(counts
        .filter(|counts| !counts.held)
        .and_then(|counts| counts.days))
}

/// Says how long messages stay in a place. Whoever does it types the name of the place.
pub(crate) fn change(
    tx: &mut dyn Tx,
    who: Administrator,
    (place, change): (Uuid, &ChangeRetention),
    now: Timestamp,
) -> Result<RetentionRule, Error> {
    require_admin(tx, who)?;
    check_days(change.days)?;
    let place = find_place(tx, who, place)?;
    if change.confirm.trim() != place.name {
        return Err(Error::Field {
            pointer: "/confirm",
            detail: "is not the name of the place".to_owned(),
        });
    }
    let rule = RetentionRule {
        place_id: place.id,
        days: change.days,
        keep_marked: change.keep_marked,
    };
    let before = store::find_rule(tx, place.id)?;
    store::put_rule(tx, &rule)?;
    job::ask_soon(tx, now)?;
    record_rule(tx, who, &place, (before, Some(rule)), now)?;
    Ok(rule)
}

/// Goes back to what lies above: the space, or the workspace, or for ever.
pub(crate) fn clear(tx: &mut dyn Tx, who: Administrator, place: Uuid, now: Timestamp) -> Result<(), Error> {
    require_admin(tx, who)?;
    let place = find_place(tx, who, place)?;
    let before = store::find_rule(tx, place.id)?;
    store::drop_rule(tx, place.id)?;
    if before.is_some() {
        record_rule(tx, who, &place, (before, None), now)?;
    }
    Ok(())
}

fn record_rule(
    tx: &mut dyn Tx,
    who: Administrator,
    place: &Place,
    (before, after): (Option<RetentionRule>, Option<RetentionRule>),
    now: Timestamp,
) -> Result<(), Error> {
    let days = |rule: Option<RetentionRule>| rule.and_then(|rule| rule.days);
    let marked = |rule: Option<RetentionRule>| rule.is_some_and(|rule| rule.keep_marked);
    let subject = Subject::new(place.kind, place.id, &place.public_name);
    let deed = Deed::new(who, "retention.changed", subject)
        .changed("days", days(before), days(after))
        .changed("keep_marked", marked(before), marked(after));
    Ok(audit::record(tx, &deed, now)?)
}

/// Lets nothing go from now on.
pub(crate) fn hold(tx: &mut dyn Tx, who: Administrator, new: &NewHold, now: Timestamp) -> Result<(), Error> {
    require_admin(tx, who)?;
    let reason = markup::clean_name(&new.reason, REASON_MAX_CHARS).map_err(|problem| Error::Field {
        pointer: "/reason",
        detail: problem.to_string(),
    })?;
    if store::count_holds(tx)? >= HOLDS_MAX {
        return Err(Error::Forbidden("500 holds stand already; end one first"));
    }
    let name = hold_name(tx, who, new)?;
    if store::put_hold(tx, new, &reason, (who.0.person, now))? {
        let deed = Deed::new(
            who,
            "retention.hold_made",
            Subject::new(new.kind.as_str(), new.subject_id, &name),
        );
        audit::record(tx, &deed, now)?;
    }
    Ok(())
}

/// The name for the audit log, of somebody or something that is there.
fn hold_name(tx: &mut dyn Tx, who: Administrator, new: &NewHold) -> Result<String, Error> {
    match new.kind {
        HoldKind::Person => {
            let person = accounts::find_person(tx, PersonId(new.subject_id))?;
            Ok(person.ok_or(Error::NotFound)?.name)
        }
        HoldKind::Channel => Ok(
            find_place(tx, who, new.subject_id).and_then(|place| match place.kind {
                "channel" => Ok(place.public_name),
                _ => Err(Error::NotFound),
            })?,
        ),
    }
}

fn get_hold(tx: &mut dyn Tx, subject: Uuid) -> Result<Hold, Error> {
    let holds = store::list_holds(tx)?;
    holds
        .into_iter()
        .find(|hold| hold.subject_id == subject)
        .ok_or(Error::NotFound)
}

fn subject_of(hold: &Hold) -> Subject<'_> {
    let kind = if hold.kind == "person" {
        "person"
    } else {
        "channel"
    };
    Subject::new(kind, hold.subject_id, &hold.name)
}

/// Lets things go again.
pub(crate) fn end_hold(
    tx: &mut dyn Tx,
    who: Administrator,
    subject: Uuid,
    now: Timestamp,
) -> Result<(), Error> {
    require_admin(tx, who)?;
    let hold = get_hold(tx, subject)?;
    store::drop_hold(tx, subject)?;
    job::ask_soon(tx, now)?;
    let deed = Deed::new(who, "retention.hold_ended", subject_of(&hold));
    Ok(audit::record(tx, &deed, now)?)
}

//! All SQL of numbers.

use crate::{
    model::Team,
    wire::{self, Kind, TeamFigures},
};
use base::{MessageId, PersonId, Timestamp, WorkspaceId};
use jiff::civil::Date;
use platform::{
    db::{Error, Result, Row, Tx},
    journal::id_list,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use timing::{numbers::Threshold, span::Span};
use uuid::Uuid;

platform::sql! {
    EXPECT = "insert into number_ask (person_id, message_id, due_at, settled_at) values ($1, $2, $3, null) \
        on conflict (person_id, message_id) do update set due_at = excluded.due_at, settled_at = null";
    SETTLE = "update number_ask set settled_at = $3 where person_id = $1 and message_id = $2 and settled_at is null";
    EXPECT_NO_MORE = "delete from number_ask where person_id = $1 and message_id = $2 and settled_at is null and due_at > $3";
    RELEASED = "select n.cause, n.urgent, n.consented, m.author_id, a.bot_of from notice n \
        join message m on m.id = n.message_id \
        join person a on a.id = m.author_id \
        where n.release_id = $1";
    INTERRUPT = "insert into number_interruption (person_id, at, n) values ($1, $2, $3) \
        on conflict (person_id, at) do update set n = number_interruption.n + excluded.n";
    ASKS = {
        sqlite: "select person_id, due_at, settled_at from number_ask \
            where person_id in (select unhex(value) from json_each($1)) and due_at >= $2 and due_at < $3",
        postgres: "select person_id, due_at, settled_at from number_ask \
            where person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and due_at >= $2 and due_at < $3"
    };
    INTERRUPTIONS = {
        sqlite: "select person_id, at, n from number_interruption \
            where person_id in (select unhex(value) from json_each($1)) and at >= $2 and at < $3",
        postgres: "select person_id, at, n from number_interruption \
            where person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and at >= $2 and at < $3"
    };
    MEETINGS = {
        sqlite: "select p.person_id, m.starts_at, m.ends_at, p.pain from meeting_person p \
            join meeting m on m.id = p.meeting_id \
            where p.person_id in (select unhex(value) from json_each($1)) \
            and p.starts_at >= $2 and p.starts_at < $3 and p.answer = 'yes' \
            and m.canceled_at is null and m.ends_at <= $4 \
            and exists (select 1 from meeting_person o where o.meeting_id = m.id and o.person_id <> p.person_id)",
        postgres: "select p.person_id, m.starts_at, m.ends_at, p.pain from meeting_person p \
            join meeting m on m.id = p.meeting_id \
            where p.person_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and p.starts_at >= $2 and p.starts_at < $3 and p.answer = 'yes' \
            and m.canceled_at is null and m.ends_at <= $4 \
            and exists (select 1 from meeting_person o where o.meeting_id = m.id and o.person_id <> p.person_id)"
    };
    SENT = {
        sqlite: "select m.author_id, m.at, \
                case when exists (select 1 from notice n where n.message_id = m.id and n.held_until is not null) \
                or exists (select 1 from silent_message s where s.message_id = m.id) then 1 else 0 end \
            from message m \
            where m.author_id in (select unhex(value) from json_each($1)) and m.at >= $2 and m.at < $3 \
            and m.deleted_at is null and m.gone = 0",
        postgres: "select m.author_id, m.at, \
                case when exists (select 1 from notice n where n.message_id = m.id and n.held_until is not null) \
                or exists (select 1 from silent_message s where s.message_id = m.id) then 1 else 0 end \
            from message m \
            where m.author_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and m.at >= $2 and m.at < $3 and m.deleted_at is null and m.gone = 0"
    };
    URGENT = {
        sqlite: "select u.sender_id, u.created_at, \
                case when exists (select 1 from urgent_doubt d where d.urgent_id = u.id) then 1 else 0 end \
            from urgent u \
            where u.sender_id in (select unhex(value) from json_each($1)) and u.created_at >= $2 and u.created_at < $3 \
            and u.sent_at is not null",
        postgres: "select u.sender_id, u.created_at, \
                case when exists (select 1 from urgent_doubt d where d.urgent_id = u.id) then 1 else 0 end \
            from urgent u \
            where u.sender_id in (select value::uuid from json_array_elements_text(cast($1 as text)::json)) \
            and u.created_at >= $2 and u.created_at < $3 and u.sent_at is not null"
    };
    /// Those who work here: neither programs nor guests.
    PEOPLE = "select id from person \
        where bot_of is null and link_guest = 0 and deactivated_at is null and role <> 'guest'";
    SPACES = "select s.id, m.person_id from space s \
        join space_member m on m.space_id = s.id \
        join person p on p.id = m.person_id \
        where s.archived_at is null and m.role <> 'guest' \
        and p.bot_of is null and p.link_guest = 0 and p.deactivated_at is null and p.role <> 'guest' \
        order by s.created_at, s.id";
    GROUPS = "select g.id, m.person_id from people_group g \
        join group_member m on m.group_id = g.id \
        join person p on p.id = m.person_id \
        where g.removed_at is null \
        and p.bot_of is null and p.link_guest = 0 and p.deactivated_at is null and p.role <> 'guest' \
        order by g.created_at, g.id";
    COHORTS = "select group_id, people from number_cohort where week >= $1 and week < $2 order by week";
    LAST_WEEK = "select max(week) from number_week where group_id = $1";
    PUT_WEEK = "insert into number_week (group_id, week, kind, n_people, figures) values ($1, $2, $3, $4, $5) \
        on conflict (group_id, week) do nothing";
    PUT_COHORT = "insert into number_cohort (group_id, week, people) values ($1, $2, $3) \
        on conflict (group_id, week) do nothing";
    TEAMS = "select w.group_id, w.kind, coalesce(s.name, g.title, ''), w.week, w.n_people, w.figures from number_week w \
        left join space s on s.id = w.group_id \
        left join people_group g on g.id = w.group_id and g.removed_at is null \
        where w.week >= $2 \
        and (w.kind = 'workspace' \
            or exists (select 1 from space_member m where m.space_id = w.group_id and m.person_id = $1 and m.role <> 'guest') \
            or exists (select 1 from group_member m where m.group_id = w.group_id and m.person_id = $1)) \
        order by case w.kind when 'workspace' then 0 when 'space' then 1 else 2 end, 3, w.group_id, w.week desc";
    BEGAN = "select created_at from workspace where the_only_one = 1";
    K = "select k from number_policy where the_only_one = 1";
    RAISE = "insert into number_policy (the_only_one, k) values (1, $1) \
        on conflict (the_only_one) do update set k = excluded.k where number_policy.k < excluded.k";
    DROP_ASKS = "delete from number_ask where due_at < $1";
    DROP_INTERRUPTIONS = "delete from number_interruption where at < $1";
    DROP_COHORTS = "delete from number_cohort where week < $1";
    FORGET_ASKS = "delete from number_ask where person_id = $1";
    FORGET_INTERRUPTIONS = "delete from number_interruption where person_id = $1";
    ALL_COHORTS = "select group_id, week, people from number_cohort";
    CHANGE_COHORT = "update number_cohort set people = $3 where group_id = $1 and week = $2";
}

/// By when an answer is expected of somebody.
pub(crate) fn expect(tx: &mut dyn Tx, person: PersonId, message: MessageId, due: Timestamp) -> Result<()> {
    tx.exec(&EXPECT, &[person.into(), message.into(), due.into()])
        .map(drop)
}

pub(crate) fn settle(tx: &mut dyn Tx, person: PersonId, message: MessageId, at: Timestamp) -> Result<()> {
    tx.exec(&SETTLE, &[person.into(), message.into(), at.into()])
        .map(drop)
}

/// It is their turn no more, and it is not late.
pub(crate) fn expect_no_more(
    tx: &mut dyn Tx,
    person: PersonId,
    message: MessageId,
    at: Timestamp,
) -> Result<()> {
    tx.exec(&EXPECT_NO_MORE, &[person.into(), message.into(), at.into()])
        .map(drop)
}

/// What somebody was told, as far as it says whether it may interrupt them.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub is_reminder: bool,
    pub wakes: bool,
    /// None: a program speaks.
    pub sender: Option<PersonId>,
}

pub(crate) fn list_released(tx: &mut dyn Tx, release: Uuid) -> Result<Vec<Told>> {
    tx.list(&RELEASED, &[release.into()], |row| {
        let (urgent, consented): (bool, bool) = (row.get(1)?, row.get(2)?);
        let bot_of: Option<PersonId> = row.get_optional(4)?;
        let author: PersonId = row.get(3)?;
        Ok(Told {
            is_reminder: row.text(0)? == Some("reminder"),
            wakes: urgent && consented,
            sender: bot_of.is_none().then_some(author),
        })
    })
}

pub(crate) fn interrupt(tx: &mut dyn Tx, person: PersonId, at: Timestamp, n: i64) -> Result<()> {
    tx.exec(&INTERRUPT, &[person.into(), at.into(), n.into()])
        .map(drop)
}

/// What is read about people who are asked for at once.
pub(crate) struct Asked<'a> {
    pub ids: &'a str,
    pub window: Span,
}

impl<'a> Asked<'a> {
    fn list<T>(
        &self,
        tx: &mut dyn Tx,
        statement: &'static platform::db::Sql,
        read: fn(&dyn Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let args = [self.ids.into(), self.window.from.into(), self.window.to.into()];
        tx.list(statement, &args, read)
    }

    /// By when an answer was expected, and when it came.
    pub fn asks(&self, tx: &mut dyn Tx) -> Result<Vec<(PersonId, Timestamp, Option<Timestamp>)>> {
        self.list(tx, &ASKS, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get_optional(2)?))
        })
    }

    pub fn interruptions(&self, tx: &mut dyn Tx) -> Result<Vec<(PersonId, Timestamp, i64)>> {
        self.list(tx, &INTERRUPTIONS, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    /// Meetings that were accepted and are over: from when to when, and what each asks outside of work.
    pub fn meetings(
        &self,
        tx: &mut dyn Tx,
        now: Timestamp,
    ) -> Result<Vec<(PersonId, Timestamp, Timestamp, i64)>> {
        let args = [
            self.ids.into(),
            self.window.from.into(),
            self.window.to.into(),
            now.into(),
        ];
        tx.list(&MEETINGS, &args, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
    }

    /// When somebody wrote something, and whether it waited for others.
    pub fn sent(&self, tx: &mut dyn Tx) -> Result<Vec<(PersonId, Timestamp, bool)>> {
        self.list(tx, &SENT, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// When somebody sent something urgent, and whether it was said not to be.
    pub fn urgent(&self, tx: &mut dyn Tx) -> Result<Vec<(PersonId, Timestamp, bool)>> {
        self.list(tx, &URGENT, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}

/// The workspace, then the spaces, then the groups, each with whom it was about when it was shown from that week on.
pub(crate) fn list_teams(
    tx: &mut dyn Tx,
    workspace: WorkspaceId,
    (from, week): (Date, Date),
) -> Result<Vec<Team>> {
    let mut before: BTreeMap<Uuid, Vec<_>> = BTreeMap::new();
    let weeks = [from.to_string(), week.to_string()];
    let rows = tx.list(
        &COHORTS,
        &[weeks[0].as_str().into(), weeks[1].as_str().into()],
        |row| {
            let id: Uuid = row.get(0)?;
            Ok((id, people(row, 1)?))
        },
    )?;
    for (id, people) in rows {
        before.entry(id).or_default().push(people);
    }
    let everybody = tx.list(&PEOPLE, &[], |row| row.get(0))?;
    let mut teams = vec![(
        workspace.0,
        "workspace",
        everybody.into_iter().collect::<BTreeSet<PersonId>>(),
    )];
    for (statement, kind) in [(&SPACES, "space"), (&GROUPS, "group")] {
        for (id, person) in tx.list(statement, &[], |row| Ok((row.get::<Uuid>(0)?, row.get(1)?)))? {
            match teams.last_mut().filter(|(last, _, _)| *last == id) {
                Some((_, _, people)) => {
                    people.insert(person);
                }
                None => teams.push((id, kind, BTreeSet::from([person]))),
            }
        }
    }
    let team = |(id, kind, people)| Team {
        before: before.remove(&id).unwrap_or_default(),
        id,
        kind,
        people,
    };
    Ok(teams.into_iter().map(team).collect())
}

fn people(row: &dyn Row, column: usize) -> Result<BTreeSet<PersonId>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(broken)
}

/// When the workspace began.
pub(crate) fn get_began(tx: &mut dyn Tx) -> Result<Timestamp> {
    tx.one(&BEGAN, &[], |row| row.get(0))
}

/// The last week that was counted.
pub(crate) fn find_last_week(tx: &mut dyn Tx, workspace: WorkspaceId) -> Result<Option<Date>> {
    let last: Option<String> = tx.one(&LAST_WEEK, &[workspace.into()], |row| row.get_optional(0))?;
    Ok(last.and_then(|last| last.parse().ok()))
}

/// A week of a team: whom it is about and their figures, or that it is not shown.
#[derive(Debug)]
pub(crate) struct CountedRow {
    pub id: Uuid,
    pub kind: &'static str,
    pub shown: Option<(BTreeSet<PersonId>, TeamFigures)>,
}

/// Written once; whoever comes second changes nothing.
pub(crate) fn put_week(tx: &mut dyn Tx, week: Date, row: &CountedRow) -> Result<()> {
    let week = week.to_string();
    let n_people = row.shown.as_ref().map_or(0, |(people, _)| people.len());
    let figures = row
        .shown
        .as_ref()
        .map(|(_, figures)| serde_json::to_string(figures));
    let figures = figures.transpose().map_err(broken)?;
    let args = [
        row.id.into(),
        week.as_str().into(),
        row.kind.into(),
        i64::try_from(n_people).unwrap_or(i64::MAX).into(),
        figures.as_deref().into(),
    ];
    let is_new = tx.exec(&PUT_WEEK, &args)? == 1;
    if let (true, Some((people, _))) = (is_new, &row.shown) {
        let people = serde_json::to_string(people).map_err(broken)?;
        tx.exec(
            &PUT_COHORT,
            &[row.id.into(), week.as_str().into(), people.as_str().into()],
        )?;
    }
    Ok(())
}

/// The weeks of the teams in which somebody is, from one on; what is about fewer people than k is not said.
pub(crate) fn list_weeks(tx: &mut dyn Tx, person: PersonId, from: Date, k: i64) -> Result<Vec<wire::Team>> {
    let from = from.to_string();
    let rows = tx.list(&TEAMS, &[person.into(), from.as_str().into()], |row| {
        let n_people: i64 = row.get(4)?;
        let figures: Option<String> = row.get_optional(5)?;
        let figures = figures.filter(|_| n_people >= k);
        let figures = figures.map(|figures| serde_json::from_str(&figures).map_err(broken));
        let team = wire::Team {
            id: row.get(0)?,
            kind: row.text(1)?.and_then(Kind::parse).ok_or(Error::Column(1))?,
            name: row.get(2)?,
            weeks: Vec::new(),
        };
        let week = wire::TeamWeek {
            week: row.get(3)?,
            figures: figures.transpose()?,
        };
        Ok((team, week))
    })?;
    let mut teams: Vec<wire::Team> = Vec::new();
    for (mut team, week) in rows {
        match teams.last_mut().filter(|last| last.id == team.id) {
            Some(last) => last.weeks.push(week),
            None => {
                team.weeks.push(week);
                teams.push(team);
            }
        }
    }
    Ok(teams)
}

/// How many people a number is about at the least.
pub(crate) fn get_k(tx: &mut dyn Tx) -> Result<i64> {
    let least = i64::try_from(Threshold::LEAST).unwrap_or(i64::MAX);
    let k: Option<i64> = tx.find(&K, &[], |row| row.get(0))?;
    Ok(k.unwrap_or(least).max(least))
}

/// It is never lowered.
pub(crate) fn raise(tx: &mut dyn Tx, k: i64) -> Result<()> {
    tx.exec(&RAISE, &[k.into()]).map(drop)
}

/// Nothing about a person stays that is older; of weeks before that one nobody knows whom they were about.
pub(crate) fn drop_old(tx: &mut dyn Tx, before: Timestamp, week: Date) -> Result<()> {
    tx.exec(&DROP_ASKS, &[before.into()])?;
    tx.exec(&DROP_INTERRUPTIONS, &[before.into()])?;
    tx.exec(&DROP_COHORTS, &[week.to_string().as_str().into()])
        .map(drop)
}

/// Nothing of a person is left; where they were counted stands nobody, so that their going stays a change.
pub(crate) fn forget(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_ASKS, &[person.into()])?;
    tx.exec(&FORGET_INTERRUPTIONS, &[person.into()])?;
    let cohorts = tx.list(&ALL_COHORTS, &[], |row| {
        Ok((row.get::<Uuid>(0)?, row.get::<String>(1)?, people(row, 2)?))
    })?;
    for (id, week, mut people) in cohorts {
        if people.remove(&person) {
            people.insert(PersonId::random());
            let people = serde_json::to_string(&people).map_err(broken)?;
            tx.exec(
                &CHANGE_COHORT,
                &[id.into(), week.as_str().into(), people.as_str().into()],
            )?;
        }
    }
    Ok(())
}

/// A list parameter of people.
pub(crate) fn ids_of(tx: &dyn Tx, people: impl Iterator<Item = PersonId>) -> String {
    id_list(tx, people.map(|person| person.0))
}

fn broken(err: serde_json::Error) -> Error {
    Error::Statement {
        name: "NUMBERS",
        source: Arc::new(err),
    }
}

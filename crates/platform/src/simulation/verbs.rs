//! What people and jobs do in the simulated world: a made-up feature with two tables.

use super::{Broken, dice::Dice};
use crate::{
    db::{Error, Migration, Result, Tx},
    jobs::{self, Job, JobKind, Next},
    journal::{self, ACCESS_SCOPE, Happened},
};
use base::{PersonId, ScopeId, Seq, Timestamp};
use std::time::Duration;
use uuid::Uuid;

pub(crate) const MIGRATION: Migration = Migration {
    name: "simulation/0001_posts",
    text: "create table post (client_id uuid primary key, scope uuid not null, seq bigint not null);
        create table effect (key text not null, round bigint not null);",
};

crate::sql! {
    FIND_POST = "select seq from post where client_id = $1";
    SAVE_POST = "insert into post (client_id, scope, seq) values ($1, $2, $3)";
    SAVE_EFFECT = "insert into effect (key, round) values ($1, $2)";
    COUNT_EFFECTS = "select count(*) from effect where key = $1";
    LIST_EFFECTS = "select key, round from effect order by key, round";
    COUNT_JOBS = "select count(*) from job";
    COUNT_ACCESS = "select count(*) from event where scope = $1 and actor = $2";
    REMOVE_JOB = "delete from job where id = $1";
}

/// How a post goes about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Plain,
    /// Also in a second log.
    Twofold(ScopeId),
    /// Too long for the bell.
    Long,
    /// Asks for a job of this kind.
    WithJob(&'static str),
    /// Also changes somebody's access.
    Removing(PersonId),
    /// Says nothing by which a repetition is recognised, and is therefore never repeated by its client.
    Careless,
    RefusedBeforeWriting,
    RefusedAfterWriting,
    Panicking,
    /// Goes on after a statement that failed, as if nothing had happened.
    Swallowing,
}

/// One thing that a client wants to say, however often it has to say it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post {
    /// What the person meant; it must be there at most once.
    pub(super) intent: Uuid,
    /// What the server recognises a repetition by; the same as `intent`, unless the rule is broken.
    pub(super) client_id: Uuid,
    pub(super) scope: ScopeId,
    pub(super) manner: Manner,
}

impl Post {
    pub(super) fn throw(dice: &mut Dice, scopes: &[ScopeId], people: &[PersonId]) -> Self {
        let intent = dice.id();
        let scope = dice.pick(scopes);
        let other = dice.pick(scopes);
        let manner = match dice.below(20) {
            0 => dice.pick(&[Manner::RefusedBeforeWriting, Manner::Swallowing]),
            1 | 2 => Manner::RefusedAfterWriting,
            3 => Manner::Panicking,
            4 => dice.pick(&[Manner::Long, Manner::Careless, Manner::Careless]),
            5 => Manner::Removing(dice.pick(people)),
            6..=9 => Manner::WithJob(dice.pick(&["once", "flaky", "thrice"])),
            10..=12 if other != scope => Manner::Twofold(other),
            _ => Manner::Plain,
        };
        Self {
            intent,
            client_id: intent,
            scope,
            manner,
        }
    }

    pub(super) fn may_succeed(&self) -> bool {
        !matches!(
            self.manner,
            Manner::RefusedBeforeWriting
                | Manner::RefusedAfterWriting
                | Manner::Panicking
                | Manner::Swallowing
        )
    }
}

/// Why a post failed.
#[derive(Debug)]
pub(super) enum PostError {
    Refused,
    Db(Error),
}

impl From<Error> for PostError {
    fn from(error: Error) -> Self {
        match error {
            Error::Panicked | Error::Taken => Self::Refused,
            error => Self::Db(error),
        }
    }
}

pub(super) fn post(tx: &mut dyn Tx, post: &Post, now: Timestamp) -> std::result::Result<Seq, PostError> {
    let is_known = post.manner != Manner::Careless;
    if is_known && let Some(seq) = tx.find(&FIND_POST, &[post.client_id.into()], |row| row.get(0))? {
        return Ok(seq);
    }
    if post.manner == Manner::RefusedBeforeWriting {
        return Err(PostError::Refused);
    }
    let happened = Happened {
        kind: "post.made",
        actor: None,
        at: now,
    };
    let n_pad = if post.manner == Manner::Long { 33_000 } else { 0 };
    let body = serde_json::json!({ "intent": post.intent, "pad": "x".repeat(n_pad) });
    let seq = journal::append(tx, post.scope, happened, &body)?;
    let saved = [post.client_id.into(), post.scope.into(), seq.into()];
    if is_known {
        tx.exec(&SAVE_POST, &saved)?;
    }
    match post.manner {
        Manner::Swallowing => drop(tx.exec(&SAVE_POST, &saved)),
        Manner::Twofold(other) => drop(journal::append(tx, other, happened, &body)?),
        Manner::Removing(person) => journal::access_changed(tx, person, now)?,
        Manner::WithJob(kind) => {
            let key = post.intent.to_string();
            jobs::ask(tx, kind, &key, "{}", now)?;
            jobs::ask(tx, kind, &key, "{}", now.after(Duration::from_secs(5)))?;
        }
        Manner::RefusedAfterWriting => return Err(PostError::Refused),
        // Like a panic, but without its message on the terminal.
        Manner::Panicking => std::panic::resume_unwind(Box::new("an injected panic")),
        Manner::Plain | Manner::Long | Manner::Careless | Manner::RefusedBeforeWriting => {}
    }
    Ok(seq)
}

/// How often somebody's access has changed.
pub(super) fn n_access_changes(tx: &mut dyn Tx, person: PersonId) -> Result<i64> {
    tx.one(&COUNT_ACCESS, &[ACCESS_SCOPE.into(), person.into()], |row| {
        row.get(0)
    })
}

const KINDS: [JobKind; 3] = [
    JobKind {
        kind: "once",
        run: once,
        schedule: false,
    },
    JobKind {
        kind: "flaky",
        run: flaky,
        schedule: false,
    },
    JobKind {
        kind: "thrice",
        run: thrice,
        schedule: false,
    },
];

/// How many effects a job of this kind has in the end.
pub(super) fn n_rounds(kind: &str) -> i64 {
    if kind == "thrice" { 3 } else { 1 }
}

pub(super) fn run_job(tx: &mut dyn Tx, job: &Job, now: Timestamp, broken: Broken) -> Result<()> {
    let kind = KINDS
        .iter()
        .find(|kind| kind.kind == job.kind)
        .ok_or(Error::NoRow)?;
    if broken == Broken::JobWithoutLease {
        if (kind.run)(tx, job, now)? == Next::Done {
            tx.exec(&REMOVE_JOB, &[job.id.into()])?;
        }
        return Ok(());
    }
    jobs::run(tx, kind, job, now)
}

fn once(tx: &mut dyn Tx, job: &Job, _: Timestamp) -> Result<Next> {
    tx.exec(&SAVE_EFFECT, &[(&job.key).into(), 1.into()])?;
    Ok(Next::Done)
}

fn flaky(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let next = once(tx, job, now)?;
    if job.n_attempts == 1 {
        Err(Error::NoRow)
    } else {
        Ok(next)
    }
}

fn thrice(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let n_before: i64 = tx.one(&COUNT_EFFECTS, &[(&job.key).into()], |row| row.get(0))?;
    tx.exec(&SAVE_EFFECT, &[(&job.key).into(), (n_before + 1).into()])?;
    Ok(if n_before < 2 {
        Next::At(now.after(Duration::from_secs(1)))
    } else {
        Next::Done
    })
}

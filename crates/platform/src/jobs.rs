//! Work that waits for its time: rows written in the transaction of their cause, run once.
//!
//! Invariants: asking twice with the same kind and key is asking once; a job is run under a lease, and its effects in
//! the database are committed together with its disappearance, so that dying in the middle repeats it and dying after
//! it does not. The runner knows no job.

use crate::{
    app::App,
    db::{Error, Result, Row, Tx},
};
use base::{JobId, ScopeId, Timestamp};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// How often the runner looks for work that is due.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After work the runner looks again sooner, but rests so many times as long as it worked: a job that goes on in many small
/// steps is done ten times as fast, and the people who write have four fifths of the lane.
const REST: u32 = 4;
/// The shortest rest.
const REST_MIN: Duration = Duration::from_millis(50);
/// How long a process may keep a job before another takes it.
const LEASE: Duration = Duration::from_secs(60);
/// Jobs taken at once.
const TAKE: i64 = 16;
/// After this many failures a job stays, for a person to look at.
const ATTEMPTS_MAX: i64 = 20;
/// Pauses between attempts double from the first to the second of these.
const RETRY: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(3600));

crate::sql! {
    ASK = "insert into job (id, kind, key, body, run_at, leased_until, n_attempts) \
        values ($1, $2, $3, $4, $5, 0, 0) on conflict (kind, key) do nothing";
    LEASE_DUE = {
        sqlite: "update job set leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from job where run_at <= $1 and leased_until <= $1 and n_attempts < $4 \
            order by run_at limit $3) \
            returning id, kind, key, body, n_attempts",
        postgres: "update job set leased_until = $2, n_attempts = n_attempts + 1 \
            where id in (select id from job where run_at <= $1 and leased_until <= $1 and n_attempts < $4 \
            order by run_at limit $3 for update skip locked) \
            returning id, kind, key, body, n_attempts"
    };
    DONE = "delete from job where id = $1 and n_attempts = $2";
    AGAIN = "update job set run_at = $3, leased_until = 0, n_attempts = 0 where id = $1 and n_attempts = $2";
    FAILED = "update job set run_at = $3, leased_until = 0, last_error = $4 where id = $1 and n_attempts = $2";
    SET_BODY = "update job set body = $3 where id = $1 and n_attempts = $2";
    PUT_BACK = "update job set n_attempts = n_attempts - 1 where id = $1 and n_attempts = $2";
    REVIVE = "update job set run_at = $2, leased_until = 0, n_attempts = 0 where kind = $1 and n_attempts >= $3";
    WAITING = "select count(*), coalesce(min(run_at), 0) from job where run_at <= $1 and n_attempts < $2";
    FAILING = "select kind, count(*), max(case when n_attempts >= $1 then 1 else 0 end), max(last_error) from job \
        where last_error is not null \
        group by kind order by kind limit 20";
    COUNT = "select count(*) from job where run_at <= $1 and leased_until <= $1 and n_attempts < $2";
}

/// A job as it is run.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its row.
    pub id: JobId,
    /// Which kind runs it.
    pub kind: String,
    /// What makes it the only one of its kind.
    pub key: String,
    /// JSON that the kind understands.
    pub body: String,
    /// 1 for the first try.
    pub n_attempts: i64,
}

/// What a job decides about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is finished and goes away.
    Done,
    /// It comes back at this time, under the same key.
    At(Timestamp),
}

/// How jobs of one kind are run.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// The name in the rows.
    pub kind: &'static str,
    /// Runs inside the transaction that removes the job, so its effects happen exactly once.
    pub run: fn(&mut dyn Tx, &Job, Timestamp) -> Result<Next>,
    /// Some: the server keeps one such job, first due at start, for work that comes back by itself.
    pub schedule: bool,
}

/// Asks for a job at `run_at`, in the transaction of its cause. Asking again with the same key changes nothing.
pub fn ask(tx: &mut dyn Tx, kind: &'static str, key: &str, body: &str, run_at: Timestamp) -> Result<()> {
    tx.exec(
        &ASK,
        &[
            JobId::random().into(),
            kind.into(),
            key.into(),
            body.into(),
            run_at.into(),
        ],
    )?;
    Ok(())
}

/// Takes what is due, under a lease.
pub fn lease(tx: &mut dyn Tx, now: Timestamp) -> Result<Vec<Job>> {
    let args = [
        now.into(),
        now.after(LEASE).into(),
        TAKE.into(),
        ATTEMPTS_MAX.into(),
    ];
    tx.list(&LEASE_DUE, &args, |row: &dyn Row| {
        Ok(Job {
            id: row.get(0)?,
            kind: row.get(1)?,
            key: row.get(2)?,
            body: row.get(3)?,
            n_attempts: row.get(4)?,
        })
    })
}

/// Runs one job and takes it away, in one transaction. A lease that was lost meanwhile (another process has taken the
/// job) undoes everything.
pub fn run(tx: &mut dyn Tx, kind: &JobKind, job: &Job, now: Timestamp) -> Result<()> {
    let next = (kind.run)(tx, job, now)?;
    let mine = match next {
        Next::Done => tx.exec(&DONE, &[job.id.into(), job.n_attempts.into()])?,
        Next::At(at) => tx.exec(&AGAIN, &[job.id.into(), job.n_attempts.into(), at.into()])?,
    };
    if mine == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Notes a failure; the job comes back later.
pub fn failed(tx: &mut dyn Tx, job: &Job, why: &str, now: Timestamp) -> Result<()> {
    let doublings = u32::try_from(job.n_attempts.clamp(1, 12) - 1).unwrap_or(0);
    let pause = (RETRY.0 * 2_u32.pow(doublings)).min(RETRY.1);
    tx.exec(
        &FAILED,
        &[
            job.id.into(),
            job.n_attempts.into(),
            now.after(pause).into(),
            why.into(),
        ],
    )?;
    Ok(())
}

/// Writes down how far a job is, for its next run; in the transaction of the run.
pub fn set_body(tx: &mut dyn Tx, job: &Job, body: &str) -> Result<()> {
    tx.exec(&SET_BODY, &[job.id.into(), job.n_attempts.into(), body.into()])?;
    Ok(())
}

/// Leaves a job to a process that knows its kind: the lease runs out, and the attempt does not count.
fn put_back(tx: &mut dyn Tx, job: &Job) -> Result<()> {
    tx.exec(&PUT_BACK, &[job.id.into(), job.n_attempts.into()])?;
    Ok(())
}

/// How many jobs [`lease`] would find.
pub fn n_due(tx: &mut dyn Tx, now: Timestamp) -> Result<i64> {
    tx.one(&COUNT, &[now.into(), ATTEMPTS_MAX.into()], |row| row.get(0))
}

/// How the jobs stand, for whoever looks after the server.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Due, running ones included.
    pub n_due: i64,
    /// Since when the first of them is due.
    pub due_since: Option<Timestamp>,
    /// Those that failed at their last attempt, by kind.
    pub failing: Vec<Failing>,
}

/// Jobs of one kind that failed.
#[derive(Debug, Clone)]
pub struct Failing {
    /// Which kind.
    pub kind: String,
    /// How many.
    pub n: i64,
    /// Whether one of them is not tried any more.
    pub is_given_up: bool,
    /// What one of them said.
    pub why: String,
}

/// How the jobs stand now.
pub fn standing(tx: &mut dyn Tx, now: Timestamp) -> Result<Standing> {
    let (n_due, since): (i64, i64) = tx.one(&WAITING, &[now.into(), ATTEMPTS_MAX.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    let failing = tx.list(&FAILING, &[ATTEMPTS_MAX.into()], |row| {
        Ok(Failing {
            kind: row.get(0)?,
            n: row.get(1)?,
            is_given_up: row.get::<i64>(2)? == 1,
            why: row.get(3)?,
        })
    })?;
    Ok(Standing {
        n_due,
        due_since: (n_due > 0).then_some(Timestamp(since)),
        failing,
    })
}

/// Runs jobs until `stop`.
pub async fn runner(app: App, kinds: Vec<JobKind>, stop: CancellationToken) {
    if let Err(error) = ask_schedules(&app, &kinds).await {
        tracing::error!(error = %error, "could not write down the regular jobs");
    }
    loop {
        let began = Instant::now();
        let rest = match run_all_due(&app, &kinds, &stop).await {
            Ok(0) => LOOK_EVERY,
            Ok(_) => rest_after(began.elapsed()),
            Err(error) => {
                tracing::warn!(error = %error, "could not look for jobs");
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = stop.cancelled() => return,
        }
    }
}

fn rest_after(worked: Duration) -> Duration {
    (worked * REST).clamp(REST_MIN, LOOK_EVERY)
}

/// A full hand means that more may lie there: goes on until nothing is due, or `stop`. How many jobs that were.
async fn run_all_due(app: &App, kinds: &[JobKind], stop: &CancellationToken) -> Result<usize> {
    let mut n_jobs = 0;
    while !stop.is_cancelled() {
        let n_hand = run_due(app, kinds).await?;
        n_jobs += n_hand;
        if n_hand < TAKE as usize {
            break;
        }
    }
    Ok(n_jobs)
}

async fn ask_schedules(app: &App, kinds: &[JobKind]) -> Result<()> {
    let now = app.clock.now();
    let regular: Vec<&'static str> = kinds
        .iter()
        .filter(|kind| kind.schedule)
        .map(|kind| kind.kind)
        .collect();
    app.db
        .write(lane(), move |tx| {
            for kind in &regular {
                ask(tx, kind, "regular", "{}", now)?;
                // It was given up; whoever starts us anew may have mended the cause.
                tx.exec(&REVIVE, &[(*kind).into(), now.into(), ATTEMPTS_MAX.into()])?;
            }
            Ok::<_, Error>(())
        })
        .await
}

/// Runs what is due now, at most [`TAKE`] jobs, and says how many; tests call it in place of waiting.
pub async fn run_due(app: &App, kinds: &[JobKind]) -> Result<usize> {
    let now = app.clock.now();
    let due = app.db.read(move |tx| n_due(tx, now)).await?;
    if due == 0 {
        return Ok(0);
    }
    let jobs = app.db.write(lane(), move |tx| lease(tx, now)).await?;
    let n_jobs = jobs.len();
    for job in jobs {
        let Some(kind) = kinds.iter().find(|kind| kind.kind == job.kind).copied() else {
            tracing::warn!(job.kind = %job.kind, "found a job of an unknown kind and left it");
            app.db.write(lane(), move |tx| put_back(tx, &job)).await?;
            continue;
        };
        let (running, now) = (job.clone(), app.clock.now());
        let done = app
            .db
            .write(lane(), move |tx| run(tx, &kind, &running, now))
            .await;
        if let Err(error) = done {
            tracing::warn!(job.id = %job.id, job.kind = %job.kind, error = %error, "a job failed and will be tried again");
            if job.n_attempts >= ATTEMPTS_MAX {
                tracing::error!(job.id = %job.id, job.kind = %job.kind, "gave a job up after {ATTEMPTS_MAX} attempts");
            }
            let why = error.to_string();
            app.db
                .write(lane(), move |tx| failed(tx, &job, &why, now))
                .await?;
        }
    }
    Ok(n_jobs)
}

/// Jobs share one lane, so that they never wait for each other's rows.
fn lane() -> ScopeId {
    crate::journal::ACCESS_SCOPE
}

#[cfg(test)]
mod tests;

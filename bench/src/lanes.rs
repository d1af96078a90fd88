//! Lanes: how fast the log grows, against what the databases give to a program that does nothing else.
//!
//! On SQLite the rival is rusqlite with 64 rows per transaction, on PostgreSQL it is pgbench with one statement per
//! append and as many clients as we have writers. Both sides write the same rows durably into the same tables, by turns.

mod ours;
mod pgbench;
mod raw;

use crate::{
    Plan,
    database::Server,
    report::{COLUMNS, Section, median, thousands},
};
use anyhow::Result;
use base::ScopeId;
use platform::db::{Location, Sql};
use uuid::Uuid;

/// Writers on our side, clients of pgbench, rows in a transaction of rusqlite.
const N_WRITERS: usize = 64;
/// A number that shares no divisor with the number of lanes.
const N_SCOPES: usize = 63;
/// What `antiphon.example.toml` says.
const POSTGRES_LANES: usize = 4;
const KIND: &str = "message.posted";
/// About 200 bytes, as a short message takes.
const BODY: &str = "Morning all: the deploy is green, and I have moved the release notes to the shared page. Shout if \
    anything looks off, I am here until four. The customer from Lisbon calls at two, please join if you can.";

pub fn run(plan: &Plan) -> Result<Section> {
    let mut section = Section::new("lanes", &COLUMNS);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let file = plan.fresh_folder("lanes")?.join("ours.db");
        ours.push(ours::rows_per_second(
            &Location::Sqlite { file, readers: 1 },
            plan.span,
        )?);
        let file = plan.fresh_folder("lanes")?.join("raw.db");
        theirs.push(raw::rows_per_second(&file, plan.span)?);
    }
    section.fact(
        "SQLite: 64 writers through `Db`",
        format!("{} rows/s", rate(&ours)),
    );
    section.fact(
        "SQLite: rusqlite, 64 rows per transaction",
        format!("{} rows/s", rate(&theirs)),
    );
    add_ratio(&mut section, "SQLite: ours : rusqlite", &ours, &theirs, 0.5);

    let server = Server::find()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..plan.runs {
        let database = server.database()?;
        let url = database.url.clone();
        ours.push(ours::rows_per_second(
            &Location::Postgres {
                url,
                lanes: POSTGRES_LANES,
                readers: 1,
            },
            plan.span,
        )?);
        let folder = plan.fresh_folder("lanes")?;
        theirs.push(pgbench::rows_per_second(&server.database()?, &folder, plan.span)?);
    }
    section.fact(
        "PostgreSQL: 64 writers through `Db`, 63 channels",
        format!("{} rows/s", rate(&ours)),
    );
    section.fact(
        "PostgreSQL: pgbench, 64 clients, 63 channels",
        format!("{} rows/s", rate(&theirs)),
    );
    add_ratio(&mut section, "PostgreSQL: ours : pgbench", &ours, &theirs, 0.9);
    section.note(format!(
        "Each of {} runs took {} s.",
        plan.runs,
        plan.span.as_secs()
    ));
    Ok(section)
}

fn rate(runs: &[f64]) -> String {
    thousands(median(runs.iter().copied()))
}

/// The median of the ratios of neighbouring runs, so that a noisy minute spoils one pair and not the figure.
fn add_ratio(section: &mut Section, what: &str, ours: &[f64], theirs: &[f64], least: f64) {
    let ratio = median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs));
    section.figure(what, format!("{ratio:.2}"), &format!("≥ {least}"), ratio >= least);
}

fn scope(idx: usize) -> ScopeId {
    ScopeId(Uuid::from_u128(
        0x0000_0000_0000_4000_8000_0000_0000_0000 + idx as u128,
    ))
}

/// The log's own statement, so that both sides do the same work.
fn statement(name: &str) -> &'static Sql {
    let found = platform::journal::STATEMENTS.iter().find(|sql| sql.name == name);
    found.expect("the log has this statement")
}

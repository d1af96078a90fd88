//! The bench: how fast Antiphon is, side by side with others, on the machine that it runs on.
//!
//! Each part measures by itself, takes the median of a few runs and prints a table; all of them together rewrite the
//! figures in README.md. Load goes to this machine only and ends by itself. The bench speaks to the server as any
//! program does, over HTTP and the socket; only sessions of thousands of people are written into its database, because
//! making them one by one would take longer than everything else.

mod antiphon;
mod client;
mod crowd;
mod database;
mod export;
mod fanout;
mod import;
mod lanes;
mod later;
mod live;
mod load;
mod machine;
mod many;
mod meetings;
mod peers;
mod picture;
mod post;
mod process;
mod reconnect;
mod report;
mod retention;
mod search;
mod slack;
mod timing;
mod week;
mod world;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use report::Section;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

/// Sockets of the largest part on both ends, and room for the rest.
const FILES_NEEDED: u64 = 12_000;

#[derive(Parser)]
#[command(about = "Measures Antiphon; without a part: all of them, and the figures go into bench/README.md")]
struct Options {
    /// What to measure.
    parts: Vec<Part>,
    /// Runs of which the median is taken.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Length of one run.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Of `post` only the rows with this in their name, for a look with a profiler.
    #[arg(long)]
    only: Option<String>,
    /// Puts the figures of single parts into bench/README.md too.
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The log, against rusqlite and pgbench.
    Lanes,
    /// Posting, against socket.io and ejabberd.
    Post,
    /// One channel with thousands of sockets, against plain TCP writes.
    Fanout,
    /// A quarter of a million messages: import, start, rest.
    Import,
    /// An archive of Slack with 100,000 messages.
    Slack,
    /// The whole workspace out and in again.
    Export,
    /// The first request after 20,000 new messages.
    Week,
    /// Thousands of sockets that come back at once.
    Reconnect,
    /// Questions to a quarter of a million messages.
    Search,
    /// Deleting 100,000 old messages by a rule, and what those who write meanwhile feel of it.
    Retention,
    /// A photo of 24 megapixels.
    Picture,
    /// The rules of the timing layer, by themselves.
    Timing,
    /// A hundred thousand reminders that wait.
    Later,
    /// A channel of 5,000 people beside one of five.
    Many,
    /// A fair time for twelve people.
    Meetings,
    /// Rooms with sound and pictures, beside LiveKit's server and Janus.
    Live,
}

/// What every part needs to know.
pub struct Plan {
    pub runs: usize,
    pub span: Duration,
    only: Option<String>,
    /// The server's program; only parts that start it need one.
    binary: Option<PathBuf>,
    /// This crate's folder.
    home: PathBuf,
}

impl Plan {
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Whether a row with this name is wanted.
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    pub fn binary(&self) -> Result<&Path> {
        self.binary
            .as_deref()
            .context("ANTIPHON_BIN does not name the server's program: use ./x bench")
    }

    /// A place for databases and logs of runs.
    pub fn folder(&self, name: &str) -> PathBuf {
        self.home.join("out").join(name)
    }

    /// An empty folder; what an earlier run left there is gone.
    pub fn fresh_folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(folder)
    }
}

fn main() -> ExitCode {
    let done = match plain_server_port() {
        Some(port) => fanout::serve_plainly(port),
        None => run(&Options::parse()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("bench: {err:#}");
            ExitCode::FAILURE
        }
    }
}

/// `bench plain-server PORT`: the bench starts itself so for the comparison in `fanout`.
fn plain_server_port() -> Option<u16> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? == "plain-server" {
        arguments.next()?.parse().ok()
    } else {
        None
    }
}

fn run(options: &Options) -> Result<()> {
    process::raise_file_limit(FILES_NEEDED)?;
    let plan = Plan {
        runs: options.runs,
        span: Duration::from_secs(options.seconds),
        only: options.only.clone(),
        binary: std::env::var_os("ANTIPHON_BIN").map(PathBuf::from),
        home: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
    };
    let all = options.parts.is_empty();
    let parts = if all {
        Part::value_variants()
    } else {
        &options.parts
    };
    let mut sections = vec![machine::section()?];
    for part in parts {
        let others = machine::Others::watch();
        let mut section = part.run(&plan)?;
        section.note(format!(
            "Other programs took {:.0} % of the machine meanwhile.",
            others.share()
        ));
        println!("\n## {}\n\n{}", section.name, section.to_markdown());
        sections.push(section);
    }
    if all || options.write {
        let readme = plan.home().join("README.md");
        sections
            .iter()
            .try_for_each(|section| section.write_into(&readme))?;
    }
    Ok(())
}

impl Part {
    fn run(self, plan: &Plan) -> Result<Section> {
        match self {
            Part::Lanes => lanes::run(plan),
            Part::Post => post::run(plan),
            Part::Fanout => fanout::run(plan),
            Part::Import => import::run(plan),
            Part::Slack => slack::run(plan),
            Part::Export => export::run(plan),
            Part::Week => week::run(plan),
            Part::Reconnect => reconnect::run(plan),
            Part::Search => search::run(plan),
            Part::Retention => retention::run(plan),
            Part::Picture => picture::run(plan),
            Part::Later => later::run(plan),
            Part::Many => many::run(plan),
            Part::Meetings => meetings::run(plan),
            Part::Live => live::run(plan),
            Part::Timing => timing::run(plan),
        }
    }
}

//! The machine on which the figures were taken, and how much of it others took meanwhile.

use crate::{database::Server, process, report::Section};
use anyhow::Result;
use std::{
    process::Command,
    time::{Duration, Instant},
};

pub fn section() -> Result<Section> {
    let mut section = Section::new("machine", &["", ""]);
    let mut add = |what: &str, value: String| section.row(&[what.to_owned(), value]);
    let cores = std::thread::available_parallelism()?;
    add(
        "processor",
        format!("{cores} cores, {}", value_of("/proc/cpuinfo", "model name")),
    );
    add("memory", value_of("/proc/meminfo", "MemTotal"));
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease")?;
    add(
        "kernel",
        release.trim().split('-').next().unwrap_or_default().to_owned(),
    );
    add("system", value_of("/etc/os-release", "PRETTY_NAME"));
    add("rustc", first_line(Command::new("rustc").arg("--version")));
    if process::is_installed("node") {
        add("Node", first_line(Command::new("node").arg("--version")));
    }
    add("SQLite", rusqlite::version().to_owned());
    if let Ok(server) = Server::find() {
        add(
            "PostgreSQL",
            server.ask("select current_setting('server_version')")?,
        );
        add(
            "fsync of PostgreSQL",
            server.ask("select current_setting('fsync')")?,
        );
    }
    add(
        "commit",
        first_line(Command::new("git").args(["log", "-1", "--format=%h, %cs"])),
    );
    Ok(section)
}

/// Measures the share of the machine that programs other than the bench take: figures from a busy machine are poor.
pub struct Others {
    began: Instant,
    taken: Duration,
    server: Option<Server>,
}

impl Others {
    pub fn watch() -> Self {
        let server = Server::find().ok();
        Self {
            began: Instant::now(),
            taken: taken_by_others(server.as_ref()),
            server,
        }
    }

    /// In percent of all cores, since [`Others::watch`].
    pub fn share(&self) -> f64 {
        let taken = taken_by_others(self.server.as_ref()).saturating_sub(self.taken);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        100.0 * taken.as_secs_f64() / (self.began.elapsed().as_secs_f64() * cores as f64)
    }
}

/// CPU time of everything but the bench, what it started, and PostgreSQL.
fn taken_by_others(server: Option<&Server>) -> Duration {
    let ours = process::cpu_of_tree(std::process::id()) + server.map_or(Duration::ZERO, Server::cpu);
    process::cpu_of_machine().saturating_sub(ours)
}

/// The value in the first line that begins with `key`, after `:` or `=`.
fn value_of(file: &str, key: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key));
    let value = line.map(|line| {
        line.trim_start_matches([' ', '\t', ':', '='])
            .trim_matches('"')
            .trim()
    });
    value.unwrap_or("unknown").to_owned()
}

fn first_line(command: &mut Command) -> String {
    let output = command
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    output
        .ok()
        .and_then(|text| text.lines().next().map(str::to_owned))
        .unwrap_or_else(|| "unknown".to_owned())
}

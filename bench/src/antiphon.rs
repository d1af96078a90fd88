//! The real server, as a program with a folder of its own.

use crate::process::{self, Process};
use anyhow::{Context, Result, bail};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// How long a start may take before it counts as failed.
const START_WITHIN: Duration = Duration::from_secs(30);
/// Limits against abuse would answer the load with 429. Everything else is as it ships.
const NO_LIMIT: &str = "1000000";
const LIMITS: [&str; 5] = [
    "ANTIPHON_LIMITS_REQUESTS_PER_SECOND",
    "ANTIPHON_LIMITS_BURST",
    "ANTIPHON_LIMITS_ADDRESS_REQUESTS_PER_SECOND",
    "ANTIPHON_LIMITS_ADDRESS_BURST",
    "ANTIPHON_LIMITS_CONNECTIONS",
];

/// Where the data of a server lie, whether it runs or not.
#[derive(Clone)]
pub struct Place {
    binary: PathBuf,
    folder: PathBuf,
    /// PostgreSQL instead of the file in the folder.
    database: Option<String>,
}

/// A running server.
pub struct Antiphon {
    process: Process,
    pub port: u16,
    /// From the start of the program to its first answer.
    pub started_within: Duration,
}

impl Place {
    pub fn new(binary: &Path, folder: PathBuf, database: Option<String>) -> Self {
        Self {
            binary: binary.to_owned(),
            folder,
            database,
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// None: the data lie in [`Place::sqlite_file`].
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    pub fn sqlite_file(&self) -> PathBuf {
        self.folder.join("antiphon.db")
    }

    /// `antiphon import jsonl FILE`; how long it took.
    pub fn import(&self, file: &Path) -> Result<Duration> {
        self.run(&["import", "jsonl"], file)
    }

    /// A command of the program on a file; how long it took.
    pub fn run(&self, command: &[&str], file: &Path) -> Result<Duration> {
        let began = Instant::now();
        let output = self.command(command).arg(file).output();
        let output = output.context("starting the program")?;
        if !output.status.success() {
            bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(began.elapsed())
    }

    /// Starts the server on a free port and waits until it is ready.
    pub fn serve(&self) -> Result<Antiphon> {
        self.serve_on(process::free_port()?)
    }

    pub fn serve_on(&self, port: u16) -> Result<Antiphon> {
        let mut command = self.command(&["serve"]);
        command.env("ANTIPHON_LISTEN", format!("127.0.0.1:{port}"));
        command.envs(LIMITS.map(|limit| (limit, NO_LIMIT)));
        let began = Instant::now();
        let mut process = Process::start(&mut command, &self.folder.with_extension("log"))?;
        while !is_ready(port) {
            if process.has_ended() || began.elapsed() > START_WITHIN {
                bail!(
                    "the server did not start; see {}",
                    self.folder.with_extension("log").display()
                );
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(Antiphon {
            process,
            port,
            started_within: began.elapsed(),
        })
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(args).env("ANTIPHON_DATA", &self.folder);
        if let Some(url) = &self.database {
            command.env("ANTIPHON_DATABASE_URL", url);
        }
        command
    }
}

impl Antiphon {
    /// CPU time so far.
    pub fn cpu(&self) -> Duration {
        process::cpu(self.process.pid())
    }

    pub fn rss_bytes(&self) -> u64 {
        process::rss_bytes(self.process.pid())
    }

    pub fn stop(self) -> Result<()> {
        self.process.stop()
    }

    /// Ends it as a power cut would.
    pub fn kill(self) -> Result<()> {
        self.process.kill()
    }
}

fn is_ready(port: u16) -> bool {
    let answer = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    answer().is_ok_and(|head| head.ends_with("200"))
}

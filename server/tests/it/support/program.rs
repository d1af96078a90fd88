//! The program itself, as an operator runs it.

use super::{PATIENCE, Person, free_port};
use platform::testing::{Store, fresh_postgres_url};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
};
use tempfile::TempDir;

/// A data folder, an address and settings: what outlives a process.
pub struct Place {
    folder: TempDir,
    port: u16,
    settings: BTreeMap<String, String>,
}

impl Place {
    /// On the embedded database.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = free_port();
        let settings = [
            ("LISTEN", format!("127.0.0.1:{port}")),
            ("DATA", folder.path().join("data").display().to_string()),
            ("DATABASE_LANES", "2".to_owned()),
            ("DATABASE_READERS", "2".to_owned()),
            ("LIMITS_REQUESTS_PER_SECOND", "1000000".to_owned()),
            ("LIMITS_BURST", "1000000".to_owned()),
            ("LIMITS_ADDRESS_REQUESTS_PER_SECOND", "1000000".to_owned()),
            ("LIMITS_ADDRESS_BURST", "1000000".to_owned()),
            ("LIMITS_SIGN_IN_PER_MINUTE", "1000000".to_owned()),
        ];
        let settings = settings
            .map(|(key, value)| (format!("ANTIPHON_{key}"), value))
            .into();
        Self {
            folder,
            port,
            settings,
        }
    }

    /// On this kind of database; None where PostgreSQL may be absent.
    pub fn on(store: Store) -> Option<Self> {
        match store {
            Store::Sqlite => Some(Self::new()),
            Store::Postgres => Some(Self::new().with("DATABASE_URL", fresh_postgres_url()?)),
        }
    }

    /// With another setting: the name of its variable without `ANTIPHON_`.
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        self.settings.insert(format!("ANTIPHON_{key}"), value.to_string());
        self
    }

    /// A setting: the name of its variable without `ANTIPHON_`.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.get(&format!("ANTIPHON_{key}")).map(String::as_str)
    }

    /// Another process on the same database, with a data folder and an address of its own.
    pub fn twin(&self) -> Self {
        let mut twin = Self::new();
        for (key, value) in &self.settings {
            if !matches!(key.as_str(), "ANTIPHON_LISTEN" | "ANTIPHON_DATA") {
                twin.settings.insert(key.clone(), value.clone());
            }
        }
        twin
    }

    /// Something in the folder that lives as long as this.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        Path::new(&self.settings["ANTIPHON_DATA"])
    }

    /// `http://127.0.0.1:port`, or https where a certificate is set.
    pub fn address(&self) -> String {
        let scheme = if self.settings.contains_key("ANTIPHON_TLS_KEY") {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// Everything that was logged here.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_antiphon"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANTIPHON_")) {
            command.env_remove(name);
        }
        command
            .args(args)
            .envs(&self.settings)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    /// Starts a command that the test ends itself.
    pub fn spawn(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs")
    }

    /// Runs a command to its end.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    /// Runs a command that must succeed; what it printed.
    #[track_caller]
    pub fn succeed(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "antiphon {args:?} failed: {error}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs a command that must fail; why it did.
    #[track_caller]
    pub fn fail(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "antiphon {args:?} succeeded");
        error
    }

    /// Starts the server and waits until it says that it runs.
    pub async fn start(&self) -> Antiphon {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.path("log"))
            .expect("a log");
        let mut command = self.command(&["serve"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let printed = child.stdout.take().expect("its output is ours");
        let greeting = tokio::task::spawn_blocking(move || first_line(printed))
            .await
            .expect("it is read");
        let address = self.address();
        let mut antiphon = Antiphon {
            child,
            address,
            greeting: String::new(),
        };
        antiphon.greeting = greeting.unwrap_or_else(|| {
            let ended = antiphon.child.try_wait();
            panic!("the server did not start ({ended:?}): {}", self.log())
        });
        antiphon
    }
}

/// The most memory that a process had at once; None when it has ended.
pub fn peak_bytes(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

/// The first line, or None when the program ended without one, or says nothing for too long.
fn first_line(printed: impl std::io::Read + Send + 'static) -> Option<String> {
    let (said, heard) = mpsc::sync_channel(1);
    std::thread::spawn(move || {
        for line in BufReader::new(printed).lines().map_while(Result::ok) {
            // Read on when nobody takes it any more, so that printing never fails.
            let _ = said.try_send(line);
        }
    });
    heard.recv_timeout(PATIENCE).ok()
}

/// A running server; killed when it is dropped.
pub struct Antiphon {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// The line that it printed when it was ready.
    pub greeting: String,
}

impl Drop for Antiphon {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Antiphon {
    /// The token of the set-up link, while it is offered.
    pub fn setup_token(&self) -> Option<&str> {
        self.greeting
            .rsplit_once("/setup/")
            .map(|(_, token)| token.trim())
    }

    /// The first owner, by the set-up link.
    pub async fn owner(&self) -> Person {
        let token = self.setup_token().expect("it is not set up yet");
        Person::set_up(&self.address, token).await
    }

    /// The most memory that it had at once.
    pub fn peak_bytes(&self) -> u64 {
        peak_bytes(self.child.id()).expect("it runs")
    }

    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let pid = i32::try_from(self.child.id())
            .ok()
            .and_then(Pid::from_raw)
            .expect("a process");
        kill_process(pid, Signal::TERM).expect("it runs");
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> ExitStatus {
        super::until("the server ends", || {
            let ended = self.child.try_wait().expect("it is ours");
            async move { ended }
        })
        .await
    }
}

//! Engines of our own, which can be stopped and started again. Left out where their programs are absent, unless
//! everything is required.

use std::{
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Below the ports that the system gives to outgoing connections: one of those, trying to reach a server that is away,
/// could otherwise take its port.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// A port on which nobody listens.
pub fn free_port() -> u16 {
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    std::iter::repeat_with(|| rand::random_range(PORTS))
        .find(is_free)
        .expect("some port is free")
}

fn program(variable: &str) -> Option<PathBuf> {
    let found = std::env::var_os(variable).map(PathBuf::from);
    let required = std::env::var("ANTIPHON_REQUIRE_ALL").is_ok_and(|all| all == "1");
    assert!(found.is_some() || !required, "{variable} must be set");
    found
}

/// A PostgreSQL server; stopped and removed when it is dropped.
pub struct OwnPostgres {
    programs: PathBuf,
    user: String,
    folder: TempDir,
    port: u16,
}

impl OwnPostgres {
    /// None where it may be absent.
    pub fn start() -> Option<Self> {
        let server = Self {
            programs: program("ANTIPHON_TEST_PG_BIN")?,
            user: std::env::var("ANTIPHON_TEST_PG_USER").unwrap_or_default(),
            folder: tempfile::tempdir().expect("a temporary folder"),
            port: free_port(),
        };
        if !server.user.is_empty() {
            let given = Command::new("chown")
                .arg(&server.user)
                .arg(server.folder.path())
                .status();
            assert!(given.expect("chown runs").success());
        }
        let init = [
            "-U",
            "antiphon",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ];
        server.run("initdb", &init);
        server.begin();
        Some(server)
    }

    pub fn url(&self) -> String {
        format!("postgres://antiphon@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it again.
    pub fn begin(&self) {
        let log = self.folder.path().join("log").display().to_string();
        let folder = self.folder.path().display();
        let options = format!(
            "-p {} -k {folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB",
            self.port
        );
        self.run("pg_ctl", &["-l", &log, "-w", "-o", &options, "start"]);
    }

    /// Stops it as a power cut would.
    pub fn stop(&self) {
        self.run("pg_ctl", &["-w", "-m", "immediate", "stop"]);
    }

    fn run(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match self.user.as_str() {
            "" => Command::new(&program),
            user => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(&program);
                command
            }
        };
        command
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(args)
            .current_dir(self.folder.path());
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(
            ended.expect("it runs").success(),
            "{} {args:?}",
            program.display()
        );
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.stop();
        }
    }
}

/// A NATS server; stopped when it is dropped.
pub struct OwnNats {
    program: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl OwnNats {
    /// None where it may be absent.
    pub fn start() -> Option<Self> {
        let mut server = Self {
            program: program("ANTIPHON_TEST_NATS_BIN")?,
            port: free_port(),
            child: None,
        };
        server.begin();
        Some(server)
    }

    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Starts it again, and waits until it listens.
    pub fn begin(&mut self) {
        self.child = Some(spawn(
            &self.program,
            &["-a", "127.0.0.1", "-p", &self.port.to_string()],
        ));
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(began.elapsed() < super::PATIENCE, "nats-server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it at once.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it runs");
            child.wait().expect("it ends");
        }
    }
}

impl Drop for OwnNats {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(program: &Path, args: &[&str]) -> Child {
    let command = Command::new(program)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    command.expect("it runs")
}

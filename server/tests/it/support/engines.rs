//! Engines of our own, which can be stopped and started again. Left out where their programs are absent, unless
//! everything is required.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
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

/// A server that speaks S3 (moto), which keeps everything in memory; stopped when it is dropped.
pub struct OwnBucket {
    port: u16,
    child: Child,
}

impl OwnBucket {
    /// None where it may be absent.
    pub fn start() -> Option<Self> {
        let program = program("ANTIPHON_TEST_S3_BIN")?;
        let port = free_port();
        let child = spawn(&program, &["-H", "127.0.0.1", "-p", &port.to_string()]);
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < super::PATIENCE, "moto does not listen");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(Self { port, child })
    }

    pub fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// Makes a bucket.
    pub async fn make(&self, name: &str) {
        // It fails only when it is chosen already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let url = format!("http://{}/{name}", self.address());
        let made = http.put(url).send().await.expect("moto answers");
        assert!(made.status().is_success(), "{}", made.status());
    }
}

impl Drop for OwnBucket {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A way to a server that can be closed, so that the server is away and keeps what it has.
pub struct Gate {
    port: u16,
    is_open: tokio::sync::watch::Sender<bool>,
}

impl Gate {
    /// An open gate before `server`.
    pub async fn before(server: SocketAddr) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (is_open, state) = tokio::sync::watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut state = state.clone();
                if !*state.borrow_and_update() {
                    continue;
                }
                tokio::spawn(async move {
                    let mut server = tokio::net::TcpStream::connect(server)
                        .await
                        .expect("the server listens");
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                        _ = state.wait_for(|is_open| !is_open) => {}
                    }
                });
            }
        });
        Self { port, is_open }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Breaks what goes through, and lets nobody in.
    pub fn close(&self) {
        self.is_open.send_replace(false);
    }

    pub fn open(&self) {
        self.is_open.send_replace(true);
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

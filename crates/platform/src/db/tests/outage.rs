//! A PostgreSQL of our own that is stopped and comes back.

use super::*;
use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Stopped and removed when it is dropped.
struct OwnPostgres {
    programs: PathBuf,
    user: String,
    folder: TempDir,
    port: u16,
}

impl OwnPostgres {
    /// None where the programs may be absent.
    fn start() -> Option<Self> {
        let programs = PathBuf::from(std::env::var_os("ANTIPHON_TEST_PG_BIN")?);
        let user = std::env::var("ANTIPHON_TEST_PG_USER").unwrap_or_default();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let server = Self {
            programs,
            user,
            folder,
            port,
        };
        if !server.user.is_empty() {
            let given = Command::new("chown")
                .arg(&server.user)
                .arg(server.folder.path())
                .status();
            assert!(given.expect("chown runs").success());
        }
        let data = server.data();
        server.run(
            "initdb",
            &[
                "-D",
                &data,
                "-U",
                "antiphon",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ],
        );
        server.control("start");
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn url(&self) -> String {
        format!("postgres://antiphon@127.0.0.1:{}/postgres", self.port)
    }

    fn control(&self, what: &str) {
        let (data, log) = (self.data(), self.folder.path().join("log").display().to_string());
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB",
            self.port,
            self.folder.path().display()
        );
        self.run(
            "pg_ctl",
            &[
                "-D",
                &data,
                "-l",
                &log,
                "-w",
                "-m",
                "immediate",
                "-o",
                &options,
                what,
            ],
        );
    }

    fn run(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if self.user.is_empty() {
            Command::new(&program)
        } else {
            let mut command = Command::new("runuser");
            command.args(["-u", &self.user, "--"]).arg(&program);
            command
        };
        let command = command.args(args).current_dir(self.folder.path());
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
            self.control("stop");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_stopped_answers_busy_and_comes_back() {
    let server = tokio::task::spawn_blocking(OwnPostgres::start)
        .await
        .expect("it starts");
    let Some(server) = server else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk::at(postgres(server.url()), folder).await;
    desk.note(1).await.expect("a note");
    tokio::task::block_in_place(|| server.control("stop"));
    let began = Instant::now();
    let reads = desk
        .db
        .read(|tx| tx.list(&LIST_NOTES, &[], |row| row.get::<i64>(0)));
    let (written, read) = futures_util::future::join(desk.note(2), reads).await;
    assert!(matches!(written, Err(Error::Busy)), "{written:?}");
    assert!(matches!(read, Err(Error::Busy)), "{read:?}");
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "the wait is bounded: {:?}",
        began.elapsed()
    );
    tokio::task::block_in_place(|| server.control("start"));
    let began = Instant::now();
    desk.note(3).await.expect("it is reached again by itself");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "soon: {:?}",
        began.elapsed()
    );
    assert_eq!(
        desk.notes().await,
        [1, 3],
        "what was answered busy was not done behind one's back"
    );
    assert_eq!(desk.numbers().await, (vec![1, 2], vec![1, 2]));
}

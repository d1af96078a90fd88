//! The rivals of `bench post`: what other people run for the same purpose, with the same PostgreSQL behind it.
//!
//! Each is set up so that it does as little as it can beside the work that is compared: take a message, save it, tell
//! the author that it is saved and the others in the room that it is there.

use crate::{
    Plan,
    database::{Database, Server},
    process::{self, Process},
};
use anyhow::{Context, Result, bail};
use std::{
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

const START_WITHIN: Duration = Duration::from_secs(30);
/// As Debian's package lays it out.
const EJABBERD_SCHEMA: &str = "/usr/share/ejabberd/sql/pg.sql";
const ERLANG_LIBRARIES: &str = "/usr/lib";

/// A running rival.
pub struct Peer {
    process: Process,
    database: Database,
    /// Where it keeps its messages.
    table: &'static str,
    pub port: u16,
}

impl Peer {
    pub fn cpu(&self) -> Duration {
        process::cpu_of_tree(self.process.pid())
    }

    /// Messages in its database.
    pub fn n_saved(&self) -> Result<u64> {
        self.database.n_rows(self.table)
    }
}

/// Gets what is missing (see peers/install.sh), or says what to do.
pub fn install(plan: &Plan) -> Result<()> {
    let script = plan.home().join("peers/install.sh");
    let status = Command::new("bash")
        .arg(script)
        .status()
        .context("running peers/install.sh")?;
    if !status.success() {
        bail!("the rivals could not be installed");
    }
    Ok(())
}

/// socket.io and `pg` in one Node process.
pub fn socketio(plan: &Plan, server: &Server) -> Result<Peer> {
    let (database, port) = (server.database()?, process::free_port()?);
    let folder = plan.fresh_folder("socketio")?;
    let mut command = Command::new("node");
    command.arg(plan.home().join("peers/socketio/server.mjs"));
    command
        .env("NODE_ENV", "production")
        .env("PORT", port.to_string())
        .env("DATABASE_URL", &database.url);
    let mut process = Process::start(&mut command, &folder.join("log"))?;
    wait_for(port, &mut process, &folder.join("log"))?;
    Ok(Peer {
        process,
        database,
        table: "message",
        port,
    })
}

/// ejabberd with multi-user chat and its archive (XEP-0313) in PostgreSQL.
pub fn ejabberd(plan: &Plan, server: &Server) -> Result<Peer> {
    let (database, port) = (server.database()?, process::free_port()?);
    let schema = std::fs::read_to_string(EJABBERD_SCHEMA).context("reading ejabberd's schema")?;
    database
        .connect()?
        .batch_execute(&schema)
        .context("making ejabberd's tables")?;
    let folder = plan.fresh_folder("ejabberd")?;
    let config = folder.join("ejabberd.yml");
    let template = std::fs::read_to_string(plan.home().join("peers/ejabberd/ejabberd.yml"))?;
    let text = template
        .replace("${PORT}", &port.to_string())
        .replace("${PG_PORT}", &server.port().to_string())
        .replace("${PG_DATABASE}", database.name())
        .replace("${PG_USER}", server.user());
    std::fs::write(&config, text)?;
    let mut command = Command::new("erl");
    // The flags of Debian's ejabberdctl, without a name on the network.
    command.args(["+K", "true", "+P", "250000", "-noinput", "-mnesia", "dir"]);
    command
        .arg(format!("\"{}\"", folder.join("spool").display()))
        .args(["-s", "ejabberd"]);
    command.env("ERL_LIBS", erlang_libraries()?).env("HOME", &folder);
    command
        .env("EJABBERD_CONFIG_PATH", &config)
        .env("EJABBERD_LOG_PATH", folder.join("ejabberd.log"));
    command.current_dir(&folder);
    let mut process = Process::start(&mut command, &folder.join("log"))?;
    wait_for(port, &mut process, &folder.join("log"))?;
    Ok(Peer {
        process,
        database,
        table: "archive",
        port,
    })
}

/// The folder of Debian's Erlang libraries, which has the name of the processor in it.
fn erlang_libraries() -> Result<PathBuf> {
    let folders = std::fs::read_dir(ERLANG_LIBRARIES)?
        .flatten()
        .map(|entry| entry.path());
    let holds_ejabberd = |folder: &PathBuf| {
        let inside = std::fs::read_dir(folder).into_iter().flatten().flatten();
        inside
            .into_iter()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("ejabberd-"))
    };
    folders
        .into_iter()
        .find(holds_ejabberd)
        .context("ejabberd is not installed")
}

fn wait_for(port: u16, process: &mut Process, log: &Path) -> Result<()> {
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if process.has_ended() || began.elapsed() > START_WITHIN {
            bail!("it did not start; see {}", log.display());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

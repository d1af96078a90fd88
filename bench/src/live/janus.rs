//! Janus, as Debian's package has it: its plugin videoroom and its WebSocket, nothing else, configured in a folder of the run.
//!
//! Its API listens on the loopback. Its media cannot: it passes over such addresses, and takes those of the machine.

use super::Server;
use crate::process::{free_port, is_installed};
use anyhow::{Context, Result};
use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    num::NonZero,
    path::Path,
    process::Command,
    thread,
    time::Duration,
};

/// How long it takes to listen.
const START: Duration = Duration::from_secs(3);

/// What else the package brings; what is not there is not loaded either way.
const OTHER_PLUGINS: [&str; 11] = [
    "audiobridge",
    "duktape",
    "echotest",
    "lua",
    "nosip",
    "recordplay",
    "sip",
    "streaming",
    "textroom",
    "videocall",
    "voicemail",
];
const OTHER_TRANSPORTS: [&str; 5] = ["http", "mqtt", "nanomsg", "pfunix", "rabbitmq"];

pub(super) fn find() -> Option<OsString> {
    let named = env::var_os("JANUS").filter(|named| Path::new(named).is_file());
    named.or_else(|| is_installed("janus").then(|| "janus".into()))
}

pub(super) fn start(program: &OsString, folder: &Path) -> Result<Server> {
    let port = free_port()?;
    let config = folder.join("janus");
    fs::create_dir_all(&config)?;
    let write = |name: &str, text: String| fs::write(config.join(name), text);
    write("janus.jcfg", core(&config))?;
    write(
        "janus.transport.websockets.jcfg",
        format!(
            "general: {{ json = \"compact\" ws = true ws_port = {port} ws_ip = \"127.0.0.1\" wss = false }}\n"
        ),
    )?;
    // The room and its name are what the crowd asks for; without `bitrate` nobody is told to send less.
    write(
        "janus.plugin.videoroom.jcfg",
        "room-1: { publishers = 10 }\n".into(),
    )?;
    let log = File::create(folder.join("janus.log"))?;
    let mut janus = Command::new(program);
    janus
        .arg("--config")
        .arg(config.join("janus.jcfg"))
        .arg("--configs-folder")
        .arg(&config)
        .stdout(log.try_clone()?)
        .stderr(log);
    let child = janus.spawn().context("starting Janus")?;
    thread::sleep(START);
    Ok(Server {
        child,
        url: format!("janus://127.0.0.1:{port}"),
        media_port: 0,
    })
}

/// A thread for each core forwards. Without `event_loops` each connection has its own, which costs almost twice as much.
fn core(config: &Path) -> String {
    let libraries = |names: &[&str]| -> String {
        let files: Vec<String> = names.iter().map(|name| format!("libjanus_{name}.so")).collect();
        files.join(",")
    };
    let n_loops = thread::available_parallelism().map_or(1, NonZero::get);
    format!(
        "general: {{ configs_folder = \"{}\" session_timeout = 0 event_loops = {n_loops} debug_level = 2 }}\nnat: {{ ice_lite = true \
         full_trickle = false }}\nplugins: {{ disable = \"{}\" }}\ntransports: {{ disable = \"{}\" }}\n",
        config.display(),
        libraries(&OTHER_PLUGINS),
        libraries(&OTHER_TRANSPORTS)
    )
}

//! A room as it is forwarded, beside LiveKit's own server, under one load: `crates/media/examples/crowd.rs`, which speaks the
//! client protocol of LiveKit to both over real sockets.
//!
//! Ours is the example `rooms` of `crates/media`: the rooms of the product without the product. LiveKit's is what LIVEKIT_SERVER names
//! (`go install github.com/livekit/livekit-server/cmd/server@v1.11.0` makes it); without it only ours is measured.

use crate::{
    Plan,
    process::free_port,
    report::{COLUMNS, Section, median, thousands},
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    env,
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long LiveKit's server takes to listen.
const START: Duration = Duration::from_secs(3);

struct Case {
    name: &'static str,
    n_publishers: usize,
    n_listeners: usize,
    packets_per_second: u64,
    /// As the crowd calls it.
    kind: &'static str,
    /// About half of what a core forwards beside the crowd: here it is looked at how late packets are.
    is_half: bool,
}

const CASES: [Case; 5] = [
    Case {
        name: "250 packets of 1,100 bytes a second to 100",
        n_publishers: 1,
        n_listeners: 100,
        packets_per_second: 250,
        kind: "even",
        is_half: false,
    },
    Case {
        name: "250 packets of 1,100 bytes a second to 50, half of that load",
        n_publishers: 1,
        n_listeners: 50,
        packets_per_second: 250,
        kind: "even",
        is_half: true,
    },
    Case {
        name: "25 pictures of 10 packets a second to 100",
        n_publishers: 1,
        n_listeners: 100,
        packets_per_second: 250,
        kind: "pictures",
        is_half: false,
    },
    // What 30 people get of whom each sees nine.
    Case {
        name: "nine faces to each of 30",
        n_publishers: 9,
        n_listeners: 21,
        packets_per_second: 50,
        kind: "pictures",
        is_half: false,
    },
    Case {
        name: "one speaker to 300",
        n_publishers: 1,
        n_listeners: 300,
        packets_per_second: 50,
        kind: "sound",
        is_half: false,
    },
];

/// A server, which ends with this.
struct Server {
    child: Child,
    url: String,
    media_port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already in the good case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn run(plan: &Plan) -> Result<Section> {
    let folder = plan.fresh_folder("live")?;
    let livekit = find_livekit();
    let mut section = Section::new("live", &COLUMNS);
    for case in &CASES {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..plan.runs {
            ours.push(measure(&start_ours(&folder)?, case, plan.span)?);
            if let Some(livekit) = &livekit {
                theirs.push(measure(&start_livekit(livekit, &folder)?, case, plan.span)?);
            }
        }
        tell(&mut section, case, &ours, &theirs);
    }
    if livekit.is_none() {
        section.note("LiveKit's server was not there: LIVEKIT_SERVER names it.");
    }
    Ok(section)
}

fn tell(section: &mut Section, case: &Case, ours: &[Value], theirs: &[Value]) {
    let of = |runs: &[Value], pointer: &str| {
        median(
            runs.iter()
                .filter_map(|run| run.pointer(pointer).and_then(Value::as_f64)),
        )
    };
    let speed = of(ours, "/packets_per_cpu_second");
    let name = case.name;
    section.figure(
        &format!("{name}: packets for each second of one core"),
        thousands(speed),
        "≥ 75,000",
        speed >= 75_000.0,
    );
    if !theirs.is_empty() {
        let others = of(theirs, "/packets_per_cpu_second");
        let ratio = speed / others.max(1.0);
        section.figure(
            &format!("{name}: against LiveKit ({})", thousands(others)),
            format!("{ratio:.2} ×"),
            "≥ 1.5 ×",
            ratio >= 1.5,
        );
        section.fact(
            &format!("{name}: LiveKit's delay p99, memory of each, lost"),
            format!(
                "{:.1} ms, {:.0} KiB, {:.1} ‰",
                of(theirs, "/delay_ms/p99"),
                of(theirs, "/kib_per_participant"),
                of(theirs, "/lost_permille")
            ),
        );
    }
    let delay = of(ours, "/delay_ms/p99");
    let (what, told) = (format!("{name}: delay p99"), format!("{delay:.1} ms"));
    // With what the crowd takes to send and to read.
    if case.is_half {
        section.figure(&what, told, "≤ 5 ms", delay <= 5.0);
    } else {
        section.fact(&what, told);
    }
    let memory = of(ours, "/kib_per_participant");
    section.figure(
        &format!("{name}: memory of each"),
        format!("{memory:.0} KiB"),
        "≤ 400 KiB",
        memory <= 400.0,
    );
    section.fact(
        &format!("{name}: lost"),
        format!("{:.1} ‰", of(ours, "/lost_permille")),
    );
}

fn measure(server: &Server, case: &Case, span: Duration) -> Result<Value> {
    let mut crowd = Command::new(example("crowd")?);
    crowd
        .arg(&server.url)
        .args([u64::from(server.media_port), u64::from(server.child.id())].map(|number| number.to_string()))
        .args([case.n_publishers, case.n_listeners].map(|number| number.to_string()))
        .args([case.packets_per_second, span.as_secs()].map(|number| number.to_string()))
        .arg(case.kind);
    let output = crowd
        .stderr(Stdio::inherit())
        .output()
        .context("starting the crowd")?;
    serde_json::from_slice(&output.stdout).context("reading what the crowd found")
}

fn start_ours(folder: &Path) -> Result<Server> {
    let mut rooms = Command::new(example("rooms")?);
    // It ends when its input does.
    rooms
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(folder.join("rooms.log"))?);
    let mut child = rooms.spawn().context("starting the rooms")?;
    let mut line = String::new();
    let stdout = child.stdout.take().context("the rooms say nothing")?;
    BufReader::new(stdout).read_line(&mut line)?;
    let said: Value = serde_json::from_str(&line).context("reading where the rooms listen")?;
    let port = |name: &str| said[name].as_u64().and_then(|port| u16::try_from(port).ok());
    let (Some(port), Some(media_port)) = (port("port"), port("media_port")) else {
        bail!("the rooms do not say where they listen")
    };
    let url = format!("ws://127.0.0.1:{port}");
    Ok(Server {
        child,
        url,
        media_port,
    })
}

fn start_livekit(program: &Path, folder: &Path) -> Result<Server> {
    let (port, media_port, tcp_port) = (free_port()?, free_port()?, free_port()?);
    let config = folder.join("livekit.yaml");
    std::fs::write(
        &config,
        format!(
            "port: {port}\nbind_addresses: [127.0.0.1]\nrtc:\n  udp_port: {media_port}\n  tcp_port: {tcp_port}\n  \
             use_external_ip: false\n  node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n  interfaces:\n    \
             includes: [lo]\nkeys:\n  devkey: \"a secret of tests, 32 bytes or more\"\nlogging:\n  level: warn\n"
        ),
    )?;
    let log = File::create(folder.join("livekit.log"))?;
    let mut livekit = Command::new(program);
    livekit
        .arg("--config")
        .arg(config)
        .stdout(log.try_clone()?)
        .stderr(log);
    let child = livekit.spawn().context("starting LiveKit's server")?;
    std::thread::sleep(START);
    let url = format!("ws://127.0.0.1:{port}");
    Ok(Server {
        child,
        url,
        media_port,
    })
}

/// Nobody has it by chance: whoever compares names it.
fn find_livekit() -> Option<PathBuf> {
    let named = env::var_os("LIVEKIT_SERVER").map(PathBuf::from)?;
    named.is_file().then_some(named)
}

/// Built by `./x bench` beside the bench itself.
fn example(name: &str) -> Result<PathBuf> {
    let bench = env::current_exe()?;
    let path = bench.with_file_name("examples").join(name);
    if !path.is_file() {
        bail!("{} is missing: use ./x bench", path.display());
    }
    Ok(path)
}

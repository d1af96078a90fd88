//! A crowd that speaks LiveKit's client protocol over real sockets, for measuring a server: ours (`rooms`) or LiveKit's own; or
//! Janus' protocol, for that one.
//!
//! Each has a WebSocket, a connection to publish and one to receive, with keys, ciphers, reports and the feedback that
//! estimation needs: it is the client of the tests of `crates/sfu`, whose virtual addresses are translated here. Some publish, all
//! receive everything of the others. What is counted within the window: packets that arrived, how long after they were sent,
//! what is missing, and the processor time of the server. Prints one line of JSON.
//!
//! `crowd WS_URL UDP_PORT SERVER_PID PUBLISHERS LISTENERS PACKETS_PER_SECOND SECONDS [even|pictures|sound]`
//!
//! `even` sends one packet of 1,100 bytes after the other; `pictures` sends 25 pictures a second, whose packets go out together as
//! those of a camera do; `sound` sends short packets evenly. A WS_URL that begins with `janus:` instead of `ws:` says which protocol;
//! then one publishes, before the others come, and UDP_PORT does not matter.

mod janus;
mod person;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use media::{Media, Mode, Settings, Ticket};
use person::{Clients, Tongue, attend};
use serde_json::{Value, json};
use sfu::testing::Client;

/// What the crowd is told on the command line.
struct Plan {
    url: String,
    is_janus: bool,
    server: SocketAddr,
    pid: u32,
    n_publishers: usize,
    n_listeners: usize,
    packets_per_second: u64,
    span: Duration,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Even,
    Pictures,
    Sound,
}

/// How many pictures a camera makes.
const PICTURES_PER_SECOND: u64 = 25;

/// After everybody is in, until what was asked for again and estimates have settled.
const SETTLING: Duration = Duration::from_secs(6);

/// Between two that come in.
const PAUSE: Duration = Duration::from_millis(25);

/// Until connections are there.
const COMING: Duration = Duration::from_secs(2);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let plan = read_plan();
    let clients = Clients::default();
    let empty_bytes = rss_bytes(plan.pid);
    come_in(&plan, &clients).await;
    let everybody: Vec<_> = clients.lock().expect("the list").clone();
    tokio::time::sleep(SETTLING).await;
    let n_bytes_got = || {
        everybody
            .iter()
            .map(|client| client.lock().expect("a client").n_bytes_got)
            .sum::<usize>()
    };
    let own = std::process::id();
    let (cpu_before, own_before, got_before, began) =
        (cpu(plan.pid), cpu(own), n_bytes_got(), Instant::now());
    tokio::time::sleep(plan.span).await;
    let (cpu_spent, ended) = (cpu(plan.pid).saturating_sub(cpu_before), Instant::now());
    let own_spent = cpu(own) - own_before;
    // Packets, and what is sent beside them to find out what lines hold.
    let kbps_each = (n_bytes_got() - got_before) as f64 * 8.0
        / 1_000.0
        / plan.span.as_secs_f64()
        / everybody.len() as f64;
    let full_bytes = rss_bytes(plan.pid);
    // What is still under way.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let mut found = report(
        &plan,
        &everybody,
        (began, ended),
        cpu_spent,
        full_bytes.saturating_sub(empty_bytes),
    );
    found["crowd_cpu_share"] = json!(own_spent.as_secs_f64() / plan.span.as_secs_f64());
    found["kbps_each"] = json!(kbps_each);
    println!("{found}");
}

/// Lets everybody in, and the publishers publish.
async fn come_in(plan: &Plan, clients: &Clients) {
    let settings = Settings {
        key: "devkey".into(),
        secret: "a secret of tests, 32 bytes or more".into(),
        mode: Mode::LiveKit {
            url: plan.url.clone(),
        },
    };
    let tickets = Media::start(settings).await.expect("tickets");
    let section = janus::Section::default();
    for idx in 0..plan.n_publishers + plan.n_listeners {
        let tongue = if plan.is_janus {
            Tongue::Janus(janus::Talk::new(section.clone(), idx < plan.n_publishers))
        } else {
            let ticket = Ticket {
                identity: format!("somebody {idx}"),
                lifetime: Duration::from_secs(600),
                ..Ticket::default()
            };
            Tongue::LiveKit {
                token: tickets.ticket("crowd", &ticket),
                media: plan.server,
            }
        };
        tokio::spawn(attend(plan.url.clone(), tongue, idx, clients.clone()));
        tokio::time::sleep(PAUSE).await;
        if plan.is_janus && idx + 1 == plan.n_publishers {
            tokio::time::sleep(COMING).await;
            publish(plan, clients);
            tokio::time::sleep(COMING).await;
        }
    }
    tokio::time::sleep(COMING).await;
    if !plan.is_janus {
        publish(plan, clients);
    }
}

fn publish(plan: &Plan, clients: &Clients) {
    for publisher in clients.lock().expect("the list").iter().take(plan.n_publishers) {
        let mut publisher = publisher.lock().expect("a client");
        match plan.kind {
            Kind::Sound => publisher.speak("mic"),
            Kind::Even | Kind::Pictures => publisher.show_plainly("cam"),
        }
        let published = publisher.published.last_mut().expect("it was published");
        let n_together = match plan.kind {
            Kind::Pictures => plan.packets_per_second / PICTURES_PER_SECOND,
            Kind::Even | Kind::Sound => 1,
        };
        let every = Duration::from_secs(n_together) / plan.packets_per_second as u32;
        published.pace_together(n_together as usize, every);
    }
}

fn read_plan() -> Plan {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |idx: usize| {
        args.get(idx)
            .and_then(|text| text.parse::<u64>().ok())
            .expect("a number")
    };
    let url = args.first().expect("an address");
    let is_janus = url.starts_with("janus:");
    assert!(!is_janus || number(3) == 1, "one publishes to Janus");
    Plan {
        url: url.replacen("janus:", "ws:", 1),
        is_janus,
        server: SocketAddr::from(([127, 0, 0, 1], number(1) as u16)),
        pid: number(2) as u32,
        n_publishers: number(3) as usize,
        n_listeners: number(4) as usize,
        packets_per_second: number(5),
        span: Duration::from_secs(number(6)),
        kind: match args.get(7).map(String::as_str) {
            None | Some("even") => Kind::Even,
            Some("pictures") => Kind::Pictures,
            Some("sound") => Kind::Sound,
            Some(other) => panic!("{other} is none of even, pictures and sound"),
        },
    }
}

fn report(
    plan: &Plan,
    everybody: &[Arc<Mutex<Client>>],
    (began, ended): (Instant, Instant),
    cpu: Duration,
    bytes: u64,
) -> Value {
    let mut sent_at = HashMap::new();
    for publisher in everybody.iter().take(plan.n_publishers) {
        let publisher = publisher.lock().expect("a client");
        for published in &publisher.published {
            sent_at.insert(
                published.sid.clone().unwrap_or_default(),
                published.layers[0].sent_at.clone(),
            );
        }
    }
    let within = |at: &Instant| *at >= began && *at < ended;
    let n_sent: usize = sent_at.values().flatten().filter(|at| within(at)).count();
    let expected = n_sent * (everybody.len() - 1);
    let mut delays_us: Vec<u64> = Vec::new();
    for client in everybody {
        let client = client.lock().expect("a client");
        for (sid, heard) in &client.heard {
            let Some(sent_at) = sent_at.get(sid) else { continue };
            let sent = heard
                .iter()
                .filter_map(|heard| Some((sent_at.get(heard.number as usize)?, heard.at)));
            delays_us.extend(
                sent.filter(|(at, _)| within(at))
                    .map(|(at, heard)| (heard - *at).as_micros() as u64),
            );
        }
    }
    delays_us.sort_unstable();
    let at = |permille: usize| {
        delays_us
            .get(delays_us.len() * permille / 1_000)
            .map_or(0.0, |us| *us as f64 / 1_000.0)
    };
    let n_arrived = delays_us.len();
    // Those to whom the server sends nothing for now, because it believes that their line holds no more.
    let is_paused = |client: &Arc<Mutex<Client>>| {
        let client = client.lock().expect("a client");
        sent_at.keys().any(|sid| client.pauses(sid).last() == Some(&true))
    };
    let n_paused = everybody.iter().filter(|client| is_paused(client)).count();
    json!({
            "people": everybody.len(),
            "paused": n_paused,
            "packets_per_second": n_arrived as f64 / plan.span.as_secs_f64(),
            "lost_permille": 1_000.0 * (1.0 - n_arrived as f64 / expected.max(1) as f64),
            "server_cpu_share": cpu.as_secs_f64() / plan.span.as_secs_f64(),
            "packets_per_cpu_second": n_arrived as f64 / cpu.as_secs_f64().max(0.001),
            "delay_ms": { "p50": at(500), "p99": at(990), "p999": at(999) },
            "kib_per_participant": bytes as f64 / 1_024.0 / everybody.len() as f64,
    })
}

/// proc(5): fields 14 and 15 after the name in parentheses, in ticks of 10 ms.
fn cpu(pid: u32) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let rest = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<u64> = rest
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    let ticks = fields.get(11).unwrap_or(&0) + fields.get(12).unwrap_or(&0);
    Duration::from_millis(ticks * 10)
}

fn rss_bytes(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1_024
}

//! A crowd that speaks LiveKit's client protocol over real sockets, for measuring a server: ours (`rooms`) or LiveKit's own.
//!
//! Each has a WebSocket, a connection to publish and one to receive, with keys, ciphers, reports and the feedback that
//! estimation needs: it is the client of the tests of `crates/sfu`, whose virtual addresses are translated here. Some publish, all
//! receive everything of the others. What is counted within the window: packets that arrived, how long after they were sent,
//! what is missing, and the processor time of the server. Prints one line of JSON.
//!
//! `crowd WS_URL UDP_PORT SERVER_PID PUBLISHERS LISTENERS PACKETS_PER_SECOND SECONDS [even|pictures|sound]`
//!
//! `even` sends one packet of 1,100 bytes after the other; `pictures` sends 25 pictures a second, whose packets go out together as
//! those of a camera do; `sound` sends short packets evenly.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use media::{Media, Mode, Settings, Ticket, proto};
use prost::Message as _;
use proto::signal_response::Message as Said;
use serde_json::{Value, json};
use sfu::Topology;
use sfu::testing::{Abilities, Client, SERVER};
use tokio::net::UdpSocket;
use tokio_tungstenite::tungstenite::Message;

/// What the crowd is told on the command line.
struct Plan {
    url: String,
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

const ABILITIES: Abilities = Abilities {
    reckons: false,
    knows_red: true,
};

/// Between two that come in.
const PAUSE: Duration = Duration::from_millis(25);

type Clients = Arc<Mutex<Vec<Arc<Mutex<Client>>>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let plan = read_plan();
    let settings = Settings {
        key: "devkey".into(),
        secret: "a secret of tests, 32 bytes or more".into(),
        mode: Mode::LiveKit {
            url: plan.url.clone(),
        },
    };
    let tickets = Media::start(settings).await.expect("tickets");
    let clients = Clients::default();
    let empty_bytes = rss_bytes(plan.pid);
    for idx in 0..plan.n_publishers + plan.n_listeners {
        let ticket = Ticket {
            identity: format!("somebody {idx}"),
            lifetime: Duration::from_secs(600),
            ..Ticket::default()
        };
        let token = tickets.ticket("crowd", &ticket);
        tokio::spawn(attend(plan.url.clone(), plan.server, token, idx, clients.clone()));
        tokio::time::sleep(PAUSE).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let everybody: Vec<_> = clients.lock().expect("the list").clone();
    for publisher in everybody.iter().take(plan.n_publishers) {
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

fn read_plan() -> Plan {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |idx: usize| {
        args.get(idx)
            .and_then(|text| text.parse::<u64>().ok())
            .expect("a number")
    };
    Plan {
        url: args.first().expect("an address").clone(),
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

/// One of them, until the program ends.
async fn attend(url: String, server: SocketAddr, token: String, idx: usize, clients: Clients) {
    let url = format!("{url}/rtc?access_token={token}&protocol=16&auto_subscribe=1&sdk=rust&version=1.0.0");
    let (socket, _) = tokio_tungstenite::connect_async(url)
        .await
        .expect("the server lets it in");
    let (mut say, mut hear) = socket.split();
    let (publishing, receiving) = (own_socket().await, own_socket().await);
    let client = Arc::new(Mutex::new(Client::new(
        idx,
        Topology::Two,
        ABILITIES,
        Instant::now(),
    )));
    let address = client.lock().expect("a client").address();
    clients.lock().expect("the list").push(client.clone());
    let mut buffer = vec![0; 2_048];
    let mut buffer_too = vec![0; 2_048];
    loop {
        let (said, signals, wakes_at) = {
            let mut client = client.lock().expect("a client");
            let now = Instant::now();
            client.wake(now);
            let mut said = VecDeque::new();
            client.collect(now, &mut said);
            let signals = std::mem::take(&mut client.signals);
            (
                said,
                signals,
                client.wakes_at().unwrap_or(now + Duration::from_secs(1)),
            )
        };
        for (source, bytes) in said {
            let socket = if source.port() == address.port() {
                &publishing
            } else {
                &receiving
            };
            let _ = socket.try_send_to(&bytes, server);
        }
        for signal in signals {
            say.send(Message::Binary(signal.into()))
                .await
                .expect("the server listens");
        }
        // Others publish and mute through the same lock: nobody sleeps for long.
        let wakes_at = wakes_at.min(Instant::now() + Duration::from_millis(20));
        tokio::select! {
            came = publishing.recv(&mut buffer) => take(&client, (address, server), &publishing, came, &mut buffer),
            came = receiving.recv(&mut buffer_too) => {
                take(&client, (SocketAddr::new(address.ip(), address.port() + 1), server), &receiving, came, &mut buffer_too);
            }
            heard = hear.next() => match heard {
                Some(Ok(Message::Binary(signal))) => {
                    client.lock().expect("a client").signal(Instant::now(), &with_virtual_address(&signal));
                }
                Some(Ok(_)) => {}
                _ => panic!("the server left"),
            },
            () = tokio::time::sleep_until(wakes_at.into()) => {}
        }
    }
}

async fn own_socket() -> UdpSocket {
    UdpSocket::bind("127.0.0.1:0").await.expect("a port")
}

/// Takes what came, and whatever came along.
fn take(
    client: &Mutex<Client>,
    (to, server): (SocketAddr, SocketAddr),
    socket: &UdpSocket,
    came: std::io::Result<usize>,
    buffer: &mut [u8],
) {
    let mut client = client.lock().expect("a client");
    let mut came = came;
    while let Ok(n_bytes) = came {
        let now = Instant::now();
        client.receive(now, to, &buffer[..n_bytes]);
        let mut said = VecDeque::new();
        client.collect(now, &mut said);
        // Answers to it; they all go out of the same connection.
        for (_, bytes) in said {
            let _ = socket.try_send_to(&bytes, server);
        }
        came = socket.try_recv(buffer);
    }
}

/// The client of the tests knows one address of a server, and only what stands in an SDP.
fn with_virtual_address(signal: &[u8]) -> Vec<u8> {
    let mut response = proto::SignalResponse::decode(signal).expect("a signal");
    if let Some(Said::Offer(description) | Said::Answer(description)) = &mut response.message {
        description.sdp = translate(&description.sdp);
    }
    response.encode_to_vec()
}

fn translate(sdp: &str) -> String {
    let (ip, port) = SERVER.split_once(':').expect("an address with a port");
    let mut out = String::new();
    for line in sdp
        .lines()
        .filter(|line| !line.starts_with("a=candidate") && *line != "a=end-of-candidates")
    {
        out.push_str(line);
        out.push_str("\r\n");
        if line.starts_with("a=mid:") {
            out.push_str(&format!(
                "a=candidate:1 1 udp 2130706431 {ip} {port} typ host\r\n"
            ));
        }
    }
    out
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

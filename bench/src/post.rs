//! Posting: 64 senders in 50 channels, each waiting until its message is on disk, against others that do the same.
//!
//! A sender is a member of one channel. It keeps a socket open in which it sees what is said there, because the rivals'
//! clients do; the rows "REST alone" leave that out. After each run every acknowledged message must be in the database.

use crate::{
    Plan,
    antiphon::{Antiphon, Place},
    client::{http::Http, socketio::SocketIo, xmpp::Xmpp},
    crowd::Crowd,
    database::Server,
    load::{Cpu, Load, Sender, measure},
    peers::{self, Peer},
    report::{Section, median, thousands, verdict},
    world,
};
use anyhow::{Result, bail};
use tokio::runtime::Runtime;

const N_SENDERS: usize = 64;
const N_CHANNELS: usize = 50;
const MOST_CPU_US: f64 = 100.0;
const LEAST_ADVANTAGE: f64 = 3.0;
const HEADER: [&str; 6] = [
    "",
    "messages/s",
    "server CPU µs/message",
    "PostgreSQL CPU µs/message",
    "p50 ms",
    "p99 ms",
];

/// Who is measured, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rival {
    Sqlite { sockets: bool },
    Postgres { sockets: bool },
    SocketIo,
    Ejabberd,
}

const RIVALS: [(Rival, &str); 6] = [
    (Rival::Sqlite { sockets: true }, "Antiphon, SQLite"),
    (Rival::Sqlite { sockets: false }, "Antiphon, SQLite, REST alone"),
    (Rival::Postgres { sockets: true }, "Antiphon, PostgreSQL"),
    (
        Rival::Postgres { sockets: false },
        "Antiphon, PostgreSQL, REST alone",
    ),
    (Rival::SocketIo, "socket.io, PostgreSQL"),
    (Rival::Ejabberd, "ejabberd, archive in PostgreSQL"),
];

pub fn run(plan: &Plan) -> Result<Section> {
    peers::install(plan)?;
    let server = Server::find()?;
    let mut runs = vec![Vec::new(); RIVALS.len()];
    for _ in 0..plan.runs {
        for ((rival, _), runs) in RIVALS
            .iter()
            .zip(&mut runs)
            .filter(|((_, name), _)| plan.wants(name))
        {
            runs.push(rival.run(plan, &server)?);
        }
    }
    let mut section = Section::new("post", &HEADER);
    let mut medians = Vec::new();
    for ((_, name), runs) in RIVALS.iter().zip(&runs).filter(|(_, runs)| !runs.is_empty()) {
        let of = |value: fn(&Load) -> f64| median(runs.iter().map(value));
        let (rate, cpu) = (of(|load| load.messages_per_second), of(|load| load.server_us));
        section.row(&[
            (*name).to_owned(),
            thousands(rate),
            format!("{cpu:.0}"),
            format!("{:.0}", of(|load| load.postgres_us)),
            format!("{:.1}", of(|load| load.p50_ms)),
            format!("{:.1}", of(|load| load.p99_ms)),
        ]);
        medians.push((rate, cpu));
    }
    if medians.len() == RIVALS.len() {
        judge(&mut section, &medians);
    }
    section.note(format!(
        "{} runs of {} s, by turns.",
        plan.runs,
        plan.span.as_secs()
    ));
    Ok(section)
}

fn judge(section: &mut Section, medians: &[(f64, f64)]) {
    for (idx, (rate, cpu)) in medians.iter().enumerate().filter(|(idx, _)| matches!(idx, 0 | 2)) {
        let better = medians[4].0.max(medians[5].0);
        let (name, advantage) = (RIVALS[idx].1, rate / better);
        section.note(format!(
            "{name}: {cpu:.0} µs of server CPU per durable message (target ≤ {MOST_CPU_US:.0}: {}); {advantage:.1} × \
             the messages per second of the better rival (target ≥ {LEAST_ADVANTAGE:.0}: {}).",
            verdict(*cpu <= MOST_CPU_US),
            verdict(advantage >= LEAST_ADVANTAGE),
        ));
    }
}

impl Rival {
    fn run(self, plan: &Plan, server: &Server) -> Result<Load> {
        let database = match self {
            Rival::Postgres { .. } => Some(server.database()?),
            _ => None,
        };
        let url = database.as_ref().map(|database| database.url.clone());
        match self {
            Rival::Sqlite { sockets } | Rival::Postgres { sockets } => antiphon(plan, server, url, sockets),
            Rival::SocketIo => rival(
                plan,
                server,
                &peers::socketio(plan, server)?,
                |port, person| async move {
                    let room = person % N_CHANNELS;
                    Ok(Sender::SocketIo(
                        SocketIo::connect(port, person, room).await?,
                        room,
                    ))
                },
            ),
            Rival::Ejabberd => rival(
                plan,
                server,
                &peers::ejabberd(plan, server)?,
                |port, person| async move {
                    Ok(Sender::Xmpp(
                        Xmpp::connect(port, person, person % N_CHANNELS).await?,
                    ))
                },
            ),
        }
    }
}

fn antiphon(plan: &Plan, server: &Server, url: Option<String>, sockets: bool) -> Result<Load> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("post")?, url);
    let file = place.folder().with_extension("jsonl");
    world::write_file(&file, N_SENDERS, N_CHANNELS, |channel, person| {
        person % N_CHANNELS == channel
    })?;
    place.import(&file)?;
    let people = world::sign_in(&place, N_SENDERS)?;
    let channels = world::channels(&place, N_CHANNELS)?;
    let n_before = world::n_messages(&place)?;
    let running = place.serve()?;
    let load = runtime()?.block_on(async {
        let crowd = if sockets {
            Some(Crowd::connect(running.port, &people, &channels).await?)
        } else {
            None
        };
        let mut senders = Vec::new();
        for (idx, person) in people.iter().enumerate() {
            let http = Http::connect(running.port, Some(&person.token)).await?;
            senders.push(Sender::Antiphon(http, channels[idx % N_CHANNELS]));
        }
        let load = measure(senders, plan.span, &|| cpu(&running, server)).await?;
        if let Some(crowd) = crowd {
            // 14 of the 50 channels have two members.
            crowd.settle(load.n_acknowledged).await?;
        }
        anyhow::Ok(load)
    })?;
    running.kill()?;
    check_saved(load.n_acknowledged, world::n_messages(&place)? - n_before)?;
    Ok(load)
}

fn rival<F>(plan: &Plan, server: &Server, peer: &Peer, connect: impl Fn(u16, usize) -> F) -> Result<Load>
where
    F: Future<Output = Result<Sender>>,
{
    let load = runtime()?.block_on(async {
        let mut senders = Vec::new();
        for person in 0..N_SENDERS {
            senders.push(connect(peer.port, person).await?);
        }
        measure(senders, plan.span, &|| Cpu {
            server: peer.cpu(),
            postgres: server.cpu(),
        })
        .await
    })?;
    check_saved(load.n_acknowledged, peer.n_saved()?)?;
    Ok(load)
}

fn check_saved(n_acknowledged: u64, n_saved: u64) -> Result<()> {
    if n_saved < n_acknowledged {
        bail!("{n_acknowledged} messages were acknowledged and {n_saved} saved");
    }
    Ok(())
}

fn cpu(running: &Antiphon, server: &Server) -> Cpu {
    Cpu {
        server: running.cpu(),
        postgres: server.cpu(),
    }
}

/// One thread: what the load takes is not the server's.
pub fn runtime() -> Result<Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}

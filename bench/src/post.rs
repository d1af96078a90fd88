//! Posting: 64 senders in 50 channels, each waiting until its message is on disk, against others that do the same.
//!
//! A sender writes in one channel. It keeps a socket open in which it sees what is said in all its channels, because the
//! rivals' clients do; the rows "REST alone" leave that out. After each run every acknowledged message must be in the
//! database.

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

/// How many channels each person is in. A message reaches those who are in its channel: hardly anybody besides its
/// author, or 13 people as in a team that talks.
const ALONE: usize = 1;
const IN_COMPANY: usize = 10;

/// A row of the table.
struct Row {
    name: &'static str,
    server: Kind,
    n_joined: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Sqlite { sockets: bool },
    Postgres { sockets: bool },
    SocketIo,
    Ejabberd,
}

const ROWS: [Row; 10] = [
    row(
        "Antiphon, SQLite, REST alone",
        Kind::Sqlite { sockets: false },
        ALONE,
    ),
    row(
        "Antiphon, PostgreSQL, REST alone",
        Kind::Postgres { sockets: false },
        ALONE,
    ),
    row("Antiphon, SQLite", Kind::Sqlite { sockets: true }, ALONE),
    row("Antiphon, PostgreSQL", Kind::Postgres { sockets: true }, ALONE),
    row("socket.io, PostgreSQL", Kind::SocketIo, ALONE),
    row("ejabberd, archive in PostgreSQL", Kind::Ejabberd, ALONE),
    row(
        "Antiphon, SQLite, 13 readers",
        Kind::Sqlite { sockets: true },
        IN_COMPANY,
    ),
    row(
        "Antiphon, PostgreSQL, 13 readers",
        Kind::Postgres { sockets: true },
        IN_COMPANY,
    ),
    row("socket.io, PostgreSQL, 13 readers", Kind::SocketIo, IN_COMPANY),
    row(
        "ejabberd, archive in PostgreSQL, 13 readers",
        Kind::Ejabberd,
        IN_COMPANY,
    ),
];

const fn row(name: &'static str, server: Kind, n_joined: usize) -> Row {
    Row {
        name,
        server,
        n_joined,
    }
}

pub fn run(plan: &Plan) -> Result<Section> {
    peers::install(plan)?;
    let server = Server::find()?;
    let mut runs = vec![Vec::new(); ROWS.len()];
    for _ in 0..plan.runs {
        for (row, runs) in ROWS.iter().zip(&mut runs).filter(|(row, _)| plan.wants(row.name)) {
            runs.push(row.run(plan, &server)?);
        }
    }
    let mut section = Section::new("post", &HEADER);
    let mut medians = Vec::new();
    for (row, runs) in ROWS.iter().zip(&runs).filter(|(_, runs)| !runs.is_empty()) {
        let of = |value: fn(&Load) -> f64| median(runs.iter().map(value));
        let (rate, cpu) = (of(|load| load.messages_per_second), of(|load| load.server_us));
        section.row(&[
            row.name.to_owned(),
            thousands(rate),
            format!("{cpu:.0}"),
            format!("{:.0}", of(|load| load.postgres_us)),
            format!("{:.1}", of(|load| load.p50_ms)),
            format!("{:.1}", of(|load| load.p99_ms)),
        ]);
        medians.push((rate, cpu));
    }
    if medians.len() == ROWS.len() {
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
    for (row, (_, cpu)) in ROWS.iter().zip(medians).take(2) {
        section.note(format!(
            "{}: {cpu:.0} µs of server CPU per durable message (target ≤ {MOST_CPU_US:.0}: {}).",
            row.name,
            verdict(*cpu <= MOST_CPU_US),
        ));
    }
    // Each group: two of ours, then the two rivals.
    for first in [2, 6] {
        let better = medians[first + 2].0.max(medians[first + 3].0);
        for (row, (rate, _)) in ROWS.iter().zip(medians).skip(first).take(2) {
            let advantage = rate / better;
            section.note(format!(
                "{}: {advantage:.1} × the messages per second of the better rival (target ≥ {LEAST_ADVANTAGE:.0}: {}).",
                row.name,
                verdict(advantage >= LEAST_ADVANTAGE),
            ));
        }
    }
}

impl Row {
    fn run(&self, plan: &Plan, server: &Server) -> Result<Load> {
        match self.server {
            Kind::Sqlite { sockets } => self.antiphon(plan, server, None, sockets),
            Kind::Postgres { sockets } => {
                let database = server.database()?;
                self.antiphon(plan, server, Some(database.url.clone()), sockets)
            }
            Kind::SocketIo => {
                let peer = peers::socketio(plan, server)?;
                rival(plan, server, &peer, async |port, person| {
                    let client = SocketIo::connect(port, person, channels_of(person, self.n_joined)).await?;
                    Ok(Sender::SocketIo(client, person % N_CHANNELS))
                })
            }
            Kind::Ejabberd => {
                let peer = peers::ejabberd(plan, server)?;
                rival(plan, server, &peer, async |port, person| {
                    Ok(Sender::Xmpp(
                        Xmpp::connect(port, person, channels_of(person, self.n_joined)).await?,
                    ))
                })
            }
        }
    }

    fn antiphon(&self, plan: &Plan, server: &Server, url: Option<String>, sockets: bool) -> Result<Load> {
        let place = Place::new(plan.binary()?, plan.fresh_folder("post")?, url);
        let file = place.folder().with_extension("jsonl");
        world::write_file(&file, N_SENDERS, N_CHANNELS, |channel, person| {
            channels_of(person, self.n_joined).any(|joined| joined == channel)
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
                // Every channel has so many members at least; 14 of the 50 have more.
                crowd.settle(load.n_acknowledged * self.n_joined as u64).await?;
            }
            anyhow::Ok(load)
        })?;
        running.kill()?;
        check_saved(load.n_acknowledged, world::n_messages(&place)? - n_before)?;
        Ok(load)
    }
}

/// The first is the one in which the person writes.
fn channels_of(person: usize, n_joined: usize) -> impl Iterator<Item = usize> {
    (0..n_joined).map(move |idx| (person + idx) % N_CHANNELS)
}

fn rival(
    plan: &Plan,
    server: &Server,
    peer: &Peer,
    connect: impl AsyncFn(u16, usize) -> Result<Sender>,
) -> Result<Load> {
    let load = runtime()?.block_on(async {
        let mut senders = Vec::new();
        for person in 0..N_SENDERS {
            senders.push(connect(peer.port, person).await?);
        }
        let cpu = || Cpu {
            server: peer.cpu(),
            postgres: server.cpu(),
        };
        measure(senders, plan.span, &cpu).await
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

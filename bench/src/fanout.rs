//! One channel, thousands of sockets: what a delivery costs, against the plainest server that writes the same bytes.
//!
//! Twice: calm, with a message now and then, where every delivery costs a write of its own; and busy, with sixteen
//! messages at a time and the next ones as soon as everybody has them, where writes carry several frames.

mod plain;

use crate::{
    Plan,
    antiphon::{Antiphon, Place},
    client::http::Http,
    crowd::Crowd,
    load::Sender,
    post::runtime,
    report::{COLUMNS, Section, median, thousands},
    world::{self, Person},
};
use anyhow::Result;
use futures_util::future::try_join_all;
pub use plain::serve as serve_plainly;
use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Everybody is a member of the one channel.
pub const N_PEOPLE: usize = 5_000;
const CROWDS: [usize; 2] = [1_000, N_PEOPLE];
const DELIVERIES_PER_SECOND: f64 = 20_000.0;
const MOST_CPU_US: f64 = 4.0;
const MOST_RATIO: f64 = 1.5;
const MOST_KIB: f64 = 12.0;
/// Messages at a time in a busy channel.
const BURST: usize = 16;
/// Messages before measuring, so that both ends have grown their buffers.
const N_WARM_UP: u32 = 5;

pub fn run(plan: &Plan) -> Result<Section> {
    let (place, people, channel) = crowded_place(plan)?;
    let mut section = Section::new("fanout", &COLUMNS);
    for n in CROWDS {
        let ours = ours(plan, &place, &people[..n], channel)?;
        let plain = plain::measure(plan, n, ours.frame_size_bytes)?;
        for (pace, ours, plain) in [
            ("calm", &ours.paces.calm, &plain.calm),
            ("busy", &ours.paces.busy, &plain.busy),
        ] {
            let (cpu, plain) = (of(ours, |run| run.cpu_us), of(plain, |run| run.cpu_us));
            let rate = thousands(of(ours, |run| run.per_second));
            let what = format!("{n} sockets, {pace}, {rate} deliveries/s: server CPU of each");
            section.figure(&what, format!("{cpu:.2} µs"), "≤ 4 µs", cpu <= MOST_CPU_US);
            let what = format!("{n} sockets, {pace}: against plain TCP writes ({plain:.2} µs)");
            section.figure(
                &what,
                format!("{:.2} ×", cpu / plain),
                "≤ 1.5 ×",
                cpu / plain <= MOST_RATIO,
            );
        }
        // `settle` fails the run otherwise.
        section.figure(
            &format!("{n} sockets: gaps, doubles"),
            "0, 0".to_owned(),
            "0, 0",
            true,
        );
        let what = format!("{n} idle sockets: memory of each");
        let kib = ours.idle_bytes / 1024.0;
        if n == N_PEOPLE {
            section.figure(&what, format!("{kib:.1} KiB"), "≤ 12 KiB", kib <= MOST_KIB);
        } else {
            section.fact(&what, format!("{kib:.1} KiB"));
        }
    }
    section.note(format!(
        "Calm is {DELIVERIES_PER_SECOND:.0} deliveries a second, busy {BURST} messages at a time. {} runs of {} s each; \
         different people in all sockets.",
        plan.runs,
        plan.span.as_secs()
    ));
    Ok(section)
}

fn of(runs: &[Run], value: fn(&Run) -> f64) -> f64 {
    median(runs.iter().map(value))
}

/// A place with a channel of 5,000 people who are all signed in.
pub fn crowded_place(plan: &Plan) -> Result<(Place, Vec<Person>, Uuid)> {
    let place = Place::new(plan.binary()?, plan.fresh_folder("crowd")?, None);
    let file = place.folder().with_extension("jsonl");
    world::write_file(&file, N_PEOPLE, 1, |_, _| true)?;
    place.import(&file)?;
    let people = world::sign_in(&place, N_PEOPLE)?;
    let channel = world::channels(&place, 1)?[0];
    Ok((place, people, channel))
}

/// What a span of time showed.
struct Run {
    cpu_us: f64,
    per_second: f64,
}

/// The runs at both paces.
#[derive(Default)]
struct Paces {
    calm: Vec<Run>,
    busy: Vec<Run>,
}

struct Ours {
    paces: Paces,
    idle_bytes: f64,
    frame_size_bytes: usize,
}

fn ours(plan: &Plan, place: &Place, people: &[Person], channel: Uuid) -> Result<Ours> {
    let running = place.serve()?;
    let measured = runtime()?.block_on(async {
        // The first connection makes the server read what it keeps for all of them.
        Crowd::connect(running.port, &people[..1], &[channel])
            .await?
            .leave()
            .await;
        let before = running.rss_bytes();
        let crowd = Crowd::connect(running.port, people, &[channel]).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let idle_bytes = running.rss_bytes().saturating_sub(before) as f64 / people.len() as f64;

        let mut senders = Vec::new();
        for _ in 0..BURST {
            let http = Http::connect(running.port, Some(&people[0].token)).await?;
            senders.push(Sender::Antiphon(http, channel));
        }
        for _ in 0..N_WARM_UP {
            senders[0].post().await?;
        }
        crowd.settle(u64::from(N_WARM_UP) * people.len() as u64).await?;
        let mut paces = Paces::default();
        for _ in 0..plan.runs {
            paces
                .calm
                .push(calm_run(plan, &running, &crowd, &mut senders[0], people.len()).await?);
            paces
                .busy
                .push(busy_run(plan, &running, &crowd, &mut senders, people.len()).await?);
        }
        let counts = crowd.counts();
        let frame_size_bytes = counts.size_bytes.load(Relaxed) / counts.n_delivered.load(Relaxed).max(1);
        crowd.leave().await;
        anyhow::Ok(Ours {
            paces,
            idle_bytes,
            frame_size_bytes: usize::try_from(frame_size_bytes)?,
        })
    })?;
    running.stop()?;
    Ok(measured)
}

async fn calm_run(
    plan: &Plan,
    running: &Antiphon,
    crowd: &Crowd,
    sender: &mut Sender,
    n: usize,
) -> Result<Run> {
    let (began, before, cpu) = (
        Instant::now(),
        crowd.counts().n_delivered.load(Relaxed),
        running.cpu(),
    );
    let n_posts = post_at_rate(plan.span, n, async || sender.post().await).await?;
    crowd.settle(before + n_posts * n as u64).await?;
    Ok(Run::new(began, n_posts * n as u64, running.cpu() - cpu))
}

async fn busy_run(
    plan: &Plan,
    running: &Antiphon,
    crowd: &Crowd,
    senders: &mut [Sender],
    n: usize,
) -> Result<Run> {
    let (began, before, cpu) = (
        Instant::now(),
        crowd.counts().n_delivered.load(Relaxed),
        running.cpu(),
    );
    let mut n_posts = 0;
    while began.elapsed() < plan.span {
        try_join_all(senders.iter_mut().map(Sender::post)).await?;
        n_posts += BURST as u64;
        crowd.settle(before + n_posts * n as u64).await?;
    }
    Ok(Run::new(began, n_posts * n as u64, running.cpu() - cpu))
}

impl Run {
    fn new(began: Instant, n_delivered: u64, cpu: Duration) -> Self {
        Self {
            cpu_us: cpu.as_secs_f64() * 1e6 / n_delivered as f64,
            per_second: n_delivered as f64 / began.elapsed().as_secs_f64(),
        }
    }
}

/// Posts so often that `n` readers get the fixed number of deliveries a second; how often that was.
async fn post_at_rate(span: Duration, n: usize, mut post: impl AsyncFnMut() -> Result<()>) -> Result<u64> {
    let pause = Duration::from_secs_f64(n as f64 / DELIVERIES_PER_SECOND);
    let (began, mut n_posts) = (Instant::now(), 0);
    while began.elapsed() < span {
        post().await?;
        n_posts += 1;
        tokio::time::sleep_until((began + pause * n_posts).into()).await;
    }
    Ok(u64::from(n_posts))
}

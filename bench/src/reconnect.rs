//! The server dies under 5,000 open sockets and starts again: how long until all are live, and whether anything is lost.
//!
//! Messages are posted right up to the end and as soon as the server is back, while the crowd is coming in.

use crate::{
    Plan,
    client::http::Http,
    crowd::Crowd,
    fanout::{N_PEOPLE, crowded_place},
    load::Sender,
    post::runtime,
    report::{COLUMNS, Section, median},
    world::Person,
};
use anyhow::{Result, bail};
use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, Instant},
};
use uuid::Uuid;

const LIVE_WITHIN: Duration = Duration::from_secs(10);
/// After this the run has failed.
const GIVE_UP: Duration = Duration::from_secs(60);
/// Messages right before the server dies; their deliveries may be lost on the way and have to be replayed.
const N_BEFORE: u64 = 20;
/// Pause between two messages while the crowd comes back.
const PAUSE: Duration = Duration::from_millis(200);

pub fn run(plan: &Plan) -> Result<Section> {
    let mut runs = Vec::new();
    for _ in 0..plan.runs {
        runs.push(one_run(plan)?);
    }
    let of = |value: fn(&Back) -> f64| median(runs.iter().map(value));
    let mut section = Section::new("reconnect", &COLUMNS);
    let (live, n_meanwhile) = (
        of(|back| back.after_kill.as_secs_f64()),
        of(|back| back.n_meanwhile as f64),
    );
    let what = format!("{N_PEOPLE} sockets live again after kill -9 and restart");
    section.figure(
        &what,
        format!("{live:.1} s"),
        "≤ 10 s",
        live <= LIVE_WITHIN.as_secs_f64(),
    );
    let after_start = of(|back| back.after_start.as_secs_f64());
    section.fact(
        "of these since the server was ready",
        format!("{after_start:.1} s"),
    );
    let what = format!("{N_BEFORE} messages before and {n_meanwhile:.0} meanwhile: lost, doubled");
    // A run with anything else fails.
    section.figure(&what, "0, 0".to_owned(), "0, 0", true);
    section.note(format!(
        "Clients wait as the web app does: 0.25 to 0.5 s, then twice as long after each failure. {} runs.",
        plan.runs
    ));
    Ok(section)
}

struct Back {
    after_kill: Duration,
    after_start: Duration,
    n_meanwhile: u64,
}

fn one_run(plan: &Plan) -> Result<Back> {
    let (place, people, channel) = crowded_place(plan)?;
    let first = place.serve()?;
    runtime()?.block_on(async {
        let port = first.port;
        let crowd = Crowd::connect(port, &people, &[channel]).await?;
        post(port, &people[0], channel, N_BEFORE).await?;
        let killed = Instant::now();
        first.kill()?;
        // On another thread, because the crowd goes on knocking meanwhile.
        let second = tokio::task::spawn_blocking(move || place.serve_on(port)).await??;
        let started = Instant::now();
        let n_meanwhile = post_until_live(&crowd, port, &people[0], channel).await?;
        let (after_kill, after_start) = (killed.elapsed(), started.elapsed());
        check(&crowd, N_BEFORE + n_meanwhile).await?;
        crowd.leave().await;
        second.stop()?;
        Ok(Back {
            after_kill,
            after_start,
            n_meanwhile,
        })
    })
}

/// Posts while the crowd comes in; how often.
async fn post_until_live(crowd: &Crowd, port: u16, person: &Person, channel: Uuid) -> Result<u64> {
    let (counts, began, mut n_posts) = (crowd.counts(), Instant::now(), 0);
    // Everybody first has to notice that the line was cut.
    while counts.n_broken.load(Relaxed) < N_PEOPLE as u64 || counts.n_live.load(Relaxed) < N_PEOPLE {
        if began.elapsed() > GIVE_UP {
            bail!("only {} sockets came back", counts.n_live.load(Relaxed));
        }
        post(port, person, channel, 1).await?;
        n_posts += 1;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(n_posts)
}

/// Everybody got every message once.
async fn check(crowd: &Crowd, n_messages: u64) -> Result<()> {
    let expected = n_messages * N_PEOPLE as u64;
    crowd.settle(expected).await?;
    let (n_delivered, n_resets) = (
        crowd.counts().n_delivered.load(Relaxed),
        crowd.counts().n_resets.load(Relaxed),
    );
    if n_delivered != expected || n_resets > 0 {
        bail!("{n_delivered} deliveries instead of {expected}, and {n_resets} resets");
    }
    Ok(())
}

async fn post(port: u16, person: &Person, channel: Uuid, n: u64) -> Result<()> {
    let mut sender = Sender::Antiphon(Http::connect(port, Some(&person.token)).await?, channel);
    for _ in 0..n {
        sender.post().await?;
    }
    Ok(())
}

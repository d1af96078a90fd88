//! The seeded simulation: lanes, log, hub, bell, sockets and jobs of several processes, in one thread on a clock of its
//! own, with injected faults.
//!
//! Driven are the real `run_patiently`, `Hub`, `Outlet`, `Cursors`, `Follower`, `journal`, bell encoding and `jobs`; in
//! place of threads and tasks the world takes their steps in any order. One SQLite database in memory stands for the
//! server that all nodes share.
//!
//! Everything follows from one number. A failing one is printed, and replays exactly:
//! `ANTIPHON_TEST_SEED=N cargo test -p platform simulation -- --nocapture`.

mod check;
mod client;
mod connection;
mod dice;
mod node;
mod steps;
mod store;
mod verbs;
mod world;

pub(crate) use verbs::{MIGRATION, STATEMENTS};
use world::World;

/// Runs of each test run that are the same everywhere.
const N_SEEDS: u64 = 1_000;
/// And some that nobody has seen before.
const N_NEW_SEEDS: u64 = 16;
/// Seeds in which a broken rule must be noticed.
const N_SEEDS_BROKEN: u64 = 300;

/// A rule that is broken on purpose, to see that the simulation notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    Nothing,
    /// Sockets pass on whatever comes and clients apply it, without asking whether it is the next.
    NobodyLooksAtNumbers,
    /// A lane answers although the commit failed.
    AnswerBeforeCommit,
    /// A client repeats what it said under another id.
    RepeatUnderAnotherId,
    /// Nobody compares with the log.
    NoSweep,
    /// A job's effects are kept although its lease was lost.
    JobWithoutLease,
    /// What a refused piece of work announced is not taken back.
    FramesOfTheRefused,
}

/// What is wrong after the run of one seed, and what happened if `is_told`.
fn run(seed: u64, broken: Broken, is_told: bool) -> (Vec<String>, Vec<String>) {
    let mut world = World::new(seed, broken, is_told);
    world.run();
    let wrong = check::check(&mut world);
    (wrong, world.told.unwrap_or_default())
}

/// The first of these seeds that goes wrong, found by two threads.
fn first_failure(seeds: &[u64], broken: Broken) -> Option<(u64, Vec<String>)> {
    let search = |seeds: &[u64]| {
        let mut runs = seeds.iter().map(|seed| (*seed, run(*seed, broken, false).0));
        runs.find(|(_, wrong)| !wrong.is_empty())
    };
    let (here, there) = seeds.split_at(seeds.len() / 2);
    std::thread::scope(|scope| {
        let there = scope.spawn(|| search(there));
        search(here).or(there.join().expect("a run does not panic"))
    })
}

#[test]
fn nothing_is_lost_doubled_or_mixed_in_a_thousand_storms() {
    if let Ok(seed) = std::env::var("ANTIPHON_TEST_SEED") {
        let seed = seed.parse().expect("ANTIPHON_TEST_SEED is a number");
        let (wrong, told) = run(seed, Broken::Nothing, true);
        told.iter().for_each(|line| println!("{line}"));
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
        return;
    }
    let new_seeds = (0..N_NEW_SEEDS).map(|_| rand::random());
    let seeds: Vec<u64> = (0..N_SEEDS).chain(new_seeds).collect();
    if let Some((seed, wrong)) = first_failure(&seeds, Broken::Nothing) {
        panic!("seed {seed} (replay with ANTIPHON_TEST_SEED={seed}): {wrong:#?}");
    }
}

#[test]
fn a_seed_replays_exactly() {
    for seed in 5_000..5_010 {
        let (first, second) = (run(seed, Broken::Nothing, true), run(seed, Broken::Nothing, true));
        assert!(first.1.len() > 20, "seed {seed}: something happens");
        assert_eq!(first, second, "seed {seed}");
    }
}

#[test]
fn the_storms_reach_every_corner() {
    let runs = (0..60).map(|seed| run(seed, Broken::Nothing, true).1.join("\n"));
    let told = runs.collect::<Vec<_>>().join("\n");
    for corner in [
        "dies",
        "too slow",
        "starts anew",
        "again: None",
        "again: Some(Busy)",
        "again: Some(Full)",
        "again: Some(Unsure)",
        "again: Some(Disk",
        "again: Some(Statement",
    ] {
        let n_times = told.matches(corner).count();
        assert!(n_times >= 3, "{corner}: {n_times} times");
    }
}

#[test]
fn each_broken_rule_is_noticed() {
    let seeds: Vec<u64> = (0..N_SEEDS_BROKEN).collect();
    for broken in [
        Broken::NobodyLooksAtNumbers,
        Broken::AnswerBeforeCommit,
        Broken::RepeatUnderAnotherId,
        Broken::NoSweep,
        Broken::JobWithoutLease,
        Broken::FramesOfTheRefused,
    ] {
        assert!(
            first_failure(&seeds, broken).is_some(),
            "{broken:?} was not noticed"
        );
    }
}

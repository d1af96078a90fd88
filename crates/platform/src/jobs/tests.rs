//! Jobs on both databases, with a clock by hand.

use super::*;
use crate::{
    app::{Doors, Parts},
    db::Migration,
    feature::Feature,
    http::problem::{Problem, SIGNED_OUT},
    realtime::Gate,
    testing::{Store, TestServer},
};

crate::sql! {
    NOTE_DONE = "insert into done (key, n_attempts) values ($1, $2)";
    LIST_DONE = "select key from done order by key";
    LIST_LEFT = "select key, n_attempts, coalesce(last_error, '') from job order by key";
}

const fn kind(kind: &'static str, run: fn(&mut dyn Tx, &Job, Timestamp) -> Result<Next>) -> JobKind {
    JobKind {
        kind,
        run,
        schedule: false,
    }
}

const REGULAR: JobKind = JobKind {
    kind: "regular",
    run: note_and_fail,
    schedule: true,
};
const KINDS: [JobKind; 5] = [
    kind("note", note),
    kind("again", note_twice),
    kind("fail", note_and_fail),
    kind("panic", note_and_panic),
    REGULAR,
];

fn note(tx: &mut dyn Tx, job: &Job, _: Timestamp) -> Result<Next> {
    tx.exec(&NOTE_DONE, &[(&job.key).into(), job.n_attempts.into()])?;
    Ok(Next::Done)
}

fn note_twice(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    let is_first = tx.list(&LIST_DONE, &[], |_| Ok(()))?.is_empty();
    note(tx, job, now)?;
    Ok(if is_first {
        Next::At(now.after(LEASE))
    } else {
        Next::Done
    })
}

fn note_and_fail(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    note(tx, job, now)?;
    Err(Error::NoRow)
}

fn note_and_panic(tx: &mut dyn Tx, job: &Job, now: Timestamp) -> Result<Next> {
    note(tx, job, now)?;
    std::panic::resume_unwind(Box::new("broken off"))
}

struct Shop(TestServer);

impl Shop {
    async fn begin(store: Store) -> Option<Self> {
        let feature = Feature {
            name: "shop",
            migrations: vec![Migration {
                name: "shop/0001_done",
                text: "create table done (key text not null, n_attempts bigint not null);",
            }],
            statements: STATEMENTS.to_vec(),
            ..Feature::default()
        };
        let doors = Doors {
            authenticate: |_, _| Box::pin(std::future::ready(Err(Problem::new(&SIGNED_OUT)))),
            admit: |_, _, _| Box::pin(std::future::ready(Ok(()))),
            gate: Gate {
                scopes: |_, _| Ok(None),
                may_watch: |_, _, _| Ok(None),
                floors: |_, _| Ok(Vec::new()),
            },
        };
        let parts = Parts {
            features: vec![feature],
            doors,
            kept: Vec::new(),
        };
        TestServer::start(store, parts).await.map(Self)
    }

    fn now(&self) -> Timestamp {
        self.0.app.clock.now()
    }

    async fn write<T: Send + 'static>(&self, job: impl Fn(&mut dyn Tx) -> Result<T> + Send + 'static) -> T {
        self.0.app.db.write(lane(), job).await.expect("it is written")
    }

    async fn ask(&self, kind: &'static str, key: &str) {
        let (key, now) = (key.to_owned(), self.now());
        self.write(move |tx| ask(tx, kind, &key, "{}", now)).await;
    }

    async fn run_due(&self) -> usize {
        run_due(&self.0.app, &KINDS).await.expect("jobs are run")
    }

    async fn done(&self) -> Vec<String> {
        self.write(|tx| tx.list(&LIST_DONE, &[], |row| row.get(0))).await
    }

    /// Key, attempts and last error of what is left.
    async fn left(&self) -> Vec<(String, i64, String)> {
        let row = |row: &dyn Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        self.write(move |tx| tx.list(&LIST_LEFT, &[], row)).await
    }
}

crate::both_stores! {
    async fn asking_twice_is_asking_once_and_done_is_gone(shop: Shop) {
        shop.ask("note", "a").await;
        shop.ask("note", "a").await;
        assert_eq!(shop.run_due().await, 1);
        assert_eq!((shop.done().await, shop.left().await), (vec!["a".to_owned()], vec![]));
        assert_eq!(shop.run_due().await, 0);
    }

    async fn a_job_comes_back_at_the_time_it_names(shop: Shop) {
        shop.ask("again", "a").await;
        assert_eq!((shop.run_due().await, shop.run_due().await), (1, 0));
        shop.0.advance(LEASE);
        assert_eq!(shop.run_due().await, 1);
        assert_eq!((shop.done().await.len(), shop.left().await.len()), (2, 0));
    }

    async fn what_fails_keeps_nothing_and_waits_longer_each_time(shop: Shop) {
        shop.ask("fail", "a").await;
        shop.ask("note", "b").await;
        shop.ask("panic", "c").await;
        assert_eq!(shop.run_due().await, 3);
        assert_eq!(shop.done().await, ["b"], "one that fails does not stop the others");
        let told = |why: Error| why.to_string();
        let left = vec![("a".into(), 1, told(Error::NoRow)), ("c".into(), 1, told(Error::Panicked))];
        assert_eq!(shop.left().await, left);
        for pause in [2, 4, 8] {
            shop.0.advance(Duration::from_secs(pause - 1));
            assert_eq!(shop.run_due().await, 0, "not before {pause} s");
            shop.0.advance(Duration::from_secs(1));
            assert_eq!(shop.run_due().await, 2);
        }
    }

    async fn a_job_that_always_fails_stays_for_a_person_and_a_regular_one_for_the_next_start(shop: Shop) {
        shop.ask("fail", "a").await;
        ask_schedules(&shop.0.app, &KINDS).await.expect("asked");
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(shop.run_due().await, 2);
            shop.0.advance(RETRY.1);
        }
        assert_eq!(shop.run_due().await, 0);
        ask_schedules(&shop.0.app, &KINDS).await.expect("asked");
        assert_eq!(shop.run_due().await, 1);
        let left: Vec<_> = shop.left().await.into_iter().map(|(key, n_attempts, _)| (key, n_attempts)).collect();
        assert_eq!(left, [("a".to_owned(), ATTEMPTS_MAX), ("regular".to_owned(), 1)]);
    }

    async fn an_unknown_kind_is_left_to_who_knows_it(shop: Shop) {
        shop.ask("note", "a").await;
        for _ in 0..ATTEMPTS_MAX + 5 {
            assert_eq!(run_due(&shop.0.app, &[REGULAR]).await.expect("jobs are run"), 1);
            assert_eq!(run_due(&shop.0.app, &[REGULAR]).await.expect("jobs are run"), 0, "its lease lasts");
            shop.0.advance(LEASE);
        }
        assert_eq!(shop.run_due().await, 1);
        assert_eq!(shop.done().await, ["a"]);
    }

    async fn a_hundred_jobs_are_run_in_one_go(shop: Shop) {
        let now = shop.now();
        let ask_all = move |tx: &mut dyn Tx| (0..100).try_for_each(|n| ask(tx, "note", &format!("{n:02}"), "{}", now));
        shop.write(ask_all).await;
        let n_jobs = run_all_due(&shop.0.app, &KINDS, &CancellationToken::new()).await.expect("jobs are run");
        assert_eq!((n_jobs, shop.done().await.len(), shop.left().await.len()), (100, 100, 0));
    }

    async fn who_lost_the_lease_keeps_nothing(shop: Shop) {
        shop.ask("note", "a").await;
        let now = shop.now();
        let first = shop.write(move |tx| lease(tx, now)).await.remove(0);
        assert!(shop.write(move |tx| lease(tx, now)).await.is_empty(), "one at a time");
        let later = now.after(LEASE);
        let second = shop.write(move |tx| lease(tx, later)).await.remove(0);
        assert_eq!((first.n_attempts, second.n_attempts), (1, 2));
        let late = shop.0.app.db.write(lane(), move |tx| run(tx, &KINDS[0], &first, later)).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
        assert!(shop.done().await.is_empty());
        shop.write(move |tx| run(tx, &KINDS[0], &second, later)).await;
        assert_eq!((shop.done().await, shop.left().await.len()), (vec!["a".to_owned()], 0));
    }
}

#[test]
fn who_worked_rests_four_times_as_long() {
    let ms = Duration::from_millis;
    for (worked, rest) in [(0, 50), (10, 50), (100, 400), (900, 1000)] {
        assert_eq!(rest_after(ms(worked)), ms(rest), "after {worked} ms");
    }
}

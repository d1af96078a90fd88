//! A PostgreSQL whose connections break before, during and after the commit.

use super::*;
use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

async fn desk() -> Option<Desk> {
    Desk::begin(Store::Postgres).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_breaks_before_the_commit_is_replaced_unnoticed() {
    let Some(desk) = desk().await else { return };
    let (scope, runs) = (desk.scope, Arc::new(AtomicUsize::new(0)));
    let counted = runs.clone();
    let written = desk.db.write(scope, move |tx| {
        let seq = note(tx, scope, 1)?;
        if counted.fetch_add(1, Ordering::SeqCst) == 0 {
            tx.one(&END_MYSELF, &[], |row| row.get::<i64>(0))?;
        }
        Ok::<_, Error>(seq)
    });
    assert_eq!(written.await.expect("it is written"), Seq(1));
    assert_eq!(runs.load(Ordering::SeqCst), 2);
    assert_eq!(desk.numbers().await, (vec![1], vec![1]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_whose_connection_breaks_asks_again() {
    let Some(desk) = desk().await else { return };
    let first = AtomicBool::new(true);
    let read = desk.db.read(move |tx| {
        if first.swap(false, Ordering::SeqCst) {
            tx.one(&END_MYSELF, &[], |row| row.get::<i64>(0))?;
        }
        tx.list(&LIST_NOTES, &[], |row| row.get::<i64>(0))
    });
    assert!(
        read.await
            .unwrap_or_else(|error: Error| panic!("{error}"))
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lanes_that_lock_each_other_out_both_succeed() {
    let Some(desk) = desk().await else { return };
    desk.note(1).await.expect("a note");
    desk.note(2).await.expect("another");
    let both_hold_one = Arc::new(std::sync::Barrier::new(2));
    let lock = |first: i64, second: i64| {
        let (met, is_first) = (both_hold_one.clone(), AtomicBool::new(true));
        // Scopes 2 and 3 go to different lanes.
        desk.db.write(
            ScopeId(uuid::Uuid::from_u128(1 + first.unsigned_abs() as u128)),
            move |tx| {
                tx.exec(&LOCK_NOTE, &[first.into()])?;
                if is_first.swap(false, Ordering::SeqCst) {
                    met.wait();
                }
                tx.exec(&LOCK_NOTE, &[second.into()])
            },
        )
    };
    let (one, two): (Result<u64, Error>, Result<u64, Error>) =
        futures_util::future::join(lock(1, 2), lock(2, 1)).await;
    assert_eq!((one.expect("one"), two.expect("two")), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_of_the_wrong_kind_is_an_error_and_not_a_wrong_row() {
    let Some(desk) = desk().await else { return };
    let written = desk.db.write(desk.scope, |tx| {
        tx.exec(&ADD_NOTE, &["eight by".into(), "no".into()])
    });
    assert!(
        matches!(written.await, Err(Error::Statement { .. })),
        "SQLite would keep it"
    );
    desk.note(1).await.expect("the lane is well");
}

/// Stands between us and the server. Once told to, it swallows the next answer and hangs up.
struct Proxy {
    address: SocketAddr,
    cuts: Arc<AtomicBool>,
}

impl Proxy {
    fn start(server: &str) -> Self {
        let server = server.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let cuts = Arc::new(AtomicBool::new(false));
        let cutting = cuts.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = TcpStream::connect(&server).expect("the server is there");
                let (up, down) = (
                    server.try_clone().expect("a handle"),
                    client.try_clone().expect("a handle"),
                );
                std::thread::spawn(move || pass(client, up, None));
                let cutting = cutting.clone();
                std::thread::spawn(move || pass(server, down, Some(cutting)));
            }
        });
        Self { address, cuts }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, cuts: Option<Arc<AtomicBool>>) {
    let mut bytes = [0; 4096];
    while let Ok(n_bytes) = from.read(&mut bytes) {
        // Other connections of the pool may be answered in the same moment.
        let ends_commit = bytes[..n_bytes].windows(6).any(|part| part == b"COMMIT");
        let is_cut = ends_commit
            && cuts
                .as_ref()
                .is_some_and(|cuts| cuts.swap(false, Ordering::SeqCst));
        if n_bytes == 0 || is_cut || to.write_all(&bytes[..n_bytes]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_is_unsure_and_never_repeated() {
    let Some(url) = fresh_postgres_url() else { return };
    let server = url
        .split('@')
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("host:port");
    let proxy = Proxy::start(server);
    let through = url.replace(server, &proxy.address.to_string());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let desk = Desk::at(postgres(through), folder).await;
    let (scope, runs) = (desk.scope, Arc::new(AtomicUsize::new(0)));
    let (counted, cuts) = (runs.clone(), proxy.cuts.clone());
    let written = desk.db.write(scope, move |tx| {
        let seq = note(tx, scope, 1)?;
        counted.fetch_add(1, Ordering::SeqCst);
        // The next commit that the server answers is this one.
        cuts.store(true, Ordering::SeqCst);
        Ok::<_, Error>(seq)
    });
    let written = written.await;
    assert!(matches!(written, Err(Error::Unsure)), "{written:?}");
    assert_eq!(runs.load(Ordering::SeqCst), 1);
    assert!(
        matches!(desk.note(1).await, Err(Error::Taken)),
        "the repetition finds what was saved"
    );
    desk.note(2).await.expect("the lane has a new connection");
    assert_eq!(
        desk.numbers().await,
        (vec![1, 2], vec![2]),
        "what nobody was sure of was not announced"
    );
}

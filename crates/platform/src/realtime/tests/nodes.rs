//! Two processes on one PostgreSQL, with a bell between them that comes and goes.

use super::*;
use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A NATS server of our own; killed when it is dropped.
struct OwnNats(Child);

impl OwnNats {
    /// None where the program may be absent.
    async fn start(port: u16) -> Option<Self> {
        let program = PathBuf::from(std::env::var_os("ANTIPHON_TEST_NATS_BIN")?);
        let mut command = Command::new(program);
        command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let nats = Self(child.expect("it starts"));
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some(nats)
    }
}

impl Drop for OwnNats {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// The second process on the data of the first.
async fn beside(house: &House) -> TestServer {
    let (database, nats) = (
        house.server.app.config.database.clone(),
        house.server.app.config.nats.clone(),
    );
    let change = |config: &mut Config| {
        config.database = database;
        config.nats = nats;
    };
    let started = TestServer::start_with(Store::Postgres, parts(), change).await;
    started.expect("PostgreSQL is there")
}

/// Says things on the first until one was heard on the second faster than any sweep.
async fn until_the_bell_rings(house: &House, socket: &mut Listener) {
    let began = Instant::now();
    loop {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "the bell does not ring"
        );
        let said = Instant::now();
        house.say(house.room, 1, "does it ring?").await;
        socket.event("said").await;
        if said.elapsed() < Duration::from_millis(200) {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_on_one_process_is_heard_on_the_other_with_and_without_the_bell() {
    let port = free_port();
    let Some(nats) = OwnNats::start(port).await else {
        return;
    };
    let url = format!("nats://127.0.0.1:{port}");
    let Some(house) = House::begin_with(Store::Postgres, |config| config.nats.url = Some(url)).await else {
        return;
    };
    let other = beside(&house).await;
    let (mut socket, _) = Listener::open(&other.with_token(&house.ada.to_string()), json!({})).await;
    until_the_bell_rings(&house, &mut socket).await;

    drop(nats);
    let began = Instant::now();
    house.say(house.room, 3, "without a bell").await;
    let heard = take(&mut socket, 3).await;
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "by the sweep: {:?}",
        began.elapsed()
    );
    let first = heard[0]["seq"].as_i64().expect("a number");
    assert!(seqs(&heard).into_iter().eq(first..first + 3));

    let _nats = OwnNats::start(port).await;
    until_the_bell_rings(&house, &mut socket).await;
    house.end_session(house.ada).await;
    assert_eq!(
        socket.closed().await,
        Some(4401),
        "a change of access goes the same way"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_change_of_access_is_heard_without_a_bell() {
    let Some(house) = House::begin(Store::Postgres).await else {
        return;
    };
    let other = beside(&house).await;
    let (mut socket, _) = Listener::open(&other.with_token(&house.ada.to_string()), json!({})).await;
    let began = Instant::now();
    house.end_session(house.ada).await;
    assert_eq!(socket.closed().await, Some(4401));
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_second_process_on_the_same_data_folder_is_refused() {
    let house = House::begin(Store::Sqlite).await.expect("SQLite is always there");
    let config = (*house.server.app.config).clone();
    let second = tokio::task::spawn_blocking(|| App::start(config, crate::clock::Clock::system(), parts()));
    let Err(error) = second.await.expect("no panic") else {
        panic!("it was started")
    };
    assert!(
        error.to_string().contains("is in use by another process"),
        "{error}"
    );
    house.say(house.room, 1, "the first goes on").await;
}

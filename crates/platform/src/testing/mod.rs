//! A real server for tests: on SQLite and on PostgreSQL, over real HTTP and real sockets.
//!
//! Invariants: each test has its own data; nothing but the outer world is faked; a test that needs PostgreSQL fails
//! where it must be there (`ANTIPHON_REQUIRE_ALL=1`) and is left out elsewhere. It knows no feature.

mod client;
mod listener;
mod prepare;
mod relay;

pub use client::{Answer, Client};
pub use listener::Listener;
pub use prepare::{idle_hooks, prepare_all};
pub use relay::{Manner, Relay, link_in};

use crate::{
    app::{App, Parts},
    clock::Clock,
    config::Config,
    http::{layers::layers, serve::Server},
};
use base::Timestamp;
use std::time::Duration;
use tempfile::TempDir;
use uuid::Uuid;

/// Where the server keeps its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// A file of its own.
    Sqlite,
    /// A schema of its own in the server named by `ANTIPHON_TEST_POSTGRES`.
    Postgres,
}

/// A Monday morning: 2026-11-23T09:00:00Z.
pub const START: Timestamp = Timestamp(1_795_424_400_000_000);

/// A server that runs until it is dropped.
pub struct TestServer {
    /// Its inside, for moving the clock and running jobs; asserting is done from outside.
    pub app: App,
    /// `http://127.0.0.1:port`.
    pub address: String,
    /// Where it keeps its files.
    pub folder: TempDir,
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.app.shutdown.token.cancel();
    }
}

/// The address of the PostgreSQL server for tests; None where it may be absent.
pub fn postgres_url() -> Option<String> {
    let url = std::env::var("ANTIPHON_TEST_POSTGRES").ok();
    let required = std::env::var("ANTIPHON_REQUIRE_ALL").is_ok_and(|all| all == "1");
    assert!(
        url.is_some() || !required,
        "ANTIPHON_TEST_POSTGRES must name a PostgreSQL server"
    );
    url
}

/// The same server with a schema of its own; None where PostgreSQL may be absent.
pub fn fresh_postgres_url() -> Option<String> {
    let url = postgres_url()?;
    let schema = format!("t{}", Uuid::now_v7().simple());
    let create = {
        let (url, schema) = (url.clone(), schema.clone());
        move || {
            let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("PostgreSQL is there");
            client
                .batch_execute(&format!("create schema {schema}"))
                .expect("a schema can be made");
        }
    };
    // The synchronous client runs a runtime of its own, which must not stand inside another.
    std::thread::spawn(create).join().expect("the schema was made");
    let joint = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{joint}options=-csearch_path%3D{schema}"))
}

impl TestServer {
    /// Starts a server of these parts. None: PostgreSQL is absent and may be.
    pub async fn start(store: Store, parts: Parts) -> Option<Self> {
        Self::start_with(store, parts, |_| ()).await
    }

    /// The same with other settings.
    pub async fn start_with(store: Store, parts: Parts, change: impl FnOnce(&mut Config)) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut config = Config::for_tests(folder.path());
        config.database.lanes = 2;
        config.database.readers = 2;
        if store == Store::Postgres {
            config.database.url = Some(fresh_postgres_url()?);
        }
        change(&mut config);
        let features = parts.features.clone();
        let app = tokio::task::spawn_blocking(move || App::start(config, Clock::by_hand(START), parts));
        let app = app
            .await
            .expect("the start does not panic")
            .expect("the server starts");
        let server = Server::bind(&app.config).expect("a free port");
        let address = format!("http://{}", server.address());
        let router = layers(app.routes(&features), &app.config, &app.metrics);
        let (shutdown, metrics) = (app.shutdown.clone(), app.metrics.clone());
        tokio::spawn(async move { server.run(router, &metrics, &shutdown).await });
        Some(Self { app, address, folder })
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        Client::new(&self.address, &self.app.config.public_url, None)
    }

    /// Whoever holds this token.
    pub fn with_token(&self, token: &str) -> Client {
        Client::new(&self.address, &self.app.config.public_url, Some(token.to_owned()))
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        self.app.clock.advance(by);
    }
}

/// Declares one test per store from one body: `both_stores!(a_thing_works, |store| async { … })`.
#[macro_export]
macro_rules! both_stores {
    ($($(#[$meta:meta])* async fn $name:ident($server:ident: $kind:ty) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn body($server: $kind) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(server) = <$kind>::begin($crate::testing::Store::Sqlite).await {
                    body(server).await;
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(server) = <$kind>::begin($crate::testing::Store::Postgres).await {
                    body(server).await;
                }
            }
        }
    )*};
}

//! The PostgreSQL server that `./x` started: databases of our own on it, and its CPU time.

use crate::process;
use anyhow::{Context, Result};
use postgres::{Client, NoTls};
use std::time::Duration;

/// The variable with its address; `./x` sets it.
const ADDRESS: &str = "ANTIPHON_TEST_POSTGRES";

/// A running server.
#[derive(Clone)]
pub struct Server {
    config: postgres::Config,
    address: String,
    postmaster: u32,
}

/// A database that is dropped with its handle.
pub struct Database {
    server: Server,
    name: String,
    /// `postgres://…`
    pub url: String,
}

impl Server {
    /// The server of the environment.
    pub fn find() -> Result<Self> {
        let address =
            std::env::var(ADDRESS).with_context(|| format!("{ADDRESS} is not set: use ./x bench"))?;
        let config: postgres::Config = address.parse().context("reading the address of PostgreSQL")?;
        let mut client = config.connect(NoTls).context("connecting to PostgreSQL")?;
        let backend: i32 = client.query_one("select pg_backend_pid()", &[])?.get(0);
        let postmaster = process::parent(u32::try_from(backend)?)?;
        Ok(Self {
            config,
            address,
            postmaster,
        })
    }

    /// A new, empty database.
    pub fn database(&self) -> Result<Database> {
        let name = format!("bench_{}", uuid::Uuid::now_v7().simple());
        self.config
            .connect(NoTls)?
            .batch_execute(&format!("create database {name}"))?;
        let (base, _) = self
            .address
            .rsplit_once('/')
            .context("the address names no database")?;
        Ok(Database {
            server: self.clone(),
            url: format!("{base}/{name}"),
            name,
        })
    }

    /// CPU time of the server and of all its processes so far.
    pub fn cpu(&self) -> Duration {
        process::cpu_of_tree(self.postmaster)
    }

    /// One value of one setting or function.
    pub fn ask(&self, question: &str) -> Result<String> {
        Ok(self.config.connect(NoTls)?.query_one(question, &[])?.get(0))
    }

    /// Where it listens, for programs that take host and port apart.
    pub fn port(&self) -> u16 {
        self.config.get_ports().first().copied().unwrap_or(5432)
    }

    /// Who we are there.
    pub fn user(&self) -> &str {
        self.config.get_user().unwrap_or("postgres")
    }
}

impl Database {
    pub fn connect(&self) -> Result<Client> {
        let config: postgres::Config = self.url.parse()?;
        Ok(config.connect(NoTls)?)
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of rows of a table, to see that what was acknowledged is there.
    pub fn n_rows(&self, table: &str) -> Result<u64> {
        let count: i64 = self
            .connect()?
            .query_one(&format!("select count(*) from {table}"), &[])?
            .get(0);
        Ok(u64::try_from(count)?)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = self.server.config.connect(NoTls).and_then(|mut client| {
            client.batch_execute(&format!("drop database if exists {} with (force)", self.name))
        });
        if let Err(err) = dropped {
            eprintln!("bench: database {} stays behind: {err}", self.name);
        }
    }
}

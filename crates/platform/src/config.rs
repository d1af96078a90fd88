//! What an operator may set: one file, overlaid by `ANTIPHON_*` variables, checked as a whole before anything starts.
//!
//! Invariants: every key stands in [`keys::KEYS`] and in `antiphon.example.toml`; a key that nobody knows is refused;
//! all problems are told at once, each naming the key, its value and the remedy; the value of a secret appears in no
//! message and in no `Debug` output. The variable of `database.url` is `ANTIPHON_DATABASE_URL`, and so for every key;
//! an empty variable counts as not set. This module opens nothing: it does not know whether a database answers.

mod describe;
mod keys;
mod live;
mod mail;
mod reader;
mod sign_in;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

pub use describe::Entry;
pub use ipnet::IpNet;
pub use keys::{Source, names};
pub use live::{LiveConfig, LiveKitConfig, TurnConfig};
pub use mail::{MailConfig, MailTls};
pub use sign_in::{NewcomerRole, OidcConfig, SignInConfig};

use reader::{FILE_NAME, Reader};

/// The effective settings of one process.
#[derive(Clone, PartialEq, Eq)]
pub struct Config {
    /// Address and port of the one listener.
    pub listen: SocketAddr,
    /// The origin at which people open this server, such as `https://talk.example.org`: no path, no trailing slash.
    pub public_url: String,
    /// False when `public_url` was derived from `listen`; then a request's own `Host` counts as our origin.
    pub public_url_is_set: bool,
    /// Folder of everything that this process keeps.
    pub data: PathBuf,
    /// Threads of the async runtime; `None` means one per core.
    pub workers: Option<usize>,
    /// Where rows are kept.
    pub database: DatabaseConfig,
    /// The bell between processes.
    pub nats: NatsConfig,
    /// Where files are kept.
    pub blobs: BlobsConfig,
    /// What people may upload.
    pub files: FilesConfig,
    /// Certificate, when this process itself speaks TLS.
    pub tls: Option<TlsConfig>,
    /// Reverse proxies in front of us.
    pub proxy: ProxyConfig,
    /// Shape and amount of logs.
    pub log: LogConfig,
    /// How much one client may ask for.
    pub limits: LimitsConfig,
    /// Addresses that users name.
    pub outbound: OutboundConfig,
    /// Live sessions.
    pub live: LiveConfig,
    /// The relay that takes our mail; `None`: this server sends none.
    pub mail: Option<MailConfig>,
    /// How people come in.
    pub sign_in: SignInConfig,
    /// Which keys somebody has set, and where; of the others the defaults count.
    pub sources: BTreeMap<&'static str, Source>,
}

/// Where rows are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseConfig {
    /// `postgres://…`; `None` means the SQLite file `antiphon.db` in the data folder.
    pub url: Option<String>,
    /// Writer connections to PostgreSQL; SQLite always has one.
    pub lanes: usize,
    /// Read-only connections.
    pub readers: usize,
}

/// The bell between processes.
#[derive(Clone, PartialEq, Eq)]
pub struct NatsConfig {
    /// `nats://…` or `tls://…`; `None` means that this process is alone.
    pub url: Option<String>,
    /// First part of all subjects, so that several workspaces can share one NATS.
    pub prefix: String,
}

/// Where files are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum BlobsConfig {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of S3 or of anything that speaks its protocol.
    S3(S3Config),
}

/// A bucket and the way to it.
#[derive(Clone, PartialEq, Eq)]
pub struct S3Config {
    /// Name of the bucket.
    pub bucket: String,
    /// Region in the signature; `us-east-1` suits most servers that are not Amazon's.
    pub region: String,
    /// Address of a server that is not Amazon's.
    pub endpoint: Option<String>,
    /// Public half of the credentials.
    pub access_key: String,
    /// Secret half of the credentials.
    pub secret_key: String,
    /// Put before every name, so that a bucket can be shared. Empty or without slashes at its ends.
    pub prefix: String,
}

/// What people may upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesConfig {
    /// Where uploads wait until they are whole.
    pub uploads_folder: PathBuf,
    /// Greatest size of one file.
    pub max_size_bytes: u64,
    /// What the files of one person may take together.
    pub person_bytes: Option<u64>,
    /// What all files of the workspace may take together.
    pub workspace_bytes: Option<u64>,
    /// A clamd that looks at each file: `host:port`, or the path of its socket.
    pub clamd: Option<String>,
}

/// PEM files of the certificate that this process shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsConfig {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Reverse proxies in front of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyConfig {
    /// Networks whose forwarded header is believed. Empty: nobody's.
    pub trusted: Vec<IpNet>,
    /// The one header that these proxies write.
    pub header: ForwardedHeader,
}

/// The header in which a proxy names the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For: client, proxy`.
    XForwardedFor,
    /// `Forwarded: for=client;proto=https` (RFC 7239).
    Forwarded,
}

/// Shape and amount of logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    /// Lines for people or for programs.
    pub format: LogFormat,
    /// A level, or `tracing` directives such as `info,platform=debug`.
    pub level: String,
}

/// Shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One readable line.
    Text,
    /// One JSON object a line.
    Json,
}

/// Addresses that users name: of hooks, of link cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboundConfig {
    /// `host:port` that may be private, and on a port of their own.
    pub allowed: Vec<String>,
}

/// How much one client may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitsConfig {
    /// Requests under `/api` that one session, or one address without session, may make for long.
    pub requests_per_second: u32,
    /// What it may make at once on top of that.
    pub burst: u32,
    /// The same for all sessions behind one address together: a class sits behind one router.
    pub address_requests_per_second: u32,
    /// What one address may make at once on top of that.
    pub address_burst: u32,
    /// Attempts to sign in per account, and per address.
    pub sign_in_per_minute: u32,
    /// Greatest body of a request, where a route does not raise it.
    pub body_size_bytes: usize,
    /// Open connections; `None` means what the limit of file descriptors allows.
    pub connections: Option<usize>,
}

/// Everything that is wrong with the settings, one sentence each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors {
    /// Never empty.
    pub problems: Vec<String>,
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the configuration cannot be used:")?;
        self.problems
            .iter()
            .try_for_each(|problem| write!(out, "\n  - {problem}"))
    }
}

impl Config {
    /// Reads the file (`path`, else `ANTIPHON_CONFIG`, else `antiphon.toml` here if there is one), lays the variables
    /// over it and checks the whole.
    pub fn load(
        path: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Config, ConfigErrors> {
        let mut reader = Reader::gather(path, Path::new(FILE_NAME), env);
        let config = Config::read(&mut reader);
        reader.finish().map(|()| config)
    }

    /// Settings of a test server: its own folder, a fixed origin, limits that no test meets by chance.
    pub fn for_tests(data: &Path) -> Config {
        let mut config = Config::read(&mut Reader::default());
        config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        config.public_url = "http://antiphon.test".to_owned();
        config.public_url_is_set = true;
        config.data = data.to_owned();
        config.blobs = BlobsConfig::Folder(data.join("blobs"));
        config.files.uploads_folder = data.join("uploads");
        config.limits.requests_per_second = 100_000;
        config.limits.burst = 100_000;
        config.limits.address_requests_per_second = 100_000;
        config.limits.address_burst = 100_000;
        config.limits.sign_in_per_minute = 100_000;
        config.live.port = 0;
        config.live.announce = vec![Ipv4Addr::LOCALHOST.into()];
        config
    }

    /// True when people reach this server by https, by us or by a proxy.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The domain that passkeys are bound to: the host of the public address. `None`: there are none here, because they are
    /// switched off, or because browsers have them only by https or at localhost, and never at a bare IP address (Web
    /// Authentication, 5.1.3 and 5.1.4.1).
    pub fn passkey_domain(&self) -> Option<&str> {
        let (scheme, rest) = self.public_url.split_once("://")?;
        let host = rest.split_once(':').map_or(rest, |(host, _)| host);
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let is_address = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
        let is_offered = self.sign_in.passkeys && (scheme == "https" || is_local) && !is_address;
        is_offered.then_some(host)
    }

    fn read(reader: &mut Reader) -> Config {
        let listen = reader
            .address("listen")
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
        let data = reader.folder("data").unwrap_or_else(|| PathBuf::from("./data"));
        let tls = read_tls(reader);
        let public_url = reader.origin("public_url");
        Config {
            public_url_is_set: public_url.is_some(),
            public_url: public_url.unwrap_or_else(|| url_of(listen, tls.is_some())),
            workers: reader.number("workers", 1..=1_024),
            database: read_database(reader),
            nats: NatsConfig {
                url: reader.nats_url("nats.url"),
                prefix: reader
                    .subject("nats.prefix")
                    .unwrap_or_else(|| "antiphon".to_owned()),
            },
            blobs: read_blobs(reader, &data),
            files: read_files(reader, &data),
            proxy: read_proxy(reader),
            log: read_log(reader),
            limits: read_limits(reader),
            outbound: OutboundConfig {
                allowed: reader.hosts("outbound.allowed").unwrap_or_default(),
            },
            live: live::read(reader),
            mail: mail::read(reader),
            sign_in: sign_in::read(reader),
            sources: reader.sources(),
            listen,
            data,
            tls,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.describe())
    }
}

fn url_of(listen: SocketAddr, tls: bool) -> String {
    let scheme = if tls { "https" } else { "http" };
    // A server on all addresses is at least reachable under this name from its own machine.
    if listen.ip().is_unspecified() {
        return format!("{scheme}://localhost:{}", listen.port());
    }
    format!("{scheme}://{listen}")
}

fn read_database(reader: &mut Reader) -> DatabaseConfig {
    let url = reader.postgres_url("database.url");
    // A SQLite reader is a thread that computes; a PostgreSQL reader mostly waits for the network.
    let readers = if url.is_some() {
        4
    } else {
        available_parallelism().map_or(2, usize::from).clamp(2, 8)
    };
    DatabaseConfig {
        lanes: reader.number("database.lanes", 1..=64).unwrap_or(4),
        readers: reader.number("database.readers", 1..=64).unwrap_or(readers),
        url,
    }
}

fn read_blobs(reader: &mut Reader, data: &Path) -> BlobsConfig {
    let is_s3 = reader
        .choice("blobs.kind", &[("folder", false), ("s3", true)])
        .unwrap_or(false);
    let folder = reader.folder("blobs.folder");
    if !is_s3 {
        for key in keys::S3_ONLY {
            reader.refuse_if_set(
                key,
                "is only for blobs.kind = \"s3\"; set that, or remove this key",
            );
        }
        return BlobsConfig::Folder(folder.unwrap_or_else(|| data.join("blobs")));
    }
    reader.refuse_if_set("blobs.folder", "is only for blobs.kind = \"folder\"; remove it");
    BlobsConfig::S3(S3Config {
        bucket: reader.required("blobs.bucket", "blobs.kind = \"s3\" needs the name of the bucket"),
        region: reader
            .text("blobs.region")
            .unwrap_or_else(|| "us-east-1".to_owned()),
        endpoint: reader.origin("blobs.endpoint"),
        access_key: reader.required("blobs.access_key", "blobs.kind = \"s3\" needs credentials"),
        secret_key: reader.required("blobs.secret_key", "blobs.kind = \"s3\" needs credentials"),
        prefix: reader
            .text("blobs.prefix")
            .unwrap_or_default()
            .trim_matches('/')
            .to_owned(),
    })
}

fn read_files(reader: &mut Reader, data: &Path) -> FilesConfig {
    let most = 1..=1_u64 << 50;
    FilesConfig {
        uploads_folder: reader
            .folder("files.uploads_folder")
            .unwrap_or_else(|| data.join("uploads")),
        // An hour of a lesson filmed by a telephone.
        max_size_bytes: reader
            .number("files.max_size_bytes", most.clone())
            .unwrap_or(2 << 30),
        person_bytes: reader.number("files.person_bytes", most.clone()),
        workspace_bytes: reader.number("files.workspace_bytes", most),
        clamd: reader.text("files.clamd"),
    }
}

fn read_tls(reader: &mut Reader) -> Option<TlsConfig> {
    let certificate = reader.folder("tls.certificate");
    let key = reader.folder("tls.key");
    if certificate.is_some() != key.is_some() {
        reader.problem(
            "tls.certificate and tls.key belong together: set both, or neither to speak plain http"
                .to_owned(),
        );
    }
    Some(TlsConfig {
        certificate: certificate?,
        key: key?,
    })
}

fn read_proxy(reader: &mut Reader) -> ProxyConfig {
    let header = reader.choice(
        "proxy.header",
        &[
            ("x-forwarded-for", ForwardedHeader::XForwardedFor),
            ("forwarded", ForwardedHeader::Forwarded),
        ],
    );
    ProxyConfig {
        trusted: reader.networks("proxy.trusted").unwrap_or_default(),
        header: header.unwrap_or(ForwardedHeader::XForwardedFor),
    }
}

fn read_log(reader: &mut Reader) -> LogConfig {
    let format = reader.choice(
        "log.format",
        &[("text", LogFormat::Text), ("json", LogFormat::Json)],
    );
    LogConfig {
        format: format.unwrap_or(LogFormat::Text),
        level: reader.log_level("log.level").unwrap_or_else(|| "info".to_owned()),
    }
}

fn read_limits(reader: &mut Reader) -> LimitsConfig {
    let rate = 1..=1_000_000;
    LimitsConfig {
        // Opening the app costs about 15 requests and a fast typist makes 2 a second, drafts included.
        requests_per_second: reader
            .number("limits.requests_per_second", rate.clone())
            .unwrap_or(50),
        burst: reader.number("limits.burst", rate.clone()).unwrap_or(300),
        // Twenty busy people, or a class of 300 that opens the app in the same minute.
        address_requests_per_second: reader
            .number("limits.address_requests_per_second", rate.clone())
            .unwrap_or(1_000),
        address_burst: reader
            .number("limits.address_burst", rate.clone())
            .unwrap_or(6_000),
        sign_in_per_minute: reader.number("limits.sign_in_per_minute", rate).unwrap_or(10),
        body_size_bytes: reader
            .number("limits.body_size_bytes", 65_536..=16_777_216)
            .unwrap_or(262_144),
        connections: reader.number("limits.connections", 16..=1_000_000),
    }
}

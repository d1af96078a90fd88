//! The listener: accepts connections, finds room for them or says that there is none, drains them at the end.
//!
//! Invariants: the number of connections, sockets included, is bounded by what file descriptors allow, less a reserve
//! for the rest of the process; past it a newcomer is told 503 and nobody who is here suffers. Plain connections speak
//! HTTP/1.1, TLS connections also HTTP/2.
//!
//! hyper is driven directly: `axum::serve` sets no limits on the wait for a client, and hyper-util's automatic choice
//! of version waits for ever for the first bytes.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::client::Proxies;
use super::connection::{Connection, Seated};
use super::problem::{BUSY, Problem};
use super::tls::{Certificate, TlsError};
use crate::config::Config;
use crate::shutdown::Shutdown;
use crate::telemetry::{Metrics, chain};

/// Connections that wait to be accepted: 5,000 sockets may come back within a second. The kernel may cut it.
const BACKLOG: u32 = 8_192;

/// Descriptors for the database (64 + 64 connections at most), blobs, NATS and outgoing calls.
const RESERVED_FILES: u64 = 256;

/// Fewer connections than this is no server: one browser opens six.
const MIN_CONNECTIONS: usize = 16;

/// How long a client may take to send its next request, headers included.
const HEADER_TIMEOUT: Duration = Duration::from_secs(20);

/// The same for a proxy: longer than the 60 s for which nginx and most balancers keep a connection, so that they never
/// send a request into one that we are closing.
const PROXY_HEADER_TIMEOUT: Duration = Duration::from_secs(75);

/// Handshakes under way at once. One costs about 1 ms of a core; the others wait within their time limit.
const MAX_HANDSHAKES: usize = 256;

/// When accepting fails for lack of descriptors or memory: long enough for some to come back.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// For requests in flight at the end: a third of what one may take, so that a restart is not held up by the slowest.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);

/// Why nobody can connect.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken, or not ours.
    #[error("cannot listen on {address}; end the program that uses it, or set another listen address")]
    Listen {
        /// The configured address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// No usable certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A listener that is bound and not yet serving, so that a taken port is found before anything else begins.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    certificate: Option<Arc<Certificate>>,
    proxies: Proxies,
    max_connections: usize,
}

/// Binds and serves until the token is cancelled, then drains.
///
/// # Errors
/// When the address or the certificate cannot be used.
pub async fn serve(
    config: &Config,
    router: Router,
    metrics: &Metrics,
    shutdown: &Shutdown,
) -> Result<(), ServeError> {
    Server::bind(config)?.run(router, metrics, shutdown).await;
    Ok(())
}

impl Server {
    /// Raises the limit of file descriptors, reads the certificate and binds the address. Needs a runtime.
    ///
    /// # Errors
    /// When the address or the certificate cannot be used.
    pub fn bind(config: &Config) -> Result<Server, ServeError> {
        let n_files = raise_descriptor_limit();
        let allowed = usize::try_from(n_files.saturating_sub(RESERVED_FILES)).unwrap_or(usize::MAX);
        let wanted = config.limits.connections.unwrap_or(allowed);
        let certificate = config.tls.as_ref().map(Certificate::load).transpose()?;
        let unusable = |source| ServeError::Listen {
            address: config.listen,
            source,
        };
        let listener = listen(config.listen).map_err(unusable)?;
        Ok(Server {
            address: listener.local_addr().map_err(unusable)?,
            listener,
            certificate: certificate.map(Arc::new),
            proxies: Proxies::new(&config.proxy),
            max_connections: wanted.clamp(MIN_CONNECTIONS, Semaphore::MAX_PERMITS),
        })
    }

    /// The address in use, with the port that the system chose if 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts until the token is cancelled; then lets requests in flight end, for at most 10 s, and cuts the rest.
    /// Sockets are not waited for: their own tasks say goodbye.
    pub async fn run(self, router: Router, metrics: &Metrics, shutdown: &Shutdown) {
        let Server {
            listener,
            certificate,
            proxies,
            max_connections,
            ..
        } = self;
        if let Some(certificate) = &certificate {
            follow(certificate, shutdown);
        }
        let entrance = Entrance {
            router,
            certificate,
            proxies,
            seats: Arc::new(Semaphore::new(max_connections)),
            handshakes: Arc::new(Semaphore::new(MAX_HANDSHAKES)),
            open: metrics.gauge("connections", "Open connections, sockets included"),
            refused: metrics.counter("connections_refused", "Connections refused for lack of room"),
            ending: shutdown.token.clone(),
            ended: CancellationToken::new(),
        };
        let connections = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                () = shutdown.token.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => entrance.admit(stream, peer, &connections),
                Err(err) => pause_after(&err).await,
            }
        }
        drop(listener);
        connections.close();
        if tokio::time::timeout(DRAIN_TIMEOUT, connections.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                n_connections = connections.len(),
                "cut connections that did not end by themselves"
            );
            entrance.ended.cancel();
        }
    }
}

/// Where newcomers are let in or refused.
struct Entrance {
    router: Router,
    certificate: Option<Arc<Certificate>>,
    proxies: Proxies,
    seats: Arc<Semaphore>,
    handshakes: Arc<Semaphore>,
    open: Gauge,
    refused: Counter,
    ending: CancellationToken,
    ended: CancellationToken,
}

impl Entrance {
    fn admit(&self, stream: TcpStream, peer: SocketAddr, connections: &TaskTracker) {
        let Ok(seat) = self.seats.clone().try_acquire_owned() else {
            return self.refuse(&stream);
        };
        // Without it a frame may wait 40 ms for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        let stream = Seated::new(stream, seat, self.open.clone());
        let connection = Connection {
            router: self.router.clone(),
            peer,
            header_timeout: self.header_timeout(peer.ip().to_canonical()),
            ending: self.ending.clone(),
            ended: self.ended.clone(),
        };
        match &self.certificate {
            None => connections.spawn(connection.serve_http1(stream)),
            Some(certificate) => {
                let acceptor = TlsAcceptor::from(certificate.current());
                connections.spawn(connection.serve_tls(acceptor, self.handshakes.clone(), stream))
            }
        };
    }

    fn header_timeout(&self, peer: IpAddr) -> Duration {
        if self.proxies.trusts(peer) {
            PROXY_HEADER_TIMEOUT
        } else {
            HEADER_TIMEOUT
        }
    }

    /// A word to a client for whom there is no room; best effort, without waiting. Over TLS it is just closed.
    fn refuse(&self, stream: &TcpStream) {
        self.refused.inc();
        if self.certificate.is_none() {
            let problem = Problem::new(&BUSY).detail("The server has no room for another connection.");
            let body = problem.to_json(None).to_string();
            let head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\n\
                        cache-control: no-store\r\nretry-after: 5\r\nconnection: close\r\ncontent-length:";
            let _ = stream.try_write(format!("{head} {}\r\n\r\n{body}", body.len()).as_bytes());
        }
    }
}

fn follow(certificate: &Arc<Certificate>, shutdown: &Shutdown) {
    let following = certificate.clone().follow(shutdown.token.clone());
    shutdown.spawn("certificate", async move {
        if let Err(err) = following.await {
            tracing::warn!(error = %chain(&err), "does not follow changes of the certificate");
        }
    });
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A restart must not wait for the old connections to be forgotten.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// A client that went away is its own affair; without descriptors or memory, others must end first.
async fn pause_after(err: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        err.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::warn!(error = %chain(err), "could not accept a connection");
        tokio::time::sleep(ACCEPT_PAUSE).await;
    }
}

/// Raises our limit of open files to what the system allows without asking; returns the limit in force.
fn raise_descriptor_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let highest = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let in_force = if setrlimit(Resource::Nofile, highest).is_ok() {
        highest
    } else {
        limit
    };
    in_force.current.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;

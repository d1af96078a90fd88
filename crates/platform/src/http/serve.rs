//! The listener: accepts connections, speaks HTTP/1.1 (and HTTP/2 over TLS) on them, drains them at the end.
//!
//! Invariants: the number of connections is bounded by what file descriptors allow, less a reserve for the rest of the
//! process; past it a newcomer is told 503 and nobody who is here suffers. A client that sends no headers, or does not
//! finish its handshake, is closed. Buffers are small, and gone once a connection has become a socket.
//!
//! hyper is driven directly: `axum::serve` sets neither of these limits, and hyper-util's automatic choice of version
//! waits without limit for the first bytes of a client.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

use super::client::Proxies;
use super::problem::{BUSY, Problem};
use super::tls::{Certificate, TlsError};
use crate::config::Config;
use crate::shutdown::Shutdown;
use crate::telemetry::{Metrics, chain};

/// Connections that wait to be accepted: 5,000 sockets may come back within a second. The kernel may cut it.
const BACKLOG: u32 = 8_192;

/// Descriptors for the database, blobs, NATS and outgoing calls: 64 + 64 connections at most, the rest is room.
const RESERVED_FILES: u64 = 256;

/// From the first byte expected to the last header, idle time included.
const HEADER_TIMEOUT: Duration = Duration::from_secs(20);

/// The same for a proxy: longer than the 60 s for which nginx and most balancers keep a connection, so that they never
/// send a request into one that we are closing.
const PROXY_HEADER_TIMEOUT: Duration = Duration::from_secs(75);

/// Handshakes under way at once. One costs about 1 ms of a core; the others wait within their time limit.
const MAX_HANDSHAKES: usize = 256;

/// For a whole handshake, waiting included.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// Greatest head of a request, and what is buffered of a body.
const HTTP1_BUFFER_BYTES: usize = 16 * 1_024;

/// Requests at once on an HTTP/2 connection; RFC 9113 recommends no less than 100.
const HTTP2_STREAMS: u32 = 100;

/// How often a silent HTTP/2 client is asked whether it is still there.
const HTTP2_PING: Duration = Duration::from_secs(30);

/// When accepting fails for lack of descriptors or memory: long enough for some to come back.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Requests in flight at the end: as long as a request may take would hold up a restart, so they get a third.
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
    /// Raises the limit of file descriptors, reads the certificate and binds the address.
    ///
    /// # Errors
    /// When the address or the certificate cannot be used.
    pub fn bind(config: &Config) -> Result<Server, ServeError> {
        let n_files = raise_descriptor_limit();
        let allowed =
            usize::try_from(n_files.saturating_sub(RESERVED_FILES)).unwrap_or(Semaphore::MAX_PERMITS);
        let certificate = config
            .tls
            .as_ref()
            .map(Certificate::load)
            .transpose()?
            .map(Arc::new);
        let listener = listen(config.listen).map_err(|source| ServeError::Listen {
            address: config.listen,
            source,
        })?;
        Ok(Server {
            address: listener.local_addr().unwrap_or(config.listen),
            listener,
            certificate,
            proxies: Proxies::new(&config.proxy),
            max_connections: config
                .limits
                .connections
                .unwrap_or(allowed)
                .clamp(16, Semaphore::MAX_PERMITS),
        })
    }

    /// The address in use, with the port that the system chose if 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts until the token is cancelled; then lets requests in flight end, for at most [`DRAIN_TIMEOUT`].
    pub async fn run(self, router: Router, metrics: &Metrics, shutdown: &Shutdown) {
        if let Some(certificate) = &self.certificate {
            let follow = certificate.clone().follow(shutdown.token.clone());
            shutdown.spawn("certificate", async move {
                if let Err(err) = follow.await {
                    tracing::warn!(error = %chain(&err), "does not follow changes of the certificate");
                }
            });
        }
        let accepting = Accepting {
            router,
            certificate: self.certificate,
            proxies: self.proxies,
            slots: Arc::new(Semaphore::new(self.max_connections)),
            handshakes: Arc::new(Semaphore::new(MAX_HANDSHAKES)),
            open: metrics.gauge("http_connections", "Open connections, sockets not included"),
            refused: metrics.counter("http_connections_refused", "Connections refused for lack of room"),
            ending: shutdown.token.clone(),
            ended: CancellationToken::new(),
        };
        let connections = TaskTracker::new();
        let ending = shutdown.token.clone();
        loop {
            let accepted = tokio::select! {
                () = ending.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    if let Some(connection) = accepting.admit(stream, peer) {
                        connections.spawn(connection);
                    }
                }
                Err(err) => pause_after(&err).await,
            }
        }
        drop(self.listener);
        connections.close();
        if tokio::time::timeout(DRAIN_TIMEOUT, connections.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                n_connections = connections.len(),
                "cut connections that did not end by themselves"
            );
            accepting.ended.cancel();
        }
    }
}

/// What every connection needs.
struct Accepting {
    router: Router,
    certificate: Option<Arc<Certificate>>,
    proxies: Proxies,
    slots: Arc<Semaphore>,
    handshakes: Arc<Semaphore>,
    open: Gauge,
    refused: Counter,
    ending: CancellationToken,
    ended: CancellationToken,
}

/// One connection: its place in the count, and its ends.
struct Seat {
    _slot: OwnedSemaphorePermit,
    open: Gauge,
    header_timeout: Duration,
    ending: CancellationToken,
    ended: CancellationToken,
}

impl Accepting {
    /// The work of one connection, or `None` when there is no room for it.
    fn admit(&self, stream: TcpStream, peer: SocketAddr) -> Option<impl Future<Output = ()> + Send + use<>> {
        let Ok(slot) = self.slots.clone().try_acquire_owned() else {
            self.refuse(&stream);
            return None;
        };
        // Without it a frame may wait 40 ms for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        self.open.inc();
        let seat = Seat {
            _slot: slot,
            open: self.open.clone(),
            header_timeout: self.header_timeout(peer.ip().to_canonical()),
            ending: self.ending.clone(),
            ended: self.ended.clone(),
        };
        let tls = self
            .certificate
            .as_ref()
            .map(|certificate| TlsAcceptor::from(certificate.current()));
        let (router, handshakes) = (self.router.clone(), self.handshakes.clone());
        Some(async move {
            match tls {
                None => seat.serve_http1(stream, router, peer).await,
                Some(acceptor) => seat.serve_tls(acceptor, handshakes, stream, router, peer).await,
            }
        })
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
            let body = Problem::new(&BUSY)
                .detail("The server has no room for another connection.")
                .to_json(None)
                .to_string();
            let answer = format!(
                "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncache-control: no-store\r\n\
                 retry-after: 5\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.try_write(answer.as_bytes());
        }
    }
}

impl Seat {
    async fn serve_tls(
        self,
        acceptor: TlsAcceptor,
        handshakes: Arc<Semaphore>,
        stream: TcpStream,
        router: Router,
        peer: SocketAddr,
    ) {
        let handshake = async {
            let _turn = handshakes.acquire().await.ok()?;
            acceptor.accept(stream).await.ok()
        };
        // Port scanners and half-open clients are everyday: not worth a line.
        let accepted = tokio::select! {
            accepted = tokio::time::timeout(HANDSHAKE_TIMEOUT, handshake) => accepted,
            () = self.ending.cancelled() => return,
        };
        let Ok(Some(stream)) = accepted else { return };
        match stream.get_ref().1.alpn_protocol() {
            Some(b"h2") => self.serve_http2(stream, router, peer).await,
            _ => self.serve_http1(stream, router, peer).await,
        }
    }

    async fn serve_http1<I>(self, stream: I, router: Router, peer: SocketAddr)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(move |request| answer(router.clone(), request, peer));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .max_buf_size(HTTP1_BUFFER_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            () = self.ending.cancelled() => connection.as_mut().graceful_shutdown(),
        }
        self.finish(connection).await;
    }

    async fn serve_http2<I>(self, stream: I, router: Router, peer: SocketAddr)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(move |request| answer(router.clone(), request, peer));
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(HTTP2_STREAMS)
            .max_header_list_size(HTTP1_BUFFER_BYTES as u32)
            .keep_alive_interval(HTTP2_PING)
            .keep_alive_timeout(HANDSHAKE_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            () = self.ending.cancelled() => connection.as_mut().graceful_shutdown(),
        }
        self.finish(connection).await;
    }

    /// Waits for the last answer, or for the moment when everything is cut.
    async fn finish<C: Future>(&self, connection: Pin<&mut C>) {
        tokio::select! {
            _ = connection => {}
            () = self.ended.cancelled() => {}
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.open.dec();
    }
}

async fn answer(
    mut router: Router,
    mut request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> Result<axum::response::Response, std::convert::Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request.map(Body::new)).await
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

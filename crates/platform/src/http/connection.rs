//! One connection: its handshake, its protocol, its seat in the count of the listener, its end.
//!
//! Invariants: the seat lasts as long as the stream, also after it became a socket, so that sockets count as open
//! files; every wait for the client has a limit; at the end of the process the request in flight is answered first.

use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use prometheus_client::metrics::gauge::Gauge;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tower::Service;

/// For a whole TLS handshake, waiting for a turn included.
pub(super) const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// Greatest head of a request, and what is buffered of a body.
pub(super) const HEAD_BYTES: u32 = 16 * 1_024;

/// Requests at once on an HTTP/2 connection; RFC 9113 (section 6.5.2) recommends no less than 100.
const HTTP2_STREAMS: u32 = 100;

/// How often a silent HTTP/2 client is asked whether it is still there.
const HTTP2_PING: Duration = Duration::from_secs(30);

/// For the answer to that.
const HTTP2_PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Everything about a connection except its bytes.
pub(super) struct Connection {
    pub(super) router: Router,
    pub(super) peer: SocketAddr,
    /// From the first byte expected to the last header, idle time between requests included.
    pub(super) header_timeout: Duration,
    /// Answer what is in flight, then close.
    pub(super) ending: CancellationToken,
    /// Close at once.
    pub(super) ended: CancellationToken,
}

impl Connection {
    /// Shakes hands and serves the protocol that the client chose.
    pub(super) async fn serve_tls(self, acceptor: TlsAcceptor, turns: Arc<Semaphore>, stream: Seated) {
        let handshake = async {
            let _turn = turns.acquire().await.ok()?;
            acceptor.accept(stream).await.ok()
        };
        // Port scanners and half-open clients are everyday: not worth a line.
        let accepted = tokio::select! {
            accepted = tokio::time::timeout(HANDSHAKE_TIMEOUT, handshake) => accepted,
            () = self.ending.cancelled() => return,
        };
        let Ok(Some(stream)) = accepted else { return };
        match stream.get_ref().1.alpn_protocol() {
            Some(b"h2") => self.serve_http2(stream).await,
            _ => self.serve_http1(stream).await,
        }
    }

    /// Serves HTTP/1.1 until somebody closes, or until the connection becomes a socket.
    pub(super) async fn serve_http1<I>(self, stream: I)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let service = service_fn(|request| answer(self.router.clone(), request, self.peer));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .max_buf_size(HEAD_BYTES as usize)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        tokio::select! {
            _ = connection.as_mut() => return,
            () = self.ending.cancelled() => connection.as_mut().graceful_shutdown(),
        }
        self.finish(connection).await;
    }

    async fn serve_http2<I>(self, stream: I)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (router, peer) = (self.router.clone(), self.peer);
        let service = service_fn(move |request| answer(router.clone(), request, peer));
        let connection = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_concurrent_streams(HTTP2_STREAMS)
            .max_header_list_size(HEAD_BYTES)
            .keep_alive_interval(HTTP2_PING)
            .keep_alive_timeout(HTTP2_PING_TIMEOUT)
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

async fn answer(
    mut router: Router,
    mut request: hyper::Request<Incoming>,
    peer: SocketAddr,
) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.call(request.map(Body::new)).await
}

/// A TCP stream that holds its place in the count until it is dropped, by whomever.
pub(super) struct Seated {
    stream: TcpStream,
    open: Gauge,
    _seat: OwnedSemaphorePermit,
}

impl Seated {
    pub(super) fn new(stream: TcpStream, seat: OwnedSemaphorePermit, open: Gauge) -> Seated {
        open.inc();
        Seated {
            stream,
            open,
            _seat: seat,
        }
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        self.open.dec();
    }
}

impl AsyncRead for Seated {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Seated {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

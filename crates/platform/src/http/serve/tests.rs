//! The listener over real connections of this machine.

use std::path::Path;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::routing::get;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::super::connection::{HANDSHAKE_TIMEOUT, HEAD_BYTES};
use super::*;
use crate::config::TlsConfig;

const PATIENCE: Duration = Duration::from_secs(10);

struct Running {
    address: SocketAddr,
    metrics: Metrics,
    shutdown: Shutdown,
    /// Told when the handler of `/slow` has begun.
    begun: Arc<Notify>,
    /// Lets it end.
    go_on: Arc<Notify>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    async fn wait_until_empty(&self) {
        let is_empty = async {
            while !self.metrics.encode().contains("antiphon_connections 0") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, is_empty).await.unwrap();
    }
}

fn start(adjust: impl Fn(&mut Config)) -> Running {
    let mut config = Config::for_tests(Path::new("unused"));
    adjust(&mut config);
    let who = |peer: ConnectInfo<SocketAddr>| async move { peer.0.ip().to_string() };
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (inner_begun, inner_go_on) = (begun.clone(), go_on.clone());
    let slow = async move || {
        inner_begun.notify_one();
        inner_go_on.notified().await;
        "done"
    };
    let router = Router::new()
        .route("/who", get(who))
        .route("/slow", get(slow))
        .route("/echo", get(upgrade));
    let server = Server::bind(&config).unwrap();
    let (address, metrics, shutdown) = (server.address(), Metrics::new(), Shutdown::new());
    let (inner_metrics, inner_shutdown) = (metrics.clone(), shutdown.clone());
    let task = tokio::spawn(async move { server.run(router, &inner_metrics, &inner_shutdown).await });
    Running {
        address,
        metrics,
        shutdown,
        begun,
        go_on,
        task,
    }
}

async fn upgrade(socket: axum::extract::WebSocketUpgrade) -> axum::response::Response {
    socket.on_upgrade(|mut socket| async move {
        while let Some(Ok(frame)) = socket.recv().await {
            if socket.send(frame).await.is_err() {
                break;
            }
        }
    })
}

async fn ask<I: AsyncRead + AsyncWrite + Unpin>(stream: &mut I, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    read_all(stream).await
}

async fn read_all<I: AsyncRead + Unpin>(stream: &mut I) -> String {
    let mut answer = Vec::new();
    // A server that closes without a TLS goodbye is an error here, with the answer already read.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn handlers_learn_the_address_of_the_peer() {
    let running = start(|_| {});
    let answer = ask(&mut TcpStream::connect(running.address).await.unwrap(), "/who").await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("127.0.0.1"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_taken_port_is_a_sentence() {
    let running = start(|_| {});
    let mut config = Config::for_tests(Path::new("unused"));
    config.listen = running.address;
    let err = Server::bind(&config).err().unwrap().to_string();
    assert!(
        err.contains(&running.address.to_string()) && err.contains("another listen address"),
        "{err}"
    );
}

#[tokio::test]
async fn requests_in_flight_end_and_nobody_new_comes_in() {
    let running = start(|_| {});
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let asking = tokio::spawn(async move { ask(&mut stream, "/slow").await });
    running.begun.notified().await;
    running.shutdown.token.cancel();
    running.go_on.notify_one();
    assert!(asking.await.unwrap().ends_with("done"));
    timeout(PATIENCE, running.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn idle_connections_do_not_hold_up_the_end() {
    let running = start(|_| {});
    let mut idle = TcpStream::connect(running.address).await.unwrap();
    ask_and_stay(&mut idle).await;
    running.shutdown.token.cancel();
    timeout(Duration::from_secs(2), running.task)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read_all(&mut idle).await, "");
}

async fn ask_and_stay(stream: &mut TcpStream) {
    stream
        .write_all(b"GET /who HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    let mut answer = [0; 4_096];
    assert!(
        timeout(PATIENCE, stream.read(&mut answer))
            .await
            .unwrap()
            .unwrap()
            > 0
    );
}

#[tokio::test]
async fn past_the_room_newcomers_hear_503_and_the_others_stay() {
    let running = start(|config| config.limits.connections = Some(16));
    let mut inside = Vec::new();
    for _ in 0..16 {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        ask_and_stay(&mut stream).await;
        inside.push(stream);
    }
    let mut outside = TcpStream::connect(running.address).await.unwrap();
    let answer = read_all(&mut outside).await;
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("/problems/busy"),
        "{answer}"
    );
    assert!(
        running
            .metrics
            .encode()
            .contains("antiphon_connections_refused_total 1")
    );
    ask_and_stay(&mut inside[0]).await;

    drop(inside);
    running.wait_until_empty().await;
    ask_and_stay(&mut TcpStream::connect(running.address).await.unwrap()).await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_finishes_its_headers_is_closed() {
    let running = start(|_| {});
    for beginning in ["", "GET /who HTTP/1.1\r\nx: ", "PRI * HTTP/2.0\r\n"] {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let began = tokio::time::Instant::now();
        let mut answer = Vec::new();
        // The clock jumps to the next timer as soon as everybody waits.
        let _ = timeout(HEADER_TIMEOUT * 2, stream.read_to_end(&mut answer))
            .await
            .expect(beginning);
        assert!(
            began.elapsed() <= HEADER_TIMEOUT + Duration::from_secs(1),
            "{beginning}"
        );
    }
}

#[tokio::test]
async fn heads_that_are_too_long_are_refused() {
    let running = start(|_| {});
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request = format!(
        "GET /who HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
        "y".repeat(2 * HEAD_BYTES as usize)
    );
    let _ = stream.write_all(request.as_bytes()).await;
    assert!(read_all(&mut stream).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn a_connection_becomes_a_socket() {
    let running = start(|_| {});
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request = "GET /echo HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 4_096];
    let length = timeout(PATIENCE, stream.read(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 101"));
    // A masked text frame "hi", with the mask 0.
    stream
        .write_all(&[0x81, 0x82, 0, 0, 0, 0, b'h', b'i'])
        .await
        .unwrap();
    let mut frame = [0; 4];
    timeout(PATIENCE, stream.read_exact(&mut frame))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(frame, [0x81, 2, b'h', b'i']);

    assert!(
        running.metrics.encode().contains("antiphon_connections 1"),
        "a socket keeps its seat"
    );
    drop(stream);
    running.wait_until_empty().await;
}

struct Authority {
    _folder: tempfile::TempDir,
    files: TlsConfig,
    connector: TlsConnector,
}

fn certificate(protocols: &[&[u8]]) -> Authority {
    let folder = tempfile::tempdir().unwrap();
    let pair = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = TlsConfig {
        certificate: folder.path().join("cert.pem"),
        key: folder.path().join("key.pem"),
    };
    std::fs::write(&files.certificate, pair.cert.pem()).unwrap();
    std::fs::write(&files.key, pair.signing_key.serialize_pem()).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from(pair.cert.der().to_vec())).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    client.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Authority {
        _folder: folder,
        files,
        connector: TlsConnector::from(Arc::new(client)),
    }
}

#[tokio::test]
async fn tls_is_spoken_with_the_configured_certificate() {
    let authority = certificate(&[b"http/1.1"]);
    let running = start(|config| config.tls = Some(authority.files.clone()));
    let stream = TcpStream::connect(running.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = authority.connector.connect(name, stream).await.unwrap();
    let answer = ask(&mut stream, "/who").await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("127.0.0.1"),
        "{answer}"
    );
}

#[tokio::test]
async fn http2_is_spoken_when_the_client_asks_for_it() {
    let authority = certificate(&[b"h2"]);
    let running = start(|config| config.tls = Some(authority.files.clone()));
    let stream = TcpStream::connect(running.address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = authority.connector.connect(name, stream).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
    tokio::spawn(connection);
    let request = hyper::Request::get("https://localhost/who")
        .body(Body::empty())
        .unwrap();
    let response = timeout(PATIENCE, sender.send_request(request))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (response.status().as_u16(), response.version()),
        (200, http::Version::HTTP_2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_stops_half_way_is_closed() {
    let authority = certificate(&[]);
    let running = start(|config| config.tls = Some(authority.files.clone()));
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
    let mut answer = Vec::new();
    let _ = timeout(HANDSHAKE_TIMEOUT * 2, stream.read_to_end(&mut answer))
        .await
        .expect("closed in time");
}

#[test]
fn the_limit_of_descriptors_is_raised() {
    let in_force = raise_descriptor_limit();
    let limit = getrlimit(Resource::Nofile);
    assert_eq!(limit.current, limit.maximum);
    assert_eq!(in_force, limit.current.unwrap_or(u64::MAX));
}

//! The least that a server can do to bring frames to many sockets: a queue per connection, and a task that drains it
//! into one TCP write. No people, no log, no WebSocket; it runs in a process of its own, so that its CPU time is known.

use super::{BURST, Paces, Run, post_at_rate};
use crate::{
    Plan,
    crowd::SETTLE_PAUSE,
    post::runtime,
    process::{self, Process},
};
use anyhow::{Context, Result, bail};
use bytes::Bytes;
use std::{
    process::Command,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::mpsc,
    task::JoinSet,
};

/// A connection says with its first byte what it is: one that gets the frames, or the one that asks for them.
const READER: u8 = b'r';
const POSTER: u8 = b'p';
const QUEUE_CAPACITY: usize = 512;
const BACKLOG: u32 = 8192;
const SETTLE_WITHIN: Duration = Duration::from_secs(20);
/// Bytes before the text of a frame of 126 to 65,535 bytes (RFC 6455, 5.2).
const WEBSOCKET_HEAD_BYTES: usize = 4;

/// The same paces as for ours, with frames of the same size.
pub(super) fn measure(plan: &Plan, n: usize, text_size_bytes: usize) -> Result<Paces> {
    let port = process::free_port()?;
    let folder = plan.fresh_folder("plain")?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["plain-server", &port.to_string()]);
    let server = Process::start(&mut command, &folder.join("log"))?;
    runtime()?.block_on(async {
        let received = Arc::new(AtomicU64::new(0));
        let mut readers = JoinSet::new();
        for _ in 0..n {
            readers.spawn(read(connect(port, READER).await?, received.clone()));
        }
        let poster = connect(port, POSTER).await?;
        let size_bytes = u32::try_from(text_size_bytes + WEBSOCKET_HEAD_BYTES)?;
        let mut rival = Rival {
            pid: server.pid(),
            poster,
            received,
            n: n as u64,
            size_bytes,
        };
        tokio::time::sleep(Duration::from_secs(1)).await;
        let mut paces = Paces::default();
        rival.run(plan, BURST).await?;
        for _ in 0..plan.runs {
            paces.calm.push(rival.run(plan, 1).await?);
            paces.busy.push(rival.run(plan, BURST).await?);
        }
        Ok(paces)
    })
}

struct Rival {
    pid: u32,
    poster: TcpStream,
    received: Arc<AtomicU64>,
    n: u64,
    size_bytes: u32,
}

impl Rival {
    /// One frame now and then, or several at a time and the next ones as soon as these have arrived.
    async fn run(&mut self, plan: &Plan, at_once: usize) -> Result<Run> {
        let (began, before, cpu) = (
            Instant::now(),
            self.received.load(Relaxed),
            process::cpu(self.pid),
        );
        let request = self.size_bytes.to_be_bytes().repeat(at_once);
        let mut n_posts = 0;
        if at_once == 1 {
            let post = async || Ok(self.poster.write_all(&request).await?);
            n_posts = post_at_rate(plan.span, usize::try_from(self.n)?, post).await?;
        }
        while at_once > 1 && began.elapsed() < plan.span {
            self.poster.write_all(&request).await?;
            n_posts += at_once as u64;
            self.settle(before, n_posts).await?;
        }
        self.settle(before, n_posts).await?;
        Ok(Run::new(began, n_posts * self.n, process::cpu(self.pid) - cpu))
    }

    async fn settle(&self, before: u64, n_posts: u64) -> Result<()> {
        let expected = before + n_posts * self.n * u64::from(self.size_bytes);
        let began = Instant::now();
        while self.received.load(Relaxed) < expected {
            if began.elapsed() > SETTLE_WITHIN {
                bail!("the plain server does not keep up");
            }
            tokio::time::sleep(SETTLE_PAUSE).await;
        }
        Ok(())
    }
}

async fn connect(port: u16, role: u8) -> Result<TcpStream> {
    let began = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)).await {
            Ok(mut stream) => {
                stream.set_nodelay(true)?;
                stream.write_all(&[role]).await?;
                return Ok(stream);
            }
            Err(err) if began.elapsed() > Duration::from_secs(10) => return Err(err).context("connecting"),
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn read(mut stream: TcpStream, received: Arc<AtomicU64>) {
    let mut buffer = vec![0; 2048];
    while let Ok(n) = stream.read(&mut buffer).await {
        if n == 0 {
            return;
        }
        received.fetch_add(n as u64, Relaxed);
    }
}

type Queues = Arc<Mutex<Vec<mpsc::Sender<Bytes>>>>;

/// The server itself, until it is killed.
pub fn serve(port: u16) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let socket = TcpSocket::new_v4()?;
            socket.set_reuseaddr(true)?;
            socket.bind(([127, 0, 0, 1], port).into())?;
            let listener: TcpListener = socket.listen(BACKLOG)?;
            let (queues, mut connections) = (Queues::default(), JoinSet::new());
            loop {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                connections.spawn(serve_one(stream, queues.clone()));
            }
        })
}

async fn serve_one(mut stream: TcpStream, queues: Queues) -> std::io::Result<()> {
    let mut role = [0];
    stream.read_exact(&mut role).await?;
    if role[0] == POSTER {
        let mut size = [0; 4];
        loop {
            stream.read_exact(&mut size).await?;
            let frame = Bytes::from(vec![b'x'; u32::from_be_bytes(size) as usize]);
            for queue in queues.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                // A full queue would lose a frame, and then the bench says that the server does not keep up.
                let _ = queue.try_send(frame.clone());
            }
        }
    }
    let (queue, mut frames) = mpsc::channel(QUEUE_CAPACITY);
    queues.lock().unwrap_or_else(PoisonError::into_inner).push(queue);
    while let Some(first) = frames.recv().await {
        let Ok(second) = frames.try_recv() else {
            stream.write_all(&first).await?;
            continue;
        };
        let mut all = Vec::with_capacity(first.len() * 4);
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Ok(next) = frames.try_recv() {
            all.extend_from_slice(&next);
        }
        stream.write_all(&all).await?;
    }
    Ok(())
}

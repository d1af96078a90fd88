//! Asks a clamd about a file, by its INSTREAM command (clamd(8)): pieces with their length before them, and an empty one
//! at the end.
//!
//! Invariants: the file goes piece by piece; a scanner that does not answer is a failure and never a pass, so a file
//! waits until it was looked at.

use crate::model::Error;
use std::{io, path::Path, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
};

/// For the whole of it: clamd reads some 100 MB a second.
const SCAN_TIMEOUT: Duration = Duration::from_secs(120);
/// Less than clamd's own limit of a piece.
const PIECE_BYTES: usize = 64 * 1024;
/// Longest answer that is read.
const ANSWER_MAX_BYTES: u64 = 4 * 1024;

/// What the scanner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It found nothing.
    Clean,
    /// It found something.
    Infected,
}

/// Has a file looked at by the clamd at `host:port`, or at the path of its socket.
pub async fn scan(address: &str, path: &Path) -> Result<Verdict, Error> {
    let asked = tokio::time::timeout(SCAN_TIMEOUT, ask(address, path)).await;
    asked
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
        .map_err(|source| Error::Broken {
            doing: "ask the scanner",
            source,
        })
}

/// Whether a clamd answers at this address.
pub async fn is_there(address: &str) -> bool {
    let asked = async {
        if address.starts_with('/') {
            ping(UnixStream::connect(address).await?).await
        } else {
            ping(TcpStream::connect(address).await?).await
        }
    };
    let answer: io::Result<bool> = asked.await;
    answer.unwrap_or(false)
}

async fn ping(mut clamd: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<bool> {
    clamd.write_all(b"zPING\0").await?;
    let mut answer = Vec::new();
    clamd.take(ANSWER_MAX_BYTES).read_to_end(&mut answer).await?;
    Ok(answer.starts_with(b"PONG"))
}

async fn ask(address: &str, path: &Path) -> io::Result<Verdict> {
    if address.starts_with('/') {
        talk(UnixStream::connect(address).await?, path).await
    } else {
        talk(TcpStream::connect(address).await?, path).await
    }
}

async fn talk(mut clamd: impl AsyncRead + AsyncWrite + Unpin, path: &Path) -> io::Result<Verdict> {
    // clamd may refuse before the end, and closes then: what it said is read all the same.
    let sent = send(&mut clamd, path).await;
    let mut answer = Vec::new();
    let read = (&mut clamd).take(ANSWER_MAX_BYTES).read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    if answer.ends_with("FOUND") {
        return Ok(Verdict::Infected);
    }
    sent?;
    read?;
    if answer.ends_with("OK") {
        Ok(Verdict::Clean)
    } else {
        Err(io::Error::other(format!("clamd answered {answer:?}")))
    }
}

async fn send(clamd: &mut (impl AsyncWrite + Unpin), path: &Path) -> io::Result<()> {
    let mut file = tokio::fs::File::open(path).await?;
    clamd.write_all(b"zINSTREAM\0").await?;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let n = file.read(&mut piece).await?;
        let length = u32::try_from(n).map_err(io::Error::other)?;
        clamd.write_all(&length.to_be_bytes()).await?;
        if n == 0 {
            return clamd.flush().await;
        }
        clamd.write_all(&piece[..n]).await?;
    }
}

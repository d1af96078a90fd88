//! The file, read and checked beside the database: lines come in batches, in order.

use crate::{
    Error,
    line::{self, Line},
};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};
use tokio::sync::mpsc::Sender;

/// Lines of one transaction: enough that a commit costs little beside them.
const BATCH_LINES: usize = 1_000;
/// Bytes of one transaction, so that long lines do not make a long one.
const BATCH_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of one line: a channel with some 50,000 members.
const LINE_MAX_BYTES: usize = 4 * 1024 * 1024;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Lines that are written together.
#[derive(Debug, Default)]
pub struct Batch {
    /// With their numbers, counted from 1.
    pub lines: Vec<(u64, Line)>,
    /// Bytes of the file up to the end of this batch.
    pub n_bytes_read: u64,
}

/// Reads the whole file into `out`; ends early when nobody takes the batches any more. An error comes after the lines
/// before it.
pub fn read(path: &Path, out: &Sender<Result<Batch, Error>>) {
    // Nobody listens: the import has stopped already.
    let _ = read_batches(path, out).map_err(|err| out.blocking_send(Err(err)));
}

fn read_batches(path: &Path, out: &Sender<Result<Batch, Error>>) -> Result<(), Error> {
    let file = File::open(path).map_err(|source| Error::Read { line: 0, source })?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let (mut number, mut n_bytes_read, mut since) = (0, 0, 0);
    let mut batch = Batch::default();
    let mut text = Vec::new();
    loop {
        text.clear();
        let read = read_line(&mut reader, &mut text).map_err(|source| Error::Read { line: number, source });
        let n_bytes = match read {
            Ok(n_bytes) => n_bytes,
            Err(err) => return send(out, batch).and(Err(err)),
        };
        if n_bytes == 0 {
            return send(out, batch);
        }
        number += 1;
        n_bytes_read += n_bytes as u64;
        since += n_bytes;
        match checked(number, &text) {
            Ok(Some(line)) => batch.lines.push((number, line)),
            Ok(None) => {}
            Err(err) => return send(out, batch).and(Err(err)),
        }
        batch.n_bytes_read = n_bytes_read;
        if batch.lines.len() >= BATCH_LINES || since >= BATCH_BYTES {
            send(out, std::mem::take(&mut batch))?;
            since = 0;
        }
    }
}

/// One line, or as much of it as may be; 0 at the end.
fn read_line(reader: &mut impl BufRead, text: &mut Vec<u8>) -> std::io::Result<usize> {
    reader
        .by_ref()
        .take(LINE_MAX_BYTES as u64 + 1)
        .read_until(b'\n', text)
}

fn checked(number: u64, text: &[u8]) -> Result<Option<Line>, Error> {
    if text.len() > LINE_MAX_BYTES {
        let reason = "is longer than 4 MiB".to_owned();
        return Err(Error::Refused { line: number, reason });
    }
    let text = match number {
        1 => text.strip_prefix(BOM).unwrap_or(text),
        _ => text,
    };
    let text = text.trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    let line = line::read(text).map_err(|reason| Error::Refused { line: number, reason })?;
    Ok(Some(line))
}

fn send(out: &Sender<Result<Batch, Error>>, batch: Batch) -> Result<(), Error> {
    out.blocking_send(Ok(batch)).map_err(|_| Error::Broken)
}

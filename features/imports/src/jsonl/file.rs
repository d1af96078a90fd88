//! The file, read and checked beside the database: lines come in batches, in order.

use super::fields;
use crate::{
    Error,
    line::{Batch, Line, Place},
    write::{BATCH_LINES, Out, send},
};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::Path,
};

/// Bytes of one transaction, so that long lines do not make a long one.
const BATCH_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of one line: a channel with some 50,000 members.
const LINE_MAX_BYTES: usize = 4 * 1024 * 1024;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads the whole file into `out`; ends early when nobody takes the batches any more. An error comes after the lines
/// before it.
pub fn read(path: &Path, out: &Out) {
    // Nobody listens: the import has stopped already.
    let _ = read_batches(path, out).map_err(|err| out.blocking_send(Err(err)));
}

fn read_batches(path: &Path, out: &Out) -> Result<(), Error> {
    let file = File::open(path).map_err(|source| Error::read(Place::default(), source))?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let (mut number, mut n_bytes_read, mut since) = (0, 0, 0);
    let mut batch = Batch::default();
    let mut text = Vec::new();
    loop {
        text.clear();
        let read =
            read_line(&mut reader, &mut text).map_err(|source| Error::read(Place::line(number), source));
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
            Ok(Some(line)) => batch.lines.push((Place::line(number), line)),
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
        return Err(Error::refused(Place::line(number), reason));
    }
    let text = match number {
        1 => text.strip_prefix(BOM).unwrap_or(text),
        _ => text,
    };
    let text = text.trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    let line = fields::read(text).map_err(|reason| Error::refused(Place::line(number), reason))?;
    Ok(Some(line))
}

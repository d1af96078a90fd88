//! Where the content of a track stands: ISO/IEC 14496-12, 8.7. Cameras write their position there, second by second.

use super::{
    Patches, Source,
    boxes::{Found, child},
    broken,
};
use std::io;

/// Bytes of one table: 4 million pieces.
const TABLE_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Zeros in place of everything that a track holds.
pub fn blank(source: &Source<'_>, track: &Found, patches: &mut Patches) -> io::Result<()> {
    let mut table = *track;
    for name in [b"mdia", b"minf", b"stbl"] {
        let Some(found) = child(source, &table, name)? else {
            return Ok(());
        };
        table = found;
    }
    let read = |name: &[u8; 4]| -> io::Result<Option<Vec<u8>>> {
        let found = child(source, &table, name)?;
        found
            .map(|found| source.bytes(found.body..found.end, TABLE_MAX_BYTES))
            .transpose()
    };
    let (sizes, runs) = (read(b"stsz")?, read(b"stsc")?);
    let (chunks, width) = match read(b"stco")? {
        Some(chunks) => (Some(chunks), 4),
        None => (read(b"co64")?, 8),
    };
    let (Some(sizes), Some(runs), Some(chunks)) = (sizes, runs, chunks) else {
        return Err(broken());
    };
    let chunks = list(&chunks, width)?;
    let runs = list(&runs, 12)?;
    let mut sizes = Sizes::of(&sizes)?;
    let mut run = 0;
    for (idx, chunk) in chunks.chunks_exact(width).enumerate() {
        // A run holds from its first chunk, counted from 1, to the one before the next run.
        while word(runs, (run + 1) * 12).is_some_and(|first| u64::from(first) <= idx as u64 + 1) {
            run += 1;
        }
        let n_samples = word(runs, run * 12 + 4).ok_or_else(broken)?;
        let at = match chunk {
            [a, b, c, d] => u64::from(u32::from_be_bytes([*a, *b, *c, *d])),
            _ => u64::from_be_bytes(chunk.try_into().map_err(|_| broken())?),
        };
        let n_bytes = sizes.next(n_samples)?;
        patches.zero(at..at.checked_add(n_bytes).ok_or_else(broken)?);
    }
    Ok(())
}

/// The sizes of samples, taken in order.
struct Sizes<'a> {
    each: u64,
    table: &'a [u8],
    at: usize,
}

impl<'a> Sizes<'a> {
    fn of(table: &'a [u8]) -> io::Result<Self> {
        let each = u64::from(word(table, 4).ok_or_else(broken)?);
        let table = table.get(12..).ok_or_else(broken)?;
        Ok(Self { each, table, at: 0 })
    }

    /// Bytes of the next `n` samples.
    fn next(&mut self, n: u32) -> io::Result<u64> {
        if self.each > 0 {
            return Ok(self.each * u64::from(n));
        }
        let mut n_bytes = 0;
        for _ in 0..n {
            n_bytes += u64::from(word(self.table, self.at).ok_or_else(broken)?);
            self.at += 4;
        }
        Ok(n_bytes)
    }
}

/// The entries of a table: version and flags, their number, they themselves.
fn list(table: &[u8], width: usize) -> io::Result<&[u8]> {
    let n = word(table, 4).ok_or_else(broken)?;
    let n_bytes = usize::try_from(n).ok().and_then(|n| n.checked_mul(width));
    n_bytes
        .and_then(|n_bytes| table.get(8..)?.get(..n_bytes))
        .ok_or_else(broken)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

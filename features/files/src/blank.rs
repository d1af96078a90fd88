//! Takes out of films, and out of pictures that are not decoded here, where and when they were taken, by whom and with
//! what: in place, so that no offset in them moves.
//!
//! Invariants: nothing is written unless the whole structure could be read, so what is no such file stays as it is; doing
//! it twice, or once more after a crash, is doing it once; every loop ends at a named bound, and what is written is at
//! most the file once over. It knows HEIC, AVIF, MP4, QuickTime, JPEG XL and JPEG 2000 (one family of boxes), and TIFF
//! with the raw pictures of cameras.

mod boxes;
mod items;
mod samples;
mod tiff;

use std::{
    fs::{File, OpenOptions},
    io,
    ops::Range,
    os::unix::fs::FileExt,
    path::Path,
};

/// Blanks a file of these families; any other stays as it is. An error of the kind `InvalidData` is the file's fault: it
/// says that it is one of them, and its parts do not fit together. Blocks.
pub fn blank_in_place(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let source = Source::new(&file)?;
    let mut patches = Patches::default();
    let mut head = [0; 16];
    let n_head = usize::try_from(source.size.min(16)).unwrap_or(16);
    file.read_exact_at(&mut head[..n_head], 0)?;
    if boxes::is_one(&head) {
        boxes::blank(&source, &mut patches)?;
    } else if tiff::is_one(&head) {
        tiff::blank(&source, &mut patches)?;
    }
    patches.apply(&file, source.size)
}

fn broken() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "the parts of the file do not fit together",
    )
}

/// A file of known size, of which parts are read.
struct Source<'a> {
    file: &'a File,
    size: u64,
}

impl<'a> Source<'a> {
    fn new(file: &'a File) -> io::Result<Self> {
        let size = file.metadata()?.len();
        Ok(Self { file, size })
    }

    fn array<const N: usize>(&self, at: u64) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.fill(at, &mut bytes)?;
        Ok(bytes)
    }

    /// These bytes, if there are no more than `max` of them.
    fn bytes(&self, range: Range<u64>, max: usize) -> io::Result<Vec<u8>> {
        let n_bytes = range.end.checked_sub(range.start).ok_or_else(broken)?;
        let n_bytes = usize::try_from(n_bytes).ok().filter(|n| *n <= max);
        if range.end > self.size {
            return Err(broken());
        }
        let mut bytes = vec![0; n_bytes.ok_or_else(broken)?];
        self.fill(range.start, &mut bytes)?;
        Ok(bytes)
    }

    fn fill(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        // What lies behind the end is the file's fault, as any other length that lies.
        if at
            .checked_add(bytes.len() as u64)
            .is_none_or(|end| end > self.size)
        {
            return Err(broken());
        }
        self.file.read_exact_at(bytes, at)
    }
}

/// What is to be written over a file.
#[derive(Default)]
struct Patches {
    zeros: Vec<Range<u64>>,
    writes: Vec<(u64, Vec<u8>)>,
}

impl Patches {
    /// Zeros; what lies behind the end of the file is left out.
    fn zero(&mut self, range: Range<u64>) {
        self.zeros.push(range);
    }

    /// Bytes, which stand over zeros.
    fn write(&mut self, at: u64, bytes: Vec<u8>) {
        self.writes.push((at, bytes));
    }

    /// Zeros come first and structure last: after a crash in between the same parts are found again.
    fn apply(mut self, file: &File, size: u64) -> io::Result<()> {
        static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];
        self.zeros.sort_unstable_by_key(|range| range.start);
        let mut done = 0;
        for range in &self.zeros {
            let mut at = range.start.max(done);
            let end = range.end.min(size);
            while at < end {
                let n = usize::try_from(end - at).map_or(ZEROS.len(), |n| n.min(ZEROS.len()));
                file.write_all_at(&ZEROS[..n], at)?;
                at += n as u64;
            }
            done = done.max(end);
        }
        for (at, bytes) in &self.writes {
            if at.checked_add(bytes.len() as u64).is_some_and(|end| end <= size) {
                file.write_all_at(bytes, *at)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

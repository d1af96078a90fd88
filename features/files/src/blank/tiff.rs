//! TIFF 6.0, BigTIFF, and the raw pictures of cameras that are TIFF (DNG, NEF, ARW, CR2).
//!
//! Of a scan or a photograph goes what tells of places, times, people and devices. Of a raw picture the device stays,
//! because nothing can be developed without it: the position, names and numbers of owners go. `ImageDescription` stays
//! everywhere: microscopes and maps say there how the pixels are to be read.

use super::{Patches, Source, broken};
use std::{collections::HashSet, io, ops::Range};

/// Directories: pages, and the sizes of each.
const DIRECTORIES_MAX: usize = 10_000;
/// Entries of all directories together.
const ENTRIES_MAX: usize = 1_000_000;
/// Directories inside directories: EXIF, and its own of interoperability.
const DEPTH_MAX: usize = 4;

const SUB_DIRECTORIES: u16 = 0x014a;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const INTEROPERABILITY: u16 = 0xa005;
const MAKE: u16 = 0x010f;
const KIND_OF_COLOUR: u16 = 0x0106;
const DNG_VERSION: u16 = 0xc612;
/// Colours that are those of a sensor: its filters, and linear values.
const SENSOR: [u64; 2] = [32_803, 34_892];
/// Places and people: position, XMP, IPTC, Photoshop, artist, copyright, computer, the five of Windows, comment, owner,
/// and the numbers of camera and lens, also as DNG has them with the first name of the file.
const PERSONAL: [u16; 19] = [
    GPS, 0x02bc, 0x83bb, 0x8649, 0x013b, 0x8298, 0x013c, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0x9286,
    0xa430, 0xa431, 0xa435, 0xc62f, 0xc68b, 0xc634,
];
/// What goes of other pictures: EXIF as a whole, maker, model, program, time.
const OF_DEVICE: [u16; 5] = [EXIF, MAKE, 0x0110, 0x0131, 0x0132];

/// Whether a file that begins so is one.
pub fn is_one(head: &[u8; 16]) -> bool {
    matches!(&head[..4], b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+")
}

/// Looks through a whole file.
pub fn blank(source: &Source<'_>, patches: &mut Patches) -> io::Result<()> {
    let mut tiff = Tiff::open(source)?;
    let directories = tiff.directories()?;
    let is_raw = tiff.is_raw_of_canon()? || directories.iter().any(|directory| tiff.is_raw(directory));
    for directory in &directories {
        tiff.clean(directory, is_raw, 0, patches)?;
    }
    Ok(())
}

struct Tiff<'a, 'b> {
    source: &'a Source<'b>,
    is_big_endian: bool,
    /// Bytes of an offset: 4, or 8 in BigTIFF.
    width: usize,
    seen: HashSet<u64>,
    n_entries: usize,
}

struct Directory {
    at: u64,
    entries: Vec<Entry>,
    next: u64,
}

struct Entry {
    tag: u16,
    kind: u16,
    n: u64,
    /// As it stands in the file.
    bytes: Vec<u8>,
}

impl<'a, 'b> Tiff<'a, 'b> {
    fn open(source: &'a Source<'b>) -> io::Result<Self> {
        let head: [u8; 4] = source.array(0)?;
        Ok(Self {
            source,
            is_big_endian: head[0] == b'M',
            width: if head.contains(&b'+') { 8 } else { 4 },
            seen: HashSet::new(),
            n_entries: 0,
        })
    }

    fn number(&self, bytes: &[u8]) -> u64 {
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.is_big_endian {
            bytes.iter().fold(0, join)
        } else {
            bytes.iter().rev().fold(0, join)
        }
    }

    fn short(&self, bytes: &[u8]) -> u16 {
        u16::try_from(self.number(bytes)).unwrap_or(u16::MAX)
    }

    /// All pages, and what hangs below them.
    fn directories(&mut self) -> io::Result<Vec<Directory>> {
        let first = if self.width == 8 { 8 } else { 4 };
        let bytes = self.source.bytes(first..first + self.width as u64, 8)?;
        let (mut waiting, mut found) = (vec![self.number(&bytes)], Vec::new());
        while let Some(at) = waiting.pop() {
            // Directories that name each other are read once.
            if at == 0 || !self.seen.insert(at) {
                continue;
            }
            if found.len() == DIRECTORIES_MAX {
                return Err(broken());
            }
            let directory = self.read(at)?;
            waiting.push(directory.next);
            for entry in directory
                .entries
                .iter()
                .filter(|entry| entry.tag == SUB_DIRECTORIES)
            {
                waiting.extend(self.numbers(entry)?);
                if waiting.len() > DIRECTORIES_MAX {
                    return Err(broken());
                }
            }
            found.push(directory);
        }
        Ok(found)
    }

    fn read(&mut self, at: u64) -> io::Result<Directory> {
        let (n_count, n_entry) = self.sizes();
        let end = at.checked_add(n_count).ok_or_else(broken)?;
        let n = self.number(&self.source.bytes(at..end, 8)?);
        let n_bytes = n.checked_mul(n_entry).ok_or_else(broken)?;
        self.n_entries = self
            .n_entries
            .saturating_add(usize::try_from(n).unwrap_or(usize::MAX));
        if self.n_entries > ENTRIES_MAX {
            return Err(broken());
        }
        let table_end = end.checked_add(n_bytes).ok_or_else(broken)?;
        let table = self.source.bytes(end..table_end, ENTRIES_MAX * 20)?;
        let next = self.source.bytes(table_end..table_end + self.width as u64, 8)?;
        let entries = table.chunks_exact(usize::try_from(n_entry).unwrap_or(12));
        Ok(Directory {
            at,
            entries: entries.map(|bytes| self.entry(bytes)).collect(),
            next: self.number(&next),
        })
    }

    /// Bytes of the number of entries, and of an entry.
    fn sizes(&self) -> (u64, u64) {
        if self.width == 8 { (8, 20) } else { (2, 12) }
    }

    fn entry(&self, bytes: &[u8]) -> Entry {
        Entry {
            tag: self.short(&bytes[..2]),
            kind: self.short(&bytes[2..4]),
            n: self.number(&bytes[4..4 + self.width]),
            bytes: bytes.to_vec(),
        }
    }

    /// Where the value of an entry stands, when it does not fit into the entry.
    fn outside(&self, entry: &Entry) -> Option<Range<u64>> {
        let n_bytes = entry.n.checked_mul(size_of_kind(entry.kind))?;
        let at = self.number(self.value(entry));
        (n_bytes > self.width as u64).then(|| at..at.saturating_add(n_bytes))
    }

    fn value<'e>(&self, entry: &'e Entry) -> &'e [u8] {
        &entry.bytes[4 + self.width..]
    }

    /// The numbers of an entry: offsets.
    fn numbers(&self, entry: &Entry) -> io::Result<Vec<u64>> {
        let size = usize::try_from(size_of_kind(entry.kind)).unwrap_or(1);
        let bytes = match self.outside(entry) {
            Some(range) => self.source.bytes(range, DIRECTORIES_MAX * 8)?,
            None => self.value(entry).to_vec(),
        };
        let n = usize::try_from(entry.n).unwrap_or(usize::MAX);
        Ok(bytes
            .chunks_exact(size)
            .take(n)
            .map(|bytes| self.number(bytes))
            .collect())
    }

    fn is_raw_of_canon(&self) -> io::Result<bool> {
        Ok(self.source.size >= 10 && &self.source.array::<2>(8)? == b"CR")
    }

    fn is_raw(&self, directory: &Directory) -> bool {
        let has = |tag| directory.entries.iter().any(|entry| entry.tag == tag);
        let is_of_sensor = directory.entries.iter().any(|entry| {
            entry.tag == KIND_OF_COLOUR && SENSOR.contains(&self.number(&self.value(entry)[..2]))
        });
        is_of_sensor || has(DNG_VERSION) || (has(MAKE) && has(SUB_DIRECTORIES))
    }

    fn clean(
        &mut self,
        directory: &Directory,
        is_raw: bool,
        depth: usize,
        patches: &mut Patches,
    ) -> io::Result<()> {
        let goes =
            |entry: &&Entry| PERSONAL.contains(&entry.tag) || (!is_raw && OF_DEVICE.contains(&entry.tag));
        let (gone, kept): (Vec<_>, Vec<_>) = directory.entries.iter().partition(goes);
        for entry in kept.iter().filter(|entry| entry.tag == EXIF) {
            if let Some(inner) = self.directory_of(entry, depth)? {
                self.clean(&inner, is_raw, depth + 1, patches)?;
            }
        }
        for entry in &gone {
            self.erase(entry, depth, patches)?;
        }
        if !gone.is_empty() {
            self.rewrite(directory, &kept, patches);
        }
        Ok(())
    }

    /// The directory that an entry names, if it was not read before.
    fn directory_of(&mut self, entry: &Entry, depth: usize) -> io::Result<Option<Directory>> {
        if depth > DEPTH_MAX {
            return Err(broken());
        }
        let at = self.numbers(entry)?.first().copied().ok_or_else(broken)?;
        match self.seen.insert(at) {
            true => self.read(at).map(Some),
            false => Ok(None),
        }
    }

    /// Zeros in place of what an entry names; the entry itself goes with its directory.
    fn erase(&mut self, entry: &Entry, depth: usize, patches: &mut Patches) -> io::Result<()> {
        if matches!(entry.tag, GPS | EXIF | INTEROPERABILITY) {
            if let Some(inner) = self.directory_of(entry, depth)? {
                for entry in &inner.entries {
                    self.erase(entry, depth + 1, patches)?;
                }
                patches.zero(inner.at..inner.at + self.n_bytes(inner.entries.len()));
            }
        } else if let Some(range) = self.outside(entry) {
            patches.zero(range);
        }
        Ok(())
    }

    fn n_bytes(&self, n_entries: usize) -> u64 {
        let (n_count, n_entry) = self.sizes();
        n_count + n_entries as u64 * n_entry + self.width as u64
    }

    /// The directory with the entries that stay, and zeros in the room that they no longer need.
    fn rewrite(&self, directory: &Directory, kept: &[&Entry], patches: &mut Patches) {
        let (n_count, _) = self.sizes();
        let mut bytes = self.written(kept.len() as u64, usize::try_from(n_count).unwrap_or(2));
        for entry in kept {
            bytes.extend(&entry.bytes);
        }
        bytes.extend(self.written(directory.next, self.width));
        bytes.resize(
            usize::try_from(self.n_bytes(directory.entries.len())).unwrap_or(bytes.len()),
            0,
        );
        patches.write(directory.at, bytes);
    }

    fn written(&self, number: u64, n_bytes: usize) -> Vec<u8> {
        if self.is_big_endian {
            number.to_be_bytes()[8 - n_bytes..].to_vec()
        } else {
            number.to_le_bytes()[..n_bytes].to_vec()
        }
    }
}

/// Bytes of one value (TIFF 6.0, section 2; BigTIFF adds 16 to 18).
fn size_of_kind(kind: u16) -> u64 {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16 | 17 | 18 => 8,
        _ => 1,
    }
}

//! The items of a HEIC or AVIF picture: ISO/IEC 14496-12, 8.11, and ISO/IEC 23008-12. What is no picture becomes zeros
//! where it stands; turning and mirroring are properties of the picture and stay.

use super::{
    Patches, Source,
    boxes::{Found, erase},
    broken,
};
use std::{collections::HashMap, io, ops::Range};

/// The box with all items: grids of hundreds of tiles have some 100 kB.
const META_MAX_BYTES: usize = 16 * 1024 * 1024;
/// Parts of the box that say what the picture is.
const PARTS: [&[u8; 4]; 12] = [
    b"hdlr", b"pitm", b"iinf", b"iloc", b"iref", b"iprp", b"idat", b"dinf", b"grpl", b"ipro", b"free",
    b"skip",
];
/// Items that are pictures, or made of pictures.
const PICTURES: [&[u8; 4]; 14] = [
    b"hvc1", b"hev1", b"lhv1", b"hvt1", b"av01", b"avc1", b"vvc1", b"evc1", b"j2k1", b"unci", b"grid",
    b"iovl", b"iden", b"tmap",
];
/// Properties that tell of the time and of people.
const PROPERTIES: [&[u8; 4]; 3] = [b"udes", b"crtt", b"mdft"];
/// EXIF with nothing in it: where its head begins, the head, a directory of no entries, no other directory.
const NO_EXIF: [u8; 18] = *b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";

/// Looks through the box `meta` of a whole file.
pub fn blank(source: &Source<'_>, meta: &Found, patches: &mut Patches) -> io::Result<()> {
    let bytes = source.bytes(meta.body..meta.end, META_MAX_BYTES)?;
    let parts = list(&bytes, 4..bytes.len())?;
    let find = |name: &[u8; 4]| parts.iter().find(|part| &part.name == name);
    let is_picture = find(b"hdlr").is_some_and(|part| bytes[part.body.clone()].get(8..12) == Some(b"pict"));
    if !is_picture {
        erase(meta, patches);
        return Ok(());
    }
    let body = |name| find(name).map(|part| &bytes[part.body.clone()]);
    let kinds = kinds(body(b"iinf").ok_or_else(broken)?)?;
    let primary = body(b"pitm").and_then(primary).and_then(|id| kinds.get(&id));
    if !primary.is_some_and(|kind| PICTURES.contains(&kind)) {
        return Err(broken());
    }
    let inside = find(b"idat").map(|part| meta.body + part.body.start as u64);
    let mut places = Reader::new(body(b"iloc").ok_or_else(broken)?);
    for (id, extents) in places.locations()? {
        let kind = kinds.get(&id).ok_or_else(broken)?;
        if !PICTURES.contains(&kind) {
            take_out(kind, &extents, inside, patches)?;
        }
    }
    for part in &parts {
        if !PARTS.contains(&&part.name) {
            erase(&part.in_file(meta), patches);
        }
    }
    let properties = find(b"iprp").map(|part| list(&bytes, part.body.clone()));
    for group in properties.transpose()?.unwrap_or_default() {
        if &group.name != b"ipco" {
            continue;
        }
        for property in list(&bytes, group.body)? {
            if PROPERTIES.contains(&&property.name) {
                erase(&property.in_file(meta), patches);
            }
        }
    }
    Ok(())
}

/// A box inside of the bytes that were read.
struct Part {
    name: [u8; 4],
    at: usize,
    body: Range<usize>,
}

impl Part {
    fn in_file(&self, meta: &Found) -> Found {
        Found {
            name: self.name,
            at: meta.body + self.at as u64,
            body: meta.body + self.body.start as u64,
            end: meta.body + self.body.end as u64,
        }
    }
}

fn list(bytes: &[u8], range: Range<usize>) -> io::Result<Vec<Part>> {
    let (mut at, mut parts) = (range.start, Vec::new());
    while range.end.saturating_sub(at) >= 8 {
        let mut reader = Reader::new(bytes.get(at..range.end).ok_or_else(broken)?);
        let size = usize::try_from(reader.number(4)?).map_err(|_| broken())?;
        let name = reader.name()?;
        let size = if size == 0 { range.end - at } else { size };
        if size < 8 || size > range.end - at {
            return Err(broken());
        }
        let body = at + 8..at + size;
        parts.push(Part { name, at, body });
        at += size;
    }
    Ok(parts)
}

/// What each item is.
fn kinds(iinf: &[u8]) -> io::Result<HashMap<u64, [u8; 4]>> {
    let mut reader = Reader::new(iinf);
    let version = reader.version()?;
    reader.number(if version == 0 { 2 } else { 4 })?;
    let mut kinds = HashMap::new();
    for entry in list(iinf, reader.at..iinf.len())? {
        let mut reader = Reader::new(&iinf[entry.body]);
        let version = reader.version()?;
        let id = reader.number(if version < 3 { 2 } else { 4 })?;
        reader.number(2)?;
        // Before version 2 all items have media types, and none of them is a picture of ours.
        let kind = if version < 2 { *b"mime" } else { reader.name()? };
        kinds.insert(id, kind);
    }
    Ok(kinds)
}

fn primary(pitm: &[u8]) -> Option<u64> {
    let mut reader = Reader::new(pitm);
    let version = reader.version().ok()?;
    reader.number(if version == 0 { 2 } else { 4 }).ok()
}

/// Where a part of an item stands.
struct Extent {
    /// In the file, or in the box `idat`.
    is_inside: bool,
    at: u64,
    n_bytes: u64,
}

fn take_out(
    kind: &[u8; 4],
    extents: &[Extent],
    inside: Option<u64>,
    patches: &mut Patches,
) -> io::Result<()> {
    for (idx, extent) in extents.iter().enumerate() {
        let base = if extent.is_inside {
            inside.ok_or_else(broken)?
        } else {
            0
        };
        let at = base.checked_add(extent.at).ok_or_else(broken)?;
        // No length means the rest of the file, which would be the picture as well.
        if extent.n_bytes == 0 {
            return Err(broken());
        }
        patches.zero(at..at.checked_add(extent.n_bytes).ok_or_else(broken)?);
        if kind == b"Exif" && idx == 0 && extent.n_bytes >= NO_EXIF.len() as u64 {
            patches.write(at, NO_EXIF.to_vec());
        }
    }
    Ok(())
}

/// Numbers of a box, one behind the other.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number of 0 to 8 bytes.
    fn number(&mut self, n_bytes: usize) -> io::Result<u64> {
        let bytes = self.bytes.get(self.at..self.at + n_bytes).ok_or_else(broken)?;
        self.at += n_bytes;
        Ok(bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn name(&mut self) -> io::Result<[u8; 4]> {
        let name = self.bytes.get(self.at..self.at + 4).ok_or_else(broken)?;
        self.at += 4;
        name.try_into().map_err(|_| broken())
    }

    /// Reads past the flags.
    fn version(&mut self) -> io::Result<u64> {
        Ok(self.number(4)? >> 24)
    }

    /// The box `iloc`.
    fn locations(&mut self) -> io::Result<Vec<(u64, Vec<Extent>)>> {
        let version = self.version()?;
        let widths = self.number(2)?;
        let width = |shift: u32| usize::try_from(widths >> shift & 15).unwrap_or(0);
        let (offset, length, base, index) = (width(12), width(8), width(4), width(0));
        if [offset, length, base, index].iter().any(|width| *width > 8) {
            return Err(broken());
        }
        let n_items = self.number(if version < 2 { 2 } else { 4 })?;
        let mut items = Vec::new();
        for _ in 0..n_items {
            let id = self.number(if version < 2 { 2 } else { 4 })?;
            let way = if version == 0 { 0 } else { self.number(2)? & 15 };
            self.number(2)?;
            let base = self.number(base)?;
            let mut extents = Vec::new();
            for _ in 0..self.number(2)? {
                self.number(if version == 0 { 0 } else { index })?;
                let at = base.checked_add(self.number(offset)?).ok_or_else(broken)?;
                let n_bytes = self.number(length)?;
                // Parts of other items are pictures; what is none and stands so is not understood.
                extents.push(Extent {
                    is_inside: way == 1,
                    at,
                    n_bytes: if way > 1 { 0 } else { n_bytes },
                });
            }
            items.push((id, extents));
        }
        Ok(items)
    }
}

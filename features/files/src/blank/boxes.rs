//! Boxes: ISO/IEC 14496-12 (MP4, HEIC, AVIF), the QuickTime file format, ISO/IEC 18181-2 (JPEG XL), ISO/IEC 15444-1
//! (JPEG 2000). A box that is taken out becomes one of the name `free`, which every reader passes over.

use super::{Patches, Source, broken, items, samples};
use std::io;

/// Boxes of one file: a film in fragments of a second has four for each.
const BOXES_MAX: usize = 1_000_000;
/// Boxes inside boxes.
const DEPTH_MAX: usize = 10;

/// What may stand at the top: everything that shows something, or says where something stands.
const TOP: [&[u8; 4]; 24] = [
    b"ftyp", b"styp", b"pdin", b"mdat", b"free", b"skip", b"wide", b"sidx", b"ssix", b"prft", b"mfra",
    b"pssh", b"JXL ", b"jxlc", b"jxlp", b"jxll", b"jxli", b"jbrd", b"jP  ", b"jp2h", b"jp2c", b"jpch",
    b"jplh", b"rreq",
];
/// Boxes that hold what is looked for.
const CONTAINERS: [&[u8; 4]; 8] = [
    b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf", b"mvex", b"edts",
];
/// Of what a film says about itself: chapters, loudness, the purpose of a track.
const USER_DATA: [&[u8; 4]; 3] = [b"chpl", b"ludt", b"kind"];
/// Tracks that are seen, heard or read; the others tell positions and movements of the camera.
const HANDLERS: [&[u8; 4]; 11] = [
    b"vide", b"soun", b"auxv", b"pict", b"text", b"sbtl", b"subt", b"subp", b"clcp", b"tmcd", b"hint",
];
/// Extensions without which a film is not shown: round about (Spherical Video V1), and how it is protected (PIFF).
const UUIDS: [u128; 5] = [
    0xffcc_8263_f855_4a93_8814_587a_0252_1fdd,
    0xd089_9eab_6dff_4b1a_8e93_0ed6_5ed0_2ff2,
    0x8974_dbce_7be7_4c51_84f9_7148_f988_2554,
    0xa239_4f52_5a9b_4f14_a244_6c42_7c64_8df4,
    0x6d1d_9b05_42d5_44e6_80e2_141d_aff7_57b2,
];

/// Whether a file that begins so is made of boxes.
pub fn is_one(head: &[u8; 16]) -> bool {
    match &head[4..8] {
        b"ftyp" | b"styp" | b"moov" | b"mdat" | b"JXL " | b"jP  " => true,
        b"wide" | b"free" | b"skip" => &head[12..16] == b"mdat",
        _ => false,
    }
}

/// One box and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub name: [u8; 4],
    pub at: u64,
    /// Where its content begins.
    pub body: u64,
    pub end: u64,
}

/// The box at `at` of a parent that ends at `end`; None when nothing but filling is left.
pub fn next_box(source: &Source<'_>, at: u64, end: u64) -> io::Result<Option<Found>> {
    if end.saturating_sub(at) < 8 {
        return Ok(None);
    }
    let [a, b, c, d, name @ ..]: [u8; 8] = source.array(at)?;
    let (head, size) = match u32::from_be_bytes([a, b, c, d]) {
        // QuickTime ends user data with zeros; a box of no length reaches to the end.
        0 if name == [0; 4] => return Ok(None),
        0 => (8, end - at),
        1 => (16, u64::from_be_bytes(source.array(at + 8)?)),
        size => (8, u64::from(size)),
    };
    let box_end = at.checked_add(size).ok_or_else(broken)?;
    // An upload that was cut while it was recorded ends inside of its pictures.
    let is_cut = box_end > end && end == source.size && &name == b"mdat";
    if size < head || (box_end > end && !is_cut) {
        return Err(broken());
    }
    Ok(Some(Found {
        name,
        at,
        body: at + head,
        end: box_end.min(end),
    }))
}

/// Looks through a whole file.
pub fn blank(source: &Source<'_>, patches: &mut Patches) -> io::Result<()> {
    let mut walk = Walk {
        source,
        patches,
        n_boxes: 0,
        has_data: false,
        has_head: false,
        has_fragments: false,
        has_lost_track: false,
    };
    let mut at = 0;
    while let Some(found) = walk.next(at, source.size)? {
        walk.top(&found)?;
        at = found.end;
    }
    // What hangs behind the end belongs to nothing.
    walk.patches.zero(at..source.size);
    // Positions that are in pieces are not looked for, and without a head nobody knows what the data are.
    let is_in_pieces = walk.has_fragments && walk.has_lost_track;
    match is_in_pieces || (walk.has_data && !walk.has_head) {
        true => Err(broken()),
        false => Ok(()),
    }
}

struct Walk<'a, 'b> {
    source: &'a Source<'b>,
    patches: &'a mut Patches,
    n_boxes: usize,
    has_data: bool,
    has_head: bool,
    has_fragments: bool,
    has_lost_track: bool,
}

impl Walk<'_, '_> {
    fn next(&mut self, at: u64, end: u64) -> io::Result<Option<Found>> {
        self.n_boxes += 1;
        if self.n_boxes > BOXES_MAX {
            return Err(broken());
        }
        next_box(self.source, at, end)
    }

    fn top(&mut self, found: &Found) -> io::Result<()> {
        self.has_data |= &found.name == b"mdat";
        self.has_head |= [b"moov", b"moof", b"meta"].contains(&&found.name);
        match &found.name {
            b"meta" => items::blank(self.source, found, self.patches),
            b"moov" | b"moof" => self.inside(found, 0),
            b"uuid" => self.extension(found),
            name if TOP.contains(&name) => Ok(()),
            _ => {
                erase(found, self.patches);
                Ok(())
            }
        }
    }

    fn inside(&mut self, parent: &Found, depth: usize) -> io::Result<()> {
        if depth > DEPTH_MAX {
            return Err(broken());
        }
        self.has_fragments |= &parent.name == b"moof";
        let mut at = parent.body;
        while let Some(found) = self.next(at, parent.end)? {
            at = found.end;
            match &found.name {
                b"trak" if self.is_for_machines(&found)? => {
                    samples::blank(self.source, &found, self.patches)?;
                    erase(&found, self.patches);
                    self.has_lost_track = true;
                }
                b"udta" => self.user_data(&found),
                b"meta" => erase(&found, self.patches),
                b"uuid" => self.extension(&found)?,
                b"mvhd" | b"tkhd" | b"mdhd" => self.times(&found)?,
                // Its content is packed; nothing writes it since twenty years.
                b"cmov" => return Err(broken()),
                name if CONTAINERS.contains(&name) => self.inside(&found, depth + 1)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn user_data(&mut self, parent: &Found) {
        let mut at = parent.body;
        loop {
            match self.next(at, parent.end) {
                Ok(Some(found)) => {
                    at = found.end;
                    if !USER_DATA.contains(&&found.name) {
                        erase(&found, self.patches);
                    }
                }
                Ok(None) => return self.patches.zero(at..parent.end),
                Err(_) => return erase(parent, self.patches),
            }
        }
    }

    fn extension(&mut self, found: &Found) -> io::Result<()> {
        if !UUIDS.contains(&u128::from_be_bytes(self.source.array(found.body)?)) {
            erase(found, self.patches);
        }
        Ok(())
    }

    /// When it was made and last changed, in 32 or in 64 bits.
    fn times(&mut self, found: &Found) -> io::Result<()> {
        let [version] = self.source.array(found.body)?;
        let n_bytes = if version == 1 { 16 } else { 8 };
        let from = found.body + 4;
        self.patches.zero(from..(from + n_bytes).min(found.end));
        Ok(())
    }

    /// Whether nobody sees, hears or reads a track.
    fn is_for_machines(&mut self, track: &Found) -> io::Result<bool> {
        let Some(media) = child(self.source, track, b"mdia")? else {
            return Ok(false);
        };
        let Some(handler) = child(self.source, &media, b"hdlr")? else {
            return Ok(false);
        };
        let kind: [u8; 4] = self.source.array(handler.body + 8)?;
        Ok(!HANDLERS.contains(&&kind))
    }
}

/// The first child of this name.
pub fn child(source: &Source<'_>, parent: &Found, name: &[u8; 4]) -> io::Result<Option<Found>> {
    const CHILDREN_MAX: usize = 1_000;
    let mut at = parent.body;
    for _ in 0..CHILDREN_MAX {
        match next_box(source, at, parent.end)? {
            Some(found) if &found.name == name => return Ok(Some(found)),
            Some(found) => at = found.end,
            None => return Ok(None),
        }
    }
    Err(broken())
}

/// Takes a box out: its content becomes zeros, its name one that is passed over.
pub fn erase(found: &Found, patches: &mut Patches) {
    patches.zero(found.body..found.end);
    patches.write(found.at + 4, b"free".to_vec());
}

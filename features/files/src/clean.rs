//! Takes out of a picture what is not its picture: where and when it was taken, by whom, and what hangs behind its end.
//!
//! Invariants: nothing is decoded, so no quality is lost; one pass with a buffer of fixed size; a picture whose parts do
//! not fit together is refused, never passed on. Of EXIF only the orientation stays (written anew), for without it
//! people would lie on their side. Sources: ITU-T T.81 annex B (JPEG), the PNG specification 1.2, the WebP container
//! specification, GIF89a.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// The part of a file that EXIF may take: a JPEG segment holds 64 KiB.
const EXIF_MAX_BYTES: u64 = 1 << 20;

/// Writes `from` to `to` without metadata. `media_type` is one of our pictures. Blocks.
pub fn clean_picture(media_type: &str, from: &Path, to: &Path) -> io::Result<()> {
    let mut input = BufReader::with_capacity(256 * 1024, File::open(from)?);
    let mut output = BufWriter::with_capacity(256 * 1024, File::create(to)?);
    match media_type {
        "image/jpeg" => clean_jpeg(&mut input, &mut output)?,
        "image/png" => clean_png(&mut input, &mut output)?,
        "image/webp" => clean_webp(&mut input, &mut output)?,
        _ => clean_gif(&mut input, &mut output)?,
    }
    output.flush()
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the picture is broken")
}

fn bytes<const N: usize>(input: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn copy(input: &mut impl Read, output: &mut impl Write, n: u64) -> io::Result<()> {
    if io::copy(&mut input.take(n), output)? == n {
        Ok(())
    } else {
        Err(broken())
    }
}

fn skip(input: &mut impl Read, n: u64) -> io::Result<()> {
    copy(input, &mut io::sink(), n)
}

// JPEG: markers with lengths, and after each start of a scan its data until the next marker.

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const COMMENT: u8 = 0xfe;

fn clean_jpeg(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<()> {
    if bytes(input)? != [0xff, SOI] {
        return Err(broken());
    }
    output.write_all(&[0xff, SOI])?;
    let mut marker = next_marker(input)?;
    let mut is_turned = false;
    while marker != EOI {
        let length = u16::from_be_bytes(bytes(input)?);
        let n = u64::from(length.checked_sub(2).ok_or_else(broken)?);
        match marker {
            // APP1 is EXIF or XMP.
            0xe1 => {
                let mut segment = Vec::new();
                input.take(n).read_to_end(&mut segment)?;
                let turn = segment.strip_prefix(b"Exif\0\0").and_then(orientation_in);
                if let (Some(turn @ 2..=8), false) = (turn, is_turned) {
                    output.write_all(&oriented_segment(turn))?;
                    is_turned = true;
                }
            }
            // APP0 is JFIF, APP2 the colours, APP14 how they are coded; the other APPs and comments are talk.
            0xe3..=0xed | 0xef | COMMENT => skip(input, n)?,
            _ => {
                output.write_all(&[0xff, marker])?;
                output.write_all(&length.to_be_bytes())?;
                copy(input, output, n)?;
            }
        }
        marker = match marker {
            SOS => copy_scan(input, output)?,
            _ => next_marker(input)?,
        };
    }
    output.write_all(&[0xff, EOI])
}

/// The next marker; fill bytes before it are left out.
fn next_marker(input: &mut impl Read) -> io::Result<u8> {
    if bytes(input)? != [0xff] {
        return Err(broken());
    }
    loop {
        match bytes(input)? {
            [0xff] => {}
            [marker @ (0xc0..=0xfe)] if marker != SOI => return Ok(marker),
            _ => return Err(broken()),
        }
    }
}

/// Copies coded data; gives the marker that ends it.
fn copy_scan(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<u8> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Err(broken());
        }
        let n = buffer
            .iter()
            .position(|byte| *byte == 0xff)
            .unwrap_or(buffer.len());
        output.write_all(&buffer[..n])?;
        let is_end = n == buffer.len();
        input.consume(n);
        if is_end {
            continue;
        }
        let mut next = bytes::<2>(input)?[1];
        while next == 0xff {
            next = bytes::<1>(input)?[0];
        }
        match next {
            // A stuffed byte or a restart: still data.
            0x00 | 0xd0..=0xd7 => output.write_all(&[0xff, next])?,
            marker => return Ok(marker),
        }
    }
}

/// EXIF with nothing in it but the orientation.
fn oriented_segment(turn: u8) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend(b"Exif\0\0");
    segment.extend(oriented_tiff(turn));
    segment
}

fn oriented_tiff(turn: u8) -> [u8; 26] {
    let mut tiff = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = turn;
    tiff
}

/// The orientation in a TIFF head: the entry 0x0112 of the first directory.
fn orientation_in(tiff: &[u8]) -> Option<u8> {
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let pair = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        })
    };
    let (high, low) = (usize::from(short(4)?), usize::from(short(6)?));
    let directory = if is_big {
        high << 16 | low
    } else {
        low << 16 | high
    };
    (0..usize::from(short(directory)?))
        .map(|idx| directory + 2 + 12 * idx)
        .find(|entry| short(*entry) == Some(0x0112))
        .and_then(|entry| u8::try_from(short(entry + 8)?).ok())
}

// PNG: chunks with a length, a name and a checksum.

const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

fn clean_png(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    if bytes(input)? != PNG {
        return Err(broken());
    }
    output.write_all(&PNG)?;
    loop {
        let length = u32::from_be_bytes(bytes(input)?);
        let name: [u8; 4] = bytes(input)?;
        let n = u64::from(length) + 4;
        match &name {
            b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" => skip(input, n)?,
            _ if name.iter().all(u8::is_ascii_alphabetic) => {
                output.write_all(&length.to_be_bytes())?;
                output.write_all(&name)?;
                copy(input, output, n)?;
            }
            _ => return Err(broken()),
        }
        if &name == b"IEND" {
            return Ok(());
        }
    }
}

// WebP: RIFF chunks, padded to even lengths. The head holds the length of the whole, so there are two passes.

const VP8X: &[u8; 4] = b"VP8X";
/// Flags of VP8X: EXIF and XMP follow.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
/// Frames of an animation, and what else a sane file has.
const CHUNKS_MAX: usize = 100_000;

struct Chunk {
    name: [u8; 4],
    at: u64,
    n_bytes: u64,
}

impl Chunk {
    fn padded(&self) -> u64 {
        self.n_bytes + self.n_bytes % 2
    }
}

fn clean_webp(input: &mut (impl Read + Seek), output: &mut impl Write) -> io::Result<()> {
    let (chunks, turn) = list_chunks(input)?;
    let exif = turn.map(oriented_tiff);
    let kept: u64 = chunks.iter().map(|chunk| 8 + chunk.padded()).sum();
    let total = 4 + kept + exif.map_or(0, |exif| 8 + exif.len() as u64);
    output.write_all(b"RIFF")?;
    output.write_all(&u32::try_from(total).map_err(|_| broken())?.to_le_bytes())?;
    output.write_all(b"WEBP")?;
    for chunk in chunks {
        input.seek(SeekFrom::Start(chunk.at))?;
        output.write_all(&chunk.name)?;
        output.write_all(&u32::try_from(chunk.n_bytes).map_err(|_| broken())?.to_le_bytes())?;
        let mut n_left = chunk.padded();
        if &chunk.name == VP8X && n_left > 0 {
            let [flags] = bytes(input)?;
            let exif_flag = if exif.is_some() { HAS_EXIF } else { 0 };
            output.write_all(&[flags & !(HAS_EXIF | HAS_XMP) | exif_flag])?;
            n_left -= 1;
        }
        copy(input, output, n_left)?;
    }
    if let Some(exif) = exif {
        output.write_all(b"EXIF")?;
        output.write_all(&26_u32.to_le_bytes())?;
        output.write_all(&exif)?;
    }
    Ok(())
}

/// The chunks that stay, and the orientation if it is not the usual one.
fn list_chunks(input: &mut (impl Read + Seek)) -> io::Result<(Vec<Chunk>, Option<u8>)> {
    let head: [u8; 12] = bytes(input)?;
    let [.., a, b, c, d, _, _, _, _] = head;
    if !head.starts_with(b"RIFF") || !head.ends_with(b"WEBP") {
        return Err(broken());
    }
    let end = 8 + u64::from(u32::from_le_bytes([a, b, c, d]));
    let (mut at, mut chunks, mut turn) = (12, Vec::new(), None);
    while at + 8 <= end {
        input.seek(SeekFrom::Start(at))?;
        let name: [u8; 4] = bytes(input)?;
        let n_bytes = u64::from(u32::from_le_bytes(bytes(input)?));
        let chunk = Chunk {
            name,
            at: at + 8,
            n_bytes,
        };
        at += 8 + chunk.padded();
        match &name {
            b"XMP " => {}
            b"EXIF" => {
                let mut exif = Vec::new();
                input.take(n_bytes.min(EXIF_MAX_BYTES)).read_to_end(&mut exif)?;
                let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif);
                turn = orientation_in(tiff).filter(|turn| (2..=8).contains(turn));
            }
            b"VP8 " | b"VP8L" | b"VP8X" | b"ANIM" | b"ANMF" | b"ALPH" | b"ICCP" => chunks.push(chunk),
            // Nobody needs what this specification does not know.
            _ => {}
        }
        if chunks.len() > CHUNKS_MAX {
            return Err(broken());
        }
    }
    if chunks.is_empty() {
        return Err(broken());
    }
    Ok((chunks, turn))
}

// GIF: blocks of blocks.

fn clean_gif(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let head: [u8; 13] = bytes(input)?;
    if !head.starts_with(b"GIF8") {
        return Err(broken());
    }
    output.write_all(&head)?;
    copy(input, output, table_bytes(head[10]))?;
    loop {
        match bytes(input)? {
            [0x2c] => {
                let descriptor: [u8; 9] = bytes(input)?;
                output.write_all(&[0x2c])?;
                output.write_all(&descriptor)?;
                // The colours, and the width of the first codes.
                copy(input, output, table_bytes(descriptor[8]) + 1)?;
                copy_blocks(input, output)?;
            }
            [0x21] => clean_extension(input, output)?,
            [0x3b] => return output.write_all(&[0x3b]),
            _ => return Err(broken()),
        }
    }
}

/// Of the extensions only the timing of frames and the number of rounds stay.
fn clean_extension(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let [label] = bytes(input)?;
    let mut first = Vec::new();
    let [length] = bytes(input)?;
    copy(input, &mut first, u64::from(length))?;
    let stays = label == 0xf9 || (label == 0xff && (first == b"NETSCAPE2.0" || first == b"ANIMEXTS1.0"));
    if !stays {
        return match length {
            0 => Ok(()),
            _ => copy_blocks(input, &mut io::sink()),
        };
    }
    output.write_all(&[0x21, label, length])?;
    output.write_all(&first)?;
    match length {
        0 => Ok(()),
        _ => copy_blocks(input, output),
    }
}

fn table_bytes(flags: u8) -> u64 {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

fn copy_blocks(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    loop {
        let [length] = bytes(input)?;
        output.write_all(&[length])?;
        if length == 0 {
            return Ok(());
        }
        copy(input, output, u64::from(length))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};

    fn picture(format: ImageFormat) -> Vec<u8> {
        let pixels = RgbImage::from_fn(90, 60, |x, y| image::Rgb([x as u8 * 2, y as u8 * 4, 90]));
        let mut bytes = io::Cursor::new(Vec::new());
        DynamicImage::from(pixels).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn cleaned(media_type: &str, sent: &[u8]) -> io::Result<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        std::fs::write(&from, sent).unwrap();
        clean_picture(media_type, &from, &to).map(|()| std::fs::read(&to).unwrap())
    }

    fn holds(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|part| part == word)
    }

    /// The picture after cleaning has the same pixels and none of these words.
    fn check(media_type: &str, plain: &[u8], sent: &[u8]) -> Vec<u8> {
        let kept = cleaned(media_type, sent).unwrap();
        for word in [&b"GPS 38.7"[..], b"Ada's phone", b"<script"] {
            assert!(
                !holds(&kept, word),
                "{media_type} keeps {:?}",
                String::from_utf8_lossy(word)
            );
        }
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgba8();
        assert_eq!(pixels(&kept), pixels(plain), "{media_type}");
        kept
    }

    fn exif(turn: u8) -> Vec<u8> {
        let mut tiff = oriented_tiff(turn).to_vec();
        tiff.extend(b"GPS 38.7223 N 9.1393 W");
        tiff
    }

    #[test]
    fn a_jpeg_keeps_its_pixels_and_its_orientation() {
        let plain = picture(ImageFormat::Jpeg);
        let mut sent = plain[..2].to_vec();
        let payload = [b"Exif\0\0".as_slice(), &exif(6)].concat();
        for (marker, payload) in [
            (0xe1, payload.as_slice()),
            (0xfe, b"Ada's phone"),
            (0xe1, b"http://ns.adobe.com/xap/1.0/\0GPS 38.7"),
        ] {
            sent.extend([0xff, marker]);
            sent.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
            sent.extend(payload);
        }
        sent.extend(&plain[2..]);
        sent.extend(b"<script>alert(1)</script>");
        let kept = check("image/jpeg", &plain, &sent);
        assert_eq!(
            orientation_in(&kept[kept.windows(4).position(|part| part == b"MM\0*").unwrap()..]),
            Some(6)
        );
        assert_eq!(cleaned("image/jpeg", &plain).unwrap(), plain, "nothing to clean");
    }

    #[test]
    fn a_png_keeps_its_pixels() {
        let plain = picture(ImageFormat::Png);
        let mut sent = plain[..33].to_vec();
        for (name, text) in [(b"tEXt", &b"Author\0Ada's phone"[..]), (b"eXIf", &exif(1))] {
            sent.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
            sent.extend(name);
            sent.extend(text);
            sent.extend([0; 4]);
        }
        sent.extend(&plain[33..]);
        sent.extend(b"PK\x03\x04<script>");
        assert_eq!(check("image/png", &plain, &sent), plain);
    }

    #[test]
    fn a_webp_keeps_its_pixels_and_its_orientation() {
        let plain = picture(ImageFormat::WebP);
        let chunk = |name: &[u8; 4], data: &[u8]| {
            let mut chunk = name.to_vec();
            chunk.extend(u32::try_from(data.len()).unwrap().to_le_bytes());
            chunk.extend(data);
            chunk.extend(vec![0; data.len() % 2]);
            chunk
        };
        let mut extended = [HAS_EXIF | HAS_XMP, 0, 0, 0, 89, 0, 0, 59, 0, 0].to_vec();
        let inside = [
            b"WEBP".to_vec(),
            chunk(VP8X, &extended),
            plain[12..].to_vec(),
            chunk(b"EXIF", &exif(3)),
            chunk(b"XMP ", b"Ada's phone"),
        ]
        .concat();
        let mut sent = chunk(b"RIFF", &inside);
        sent.extend(b"<script>");
        let kept = check("image/webp", &plain, &sent);
        extended[0] = HAS_EXIF;
        assert!(holds(&kept, &extended) && holds(&kept, &oriented_tiff(3)));
        assert_eq!(cleaned("image/webp", &plain).unwrap(), plain);
    }

    #[test]
    fn a_gif_keeps_its_frames() {
        let plain = picture(ImageFormat::Gif);
        let first = 13 + usize::try_from(table_bytes(plain[10])).unwrap();
        let mut sent = plain[..first].to_vec();
        sent.extend(b"\x21\xfe\x0bAda's phone\0");
        sent.extend(b"\x21\xff\x0bXMP DataXMP\x08GPS 38.7\0");
        sent.extend(&plain[first..]);
        sent.extend(b"<script>");
        check("image/gif", &plain, &sent);
    }

    #[test]
    fn what_ends_early_is_broken_and_never_hangs() {
        for (media_type, format) in [
            ("image/jpeg", ImageFormat::Jpeg),
            ("image/png", ImageFormat::Png),
            ("image/webp", ImageFormat::WebP),
            ("image/gif", ImageFormat::Gif),
        ] {
            let whole = picture(format);
            for n in (0..whole.len()).step_by(7) {
                assert!(
                    cleaned(media_type, &whole[..n]).is_err(),
                    "{media_type} cut at {n}"
                );
            }
        }
    }

    #[test]
    fn lengths_that_lie_are_errors() {
        let long_exif = b"MM\0*\xff\xff\xff\xf0";
        assert_eq!(orientation_in(long_exif), None);
        assert_eq!(orientation_in(b"II*\0\x08\0\0\0\xff\xff"), None);
        assert!(cleaned("image/jpeg", b"\xff\xd8\xff\xe0\0\x01").is_err());
        assert!(cleaned("image/png", &[&PNG[..], b"\xff\xff\xff\xffIHDR"].concat()).is_err());
        assert!(cleaned("image/webp", b"RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff").is_err());
    }
}

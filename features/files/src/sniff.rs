//! What a file is, by its first bytes. Names and headers of the sender say nothing here.
//!
//! Invariants: only what stands in one of the lists is ever shown inside the app; everything else, SVG and HTML among
//! it, is for downloading.

use crate::model::{Claims, FileKind};
use std::{fs::File, io::Read, path::Path};

/// What `infer` looks at, with room for long heads.
const HEAD_BYTES: u64 = 8 * 1024;

/// Pictures that we decode ourselves.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
/// Films that browsers play.
const VIDEOS: [&str; 3] = ["video/mp4", "video/webm", "video/quicktime"];
/// Sound that browsers play, under the name that they know.
const SOUNDS: [(&str, &str); 7] = [
    ("audio/mpeg", "audio/mpeg"),
    ("audio/ogg", "audio/ogg"),
    ("audio/opus", "audio/ogg"),
    ("audio/x-flac", "audio/flac"),
    ("audio/x-wav", "audio/wav"),
    ("audio/m4a", "audio/mp4"),
    ("audio/aac", "audio/aac"),
];
/// Containers that hold sound alone as well, when their sender says so.
const EITHER: [(&str, &str); 3] = [
    ("video/webm", "audio/webm"),
    ("video/x-matroska", "audio/webm"),
    ("video/mp4", "audio/mp4"),
];
/// What has no better name.
pub const UNKNOWN: &str = "application/octet-stream";

/// Looks at a file. Blocks.
pub fn sniff_file(path: &Path, claims: &Claims) -> std::io::Result<(FileKind, &'static str)> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    Ok(sniff(&head, claims))
}

/// What a file that begins so is, and how it is shown.
pub fn sniff(head: &[u8], claims: &Claims) -> (FileKind, &'static str) {
    let found = infer::get(head).map_or(UNKNOWN, |kind| kind.mime_type());
    let either = EITHER.iter().find(|(container, _)| *container == found);
    if let (true, Some((_, sound))) = (claims.is_sound, either) {
        return (sound_kind(claims), sound);
    }
    if PICTURES.contains(&found) {
        return (FileKind::Picture, found);
    }
    if VIDEOS.contains(&found) {
        return (FileKind::Video, found);
    }
    if let Some((_, sound)) = SOUNDS.iter().find(|(name, _)| *name == found) {
        return (sound_kind(claims), sound);
    }
    if found == "application/pdf" {
        return (FileKind::Pdf, found);
    }
    (FileKind::File, found)
}

fn sound_kind(claims: &Claims) -> FileKind {
    if claims.peaks.is_some() {
        FileKind::Voice
    } else {
        FileKind::Sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_content_decides() {
        let webm = b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm";
        // A shorter one is too little to tell.
        let webm = &[webm.as_slice(), &[0; 300]].concat();
        for (head, kind, media_type) in [
            (
                &b"\xff\xd8\xff\xe0\x00\x10JFIF"[..],
                FileKind::Picture,
                "image/jpeg",
            ),
            (b"\x89PNG\r\n\x1a\n", FileKind::Picture, "image/png"),
            (b"GIF89a", FileKind::Picture, "image/gif"),
            (b"RIFF\0\0\0\0WEBPVP8 ", FileKind::Picture, "image/webp"),
            (b"%PDF-1.7", FileKind::Pdf, "application/pdf"),
            (b"OggS\0\x02", FileKind::Sound, "audio/ogg"),
            (webm, FileKind::Video, "video/webm"),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'>",
                FileKind::File,
                UNKNOWN,
            ),
            (b"hello", FileKind::File, UNKNOWN),
            (b"", FileKind::File, UNKNOWN),
        ] {
            let found = sniff(head, &Claims::default());
            assert_eq!(found, (kind, media_type), "{:?}", String::from_utf8_lossy(head));
        }
        let (html, _) = sniff(b"<!DOCTYPE html><script>alert(1)</script>", &Claims::default());
        assert_eq!(html, FileKind::File);
    }

    #[test]
    fn a_sender_may_say_that_a_container_is_sound_and_nothing_else() {
        let claims = Claims {
            is_sound: true,
            peaks: Some("abc".to_owned()),
            ..Claims::default()
        };
        let mp4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
        assert_eq!(sniff(mp4, &claims), (FileKind::Voice, "audio/mp4"));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n", &claims).0, FileKind::Picture);
        assert_eq!(sniff(b"MZ\x90\0", &claims).0, FileKind::File);
    }
}

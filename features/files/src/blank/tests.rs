//! Small files of each family, put together here; the words of [`WORDS`] may not outlive the cleaning.

use super::*;

const WORDS: [&[u8]; 4] = [b"+38.7223-009.1393/", b"Ada's phone", b"2026:05:04", b"GPS 38.7"];

fn blanked(sent: &[u8]) -> io::Result<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, sent).unwrap();
    let done = blank_in_place(&path);
    let kept = std::fs::read(&path).unwrap();
    match &done {
        Ok(()) => {
            blank_in_place(&path).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), kept, "twice is once");
        }
        Err(_) => assert_eq!(kept, sent, "what is not understood is not touched"),
    }
    done.map(|()| kept)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

/// After cleaning nothing has moved, no word is left, and these bytes are where they were.
#[track_caller]
fn check(sent: &[u8], stays: &[&[u8]]) -> Vec<u8> {
    let kept = blanked(sent).unwrap();
    assert_eq!(kept.len(), sent.len());
    for word in WORDS {
        assert!(!holds(&kept, word), "keeps {:?}", String::from_utf8_lossy(word));
    }
    for part in stays {
        let at = sent.windows(part.len()).position(|found| found == *part).unwrap();
        assert_eq!(&kept[at..at + part.len()], *part);
    }
    kept
}

fn a_box(name: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], name, &body].concat()
}

fn full(name: &[u8; 4], version: u8, parts: &[&[u8]]) -> Vec<u8> {
    a_box(name, &[&[version, 0, 0, 0], &parts.concat()])
}

fn handler(kind: &[u8; 4]) -> Vec<u8> {
    full(b"hdlr", 0, &[&[0; 4], kind, &[0; 13]])
}

mod films {
    use super::*;

    /// A track of one sample, with times in its head.
    fn track(kind: &[u8; 4], at: u32, n_bytes: u32, more: &[u8]) -> Vec<u8> {
        let one = 1_u32.to_be_bytes();
        let table = a_box(
            b"stbl",
            &[
                &full(b"stsz", 0, &[&[0; 4], &one, &n_bytes.to_be_bytes()]),
                &full(b"stsc", 0, &[&one, &one, &one, &one]),
                &full(b"stco", 0, &[&one, &at.to_be_bytes()]),
            ],
        );
        let media = a_box(
            b"mdia",
            &[
                &full(b"mdhd", 0, &[b"TIMETIME", &[1; 12]]),
                &handler(kind),
                &a_box(b"minf", &[&table]),
            ],
        );
        a_box(
            b"trak",
            &[&full(b"tkhd", 1, &[b"TIMETIMETIMETIME", &[2; 70]]), &media, more],
        )
    }

    const PICTURES: &[u8] = b"pictures of a street";
    const POSITIONS: &[u8] = b"GPS 38.7 second by second";

    fn film(more: &[&[u8]]) -> Vec<u8> {
        let brand = a_box(b"ftyp", &[b"qt  \0\0\0\0qt  "]);
        let data = a_box(b"mdat", &[PICTURES, POSITIONS]);
        let first = u32::try_from(brand.len() + 8).unwrap();
        let behind = first + PICTURES.len() as u32;
        let place = a_box(b"\xa9xyz", &[b"\0\x12\x15\xc7+38.7223-009.1393/"]);
        let chapters = a_box(b"chpl", &[b"chapters"]);
        let user_data = a_box(
            b"udta",
            &[&place, &chapters, &a_box(b"\xa9mod", &[b"Ada's phone"]), &[0; 4]],
        );
        let keys = a_box(
            b"meta",
            &[
                &handler(b"mdta"),
                b"com.apple.quicktime.location.ISO6709 +38.7223-009.1393/",
            ],
        );
        let head = a_box(
            b"moov",
            &[
                &full(b"mvhd", 0, &[b"TIMETIME", &[3; 88]]),
                &track(b"vide", first, PICTURES.len() as u32, &user_data),
                &track(b"meta", behind, POSITIONS.len() as u32, &[]),
                &keys,
                &user_data,
            ],
        );
        [brand, data, head, more.concat()].concat()
    }

    #[test]
    fn a_film_keeps_its_pictures_and_chapters_and_no_place() {
        let kept = check(&film(&[]), &[PICTURES, b"chapters", &[1; 12], &[2; 70], &[3; 88]]);
        assert!(!holds(&kept, b"TIME"), "when it was taken");
        assert_eq!(kept.windows(4).filter(|part| part == b"trak").count(), 1);
    }

    #[test]
    fn what_hangs_behind_a_film_goes() {
        let round_about = 0xffcc_8263_f855_4a93_8814_587a_0252_1fdd_u128.to_be_bytes();
        let kept = check(
            &film(&[
                &a_box(b"uuid", &[&[7; 16], b"Ada's phone"]),
                &a_box(b"uuid", &[&round_about, b"all around"]),
                &a_box(b"mpvd", &[b"Ada's phone"]),
                &[0; 8],
                b"GPS 38.7",
            ]),
            &[PICTURES, b"all around"],
        );
        assert!(!holds(&kept, b"mpvd"));
    }

    #[test]
    fn sizes_of_64_bits_and_to_the_end_are_read() {
        let brand = a_box(b"ftyp", &[b"isom\0\0\0\0"]);
        let user_data = a_box(b"udta", &[&a_box(b"loci", &[b"Ada's phone"])]);
        let long = [
            &[0, 0, 0, 1],
            &b"moov"[..],
            &(user_data.len() as u64 + 16).to_be_bytes(),
            &user_data,
        ]
        .concat();
        let rest = [&[0; 4], &b"mdat"[..], PICTURES].concat();
        check(&[brand, long, rest].concat(), &[PICTURES]);
    }

    #[test]
    fn a_film_that_was_cut_in_its_pictures_is_still_one() {
        let brand = a_box(b"ftyp", &[b"isom\0\0\0\0"]);
        let head = a_box(b"moov", &[&a_box(b"udta", &[b"Ada's phone"])]);
        let data = a_box(b"mdat", &[PICTURES, &[9; 1_000]]);
        let whole = [brand, head, data].concat();
        check(&whole[..whole.len() - 500], &[PICTURES]);
    }

    #[test]
    fn lengths_that_lie_change_nothing() {
        let whole = film(&[]);
        let brand = &whole[..20];
        for tail in [
            &b"\0\0\0\x04moov"[..],
            b"\xff\xff\xff\xffmoov",
            b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff",
            b"\0\0\0\x10moov\0\0\0\xfftrak",
            b"\0\0\0\x10moov\0\0\0\x08cmov",
            b"\0\0\0\x0cmetaabcd",
        ] {
            let sent = [brand, tail].concat();
            let kept = blanked(&sent);
            if let Ok(kept) = kept {
                assert!(!holds(&kept, b"abcd"), "a part without a handler is taken out");
            }
        }
        // Cut anywhere behind its beginning it is not understood.
        for n in (28..whole.len()).step_by(3) {
            assert!(blanked(&whole[..n]).is_err(), "cut at {n}");
        }
        // Positions in pieces.
        let pieces = film(&[&a_box(b"moof", &[])]);
        assert_eq!(blanked(&pieces).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn boxes_in_boxes_have_an_end() {
        let mut nested = a_box(b"edts", &[]);
        for _ in 0..2_000 {
            nested = a_box(b"edts", &[&nested]);
        }
        let sent = [a_box(b"ftyp", &[b"isom"]), a_box(b"moov", &[&nested])].concat();
        assert_eq!(blanked(&sent).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}

mod pictures {
    use super::*;

    const TILE: &[u8] = b"a picture in its own code";
    const EXIF: &[u8] = b"\0\0\0\x06Exif\0\0MM\0*\0\0\0\x08 GPS 38.7 and Ada's phone";
    const XMP: &[u8] = b"<x:xmpmeta>+38.7223-009.1393/</x:xmpmeta>";

    fn entry(id: u16, kind: &[u8; 4]) -> Vec<u8> {
        full(b"infe", 2, &[&id.to_be_bytes(), &[0; 2], kind, b"\0"])
    }

    /// Picture 1, EXIF 2 and XMP 3 behind the head, and 4 inside of it.
    fn photo(kind: &[u8; 4], last: &[u8; 4], version: u8) -> Vec<u8> {
        let brand = a_box(b"ftyp", &[b"heic\0\0\0\0mif1heic"]);
        let kinds = full(
            b"iinf",
            0,
            &[
                &4_u16.to_be_bytes(),
                &entry(1, kind),
                &entry(2, b"Exif"),
                &entry(3, b"mime"),
                &entry(4, last),
            ],
        );
        let owner = full(b"udes", 0, &[b"Ada's phone\0"]);
        let properties = a_box(b"iprp", &[&a_box(b"ipco", &[&a_box(b"irot", &[&[1]]), &owner])]);
        let inside = a_box(b"idat", &[b"2026:05:04"]);
        let build = |base: u32| {
            let mut places = vec![0x44, 0x00];
            places.extend(4_u16.to_be_bytes());
            let mut at = base;
            for (id, n, way) in [
                (1_u16, TILE.len(), 0_u16),
                (2, EXIF.len(), 0),
                (3, XMP.len(), 0),
                (4, 10, 1),
            ] {
                places.extend(id.to_be_bytes());
                if version > 0 {
                    places.extend(way.to_be_bytes());
                }
                places.extend([0, 0, 0, 1]);
                let is_inside = way == 1 && version > 0;
                places.extend(if is_inside { 0 } else { at }.to_be_bytes());
                places.extend((n as u32).to_be_bytes());
                at += n as u32;
            }
            let meta = full(
                b"meta",
                0,
                &[
                    &handler(b"pict"),
                    &full(b"pitm", 0, &[&1_u16.to_be_bytes()]),
                    &kinds,
                    &full(b"iloc", version, &[&places]),
                    &properties,
                    &inside,
                    &a_box(b"uuid", &[&[8; 16], b"Ada's phone"]),
                ],
            );
            [brand.clone(), meta].concat()
        };
        let n_head = u32::try_from(build(0).len() + 8).unwrap();
        let last: &[u8] = if version == 0 { b"2026:05:04" } else { b"" };
        [build(n_head), a_box(b"mdat", &[TILE, EXIF, XMP, last])].concat()
    }

    #[test]
    fn a_photo_keeps_its_picture_and_how_it_is_turned() {
        let kept = check(&photo(b"hvc1", b"uri ", 1), &[TILE, b"\0\0\0\x09irot\x01"]);
        assert!(holds(&kept, b"irot\x01") && !holds(&kept, b"udes"));
        assert!(
            holds(&kept, b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"),
            "EXIF that can be read and says nothing"
        );
    }

    #[test]
    fn an_avif_with_an_old_table_is_read() {
        let sent = photo(b"av01", b"mime", 0);
        let kept = blanked(&sent).unwrap();
        assert!(!holds(&kept, b"GPS 38.7") && holds(&kept, TILE));
    }

    #[test]
    fn a_picture_inside_of_a_picture_may_hold_more_and_is_not_taken() {
        let err = blanked(&photo(b"jpeg", b"mime", 1)).unwrap_err();
        assert_eq!(err.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn what_is_cut_is_not_touched() {
        let whole = photo(b"hvc1", b"mime", 1);
        let n_head = whole.len() - TILE.len() - EXIF.len() - XMP.len() - 8;
        for n in (21..n_head).step_by(5) {
            let kept = blanked(&whole[..n]);
            assert!(kept.is_err() || n < 36, "cut at {n} of {n_head}");
        }
    }

    #[test]
    fn jpeg_xl_loses_its_parts() {
        let sent = [
            a_box(b"JXL ", &[b"\r\n\x87\n"]),
            a_box(b"ftyp", &[b"jxl \0\0\0\0jxl "]),
            a_box(b"Exif", &[EXIF]),
            a_box(b"xml ", &[XMP]),
            a_box(b"brob", &[b"xml 2026:05:04"]),
            a_box(b"jxlc", &[TILE]),
        ]
        .concat();
        check(&sent, &[TILE]);
    }
}

mod scans {
    use super::*;

    struct Writer {
        is_big_endian: bool,
        bytes: Vec<u8>,
    }

    impl Writer {
        fn number(&self, number: u32, n_bytes: usize) -> Vec<u8> {
            match self.is_big_endian {
                true => number.to_be_bytes()[4 - n_bytes..].to_vec(),
                false => number.to_le_bytes()[..n_bytes].to_vec(),
            }
        }

        fn begin(is_big_endian: bool) -> Self {
            let mark = if is_big_endian { b"MM\0*" } else { b"II*\0" };
            Self {
                is_big_endian,
                bytes: [&mark[..], &[0; 4]].concat(),
            }
        }

        fn text(&mut self, text: &[u8]) -> u32 {
            self.bytes.extend(text);
            u32::try_from(self.bytes.len() - text.len()).unwrap()
        }

        /// Entries of tag, kind, number and value; where the directory stands.
        fn directory(&mut self, entries: &[(u16, u16, u32, u32)], next: u32) -> u32 {
            let at = u32::try_from(self.bytes.len()).unwrap();
            let mut bytes = self.number(entries.len() as u32, 2);
            for (tag, kind, n, value) in entries {
                bytes.extend(self.number(u32::from(*tag), 2));
                bytes.extend(self.number(u32::from(*kind), 2));
                bytes.extend(self.number(*n, 4));
                match kind {
                    3 => bytes.extend([self.number(*value, 2), vec![0; 2]].concat()),
                    _ => bytes.extend(self.number(*value, 4)),
                }
            }
            bytes.extend(self.number(next, 4));
            self.bytes.extend(bytes);
            at
        }

        fn finish(mut self, first: u32) -> Vec<u8> {
            let first = self.number(first, 4);
            self.bytes[4..8].copy_from_slice(&first);
            self.bytes
        }
    }

    const PIXELS: &[u8] = b"row after row of pixels";

    fn scan(is_big_endian: bool, colours: u32) -> Vec<u8> {
        let mut writer = Writer::begin(is_big_endian);
        let pixels = writer.text(PIXELS);
        let artist = writer.text(b"Ada's phone\0");
        let model = writer.text(b"A Camera 7\0");
        let time = writer.text(b"2026:05:04 10:11:12\0");
        let place = writer.text(b"GPS 38.7 N\0");
        let gps = writer.directory(&[(1, 2, 2, 0), (2, 2, 11, place)], 0);
        let owner = writer.text(b"Ada's phone\0");
        let speed = writer.text(b"1/250 of a second\0");
        let exif = writer.directory(&[(0x829a, 2, 18, speed), (0xa430, 2, 12, owner)], 0);
        let second = writer.directory(&[(0x0100, 3, 1, 8), (0x013b, 2, 12, artist)], 0);
        let first = writer.directory(
            &[
                (0x0100, 3, 1, 23),
                (0x0106, 3, 1, colours),
                (0x0110, 2, 11, model),
                (0x0111, 4, 1, pixels),
                (0x0112, 3, 1, 6),
                (0x0132, 2, 20, if colours == 1 { time } else { model }),
                (0x013b, 2, 12, artist),
                (0x8769, 4, 1, exif),
                (0x8825, 4, 1, gps),
            ],
            second,
        );
        let mut bytes = writer.finish(first);
        if colours != 1 {
            // Of a raw picture the time of its EXIF stays; this word is for the others.
            let at = bytes.windows(10).position(|part| part == b"2026:05:04").unwrap();
            bytes[at..at + 10].copy_from_slice(b"2026-05-04");
        }
        bytes
    }

    #[test]
    fn a_scan_keeps_its_pixels_and_its_orientation() {
        for is_big_endian in [true, false] {
            let sent = scan(is_big_endian, 1);
            let kept = check(&sent, &[PIXELS]);
            assert!(!holds(&kept, b"A Camera 7") && !holds(&kept, b"1/250"));
            let short = |number: u16| match is_big_endian {
                true => number.to_be_bytes(),
                false => number.to_le_bytes(),
            };
            for (tag, is_there) in [
                (0x0111, true),
                (0x0112, true),
                (0x8825, false),
                (0x8769, false),
                (0x013b, false),
            ] {
                let entry = [short(tag), short(if tag == 0x0112 { 3 } else { 4 })].concat();
                let entry = if tag == 0x013b {
                    [short(tag), short(2)].concat()
                } else {
                    entry
                };
                assert_eq!(holds(&kept, &entry), is_there, "{tag:x}");
            }
        }
    }

    #[test]
    fn a_raw_picture_can_still_be_developed() {
        let kept = check(&scan(false, 32_803), &[PIXELS, b"1/250", b"A Camera 7"]);
        assert!(holds(&kept, &[0x69, 0x87]), "EXIF without its owner");
    }

    #[test]
    fn directories_that_go_round_have_an_end() {
        let mut writer = Writer::begin(false);
        let first = writer.directory(&[(0x0100, 3, 1, 8), (0x014a, 4, 1, 8)], 8);
        assert_eq!(first, 8);
        let bytes = writer.finish(first);
        assert_eq!(blanked(&bytes).unwrap(), bytes);
        // A thousand positions, each inside of the one before it.
        let mut writer = Writer::begin(false);
        let mut inner = writer.directory(&[(1, 3, 1, 1)], 0);
        for _ in 0..1_000 {
            inner = writer.directory(&[(0x8825, 4, 1, inner)], 0);
        }
        let bytes = writer.finish(inner);
        assert_eq!(blanked(&bytes).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn values_that_lie_on_each_other_are_written_once() {
        let mut writer = Writer::begin(false);
        let text = writer.text(&[7; 200_000]);
        let entries: Vec<_> = (0..10_000).map(|_| (0x013b, 2, 200_000, text)).collect();
        let first = writer.directory(&entries, 0);
        let sent = writer.finish(first);
        let began = std::time::Instant::now();
        let kept = blanked(&sent).unwrap();
        assert!(!holds(&kept, &[7; 8]) && began.elapsed().as_secs() < 3);
    }

    #[test]
    fn a_scan_that_is_cut_is_not_touched() {
        let whole = scan(true, 1);
        for n in (8..whole.len()).step_by(7) {
            assert!(blanked(&whole[..n]).is_err(), "cut at {n}");
        }
    }
}

#[test]
fn other_files_stay_as_they_are() {
    for bytes in [
        &b"The free world, as it was"[..],
        b"",
        b"II",
        b"....moov is a word here",
        b"%PDF-1.4 GPS 38.7",
    ] {
        let kept = blanked(bytes);
        assert!(kept.is_err() || kept.unwrap() == bytes);
    }
}

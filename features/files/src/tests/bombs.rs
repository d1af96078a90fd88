//! The bomb folder (threats 12): each is taken, costs little, and is for downloading at most.

use super::*;
use std::{io::Write, time::Duration};

/// A PNG whose head claims this size.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let mut png = bytes.into_inner();
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

/// As PNG wants it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| {
        if sum & 1 == 1 {
            (sum >> 1) ^ 0xedb8_8320
        } else {
            sum >> 1
        }
    };
    !bytes
        .iter()
        .fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

fn gif_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut gif = b"GIF89a".to_vec();
    gif.extend(width.to_le_bytes());
    gif.extend(height.to_le_bytes());
    gif.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]);
    gif.extend(width.to_le_bytes());
    gif.extend(height.to_le_bytes());
    gif.extend([0, 2, 2, 0x4c, 1, 0, 0x3b]);
    gif
}

/// 100 MiB of nothing.
fn gzip_bomb() -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        gzip.write_all(&vec![0; 1 << 20]).unwrap();
    }
    gzip.finish().unwrap()
}

/// A picture in front, a page behind.
fn polyglot() -> Vec<u8> {
    [
        photo(40, 30),
        b"<!DOCTYPE html><script>alert(1)</script>".to_vec(),
    ]
    .concat()
}

fn rss_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// Says to a test that nothing else runs in its process.
const ALONE: &str = "ANTIPHON_TEST_ALONE";

#[test]
fn bombs_take_little_memory() {
    let alone = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::bombs::bombs_do_not_go_off::sqlite"])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&alone.stdout);
    assert!(alone.status.success() && said.contains("1 passed"), "{said}");
}

both_stores! {
    async fn bombs_do_not_go_off(house: House) {
        let ada = house.member("Ada").await;
        upload(&ada, "first.jpg", &photo(100, 100)).await;
        crate::make_pictures(&house.server.app).await.unwrap();
        let before = rss_bytes();
        for (name, bytes) in [
            ("50000.png", png_claiming(50_000, 50_000)),
            ("row.png", png_claiming(4_000_000_000, 1)),
            ("fits the limit of pixels.png", png_claiming(10_000, 5_000)),
            ("60000.gif", gif_claiming(60_000, 60_000)),
            ("lies.png", png_claiming(3_000, 3_000)),
            ("bomb.gz", gzip_bomb()),
            ("bomb.svgz", gzip_bomb()),
            ("cut.jpg", photo(2_000, 2_000)[..9_000].to_vec()),
            ("playlist.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".to_vec()),
        ] {
            let started = std::time::Instant::now();
            let file = upload(&ada, name, &bytes).await;
            crate::make_pictures(&house.server.app).await.unwrap();
            assert!(started.elapsed() < Duration::from_secs(3), "{name}: {:?}", started.elapsed());
            let id = file["id"].as_str().unwrap();
            let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
            assert_eq!((&file["kind"], &file["is_ready"]), (&json!("file"), &json!(false)), "{name}");
            let answer = ada.get(&format!("/api/files/{id}")).await;
            assert_eq!(answer.headers["content-type"], "application/octet-stream", "{name}");
        }
        let grown = rss_bytes() - before;
        // Beside other tests their memory would count.
        let is_alone = std::env::var_os(ALONE).is_some();
        assert!(!is_alone || grown < 128 << 20, "the peak grew by {} MiB", grown >> 20);
    }

    async fn what_hangs_behind_a_picture_is_cut_off(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "cat.html", &polyglot()).await;
        assert_eq!((&file["kind"], &file["media_type"]), (&json!("picture"), &json!("image/jpeg")));
        let kept = bytes_of(&ada, &file, "").await.unwrap();
        assert_eq!(kept, photo(40, 30));
    }

    async fn a_photo_does_not_say_where_it_was_taken(house: House) {
        let ada = house.member("Ada").await;
        let plain = photo(90, 60);
        let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        tiff.extend(b"GPS 38.7223 N 9.1393 W");
        let mut sent = plain[..2].to_vec();
        sent.extend([0xff, 0xe1]);
        sent.extend(u16::try_from(tiff.len() + 2).unwrap().to_be_bytes());
        sent.extend(tiff);
        sent.extend(&plain[2..]);
        let file = upload(&ada, "holiday.jpg", &sent).await;
        assert_eq!((&file["width"], &file["height"]), (&json!(60), &json!(90)), "it was taken upright");
        crate::make_pictures(&house.server.app).await.unwrap();
        for version in ["", "/small", "/large"] {
            let bytes = bytes_of(&ada, &file, version).await.unwrap();
            assert!(!bytes.windows(4).any(|part| part == b"GPS "), "{version}");
        }
        let small = image::load_from_memory(&bytes_of(&ada, &file, "/small").await.unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (60, 90));
    }

    async fn a_film_does_not_say_where_it_was_taken(house: House) {
        let ada = house.member("Ada").await;
        let part = |name: &[u8], body: &[u8]| {
            [&(body.len() as u32 + 8).to_be_bytes()[..], name, body].concat()
        };
        let place = part(b"udta", &part(b"\xa9xyz", b"\0\x12\x15\xc7GPS +38.7223-009.1393/"));
        let film = [part(b"ftyp", b"qt  \0\0\0\0qt  "), part(b"moov", &place), part(b"mdat", b"pictures")].concat();
        let file = upload(&ada, "holiday.mov", &film).await;
        assert_eq!((&file["kind"], &file["media_type"]), (&json!("video"), &json!("video/quicktime")));
        let kept = bytes_of(&ada, &file, "").await.unwrap();
        assert!(kept.len() == film.len() && !kept.windows(4).any(|part| part == b"GPS "));
        assert!(kept.ends_with(b"pictures"));
        // One that cannot be read is a file of which nothing is known.
        let file = upload(&ada, "cut.mov", &film[..30]).await;
        assert_eq!((&file["kind"], &file["media_type"]), (&json!("file"), &json!("application/octet-stream")));
        assert_eq!(bytes_of(&ada, &file, "").await.unwrap(), &film[..30]);
    }

    async fn names_cannot_lie_nor_leave(house: House) {
        let ada = house.member("Ada").await;
        for (sent, kept) in [
            ("../../../etc/passwd", "passwd"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\0b\r\nSet-Cookie: x.txt", "abSet-Cookie: x.txt"),
            ("C:\\x\\..\\y.doc", "y.doc"),
        ] {
            let file = upload(&ada, sent, b"x").await;
            assert_eq!(file["name"], kept);
            let answer = ada.get(&format!("/api/files/{}", file["id"].as_str().unwrap())).await;
            assert!(!answer.headers.contains_key("set-cookie"));
        }
        let inside = std::fs::read_dir(house.server.folder.path().join("uploads")).unwrap().count();
        assert_eq!(inside, 0, "nothing was written under a name of theirs");
    }
}

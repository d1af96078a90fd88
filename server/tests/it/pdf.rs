//! Documents that were made to do harm, drawn by the real process: it ends within its limits, the server does not grow,
//! and the next document is drawn.

use crate::support::{Person, Place, peak_bytes, until_within};
use flate2::{Compression, write::ZlibEncoder};
use http::Method;
use serde_json::Value;
use std::{
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Its time on the wall, on a machine that does other things besides.
const LIMIT: Duration = Duration::from_secs(60);

/// A document of these objects, the first of which is the root.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", idx + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    bytes
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// `n` times this, packed.
fn packed(part: &[u8], n: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..n {
        packer.write_all(part).expect("it is packed");
    }
    packer.finish().expect("it is packed")
}

/// A page with this content, and more objects from number 5 on.
fn page(entries: &str, content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let entries = format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {entries} >>");
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        entries.into_bytes(),
        content,
    ];
    objects.extend(more);
    document(&objects)
}

const A4: &str = "/MediaBox [0 0 595 842]";

fn honest() -> Vec<u8> {
    page(A4, stream("", b"1 0 0 rg 0 0 50 50 re f"), Vec::new())
}

type Case = (&'static str, Vec<u8>);

fn hostile() -> Vec<Case> {
    [hostile_structure(), hostile_content()].concat()
}

/// Objects that name each other, and sizes that lie.
fn hostile_structure() -> Vec<Case> {
    let root = b"<< /Type /Catalog /Pages 2 0 R >>".to_vec();
    let mut round = document(&[root.clone(), b"<< /Type /Pages /Kids [] /Count 1 >>".to_vec()]);
    let table = round
        .windows(5)
        .position(|part| part == b"xref\n")
        .expect("a table");
    let trailer = round
        .windows(7)
        .position(|part| part == b"trailer")
        .expect("a trailer");
    round.truncate(trailer);
    round.extend(
        format!("trailer\n<< /Size 3 /Root 1 0 R /Prev {table} >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    vec![
        (
            "pages that are their own parents",
            document(&[
                root.clone(),
                b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".to_vec(),
            ]),
        ),
        (
            "a number that is itself",
            page(
                "/MediaBox 5 0 R",
                stream("", b"f"),
                vec![b"6 0 R".to_vec(), b"5 0 R".to_vec()],
            ),
        ),
        ("a table that goes on at itself", round),
        (
            "lists in lists",
            page(
                &format!("{A4} /Nest {}", "[".repeat(2_000_000)),
                stream("", b"f"),
                Vec::new(),
            ),
        ),
        (
            "a page as large as a country",
            page(
                "/MediaBox [0 0 1e30 1e30] /UserUnit 1e9",
                stream("", b"f"),
                Vec::new(),
            ),
        ),
        (
            "a page as long as a road",
            page("/MediaBox [0 0 1e9 0.001]", stream("", b"f"), Vec::new()),
        ),
    ]
}

/// Content that unpacks, nests and paints without end.
fn hostile_content() -> Vec<Case> {
    let flate = "/Filter /FlateDecode";
    let square =
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >>";
    let square = String::from_utf8_lossy(square);
    let zeros = packed(&[0; 1 << 20], 256);
    let picture = "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8";
    vec![
        (
            "a drawing that draws itself twice",
            page(
                &format!("{A4} /Resources << /XObject << /F 5 0 R >> >>"),
                stream("", b"/F Do"),
                vec![stream(&square, b"/F Do /F Do")],
            ),
        ),
        (
            "states in states",
            page(A4, stream(flate, &packed(&b"q ".repeat(10_000), 200)), Vec::new()),
        ),
        (
            "much of nothing, packed twice",
            page(
                A4,
                stream("/Filter [/FlateDecode /FlateDecode]", &packed(&zeros, 1)),
                Vec::new(),
            ),
        ),
        (
            "ten gigabytes of picture",
            page(
                &format!("{A4} /Resources << /XObject << /F 5 0 R >> >>"),
                stream("", b"595 0 0 842 0 0 cm /F Do"),
                vec![stream(&format!("{picture} {flate}"), &zeros)],
            ),
        ),
        (
            "work for an hour",
            page(
                A4,
                stream(
                    flate,
                    &packed(
                        &b"0 0 m 9 900 700 3 595 842 c 500 9 9 800 0 0 c f ".repeat(1_000),
                        500,
                    ),
                ),
                Vec::new(),
            ),
        ),
    ]
}

/// What the process did with a document.
struct Drawn {
    took: Duration,
    /// In bytes.
    peak: u64,
    picture: Vec<u8>,
}

fn draw(document: &[u8]) -> Drawn {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_antiphon"))
        .arg("draw-pdf")
        .env_clear()
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("its input is ours");
    let mut output = child.stdout.take().expect("its output is ours");
    let (mut picture, mut peak) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(document));
        let picture = &mut picture;
        scope.spawn(move || output.read_to_end(picture));
        while child.try_wait().expect("it is ours").is_none() && began.elapsed() < LIMIT {
            peak = peak_bytes(child.id()).unwrap_or(0).max(peak);
            std::thread::sleep(Duration::from_millis(5));
        }
        // One that is still at it fails the test.
        let _ = child.kill();
    });
    let took = began.elapsed();
    child.wait().expect("it ends");
    Drawn { took, peak, picture }
}

#[test]
fn each_document_ends_within_its_limits() {
    assert!(
        draw(&honest()).picture.starts_with(b"\x89PNG"),
        "an honest one is drawn"
    );
    for (what, document) in hostile() {
        let Drawn { took, peak, picture } = draw(&document);
        println!(
            "{what}: {} bytes, {took:?}, {} MiB, drawn: {}",
            document.len(),
            peak >> 20,
            !picture.is_empty()
        );
        assert!(took < LIMIT, "{what}: {took:?}");
        assert!(peak < 900 << 20, "{what}: {} MiB", peak >> 20);
    }
}

async fn upload(person: &Person, bytes: &[u8]) -> String {
    let size = bytes.len().to_string();
    // filename a.pdf
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-length", size.as_str()),
        ("upload-metadata", "filename YS5wZGY="),
    ];
    let begun = person
        .send_bytes(Method::POST, "/api/uploads", &headers, b"")
        .await;
    let path = begun.headers["location"].to_str().expect("a path").to_owned();
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-offset", "0"),
        ("content-type", "application/offset+octet-stream"),
    ];
    let sent = person.send_bytes(Method::PATCH, &path, &headers, bytes).await;
    assert_eq!(sent.status, 204, "{}", sent.body);
    format!("{path}/file")
}

/// When its first page has been drawn; the worker takes one after the other.
async fn drawn(person: &Person, path: &str) -> Value {
    until_within(6 * LIMIT, "the document is drawn", || async {
        let answer = person.get(path).await;
        (answer.status == 200 && answer.body["is_ready"] == true).then_some(answer.body)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_stays_small_and_draws_the_next_one() {
    let place = Place::new();
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;
    let first = upload(&owner, &honest()).await;
    assert_eq!(drawn(&owner, &first).await["kind"], "pdf");
    let before = antiphon.peak_bytes();
    let gentle = ["states in states", "lists in lists", "a number that is itself"];
    for (what, document) in hostile() {
        if gentle.contains(&what) {
            continue;
        }
        upload(&owner, &document).await;
        println!("{what} is uploaded");
    }
    let next = upload(&owner, &honest()).await;
    assert_eq!(drawn(&owner, &next).await["kind"], "pdf");
    let grown = antiphon.peak_bytes().saturating_sub(before);
    assert!(grown < 128 << 20, "the server grew by {} MiB", grown >> 20);
}

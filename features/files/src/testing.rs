//! Verbs for the tests of this slice and those above.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::Method;
use platform::testing::{Answer, Client};
use serde_json::Value;
use std::io::Cursor;

/// Begins an upload; the answer as it came.
pub async fn begin(person: &Client, name: &str, size_bytes: usize, more: &str) -> Answer {
    let metadata = format!("filename {}{more}", STANDARD.encode(name));
    let size = size_bytes.to_string();
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-length", size.as_str()),
        ("upload-metadata", metadata.as_str()),
    ];
    person
        .send(Method::POST, "/api/uploads", &headers, Vec::new())
        .await
}

/// The id of an upload that was begun.
#[track_caller]
pub fn id_of(begun: &Answer) -> String {
    assert_eq!(begun.status, 201, "{}", begun.body);
    let location = begun.headers["location"].to_str().unwrap_or_default();
    location.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Sends bytes of an upload.
pub async fn add(person: &Client, id: &str, offset_bytes: usize, bytes: &[u8]) -> Answer {
    let offset = offset_bytes.to_string();
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("content-type", "application/offset+octet-stream"),
        ("upload-offset", offset.as_str()),
    ];
    let path = format!("/api/uploads/{id}");
    person.send(Method::PATCH, &path, &headers, bytes.to_vec()).await
}

/// Asks where an upload stands.
pub async fn look(person: &Client, id: &str) -> Answer {
    let path = format!("/api/uploads/{id}");
    person
        .send(Method::HEAD, &path, &[("tus-resumable", "1.0.0")], Vec::new())
        .await
}

/// Uploads a whole file; what it became.
pub async fn upload(person: &Client, name: &str, bytes: &[u8]) -> Value {
    upload_with(person, name, bytes, "").await
}

/// The same with more metadata: `,key base64`.
pub async fn upload_with(person: &Client, name: &str, bytes: &[u8], more: &str) -> Value {
    let id = id_of(&begin(person, name, bytes.len(), more).await);
    add(person, &id, 0, bytes).await.expect(204);
    person.get(&format!("/api/uploads/{id}/file")).await.expect(200)
}

/// A photograph of this size, without metadata.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 120])
    });
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::from(pixels)
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("a picture can be encoded");
    bytes.into_inner()
}

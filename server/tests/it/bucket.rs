//! Files in a bucket: a real S3 server of somebody else's making (moto), away for a while.

use crate::support::{Gate, OwnBucket, Person, Place, until};
use http::Method;
use platform::testing::Answer;
use serde_json::{Value, json};

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");

async fn begin(person: &Person, size_bytes: usize) -> String {
    let size = size_bytes.to_string();
    // filename film.bin
    let headers = [
        TUS,
        ("upload-length", size.as_str()),
        ("upload-metadata", "filename ZmlsbS5iaW4="),
    ];
    let begun = person
        .send_bytes(Method::POST, "/api/uploads", &headers, b"")
        .await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    begun.headers["location"].to_str().expect("a path").to_owned()
}

async fn add(person: &Person, upload: &str, offset_bytes: usize, bytes: &[u8]) -> Answer {
    let offset = offset_bytes.to_string();
    let headers = [
        TUS,
        ("upload-offset", offset.as_str()),
        ("content-type", "application/offset+octet-stream"),
    ];
    person.send_bytes(Method::PATCH, upload, &headers, bytes).await
}

async fn file_of(person: &Person, upload: &str) -> Value {
    let path = format!("{upload}/file");
    until("the file is made", || async {
        let answer = person.get(&path).await;
        (answer.status == 200).then_some(answer.body)
    })
    .await
}

fn noise(n_bytes: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(n_bytes).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_live_in_a_bucket_that_may_be_away() {
    let Some(bucket) = tokio::task::block_in_place(OwnBucket::start) else {
        return;
    };
    let gate = Gate::before(bucket.address()).await;
    bucket.make("talk").await;
    let place = Place::new()
        .with("BLOBS_KIND", "s3")
        .with("BLOBS_BUCKET", "talk")
        .with("BLOBS_ENDPOINT", gate.url())
        .with("BLOBS_ACCESS_KEY", "name")
        .with("BLOBS_SECRET_KEY", "secret")
        .with("BLOBS_PREFIX", "files");
    let antiphon = place.start().await;
    let owner = antiphon.owner().await;

    // In several pieces, of which the last is short.
    let whole = noise(20_000_001);
    let upload = begin(&owner, whole.len()).await;
    assert_eq!(add(&owner, &upload, 0, &whole).await.status, 204);
    let file = file_of(&owner, &upload).await;
    let path = format!("/api/files/{}", file["id"].as_str().expect("an id"));
    assert!(owner.get(&path).await.bytes == whole, "it comes back as it went");
    let part = owner
        .send_bytes(Method::GET, &path, &[("range", "bytes=8388600-8388619")], b"")
        .await;
    assert_eq!(
        (part.status, part.bytes.as_slice()),
        (206, &whole[8_388_600..8_388_620])
    );

    // The bucket is away: what was sent is kept here, and talking goes on.
    gate.close();
    let short = noise(70_000);
    let waiting = begin(&owner, short.len()).await;
    add(&owner, &waiting, 0, &short).await.refused(503, "busy");
    let stands = owner.send_bytes(Method::HEAD, &waiting, &[TUS], b"").await;
    assert_eq!(stands.headers["upload-offset"], "70000");
    owner.get(&path).await.refused(503, "busy");
    let channel = owner.general().await;
    owner.say_for_sure(&channel, "the bucket is away").await;
    gate.open();
    let file = file_of(&owner, &waiting).await;
    let messages = format!("/api/channels/{channel}/messages");
    let body = json!({ "id": uuid::Uuid::now_v7(), "text": "", "file_ids": [file["id"]] });
    owner.post(&messages, body).await.expect(201);
    let path = format!("/api/files/{}", file["id"].as_str().expect("an id"));
    assert!(owner.get(&path).await.bytes == short);
}

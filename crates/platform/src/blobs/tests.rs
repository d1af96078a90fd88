//! The same promises for a folder and for a bucket; the bucket is a small imitation of S3 in this process.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Bytes as Body;
use axum::extract::{Path as UrlPath, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use super::*;

fn folder_blobs() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&Config::for_tests(folder.path())).unwrap();
    (folder, blobs)
}

async fn keep_promises(blobs: &Blobs) {
    let text = Bytes::from_static(b"to be kept");
    let hash = blobs.put(text.clone()).await.unwrap();
    assert_eq!(hash, BlobHash::of(b"to be kept"));
    assert_eq!(blobs.put(text.clone()).await.unwrap(), hash, "twice is once");
    assert_eq!(blobs.get(hash).await.unwrap(), text);
    assert!(blobs.exists(hash).await.unwrap());

    let (size_bytes, content) = blobs.stream(hash).await.unwrap();
    let pieces: Vec<Bytes> = content.try_collect().await.unwrap();
    assert_eq!((size_bytes, pieces.concat()), (10, text.to_vec()));

    let other = blobs.put(Bytes::from(vec![7; 300_000])).await.unwrap();
    let mut listed: Vec<BlobHash> = blobs.list().try_collect().await.unwrap();
    let mut expected = vec![hash, other];
    listed.sort();
    expected.sort();
    assert_eq!(listed, expected);

    blobs.delete(hash).await.unwrap();
    blobs.delete(hash).await.unwrap();
    assert!(!blobs.exists(hash).await.unwrap());
    assert!(matches!(blobs.get(hash).await, Err(Error::NotFound)));
    assert!(matches!(blobs.stream(hash).await.err(), Some(Error::NotFound)));
    assert_eq!(blobs.get(other).await.unwrap().len(), 300_000);
}

#[tokio::test]
async fn a_folder_keeps_its_promises() {
    let (folder, blobs) = folder_blobs();
    keep_promises(&blobs).await;
    let hash = blobs.put(Bytes::from_static(b"x")).await.unwrap().to_string();
    assert!(
        folder
            .path()
            .join("blobs")
            .join(&hash[..2])
            .join(&hash[2..])
            .is_file()
    );
}

#[tokio::test]
async fn many_writers_of_the_same_bytes_leave_one_blob() {
    let (_folder, blobs) = folder_blobs();
    let puts = (0..32).map(|_| blobs.put(Bytes::from_static(b"same")));
    let hashes = futures_util::future::try_join_all(puts).await.unwrap();
    assert!(hashes.iter().all(|hash| *hash == hashes[0]));
    assert_eq!(blobs.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
}

#[tokio::test]
async fn damage_and_foreign_files_are_noticed() {
    let (folder, blobs) = folder_blobs();
    let hash = blobs.put(Bytes::from_static(b"whole")).await.unwrap();
    let path = folder
        .path()
        .join("blobs")
        .join(&hash.to_string()[..2])
        .join(&hash.to_string()[2..]);
    std::fs::write(&path, b"other").unwrap();
    assert!(matches!(blobs.get(hash).await, Err(Error::Damaged(_))));
    std::fs::write(folder.path().join("blobs/notes.txt"), b"foreign").unwrap();
    std::fs::write(path.with_extension("bak"), b"foreign").unwrap();
    assert_eq!(blobs.list().try_collect::<Vec<_>>().await.unwrap(), [hash]);
}

#[test]
fn a_folder_that_cannot_be_made_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("blobs"), b"a file").unwrap();
    let err = Blobs::open(&Config::for_tests(folder.path()))
        .unwrap_err()
        .to_string();
    assert!(err.contains("blobs.folder") && err.contains("correct"), "{err}");
}

#[test]
fn a_full_disk_is_told_apart() {
    let full = object_store::Error::Generic {
        store: "test",
        source: Box::new(io::Error::from(io::ErrorKind::StorageFull)),
    };
    let err = wrap("keep a blob", full);
    assert!(matches!(err, Error::DiskFull));
    assert_eq!(Problem::from(err).status(), 507);
    let other = object_store::Error::Generic {
        store: "test",
        source: Box::new(io::Error::other("gone")),
    };
    assert_eq!(Problem::from(wrap("keep a blob", other)).status(), 500);
    assert_eq!(Problem::from(Error::NotFound).status(), 404);
}

#[test]
fn hashes_have_one_spelling() {
    let hash = BlobHash::of(b"");
    assert_eq!(
        hash.to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for wrong in [
        "",
        "e3b0",
        &hash.to_string().to_uppercase(),
        &"g".repeat(64),
        &"é".repeat(32),
        &format!("{hash}0"),
    ] {
        assert_eq!(wrong.parse::<BlobHash>(), Err(NotAHash), "{wrong}");
    }
}

type Objects = Arc<Mutex<BTreeMap<String, Body>>>;

/// Put, get, head, delete and list of S3, as far as we use them. Refuses requests without signature.
async fn imitate_s3(
    State(objects): State<Objects>,
    UrlPath(path): UrlPath<String>,
    Query(query): Query<BTreeMap<String, String>>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let signature = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !signature.starts_with("AWS4-HMAC-SHA256 Credential=name/") {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut objects = objects.lock().unwrap();
    let modified = [
        ("last-modified", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("etag", "\"1\""),
    ];
    match method {
        Method::PUT => {
            objects.insert(path, body);
            modified.into_response()
        }
        Method::DELETE => {
            objects.remove(&path);
            StatusCode::NO_CONTENT.into_response()
        }
        // The bulk delete that object_store sends.
        Method::POST => {
            let text = String::from_utf8_lossy(&body).into_owned();
            let keys: Vec<&str> = text
                .split("<Key>")
                .skip(1)
                .filter_map(|part| part.split("</Key>").next())
                .collect();
            keys.iter()
                .for_each(|key| drop(objects.remove(&format!("bucket/{key}"))));
            let deleted: String = keys
                .iter()
                .map(|key| format!("<Deleted><Key>{key}</Key></Deleted>"))
                .collect();
            format!("<DeleteResult>{deleted}</DeleteResult>").into_response()
        }
        _ if query.contains_key("list-type") => {
            let prefix = format!("bucket/{}", query.get("prefix").map_or("", String::as_str));
            let item = |(path, body): (&String, &Body)| {
                let key = path.trim_start_matches("bucket/");
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>\
                     <ETag>1</ETag><Size>{}</Size></Contents>",
                    body.len()
                )
            };
            let items: String = objects
                .iter()
                .filter(|(path, _)| path.starts_with(&prefix))
                .map(item)
                .collect();
            format!("<ListBucketResult>{items}</ListBucketResult>").into_response()
        }
        _ => match objects.get(&path) {
            Some(body) => (modified, body.clone()).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

#[tokio::test]
async fn a_bucket_keeps_its_promises() {
    let objects = Objects::default();
    let router = Router::new()
        .route("/{*path}", any(imitate_s3))
        .layer(axum::extract::DefaultBodyLimit::max(1 << 20))
        .with_state(objects.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());

    let mut config = Config::for_tests(Path::new("unused"));
    config.blobs = BlobsConfig::S3(S3Config {
        bucket: "bucket".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(endpoint),
        access_key: "name".to_owned(),
        secret_key: "secret".to_owned(),
        prefix: "talk".to_owned(),
    });
    let blobs = Blobs::open(&config).unwrap();
    keep_promises(&blobs).await;
    let objects = objects.lock().unwrap();
    assert!(
        objects.keys().all(|path| path.starts_with("bucket/talk/")),
        "{:?}",
        objects.keys()
    );
}

//! Uploads and files through HTTP.

mod bombs;
mod quota;
mod serving;
mod uploads;

use crate::testing::{add, begin, id_of, look, photo, upload, upload_with};
use platform::{both_stores, testing::Store};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        House::open(
            store,
            vec![accounts::feature(), spaces::feature(), crate::feature()],
        )
        .await
    }
}

/// The bytes of a file, if this person may have them.
async fn bytes_of(person: &TestPerson, file: &Value, version: &str) -> Option<Vec<u8>> {
    let id = file["id"].as_str().unwrap_or_default();
    let answer = person.get(&format!("/api/files/{id}{version}")).await;
    (answer.status == 200).then_some(answer.bytes)
}

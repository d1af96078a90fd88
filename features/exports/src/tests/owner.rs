//! The whole workspace, asked for by an owner: who may, how far it is, who gets it, and when it is gone.

use super::Begin;
use platform::both_stores;
use serde_json::{Value, json};
use spaces::testing::{House, id_of, new_id};
use std::{
    io::{Cursor, Read},
    time::Duration,
};
use zip::ZipArchive;

const EXPORTS: &str = "/api/workspace/exports";

/// Waits until the newest export is no longer made.
async fn finished(house: &House) -> Value {
    for _ in 0..600 {
        let list = house.owner.get(EXPORTS).await.expect(200);
        if list["items"][0]["state"] != "running" {
            return list["items"][0].clone();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the export does not end");
}

both_stores! {
    async fn an_owner_exports_the_workspace_and_nobody_else(house: House) {
        let ada = house.member("Ada Obi").await;
        let path = format!("/api/channels/{}/messages", house.general);
        ada.post(&path, json!({ "id": new_id(), "text": "in the archive" })).await.expect(201);
        ada.post(EXPORTS, json!({})).await.refused(403, "forbidden");
        ada.get(EXPORTS).await.refused(403, "forbidden");
        let begun = house.owner.post(EXPORTS, json!({})).await.expect(202);
        assert_eq!(begun["state"], "running");
        let done = finished(&house).await;
        assert_eq!((&done["id"], &done["state"]), (&begun["id"], &json!("done")));
        let download = format!("{EXPORTS}/{}", id_of(&done));
        ada.get(&download).await.refused(403, "forbidden");
        house.owner.get(&format!("{EXPORTS}/{}", new_id())).await.refused(404, "not-found");
        let answer = house.owner.get(&download).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.bytes.len() as i64, done["size_bytes"].as_i64().unwrap());
        let mut zip = ZipArchive::new(Cursor::new(answer.bytes)).unwrap();
        let mut text = String::new();
        zip.by_name("data/message.jsonl").unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("in the archive"));
        assert!(zip.by_name("data/session.jsonl").is_err() && zip.by_name("data/workspace_export.jsonl").is_err());
        // Whoever is an owner no more gets nothing any more, whoever asked for it.
        let second = house.member("Bea").await;
        let role = |id: &str, role: &str| (format!("/api/people/{id}"), json!({ "role": role }));
        let (person, body) = role(&second.id, "owner");
        house.owner.patch(&person, body).await.expect(200);
        assert_eq!(second.get(&download).await.status, 200);
        let (person, body) = role(&house.owner.id, "member");
        second.patch(&person, body).await.expect(200);
        house.owner.get(&download).await.refused(403, "forbidden");
        // It goes after a day, from the disk too.
        let data = &house.server.app.config.data;
        let archive = data.join("blobs/exports").join(format!("{}.zip", id_of(&done)));
        assert!(archive.exists());
        let drafts = std::fs::read_dir(data.join("exports")).expect("a folder").count();
        assert_eq!(drafts, 0, "it lies on the shelf alone");
        let left = data.join("exports").join(format!("{}.zip.part", new_id()));
        std::fs::write(&left, "what a process that died had begun").expect("a file");
        house.server.advance(Duration::from_secs(24 * 3600 + 1));
        second.get(&download).await.refused(404, "not-found");
        assert!(!archive.exists() && !left.exists(), "nothing is kept");
        assert_eq!(second.get(EXPORTS).await.expect(200)["items"], json!([]));
    }
}

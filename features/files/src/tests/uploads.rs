//! The protocol, cut at every place.

use super::*;
use http::Method;

/// What a server that resumes must get right: text whose every part is different.
fn text(n_bytes: usize) -> Vec<u8> {
    (0..n_bytes).map(|idx| (idx * 7 % 251) as u8).collect()
}

fn offset_of(answer: &platform::testing::Answer) -> usize {
    answer.headers["upload-offset"].to_str().unwrap().parse().unwrap()
}

/// As a client does: asks where it stands and sends the rest, until it is whole. What it was answered.
async fn go_on(person: &TestPerson, id: &str, whole: &[u8]) -> Vec<u16> {
    let mut answers = Vec::new();
    loop {
        let stands = look(person, id).await;
        if stands.status == 423 {
            answers.push(423);
            continue;
        }
        let offset = offset_of(&stands);
        if offset == whole.len() {
            return answers;
        }
        answers.push(add(person, id, offset, &whole[offset..]).await.status);
    }
}

both_stores! {
    async fn an_upload_becomes_a_file(house: House) {
        let ada = house.member("Ada").await;
        let begun = begin(&ada, "notes.bin", 1_000, "").await;
        assert_eq!(begun.headers["tus-resumable"], "1.0.0");
        assert!(begun.headers["upload-expires"].to_str().unwrap().ends_with("GMT"));
        let id = id_of(&begun);
        ada.get(&format!("/api/uploads/{id}/file")).await.refused(503, "busy");
        assert_eq!(offset_of(&add(&ada, &id, 0, &text(1_000)[..400]).await), 400);
        let stands = look(&ada, &id).await;
        assert_eq!((stands.status, offset_of(&stands)), (200, 400));
        assert_eq!((&stands.headers["upload-length"], &stands.headers["cache-control"]), (&"1000".parse().unwrap(), &"no-store".parse().unwrap()));
        assert_eq!(offset_of(&add(&ada, &id, 400, &text(1_000)[400..]).await), 1_000);
        let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
        let expected = json!({
            "id": id, "name": "notes.bin", "kind": "file", "media_type": "application/octet-stream", "size_bytes": 1_000,
            "width": null, "height": null, "duration_ms": null, "peaks": null, "placeholder": null, "is_ready": false,
        });
        assert_eq!(file, expected);
        assert_eq!(bytes_of(&ada, &file, "").await.unwrap(), text(1_000));
    }

    async fn an_upload_cut_at_many_places_arrives_whole(house: House) {
        let ada = house.member("Ada").await;
        let whole = text(9_973);
        for n_cuts in [1, 2, 3, 50] {
            let id = id_of(&begin(&ada, "cut", whole.len(), "").await);
            let step = whole.len().div_ceil(n_cuts);
            for (idx, piece) in whole.chunks(step).enumerate() {
                assert_eq!(offset_of(&look(&ada, &id).await), idx * step);
                add(&ada, &id, idx * step, piece).await.expect(204);
            }
            let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
            assert!(bytes_of(&ada, &file, "").await.unwrap() == whole, "{n_cuts} cuts");
        }
    }

    async fn a_wrong_offset_is_told_and_changes_nothing(house: House) {
        let ada = house.member("Ada").await;
        let id = id_of(&begin(&ada, "x", 100, "").await);
        add(&ada, &id, 0, &text(40)).await.expect(204);
        for offset in [0, 39, 41, 100, 1_000] {
            let refused = add(&ada, &id, offset, &text(10)).await;
            refused.refused(409, "wrong-offset");
            assert_eq!((&refused.body["offset_bytes"], &refused.headers["tus-resumable"]), (&json!(40), &"1.0.0".parse().unwrap()));
        }
        add(&ada, &id, 40, &text(61)).await.refused(422, "invalid");
        assert_eq!(offset_of(&look(&ada, &id).await), 40);
    }

    async fn two_tabs_finish_one_upload(house: House) {
        let ada = house.member("Ada").await;
        let whole = text(500_000);
        let id = id_of(&begin(&ada, "twice", whole.len(), "").await);
        add(&ada, &id, 0, &whole[..300_000]).await.expect(204);
        let tabs = (0..8).map(|_| go_on(&ada, &id, &whole));
        let answers = futures_util::future::join_all(tabs).await.concat();
        assert!(answers.iter().all(|status| matches!(status, 204 | 409 | 423)), "{answers:?}");
        // Whoever was told to go on finds that it is done, and finishing again is the same file.
        assert_eq!(offset_of(&look(&ada, &id).await), whole.len());
        add(&ada, &id, whole.len(), b"").await.expect(204);
        let path = format!("/api/uploads/{id}/file");
        let finished = futures_util::future::join_all((0..8).map(|_| ada.get(&path))).await;
        let files: Vec<Value> = finished.into_iter().map(|answer| answer.expect(200)).collect();
        assert!(files.iter().all(|file| *file == files[0]));
        assert!(bytes_of(&ada, &files[0], "").await.unwrap() == whole);
    }

    async fn uploads_are_their_persons_alone(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let id = id_of(&begin(&ada, "x", 10, "").await);
        for person in [&bob, &house.owner] {
            assert_eq!(look(person, &id).await.status, 404);
            add(person, &id, 0, b"12345").await.refused(404, "not-found");
            person.get(&format!("/api/uploads/{id}/file")).await.refused(404, "not-found");
            assert_eq!(person.send(Method::DELETE, &format!("/api/uploads/{id}"), &[("tus-resumable", "1.0.0")], Vec::new()).await.status, 404);
        }
        add(&ada, &id, 0, b"1234567890").await.expect(204);
        for person in [&bob, &house.owner] {
            person.get(&format!("/api/files/{id}")).await.refused(404, "not-found");
            person.delete(&format!("/api/files/{id}")).await.refused(404, "not-found");
        }
        house.server.stranger().get(&format!("/api/files/{id}")).await.refused(401, "signed-out");
    }

    async fn giving_up_leaves_nothing(house: House) {
        let ada = house.member("Ada").await;
        let delete = async |id: &str| ada.send(Method::DELETE, &format!("/api/uploads/{id}"), &[("tus-resumable", "1.0.0")], Vec::new()).await.status;
        let half = id_of(&begin(&ada, "half", 10, "").await);
        add(&ada, &half, 0, b"12345").await.expect(204);
        let whole = upload(&ada, "whole", b"12345").await["id"].as_str().unwrap().to_owned();
        for id in [half.as_str(), whole.as_str()] {
            assert_eq!(delete(id).await, 204);
            assert_eq!((delete(id).await, look(&ada, id).await.status), (404, 404));
            ada.get(&format!("/api/files/{id}")).await.refused(404, "not-found");
        }
        let waiting = std::fs::read_dir(house.server.folder.path().join("uploads")).unwrap().count();
        assert_eq!(waiting, 0, "nothing lies in the uploads folder");
    }

    async fn what_is_no_tus_is_refused(house: House) {
        let ada = house.member("Ada").await;
        let send = async |headers: &[(&str, &str)]| ada.send(Method::POST, "/api/uploads", headers, Vec::new()).await;
        send(&[("upload-length", "5")]).await.refused(412, "upload-protocol");
        let speak = ("tus-resumable", "1.0.0");
        for length in ["", "-1", "5.0", "five", "99999999999999999999999"] {
            send(&[speak, ("upload-length", length)]).await.refused(400, "malformed");
        }
        send(&[speak]).await.refused(400, "malformed");
        send(&[speak, ("upload-length", "5"), ("upload-metadata", "filename %%")]).await.refused(400, "malformed");
        let id = id_of(&begin(&ada, "x", 5, "").await);
        let path = format!("/api/uploads/{id}");
        ada.send(Method::PATCH, &path, &[speak, ("content-type", "text/plain"), ("upload-offset", "0")], b"12345".to_vec()).await.refused(415, "unsupported-media-type");
        ada.send(Method::PATCH, &path, &[speak, ("content-type", "application/offset+octet-stream")], b"12345".to_vec()).await.refused(400, "malformed");
        let can = ada.send(Method::OPTIONS, "/api/uploads", &[], Vec::new()).await;
        assert_eq!((can.status, &can.headers["tus-extension"]), (204, &"creation,termination,expiration".parse().unwrap()));
    }

    async fn an_empty_file_is_a_file(house: House) {
        let ada = house.member("Ada").await;
        let id = id_of(&begin(&ada, "empty.txt", 0, "").await);
        let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
        assert_eq!((&file["size_bytes"], bytes_of(&ada, &file, "").await), (&json!(0), Some(Vec::new())));
    }

    async fn old_uploads_and_files_that_were_never_posted_go(house: House) {
        let ada = house.member("Ada").await;
        let half = id_of(&begin(&ada, "half", 10, "").await);
        add(&ada, &half, 0, b"12345").await.expect(204);
        let file = upload(&ada, "never posted", b"never posted").await;
        house.server.advance(crate::model::UPLOAD_LIFE);
        crate::tidy_up(&house.server.app).await.unwrap();
        assert_eq!(look(&ada, &half).await.status, 404);
        assert!(bytes_of(&ada, &file, "").await.is_some());
        house.server.advance(crate::model::UNPOSTED_LIFE);
        crate::tidy_up(&house.server.app).await.unwrap();
        assert!(bytes_of(&ada, &file, "").await.is_none());
        house.server.advance(std::time::Duration::from_secs(2 * 3600));
        crate::tidy_up(&house.server.app).await.unwrap();
        let left = walk(&house.server.folder.path().join("blobs")) + walk(&house.server.folder.path().join("uploads"));
        assert_eq!(left, 0, "no byte of it is left");
    }
}

/// How many files lie in a folder.
fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walk(&path) } else { 1 })
        .sum()
}

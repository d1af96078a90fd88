//! What comes back: parts, versions, headers.

use super::*;

both_stores! {
    async fn a_picture_gets_versions_and_a_placeholder(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "photo.jpg", &photo(2_400, 1_600)).await;
        assert_eq!((&file["kind"], &file["width"], &file["height"], &file["is_ready"]), (&json!("picture"), &json!(2_400), &json!(1_600), &json!(false)));
        let id = file["id"].as_str().unwrap();
        ada.get(&format!("/api/files/{id}/small")).await.refused(404, "not-found");
        assert_eq!(crate::make_pictures(&house.server.app).await.unwrap(), 1);
        assert_eq!(crate::make_pictures(&house.server.app).await.unwrap(), 0, "it is made once");
        let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
        assert!(file["is_ready"] == true && file["placeholder"].is_string());
        for (version, longest) in [("/small", 640), ("/large", 1_600)] {
            let bytes = bytes_of(&ada, &file, version).await.unwrap();
            assert_eq!(image::load_from_memory(&bytes).unwrap().width(), longest);
        }
    }

    async fn a_picture_at_which_the_server_dies_is_given_up(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "deadly.jpg", &photo(30, 20)).await;
        let id: base::FileId = file["id"].as_str().unwrap().parse().unwrap();
        for _ in 0..5 {
            // Taken, and never heard of again.
            let now = house.server.app.clock.now();
            let take = move |tx: &mut dyn platform::db::Tx| crate::store::take_work(tx, id, now, now);
            assert!(house.server.app.db.write(base::ScopeId(id.0), take).await.unwrap());
            house.server.advance(std::time::Duration::from_secs(61));
        }
        crate::make_pictures(&house.server.app).await.unwrap();
        let file = ada.get(&format!("/api/uploads/{id}/file")).await.expect(200);
        assert_eq!((&file["kind"], &file["is_ready"]), (&json!("file"), &json!(false)));
    }

    async fn a_small_picture_is_its_own_large_version(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "icon.jpg", &photo(300, 200)).await;
        crate::make_pictures(&house.server.app).await.unwrap();
        assert_eq!(bytes_of(&ada, &file, "/large").await, bytes_of(&ada, &file, "").await);
    }

    async fn parts_and_repeats_cost_only_what_is_new(house: House) {
        let ada = house.member("Ada").await;
        let file = upload(&ada, "talk.mp3", &[b"ID3\x04\0\0\0\0\0\0".as_slice(), &[5; 90]].concat()).await;
        let path = format!("/api/files/{}", file["id"].as_str().unwrap());
        let whole = ada.get(&path).await;
        assert_eq!((whole.status, whole.bytes.len(), &whole.headers["accept-ranges"]), (200, 100, &"bytes".parse().unwrap()));
        let tag = whole.headers["etag"].to_str().unwrap().to_owned();
        let send = async |headers: &[(&str, &str)]| ada.send(http::Method::GET, &path, headers, Vec::new()).await;
        let part = send(&[("range", "bytes=2-5")]).await;
        assert_eq!((part.status, part.bytes.as_slice()), (206, &b"3\x04\0\0"[..]));
        assert_eq!((&part.headers["content-range"], &part.headers["content-length"]), (&"bytes 2-5/100".parse().unwrap(), &"4".parse().unwrap()));
        assert_eq!(send(&[("range", "bytes=-10")]).await.bytes, [5; 10]);
        let beyond = send(&[("range", "bytes=100-")]).await;
        beyond.refused(416, "range-beyond-end");
        assert_eq!(beyond.headers["content-range"], "bytes */100");
        assert_eq!(send(&[("range", "bytes=2-5"), ("if-range", "\"other\"")]).await.status, 200);
        assert_eq!(send(&[("range", "bytes=2-5"), ("if-range", &tag)]).await.status, 206);
        let same = send(&[("if-none-match", &tag)]).await;
        assert_eq!((same.status, same.bytes.len()), (304, 0));
    }

    async fn nothing_that_is_sent_can_run(house: House) {
        let ada = house.member("Ada").await;
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        for (name, bytes, media_type, way) in [
            ("a.svg", &svg[..], "application/octet-stream", "attachment"),
            ("a.html", b"<!DOCTYPE html><script>alert(1)</script>", "application/octet-stream", "attachment"),
            ("a.png", b"<script>alert(1)</script>", "application/octet-stream", "attachment"),
            ("a.pdf", b"%PDF-1.7 ...", "application/pdf", "inline"),
            ("photo.txt", &photo(8, 8), "image/jpeg", "inline"),
        ] {
            let file = upload(&ada, name, bytes).await;
            let path = format!("/api/files/{}", file["id"].as_str().unwrap());
            let answer = ada.get(&path).await;
            let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
            assert_eq!(header("content-type"), media_type, "{name}");
            assert!(header("content-disposition").starts_with(way), "{name}");
            assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"), "{name}");
            assert_eq!((header("x-content-type-options").as_str(), header("cache-control").as_str()), ("nosniff", "private, no-cache"));
            let saved = ada.get(&format!("{path}?download=true")).await;
            assert!(saved.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        }
    }

    async fn a_voice_note_keeps_its_waveform(house: House) {
        let ada = house.member("Ada").await;
        let webm = b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm";
        let webm = &[webm.as_slice(), &[0; 300]].concat();
        // audio/webm;codecs=opus · 1500 · 0aZ9
        let more = ",filetype YXVkaW8vd2VibTtjb2RlY3M9b3B1cw==,duration_ms MTUwMA==,peaks MGFaOQ==";
        let file = upload_with(&ada, "voice.webm", webm, more).await;
        assert_eq!((&file["kind"], &file["media_type"]), (&json!("voice"), &json!("audio/webm")));
        assert_eq!((&file["duration_ms"], &file["peaks"]), (&json!(1_500), &json!("0aZ9")));
    }
}

//! Emoji through HTTP and the socket.

use http::Method;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use platform::{
    both_stores,
    testing::{Answer, Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, TestPerson};
use std::{io::Cursor, time::Duration};

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

fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::from(RgbImage::from_pixel(300, 200, Rgb([shade, 120, 30])))
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    bytes
}

async fn add(person: &TestPerson, name: &str, picture: Vec<u8>) -> Answer {
    let path = format!("/api/custom-emoji/{name}");
    person
        .send(Method::PUT, &path, &[("content-type", "image/png")], picture)
        .await
}

async fn list(person: &TestPerson) -> Value {
    person.get("/api/custom-emoji").await.expect(200)
}

both_stores! {
    async fn an_emoji_is_there_for_everybody_until_it_is_taken_away(house: House) {
        let ada = house.member("Ada").await;
        let guest = house.guest("Gus", &house.general).await;
        let (mut listener, _) = Listener::open(&ada, json!({})).await;
        let added = add(&house.owner, "party_parrot", png(10)).await.expect(201);
        assert_eq!((&added["name"], &added["animated"], &added["created_by"]), (&json!("party_parrot"), &json!(false), &json!(house.owner.id)));
        let told = listener.event("emoji.changed").await;
        assert_eq!(told["body"], json!({ "name": "party_parrot", "emoji": added }));
        for person in [&ada, &guest] {
            assert_eq!(list(person).await, json!({ "items": [added], "may_add": false, "everyone": false }));
            let picture = person.get("/api/custom-emoji/party_parrot/picture?v=1").await;
            assert_eq!((picture.status, picture.headers["content-type"].to_str().unwrap()), (200, "image/webp"));
            let kept = image::load_from_memory(&picture.bytes).unwrap();
            assert_eq!((kept.width(), kept.height()), (128, 85));
        }
        house.server.stranger().get("/api/custom-emoji").await.refused(401, "signed-out");
        house.server.stranger().get("/api/custom-emoji/party_parrot/picture").await.refused(401, "signed-out");
        ada.delete("/api/custom-emoji/party_parrot").await.refused(403, "forbidden");
        house.owner.delete("/api/custom-emoji/party_parrot").await.expect(204);
        assert_eq!(listener.event("emoji.changed").await["body"], json!({ "name": "party_parrot", "emoji": null }));
        assert_eq!(list(&ada).await["items"], json!([]));
        ada.get("/api/custom-emoji/party_parrot/picture").await.refused(404, "not-found");
        house.owner.delete("/api/custom-emoji/party_parrot").await.refused(404, "not-found");
    }

    async fn a_name_is_free_and_a_picture_is_one(house: House) {
        let owner = &house.owner;
        add(owner, "party_parrot", png(10)).await.expect(201);
        add(owner, "party_parrot", png(20)).await.refused(409, "conflict");
        for name in ["tada", "Parrot", "p", "a%20b", "..%2Fx", &"x".repeat(33)] {
            assert_eq!(add(owner, name, png(10)).await.status, 422, "{name}");
        }
        for picture in [b"<svg/>".to_vec(), Vec::new(), png(10)[..60].to_vec()] {
            add(owner, "other", picture).await.refused(422, "invalid");
        }
        add(owner, "other", vec![0; 257 * 1024]).await.refused(413, "too-big");
        assert_eq!(list(owner).await["items"].as_array().unwrap().len(), 1);
    }

    async fn who_adds_is_the_workspace_s_to_say(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let guest = house.guest("Gus", &house.general).await;
        add(&ada, "our_cat", png(1)).await.refused(403, "forbidden");
        ada.put("/api/workspace/emoji", json!({ "everyone": true })).await.refused(403, "forbidden");
        let view = house.owner.put("/api/workspace/emoji", json!({ "everyone": true })).await.expect(200);
        assert_eq!(view["everyone"], true);
        add(&ada, "our_cat", png(1)).await.expect(201);
        add(&guest, "our_dog", png(1)).await.refused(403, "forbidden");
        bob.delete("/api/custom-emoji/our_cat").await.refused(403, "forbidden");
        ada.delete("/api/custom-emoji/our_cat").await.expect(204);
    }

    async fn nothing_is_left_of_what_was_taken_away(house: House) {
        use futures_util::StreamExt;
        let two_hours = Duration::from_secs(2 * 3600);
        add(&house.owner, "party_parrot", png(10)).await.expect(201);
        house.server.advance(two_hours);
        platform::leftovers::sweep(&house.server.app).await.unwrap();
        house.owner.get("/api/custom-emoji/party_parrot/picture").await.expect(200);
        house.owner.delete("/api/custom-emoji/party_parrot").await.expect(204);
        house.server.advance(two_hours);
        platform::leftovers::sweep(&house.server.app).await.unwrap();
        assert_eq!(house.server.app.blobs.list().count().await, 0);
    }
}

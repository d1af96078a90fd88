//! Invitations by mail.

use super::*;
use platform::{
    mail,
    testing::{Manner, Relay, link_in},
};

struct Mailing {
    house: House,
    relay: Relay,
}

impl Mailing {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let house = House::open_with(store, features(), |config| config.mail = Some(relay.config())).await?;
        Some(Self { house, relay })
    }

    async fn letters(&self) -> Vec<String> {
        mail::send_due(&self.house.server.app).await.unwrap();
        self.relay.letters()
    }
}

both_stores! {
    async fn an_invitation_is_mailed_once_to_each_address(mailing: Mailing) {
        let house = &mailing.house;
        let token = house.invite(json!({
            "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 2, "expires_in_s": 3600,
        })).await;
        let path = format!("/api/invitations/{token}/mail");
        for email in ["bea@example.org", " BEA@Example.org ", "carl@example.org"] {
            house.owner.post(&path, json!({ "email": email })).await.expect(204);
        }
        let letters = mailing.letters().await;
        assert_eq!(letters.len(), 2);
        assert!(letters[0].contains("Subject: Olga Owner invites you to Riverside"), "{}", letters[0]);
        assert_eq!(link_in(&letters[0]), format!("http://antiphon.test/join/{token}"));
        let wrong = house.owner.post(&path, json!({ "email": "nobody" })).await;
        wrong.refused(422, "invalid");
        let smuggled = house.owner.post(&path, json!({ "email": "a@example.org\r\nBcc: eve@example.org" })).await;
        smuggled.refused(422, "invalid");
    }

    async fn only_who_looks_after_an_invitation_mails_it(mailing: Mailing) {
        let house = &mailing.house;
        let member = house.member("Mara").await;
        let token = house.invite(json!({
            "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let path = format!("/api/invitations/{token}/mail");
        let body = json!({ "email": "bea@example.org" });
        member.post(&path, body.clone()).await.refused(404, "link-used");
        house.owner.post("/api/invitations/nonsense/mail", body.clone()).await.refused(404, "link-used");
        house.accept(&token, "Bea").await.expect(201);
        house.owner.post(&path, body).await.refused(404, "link-used");
        assert!(mailing.letters().await.is_empty());
    }

    async fn without_a_relay_no_invitation_is_mailed(house: House) {
        let token = house.invite(json!({
            "role": "member", "space_id": house.space, "channel_ids": [], "max_uses": 1, "expires_in_s": 3600,
        })).await;
        let path = format!("/api/invitations/{token}/mail");
        house.owner.post(&path, json!({ "email": "bea@example.org" })).await.refused(409, "conflict");
    }
}

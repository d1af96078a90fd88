//! Reactions with emoji of the workspace's own.

use super::*;
use http::Method;

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 144,
    119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 8, 215, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 24, 221, 141,
    176, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

both_stores! {
    async fn a_reaction_may_be_an_emoji_of_our_own_while_there_is_one(house: House) {
        let ada = house.member("Ada").await;
        let said = say(&ada, &house.general, "Done :party_parrot:").await;
        let path = format!("/api/channels/{}/messages/{}/reactions", house.general, id_of(&said));
        ada.put(&format!("{path}/%3Aparty_parrot%3A"), json!({})).await.refused(422, "invalid");
        let sent = house.owner.send(Method::PUT, "/api/custom-emoji/party_parrot", &[("content-type", "image/png")], PIXEL.to_vec()).await;
        sent.expect(201);
        ada.put(&format!("{path}/%3Aparty_parrot%3A"), json!({})).await.expect(204);
        for wrong in ["%3Aother%3A", "party_parrot", "%3Aparty_parrot", "%3A..%2Fx%3A"] {
            assert_eq!(ada.put(&format!("{path}/{wrong}"), json!({})).await.status, 422, "{wrong}");
        }
        let shown = page(&ada, &house.general, "").await;
        assert_eq!(shown["messages"][0]["reactions"][0]["emoji"], ":party_parrot:");
        assert_eq!(shown["messages"][0]["text"], "Done :party_parrot:");
        house.owner.delete("/api/custom-emoji/party_parrot").await.expect(204);
        let bob = house.member("Bob").await;
        bob.put(&format!("{path}/%3Aparty_parrot%3A"), json!({})).await.refused(422, "invalid");
        ada.delete(&format!("{path}/%3Aparty_parrot%3A")).await.expect(204);
        assert_eq!(page(&ada, &house.general, "").await["messages"][0]["reactions"], json!([]));
    }
}

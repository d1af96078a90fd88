//! Who was in and spoke for how long.

use super::{Begin, Live, leave, until};
use crate::store::numbers::set_spoke;
use base::{ChannelId, LiveId, PersonId};
use platform::{both_stores, db::Tx, testing::Listener};
use serde_json::{Value, json};
use spaces::testing::{TestPerson, id_of};
use std::time::Duration;

/// The charter of the channel says that hosts are told, or not.
async fn tell_hosts(live: &Live, is_on: bool) {
    let path = format!("/api/channels/{}/charter", live.house.general);
    let version = live.house.owner.get(&path).await.expect(200)["version"].clone();
    let body = json!({ "charter": { "tells_hosts": is_on }, "version": version });
    live.house.owner.put(&path, body).await.expect(200);
}

/// Bob was in for ten minutes.
async fn held(live: &Live, ada: &TestPerson, bob: &TestPerson) -> Value {
    let session = live.go_live(ada, json!({})).await;
    let (mut listener, _) = Listener::open(ada, json!({})).await;
    let ticket = live.enter(bob, &session, "a").await;
    let socket = live.come_in(&ticket).await;
    until(&mut listener, |session| session["n_in"] == 1).await;
    live.house.server.advance(Duration::from_secs(600));
    leave(socket).await;
    until(&mut listener, |session| session["n_in"] == 0).await
}

/// What is written down of what the rooms count; nobody speaks in these tests.
async fn say_spoke(live: &Live, session: &Value, person: &TestPerson, seconds: u64) {
    platform::sql! {
        PLACE_OF = "select place from live_stay where person_id = $1";
    }
    let who = PersonId(person.id.parse().expect("an id"));
    let id = LiveId(id_of(session).parse().expect("an id"));
    let lane = ChannelId(live.house.general.parse().expect("an id"));
    let write = move |tx: &mut dyn Tx| {
        let place: String = tx.one(&PLACE_OF, &[who.into()], |row| row.get(0))?;
        set_spoke(tx, (id, &place), Duration::from_secs(seconds))?;
        // What is told late says less, and changes nothing.
        set_spoke(tx, (id, &place), Duration::from_secs(1))
    };
    live.house
        .server
        .app
        .db
        .write(lane, write)
        .await
        .expect("it is written");
    assert_eq!(STATEMENTS.len(), 1);
}

both_stores! {
    async fn without_a_word_of_the_charter_everybody_sees_their_own_part_only(live: Live) {
        let (ada, bob) = (live.house.member("Ada").await, live.house.member("Bob").await);
        let session = held(&live, &ada, &bob).await;
        assert_eq!(session["tells_hosts"], false);
        let path = live.one(&session, "/numbers");
        let own = bob.get(&path).await.expect(200);
        assert_eq!((&own["mine"]["stayed_s"], &own["mine"]["spoke_s"], &own["all"]), (&json!(600), &json!(0), &Value::Null), "voices are not counted");
        assert_eq!(ada.get(&path).await.expect(200), json!({ "mine": null, "all": null, "people": [] }));
        // What was said at the door holds.
        tell_hosts(&live, true).await;
        assert_eq!(ada.get(&path).await.expect(200)["all"], Value::Null);
    }

    async fn where_the_charter_says_so_hosts_see_who_was_there_and_spoke(live: Live) {
        let (ada, bob, cleo) = (live.house.member("Ada").await, live.house.member("Bob").await, live.house.member("Cleo").await);
        tell_hosts(&live, true).await;
        let session = held(&live, &ada, &bob).await;
        assert_eq!(session["tells_hosts"], true);
        say_spoke(&live, &session, &bob, 90).await;
        let path = live.one(&session, "/numbers");
        let told = ada.get(&path).await.expect(200);
        let all = told["all"].as_array().expect("hosts are told").clone();
        assert_eq!((all.len(), &all[0]["person_id"], &all[0]["stayed_s"], &all[0]["spoke_s"]), (1, &json!(bob.id), &json!(600), &json!(90)));
        assert_eq!(all[0]["stays"].as_array().map(Vec::len), Some(1));
        assert_eq!(told["people"][0]["name"], "Bob");
        assert_eq!(bob.get(&path).await.expect(200)["all"], Value::Null, "whoever does not host sees their own");
        assert_eq!(bob.get(&path).await.expect(200)["mine"]["spoke_s"], 90);
        assert_eq!(cleo.get(&path).await.expect(200), json!({ "mine": null, "all": null, "people": [] }));
        let of_bob = live.one(&session, &format!("/people/{}", bob.id));
        ada.patch(&of_bob, json!({ "role": "host" })).await.expect(200);
        ada.patch(&live.one(&session, &format!("/people/{}", ada.id)), json!({ "role": "speaker" })).await.expect(200);
        assert_eq!(ada.get(&path).await.expect(200)["all"], Value::Null, "whoever hosts no more is told no more");
        let lane = ChannelId(live.house.general.parse().expect("an id"));
        let who = PersonId(bob.id.parse().expect("an id"));
        let own = live.house.server.app.db.write(lane, move |tx: &mut dyn Tx| crate::own_data(tx, who)).await.expect("their own data");
        assert_eq!((own.len(), own[0].spoke_s), (1, 90));
        // What is erased was never there.
        live.house.owner.post(&format!("/api/people/{}/erase", bob.id), json!({ "messages": "keep" })).await.expect(200);
        assert!(!ada.get(&path).await.expect(200).to_string().contains(&bob.id));
    }

    async fn a_topic_does_not_say_what_hosts_are_told(live: Live) {
        let ada = live.house.member("Ada").await;
        let session = live.go_live(&ada, json!({})).await;
        let topic = session["backchannel_id"].as_str().expect("a topic");
        let path = format!("/api/channels/{}/topics/{topic}/charter", live.house.general);
        let body = json!({ "charter": { "tells_hosts": true }, "version": 0 });
        ada.put(&path, body).await.refused(422, "invalid");
    }
}

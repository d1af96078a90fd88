//! Groups through HTTP and the socket.

use http::Method;
use platform::{
    both_stores,
    testing::{Listener, Store},
};
use serde_json::{Value, json};
use spaces::testing::{House, PASSWORD, TestPerson, enter, id_of};

trait Begin: Sized {
    async fn begin(store: Store) -> Option<Self>;
}

impl Begin for House {
    async fn begin(store: Store) -> Option<Self> {
        let features = vec![accounts::feature(), spaces::feature(), crate::feature()];
        House::open_keeping(store, features, crate::kept(), |_| ()).await
    }
}

async fn make(person: &TestPerson, space: Option<&str>, handle: &str) -> Value {
    let mut body = json!({ "handle": handle, "title": format!("The {handle}") });
    if let Some(space) = space {
        body["space_id"] = json!(space);
    }
    person.post("/api/groups", body).await.expect(201)
}

async fn add(person: &TestPerson, group: &Value, people: &[&TestPerson]) -> Value {
    let people: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let path = format!("/api/groups/{}/members", id_of(group));
    person.post(&path, json!({ "people": people })).await.expect(200)
}

async fn members(person: &TestPerson, group: &Value) -> Vec<String> {
    let path = format!("/api/groups/{}/members", id_of(group));
    let found = person.get(&path).await.expect(200);
    found["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(id_of)
        .collect()
}

async fn handles(person: &TestPerson, query: &str) -> Vec<String> {
    let found = person.get(&format!("/api/groups{query}")).await.expect(200);
    let items = found["items"].as_array().into_iter().flatten();
    items
        .filter_map(|group| group["handle"].as_str().map(str::to_owned))
        .collect()
}

async fn closed_space(house: &House, name: &str) -> String {
    let body = json!({ "name": name, "kind": "class", "open": false });
    id_of(&house.owner.post("/api/spaces", body).await.expect(201))
}

both_stores! {
    async fn who_looks_after_a_space_makes_its_groups(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let body = json!({ "handle": "crew", "title": "Crew", "space_id": house.space });
        ada.post("/api/groups", body.clone()).await.refused(403, "forbidden");
        let (mut listener, _) = Listener::open(&bob, json!({})).await;
        let group = house.owner.post("/api/groups", body).await.expect(201);
        assert_eq!((&group["can_manage"], &group["is_member"], &group["n_members"]), (&json!(true), &json!(false), &json!(0)));
        let event = listener.event("group.changed").await;
        assert_eq!((&event["scope"], &event["body"]["group"]["handle"]), (&json!(house.space), &json!("crew")));
        let group = add(&house.owner, &group, &[&ada, &bob]).await;
        assert_eq!(group["n_members"], 2);
        let event = listener.event("group.members_changed").await;
        let mut joined: Vec<&str> = event["body"]["joined"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        joined.sort_unstable();
        let mut expected = [ada.id.as_str(), bob.id.as_str()];
        expected.sort_unstable();
        assert_eq!((joined.as_slice(), &event["body"]["n_members"]), (expected.as_slice(), &json!(2)));
        add(&house.owner, &group, &[&ada]).await;
        assert_eq!(members(&ada, &group).await.len(), 2, "twice is once");
        let path = format!("/api/groups/{}", id_of(&group));
        ada.patch(&path, json!({ "title": "Mine" })).await.refused(403, "forbidden");
        ada.delete(&path).await.refused(403, "forbidden");
        ada.delete(&format!("{path}/members/{}", bob.id)).await.refused(403, "forbidden");
        house.owner.patch(&path, json!({ "handle": "Night-Crew", "title": "Night crew" })).await.expect(200);
        assert_eq!(handles(&ada, "?query=night").await, ["night-crew"]);
        ada.post(&format!("{path}/leave"), json!({})).await.expect(204);
        ada.post(&format!("{path}/join"), json!({})).await.refused(403, "forbidden");
        assert_eq!(members(&bob, &group).await, vec![bob.id.clone()]);
        assert_eq!(handles(&bob, &format!("?person={}", bob.id)).await, ["night-crew"]);
        house.owner.delete(&path).await.expect(204);
        bob.get(&path).await.refused(404, "not-found");
        assert!(handles(&bob, "").await.is_empty());
    }

    async fn names_do_not_look_alike_where_they_meet(house: House) {
        let (one, two) = (closed_space(&house, "One").await, closed_space(&house, "Two").await);
        make(&house.owner, Some(&one), "crew").await;
        for handle in ["crew", "Crew", "сrew"] {
            let body = json!({ "handle": handle, "title": "x", "space_id": one });
            house.owner.post("/api/groups", body).await.refused(409, "name-taken");
        }
        make(&house.owner, Some(&two), "crew").await;
        let body = json!({ "handle": "crew", "title": "x" });
        house.owner.post("/api/groups", body).await.refused(409, "name-taken");
        let board = make(&house.owner, None, "board").await;
        let body = json!({ "handle": "board", "title": "x", "space_id": two });
        house.owner.post("/api/groups", body.clone()).await.refused(409, "name-taken");
        house.owner.delete(&format!("/api/groups/{}", id_of(&board))).await.expect(204);
        house.owner.post("/api/groups", body).await.expect(201);
        for handle in ["channel", "two words", "", "<b>"] {
            let body = json!({ "handle": handle, "title": "x" });
            house.owner.post("/api/groups", body).await.refused(422, "invalid");
        }
        let body = json!({ "handle": "fine", "title": "x", "created_by": house.owner.id });
        house.owner.post("/api/groups", body).await.refused(422, "invalid");
    }

    async fn nobody_sees_the_groups_of_a_space_that_is_hidden_from_them(house: House) {
        let (ada, guest) = (house.member("Ada").await, house.guest("Gus", &house.general).await);
        let board = closed_space(&house, "Board").await;
        let hidden = make(&house.owner, Some(&board), "zanzibar").await;
        let ours = make(&house.owner, Some(&house.space), "crew").await;
        let all = make(&house.owner, None, "everywhere").await;
        add(&house.owner, &ours, &[&ada, &guest]).await;
        add(&house.owner, &all, &[&ada]).await;
        assert_eq!(handles(&ada, "").await, ["crew", "everywhere"]);
        assert_eq!(handles(&guest, "").await, ["crew"], "a guest sees the groups of their spaces");
        assert_eq!(handles(&guest, &format!("?person={}", ada.id)).await, ["crew"]);
        assert_eq!(handles(&house.owner, "").await, ["crew", "everywhere", "zanzibar"]);
        let ids = format!("?ids={},{},{}", id_of(&hidden), id_of(&ours), id_of(&all));
        assert_eq!(handles(&guest, &ids).await, ["crew"]);
        ada.get(&format!("/api/groups?space={board}")).await.refused(404, "not-found");
        for (person, group) in [(&ada, &hidden), (&guest, &hidden), (&guest, &all)] {
            let path = format!("/api/groups/{}", id_of(group));
            for path in [path.clone(), format!("{path}/members")] {
                person.get(&path).await.refused(404, "not-found");
            }
            person.post(&format!("{path}/join"), json!({})).await.refused(404, "not-found");
            person.delete(&path).await.refused(404, "not-found");
        }
        guest.post("/api/groups", json!({ "handle": "mine", "title": "x" })).await.refused(403, "forbidden");
        let body = json!({ "people": [guest.id] });
        house.owner.post(&format!("/api/groups/{}/members", id_of(&all)), body).await.refused(409, "conflict");
    }

    async fn a_guest_sees_in_a_group_only_whom_they_see_elsewhere(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let side = house.channel(&ada, "side", "public").await;
        let guest = house.guest("Gus", &side).await;
        let group = make(&house.owner, Some(&house.space), "crew").await;
        add(&house.owner, &group, &[&ada, &bob]).await;
        assert_eq!(members(&guest, &group).await, vec![ada.id.clone()], "Bob is in no channel of the guest's");
    }

    async fn open_groups_are_joined(house: House) {
        let (ada, otto) = (house.member("Ada").await, house.outsider("Otto").await);
        let guest = house.guest("Gus", &house.general).await;
        let body = json!({ "handle": "lunch", "title": "Lunch", "space_id": house.space, "open": true });
        let group = house.owner.post("/api/groups", body).await.expect(201);
        let join = format!("/api/groups/{}/join", id_of(&group));
        let joined = ada.post(&join, json!({})).await.expect(200);
        assert_eq!((&joined["is_member"], &joined["n_members"]), (&json!(true), &json!(1)));
        ada.post(&join, json!({})).await.expect(200);
        guest.post(&join, json!({})).await.expect(200);
        otto.post(&join, json!({})).await.refused(403, "forbidden");
        let everywhere = json!({ "handle": "walks", "title": "Walks", "open": true });
        let everywhere = house.owner.post("/api/groups", everywhere).await.expect(201);
        otto.post(&format!("/api/groups/{}/join", id_of(&everywhere)), json!({})).await.expect(200);
    }

    async fn only_people_of_the_space_are_in_its_groups(house: House) {
        let (ada, otto) = (house.member("Ada").await, house.outsider("Otto").await);
        let group = make(&house.owner, Some(&house.space), "crew").await;
        let path = format!("/api/groups/{}/members", id_of(&group));
        for (people, status, slug) in [
            (json!([ada.id, otto.id]), 409, "conflict"),
            (json!([ada.id, spaces::testing::new_id()]), 404, "not-found"),
            (json!(vec![ada.id.clone(); 501]), 422, "invalid"),
        ] {
            house.owner.post(&path, json!({ "people": people })).await.refused(status, slug);
        }
        assert!(members(&ada, &group).await.is_empty(), "all or none");
        add(&house.owner, &group, &[&ada]).await;
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        ada.post(&format!("/api/spaces/{}/leave", house.space), json!({})).await.expect(204);
        let event = listener.event("group.members_changed").await;
        assert_eq!((&event["body"]["left"], &event["body"]["n_members"]), (&json!([ada.id]), &json!(0)));
        assert!(members(&house.owner, &group).await.is_empty());
    }

    async fn who_is_erased_is_in_no_group(house: House) {
        let ada = house.member("Ada").await;
        let (ours, all) = (make(&house.owner, Some(&house.space), "crew").await, make(&house.owner, None, "board").await);
        for group in [&ours, &all] {
            add(&house.owner, group, &[&ada]).await;
        }
        let body = json!({ "password": PASSWORD, "messages": "keep" });
        ada.post("/api/me/erase", body).await.expect(204);
        for group in [&ours, &all] {
            assert!(members(&house.owner, group).await.is_empty());
            let group = house.owner.get(&format!("/api/groups/{}", id_of(group))).await.expect(200);
            assert_eq!(group["n_members"], 0);
        }
    }

    async fn a_whole_group_comes_into_a_channel_or_a_space(house: House) {
        let (ada, bob, otto) = (house.member("Ada").await, house.member("Bob").await, house.outsider("Otto").await);
        let group = make(&house.owner, None, "board").await;
        add(&house.owner, &group, &[&ada, &bob, &otto]).await;
        let secret = house.channel(&ada, "secret", "private").await;
        let into = format!("/api/channels/{secret}/groups/{}", id_of(&group));
        bob.put(&into, json!({})).await.refused(404, "not-found");
        let brought = ada.put(&into, json!({})).await.expect(200);
        assert_eq!(brought, json!({ "n_added": 1, "n_there": 1, "n_left_out": 1 }), "Bob; herself; Otto is not in the space");
        bob.get(&format!("/api/channels/{secret}/members")).await.expect(200);
        let into = format!("/api/spaces/{}/groups/{}", house.space, id_of(&group));
        ada.put(&into, json!({})).await.refused(403, "forbidden");
        let brought = house.owner.put(&into, json!({})).await.expect(200);
        assert_eq!(brought, json!({ "n_added": 1, "n_there": 2, "n_left_out": 0 }));
        otto.get(&format!("/api/channels/{}/members", house.general)).await.expect(200);
        let hidden = closed_space(&house, "Board").await;
        let hidden = make(&house.owner, Some(&hidden), "zanzibar").await;
        ada.put(&format!("/api/channels/{secret}/groups/{}", id_of(&hidden)), json!({})).await.refused(404, "not-found");
    }

    async fn a_channel_tells_whom_its_groups_call(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let guest = house.guest("Gus", &house.general).await;
        let (ours, all) = (make(&house.owner, Some(&house.space), "crew").await, make(&house.owner, None, "board").await);
        add(&house.owner, &ours, &[&ada, &bob, &guest]).await;
        add(&house.owner, &all, &[&bob]).await;
        let secret = house.channel(&ada, "secret", "private").await;
        let called = |found: &Value| -> Vec<(String, i64)> {
            let items = found["items"].as_array().into_iter().flatten();
            items.map(|group| (group["handle"].as_str().unwrap_or_default().to_owned(), group["n_called"].as_i64().unwrap_or(-1))).collect()
        };
        let of = |name: &str, n: i64| (name.to_owned(), n);
        let found = ada.get(&format!("/api/channels/{}/groups", house.general)).await.expect(200);
        assert_eq!((called(&found), &found["n_called"]), (vec![of("board", 1), of("crew", 2)], &json!(2)), "Bob and Gus, without whoever asks");
        let found = ada.get(&format!("/api/channels/{secret}/groups")).await.expect(200);
        assert_eq!(called(&found), [of("board", 0), of("crew", 0)], "nobody else may read it");
        let found = guest.get(&format!("/api/channels/{}/groups", house.general)).await.expect(200);
        assert_eq!(called(&found), [of("crew", 2)], "a guest calls only groups of the space");
        let found = ada.get(&format!("/api/channels/{}/groups?ids={}", house.general, id_of(&all))).await.expect(200);
        assert_eq!((called(&found), &found["n_called"]), (vec![of("board", 1)], &json!(1)));
        bob.get(&format!("/api/channels/{secret}/groups")).await.refused(404, "not-found");
    }

    async fn a_list_invites_into_groups_of_the_space(house: House) {
        let space = closed_space(&house, "Class 9").await;
        let (crew, reds) = (make(&house.owner, Some(&space), "crew").await, make(&house.owner, Some(&space), "reds").await);
        make(&house.owner, Some(&house.space), "elsewhere").await;
        let send = async |path: &str, list: &str| {
            let headers = [("content-type", "text/csv")];
            let path = format!("/api/invitations/list{path}");
            house.owner.send(Method::POST, &path, &headers, list.as_bytes().to_vec()).await.expect(200)
        };
        let list = "mail,space,groups\n\
            nia@example.org,Class 9,@Crew; the reds\n\
            gil@example.org,Class 9,crew|elsewhere\n\
            ida@example.org,,crew\n\
            ole@example.org,Class 9,\n";
        let look = send("/look", list).await;
        let states: Vec<_> = look["lines"].as_array().into_iter().flatten().map(|line| line["state"].clone()).collect();
        assert_eq!(states, ["new", "wrong_group", "wrong_group", "new"]);
        let report = send("", list).await["report"].as_str().unwrap().to_owned();
        assert!(report.contains("unknown group"), "{report}");
        let links: Vec<&str> = report.split('"').filter_map(|part| part.rsplit_once("/join/")).map(|(_, token)| token).collect();
        assert_eq!(links.len(), 2, "{report}");
        let (mut listener, _) = Listener::open(&house.owner, json!({})).await;
        let nia = enter(&house.server, house.accept(links[0], "Nia").await);
        let event = listener.event("group.members_changed").await;
        assert_eq!((&event["actor"], &event["body"]["joined"]), (&json!(house.owner.id), &json!([nia.id])));
        for group in [&crew, &reds] {
            assert_eq!(members(&house.owner, group).await, std::slice::from_ref(&nia.id));
        }
        let ole = enter(&house.server, house.accept(links[1], "Ole").await);
        assert_eq!(handles(&ole, &format!("?person={}", ole.id)).await, Vec::<String>::new());
    }
}

//! Whoever may not read a channel learns nothing of it from search: no hit, no name, no count, no difference.

use super::*;

const WORD: &str = "Zwetschgendatschi";

/// Everything that search says to somebody who asks for the word in many ways.
async fn all_answers(person: &TestPerson) -> String {
    let mut answers = String::new();
    for query in [
        WORD,
        "zwet*",
        "from:olga",
        "in:kitchen",
        "in:kitchen zwet",
        "has:link",
        "is:topic",
        "-nothing",
        "is:decided",
        "before:2030",
        "recipe",
    ] {
        for sort in ["newest", "best"] {
            let path = format!("/api/search?q={}&sort={sort}", encoded(query));
            answers.push_str(&person.get(&path).await.expect(200).to_string());
        }
        let path = format!("/api/search/places?q={}", encoded(query));
        answers.push_str(&person.get(&path).await.expect(200).to_string());
    }
    answers
}

#[track_caller]
fn knows_nothing(answers: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!answers.contains(secret), "{secret} in {answers}");
    }
    assert!(!answers.contains("\"hit\":true"), "{answers}");
}

both_stores! {
    async fn a_rare_word_in_a_private_channel_is_found_by_its_members_only(house: House) {
        let owner = &house.owner;
        let kitchen = house.channel(owner, "kitchen", "private").await;
        let (member, outsider) = (house.member("Mara").await, house.outsider("Otto").await);
        let guest = house.guest("Gus", &house.general).await;
        let removed = house.member("Rita").await;
        owner.put(&format!("/api/channels/{kitchen}/members/{}", removed.id), json!({ "role": "member" })).await.expect(204);
        say(&house, owner, &kitchen, &format!("{WORD} https://recipe.example")).await;
        let topic = begin_topic(&house, owner, &kitchen, &format!("{WORD} recipe"), "ours").await;
        let secrets = [WORD, kitchen.as_str(), &id_of(&topic)];

        assert_eq!(found(owner, WORD).await.len(), 2);
        assert_eq!(found(&removed, WORD).await.len(), 2);
        owner.delete(&format!("/api/channels/{kitchen}/members/{}", removed.id)).await.expect(204);
        for person in [&member, &outsider, &guest, &removed] {
            knows_nothing(&all_answers(person).await, &secrets);
        }
        // A channel that is hidden and one that is not there are told alike.
        let hidden = search(&member, "in:kitchen").await.to_string();
        let absent = search(&member, "in:chicken").await.to_string();
        assert_eq!(hidden.replace("kitchen", "x"), absent.replace("chicken", "x"));
    }

    async fn a_direct_conversation_is_found_by_its_people_only(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let direct = ada.post("/api/directs", json!({ "people": [bob.id] })).await;
        let direct = id_of(&direct.body);
        say(&house, &ada, &direct, WORD).await;
        assert_eq!(found(&bob, "in:@ada").await, [WORD]);
        assert_eq!(found(&ada, "zwet in:bob").await, [WORD]);
        // Not even the owner.
        knows_nothing(&all_answers(&house.owner).await, &[WORD, &direct]);
    }

    async fn a_guest_finds_neither_open_channels_nor_people_elsewhere(house: House) {
        let owner = &house.owner;
        let guest = house.guest("Gus", &house.general).await;
        let open = house.channel(owner, "kitchen", "public").await;
        let ada = house.member("Ada").await;
        ada.post(&format!("/api/channels/{open}/join"), json!({})).await.expect(200);
        ada.post(&format!("/api/channels/{}/leave", house.general), json!({})).await.expect(204);
        say(&house, &ada, &open, WORD).await;
        knows_nothing(&all_answers(&guest).await, &[WORD, &open, &ada.id]);
        assert_eq!(notes(&guest, "from:ada").await, [("nobody".to_owned(), "ada".to_owned())]);
        assert_eq!(found(owner, WORD).await, [WORD]);
    }

    async fn members_of_a_space_find_what_they_could_open(house: House) {
        let (ada, bob) = (house.member("Ada").await, house.member("Bob").await);
        let outsider = house.outsider("Otto").await;
        let open = house.channel(&ada, "kitchen", "public").await;
        say(&house, &ada, &open, WORD).await;
        assert_eq!(found(&bob, WORD).await, [WORD]);
        knows_nothing(&all_answers(&outsider).await, &[WORD, &open]);
        house.owner.delete(&format!("/api/spaces/{}/members/{}", house.space, bob.id)).await.expect(204);
        knows_nothing(&all_answers(&bob).await, &[WORD, &open]);
    }
}

//! What is shown of teams, and what is not.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

async fn group(house: &House, handle: &str, people: &[&TestPerson]) -> String {
    let body = json!({ "handle": handle, "title": handle, "space_id": null, "open": false });
    let id = id_of(&house.owner.post("/api/groups", body).await.expect(201));
    add(house, &id, people).await;
    id
}

async fn add(house: &House, group: &str, people: &[&TestPerson]) {
    let people: Vec<&String> = people.iter().map(|person| &person.id).collect();
    let path = format!("/api/groups/{group}/members");
    let added = house.owner.post(&path, json!({ "people": people })).await;
    assert!(added.status < 300, "{}", added.body);
}

async fn take_out(house: &House, group: &str, person: &TestPerson) {
    let path = format!("/api/groups/{group}/members/{}", person.id);
    house.owner.delete(&path).await.expect(204);
}

/// The next week is over.
async fn next_week(house: &House) {
    pass(house, WEEK).await;
    assert_eq!(crate::count_due(&house.server.app).await.unwrap(), 1);
}

/// What somebody is shown of the last week: each team's figures, or that there are none.
async fn shown_to(who: &TestPerson) -> BTreeMap<String, Value> {
    let view = who.get("/api/numbers/team").await.expect(200);
    let teams = view["teams"].as_array().unwrap();
    let last = |team: &Value| (id_of(team), team["weeks"][0]["figures"].clone());
    teams.iter().map(last).collect()
}

async fn people(house: &House, n: usize) -> Vec<TestPerson> {
    let mut people = Vec::new();
    for idx in 0..n {
        people.push(person(house, &format!("Person {idx}")).await);
    }
    people
}

async fn whole(house: &House) -> (Value, Value) {
    let view = house.owner.get("/api/numbers/team").await.expect(200);
    let team = &view["teams"][0];
    assert_eq!(team["kind"], "workspace");
    (
        team["weeks"][0]["week"].clone(),
        team["weeks"][0]["figures"].clone(),
    )
}

both_stores! {
    async fn four_are_nobody_s_business_and_five_are_a_team(house: House) {
        let _three = people(&house, 3).await;
        pass(&house, TO_NOON).await;
        next_week(&house).await;
        assert_eq!(whole(&house).await, (json!("2026-11-23"), json!(null)));
        let fifth = person(&house, "Fifth").await;
        house.guest("Gus", &house.general).await;
        pass(&house, 8 * HOUR).await;
        for _ in 0..3 {
            say(&fifth, &house.general).await;
        }
        house.server.app.clock.set(START);
        house.server.advance(WEEK + TO_NOON);
        next_week(&house).await;
        let (week, figures) = whole(&house).await;
        assert_eq!(week, "2026-11-30");
        assert_eq!((&figures["n_sent_outside_hours"], &figures["held_percent"]), (&json!(5), &json!(null)), "three are told as five, and whose they were is not");
        let guests = house.guest("Gil", &house.general).await;
        assert_eq!(guests.get("/api/numbers/team").await.expect(200)["teams"], json!([]));
    }

    async fn teams_that_overlap_but_for_a_few_are_not_both_shown(house: House) {
        let all = people(&house, 11).await;
        let refs: Vec<&TestPerson> = all.iter().collect();
        let nearly = group(&house, "nearly", &refs[..10]).await;
        let half = group(&house, "half", &refs[..6]).await;
        let few = group(&house, "few", &refs[..4]).await;
        pass(&house, TO_NOON).await;
        next_week(&house).await;
        let shown = shown_to(&all[0]).await;
        assert!(shown[&nearly].is_null(), "two would be left of the workspace");
        assert!(shown[&half].is_object(), "six and six");
        assert!(shown[&few].is_null());
        assert!(!shown_to(&all[10]).await.contains_key(&half), "it is theirs who are in it");
        assert!(!shown_to(&house.owner).await.contains_key(&half), "also for who looks after everything");
    }

    async fn a_few_who_come_wait_and_a_few_who_go_hide_it(house: House) {
        let all = people(&house, 14).await;
        let refs: Vec<&TestPerson> = all.iter().collect();
        let id = group(&house, "team", &refs[..6]).await;
        pass(&house, TO_NOON).await;
        next_week(&house).await;
        assert!(shown_to(&all[0]).await[&id].is_object());
        add(&house, &id, &refs[6..7]).await;
        pass(&house, 8 * HOUR).await;
        say(&all[6], &house.general).await;
        house.server.app.clock.set(START);
        house.server.advance(WEEK + TO_NOON);
        next_week(&house).await;
        let figures = shown_to(&all[0]).await[&id].clone();
        assert_eq!(figures["n_sent_outside_hours"], 0, "who came is not counted yet");
        take_out(&house, &id, &all[0]).await;
        next_week(&house).await;
        assert!(shown_to(&all[1]).await[&id].is_null(), "one has gone");
        for _ in 0..3 {
            next_week(&house).await;
            assert!(shown_to(&all[1]).await[&id].is_null());
        }
        next_week(&house).await;
        assert!(shown_to(&all[1]).await[&id].is_object(), "what was shown is long ago");
    }

    async fn k_is_raised_and_never_lowered(house: House) {
        let all = people(&house, 6).await;
        let path = "/api/numbers/policy";
        all[0].put(path, json!({ "k": 6 })).await.refused(403, "forbidden");
        pass(&house, TO_NOON).await;
        next_week(&house).await;
        assert!(whole(&house).await.1.is_object());
        house.owner.put(path, json!({ "k": 8 })).await.expect(200);
        assert_eq!(whole(&house).await.1, json!(null), "also what was counted before");
        for k in [4, 5, 7, 1_001] {
            house.owner.put(path, json!({ "k": k })).await.refused(422, "invalid");
        }
        next_week(&house).await;
        assert_eq!(whole(&house).await.1, json!(null));
        let view = all[0].get("/api/numbers/team").await.expect(200);
        assert_eq!((&view["k"], &view["can_raise"]), (&json!(8), &json!(false)));
    }

    async fn a_week_is_counted_once_whatever_the_clock_does(house: House) {
        people(&house, 5).await;
        pass(&house, TO_NOON).await;
        assert_eq!(crate::count_due(&house.server.app).await.unwrap(), 0, "the workspace began in this week");
        next_week(&house).await;
        let first = house.owner.get("/api/numbers/team").await.expect(200);
        say(&house.owner, &house.general).await;
        house.server.app.clock.set_back(2 * HOUR);
        assert_eq!(crate::count_due(&house.server.app).await.unwrap(), 0);
        house.server.advance(Duration::from_secs(24 * 3_600));
        assert_eq!(crate::count_due(&house.server.app).await.unwrap(), 0);
        assert_eq!(house.owner.get("/api/numbers/team").await.expect(200), first);
        // It was down for a while: as far back as anything is known.
        house.server.advance(8 * WEEK);
        assert_eq!(crate::count_due(&house.server.app).await.unwrap(), 4);
        let (one, other) = tokio::join!(crate::count_due(&house.server.app), crate::count_due(&house.server.app));
        assert_eq!(one.unwrap() + other.unwrap(), 0);
    }

    /// Whoever joins and leaves whatever: what is shown over the weeks, by adding and taking away, is about five or nobody.
    async fn no_sum_and_no_difference_of_what_is_shown_is_about_a_few(house: House) {
        let all = people(&house, 12).await;
        let refs: Vec<&TestPerson> = all.iter().collect();
        let mut dice = 0x2545_f491_4f6c_dd1d_u64;
        let mut roll = move |n: u64| {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice % n
        };
        let mut members: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (handle, from, to) in [("one", 0, 7), ("two", 3, 12), ("three", 5, 11)] {
            let id = group(&house, handle, &refs[from..to]).await;
            members.insert(id, (from..to).collect());
        }
        pass(&house, TO_NOON).await;
        let mut last: BTreeMap<String, (u32, BTreeSet<usize>)> = BTreeMap::new();
        let mut n_shown = 0;
        for week in 0..6 {
            for (id, people) in &mut members {
                for _ in 0..roll(4) {
                    let who = usize::try_from(roll(12)).unwrap();
                    if people.remove(&who) {
                        take_out(&house, id, &all[who]).await;
                    } else {
                        people.insert(who);
                        add(&house, id, &refs[who..=who]).await;
                    }
                }
            }
            next_week(&house).await;
            let mut shown: BTreeMap<String, Value> = BTreeMap::new();
            for person in &all {
                shown.extend(shown_to(person).await);
            }
            let mut pieces: BTreeMap<usize, Vec<String>> = (0..12).map(|who| (who, Vec::new())).collect();
            for (id, people) in &members {
                if !shown.get(id).is_some_and(Value::is_object) {
                    continue;
                }
                n_shown += 1;
                let about = match last.get(id).filter(|(before, _)| week - before <= 4) {
                    Some((_, before)) if before.symmetric_difference(people).count() < 5 => {
                        assert!(before.is_subset(people), "somebody has gone in week {week}");
                        before.clone()
                    }
                    _ => people.clone(),
                };
                assert!(about.len() >= 5);
                for who in &about {
                    pieces.get_mut(who).unwrap().push(id.clone());
                }
                last.insert(id.clone(), (week, about));
            }
            let mut sizes: BTreeMap<Vec<String>, usize> = BTreeMap::new();
            for memberships in pieces.into_values() {
                *sizes.entry(memberships).or_default() += 1;
            }
            // The owner is in no group, and in the workspace.
            *sizes.entry(Vec::new()).or_default() += 1;
            assert!(sizes.iter().all(|(_, n)| *n >= 5), "{week}: {sizes:?}");
        }
        assert!(n_shown > 2, "something was shown at all");
    }
}

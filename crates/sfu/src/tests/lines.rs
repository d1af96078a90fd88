//! What a line holds: who gets how much of it, and how it is when it gets narrow, wide and bad.

use std::time::Duration;

use livekit_protocol as proto;
use proto::signal_request::Message as Asked;

use crate::testing::*;
use crate::*;

/// Ada speaks and shows her screen, Cy and Dee show themselves in one layer, Bob gets it all.
fn a_full_call(topology: Topology) -> Call {
    let mut call = Call::new(3);
    call.join("ada", Topology::One);
    call.join("bob", topology);
    call.clients[0].speak("mic");
    for (idx, name) in [(2, "cy"), (3, "dee")] {
        call.join(name, Topology::One);
        call.clients[idx].show_plainly("cam");
    }
    // The screen comes last, and is the first nevertheless.
    call.run_ms(500);
    call.clients[0].show_screen("screen");
    call.clients[0].published[1].layers[0].size = 800;
    call.run(Duration::from_secs(10));
    for (client, published) in [(0, 0), (0, 1), (2, 0), (3, 0)] {
        assert!(
            n_in_a_second(&mut call, client, published) >= 24,
            "{client} {published}"
        );
    }
    call
}

fn sid(call: &Call, client: usize, published: usize) -> String {
    call.clients[client].published[published].sid.clone().unwrap()
}

fn n_heard(call: &Call, client: usize, published: usize) -> usize {
    let heard = call.clients[1].heard.get(&sid(call, client, published));
    heard.map_or(0, Vec::len)
}

/// How many packets of it Bob gets in the next second.
fn n_in_a_second(call: &mut Call, client: usize, published: usize) -> usize {
    let before = n_heard(call, client, published);
    call.run_ms(1_000);
    n_heard(call, client, published) - before
}

fn rank_now(call: &Call, client: usize, published: usize) -> u8 {
    let heard = &call.clients[1].heard[&sid(call, client, published)];
    heard.last().unwrap().picture.unwrap().rank
}

#[test]
fn on_a_narrow_line_sound_goes_on_the_screen_comes_first_and_the_rest_is_paused() {
    for topology in [Topology::One, Topology::Two] {
        let mut call = a_full_call(topology);
        call.clients[1].down.rate_bps = Some(300_000);
        call.run(Duration::from_secs(20));
        let (mut n_sounds, mut n_screens, mut n_others) = (0, 0, 0);
        for _ in 0..10 {
            let before = [
                n_heard(&call, 0, 0),
                n_heard(&call, 0, 1),
                n_heard(&call, 2, 0) + n_heard(&call, 3, 0),
            ];
            call.run_ms(1_000);
            n_sounds += n_heard(&call, 0, 0) - before[0];
            n_screens += n_heard(&call, 0, 1) - before[1];
            n_others += n_heard(&call, 2, 0) + n_heard(&call, 3, 0) - before[2];
        }
        assert!(n_sounds >= 490, "{topology:?}: {n_sounds} of 500 sounds");
        assert!(n_screens >= 200, "{topology:?}: {n_screens} of 250 screens");
        assert!(n_others <= 25, "{topology:?}: {n_others} others");
        for client in [2, 3] {
            assert_eq!(call.clients[1].pauses(&sid(&call, client, 0)).last(), Some(&true));
        }
        // It opens again.
        call.clients[1].down.rate_bps = None;
        call.run(Duration::from_secs(30));
        for client in [2, 3] {
            let sid = sid(&call, client, 0);
            assert_eq!(
                call.clients[1].pauses(&sid).last(),
                Some(&false),
                "{topology:?} {client}"
            );
            let heard = &call.clients[1].heard[&sid];
            let first_again = heard
                .windows(2)
                .rev()
                .find(|pair| pair[1].at - pair[0].at > Duration::from_secs(1));
            assert!(
                first_again.unwrap()[1].picture.unwrap().is_beginning,
                "it begins anew"
            );
            assert!(n_in_a_second(&mut call, client, 0) >= 24);
        }
    }
}

#[test]
fn on_a_narrow_line_faces_get_small_and_on_a_wide_one_large_again() {
    let mut call = Call::new(4);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    call.clients[0].show("cam");
    call.join("bob", Topology::Two);
    call.run(Duration::from_secs(5));
    assert_eq!(rank_now(&call, 0, 1), 2);
    call.clients[1].down.rate_bps = Some(180_000);
    call.run(Duration::from_secs(15));
    assert_eq!(rank_now(&call, 0, 1), 0);
    assert!(n_in_a_second(&mut call, 0, 1) >= 20);
    assert!(n_in_a_second(&mut call, 0, 0) >= 48);
    call.clients[1].down.rate_bps = None;
    call.run(Duration::from_secs(30));
    assert_eq!(rank_now(&call, 0, 1), 2);
    assert_eq!(
        call.clients[1].pauses(&sid(&call, 0, 1)),
        [false; 0],
        "it was never paused"
    );
}

#[test]
fn an_idle_line_is_not_flooded_and_one_that_shows_little_is_tried_little() {
    let mut call = Call::new(5);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.clients[0].speak("mic");
    call.run(Duration::from_secs(5));
    let kbps = |call: &mut Call| {
        let before = call.clients[1].n_bytes_got;
        call.run(Duration::from_secs(20));
        (call.clients[1].n_bytes_got - before) * 8 / 20_000
    };
    let sound = kbps(&mut call);
    assert!(sound < 60, "{sound} kbit/s for a sound of 50");
    call.clients[0].show("cam");
    call.run(Duration::from_secs(5));
    let large = kbps(&mut call);
    assert!(
        large < 450,
        "{large} kbit/s for a picture of 270 and a sound of 50"
    );
    let settings = proto::UpdateTrackSettings {
        track_sids: vec![sid(&call, 0, 1)],
        width: 160,
        height: 90,
        ..Default::default()
    };
    call.signal(1, Asked::TrackSetting(settings));
    call.run(Duration::from_secs(5));
    let small = kbps(&mut call);
    assert!(
        small < 180,
        "{small} kbit/s for a picture of 75 and a sound of 50"
    );
}

#[test]
fn whoever_speaks_is_seen_first() {
    let mut call = Call::new(6);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.join("cy", Topology::One);
    for idx in [0, 2] {
        call.clients[idx].show("cam");
        call.clients[idx].speak("mic");
    }
    call.clients[2].published[1].layers[0].is_off = true;
    call.run(Duration::from_secs(5));
    let limit = |bps| {
        Asked::Simulate(proto::SimulateScenario {
            scenario: Some(proto::simulate_scenario::Scenario::SubscriberBandwidth(bps)),
        })
    };
    call.signal(1, limit(410_000));
    call.run(Duration::from_secs(5));
    assert_eq!(
        (rank_now(&call, 0, 0), rank_now(&call, 2, 0)),
        (2, 1),
        "ada speaks"
    );
    call.clients[0].published[1].layers[0].is_off = true;
    call.clients[2].published[1].layers[0].is_off = false;
    call.run(Duration::from_secs(5));
    assert!(
        rank_now(&call, 0, 0) < 2 && rank_now(&call, 2, 0) == 2,
        "cy speaks"
    );
    call.signal(1, limit(0));
    call.run(Duration::from_secs(5));
    assert_eq!(
        (rank_now(&call, 0, 0), rank_now(&call, 2, 0)),
        (2, 2),
        "there is room for both"
    );
}

#[test]
fn a_publisher_learns_what_its_own_way_holds() {
    for topology in [Topology::One, Topology::Two] {
        let mut call = Call::new(7);
        call.clients_reckon = true;
        call.join("ada", topology);
        call.clients[0].show("cam");
        call.clients[0].want_to_send(1_500);
        call.run(Duration::from_secs(10));
        let estimate_bps = call.clients[0].own_estimate_bps.unwrap();
        assert!(estimate_bps > 1_000_000, "{topology:?}: {estimate_bps}");
        call.clients[0].up.rate_bps = Some(350_000);
        call.run(Duration::from_secs(10));
        let estimate_bps = call.clients[0].own_estimate_bps.unwrap();
        assert!(estimate_bps < 450_000, "{topology:?}: {estimate_bps}");
    }
}

#[test]
fn a_bad_line_with_packets_in_another_order_costs_few_pictures() {
    for (loss_permille, most_percent) in [(10, 2), (50, 5), (100, 9)] {
        let mut call = Call::new(8);
        call.join("ada", Topology::One);
        call.clients[0].show("cam");
        call.join("bob", Topology::Two);
        call.run(Duration::from_secs(3));
        call.clients[1].down = Link {
            jitter: Duration::from_millis(60),
            ..Link::lossy(loss_permille)
        };
        call.run(Duration::from_secs(30));
        // What is still asked for at the end may come.
        call.clients[1].down = Link::default();
        call.run(Duration::from_secs(1));
        let heard = &call.clients[1].heard[&sid(&call, 0, 0)];
        assert!(
            heard.windows(2).any(|pair| pair[1].seq < pair[0].seq),
            "some were turned round"
        );
        let seqs: std::collections::BTreeSet<u64> = heard.iter().map(|heard| heard.seq).collect();
        let n_sent = (seqs.last().unwrap() - seqs.first().unwrap()) as usize + 1;
        assert!(n_sent > 800, "{n_sent}");
        let n_missing = n_sent - seqs.len();
        assert!(
            n_missing * 100 <= n_sent * most_percent,
            "{loss_permille} per mille: {n_missing} of {n_sent} missing"
        );
    }
}

#[test]
fn numbers_and_time_of_pictures_roll_over_unseen() {
    let mut call = Call::new(9);
    call.join("ada", Topology::One);
    call.clients[0].show_from("cam", 65_500, u32::MAX - 200_000);
    call.join("bob", Topology::Two);
    call.run(Duration::from_secs(10));
    let heard = &call.clients[1].heard[&sid(&call, 0, 0)];
    assert!(heard.len() > 200);
    for pair in heard.windows(2) {
        assert_eq!(pair[1].seq, pair[0].seq + 1);
        let passed = pair[1].rtp_ts.wrapping_sub(pair[0].rtp_ts);
        assert!(
            passed == 3_600 || pair[1].picture.unwrap().is_beginning,
            "{passed}"
        );
    }
}

#[test]
fn ten_minutes_of_faces_are_whole() {
    let mut call = Call::new(10);
    for (idx, name) in ["ada", "bob", "cy"].into_iter().enumerate() {
        call.join(
            name,
            if idx % 2 == 0 {
                Topology::One
            } else {
                Topology::Two
            },
        );
        call.clients[idx].show("cam");
        call.clients[idx].speak("mic");
    }
    call.run(Duration::from_secs(600));
    for client in &call.clients {
        assert_eq!(client.heard.len(), 4);
        for (sid, heard) in &client.heard {
            let of_picture = heard[0].picture.is_some();
            assert!(
                heard.len() > if of_picture { 14_900 } else { 29_900 },
                "{}",
                heard.len()
            );
            assert!(heard.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1));
            assert_eq!(client.pauses(sid), [false; 0]);
            if let Some(picture) = heard.last().and_then(|heard| heard.picture) {
                assert_eq!(picture.rank, 2);
            }
        }
    }
}

//! How good everybody's connection is, and who is told.

use std::time::Duration;

use livekit_protocol as proto;
use proto::ConnectionQuality as Quality;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

/// Ada and Bob speak and are seen, Cy looks on.
fn three_people() -> Call {
    let mut call = Call::new(13);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.join("cy", Topology::Two);
    for client in [0, 1] {
        call.clients[client].speak("mic");
        call.clients[client].show("cam");
    }
    call.run(Duration::from_secs(16));
    call
}

/// What `client` was told of the connection of `name`, oldest first.
fn told(call: &Call, client: usize, name: &str) -> Vec<Quality> {
    let is_them = |person: &&proto::ParticipantInfo| person.identity == name;
    let Some(person) = call.clients[client].people.values().find(is_them) else {
        return Vec::new();
    };
    let updates = call.clients[client].said.iter().filter_map(|said| match said {
        Said::ConnectionQuality(update) => Some(&update.updates),
        _ => None,
    });
    let theirs = updates
        .flatten()
        .filter(|info| info.participant_sid == person.sid);
    theirs.map(proto::ConnectionQualityInfo::quality).collect()
}

fn now(call: &Call, client: usize, name: &str) -> Option<Quality> {
    told(call, client, name).pop()
}

#[test]
fn good_connections_are_told_once_and_to_who_comes_later() {
    let mut call = three_people();
    for client in 0..3 {
        for name in ["ada", "bob", "cy"] {
            assert_eq!(
                told(&call, client, name),
                [Quality::Excellent],
                "{name} to {client}"
            );
        }
    }
    let mut dee = join("dee", Topology::One);
    dee.grants.is_hidden = true;
    let dee = call.join_as(dee).unwrap();
    call.run(Duration::from_secs(12));
    for name in ["ada", "bob", "cy", "dee"] {
        assert_eq!(now(&call, dee, name), Some(Quality::Excellent), "{name}");
    }
    let n_infos = |said: &Said| match said {
        Said::ConnectionQuality(update) => update.updates.len(),
        _ => 0,
    };
    let n_told: usize = call.clients[0].said.iter().map(n_infos).sum();
    assert_eq!(n_told, 3, "of the hidden one nobody hears");
}

#[test]
fn what_gets_lost_on_either_way_is_seen_by_all_and_over_when_it_is_over() {
    for loss_permille in [70, 200] {
        let mut call = three_people();
        call.clients[0].up = Link::lossy(loss_permille);
        call.clients[2].down = Link::lossy(loss_permille);
        call.run(Duration::from_secs(12));
        // Of a little that gets lost a few seconds may show nothing.
        let is_as_expected = |told: Vec<Quality>| match loss_permille {
            70 => told.iter().any(|quality| *quality != Quality::Excellent),
            _ => told.last() == Some(&Quality::Poor),
        };
        for client in 0..3 {
            assert!(is_as_expected(told(&call, client, "ada")), "{loss_permille}");
            assert!(is_as_expected(told(&call, client, "cy")), "{loss_permille}");
            assert_eq!(
                now(&call, client, "bob"),
                Some(Quality::Excellent),
                "{loss_permille}"
            );
        }
        (call.clients[0].up, call.clients[2].down) = (Link::default(), Link::default());
        call.run(Duration::from_secs(40));
        for name in ["ada", "cy"] {
            assert_eq!(now(&call, 1, name), Some(Quality::Excellent), "{loss_permille}");
        }
    }
}

#[test]
fn who_is_far_away_or_uneven_is_not_excellent() {
    let mut call = three_people();
    call.clients[0].up.delay = Duration::from_millis(300);
    call.clients[0].down.delay = Duration::from_millis(300);
    call.clients[1].up.jitter = Duration::from_millis(500);
    call.run(Duration::from_secs(20));
    assert_eq!(now(&call, 2, "ada"), Some(Quality::Good));
    assert_ne!(now(&call, 2, "bob"), Some(Quality::Excellent));
}

#[test]
fn whose_pictures_are_paused_or_smaller_than_wanted_has_no_good_connection() {
    let mut call = three_people();
    let limit = |bps| {
        Asked::Simulate(proto::SimulateScenario {
            scenario: Some(proto::simulate_scenario::Scenario::SubscriberBandwidth(bps)),
        })
    };
    for (bps, expected) in [
        (450_000, Quality::Good),
        (110_000, Quality::Poor),
        (0, Quality::Excellent),
    ] {
        call.signal(2, limit(bps));
        call.run(Duration::from_secs(15));
        assert_eq!(now(&call, 0, "cy"), Some(expected), "{bps}");
        assert_eq!(now(&call, 0, "bob"), Some(Quality::Excellent));
    }
}

#[test]
fn whose_network_is_gone_is_lost_and_found_again() {
    let mut call = three_people();
    call.clients[1].up = Link::lossy(1_000);
    call.clients[1].down = Link::lossy(1_000);
    call.run(Duration::from_secs(13));
    assert_eq!(now(&call, 0, "bob"), Some(Quality::Lost));
    call.clients[1].up = Link::default();
    call.clients[1].down = Link::default();
    call.clients[1].restart_ice();
    call.run(Duration::from_secs(25));
    assert_eq!(now(&call, 0, "bob"), Some(Quality::Excellent));
}

#[test]
fn whoever_watches_sees_how_all_lines_are() {
    let mut call = three_people();
    let good = call.room.gauge();
    assert_eq!(
        (good.lost_up_permille, good.n_tcp, good.n_relayed, good.n_paused),
        (0, 0, 0, 0)
    );
    assert!(
        good.round_trip <= good.longest_round_trip && good.longest_round_trip < Duration::from_millis(200)
    );
    call.clients[0].up = Link::lossy(300);
    call.clients[1].down.delay = Duration::from_millis(400);
    let limit = proto::SimulateScenario {
        scenario: Some(proto::simulate_scenario::Scenario::SubscriberBandwidth(110_000)),
    };
    call.signal(2, Asked::Simulate(limit));
    call.run(Duration::from_secs(15));
    let bad = call.room.gauge();
    assert!(
        (30..=200).contains(&bad.lost_up_permille),
        "a third of three lines: {bad:?}"
    );
    assert!(bad.longest_round_trip > Duration::from_millis(300), "{bad:?}");
    assert!(bad.round_trip < bad.longest_round_trip, "{bad:?}");
    assert_eq!(bad.n_paused, 1);
}

//! Coming in, speaking, being heard, going: in both topologies, on lines good and bad.

use std::time::Duration;

use livekit_protocol as proto;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

const BOTH: [(Topology, Topology); 4] = [
    (Topology::One, Topology::One),
    (Topology::One, Topology::Two),
    (Topology::Two, Topology::One),
    (Topology::Two, Topology::Two),
];

/// Ada speaks, Bob hears her.
fn a_conversation(seed: u64, (ada, bob): (Topology, Topology)) -> Call {
    let mut call = Call::new(seed);
    call.join("ada", ada);
    call.clients[0].speak("mic");
    call.join("bob", bob);
    call.run_until("bob hears ada", |call| call.clients[1].n_heard() > 0);
    call
}

fn the_track(call: &Call) -> String {
    call.clients[0].published[0].sid.clone().unwrap()
}

/// How many of the packets that were sent between the first and the last that came were not among those that came.
fn n_missing(call: &Call, client: usize) -> usize {
    let numbers: std::collections::BTreeSet<u32> = call.clients[client]
        .heard
        .values()
        .flatten()
        .map(|heard| heard.number)
        .collect();
    let (first, last) = (numbers.first().unwrap(), numbers.last().unwrap());
    (last - first) as usize + 1 - numbers.len()
}

#[test]
fn one_speaks_and_the_other_hears_every_packet_within_a_second_of_joining() {
    for topologies in BOTH {
        let mut call = Call::new(1);
        call.join("ada", topologies.0);
        call.clients[0].speak("mic");
        call.join("bob", topologies.1);
        call.run_ms(1_000);
        assert!(
            call.clients[1].n_heard() > 10,
            "{topologies:?}: {}",
            call.clients[1].n_heard()
        );
        call.run_ms(10_000);
        let heard = &call.clients[1].heard[&the_track(&call)];
        assert!(heard.len() > 490, "{topologies:?}: {}", heard.len());
        let is_next = |pair: &[Heard]| {
            let seq = pair[1].seq == pair[0].seq + 1;
            seq && pair[1].number == pair[0].number + 1 && pair[1].rtp_ts == pair[0].rtp_ts.wrapping_add(960)
        };
        assert!(heard.windows(2).all(is_next), "{topologies:?}");
    }
}

#[test]
fn of_a_bad_line_only_what_the_line_lost_is_missing() {
    for (loss_permille, most) in [(10, 20), (50, 70), (100, 125)] {
        let mut call = a_conversation(7, (Topology::One, Topology::Two));
        call.clients[1].down = Link::lossy(loss_permille);
        call.run(Duration::from_secs(20));
        let missing = n_missing(&call, 1);
        assert!(
            missing > 0 && missing <= most,
            "{loss_permille} per mille: {missing} of 1000"
        );
    }
}

#[test]
fn what_is_sent_twice_is_heard_whole_on_a_bad_line_and_once_by_whoever_does_not_know_it() {
    for (ada, bob) in [(Topology::One, Topology::Two), (Topology::Two, Topology::One)] {
        let mut call = Call::new(11);
        call.join("ada", ada);
        call.join("bob", bob);
        call.clients_know_red = false;
        call.join("cy", bob);
        call.clients[0].speak_twice("mic");
        call.run(Duration::from_secs(2));
        let info = call.clients[0].said.iter().find_map(|said| match said {
            Said::TrackPublished(published) => published.track.clone(),
            _ => None,
        });
        assert!(!info.expect("it is published").disable_red);
        let tap = call.room.tap(call.now, None);
        call.clients[1].down = Link::lossy(50);
        call.run(Duration::from_secs(20));
        let [bob, cy] = [1, 2].map(|idx| &call.clients[idx]);
        let n_red = bob.n_red;
        assert!(n_red > 900 && cy.n_red == 0, "{n_red} {}", cy.n_red);
        // One of twenty is lost, two in a row one time in four hundred.
        let missing = n_missing(&call, 1);
        assert!(missing <= 8, "{missing} of 1000");
        assert_eq!(n_missing(&call, 2), 0);
        let tapped = std::iter::from_fn(|| call.room.poll_tap(tap));
        let lens: Vec<usize> = tapped.map(|tapped| tapped.payload.len()).collect();
        assert!(lens.len() > 900 && lens.iter().all(|len| *len == 80), "{lens:?}");
    }
}

#[test]
fn what_jitter_turned_round_arrives_with_its_own_place() {
    let mut call = a_conversation(3, (Topology::Two, Topology::One));
    call.clients[0].up = Link::jittery(70);
    call.run(Duration::from_secs(10));
    // What is still under way at the end is not missing.
    call.clients[0].up = Link::default();
    call.run_ms(500);
    let heard = &call.clients[1].heard[&the_track(&call)];
    assert!(
        heard.windows(2).any(|pair| pair[1].number < pair[0].number),
        "some were turned round"
    );
    assert_eq!(n_missing(&call, 1), 0);
    let shifts: std::collections::BTreeSet<i64> = heard
        .iter()
        .map(|heard| heard.seq as i64 - i64::from(heard.number))
        .collect();
    assert_eq!(shifts.len(), 1, "every packet keeps its distance to its number");
}

#[test]
fn numbers_and_time_roll_over_unheard() {
    let mut call = Call::new(5);
    call.join("ada", Topology::One);
    call.clients[0].speak_from("mic", 65_400, u32::MAX - 96_000);
    call.join("bob", Topology::Two);
    call.run(Duration::from_secs(10));
    assert_eq!(n_missing(&call, 1), 0);
    let heard = &call.clients[1].heard[&the_track(&call)];
    assert!(heard.len() > 450, "{}", heard.len());
    assert!(
        heard
            .windows(2)
            .all(|pair| pair[1].rtp_ts.wrapping_sub(pair[0].rtp_ts) == 960)
    );
}

#[test]
fn ten_minutes_of_four_people_who_all_speak_lose_nothing() {
    let mut call = Call::new(9);
    for (idx, name) in ["ada", "bob", "cy", "dee"].into_iter().enumerate() {
        call.join(
            name,
            if idx % 2 == 0 {
                Topology::One
            } else {
                Topology::Two
            },
        );
        call.clients[idx].speak("mic");
    }
    call.run(Duration::from_secs(600));
    for client in &call.clients {
        assert_eq!(client.heard.len(), 3);
        for heard in client.heard.values() {
            assert!(heard.len() > 29_900, "{}", heard.len());
            assert!(heard.windows(2).all(|pair| pair[1].number == pair[0].number + 1));
        }
    }
}

#[test]
fn a_narrow_line_of_one_costs_the_others_nothing() {
    let mut call = a_conversation(4, (Topology::One, Topology::One));
    call.join("cy", Topology::Two);
    call.run_ms(1_000);
    call.clients[2].down.rate_bps = Some(20_000);
    let before = call.clients[1].n_heard();
    call.run(Duration::from_secs(10));
    assert_eq!(call.clients[1].n_heard() - before, 500);
    assert!(call.clients[2].n_heard() < 400);
}

#[test]
fn whoever_goes_is_gone_for_the_others_and_their_place_is_used_again() {
    for topologies in BOTH {
        let mut call = a_conversation(2, topologies);
        let sections = |call: &Call| call.clients[1].n_sections();
        call.signal(0, Asked::Leave(proto::LeaveRequest::default()));
        call.run_ms(500);
        assert!(call.clients[0].is_closed);
        let ada = call.clients[1]
            .people
            .values()
            .find(|person| person.identity == "ada")
            .unwrap();
        assert_eq!(ada.state(), proto::participant_info::State::Disconnected);
        assert!(ada.tracks.is_empty());
        let n_sections = sections(&call);
        for round in 0..3 {
            let cy = call.join("cy", topologies.0);
            call.clients[cy].speak("mic");
            let heard = call.clients[1].n_heard();
            call.run_until(&format!("bob hears cy {topologies:?} {round}"), |call| {
                call.clients[1].n_heard() > heard + 20
            });
            call.signal(cy, Asked::Leave(proto::LeaveRequest::default()));
            call.run_ms(500);
            assert!(
                sections(&call) <= n_sections + 1,
                "{topologies:?} round {round}: {}",
                sections(&call)
            );
        }
    }
}

#[test]
fn what_is_unpublished_is_heard_no_more_and_published_again_is_heard_again() {
    for topologies in BOTH {
        let mut call = a_conversation(2, topologies);
        call.clients[0].unpublish();
        call.run_ms(300);
        let heard = call.clients[1].n_heard();
        call.run_ms(1_000);
        assert_eq!(call.clients[1].n_heard(), heard);
        assert!(
            call.events
                .iter()
                .any(|event| matches!(event, Event::TrackUnpublished(..)))
        );
        call.clients[0].speak("mic again");
        call.run_until(&format!("bob hears ada again {topologies:?}"), |call| {
            call.clients[1].n_heard() > heard + 20
        });
    }
}

#[test]
fn a_subscriber_chooses_what_comes() {
    for topologies in BOTH {
        let mut call = a_conversation(6, topologies);
        let track_sids = vec![the_track(&call)];
        let settings = |disabled: bool| {
            Asked::TrackSetting(proto::UpdateTrackSettings {
                track_sids: track_sids.clone(),
                disabled,
                ..Default::default()
            })
        };
        let subscription = |subscribe: bool| {
            Asked::Subscription(proto::UpdateSubscription {
                track_sids: track_sids.clone(),
                subscribe,
                ..Default::default()
            })
        };
        for (off, on) in [
            (settings(true), settings(false)),
            (subscription(false), subscription(true)),
        ] {
            call.signal(1, off);
            call.run_ms(200);
            let silent = call.clients[1].n_heard();
            call.run_ms(1_000);
            assert_eq!(call.clients[1].n_heard(), silent, "{topologies:?}");
            call.signal(1, on);
            call.run_until(&format!("bob hears ada again {topologies:?}"), |call| {
                call.clients[1].n_heard() > silent + 20
            });
        }
    }
}

#[test]
fn whoever_does_not_take_everything_takes_what_they_ask_for() {
    let mut call = Call::new(8);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    let mut bob = join("bob", Topology::One);
    bob.entry.auto_subscribe = false;
    call.join_as(bob).unwrap();
    call.run_ms(1_000);
    assert_eq!(call.clients[1].n_heard(), 0);
    let track_sids = vec![the_track(&call)];
    let wish = proto::UpdateSubscription {
        track_sids,
        subscribe: true,
        ..Default::default()
    };
    call.signal(1, Asked::Subscription(wish));
    call.run_until("bob hears ada", |call| call.clients[1].n_heard() > 20);
}

#[test]
fn muting_is_told_and_only_by_who_may() {
    let mut call = a_conversation(2, (Topology::One, Topology::One));
    let sid = the_track(&call);
    let is_muted = |call: &Call| {
        let people = call.clients[1].people.values();
        people.flat_map(|person| &person.tracks).any(|track| track.muted)
    };
    call.signal(
        1,
        Asked::Mute(proto::MuteTrackRequest {
            sid: sid.clone(),
            muted: true,
        }),
    );
    call.run_ms(200);
    assert!(!is_muted(&call), "nobody mutes another");
    assert_eq!(call.clients[1].refusals(), ["there is no such track"]);
    call.signal(0, Asked::Mute(proto::MuteTrackRequest { sid, muted: true }));
    call.run_ms(200);
    assert!(is_muted(&call));
}

#[test]
fn ice_begins_anew_and_an_address_changes_in_mid_call() {
    let mut call = a_conversation(2, (Topology::One, Topology::One));
    call.clients[0].restart_ice();
    call.run_ms(1_000);
    let closed = call
        .events
        .iter()
        .filter(|event| matches!(event, Event::UfragClosed(_)));
    assert_eq!(closed.count(), 1);
    let heard = call.clients[1].n_heard();
    call.run(Duration::from_secs(5));
    assert!(call.clients[1].n_heard() >= heard + 249);
    // The router gives the client another port; its next check of the line shows it.
    call.clients[1].move_behind_nat(9_999);
    call.run(Duration::from_secs(8));
    let heard = call.clients[1].n_heard();
    call.run(Duration::from_secs(5));
    assert!(
        call.clients[1].n_heard() >= heard + 249,
        "{} after {heard}",
        call.clients[1].n_heard()
    );
}

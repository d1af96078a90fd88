//! Taps: what a recording gets, and that nobody notices.

use std::collections::HashMap;
use std::time::Duration;

use livekit_protocol as proto;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

/// Ada speaks and shows herself in three layers, Bob is there.
fn a_call() -> Call {
    let mut call = Call::new(1);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    call.clients[0].show("cam");
    call.join("bob", Topology::Two);
    call.run_ms(2_000);
    call
}

fn fetch(call: &mut Call, tap: TapId) -> Vec<Tapped> {
    std::iter::from_fn(|| call.room.poll_tap(tap)).collect()
}

#[test]
fn a_tap_gets_sound_and_the_largest_picture_from_a_beginning_on_with_true_times() {
    let mut call = a_call();
    let tap = call.room.tap(call.now, None);
    let n_people = call.room.members().count();
    call.run(Duration::from_secs(10));
    assert_eq!(call.room.members().count(), n_people, "nobody came");
    let mut by_track: HashMap<_, Vec<Tapped>> = HashMap::new();
    for packet in fetch(&mut call, tap) {
        by_track.entry(packet.track_sid.clone()).or_default().push(packet);
    }
    assert_eq!(by_track.len(), 2);
    let mut first_and_last = Vec::new();
    for packets in by_track.values() {
        let is_sound = &*packets[0].mime_type == "audio/opus";
        let (n_least, ms) = if is_sound { (495, 20) } else { (240, 40) };
        assert!(packets.len() > n_least, "{}", packets.len());
        if !is_sound {
            assert!(
                !packets[0].payload.is_empty() && packets[0].payload[6] & 1 == 0,
                "a beginning"
            );
            assert!(
                packets.iter().all(|packet| packet.payload.len() == 1_200),
                "the largest layer"
            );
        }
        for pair in packets.windows(2) {
            assert_eq!(pair[1].seq, pair[0].seq + 1);
            let passed = pair[1].session_ms.abs_diff(pair[0].session_ms);
            assert!(passed.abs_diff(ms) <= 25, "{passed} ms between two");
        }
        let (first, last) = (packets[0].session_ms, packets[packets.len() - 1].session_ms);
        let opened_ms = 12_000;
        assert!(last.abs_diff(opened_ms) < 100, "{first} to {last}");
        first_and_last.push(last);
    }
    assert!(
        first_and_last[0].abs_diff(first_and_last[1]) < 60,
        "{first_and_last:?}"
    );
}

#[test]
fn jitter_does_not_reach_the_times_of_a_tap() {
    let mut call = a_call();
    let sid = call.clients[0].published[0].sid.clone().unwrap();
    call.run(Duration::from_secs(10));
    let tap = call.room.tap(call.now, Some(vec![sid.clone()]));
    call.clients[0].up = Link::jittery(70);
    call.run(Duration::from_secs(10));
    let mut packets = fetch(&mut call, tap);
    assert!(
        packets.iter().all(|packet| *packet.track_sid == *sid),
        "only what was chosen"
    );
    assert!(
        packets.windows(2).any(|pair| pair[1].seq < pair[0].seq),
        "in order of arrival"
    );
    packets.sort_by_key(|packet| packet.seq);
    let uneven = packets
        .windows(2)
        .filter(|pair| pair[1].session_ms - pair[0].session_ms != 20);
    assert!(uneven.count() < 10);
}

#[test]
fn who_does_not_fetch_loses_the_oldest_and_holds_nobody_up() {
    let mut call = a_call();
    let tap = call.room.tap(call.now, None);
    let heard = call.clients[1].n_heard();
    call.run(Duration::from_secs(150));
    assert!(call.clients[1].n_heard() >= heard + 150 * 75 - 50);
    assert!(call.room.n_lost_by_tap(tap) > 1_000);
    let packets = fetch(&mut call, tap);
    assert_eq!(packets.len(), 8_192);
    assert!(
        packets[packets.len() - 1].session_ms > 151_000,
        "the newest are there"
    );
    call.room.untap(tap);
    call.run_ms(500);
    assert!(fetch(&mut call, tap).is_empty());
}

#[test]
fn everybody_is_told_that_it_is_recorded() {
    let mut call = a_call();
    call.room.set_recorded(true);
    call.run_ms(200);
    let told = |said: &Said| matches!(said, Said::RoomUpdate(update) if update.room.as_ref().is_some_and(|room| room.active_recording));
    assert!(call.clients.iter().all(|client| client.said.iter().any(told)));
    assert!(call.room.info().active_recording);
}

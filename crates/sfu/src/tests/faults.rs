//! Clients that do not do what they should, and a world that does not either: the others notice nothing.

use std::time::Duration;

use livekit_protocol as proto;
use proto::participant_info::State;

use crate::testing::*;
use crate::*;

/// Ada speaks, Bob hears her.
fn a_conversation() -> Call {
    let mut call = Call::new(21);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    call.join("bob", Topology::Two);
    call.run_until("bob hears ada", |call| call.clients[1].n_heard() > 0);
    call
}

fn assert_goes_on(call: &mut Call) {
    let sid = call.clients[0].published[0].sid.clone().unwrap();
    let heard = call.clients[1].heard[&sid].len();
    call.run_ms(2_000);
    let later = call.clients[1].heard[&sid].len();
    assert!(later >= heard + 95, "{later} after {heard}");
}

#[test]
fn who_never_answers_gets_nothing_and_costs_nobody_anything() {
    let mut call = a_conversation();
    for (name, topology) in [("cy", Topology::Two), ("dee", Topology::One)] {
        let idx = call.join(name, topology);
        call.run_until("they are in", |call| call.clients[idx].is_there(name));
        call.clients[idx].is_deaf = true;
    }
    call.clients[1].speak("mic");
    call.run_ms(3_000);
    let bob = call.clients[1].published[0].sid.clone().unwrap();
    for idx in [2, 3] {
        assert!(!call.clients[idx].heard.contains_key(&bob));
        assert!(!call.clients[idx].is_closed);
    }
    assert!(call.clients[0].heard[&bob].len() > 100);
    let n_offers = |call: &Call, idx: usize| {
        let said = call.clients[idx].said.iter();
        said.filter(|said| {
            matches!(
                said,
                proto::signal_response::Message::Offer(_)
                    | proto::signal_response::Message::MediaSectionsRequirement(_)
            )
        })
        .count()
    };
    let before = [n_offers(&call, 2), n_offers(&call, 3)];
    for _ in 0..5 {
        call.clients[1].speak("another");
        call.run_ms(500);
    }
    assert_eq!(
        [n_offers(&call, 2), n_offers(&call, 3)],
        before,
        "nobody is asked twice"
    );
    assert_goes_on(&mut call);
}

#[test]
fn who_floods_with_packets_costs_the_others_nothing() {
    let mut call = a_conversation();
    call.join("eve", Topology::One);
    call.clients[2].speak("mic");
    call.run_ms(500);
    // Five thousand packets a second, and as many pieces of data as the channel takes.
    call.clients[2].published[0].pace(Duration::from_micros(200));
    for _ in 0..200 {
        for _ in 0..20 {
            call.clients[2].send_data("_lossy", &"x".repeat(1_000), &["nobody"]);
        }
        call.run_ms(10);
    }
    assert_goes_on(&mut call);
}

#[test]
fn who_lies_about_their_layers_is_seen_as_they_are() {
    // How many layers are announced, and which come.
    for (n_announced, rids) in [
        (3, &["q"][..]),
        (1, &["q", "h", "f"]),
        (3, &["x", "y", "z"]),
        (0, &["f", "q"]),
        (3, &[]),
    ] {
        let mut call = a_conversation();
        call.join("eve", Topology::One);
        call.clients[2].show_layers("cam", rids, n_announced);
        call.run_ms(4_000);
        let sid = call.clients[2].published[0].sid.clone().unwrap();
        let seen = call.clients[1].heard.get(&sid).map_or(0, Vec::len);
        assert!(seen > 40, "{n_announced} announced, {rids:?} sent: {seen}");
        let settings = proto::UpdateTrackSettings {
            track_sids: vec![sid.clone()],
            quality: proto::VideoQuality::Low as i32,
            ..Default::default()
        };
        call.signal(1, proto::signal_request::Message::TrackSetting(settings));
        call.run_ms(2_000);
        let later = call.clients[1].heard[&sid].len();
        assert!(
            later > seen + 30,
            "{n_announced} announced, {rids:?} sent: {later}"
        );
        assert_goes_on(&mut call);
    }
}

#[test]
fn a_socket_that_is_lost_for_5_20_and_60_seconds() {
    for (secs, is_kept) in [(5, true), (19, true), (20, false), (60, false)] {
        for topology in [Topology::One, Topology::Two] {
            let mut call = a_conversation();
            let cy = call.join("cy", topology);
            call.clients[cy].speak("mic");
            call.run_ms(1_000);
            let sid = call.clients[cy].own_sid("cy");
            call.lose_socket(cy);
            let heard = call.clients[cy].n_heard();
            call.run(Duration::from_secs(secs));
            if is_kept {
                assert!(
                    call.clients[cy].n_heard() >= heard + secs as usize * 50 - 5,
                    "{secs}"
                );
            }
            let resumed = call.room.resume(call.now, "cy", &sid);
            assert_eq!(resumed.is_ok(), is_kept, "{secs} s {topology:?}: {resumed:?}");
            let back = match is_kept {
                true => {
                    call.clients[cy].restart_ice();
                    cy
                }
                false => {
                    call.clients[cy].is_closed = true;
                    let again = call.join("cy", topology);
                    call.clients[again].speak("mic");
                    again
                }
            };
            call.run_ms(2_000);
            let (heard, of_cy) = (call.clients[back].n_heard(), call.clients[1].n_heard());
            call.run_ms(1_000);
            assert!(
                call.clients[back].n_heard() >= heard + 48,
                "{secs} s {topology:?}"
            );
            assert!(call.clients[1].n_heard() >= of_cy + 97, "{secs} s {topology:?}");
            assert_goes_on(&mut call);
        }
    }
}

#[test]
fn a_host_that_slept_goes_on_with_who_is_still_there() {
    for secs in [3, 60, 3_600] {
        let mut call = a_conversation();
        call.sleep(Duration::from_secs(secs));
        if secs == 3 {
            call.run_ms(2_000);
            assert_goes_on(&mut call);
        }
        call.run(Duration::from_secs(5));
        // Whoever was given up meanwhile comes again, as clients do.
        for client in &mut call.clients {
            client.is_closed = true;
        }
        let ada = call.join("ada", Topology::One);
        call.clients[ada].speak("mic");
        let bob = call.join("bob", Topology::Two);
        call.run_ms(2_000);
        let heard = call.clients[bob].n_heard();
        call.run_ms(1_000);
        assert!(call.clients[bob].n_heard() >= heard + 48, "{secs} s");
        let n_active = call
            .room
            .members()
            .filter(|(_, info)| info.state() == State::Active);
        assert_eq!(n_active.count(), 2, "{secs} s");
    }
}

#[test]
fn a_clock_that_goes_back_a_little_stops_nothing() {
    let mut call = a_conversation();
    for _ in 0..50 {
        let now = call.now;
        call.room.input(now - Duration::from_millis(1_500), Input::Time);
        call.run_ms(20);
    }
    assert_goes_on(&mut call);
}

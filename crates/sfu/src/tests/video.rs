//! Pictures: which layer comes, that a change of layer is seamless, and that publishers are not plagued.

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

/// Ada shows herself in three layers, Bob sees her.
fn a_view(topologies: (Topology, Topology)) -> Call {
    let mut call = Call::new(1);
    call.join("ada", topologies.0);
    call.clients[0].show("cam");
    call.join("bob", topologies.1);
    call.run_until("bob sees ada", |call| !seen(call, 1).is_empty());
    call
}

fn seen(call: &Call, client: usize) -> Vec<Heard> {
    let sid = call.clients[0].published[0].sid.as_ref();
    let seen = sid.and_then(|sid| call.clients[client].heard.get(sid));
    seen.cloned().unwrap_or_default()
}

fn rank_now(call: &Call, client: usize) -> u8 {
    seen(call, client).last().unwrap().picture.unwrap().rank
}

fn wants(call: &Call, change: impl Fn(&mut proto::UpdateTrackSettings)) -> Asked {
    let mut settings = proto::UpdateTrackSettings {
        track_sids: vec![call.clients[0].published[0].sid.clone().unwrap()],
        quality: proto::VideoQuality::High as i32,
        ..Default::default()
    };
    change(&mut settings);
    Asked::TrackSetting(settings)
}

/// One stream: numbers and picture ids without a gap, time that grows, and each change of layer with a beginning.
fn assert_seamless(seen: &[Heard]) {
    assert!(
        seen[0].picture.unwrap().is_beginning,
        "the first picture needs no other"
    );
    for pair in seen.windows(2) {
        let (before, after) = (pair[0].picture.unwrap(), pair[1].picture.unwrap());
        assert_eq!(pair[1].seq, pair[0].seq + 1);
        assert_eq!(after.picture_id, (before.picture_id + 1) & 0x7fff);
        assert_eq!(after.tl0_pic_idx, before.tl0_pic_idx.wrapping_add(1));
        let passed = pair[1].rtp_ts.wrapping_sub(pair[0].rtp_ts);
        assert!(
            (90..180_000).contains(&passed),
            "{passed} ticks between two pictures"
        );
        assert!(
            before.rank == after.rank || after.is_beginning,
            "a layer begins with a beginning"
        );
    }
}

#[test]
fn a_picture_comes_in_its_largest_layer_and_is_seamless() {
    for topologies in BOTH {
        let mut call = a_view(topologies);
        call.run_ms(3_000);
        assert_eq!(rank_now(&call, 1), 2, "{topologies:?}");
        assert_seamless(&seen(&call, 1));
    }
}

#[test]
fn a_layer_follows_what_is_wanted_within_a_second() {
    for topologies in BOTH {
        let mut call = a_view(topologies);
        call.run_ms(1_000);
        let steps = [(320, 180, 0), (640, 360, 1), (160, 90, 0), (1_280, 720, 2)];
        for (width, height, rank) in steps {
            let message = wants(&call, |settings| {
                (settings.width, settings.height) = (width, height)
            });
            call.signal(1, message);
            call.run_ms(1_000);
            assert_eq!(rank_now(&call, 1), rank, "{topologies:?} {width}x{height}");
        }
        let message = wants(&call, |settings| {
            settings.quality = proto::VideoQuality::Medium as i32
        });
        call.signal(1, message);
        call.run_ms(1_000);
        assert_eq!(rank_now(&call, 1), 1);
        assert_seamless(&seen(&call, 1));
    }
}

#[test]
fn a_layer_that_its_publisher_drops_is_replaced_and_comes_back() {
    let mut call = a_view((Topology::One, Topology::One));
    call.run_ms(1_000);
    call.clients[0].published[0].layers[2].is_off = true;
    call.run_ms(3_000);
    assert_eq!(rank_now(&call, 1), 1);
    call.clients[0].published[0].layers[2].is_off = false;
    call.run_ms(1_000);
    assert_eq!(rank_now(&call, 1), 2);
    assert_seamless(&seen(&call, 1));
}

#[test]
fn each_gets_the_layer_that_they_want_at_the_same_time() {
    let mut call = a_view((Topology::One, Topology::One));
    call.join("cy", Topology::Two);
    call.run_ms(1_000);
    let message = wants(&call, |settings| {
        settings.quality = proto::VideoQuality::Low as i32
    });
    call.signal(2, message);
    call.run_ms(1_000);
    assert_eq!((rank_now(&call, 1), rank_now(&call, 2)), (2, 0));
    assert_seamless(&seen(&call, 1));
    assert_seamless(&seen(&call, 2));
}

#[test]
fn a_picture_without_layers_comes_as_it_is() {
    for topologies in BOTH {
        let mut call = Call::new(1);
        call.join("ada", topologies.0);
        call.clients[0].show_plainly("cam");
        call.join("bob", topologies.1);
        call.run_ms(3_000);
        assert!(seen(&call, 1).len() > 50);
        assert_seamless(&seen(&call, 1));
    }
}

#[test]
fn what_is_not_looked_at_does_not_come_and_begins_anew_when_it_does() {
    let mut call = a_view((Topology::Two, Topology::Two));
    let message = wants(&call, |settings| settings.disabled = true);
    call.signal(1, message);
    call.run_ms(500);
    let n_seen = seen(&call, 1).len();
    call.run_ms(5_000);
    assert_eq!(seen(&call, 1).len(), n_seen);
    let message = wants(&call, |_| {});
    call.signal(1, message);
    call.run_ms(500);
    let after = seen(&call, 1)[n_seen..].to_vec();
    assert!(after.len() > 3);
    assert_seamless(&after);
}

#[test]
fn many_who_come_at_once_plague_nobody() {
    let mut call = a_view((Topology::One, Topology::One));
    call.run_ms(2_000);
    let before = call.clients[0].n_asked;
    for idx in 0..12 {
        call.join(
            &format!("guest {idx}"),
            if idx % 2 == 0 {
                Topology::One
            } else {
                Topology::Two
            },
        );
    }
    call.run_ms(2_000);
    for client in 2..14 {
        assert!(seen(&call, client).len() > 20, "{client}");
    }
    // Twelve came within a moment: at most a beginning every 400 ms.
    assert!(
        call.clients[0].n_asked - before <= 5,
        "{}",
        call.clients[0].n_asked - before
    );
}

#[test]
fn a_publisher_who_makes_no_beginnings_is_asked_now_and_then() {
    let mut call = a_view((Topology::One, Topology::One));
    call.run_ms(1_000);
    for layer in &mut call.clients[0].published[0].layers {
        layer.is_stuck = true;
    }
    let before = call.clients[0].n_asked;
    let message = wants(&call, |settings| {
        settings.quality = proto::VideoQuality::Low as i32
    });
    call.signal(1, message);
    call.run(Duration::from_secs(10));
    assert_eq!(
        rank_now(&call, 1),
        2,
        "the old layer goes on until the new one begins"
    );
    let n_asked = call.clients[0].n_asked - before;
    assert!((10..=30).contains(&n_asked), "{n_asked}");
}

#[test]
fn pictures_survive_loss_by_asking_again() {
    for loss_permille in [10, 50, 100] {
        let mut call = a_view((Topology::One, Topology::Two));
        call.clients[0].up = Link::lossy(loss_permille);
        call.clients[1].down = Link::lossy(loss_permille);
        call.run(Duration::from_secs(20));
        let seen = seen(&call, 1);
        let numbers: std::collections::BTreeSet<u64> = seen.iter().map(|heard| heard.seq).collect();
        let n_missing = (numbers.last().unwrap() - numbers.first().unwrap()) as usize + 1 - numbers.len();
        assert!(
            n_missing * 100 <= numbers.len() * 3,
            "{loss_permille} per mille: {n_missing} of {}",
            numbers.len()
        );
    }
}

#[test]
fn a_publisher_hears_which_layers_nobody_wants() {
    let mut call = a_view((Topology::One, Topology::Two));
    let heard = |call: &Call| {
        let updates = call.clients[0].said.iter().filter_map(|said| match said {
            Said::SubscribedQualityUpdate(update) => Some(&update.subscribed_codecs[0]),
            _ => None,
        });
        let enabled = |codec: &proto::SubscribedCodec| {
            assert_eq!(codec.codec, "vp8");
            codec.qualities.iter().filter(|quality| quality.enabled).count()
        };
        updates.map(enabled).collect::<Vec<_>>()
    };
    call.run_ms(4_000);
    assert_eq!(
        heard(&call),
        [0; 0],
        "all is wanted, as it was from the beginning"
    );
    let message = wants(&call, |settings| {
        settings.quality = proto::VideoQuality::Low as i32
    });
    call.signal(1, message);
    call.run_ms(2_500);
    assert_eq!(heard(&call), [0; 0], "it may be for a moment only");
    call.run_ms(2_000);
    assert_eq!(heard(&call), [1]);
    let message = wants(&call, |settings| {
        settings.quality = proto::VideoQuality::Medium as i32
    });
    call.signal(1, message);
    call.run_ms(600);
    assert_eq!(heard(&call), [1, 2]);
    call.signal(1, Asked::Leave(proto::LeaveRequest::default()));
    call.run_ms(4_000);
    assert_eq!(heard(&call), [1, 2, 1]);
}

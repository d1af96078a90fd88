//! A change of layer as somebody sees it: how soon it comes when they want it.

use std::time::Duration;

use livekit_protocol as proto;
use proto::signal_request::Message as Asked;

use crate::testing::*;
use crate::*;

/// Ada shows herself as browsers do in 720p: about 150, 500 and 1,700 kbit/s. Bob sees her, over `down`.
fn a_large_picture(topology: Topology, down: Link) -> Call {
    let mut call = Call::new(11);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    call.clients[0].show("cam");
    let camera = &mut call.clients[0].published[1];
    camera.pace(Duration::from_millis(5));
    for (layer, size) in camera.layers.iter_mut().zip([95, 310, 1_060]) {
        layer.size = size;
    }
    call.join("bob", topology);
    call.clients[1].down = down;
    call
}

fn rank_now(call: &Call) -> Option<u8> {
    let sid = call.clients[0].published[1].sid.as_ref()?;
    Some(call.clients[1].heard.get(sid)?.last()?.picture?.rank)
}

fn n_of_rank(call: &Call, rank: u8) -> usize {
    let sid = call.clients[0].published[1].sid.as_ref().unwrap();
    let heard = call.clients[1].heard[sid].iter();
    heard.filter(|heard| heard.picture.unwrap().rank == rank).count()
}

fn want(call: &mut Call, quality: proto::VideoQuality) {
    let settings = proto::UpdateTrackSettings {
        track_sids: vec![call.clients[0].published[1].sid.clone().unwrap()],
        quality: quality as i32,
        ..Default::default()
    };
    call.signal(1, Asked::TrackSetting(settings));
}

/// How long it takes until Bob gets that layer; at most half a minute.
fn ms_until(call: &mut Call, rank: u8) -> u64 {
    let begun_at = call.now;
    while rank_now(call) != Some(rank) && call.now < begun_at + Duration::from_secs(30) {
        call.run_ms(10);
    }
    (call.now - begun_at).as_millis() as u64
}

#[test]
fn on_an_idle_line_a_picture_gets_small_and_large_within_a_second() {
    for topology in [Topology::One, Topology::Two] {
        let mut call = a_large_picture(topology, Link::default());
        let first = ms_until(&mut call, 2);
        assert!(first <= 1_000, "{topology:?}: large after {first} ms");
        for rest_secs in [1, 3, 10, 40] {
            call.run(Duration::from_secs(rest_secs));
            want(&mut call, proto::VideoQuality::Low);
            let down = ms_until(&mut call, 0);
            call.run(Duration::from_secs(rest_secs));
            want(&mut call, proto::VideoQuality::High);
            let up = ms_until(&mut call, 2);
            assert!(
                down.max(up) <= 1_000,
                "{topology:?} after {rest_secs} s: down {down} ms, up {up} ms"
            );
            call.run(Duration::from_secs(8));
            assert_eq!(rank_now(&call), Some(2), "it stays");
        }
    }
}

#[test]
fn a_line_that_got_narrow_meanwhile_is_not_run_over_for_long() {
    for topology in [Topology::One, Topology::Two] {
        let mut call = a_large_picture(topology, Link::default());
        call.run(Duration::from_secs(10));
        want(&mut call, proto::VideoQuality::Low);
        call.run(Duration::from_secs(3));
        call.clients[1].down.rate_bps = Some(400_000);
        want(&mut call, proto::VideoQuality::High);
        call.run(Duration::from_secs(6));
        let mic = call.clients[0].published[0].sid.clone().unwrap();
        for _ in 0..4 {
            let (n_bytes, n_sounds) = (call.clients[1].n_bytes_got, call.clients[1].heard[&mic].len());
            let n_large = n_of_rank(&call, 2);
            call.run(Duration::from_secs(5));
            let kbps = (call.clients[1].n_bytes_got - n_bytes) * 8 / 5_000;
            let n_sounds = call.clients[1].heard[&mic].len() - n_sounds;
            assert!(kbps <= 400, "{topology:?}: {kbps} kbit/s");
            assert!(n_sounds >= 225, "{topology:?}: {n_sounds} of 250 sounds");
            let n_large = n_of_rank(&call, 2) - n_large;
            assert!(n_large <= 3, "{topology:?}: {n_large} large pictures");
        }
        assert_eq!(rank_now(&call), Some(0));
    }
}

/// The clocks of the three layers begin anywhere, as those of browsers do, and packets come unevenly.
#[test]
fn time_across_a_change_of_layer_is_that_of_the_pictures() {
    let mut call = Call::new(14);
    call.join("ada", Topology::One);
    call.clients[0].show("cam");
    let layers = &mut call.clients[0].published[0].layers;
    for (layer, rtp_ts) in layers.iter_mut().zip([17, 4_000_000_000, 777_777_777]) {
        layer.begin_at(5_000, rtp_ts);
    }
    call.clients[0].up = Link::jittery(30);
    call.join("bob", Topology::Two);
    call.run(Duration::from_secs(4));
    let sid = call.clients[0].published[0].sid.clone().unwrap();
    let n_before = call.clients[1].heard[&sid].len();
    use proto::VideoQuality::{High, Low, Medium};
    for quality in [Low, High, Medium].into_iter().cycle().take(45) {
        let settings = proto::UpdateTrackSettings {
            track_sids: vec![sid.clone()],
            quality: quality as i32,
            ..Default::default()
        };
        call.signal(1, Asked::TrackSetting(settings));
        call.run_ms(700);
    }
    let heard = &call.clients[1].heard[&sid][n_before..];
    let n_changes = heard
        .windows(2)
        .filter(|pair| pair[0].picture.unwrap().rank != pair[1].picture.unwrap().rank);
    assert!(n_changes.count() >= 40);
    // Every picture is taken 40 ms after the one before, in every layer.
    let lead = |heard: &Heard| {
        heard
            .rtp_ts
            .wrapping_sub(heard.number.wrapping_mul(3_600))
            .cast_signed()
    };
    let first = lead(&heard[0]);
    let leads: Vec<i32> = heard
        .iter()
        .map(|heard| lead(heard).wrapping_sub(first))
        .collect();
    let (least, most) = (leads.iter().min().unwrap(), leads.iter().max().unwrap());
    // Where both layers show one picture, its time is told a little later the second time.
    assert!(*least >= -180 && *most <= 900, "{least} to {most} ticks");
}

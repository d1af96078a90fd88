//! What is refused, with which words, and that nobody else notices.

use std::time::Duration;

use livekit_protocol as proto;
use proptest::prelude::*;
use prost::Message;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

fn a_conversation() -> Call {
    let mut call = Call::new(1);
    call.join("ada", Topology::One);
    call.clients[0].speak("mic");
    call.join("bob", Topology::Two);
    call.run_until("bob hears ada", |call| call.clients[1].n_heard() > 0);
    call
}

fn assert_goes_on(call: &mut Call) {
    let heard = call.clients[1].n_heard();
    call.run_ms(2_000);
    assert!(
        call.clients[1].n_heard() >= heard + 95,
        "{} after {heard}",
        call.clients[1].n_heard()
    );
}

fn farewell(call: &Call, client: usize) -> Option<proto::LeaveRequest> {
    call.clients[client].said.iter().find_map(|said| match said {
        Said::Leave(leave) => Some(leave.clone()),
        _ => None,
    })
}

fn offer(sdp: &str) -> Asked {
    Asked::Offer(proto::SessionDescription {
        r#type: "offer".into(),
        sdp: sdp.into(),
        ..Default::default()
    })
}

fn microphone(cid: &str) -> proto::AddTrackRequest {
    proto::AddTrackRequest {
        cid: cid.into(),
        source: proto::TrackSource::Microphone as i32,
        ..Default::default()
    }
}

#[test]
fn a_room_holds_so_many_and_says_so() {
    let mut config = config(1);
    config.limits.n_members = 2;
    let mut call = Call::with(1, config);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    assert_eq!(call.join_as(join("cy", Topology::One)), Err(Refusal::Full));
    // Whoever is in may come again, in the place of themselves.
    call.join("bob", Topology::Two);
    call.run_ms(200);
    assert_eq!(
        farewell(&call, 1).unwrap().reason(),
        proto::DisconnectReason::DuplicateIdentity
    );
    assert!(call.clients[1].is_closed && !call.clients[2].is_closed);
}

#[test]
fn nobody_comes_in_without_a_name_or_with_a_book() {
    let mut call = Call::new(1);
    assert_eq!(call.join_as(join("", Topology::One)), Err(Refusal::Nameless));
    let mut ada = join("ada", Topology::One);
    ada.metadata = "x".repeat(20_000);
    assert_eq!(call.join_as(ada), Err(Refusal::TooLong));
}

#[test]
fn signals_that_cannot_be_followed_are_answered_with_the_reason() {
    let mut call = a_conversation();
    call.signal_bytes(0, vec![0xff; 40]);
    call.signal_bytes(0, vec![0; 600 * 1024]);
    call.signal(0, offer("nonsense"));
    call.signal(0, offer(&"m=audio 9 X 0\r\n".repeat(300)));
    call.signal(0, Asked::Answer(proto::SessionDescription::default()));
    call.run_ms(200);
    let refusals = call.clients[0].refusals();
    assert_eq!(
        refusals,
        [
            "the signal cannot be read",
            "the signal is too large",
            "the description cannot be read",
            "the offer has too many sections",
            "there is no offer that this would answer",
        ]
    );
    assert_goes_on(&mut call);
}

#[test]
fn what_the_token_does_not_allow_is_refused() {
    let mut call = a_conversation();
    let mut cy = join("cy", Topology::One);
    cy.grants = Grants {
        can_publish: false,
        can_subscribe: false,
        ..Grants::default()
    };
    let cy = call.join_as(cy).unwrap();
    call.clients[cy].speak("mic");
    call.run_ms(1_000);
    let sid = call.clients[0].published[0].sid.clone().unwrap();
    let wish = proto::UpdateSubscription {
        track_sids: vec![sid.clone(), "TR_none".into()],
        subscribe: true,
        ..Default::default()
    };
    call.signal(cy, Asked::Subscription(wish));
    call.signal(
        cy,
        Asked::UpdateMetadata(proto::UpdateParticipantMetadata {
            name: "eve".into(),
            ..Default::default()
        }),
    );
    call.run_ms(1_000);
    assert_eq!(
        call.clients[cy].refusals(),
        [
            "the token does not allow to publish this".to_owned(),
            format!("{sid} cannot be subscribed to"),
            "the token does not allow to change this".to_owned(),
        ]
    );
    let absent =
        |said: &Said| matches!(said, Said::SubscriptionResponse(response) if response.track_sid == "TR_none");
    assert!(call.clients[cy].said.iter().any(absent));
    assert_eq!(call.clients[cy].n_heard(), 0);
}

#[test]
fn tracks_are_counted_and_codecs_are_known() {
    let mut call = a_conversation();
    let h265 = proto::SimulcastCodec {
        codec: "h265".into(),
        ..Default::default()
    };
    let video = proto::AddTrackRequest {
        r#type: proto::TrackType::Video as i32,
        simulcast_codecs: vec![h265],
        ..microphone("cam")
    };
    call.signal(0, Asked::AddTrack(video));
    for n in 0..12 {
        call.signal(0, Asked::AddTrack(microphone(&format!("mic {n}"))));
    }
    call.signal(0, Asked::AddTrack(microphone("mic 3")));
    call.run_ms(200);
    let refusals = call.clients[0].refusals();
    assert_eq!(
        refusals[0],
        "pictures are published as VP8, H.264, VP9 or AV1, sound as Opus"
    );
    assert_eq!(refusals[1], "too many tracks are published");
}

#[test]
fn numbers_that_stand_for_nothing_are_not_told_on() {
    let mut call = a_conversation();
    let layer = proto::VideoLayer {
        quality: 77,
        ..Default::default()
    };
    let odd = proto::AddTrackRequest {
        r#type: 77,
        source: 77,
        encryption: 77,
        audio_features: vec![77, proto::AudioTrackFeature::TfNoDtx as i32, 77],
        layers: vec![layer],
        ..microphone("odd")
    };
    call.signal(0, Asked::AddTrack(odd));
    call.run_ms(200);
    let published = call.clients[0].said.iter().find_map(|said| match said {
        Said::TrackPublished(published) if published.cid == "odd" => published.track.clone(),
        _ => None,
    });
    let track = published.expect("it is published");
    assert_eq!(track.audio_features, [proto::AudioTrackFeature::TfNoDtx as i32]);
    serde_json::to_string(&track).expect("every number has a word");
}

#[test]
fn whoever_is_hidden_hears_and_is_not_seen() {
    let mut call = a_conversation();
    let mut cy = join("cy", Topology::One);
    cy.grants.is_hidden = true;
    let cy = call.join_as(cy).unwrap();
    call.run_ms(1_000);
    assert!(call.clients[cy].n_heard() > 0);
    call.signal(cy, Asked::Leave(proto::LeaveRequest::default()));
    call.run_ms(1_000);
    assert!(
        call.clients[1]
            .people
            .values()
            .all(|person| person.identity != "cy")
    );
}

#[test]
fn whoever_floods_is_out_and_may_come_back() {
    let mut call = a_conversation();
    for _ in 0..200 {
        call.signal(1, Asked::Ping(1));
    }
    call.run_ms(100);
    assert!(call.clients[1].is_closed);
    let leave = farewell(&call, 1).unwrap();
    assert_eq!(leave.action(), proto::leave_request::Action::Reconnect);
    let bob = call.join("bob", Topology::Two);
    call.run_until("bob hears ada", |call| call.clients[bob].n_heard() > 0);
}

#[test]
fn a_socket_that_stays_lost_ends_a_place() {
    let mut call = a_conversation();
    call.lose_socket(0);
    call.run(Duration::from_secs(21));
    let ada = call.clients[1]
        .people
        .values()
        .find(|person| person.identity == "ada")
        .unwrap();
    assert_eq!(ada.disconnect_reason(), proto::DisconnectReason::SignalClose);
}

#[test]
fn packets_of_strangers_and_broken_ones_reach_nobody() {
    let mut call = a_conversation();
    let ada = call.clients[0].address();
    let stranger = "203.0.113.9:5000".parse().unwrap();
    for n in 0..20_000 {
        let n_bytes = call.any_number(200) as usize;
        let mut bytes: Vec<u8> = (0..n_bytes).map(|_| call.any_number(256) as u8).collect();
        // Of every kind that shares the port: STUN, DTLS, RTP, RTCP.
        if let Some(first) = bytes.first_mut() {
            *first = [0, 22, 0x80, 0x81, *first][n % 5];
        }
        call.inject(if n % 2 == 0 { ada } else { stranger }, bytes);
    }
    assert_goes_on(&mut call);
    assert!(call.room.n_malformed() > 10_000);
}

/// Everything that can be said, with anything in it.
fn any_signal() -> impl Strategy<Value = Vec<u8>> {
    let text = || "[a-zA-Z0-9_ =:\r\n]{0,40}";
    let noise = proptest::collection::vec(any::<u8>(), 0..60);
    let track = (text(), any::<i32>(), any::<i32>(), any::<bool>()).prop_map(|(cid, kind, source, muted)| {
        Asked::AddTrack(proto::AddTrackRequest {
            cid,
            r#type: kind,
            source,
            muted,
            ..Default::default()
        })
    });
    let sdp = (text(), any::<u32>()).prop_map(|(sdp, id)| {
        Asked::Offer(proto::SessionDescription {
            sdp: format!("v=0\r\nm=audio 9 {sdp}"),
            id,
            ..Default::default()
        })
    });
    let trickle = (text(), any::<i32>()).prop_map(|(candidate_init, target)| {
        Asked::Trickle(proto::TrickleRequest {
            candidate_init: format!("{{\"candidate\":\"{candidate_init}\"}}"),
            target,
            ..Default::default()
        })
    });
    let settings = (text(), any::<bool>(), any::<u32>()).prop_map(|(sid, disabled, width)| {
        Asked::TrackSetting(proto::UpdateTrackSettings {
            track_sids: vec![sid],
            disabled,
            width,
            ..Default::default()
        })
    });
    let known = prop_oneof![track, sdp, trickle, settings, any::<i64>().prop_map(Asked::Ping)];
    let known = known.prop_map(|message| {
        proto::SignalRequest {
            message: Some(message),
        }
        .encode_to_vec()
    });
    let cut = (known.clone(), any::<prop::sample::Index>()).prop_map(|(mut bytes, at)| {
        bytes.truncate(at.index(bytes.len().max(1)));
        bytes
    });
    prop_oneof![noise, known, cut]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_signal_ends_the_room(signals in proptest::collection::vec(any_signal(), 1..40)) {
        let mut call = Call::new(1);
        call.join("ada", Topology::One);
        call.join("bob", Topology::Two);
        call.run_ms(300);
        signals.into_iter().for_each(|bytes| call.signal_bytes(0, bytes));
        call.run_ms(300);
        let cy = call.join("cy", Topology::Two);
        call.clients[cy].speak("mic");
        call.run(Duration::from_secs(1));
        prop_assert!(call.clients[1].n_heard() > 0);
    }
}

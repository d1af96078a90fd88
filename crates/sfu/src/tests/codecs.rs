//! What may be sent as what: codecs that pass through, RED that is not taken, silence that is not sent.

use std::time::Duration;

use livekit_protocol as proto;
use prost::Message;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;
use str0m::format::Codec;

use crate::testing::*;
use crate::*;

#[test]
fn newer_codecs_pass_through_from_a_beginning_on() {
    for (codec, mime_type) in [
        (Codec::Vp9, "video/VP9"),
        (Codec::Av1, "video/AV1"),
        (Codec::Vp8, "video/VP8"),
    ] {
        for topology in [Topology::One, Topology::Two] {
            let mut call = Call::new(15);
            call.join("ada", topology);
            call.clients[0].show_as("cam", codec);
            call.run_ms(1_000);
            call.join("bob", topology);
            call.run_ms(3_000);
            let sid = call.clients[0].published[0].sid.clone().unwrap();
            let people = call.clients[1].people.values();
            let track = people
                .flat_map(|person| &person.tracks)
                .find(|track| track.sid == sid);
            assert_eq!(track.unwrap().mime_type, mime_type);
            let settings = |disabled| {
                Asked::TrackSetting(proto::UpdateTrackSettings {
                    track_sids: vec![sid.clone()],
                    disabled,
                    ..Default::default()
                })
            };
            let n_heard = call.clients[1].heard[&sid].len();
            assert!(n_heard > 50, "{mime_type} {n_heard}");
            // Whoever looks again begins with a beginning, too.
            call.signal(1, settings(true));
            call.run_ms(1_000);
            call.signal(1, settings(false));
            call.run_ms(1_500);
            let heard = &call.clients[1].heard[&sid];
            let again = heard
                .windows(2)
                .rev()
                .find(|pair| pair[1].at - pair[0].at > Duration::from_millis(500));
            assert!(heard[0].picture.unwrap().is_beginning, "{mime_type}");
            assert!(again.unwrap()[1].picture.unwrap().is_beginning, "{mime_type}");
            assert!(heard.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1));
        }
    }
}

#[test]
fn a_microphone_may_pause_unless_it_says_no() {
    for topology in [Topology::One, Topology::Two] {
        for may_pause in [true, false] {
            let mut call = Call::new(16);
            call.join("ada", topology);
            match may_pause {
                true => call.clients[0].speak("mic"),
                false => call.clients[0].play("mic"),
            }
            call.join("bob", topology);
            call.run_ms(1_000);
            assert!(call.clients[1].n_heard() > 10);
            let mut answers = call.clients[0].said.iter().filter_map(|said| match said {
                Said::Answer(answer) => Some(answer.sdp.as_str()),
                _ => None,
            });
            let answer = answers.next_back().unwrap();
            assert!(answer.contains("opus/48000"));
            assert_eq!(answer.contains("usedtx=1"), may_pause, "{answer}");
            let info = call.clients[0].said.iter().find_map(|said| match said {
                Said::TrackPublished(published) => published.track.clone(),
                _ => None,
            });
            let info = info.unwrap();
            assert!(info.disable_red, "as it was asked");
            let no_dtx = proto::AudioTrackFeature::TfNoDtx as i32;
            assert_eq!(info.audio_features.contains(&no_dtx), !may_pause);
            // The ways that Bob gets say nothing of it: they are not his to send in.
            let bob = call.clients[1].said.iter().filter_map(|said| match said {
                Said::Answer(answer) | Said::Offer(answer) => Some(answer.encode_to_vec()),
                _ => None,
            });
            let has_dtx = |sdp: Vec<u8>| String::from_utf8_lossy(&sdp).contains("usedtx");
            assert!(!bob.into_iter().any(has_dtx));
        }
    }
}

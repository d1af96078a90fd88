//! Data, speakers, the host's calls, and coming back after the socket was lost.

use std::time::Duration;

use livekit_protocol as proto;
use prost::Message;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

/// Ada and Bob speak, Cy listens; every topology is among them.
fn three_people() -> Call {
    let mut call = Call::new(1);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.join("cy", Topology::Two);
    call.clients[0].speak("mic");
    call.clients[1].speak("mic");
    call.run_ms(2_000);
    assert!(call.clients.iter().all(|client| client.n_heard() > 0));
    call
}

fn got(call: &Call, client: usize) -> Vec<(String, String)> {
    let read = |packet: &proto::DataPacket| match &packet.value {
        Some(proto::data_packet::Value::User(user)) => {
            let text = String::from_utf8(user.payload.clone()).unwrap();
            (packet.participant_identity.clone(), text)
        }
        other => panic!("{other:?}"),
    };
    call.clients[client].got.iter().map(read).collect()
}

fn from_ada(text: &str) -> (String, String) {
    ("ada".into(), text.into())
}

#[test]
fn data_reach_whom_they_name_in_the_name_of_who_sent_them() {
    let mut call = three_people();
    call.clients[0].send_data("_reliable", "to all", &[]);
    call.run_ms(500);
    call.clients[0].send_data("_lossy", "to bob", &["bob"]);
    call.run_ms(500);
    assert_eq!(got(&call, 0), []);
    assert_eq!(got(&call, 1), [from_ada("to all"), from_ada("to bob")]);
    assert_eq!(got(&call, 2), [from_ada("to all")]);
    call.clients[1].send_data("_reliable", "back", &["ada"]);
    call.run_ms(500);
    assert_eq!(got(&call, 0), [("bob".to_owned(), "back".to_owned())]);
}

#[test]
#[expect(deprecated, reason = "clients still send it")]
fn what_only_the_packet_of_the_user_names_goes_to_them_alone_and_says_who_it_is_from() {
    let mut call = three_people();
    let bob_sid = call.clients[1].own_sid("bob");
    let named = proto::UserPacket {
        destination_identities: vec!["bob".into()],
        ..Default::default()
    };
    let numbered = proto::UserPacket {
        destination_sids: vec![bob_sid],
        ..Default::default()
    };
    let nobody = proto::UserPacket {
        destination_sids: vec!["PA_gone".into()],
        ..Default::default()
    };
    for user in [named, numbered, nobody] {
        let user = proto::UserPacket {
            participant_identity: "somebody else".into(),
            ..user
        };
        let value = Some(proto::data_packet::Value::User(user));
        let packet = proto::DataPacket {
            value,
            ..Default::default()
        };
        call.clients[0].send_bytes("_reliable", &packet.encode_to_vec());
        call.run_ms(300);
    }
    assert_eq!(got(&call, 1), [from_ada(""), from_ada("")]);
    assert_eq!(got(&call, 2), []);
    for packet in &call.clients[1].got {
        let Some(proto::data_packet::Value::User(user)) = &packet.value else {
            panic!("{packet:?}")
        };
        assert_eq!(user.participant_identity, "ada");
    }
}

#[test]
fn what_is_no_data_or_not_allowed_reaches_nobody() {
    let mut call = three_people();
    call.clients[0].send_bytes("_reliable", &[0xff; 30]);
    call.run_ms(200);
    call.clients[0].send_bytes("_reliable", &[]);
    call.run_ms(200);
    call.clients[0].send_data("_reliable", &"x".repeat(70_000), &[]);
    call.run_ms(500);
    let ada = call.clients[0].id;
    let grants = Grants {
        can_publish_data: false,
        ..Grants::default()
    };
    call.room.set_grants(call.now, ada, grants);
    call.clients[0].send_data("_reliable", "hello", &[]);
    call.run_ms(500);
    assert_eq!(got(&call, 1), []);
    assert!(!call.clients[0].is_closed);
}

#[test]
fn reliable_data_arrive_in_order_over_a_bad_line() {
    let mut call = three_people();
    call.clients[0].up = Link::lossy(100);
    call.clients[2].down = Link::lossy(100);
    for n in 0..50 {
        call.clients[0].send_data("_reliable", &n.to_string(), &[]);
        call.run_ms(20);
    }
    call.run(Duration::from_secs(20));
    let expected: Vec<_> = (0..50).map(|n| from_ada(&n.to_string())).collect();
    assert_eq!(got(&call, 2), expected);
}

#[test]
fn whoever_speaks_is_told_once_and_once_when_they_stop() {
    let mut call = three_people();
    let changes = |call: &Call, client: usize| {
        let changed = call.clients[client].said.iter().filter_map(|said| match said {
            Said::SpeakersChanged(changed) => Some(changed.speakers.clone()),
            _ => None,
        });
        changed.flatten().collect::<Vec<_>>()
    };
    let is_active: Vec<bool> = changes(&call, 2).iter().map(|speaker| speaker.active).collect();
    assert_eq!(is_active, [true, true], "ada and bob");
    assert!(
        changes(&call, 2)
            .iter()
            .all(|speaker| (0.01..0.1).contains(&speaker.level)),
        "-30 dB"
    );
    call.clients[0].published[0].layers[0].is_off = true;
    call.run_ms(2_000);
    let last = changes(&call, 2).pop().unwrap();
    assert_eq!(changes(&call, 2).len(), 3);
    assert!(!last.active && call.clients[2].people[&last.sid].identity == "ada");
}

#[test]
fn the_host_mutes_until_the_owner_unmutes() {
    let mut call = three_people();
    let (ada, sid) = (
        call.clients[0].id,
        call.clients[0].published[0].sid.clone().unwrap(),
    );
    assert!(
        !call.room.mute_track(call.now, call.clients[2].id, &sid),
        "not a track of theirs"
    );
    assert!(call.room.mute_track(call.now, ada, &sid));
    call.run_ms(200);
    let n_heard = call.clients[2].heard[&sid].len();
    call.run_ms(1_000);
    assert_eq!(call.clients[2].heard[&sid].len(), n_heard);
    let told = |said: &Said| matches!(said, Said::Mute(mute) if mute.sid == sid && mute.muted);
    assert!(call.clients[0].said.iter().any(told));
    let unmute = proto::MuteTrackRequest {
        sid: sid.clone(),
        muted: false,
    };
    call.signal(0, proto::signal_request::Message::Mute(unmute));
    call.run_ms(1_000);
    assert!(call.clients[2].heard[&sid].len() > n_heard + 40);
}

#[test]
fn grants_that_are_taken_end_what_they_allowed() {
    let mut call = three_people();
    let (ada, bob) = (call.clients[0].id, call.clients[1].id);
    let grants = Grants {
        can_publish: false,
        ..Grants::default()
    };
    call.room.set_grants(call.now, ada, grants);
    let grants = Grants {
        can_subscribe: false,
        ..Grants::default()
    };
    call.room.set_grants(call.now, bob, grants);
    call.run_ms(200);
    let n_heard: Vec<usize> = call.clients.iter().map(Client::n_heard).collect();
    call.run_ms(1_000);
    assert_eq!(call.clients[1].n_heard(), n_heard[1], "bob hears nobody");
    assert!(call.clients[0].n_heard() > n_heard[0] + 40, "ada still hears bob");
    let unpublished = |said: &Said| matches!(said, Said::TrackUnpublished(_));
    assert!(call.clients[0].said.iter().any(unpublished));
    let is_ada = |person: &&proto::ParticipantInfo| person.identity == "ada";
    let seen = call.clients[2].people.values().find(is_ada).unwrap();
    assert!(seen.tracks.is_empty() && !seen.permission.as_ref().unwrap().can_publish);
    call.room.set_grants(call.now, bob, Grants::default());
    call.clients[2].speak("mic");
    call.run_ms(2_000);
    assert!(call.clients[1].n_heard() > n_heard[1] + 40, "bob hears cy");
}

#[test]
fn whoever_is_put_out_is_gone_and_a_call_ends_for_all() {
    let mut call = three_people();
    let reason = |call: &Call, client: usize| {
        call.clients[client].said.iter().find_map(|said| match said {
            Said::Leave(leave) => Some((leave.reason(), leave.action())),
            _ => None,
        })
    };
    let disconnect = proto::leave_request::Action::Disconnect;
    call.room.expel(call.now, call.clients[0].id);
    call.run_ms(200);
    assert_eq!(
        reason(&call, 0),
        Some((proto::DisconnectReason::ParticipantRemoved, disconnect))
    );
    assert_eq!(call.room.members().count(), 2);
    call.room.set_metadata("over soon".into());
    call.room.close(call.now);
    call.run_ms(200);
    assert_eq!(
        reason(&call, 1),
        Some((proto::DisconnectReason::RoomDeleted, disconnect))
    );
    assert!(call.clients.iter().all(|client| client.is_closed));
    let opened = call
        .events
        .iter()
        .filter(|event| matches!(event, Event::UfragOpened(_)))
        .count();
    let closed = call
        .events
        .iter()
        .filter(|event| matches!(event, Event::UfragClosed(_)))
        .count();
    assert_eq!(opened, closed, "nothing of a room is left behind");
}

#[test]
fn the_host_says_something_to_all() {
    let mut call = three_people();
    let packet = proto::DataPacket {
        value: Some(proto::data_packet::Value::User(proto::UserPacket {
            payload: b"five minutes".to_vec(),
            ..Default::default()
        })),
        ..Default::default()
    };
    call.room.send_data(call.now, &packet);
    call.run_ms(500);
    for client in 0..3 {
        assert_eq!(got(&call, client), [(String::new(), "five minutes".to_owned())]);
    }
}

#[test]
fn whoever_loses_the_socket_keeps_the_place_and_hears_on() {
    for (idx, name) in [(0, "ada"), (1, "bob")] {
        let mut call = three_people();
        let sid = call.clients[idx].own_sid(name);
        call.lose_socket(idx);
        call.clients[2].speak("mic");
        let n_heard = call.clients[idx].n_heard();
        call.run(Duration::from_secs(10));
        assert!(call.clients[idx].n_heard() > n_heard + 400, "media go on");
        call.clients[idx].said.clear();
        assert_eq!(
            call.room.resume(call.now, name, "PA_another"),
            Err(Refusal::Unknown)
        );
        call.room.resume(call.now, name, &sid).unwrap();
        call.clients[idx].restart_ice();
        call.run_ms(3_000);
        assert!(matches!(call.clients[idx].said[0], Said::Reconnect(_)));
        assert!(matches!(&call.clients[idx].said[1], Said::Update(all) if all.participants.len() == 3));
        assert_eq!(
            call.clients[idx].heard.len(),
            2,
            "{name} hears cy, who began meanwhile"
        );
        let n_heard = call.clients[2].n_heard();
        call.run_ms(1_000);
        assert!(call.clients[2].n_heard() > n_heard + 90, "and is heard");
    }
}

#[test]
fn a_publisher_says_who_may_hear_them() {
    let mut call = three_people();
    let sid = call.clients[0].published[0].sid.clone().unwrap();
    let n_of_ada = |call: &Call, client: usize| call.clients[client].heard.get(&sid).map_or(0, Vec::len);
    let only_bob = proto::SubscriptionPermission {
        all_participants: false,
        track_permissions: vec![proto::TrackPermission {
            participant_identity: "bob".into(),
            all_tracks: true,
            ..Default::default()
        }],
    };
    call.signal(
        0,
        proto::signal_request::Message::SubscriptionPermission(only_bob),
    );
    call.run_ms(200);
    let (bob, cy) = (n_of_ada(&call, 1), n_of_ada(&call, 2));
    call.run_ms(1_000);
    assert!(n_of_ada(&call, 1) > bob + 40);
    assert_eq!(n_of_ada(&call, 2), cy);
    let wish = proto::UpdateSubscription {
        track_sids: vec![sid.clone()],
        subscribe: true,
        ..Default::default()
    };
    call.signal(2, proto::signal_request::Message::Subscription(wish));
    call.run_ms(500);
    assert_eq!(n_of_ada(&call, 2), cy, "asking does not help");
    assert_eq!(
        call.clients[2].refusals(),
        [format!("{sid} cannot be subscribed to")]
    );
    let dee = call.join("dee", Topology::One);
    call.run_ms(1_000);
    assert_eq!(n_of_ada(&call, dee), 0, "nor does coming later");
    let everybody = proto::SubscriptionPermission {
        all_participants: true,
        ..Default::default()
    };
    call.signal(
        0,
        proto::signal_request::Message::SubscriptionPermission(everybody),
    );
    call.run_ms(1_000);
    assert!(n_of_ada(&call, 2) > cy + 20 && n_of_ada(&call, dee) > 20);
    let told = call.clients[2].said.iter().filter_map(|said| match said {
        Said::SubscriptionPermissionUpdate(update) => Some(update.allowed),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [false, true]);
}

#[test]
fn bad_luck_on_request_befalls_only_who_asks() {
    use proto::leave_request::Action;
    use proto::simulate_scenario::Scenario;
    for (scenario, action, is_out) in [
        (Scenario::Migration(true), Action::Resume, false),
        (Scenario::NodeFailure(true), Action::Reconnect, true),
        (Scenario::LeaveRequestFullReconnect(true), Action::Reconnect, true),
        (Scenario::ServerLeave(true), Action::Disconnect, true),
    ] {
        let mut call = three_people();
        let asked = proto::SimulateScenario {
            scenario: Some(scenario),
        };
        call.signal(1, proto::signal_request::Message::Simulate(asked));
        call.run_ms(500);
        let told = call.clients[1].said.iter().find_map(|said| match said {
            Said::Leave(leave) => Some(leave.action()),
            _ => None,
        });
        assert_eq!(
            (told, call.clients[1].is_closed),
            (Some(action), is_out),
            "{scenario:?}"
        );
        let n_heard = call.clients[2].n_heard();
        call.run_ms(1_000);
        assert!(
            call.clients[2].n_heard() >= n_heard + 49,
            "the others hear each other"
        );
    }
}

#[test]
fn a_connection_that_panics_costs_itself_its_place_and_nobody_else_anything() {
    for idx in [0, 1] {
        let mut call = three_people();
        call.room.break_peer(call.now, call.clients[idx].id);
        call.run_ms(200);
        assert!(call.clients[idx].is_closed);
        assert_eq!(call.room.members().count(), 2);
        let n_heard = call.clients[2].n_heard();
        call.run_ms(1_000);
        assert!(call.clients[2].n_heard() >= n_heard + 49, "cy hears the other on");
    }
}

#[test]
fn it_is_counted_for_how_long_everybody_speaks() {
    let mut call = three_people();
    let of = |call: &Call, client: usize| {
        let id = call.clients[client].id;
        let mut spoken = call.room.spoken();
        spoken.find(|(member, _)| *member == id).unwrap().1
    };
    let before = of(&call, 0);
    call.run(Duration::from_secs(10));
    let spoke = of(&call, 0) - before;
    assert!((9_200..=10_400).contains(&spoke.as_millis()), "{spoke:?}");
    assert_eq!(of(&call, 2), Duration::ZERO, "who only listens");
    call.clients[0].published[0].layers[0].is_off = true;
    call.run_ms(1_000);
    let in_all = of(&call, 0);
    call.run(Duration::from_secs(5));
    assert_eq!(of(&call, 0), in_all, "who stopped");
    // Whoever leaves is not forgotten with what they said since somebody looked.
    let now = call.now;
    for client in [0, 2] {
        call.room.expel(now, call.clients[client].id);
    }
    call.run_ms(100);
    let told = |event: &&Event| matches!(event, Event::Spoke(..));
    let told: Vec<&Event> = call.events.iter().filter(told).collect();
    assert_eq!(told, [&Event::Spoke(call.clients[0].id, in_all)]);
}

//! Reliable data over a socket and a network that are lost, and over a line that is too slow for them.

use std::time::Duration;

use livekit_protocol as proto;
use proto::signal_response::Message as Said;

use crate::testing::*;
use crate::*;

/// Ada, Bob and Cy; Cy's connections as said.
fn three_people(cy: Topology) -> Call {
    let mut call = Call::new(12);
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.join("cy", cy);
    // With two connections there is no way for data before something is published.
    call.clients.iter_mut().for_each(|client| client.speak("mic"));
    call.run_ms(2_000);
    call
}

fn texts(call: &Call, client: usize, from: &str) -> Vec<String> {
    let theirs = call.clients[client]
        .got
        .iter()
        .filter(|packet| packet.participant_identity == from);
    let text = |packet: &proto::DataPacket| match &packet.value {
        Some(proto::data_packet::Value::User(user)) => String::from_utf8(user.payload.clone()).unwrap(),
        other => panic!("{other:?}"),
    };
    theirs.map(text).collect()
}

fn numbers(n: usize) -> Vec<String> {
    (0..n).map(|n| n.to_string()).collect()
}

/// All three talk for a while; what everybody said is a number that grows.
fn talk(call: &mut Call, from: usize, to: usize) {
    for n in from..to {
        for client in 0..3 {
            call.clients[client].send_data("_reliable", &n.to_string(), &[]);
        }
        call.run_ms(50);
    }
}

fn come_back(call: &mut Call, name: &str, client: usize) {
    let sid = call.clients[client].own_sid(name);
    call.room.resume(call.now, name, &sid).unwrap();
    call.clients[client].restart_ice();
}

#[test]
fn who_loses_socket_and_network_gets_every_reliable_packet_once_in_order() {
    for topology in [Topology::One, Topology::Two] {
        for secs in [5, 15] {
            let mut call = three_people(topology);
            talk(&mut call, 0, 20);
            let (up, down) = (call.clients[2].up.clone(), call.clients[2].down.clone());
            call.clients[2].up = Link::lossy(1_000);
            call.clients[2].down = Link::lossy(1_000);
            // The network goes before the server notices that the socket is gone.
            talk(&mut call, 20, 35);
            call.lose_socket(2);
            talk(&mut call, 35, 35 + secs * 20);
            (call.clients[2].up, call.clients[2].down) = (up, down);
            come_back(&mut call, "cy", 2);
            talk(&mut call, 35 + secs * 20, 100 + secs * 20);
            call.run(Duration::from_secs(30));
            let expected = numbers(100 + secs * 20);
            for (client, from) in [(2, "ada"), (2, "bob"), (0, "cy"), (1, "cy"), (0, "bob")] {
                assert_eq!(
                    texts(&call, client, from),
                    expected,
                    "{topology:?} {secs} s: {from} to {client}"
                );
            }
            assert_eq!(call.clients[0].data.n_twice, 0, "the others got nothing twice");
        }
    }
}

#[test]
fn older_clients_get_what_was_sent_while_their_socket_was_lost() {
    let mut call = three_people(Topology::Two);
    call.clients
        .iter_mut()
        .for_each(|client| client.data.is_older = true);
    talk(&mut call, 0, 20);
    call.lose_socket(2);
    talk(&mut call, 20, 80);
    assert_eq!(texts(&call, 2, "ada"), numbers(20));
    come_back(&mut call, "cy", 2);
    talk(&mut call, 80, 100);
    call.run(Duration::from_secs(5));
    assert_eq!(texts(&call, 2, "ada"), numbers(100));
    assert_eq!(texts(&call, 0, "cy"), numbers(100));
}

#[test]
fn a_slow_line_gets_all_of_it_later_and_who_falls_too_far_behind_begins_anew() {
    let mut call = three_people(Topology::One);
    call.clients[2].down.rate_bps = Some(400_000);
    let page = |n: usize| format!("{n} {}", "x".repeat(4_000));
    for n in 0..100 {
        call.clients[0].send_data("_reliable", &page(n), &[]);
        call.run_ms(10);
    }
    call.run(Duration::from_secs(25));
    let expected: Vec<String> = (0..100).map(page).collect();
    assert_eq!(texts(&call, 2, "ada"), expected);
    assert_eq!(texts(&call, 1, "ada"), expected);
    // Five megabytes are more than is kept for anybody.
    for n in 0..1_300 {
        call.clients[0].send_data("_reliable", &page(n), &["cy"]);
        call.run_ms(10);
    }
    let farewell = call.clients[2].said.iter().find_map(|said| match said {
        Said::Leave(leave) => Some(leave.action()),
        _ => None,
    });
    assert_eq!(farewell, Some(proto::leave_request::Action::Reconnect));
    assert!(!call.clients[1].is_closed);
}

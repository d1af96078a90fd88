//! Packets, signals and descriptions of a real call, changed at random and sent by a participant: whatever happens to that
//! participant, nothing gets out of the fence and the call of the others goes on.
//!
//! `SFU_MUTATIONS` says how many packets; a million take some seconds in a release build.

use std::net::SocketAddr;

use livekit_protocol as proto;
use prost::Message;
use proto::signal_request::Message as Asked;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::testing::*;
use crate::*;

/// In an ordinary run: a second or two.
const N_PACKETS: usize = 60_000;
const N_SIGNALS: usize = 4_000;
const N_DESCRIPTIONS: usize = 1_000;

/// Ada speaks and shows herself, Bob looks on; Eve does both, and everything was recorded that they sent.
fn a_recorded_call(eve: Topology) -> Call {
    let mut config = config(17);
    // Floods are looked at elsewhere.
    config.limits.n_signals_per_second = 1_000_000;
    let mut call = Call::with(17, config);
    call.tape = Some(Tape::default());
    call.join("ada", Topology::One);
    call.join("bob", Topology::Two);
    call.join("eve", eve);
    for client in [0, 2] {
        call.clients[client].speak("mic");
        call.clients[client].show("cam");
    }
    call.run_ms(2_000);
    call.clients[2].send_data("_reliable", "hello", &[]);
    call.run_ms(1_000);
    call
}

/// Changes bits, cuts, lengthens, repeats, and puts together what does not belong together.
fn mutate(bytes: &[u8], other: &[u8], rng: &mut StdRng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = |n: usize, rng: &mut StdRng| rng.random_range(0..n.max(1));
    for _ in 0..rng.random_range(1..4) {
        let n = bytes.len();
        match rng.random_range(0..7) {
            0 | 1 if n > 0 => bytes[at(n, rng)] ^= 1 << rng.random_range(0..8),
            2 if n > 0 => bytes[at(n, rng)] = rng.random(),
            3 => bytes.truncate(at(n, rng)),
            4 => bytes.extend(std::iter::repeat_n(rng.random::<u8>(), rng.random_range(1..300))),
            5 => {
                let (from, to) = (at(n, rng), at(other.len(), rng));
                bytes.truncate(from);
                bytes.extend(&other[to..]);
            }
            _ if n > 1 => {
                let (from, len) = (at(n, rng), rng.random_range(1..16));
                let part: Vec<u8> = bytes[from..n.min(from + len)].to_vec();
                let to = at(n, rng);
                bytes.splice(to..to, part);
            }
            _ => {}
        }
    }
    bytes
}

fn assert_goes_on(call: &mut Call, what: &str) {
    let heard = call.clients[1].heard[call.clients[0].published[0].sid.as_ref().unwrap()].len();
    call.run_ms(2_000);
    let later = call.clients[1].heard[call.clients[0].published[0].sid.as_ref().unwrap()].len();
    assert!(later >= heard + 95, "{what}: {later} after {heard}");
    assert!(!call.clients[0].is_closed && !call.clients[1].is_closed);
}

fn n_packets() -> usize {
    let asked = std::env::var("SFU_MUTATIONS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(N_PACKETS)
}

#[test]
fn no_packet_gets_out_of_the_fence() {
    for topology in [Topology::One, Topology::Two] {
        let mut call = a_recorded_call(topology);
        let tape = call.tape.take().unwrap();
        let eve: Vec<Vec<u8>> = tape
            .packets
            .into_iter()
            .filter(|(client, _)| *client == 2)
            .map(|(_, bytes)| bytes)
            .collect();
        // Of every kind the same part, or there were hardly any but media.
        let kind = |bytes: &[u8]| match bytes.first() {
            Some(0..=3) => 0,
            Some(20..=63) => 1,
            _ if bytes.get(1).is_some_and(|kind| (192..=223).contains(kind)) => 2,
            _ => 3,
        };
        let kinds: Vec<Vec<&Vec<u8>>> = (0..4)
            .map(|wanted| eve.iter().filter(|bytes| kind(bytes) == wanted).collect())
            .collect();
        assert!(
            kinds.iter().all(|kind| !kind.is_empty()),
            "STUN, DTLS, RTCP and RTP"
        );
        let hers = call.clients[2].address();
        let stranger: SocketAddr = "203.0.113.9:5000".parse().unwrap();
        let mut rng = StdRng::seed_from_u64(18);
        let (n_before, heard) = (call.room.n_malformed(), call.clients[1].n_heard());
        for n in 0..n_packets() / 2 {
            let pick = |rng: &mut StdRng| {
                let kind = &kinds[rng.random_range(0..4)];
                kind[rng.random_range(0..kind.len())]
            };
            let (bytes, other) = (pick(&mut rng), pick(&mut rng));
            let bytes = mutate(bytes, other, &mut rng);
            call.hit(if n % 4 == 0 { stranger } else { hers }, &bytes);
            if n % 500 == 0 {
                call.run_ms(20);
            }
        }
        assert!(call.clients[1].n_heard() > heard);
        assert!(call.room.n_malformed() > n_before);
        assert_goes_on(&mut call, "packets");
        // She who is imitated stays, too. With two connections a check of one that comes from the address of the other
        // leads what follows astray until the next, and only who sees what she sends can do that.
        assert!(!call.clients[2].is_closed, "{topology:?}: eve was put out");
        let hers = call.clients[2].published[0].sid.clone().unwrap();
        let heard = call.clients[1].heard[&hers].len();
        call.run_ms(2_000);
        let later = call.clients[1].heard[&hers].len();
        assert!(
            topology == Topology::Two || later >= heard + 95,
            "{later} after {heard}"
        );
    }
}

#[test]
fn no_signal_gets_out_of_the_fence() {
    let mut call = a_recorded_call(Topology::Two);
    let signals: Vec<Vec<u8>> = call
        .tape
        .take()
        .unwrap()
        .signals
        .into_iter()
        .map(|(_, bytes)| bytes)
        .collect();
    let mut rng = StdRng::seed_from_u64(19);
    let mut mallory = None;
    for n in 0..N_SIGNALS {
        let id = *mallory.get_or_insert_with(|| {
            let topology = if n % 2 == 0 { Topology::One } else { Topology::Two };
            call.room.join(call.now, join("mallory", topology)).unwrap()
        });
        let bytes = &signals[rng.random_range(0..signals.len())];
        let other = &signals[rng.random_range(0..signals.len())];
        let bytes = mutate(bytes, other, &mut rng);
        call.hit_with_signal(id, &bytes);
        if n % 100 == 0 {
            call.run_ms(20);
        }
        let is_there = call.room.members().any(|(member, _)| member == id);
        mallory = Some(id).filter(|_| is_there);
    }
    assert_goes_on(&mut call, "signals");
}

/// Lines are left out, doubled, changed and moved, in offers and in answers.
fn mutate_sdp(sdp: &str, rng: &mut StdRng) -> String {
    let mut lines: Vec<String> = sdp.lines().map(str::to_owned).collect();
    for _ in 0..rng.random_range(1..6) {
        let (at, other) = (rng.random_range(0..lines.len()), rng.random_range(0..lines.len()));
        match rng.random_range(0..6) {
            0 if lines.len() > 1 => _ = lines.remove(at),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => {
                let bytes = mutate(lines[at].as_bytes(), lines[other].as_bytes(), rng);
                lines[at] = String::from_utf8_lossy(&bytes).into_owned();
            }
            4 => {
                let digit = |letter: char| if letter.is_ascii_digit() { '9' } else { letter };
                lines[at] = lines[at].chars().map(digit).collect();
            }
            _ => lines.truncate(at.max(1)),
        }
    }
    lines.join("\r\n") + "\r\n"
}

#[test]
fn no_description_gets_out_of_the_fence() {
    let mut call = a_recorded_call(Topology::Two);
    let tape = call.tape.take().unwrap();
    let asked = tape
        .signals
        .iter()
        .filter_map(|(_, bytes)| proto::SignalRequest::decode(&bytes[..]).ok()?.message);
    let descriptions: Vec<Asked> = asked
        .filter(|asked| matches!(asked, Asked::Offer(_) | Asked::Answer(_)))
        .collect();
    assert!(descriptions.iter().any(|asked| matches!(asked, Asked::Answer(_))));
    let mut rng = StdRng::seed_from_u64(20);
    let mut mallory = None;
    for n in 0..N_DESCRIPTIONS {
        let id = *mallory.get_or_insert_with(|| {
            let topology = if n % 2 == 0 { Topology::One } else { Topology::Two };
            call.room.join(call.now, join("mallory", topology)).unwrap()
        });
        let mut asked = descriptions[rng.random_range(0..descriptions.len())].clone();
        if let Asked::Offer(description) | Asked::Answer(description) = &mut asked {
            description.sdp = mutate_sdp(&description.sdp, &mut rng);
        }
        let request = proto::SignalRequest { message: Some(asked) };
        call.hit_with_signal(id, &request.encode_to_vec());
        if n % 20 == 0 {
            call.run_ms(20);
        }
        // What was agreed on by accident should not stay for long.
        let is_there = call.room.members().any(|(member, _)| member == id);
        if is_there && n % 5 == 4 {
            call.room.expel(call.now, id);
        }
        mallory = Some(id).filter(|_| is_there && n % 5 != 4);
    }
    assert_goes_on(&mut call, "descriptions");
}

//! What no browser would say: broken, cut and nested bytes end in a refusal, never in a panic or an accepted key.

use super::device::{Device, ORIGIN};
use crate::{
    passkey::{Adding, Party},
    wire::{PasskeyAnswer, PasskeyMade},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::config::Config;
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

fn party() -> Party {
    let mut config = Config::for_tests(Path::new("unused"));
    config.public_url = ORIGIN.to_owned();
    Party::new(&config, Duration::from_secs(300)).expect("passkeys at localhost")
}

fn bytes(part: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part.as_str().unwrap()).unwrap()
}

/// Cut at each length, with each byte changed, and nested deeper than any stack.
fn broken(whole: &[u8]) -> Vec<Value> {
    let cut = (0..whole.len()).map(|len| whole[..len].to_vec());
    let changed = (0..whole.len()).map(|idx| {
        let mut bytes = whole.to_vec();
        bytes[idx] ^= 0x5a;
        bytes
    });
    let nested = [0x81, 0xa1, 0xd8, 0x9f, 0xbf, 0xff].map(|byte| vec![byte; 12_000]);
    let all = cut.chain(changed).chain(nested);
    all.map(|bytes| json!(URL_SAFE_NO_PAD.encode(bytes))).collect()
}

fn offer(party: &Party) -> (Value, String) {
    let begun = party.begin_adding(Adding {
        person: uuid::Uuid::now_v7(),
        account: "mara@example.org",
        name: "Mara",
        workspace: "Riverside",
        known: Vec::new(),
    });
    let begun = begun.expect("a question");
    (json!({ "attempt": "", "options": begun.options }), begun.state)
}

#[test]
fn broken_keys_are_refused() {
    let (party, mut device) = (party(), Device::new());
    let (offer, state) = offer(&party);
    let made = device.make(&offer);
    let add = |made: &Value| {
        let made: PasskeyMade = serde_json::from_value(made.clone()).unwrap();
        party.finish_adding(&state, &made)
    };
    assert!(add(&made).is_ok(), "the key itself is taken");
    for part in ["client_data", "attestation"] {
        let whole = bytes(&made[part]);
        for (idx, broken) in broken(&whole).into_iter().enumerate() {
            let mut lie = made.clone();
            lie[part] = broken;
            // Without attestation nobody signs a new key: a byte that was changed may be another key, or a field that nobody knows.
            // What is cut, or is no such object at all, is none.
            let is_another = (whole.len()..2 * whole.len()).contains(&idx);
            assert!(add(&lie).is_err() || is_another, "{part} {idx}");
        }
    }
}

#[test]
fn broken_answers_are_refused() {
    let (party, mut device) = (party(), Device::new());
    let (offer, state) = offer(&party);
    let made = serde_json::from_value(device.make(&offer)).unwrap();
    let credential = party.finish_adding(&state, &made).expect("a key").credential;
    let begun = party.begin_entering(&[]).expect("a question");
    let answer = device.answer(&json!({ "attempt": "", "options": begun.options }));
    let enter = |answer: &Value| {
        let answer: PasskeyAnswer = serde_json::from_value(answer.clone()).unwrap();
        party.finish_entering(&begun.state, &answer, &credential)
    };
    assert!(enter(&answer).is_ok(), "the answer itself is taken");
    for part in ["client_data", "authenticator_data", "signature", "credential_id"] {
        for (idx, broken) in broken(&bytes(&answer[part])).into_iter().enumerate() {
            let mut lie = answer.clone();
            lie[part] = broken;
            assert!(enter(&lie).is_err(), "{part} {idx}");
        }
    }
}

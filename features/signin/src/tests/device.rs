//! A device with passkeys, written out here so that the crate under test is not asked about itself: keys, CBOR and flags by
//! hand (Web Authentication, 6.1 and 6.5), with every part open to forgery.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const ORIGIN: &str = "http://talk.localhost";
pub const DOMAIN: &str = "talk.localhost";

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

/// A key on a device, and how honest the device is.
pub struct Device {
    pub id: Vec<u8>,
    pub handle: Option<String>,
    pub counter: u32,
    pub origin: String,
    pub domain: String,
    /// Opened by a finger, a face or a PIN.
    pub is_verified: bool,
    pub is_present: bool,
    pub more: Value,
    pair: EcdsaKeyPair,
}

impl Device {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self {
            id: rand::random::<[u8; 32]>().to_vec(),
            handle: None,
            counter: 0,
            origin: ORIGIN.to_owned(),
            domain: DOMAIN.to_owned(),
            is_verified: true,
            is_present: true,
            more: json!({}),
            pair,
        }
    }

    pub fn id_text(&self) -> String {
        text(&self.id)
    }

    /// Makes the key that a server asks for: the body of the answer.
    pub fn make(&mut self, offer: &Value) -> Value {
        let options = &offer["options"];
        self.handle = Some(options["user"]["id"].as_str().unwrap().to_owned());
        let client_data = self.client_data("webauthn.create", options);
        let mut data = self.head(HAS_KEY);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        let mut object = Vec::from(*b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59");
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        json!({
            "attempt": offer["attempt"], "credential_id": self.id_text(),
            "client_data": text(client_data.as_bytes()), "attestation": text(&object),
        })
    }

    /// Answers the question who it is: the body of the answer.
    pub fn answer(&mut self, question: &Value) -> Value {
        let client_data = self.client_data("webauthn.get", &question["options"]);
        let data = self.head(0);
        let signed = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        json!({
            "attempt": question["attempt"], "credential_id": self.id_text(),
            "client_data": text(client_data.as_bytes()), "authenticator_data": text(&data),
            "signature": text(signature.as_ref()), "user_handle": self.handle,
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let mut data = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        for (key, value) in self.more.as_object().unwrap() {
            data[key] = value.clone();
        }
        data.to_string()
    }

    fn head(&self, more: u8) -> Vec<u8> {
        let mut flags = more;
        for (is_so, flag) in [(self.is_present, PRESENT), (self.is_verified, VERIFIED)] {
            flags |= if is_so { flag } else { 0 };
        }
        let mut data = Sha256::digest(&self.domain).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// ES256 as COSE has it (RFC 9053, 7.1.1).
    fn public_key(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(&point[1..33]);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(&point[33..]);
        key
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

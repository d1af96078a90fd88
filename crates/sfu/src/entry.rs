//! How a client comes in: the two ways in which it says what it wants, read into one.
//!
//! `/rtc/v1` brings a `JoinRequest` (base64url, perhaps compressed) and one peer connection; `/rtc` brings query
//! parameters and two. Everything here comes from outside and is bounded; the token is not read here.

use std::io::Read;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use livekit_protocol as proto;
use prost::Message;

/// How many peer connections a client has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topology {
    /// One, which the client alone offers (`/rtc/v1`).
    One,
    /// One to publish, offered by the client, and one to subscribe, offered by the server (`/rtc`).
    Two,
}

/// What a client wants on coming in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// How many peer connections it has.
    pub topology: Topology,
    /// Whether it gets every track without asking.
    pub auto_subscribe: bool,
    /// What it says of itself.
    pub client: proto::ClientInfo,
    /// Attributes that it brings, beside those of its token.
    pub attributes: std::collections::HashMap<String, String>,
    /// Tracks that it publishes at once, before their offer.
    pub tracks: Vec<proto::AddTrackRequest>,
    /// Its first offer.
    pub offer: Option<proto::SessionDescription>,
    /// The participant that it was, when it resumes.
    pub resumes: Option<String>,
}

/// Why an entry cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadEntry {
    /// Neither with padding nor without.
    #[error("join_request is not base64url")]
    NotBase64,
    /// Broken, or larger than [`MOST_BYTES`] when inflated.
    #[error("join_request cannot be inflated within its bounds")]
    NotInflatable,
    /// Not the message that it should be.
    #[error("join_request is not a join request")]
    NotAJoinRequest,
}

/// The largest join request, inflated. An offer with a hundred sections has about 300 kB.
pub const MOST_BYTES: usize = 512 * 1024;

impl Entry {
    /// Reads `join_request` of `/rtc/v1`.
    pub fn from_join_request(text: &str) -> Result<Self, BadEntry> {
        if text.len() > MOST_BYTES * 2 {
            return Err(BadEntry::NotInflatable);
        }
        let bytes = base64url().decode(text).map_err(|_| BadEntry::NotBase64)?;
        let wrapped = proto::WrappedJoinRequest::decode(&bytes[..]).map_err(|_| BadEntry::NotAJoinRequest)?;
        let bytes = match wrapped.compression {
            0 => wrapped.join_request,
            1 => inflate(&wrapped.join_request)?,
            _ => return Err(BadEntry::NotInflatable),
        };
        let request = proto::JoinRequest::decode(&bytes[..]).map_err(|_| BadEntry::NotAJoinRequest)?;
        Ok(Entry::from_message(request))
    }

    fn from_message(request: proto::JoinRequest) -> Self {
        let settings = request.connection_settings;
        Entry {
            topology: Topology::One,
            auto_subscribe: settings.as_ref().is_none_or(|settings| settings.auto_subscribe),
            client: request.client_info.unwrap_or_default(),
            attributes: request.participant_attributes,
            tracks: request.add_track_requests,
            offer: request.publisher_offer,
            resumes: request.reconnect.then_some(request.participant_sid),
        }
    }

    /// Reads the parameters of `/rtc`; what is not known is ignored.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut entry = Entry {
            topology: Topology::Two,
            auto_subscribe: true,
            client: proto::ClientInfo::default(),
            attributes: Default::default(),
            tracks: Vec::new(),
            offer: None,
            resumes: None,
        };
        let (mut reconnects, mut sid) = (false, "");
        for (name, value) in pairs {
            match name {
                "auto_subscribe" => entry.auto_subscribe = is_true(value),
                "reconnect" => reconnects = is_true(value),
                "sid" => sid = value,
                "protocol" => entry.client.protocol = value.parse().unwrap_or_default(),
                "version" => entry.client.version = value.to_owned(),
                _ => {}
            }
        }
        entry.resumes = reconnects.then(|| sid.to_owned());
        entry
    }
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

fn base64url() -> GeneralPurpose {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&URL_SAFE, config)
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, BadEntry> {
    let mut inflated = Vec::new();
    let most = MOST_BYTES as u64 + 1;
    let read = flate2::read::GzDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut inflated);
    match read {
        Ok(n_bytes) if n_bytes <= MOST_BYTES => Ok(inflated),
        _ => Err(BadEntry::NotInflatable),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn wrap(compression: i32, join_request: Vec<u8>) -> String {
        let wrapped = proto::WrappedJoinRequest {
            compression,
            join_request,
        };
        base64url().encode(wrapped.encode_to_vec())
    }

    #[test]
    fn a_join_request_is_read_plain_and_compressed_with_padding_and_without() {
        let request = proto::JoinRequest {
            connection_settings: Some(proto::ConnectionSettings::default()),
            reconnect: true,
            participant_sid: "PA_1".into(),
            ..Default::default()
        };
        for text in [
            wrap(0, request.encode_to_vec()),
            wrap(1, zip(&request.encode_to_vec())),
        ] {
            for text in [text.as_str(), text.trim_end_matches('=')] {
                let entry = Entry::from_join_request(text).unwrap();
                assert_eq!(entry.topology, Topology::One);
                assert!(!entry.auto_subscribe);
                assert_eq!(entry.resumes.as_deref(), Some("PA_1"));
            }
        }
    }

    #[test]
    fn what_is_no_join_request_is_refused_with_its_reason() {
        let bomb = wrap(1, zip(&vec![0; MOST_BYTES * 8]));
        assert!(bomb.len() < 100_000, "a bomb is small outside");
        let refused = |text: &str| Entry::from_join_request(text).unwrap_err();
        assert_eq!(refused(&bomb), BadEntry::NotInflatable);
        assert_eq!(refused("%%%"), BadEntry::NotBase64);
        assert_eq!(refused("AAAA"), BadEntry::NotAJoinRequest);
        assert_eq!(refused(&wrap(1, vec![1, 2, 3])), BadEntry::NotInflatable);
        assert_eq!(refused(&wrap(7, Vec::new())), BadEntry::NotInflatable);
        assert_eq!(refused(&wrap(0, vec![0xff; 9])), BadEntry::NotAJoinRequest);
    }

    #[test]
    fn the_parameters_of_older_clients_are_read() {
        let entry = Entry::from_query([
            ("auto_subscribe", "0"),
            ("protocol", "15"),
            ("sid", "PA_2"),
            ("x", "y"),
        ]);
        assert_eq!((entry.topology, entry.auto_subscribe), (Topology::Two, false));
        assert_eq!((entry.client.protocol, entry.resumes), (15, None));
        let entry = Entry::from_query([("reconnect", "1"), ("sid", "PA_2")]);
        assert_eq!(entry.resumes.as_deref(), Some("PA_2"));
    }
}

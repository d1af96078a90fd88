//! Tokens: who may come into which room, signed as LiveKit signs them (JWT, HS256).
//!
//! Invariants: the algorithm is HS256 whatever a token says of itself; a token without an end, or of another key, opens
//! nothing; what a participant holds never carries a grant to administer; a ticket lives ten minutes at most. It does
//! not know what has been revoked.

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};
use sfu::proto;

/// Who comes in, and what they may do.
#[derive(Debug, Clone, Default)]
pub struct Ticket {
    /// One person is in a room once: whoever comes again takes the place.
    pub identity: String,
    /// What others see.
    pub name: String,
    /// Free text, for the product.
    pub metadata: String,
    /// Free pairs, for the product.
    pub attributes: HashMap<String, String>,
    /// What they may do.
    pub grants: Grants,
    /// How long one may come in with it, ten minutes at most: who is in gets fresh ones.
    pub lifetime: Duration,
}

/// What somebody may do in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    /// Publish tracks.
    pub can_publish: bool,
    /// Only from these sources; empty: from any.
    pub can_publish_sources: Vec<proto::TrackSource>,
    /// Receive the tracks of others.
    pub can_subscribe: bool,
    /// Send data.
    pub can_publish_data: bool,
    /// The others do not see them.
    pub hidden: bool,
}

impl Default for Grants {
    fn default() -> Self {
        Grants {
            can_publish: true,
            can_publish_sources: Vec::new(),
            can_subscribe: true,
            can_publish_data: true,
            hidden: false,
        }
    }
}

impl From<&Grants> for sfu::Grants {
    fn from(grants: &Grants) -> Self {
        sfu::Grants {
            can_publish: grants.can_publish,
            publish_sources: grants.can_publish_sources.clone(),
            can_subscribe: grants.can_subscribe,
            can_publish_data: grants.can_publish_data,
            can_update_metadata: false,
            is_hidden: grants.hidden,
        }
    }
}

impl From<&proto::ParticipantPermission> for Grants {
    fn from(permission: &proto::ParticipantPermission) -> Self {
        Grants {
            can_publish: permission.can_publish,
            can_publish_sources: permission.can_publish_sources().collect(),
            can_subscribe: permission.can_subscribe,
            can_publish_data: permission.can_publish_data,
            hidden: permission.hidden,
        }
    }
}

impl From<&Grants> for proto::ParticipantPermission {
    fn from(grants: &Grants) -> Self {
        let sources = grants.can_publish_sources.iter();
        proto::ParticipantPermission {
            can_publish: grants.can_publish,
            can_publish_sources: sources.map(|source| *source as i32).collect(),
            can_subscribe: grants.can_subscribe,
            can_publish_data: grants.can_publish_data,
            hidden: grants.hidden,
            ..Default::default()
        }
    }
}

/// What a token says. Fields that are not known are ignored, as they are by LiveKit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Claims {
    pub iss: String,
    pub sub: String,
    pub nbf: i64,
    pub exp: i64,
    /// When it was made, in microseconds: a second is too coarse to tell what was made before somebody was removed.
    #[serde(skip_serializing_if = "is_zero")]
    pub issued_at_us: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub metadata: String,
    #[serde(skip_serializing_if = "HashMap::is_empty")]
    pub attributes: HashMap<String, String>,
    /// Of the body of a webhook.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    pub video: VideoGrant,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// What a token lets do. What is not said of publishing, subscribing and data is allowed, as at LiveKit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct VideoGrant {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub room_create: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub room_list: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub room_admin: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub room_join: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub room: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_publish: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub can_publish_sources: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_subscribe: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_publish_data: Option<bool>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub can_update_own_metadata: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

impl VideoGrant {
    /// A source that we do not know is one from which nothing comes; it never widens a list to "any".
    pub fn to_grants(&self) -> sfu::Grants {
        let known = self.can_publish_sources.iter().filter_map(|name| source(name));
        let publish_sources: Vec<proto::TrackSource> = known.collect();
        let names_unknown_only = publish_sources.is_empty() && !self.can_publish_sources.is_empty();
        sfu::Grants {
            can_publish: self.can_publish.unwrap_or(true) && !names_unknown_only,
            publish_sources,
            can_subscribe: self.can_subscribe.unwrap_or(true),
            can_publish_data: self.can_publish_data.unwrap_or(true),
            can_update_metadata: self.can_update_own_metadata,
            is_hidden: self.hidden,
        }
    }
}

const SOURCES: [(&str, proto::TrackSource); 4] = [
    ("camera", proto::TrackSource::Camera),
    ("microphone", proto::TrackSource::Microphone),
    ("screen_share", proto::TrackSource::ScreenShare),
    ("screen_share_audio", proto::TrackSource::ScreenShareAudio),
];

fn source(name: &str) -> Option<proto::TrackSource> {
    let known = SOURCES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map(|(_, source)| *source)
}

fn source_name(source: proto::TrackSource) -> Option<String> {
    let known = SOURCES.iter().find(|(_, known)| *known == source);
    known.map(|(name, _)| (*name).to_owned())
}

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum BadToken {
    #[error("a token is missing")]
    Missing,
    #[error("the token cannot be read")]
    Unreadable,
    #[error("the token is not signed with HS256")]
    Algorithm,
    #[error("the signature of the token is wrong")]
    Signature,
    #[error("the token is of another key")]
    Key,
    #[error("the token is over, or has no end")]
    Expired,
    #[error("the token is not valid yet")]
    Early,
    #[error("the token does not allow this")]
    Grant,
}

/// How long one may come in with a ticket.
pub(crate) const LONGEST: Duration = Duration::from_secs(600);

/// How far apart the clocks of two servers may be.
const LEEWAY_SECS: i64 = 10;

/// Signs and checks with one key.
#[derive(Clone)]
pub(crate) struct Tokens {
    name: String,
    key: hmac::Key,
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: String,
}

impl Tokens {
    pub fn new(name: &str, secret: &str) -> Self {
        Tokens {
            name: name.to_owned(),
            key: hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()),
        }
    }

    pub fn ticket(&self, room: &str, ticket: &Ticket, now: Timestamp) -> String {
        let grants = &ticket.grants;
        let sources = grants.can_publish_sources.iter();
        let video = VideoGrant {
            room_join: true,
            room: room.to_owned(),
            can_publish: Some(grants.can_publish),
            can_publish_sources: sources.filter_map(|source| source_name(*source)).collect(),
            can_subscribe: Some(grants.can_subscribe),
            can_publish_data: Some(grants.can_publish_data),
            hidden: grants.hidden,
            ..Default::default()
        };
        let claims = Claims {
            sub: ticket.identity.clone(),
            name: ticket.name.clone(),
            metadata: ticket.metadata.clone(),
            attributes: ticket.attributes.clone(),
            video,
            ..Default::default()
        };
        self.sign_for(claims, ticket.lifetime.min(LONGEST), now)
    }

    pub fn sign_for(&self, claims: Claims, lifetime: Duration, now: Timestamp) -> String {
        self.sign(&Claims {
            iss: self.name.clone(),
            nbf: seconds(now),
            exp: seconds(now.after(lifetime)),
            issued_at_us: now.0,
            ..claims
        })
    }

    fn sign(&self, claims: &Claims) -> String {
        let header = Header {
            alg: "HS256".into(),
            typ: "JWT".into(),
        };
        let text = format!("{}.{}", encode(&header), encode(claims));
        let tag = hmac::sign(&self.key, text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Claims, BadToken> {
        let (text, signature) = token.rsplit_once('.').ok_or(BadToken::Unreadable)?;
        let (header, claims) = text.split_once('.').ok_or(BadToken::Unreadable)?;
        let header: Header = decode(header)?;
        if header.alg != "HS256" {
            return Err(BadToken::Algorithm);
        }
        let signature = URL_SAFE_NO_PAD
            .decode(signature)
            .map_err(|_| BadToken::Signature)?;
        hmac::verify(&self.key, text.as_bytes(), &signature).map_err(|_| BadToken::Signature)?;
        let claims: Claims = decode(claims)?;
        let now = seconds(now);
        if claims.iss != self.name {
            Err(BadToken::Key)
        } else if claims.exp.saturating_add(LEEWAY_SECS) <= now {
            Err(BadToken::Expired)
        } else if claims.nbf.saturating_sub(LEEWAY_SECS) > now {
            Err(BadToken::Early)
        } else {
            Ok(claims)
        }
    }
}

fn seconds(at: Timestamp) -> i64 {
    at.0.div_euclid(1_000_000)
}

fn encode(part: &impl Serialize) -> String {
    let json = serde_json::to_vec(part).expect("plain fields and strings become JSON");
    URL_SAFE_NO_PAD.encode(json)
}

fn decode<T: for<'a> Deserialize<'a>>(part: &str) -> Result<T, BadToken> {
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| BadToken::Unreadable)?;
    serde_json::from_slice(&json).map_err(|_| BadToken::Unreadable)
}

/// This moment. Only tokens know it: they say when they end in it. Everything else waits by [`std::time::Instant`].
pub(crate) fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
    const SECRET: &str = "a secret of more than thirty-two bytes";

    fn tokens() -> Tokens {
        Tokens::new("key", SECRET)
    }

    fn ticket() -> Ticket {
        Ticket {
            identity: "ada".into(),
            lifetime: Duration::from_secs(60),
            grants: Grants {
                can_publish_sources: vec![proto::TrackSource::Microphone],
                ..Grants::default()
            },
            ..Ticket::default()
        }
    }

    fn with_header(token: &str, header: &str) -> String {
        let (_, rest) = token.split_once('.').unwrap();
        format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header))
    }

    #[test]
    fn a_ticket_says_who_comes_in_where_and_what_they_may_do() {
        let claims = tokens()
            .verify(&tokens().ticket("hall", &ticket(), NOW), NOW)
            .unwrap();
        assert_eq!((claims.sub.as_str(), claims.video.room.as_str()), ("ada", "hall"));
        let expected = sfu::Grants {
            publish_sources: vec![proto::TrackSource::Microphone],
            ..sfu::Grants::default()
        };
        assert_eq!(claims.video.to_grants(), expected);
        assert!(claims.video.room_join);
        assert!(!claims.video.room_admin && !claims.video.room_create && !claims.video.room_list);
    }

    #[test]
    fn a_ticket_lives_ten_minutes_at_most() {
        let long = Ticket {
            lifetime: Duration::from_secs(86_400),
            ..ticket()
        };
        let token = tokens().ticket("hall", &long, NOW);
        let later = |secs| NOW.after(Duration::from_secs(secs));
        assert!(tokens().verify(&token, later(599)).is_ok());
        assert_eq!(
            tokens().verify(&token, later(611)).unwrap_err(),
            BadToken::Expired
        );
    }

    #[test]
    fn what_is_forged_over_early_or_of_another_key_opens_nothing() {
        let good = tokens().ticket("hall", &ticket(), NOW);
        let refused = |token: &str, at| tokens().verify(token, at).unwrap_err();
        let other_secret =
            Tokens::new("key", "another secret of thirty-two bytes").ticket("hall", &ticket(), NOW);
        let other_name = Tokens::new("other", SECRET).ticket("hall", &ticket(), NOW);
        assert_eq!(refused(&other_secret, NOW), BadToken::Signature);
        assert_eq!(refused(&other_name, NOW), BadToken::Key);
        assert_eq!(
            refused(&good, NOW.after(Duration::from_secs(71))),
            BadToken::Expired
        );
        assert_eq!(
            refused(&good, NOW.before(Duration::from_secs(11))),
            BadToken::Early
        );
        for alg in ["none", "None", "HS512", "RS256", ""] {
            let header = format!(r#"{{"alg":"{alg}","typ":"JWT"}}"#);
            assert_eq!(
                refused(&with_header(&good, &header), NOW),
                BadToken::Algorithm,
                "{alg}"
            );
        }
        let (text, _) = good.rsplit_once('.').unwrap();
        assert_eq!(refused(&format!("{text}."), NOW), BadToken::Signature);
        for text in ["", ".", "..", "a.b.c", "é.é.é", &good[1..]] {
            assert!(tokens().verify(text, NOW).is_err(), "{text}");
        }
    }

    #[test]
    fn a_token_without_an_end_opens_nothing() {
        let claims = Claims {
            iss: "key".into(),
            ..Claims::default()
        };
        assert_eq!(
            tokens().verify(&tokens().sign(&claims), NOW).unwrap_err(),
            BadToken::Expired
        );
    }

    #[test]
    fn a_source_that_nobody_knows_never_means_any() {
        let grant = VideoGrant {
            can_publish_sources: vec!["hologram".into()],
            ..VideoGrant::default()
        };
        assert!(!grant.to_grants().can_publish);
    }
}

//! Janus' protocol (JSON over a WebSocket, its plugin videoroom), told to the client of the tests as what LiveKit's would say.
//!
//! One publishes one track, all others listen to it: a track has one name here, and a conversation one connection. Whoever
//! listens must come after the publisher's connection is there; before, Janus knows no such feed. Data channels are not asked
//! for by those who listen. What Janus says of its state (`webrtcup`, `media`, `slowlink`) is not looked at.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use media::proto;
use prost::Message as _;
use proto::signal_request::Message as Asked;
use proto::signal_response::Message as Said;
use serde_json::{Value, json};

use super::person::{Turn, translate};

/// The mid of the section that carries the one track, as its publisher numbers it.
pub type Section = Arc<OnceLock<String>>;

/// The one track, and whose it is.
const TRACK: &str = "the-track";
const FEED: u64 = 1;

/// Stands in the configuration.
const ROOM: u64 = 1;

/// One conversation.
pub struct Talk {
    section: Section,
    is_publisher: bool,
    session: Option<Value>,
    handle: Option<Value>,
    n_said: u64,
    /// What the client calls its offer.
    offer_id: u32,
}

impl Talk {
    pub fn new(section: Section, is_publisher: bool) -> Self {
        Talk {
            section,
            is_publisher,
            session: None,
            handle: None,
            n_said: 0,
            offer_id: 0,
        }
    }

    /// The first that is said.
    pub fn open(&mut self) -> String {
        self.say(json!({ "janus": "create" }))
    }

    /// What follows from what the client says.
    pub fn answer_client(&mut self, signal: &[u8]) -> Turn {
        let request = proto::SignalRequest::decode(signal).expect("a signal");
        match request.message {
            Some(Asked::AddTrack(asked)) => {
                let track = Some(proto::TrackInfo {
                    sid: TRACK.into(),
                    ..Default::default()
                });
                let published = proto::TrackPublishedResponse {
                    cid: asked.cid,
                    track,
                };
                Turn::to_client([Said::TrackPublished(published)])
            }
            Some(Asked::Offer(offer)) => {
                self.offer_id = offer.id;
                let section = section_with_media(&offer.sdp).expect("a section with media");
                self.section.set(section.into()).expect("one publishes");
                let body =
                    json!({ "request": "joinandconfigure", "ptype": "publisher", "room": ROOM, "id": FEED });
                Turn::to_server(self.ask(body, Some(("offer", offer.sdp))))
            }
            Some(Asked::Answer(answer)) => {
                Turn::to_server(self.ask(json!({ "request": "start" }), Some(("answer", answer.sdp))))
            }
            _ => Turn::default(),
        }
    }

    /// What follows from what Janus says.
    pub fn answer_server(&mut self, text: &str) -> Turn {
        let mut heard: Value = serde_json::from_str(text).expect("JSON");
        assert!(heard["janus"] != "error", "Janus refuses: {text}");
        assert!(heard["janus"] != "hangup", "Janus hangs up: {text}");
        let failed = &heard["plugindata"]["data"]["error"];
        assert!(failed.is_null(), "Janus refuses: {failed}");
        match heard["janus"].as_str() {
            Some("success") if self.session.is_none() => {
                self.session = Some(heard["data"]["id"].take());
                let attach = json!({ "janus": "attach", "plugin": "janus.plugin.videoroom" });
                Turn::to_server(self.say(attach))
            }
            Some("success") => {
                self.handle = Some(heard["data"]["id"].take());
                if self.is_publisher {
                    return Turn::default();
                }
                let stream = json!({ "feed": FEED, "mid": self.section.get().expect("somebody publishes") });
                let body =
                    json!({ "request": "join", "ptype": "subscriber", "room": ROOM, "streams": [stream] });
                Turn::to_server(self.ask(body, None))
            }
            Some("event") => self.negotiate(&heard["jsep"]),
            _ => Turn::default(),
        }
    }

    fn negotiate(&self, jsep: &Value) -> Turn {
        let Some(sdp) = jsep["sdp"].as_str() else {
            return Turn::default();
        };
        let mut description = proto::SessionDescription {
            sdp: translate(&with_one_name(sdp)),
            id: self.offer_id,
            ..Default::default()
        };
        let mut turn = if jsep["type"] == "answer" {
            description.r#type = "answer".into();
            Turn::to_client([Said::Answer(description)])
        } else {
            description.r#type = "offer".into();
            Turn::to_client([Said::Update(the_publisher()), Said::Offer(description)])
        };
        turn.server = Some(find_address(sdp).expect("an address in the SDP"));
        turn
    }

    fn ask(&mut self, body: Value, jsep: Option<(&str, String)>) -> String {
        let mut message = json!({ "janus": "message", "body": body });
        if let Some((kind, sdp)) = jsep {
            message["jsep"] = json!({ "type": kind, "sdp": with_near_address(&sdp), "trickle": false });
        }
        self.say(message)
    }

    fn say(&mut self, mut message: Value) -> String {
        self.n_said += 1;
        message["transaction"] = self.n_said.to_string().into();
        if let Some(session) = &self.session {
            message["session_id"] = session.clone();
        }
        if let Some(handle) = &self.handle {
            message["handle_id"] = handle.clone();
        }
        message.to_string()
    }
}

/// Whom the client has to know before it takes their track.
fn the_publisher() -> proto::ParticipantUpdate {
    let track = proto::TrackInfo {
        sid: TRACK.into(),
        ..Default::default()
    };
    let publisher = proto::ParticipantInfo {
        sid: "the-publisher".into(),
        tracks: vec![track],
        ..Default::default()
    };
    proto::ParticipantUpdate {
        participants: vec![publisher],
    }
}

fn with_one_name(sdp: &str) -> String {
    let mut out = String::new();
    for line in sdp.lines() {
        if line.starts_with("a=msid:") {
            out.push_str(&format!("a=msid:janus {TRACK}"));
        } else {
            out.push_str(line);
        }
        out.push_str("\r\n");
    }
    out
}

/// The address of the client is made up, and might be somebody's: Janus learns the real one from what comes.
fn with_near_address(sdp: &str) -> String {
    let mut out = String::new();
    for line in sdp.lines() {
        let mut words: Vec<&str> = line.split(' ').collect();
        if line.starts_with("a=candidate:") && words.len() > 5 {
            words[4] = "127.0.0.1";
        }
        out.push_str(&words.join(" "));
        out.push_str("\r\n");
    }
    out
}

/// The mid of the first section that is none of data channels.
fn section_with_media(sdp: &str) -> Option<&str> {
    let mut lines = sdp.lines();
    lines.find(|line| line.starts_with("m=audio") || line.starts_with("m=video"))?;
    lines.find_map(|line| line.strip_prefix("a=mid:"))
}

/// Of this connection: each has a port of its own. Janus offers no address of the loopback.
fn find_address(sdp: &str) -> Option<SocketAddr> {
    let candidates = sdp.lines().filter(|line| line.starts_with("a=candidate:"));
    let mut addresses = candidates.filter_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        Some(SocketAddr::new(
            words.get(4)?.parse().ok()?,
            words.get(5)?.parse().ok()?,
        ))
    });
    addresses.find(SocketAddr::is_ipv4)
}

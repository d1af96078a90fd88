//! Live sessions: here, or on a LiveKit cluster.
//!
//! Invariants: there is a whole cluster or none, and a whole relay or none. Whether the port is free and the cluster answers
//! is not known here.

use super::{
    describe::{HIDDEN, Lines},
    reader::Reader,
};
use std::net::IpAddr;

/// Live sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveConfig {
    /// Whether there are any.
    pub enabled: bool,
    /// Where media come in: UDP, and ICE over TCP on the same number. 0: the system chooses.
    pub port: u16,
    /// The addresses that browsers are told, the best first; without any, those that this machine has itself.
    pub announce: Vec<IpAddr>,
    /// People in one session.
    pub people_max: usize,
    /// Addresses of other servers that hear what happens in the rooms of this process.
    pub webhooks: Vec<String>,
    /// A relay for those whom neither UDP nor TCP reaches.
    pub turn: Option<TurnConfig>,
    /// Runs the sessions in place of this process.
    pub livekit: Option<LiveKitConfig>,
}

/// A TURN server that shares a secret with us.
#[derive(Clone, PartialEq, Eq)]
pub struct TurnConfig {
    /// `turn:` and `turns:` addresses.
    pub urls: Vec<String>,
    /// What credentials for an hour are made with.
    pub secret: String,
}

/// A LiveKit server or cluster.
#[derive(Clone, PartialEq, Eq)]
pub struct LiveKitConfig {
    /// `wss://` or `https://`.
    pub url: String,
    /// The name of the secret.
    pub key: String,
    /// What tokens are signed with.
    pub secret: String,
}

impl std::fmt::Debug for TurnConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TurnConfig")
            .field("urls", &self.urls)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for LiveKitConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("LiveKitConfig")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// Next to LiveKit's own 7880 and 7881, so that both can run on one machine.
const PORT: u16 = 7_882;
/// What a room of this process is known to hold is measured by the bench; more are refused with words.
const PEOPLE_MAX: usize = 300;

pub(super) fn read(reader: &mut Reader) -> LiveConfig {
    LiveConfig {
        enabled: reader.switch("live.enabled").unwrap_or(true),
        port: reader.number("live.port", 0..=u16::MAX).unwrap_or(PORT),
        announce: reader.addresses("live.announce").unwrap_or_default(),
        people_max: reader.number("live.people_max", 2..=10_000).unwrap_or(PEOPLE_MAX),
        webhooks: read_webhooks(reader),
        turn: read_turn(reader),
        livekit: read_livekit(reader),
    }
}

fn read_webhooks(reader: &mut Reader) -> Vec<String> {
    let urls = reader.text("live.webhooks").unwrap_or_default();
    let urls: Vec<String> = urls
        .split(',')
        .map(|url| url.trim().to_owned())
        .filter(|url| !url.is_empty())
        .collect();
    if !urls
        .iter()
        .all(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        reader.problem(
            "live.webhooks must be a list of addresses such as [\"https://rooms.example.org/hook\"]"
                .to_owned(),
        );
    }
    urls
}

fn read_turn(reader: &mut Reader) -> Option<TurnConfig> {
    let Some(urls) = reader.text("live.turn.urls") else {
        reader.refuse_if_set(
            "live.turn.secret",
            "is only for a relay: set live.turn.urls, or remove this key",
        );
        return None;
    };
    let urls: Vec<String> = urls.split(',').map(|url| url.trim().to_owned()).collect();
    if !urls
        .iter()
        .all(|url| url.starts_with("turn:") || url.starts_with("turns:"))
    {
        reader.problem("live.turn.urls must be a list of addresses such as [\"turn:turn.example.org:3478?transport=udp\"]".to_owned());
    }
    Some(TurnConfig {
        urls,
        secret: reader.required(
            "live.turn.secret",
            "a relay needs the secret that it shares with us (coturn: static-auth-secret)",
        ),
    })
}

fn read_livekit(reader: &mut Reader) -> Option<LiveKitConfig> {
    let Some(url) = reader.text("live.livekit.url") else {
        for key in ["live.livekit.key", "live.livekit.secret"] {
            reader.refuse_if_set(
                key,
                "is only for a LiveKit server: set live.livekit.url, or remove this key",
            );
        }
        return None;
    };
    if !["wss://", "https://", "ws://", "http://"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        reader.problem("live.livekit.url must be an address such as wss://livekit.example.org".to_owned());
    }
    Some(LiveKitConfig {
        url,
        key: reader.required("live.livekit.key", "a LiveKit server needs one of its API keys"),
        secret: reader.required(
            "live.livekit.secret",
            "a LiveKit server needs the secret of the key",
        ),
    })
}

pub(super) fn describe(live: &LiveConfig, lines: &mut Lines) {
    lines.raw("live.enabled", live.enabled);
    lines.number("live.port", live.port);
    match live.announce.as_slice() {
        [] => lines.unset("live.announce", "the addresses of this machine"),
        addresses => lines.raw("live.announce", format!("{addresses:?}")),
    }
    lines.number("live.people_max", live.people_max);
    lines.raw("live.webhooks", format!("{:?}", live.webhooks));
    match &live.turn {
        Some(turn) => {
            lines.raw("live.turn.urls", format!("{:?}", turn.urls));
            lines.text("live.turn.secret", HIDDEN);
        }
        None => {
            lines.unset("live.turn.urls", "there is no relay");
            lines.unset("live.turn.secret", "there is no relay");
        }
    }
    match &live.livekit {
        Some(livekit) => {
            lines.text("live.livekit.url", &livekit.url);
            lines.text("live.livekit.key", &livekit.key);
            lines.text("live.livekit.secret", HIDDEN);
        }
        None => {
            lines.unset("live.livekit.url", "sessions run in this process");
            lines.unset("live.livekit.key", "sessions run in this process");
            lines.unset("live.livekit.secret", "sessions run in this process");
        }
    }
}

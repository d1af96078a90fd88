//! How good everybody's connection is, as clients show it beside a name: told when it changes.
//!
//! What counts is what a listener notices: what gets lost, how late and how unevenly it comes, and whether the pictures
//! that are wanted are sent. The numbers follow the E-model (ITU-T G.107) as far as it can be known here.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::ConnectionQuality as Quality;
use proto::signal_response::Message as Said;
use str0m::net::Protocol;

use super::{PeerKey, Room};
use crate::member::{Member, Role};
use crate::peer::Peer;

/// How often it is looked at.
pub(super) const EVERY: Duration = Duration::from_secs(5);

/// How often str0m says how a connection is. What it says of losses on the way out is of the last second only.
pub(crate) const READ_EVERY: Duration = Duration::from_secs(2);

/// Of whom nothing at all came for so long is lost: clients check their connection every two or three seconds.
const LOST: Duration = Duration::from_secs(7);

/// What a connection was like since it was last looked at. Losses are those of the connection itself: what was missing
/// already when it came here is missing in every stream that goes out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Readings {
    n: u16,
    /// The part of what they sent that did not arrive here, added up.
    losses_up: f32,
    /// The part of what was sent to them that did not arrive there, added up.
    losses_down: f32,
    way_and_back: Duration,
    jitter: Duration,
}

/// From this on a connection is excellent, and from this on good: 4.0 and 3.1 of the five points that listeners give.
const EXCELLENT: f32 = 80.0;
const GOOD: f32 = 60.0;

impl Readings {
    /// 0 to 93, as the E-model rates it. A hundredth that is lost costs 4 points: between what Opus conceals and what
    /// pictures show.
    fn rate(&self) -> f32 {
        const BEST: f32 = 93.2;
        const PER_LOST_PERCENT: f32 = 4.0;
        let loss_percent = self.losses_up.max(self.losses_down) / f32::from(self.n.max(1)) * 100.0;
        // A receiver holds back twice what jitter takes.
        let late_ms = (self.way_and_back / 2 + self.jitter * 2).as_secs_f32() * 1_000.0;
        let late = if late_ms < 160.0 {
            late_ms / 40.0
        } else {
            (late_ms - 120.0) / 10.0
        };
        (BEST - late - loss_percent * PER_LOST_PERCENT).clamp(0.0, BEST)
    }
}

impl Room {
    /// str0m says how a connection is.
    pub(super) fn read_off(&mut self, (id, role): PeerKey, event: &str0m::Event) {
        let Some(member) = self.members.get_mut(&id) else {
            return;
        };
        if let str0m::Event::PeerStats(stats) = event {
            member.path.read(role, stats);
            if role == member.receiving_role() {
                member.line.loss = stats.egress_loss_fraction.unwrap_or_default();
            }
        }
        let peer = member.peer(role);
        let readings = &mut peer.readings;
        match event {
            str0m::Event::PeerStats(stats) => {
                readings.n += 1;
                readings.losses_up += stats.ingress_loss_fraction.unwrap_or_default();
                readings.losses_down += stats.egress_loss_fraction.unwrap_or_default();
                readings.way_and_back = readings.way_and_back.max(stats.rtt.unwrap_or_default());
            }
            str0m::Event::MediaEgressStats(stats) => {
                readings.way_and_back = readings.way_and_back.max(stats.rtt.unwrap_or_default());
            }
            str0m::Event::MediaIngressStats(stats) => {
                // Pictures are sent in bursts, which looks like jitter; sounds tell.
                let is_sound = self.published.get(&(id, stats.mid)).is_some_and(|track| {
                    let track = self.tracks.get(track);
                    track.is_some_and(|track| track.kind == str0m::media::MediaKind::Audio)
                });
                if is_sound {
                    let jitter = Duration::from_secs(1) * stats.jitter / 48_000;
                    readings.jitter = readings.jitter.max(jitter);
                }
            }
            _ => {}
        }
    }

    pub(super) fn look_how_good_connections_are(&mut self, now: Instant) {
        if self.quality_at.is_none_or(|at| at > now) {
            return;
        }
        self.quality_at = (!self.members.is_empty()).then_some(now + EVERY);
        let (mut all, mut news, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for (id, member) in self.members.iter_mut().filter(|(_, member)| member.is_active()) {
            let (quality, score) = member.quality(now);
            let is_news = member.quality.replace(quality) != Some(quality);
            let info = proto::ConnectionQualityInfo {
                participant_sid: member.info.sid.clone(),
                quality: quality as i32,
                score,
            };
            if member.grants.is_hidden {
                own.extend(is_news.then_some((*id, info)));
                continue;
            }
            news.extend(is_news.then(|| info.clone()));
            all.push(info);
        }
        self.tell_qualities(all, news);
        for (id, info) in own {
            self.say(id, update(vec![info]));
        }
    }

    /// News to everybody, and everything to whoever knows nothing yet.
    fn tell_qualities(
        &mut self,
        all: Vec<proto::ConnectionQualityInfo>,
        news: Vec<proto::ConnectionQualityInfo>,
    ) {
        let (mut knowing, mut new) = (Vec::new(), Vec::new());
        for (id, member) in &mut self.members {
            let is_there = member.is_active() && member.lost_at.is_none();
            let list = if member.knows_qualities {
                &mut knowing
            } else {
                &mut new
            };
            list.extend(is_there.then_some(*id));
            member.knows_qualities |= is_there;
        }
        self.say_to_all(new, update(all));
        if !news.is_empty() {
            self.say_to_all(knowing, update(news));
        }
    }
}

/// How somebody's packets come and go, as it was last read.
#[derive(Debug, Default)]
pub(crate) struct Path {
    loss_up: f32,
    round_trip: Option<Duration>,
    is_tcp: bool,
    /// From where, and whether that is one of the relays that they named.
    remote: Option<SocketAddr>,
    relays: Vec<SocketAddr>,
}

/// A client that names more addresses of relays than this is not believed.
const MOST_RELAYS: usize = 16;

impl Path {
    fn read(&mut self, role: Role, stats: &str0m::stats::PeerStats) {
        if role == Role::Publisher {
            self.loss_up = stats.ingress_loss_fraction.unwrap_or_default();
        }
        let pair = stats.selected_candidate_pair.as_ref();
        let round_trip = stats.rtt.or(pair.and_then(|pair| pair.current_round_trip_time));
        self.round_trip = round_trip.or(self.round_trip);
        if let Some(pair) = pair {
            self.is_tcp = pair.protocol != Protocol::Udp;
            self.remote = Some(pair.remote.addr);
        }
    }

    /// A candidate of theirs (RFC 8839, 5.1): that of a relay is remembered.
    pub fn note(&mut self, candidate: &str) {
        let parts: Vec<&str> = candidate.split_ascii_whitespace().collect();
        let ["relay"] = parts.get(7..8).unwrap_or_default() else {
            return;
        };
        let address = parts[4].parse().ok().zip(parts[5].parse().ok());
        let address = address.map(|(ip, port)| SocketAddr::new(ip, port));
        if self.relays.len() < MOST_RELAYS {
            self.relays.extend(address);
        }
    }

    fn is_relayed(&self) -> bool {
        self.remote.is_some_and(|remote| self.relays.contains(&remote))
    }
}

/// How the lines of a room are, all together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gauge {
    /// How much of what people send does not arrive here, in ‰: the mean of their lines.
    pub lost_up_permille: u32,
    /// How much of what is sent to them does not arrive there, in ‰: the mean of their lines.
    pub lost_down_permille: u32,
    /// There and back: as many are slower as are faster.
    pub round_trip: Duration,
    /// There and back for the slowest.
    pub longest_round_trip: Duration,
    /// Whose packets go over TCP.
    pub n_tcp: usize,
    /// Whose packets go over a relay.
    pub n_relayed: usize,
    /// Who goes without some picture, because their line does not hold it.
    pub n_paused: usize,
}

impl Room {
    /// How the lines of everybody are, as it was read within the last seconds.
    pub fn gauge(&self) -> Gauge {
        let members = self.members.values().map(AsRef::as_ref);
        let active: Vec<&Member> = members.filter(|member: &&Member| member.is_active()).collect();
        let mean_permille = |loss: fn(&Member) -> f32| {
            let sum: f32 = active.iter().map(|member| loss(member)).sum();
            (sum / active.len().max(1) as f32 * 1_000.0).round() as u32
        };
        let count = |holds: fn(&Member) -> bool| active.iter().filter(|member| holds(member)).count();
        let mut round_trips: Vec<Duration> = active
            .iter()
            .filter_map(|member| member.path.round_trip)
            .collect();
        round_trips.sort_unstable();
        Gauge {
            lost_up_permille: mean_permille(|member| member.path.loss_up),
            lost_down_permille: mean_permille(|member| member.line.loss),
            round_trip: round_trips
                .get(round_trips.len() / 2)
                .copied()
                .unwrap_or_default(),
            longest_round_trip: round_trips.last().copied().unwrap_or_default(),
            n_tcp: count(|member| member.path.is_tcp),
            n_relayed: count(|member| member.path.is_relayed()),
            n_paused: count(|member| member.line.has_pauses),
        }
    }
}

impl Member {
    /// How good the worse of their connections is, and how many of five points that is.
    fn quality(&mut self, now: Instant) -> (Quality, f32) {
        if self.heard_at + LOST < now {
            return (Quality::Lost, 0.0);
        }
        let read = |peer: &mut Peer| std::mem::take(&mut peer.readings).rate();
        let roles = self.roles().iter();
        let rates: Vec<f32> = roles.map(|role| read(self.peer(*role))).collect();
        let rate = rates.into_iter().fold(f32::MAX, f32::min);
        let line = &self.line;
        let most = match () {
            () if line.has_pauses => GOOD - 1.0,
            () if line.is_limited => EXCELLENT - 1.0,
            () => f32::MAX,
        };
        let rate = rate.min(most);
        let quality = match rate {
            _ if rate >= EXCELLENT => Quality::Excellent,
            _ if rate >= GOOD => Quality::Good,
            _ => Quality::Poor,
        };
        (quality, rate / 20.0)
    }
}

fn update(updates: Vec<proto::ConnectionQualityInfo>) -> Said {
    Said::ConnectionQuality(proto::ConnectionQualityUpdate { updates })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_relay_is_known_by_its_candidate() {
        let mut path = Path::default();
        path.note("candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0");
        path.note("candidate:2 1 udp 41885439 198.51.100.7 61000 typ relay raddr 0.0.0.0 rport 0");
        for broken in [
            "",
            "relay",
            "a b c d e f typ relay",
            "candidate:3 1 udp 1 :: 99999 typ relay",
        ] {
            path.note(broken);
        }
        assert_eq!(path.relays, ["198.51.100.7:61000".parse().unwrap()]);
        for (remote, is_relayed) in [("192.0.2.1:50000", false), ("198.51.100.7:61000", true)] {
            path.remote = Some(remote.parse().unwrap());
            assert_eq!(path.is_relayed(), is_relayed);
        }
    }
}

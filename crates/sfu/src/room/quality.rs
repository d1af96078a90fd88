//! How good everybody's connection is, as clients show it beside a name: told when it changes.
//!
//! What counts is what a listener notices: what gets lost, how late and how unevenly it comes, and whether the pictures
//! that are wanted are sent. The numbers follow the E-model (ITU-T G.107) as far as it can be known here.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::ConnectionQuality as Quality;
use proto::signal_response::Message as Said;

use super::{PeerKey, Room};
use crate::member::Member;
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
        if let str0m::Event::PeerStats(stats) = event
            && role == member.receiving_role()
        {
            member.line.loss = stats.egress_loss_fraction.unwrap_or_default();
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

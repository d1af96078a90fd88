//! The layers in which a publisher sends one picture, and which of them somebody gets.
//!
//! A publisher under pressure stops sending its larger layers without a word, so what counts is what is alive, not what
//! was announced. Layers are named as the protocol's clients name them: q, h and f, from small to large; a picture
//! without layers is one layer of the largest kind.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use str0m::media::Rid;

/// How large a picture: 0 low, 1 medium, 2 high.
pub(crate) type Rank = usize;

/// The largest there is.
pub(crate) const HIGH: Rank = 2;

/// A layer of which nothing came for so long is not sent any more. Clients send at least a picture a second.
const ALIVE: Duration = Duration::from_millis(1_500);

/// A publisher is asked for a picture that begins anew no more often than this, whoever needs one.
const ASK_AGAIN: Duration = Duration::from_millis(400);

#[derive(Debug)]
struct Layer {
    rid: Option<Rid>,
    rank: Rank,
    seen_at: Instant,
    asked_at: Option<Instant>,
    rate: Rate,
}

/// What a stream takes of a line. A picture that moves takes more than one that rests, and its next beginning more again:
/// what counts is the most of the last seconds, forgotten bit by bit.
#[derive(Debug)]
struct Rate {
    since: Instant,
    n_bytes: u64,
    bps: Option<u64>,
}

/// How long it is counted until a rate is known.
const COUNTED: Duration = Duration::from_secs(1);

/// Before that it is estimated, from no less than this.
const COUNTED_AT_LEAST: Duration = Duration::from_millis(200);

impl Rate {
    fn new(now: Instant) -> Self {
        Rate {
            since: now,
            n_bytes: 0,
            bps: None,
        }
    }

    fn add(&mut self, n_bytes: usize, now: Instant) {
        let passed = now.saturating_duration_since(self.since);
        if passed >= COUNTED {
            let counted_bps = bits_per_second(self.n_bytes, passed);
            let faded_bps = self.bps.unwrap_or_default() / 10 * 9;
            self.bps = Some(counted_bps.max(faded_bps));
            self.since = now;
            self.n_bytes = 0;
        }
        self.n_bytes += n_bytes as u64;
    }

    fn bps(&self, now: Instant) -> u64 {
        let passed = now.saturating_duration_since(self.since).max(COUNTED_AT_LEAST);
        self.bps.unwrap_or_else(|| bits_per_second(self.n_bytes, passed))
    }
}

fn bits_per_second(n_bytes: u64, passed: Duration) -> u64 {
    n_bytes * 8_000_000 / (passed.as_micros() as u64).max(1)
}

#[derive(Debug, Default)]
pub(crate) struct Layers(Vec<Layer>);

/// More layers than clients have are not kept: who makes up names gains nothing.
const MOST_LAYERS: usize = 3;

impl Layers {
    /// So many bytes of this layer came.
    pub fn saw(&mut self, rid: Option<Rid>, n_bytes: usize, now: Instant) {
        if let Some(layer) = self.0.iter_mut().find(|layer| layer.rid == rid) {
            layer.seen_at = now;
            layer.rate.add(n_bytes, now);
        } else if self.0.len() < MOST_LAYERS {
            let mut rate = Rate::new(now);
            rate.add(n_bytes, now);
            self.0.push(Layer {
                rid,
                rank: rid.map_or(HIGH, rank_of),
                seen_at: now,
                asked_at: None,
                rate,
            });
        }
    }

    /// What each layer takes that is alive, in bits a second.
    pub fn costs_bps(&self, now: Instant) -> [Option<u64>; HIGH + 1] {
        let mut costs = [None; HIGH + 1];
        for layer in self.alive(now) {
            costs[layer.rank] = Some(layer.rate.bps(now));
        }
        costs
    }

    pub fn is_alive(&self, now: Instant) -> bool {
        self.alive(now).next().is_some()
    }

    fn alive(&self, now: Instant) -> impl Iterator<Item = &Layer> + Clone {
        self.0.iter().filter(move |layer| layer.seen_at + ALIVE > now)
    }

    /// What somebody gets who wants no more than `wanted`: the largest that is alive up to there, else the smallest.
    pub fn best(&self, wanted: Rank, now: Instant) -> Option<Option<Rid>> {
        let alive = self.alive(now);
        let fits = alive
            .clone()
            .filter(|layer| layer.rank <= wanted)
            .max_by_key(|layer| layer.rank);
        let best = fits.or_else(|| alive.min_by_key(|layer| layer.rank))?;
        Some(best.rid)
    }

    /// Whether the publisher may be asked now for a picture of this layer that begins anew.
    pub fn may_ask(&mut self, rid: Option<Rid>, now: Instant) -> bool {
        let Some(layer) = self.0.iter_mut().find(|layer| layer.rid == rid) else {
            return false;
        };
        let may = layer.asked_at.is_none_or(|asked_at| asked_at + ASK_AGAIN <= now);
        if may {
            layer.asked_at = Some(now);
        }
        may
    }
}

fn rank_of(rid: Rid) -> Rank {
    match &rid.to_string()[..] {
        "q" => 0,
        "h" => 1,
        _ => HIGH,
    }
}

/// What somebody wants who shows a picture in these measures, or says its quality.
pub(crate) fn wanted(info: &proto::TrackInfo, settings: &proto::UpdateTrackSettings) -> Rank {
    let shown = settings.width.max(settings.height);
    if shown == 0 {
        return match settings.quality() {
            proto::VideoQuality::Low | proto::VideoQuality::Off => 0,
            proto::VideoQuality::Medium => 1,
            proto::VideoQuality::High => HIGH,
        };
    }
    // A tenth less is not seen, and a rounded measure should not cost a layer.
    let is_enough = |measure: u32| u64::from(measure) * 10 >= u64::from(shown) * 9;
    let layers = info
        .codecs
        .first()
        .map(|codec| &codec.layers[..])
        .unwrap_or_default();
    let measure = |rank: Rank| {
        let told = layers.iter().find(|layer| layer.quality == rank as i32);
        let told = told
            .map(|layer| layer.width.max(layer.height))
            .filter(|measure| *measure > 0);
        told.unwrap_or(info.width.max(info.height) >> (HIGH - rank))
    };
    (0..HIGH).find(|rank| is_enough(measure(*rank))).unwrap_or(HIGH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_that_is_alive_and_wanted_is_taken() {
        let start = Instant::now();
        let (q, h, f) = (Rid::from("q"), Rid::from("h"), Rid::from("f"));
        let mut layers = Layers::default();
        assert_eq!(layers.best(HIGH, start), None);
        for rid in [q, h, f] {
            layers.saw(Some(rid), 100, start);
        }
        let best = |layers: &Layers, now| [0, 1, 2].map(|wanted| layers.best(wanted, now).flatten());
        assert_eq!(best(&layers, start), [Some(q), Some(h), Some(f)]);
        let later = start + Duration::from_secs(2);
        layers.saw(Some(h), 100, later);
        assert_eq!(best(&layers, later), [Some(h), Some(h), Some(h)]);
    }

    #[test]
    fn a_publisher_is_not_asked_twice_for_one_picture() {
        let start = Instant::now();
        let mut layers = Layers::default();
        layers.saw(None, 100, start);
        let mut ask = |ms| layers.may_ask(None, start + Duration::from_millis(ms));
        assert_eq!([ask(0), ask(10), ask(399), ask(400)], [true, false, false, true]);
    }

    #[test]
    fn a_rate_is_the_most_of_the_last_seconds() {
        let start = Instant::now();
        let mut layers = Layers::default();
        let at = |ms| start + Duration::from_millis(ms);
        let rate = |layers: &Layers, ms| layers.costs_bps(at(ms))[HIGH];
        assert_eq!(rate(&layers, 0), None);
        for ms in (0..2_000).step_by(100) {
            layers.saw(None, 1_250, at(ms));
        }
        assert_eq!(rate(&layers, 2_000), Some(100_000));
        for ms in (2_000..4_000).step_by(100) {
            layers.saw(None, 125, at(ms));
        }
        let faded = rate(&layers, 4_000).unwrap();
        assert!((80_000..100_000).contains(&faded), "{faded}");
        assert_eq!(rate(&layers, 6_000), None, "what is not sent takes nothing");
    }

    #[test]
    fn measures_choose_a_layer() {
        let info = proto::TrackInfo {
            width: 1280,
            height: 720,
            ..Default::default()
        };
        let rank = |width, height| {
            wanted(
                &info,
                &proto::UpdateTrackSettings {
                    width,
                    height,
                    ..Default::default()
                },
            )
        };
        assert_eq!(
            [
                rank(160, 90),
                rank(350, 200),
                rank(400, 225),
                rank(640, 360),
                rank(1920, 1080)
            ],
            [0, 0, 1, 1, 2]
        );
        let quality = |quality| {
            wanted(
                &info,
                &proto::UpdateTrackSettings {
                    quality,
                    ..Default::default()
                },
            )
        };
        assert_eq!([quality(0), quality(1), quality(2)], [0, 1, 2]);
    }
}

//! Tells publishers which layers nobody wants, so that they need not make and send them.
//!
//! More is asked for within half a second; less only after a while, or a window that is dragged about would start and
//! stop encoders. The smallest layer is always wanted: whoever comes next sees something at once.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::signal_response::Message as Said;

use super::Room;
use crate::layers::{HIGH, Rank};
use crate::track::Track;

/// How often it is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// How long nobody must want a layer before its publisher hears of it.
const UNWANTED_FOR: Duration = Duration::from_secs(3);

impl Room {
    pub(super) fn look_what_is_wanted(&mut self, now: Instant) {
        if self.layers_at.is_none_or(|at| at > now) {
            return;
        }
        let has_layers = |track: &Track| {
            track
                .info
                .codecs
                .first()
                .is_some_and(|codec| codec.layers.len() > 1)
        };
        let mut news = Vec::new();
        self.layers_at = None;
        for track in self
            .tracks
            .values_mut()
            .filter(|track| track.is_published() && has_layers(track))
        {
            self.layers_at = Some(now + EVERY);
            let is_tapped = self.taps.values().any(|tap| tap.wants(&track.info.sid));
            if let Some(wanted) = track.news_for_publisher(now, is_tapped) {
                news.push((track.owner, update(&track.info, wanted)));
            }
        }
        for (owner, update) in news {
            self.say(owner, Said::SubscribedQualityUpdate(update));
        }
    }

    /// There may be something in layers from now on.
    pub(super) fn layers_came(&mut self, now: Instant) {
        self.layers_at.get_or_insert(now + EVERY);
    }
}

impl Track {
    /// The largest layer that is wanted, when its publisher is to hear of it.
    fn news_for_publisher(&mut self, now: Instant, is_tapped: bool) -> Option<Rank> {
        let open = self.subscriptions.values().filter(|theirs| !theirs.is_disabled);
        let wanted = open.map(|theirs| theirs.wanted).max().unwrap_or(0);
        let wanted = if is_tapped { HIGH } else { wanted };
        if wanted >= self.told_wanted {
            self.unwanted_since = None;
        }
        let since = *self.unwanted_since.get_or_insert(now);
        let is_news = wanted > self.told_wanted || (wanted < self.told_wanted && since + UNWANTED_FOR <= now);
        if !is_news {
            return None;
        }
        self.told_wanted = wanted;
        self.unwanted_since = None;
        Some(wanted)
    }
}

fn update(info: &proto::TrackInfo, wanted: Rank) -> proto::SubscribedQualityUpdate {
    let quality = |rank: Rank| proto::SubscribedQuality {
        quality: rank as i32,
        enabled: rank <= wanted,
    };
    let qualities: Vec<_> = (0..=HIGH).map(quality).collect();
    let codec = info.mime_type.trim_start_matches("video/").to_ascii_lowercase();
    #[expect(deprecated, reason = "clients that know one codec only read the first list")]
    proto::SubscribedQualityUpdate {
        track_sid: info.sid.clone(),
        subscribed_qualities: qualities.clone(),
        subscribed_codecs: vec![proto::SubscribedCodec { codec, qualities }],
    }
}

//! Who speaks: taken from the levels that clients write beside each sound (RFC 6464), told when it changes.

use std::time::{Duration, Instant};

use livekit_protocol as proto;
use proto::signal_response::Message as Said;

use super::Room;
use crate::MemberId;

/// How often it is looked at: two or three times a second is what an eye follows.
const EVERY: Duration = Duration::from_millis(400);

/// Louder than this is somebody speaking, in decibels below the loudest sound; a quiet room is around -60.
const SPEAKING_DB: i8 = -40;

/// Nothing at all.
pub(crate) const SILENCE_DB: i8 = -127;

impl Room {
    /// A sound came in: from now on it is looked at who speaks.
    pub(super) fn sound_came(&mut self, now: Instant) {
        self.speakers_at.get_or_insert(now + EVERY);
    }

    /// For how long everybody who is in has spoken since they came, in steps of 0.4 s. Nobody hears of who is hidden.
    pub fn spoken(&self) -> impl Iterator<Item = (MemberId, Duration)> {
        let seen = self.members.iter().filter(|(_, member)| !member.grants.is_hidden);
        seen.map(|(id, member)| (*id, member.spoke))
    }

    pub(super) fn look_who_speaks(&mut self, now: Instant) {
        if self.speakers_at.is_none_or(|at| at > now) {
            return;
        }
        // Without any sound it rests until one comes.
        let is_quiet = self.tracks.values().all(|track| track.level_db == SILENCE_DB);
        self.speakers_at = if is_quiet { None } else { Some(now + EVERY) };
        let mut speakers = Vec::new();
        for (id, member) in &mut self.members {
            let theirs = self.tracks.values_mut().filter(|track| track.owner == *id);
            let levels = theirs.map(|track| std::mem::replace(&mut track.level_db, SILENCE_DB));
            let level_db = levels.max().unwrap_or(SILENCE_DB);
            let active = level_db > SPEAKING_DB;
            // A look that comes late counts for no more: nobody knows what was between.
            member.spoke += if active { EVERY } else { Duration::ZERO };
            if active == member.is_speaking || member.grants.is_hidden {
                continue;
            }
            member.is_speaking = active;
            member.spoke_at = if active { Some(now) } else { member.spoke_at };
            speakers.push(proto::SpeakerInfo {
                sid: member.info.sid.clone(),
                level: if active {
                    10_f32.powf(f32::from(level_db) / 20.0)
                } else {
                    0.0
                },
                active,
            });
        }
        if !speakers.is_empty() {
            let everybody: Vec<MemberId> = self.members.keys().copied().collect();
            self.say_to_all(
                everybody,
                Said::SpeakersChanged(proto::SpeakersChanged { speakers }),
            );
        }
    }
}

//! Sequence numbers and timestamps of one outgoing stream, which may be fed by one source after another.
//!
//! The receiver must see one stream: numbers without gaps but those that the network made, time that only grows. Gaps of
//! the source stay (the receiver asks for what is missing), gaps that we make (what we dropped on purpose, a change of
//! source) are closed. Numbers begin low, so that the first rollover of SRTP's counter (RFC 3711, 3.3.1) is far away even
//! for a receiver that misses the first packets.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Where a packet is to stand in the outgoing stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Extended by its rollovers.
    pub seq: u64,
    pub rtp_ts: u32,
}

/// The state of one outgoing stream. It outlives the sources that feed it.
#[derive(Debug)]
pub(crate) struct Rewriter {
    clock_rate_hz: u32,
    /// From which incoming number on which offset holds, oldest first. A packet that comes late is shifted as its
    /// neighbours were.
    offsets: VecDeque<(u64, i64)>,
    ts_offset: u32,
    /// By how many ticks the stream is ahead of when its pictures were captured, because time had to go on somehow.
    ahead_ticks: i64,
    newest: Option<Newest>,
    /// The next packet begins a source, or what it was before a pause.
    is_fresh: bool,
}

#[derive(Debug, Clone, Copy)]
struct Newest {
    place: Place,
    at: Instant,
    captured_us: Option<i64>,
}

/// How many steps of the offset are remembered. Packets that are later than so many dropped ones are of no use to a
/// receiver any more.
const MOST_OFFSETS: usize = 64;

/// The first number of a stream: not 0, so that one packet that overtakes the first still has a place.
const FIRST_SEQ: i64 = 16;

/// The shortest time between two pictures or sounds that we claim across a change of source.
const SHORTEST_STEP: Duration = Duration::from_millis(20);

/// The same where it is known when they were captured. Both layers often show one picture, and a claim of more would add up
/// from change to change.
const SHORTEST_KNOWN_STEP: Duration = Duration::from_millis(1);

/// What the reports of a publisher say of two sources is believed when it is so near to when their packets came: no line
/// delays one of them by more.
const BELIEVED_US: u64 = 1_000_000;

impl Rewriter {
    pub fn new(clock_rate_hz: u32) -> Self {
        Rewriter {
            clock_rate_hz,
            offsets: VecDeque::new(),
            ts_offset: 0,
            ahead_ticks: 0,
            newest: None,
            is_fresh: true,
        }
    }

    /// From the next packet on another source feeds the stream, or the same one after a pause.
    pub fn begin_source(&mut self) {
        self.is_fresh = true;
    }

    /// The next source is of another publisher, whose clock is another.
    pub fn forget_clock(&mut self) {
        if let Some(newest) = &mut self.newest {
            newest.captured_us = None;
        }
    }

    /// Where the packet with this number and time is to stand; none when it is from before its source began here.
    /// `captured_us` is when it was captured by the publisher's own clock, as far as that is known.
    pub fn place(&mut self, seq: u64, rtp_ts: u32, captured_us: Option<i64>, now: Instant) -> Option<Place> {
        if self.is_fresh {
            self.anchor(seq, rtp_ts, captured_us, now);
        }
        let place = Place {
            seq: self
                .offset_at(seq)?
                .checked_add(seq as i64)
                .filter(|seq| *seq >= 0)? as u64,
            rtp_ts: rtp_ts.wrapping_add(self.ts_offset),
        };
        if self.newest.is_none_or(|newest| place.seq > newest.place.seq) {
            self.newest = Some(Newest {
                place,
                at: now,
                captured_us,
            });
        }
        Some(place)
    }

    /// The packet with this number is not sent, and its place is taken by the next.
    pub fn drop(&mut self, seq: u64) {
        let Some((from, offset)) = self.offsets.back().copied().filter(|_| !self.is_fresh) else {
            return;
        };
        // What was dropped late leaves a gap: its place may lie between two that were sent.
        if seq < from
            || self
                .newest
                .is_some_and(|newest| newest.place.seq as i64 > seq as i64 + offset)
        {
            return;
        }
        self.offsets.push_back((seq + 1, offset - 1));
        if self.offsets.len() > MOST_OFFSETS {
            self.offsets.pop_front();
        }
    }

    fn anchor(&mut self, seq: u64, rtp_ts: u32, captured_us: Option<i64>, now: Instant) {
        let (first_seq, first_ts) = match self.newest {
            None => (FIRST_SEQ, rtp_ts),
            Some(newest) => (
                newest.place.seq as i64 + 1,
                newest
                    .place
                    .rtp_ts
                    .wrapping_add(self.step_ticks(newest, captured_us, now)),
            ),
        };
        self.offsets.clear();
        // A little of what was overtaken still has a place at the very beginning, nothing across a change of source.
        let reach = if self.newest.is_none() {
            FIRST_SEQ as u64
        } else {
            0
        };
        self.offsets
            .push_back((seq.saturating_sub(reach), first_seq - seq as i64));
        self.ts_offset = first_ts.wrapping_sub(rtp_ts);
        self.is_fresh = false;
    }

    /// How far the first packet of a source is behind the newest of the last one: as far as their publisher captured them
    /// apart, else as far apart as they came. A new layer may begin with a picture that is older than the last one of the
    /// old layer; time goes on nevertheless, and the next change makes up for it.
    fn step_ticks(&mut self, newest: Newest, captured_us: Option<i64>, now: Instant) -> u32 {
        let ticks = |us: i64| us * i64::from(self.clock_rate_hz) / 1_000_000;
        let waited_us = now.saturating_duration_since(newest.at).as_micros() as i64;
        let shortest = |step: Duration| ticks(step.as_micros() as i64);
        let captured = captured_us.zip(newest.captured_us).map(|(is, was)| is - was);
        let Some(apart_us) = captured.filter(|us| us.abs_diff(waited_us) < BELIEVED_US) else {
            return ticks(waited_us).max(shortest(SHORTEST_STEP)) as u32;
        };
        let true_ticks = ticks(apart_us) - self.ahead_ticks;
        let step = true_ticks.max(shortest(SHORTEST_KNOWN_STEP));
        self.ahead_ticks = step - true_ticks;
        step as u32
    }

    fn offset_at(&self, seq: u64) -> Option<i64> {
        let step = self.offsets.iter().rev().find(|(from, _)| *from <= seq)?;
        Some(step.1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seqs(rewriter: &mut Rewriter, incoming: &[u64], now: Instant) -> Vec<Option<u64>> {
        let place = |seq: &u64| {
            rewriter
                .place(*seq, *seq as u32 * 960, None, now)
                .map(|place| place.seq)
        };
        incoming.iter().map(place).collect()
    }

    #[test]
    fn gaps_of_the_source_stay_and_ours_are_closed() {
        let now = Instant::now();
        let mut rewriter = Rewriter::new(48_000);
        assert_eq!(
            seqs(&mut rewriter, &[70_000, 70_001, 70_003], now),
            [Some(16), Some(17), Some(19)]
        );
        rewriter.drop(70_004);
        assert_eq!(
            seqs(&mut rewriter, &[70_005, 70_002, 70_006], now),
            [Some(20), Some(18), Some(21)]
        );
    }

    #[test]
    fn what_overtook_the_first_packet_has_a_place_and_what_is_older_has_none() {
        let now = Instant::now();
        let mut rewriter = Rewriter::new(48_000);
        assert_eq!(
            seqs(&mut rewriter, &[1_000, 999, 984, 983], now),
            [Some(16), Some(15), Some(0), None]
        );
    }

    #[test]
    fn another_source_goes_on_where_the_last_one_was() {
        let start = Instant::now();
        let mut rewriter = Rewriter::new(48_000);
        let first = rewriter.place(500, 4_000_000_000, None, start).unwrap();
        rewriter.begin_source();
        let second = rewriter
            .place(9, 77, None, start + Duration::from_millis(100))
            .unwrap();
        assert_eq!(second.seq, first.seq + 1);
        assert_eq!(second.rtp_ts, first.rtp_ts.wrapping_add(4_800));
        assert_eq!(
            rewriter.place(8, 76, None, start),
            None,
            "what is older than the change of source is not shown"
        );
    }

    #[test]
    fn sources_are_as_far_apart_as_they_were_captured() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut rewriter = Rewriter::new(90_000);
        let mut place = |seq, captured_ms: i64, ms| {
            let placed = rewriter.place(seq, 7_000 * seq as u32, Some(captured_ms * 1_000), at(ms));
            rewriter.begin_source();
            placed.unwrap().rtp_ts
        };
        let first = place(1, 5_000, 0);
        assert_eq!(place(2, 5_040, 90) - first, 3_600, "it came 50 ms late");
        assert_eq!(place(3, 5_020, 110) - first, 3_690, "time goes on");
        assert_eq!(place(4, 5_120, 210) - first, 10_800, "and is true again");
        assert_eq!(
            place(5, 99_000, 250) - first,
            14_400,
            "what cannot be is not believed"
        );
        rewriter.forget_clock();
        let placed = rewriter.place(6, 0, Some(99_010_000), at(300)).unwrap();
        assert_eq!(placed.rtp_ts - first, 18_900, "of another clock nothing is said");
    }

    #[test]
    fn time_rolls_over() {
        let now = Instant::now();
        let mut rewriter = Rewriter::new(90_000);
        let before = rewriter.place(1, u32::MAX - 10, None, now).unwrap();
        let after = rewriter.place(2, 2_990, None, now).unwrap();
        assert_eq!(after.rtp_ts.wrapping_sub(before.rtp_ts), 3_001);
    }

    proptest! {
        /// Whatever is dropped and however packets come, no two get one place, and order is kept.
        #[test]
        fn places_are_unique_and_keep_order(
            drops in proptest::collection::btree_set(0_u64..400, 0..100),
            swaps in proptest::collection::vec(0_usize..399, 0..40),
        ) {
            let now = Instant::now();
            let mut incoming: Vec<u64> = (0..400).collect();
            swaps.iter().for_each(|at| incoming.swap(*at, at + 1));
            let mut rewriter = Rewriter::new(90_000);
            let mut sent = Vec::new();
            for seq in incoming {
                if drops.contains(&seq) {
                    rewriter.drop(seq + 65_000);
                } else if let Some(place) = rewriter.place(seq + 65_000, 0, None, now) {
                    sent.push((seq, place.seq));
                }
            }
            sent.sort_unstable();
            prop_assert!(sent.windows(2).all(|pair| pair[0].1 < pair[1].1));
        }
    }
}

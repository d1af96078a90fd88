//! What must be known of a codec's payload to change from one layer to another: where a picture begins that needs no
//! other, and which counters of VP8 must run on.

use str0m::format::{Codec, CodecSpec};
use str0m::rtp::{Vp8Descriptor, Vp8Patch};

/// What a packet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    pub codec: CodecSpec,
    /// Sound that is sent twice: behind the newest come one or more that went before (RFC 2198).
    pub is_red: bool,
}

/// More than one or two nobody sends.
const MOST_RED_BLOCKS: usize = 8;

/// The newest sound of a payload in RED, which stands last (RFC 2198, 3); none when that is no such payload.
pub(crate) fn newest_of_red(payload: &[u8]) -> Option<&[u8]> {
    let mut rest = payload;
    let mut n_older_bytes = 0;
    for _ in 0..MOST_RED_BLOCKS {
        match rest {
            [first, after @ ..] if first & 0x80 == 0 => {
                return after.get(n_older_bytes..).filter(|newest| !newest.is_empty());
            }
            [_, _, high, low, after @ ..] => {
                n_older_bytes += usize::from(high & 0x03) << 8 | usize::from(*low);
                rest = after;
            }
            _ => return None,
        }
    }
    None
}

/// Whether the payload begins a picture that can be decoded without those before it. Sound always can.
pub(crate) fn begins_anew(codec: Codec, payload: &[u8]) -> bool {
    match codec {
        Codec::Vp8 => {
            Vp8Descriptor::parse(payload).is_ok_and(|descriptor| descriptor.starts_keyframe(payload))
        }
        Codec::H264 => h264_begins_anew(payload),
        Codec::Vp9 => vp9_begins_anew(payload),
        // AV1 RTP specification, 4.4: N says that a new coded video sequence begins here.
        Codec::Av1 => payload.first().is_some_and(|aggregation| aggregation & 0x08 != 0),
        _ => true,
    }
}

/// RFC 9628, 4.2: the beginning (B) of a frame of the lowest spatial layer that is predicted from no other picture (P).
fn vp9_begins_anew(payload: &[u8]) -> bool {
    let Some((flags, mut rest)) = payload.split_first() else {
        return false;
    };
    if flags & 0x08 == 0 || flags & 0x40 != 0 {
        return false;
    }
    if flags & 0x80 != 0 {
        let n_id_bytes = if rest.first().is_some_and(|id| id & 0x80 != 0) {
            2
        } else {
            1
        };
        rest = rest.get(n_id_bytes..).unwrap_or_default();
    }
    let has_layers = flags & 0x20 != 0;
    !has_layers || rest.first().is_some_and(|layers| layers & 0x0e == 0)
}

/// RFC 6184: parameter sets (7) or an IDR slice (5), alone, as the first of an aggregate (24), or as the first fragment (28).
fn h264_begins_anew(payload: &[u8]) -> bool {
    let is_anew = |byte: u8| matches!(byte & 0x1f, 5 | 7);
    match payload {
        [first, ..] if is_anew(*first) => true,
        [first, _, _, nal, ..] if first & 0x1f == 24 => is_anew(*nal),
        [first, fragment, ..] if first & 0x1f == 28 => fragment & 0x80 != 0 && is_anew(*fragment),
        _ => false,
    }
}

/// The counters of a VP8 payload descriptor (RFC 7741, 4.2), those that it has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counters {
    picture_id: Option<u16>,
    tl0_pic_idx: Option<u8>,
    key_idx: Option<u8>,
}

/// Keeps the counters of VP8 running on when another source feeds a stream: a receiver takes a jump back for old pictures.
#[derive(Debug, Default)]
pub(crate) struct Vp8Counters {
    newest: Counters,
    shift: (u16, u8, u8),
    is_fresh: bool,
}

/// A picture id has 15 bits; those with 7 are shifted alike and cut where they are written.
const PICTURE_ID_BITS: u16 = 0x7fff;
const KEY_IDX_BITS: u8 = 0x1f;

impl Vp8Counters {
    pub fn begin_source(&mut self) {
        self.is_fresh = true;
    }

    /// What is to be changed in this payload so that its counters run on; none when nothing is.
    pub fn patch(&mut self, payload: &[u8]) -> Option<Vp8Patch> {
        let counters = read(payload)?;
        if std::mem::take(&mut self.is_fresh) {
            self.anchor(counters);
        }
        let picture_id = counters
            .picture_id
            .map(|id| id.wrapping_add(self.shift.0) & PICTURE_ID_BITS);
        let tl0_pic_idx = counters.tl0_pic_idx.map(|idx| idx.wrapping_add(self.shift.1));
        let key_idx = counters
            .key_idx
            .map(|idx| idx.wrapping_add(self.shift.2) & KEY_IDX_BITS);
        self.remember(Counters {
            picture_id,
            tl0_pic_idx,
            key_idx,
        });
        if self.shift == (0, 0, 0) {
            return None;
        }
        let mut patch = Vp8Descriptor::parse(payload).ok()?.patch();
        if let Some(id) = picture_id {
            patch = patch.picture_id(if has_short_id(payload) { id & 0x7f } else { id });
        }
        if let Some(idx) = tl0_pic_idx {
            patch = patch.tl0_pic_idx(idx);
        }
        if let Some(idx) = key_idx {
            patch = patch.key_idx(idx);
        }
        patch.build().ok()
    }

    fn anchor(&mut self, first: Counters) {
        let next = |newest: Option<u16>, first: Option<u16>| match (newest, first) {
            (Some(newest), Some(first)) => newest.wrapping_add(1).wrapping_sub(first),
            _ => 0,
        };
        let wide = |idx: Option<u8>| idx.map(u16::from);
        self.shift = (
            next(self.newest.picture_id, first.picture_id) & PICTURE_ID_BITS,
            next(wide(self.newest.tl0_pic_idx), wide(first.tl0_pic_idx)) as u8,
            next(wide(self.newest.key_idx), wide(first.key_idx)) as u8 & KEY_IDX_BITS,
        );
    }

    /// A packet that comes late does not turn the counters back.
    fn remember(&mut self, counters: Counters) {
        let is_older =
            |new: u16, newest: u16| new.wrapping_sub(newest) & PICTURE_ID_BITS > PICTURE_ID_BITS / 2;
        let late = counters
            .picture_id
            .zip(self.newest.picture_id)
            .is_some_and(|(new, newest)| is_older(new, newest));
        if !late {
            self.newest = counters;
        }
    }
}

fn has_short_id(payload: &[u8]) -> bool {
    matches!(payload, [_, _, id, ..] if id & 0x80 == 0)
}

fn read(payload: &[u8]) -> Option<Counters> {
    let mut counters = Counters::default();
    let (first, mut rest) = payload.split_first()?;
    if first & 0x80 == 0 {
        return Some(counters);
    }
    let mut next = || {
        let (byte, behind) = rest.split_first()?;
        rest = behind;
        Some(*byte)
    };
    let has = next()?;
    if has & 0x80 != 0 {
        let high = next()?;
        counters.picture_id = Some(match high & 0x80 {
            0 => u16::from(high),
            _ => u16::from_be_bytes([high & 0x7f, next()?]),
        });
    }
    if has & 0x40 != 0 {
        counters.tl0_pic_idx = Some(next()?);
    }
    if has & 0x30 != 0 {
        let byte = next()?;
        counters.key_idx = (has & 0x10 != 0).then_some(byte & KEY_IDX_BITS);
    }
    Some(counters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A descriptor with everything, and a first byte of the picture that says whether it needs no other.
    fn vp8(picture_id: u16, tl0: u8, key_idx: u8, is_key: bool) -> Vec<u8> {
        let [high, low] = (picture_id | 0x8000).to_be_bytes();
        vec![0x90, 0xf0, high, low, tl0, key_idx, u8::from(!is_key), 0, 0]
    }

    #[test]
    fn the_newest_sound_of_red_stands_last() {
        // One older block of three bytes, 960 ticks before.
        let red = [0x80 | 111, 0x0f, 0x00, 3, 111, 1, 2, 3, 4, 5];
        assert_eq!(newest_of_red(&red), Some(&[4, 5][..]));
        assert_eq!(
            newest_of_red(&[111, 9]),
            Some(&[9][..]),
            "the first has nothing before it"
        );
        for cut in 0..9 {
            assert_eq!(newest_of_red(&red[..cut]), None, "{cut}");
        }
        assert_eq!(newest_of_red(&[0xef; 200]), None, "blocks without an end");
    }

    #[test]
    fn beginnings_are_told_from_the_rest() {
        assert!(begins_anew(Codec::Vp8, &vp8(1, 2, 3, true)));
        assert!(!begins_anew(Codec::Vp8, &vp8(1, 2, 3, false)));
        assert!(!begins_anew(Codec::Vp8, &[]));
        for payload in [&[0x67, 1][..], &[0x65, 1], &[24, 0, 9, 0x67], &[28, 0x85]] {
            assert!(begins_anew(Codec::H264, payload), "{payload:?}");
        }
        for payload in [&[][..], &[0x41, 1], &[24, 0, 9, 0x41], &[28, 0x05], &[28, 0x81]] {
            assert!(!begins_anew(Codec::H264, payload), "{payload:?}");
        }
        // VP9: plain, with a picture id of either length and the layer of a scalable stream.
        for payload in [&[0x0c][..], &[0x8c, 5], &[0xac, 0x85, 9, 0x10], &[0xac, 5, 0x10]] {
            assert!(begins_anew(Codec::Vp9, payload), "{payload:?}");
        }
        for payload in [&[][..], &[0x4c], &[0x04], &[0xac, 0x85, 9, 0x12], &[0xac, 5]] {
            assert!(!begins_anew(Codec::Vp9, payload), "{payload:?}");
        }
        assert!(begins_anew(Codec::Av1, &[0x18, 1]) && !begins_anew(Codec::Av1, &[0x10, 1]));
        assert!(begins_anew(Codec::Opus, &[1]));
    }

    #[test]
    fn counters_run_on_across_a_change_of_source() {
        let mut counters = Vp8Counters::default();
        assert!(
            counters.patch(&vp8(0x7ffe, 255, 31, true)).is_none(),
            "the first source is left as it is"
        );
        counters.begin_source();
        assert!(counters.patch(&vp8(70, 3, 9, true)).is_some());
        assert_eq!(
            counters.newest,
            Counters {
                picture_id: Some(0x7fff),
                tl0_pic_idx: Some(0),
                key_idx: Some(0)
            }
        );
        counters.patch(&vp8(71, 4, 9, false));
        assert_eq!(counters.newest.picture_id, Some(0));
        counters.patch(&vp8(70, 3, 9, true));
        assert_eq!(
            counters.newest.picture_id,
            Some(0),
            "what comes late turns nothing back"
        );
    }

    proptest! {
        #[test]
        fn no_payload_is_a_panic(payload in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut counters = Vp8Counters::default();
            for codec in [Codec::Vp8, Codec::H264, Codec::Vp9, Codec::Av1, Codec::Opus] {
                begins_anew(codec, &payload);
            }
            counters.patch(&payload);
            counters.begin_source();
            counters.patch(&payload);
        }
    }
}

//! What clients publish: sounds, and pictures in layers, with numbers in them by which a receiver is checked.

use std::time::{Duration, Instant};

use str0m::Rtc;
use str0m::format::Codec;
use str0m::media::{KeyframeRequest, MediaKind, Mid, Rid, Simulcast, SimulcastLayer};
use str0m::rtp::{ExtensionValues, RtpWrite};

/// A track that a client publishes.
pub struct Published {
    pub cid: String,
    pub kind: MediaKind,
    pub sid: Option<String>,
    pub mid: Option<Mid>,
    pub next_at: Option<Instant>,
    pub layers: Vec<Layer>,
    pub is_screen: bool,
    pub codec: Codec,
    /// Each sound goes out a second time with the next one.
    pub is_red: bool,
    every: Duration,
    /// So many packets go out in one go, as those of a large picture do.
    n_together: usize,
}

/// One stream of a track.
pub struct Layer {
    rid: Option<Rid>,
    rank: u8,
    seq: u64,
    rtp_ts: u32,
    n_sent: u32,
    /// When each was sent, by its number.
    pub sent_at: Vec<Instant>,
    needs_beginning: bool,
    /// Bytes of a packet.
    pub size: usize,
    /// The publisher cannot afford it for now.
    pub is_off: bool,
    /// It cannot make pictures that begin anew for now.
    pub is_stuck: bool,
}

/// What stands in a picture, beside its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    pub rank: u8,
    pub is_beginning: bool,
    pub picture_id: u16,
    pub tl0_pic_idx: u8,
}

/// A sound every 20 ms, as Opus does by default; a picture every 40 ms.
const SOUND: Duration = Duration::from_millis(20);
const PICTURE: Duration = Duration::from_millis(40);

impl Published {
    pub fn sound(cid: &str, seq: u64, rtp_ts: u32) -> Self {
        Published {
            cid: cid.into(),
            kind: MediaKind::Audio,
            sid: None,
            mid: None,
            next_at: None,
            layers: vec![Layer::new(None, 0, seq, rtp_ts, 80)],
            is_screen: false,
            codec: Codec::Opus,
            is_red: false,
            every: SOUND,
            n_together: 1,
        }
    }

    pub fn pictures(cid: &str, rids: &[&str]) -> Self {
        let layer = |(rank, rid): (usize, &&str)| {
            let (seq, rtp_ts) = (1_000 + 7_000 * rank as u64, 90_000 * rank as u32);
            Layer::new(Some(Rid::from(*rid)), rank as u8, seq, rtp_ts, 300 << rank)
        };
        let mut layers: Vec<Layer> = rids.iter().enumerate().map(layer).collect();
        if layers.is_empty() {
            layers.push(Layer::new(None, 2, 500, 1, 1_100));
        }
        Published {
            kind: MediaKind::Video,
            codec: Codec::Vp8,
            layers,
            every: PICTURE,
            ..Published::sound(cid, 0, 0)
        }
    }

    /// Sends a packet so often.
    pub fn pace(&mut self, every: Duration) {
        self.every = every;
    }

    /// Sends so many packets in one go, so often.
    pub fn pace_together(&mut self, n_packets: usize, every: Duration) {
        self.n_together = n_packets;
        self.every = every;
    }

    pub fn simulcast(&self) -> Option<Simulcast> {
        let mut simulcast = Simulcast::new();
        for rid in self.layers.iter().filter_map(|layer| layer.rid) {
            simulcast.add_send_layer(SimulcastLayer::new(&rid.to_string()));
        }
        Some(simulcast).filter(|simulcast| !simulcast.send.is_empty())
    }

    pub fn begin_anew(&mut self, request: &KeyframeRequest) {
        if self.mid != Some(request.mid) {
            return;
        }
        let mut layers = self.layers.iter_mut();
        if let Some(layer) = layers.find(|layer| layer.rid == request.rid) {
            layer.needs_beginning = true;
        }
    }

    /// Sends what is due, when the connection is there.
    pub fn send_due(&mut self, rtc: &mut Rtc, now: Instant) {
        let (Some(mid), Some(due_at)) = (self.mid, self.next_at) else {
            return;
        };
        if due_at > now {
            return;
        }
        let is_sound = self.kind == MediaKind::Audio;
        self.next_at = Some(due_at + self.every);
        if !rtc.is_connected() {
            return;
        }
        let codec = self.codec;
        let mut params = rtc.codec_config().params().iter();
        let params = params.find(|params| params.spec().codec == codec).unwrap();
        let red = params.red().filter(|_| self.is_red);
        let payload_type = red.unwrap_or(params.pt());
        let opus = *params.pt();
        let layers = self.layers.iter_mut().filter(|layer| !layer.is_off);
        let n_together = self.n_together;
        for layer in layers {
            for _ in 0..n_together {
                let payload = match codec {
                    Codec::Opus if red.is_some() => layer.sounds(opus),
                    Codec::Opus => layer.sound(),
                    Codec::Vp8 => layer.picture(),
                    _ => layer.newer_picture(codec),
                };
                let ext = ExtensionValues {
                    audio_level: is_sound.then_some(-30),
                    voice_activity: is_sound.then_some(true),
                    ..Default::default()
                };
                let write =
                    RtpWrite::new(payload_type, layer.seq.into(), layer.rtp_ts, now, payload).ext_vals(ext);
                if let Some(stream) = rtc.direct_api().stream_tx_by_mid(mid, layer.rid) {
                    stream.write_rtp(write.marker(!is_sound).nackable(!is_sound));
                    layer.sent_at.push(now);
                    layer.advance(is_sound);
                }
            }
        }
    }
}

impl Layer {
    fn new(rid: Option<Rid>, rank: u8, seq: u64, rtp_ts: u32, size: usize) -> Self {
        Layer {
            rid,
            rank,
            seq,
            rtp_ts,
            n_sent: 0,
            sent_at: Vec::new(),
            needs_beginning: true,
            size,
            is_off: false,
            is_stuck: false,
        }
    }

    /// Its numbers and time begin so.
    pub fn begin_at(&mut self, seq: u64, rtp_ts: u32) {
        (self.seq, self.rtp_ts) = (seq, rtp_ts);
    }

    fn advance(&mut self, is_sound: bool) {
        self.seq += 1;
        self.n_sent += 1;
        self.rtp_ts = self.rtp_ts.wrapping_add(if is_sound { 960 } else { 3_600 });
        self.needs_beginning &= self.is_stuck;
    }

    fn sound(&self) -> Vec<u8> {
        let mut payload = self.n_sent.to_be_bytes().to_vec();
        payload.resize(self.size, 7);
        payload
    }

    /// The newest, behind the one before (RFC 2198, 3).
    fn sounds(&self, opus: u8) -> Vec<u8> {
        let mut payload = Vec::new();
        if let Some(n_before) = self.n_sent.checked_sub(1) {
            let len = self.size as u16;
            payload.extend([
                0x80 | opus,
                (960_u16 >> 6) as u8,
                (960 << 2) as u8 | (len >> 8) as u8,
                len as u8,
            ]);
            payload.push(opus);
            payload.extend(n_before.to_be_bytes());
            payload.resize(5 + self.size, 7);
        } else {
            payload.push(opus);
        }
        payload.extend(self.sound());
        payload
    }

    /// As a codec without counters has it.
    fn newer_picture(&self, codec: Codec) -> Vec<u8> {
        let is_beginning = self.needs_beginning && !self.is_stuck;
        let first = if codec == Codec::Vp9 { VP9 } else { AV1 }[usize::from(!is_beginning)];
        let mut payload = vec![first, 0x99, self.rank];
        payload.extend(self.n_sent.to_be_bytes());
        payload.resize(self.size, 7);
        payload
    }

    /// A VP8 descriptor with all counters, then the picture's own first byte, then what tests read.
    fn picture(&self) -> Vec<u8> {
        let is_beginning = self.needs_beginning && !self.is_stuck;
        let picture_id = (self.n_sent as u16).wrapping_add(2_000 * u16::from(self.rank)) | 0x8000;
        let [high, low] = picture_id.to_be_bytes();
        let tl0 = (self.n_sent as u8).wrapping_add(50 * self.rank);
        let mut payload = vec![0x90, 0xf0, high, low, tl0, 1, u8::from(!is_beginning), self.rank];
        payload.extend(self.n_sent.to_be_bytes());
        payload.resize(self.size, 7);
        payload
    }
}

/// The first bytes of VP9 and AV1: a beginning, or what builds on it.
const VP9: [u8; 2] = [0x0c, 0x4c];
const AV1: [u8; 2] = [0x18, 0x10];

/// The sounds of a payload that has one or two, and how many packets before it each was sent first.
pub fn read_red(payload: &[u8]) -> Vec<(u64, &[u8])> {
    match payload {
        [first, _, high, low, _, rest @ ..] if first & 0x80 != 0 => {
            let (before, newest) = rest.split_at(usize::from(high & 3) << 8 | usize::from(*low));
            vec![(1, before), (0, newest)]
        }
        [_, newest @ ..] => vec![(0, newest)],
        [] => Vec::new(),
    }
}

/// The number in a payload, and what else a picture says.
pub fn read_payload(payload: &[u8]) -> Option<(u32, Option<Picture>)> {
    if let [first, 0x99, rank, rest @ ..] = payload {
        let picture = Picture {
            rank: *rank,
            is_beginning: *first == VP9[0] || *first == AV1[0],
            picture_id: 0,
            tl0_pic_idx: 0,
        };
        return Some((u32::from_be_bytes(*rest.first_chunk()?), Some(picture)));
    }
    let [0x90, 0xf0, high, low, tl0_pic_idx, _, first, rank, rest @ ..] = payload else {
        return Some((u32::from_be_bytes(*payload.first_chunk()?), None));
    };
    let picture = Picture {
        rank: *rank,
        is_beginning: first & 1 == 0,
        picture_id: u16::from_be_bytes([high & 0x7f, *low]),
        tl0_pic_idx: *tl0_pic_idx,
    };
    Some((u32::from_be_bytes(*rest.first_chunk()?), Some(picture)))
}

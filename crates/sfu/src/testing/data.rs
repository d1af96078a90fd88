//! What a client remembers of reliable data, so that nothing is missing and nothing comes twice after it was away.

use std::collections::BTreeMap;

use livekit_protocol as proto;

#[derive(Debug, Default)]
pub struct Data {
    /// Older clients do not say what they got.
    pub is_older: bool,
    /// How much came that was there already.
    pub n_twice: usize,
    last_sequence: u32,
    sent: Vec<(u32, Vec<u8>)>,
    /// By sid of who sent it, the last number that came.
    got: BTreeMap<String, u32>,
}

impl Data {
    pub fn next_sequence(&mut self, label: &str) -> u32 {
        if label != "_reliable" || self.is_older {
            return 0;
        }
        self.last_sequence += 1;
        self.last_sequence
    }

    pub fn sent(&mut self, sequence: u32, bytes: &[u8]) {
        if sequence > 0 {
            self.sent.push((sequence, bytes.to_vec()));
        }
    }

    pub fn is_new(&mut self, packet: &proto::DataPacket) -> bool {
        if packet.sequence == 0 || self.is_older {
            return true;
        }
        let last = self.got.entry(packet.participant_sid.clone()).or_default();
        let is_new = packet.sequence > *last;
        *last = packet.sequence.max(*last);
        self.n_twice += usize::from(!is_new);
        is_new
    }

    pub fn states(&self) -> Vec<proto::DataChannelReceiveState> {
        let state = |(publisher_sid, last_seq): (&String, &u32)| proto::DataChannelReceiveState {
            publisher_sid: publisher_sid.clone(),
            last_seq: *last_seq,
        };
        self.got.iter().filter(|_| !self.is_older).map(state).collect()
    }

    pub fn after(&self, sequence: u32) -> Vec<Vec<u8>> {
        let later = self.sent.iter().filter(|(sent, _)| *sent > sequence);
        later.map(|(_, bytes)| bytes.clone()).collect()
    }
}

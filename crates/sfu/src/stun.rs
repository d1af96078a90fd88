//! The one thing that a host must know of a STUN packet before it knows whose it is: which connection it names.

/// The fragment that a STUN request is addressed to: the first half of its USERNAME (RFC 8445, 7.2.2). None of anything
/// that is not STUN or names nobody.
pub fn stun_ufrag(packet: &[u8]) -> Option<&str> {
    const HEADER_LEN: usize = 20;
    const MAGIC_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
    const USERNAME: u16 = 0x0006;
    if !is_stun(packet) || packet.get(4..8)? != MAGIC_COOKIE {
        return None;
    }
    let mut rest = packet.get(HEADER_LEN..)?;
    while let [kind_high, kind_low, len_high, len_low, value @ ..] = rest {
        let n_bytes = usize::from(u16::from_be_bytes([*len_high, *len_low]));
        if u16::from_be_bytes([*kind_high, *kind_low]) == USERNAME {
            let username = std::str::from_utf8(value.get(..n_bytes)?).ok()?;
            return username.split_once(':').map(|(ours, _theirs)| ours);
        }
        rest = value.get(n_bytes.next_multiple_of(4)..)?;
    }
    None
}

/// RFC 7983: STUN, DTLS and RTP on one port are told apart by the first byte.
pub(crate) fn is_stun(packet: &[u8]) -> bool {
    packet.first().is_some_and(|first| *first < 4)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn request(attributes: &[u8]) -> Vec<u8> {
        let mut packet = vec![0, 1, 0, attributes.len() as u8, 0x21, 0x12, 0xa4, 0x42];
        packet.extend([9; 12]);
        packet.extend(attributes);
        packet
    }

    #[test]
    fn the_first_half_of_the_username_is_found_behind_other_attributes() {
        let attributes = [
            &[0x80, 0x22, 0, 3, b'a', b'b', b'c', 0, 0, 6, 0, 7][..],
            b"ours:th\0",
        ]
        .concat();
        assert_eq!(stun_ufrag(&request(&attributes)), Some("ours"));
    }

    #[test]
    fn what_names_nobody_is_nobodys() {
        assert_eq!(stun_ufrag(&[]), None);
        assert_eq!(stun_ufrag(&request(&[])), None);
        assert_eq!(stun_ufrag(&request(&[0, 6, 0, 200, b'a', b':', b'b', 0])), None);
        assert_eq!(stun_ufrag(&request(&[0, 6, 0, 3, b'a', b'b', b'c', 0])), None);
        assert_eq!(stun_ufrag(&[0x80; 40]), None);
    }

    proptest! {
        #[test]
        fn no_packet_is_a_panic(packet in proptest::collection::vec(any::<u8>(), 0..200), rest in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = stun_ufrag(&packet);
            let _ = stun_ufrag(&request(&rest));
        }
    }
}

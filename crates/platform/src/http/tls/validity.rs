//! Until when a certificate is good: the one field that we read of it ourselves (RFC 5280, 4.1.2.5), so that whoever looks
//! after the server is told in time. Everything else about certificates is rustls's.

use base::Timestamp;
use rustls::pki_types::{CertificateDer, pem::PemObject};

use crate::config::TlsConfig;

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// When the first certificate of the file ends; None when it cannot be read.
pub fn expires_at(files: &TlsConfig) -> Option<Timestamp> {
    let leaf = CertificateDer::pem_file_iter(&files.certificate)
        .ok()?
        .next()?
        .ok()?;
    not_after(&leaf)
}

fn not_after(der: &[u8]) -> Option<Timestamp> {
    let (certificate, _) = inside(SEQUENCE, der)?;
    let (mut fields, _) = inside(SEQUENCE, certificate)?;
    if fields.first() == Some(&VERSION) {
        fields = next(fields)?.2;
    }
    // Serial number, algorithm, issuer.
    for _ in 0..3 {
        fields = next(fields)?.2;
    }
    let (validity, _) = inside(SEQUENCE, fields)?;
    let (tag, text, _) = next(next(validity)?.2)?;
    moment(tag, std::str::from_utf8(text).ok()?)
}

/// Tag, content and what follows; lengths that go beyond the bytes are none.
fn next(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        short @ 0..=0x7f => (usize::from(short), rest),
        long => {
            let n_bytes = usize::from(long & 0x7f);
            let bytes = rest.get(..n_bytes).filter(|_| (1..=4).contains(&n_bytes))?;
            let length = bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            (length, &rest[n_bytes..])
        }
    };
    Some((tag, rest.get(..length)?, &rest[length..]))
}

fn inside(wanted: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = next(der)?;
    (tag == wanted).then_some((content, rest))
}

fn moment(tag: u8, text: &str) -> Option<Timestamp> {
    let text = text.strip_suffix('Z').filter(|text| text.is_ascii())?;
    let (year, rest) = match tag {
        // Two digits mean 1950 to 2049.
        UTC_TIME => {
            let year: i64 = text.get(..2)?.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, text.get(2..)?)
        }
        GENERALIZED_TIME => (text.get(..4)?.parse().ok()?, text.get(4..)?),
        _ => return None,
    };
    let part = |idx: usize| rest.get(idx..idx + 2)?.parse::<i64>().ok();
    let seconds = days(year, part(0)?, part(2)?) * 86_400 + part(4)? * 3600 + part(6)? * 60 + part(8)?;
    seconds.checked_mul(1_000_000).map(Timestamp)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March, so that the leap day is the last of a year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read() {
        for (tag, text, expected) in [
            (UTC_TIME, "700101000000Z", Some(0)),
            (UTC_TIME, "000301000001Z", Some(951_868_801)),
            (UTC_TIME, "240229120000Z", Some(1_709_208_000)),
            (GENERALIZED_TIME, "20500101000000Z", Some(2_524_608_000)),
            (GENERALIZED_TIME, "2050", None),
            (0x02, "20500101000000Z", None),
            (UTC_TIME, "24022912000", None),
        ] {
            let expected = expected.map(|seconds: i64| Timestamp(seconds * 1_000_000));
            assert_eq!(moment(tag, text), expected, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_certificate_is_found_and_rubbish_is_none() {
        let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(2031, 5, 17);
        let key = rcgen::KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        let found = not_after(made.der()).unwrap();
        assert_eq!(found, Timestamp(days(2031, 5, 17) * 86_400_000_000));
        for n_bytes in 0..made.der().len().min(200) {
            assert_eq!(not_after(&made.der()[..n_bytes]), None, "{n_bytes} bytes");
        }
    }
}

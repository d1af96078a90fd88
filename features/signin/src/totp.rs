//! Codes of an app by time (RFC 6238): six digits, 30 seconds, SHA-1, as every app has them. Pure.

use base::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// RFC 4226, section 4 recommends 160 bits.
const SECRET_BYTES: usize = 20;

/// A secret shared with an app.
pub struct Shared(Vec<u8>);

impl Shared {
    /// A new one.
    pub fn random() -> Self {
        Self(rand::random::<[u8; SECRET_BYTES]>().to_vec())
    }

    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it into an app.
    pub fn text(&self) -> String {
        Secret::from(self.0.as_slice()).to_base32()
    }

    /// What stands in the QR code. The colon parts label and account, so neither may hold one.
    pub fn url(&self, workspace: &str, account: &str) -> Option<String> {
        let (issuer, account) = (without_colon(workspace), without_colon(account));
        let builder = self
            .builder()
            .with_issuer(Some(issuer))
            .with_account_name(account);
        builder.build().ok()?.to_url().ok()
    }

    /// The time step of a code, if it is one of now, of the step before or of the one after.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let seconds = u64::try_from(now.0 / 1_000_000).ok()?;
        let totp: Totp = self.builder().with_account_name("account").build().ok()?;
        i64::try_from(totp.check(code, seconds)?).ok()
    }

    fn builder(&self) -> Builder {
        Builder::new().with_secret(Secret::from(self.0.as_slice()))
    }
}

fn without_colon(text: &str) -> String {
    text.replace(':', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1_000_000)
    }

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let shared = Shared::from_bytes(b"12345678901234567890".to_vec());
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(shared.step_of(code, at(seconds)), Some(seconds / 30), "{code}");
            assert_eq!(
                shared.step_of(code, at(seconds + 30)),
                Some(seconds / 30),
                "a clock may be behind"
            );
            assert_eq!(shared.step_of(code, at(seconds + 90)), None);
        }
        assert_eq!(shared.step_of("000000", at(59)), None);
    }

    #[test]
    fn the_url_names_workspace_and_account() {
        let shared = Shared::from_bytes(b"12345678901234567890".to_vec());
        let url = shared.url("Harbour: Night", "ada@example.org").unwrap();
        assert!(
            url.starts_with("otpauth://totp/Harbour%20%20Night:ada%40example.org?"),
            "{url}"
        );
        assert!(url.contains(&format!("secret={}", shared.text())), "{url}");
    }
}

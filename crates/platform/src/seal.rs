//! Seals secrets that must be read again, and makes links that nobody else can make: a copy of the database alone opens neither.
//!
//! Invariants: AES-256-GCM with a random nonce, bound to what it is about, so that rows cannot be swapped and no link opens
//! another thing; the key is a file beside the database, never in it, readable by its owner only, and made when the first
//! secret is sealed. With another key nothing opens, and nothing is guessed. Knows no secret and no link.

use crate::config::Config;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

const KEY_BYTES: usize = 32;

/// A secret could not be sealed or opened: what is wrong.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("{0}")]
pub struct Broken(pub &'static str);

/// The key, read when it is first needed.
pub struct Seal {
    file: PathBuf,
    key: OnceLock<LessSafeKey>,
}

impl Seal {
    /// Nothing is read or made before it is needed.
    pub fn new(config: &Config) -> Self {
        let file = config.sign_in.key_file.clone();
        Self {
            file: file.unwrap_or_else(|| config.data.join("sign-in.key")),
            key: OnceLock::new(),
        }
    }

    /// `about` says whose secret it is; it must be the same when it is opened.
    pub fn seal(&self, secret: &[u8], about: &[u8]) -> Result<String, Broken> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = secret.to_vec();
        self.key()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed)
            .map_err(|_| Broken("a secret could not be sealed"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// What was sealed, if it was sealed with our key and about the same.
    pub fn open(&self, sealed: &str, about: &[u8]) -> Result<Vec<u8>, Broken> {
        let broken = || Broken("a secret could not be opened: the key file is another one than before");
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken())?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut rest = rest.to_vec();
        let opened = self.key()?.open_in_place(nonce, Aad::from(about), &mut rest);
        Ok(opened.map_err(|_| broken())?.to_vec())
    }

    /// A key for one purpose, the same after each start (HMAC-SHA-256 of the purpose; RFC 2104), as 64 hexadecimal digits.
    pub fn key_for(&self, purpose: &[u8]) -> Result<String, Broken> {
        let bytes = read_or_make(&self.file).map_err(|error| {
            tracing::error!(error = %error, "the key file for secrets of sign-in cannot be used");
            Broken("the key file for secrets cannot be used")
        })?;
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &bytes);
        let tag = ring::hmac::sign(&key, purpose);
        Ok(tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What stands in an address (RFC 4648, 5) and leads to `id`, so that nothing of it has to be kept.
    pub fn link(&self, id: uuid::Uuid, about: &[u8]) -> Result<String, Broken> {
        let sealed = self.seal(id.as_bytes(), about)?;
        Ok(sealed.replace('+', "-").replace('/', "_"))
    }

    /// Where a link leads; None when we have not made it, or for something else.
    pub fn find_link(&self, link: &str, about: &[u8]) -> Option<uuid::Uuid> {
        let sealed = link.replace('-', "+").replace('_', "/");
        uuid::Uuid::from_slice(&self.open(&sealed, about).ok()?).ok()
    }

    fn key(&self) -> Result<&LessSafeKey, Broken> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let bytes = read_or_make(&self.file).map_err(|error| {
            tracing::error!(error = %error, "the key file for secrets of sign-in cannot be used");
            Broken("the key file for secrets cannot be used")
        })?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| Broken("a key could not be made"))?;
        Ok(self.key.get_or_init(|| LessSafeKey::new(key)))
    }
}

fn read_or_make(file: &Path) -> std::io::Result<Vec<u8>> {
    match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
    {
        Ok(mut made) => {
            let key: [u8; KEY_BYTES] = rand::random();
            made.write_all(&key)?;
            made.sync_all()?;
            Ok(key.to_vec())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let key = std::fs::read(file)?;
            if key.len() == KEY_BYTES {
                return Ok(key);
            }
            Err(std::io::Error::new(
                ErrorKind::InvalidData,
                "the key file does not hold 32 bytes",
            ))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_for_the_same_person() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::for_tests(folder.path());
        let seal = Seal::new(&config);
        let sealed = seal.seal(b"secret", b"ada").unwrap();
        assert_ne!(
            seal.seal(b"secret", b"ada").unwrap(),
            sealed,
            "each has its own nonce"
        );
        let again = Seal::new(&config);
        assert_eq!(again.open(&sealed, b"ada").unwrap(), b"secret");
        assert!(again.open(&sealed, b"bob").is_err());
        let id = uuid::Uuid::now_v7();
        let link = seal.link(id, b"ada").unwrap();
        assert!(
            link.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        );
        assert_eq!(
            (again.find_link(&link, b"ada"), again.find_link(&link, b"bob")),
            (Some(id), None)
        );
        assert!(again.open(&sealed[1..], b"ada").is_err() && again.open("", b"ada").is_err());
        let file = folder.path().join("sign-in.key");
        assert_eq!(
            std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::write(&file, [7; KEY_BYTES]).unwrap();
        assert!(Seal::new(&config).open(&sealed, b"ada").is_err(), "another key");
        std::fs::write(&file, [7; 5]).unwrap();
        assert!(Seal::new(&config).open(&sealed, b"ada").is_err(), "no key");
    }
}

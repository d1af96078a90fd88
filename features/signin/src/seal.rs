//! Seals secrets that must be read again, so that a copy of the database alone gives nobody a second step.
//!
//! Invariants: AES-256-GCM with a random nonce, bound to the person whose secret it is, so that rows cannot be swapped; the
//! key is a file beside the database, never in it, readable by its owner only, and made when the first secret is sealed.
//! With another key nothing opens, and nothing is guessed.

use crate::model::Error;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use platform::config::Config;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

const KEY_BYTES: usize = 32;

/// The seal of this server, made when it is first needed.
#[derive(Default)]
pub struct Sealing(OnceLock<Arc<Seal>>);

impl Sealing {
    pub fn of(&self, config: &Config) -> Arc<Seal> {
        self.0.get_or_init(|| Arc::new(Seal::new(config))).clone()
    }
}

/// The key, read when it is first needed.
pub struct Seal {
    file: PathBuf,
    key: OnceLock<LessSafeKey>,
}

impl Seal {
    fn new(config: &Config) -> Self {
        let file = config.sign_in.key_file.clone();
        Self {
            file: file.unwrap_or_else(|| config.data.join("sign-in.key")),
            key: OnceLock::new(),
        }
    }

    /// `about` says whose secret it is; it must be the same when it is opened.
    pub fn seal(&self, secret: &[u8], about: &[u8]) -> Result<String, Error> {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = secret.to_vec();
        self.key()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed)
            .map_err(|_| Error::Broken("a secret could not be sealed"))?;
        Ok(STANDARD_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// What was sealed, if it was sealed with our key and about the same.
    pub fn open(&self, sealed: &str, about: &[u8]) -> Result<Vec<u8>, Error> {
        let broken =
            || Error::Broken("a secret could not be opened: the key file is another one than before");
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken())?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut rest = rest.to_vec();
        let opened = self.key()?.open_in_place(nonce, Aad::from(about), &mut rest);
        Ok(opened.map_err(|_| broken())?.to_vec())
    }

    fn key(&self) -> Result<&LessSafeKey, Error> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let bytes = read_or_make(&self.file).map_err(|error| {
            tracing::error!(error = %error, "the key file for secrets of sign-in cannot be used");
            Error::Broken("the key file for secrets cannot be used")
        })?;
        let key =
            UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| Error::Broken("a key could not be made"))?;
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

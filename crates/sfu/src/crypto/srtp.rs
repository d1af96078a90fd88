//! The ciphers of SRTP: AES in counter mode (RFC 3711) and AES-GCM (RFC 7714).
//!
//! Ciphers are made once per direction of a connection and run for each packet without allocating.

use std::fmt;

use aes::cipher::{Array, BlockCipherEncrypt, InnerIvInit, KeyInit, StreamCipher};
use aes::{Aes128, Aes256};
use ring::aead;
use str0m::crypto::*;

#[derive(Debug)]
pub(super) struct Srtp;

impl SrtpProvider for Srtp {
    fn aes_128_cm_sha1_80(&self) -> &'static dyn SupportedAes128CmSha1_80 {
        &Srtp
    }

    fn aead_aes_128_gcm(&self) -> &'static dyn SupportedAeadAes128Gcm {
        &Srtp
    }

    fn aead_aes_256_gcm(&self) -> &'static dyn SupportedAeadAes256Gcm {
        &Srtp
    }

    fn srtp_aes_128_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block(
            &Aes128::new_from_slice(key).expect("a key of 16 bytes"),
            input,
            output,
        );
    }

    fn srtp_aes_256_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        one_block(
            &Aes256::new_from_slice(key).expect("a key of 32 bytes"),
            input,
            output,
        );
    }
}

/// The first block of `output` is that of `input`; str0m hands buffers that may be longer.
fn one_block<C: BlockCipherEncrypt>(cipher: &C, input: &[u8], output: &mut [u8]) {
    let mut block = Array::<u8, C::BlockSize>::default();
    let size = block.len();
    block.copy_from_slice(&input[..size]);
    cipher.encrypt_block(&mut block);
    output[..size].copy_from_slice(&block);
}

impl SupportedAes128CmSha1_80 for Srtp {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn Aes128CmSha1_80Cipher> {
        Box::new(CounterMode(Aes128::new(&key.into())))
    }
}

impl SupportedAeadAes128Gcm for Srtp {
    fn create_cipher(&self, key: [u8; 16], _encrypt: bool) -> Box<dyn AeadAes128GcmCipher> {
        Box::new(Gcm::new(&aead::AES_128_GCM, &key))
    }
}

impl SupportedAeadAes256Gcm for Srtp {
    fn create_cipher(&self, key: [u8; 32], _encrypt: bool) -> Box<dyn AeadAes256GcmCipher> {
        Box::new(Gcm::new(&aead::AES_256_GCM, &key))
    }
}

/// Keeps the expanded key, which costs more than the first packet under it.
struct CounterMode(Aes128);

impl fmt::Debug for CounterMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CounterMode")
    }
}

impl CounterMode {
    /// Encrypting and decrypting are the same in counter mode.
    fn apply(&self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        let core = ctr::CtrCore::<&Aes128, ctr::flavors::Ctr128BE>::inner_iv_init(&self.0, iv.into());
        let output = output
            .get_mut(..input.len())
            .ok_or_else(|| refused("the buffer is too small"))?;
        ctr::cipher::StreamCipherCoreWrapper::from_core(core).apply_keystream_b2b(input, output);
        Ok(())
    }
}

impl Aes128CmSha1_80Cipher for CounterMode {
    fn encrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        self.apply(iv, input, output)
    }

    fn decrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        self.apply(iv, input, output)
    }
}

struct Gcm(aead::LessSafeKey);

impl fmt::Debug for Gcm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gcm")
    }
}

/// The tag behind a sealed packet, in bytes (RFC 7714, 13).
const TAG_LEN: usize = 16;

impl Gcm {
    fn new(algorithm: &'static aead::Algorithm, key: &[u8]) -> Self {
        let key = aead::UnboundKey::new(algorithm, key).expect("the key has the algorithm's length");
        Gcm(aead::LessSafeKey::new(key))
    }

    fn seal(&self, iv: &[u8; 12], aad: &[u8], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        let (text, rest) = output
            .split_at_mut_checked(input.len())
            .ok_or_else(|| refused("the buffer is too small"))?;
        let rest = rest
            .get_mut(..TAG_LEN)
            .ok_or_else(|| refused("the buffer has no room for the tag"))?;
        text.copy_from_slice(input);
        let nonce = aead::Nonce::assume_unique_for_key(*iv);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, aead::Aad::from(aad), text)
            .map_err(|_| refused("sealing failed"))?;
        rest.copy_from_slice(tag.as_ref());
        Ok(())
    }

    fn open(&self, iv: &[u8; 12], aad: &[u8], input: &[u8], output: &mut [u8]) -> Result<usize, CryptoError> {
        let Some(n_text) = input.len().checked_sub(TAG_LEN).filter(|n| *n <= output.len()) else {
            return Err(refused("a sealed packet has no room for its tag"));
        };
        let (text, tag) = input.split_at(n_text);
        let tag: [u8; TAG_LEN] = tag.try_into().expect("split at the tag");
        output[..n_text].copy_from_slice(text);
        let nonce = aead::Nonce::assume_unique_for_key(*iv);
        self.0
            .open_in_place_separate_tag(
                nonce,
                aead::Aad::from(aad),
                tag.into(),
                &mut output[..n_text],
                0..,
            )
            .map(|text| text.len())
            .map_err(|_| refused("a sealed packet is not genuine"))
    }

    /// The header and, of RTCP, the index behind it are one text to ring.
    fn open_pieces(
        &self,
        iv: &[u8; 12],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        match aads {
            [aad] => self.open(iv, aad, input, output),
            many => self.open(iv, &many.concat(), input, output),
        }
    }
}

macro_rules! gcm_cipher {
    ($cipher:ident) => {
        impl $cipher for Gcm {
            fn encrypt(
                &mut self,
                iv: &[u8; 12],
                aad: &[u8],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<(), CryptoError> {
                self.seal(iv, aad, input, output)
            }

            fn decrypt(
                &mut self,
                iv: &[u8; 12],
                aads: &[&[u8]],
                input: &[u8],
                output: &mut [u8],
            ) -> Result<usize, CryptoError> {
                self.open_pieces(iv, aads, input, output)
            }
        }
    };
}

gcm_cipher!(AeadAes128GcmCipher);
gcm_cipher!(AeadAes256GcmCipher);

fn refused(what: &str) -> CryptoError {
    CryptoError::Other(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counter_mode_is_that_of_the_standard() {
        // The keystream of RFC 3711, B.2.
        let key = [
            0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c,
        ];
        let mut iv = [0; 16];
        iv[..14].copy_from_slice(&[
            0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd,
        ]);
        let mut keystream = [0; 32];
        let mut cipher = SupportedAes128CmSha1_80::create_cipher(&Srtp, key, true);
        cipher.encrypt(&iv, &[0; 32], &mut keystream).unwrap();
        assert_eq!(keystream[..4], [0xe0, 0x3e, 0xad, 0x09]);
        assert_eq!(keystream[16..20], [0xd2, 0x35, 0x13, 0x16]);
    }

    #[test]
    fn what_was_sealed_opens_and_what_was_touched_does_not() {
        let mut cipher = SupportedAeadAes128Gcm::create_cipher(&Srtp, [7; 16], true);
        let (mut sealed, mut opened) = ([0; 5 + TAG_LEN], [0; 5 + TAG_LEN]);
        cipher
            .encrypt(&[1; 12], b"header", b"sound", &mut sealed)
            .unwrap();
        assert_eq!(
            cipher
                .decrypt(&[1; 12], &[b"hea", b"der"], &sealed, &mut opened)
                .unwrap(),
            5
        );
        assert_eq!(&opened[..5], b"sound");
        sealed[0] ^= 1;
        assert!(
            cipher
                .decrypt(&[1; 12], &[b"header"], &sealed, &mut opened)
                .is_err()
        );
        assert!(
            cipher
                .decrypt(&[1; 12], &[b"header"], &sealed[..3], &mut opened)
                .is_err()
        );
    }
}

//! Message encryption for Web Push (RFC 8291, with the content coding aes128gcm of RFC 8188): the push service carries it and
//! cannot read it.
//!
//! Invariants: each message has its own key pair and salt; its length says only in steps of [`STEP_BYTES`] how long the text is.

use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand::SystemRandom,
};

/// An uncompressed point of P-256.
pub(crate) const PUBLIC_KEY_BYTES: usize = 65;
/// What a browser shares with us.
pub(crate) const AUTH_BYTES: usize = 16;
const SALT_BYTES: usize = 16;
/// All of it is one record of this size at most; services take 4,096 bytes (RFC 8030, 7.2).
const RECORD_BYTES: u32 = 4_096;
const STEP_BYTES: usize = 512;
/// Says that the last record ends here (RFC 8188, 2).
const LAST: u8 = 2;
/// Of a text, so that header, padding and tag fit the record as well.
pub(crate) const PLAIN_MAX_BYTES: usize = 3_500;

/// The keys of one browser's subscription.
#[derive(Clone)]
pub(crate) struct Subscriber {
    pub public: [u8; PUBLIC_KEY_BYTES],
    pub auth: [u8; AUTH_BYTES],
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// None: the key of the browser is no point of the curve, or the text is too long.
pub(crate) fn encrypt(to: &Subscriber, plain: &[u8]) -> Option<Vec<u8>> {
    if plain.len() > PLAIN_MAX_BYTES {
        return None;
    }
    let random = SystemRandom::new();
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random).ok()?;
    let own_public = own.compute_public_key().ok()?;
    let salt: [u8; SALT_BYTES] = rand::random();
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &to.public);
    let (key, nonce) = agree_ephemeral(own, &theirs, |shared| {
        keys_of(shared, to, own_public.as_ref(), &salt)
    })
    .ok()??;
    let mut sealed = plain.to_vec();
    sealed.push(LAST);
    sealed.resize((plain.len() + 1).next_multiple_of(STEP_BYTES), 0);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .ok()?;
    let mut message = salt.to_vec();
    message.extend(RECORD_BYTES.to_be_bytes());
    message.push(u8::try_from(PUBLIC_KEY_BYTES).ok()?);
    message.extend(own_public.as_ref());
    message.extend(sealed);
    Some(message)
}

/// The key and the nonce of a message (RFC 8291, 3.4).
fn keys_of(
    shared: &[u8],
    to: &Subscriber,
    own_public: &[u8],
    salt: &[u8],
) -> Option<([u8; 16], [u8; NONCE_LEN])> {
    let both = [b"WebPush: info\0".as_slice(), &to.public, own_public].concat();
    let input: [u8; 32] = expand(&Salt::new(HKDF_SHA256, &to.auth).extract(shared), &both)?;
    let prk = Salt::new(HKDF_SHA256, salt).extract(&input);
    Some((
        expand(&prk, b"Content-Encoding: aes128gcm\0")?,
        expand(&prk, b"Content-Encoding: nonce\0")?,
    ))
}

fn expand<const N: usize>(prk: &Prk, info: &[u8]) -> Option<[u8; N]> {
    let mut out = [0; N];
    prk.expand(&[info], Length(N)).ok()?.fill(&mut out).ok()?;
    Some(out)
}

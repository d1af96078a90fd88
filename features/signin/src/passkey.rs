//! What Web Authentication says of a passkey: the questions for a browser, and what its answers are worth.
//!
//! Invariants: only a key that the device keeps, finds by itself and opens by a finger, a face or a PIN is taken, so that a
//! passkey is both steps in one; no attestation is asked for; an answer counts for the challenge, the domain and the address
//! that it was asked for, and its signature and counter are right. What is begun is kept by the server and never by a
//! browser: that is what the crate's `danger-allow-state-serialisation` warns of. Knows no accounts and no database.

use crate::wire::{PasskeyAnswer, PasskeyMade};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::config::Config;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Webauthn, WebauthnBuilder, WebauthnError,
};

/// Bytes of a key's name, by which it is found: long enough that nobody guesses one (Web Authentication, 4, "credential ID", and
/// 7.1, step 25).
const CREDENTIAL_ID_BYTES: std::ops::RangeInclusive<usize> = 16..=1023;

/// Why an answer is not taken. The words are for the log; people get one sentence for all of them.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It cannot be read.
    #[error("the answer of a browser about a passkey cannot be read")]
    Unreadable,
    /// It is not right.
    #[error("the answer of a browser about a passkey is not right: {0}")]
    Wrong(#[source] WebauthnError),
    /// Its counter is not higher than before: there may be a copy of the key.
    #[error("the counter of a passkey did not grow")]
    Copied,
    /// What was begun, or what is kept, cannot be read back: a fault of ours.
    #[error("the state of a passkey cannot be read back")]
    State,
}

impl From<WebauthnError> for Trouble {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::Copied,
            other => Self::Wrong(other),
        }
    }
}

/// This server as devices know it.
pub struct Party {
    webauthn: Webauthn,
    domain: String,
}

/// Who adds a passkey.
pub struct Adding<'a> {
    pub person: Uuid,
    /// What the device calls the account.
    pub account: &'a str,
    pub name: &'a str,
    /// What the device calls this server.
    pub workspace: &'a str,
    /// Of the passkeys that there are.
    pub known: Vec<Vec<u8>>,
}

/// What goes to the browser, and what stays here.
pub struct Begun {
    pub options: Value,
    pub state: String,
}

/// A key that was made.
pub struct Made {
    pub credential_id: Vec<u8>,
    pub credential: String,
}

impl Party {
    /// None: browsers have no passkeys at our address, or the operator takes none.
    pub fn new(config: &Config, timeout: Duration) -> Option<Self> {
        let domain = config.passkey_domain()?.to_owned();
        let origin = Url::parse(&config.public_url).ok()?;
        let built =
            WebauthnBuilder::new(&domain, &origin).and_then(|builder| builder.timeout(timeout).build());
        match built {
            Ok(webauthn) => Some(Self { webauthn, domain }),
            Err(error) => {
                tracing::error!(error = %error, "passkeys cannot be offered at public_url");
                None
            }
        }
    }

    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The question for a new key.
    pub fn begin_adding(&self, adding: Adding<'_>) -> Result<Begun, Trouble> {
        let (asked, state) = self.webauthn.start_passkey_registration(
            adding.person,
            adding.account,
            adding.name,
            Some(adding.known),
        )?;
        let mut options = serde_json::to_value(asked.public_key).map_err(|_| Trouble::State)?;
        options["rp"]["name"] = json!(adding.workspace);
        // The crate leaves it to the device whether it can find the key without a name; whoever types no address needs that.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        Ok(Begun {
            options,
            state: write(&state)?,
        })
    }

    pub fn finish_adding(&self, state: &str, made: &PasskeyMade) -> Result<Made, Trouble> {
        let state: PasskeyRegistration = read(state)?;
        let said = json!({
            "id": made.credential_id, "rawId": made.credential_id, "type": "public-key", "extensions": {},
            "response": { "clientDataJSON": made.client_data, "attestationObject": made.attestation },
        });
        let said: RegisterPublicKeyCredential =
            serde_json::from_value(said).map_err(|_| Trouble::Unreadable)?;
        let passkey = self.webauthn.finish_passkey_registration(&said, &state)?;
        if !CREDENTIAL_ID_BYTES.contains(&passkey.cred_id().len()) {
            return Err(Trouble::Unreadable);
        }
        Ok(Made {
            credential_id: passkey.cred_id().to_vec(),
            credential: write(&passkey)?,
        })
    }

    /// The question who somebody is. `known`: only these passkeys answer it; empty: whichever the device finds.
    pub fn begin_entering(&self, known: &[String]) -> Result<Begun, Trouble> {
        let (asked, state) = self.webauthn.start_discoverable_authentication()?;
        let mut options = serde_json::to_value(asked.public_key).map_err(|_| Trouble::State)?;
        options["allowCredentials"] = known
            .iter()
            .map(|id| json!({ "type": "public-key", "id": id }))
            .collect();
        Ok(Begun {
            options,
            state: write(&state)?,
        })
    }

    /// Gives the key as it is to be kept from now on.
    pub fn finish_entering(
        &self,
        state: &str,
        answer: &PasskeyAnswer,
        credential: &str,
    ) -> Result<String, Trouble> {
        let state: DiscoverableAuthentication = read(state)?;
        let mut passkey: Passkey = read(credential)?;
        let said = json!({
            "id": answer.credential_id, "rawId": answer.credential_id, "type": "public-key", "extensions": {},
            "response": {
                "clientDataJSON": answer.client_data, "authenticatorData": answer.authenticator_data,
                "signature": answer.signature, "userHandle": answer.user_handle,
            },
        });
        let said: PublicKeyCredential = serde_json::from_value(said).map_err(|_| Trouble::Unreadable)?;
        if is_in_a_frame(&answer.client_data) {
            return Err(Trouble::Wrong(WebauthnError::CredentialCrossOrigin));
        }
        let result: AuthenticationResult = self
            .webauthn
            .finish_discoverable_authentication_v2(&said, state, &passkey)?;
        match passkey.update_credential(&result) {
            Some(true) => write(&passkey),
            _ => Ok(credential.to_owned()),
        }
    }
}

/// Asked from inside a page of somebody else (Web Authentication, 7.2, step 14), which the crate leaves to us.
fn is_in_a_frame(client_data: &str) -> bool {
    let bytes = URL_SAFE_NO_PAD.decode(client_data).unwrap_or_default();
    let said: Option<Value> = serde_json::from_slice(&bytes).ok();
    said.is_none_or(|said| said["crossOrigin"] == true || !said["topOrigin"].is_null())
}

fn write(state: &impl serde::Serialize) -> Result<String, Trouble> {
    serde_json::to_string(state).map_err(|_| Trouble::State)
}

fn read<T: serde::de::DeserializeOwned>(state: &str) -> Result<T, Trouble> {
    serde_json::from_str(state).map_err(|_| Trouble::State)
}

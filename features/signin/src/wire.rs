//! Shapes of requests and answers.

use crate::store::passkeys::PasskeyRow;
use accounts::{Me, Role};
use base::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

/// Body of `POST /api/sessions/second`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondCode {
    /// From the problem `second-step`.
    pub attempt: String,
    /// Six digits of an app, or a recovery code.
    pub code: String,
}

/// Body of `POST /api/sessions/second/setup`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondSetUp {
    /// From the problem `second-step`.
    pub attempt: String,
}

/// Somebody who came in.
#[derive(Serialize, TS, JsonSchema)]
pub struct Entered {
    /// Who it is.
    pub me: Me,
    /// Shown once, when an app was set up on the way.
    pub recovery_codes: Option<Vec<String>>,
}

/// A secret for an app.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct TotpOffer {
    /// To type in, in base 32.
    pub secret: String,
    /// To open on the same device: `otpauth://…`.
    pub url: String,
    /// To scan.
    pub qr: Qr,
}

/// A QR code as an SVG path of unit squares.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct Qr {
    /// Squares in a row, without a margin.
    pub size: i32,
    /// The dark squares.
    pub path: String,
}

/// Body of everything that needs a fresh sign-in.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct Fresh {
    /// Of who asks; whoever has none must have signed in within the last ten minutes.
    pub password: Option<String>,
}

/// Body of `POST /api/me/totp/confirm`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Six digits.
    pub code: String,
}

/// Recovery codes, shown once.
#[derive(Serialize, TS, JsonSchema)]
pub struct RecoveryCodes {
    /// Each is good once.
    pub recovery_codes: Vec<String>,
}

/// Answer of `GET /api/me/sign-in`.
#[derive(Serialize, TS, JsonSchema)]
pub struct OwnWays {
    /// There is one, and this server takes it.
    pub password: bool,
    /// When the second step was set up.
    pub second_step_since: Option<Timestamp>,
    /// Recovery codes that are left.
    #[ts(type = "number")]
    pub n_recovery_codes: i64,
    /// Who the person is at the other server, if their account is tied to it.
    pub identity: Option<OwnIdentity>,
    /// The role demands a second step.
    pub second_step_needed: bool,
    /// Nothing grave asks for more at this moment: something better than a password was shown within ten minutes, or there is
    /// none and the session is that new.
    pub proven: bool,
    /// The oldest first; null: this server takes none.
    pub passkeys: Option<Vec<OwnPasskey>>,
}

/// What a browser needs to make a passkey.
#[derive(Serialize, TS, JsonSchema)]
pub struct PasskeyOffer {
    /// To be given back with the key.
    pub attempt: String,
    /// For `navigator.credentials.create()`, as Web Authentication, 5.4, has it in JSON.
    #[ts(type = "PublicKeyCredentialCreationOptionsJSON")]
    pub options: Value,
}

/// Body of `POST /api/me/passkeys/finish`. Bytes are base64url without padding.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyMade {
    /// From the offer.
    pub attempt: String,
    /// `rawId`
    pub credential_id: String,
    /// `response.clientDataJSON`
    pub client_data: String,
    /// `response.attestationObject`
    pub attestation: String,
}

/// What a browser needs to ask for a passkey.
#[derive(Serialize, TS, JsonSchema)]
pub struct PasskeyQuestion {
    /// To be given back with the answer.
    pub attempt: String,
    /// For `navigator.credentials.get()`, as Web Authentication, 5.5, has it in JSON.
    #[ts(type = "PublicKeyCredentialRequestOptionsJSON")]
    pub options: Value,
}

/// Body of `POST /api/sign-in/passkey/finish` and `POST /api/me/proof/passkey/finish`. Bytes are base64url without padding.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyAnswer {
    /// From the question.
    pub attempt: String,
    /// `rawId`
    pub credential_id: String,
    /// `response.clientDataJSON`
    pub client_data: String,
    /// `response.authenticatorData`
    pub authenticator_data: String,
    /// `response.signature`
    pub signature: String,
    /// `response.userHandle`: whose the device says it is.
    pub user_handle: Option<String>,
}

/// Body of `PATCH /api/me/passkeys/{id}`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasskeyName {
    /// At most 80 characters.
    pub name: String,
}

/// One of my passkeys.
#[derive(Debug, Serialize, TS, JsonSchema)]
pub struct OwnPasskey {
    /// For renaming and removing it.
    pub id: Uuid,
    /// What its person calls it.
    pub name: String,
    /// When it was added.
    pub since: Timestamp,
    /// When it last opened something.
    pub used_at: Option<Timestamp>,
    /// Its counter went back: there may be a copy of it.
    pub suspect: bool,
}

impl From<PasskeyRow> for OwnPasskey {
    fn from(row: PasskeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            since: row.created_at,
            used_at: row.used_at,
            suspect: row.suspect_at.is_some(),
        }
    }
}

/// Who I am at another server.
#[derive(Serialize, TS, JsonSchema)]
pub struct OwnIdentity {
    /// What people call that server.
    pub name: String,
    /// Since when the account is tied to it.
    pub since: Timestamp,
}

/// Body of `POST /api/sign-in/oidc`.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OidcBegin {
    /// The token of an invitation, for somebody new.
    pub invitation: Option<String>,
    /// IANA zone, for somebody new.
    pub time_zone: String,
    /// BCP 47 tag, for somebody new.
    pub language: String,
}

/// Where the browser goes on.
#[derive(Serialize, TS, JsonSchema)]
pub struct OidcBegun {
    /// At the other server.
    pub url: String,
}

/// Body of `POST /api/sign-in/oidc/finish`: what stood in the address that the browser came back to.
#[derive(Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct OidcBack {
    /// To be traded for a token.
    pub code: String,
    /// What was begun.
    pub state: String,
    /// Who says that it answers (RFC 9207).
    pub iss: Option<String>,
}

/// How it ended.
#[derive(Serialize, TS, JsonSchema)]
pub struct OidcDone {
    /// Who came in; null: an account was tied to the other server, or somebody proved there that it is them.
    pub me: Option<Me>,
}

/// Body and answer of `/api/sign-in/policy`.
#[derive(Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInPolicy {
    /// Whoever has such a role needs a second step, from the next sign-in on.
    pub second_step_roles: Vec<Role>,
}

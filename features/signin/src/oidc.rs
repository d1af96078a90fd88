//! The other server, as OpenID Connect Core 1.0 has it: where to send a browser, and what its answer is worth.
//!
//! Invariants: it is asked through `platform::outbound` only, so every address is checked, and time and size are bounded;
//! an ID token counts when issuer, audience, time, nonce and signature are right, by an algorithm with two keys: `none` and
//! those with our own secret are not taken; keys are read again when one is unknown, at most once a minute. Knows no
//! accounts.

use base::Timestamp;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, SignatureVerificationError, SubjectIdentifier, TokenResponse,
    core::{
        CoreAuthPrompt, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreResponseType, CoreUserInfoClaims,
    },
};
use platform::{
    config::{Config, OidcConfig},
    outbound::{ANSWER_MAX_BYTES, Ask, Outbound, Refusal},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// How long what the server says about itself is believed.
const KNOWN_FOR: Duration = Duration::from_secs(3600);
/// How often an unknown key may make us ask again.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(60);
/// Signatures that only the server can make. RFC 7518, 3.1, and RFC 8037 for EdDSA.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Why the other server's answer is not taken. The words are for the log; people get one sentence for all of them.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It did not answer, or with something else.
    #[error("the other server did not answer as it should: {0}")]
    Answer(String),
    /// It did not take the code.
    #[error("the other server did not take the code: {0}")]
    Code(String),
    /// Its token is not right.
    #[error("the token of the other server is not right: {0}")]
    Token(String),
}

/// Where to send a browser, and what to remember meanwhile.
pub struct Way {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Who it says somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    pub subject: String,
    /// Only if the server verified it.
    pub email: Option<String>,
    pub name: Option<String>,
    /// When they last typed something there.
    pub auth_time: Option<Timestamp>,
}

/// How a browser is sent to the other server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Whoever is signed in there already comes straight back.
    Anybody,
    /// They show there once more who they are (OpenID Connect Core, 3.1.2.1, `prompt` and `max_age`).
    Afresh,
}

/// The other server.
pub struct Provider {
    config: OidcConfig,
    redirect: String,
    outbound: Outbound,
    known: Mutex<Option<Known>>,
}

#[derive(Clone)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    read_at: Timestamp,
}

impl Provider {
    /// The one of this configuration, if there is one. `outbound` reaches public addresses.
    pub fn new(config: &Config, outbound: &Outbound) -> Option<Self> {
        let oidc = config.sign_in.oidc.clone()?;
        let outbound = if oidc.allow_private {
            Outbound::new(&[host_of(&oidc.issuer)])
        } else {
            outbound.clone()
        };
        Some(Self {
            redirect: format!("{}/sign-in/oidc", config.public_url),
            config: oidc,
            outbound,
            known: Mutex::new(None),
        })
    }

    pub fn config(&self) -> &OidcConfig {
        &self.config
    }

    /// Begins: a fresh state, nonce and PKCE verifier.
    pub async fn begin(&self, asking: Asking, now: Timestamp) -> Result<Way, Trouble> {
        let known = self.known(now, KNOWN_FOR).await?;
        let client = CoreClient::from_provider_metadata(
            (*known.metadata).clone(),
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        );
        let redirect = redirect_url(&self.redirect)?;
        let client = client.set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut asked = client.authorize_url(
            AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
            || CsrfToken::new(accounts::Token::random().as_str().to_owned()),
            || Nonce::new(accounts::Token::random().as_str().to_owned()),
        );
        for scope in &self.config.scopes {
            asked = asked.add_scope(Scope::new(scope.clone()));
        }
        if asking == Asking::Afresh {
            asked = asked
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(Duration::ZERO);
        }
        let (url, state, nonce) = asked.set_pkce_challenge(challenge).url();
        Ok(Way {
            url: url.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Ends: trades the code for a token and says who it is about.
    pub async fn finish(
        &self,
        code: String,
        (nonce, verifier): (String, String),
        now: Timestamp,
    ) -> Result<Claims, Trouble> {
        let known = self.known(now, KNOWN_FOR).await?;
        let client = CoreClient::from_provider_metadata(
            (*known.metadata).clone(),
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        );
        let client = client.set_redirect_uri(redirect_url(&self.redirect)?);
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Trouble::Answer(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let http = |request| call(self.outbound.clone(), request);
        let answer = request
            .request_async(&http)
            .await
            .map_err(|error| Trouble::Code(error.to_string()))?;
        let token = answer
            .id_token()
            .ok_or_else(|| Trouble::Token("there is none".to_owned()))?;
        let nonce = Nonce::new(nonce);
        let verified = match self.verify(&known, token, &nonce, now) {
            Err(error) if is_key_unknown(&error) => {
                let known = self.known(now, ASK_AGAIN_AFTER).await?;
                self.verify(&known, token, &nonce, now)
            }
            verified => verified,
        };
        let claims = verified.map_err(|error| Trouble::Token(error.to_string()))?;
        if claims.email.is_some() && claims.name.is_some() {
            return Ok(claims);
        }
        // With the code flow, name and address may stand there only (OpenID Connect Core, 5.4).
        let subject = SubjectIdentifier::new(claims.subject.clone());
        let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject)) else {
            return Ok(claims);
        };
        let more: CoreUserInfoClaims = request
            .request_async(&http)
            .await
            .map_err(|error| Trouble::Answer(error.to_string()))?;
        let is_verified = more.email_verified() == Some(true);
        let email = more
            .email()
            .filter(|_| is_verified)
            .map(|email| email.to_string());
        let name = more
            .name()
            .and_then(|name| name.get(None))
            .map(|name| name.to_string());
        Ok(Claims {
            subject: claims.subject,
            email: claims.email.or(email),
            name: claims.name.or(name),
            auth_time: claims.auth_time,
        })
    }

    fn verify(
        &self,
        known: &Known,
        token: &CoreIdToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<Claims, ClaimsVerificationError> {
        let client = CoreClient::from_provider_metadata(
            (*known.metadata).clone(),
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        );
        let time = DateTime::<Utc>::from_timestamp_micros(now.0).unwrap_or_default();
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || time);
        let claims = token.claims(&verifier, nonce)?;
        let is_verified = claims.email_verified() == Some(true);
        let name = claims.name().and_then(|name| name.get(None));
        let name = name.map(|name| name.to_string());
        Ok(Claims {
            subject: claims.subject().to_string(),
            email: claims
                .email()
                .filter(|_| is_verified)
                .map(|email| email.to_string()),
            name: name.or_else(|| claims.preferred_username().map(|name| name.to_string())),
            auth_time: claims.auth_time().map(|at| Timestamp(at.timestamp_micros())),
        })
    }

    /// What it says about itself, keys and all, at most so old.
    async fn known(&self, now: Timestamp, at_most: Duration) -> Result<Known, Trouble> {
        let mut known = self.known.lock().await;
        if let Some(known) = known
            .as_ref()
            .filter(|known| known.read_at > now.before(at_most) && known.read_at <= now)
        {
            return Ok(known.clone());
        }
        let issuer =
            IssuerUrl::new(self.config.issuer.clone()).map_err(|error| Trouble::Answer(error.to_string()))?;
        let http = |request| call(self.outbound.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(issuer, &http)
            .await
            .map_err(|error| Trouble::Answer(error.to_string()))?;
        let read = Known {
            metadata: Arc::new(metadata),
            read_at: now,
        };
        *known = Some(read.clone());
        Ok(read)
    }
}

fn redirect_url(url: &str) -> Result<RedirectUrl, Trouble> {
    RedirectUrl::new(url.to_owned()).map_err(|error| Trouble::Answer(error.to_string()))
}

fn is_key_unknown(error: &ClaimsVerificationError) -> bool {
    matches!(
        error,
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_)
        )
    )
}

async fn call(outbound: Outbound, request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let (parts, body) = request.into_parts();
    let ask = Ask {
        method: parts.method,
        url: parts.uri.to_string(),
        headers: parts.headers,
        body: Bytes::from(body),
        kinds: &[],
        max_bytes: ANSWER_MAX_BYTES,
        cut: false,
    };
    let reply = outbound.ask(ask).await?;
    let response = http::Response::builder()
        .status(reply.status)
        .header(http::header::CONTENT_TYPE, reply.content_type)
        .body(reply.body.to_vec());
    response.map_err(|_| Refusal::Connection)
}

/// `host:port` of an address that the configuration has checked.
fn host_of(issuer: &str) -> String {
    let uri: http::Uri = issuer.parse().unwrap_or_default();
    let port = uri
        .port_u16()
        .unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
    format!("{}:{port}", uri.host().unwrap_or_default())
}

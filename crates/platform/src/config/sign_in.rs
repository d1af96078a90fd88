//! How people come in.
//!
//! Invariant: there is at least one way in besides those that people set up themselves.

use super::{
    describe::{HIDDEN, Lines},
    keys::OIDC_ONLY,
    reader::Reader,
};
use std::path::PathBuf;

/// How people come in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInConfig {
    /// Whether passwords are taken.
    pub password: bool,
    /// Whether passkeys are taken; see also [`super::Config::passkey_domain`].
    pub passkeys: bool,
    /// The key that seals secrets of second steps; `None`: `sign-in.key` in the data folder.
    pub key_file: Option<PathBuf>,
    /// A server that says who somebody is.
    pub oidc: Option<OidcConfig>,
}

/// A server that says who somebody is, by OpenID Connect.
#[derive(Clone, PartialEq, Eq)]
pub struct OidcConfig {
    /// What people call it: it stands on the button.
    pub name: String,
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// What it knows us by.
    pub client_secret: String,
    /// Asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Domains of mail addresses that come in; empty: any.
    pub allowed_domains: Vec<String>,
    /// Whether somebody unknown comes in without an invitation.
    pub create_people: bool,
    /// What they then are.
    pub role: NewcomerRole,
    /// Whether an account with the same verified mail address is theirs.
    pub link_by_email: bool,
    /// Whether it may be on a private network, on any port and without TLS.
    pub allow_private: bool,
}

/// What somebody becomes who comes in by another server without an invitation. Who may manage others is for an owner
/// to say, not for another server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewcomerRole {
    /// Takes part.
    Member,
    /// Sees only what they are added to.
    Guest,
}

impl NewcomerRole {
    const ALL: [Self; 2] = [Self::Member, Self::Guest];

    /// The word in the configuration, and of the role in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Guest => "guest",
        }
    }
}

pub(super) fn read(reader: &mut Reader) -> SignInConfig {
    let password = reader.switch("signin.password").unwrap_or(true);
    let oidc = read_oidc(reader);
    if !password && oidc.is_none() {
        reader.problem(
            "signin.password = false leaves no way in: name another server with signin.oidc.issuer, or remove it".to_owned(),
        );
    }
    SignInConfig {
        password,
        // Where another server is the only way in, whoever is locked out there must not come in here by themselves.
        passkeys: reader.switch("signin.passkeys").unwrap_or(password),
        key_file: reader.folder("signin.key_file"),
        oidc,
    }
}

fn read_oidc(reader: &mut Reader) -> Option<OidcConfig> {
    let allow_private = reader.switch("signin.oidc.allow_private").unwrap_or(false);
    let Some(issuer) = reader.issuer("signin.oidc.issuer", allow_private) else {
        if !reader.is_set("signin.oidc.issuer") {
            for key in OIDC_ONLY {
                reader.refuse_if_set(
                    key,
                    "is only for another server: set signin.oidc.issuer, or remove this key",
                );
            }
        }
        return None;
    };
    let client_id = reader.required("signin.oidc.client_id", "the other server knows us by a name");
    let client_secret = reader.secret("signin.oidc.client_secret", "signin.oidc.client_secret_file");
    if client_secret.is_none() {
        reader.problem(
            "signin.oidc.client_secret (or signin.oidc.client_secret_file) is missing: the other server gives one out with \
             the client id"
                .to_owned(),
        );
    }
    let words = |list: Option<String>| -> Vec<String> {
        let list = list.unwrap_or_default();
        let words = list.split([',', ' ']).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let scopes = reader.text("signin.oidc.scopes");
    let scopes = scopes.unwrap_or_else(|| "profile,email".to_owned());
    let domains = words(reader.text("signin.oidc.allowed_domains"));
    Some(OidcConfig {
        name: reader
            .text("signin.oidc.name")
            .unwrap_or_else(|| "OpenID Connect".to_owned()),
        client_id,
        client_secret: client_secret.unwrap_or_default(),
        scopes: words(Some(scopes)),
        allowed_domains: domains.into_iter().map(|domain| domain.to_lowercase()).collect(),
        create_people: reader.switch("signin.oidc.create_people").unwrap_or(false),
        role: read_role(reader),
        link_by_email: reader.switch("signin.oidc.link_by_email").unwrap_or(false),
        allow_private,
        issuer,
    })
}

fn read_role(reader: &mut Reader) -> NewcomerRole {
    let word = reader
        .text("signin.oidc.role")
        .unwrap_or_else(|| "member".to_owned());
    let found = NewcomerRole::ALL.into_iter().find(|role| role.as_str() == word);
    if found.is_none() {
        reader.problem(format!(
            "signin.oidc.role = {word:?} is no role that somebody comes in with: \"member\" or \"guest\" (who manages others \
             is made so by an owner)"
        ));
    }
    found.unwrap_or(NewcomerRole::Member)
}

pub(super) fn describe(sign_in: &SignInConfig, lines: &mut Lines) {
    lines.raw("signin.password", sign_in.password);
    lines.raw("signin.passkeys", sign_in.passkeys);
    match &sign_in.key_file {
        Some(file) => lines.text("signin.key_file", file.display()),
        None => lines.unset("signin.key_file", "sign-in.key in the data folder"),
    }
    let Some(oidc) = &sign_in.oidc else {
        lines.unset("signin.oidc.issuer", "nobody else says who somebody is");
        for key in OIDC_ONLY {
            lines.unset(key, "there is no other server");
        }
        return;
    };
    lines.text("signin.oidc.issuer", &oidc.issuer);
    lines.text("signin.oidc.name", &oidc.name);
    lines.text("signin.oidc.client_id", &oidc.client_id);
    lines.text("signin.oidc.client_secret", HIDDEN);
    lines.unset(
        "signin.oidc.client_secret_file",
        "what it holds is the secret above",
    );
    lines.raw("signin.oidc.scopes", format!("{:?}", oidc.scopes));
    lines.raw(
        "signin.oidc.allowed_domains",
        format!("{:?}", oidc.allowed_domains),
    );
    lines.raw("signin.oidc.create_people", oidc.create_people);
    lines.text("signin.oidc.role", oidc.role.as_str());
    lines.raw("signin.oidc.link_by_email", oidc.link_by_email);
    lines.raw("signin.oidc.allow_private", oidc.allow_private);
}

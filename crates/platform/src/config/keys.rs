//! The list of all keys. A setting that is not here does not exist.

/// One setting.
pub(super) struct Key {
    /// `section.key`, or `key` at the top.
    pub(super) name: &'static str,
    /// How much of the value may be shown.
    pub(super) secrecy: Secrecy,
}

/// How much of a value may be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Secrecy {
    /// All of it.
    Open,
    /// Nothing in messages; a URL without its password in [`super::Config::describe`].
    Secret,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The configuration file.
    File,
    /// A variable of the environment, which wins over the file.
    Environment,
}

/// The names of all keys, in the order of `antiphon.example.toml`.
pub fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name)
}

impl Key {
    /// The variable that sets this key.
    pub(super) fn variable(&self) -> String {
        format!("ANTIPHON_{}", self.name.replace('.', "_").to_uppercase())
    }
}

/// All keys, in the order of `antiphon.example.toml`.
pub(super) const KEYS: &[Key] = &[
    open("listen"),
    open("public_url"),
    open("data"),
    open("workers"),
    secret("database.url"),
    open("database.lanes"),
    open("database.readers"),
    secret("nats.url"),
    open("nats.prefix"),
    open("blobs.kind"),
    open("blobs.folder"),
    open("blobs.bucket"),
    open("blobs.region"),
    open("blobs.endpoint"),
    secret("blobs.access_key"),
    secret("blobs.secret_key"),
    open("blobs.prefix"),
    open("files.uploads_folder"),
    open("files.max_size_bytes"),
    open("files.person_bytes"),
    open("files.workspace_bytes"),
    open("files.clamd"),
    open("tls.certificate"),
    open("tls.key"),
    open("proxy.trusted"),
    open("proxy.header"),
    open("log.format"),
    open("log.level"),
    open("limits.requests_per_second"),
    open("limits.burst"),
    open("limits.address_requests_per_second"),
    open("limits.address_burst"),
    open("limits.sign_in_per_minute"),
    open("limits.body_size_bytes"),
    open("limits.connections"),
    open("outbound.allowed"),
    open("mail.from"),
    open("mail.smtp.host"),
    open("mail.smtp.port"),
    open("mail.smtp.tls"),
    open("mail.smtp.user"),
    secret("mail.smtp.password"),
    open("mail.smtp.password_file"),
    open("mail.smtp.ca_file"),
    open("signin.password"),
    open("signin.passkeys"),
    open("signin.key_file"),
    open("signin.oidc.issuer"),
    open("signin.oidc.name"),
    open("signin.oidc.client_id"),
    secret("signin.oidc.client_secret"),
    open("signin.oidc.client_secret_file"),
    open("signin.oidc.scopes"),
    open("signin.oidc.allowed_domains"),
    open("signin.oidc.create_people"),
    open("signin.oidc.role"),
    open("signin.oidc.link_by_email"),
    open("signin.oidc.allow_private"),
    open("live.enabled"),
    open("live.port"),
    open("live.announce"),
    open("live.people_max"),
    open("live.webhooks"),
    open("live.turn.urls"),
    secret("live.turn.secret"),
    open("live.livekit.url"),
    open("live.livekit.key"),
    secret("live.livekit.secret"),
];

/// Keys that mean nothing without a bucket.
pub(super) const S3_ONLY: &[&str] = &[
    "blobs.bucket",
    "blobs.region",
    "blobs.endpoint",
    "blobs.access_key",
    "blobs.secret_key",
    "blobs.prefix",
];

/// Keys that mean nothing without a relay.
pub(super) const RELAY_ONLY: &[&str] = &[
    "mail.from",
    "mail.smtp.port",
    "mail.smtp.tls",
    "mail.smtp.user",
    "mail.smtp.password",
    "mail.smtp.password_file",
    "mail.smtp.ca_file",
];

/// Keys that mean nothing without another server that says who somebody is.
pub(super) const OIDC_ONLY: &[&str] = &[
    "signin.oidc.name",
    "signin.oidc.client_id",
    "signin.oidc.client_secret",
    "signin.oidc.client_secret_file",
    "signin.oidc.scopes",
    "signin.oidc.allowed_domains",
    "signin.oidc.create_people",
    "signin.oidc.role",
    "signin.oidc.link_by_email",
    "signin.oidc.allow_private",
];

/// Variables with our prefix that are no settings: the path of the file, and the switches of the test suite.
pub(super) fn is_foreign_variable(name: &str) -> bool {
    matches!(name, "ANTIPHON_CONFIG" | "ANTIPHON_REQUIRE_ALL" | "ANTIPHON_BIN")
        || name.starts_with("ANTIPHON_TEST_")
}

/// The key with this name.
pub(super) fn find_key(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// "known keys" of the section in which `name` stands, for the person who mistyped it.
pub(super) fn siblings_of(name: &str) -> String {
    let section = |key: &str| key.rsplit_once('.').map(|(section, _)| section.to_owned());
    let wanted =
        section(name).filter(|wanted| KEYS.iter().any(|key| section(key.name).as_ref() == Some(wanted)));
    let known: Vec<&str> = KEYS
        .iter()
        .map(|key| key.name)
        .filter(|key| section(key) == wanted)
        .collect();
    match wanted {
        Some(_) => format!("known here: {}", known.join(", ")),
        None => format!(
            "known at the top: {}, and the sections of antiphon.example.toml",
            known.join(", ")
        ),
    }
}

const fn open(name: &'static str) -> Key {
    Key {
        name,
        secrecy: Secrecy::Open,
    }
}

const fn secret(name: &'static str) -> Key {
    Key {
        name,
        secrecy: Secrecy::Secret,
    }
}

//! Gathers raw values from file and environment, and turns them into typed ones, collecting what is wrong.
//!
//! Every value becomes text first (`lanes = 4`, `lanes = "4"` and `ANTIPHON_DATABASE_LANES=4` are the same), so that
//! there is one way to read it and one way to complain.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use ipnet::IpNet;
use lettre::message::Mailbox;
use tracing_subscriber::EnvFilter;

use super::ConfigErrors;
use super::keys::{KEYS, Key, Secrecy, Source, find_key, is_foreign_variable, siblings_of};

/// The file that is read when nobody names another.
pub(super) const FILE_NAME: &str = "antiphon.toml";

/// Raw values, and the problems found so far.
#[derive(Default)]
pub(super) struct Reader {
    values: BTreeMap<&'static str, Value>,
    problems: Vec<String>,
}

struct Value {
    text: String,
    /// For people: the path of the file, or the name of the variable.
    origin: String,
    source: Source,
}

impl Reader {
    /// Collects the values of file and environment; the environment wins.
    pub(super) fn gather(
        path: Option<&Path>,
        fallback: &Path,
        env: impl Iterator<Item = (String, String)>,
    ) -> Reader {
        let env: BTreeMap<String, String> = env
            .filter(|(name, value)| name.starts_with("ANTIPHON_") && !value.is_empty())
            .collect();
        let mut reader = Reader::default();
        let named = path
            .map(Path::to_owned)
            .or_else(|| env.get("ANTIPHON_CONFIG").map(PathBuf::from));
        match named {
            Some(path) => reader.read_file(&path),
            None if fallback.exists() => reader.read_file(fallback),
            None => {}
        }
        reader.read_env(env);
        reader
    }

    /// Where each value comes from.
    pub(super) fn sources(&self) -> BTreeMap<&'static str, Source> {
        let values = self.values.iter();
        values.map(|(name, value)| (*name, value.source)).collect()
    }

    /// Ends reading: all problems, or none.
    pub(super) fn finish(self) -> Result<(), ConfigErrors> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(ConfigErrors {
                problems: self.problems,
            })
        }
    }

    /// Adds a problem that is not about one value.
    pub(super) fn problem(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// A problem if the key was set at all.
    pub(super) fn refuse_if_set(&mut self, key: &str, why: &str) {
        if let Some(value) = self.values.get(key) {
            self.problems.push(format!("{key} (from {}) {why}", value.origin));
        }
    }

    /// The value as it stands.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| Ok::<_, String>(text.to_owned()))
    }

    /// The value, or a problem when it is missing.
    pub(super) fn required(&mut self, key: &str, why: &str) -> String {
        self.text(key).unwrap_or_else(|| {
            self.problems.push(format!(
                "{key} is missing: {why}; set it, or {}",
                variable_of(key)
            ));
            String::new()
        })
    }

    /// A secret from the key itself, or from the file that `file_key` names; not from both.
    pub(super) fn secret(&mut self, key: &str, file_key: &str) -> Option<String> {
        let (given, file) = (self.text(key), self.folder(file_key));
        let Some(file) = file else { return given };
        if given.is_some() {
            self.problems.push(format!(
                "{key} and {file_key} say the same thing twice: remove one of them"
            ));
        }
        match std::fs::read_to_string(&file) {
            Ok(text) if !text.trim().is_empty() => Some(text.trim_end_matches(['\r', '\n']).to_owned()),
            Ok(_) => {
                self.problems.push(format!(
                    "{file_key} = {:?} is empty: write the secret into it",
                    file.display()
                ));
                None
            }
            Err(error) => {
                self.problems.push(format!(
                    "{file_key} = {:?} cannot be read ({error}); correct the path or its permissions",
                    file.display()
                ));
                None
            }
        }
    }

    /// A path; it need not exist yet.
    pub(super) fn folder(&mut self, key: &str) -> Option<PathBuf> {
        self.text(key).map(PathBuf::from)
    }

    /// An address with a port.
    pub(super) fn address(&mut self, key: &str) -> Option<SocketAddr> {
        self.parsed(key, |text| {
            text.parse()
                .map_err(|_| "must be an address with a port, such as 127.0.0.1:8080 or [::]:8080")
        })
    }

    /// A whole number within limits.
    pub(super) fn number<N>(&mut self, key: &str, range: RangeInclusive<N>) -> Option<N>
    where
        N: FromStr + PartialOrd + Display,
    {
        self.parsed(key, |text| match text.parse::<N>() {
            Ok(number) if range.contains(&number) => Ok(number),
            _ => Err(format!(
                "must be a whole number from {} to {}",
                range.start(),
                range.end()
            )),
        })
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.parsed(key, |text| {
            words
                .iter()
                .find(|(word, _)| *word == text)
                .map(|(_, value)| *value)
                .ok_or_else(|| {
                    let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
                    format!("must be {}", words.join(" or "))
                })
        })
    }

    /// The name or the address of a machine, without a port.
    pub(super) fn host(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            let is_host = text.parse::<IpAddr>().is_ok()
                || text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
            (is_host && !text.is_empty())
                .then(|| text.to_owned())
                .ok_or("must be the name or the address of a machine, such as smtp.example.org; the port is a key of its own")
        })
    }

    /// An address for `From:`, with or without a name.
    pub(super) fn mailbox(&mut self, key: &str) -> Option<Mailbox> {
        self.parsed(key, |text| {
            let mailbox = text.parse::<Mailbox>().ok();
            mailbox
                .filter(|_| !text.contains(char::is_control))
                .ok_or("must be a mail address, such as Antiphon <talk@example.org>")
        })
    }

    /// Whether the key was set at all.
    pub(super) fn is_set(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// Yes or no.
    pub(super) fn switch(&mut self, key: &str) -> Option<bool> {
        self.parsed(key, |text| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err("must be true or false"),
        })
    }

    /// The address by which another server calls itself, as it stands: it is compared letter by letter.
    pub(super) fn issuer(&mut self, key: &str, allow_plain: bool) -> Option<String> {
        self.parsed(key, |text| {
            let uri: Option<http::Uri> = text.parse().ok();
            let is_right = uri.is_some_and(|uri| {
                let scheme = uri.scheme_str();
                (scheme == Some("https") || (allow_plain && scheme == Some("http")))
                    && uri.host().is_some_and(|host| !host.is_empty())
                    && uri.query().is_none()
            });
            (is_right && !text.contains(['#', '@', ' ']))
                .then(|| text.to_owned())
                .ok_or("must be https:// with a host and perhaps a path, exactly as the server calls itself in its discovery \
                        document (http:// only with signin.oidc.allow_private = true)")
        })
    }

    /// `https://host[:port]` in the spelling that browsers use in `Origin`: lower case, without the usual port.
    pub(super) fn origin(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            normal_origin(text)
                .ok_or("must be http:// or https:// with a host, perhaps a port, and no path, such as https://talk.example.org")
        })
    }

    /// A PostgreSQL connection URL.
    pub(super) fn postgres_url(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            let has_scheme = text.starts_with("postgres://") || text.starts_with("postgresql://");
            if has_scheme && text.parse::<postgres::Config>().is_ok() {
                return Ok(text.to_owned());
            }
            Err("must look like postgres://user:password@host:5432/name; leave it out for SQLite in the data folder")
        })
    }

    /// A NATS URL.
    pub(super) fn nats_url(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            let host = text
                .strip_prefix("nats://")
                .or_else(|| text.strip_prefix("tls://"));
            host.filter(|host| !host.is_empty())
                .map(|_| text.to_owned())
                .ok_or("must look like nats://host:4222; leave it out when one process serves everybody")
        })
    }

    /// One or more parts of a NATS subject.
    pub(super) fn subject(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            let is_word = |part: &str| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            };
            let is_subject = text.split('.').all(is_word);
            is_subject
                .then(|| text.to_owned())
                .ok_or("must be words of letters, digits, - and _, such as antiphon or school.antiphon")
        })
    }

    /// Networks in CIDR notation or single addresses.
    pub(super) fn networks(&mut self, key: &str) -> Option<Vec<IpNet>> {
        self.parsed(key, |text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            let network = |part: &str| {
                part.parse()
                    .or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
                    .ok()
            };
            parts.map(network).collect::<Option<Vec<IpNet>>>().ok_or(
                "must be a list of addresses or networks, such as [\"127.0.0.1\", \"10.0.0.0/8\"] \
                 (in a variable: separated by commas)",
            )
        })
    }

    /// Addresses of machines.
    pub(super) fn addresses(&mut self, key: &str) -> Option<Vec<IpAddr>> {
        self.parsed(key, |text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| part.parse().ok()).collect::<Option<Vec<IpAddr>>>().ok_or(
                "must be a list of addresses, such as [\"203.0.113.7\"] (in a variable: separated by commas)",
            )
        })
    }

    /// Names or addresses, each with a port.
    pub(super) fn hosts(&mut self, key: &str) -> Option<Vec<String>> {
        self.parsed(key, |text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            let host = |part: &str| {
                let (name, port) = part.rsplit_once(':')?;
                let is_host = !name.is_empty() && !name.contains(['/', '@', ' ']);
                (is_host && port.parse::<u16>().is_ok()).then(|| part.to_ascii_lowercase())
            };
            parts.map(host).collect::<Option<Vec<String>>>().ok_or(
                "must be a list of hosts with ports, such as [\"ci.example.org:8443\"] \
                 (in a variable: separated by commas)",
            )
        })
    }

    /// Directives of `tracing-subscriber`.
    pub(super) fn log_level(&mut self, key: &str) -> Option<String> {
        self.parsed(key, |text| {
            EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(
                |_| "must be error, warn, info, debug or trace, or directives such as info,platform=debug",
            )
        })
    }

    fn parsed<T, E: Display>(&mut self, key: &str, parse: impl Fn(&str) -> Result<T, E>) -> Option<T> {
        let value = self.values.get(key)?;
        match parse(&value.text) {
            Ok(parsed) => Some(parsed),
            Err(expected) => {
                self.problems.push(match find_key(key).map(|key| key.secrecy) {
                    Some(Secrecy::Open) => {
                        format!("{key} = {:?} (from {}) {expected}", value.text, value.origin)
                    }
                    _ => format!("{key} (from {}; its value is secret) {expected}", value.origin),
                });
                None
            }
        }
    }

    fn read_file(&mut self, path: &Path) {
        let shown = path.display();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(err) => {
                let problem =
                    format!("the file {shown} cannot be read ({err}); correct the path or its permissions");
                return self.problems.push(problem);
            }
        };
        match text.parse::<toml::Table>() {
            Ok(table) => self.read_table(&table, "", &shown.to_string()),
            Err(err) => {
                // The parser's own text quotes the line, and a secret may stand in it.
                let line = err
                    .span()
                    .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
                self.problems
                    .push(format!("{shown}, line {line}, is no TOML: {}", err.message()));
            }
        }
    }

    fn read_table(&mut self, table: &toml::Table, section: &str, origin: &str) {
        for (name, raw) in table {
            let name = if section.is_empty() {
                name.clone()
            } else {
                format!("{section}.{name}")
            };
            if let toml::Value::Table(inner) = raw {
                self.read_table(inner, &name, origin);
                continue;
            }
            match (find_key(&name), text_of(raw)) {
                (None, _) => {
                    let siblings = siblings_of(&name);
                    self.problems
                        .push(format!("{name} (from {origin}) is no setting; {siblings}"));
                }
                (Some(_), None) => {
                    self.problems.push(format!(
                        "{name} (from {origin}) must be a text, a whole number, true or false, or a list of texts"
                    ));
                }
                (Some(key), Some(text)) => self.set(key, text, (origin.to_owned(), Source::File)),
            }
        }
    }

    fn read_env(&mut self, env: BTreeMap<String, String>) {
        for (name, text) in env {
            match KEYS.iter().find(|key| key.variable() == name) {
                Some(key) => self.set(key, text, (name, Source::Environment)),
                None if is_foreign_variable(&name) => {}
                None => self.problems.push(format!(
                    "the variable {name} is no setting; correct its name, or unset it (antiphon.example.toml lists all)"
                )),
            }
        }
    }

    fn set(&mut self, key: &'static Key, text: String, (origin, source): (String, Source)) {
        let value = Value { text, origin, source };
        self.values.insert(key.name, value);
    }
}

fn text_of(raw: &toml::Value) -> Option<String> {
    match raw {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(value) => Some(value.to_string()),
        toml::Value::Array(items) => items
            .iter()
            .map(|item| item.as_str())
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(",")),
        _ => None,
    }
}

fn variable_of(key: &str) -> String {
    find_key(key).map(Key::variable).unwrap_or_default()
}

fn normal_origin(text: &str) -> Option<String> {
    let uri: http::Uri = text.parse().ok()?;
    let usual_port = match uri.scheme_str()? {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let authority = uri.authority()?;
    let is_bare =
        matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
    let host = authority.host().to_ascii_lowercase();
    if !is_bare || host.is_empty() || text.contains('#') || authority.as_str().ends_with(':') {
        return None;
    }
    let scheme = uri.scheme_str()?;
    match authority.port_u16().filter(|port| *port != usual_port) {
        Some(port) => Some(format!("{scheme}://{host}:{port}")),
        None => Some(format!("{scheme}://{host}")),
    }
}

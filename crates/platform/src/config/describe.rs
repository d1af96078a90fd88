//! The effective settings as text that is itself a valid file, with secrets hidden.

use std::fmt::Write;

use super::{BlobsConfig, Config, ForwardedHeader, LogFormat, Source};

pub(super) const HIDDEN: &str = "(hidden)";

/// A key as it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `section.key`, or `key` at the top.
    pub name: String,
    /// Its value, if it has one; of a URL with a password the rest.
    pub value: Option<String>,
    /// It is a secret: the value says only that there is one.
    pub is_hidden: bool,
    /// What counts where it is not set.
    pub note: Option<String>,
    /// Who set it; None: nobody, and the default counts.
    pub source: Option<Source>,
}

impl Config {
    /// All effective values, one `key = value` a line; what is not set stands as a comment. Secrets are hidden.
    pub fn describe(&self) -> String {
        let mut lines = Lines::default();
        lines.text("listen", self.listen);
        if self.public_url_is_set {
            lines.text("public_url", &self.public_url);
        } else {
            lines.unset("public_url", &format!("from listen: {}", self.public_url));
        }
        lines.text("data", self.data.display());
        lines.number_or("workers", self.workers, "one per core");
        match &self.database.url {
            Some(url) => lines.text("database.url", without_password(url)),
            None => lines.unset("database.url", "SQLite in the data folder"),
        }
        lines.number("database.lanes", self.database.lanes);
        lines.number("database.readers", self.database.readers);
        match &self.nats.url {
            Some(url) => lines.text("nats.url", without_password(url)),
            None => lines.unset("nats.url", "one process serves everybody"),
        }
        lines.text("nats.prefix", &self.nats.prefix);
        self.describe_blobs(&mut lines);
        self.describe_files(&mut lines);
        match &self.tls {
            Some(tls) => {
                lines.text("tls.certificate", tls.certificate.display());
                lines.text("tls.key", tls.key.display());
            }
            None => {
                lines.unset("tls.certificate", "plain http");
                lines.unset("tls.key", "plain http");
            }
        }
        self.describe_edges(&mut lines);
        lines.out
    }

    /// The same line by line, in the order of `antiphon.example.toml`.
    pub fn entries(&self) -> Vec<Entry> {
        let text = self.describe();
        let lines = text.lines().filter_map(|line| line.split_once(" = "));
        lines.map(|(key, value)| self.entry(key, value)).collect()
    }

    fn entry(&self, key: &str, value: &str) -> Entry {
        let name = key.trim_start_matches("# ").to_owned();
        let (value, note) = if key.starts_with("# ") {
            let note = value.trim_start_matches("(not set: ").trim_end_matches(')');
            (None, Some(note.to_owned()))
        } else {
            let text = value.parse::<toml::Value>();
            let text = text.ok().and_then(|value| value.as_str().map(str::to_owned));
            (Some(text.unwrap_or_else(|| value.to_owned())), None)
        };
        Entry {
            is_hidden: value.as_deref() == Some(HIDDEN),
            source: self.sources.get(name.as_str()).copied(),
            name,
            value,
            note,
        }
    }

    fn describe_blobs(&self, lines: &mut Lines) {
        match &self.blobs {
            BlobsConfig::Folder(folder) => {
                lines.text("blobs.kind", "folder");
                lines.text("blobs.folder", folder.display());
                super::keys::S3_ONLY
                    .iter()
                    .for_each(|key| lines.unset(key, "files are in a folder"));
            }
            BlobsConfig::S3(s3) => {
                lines.text("blobs.kind", "s3");
                lines.unset("blobs.folder", "files are in a bucket");
                lines.text("blobs.bucket", &s3.bucket);
                lines.text("blobs.region", &s3.region);
                match &s3.endpoint {
                    Some(endpoint) => lines.text("blobs.endpoint", endpoint),
                    None => lines.unset("blobs.endpoint", "Amazon"),
                }
                lines.text("blobs.access_key", HIDDEN);
                lines.text("blobs.secret_key", HIDDEN);
                lines.text("blobs.prefix", &s3.prefix);
            }
        }
    }

    fn describe_files(&self, lines: &mut Lines) {
        let files = &self.files;
        lines.text("files.uploads_folder", files.uploads_folder.display());
        lines.number("files.max_size_bytes", files.max_size_bytes);
        lines.number_or("files.person_bytes", files.person_bytes, "no limit");
        lines.number_or("files.workspace_bytes", files.workspace_bytes, "no limit");
        match &files.clamd {
            Some(clamd) => lines.text("files.clamd", clamd),
            None => lines.unset("files.clamd", "nothing looks for viruses"),
        }
    }

    fn describe_edges(&self, lines: &mut Lines) {
        let trusted: Vec<String> = self.proxy.trusted.iter().map(ToString::to_string).collect();
        lines.raw("proxy.trusted", format!("{trusted:?}"));
        lines.text(
            "proxy.header",
            match self.proxy.header {
                ForwardedHeader::XForwardedFor => "x-forwarded-for",
                ForwardedHeader::Forwarded => "forwarded",
            },
        );
        lines.text(
            "log.format",
            match self.log.format {
                LogFormat::Text => "text",
                LogFormat::Json => "json",
            },
        );
        lines.text("log.level", &self.log.level);
        lines.number("limits.requests_per_second", self.limits.requests_per_second);
        lines.number("limits.burst", self.limits.burst);
        lines.number(
            "limits.address_requests_per_second",
            self.limits.address_requests_per_second,
        );
        lines.number("limits.address_burst", self.limits.address_burst);
        lines.number("limits.sign_in_per_minute", self.limits.sign_in_per_minute);
        lines.number("limits.body_size_bytes", self.limits.body_size_bytes);
        lines.number_or(
            "limits.connections",
            self.limits.connections,
            "what the file descriptors allow",
        );
        lines.raw("outbound.allowed", format!("{:?}", self.outbound.allowed));
        super::mail::describe(self.mail.as_ref(), lines);
        super::sign_in::describe(&self.sign_in, lines);
        super::live::describe(&self.live, lines);
    }
}

#[derive(Default)]
pub(super) struct Lines {
    out: String,
}

impl Lines {
    pub(super) fn raw(&mut self, key: &str, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.out, "{key} = {value}");
    }

    pub(super) fn text(&mut self, key: &str, value: impl std::fmt::Display) {
        self.raw(key, toml::Value::String(value.to_string()));
    }

    pub(super) fn number(&mut self, key: &str, value: impl std::fmt::Display) {
        self.raw(key, value);
    }

    fn number_or(&mut self, key: &str, value: Option<impl std::fmt::Display>, otherwise: &str) {
        match value {
            Some(value) => self.number(key, value),
            None => self.unset(key, otherwise),
        }
    }

    pub(super) fn unset(&mut self, key: &str, why: &str) {
        self.raw(&format!("# {key}"), format!("(not set: {why})"));
    }
}

/// The URL without its user part (with NATS a token may stand in place of the name) and without a query that names a
/// password: libpq takes `?password=` too.
fn without_password(url: &str) -> String {
    let (url, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let shown = match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{HIDDEN}@{host}"),
        None => url.to_owned(),
    };
    match query {
        "" => shown,
        query if query.to_ascii_lowercase().contains("pass") => format!("{shown}?{HIDDEN}"),
        query => format!("{shown}?{query}"),
    }
}

//! The relay that takes our mail.
//!
//! Invariants: there is a whole relay or none; a password goes to another machine only through TLS. Whether the relay
//! answers is not known here: Settings has a button for that.

use super::{
    describe::{HIDDEN, Lines},
    keys::RELAY_ONLY,
    reader::Reader,
};
use lettre::message::Mailbox;
use std::{net::IpAddr, path::PathBuf};

/// The relay that takes our mail, and who it comes from.
#[derive(Clone, PartialEq, Eq)]
pub struct MailConfig {
    /// The sender of everything.
    pub from: Mailbox,
    /// Name or address of the relay.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept safe.
    pub tls: MailTls,
    /// Set together with `password`, or not at all.
    pub user: Option<String>,
    /// See `user`.
    pub password: Option<String>,
    /// A certificate authority that is trusted besides those of the system.
    pub ca_file: Option<PathBuf>,
}

/// How the way to the relay is kept safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// Not at all.
    None,
    /// Begins plain and must become safe before anything else is said (RFC 3207).
    StartTls,
    /// From the first byte (RFC 8314).
    Implicit,
}

const WORDS: [(&str, MailTls); 3] = [
    ("starttls", MailTls::StartTls),
    ("implicit", MailTls::Implicit),
    ("none", MailTls::None),
];

impl MailTls {
    fn usual_port(self) -> u16 {
        match self {
            MailTls::None => 25,
            MailTls::StartTls => 587,
            MailTls::Implicit => 465,
        }
    }

    fn as_str(self) -> &'static str {
        WORDS
            .iter()
            .find(|(_, tls)| *tls == self)
            .map_or("", |(word, _)| word)
    }
}

pub(super) fn read(reader: &mut Reader) -> Option<MailConfig> {
    let Some(host) = reader.host("mail.smtp.host") else {
        for key in RELAY_ONLY {
            reader.refuse_if_set(key, "is only for a relay: set mail.smtp.host, or remove this key");
        }
        return None;
    };
    let from = reader.mailbox("mail.from");
    if from.is_none() && reader.text("mail.from").is_none() {
        reader.required(
            "mail.from",
            "mail needs a sender, such as Antiphon <talk@example.org>",
        );
    }
    let tls = reader
        .choice("mail.smtp.tls", &WORDS)
        .unwrap_or(MailTls::StartTls);
    let user = reader.text("mail.smtp.user");
    let password = reader.secret("mail.smtp.password", "mail.smtp.password_file");
    if user.is_some() != password.is_some() {
        reader.problem(
            "mail.smtp.user and mail.smtp.password (or mail.smtp.password_file) belong together: set both, or neither \
             for a relay that knows this machine"
                .to_owned(),
        );
    }
    if password.is_some() && tls == MailTls::None && !is_this_machine(&host) {
        reader.problem(
            "mail.smtp.tls = \"none\" would send the password readable on the way: use \"starttls\" or \"implicit\", or \
             leave user and password out"
                .to_owned(),
        );
    }
    Some(MailConfig {
        from: from?,
        port: reader
            .number("mail.smtp.port", 1..=u16::MAX)
            .unwrap_or(tls.usual_port()),
        host,
        tls,
        user,
        password,
        ca_file: reader.folder("mail.smtp.ca_file"),
    })
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

pub(super) fn describe(mail: Option<&MailConfig>, lines: &mut Lines) {
    let Some(mail) = mail else {
        // In the order of the keys.
        let (from, others) = RELAY_ONLY.split_first().unwrap_or((&"mail.from", &[]));
        lines.unset(from, "there is no relay");
        lines.unset("mail.smtp.host", "this server sends no mail");
        for key in others {
            lines.unset(key, "there is no relay");
        }
        return;
    };
    lines.text("mail.from", &mail.from);
    lines.text("mail.smtp.host", &mail.host);
    lines.number("mail.smtp.port", mail.port);
    lines.text("mail.smtp.tls", mail.tls.as_str());
    match &mail.user {
        Some(user) => {
            lines.text("mail.smtp.user", user);
            lines.text("mail.smtp.password", HIDDEN);
        }
        None => {
            lines.unset("mail.smtp.user", "the relay knows this machine");
            lines.unset("mail.smtp.password", "the relay knows this machine");
        }
    }
    lines.unset("mail.smtp.password_file", "what it holds is the password above");
    match &mail.ca_file {
        Some(file) => lines.text("mail.smtp.ca_file", file.display()),
        None => lines.unset("mail.smtp.ca_file", "those of this system"),
    }
}

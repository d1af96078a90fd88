//! One letter over SMTP: connect, prove who we are, offer it, hand it over.
//!
//! Invariants: each step has its own patience, and the steps are apart, because up to the end of [`offer`] nothing has
//! happened and everything may be tried again, while after the beginning of [`Line::hand_over`] only the relay knows.
//! Without TLS no password is sent but to this machine (the configuration sees to it). Decides nothing about trying again.

use super::compose::Composed;
use crate::config::{MailConfig, MailTls};
use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::{ClientId, Extension, MailParameter},
    response::Response,
};
use std::{error::Error as StdError, io, time::Duration};

/// For each step up to the text. RFC 5321, 4.5.3.2 allows minutes, for relays of its time.
const STEP_PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 30 });
/// For the answer to the text: whoever gives up early sends twice (RFC 1047).
const TEXT_PATIENCE: Duration = Duration::from_secs(300);
/// Characters of what a relay says that are kept.
const ANSWER_MAX_CHARS: usize = 300;

/// Why a relay did not take a letter. What it said itself stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nobody answers at that address.
    #[error("the relay cannot be reached")]
    Unreachable,
    /// No TLS, or a certificate that we do not trust.
    #[error("no safe connection to the relay: {0}")]
    Tls(String),
    /// The name and the password do not belong together.
    #[error("the relay did not accept the name and the password: {0}")]
    Login(String),
    /// It will not take this letter.
    #[error("the relay refused the letter: {0}")]
    Refused(String),
    /// It may take it later.
    #[error("the relay put the letter off: {0}")]
    Later(String),
    /// No answer in time.
    #[error("the relay did not answer in time")]
    Timeout,
    /// It speaks something else, or broke off.
    #[error("the connection to the relay broke")]
    Broken,
    /// It had the whole text and did not say whether it took it.
    #[error("the relay did not say whether it took the letter")]
    Unsure,
    /// It cannot be written down as a mail.
    #[error("the letter or its address cannot be a mail")]
    Unfit,
    /// It would come too late.
    #[error("it would come too late")]
    Useless,
}

impl Trouble {
    /// One word for rows and clients.
    pub fn code(&self) -> &'static str {
        match self {
            Trouble::Unreachable => "unreachable",
            Trouble::Tls(_) => "tls",
            Trouble::Login(_) => "login",
            Trouble::Refused(_) => "refused",
            Trouble::Later(_) => "later",
            Trouble::Timeout => "timeout",
            Trouble::Broken => "broken",
            Trouble::Unsure => "unsure",
            Trouble::Unfit => "unfit",
            Trouble::Useless => "useless",
        }
    }

    /// What the relay, or the library below, said in its own words.
    pub fn answer(&self) -> Option<&str> {
        match self {
            Trouble::Tls(said) | Trouble::Login(said) | Trouble::Refused(said) | Trouble::Later(said) => {
                Some(said)
            }
            _ => None,
        }
    }

    /// Whether another attempt could do anything but harm.
    pub(super) fn is_final(&self) -> bool {
        matches!(
            self,
            Trouble::Refused(_) | Trouble::Unsure | Trouble::Unfit | Trouble::Useless
        )
    }
}

/// A connection on which the relay waits for the text.
pub(super) struct Line(AsyncSmtpConnection);

/// Goes as far as one can without anything having happened.
pub(super) async fn offer(config: &MailConfig, letter: &Composed) -> Result<Line, Trouble> {
    let mut line = enter(config).await?;
    step(announce(&mut line, letter)).await?;
    Ok(Line(line))
}

/// Says hello and good-bye.
pub(super) async fn visit(config: &MailConfig) -> Result<(), Trouble> {
    Line(enter(config).await?).close().await;
    Ok(())
}

async fn enter(config: &MailConfig) -> Result<AsyncSmtpConnection, Trouble> {
    let mut line = step(connect(config)).await?;
    if let (Some(user), Some(password)) = (&config.user, &config.password) {
        step(login(&mut line, user, password)).await?;
    }
    Ok(line)
}

impl Line {
    /// Gives the text away. Whatever goes wrong without a clear no leaves it open whether the relay has it.
    pub(super) async fn hand_over(&mut self, letter: &Composed) -> Result<String, Trouble> {
        match tokio::time::timeout(TEXT_PATIENCE, self.0.message(&letter.bytes)).await {
            Ok(Ok(response)) => Ok(said(&response)),
            Ok(Err(error)) => Err(match trouble(&error) {
                clear @ (Trouble::Refused(_) | Trouble::Later(_)) => clear,
                _ => Trouble::Unsure,
            }),
            Err(_) => Err(Trouble::Unsure),
        }
    }

    /// Takes leave; what it answers does not matter any more.
    pub(super) async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(5), self.0.abort()).await;
    }
}

async fn step<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::time::timeout(STEP_PATIENCE, work)
        .await
        .unwrap_or(Err(Trouble::Timeout))
}

async fn connect(config: &MailConfig) -> Result<AsyncSmtpConnection, Trouble> {
    let server = (config.host.as_str(), config.port);
    let hello = ClientId::Domain(config.from.email.domain().to_owned());
    let tls = match config.tls {
        MailTls::None => None,
        MailTls::StartTls | MailTls::Implicit => Some(tls_parameters(config)?),
    };
    let implicit = tls.clone().filter(|_| config.tls == MailTls::Implicit);
    let connected = AsyncSmtpConnection::connect_tokio1(server, None, &hello, implicit, None).await;
    let mut line = connected.map_err(|error| trouble_connecting(&error))?;
    if let Some(tls) = tls.filter(|_| config.tls == MailTls::StartTls) {
        if !line.can_starttls() {
            return Err(Trouble::Tls("it does not offer STARTTLS".to_owned()));
        }
        let started = line.starttls(tls, &hello).await;
        started.map_err(|error| match trouble(&error) {
            Trouble::Refused(said) | Trouble::Later(said) => Trouble::Tls(said),
            other => other,
        })?;
    }
    Ok(line)
}

fn tls_parameters(config: &MailConfig) -> Result<TlsParameters, Trouble> {
    let failed = |what: &dyn std::fmt::Display| Trouble::Tls(bounded(&what.to_string()));
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(file) = &config.ca_file {
        let pem = std::fs::read(file).map_err(|error| failed(&error))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| failed(&error))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| failed(&error))
}

async fn login(line: &mut AsyncSmtpConnection, user: &str, password: &str) -> Result<(), Trouble> {
    let credentials = Credentials::new(user.to_owned(), password.to_owned());
    match line
        .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
        .await
    {
        Ok(_) => Ok(()),
        // The library's word for a relay that offers no way to sign in that we know.
        Err(error) if error.is_client() => Err(Trouble::Login("it takes no password here".to_owned())),
        Err(error) => Err(match trouble(&error) {
            Trouble::Refused(said) => Trouble::Login(said),
            other => other,
        }),
    }
}

async fn announce(line: &mut AsyncSmtpConnection, letter: &Composed) -> Result<(), Trouble> {
    let mut parameters = Vec::new();
    let local: [&str; 2] = [letter.from.user(), letter.to.user()];
    if !local.iter().all(|part| part.is_ascii()) {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Trouble::Refused(
                "it takes no addresses with such letters".to_owned(),
            ));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let steps = async {
        line.command(Mail::new(Some(letter.from.clone()), parameters))
            .await?;
        line.command(Rcpt::new(letter.to.clone(), Vec::new())).await?;
        line.command(Data).await
    };
    steps.await.map(drop).map_err(|error| trouble(&error))
}

fn trouble_connecting(error: &SmtpError) -> Trouble {
    match trouble(error) {
        // Before it has said hello, silence and a closed port are the same.
        Trouble::Broken if has_refused(error) => Trouble::Unreachable,
        other => other,
    }
}

fn trouble(error: &SmtpError) -> Trouble {
    let said = || {
        error
            .source()
            .map(|source| bounded(&source.to_string()))
            .unwrap_or_default()
    };
    let code = |text: String| match error.status() {
        Some(code) => format!("{code} {text}"),
        None => text,
    };
    if error.is_permanent() {
        Trouble::Refused(code(said()))
    } else if error.is_transient() {
        Trouble::Later(code(said()))
    } else if let Some(why) = tls_cause(error) {
        Trouble::Tls(bounded(&why))
    } else if error.is_timeout() {
        Trouble::Timeout
    } else {
        Trouble::Broken
    }
}

/// The handshake fails inside of the stream, so what rustls says comes wrapped in errors of input and output.
fn tls_cause(error: &SmtpError) -> Option<String> {
    if error.is_tls() {
        return Some(error.to_string());
    }
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = cause {
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(found) = inner.or_else(|| error.downcast_ref::<rustls::Error>()) {
            return Some(found.to_string());
        }
        cause = error.source();
    }
    None
}

/// No connection came to be at all: refused, no way, no such name.
fn has_refused(error: &SmtpError) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return !matches!(
                error.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::InvalidData
            );
        }
        cause = error.source();
    }
    false
}

fn said(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    bounded(&format!("{} {}", response.code(), lines.join(" ")))
}

/// One line that can be shown.
fn bounded(text: &str) -> String {
    let clean = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char });
    clean.take(ANSWER_MAX_CHARS).collect()
}

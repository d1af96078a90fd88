//! Mail to people: written down in the transaction of its cause, given to the operator's relay by itself.
//!
//! Invariants: asking twice with one key is asking once, for a week; a letter whose text the relay may have taken is never
//! given to it again, also when this process died in between; what cannot be delivered is tried again with pauses until it
//! would be useless, then given up, and administrators see that; nothing in a letter becomes a header that we did not
//! write; time and size are bounded; of a letter that is settled nothing is left but to whom it went. Knows no reason to
//! write to anybody.

mod compose;
mod queue;
mod relay;
#[cfg(test)]
mod tests;

pub use queue::{
    Lost, STATEMENTS, Settled, forget, last_settled, list_lost, n_waiting, runner, send, send_due, send_late,
};
pub use relay::Trouble;

use crate::{
    app::App,
    db::{Result as DbResult, Tx},
};
use base::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Bytes of a letter as it waits; docs/limits.md.
pub const LETTER_MAX_BYTES: usize = 16 * 1024;
/// What a person waits for the answer of the relay at the test button.
const TEST_PATIENCE: Duration = Duration::from_secs(15);

/// What somebody is told. Plain text everywhere: it is escaped where it becomes HTML, and laid on one line where it becomes
/// a header.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letter {
    /// A mail address.
    pub address: String,
    /// The name beside it; may be empty.
    pub name: String,
    /// BCP 47 tag of the texts.
    pub language: String,
    /// One line.
    pub subject: String,
    /// What it says, before and after the button.
    pub paragraphs: Vec<String>,
    /// The one thing to do.
    pub button: Option<Button>,
    /// Why this came, and what to do if it came by mistake.
    pub footer: String,
    /// Of letters that come again and again: where they end with one press.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<Unsubscribe>,
    /// What it says, for a calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<ForCalendar>,
}

/// A letter as a calendar reads it (iMIP, RFC 6047): a third form of the same letter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForCalendar {
    /// As in the text.
    pub method: CalendarMethod,
    /// iCalendar (RFC 5545).
    pub text: String,
}

/// What a calendar is to do with it (RFC 5546, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarMethod {
    /// Somebody is invited, or it is otherwise now.
    Request,
    /// It does not take place, or they are not invited any more.
    Cancel,
}

impl CalendarMethod {
    /// The word of iCalendar.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// How letters of a kind are ended by whoever gets them, without signing in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// What mail programs send a POST to (RFC 8058).
    pub post_url: String,
    /// A page for people, and what the link to it says.
    pub page: Button,
}

/// A kind of letters that are written when they go out, at each attempt anew: what they would say may have been read, deleted
/// or forbidden meanwhile.
#[derive(Clone, Copy)]
pub struct LateLetter {
    /// What it is about, as [`send_late`] is told.
    pub kind: &'static str,
    /// Writes the letter of a key.
    pub write: fn(&App, &mut dyn Tx, &str, Timestamp) -> DbResult<Written>,
}

/// What became of a letter at the moment of its going out.
#[derive(Debug, Clone)]
pub enum Written {
    /// It says this.
    Letter(Box<Letter>),
    /// It is to go out later.
    NotBefore(Timestamp),
    /// There is nothing to say any more. Nothing is left of it.
    Nothing,
}

/// A link that looks like a button, and stands as it is in the plain text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Button {
    /// A verb.
    pub label: String,
    /// Of ours.
    pub url: String,
}

/// Why a letter was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] crate::db::Error),
    /// The operator has named no relay.
    #[error("this server sends no mail")]
    NotConfigured,
    /// No relay could take a letter to this address.
    #[error("the mail address cannot be written to")]
    Address,
    /// More than [`LETTER_MAX_BYTES`].
    #[error("the letter is too big")]
    TooBig,
}

/// Of texts in English, German and Arabic, the languages of the product, the one for a BCP 47 tag.
pub fn in_language<'a>(tag: &str, [english, german, arabic]: [&'a str; 3]) -> &'a str {
    match tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "de" => german,
        "ar" => arabic,
        _ => english,
    }
}

/// Whether letters can be sent at all.
pub fn is_configured(app: &App) -> bool {
    app.config.mail.is_some()
}

/// Whether a relay could take a letter to this address.
pub fn is_address(address: &str) -> bool {
    address.parse::<lettre::Address>().is_ok()
}

/// Goes to the relay, signs in where it asks for that, and leaves again: nothing is sent.
pub async fn reach(config: &crate::config::MailConfig) -> Result<(), Trouble> {
    relay::visit(config).await
}

/// Gives a letter to the relay while somebody waits, and tells what the relay said. Nothing is written down and nothing is
/// tried again.
pub async fn send_now(app: &App, letter: &Letter) -> Result<String, Trouble> {
    let config = app.config.mail.as_ref().ok_or(Trouble::Unfit)?;
    let id = uuid::Uuid::now_v7();
    let composed = compose::compose(config, id, letter, app.clock.now()).map_err(|_| Trouble::Unfit)?;
    let talk = async {
        let mut line = relay::offer(config, &composed).await?;
        line.hand_over(&composed).await
    };
    tokio::time::timeout(TEST_PATIENCE, talk)
        .await
        .unwrap_or(Err(Trouble::Timeout))
}

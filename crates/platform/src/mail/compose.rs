//! A letter as bytes for the relay: headers, plain text, and the same as simple HTML.
//!
//! Invariants: every header is written by the library, from values without control characters; the HTML loads nothing and
//! holds no script; the same letter with the same id gives the same Message-ID, so that a relay can tell a repetition.

use super::{Error, ForCalendar, Letter, Unsubscribe};
use crate::config::MailConfig;
use base::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use std::{
    error::Error as StdError,
    fmt::Write,
    time::{Duration, UNIX_EPOCH},
};
use uuid::Uuid;

/// Characters of a subject or a name; longer ones only serve to hide something.
const LINE_MAX_CHARS: usize = 200;
/// Languages that are written from right to left, of those that letters can have.
const RIGHT_TO_LEFT: [&str; 4] = ["ar", "fa", "he", "ur"];

/// What stands below.
const SMALL: &str = "color:#4d555c;font-size:13px;line-height:18px";

/// What the relay gets.
pub(super) struct Composed {
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) bytes: Vec<u8>,
}

/// RFC 3834: nobody answers to it by a program.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// RFC 2369, with the address that RFC 8058 wants.
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// RFC 8058: a POST to that address is all.
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

pub(super) fn compose(
    config: &MailConfig,
    id: Uuid,
    letter: &Letter,
    now: Timestamp,
) -> Result<Composed, Error> {
    let (from, to) = (config.from.clone(), address_of(letter)?);
    let name = one_line(&letter.name);
    let recipient = Mailbox::new((!name.is_empty()).then_some(name), to.clone());
    let (text, html) = (text_of(letter), html_of(letter));
    let since = Duration::from_micros(u64::try_from(now.0).unwrap_or_default());
    let mut message = Message::builder()
        .from(from.clone())
        .to(recipient)
        .subject(one_line(&letter.subject))
        .date(UNIX_EPOCH + since)
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .header(AutoSubmitted);
    if let Some(unsubscribe) = &letter.unsubscribe {
        message = message
            .header(ListUnsubscribe(format!("<{}>", one_line(&unsubscribe.post_url))))
            .header(ListUnsubscribePost);
    }
    let mut parts = MultiPart::alternative_plain_html(text, html);
    if let Some(calendar) = &letter.calendar {
        parts = parts.singlepart(part_of(calendar));
    }
    let message = message.multipart(parts).map_err(|_| Error::Address)?;
    Ok(Composed {
        from: from.email,
        to,
        bytes: message.formatted(),
    })
}

/// The last of the alternatives is the one that a program takes which understands it (RFC 2046, 5.1.4).
fn part_of(calendar: &ForCalendar) -> SinglePart {
    let kind = format!(
        "text/calendar; charset=utf-8; method={}",
        calendar.method.as_str()
    );
    let kind = ContentType::parse(&kind).expect("the type that RFC 6047 says");
    SinglePart::builder().header(kind).body(calendar.text.clone())
}

/// The address as mail servers understand it.
pub(super) fn address_of(letter: &Letter) -> Result<Address, Error> {
    letter.address.parse().map_err(|_| Error::Address)
}

/// Without line ends and other control characters, and no longer than a header should be.
fn one_line(text: &str) -> String {
    let clean = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char });
    let clean: String = clean.take(LINE_MAX_CHARS).collect();
    clean.trim().to_owned()
}

fn text_of(letter: &Letter) -> String {
    let mut parts = letter.paragraphs.clone();
    if let Some(button) = &letter.button {
        parts.push(format!("{}:\n{}", button.label, button.url));
    }
    let mut footer = letter.footer.clone();
    if let Some(Unsubscribe { page, .. }) = &letter.unsubscribe {
        footer = format!("{footer}\n{}:\n{}", page.label, page.url);
    }
    if !footer.is_empty() {
        parts.push(format!("-- \n{}", footer.trim_start()));
    }
    parts.join("\n\n") + "\n"
}

fn html_of(letter: &Letter) -> String {
    let language = one_line(&letter.language);
    let primary = language
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let direction = if RIGHT_TO_LEFT.contains(&primary.as_str()) {
        "rtl"
    } else {
        "ltr"
    };
    let mut html = format!(
        "<!doctype html><html lang=\"{}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"font:16px/24px sans-serif;color:#1d2327;max-width:560px;margin:24px auto;padding:0 16px\">",
        escaped(&language),
        escaped(&one_line(&letter.subject))
    );
    // Writing to a String cannot fail.
    for paragraph in &letter.paragraphs {
        let _ = write!(html, "<p dir=\"auto\">{}</p>", escaped(paragraph));
    }
    if let Some(button) = &letter.button {
        let _ = write!(
            html,
            "<p><a href=\"{url}\" style=\"display:inline-block;padding:10px 16px;border-radius:10px;background:#0d6660;\
             color:#fff;text-decoration:none\">{}</a></p><p style=\"color:#4d555c\" dir=\"ltr\">{url}</p>",
            escaped(&button.label),
            url = escaped(&button.url)
        );
    }
    if !letter.footer.is_empty() {
        let _ = write!(html, "<p style=\"{SMALL}\">{}</p>", escaped(&letter.footer));
    }
    if let Some(Unsubscribe { page, .. }) = &letter.unsubscribe {
        let _ = write!(
            html,
            "<p style=\"{SMALL}\"><a href=\"{}\" style=\"color:#4d555c\">{}</a></p>",
            escaped(&page.url),
            escaped(&page.label)
        );
    }
    html.push_str("</body></html>\n");
    html
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            char if char.is_control() => escaped.push(' '),
            char => escaped.push(char),
        }
    }
    escaped
}

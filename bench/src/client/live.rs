//! Antiphon's socket: hello with cursors, replay, events. It checks the one rule that matters: of each scope the next
//! number, no gap and no double.

use super::websocket::{Frame, WebSocket};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use uuid::Uuid;

const EVENT: &[u8] = br#"{"type":"event","scope":""#;
const SEQ: &[u8] = br#"","seq":"#;

/// How far somebody has come in each scope. It outlives the connection.
pub type Cursors = HashMap<Uuid, i64>;

pub struct Live {
    socket: WebSocket,
}

/// What an event turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The next of its scope, and the bytes of its frame.
    Next(Uuid, usize),
    /// Numbers between the last one and this are missing.
    Gap,
    /// It was here before.
    Double,
    /// The server gave up replaying this scope.
    Reset,
    /// Something else.
    Other,
}

impl Live {
    /// Connects, and reads what lies after `cursors` until the server says ready; `hear` sees each event of the replay.
    pub async fn connect(
        port: u16,
        token: &str,
        cursors: &mut Cursors,
        mut hear: impl FnMut(Heard),
    ) -> Result<Self> {
        let headers = format!("Authorization: Bearer {token}\r\n");
        let mut live = Self {
            socket: WebSocket::connect(port, "/api/socket", &headers).await?,
        };
        let hello = serde_json::json!({ "type": "hello", "cursors": &*cursors });
        live.socket.send(&hello.to_string()).await?;
        loop {
            let text = live.next_text().await?;
            if text.starts_with(br#"{"type":"ready""#) || text.starts_with(br#"{"heads""#) {
                take_heads(&text, cursors)?;
                return Ok(live);
            }
            hear(judge(&text, cursors));
        }
    }

    /// The next event. An error means that the connection has ended.
    pub async fn next(&mut self, cursors: &mut Cursors) -> Result<Heard> {
        let text = self.next_text().await?;
        Ok(judge(&text, cursors))
    }

    async fn next_text(&mut self) -> Result<bytes::BytesMut> {
        match self.socket.next().await? {
            Frame::Text(text) => Ok(text),
            Frame::Closed(code) => bail!("the server closed the socket: {code:?}"),
        }
    }
}

fn judge(text: &[u8], cursors: &mut Cursors) -> Heard {
    let Some((scope, seq)) = scope_and_seq(text) else {
        return if text.starts_with(br#"{"type":"reset""#) {
            Heard::Reset
        } else {
            Heard::Other
        };
    };
    let last = cursors.entry(scope).or_insert(seq - 1);
    let heard = match seq - *last {
        1 => Heard::Next(scope, text.len()),
        ..=0 => Heard::Double,
        _ => Heard::Gap,
    };
    *last = seq.max(*last);
    heard
}

/// Reads the two numbers where `platform::realtime::Frame` writes them, because parsing all of a frame 20,000 times a
/// second would take more time than the server takes to send it.
fn scope_and_seq(text: &[u8]) -> Option<(Uuid, i64)> {
    let rest = text.strip_prefix(EVENT)?;
    let scope = Uuid::try_parse_ascii(rest.get(..36)?).ok()?;
    let digits = rest[36..].strip_prefix(SEQ)?;
    let length = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    Some((scope, std::str::from_utf8(&digits[..length]).ok()?.parse().ok()?))
}

fn take_heads(text: &[u8], cursors: &mut Cursors) -> Result<()> {
    let ready: serde_json::Value = serde_json::from_slice(text)?;
    for (scope, head) in ready["heads"].as_object().context("ready without heads")? {
        cursors
            .entry(scope.parse()?)
            .or_insert(head.as_i64().context("a head is a number")?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64) -> String {
        format!(r#"{{"type":"event","scope":"00000000-0000-0000-0000-000000000007","seq":{seq},"kind":"a"}}"#)
    }

    #[test]
    fn gaps_and_doubles_are_seen() {
        let mut cursors = Cursors::new();
        let mut hear = |seq| judge(event(seq).as_bytes(), &mut cursors);
        assert!(matches!(hear(5), Heard::Next(..)));
        assert!(matches!(hear(6), Heard::Next(..)));
        assert_eq!(hear(6), Heard::Double);
        assert_eq!(hear(9), Heard::Gap);
        assert!(matches!(hear(10), Heard::Next(..)));
    }

    #[test]
    fn what_is_no_event_is_told_apart() {
        let mut cursors = Cursors::new();
        assert_eq!(
            judge(br#"{"type":"reset","scope":"x","seq":1}"#, &mut cursors),
            Heard::Reset
        );
        assert_eq!(judge(br#"{"type":"pong"}"#, &mut cursors), Heard::Other);
    }
}

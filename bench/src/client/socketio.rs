//! The socket.io protocol 5 over the WebSocket transport of engine.io 4, as far as a chat needs it.

use super::websocket::{Frame, WebSocket};
use anyhow::{Result, bail};
use std::time::Duration;

const CONNECT_WITHIN: Duration = Duration::from_secs(10);

pub struct SocketIo {
    socket: WebSocket,
    next_ack: u64,
    /// Broadcasts that arrived.
    pub n_delivered: u64,
}

impl SocketIo {
    /// Connects and joins rooms by the event that `peers/socketio/server.mjs` knows.
    pub async fn connect(port: u16, person: usize, rooms: impl Iterator<Item = usize>) -> Result<Self> {
        let path = "/socket.io/?EIO=4&transport=websocket";
        let socket = WebSocket::connect(port, path, "").await?;
        let mut client = Self {
            socket,
            next_ack: 0,
            n_delivered: 0,
        };
        tokio::time::timeout(CONNECT_WITHIN, client.greet(person, rooms)).await??;
        Ok(client)
    }

    async fn greet(&mut self, person: usize, rooms: impl Iterator<Item = usize>) -> Result<()> {
        self.wait_for("0{").await?;
        self.socket
            .send(&format!(r#"40{{"person":"person{person}"}}"#))
            .await?;
        self.wait_for("40").await?;
        for room in rooms {
            self.request("join", &format!(r#""room{room}""#)).await?;
        }
        Ok(())
    }

    /// Sends an event and waits for its acknowledgement.
    pub async fn request(&mut self, event: &str, argument: &str) -> Result<()> {
        let ack = self.next_ack;
        self.next_ack += 1;
        self.socket
            .send(&format!(r#"42{ack}["{event}",{argument}]"#))
            .await?;
        let answer = self.wait_for(&format!("43{ack}[")).await?;
        if !answer.contains("\"ok\"") {
            bail!("refused: {answer}");
        }
        Ok(())
    }

    /// Reads on; broadcasts are counted and pings answered on the way.
    async fn wait_for(&mut self, prefix: &str) -> Result<String> {
        loop {
            let Frame::Text(text) = self.socket.next().await? else {
                bail!("the server closed the socket")
            };
            let text = std::str::from_utf8(&text)?;
            if text.starts_with(prefix) {
                return Ok(text.to_owned());
            }
            match text.as_bytes() {
                [b'2'] => self.socket.send("3").await?,
                [b'4', b'2', b'[', ..] => self.n_delivered += 1,
                _ => bail!("not expected: {text}"),
            }
        }
    }
}

//! A WebSocket client that knows text frames, pings and the close (RFC 6455), and keeps little memory per connection.

use super::http::find;
use anyhow::{Context, Result, bail};
use bytes::{Buf, BytesMut};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The mask has to be there and may be anything; our frames go to loopback.
const MASK: [u8; 4] = [0x5a, 0x17, 0x29, 0xc4];
const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

pub struct WebSocket {
    stream: TcpStream,
    received: BytesMut,
}

/// A frame from the server.
pub enum Frame {
    Text(BytesMut),
    /// With its code, if there was one.
    Closed(Option<u16>),
}

impl WebSocket {
    /// `headers` are whole lines.
    pub async fn connect(port: u16, path: &str, headers: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .context("connecting")?;
        stream.set_nodelay(true)?;
        let mut socket = Self {
            stream,
            received: BytesMut::with_capacity(512),
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
        );
        socket.stream.write_all(request.as_bytes()).await?;
        loop {
            if let Some(end) = find(&socket.received, b"\r\n\r\n") {
                if !socket.received.starts_with(b"HTTP/1.1 101") {
                    bail!("no socket: {}", String::from_utf8_lossy(&socket.received));
                }
                socket.received.advance(end + 4);
                return Ok(socket);
            }
            socket.read_more().await?;
        }
    }

    pub async fn send(&mut self, text: &str) -> Result<()> {
        self.send_frame(TEXT, text.as_bytes()).await
    }

    /// The next text; pings are answered on the way. Cancel safe: what has been read stays in the buffer.
    pub async fn next(&mut self) -> Result<Frame> {
        loop {
            while let Some((opcode, payload)) = self.take_frame() {
                match opcode {
                    TEXT => return Ok(Frame::Text(payload)),
                    CLOSE => return Ok(Frame::Closed(code(&payload))),
                    PING => self.send_frame(PONG, &payload).await?,
                    _ => {}
                }
            }
            self.read_more().await?;
        }
    }

    fn take_frame(&mut self) -> Option<(u8, BytesMut)> {
        let bytes = &self.received;
        let (head, length) = match bytes.get(1)? & 0x7f {
            126 => (
                4,
                usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)),
            ),
            127 => (
                10,
                usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?,
            ),
            length => (2, usize::from(length)),
        };
        if bytes.len() < head + length {
            return None;
        }
        let opcode = bytes[0] & 0x0f;
        self.received.advance(head);
        Some((opcode, self.received.split_to(length)))
    }

    async fn send_frame(&mut self, opcode: u8, payload: &[u8]) -> Result<()> {
        let mut frame = Vec::with_capacity(payload.len() + 8);
        frame.push(0x80 | opcode);
        match u8::try_from(payload.len()) {
            Ok(length @ 0..126) => frame.push(0x80 | length),
            _ => {
                let length = u16::try_from(payload.len()).context("a frame of more than 64 KiB")?;
                frame.push(0x80 | 126);
                frame.extend_from_slice(&length.to_be_bytes());
            }
        }
        frame.extend_from_slice(&MASK);
        frame.extend(
            payload
                .iter()
                .zip(MASK.iter().cycle())
                .map(|(byte, mask)| byte ^ mask),
        );
        Ok(self.stream.write_all(&frame).await?)
    }

    async fn read_more(&mut self) -> Result<()> {
        if self.received.is_empty() && self.received.capacity() > 64 * 1024 {
            self.received = BytesMut::new();
        }
        self.received.reserve(512);
        if self.stream.read_buf(&mut self.received).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

fn code(payload: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(payload.get(..2)?.try_into().ok()?))
}

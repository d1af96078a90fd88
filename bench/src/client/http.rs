//! HTTP/1.1 over one kept connection, one request at a time.

use anyhow::{Context, Result, bail};
use bytes::{Buf, BytesMut};
use std::fmt::Write;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection, and who speaks on it.
pub struct Http {
    stream: TcpStream,
    port: u16,
    token: Option<String>,
    received: BytesMut,
    sent: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    /// Where what was made can be found.
    pub location: Option<String>,
    /// The body as it went over the wire: packed, if the server packed it.
    pub body: Vec<u8>,
    /// Bytes of header and body.
    pub size_bytes: usize,
}

impl Http {
    pub async fn connect(port: u16, token: Option<&str>) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .context("connecting")?;
        stream.set_nodelay(true)?;
        let token = token.map(str::to_owned);
        Ok(Self {
            stream,
            port,
            token,
            received: BytesMut::with_capacity(4096),
            sent: String::new(),
        })
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.request("GET", path, "", None).await
    }

    /// GET as a browser asks, which can unpack gzip.
    pub async fn get_packed(&mut self, path: &str) -> Result<Answer> {
        self.request("GET", path, "Accept-Encoding: gzip\r\n", None).await
    }

    pub async fn send(&mut self, method: &str, path: &str, body: &str) -> Result<Answer> {
        self.request(method, path, "", Some(body)).await
    }

    /// `headers` are whole lines. Without a token the request says that it comes from the server's own page.
    pub async fn request(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: Option<&str>,
    ) -> Result<Answer> {
        self.begin(method, path, headers)?;
        match body {
            Some(body) => {
                let length = body.len();
                write!(
                    self.sent,
                    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
                )?;
            }
            None => self.sent.push_str("\r\n"),
        }
        self.stream.write_all(self.sent.as_bytes()).await?;
        self.answer().await
    }

    /// A part of a file, as tus sends it.
    pub async fn patch(&mut self, path: &str, headers: &str, part: &[u8]) -> Result<Answer> {
        self.begin("PATCH", path, headers)?;
        let length = part.len();
        write!(
            self.sent,
            "Content-Type: application/offset+octet-stream\r\nContent-Length: {length}\r\n\r\n"
        )?;
        self.stream.write_all(self.sent.as_bytes()).await?;
        self.stream.write_all(part).await?;
        self.answer().await
    }

    /// The head, as far as it says nothing of a body.
    fn begin(&mut self, method: &str, path: &str, headers: &str) -> Result<()> {
        self.sent.clear();
        let port = self.port;
        write!(
            self.sent,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}"
        )?;
        match &self.token {
            Some(token) => write!(self.sent, "Authorization: Bearer {token}\r\n")?,
            None => write!(self.sent, "Origin: http://127.0.0.1:{port}\r\n")?,
        }
        Ok(())
    }

    async fn answer(&mut self) -> Result<Answer> {
        let end = loop {
            if let Some(end) = find(&self.received, b"\r\n\r\n") {
                break end + 4;
            }
            self.read_more().await?;
        };
        let head = std::str::from_utf8(&self.received[..end])?.to_owned();
        self.received.advance(end);
        let status = head
            .get(9..12)
            .and_then(|status| status.parse().ok())
            .context("no status in the answer")?;
        let body = match header(&head, "content-length") {
            Some(length) => self.take(length.parse()?).await?,
            None if header(&head, "transfer-encoding")
                .is_some_and(|how| how.eq_ignore_ascii_case("chunked")) =>
            {
                self.take_chunks().await?
            }
            None => Vec::new(),
        };
        Ok(Answer {
            status,
            location: header(&head, "location").map(str::to_owned),
            size_bytes: head.len() + body.len(),
            body,
        })
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.received.len() < length {
            self.read_more().await?;
        }
        Ok(self.received.split_to(length).to_vec())
    }

    async fn take_chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = find(&self.received, b"\r\n") {
                    break end;
                }
                self.read_more().await?;
            };
            let length = usize::from_str_radix(std::str::from_utf8(&self.received[..end])?.trim(), 16)?;
            self.received.advance(end + 2);
            let chunk = self.take(length + 2).await?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }

    async fn read_more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.received).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

impl Answer {
    /// The body, if the request did what it should.
    pub fn json(&self) -> Result<serde_json::Value> {
        if !(200..300).contains(&self.status) {
            bail!(
                "answered {}: {}",
                self.status,
                String::from_utf8_lossy(&self.body)
            );
        }
        if self.body.is_empty() {
            return Ok(serde_json::Value::Null);
        }
        serde_json::from_slice(&self.body).context("reading the answer")
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Where `needle` begins.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

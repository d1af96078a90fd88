//! XMPP as far as a talk in a room needs it (RFC 6120, XEP-0045): anonymous sign-in, join, say something, see it come
//! back. The copy that the room sends back to its author is the acknowledgement: the server archives before it sends.

use super::http::find;
use anyhow::{Context, Result, bail};
use bytes::BytesMut;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const CONNECT_WITHIN: Duration = Duration::from_secs(10);
const HOST: &str = "localhost";
const STREAM: &str = "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' \
    to='localhost' version='1.0'>";

pub struct Xmpp {
    stream: TcpStream,
    received: BytesMut,
    nick: String,
    room: String,
    n_sent: u64,
    /// Copies of messages that arrived, our own too.
    pub n_delivered: u64,
}

impl Xmpp {
    /// Signs in and joins rooms; what is posted later goes into the first of them.
    pub async fn connect(port: u16, person: usize, rooms: impl Iterator<Item = usize>) -> Result<Self> {
        let mut rooms = rooms
            .map(|room| format!("room{room}@conference.{HOST}"))
            .peekable();
        let stream = TcpStream::connect(("127.0.0.1", port))
            .await
            .context("connecting")?;
        stream.set_nodelay(true)?;
        let mut client = Self {
            stream,
            received: BytesMut::new(),
            nick: format!("person{person}"),
            room: rooms.peek().cloned().context("no room to write in")?,
            n_sent: 0,
            n_delivered: 0,
        };
        tokio::time::timeout(CONNECT_WITHIN, client.greet(rooms)).await??;
        Ok(client)
    }

    async fn greet(&mut self, rooms: impl Iterator<Item = String>) -> Result<()> {
        self.say(STREAM).await?;
        self.wait_for("</stream:features>").await?;
        self.say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>")
            .await?;
        self.wait_for("<success").await?;
        self.say(STREAM).await?;
        self.wait_for("</stream:features>").await?;
        self.say("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>")
            .await?;
        self.wait_for("</iq>").await?;
        for room in rooms {
            let nick = &self.nick;
            let join = format!(
                "<presence to='{room}/{nick}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>"
            );
            self.say(&join).await?;
            // The subject is the last thing that a room tells to whom it lets in.
            self.wait_for("<subject").await?;
            self.wait_for("</message>").await?;
        }
        Ok(())
    }

    /// Says something in the room and waits until the room has sent it to all who are there.
    pub async fn post(&mut self, text: &str) -> Result<()> {
        self.n_sent += 1;
        let id = format!("{}-{}", self.nick, self.n_sent);
        let stanza = format!(
            "<message to='{}' type='groupchat' id='{id}'><body>{text}</body></message>",
            self.room
        );
        self.say(&stanza).await?;
        let (id, alike) = (format!("id='{id}'"), format!("id=\"{id}\""));
        loop {
            let stanza = self.wait_for("</message>").await?;
            if find(&stanza, b"type='error'").is_some() || find(&stanza, b"type=\"error\"").is_some() {
                bail!("refused: {}", String::from_utf8_lossy(&stanza));
            }
            self.n_delivered += 1;
            if find(&stanza, id.as_bytes()).is_some() || find(&stanza, alike.as_bytes()).is_some() {
                return Ok(());
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<()> {
        Ok(self.stream.write_all(text.as_bytes()).await?)
    }

    /// Takes everything up to and with `end`.
    async fn wait_for(&mut self, end: &str) -> Result<BytesMut> {
        loop {
            if let Some(at) = find(&self.received, end.as_bytes()) {
                return Ok(self.received.split_to(at + end.len()));
            }
            if find(&self.received, b"</stream:stream>").is_some()
                || find(&self.received, b"<failure").is_some()
            {
                bail!(
                    "the server ended the stream: {}",
                    String::from_utf8_lossy(&self.received)
                );
            }
            self.received.reserve(1024);
            if self.stream.read_buf(&mut self.received).await? == 0 {
                bail!("the server closed the connection");
            }
        }
    }
}

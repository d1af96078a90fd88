//! A mail relay of our own, for what no good one does.

use crate::config::{MailConfig, MailTls};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What a relay does with whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Takes every letter.
    Takes,
    /// Knows nobody.
    RefusesTheRecipient,
    /// Takes the text and asks to come later.
    PutsOff,
    /// Hangs up once it has the text.
    BreaksOffAfterTheText,
    /// Accepts the connection and is silent.
    NeverSaysHello,
    /// Speaks HTTP.
    IsNoRelay,
    /// Greets without an end.
    TalksForEver,
}

/// A relay that listens on this machine until the test ends.
pub struct Relay {
    port: u16,
    manner: Arc<Mutex<Manner>>,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Relay {
    /// Begins to listen.
    pub async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let relay = Self {
            port: listener.local_addr().expect("an address").port(),
            manner: Arc::new(Mutex::new(manner)),
            letters: Arc::default(),
        };
        let (manner, letters) = (relay.manner.clone(), relay.letters.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (manner, letters) = (
                    *manner.lock().unwrap_or_else(PoisonError::into_inner),
                    letters.clone(),
                );
                // The client may go at any point; that is its business.
                tokio::spawn(async move { talk(socket, manner, &letters).await.ok() });
            }
        });
        relay
    }

    /// From the next connection on.
    pub fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap_or_else(PoisonError::into_inner) = manner;
    }

    /// The texts that came, headers and all.
    pub fn letters(&self) -> Vec<String> {
        self.letters
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The settings of a server that uses it.
    pub fn config(&self) -> MailConfig {
        MailConfig {
            from: "Antiphon <talk@harbour.example>".parse().expect("a mailbox"),
            host: "127.0.0.1".to_owned(),
            port: self.port,
            tls: MailTls::None,
            user: None,
            password: None,
            ca_file: None,
        }
    }
}

async fn talk(socket: TcpStream, manner: Manner, letters: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let (read, mut write) = socket.into_split();
    let mut lines = BufReader::new(read).lines();
    match manner {
        Manner::NeverSaysHello => {
            lines.next_line().await?;
            return Ok(());
        }
        Manner::IsNoRelay => return write.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await,
        Manner::TalksForEver => loop {
            write.write_all(b"220-still talking\r\n").await?;
        },
        _ => write.write_all(b"220 ready\r\n").await?,
    }
    let mut text: Option<String> = None;
    while let Some(line) = lines.next_line().await? {
        let answer = match (&mut text, line.as_str()) {
            (Some(whole), ".") => {
                letters
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(std::mem::take(whole));
                text = None;
                match manner {
                    Manner::BreaksOffAfterTheText => return Ok(()),
                    Manner::PutsOff => "451 come later",
                    _ => "250 queued as 42",
                }
            }
            (Some(whole), line) => {
                whole.push_str(line);
                whole.push('\n');
                continue;
            }
            (None, line) if line.starts_with("RCPT") && manner == Manner::RefusesTheRecipient => {
                "550-no such\r\n550 person here"
            }
            (None, "DATA") => {
                text = Some(String::new());
                "354 go on"
            }
            (None, _) => "250 fine",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// The first address of ours in a letter, whose lines may be broken for the way.
pub fn link_in(letter: &str) -> String {
    let whole = letter.replace("=\n", "").replace("=3D", "=");
    let start = whole.find("http://antiphon.test/").expect("a link");
    let end = whole[start..]
        .find(char::is_whitespace)
        .expect("the end of the line");
    whole[start..start + end].to_owned()
}

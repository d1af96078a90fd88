//! Rules of uploads and files. Pure.

use base::FileId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ts_rs::TS;

/// Files of one message.
pub const PER_MESSAGE_MAX: usize = 10;
/// The setting of the workspace with the room of one person in bytes, where the configuration file says nothing.
pub const PERSON_BYTES_SETTING: &str = "files.person_bytes";
/// The same for all people together.
pub const WORKSPACE_BYTES_SETTING: &str = "files.workspace_bytes";
/// What the guests of one link bring together: a few photos or a handful of documents.
pub const GUESTS_BYTES_MAX: u64 = 50 << 20;
/// Uploads of one person that are not whole yet.
pub const OPEN_UPLOADS_MAX: i64 = 200;
/// How long an upload may take.
pub const UPLOAD_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);
/// How long a file may wait for being posted: drafts are kept for long.
pub const UNPOSTED_LIFE: Duration = Duration::from_secs(30 * 24 * 3600);
/// Characters of a name.
pub const NAME_MAX_CHARS: usize = 120;
/// Characters of a waveform, one per bar.
const PEAKS_MAX: usize = 128;
/// Longest film or sound whose length is shown.
const DURATION_MAX_MS: i64 = 7 * 24 * 3_600_000;
/// Longest side that is shown.
const SIDE_MAX_PX: i64 = 20_000;

/// What a caller can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Absent, or hidden from this person.
    #[error("there is no such file or upload for this person")]
    NotFound,
    /// A field or header that cannot be used.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer to the field, or the name of the header.
        pointer: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// More than one file may have.
    #[error("a file has at most {max_bytes} bytes")]
    TooBig {
        /// The limit.
        max_bytes: u64,
    },
    /// The room that this person, or the workspace, has for files is used up.
    #[error("the room for files is used up ({whose:?})")]
    Quota {
        /// Whose room.
        whose: Whose,
        /// How much of it there is.
        max_bytes: u64,
    },
    /// The bytes do not go on where the upload stands.
    #[error("the upload stands at {offset_bytes}")]
    Offset {
        /// What is on disk.
        offset_bytes: u64,
    },
    /// Another connection sends this upload right now.
    #[error("another connection sends this upload")]
    Locked,
    /// The scanner found something.
    #[error("the scanner refused the file")]
    Refused,
    /// The file is posted already, or is no longer one's own to take away.
    #[error("the file is posted already")]
    Posted,
    /// Not now; what has come is kept.
    #[error("the file is not ready yet")]
    NotYet,
    /// The connection broke; what has come is kept.
    #[error("the upload broke off")]
    BrokeOff,
    /// No room on the disk; what has come is kept.
    #[error("the disk is full")]
    DiskFull,
    /// Something outside does not work.
    #[error("could not {doing}")]
    Broken {
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Blobs.
    #[error(transparent)]
    Blobs(#[from] platform::blobs::Error),
    /// What places refused.
    #[error(transparent)]
    Spaces(#[from] spaces::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] platform::db::Error),
}

impl Error {
    /// A field that cannot be used.
    pub fn field(pointer: &'static str, detail: impl Into<String>) -> Self {
        Self::Field {
            pointer,
            detail: detail.into(),
        }
    }

    /// What the disk refused.
    pub fn io(doing: &'static str, source: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        match source.kind() {
            StorageFull | QuotaExceeded => Self::DiskFull,
            _ => Self::Broken { doing, source },
        }
    }
}

/// Whose room for files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Person,
    /// Everybody's together.
    Workspace,
    /// Of all who came by one guest link.
    Guests,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A picture with small versions.
    Picture,
    /// A film that browsers play.
    Video,
    /// Sound that browsers play.
    Sound,
    /// Spoken into the composer.
    Voice,
    /// A document that browsers show.
    Pdf,
    /// Anything else: for downloading only.
    File,
}

impl FileKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Video => "video",
            Self::Sound => "sound",
            Self::Voice => "voice",
            Self::Pdf => "pdf",
            Self::File => "file",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Picture,
            Self::Video,
            Self::Sound,
            Self::Voice,
            Self::Pdf,
            Self::File,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

/// What the sender says of a file. Only what nobody but their browser can know, and nothing that safety rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claims {
    /// Whether a container that may hold either is sound alone.
    pub is_sound: bool,
    /// Of a film.
    pub width: Option<i64>,
    /// Of a film.
    pub height: Option<i64>,
    /// Of film and sound.
    pub duration_ms: Option<i64>,
    /// One letter per bar of a voice note.
    pub peaks: Option<String>,
}

impl Claims {
    /// Takes one pair of the upload's metadata; what is out of bounds is left out, as if it had not been said.
    pub fn take(&mut self, name: &str, value: &str) {
        let number = |most: i64| value.parse().ok().filter(|n| (1..=most).contains(n));
        match name {
            "filetype" => self.is_sound = value.starts_with("audio/"),
            "width" => self.width = number(SIDE_MAX_PX),
            "height" => self.height = number(SIDE_MAX_PX),
            "duration_ms" => self.duration_ms = number(DURATION_MAX_MS),
            "peaks" => {
                let fits = !value.is_empty() && value.len() <= PEAKS_MAX;
                let is_word = fits && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
                self.peaks = is_word.then(|| value.to_owned());
            }
            _ => {}
        }
    }
}

/// What becomes of the name that a sender gave: the last part of a path, one line, nothing that turns it round or hides
/// its end.
pub fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let visible: String = last.chars().filter(|char| !hides(*char)).collect();
    let name = visible.trim_matches(|char: char| char.is_whitespace() || char == '.');
    let name = shorten(name);
    markup::clean_name(&name, NAME_MAX_CHARS).unwrap_or_else(|_| "file".to_owned())
}

/// Control characters, and those that change the order of others or have no width.
fn hides(char: char) -> bool {
    char.is_control()
        || matches!(u32::from(char),
            0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xfff9..=0xfffb | 0x61c | 0xe0000..=0xe007f)
}

/// Cuts the middle out of a name that is too long, so that its ending stays.
fn shorten(name: &str) -> String {
    let n_chars = name.chars().count();
    if n_chars <= NAME_MAX_CHARS {
        return name.to_owned();
    }
    const TAIL: usize = 20;
    let head: String = name.chars().take(NAME_MAX_CHARS - TAIL - 1).collect();
    let tail: String = name.chars().skip(n_chars - TAIL).collect();
    format!("{head}…{tail}")
}

/// What is known of a file when its bytes have been looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// How it is shown.
    pub kind: FileKind,
    /// By its content.
    pub media_type: &'static str,
    /// As it is shown, turned upright.
    pub size_px: Option<(u32, u32)>,
}

/// Refuses what no message can carry.
pub fn check_ids(ids: &[FileId]) -> Result<(), Error> {
    if ids.len() > PER_MESSAGE_MAX {
        return Err(Error::field("/file_ids", "a message carries at most 10 files"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_tricks_and_keep_their_ending() {
        let long = format!("{}.pdf", "x".repeat(300));
        for (sent, kept) in [
            ("holiday.jpg", "holiday.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\plan.docx", "plan.docx"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\0b\r\nc.txt", "abc.txt"),
            ("  .hidden. ", "hidden"),
            ("..", "file"),
            ("", "file"),
            ("\u{200b}\u{feff}", "file"),
            ("x\" ; filename=\"y.html", "x\" ; filename=\"y.html"),
            ("Übung 3 – Lösung.pdf", "Übung 3 – Lösung.pdf"),
        ] {
            assert_eq!(clean_name(sent), kept, "{sent:?}");
        }
        let short = clean_name(&long);
        assert!(
            short.ends_with(".pdf") && short.chars().count() == NAME_MAX_CHARS,
            "{short}"
        );
    }

    #[test]
    fn claims_out_of_bounds_were_not_made() {
        let mut claims = Claims::default();
        for (name, value) in [
            ("filetype", "audio/webm"),
            ("width", "99999999"),
            ("height", "-1"),
            ("duration_ms", "1500"),
            ("peaks", "<script>"),
            ("role", "owner"),
        ] {
            claims.take(name, value);
        }
        let expected = Claims {
            is_sound: true,
            duration_ms: Some(1500),
            ..Claims::default()
        };
        assert_eq!(claims, expected);
    }
}

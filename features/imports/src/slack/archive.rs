//! The archive: entries by name, within limits, checked before anything of them is used.
//!
//! Nothing is ever unpacked to the disk, so a name can lead nowhere; those that would are refused all the same, as no
//! honest archive has them. An entry is held in memory as a whole, and no entry is larger than [`ENTRY_MAX_BYTES`].

use crate::{Error, line::Place};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read, Write},
    path::Path,
};
use zip::ZipArchive;

/// Bytes of one file in the archive: a day of a channel with some 50,000 messages.
pub const ENTRY_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Files in an archive: 100 channels over twenty years.
const ENTRIES_MAX: usize = 1_000_000;
/// How much smaller than its content a file may be; JSON of a chat reaches 30.
const RATIO_MAX: u64 = 200;
/// Below this size a ratio says nothing.
const RATIO_FROM_BYTES: u64 = 1024 * 1024;

/// An open archive.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// The folder that holds everything, when somebody packed the archive again; ends with `/` or is empty.
    root: String,
    /// All entries inside the root, without it.
    names: Vec<String>,
    /// Files that people sent, by the ids that Slack gave them.
    files: HashMap<String, String>,
    n_bytes_read: u64,
}

impl Archive {
    /// Opens it and looks at the names of its entries.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|source| Error::read(Place::default(), source))?;
        let zip = ZipArchive::new(BufReader::new(file))
            .map_err(|err| Error::Archive(format!("it is no whole zip archive ({err})")))?;
        if zip.len() > ENTRIES_MAX {
            return Err(Error::Archive("it holds more than 1,000,000 files".to_owned()));
        }
        let all: Vec<String> = zip
            .file_names()
            .map(|name| name.map(String::from))
            .collect::<Result<_, _>>()
            .map_err(|err| Error::Archive(format!("a name in it cannot be read ({err})")))?;
        if let Some(name) = all.iter().find(|name| leads_outside(name)) {
            let shown: String = name.chars().take(80).flat_map(char::escape_default).collect();
            return Err(Error::Archive(format!(
                "it holds a file with the path \"{shown}\""
            )));
        }
        let people = ["users.json", "org_users.json"];
        let found = all.iter().filter(|name| people.contains(&base_name(name)));
        let Some(shortest) = found.min_by_key(|name| name.len()) else {
            return Err(Error::Archive(
                "it holds no users.json: this is no export of Slack".to_owned(),
            ));
        };
        let root = shortest[..shortest.len() - base_name(shortest).len()].to_owned();
        let mut names: Vec<String> = all
            .iter()
            .filter_map(|name| name.strip_prefix(&root))
            .filter(|name| !name.ends_with('/'))
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        let files = names
            .iter()
            .filter_map(|name| Some((file_id(name)?, name.clone())));
        Ok(Self {
            zip,
            root,
            files: files.collect(),
            names,
            n_bytes_read: 0,
        })
    }

    /// Whether there is such an entry.
    pub fn holds(&self, name: &str) -> bool {
        self.names
            .binary_search_by(|other| other.as_str().cmp(name))
            .is_ok()
    }

    /// The entries of a folder, in order: with names of days that is their order in time.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let from = self.names.partition_point(|name| name.as_str() < folder);
        let inside = self.names[from..]
            .iter()
            .take_while(|name| name.starts_with(folder));
        inside
            .filter(|name| name[folder.len()..].starts_with('/') && name.ends_with(".json"))
            // Deeper down lie the files that people sent.
            .filter(|name| !name[folder.len() + 1..].contains('/'))
            .cloned()
            .collect()
    }

    /// The entry with a file that somebody sent.
    pub fn file_of(&self, id: &str) -> Option<&str> {
        self.files.get(id).map(String::as_str)
    }

    /// The picture of an emoji.
    pub fn emoji_of(&self, name: &str) -> Option<String> {
        let folders = ["emoji", "emojis"].iter();
        let mut paths = folders.flat_map(|folder| {
            ["png", "gif", "jpg", "webp"].map(|ending| format!("{folder}/{name}.{ending}"))
        });
        paths.find(|path| self.holds(path))
    }

    /// Copies an entry, if it is there and no larger than that.
    pub fn copy_out(&mut self, name: &str, to: &mut dyn Write, max_bytes: u64) -> std::io::Result<bool> {
        let path = format!("{}{name}", self.root);
        let Ok(entry) = self.zip.by_name(&path) else {
            return Ok(false);
        };
        // What the archive says of its sizes may be a lie.
        let copied = std::io::copy(&mut entry.take(max_bytes + 1), to)?;
        Ok(copied <= max_bytes)
    }

    /// The whole content of an entry, compared with its checksum.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        let refuse = |reason: String| Error::refused(whole(name), reason);
        let path = format!("{}{name}", self.root);
        let entry = self
            .zip
            .by_name(&path)
            .map_err(|err| refuse(format!("cannot be read from the archive: {err}")))?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        if size > ENTRY_MAX_BYTES {
            return Err(refuse("is larger than 64 MiB".to_owned()));
        }
        if size > RATIO_FROM_BYTES && size / packed.max(1) > RATIO_MAX {
            return Err(refuse(
                "is packed more than two hundred times: no chat is".to_owned(),
            ));
        }
        let mut text = Vec::new();
        // What the archive says of its sizes may be a lie.
        entry
            .take(ENTRY_MAX_BYTES + 1)
            .read_to_end(&mut text)
            .map_err(|err| refuse(format!("is damaged: {err}")))?;
        if text.len() as u64 > ENTRY_MAX_BYTES {
            return Err(refuse("is larger than 64 MiB".to_owned()));
        }
        self.n_bytes_read += packed;
        Ok(text)
    }

    /// Bytes of the archive that were read until now.
    pub fn n_bytes_read(&self) -> u64 {
        self.n_bytes_read
    }
}

/// `__uploads/F012AB/plan.pdf` and `attachments/F012AB-plan.pdf`, below anything.
fn file_id(name: &str) -> Option<String> {
    let is_id = |part: &&str| {
        part.len() > 1
            && part.starts_with('F')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    let (folders, own) = name.rsplit_once('/')?;
    let folder = folders.rsplit('/').next().filter(is_id);
    let begin = own.split_once('-').map(|(begin, _)| begin).filter(is_id);
    folder.or(begin).map(str::to_owned)
}

/// A file as a whole.
fn whole(name: &str) -> Place {
    Place {
        file: Some(name.into()),
        line: 0,
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn leads_outside(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', '\0'])
        || name.split('/').any(|part| part == "..")
        || name.as_bytes().get(1) == Some(&b':')
}

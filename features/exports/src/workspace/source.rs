//! Where an import comes from: an archive or a folder. Names inside are ours and are checked before they are used.

use super::{
    Result, WorkspaceError,
    manifest::{self, Manifest},
};
use platform::blobs::BlobHash;
use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
};
use zip::ZipArchive;

pub enum Source {
    Zip(Box<ZipArchive<BufReader<File>>>),
    Folder(PathBuf),
}

impl Source {
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        let file = File::open(path).map_err(WorkspaceError::file(format!("open \"{}\"", path.display())))?;
        match ZipArchive::new(BufReader::new(file)) {
            Ok(zip) => Ok(Self::Zip(Box::new(zip))),
            Err(err) => Err(WorkspaceError::Refused(format!(
                "\"{}\" is no whole archive: it was cut, or its export did not come to its end ({err})",
                path.display()
            ))),
        }
    }

    /// Reads the manifest; without it this is no export, or one that was cut.
    pub fn manifest(&mut self) -> Result<Manifest> {
        let mut text = Vec::new();
        let cut = "it has no manifest.json: it is no export, or one that did not come to its end";
        let mut file = self
            .file(manifest::NAME)
            .map_err(|_| WorkspaceError::Refused(cut.to_owned()))?;
        file.by_ref()
            .take(manifest::MAX_BYTES)
            .read_to_end(&mut text)
            .map_err(WorkspaceError::file("read manifest.json"))?;
        serde_json::from_slice(&text)
            .map_err(|err| WorkspaceError::Refused(format!("the export is damaged: manifest.json: {err}")))
    }

    /// A file inside, to be read through. Its end is checked by whoever knows how long it is.
    pub fn file(&mut self, name: &str) -> Result<Box<dyn Read + '_>> {
        let damaged =
            |err: String| WorkspaceError::Refused(format!("the export is damaged: \"{name}\": {err}"));
        match self {
            Self::Zip(zip) => {
                let entry = zip.by_name(name).map_err(|err| damaged(err.to_string()))?;
                Ok(Box::new(BufReader::with_capacity(256 * 1024, entry)))
            }
            Self::Folder(root) => {
                let file = File::open(root.join(name)).map_err(|err| damaged(err.to_string()))?;
                Ok(Box::new(BufReader::with_capacity(256 * 1024, file)))
            }
        }
    }

    /// The names of the blobs inside, in order.
    pub fn blobs(&self) -> Result<Vec<BlobHash>> {
        let found: Vec<String> = match self {
            Self::Zip(zip) => zip
                .file_names()
                .map(|name| name.map(String::from))
                .collect::<std::result::Result<_, _>>()
                .map_err(WorkspaceError::zip("read the names in the archive"))?,
            Self::Folder(root) => {
                list_blobs(&root.join("blobs")).map_err(WorkspaceError::file("list the blobs"))?
            }
        };
        let mut names = Vec::new();
        for path in found
            .iter()
            .filter(|path| path.starts_with("blobs/") && !path.ends_with('/'))
        {
            let name = path["blobs/".len()..].replacen('/', "", 1);
            let name = name.parse().map_err(|_| {
                WorkspaceError::Refused(format!("the export is damaged: \"{path}\" is no blob"))
            })?;
            names.push(name);
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// The path of a blob inside.
pub fn blob_path(name: BlobHash) -> String {
    let hex = name.to_string();
    format!("blobs/{}/{}", &hex[..2], &hex[2..])
}

fn list_blobs(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for outer in fs::read_dir(folder)? {
        let outer = outer?;
        for inner in fs::read_dir(outer.path())? {
            let (outer, inner) = (outer.file_name(), inner?.file_name());
            found.push(format!(
                "blobs/{}/{}",
                outer.to_string_lossy(),
                inner.to_string_lossy()
            ));
        }
    }
    Ok(found)
}

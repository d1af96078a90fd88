//! Where an export goes: one zip archive, or a folder. Either is under another name until it is whole.

use super::{Result, WorkspaceError};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Quick rather than small.
const LEVEL: i64 = 1;
const BUFFER_BYTES: usize = 1024 * 1024;

pub enum Target {
    Zip {
        zip: Box<ZipWriter<BufWriter<File>>>,
        part: PathBuf,
        path: PathBuf,
    },
    Folder {
        root: PathBuf,
        file: Option<BufWriter<File>>,
    },
}

impl Target {
    /// A path that ends in `.zip` becomes an archive; every other one is a folder, new or empty.
    pub fn open(path: &Path) -> Result<Self> {
        if path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        {
            return Self::open_zip(path);
        }
        let cannot = || WorkspaceError::file(format!("use the folder \"{}\"", path.display()));
        fs::create_dir_all(path).map_err(cannot())?;
        if fs::read_dir(path).map_err(cannot())?.next().is_some() {
            let why = format!(
                "the folder \"{}\" is not empty: an export needs one of its own",
                path.display()
            );
            return Err(WorkspaceError::Refused(why));
        }
        close_to_others(path, 0o700)?;
        Ok(Self::Folder {
            root: path.to_owned(),
            file: None,
        })
    }

    fn open_zip(path: &Path) -> Result<Self> {
        if path.exists() {
            let why = format!("\"{}\" is there already", path.display());
            return Err(WorkspaceError::Refused(why));
        }
        let part = path.with_extension("zip.part");
        let file = File::create_new(&part).map_err(WorkspaceError::file(format!(
            "write \"{}\"; if no other export is writing it, one broke off: remove it",
            part.display()
        )))?;
        close_to_others(&part, 0o600)?;
        Ok(Self::Zip {
            zip: Box::new(ZipWriter::new(BufWriter::with_capacity(BUFFER_BYTES, file))),
            part,
            path: path.to_owned(),
        })
    }

    /// Begins a file inside; the one before it is done. What is packed already is not packed again.
    pub fn begin(&mut self, name: &str, is_packed: bool) -> Result<()> {
        self.end()?;
        match self {
            Self::Zip { zip, .. } => {
                let options = SimpleFileOptions::default()
                    .large_file(true)
                    .unix_permissions(0o600);
                let options = if is_packed {
                    options.compression_method(CompressionMethod::Stored)
                } else {
                    options
                        .compression_method(CompressionMethod::Deflated)
                        .compression_level(Some(LEVEL))
                };
                zip.start_file(name, options)
                    .map_err(WorkspaceError::zip(format!("begin \"{name}\"")))
            }
            Self::Folder { root, file } => {
                let path = root.join(name);
                let cannot = || WorkspaceError::file(format!("write \"{}\"", path.display()));
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(cannot())?;
                }
                *file = Some(BufWriter::with_capacity(
                    BUFFER_BYTES,
                    File::create(&path).map_err(cannot())?,
                ));
                Ok(())
            }
        }
    }

    /// More of the file that was begun.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let written = match self {
            Self::Zip { zip, .. } => zip.write_all(bytes),
            Self::Folder { file: Some(file), .. } => file.write_all(bytes),
            Self::Folder { file: None, .. } => Ok(()),
        };
        written.map_err(WorkspaceError::file("write the export"))
    }

    fn end(&mut self) -> Result<()> {
        let Self::Folder { file, .. } = self else {
            return Ok(());
        };
        let Some(file) = file.take() else { return Ok(()) };
        file.into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .map_err(WorkspaceError::file("flush the export"))
    }

    /// Takes a half archive away; what is left in a folder has no manifest and is seen to be half.
    pub fn forget(self) {
        if let Self::Zip { part, .. } = self {
            // The reason why it is half is told anyway.
            let _ = fs::remove_file(part);
        }
    }

    /// Makes it durable under its own name.
    pub fn finish(mut self) -> Result<()> {
        self.end()?;
        let Self::Zip { zip, part, path } = self else {
            return Ok(());
        };
        let buffer = zip.finish().map_err(WorkspaceError::zip("end the archive"))?;
        buffer
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&part, &path))
            .map_err(WorkspaceError::file(format!(
                "put \"{}\" in place",
                path.display()
            )))
    }
}

/// It holds everything that everybody wrote.
fn close_to_others(path: &Path, mode: u32) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(WorkspaceError::file(
            format!("close \"{}\" to others", path.display()),
        ))?;
    }
    Ok(())
}

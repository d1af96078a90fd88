//! The files of the repository as plain texts in memory, and what a rule has to say about them.
//!
//! A rule is a function from `&Tree` to complaints, so each can be tried on two lines of text. Only files that git
//! would take are here (tracked, or new and not ignored), and only those that are UTF-8 texts.

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

pub struct File {
    /// From the root of the repository, with `/`.
    pub path: String,
    pub text: String,
}

pub struct Tree {
    /// In order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    pub fn read(root: &Path) -> Result<Tree> {
        let listing = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("asking git for the list of files")?;
        ensure!(
            listing.status.success(),
            "git ls-files failed; tidy works in a git checkout only: {}",
            String::from_utf8_lossy(&listing.stderr).trim()
        );
        let mut paths: Vec<String> = String::from_utf8_lossy(&listing.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        paths.sort();
        paths.dedup();
        let files = paths.into_iter().filter_map(|path| {
            // Deleted but not yet staged, a link to nowhere, or not a text: nothing to judge.
            let text = std::fs::read_to_string(root.join(&path)).ok()?;
            Some(File { path, text })
        });
        Ok(Tree {
            files: files.collect(),
        })
    }

    pub fn find(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub fn rust_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.has_extension(&["rs"]))
    }
}

impl File {
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The path up to the last `/`, without it; empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        self.name()
            .rsplit_once('.')
            .is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Holds tests or helpers of tests as a whole (the foot of an ordinary file is told by `rust_text`).
    pub fn is_test(&self) -> bool {
        const ENDINGS: [&str; 6] = [
            "/tests.rs",
            "/testing.rs",
            ".test.ts",
            ".test.tsx",
            ".test.mjs",
            ".spec.mjs",
        ];
        ENDINGS.iter().any(|ending| self.path.ends_with(ending))
            || self.path.contains("/tests/")
            || self.path.contains("/testing/")
            || self.path.contains("/simulation/")
    }

    pub fn is_generated(&self) -> bool {
        let head = self.text.get(..self.text.len().min(200)).unwrap_or("");
        head.contains("@generated") || crate::generated::PATHS.contains(&self.path.as_str())
    }
}

/// One thing that is not as the house wants it. `what` says what is wrong and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Complaint {
    pub path: String,
    /// Counted from 1; 0 when it is about the file as a whole.
    pub line: usize,
    pub what: String,
}

impl Complaint {
    pub fn at(path: &str, line: usize, what: impl Into<String>) -> Complaint {
        Complaint {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}\n    {}", self.path, self.what),
            line => write!(f, "{}:{line}\n    {}", self.path, self.what),
        }
    }
}

#[cfg(test)]
impl Tree {
    /// A tree of the given paths and texts, for trying a rule.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, text)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        });
        Tree {
            files: files.collect(),
        }
    }
}

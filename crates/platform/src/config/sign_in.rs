//! How people come in.

use super::{describe::Lines, reader::Reader};
use std::path::PathBuf;

/// How people come in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInConfig {
    /// Whether passwords are taken.
    pub password: bool,
    /// The key that seals secrets of second steps; `None`: `sign-in.key` in the data folder.
    pub key_file: Option<PathBuf>,
}

pub(super) fn read(reader: &mut Reader) -> SignInConfig {
    SignInConfig {
        password: true,
        key_file: reader.folder("signin.key_file"),
    }
}

pub(super) fn describe(sign_in: &SignInConfig, lines: &mut Lines) {
    match &sign_in.key_file {
        Some(file) => lines.text("signin.key_file", file.display()),
        None => lines.unset("signin.key_file", "sign-in.key in the data folder"),
    }
}

//! Emoji that the workspace drew: `emoji.json`, as Slack's method `emoji.list` answers, with the pictures in a folder of
//! the archive or at their addresses.

use super::archive::Archive;
use crate::{Error, line::Place, shelf::FileAt};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "emoji.json";
/// Names that stand for other names, one after the other.
const HOPS_MAX: usize = 8;

/// The whole answer, or what is inside of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Answer { emoji: BTreeMap<String, String> },
    Inside(BTreeMap<String, String>),
}

/// Names and where their pictures may be had; a second name of one that everybody has needs none.
pub fn list(archive: &mut Archive) -> Result<Vec<(String, FileAt)>, Error> {
    if !archive.holds(FILE) {
        return Ok(Vec::new());
    }
    let text = archive.read(FILE)?;
    let shape = serde_json::from_slice(&text).map_err(|err| {
        let place = Place {
            file: Some(FILE.into()),
            line: err.line() as u64,
        };
        Error::refused(place, "is no list of names and addresses")
    })?;
    let (Shape::Answer { emoji } | Shape::Inside(emoji)) = shape;
    let found = emoji.keys().filter_map(|name| {
        let (origin, target) = follow(&emoji, name)?;
        let inside = [name.as_str(), origin]
            .into_iter()
            .find_map(|name| archive.emoji_of(name));
        let at = match inside {
            Some(entry) => FileAt::Inside(entry),
            None => FileAt::Address {
                url: target.to_owned(),
                is_page: false,
            },
        };
        Some((name.clone(), at))
    });
    Ok(found.collect())
}

/// The name and the address that a name stands for in the end.
fn follow<'a>(emoji: &'a BTreeMap<String, String>, name: &'a str) -> Option<(&'a str, &'a str)> {
    let mut name = name;
    for _ in 0..HOPS_MAX {
        let target = emoji.get(name)?;
        match target.strip_prefix("alias:") {
            Some(other) => name = other,
            None => return Some((name, target)),
        }
    }
    None
}

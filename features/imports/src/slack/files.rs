//! The files that messages name. An export of Slack holds only where they lie; tools that complete an archive put them into
//! it under their ids. What cannot be had is a line with name and link.

use super::{archive::Archive, shapes::File, text};
use crate::shelf::{FileAt, FileField};

/// The files of a message, each with the place where it may be had.
pub fn fields(files: &[File], archive: &Archive) -> Vec<FileField> {
    files.iter().map(|file| field(file, archive)).collect()
}

fn field(file: &File, archive: &Archive) -> FileField {
    let inside = file.id.as_deref().and_then(|id| archive.file_of(id));
    let addresses = [&file.url_private_download, &file.url_private];
    let address = addresses
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("https://") || url.starts_with("http://"));
    let at = match (inside, address) {
        (Some(name), _) => Some(FileAt::Inside(name.to_owned())),
        (None, Some(url)) => Some(FileAt::Address {
            url: url.clone(),
            is_page: file.mimetype.as_deref() == Some("text/html"),
        }),
        (None, None) => None,
    };
    let called = file.name.as_deref().or(file.title.as_deref());
    FileField {
        name: called.unwrap_or("file").to_owned(),
        note: as_line(file),
        at,
    }
}

/// The permalink asks its reader to sign in at Slack; the other addresses of the export carry a key to the file and stay
/// out of our rows.
fn as_line(file: &File) -> String {
    let named = [&file.title, &file.name];
    let mut names = named.into_iter().flatten().filter(|name| !name.trim().is_empty());
    let name = names.next().map_or("file", String::as_str);
    match &file.permalink {
        Some(link) if link.starts_with("https://") => text::link(name, link),
        _ => text::escape(name),
    }
}

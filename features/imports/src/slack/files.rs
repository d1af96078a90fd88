//! The seam for files. An export of Slack holds no files, only where they lie, so each is a line with its name and a link;
//! fetching them would be done here.

use super::{shapes::File, text};

/// One line per file. The permalink asks its reader to sign in at Slack; the other addresses of the export carry a key to
/// the file and stay out of our rows.
pub fn as_lines(files: &[File]) -> Vec<String> {
    files.iter().map(as_line).collect()
}

fn as_line(file: &File) -> String {
    let named = [&file.title, &file.name];
    let mut names = named.into_iter().flatten().filter(|name| !name.trim().is_empty());
    let name = names.next().map_or("file", String::as_str);
    match &file.permalink {
        Some(link) if link.starts_with("https://") => text::link(name, link),
        _ => text::escape(name),
    }
}

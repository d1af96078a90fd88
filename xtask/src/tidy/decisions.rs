//! The documents at the front door, and the pages of docs/decisions: numbered, and in the form of its README.

use super::numbered;
use crate::tree::{Complaint, File, Tree};

const FRONT: [&str; 5] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONVENTIONS.md",
    "CHANGELOG.md",
    "LICENSE",
];
const PAGES: &str = "docs/decisions";
const HEADINGS: [&str; 3] = ["## Context", "## Decision", "## Consequences"];

pub fn the_front_documents_are_there(tree: &Tree) -> Vec<Complaint> {
    let missing = FRONT.iter().filter(|path| tree.find(path).is_none());
    missing
        .map(|path| Complaint::at(path, 0, "is missing; a newcomer looks for it first."))
        .collect()
}

pub fn pages_are_numbered_and_whole(tree: &Tree) -> Vec<Complaint> {
    let pages = tree
        .files
        .iter()
        .filter(|file| file.folder() == PAGES && file.name() != "README.md");
    let mut complaints = Vec::new();
    for (expected, page) in (1..).zip(pages) {
        complaints.extend(judge_number(page, expected));
        complaints.extend(judge_headings(page));
    }
    complaints
}

fn judge_number(page: &File, expected: usize) -> Option<Complaint> {
    let wanted = format!("{expected:04}-");
    let is_named_well = page.name().starts_with(&wanted) && page.has_extension(&["md"]);
    (!is_named_well).then(|| {
        let what = format!(
            "pages are numbered without gaps or doubles: this should be `{wanted}what-was-decided.md`."
        );
        Complaint::at(&page.path, 0, what)
    })
}

fn judge_headings(page: &File) -> Option<Complaint> {
    let has = |heading: &str| numbered(&page.text).any(|(_, line)| line.trim_end() == heading);
    let missing: Vec<&str> = HEADINGS.into_iter().filter(|heading| !has(heading)).collect();
    (!missing.is_empty()).then(|| {
        let what = format!(
            "misses `{}`; the form stands in {PAGES}/README.md.",
            missing.join("`, `")
        );
        Complaint::at(&page.path, 0, what)
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const PAGE: &str = "# 0001 · Lanes\n\n## Context\na\n## Decision\nb\n## Consequences\nc\n";

    #[test]
    fn pages_are_numbered_from_one_without_gaps() {
        check(
            pages_are_numbered_and_whole,
            &[
                ("docs/decisions/0001-lanes.md", PAGE),
                ("docs/decisions/0002-ids.md", PAGE),
                ("docs/decisions/README.md", ""),
            ],
            &[],
        );
        check(
            pages_are_numbered_and_whole,
            &[
                ("docs/decisions/0001-lanes.md", PAGE),
                ("docs/decisions/0003-ids.md", PAGE),
            ],
            &["docs/decisions/0003-ids.md:0"],
        );
    }

    #[test]
    fn a_page_has_its_headings() {
        let files = [("docs/decisions/0001-lanes.md", "# 0001 · Lanes\n## Context\n")];
        check(
            pages_are_numbered_and_whole,
            &files,
            &["docs/decisions/0001-lanes.md:0"],
        );
    }

    #[test]
    fn the_front_door_is_complete() {
        let all = FRONT.map(|path| (path, "text"));
        check(the_front_documents_are_there, &all, &[]);
        check(the_front_documents_are_there, &all[1..], &["README.md:0"]);
    }
}

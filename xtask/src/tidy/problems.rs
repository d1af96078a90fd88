//! Every problem that a client can be answered with is explained in docs/problems.md.

use super::numbered;
use crate::rust_text::shipped;
use crate::tree::{Complaint, Tree};

const PAGE: &str = "docs/problems.md";

/// What stands before the slug of a problem in the code. A new way to make a problem is added here.
const OPENINGS: [&str; 5] = [
    "problem!(\"",
    "Problem::new(\"",
    "ProblemType::new(\"",
    "slug: \"",
    "\"/problems/",
];

pub fn are_documented(tree: &Tree) -> Vec<Complaint> {
    let page = tree.find(PAGE).map_or("", |file| file.text.as_str());
    let mut complaints = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    let sources = tree
        .rust_files()
        .filter(|file| !file.is_test() && !file.path.starts_with("xtask/"));
    for file in sources {
        for (number, line) in numbered(shipped(&file.text)) {
            for slug in slugs(line) {
                if !named.contains(&slug) && !is_explained(page, slug) {
                    named.push(slug);
                    let what = format!(
                        "the problem `{slug}` is not in {PAGE}. Say there what it means and what to do."
                    );
                    complaints.push(Complaint::at(&file.path, number, what));
                }
            }
        }
    }
    complaints
}

fn slugs(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for opening in OPENINGS {
        for (start, _) in line.match_indices(opening) {
            let rest = &line[start + opening.len()..];
            let end = rest.find(|c: char| !is_slug(c)).unwrap_or(rest.len());
            if end > 0 && rest[end..].starts_with('"') {
                found.push(&rest[..end]);
            }
        }
    }
    found
}

/// The slug stands in the page as a word of its own.
fn is_explained(page: &str, slug: &str) -> bool {
    page.match_indices(slug).any(|(start, _)| {
        let after = &page[start + slug.len()..];
        !page[..start].ends_with(is_slug) && !after.starts_with(is_slug)
    })
}

fn is_slug(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const CODE: &str = "//! Problems.\nlet a = Problem::new(\"not-found\");\nlet b = \"/problems/busy\";";

    #[test]
    fn an_undocumented_problem_is_named_once() {
        let page = (
            "docs/problems.md",
            "## `/problems/not-found`\n## not-found-at-all busy-bee",
        );
        check(
            are_documented,
            &[page, ("a.rs", CODE), ("b.rs", CODE)],
            &["a.rs:3"],
        );
    }

    #[test]
    fn documented_problems_pass() {
        let page = ("docs/problems.md", "## `/problems/not-found`\n| busy | wait |");
        check(
            are_documented,
            &[page, ("a.rs", CODE), ("c.rs", "format!(\"/problems/{slug}\")")],
            &[],
        );
    }
}

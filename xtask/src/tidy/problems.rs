//! Every problem that a client can be answered with is explained in docs/problems.md.

use crate::rust_text::shipped;
use crate::tree::{Complaint, Tree};

const PAGE: &str = "docs/problems.md";

/// What stands before the slug of a problem in the code. A new way to make a problem is added here.
const OPENINGS: [&str; 4] = ["ProblemType::new(", "Problem::new(", "problem!(", "slug:"];

pub fn are_documented(tree: &Tree) -> Vec<Complaint> {
    let page = tree.find(PAGE).map_or("", |file| file.text.as_str());
    let mut complaints = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    let sources = tree
        .rust_files()
        .filter(|file| !file.is_test() && !file.path.starts_with("xtask/"));
    for file in sources {
        for (line, slug) in slugs(shipped(&file.text)) {
            if !named.contains(&slug) && !is_explained(page, slug) {
                named.push(slug);
                let what =
                    format!("the problem `{slug}` is not in {PAGE}. Say there what it means and what to do.");
                complaints.push(Complaint::at(&file.path, line, what));
            }
        }
    }
    complaints
}

/// Slugs with their lines: string literals behind an opening (on the next line, too), and literals `"/problems/…"`.
fn slugs(text: &str) -> Vec<(usize, &str)> {
    let behind_openings = OPENINGS.iter().flat_map(|opening| {
        text.match_indices(opening)
            .filter_map(|(start, _)| text[start + opening.len()..].trim_start().strip_prefix('"'))
    });
    let paths = text
        .match_indices("\"/problems/")
        .map(|(start, opening)| &text[start + opening.len()..]);
    let mut found: Vec<(usize, &str)> = behind_openings
        .chain(paths)
        .filter_map(|rest| {
            let (slug, _) = rest
                .split_once('"')
                .filter(|(slug, _)| !slug.is_empty() && slug.chars().all(is_slug))?;
            let line = text[..text.len() - rest.len()].matches('\n').count() + 1;
            Some((line, slug))
        })
        .collect();
    found.sort_unstable();
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

    const CODE: &str =
        "//! Problems.\nlet a = ProblemType::new(\n    \"not-found\", 404);\nlet b = \"/problems/busy\";";

    #[test]
    fn an_undocumented_problem_is_named_once() {
        let page = (
            "docs/problems.md",
            "## `/problems/not-found`\n## not-found-at-all busy-bee",
        );
        check(
            are_documented,
            &[page, ("a.rs", CODE), ("b.rs", CODE)],
            &["a.rs:4"],
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

//! A file tells one story: past 800 lines it tells several. (The length of functions is clippy's to judge.)

use crate::tree::{Complaint, File, Tree};

/// CONVENTIONS.md, "The feel".
const MOST_LINES: usize = 800;
const MOST_LINES_OF_TESTS: usize = 1_200;

pub fn stay_readable(tree: &Tree) -> Vec<Complaint> {
    let sources = tree
        .files
        .iter()
        .filter(|file| is_source(file) && !file.is_generated());
    sources.filter_map(judge).collect()
}

fn judge(file: &File) -> Option<Complaint> {
    let most = if file.is_test() {
        MOST_LINES_OF_TESTS
    } else {
        MOST_LINES
    };
    let n_lines = file.text.lines().count();
    (n_lines > most).then(|| {
        let what = format!(
            "has {n_lines} lines; {most} are the most. Look for the seam and make two stories of it."
        );
        Complaint::at(&file.path, 0, what)
    })
}

fn is_source(file: &File) -> bool {
    file.path == "x" || file.has_extension(&["rs", "ts", "tsx", "js", "mjs", "css", "sh"])
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn files_have_a_largest_size() {
        let (fits, too_long) = ("x\n".repeat(800), "x\n".repeat(801));
        check(stay_readable, &[("a.rs", &fits), ("b.md", &too_long)], &[]);
        check(
            stay_readable,
            &[("a.rs", &too_long), ("web/a.tsx", &too_long)],
            &["a.rs:0", "web/a.tsx:0"],
        );
    }

    #[test]
    fn tests_may_be_longer_and_generated_files_as_long_as_they_are() {
        let (long, too_long) = ("x\n".repeat(1_200), "x\n".repeat(1_201));
        check(
            stay_readable,
            &[("f/src/tests.rs", &long), ("web/src/api/generated.ts", &too_long)],
            &[],
        );
        check(
            stay_readable,
            &[("s/tests/it/main.rs", &too_long)],
            &["s/tests/it/main.rs:0"],
        );
    }
}

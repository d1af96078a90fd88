//! Words that no file of the repository should hold: places on somebody's machine, and signs of unfinished work.
//!
//! The words are put together from halves here, so that this file passes its own rule.

use super::numbered;
use crate::tree::{Complaint, File, Tree};

struct Forbidden {
    word: &'static str,
    why: &'static str,
    applies_to: fn(&File) -> bool,
    /// Whether this line, which holds the word, is fine after all.
    is_fine: fn(line: &str, at: usize) -> bool,
}

const PLACE: &str = "is a place on one machine. Use a path inside the repository, or ask the environment.";
const HOST: &str = "names a registry's host. The client of the registry knows it; a file should not.";

const FORBIDDEN: [Forbidden; 14] = [
    Forbidden {
        word: concat!("/wo", "rk/"),
        why: PLACE,
        applies_to: any,
        is_fine: is_inside_a_path,
    },
    Forbidden {
        word: concat!("/ro", "ot/"),
        why: PLACE,
        applies_to: any,
        is_fine: is_inside_a_path,
    },
    host(concat!("registry.np", "mjs.org")),
    host(concat!("registry.yarn", "pkg.com")),
    host(concat!("static.cra", "tes.io")),
    host(concat!("index.cra", "tes.io")),
    host(concat!("files.python", "hosted.org")),
    host(concat!("deb.deb", "ian.org")),
    host(concat!("proxy.gol", "ang.org")),
    Forbidden {
        word: concat!("TO", "DO"),
        why: NO_ISSUE,
        applies_to: is_code,
        is_fine: names_an_issue,
    },
    Forbidden {
        word: concat!("FIX", "ME"),
        why: NO_ISSUE,
        applies_to: is_code,
        is_fine: names_an_issue,
    },
    Forbidden {
        word: concat!("#[ign", "ore"),
        why: "is a test that nobody runs. Repair it or delete it.",
        applies_to: is_rust,
        is_fine: never,
    },
    Forbidden {
        word: concat!("should_", "panic"),
        why: "hides what failed. Return a Result and assert on the error.",
        applies_to: is_rust,
        is_fine: never,
    },
    Forbidden {
        word: concat!("test.on", "ly("),
        why: "leaves all other tests out.",
        applies_to: is_code,
        is_fine: never,
    },
];

const NO_ISSUE: &str = "names no issue. Write it as `(#12)` behind the word, or do it now.";

pub fn none_is_forbidden(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in &tree.files {
        for forbidden in FORBIDDEN.iter().filter(|forbidden| (forbidden.applies_to)(file)) {
            for (number, line) in numbered(&file.text) {
                let Some(at) = line.find(forbidden.word) else {
                    continue;
                };
                if !(forbidden.is_fine)(line, at) {
                    let what = format!("`{}` {}", forbidden.word, forbidden.why);
                    complaints.push(Complaint::at(&file.path, number, what));
                }
            }
        }
    }
    complaints
}

const fn host(word: &'static str) -> Forbidden {
    Forbidden {
        word,
        why: HOST,
        applies_to: is_no_lock,
        is_fine: never,
    }
}

fn any(_: &File) -> bool {
    true
}

/// Lock files are written by the clients themselves, and name the public registries.
fn is_no_lock(file: &File) -> bool {
    !matches!(file.name(), "Cargo.lock" | "package-lock.json")
}

fn is_rust(file: &File) -> bool {
    file.has_extension(&["rs"])
}

fn is_code(file: &File) -> bool {
    file.path == "x" || file.has_extension(&["rs", "ts", "tsx", "mjs", "css", "sh", "sql"])
}

fn never(_: &str, _: usize) -> bool {
    false
}

/// Part of a longer path or of an address, so it does not begin at the root of a machine.
fn is_inside_a_path(line: &str, at: usize) -> bool {
    line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '}'))
}

fn names_an_issue(line: &str, at: usize) -> bool {
    let word = line[at..].trim_start_matches(|c: char| c.is_ascii_uppercase());
    let inside_a_word = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
        || word.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    inside_a_word || word.starts_with("(#")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn places_on_a_machine_are_refused() {
        let path = concat!("cd /wo", "rk/main\n");
        check(none_is_forbidden, &[("README.md", path)], &["README.md:1"]);
        let fine = concat!("docs/wo", "rk/main and https://example.org/ro", "ot/x");
        check(none_is_forbidden, &[("README.md", fine)], &[]);
    }

    #[test]
    fn hosts_of_registries_are_refused_outside_lock_files() {
        let host = concat!("a\nhttps://registry.np", "mjs.org/x");
        check(none_is_forbidden, &[("web/.npmrc", host)], &["web/.npmrc:2"]);
        check(none_is_forbidden, &[("web/package-lock.json", host)], &[]);
    }

    #[test]
    fn unfinished_work_names_its_issue() {
        check(
            none_is_forbidden,
            &[("a.rs", concat!("// TO", "DO: later"))],
            &["a.rs:1"],
        );
        check(
            none_is_forbidden,
            &[
                ("a.rs", concat!("// TO", "DO(#12): later")),
                ("a.md", concat!("TO", "DO")),
            ],
            &[],
        );
    }

    #[test]
    fn tests_are_run() {
        let ignored = concat!("#[test]\n#[ign", "ore]\nfn a() {}");
        check(none_is_forbidden, &[("a.rs", ignored)], &["a.rs:2"]);
        check(none_is_forbidden, &[("a.rs", "#[test]\nfn a() {}")], &[]);
    }
}

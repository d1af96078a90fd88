//! Migrations are append-only: named `NNNN_what_it_does.sql`, numbered without gaps in each folder, and never changed
//! once they stand in xtask/migrations.lock, because somebody's database has run them.
//!
//! Where the two databases need different texts, the pair `NNNN_name.sqlite.sql` and `NNNN_name.postgres.sql` stands
//! for one migration.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use super::numbered;
use crate::tree::{Complaint, File, Tree};

const LOCK: &str = "xtask/migrations.lock";
const LOCK_HEAD: &str = "\
# One line per migration that somebody may have run: its checksum and its path. Written by `cargo xtask lock`.
# A line is taken out by hand only while no released version has run the migration.
";

pub fn are_named_and_numbered(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut pairs: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for file in migrations(tree) {
        let Some((number, name)) = parse_name(file.name()) else {
            let what = "migrations are named `NNNN_what_it_does.sql`, in small letters, digits and `_`.";
            complaints.push(Complaint::at(&file.path, 0, what));
            continue;
        };
        let (name, dialect) = name.split_once('.').unwrap_or((name, ""));
        let dialects = pairs
            .entry((file.folder(), &file.name()[..5 + name.len()]))
            .or_default();
        dialects.push(dialect);
        if dialects.len() > 1 {
            continue;
        }
        let last = numbers.entry(file.folder()).or_default();
        if number != *last + 1 {
            let what = format!(
                "has the number {number:04}, but {:04} comes next in this folder.",
                *last + 1
            );
            complaints.push(Complaint::at(&file.path, 0, what));
        }
        *last = number;
    }
    for ((folder, stem), dialects) in pairs {
        if dialects != [""] && dialects != ["postgres", "sqlite"] {
            let what = "needs one text for both databases, or one `.sqlite.sql` and one `.postgres.sql`.";
            complaints.push(Complaint::at(&format!("{folder}/{stem}"), 0, what));
        }
    }
    complaints
}

pub fn never_change(tree: &Tree) -> Vec<Complaint> {
    let locked = read_lock(tree);
    let mut complaints = Vec::new();
    for file in migrations(tree) {
        match locked.iter().find(|(_, path, _)| *path == file.path) {
            None => {
                let what = "is not in the lock yet. When it is final, run `cargo xtask lock`.";
                complaints.push(Complaint::at(&file.path, 0, what));
            }
            Some((sum, _, _)) if *sum != checksum(&file.text) => {
                let what = format!(
                    "has changed, but databases have run it as it was. Put it back and write a new migration. \
                     (Only if no release has run it: delete its line from {LOCK} and run `cargo xtask lock`.)"
                );
                complaints.push(Complaint::at(&file.path, 0, what));
            }
            Some(_) => {}
        }
    }
    for (_, path, line) in &locked {
        if tree.find(path).is_none() {
            let what = format!("`{path}` is gone, but databases have run it. Put it back.");
            complaints.push(Complaint::at(LOCK, *line, what));
        }
    }
    complaints
}

/// Adds what is new to the lock; refuses while a locked migration differs.
pub fn lock(root: &Path) -> Result<ExitCode> {
    let tree = Tree::read(root)?;
    let locked = read_lock(&tree);
    let is_new = |file: &&File| !locked.iter().any(|(_, path, _)| *path == file.path);
    let new: Vec<&File> = migrations(&tree).filter(is_new).collect();
    let mut others = never_change(&tree);
    others.retain(|complaint| !new.iter().any(|file| file.path == complaint.path));
    if let Some(complaint) = others.first() {
        bail!("{complaint}");
    }
    let mut lines: Vec<(String, &str)> = locked
        .iter()
        .map(|(sum, path, _)| ((*sum).to_owned(), *path))
        .collect();
    lines.extend(new.iter().map(|file| (checksum(&file.text), file.path.as_str())));
    lines.sort_by(|a, b| a.1.cmp(b.1));
    let body: String = lines
        .iter()
        .map(|(sum, path)| format!("{sum}  {path}\n"))
        .collect();
    std::fs::write(root.join(LOCK), format!("{LOCK_HEAD}{body}"))
        .with_context(|| format!("writing {LOCK}"))?;
    println!("locked {} new migrations, {} in all", new.len(), lines.len());
    Ok(ExitCode::SUCCESS)
}

fn migrations(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| {
        let folder = format!("/{}/", file.folder());
        folder.contains("/migrations/") && file.has_extension(&["sql"])
    })
}

/// `0042_add_captions.sql` gives 42 and `add_captions`; a dialect stays with the name.
fn parse_name(name: &str) -> Option<(usize, &str)> {
    let (digits, rest) = name.split_at_checked(4)?;
    let number = digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    let name = rest.strip_prefix('_')?.strip_suffix(".sql")?;
    let stem = name
        .strip_suffix(".sqlite")
        .or_else(|| name.strip_suffix(".postgres"))
        .unwrap_or(name);
    let is_word = !stem.is_empty()
        && stem
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    is_word.then_some((number, name))
}

/// (checksum, path, line in the lock)
fn read_lock(tree: &Tree) -> Vec<(&str, &str, usize)> {
    let text = tree.find(LOCK).map_or("", |file| file.text.as_str());
    numbered(text)
        .filter(|(_, line)| !line.starts_with('#'))
        .filter_map(|(number, line)| line.split_once("  ").map(|(sum, path)| (sum, path, number)))
        .collect()
}

/// FNV-1a with 64 bits: guards against a slip of the hand, not against an adversary, and needs no dependency.
/// Line ends do not count, so that a checkout with CRLF gives the same.
fn checksum(text: &str) -> String {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let bytes = text.bytes().filter(|byte| *byte != b'\r');
    let sum = bytes.fold(OFFSET_BASIS, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    format!("{sum:016x}")
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const FIRST: &str = "features/polls/migrations/0001_make_polls.sql";

    #[test]
    fn migrations_are_numbered_without_gaps() {
        let second = "features/polls/migrations/0002_add_votes.sql";
        let elsewhere = "crates/platform/src/journal/migrations/0001_make_log.sql";
        check(
            are_named_and_numbered,
            &[(elsewhere, ""), (FIRST, ""), (second, "")],
            &[],
        );
        check(
            are_named_and_numbered,
            &[(second, "")],
            &["features/polls/migrations/0002_add_votes.sql:0"],
        );
        let double = "features/polls/migrations/0001_more_polls.sql";
        check(
            are_named_and_numbered,
            &[(FIRST, ""), (double, "")],
            &[&format!("{double}:0")],
        );
    }

    #[test]
    fn migrations_have_speaking_names() {
        for path in [
            "f/migrations/1_a.sql",
            "f/migrations/0001-a.sql",
            "f/migrations/0001_.sql",
            "f/migrations/0001_A.sql",
        ] {
            check(are_named_and_numbered, &[(path, "")], &[&format!("{path}:0")]);
        }
    }

    #[test]
    fn a_migration_in_two_dialects_needs_both() {
        let (postgres, sqlite) = (
            "f/migrations/0001_a.postgres.sql",
            "f/migrations/0001_a.sqlite.sql",
        );
        check(
            are_named_and_numbered,
            &[(postgres, ""), (sqlite, ""), ("f/migrations/0002_b.sql", "")],
            &[],
        );
        check(
            are_named_and_numbered,
            &[(sqlite, "")],
            &["f/migrations/0001_a:0"],
        );
    }

    #[test]
    fn a_locked_migration_never_changes() {
        let lock = format!(
            "{LOCK_HEAD}{}  {FIRST}\n",
            checksum("create table poll (id integer);\n")
        );
        check(
            never_change,
            &[(FIRST, "create table poll (id integer);\r\n"), (LOCK, &lock)],
            &[],
        );
        check(
            never_change,
            &[(FIRST, "create table poll (id bigint);"), (LOCK, &lock)],
            &[&format!("{FIRST}:0")],
        );
        check(never_change, &[(LOCK, &lock)], &["xtask/migrations.lock:3"]);
        check(never_change, &[(FIRST, "")], &[&format!("{FIRST}:0")]);
    }

    #[test]
    fn the_checksum_is_fnv_1a() {
        // Vectors of the authors' reference: http://www.isthe.com/chongo/tech/comp/fnv/
        assert_eq!(checksum(""), "cbf29ce484222325");
        assert_eq!(checksum("foobar"), "85944171f73967e8");
    }
}

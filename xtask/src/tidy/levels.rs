//! Imports between crates run one way: down the levels of ARCHITECTURE.md.
//!
//! The table below is the one place where a crate is given its level. Crates of one level are siblings and never
//! import each other; nobody but the server imports the highest level of features. Judged by each Cargo.toml (with
//! dev-dependencies: a slice is tested on what lies below it) and by what the code names.

use toml::Table;

use super::numbered;
use crate::rust_text::scan;
use crate::tree::{Complaint, File, Tree};

/// Features that listen to everything and are imported by nobody but the server.
const LISTENERS: u32 = 29;
const SERVER: u32 = 30;

/// (crate, level). A crate may import ours of a smaller number only.
const LEVELS: &[(&str, u32)] = &[
    ("base", 0),
    ("pixels", 1),
    ("timing", 1),
    ("markup", 1),
    ("sfu", 1),
    ("media", 2),
    ("platform", 2),
    ("accounts", 21),
    ("spaces", 22),
    ("hours", 23),
    ("files", 23),
    ("words", 23),
    ("groups", 23),
    ("emoji", 23),
    ("messages", 24),
    ("asks", 26),
    ("links", 25),
    ("urgent", 26),
    ("live", 27),
    ("later", 25),
    ("knock", 25),
    ("clips", 25),
    ("docs", 25),
    ("boards", 25),
    ("tasks", 25),
    ("polls", 25),
    ("questions", 25),
    ("thanks", 25),
    ("charters", 25),
    ("signin", 25),
    ("moderation", 25),
    ("courses", 25),
    ("calendar", 25),
    ("office", 28),
    ("notify", 27),
    ("numbers", 28),
    ("inbox", LISTENERS),
    ("advice", LISTENERS),
    ("search", LISTENERS),
    ("catchup", LISTENERS),
    ("bots", LISTENERS),
    ("admin", LISTENERS),
    ("exports", LISTENERS),
    ("imports", LISTENERS),
    ("server", SERVER),
    // Tools stand beside the house: bench speaks to a running server and measures platform's lanes, xtask knows nothing.
    ("bench", 3),
    ("xtask", 0),
    ("fuzz", SERVER),
];

pub fn crates_depend_downwards(tree: &Tree) -> Vec<Complaint> {
    manifests(tree).flat_map(judge_manifest).collect()
}

pub fn imports_go_downwards(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for manifest in manifests(tree) {
        let sources: Vec<&File> = tree
            .rust_files()
            .filter(|file| file.path.starts_with(&format!("{}/", manifest.folder())))
            .collect();
        let own_modules = declared_modules(&sources);
        let name = crate_name(manifest);
        for file in sources {
            for (line, imported) in imported_crates(&file.text) {
                let is_ours = level_of(imported).is_some() && imported != name;
                if is_ours && !own_modules.iter().any(|module| module == imported) {
                    complaints.extend(judge_import(&file.path, line, name, imported));
                }
            }
        }
    }
    complaints
}

fn manifests(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files
        .iter()
        .filter(|file| file.name() == "Cargo.toml" && !file.folder().is_empty())
}

/// Our crates are named as their folders.
fn crate_name(manifest: &File) -> &str {
    manifest.folder().rsplit('/').next().unwrap_or("")
}

fn judge_manifest(manifest: &File) -> Vec<Complaint> {
    let name = crate_name(manifest);
    let path = manifest.path.as_str();
    if level_of(name).is_none() {
        let what =
            format!("`{name}` has no level. Give it one in xtask/src/tidy/levels.rs and in ARCHITECTURE.md.");
        return vec![Complaint::at(path, 0, what)];
    }
    let table: Table = match manifest.text.parse() {
        Ok(table) => table,
        Err(err) => return vec![Complaint::at(path, 0, format!("is not TOML: {err}"))],
    };
    let mut complaints = Vec::new();
    for dependency in dependencies(&table) {
        let line = numbered(&manifest.text)
            .find(|(_, line)| line.trim_start().starts_with(&dependency))
            .map_or(0, |(number, _)| number);
        complaints.extend(judge_import(path, line, name, &dependency));
    }
    complaints
}

fn judge_import(path: &str, line: usize, name: &str, imported: &str) -> Option<Complaint> {
    let (own, other) = (level_of(name)?, level_of(imported)?);
    let what = if own > other && (other < LISTENERS || own == SERVER) {
        return None;
    } else if other == LISTENERS {
        format!(
            "`{imported}` listens to all others and is imported by the server only. Let `{name}` announce an event."
        )
    } else if own == other {
        format!(
            "`{name}` and `{imported}` are siblings. Meet by posting a card or through events, or move what both need down."
        )
    } else {
        format!(
            "`{imported}` (level {other}) lies above `{name}` (level {own}). Move what is needed down, or listen to its events."
        )
    };
    Some(Complaint::at(path, line, what))
}

fn level_of(name: &str) -> Option<u32> {
    LEVELS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, level)| *level)
}

/// The names of all dependencies, of every kind and for every target; `package = "…"` wins over the key.
fn dependencies(manifest: &Table) -> Vec<String> {
    const KINDS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = targets
        .into_iter()
        .flat_map(Table::values)
        .filter_map(toml::Value::as_table)
        .chain([manifest]);
    let mut names = Vec::new();
    for table in tables {
        let kinds = KINDS.iter().filter_map(|kind| table.get(*kind)?.as_table());
        for (key, value) in kinds.flatten() {
            let package = value.get("package").and_then(toml::Value::as_str);
            names.push(package.unwrap_or(key).to_owned());
        }
    }
    names
}

/// Names that `mod …;` or `mod … {` makes in a crate: there `use tasks::…` may mean its own module.
fn declared_modules(sources: &[&File]) -> Vec<String> {
    let mut modules = Vec::new();
    for file in sources {
        for line in scan(&file.text).code.lines() {
            let line = line.trim();
            let Some((_, rest)) = line
                .split_once("mod ")
                .filter(|(before, _)| before.is_empty() || before.starts_with("pub"))
            else {
                continue;
            };
            modules.push(rest.trim_end_matches([';', '{', ' ', '}']).to_owned());
        }
    }
    modules
}

/// First segments of `use a::…`, `pub use a::…`, `use a;`, with their lines.
fn imported_crates(text: &str) -> Vec<(usize, &str)> {
    let code = scan(text).code;
    let mut found = Vec::new();
    for ((number, line), code_line) in numbered(text).zip(code.lines()) {
        let Some(start) = code_line.find("use ") else {
            continue;
        };
        let before = code_line[..start].trim();
        if before.is_empty() || before.starts_with("pub") {
            let Some(path) = line.get(start + 4..) else {
                continue;
            };
            let path = path.trim_start_matches("::");
            let end = path
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(path.len());
            found.push((number, &path[..end]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_crate_may_depend_on_what_lies_below() {
        check(
            crates_depend_downwards,
            &[
                (
                    "Cargo.toml",
                    "[workspace.dependencies]\nmessages = { path = \"features/messages\" }",
                ),
                (
                    "features/messages/Cargo.toml",
                    "[dependencies]\nspaces.workspace = true\nserde.workspace = true",
                ),
                (
                    "server/Cargo.toml",
                    "[dependencies]\nsearch.workspace = true\nmessages.workspace = true",
                ),
            ],
            &[],
        );
    }

    #[test]
    fn a_crate_may_not_depend_upwards_nor_on_a_sibling_nor_on_a_listener() {
        check(
            crates_depend_downwards,
            &[
                (
                    "crates/platform/Cargo.toml",
                    "[dependencies]\naccounts.workspace = true",
                ),
                (
                    "features/tasks/Cargo.toml",
                    "[dependencies]\n[dev-dependencies]\npolls = { path = \"../polls\" }",
                ),
                (
                    "features/search/Cargo.toml",
                    "[target.'cfg(unix)'.dependencies]\nx = { package = \"inbox\" }",
                ),
            ],
            &[
                "crates/platform/Cargo.toml:2",
                "features/tasks/Cargo.toml:3",
                "features/search/Cargo.toml:0",
            ],
        );
    }

    #[test]
    fn a_crate_without_a_level_is_asked_for_one() {
        check(
            crates_depend_downwards,
            &[("features/karaoke/Cargo.toml", "")],
            &["features/karaoke/Cargo.toml:0"],
        );
    }

    #[test]
    fn imports_in_code_follow_the_levels_too() {
        let manifest = ("features/spaces/Cargo.toml", "");
        check(
            imports_go_downwards,
            &[
                manifest,
                (
                    "features/spaces/src/a.rs",
                    "use base::Id;\nuse accounts::{Person};\n// use messages::Post;",
                ),
            ],
            &[],
        );
        check(
            imports_go_downwards,
            &[
                manifest,
                (
                    "features/spaces/src/a.rs",
                    "use base::Id;\npub use messages::Post;",
                ),
            ],
            &["features/spaces/src/a.rs:2"],
        );
    }

    #[test]
    fn a_module_of_the_same_name_is_no_crate() {
        check(
            imports_go_downwards,
            &[
                ("crates/platform/Cargo.toml", ""),
                (
                    "crates/platform/src/lib.rs",
                    "pub mod search;\nuse search::Index;",
                ),
            ],
            &[],
        );
    }
}

//! `cargo xtask tidy`: the house rules that span files, each in a module of its own.
//!
//! A rule takes the tree and returns complaints; it knows no other rule and no way to be switched off. To add one:
//! write the function, list it in `RULES`, and show in its tests a text that it refuses and one that it lets pass.

mod decisions;
mod levels;
pub mod migrations;
mod modules;
mod problems;
mod sizes;
mod sql;
mod web;
mod words;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::generated;
use crate::tree::{Complaint, Tree};

type Rule = fn(&Tree) -> Vec<Complaint>;

const RULES: [Rule; 14] = [
    decisions::pages_are_numbered_and_whole,
    decisions::the_front_documents_are_there,
    levels::crates_depend_downwards,
    levels::imports_go_downwards,
    migrations::are_named_and_numbered,
    migrations::never_change,
    modules::open_with_what_they_are,
    modules::of_a_slice_import_one_way,
    problems::are_documented,
    sizes::stay_readable,
    sql::stands_in_stores,
    web::imports_go_downwards,
    web::colours_come_from_tokens,
    words::none_is_forbidden,
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything, with the generated files: builds the server.
    Full,
    /// Only what can be read off the texts; a second at most.
    Quick,
}

pub fn run(root: &Path, depth: Depth) -> Result<ExitCode> {
    let tree = Tree::read(root)?;
    let mut complaints: Vec<Complaint> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    if depth == Depth::Full {
        complaints.extend(stale_files(root));
    }
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    if complaints.is_empty() {
        println!("tidy: {} files, nothing to say", tree.files.len());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("tidy: {} complaints", complaints.len());
    Ok(ExitCode::FAILURE)
}

/// A binary that cannot be asked is a complaint like others: it should not hide them.
fn stale_files(root: &Path) -> Vec<Complaint> {
    let judge = |generated: &generated::Generated| {
        generated::find_stale(root, generated)
            .unwrap_or_else(|err| Some(Complaint::at(generated.path, 0, format!("{err:#}"))))
    };
    generated::ALL.into_iter().filter_map(judge).collect()
}

/// The lines of a text with their numbers, counted from 1.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(idx, line)| (idx + 1, line))
}

/// Tries a rule: the texts give complaints on exactly these places, written `path:line`.
#[cfg(test)]
fn check(rule: Rule, files: &[(&str, &str)], expected: &[&str]) {
    let complaints = rule(&Tree::of(files));
    let places: Vec<String> = complaints
        .iter()
        .map(|complaint| format!("{}:{}", complaint.path, complaint.line))
        .collect();
    assert_eq!(places, expected, "{complaints:#?}");
}

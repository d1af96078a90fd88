//! Files that are written by the product itself and committed, so that a change of the wire shows in review.
//!
//! The binary prints them (`antiphon dev types`); here they are only put in place or compared.

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, ensure};

use crate::tree::Complaint;

pub struct Generated {
    pub path: &'static str,
    /// What the binary is asked: the arguments of `antiphon`.
    ask: [&'static str; 2],
    /// The chore that writes it.
    chore: &'static str,
}

pub const TYPES: Generated = Generated {
    path: "web/src/api/generated.ts",
    ask: ["dev", "types"],
    chore: "types",
};
pub const API: Generated = Generated {
    path: "api/openapi.json",
    ask: ["dev", "api"],
    chore: "api",
};
pub const ALL: [&Generated; 2] = [&TYPES, &API];
pub const PATHS: [&str; 2] = [TYPES.path, API.path];

pub fn write(root: &Path, generated: &Generated) -> Result<ExitCode> {
    let fresh = ask_the_binary(root, generated)?;
    let path = root.join(generated.path);
    let folder = path.parent().expect("a generated file stands in a folder");
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    std::fs::write(&path, fresh).with_context(|| format!("writing {}", generated.path))?;
    println!("wrote {}", generated.path);
    Ok(ExitCode::SUCCESS)
}

/// Says whether the committed file is what the binary prints now; for `--check`.
pub fn report(root: &Path, generated: &Generated) -> Result<ExitCode> {
    match find_stale(root, generated)? {
        None => Ok(ExitCode::SUCCESS),
        Some(complaint) => {
            eprintln!("{complaint}");
            Ok(ExitCode::FAILURE)
        }
    }
}

pub fn find_stale(root: &Path, generated: &Generated) -> Result<Option<Complaint>> {
    let fresh = ask_the_binary(root, generated)?;
    let committed = std::fs::read_to_string(root.join(generated.path)).ok();
    Ok(compare(generated, committed.as_deref(), &fresh))
}

fn compare(generated: &Generated, committed: Option<&str>, fresh: &str) -> Option<Complaint> {
    let chore = generated.chore;
    let Some(committed) = committed else {
        let what = format!("is missing. Run `cargo xtask {chore}` and commit what it writes.");
        return Some(Complaint::at(generated.path, 0, what));
    };
    if committed == fresh {
        return None;
    }
    let same = committed
        .lines()
        .zip(fresh.lines())
        .take_while(|(old, new)| old == new)
        .count();
    let what = format!("is stale from here on. Run `cargo xtask {chore}` and commit what it writes.");
    Some(Complaint::at(generated.path, same + 1, what))
}

fn ask_the_binary(root: &Path, generated: &Generated) -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = Command::new(cargo)
        .args(["run", "-q", "-p", "server", "--"])
        .args(generated.ask)
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("running cargo")?;
    let command = format!("cargo run -p server -- {}", generated.ask.join(" "));
    ensure!(
        asked.status.success(),
        "`{command}` failed, so {} cannot be judged",
        generated.path
    );
    ensure!(!asked.stdout.is_empty(), "`{command}` printed nothing");
    String::from_utf8(asked.stdout).with_context(|| format!("`{command}` did not print UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_file_passes_and_a_stale_or_missing_one_is_named() {
        assert_eq!(compare(&TYPES, Some("a\nb\n"), "a\nb\n"), None);
        let stale = compare(&TYPES, Some("a\nb\n"), "a\nc\n").unwrap();
        assert_eq!((stale.path.as_str(), stale.line), (TYPES.path, 2));
        let missing = compare(&TYPES, None, "{}").unwrap();
        assert!(missing.what.contains("cargo xtask types"), "{}", missing.what);
    }
}

//! The chores of this repository that no ordinary tool does: `cargo xtask <chore>`.
//!
//! Knows the layout of the tree and the house rules of CONVENTIONS.md. It does not know what the product does, and
//! imports none of its crates: what must come out of the product (the types) it asks the binary for.

mod generated;
mod rust_text;
mod tidy;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <chore>

  tidy [--quick]     check the house rules; --quick leaves out what needs a build of the server
  types [--check]    write web/src/api/generated.ts from the Rust types (or say whether it is stale)
  api [--check]      write api/openapi.json from the routes (or say whether it is stale)
  lock               add new migrations to xtask/migrations.lock; from then on they may not change";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(code) => code,
        Err(err) => {
            eprintln!("xtask: {err:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> Result<ExitCode> {
    let root = repository_root();
    match args {
        ["tidy"] => tidy::run(&root, tidy::Depth::Full),
        ["tidy", "--quick"] => tidy::run(&root, tidy::Depth::Quick),
        ["types"] => generated::write(&root, &generated::TYPES),
        ["types", "--check"] => generated::report(&root, &generated::TYPES),
        ["api"] => generated::write(&root, &generated::API),
        ["api", "--check"] => generated::report(&root, &generated::API),
        ["lock"] => tidy::migrations::lock(&root),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("no such chore: {}\n\n{HELP}", args.join(" ")),
    }
}

/// xtask stands directly under the root. The path is asked of cargo at run time, so that a moved checkout works.
fn repository_root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().expect("xtask has a parent folder").to_path_buf()
}

//! What a reader meets on opening a Rust file: first what it is, then imports that run one way inside a slice
//! (`api → actions → store → model`).

use super::numbered;
use crate::rust_text::scan_shipped;
use crate::tree::{Complaint, File, Tree};

/// A slice's files from the ground up; each may import those before it.
const STOREYS: [&str; 4] = ["model", "store", "actions", "api"];

pub fn open_with_what_they_are(tree: &Tree) -> Vec<Complaint> {
    tree.rust_files()
        .filter(|file| !file.is_generated())
        .filter(|file| {
            let first = file.text.lines().find(|line| !line.trim().is_empty());
            !first.is_some_and(|line| line.starts_with("//!"))
        })
        .map(|file| {
            let what =
                "a module opens with `//!`: what it is, its invariants, what it deliberately does not know.";
            Complaint::at(&file.path, 1, what)
        })
        .collect()
}

pub fn of_a_slice_import_one_way(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.rust_files().filter(|file| !file.is_test()) {
        let Some(own) = storey(file) else { continue };
        for (line, code) in numbered(&scan_shipped(&file.text).code) {
            for above in &STOREYS[own + 1..] {
                if code.contains(&format!("crate::{above}::")) || code.contains(&format!("super::{above}::"))
                {
                    let what = format!(
                        "`{}` imports `{above}`, but imports run api → actions → store → model. Move what is needed down.",
                        STOREYS[own]
                    );
                    complaints.push(Complaint::at(&file.path, line, what));
                }
            }
        }
    }
    complaints
}

/// Which storey a file of a feature belongs to: `src/store.rs` or anything in `src/store/`.
fn storey(file: &File) -> Option<usize> {
    let (_, inside) = file.path.strip_prefix("features/")?.split_once("/src/")?;
    let module = inside.split('/').next()?.trim_end_matches(".rs");
    STOREYS.iter().position(|storey| *storey == module)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_module_must_say_what_it_is() {
        check(
            open_with_what_they_are,
            &[("a.rs", "\n//! Words.\nfn a() {}")],
            &[],
        );
        check(
            open_with_what_they_are,
            &[("a.rs", "// Words.\nfn a() {}"), ("b.rs", "")],
            &["a.rs:1", "b.rs:1"],
        );
        check(open_with_what_they_are, &[("a.md", "text")], &[]);
    }

    #[test]
    fn a_slice_imports_from_api_to_model() {
        let api = (
            "features/polls/src/api.rs",
            "use crate::actions::post;\nuse crate::model::Poll;",
        );
        check(of_a_slice_import_one_way, &[api], &[]);
        let store = (
            "features/polls/src/store/rows.rs",
            "use crate::model::Poll;\nuse crate::api::PollView;",
        );
        check(
            of_a_slice_import_one_way,
            &[store],
            &["features/polls/src/store/rows.rs:2"],
        );
        let test = (
            "features/polls/src/model.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests {\n use crate::api::X;\n}",
        );
        check(of_a_slice_import_one_way, &[test], &[]);
    }
}

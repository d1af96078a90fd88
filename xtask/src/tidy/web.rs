//! The rooms of web/src: imports run down, features never meet, and only `ui` knows colours.
//!
//! What can be said about one TypeScript file alone (no `any`, no `!`) is for the web's own lint.

use super::numbered;
use crate::tree::{Complaint, File, Tree};

const SRC: &str = "web/src/";

/// (room, level). A room may import rooms of a smaller number, and the ground (0) also its neighbours. A room that is
/// not listed (tests, entries) may import everything.
const ROOMS: [(&str, u32); 7] = [
    ("lib", 0),
    ("api", 0),
    ("i18n", 0),
    ("realtime", 1),
    ("ui", 1),
    ("features", 2),
    ("app", 3),
];

/// Rooms that work without React, so that they can be tested and reused as they are.
const WITHOUT_REACT: [&str; 1] = ["realtime"];

const COLOUR_FUNCTIONS: [&str; 6] = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab("];

pub fn imports_go_downwards(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in sources(tree, &["ts", "tsx"]) {
        for (number, line) in numbered(&file.text) {
            for specifier in imported(line) {
                if let Some(what) = judge_import(file, specifier) {
                    complaints.push(Complaint::at(&file.path, number, what));
                }
            }
        }
    }
    complaints
}

pub fn colours_come_from_tokens(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in sources(tree, &["ts", "tsx", "css"]).filter(|file| room_of(&file.path).0 != "ui") {
        for (number, line) in numbered(&file.text) {
            // A mask is a shape: whatever it is filled with is never seen.
            let is_mask = line.trim_start().starts_with("mask");
            if let Some(colour) = find_colour(line).filter(|_| !is_mask) {
                let what =
                    format!("`{colour}` is a colour. Only ui/ knows colours; use a token: `var(--…)`.");
                complaints.push(Complaint::at(&file.path, number, what));
            }
        }
    }
    complaints
}

fn sources<'a>(tree: &'a Tree, extensions: &'static [&str]) -> impl Iterator<Item = &'a File> {
    tree.files.iter().filter(|file| {
        file.path.starts_with(SRC)
            && file.has_extension(extensions)
            && !file.is_test()
            && !file.is_generated()
    })
}

fn judge_import(file: &File, specifier: &str) -> Option<String> {
    let (own_room, own_feature) = room_of(&file.path);
    let is_react = specifier == "react" || specifier.starts_with("react/") || specifier.starts_with("react-");
    if is_react && WITHOUT_REACT.contains(&own_room) {
        return Some(format!(
            "{own_room}/ works without React. Adapt it in one hook of a feature, ui/ or app/."
        ));
    }
    let target = resolve(file, specifier)?;
    let (room, feature) = room_of(&target);
    if room == "features" && own_room == "features" && feature != own_feature {
        return Some(format!(
            "feature `{own_feature}` imports feature `{feature}`. Meet in the card registry or the cache, or move what both need down."
        ));
    }
    let (own, other) = (level_of(own_room)?, level_of(room)?);
    let may = room == own_room || other < own || (other == 0 && own == 0);
    (!may).then(|| {
        format!(
            "{own_room}/ imports {room}/, but imports run app → features → ui, realtime → api, i18n, lib."
        )
    })
}

/// The room of a path and, in `features`, the feature: `web/src/features/polls/model.ts` gives (features, polls).
fn room_of(path: &str) -> (&str, &str) {
    let mut parts = path.strip_prefix(SRC).unwrap_or("").split('/');
    (parts.next().unwrap_or(""), parts.next().unwrap_or(""))
}

fn level_of(room: &str) -> Option<u32> {
    ROOMS
        .iter()
        .find(|(known, _)| *known == room)
        .map(|(_, level)| *level)
}

/// Where `@/…` and relative imports lead, from the root of the repository; None for packages.
fn resolve(file: &File, specifier: &str) -> Option<String> {
    if let Some(path) = specifier.strip_prefix("@/") {
        return Some(format!("{SRC}{path}"));
    }
    if !specifier.starts_with('.') {
        return None;
    }
    let mut parts: Vec<&str> = file.folder().split('/').collect();
    for step in specifier.split('/') {
        match step {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Specifiers of `from '…'`, `import '…'` and `import('…')` on a line.
fn imported(line: &str) -> Vec<&str> {
    const OPENINGS: [&str; 3] = ["from ", "import ", "import("];
    let mut found = Vec::new();
    for opening in OPENINGS {
        for (start, _) in line.match_indices(opening) {
            let rest = &line[start + opening.len()..];
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
                continue;
            };
            found.extend(rest[1..].split_once(quote).map(|(specifier, _)| specifier));
        }
    }
    found
}

fn find_colour(line: &str) -> Option<&str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let hex = line.match_indices('#').find_map(|(start, _)| {
        let digits = line[start + 1..]
            .find(|c: char| !is_word(c))
            .unwrap_or(line.len() - start - 1);
        let body = &line[start + 1..start + 1 + digits];
        let is_colour = matches!(digits, 3 | 4 | 6 | 8) && body.bytes().all(|b| b.is_ascii_hexdigit());
        is_colour.then(|| &line[start..start + 1 + digits])
    });
    let function = || {
        COLOUR_FUNCTIONS.iter().find_map(|function| {
            let start = line
                .match_indices(function)
                .find(|(at, _)| !line[..*at].ends_with(is_word))?
                .0;
            Some(&line[start..start + function.len()])
        })
    };
    hex.or_else(function)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_feature_never_imports_another() {
        let own = "import { a } from '@/features/polls/model';\nimport b from '../parts/b';\nimport c from '@/ui/Button';";
        check(
            imports_go_downwards,
            &[("web/src/features/polls/screens/A.tsx", own)],
            &[],
        );
        let other = "import { a } from '@/features/tasks/model';\nconst b = import('../../tasks/b');";
        let path = "web/src/features/polls/screens/A.tsx";
        check(
            imports_go_downwards,
            &[(path, other)],
            &[&format!("{path}:1"), &format!("{path}:2")],
        );
    }

    #[test]
    fn rooms_import_downwards() {
        check(
            imports_go_downwards,
            &[("web/src/app/a.ts", "import '@/features/polls/x';")],
            &[],
        );
        check(
            imports_go_downwards,
            &[("web/src/ui/a.ts", "import x from '@/app/x';")],
            &["web/src/ui/a.ts:1"],
        );
        check(
            imports_go_downwards,
            &[("web/src/ui/a.test.ts", "import x from '@/app/x';")],
            &[],
        );
    }

    #[test]
    fn realtime_works_without_react() {
        check(
            imports_go_downwards,
            &[("web/src/realtime/a.ts", "import { useState } from \"react\";")],
            &["web/src/realtime/a.ts:1"],
        );
        check(
            imports_go_downwards,
            &[(
                "web/src/realtime/a.ts",
                "import { QueryClient } from \"@tanstack/query-core\";",
            )],
            &[],
        );
    }

    #[test]
    fn only_ui_has_colours() {
        let text = "a { color: #fff; }\nb { background: rgb(1 2 3); }\nc { color: var(--text-1); }\n#channels { top: 0 }\nmask: #000;";
        check(
            colours_come_from_tokens,
            &[("web/src/features/polls/a.css", text)],
            &["web/src/features/polls/a.css:1", "web/src/features/polls/a.css:2"],
        );
        check(colours_come_from_tokens, &[("web/src/ui/tokens.css", text)], &[]);
        check(
            colours_come_from_tokens,
            &[("web/src/app/a.tsx", "const link = `/c/1#general`; srgb(1)")],
            &[],
        );
    }
}

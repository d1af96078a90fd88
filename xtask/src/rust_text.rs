//! Enough of a Rust lexer to tell code from comments and from string literals, line by line.
//!
//! It does not parse: rules that need more than "this word stands in code" belong to clippy. Text it cannot make
//! sense of (an unterminated literal) is taken as a literal up to the end; the compiler will say so anyway.

pub struct Literal {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// As written, escapes and all.
    pub text: String,
}

pub struct Scan {
    /// The text with comments and the inside of literals replaced by blanks; same lines.
    pub code: String,
    pub literals: Vec<Literal>,
}

/// Reads the part of a Rust text that ships: everything above the tests at its foot.
pub fn scan_shipped(text: &str) -> Scan {
    scan(shipped(text))
}

/// The text up to its `#[cfg(test)] mod … {`, by convention the foot of the file.
pub fn shipped(text: &str) -> &str {
    let mut offset = 0;
    let mut test_offset = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed == "#[cfg(test)]" {
            test_offset = Some(offset);
        } else if trimmed.contains("mod ") && trimmed.ends_with('{') {
            if let Some(start) = test_offset {
                return &text[..start];
            }
        } else if !trimmed.is_empty() && !trimmed.starts_with("#[") {
            test_offset = None;
        }
        offset += line.len();
    }
    text
}

pub fn scan(text: &str) -> Scan {
    let mut reader = Reader {
        rest: text,
        line: 1,
        before: ' ',
        scan: Scan {
            code: String::with_capacity(text.len()),
            literals: Vec::new(),
        },
    };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.scan
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    /// The last character of code, to tell `r"…"` from the end of an identifier.
    before: char,
    scan: Scan,
}

impl Reader<'_> {
    fn step(&mut self) {
        if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(length);
        } else if self.rest.starts_with("/*") {
            self.blank(block_comment_length(self.rest));
        } else if let Some((opening, body, closing)) = self.literal() {
            let text = self.rest[opening..opening + body].to_owned();
            self.scan.literals.push(Literal {
                line: self.line,
                text,
            });
            self.keep(opening);
            self.blank(body);
            self.keep(closing);
        } else if let Some(length) = char_literal_length(self.rest) {
            self.blank(length);
        } else {
            self.keep(self.rest.chars().next().map_or(0, char::len_utf8));
        }
    }

    /// Lengths in bytes of the opening, the body and the closing of a string literal that begins here.
    fn literal(&self) -> Option<(usize, usize, usize)> {
        if self.before.is_alphanumeric() || self.before == '_' {
            return (self.rest.starts_with('"')).then(|| plain_literal(self.rest, 1));
        }
        let prefix = self.rest.find(|c| !matches!(c, 'b' | 'c' | 'r'))?;
        if prefix > 2 {
            return None;
        }
        let after = &self.rest[prefix..];
        if self.rest[..prefix].ends_with('r') {
            let hashes = after.find(|c| c != '#')?;
            if !after[hashes..].starts_with('"') {
                return None;
            }
            let opening = prefix + hashes + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            let body = self.rest[opening..].find(&end);
            Some(match body {
                Some(body) => (opening, body, end.len()),
                None => (opening, self.rest.len() - opening, 0),
            })
        } else {
            after
                .starts_with('"')
                .then(|| plain_literal(self.rest, prefix + 1))
        }
    }

    fn keep(&mut self, length: usize) {
        let (kept, rest) = self.rest.split_at(length);
        self.scan.code.push_str(kept);
        self.line += kept.matches('\n').count();
        self.before = kept.chars().next_back().unwrap_or(self.before);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at(length);
        self.scan
            .code
            .extend(gone.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.line += gone.matches('\n').count();
        self.before = ' ';
        self.rest = rest;
    }
}

fn plain_literal(rest: &str, opening: usize) -> (usize, usize, usize) {
    let mut escaped = false;
    for (idx, c) in rest[opening..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (opening, idx, 1),
            _ => {}
        }
    }
    (opening, rest.len() - opening, 0)
}

fn block_comment_length(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// `'x'` and `'\n'`, but not the lifetime `'a`.
fn char_literal_length(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    if body.starts_with('\\') {
        let end = body[2.min(body.len())..].find('\'')?;
        return Some(1 + 2 + end + 1);
    }
    let first = body.chars().next()?;
    body[first.len_utf8()..]
        .starts_with('\'')
        .then_some(first.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<(usize, String)> {
        scan(text)
            .literals
            .into_iter()
            .map(|literal| (literal.line, literal.text))
            .collect()
    }

    #[test]
    fn literals_of_every_spelling_are_found_with_their_line() {
        let text = "let a = \"one\";\nlet b = r#\"two \"x\" \"#; // \"no\"\nlet c = b\"three\\\"\"; /* \"no /* \" */ */ 'a' '\"' \"four\"";
        let expected = [(1, "one"), (2, "two \"x\" "), (3, "three\\\""), (3, "four")];
        assert_eq!(
            literals(text),
            expected.map(|(line, text)| (line, text.to_owned()))
        );
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_code() {
        assert!(literals("fn f<'a>(x: &'a str, r#type: u8) -> &'a str { x }").is_empty());
    }

    #[test]
    fn code_keeps_its_lines_and_loses_comments() {
        let scan = scan("a // b\n\"c\nd\" e");
        assert_eq!(scan.code, "a     \n\" \n \" e");
    }

    #[test]
    fn the_tests_at_the_foot_do_not_ship() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    b\n}\n";
        assert_eq!(shipped(text), "fn a() {}\n");
        let declared = "#[cfg(test)]\nmod tests;\nfn a() {}\nmod b {\n}\n";
        assert_eq!(shipped(declared), declared);
    }
}

//! Reads comma-separated values (RFC 4180) as spreadsheets write them. Pure, and linear in the length of the file.

/// Rows of a list, its head not counted.
pub(crate) const ROWS_MAX: usize = 2000;
/// Columns of a list. More is no list of people.
const COLUMNS_MAX: usize = 50;
const BOM: char = '\u{feff}';

/// Why a file cannot be read at all, and in which line; 1 is the first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub line: usize,
    pub why: &'static str,
}

/// A row: where it begins, and its cells without blanks around them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub line: usize,
    pub cells: Vec<String>,
}

/// The rows of a file, blank ones left out. Commas, semicolons or tabs part the cells: whatever the first line has most of.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|damage| {
        let before = &bytes[..damage.valid_up_to()];
        Unreadable {
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            why: "is no UTF-8: save the file as CSV in UTF-8",
        }
    })?;
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let parts_at = separator(text.lines().next().unwrap_or_default());
    let mut rows = Vec::new();
    let mut reader = Reader {
        chars: text.chars().peekable(),
        line: 1,
    };
    while let Some(row) = reader.row(parts_at)? {
        if row.cells.iter().all(String::is_empty) {
            continue;
        }
        if rows.len() > ROWS_MAX {
            let why = "is one too many: a list has at most 2,000 rows";
            return Err(Unreadable { line: row.line, why });
        }
        rows.push(row);
    }
    Ok(rows)
}

fn separator(head: &str) -> char {
    let count = |wanted: char| head.chars().filter(|char| *char == wanted).count();
    let mut best = ',';
    for candidate in [';', '\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

struct Reader<'a> {
    chars: std::iter::Peekable<std::str::Chars<'a>>,
    line: usize,
}

impl Reader<'_> {
    fn row(&mut self, parts_at: char) -> Result<Option<Row>, Unreadable> {
        if self.chars.peek().is_none() {
            return Ok(None);
        }
        let (line, mut cells) = (self.line, Vec::new());
        loop {
            let (cell, ended_by) = self.cell(parts_at)?;
            cells.push(cell.trim().to_owned());
            if cells.len() > COLUMNS_MAX {
                let why = "has more than 50 cells";
                return Err(Unreadable { line, why });
            }
            if ended_by != Some(parts_at) {
                return Ok(Some(Row { line, cells }));
            }
        }
    }

    /// A cell, and what ended it: a separator, a line end, or None at the end of the file.
    fn cell(&mut self, parts_at: char) -> Result<(String, Option<char>), Unreadable> {
        let mut cell = String::new();
        if self.chars.next_if_eq(&'"').is_some() {
            self.quoted(&mut cell)?;
        }
        for char in self.chars.by_ref() {
            match char {
                '\n' => {
                    self.line += 1;
                    return Ok((cell, Some('\n')));
                }
                '\r' => {}
                char if char == parts_at => return Ok((cell, Some(char))),
                char => cell.push(char),
            }
        }
        Ok((cell, None))
    }

    /// The inside of quotation marks; two of them are one.
    fn quoted(&mut self, cell: &mut String) -> Result<(), Unreadable> {
        let line = self.line;
        loop {
            match self.chars.next() {
                None => {
                    let why = "opens a quotation mark that is never closed";
                    return Err(Unreadable { line, why });
                }
                Some('"') if self.chars.next_if_eq(&'"').is_none() => return Ok(()),
                Some(char) => {
                    self.line += usize::from(char == '\n');
                    cell.push(char);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rows: &[(usize, &[&str])]) {
        let read = read(text.as_bytes()).expect("it can be read");
        let found: Vec<(usize, Vec<&str>)> = read
            .iter()
            .map(|row| (row.line, row.cells.iter().map(String::as_str).collect()))
            .collect();
        let expected: Vec<(usize, Vec<&str>)> =
            rows.iter().map(|(line, cells)| (*line, cells.to_vec())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn files_of_all_spreadsheets_are_read() {
        check(
            "mail,name\na@b.c,Ada\n",
            &[(1, &["mail", "name"]), (2, &["a@b.c", "Ada"])],
        );
        check(
            "\u{feff}mail;name\r\na@b.c;\"L, A\"\r\n",
            &[(1, &["mail", "name"]), (2, &["a@b.c", "L, A"])],
        );
        check(
            "mail\tname\n\n  \na@b.c\t \"x\" ",
            &[(1, &["mail", "name"]), (4, &["a@b.c", "\"x\""])],
        );
        check(
            "mail\n\"a\nb \"\"c\"\"\"\nd",
            &[(1, &["mail"]), (2, &["a\nb \"c\""]), (4, &["d"])],
        );
        check("", &[]);
    }

    #[test]
    fn what_cannot_be_read_says_in_which_line() {
        let line_of = |bytes: &[u8]| read(bytes).map_err(|err| err.line).err();
        assert_eq!(line_of(b"mail\na@b.c\n\xff\xfe"), Some(3));
        assert_eq!(line_of(b"mail\n\"open,\nnever closed\n"), Some(2));
        assert_eq!(line_of("x,".repeat(60).as_bytes()), Some(1));
        let many = |n: usize| format!("mail\n{}", "a@b.c\n".repeat(n));
        assert_eq!(line_of(many(2001).as_bytes()), Some(2002));
        assert_eq!(line_of(many(2000).as_bytes()), None);
    }
}

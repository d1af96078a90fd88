//! Cells of comma-separated values (RFC 4180) for spreadsheets, which take cells that begin in certain ways for formulas:
//! those get an apostrophe before them. Knows no table.

/// Tells spreadsheets that what follows is UTF-8; stands at the very beginning.
pub const BOM: char = '\u{feff}';

/// Writes one cell, in quotation marks.
pub fn cell(out: &mut String, value: &str) {
    out.push('"');
    // White space before it does not help against all of them.
    if value
        .trim_start_matches([' ', '\n'])
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
    {
        out.push('\'');
    }
    out.push_str(&value.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_no_formulas_and_keep_to_themselves() {
        for (value, expected) in [
            ("hello", "\"hello\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("  =x", "\"'  =x\""),
            ("", "\"\""),
        ] {
            let mut out = String::new();
            cell(&mut out, value);
            assert_eq!(out, expected);
        }
    }
}

//! Figures as Markdown, and their place in README.md.
//!
//! Invariant: a part of the README between `<!-- NAME -->` and `<!-- /NAME -->` belongs to the bench, the rest to people.

use anyhow::{Context, Result, bail};
use std::{fmt::Write, path::Path};

/// What one part of the bench found out.
pub struct Section {
    /// The name of the part and of its markers.
    pub name: &'static str,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Section {
    pub fn new(name: &'static str, header: &[&str]) -> Self {
        let header = header.iter().map(|cell| (*cell).to_owned()).collect();
        Self {
            name,
            header,
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.to_vec());
    }

    /// A row of the usual four columns: what, the figure, the target and whether it was met.
    pub fn figure(&mut self, what: &str, figure: String, target: &str, is_met: bool) {
        self.row(&[
            what.to_owned(),
            figure,
            target.to_owned(),
            verdict(is_met).to_owned(),
        ]);
    }

    /// A row of the same columns for what has no target.
    pub fn fact(&mut self, what: &str, figure: String) {
        self.row(&[what.to_owned(), figure, String::new(), String::new()]);
    }

    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    pub fn to_markdown(&self) -> String {
        let mut out = line(&self.header);
        out.push_str(&line(&vec!["---".to_owned(); self.header.len()]));
        for row in &self.rows {
            out.push_str(&line(row));
        }
        for note in &self.notes {
            // Writing to a String cannot fail.
            let _ = write!(out, "\n{note}\n");
        }
        out
    }

    /// Puts the section into `readme`, in place of what stood between its markers.
    pub fn write_into(&self, readme: &Path) -> Result<()> {
        let text =
            std::fs::read_to_string(readme).with_context(|| format!("reading {}", readme.display()))?;
        let text = replace(&text, self.name, &self.to_markdown())?;
        std::fs::write(readme, text).with_context(|| format!("writing {}", readme.display()))
    }
}

/// The four usual columns.
pub const COLUMNS: [&str; 4] = ["what", "figure", "target", ""];

pub fn verdict(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**missed**" }
}

/// The middle value; of an even number the mean of the two in the middle. 0 of nothing.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

/// `12,345`
pub fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn replace(text: &str, name: &str, inside: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let Some((before, rest)) = text.split_once(&begin) else {
        bail!("the README has no mark {begin}")
    };
    let Some((_, after)) = rest.split_once(&end) else {
        bail!("the README has no mark {end}")
    };
    Ok(format!("{before}{begin}{inside}{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median([3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median([]).abs() < f64::EPSILON);
    }

    #[test]
    fn a_section_replaces_only_its_own_part() {
        let text = "a\n<!-- x -->\nold\n<!-- /x -->\nb";
        let replaced = replace(text, "x", "new\n").expect("the marks are there");
        assert_eq!(replaced, "a\n<!-- x -->\nnew\n<!-- /x -->\nb");
        assert!(replace(text, "y", "").is_err());
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(thousands(1_234_567.4), "1,234,567");
        assert_eq!(thousands(12.0), "12");
    }
}

//! A line on the terminal that tells how far an import is; silent where nobody looks.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

const EVERY: Duration = Duration::from_millis(100);
const WIDTH: usize = 24;

/// Overwrites one line of standard error.
pub struct Progress {
    began: Instant,
    shown: Option<Instant>,
    total_bytes: u64,
    is_seen: bool,
}

impl Progress {
    /// Of a file of this size.
    pub fn new(total_bytes: u64) -> Self {
        Self {
            began: Instant::now(),
            shown: None,
            total_bytes,
            is_seen: std::io::stderr().is_terminal(),
        }
    }

    /// Shows how far it is, not too often.
    pub fn show(&mut self, n_bytes: u64, n_lines: u64) {
        if !self.is_seen || self.shown.is_some_and(|shown| shown.elapsed() < EVERY) {
            return;
        }
        self.shown = Some(Instant::now());
        // Nothing depends on it.
        let _ = write!(std::io::stderr(), "\r{}\u{1b}[K", self.line(n_bytes, n_lines));
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }

    fn line(&self, n_bytes: u64, n_lines: u64) -> String {
        let elapsed = self.began.elapsed().as_secs_f64().max(0.001);
        let part = n_bytes as f64 / self.total_bytes.max(1) as f64;
        let n_full = ((part * WIDTH as f64) as usize).min(WIDTH);
        let left = elapsed / part.max(0.001) * (1.0 - part).max(0.0);
        format!(
            "[{}{}] {:3.0} %  {} lines  {:.0} lines/s  {left:.0} s left",
            "#".repeat(n_full),
            ".".repeat(WIDTH - n_full),
            part * 100.0,
            grouped(n_lines),
            n_lines as f64 / elapsed,
        )
    }
}

/// A number with commas between its thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (258_145, "258,145")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn the_bar_never_runs_over() {
        let progress = Progress::new(10);
        assert!(
            progress
                .line(0, 0)
                .starts_with("[........................]   0 %")
        );
        assert!(
            progress
                .line(20, 1)
                .starts_with("[########################] 200 %")
        );
    }
}

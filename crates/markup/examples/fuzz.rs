//! Throws seeded hostile texts at the crate: `cargo run --release -p markup --example fuzz -- [count] [seed]`.
//! A failure names the text. Ten million inputs are the promise of the threat list.

#[path = "../tests/markup/support.rs"]
mod support;

use std::time::Instant;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>().expect("a number"));
    let count = arguments.next().unwrap_or(10_000_000);
    let seed = arguments.next().unwrap_or(1);
    let mut seeded = support::Seeded(seed);
    let started = Instant::now();
    let mut n_bytes = 0;
    for n_done in 1..=count {
        let text = seeded.text();
        n_bytes += text.len();
        support::check_everything(&text);
        if n_done % 1_000_000 == 0 || n_done == count {
            let seconds = started.elapsed().as_secs_f64();
            println!(
                "{n_done} inputs, {n_bytes} bytes, {:.0} inputs/s",
                n_done as f64 / seconds
            );
        }
    }
}

//! Texts made to be slow, at the full 16 KiB: each must be parsed in 20 ms by the release build (docs: threats, 11).

use std::time::{Duration, Instant};

use crate::support::{self, MAX_TEXT_BYTES};

/// The promise is for the optimised parser; unoptimised, it is twenty times slower, and gets a quarter of the text and
/// five times the time.
const MAX_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 20 * 5 } else { 20 });
const BOMB_BYTES: usize = if cfg!(debug_assertions) {
    MAX_TEXT_BYTES / 4
} else {
    MAX_TEXT_BYTES
};

fn filled(piece: &str) -> String {
    piece.repeat(BOMB_BYTES / piece.len())
}

fn rising_backticks() -> String {
    let mut text = String::new();
    for len in 1.. {
        if text.len() + len + 1 > BOMB_BYTES {
            break;
        }
        text.push_str(&"`".repeat(len));
        text.push('a');
    }
    text
}

fn wide_table(n_columns: usize) -> String {
    let mut text = format!("{}\n{}\n", "|a".repeat(n_columns), "|-".repeat(n_columns));
    while text.len() + 2 <= BOMB_BYTES {
        text.push_str("|\n");
    }
    text
}

fn stairs(sign: &str) -> String {
    let mut text = String::new();
    for depth in 0.. {
        let line = format!("{}{sign}a\n", " ".repeat(depth * sign.len()));
        if text.len() + line.len() > BOMB_BYTES {
            break;
        }
        text.push_str(&line);
    }
    text
}

fn then_lines(beginning: &str, line: &str) -> String {
    let half = beginning.repeat(BOMB_BYTES / 2 / beginning.len());
    let rest = line.repeat((BOMB_BYTES - half.len() - 2) / line.len());
    format!("{half}a\n{rest}")
}

/// Each repeated up to the limit.
const REPEATED: &[&str] = &[
    "*",
    "_",
    "**",
    "*a ",
    "*a **a ",
    "a**b",
    "**a *b ",
    "_a __b ",
    "*_",
    "~~",
    "~~a ",
    "~a~~b",
    "`",
    "`a``b",
    "``a ",
    "[",
    "]",
    "[]",
    "![",
    "[a](",
    "[a](<b",
    "[a](b \"",
    "[[a]",
    "![[]()",
    "![a](",
    "[a][",
    "[ (](",
    "](",
    "()",
    "(",
    "<",
    "<a ",
    "<a b='",
    "<!--",
    "<!-- -",
    "<?",
    "<![CDATA[",
    "<!A ",
    "</",
    "<@",
    "<@channel>",
    "<@0190f3a0-1111-7000-8000-000000000001>",
    "&",
    "&a",
    "&#1",
    "\\",
    "\\*",
    ">",
    "> ",
    "> a\n",
    ">>> a\n",
    "- ",
    "-\n",
    "- a\n",
    "* ",
    "* a\n\n",
    "1. ",
    "1)\n",
    "+ - ",
    "> - ",
    "- > 1. ",
    "- [ ] ",
    "#",
    "# a\n",
    "a\n=\n",
    "-",
    "|",
    "|a",
    "a|b\n",
    "|\n",
    "|-",
    "|-|\n",
    "a\n|-\n",
    "|a|\n|-|\n",
    "http://",
    "http://a<",
    "http://a ",
    "www.",
    "www.a<",
    "(www.a.b<",
    "www.a.b(",
    "_www.a_b",
    "$",
    "$a ",
    "$a$ ",
    "$$",
    "$$a ",
    "$`a ",
    "\\$",
    "||",
    "||a ",
    "||a||",
    "||a **b ",
    "|||",
    "[^",
    "[^1]",
    "[^1] ",
    "[^1]:",
    "[^1]: a\n",
    "[^1]: [^1]\n",
    "[^1]: [^2]\n\n[^2]: [^1]\n\n",
    ":a",
    ":a:",
    ":tada:",
    "::a::b",
    "a@",
    "a@b.c ",
    "a.b@",
    "mailto:",
    "mailto:a@b.c",
    "://",
    "a://b",
    ":",
    "\n",
    "\r",
    " ",
    "\t",
    " \n",
    "  \n",
    "\u{301}",
    "a\u{301}\u{302}",
    "\u{FDFA}",
    "中",
    "가",
    "\u{FDD0}",
    "~~~\n",
    "```\n",
    "```a\n```\n",
    "    a\n",
    "[a]: b\n",
    "[a]\n\n",
    "!",
    "😀",
    "<div>\n",
    "<div>\n\n",
    "<script>",
    "\u{0}",
    "\"",
    "'",
    "**a**",
    "[a](/b)",
    "![a](/b)",
    "[![a](/b)](/c)",
    "a\n    b\n",
    "> a\n\n",
    "1. a\n2) b\n",
    "- a\n  - b\n",
    "\\\n",
];

fn bombs() -> Vec<(String, String)> {
    let mut bombs: Vec<(String, String)> = REPEATED
        .iter()
        .map(|piece| ((*piece).to_owned(), filled(piece)))
        .collect();
    let mut add = |name: &str, text: String| bombs.push((name.to_owned(), text));
    add("rising backticks", rising_backticks());
    for n_columns in [1, 10, 40, 100, 500, 1_000, 2_000, 4_000]
        .into_iter()
        .filter(|n| n * 4 + 2 <= BOMB_BYTES)
    {
        add(&format!("table of {n_columns} columns"), wide_table(n_columns));
    }
    for sign in ["- ", "1. ", "> ", "* ", "- - - ", "> - "] {
        add(&format!("stairs of {sign:?}"), stairs(sign));
    }
    for beginning in [">", "> ", "- ", "1. ", "> - ", "* > "] {
        for line in ["a\n", "\n", "> a\n", "- a\n", "  a\n", ">\n", "\ta\n"] {
            add(
                &format!("{beginning:?} then {line:?}"),
                then_lines(beginning, line),
            );
        }
    }
    let half = BOMB_BYTES / 2;
    for (open, close) in [
        ("[", "](/a)"),
        ("![", "](/a)"),
        ("*a ", " a*"),
        ("**", "**"),
        ("<", ">"),
        ("(", ")"),
        ("~~a ", "~~"),
        ("_", "_"),
        ("||", "||"),
        ("||a ", " a||"),
        ("$", "$"),
    ] {
        let n = BOMB_BYTES / (open.len() + close.len());
        add(
            &format!("nested {open:?}"),
            format!("{}a{}", open.repeat(n - 1), close.repeat(n - 1)),
        );
    }
    add(
        "one reference, used often",
        format!("[a]: /{}\n\n{}", "x".repeat(half - 10), "[a]".repeat(half / 3)),
    );
    add(
        "many references",
        (0..BOMB_BYTES / 20)
            .map(|n| format!("[a{n}]: /b\n[a{n}]\n\n"))
            .collect(),
    );
    add(
        "many footnotes",
        (0..BOMB_BYTES / 22)
            .map(|n| format!("[^{n}]: [^{n}]\n\n"))
            .collect(),
    );
    add(
        "one footnote, referred to often",
        format!("[^a]: {}\n\n{}", "x".repeat(half - 10), "[^a]".repeat(half / 4)),
    );
    add(
        "dollars that close nothing",
        format!("{}{}", "$a ".repeat(66), filled("a").split_off(200)),
    );
    add("label that never ends", format!("[{}", "a[".repeat(half - 1)));
    add(
        "many broken mentions",
        filled("<@0190f3a0-1111-7000-8000-00000000000x>"),
    );
    add(
        "marks on one letter",
        format!("a{}", "\u{334}\u{327}\u{301}".repeat(half / 3)),
    );
    bombs
}

#[test]
fn bombs_are_parsed_in_time_and_stay_clean() {
    let mut too_slow = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for (name, text) in bombs() {
        assert!(text.len() <= BOMB_BYTES, "{name} is {} bytes", text.len());
        let time = least_time_of(|| drop(markup::parse(&text)));
        if time > MAX_TIME {
            too_slow.push(format!("{name:?} {time:?}"));
        }
        if time > slowest.0 {
            slowest = (time, name);
        }
    }
    println!("slowest: {:?} {:?}", slowest.1, slowest.0);
    assert!(too_slow.is_empty(), "slow: {too_slow:#?}");
}

#[test]
fn bombs_make_neither_big_trees_nor_slow_or_dirty_text() {
    for (name, text) in bombs() {
        let tree = markup::tree_of(&text);
        support::check_tree(&name, &tree);
        let json = serde_json::to_string(&tree).expect("a tree is JSON");
        assert!(
            json.len() <= 20 * MAX_TEXT_BYTES,
            "{name:?} makes {} bytes of JSON",
            json.len()
        );
        support::check_html(&name, &markup::to_html(&tree, &support::name_of));
        let search_time = least_time_of(|| {
            let searchable = markup::search_text(&text);
            assert!(searchable.len() <= markup::MAX_SEARCH_TEXT_BYTES);
        });
        assert!(search_time < MAX_TIME, "{name:?} {search_time:?} to search");
        let plain = markup::plain(&tree, &support::name_of);
        assert!(markup::excerpt(&plain, 200).chars().count() <= 200);
        assert!(markup::clean_name(&text, 80).is_err() || name.len() < 3);
        markup::skeleton(&text);
    }
}

/// The first time within the bound, or the least of five: a busy machine slows even the time on the processor.
fn least_time_of(action: impl Fn()) -> Duration {
    let mut least = cpu_time_of(&action);
    for _ in 0..4 {
        if least > MAX_TIME {
            least = least.min(cpu_time_of(&action));
        }
    }
    least
}

/// Time on the processor, as other tests and builds make this one wait.
fn cpu_time_of(action: impl Fn()) -> Duration {
    let started = Instant::now();
    let cpu_started = thread_cpu_time();
    action();
    match (cpu_started, thread_cpu_time()) {
        (Some(from), Some(until)) => until - from,
        _ => started.elapsed(),
    }
}

/// Linux only (proc(5), `schedstat`: the first number is nanoseconds on the processor).
fn thread_cpu_time() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = statistics.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds)).filter(|time| !time.is_zero())
}

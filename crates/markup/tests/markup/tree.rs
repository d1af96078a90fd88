//! What people write and the tree that comes of it.

use serde_json::{Value, json};

use crate::support;

/// The tree is compared as JSON, since that is the contract; `null` means plain text.
#[track_caller]
pub fn check(text: &str, expected: Value) {
    let tree = markup::parse(text);
    let json = serde_json::to_value(&tree).expect("a tree is JSON");
    assert_eq!(json, expected, "{text:?} became {json}");
    assert_eq!(
        serde_json::from_value::<Option<Vec<markup::Node>>>(json).expect("a tree is read back"),
        tree
    );
    support::check_everything(text);
}

#[track_caller]
pub fn check_line(text: &str, inlines: Value) {
    check(text, json!([{"t": "p", "c": inlines}]));
}

#[test]
fn plain_text_has_no_tree() {
    let long_word = "a".repeat(16_384);
    for text in [
        "",
        " ",
        "\n\n",
        "hello",
        "Hello, world! (really) \"quoted\" 50% $5 + 3 = 8",
        "two\nlines",
        "two  \nlines",
        "two\n\nparagraphs\n\n\nthree",
        "a - b > c # d",
        "see #general",
        "snake_case_word",
        "2 * 3 * 4",
        "a * b",
        "[not a link]",
        "a | b",
        "AT&T",
        "me & you",
        "a @ b",
        "@ada",
        "3 < 5",
        "1.5 is more",
        "é 中文 한글 👩‍👩‍👧",
        "a\r\nb",
        "1984 was a year",
        "look: there",
        "http: nothing",
        "~ about",
        "wow!",
        "a ^ b ~ c",
        "$ x $ || no spoiler",
        "[^1]",
        "  two spaces before",
        "a\n    continued",
        &long_word,
    ] {
        check(text, Value::Null);
    }
}

#[test]
fn inline_markup() {
    check_line(
        "**b** *i* ~~s~~ `c`",
        json!([
            {"t": "b", "c": ["b"]}, " ", {"t": "i", "c": ["i"]}, " ", {"t": "s", "c": ["s"]}, " ", {"t": "code", "text": "c"}
        ]),
    );
    check_line(
        "**a *b* c**",
        json!([{"t": "b", "c": ["a ", {"t": "i", "c": ["b"]}, " c"]}]),
    );
    check_line(
        "*a*\n`b`",
        json!([{"t": "i", "c": ["a"]}, {"t": "br"}, {"t": "code", "text": "b"}]),
    );
    check_line(
        "*a*  \nb\\\nc",
        json!([{"t": "i", "c": ["a"]}, {"t": "br"}, "b", {"t": "br"}, "c"]),
    );
    check_line("\\*a\\*", json!(["*a*"]));
    check_line("&lt;b&gt; &copy; &nosuch;", json!(["<b> © &nosuch;"]));
    check_line("**中文。**中文", json!([{"t": "b", "c": ["中文。"]}, "中文"]));
    check_line("a\rb", json!(["a", {"t": "br"}, "b"]));
}

#[test]
fn blocks() {
    check(
        "# A *b*\n\n## C\n\nD\n===",
        json!([
            {"t": "h", "level": 1, "c": ["A ", {"t": "i", "c": ["b"]}]}, {"t": "h", "level": 2, "c": ["C"]}, {"t": "h", "level": 1, "c": ["D"]}
        ]),
    );
    check(
        "> a\n> b\n\nc",
        json!([{"t": "quote", "c": [{"t": "p", "c": ["a", {"t": "br"}, "b"]}]}, {"t": "p", "c": ["c"]}]),
    );
    check(
        "- a\n- b\n  - c",
        json!([{"t": "ul", "c": [
            {"t": "li", "c": ["a"]}, {"t": "li", "c": ["b", {"t": "ul", "c": [{"t": "li", "c": ["c"]}]}]}
        ]}]),
    );
    check(
        "- a\n\n- b",
        json!([{"t": "ul", "c": [
            {"t": "li", "c": [{"t": "p", "c": ["a"]}]}, {"t": "li", "c": [{"t": "p", "c": ["b"]}]}
        ]}]),
    );
    check(
        "1. a\n2. b",
        json!([{"t": "ol", "c": [{"t": "li", "c": ["a"]}, {"t": "li", "c": ["b"]}]}]),
    );
    check(
        "7) a",
        json!([{"t": "ol", "start": 7, "c": [{"t": "li", "c": ["a"]}]}]),
    );
    check(
        "- [ ] a\n- [x] b\n- c",
        json!([{"t": "ul", "c": [
            {"t": "task", "done": false, "c": ["a"]}, {"t": "task", "done": true, "c": ["b"]}, {"t": "li", "c": ["c"]}
        ]}]),
    );
    check(
        "```rust ignore\nfn a() {}\n\n<b>\n```",
        json!([{"t": "pre", "lang": "rust", "text": "fn a() {}\n\n<b>"}]),
    );
    check("```\"><script>\na\n```", json!([{"t": "pre", "text": "a"}]));
    check("    a\n    b", json!([{"t": "pre", "text": "a\nb"}]));
    check("```\n", json!([{"t": "pre", "text": ""}]));
    check(
        "a\n\n---\n\nb",
        json!([{"t": "p", "c": ["a"]}, {"t": "hr"}, {"t": "p", "c": ["b"]}]),
    );
    let separator = "-".repeat(80);
    check(&separator, json!([{"t": "hr"}]));
    check(
        "|a|b|c|\n|:-|:-:|-:|\n|*1*||\n",
        json!([{"t": "table", "c": [
            {"t": "row", "c": [
                {"t": "cell", "head": true, "align": "left", "c": ["a"]}, {"t": "cell", "head": true, "align": "center", "c": ["b"]},
                {"t": "cell", "head": true, "align": "right", "c": ["c"]}
            ]},
            {"t": "row", "c": [
                {"t": "cell", "align": "left", "c": [{"t": "i", "c": ["1"]}]}, {"t": "cell", "align": "center"}, {"t": "cell", "align": "right"}
            ]}
        ]}]),
    );
}

#[test]
fn links_lead_to_the_web_to_mail_and_home() {
    let link = |href: &str, text: &str| json!({"t": "a", "href": href, "c": [text]});
    check_line("[a](https://b.c/d)", json!([link("https://b.c/d", "a")]));
    check_line("[a](/c/1)", json!([link("/c/1", "a")]));
    check_line(
        "see https://b.c/d?e=f, or www.g.h.",
        json!([
            "see ",
            link("https://b.c/d?e=f", "https://b.c/d?e=f"),
            ", or ",
            link("http://www.g.h", "www.g.h"),
            "."
        ]),
    );
    check_line("HTTPS://B.C", json!([link("HTTPS://B.C", "HTTPS://B.C")]));
    check_line("to a@b.co", json!(["to ", link("mailto:a@b.co", "a@b.co")]));
    check_line("<https://b.c>", json!([link("https://b.c", "https://b.c")]));
    check_line(
        "![picture](https://b.c/d.png)",
        json!([link("https://b.c/d.png", "picture")]),
    );
    check_line(
        "![](https://b.c/d.png)",
        json!([link("https://b.c/d.png", "https://b.c/d.png")]),
    );
    check_line("[![p](/a)](/b)", json!([link("/b", "p")]));
    check_line(
        "[https://good.example](https://evil.example)",
        json!([link("https://evil.example", "https://good.example")]),
    );
    check("[a]\n\n[a]: /b", json!([{"t": "p", "c": [link("/b", "a")]}]));
    check_line("[a](</b c\"d>)", json!([link("/b%20c%22d", "a")]));
    check_line("[a](ftp://b.c) ftp://b.c", json!(["a ftp://b.c"]));
    check_line("[a](b) *c*", json!(["a ", {"t": "i", "c": ["c"]}]));
}

#[test]
fn what_would_show_nothing_is_shown_as_it_is() {
    check("[a]: https://b.c", Value::Null);
    check("[](javascript:x)", Value::Null);
}

#[test]
fn raw_html_is_text() {
    check("a <b>c</b>", Value::Null);
    check_line("*a* <b>c</b>", json!([{"t": "i", "c": ["a"]}, " <b>c</b>"]));
    check("<div>\n<p>a</p>\n</div>", Value::Null);
    check(
        "<div>\n**a**\n</div>\n\n*b*",
        json!([
            {"t": "p", "c": ["<div>", {"t": "br"}, "**a**", {"t": "br"}, "</div>"]}, {"t": "p", "c": [{"t": "i", "c": ["b"]}]}
        ]),
    );
    check(
        "- a\n  <div>\n- b",
        json!([{"t": "ul", "c": [{"t": "li", "c": ["a", {"t": "br"}, "<div>"]}, {"t": "li", "c": ["b"]}]}]),
    );
}

#[test]
fn depth_ends_at_the_limit() {
    for text in [
        ">".repeat(100) + "a",
        "- ".repeat(100) + "a",
        "1. ".repeat(100) + "a",
        "> - ".repeat(100) + "a",
        "> ".repeat(28) + "|a|\n" + &"> ".repeat(28) + "|-|",
        "> ".repeat(29) + "- a\n" + &"> ".repeat(29) + "- b",
        "*a **b ".repeat(100) + &" b** a*".repeat(100),
        "![".repeat(3_000) + "a" + &"](x)".repeat(3_000),
        "![".repeat(3_000) + "a" + &"](/x)".repeat(3_000),
        (0..120)
            .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
            .collect(),
    ] {
        support::check_everything(&text);
    }
    let quoted = serde_json::to_string(&markup::parse(&(">".repeat(100) + "a"))).expect("JSON");
    assert_eq!(quoted.matches("quote").count(), 30);
    assert!(quoted.contains(&(">".repeat(60) + "a")), "{quoted}");
}

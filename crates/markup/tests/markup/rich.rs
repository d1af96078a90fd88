//! Formulas, hidden text, footnotes, emoji by name.

use crate::support::name_of;
use markup::{parse, plain, to_html, tree_of};
use serde_json::{Value, json};

fn check(text: &str, expected: &Value) {
    let tree = serde_json::to_value(parse(text)).expect("a tree is JSON");
    assert_eq!(&tree, expected, "{text:?}");
}

#[test]
fn formulas_stand_in_a_line_or_alone() {
    check(
        "so $a^2$ it is",
        &json!([{"t": "p", "c": ["so ", {"t": "math", "text": "a^2"}, " it is"]}]),
    );
    check(
        "$$\n\\int_0^1 x\n$$",
        &json!([{"t": "p", "c": [{"t": "math", "text": "\\int_0^1 x", "block": true}]}]),
    );
    check(
        "```math\na < b\nc\n```",
        &json!([{"t": "math", "text": "a < b\nc", "block": true}]),
    );
    // Nothing within is markup, not even a mention.
    check(
        "$a*b*c <@channel>$",
        &json!([{"t": "p", "c": [{"t": "math", "text": "a*b*c <@channel>"}]}]),
    );
}

#[test]
fn money_is_no_formula() {
    for text in [
        "it costs $5 and $10",
        "$5-$10",
        "a $ b $ c",
        "$",
        "100$ and 200$",
        "$5 is enough",
    ] {
        check(text, &Value::Null);
    }
    check("\\$a$", &json!([{"t": "p", "c": ["$a$"]}]));
    check("`$a$`", &json!([{"t": "p", "c": [{"t": "code", "text": "$a$"}]}]));
    // So many of them would keep the parser busy.
    check("$a$ ".repeat(101).trim_end(), &Value::Null);
}

#[test]
fn hidden_text_holds_any_inline_and_is_not_told() {
    check(
        "It was ||the **butler**||.",
        &json!([{"t": "p", "c": ["It was ", {"t": "spoiler", "c": ["the ", {"t": "b", "c": ["butler"]}]}, "."]}]),
    );
    let tree = tree_of("It was ||the butler||.");
    assert_eq!(plain(&tree, &name_of), "It was ▒▒▒▒.");
    assert_eq!(to_html(&tree, &name_of), "<p>It was the butler.</p>");
    for (text, address) in [
        ("||https://example.org||", "https://example.org"),
        (
            "||https://example.org/a?b=c#d||, no more",
            "https://example.org/a?b=c#d",
        ),
        ("so ||see https://example.org|| there", "https://example.org"),
        ("||(https://example.org/)||", "https://example.org/"),
    ] {
        let tree = json!(tree_of(text)).to_string();
        assert!(tree.contains("\"t\":\"spoiler\""), "{text:?} became {tree}");
        assert!(tree.contains(&format!("\"{address}\"")), "{text:?} became {tree}");
        assert!(
            !tree.contains('|') && !tree.contains("\\t"),
            "{text:?} became {tree}"
        );
    }
    for (text, kept) in [
        ("https://example.org/a||b", "https://example.org/a||b"),
        ("`||https://example.org||`", "||https://example.org||"),
        ("||a|| [b](https://example.org/a||b)", "https://example.org/a||b"),
        ("||a\n\nhttps://example.org/a||b", "https://example.org/a||b"),
    ] {
        let tree = json!(tree_of(text)).to_string();
        assert!(tree.contains(&format!("\"{kept}\"")), "{text:?} became {tree}");
    }
    check("a || b", &Value::Null);
    check("if (a || b || c)", &Value::Null);
    // Cells stay cells, also empty ones.
    check(
        "|a|b|\n|-|-|\n|c||",
        &json!([{"t": "table", "c": [
            {"t": "row", "c": [{"t": "cell", "head": true, "c": ["a"]}, {"t": "cell", "head": true, "c": ["b"]}]},
            {"t": "row", "c": [{"t": "cell", "c": ["c"]}, {"t": "cell"}]},
        ]}]),
    );
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_their_use() {
    let text =
        "First[^b] and second[^a], first again[^b].\n\n[^a]: The *second*.\n[^b]: The first.\n\nMore text.";
    check(
        text,
        &json!([
            {"t": "p", "c": ["First", {"t": "noteref", "n": 1}, " and second", {"t": "noteref", "n": 2},
                             ", first again", {"t": "noteref", "n": 1}, "."]},
            {"t": "p", "c": ["More text."]},
            {"t": "notes", "c": [
                {"t": "li", "c": [{"t": "p", "c": ["The first."]}]},
                {"t": "li", "c": [{"t": "p", "c": ["The ", {"t": "i", "c": ["second"]}, "."]}]},
            ]},
        ]),
    );
    let tree = tree_of(text);
    assert_eq!(
        plain(&tree, &name_of),
        "First[1] and second[2], first again[1].\nMore text.\n1. The first.\n2. The second."
    );
    assert!(
        to_html(&tree, &name_of)
            .ends_with("<hr><ol><li><p>The first.</p></li><li><p>The <em>second</em>.</p></li></ol>")
    );
    // A note that is not there, and one that nobody refers to, are text as typed.
    check("so[^1]", &Value::Null);
    check("[^1]: alone", &Value::Null);
}

#[test]
fn a_link_holds_no_footnote() {
    check(
        "[a[^1]](/b)\n\n[^1]: c",
        &json!([
            {"t": "p", "c": [{"t": "a", "href": "/b", "c": ["a[1]"]}]},
            {"t": "notes", "c": [{"t": "li", "c": [{"t": "p", "c": ["c"]}]}]},
        ]),
    );
}

#[test]
fn emoji_have_names() {
    check("done :tada:", &json!([{"t": "p", "c": ["done 🎉"]}]));
    check(":+1: :thumbsup:", &json!([{"t": "p", "c": ["👍 👍"]}]));
    check("(:tada:)", &json!([{"t": "p", "c": ["(🎉)"]}]));
    for text in [
        ":no_such_emoji:",
        "10:100:20",
        "std::a::b",
        "fe80:a:b",
        "at 10:30:15",
        "key:key:value",
        "a:tada:b",
    ] {
        check(text, &Value::Null);
    }
    check(
        "`:tada:`",
        &json!([{"t": "p", "c": [{"t": "code", "text": ":tada:"}]}]),
    );
}

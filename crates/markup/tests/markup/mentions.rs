//! Who is mentioned, and what only looks like it.

use markup::Mentions;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{self, ADA, BOB};
use crate::tree::{check, check_line};

fn ada() -> Value {
    json!({"t": "person", "id": ADA})
}

fn bob() -> Value {
    json!({"t": "person", "id": BOB})
}

#[test]
fn mentions_are_found_in_text_and_nowhere_else() {
    let a = format!("<@{ADA}>");
    let b = format!("<@{BOB}>");
    check_line(&a, json!([ada()]));
    check_line(&format!("hi {a}, {b}!"), json!(["hi ", ada(), ", ", bob(), "!"]));
    check_line(
        &format!("{a}{b}<@channel>"),
        json!([ada(), bob(), {"t": "everyone"}]),
    );
    check_line(&format!("<@{}>", ADA.to_uppercase()), json!([ada()]));
    check_line(
        &format!("hi **<@&{BOB}>**{a}"),
        json!(["hi ", {"t": "b", "c": [{"t": "group", "id": BOB}]}, ada()]),
    );
    for (open, close, name) in [
        ("**", "**", "b"),
        ("*", "*", "i"),
        ("_", "_", "i"),
        ("__", "__", "b"),
        ("~~", "~~", "s"),
    ] {
        check_line(&format!("{open}{a}{close}"), json!([{"t": name, "c": [ada()]}]));
        check_line(
            &format!("x {open}{a} y{close} z"),
            json!(["x ", {"t": name, "c": [ada(), " y"]}, " z"]),
        );
    }
    check_line(
        &format!("hi**{a}**s"),
        json!(["hi", {"t": "b", "c": [ada()]}, "s"]),
    );
    check_line(
        &format!("[{a}](/b)"),
        json!([{"t": "a", "href": "/b", "c": [ada()]}]),
    );
    check_line(
        &format!("https://b.c/{a}"),
        json!([{"t": "a", "href": "https://b.c/", "c": ["https://b.c/"]}, ada()]),
    );
    check_line(
        &format!("x@b.co{a}"),
        json!([{"t": "a", "href": "mailto:x@b.co", "c": ["x@b.co"]}, ada()]),
    );
    check(
        &format!("- {a}\n- [ ] {b}"),
        json!([{"t": "ul", "c": [{"t": "li", "c": [ada()]}, {"t": "task", "done": false, "c": [bob()]}]}]),
    );
    check(&format!("# {a}"), json!([{"t": "h", "level": 1, "c": [ada()]}]));
    check_line(&format!("<b>{a}</b>"), json!(["<b>", ada(), "</b>"]));
    check(
        &format!("<div>{a}\n</div>"),
        json!([{"t": "p", "c": ["<div>", ada(), {"t": "br"}, "</div>"]}]),
    );
    check_line(&format!("\\\\{a}"), json!(["\\", ada()]));
}

#[test]
fn what_is_escaped_or_code_or_misspelt_is_no_mention() {
    let a = format!("<@{ADA}>");
    check_line(&format!("\\{a}"), json!([a]));
    check_line(&format!("\\\\\\{a}"), json!([format!("\\{a}")]));
    check_line(&format!("&lt;@{ADA}>"), json!([a]));
    check_line(&format!("`{a}`"), json!([{"t": "code", "text": a}]));
    check(&format!("```{a}\n{a}\n```"), json!([{"t": "pre", "text": a}]));
    check(&format!("    {a}"), json!([{"t": "pre", "text": a}]));
    check_line(
        &format!("[x](/b{a})"),
        json!([{"t": "a", "href": format!("/b%3C@{ADA}%3E"), "c": ["x"]}]),
    );
    for text in [
        "<@>",
        "<@channel",
        "<@ channel>",
        "<@Channel>",
        "<@here>",
        "<@&>",
        &format!("<@&{ADA}"),
        &format!("<@&&{ADA}>"),
        &format!("<@{ADA}"),
        &format!("<@{ADA}x>"),
        &format!("<@{}>", ADA.replace('-', "")),
    ] {
        check(text, Value::Null);
    }
    // The character that marks mentions within the crate cannot be smuggled in.
    check_line(
        &format!("*x* \\<\u{FDD0}@{ADA}>"),
        json!([{"t": "i", "c": ["x"]}, format!(" <\u{FFFD}@{ADA}>")]),
    );
}

#[test]
fn mentions_are_counted_once_and_in_order() {
    let text = format!("<@{BOB}> **<@{ADA}>** <@{BOB}> `<@channel>`");
    let found = markup::mentions_in_text(&text);
    let id = |id: &str| Uuid::parse_str(id).expect("an id");
    assert_eq!(
        found,
        Mentions {
            people: vec![id(BOB), id(ADA)],
            groups: Vec::new(),
            everyone: false
        }
    );
    assert_eq!(found.count(), 2);
    let found = markup::mentions_in_text(&format!("<@&{ADA}> <@{BOB}> <@&{ADA}>"));
    assert_eq!((found.groups.clone(), found.count()), (vec![id(ADA)], 2));
    assert!(markup::mentions_in_text("a\n\n> <@channel>").everyone);
    assert!(markup::mentions_in_text("nobody").is_empty());
    let crowd = |n: u128| {
        (1..=n)
            .map(|n| format!("<@{}>", Uuid::from_u128(n)))
            .collect::<String>()
    };
    assert!(!markup::mentions_in_text(&crowd(50)).is_over_limit());
    assert!(markup::mentions_in_text(&crowd(51)).is_over_limit());
    assert!(markup::mentions_in_text(&format!("{}<@channel>", crowd(50))).is_over_limit());
}

#[test]
fn mentions_survive_depth_and_refusal() {
    let id = Uuid::parse_str(ADA).expect("an id");
    for beginning in [
        ">".repeat(60),
        ">".repeat(8_000),
        "- ".repeat(60),
        "*a **b ".repeat(40),
        format!("{}\n{}\n|\n", "|a".repeat(2_000), "|-".repeat(2_000)) + &"|\n".repeat(2_000),
    ] {
        let text = format!("{beginning}<@{ADA}>{}", " b** a*".repeat(40));
        assert_eq!(markup::mentions_in_text(&text).people, [id], "{:?}", &text[..40]);
        support::check_everything(&text);
    }
}

//! Payloads as senders send them, and what becomes of them.

use super::{TEXT_MAX_BYTES, to_markdown};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[track_caller]
fn check(payload: Value, expected: &str) {
    assert_eq!(
        to_markdown(&payload).as_deref().unwrap_or(""),
        expected,
        "{payload}"
    );
}

#[track_caller]
fn check_text(text: &str, expected: &str) {
    check(json!({ "text": text }), expected);
}

/// What a reader sees of it.
fn seen(payload: &Value) -> String {
    let text = to_markdown(payload).unwrap_or_default();
    markup::plain(&markup::tree_of(&text), &|id| format!("person {id}"))
}

#[test]
fn marks_of_text_become_ours() {
    for (text, expected) in [
        (
            "Deployed *api* to _staging_, ~not~ really",
            "Deployed **api** to *staging*, ~~not~~ really",
        ),
        ("*bold _and slanted_*", "**bold *and slanted***"),
        (
            "snake_case_name and 2*3*4 and ~5",
            "snake\\_case\\_name and 2\\*3\\*4 and \\~5",
        ),
        ("* not bold*", "\\* not bold\\*"),
        ("*over\nlines*", "\\*over\nlines\\*"),
        ("run `make *all*` now", "run `make *all*` now"),
        ("```\nlet x = a && b;\n```", "```\nlet x = a && b;\n```\n"),
        ("see ```a &lt; b``` there", "see \n```\na < b\n```\n there"),
        ("&gt; quoted\nplain", "> quoted\nplain"),
        (">quoted", ">quoted"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 \\< 2 \\&\\& 3 \\> 2"),
        ("- one\n• two", "- one\n- two"),
        ("# no heading", "\\# no heading"),
        (
            ":rocket: :no_such_name: 10:30:15",
            "🚀 :no\\_such\\_name: 10:30:15",
        ),
        ("[x](http://evil.example)", "\\[x\\](<http://evil.example>)"),
    ] {
        check_text(text, expected);
    }
}

#[test]
fn tags_become_links_and_names() {
    for (text, expected) in [
        (
            "<https://ci.example.org/7?a=1&amp;b=2|Build *7*>",
            "[Build \\*7\\*](<https://ci.example.org/7?a=1&b=2>)",
        ),
        ("<https://ci.example.org/a_b_c>", "<https://ci.example.org/a_b_c>"),
        ("https://ci.example.org/a_b_c.", "<https://ci.example.org/a_b_c>."),
        ("<mailto:ada@example.org|Ada>", "[Ada](<mailto:ada@example.org>)"),
        ("<javascript:alert(1)|click>", "click"),
        ("<#C024BE7LR|general>", "\\#general"),
        ("<@U024BE7LH|ada> and <@U024BE7LH>", "@ada and @U024BE7LH"),
        (
            "<!here> <!channel|channel> <!everyone>",
            "@here @channel @everyone",
        ),
        (
            "<!subteam^S123|@ops> <!date^1392734382^{date}|18 Feb>",
            "@ops 18 Feb",
        ),
        ("<not closed", "\\<not closed"),
        ("a <> b", "a \\<\\> b"),
    ] {
        check_text(text, expected);
    }
}

#[test]
fn nobody_is_called_by_what_others_send() {
    for payload in [
        json!({ "text": "<!channel> <!everyone> <!here> @channel <@channel>" }),
        json!({ "text": "&lt;@channel&gt;" }),
        json!({ "text": "x", "mrkdwn": false, "attachments": [{ "text": "<@channel>", "title": "<@channel>" }] }),
        json!({ "blocks": [{ "type": "markdown", "text": "**<@channel>**" }] }),
        json!({ "blocks": [{ "type": "header", "text": { "type": "plain_text", "text": "<@channel>" } }] }),
        json!({ "blocks": [{ "type": "rich_text", "elements": [{ "type": "rich_text_section",
            "elements": [{ "type": "broadcast", "range": "channel" }, { "type": "text", "text": "<@channel>" }] }] }] }),
    ] {
        let text = to_markdown(&payload).unwrap_or_default();
        assert!(!markup::mentions_in_text(&text).everyone, "{text}");
        assert!(seen(&payload).contains("channel"), "{text}");
    }
}

#[test]
fn a_person_of_ours_is_named_by_their_id() {
    let id = "01890000-0000-7000-8000-000000000001";
    let text = to_markdown(&json!({ "text": format!("<@{id}> please look") })).unwrap();
    assert_eq!(markup::mentions_in_text(&text).people.len(), 1, "{text}");
}

/// As the Jenkins plugin and many monitors write it.
#[test]
fn attachments_become_quotes() {
    check(
        json!({
            "text": "Build failed",
            "attachments": [{
                "fallback": "api #42 failed", "color": "danger", "pretext": "After *3* min",
                "author_name": "Ada", "title": "api #42", "title_link": "https://ci.example.org/42",
                "text": "Tests: `2` failed",
                "fields": [
                    { "title": "Branch", "value": "main", "short": true },
                    { "title": "Took", "value": 187 },
                    { "value": "alone" }, "nonsense"
                ],
                "image_url": "https://ci.example.org/graph.png", "footer": "Jenkins", "ts": 1,
                "unknown": { "deep": [1] }
            }]
        }),
        "Build failed\n\nAfter **3** min\n\n> 🔴 Ada\n>\n> **[api \\#42](<https://ci.example.org/42>)**\n>\n\
         > Tests: `2` failed\n>\n> **Branch:** main\n> **Took:** 187\n> alone\n>\n\
         > [image](<https://ci.example.org/graph.png>)\n>\n> Jenkins",
    );
    check(
        json!({ "attachments": [{ "fallback": "only this" }] }),
        "> only this",
    );
    for (colour, dot) in [
        ("#36a64f", "🟢"),
        ("ff0000", "🔴"),
        ("#daa038", "🟡"),
        ("#439FE0", "🔵"),
        ("#cccccc", "⚪"),
    ] {
        check(
            json!({ "attachments": [{ "text": "x", "color": colour }] }),
            &format!("> {dot} x"),
        );
    }
    check(json!({ "attachments": [{ "text": "x", "color": "#zz" }] }), "> x");
}

/// As the GitHub and Grafana senders write it.
#[test]
fn blocks_are_shown_and_their_fallback_is_not() {
    check(
        json!({
            "text": "only for notices",
            "blocks": [
                { "type": "header", "text": { "type": "plain_text", "text": "Deploy *done*" } },
                { "type": "section", "text": { "type": "mrkdwn", "text": "*api* is at <https://x.example|v7>" },
                  "fields": [{ "type": "mrkdwn", "text": "*Env:*\nprod" }],
                  "accessory": { "type": "button", "text": { "type": "plain_text", "text": "Open" }, "url": "https://x.example/o" } },
                { "type": "divider" },
                { "type": "context", "elements": [
                    { "type": "image", "image_url": "https://x.example/a.png", "alt_text": "cat" },
                    { "type": "mrkdwn", "text": "by *Ada*" } ] },
                { "type": "image", "image_url": "https://x.example/graph.png", "alt_text": "load" },
                { "type": "actions", "elements": [
                    { "type": "button", "text": { "type": "plain_text", "text": "Roll back" }, "url": "https://x.example/back" },
                    { "type": "button", "text": { "type": "plain_text", "text": "Nothing" }, "action_id": "x" },
                    { "type": "static_select" } ] },
                { "type": "call", "call_id": "R1" },
                { "type": "input", "element": {} },
                17
            ]
        }),
        "### Deploy  \\*done *\n\n**api** is at [v7](<https://x.example>)\n\n**Env:**\nprod\n\n[Open](<https://x.example/o>)\n\n\
         ---\n\ncat · by **Ada**\n\n[load](<https://x.example/graph.png>)\n\n[Roll back](<https://x.example/back>)"
            .replace("Deploy  \\*done *", "Deploy  *done *")
            .as_str(),
    );
    check(
        json!({ "text": "fallback", "blocks": [{ "type": "input" }] }),
        "fallback",
    );
}

#[test]
fn rich_text_keeps_its_common_parts() {
    check(
        json!({ "blocks": [{ "type": "rich_text", "elements": [
            { "type": "rich_text_section", "elements": [
                { "type": "text", "text": "Hello " },
                { "type": "text", "text": "bold ", "style": { "bold": true } },
                { "type": "text", "text": "code*", "style": { "code": true } },
                { "type": "link", "url": "https://x.example", "text": "there" },
                { "type": "emoji", "name": "wave", "unicode": "1f44b-1f3fb" },
                { "type": "user", "user_id": "U1" },
                { "type": "hologram" }
            ] },
            { "type": "rich_text_list", "style": "ordered", "elements": [
                { "type": "rich_text_section", "elements": [{ "type": "text", "text": "one" }] },
                { "type": "rich_text_section", "elements": [{ "type": "text", "text": "two", "style": { "strike": true } }] } ] },
            { "type": "rich_text_quote", "elements": [{ "type": "text", "text": "said" }] },
            { "type": "rich_text_preformatted", "elements": [{ "type": "text", "text": "a\n  b" }] }
        ] }] }),
        "Hello **bold** `code*`[there](<https://x.example>)👋🏻@U1\n\n1. one\n2. ~~two~~\n\n> said\n\n```\na\n  b\n```\n",
    );
}

#[test]
fn nothing_is_no_text() {
    for payload in [
        json!({}),
        json!({ "text": "" }),
        json!({ "text": "   \n" }),
        json!({ "text": 5, "blocks": "x", "attachments": { "text": "x" } }),
        json!({ "blocks": [{ "type": "divider_of_tomorrow" }] }),
    ] {
        assert_eq!(to_markdown(&payload), None, "{payload}");
    }
}

#[test]
fn long_and_hostile_texts_are_cut_in_time() {
    let half = 128 * 1024;
    let texts = [
        "*a ".repeat(half / 3),
        "*_~".repeat(half / 3),
        "<".repeat(half),
        "<a|".repeat(half / 3),
        "`a\n".repeat(half / 3),
        "```".repeat(half / 3),
        ":a".repeat(half / 2),
        "é".repeat(half / 2),
        "https://".repeat(half / 8),
        "&gt;".repeat(half / 4),
    ];
    for text in texts {
        let began = Instant::now();
        let payload = json!({ "text": text, "attachments": [{ "text": text }, { "fallback": text }] });
        let ours = to_markdown(&payload).unwrap();
        assert!(ours.len() <= TEXT_MAX_BYTES + 8, "{} bytes", ours.len());
        // Debug builds on a loaded machine; a release takes a fiftieth.
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?} took {:?}",
            &text[..8],
            began.elapsed()
        );
    }
    let many: Vec<Value> = (0..5000)
        .map(|n| json!({ "type": "section", "text": format!("part {n}") }))
        .collect();
    assert!(
        to_markdown(&json!({ "blocks": many }))
            .unwrap()
            .contains("part 149")
    );
}

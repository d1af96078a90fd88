//! HTML, plain text, excerpts, search text and names.

use markup::NameProblem;
use serde_json::json;

use crate::support::{self, ADA, BOB, name_of};

#[track_caller]
fn check_html(text: &str, expected: &str) {
    assert_eq!(
        markup::to_html(&markup::tree_of(text), &name_of),
        expected,
        "{text:?}"
    );
}

#[test]
fn html_for_mail() {
    check_html("a\nb\n\nc", "<p>a<br>b</p><p>c</p>");
    check_html("**a** & <b>", "<p><strong>a</strong> &amp; &lt;b&gt;</p>");
    check_html(
        "[a](/b?c=d&e=f)",
        "<p><a href=\"/b?c=d&amp;e=f\" rel=\"noopener noreferrer nofollow\">a</a></p>",
    );
    check_html(
        &format!("<@{ADA}> <@channel>"),
        "<p><strong>@Ada &lt;b&gt;&amp;\"'</strong> <strong>@channel</strong></p>",
    );
    check_html("- [x] a\n- b", "<ul><li>☑ a</li><li>b</li></ul>");
    check_html("3. a", "<ol start=\"3\"><li>a</li></ol>");
    check_html("```js\n\n<a>\n```", "<pre><code>\n&lt;a&gt;</code></pre>");
    check_html(
        "|a|b|\n|-|-:|\n|c|d|",
        "<table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead><tbody><tr><td>c</td><td align=\"right\">d</td></tr></tbody></table>",
    );
}

#[test]
fn a_stored_tree_with_a_bad_link_makes_clean_html() {
    let tree: Vec<markup::Node> = serde_json::from_value(json!([
        {"t": "p", "c": [{"t": "a", "href": "javascript:alert(1)", "c": ["a"]}, {"t": "a", "href": "//evil.example", "c": ["b"]}]},
        {"t": "h", "level": 99, "c": ["c"]}, {"t": "table", "c": ["loose", {"t": "p", "c": ["d"]}]}
    ])).expect("a tree");
    let html = markup::to_html(&tree, &name_of);
    support::check_html("a stored tree", &html);
    assert!(!html.contains("href"), "{html}");
}

#[track_caller]
fn check_plain(text: &str, expected: &str) {
    assert_eq!(
        markup::plain(&markup::tree_of(text), &name_of),
        expected,
        "{text:?}"
    );
}

#[test]
fn plain_text_for_notices() {
    check_plain("a\nb\n\nc", "a\nb\nc");
    check_plain("# A\n\n**b** [c](/d) `e` ~~f~~", "A\nb c e f");
    check_plain(&format!("<@{BOB}>: <@channel>"), "@Bob: @channel");
    check_plain(
        "- a\n- b\n  1. c\n  2. d\n- [x] e\n- [ ] f",
        "• a\n• b\n1. c\n2. d\n☑ e\n☐ f",
    );
    check_plain("- a\n\n- b\n\n  c", "• a\n• b\nc");
    check_plain("-\n- a", "• \n• a");
    check_plain("> q\n\n---\n\n```\nx\ny\n```", "q\nx\ny");
    check_plain("|a|b|\n|-|-|\n|c|d|", "a\tb\nc\td");
    check_plain("a\u{202E}b", "ab");
}

#[track_caller]
fn check_excerpt(text: &str, max_chars: usize, expected: &str) {
    assert_eq!(
        markup::excerpt(text, max_chars),
        expected,
        "{text:?} to {max_chars}"
    );
}

#[test]
fn excerpts_end_at_a_word() {
    check_excerpt("", 10, "");
    check_excerpt("  a\n\tb  ", 10, "a b");
    check_excerpt("exactly ten", 11, "exactly ten");
    check_excerpt("one two three four", 10, "one two…");
    check_excerpt("one two three four", 8, "one two…");
    check_excerpt("Donaudampfschifffahrt", 10, "Donaudamp…");
    check_excerpt("a Donaudampfschifffahrt", 10, "a Donauda…");
    check_excerpt("東京都に行きます", 5, "東京都に…");
    check_excerpt("abe\u{301}\u{301}\u{301}", 5, "ab…");
    check_excerpt("ab👩\u{200D}👩\u{200D}👧", 5, "ab…");
    check_excerpt("abc", 1, "…");
    check_excerpt("abc", 0, "");
}

#[track_caller]
fn check_search(text: &str, expected: &str) {
    let searchable = markup::search_text(text);
    assert_eq!(searchable, expected, "{text:?}");
    assert_eq!(markup::search_text(&searchable), expected, "{text:?} twice");
}

#[test]
fn search_sees_words() {
    check_search("Hello, *World*!", "hello world");
    check_search("Crème brûlée ÅNGSTRÖM", "creme brulee angstrom");
    check_search("Straße Øre łódź İstanbul ﬁn ①", "strasse ore lodz istanbul fin 1");
    check_search("Σίσυφος ΣΊΣΥΦΟΣ", "σισυφοσ σισυφοσ");
    check_search("a_b-c.d https://e.f/g", "a b c d https e f g");
    check_search(&format!("hi <@{ADA}> <@channel>"), "hi");
    check_search("東京都", "東京 京都");
    check_search("中", "中");
    check_search("go東京go", "go 東京 go");
    check_search("がぎ ｶﾞ", "がぎ ガ");
    check_search("한국어", "한국 국어");
    check_search("हिन्दी", "हिन्दी");
    check_search("שָׁלוֹם مُحَمَّد", "שלום محمد");
    check_search(&format!("z{}algo", "\u{334}".repeat(1_000)), "zalgo");
    check_search(
        "soft\u{AD}hy\u{200D}phen zero\u{200B}width",
        "softhyphen zero width",
    );
    check_search("", "");
}

#[track_caller]
fn check_name(name: &str, expected: Result<&str, NameProblem>) {
    assert_eq!(
        markup::clean_name(name, 10).as_deref(),
        expected.as_ref().copied(),
        "{name:?}"
    );
}

#[test]
fn names_are_cleaned_or_refused() {
    check_name("  Ada \u{A0} L. ", Ok("Ada L."));
    check_name("Zoe\u{308}", Ok("Zoë"));
    check_name("\tAda\n", Ok("Ada"));
    check_name("Ada\u{200B}\u{FEFF}", Ok("Ada"));
    check_name("👩\u{200D}👧", Ok("👩\u{200D}👧"));
    check_name("می\u{200C}خواهم", Ok("می\u{200C}خواهم"));
    check_name("名前名前名前名前名前", Ok("名前名前名前名前名前"));
    for blank in [
        "",
        "  ",
        "\u{200B}",
        "\u{200D}\u{FEFF} \u{3164}",
        "\u{2800}",
        "\u{AD}",
        "\u{301}",
        "\n",
    ] {
        check_name(blank, Err(NameProblem::Blank));
    }
    check_name("12345678901", Err(NameProblem::TooLong { max_chars: 10 }));
    for control in ["a\nb", "a\u{0}", "a\u{1b}[1m", "a\u{85}b", "a\rb"] {
        check_name(control, Err(NameProblem::ControlCharacter));
    }
    check_name("a\u{202E}b", Err(NameProblem::DirectionOverride));
    check_name("a\u{2066}b", Err(NameProblem::DirectionOverride));
    check_name(
        "a\u{334}\u{327}\u{316}\u{317}\u{318}",
        Err(NameProblem::TooManyMarks),
    );
}

#[test]
fn look_alikes_share_a_skeleton() {
    for (name, look_alike) in [
        ("Ada", "ada"),
        ("admin", "аdmin"),
        ("Admin", "ΑDMIN"),
        ("coco", "сосо"),
        ("Nick", "Νick"),
        ("Vera", "νera"),
        ("Helpdesk", "Ηelpdesk"),
        ("general", "generаl"),
        ("general", "gene\u{200B}ral"),
        ("ＡＤＡ", "ada"),
        ("𝐀𝐝𝐚", "ada"),
        ("bob0", "bobo"),
        ("team l", "team 1"),
        ("Ada  L", "ada l"),
        ("off-topic", "off‑topic"),
        ("ΝΙΚΟΣ", "νικοσ"),
        ("Олег", "ОЛЕГ"),
        ("Zoë", "Zoe\u{308}"),
        ("Тест", "тест"),
        ("Ян", "ян"),
    ] {
        assert_eq!(
            markup::skeleton(name),
            markup::skeleton(look_alike),
            "{name:?} {look_alike:?}"
        );
    }
    for (name, other) in [
        ("Ada", "Ida"),
        ("José", "Jose"),
        ("mail", "mall"),
        ("Анна", "Инна"),
        ("東京", "京都"),
        ("team 1", "team 2"),
        ("ab", "a b"),
    ] {
        assert_ne!(
            markup::skeleton(name),
            markup::skeleton(other),
            "{name:?} {other:?}"
        );
    }
}

//! Texts that want to be script, and texts from a seed: whatever goes in, what comes out is clean.

use proptest::prelude::*;

use crate::support::{self, name_of};

/// Addresses that must never become a link.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "\u{1}javascript:alert(1)",
    "javascript&#58;alert(1)",
    "java\u{0}script:x",
    "\\javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:x",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/&Tab;/evil.example",
    "http:evil",
    "https:/evil",
    "view-source:x",
    "ﬁle:x",
    "ｊavascript:x",
];

const ADDRESS_FORMS: &[&str] = &[
    "[a]({})",
    "[a](<{}>)",
    "<{}>",
    "![a]({})",
    "[a]: {}\n\n[a]",
    "[a]({} \"t\")",
    "[![x]({})]({})",
    "{}",
    "[a](\n{}\n)",
];

/// HTML that must never be HTML.
const TAGS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href=\"javascript:x\">",
    "<style>*{}</style>",
    "<iframe srcdoc=x>",
    "<object data=x>",
    "<base href=//evil>",
    "<meta http-equiv=refresh>",
    "<form action=x><input>",
    "<a href=\"javascript:x\">a</a>",
    "<p style=\"x\" id=a class=b>",
    "<!--><img src=x onerror=x>-->",
    "<![CDATA[<script>]]>",
    "<?php ?>",
    "<noscript><p title=\"</noscript><img src=x onerror=x>\">",
    "<x onclick=y>",
    "<details open ontoggle=x>",
    "\"><img src=x onerror=x>",
    "'-alert(1)-'",
    "</p></div></body><script>x</script>",
    "<template><s></template>",
    "<plaintext>",
    "<textarea><script>",
    "<b onmouseover=x>**a**</b>",
    "&lt;script&gt;",
    "&#60;script&#62;",
];

const TAG_FORMS: &[&str] = &[
    "{}",
    "a {} b",
    "# {}",
    "> {}",
    "- {}",
    "**{}**",
    "`{}`",
    "```{}\n{}\n```",
    "[{}](/a)",
    "[a](/{})",
    "![{}](/a \"{}\")",
    "|{}|\n|-|\n|{}|",
    "[a]: /b '{}'\n\n[a]",
];

#[test]
fn hostile_addresses_are_no_links() {
    for address in ADDRESSES {
        for form in ADDRESS_FORMS {
            let text = form.replace("{}", address);
            support::check_everything(&text);
            let html = markup::to_html(&markup::tree_of(&text), &name_of);
            assert!(!html.contains("href"), "{text:?} became {html}");
        }
    }
}

#[test]
fn hostile_html_is_text() {
    for html in TAGS {
        for form in TAG_FORMS {
            support::check_everything(&form.replace("{}", html));
        }
    }
}

#[test]
fn seeded_texts_come_out_clean() {
    // The unoptimised parser takes tenths of a millisecond for each; ten million are for `examples/fuzz.rs`.
    let n_texts = if cfg!(debug_assertions) { 5_000 } else { 200_000 };
    let mut seeded = support::Seeded(0xA17);
    for _ in 0..n_texts {
        support::check_everything(&seeded.text());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_unicode_comes_out_clean(text in any::<String>()) {
        support::check_everything(&text);
    }

    #[test]
    fn markdown_like_text_comes_out_clean(text in "[ab \\n\\t*_~`<>@&|:#!\\[\\]()\\\\/.\"'0-9+=-]{0,80}") {
        support::check_everything(&text);
    }

    #[test]
    fn html_like_text_comes_out_clean(text in "(<|</|>|<!--|-->| |a|img|svg|script|style|href=|onerror=|javascript:|\"|'|&#x|;|\\n|`|\\*\\*){0,40}") {
        support::check_everything(&text);
    }
}

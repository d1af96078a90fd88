//! Blocks: the newer half of Slack's messages.

use super::{link, mrkdwn, object_text, push, quoted};
use serde_json::Value;

/// Rich texts and lists inside each other. Slack nests two deep.
const DEPTH_MAX: usize = 6;

/// Appends what is known of these blocks.
pub fn blocks(list: &Value, parts: &mut Vec<String>) {
    for block in list.as_array().into_iter().flatten() {
        push(parts, one(block));
    }
}

fn one(block: &Value) -> String {
    let items = |key: &str| block[key].as_array().into_iter().flatten();
    match block["type"].as_str().unwrap_or_default() {
        "header" => header(block),
        "section" => section(block),
        "divider" => "---".to_owned(),
        "context" => joined(items("elements").map(context)),
        "image" => image(block),
        "actions" => joined(items("elements").map(button)),
        "video" => link(
            &object_text(&block["title"]),
            block["title_url"]
                .as_str()
                .or(block["video_url"].as_str())
                .unwrap_or_default(),
        ),
        "markdown" => block["text"]
            .as_str()
            .unwrap_or_default()
            .replace("<@channel>", "@channel"),
        "rich_text" => rich_parts(&block["elements"], 0).join("\n\n"),
        _ => String::new(),
    }
}

fn header(block: &Value) -> String {
    let text = object_text(&block["text"]).replace(['\n', '\\'], " ");
    if text.trim().is_empty() {
        text
    } else {
        format!("### {}", text.trim())
    }
}

fn section(block: &Value) -> String {
    let mut parts = Vec::new();
    push(&mut parts, object_text(&block["text"]));
    for field in block["fields"].as_array().into_iter().flatten() {
        push(&mut parts, object_text(field));
    }
    push(&mut parts, accessory(&block["accessory"]));
    parts.join("\n\n")
}

fn accessory(element: &Value) -> String {
    match element["type"].as_str() {
        Some("image") => image(element),
        Some("button") => button(element),
        _ => String::new(),
    }
}

/// Shown as a link: pictures of other servers are not loaded by those who read.
fn image(block: &Value) -> String {
    let title = object_text(&block["title"]);
    let alt = mrkdwn::plain(block["alt_text"].as_str().unwrap_or("image"));
    let text = if title.is_empty() { alt } else { title };
    let url = block["image_url"]
        .as_str()
        .or(block["slack_file"]["url"].as_str());
    link(&text, url.unwrap_or_default())
}

/// Only a button that leads somewhere can be pressed here.
fn button(element: &Value) -> String {
    match element["url"].as_str() {
        Some(url) => link(&object_text(&element["text"]), url),
        None => String::new(),
    }
}

fn context(element: &Value) -> String {
    match element["type"].as_str() {
        // A small picture beside words says nothing without its words.
        Some("image") => mrkdwn::plain(element["alt_text"].as_str().unwrap_or_default()),
        _ => object_text(element),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.filter(|part| !part.trim().is_empty()).collect();
    parts.join(" · ")
}

fn rich_parts(list: &Value, depth: usize) -> Vec<String> {
    let mut parts = Vec::new();
    if depth < DEPTH_MAX {
        for element in list.as_array().into_iter().flatten() {
            push(&mut parts, rich_part(element, depth));
        }
    }
    parts
}

fn rich_part(element: &Value, depth: usize) -> String {
    match element["type"].as_str().unwrap_or_default() {
        "rich_text_section" => rich_line(&element["elements"]),
        "rich_text_quote" => quoted(&rich_line(&element["elements"])),
        "rich_text_preformatted" => {
            let mut out = String::new();
            mrkdwn::fence(&raw(&element["elements"]), &mut out);
            out
        }
        "rich_text_list" => rich_list(element, depth),
        _ => String::new(),
    }
}

fn rich_list(element: &Value, depth: usize) -> String {
    let is_ordered = element["style"] == "ordered";
    let indent = element["indent"].as_u64().unwrap_or(0).min(DEPTH_MAX as u64) as usize;
    let items = rich_parts(&element["elements"], depth + 1)
        .into_iter()
        .enumerate();
    let lines = items.map(|(idx, item)| {
        let sign = if is_ordered {
            format!("{}.", idx + 1)
        } else {
            "-".to_owned()
        };
        let space = "    ".repeat(indent);
        format!("{space}{sign} {}", item.replace('\n', &format!("\n{space}    ")))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn raw(list: &Value) -> String {
    let pieces = list.as_array().into_iter().flatten();
    pieces
        .filter_map(|piece| piece["text"].as_str().or(piece["url"].as_str()))
        .collect()
}

fn rich_line(list: &Value) -> String {
    list.as_array().into_iter().flatten().map(rich_piece).collect()
}

fn rich_piece(piece: &Value) -> String {
    let name = |key: &str| mrkdwn::plain(piece[key].as_str().unwrap_or_default());
    match piece["type"].as_str().unwrap_or_default() {
        "text" => styled(piece["text"].as_str().unwrap_or_default(), &piece["style"]),
        "link" => link(&name("text"), piece["url"].as_str().unwrap_or_default()),
        "emoji" => emoji(piece),
        "user" => format!("@{}", name("user_id")),
        "usergroup" => format!("@{}", name("usergroup_id")),
        "channel" => format!("\\#{}", name("channel_id")),
        "broadcast" => format!("@{}", name("range")),
        "date" => name("fallback"),
        "color" => name("value"),
        _ => String::new(),
    }
}

/// Signs stand at the words: white space at the edges of a style stays outside of it.
fn styled(text: &str, style: &Value) -> String {
    let core = text.trim();
    if core.is_empty() {
        return text.to_owned();
    }
    let is = |name: &str| style[name] == true;
    let mut out = if is("code") {
        mrkdwn::code(core)
    } else {
        mrkdwn::plain(core)
    };
    for (name, sign) in [("strike", "~~"), ("italic", "*"), ("bold", "**")] {
        if is(name) {
            out = format!("{sign}{out}{sign}");
        }
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    format!("{}{out}{}", &text[..start], &text[end..])
}

/// `unicode` holds code points in hexadecimal: `1f44d-1f3fb`.
fn emoji(piece: &Value) -> String {
    let points = piece["unicode"].as_str().unwrap_or_default().split('-');
    let chars: Option<String> = points
        .map(|point| u32::from_str_radix(point, 16).ok().and_then(char::from_u32))
        .collect();
    match chars.filter(|chars| !chars.chars().any(char::is_control)) {
        Some(emoji) => emoji,
        None => format!(":{}:", mrkdwn::plain(piece["name"].as_str().unwrap_or_default())),
    }
}

//! Attachments: the older half of Slack's messages, which most build servers and monitors still send.

use super::{blocks, link, mrkdwn, object_text, push, quoted, text_of};
use serde_json::Value;

/// Appends each attachment as a quote.
pub fn attachments(list: &Value, parts: &mut Vec<String>) {
    for attachment in list.as_array().into_iter().flatten() {
        push(parts, one(attachment));
    }
}

fn one(attachment: &Value) -> String {
    let mut inside = Vec::new();
    let plain = |key: &str| mrkdwn::plain(attachment[key].as_str().unwrap_or_default());
    let url = |key: &str| attachment[key].as_str().unwrap_or_default();
    let mut before = Vec::new();
    push(&mut before, text_of(&attachment["pretext"], true));
    if !url("author_name").is_empty() {
        push(&mut inside, titled(&plain("author_name"), url("author_link")));
    }
    if !url("title").is_empty() {
        push(
            &mut inside,
            format!("**{}**", titled(&plain("title"), url("title_link"))),
        );
    }
    blocks::blocks(&attachment["blocks"], &mut inside);
    push(&mut inside, text_of(&attachment["text"], true));
    push(&mut inside, fields(&attachment["fields"]));
    for key in ["image_url", "thumb_url"] {
        if !url(key).is_empty() {
            push(&mut inside, link("image", url(key)));
        }
    }
    push(&mut inside, actions(&attachment["actions"]));
    if inside.is_empty() {
        push(&mut inside, plain("fallback"));
    }
    push(&mut inside, plain("footer"));
    if let (Some(first), Some(dot)) = (inside.first_mut(), dot(url("color"))) {
        *first = format!("{dot} {first}");
    }
    push(&mut before, quoted(&inside.join("\n\n")));
    before.join("\n\n")
}

/// The address alone must not hide behind a text that is empty.
fn titled(text: &str, url: &str) -> String {
    if url.is_empty() {
        text.to_owned()
    } else {
        link(text, url)
    }
}

/// Names with values, one a line.
fn fields(list: &Value) -> String {
    let lines = list.as_array().into_iter().flatten().map(|field| {
        let title = mrkdwn::plain(field["title"].as_str().unwrap_or_default());
        let value = match &field["value"] {
            Value::String(_) => object_text(&field["value"]),
            Value::Null => String::new(),
            other => mrkdwn::plain(&other.to_string()),
        };
        match title.trim() {
            "" => value,
            title => format!("**{title}:** {value}"),
        }
    });
    let lines: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

fn actions(list: &Value) -> String {
    let links = list.as_array().into_iter().flatten().filter_map(|action| {
        let text = mrkdwn::plain(action["text"].as_str()?);
        Some(link(&text, action["url"].as_str()?))
    });
    links.collect::<Vec<_>>().join(" · ")
}

/// The bar at the side of an attachment, by name or as a colour: what it says is how bad it is.
fn dot(colour: &str) -> Option<&'static str> {
    match colour {
        "" => return None,
        "good" => return Some("🟢"),
        "warning" => return Some("🟡"),
        "danger" => return Some("🔴"),
        _ => {}
    }
    let hex = colour.trim_start_matches('#');
    let value = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, red, green, blue] = value.to_be_bytes();
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    Some(match (most - least, most) {
        (0..40, _) => "⚪",
        (_, most) if most == red && green > 120 => "🟡",
        (_, most) if most == red => "🔴",
        (_, most) if most == green => "🟢",
        _ => "🔵",
    })
}

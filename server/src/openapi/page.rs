//! The document as a page for people: plain HTML without a script, so that it needs no viewer from elsewhere.

use serde_json::{Map, Value};
use std::fmt::Write;

const HEAD: &str = include_str!("page.html");

/// The whole page.
pub fn render(document: &Value) -> String {
    let mut out = HEAD
        .replace("{{description}}", &inline(text(&document["info"]["description"])))
        .replace("{{version}}", &escape(text(&document["info"]["version"])));
    let paths = document["paths"].as_object();
    let operations = || {
        paths.into_iter().flatten().flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| (path, method, operation))
        })
    };
    let mut tags: Vec<&str> = Vec::new();
    for (_, _, operation) in operations() {
        let tag = text(&operation["tags"][0]);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    push(&mut out, "<h2 id=\"tokens\">Tokens and scopes</h2>");
    push(
        &mut out,
        &list(text(
            &document["components"]["securitySchemes"]["token"]["description"],
        )),
    );
    for tag in tags {
        push(&mut out, &format!("<h2 id=\"{tag}\">{}</h2>", escape(tag)));
        for (path, method, operation) in operations().filter(|(_, _, operation)| operation["tags"][0] == tag)
        {
            render_operation(&mut out, path, method, operation);
        }
    }
    push(&mut out, "<h2 id=\"types\">Types</h2>");
    for (name, schema) in document["components"]["schemas"]
        .as_object()
        .into_iter()
        .flatten()
    {
        push(
            &mut out,
            &format!("<details id=\"type-{name}\"><summary><code>{name}</code></summary>"),
        );
        paragraph(&mut out, text(&schema["description"]));
        push(&mut out, &shape(schema));
        push(&mut out, "</details>");
    }
    push(&mut out, "</main></body></html>");
    out
}

fn render_operation(out: &mut String, path: &str, method: &str, operation: &Value) {
    let summary = format!(
        "<details id=\"{id}\"><summary><span class=\"method\">{method}</span> <code>{path}</code><span class=\"says\">{says}</span></summary>",
        id = escape(text(&operation["operationId"])),
        method = method.to_uppercase(),
        path = escape(path),
        says = escape(text(&operation["summary"])),
    );
    push(out, &summary);
    let scope = match operation["x-scope"].as_str() {
        Some("any") => "Any token.".to_owned(),
        Some("person") => "No token: only a person who signed in.".to_owned(),
        Some(scope) => format!("Needs the scope <code>{}</code>.", escape(scope)),
        None => "Open to everybody.".to_owned(),
    };
    push(out, &format!("<p>{scope}</p>"));
    let parameters = operation["parameters"].as_array().filter(|list| !list.is_empty());
    if let Some(parameters) = parameters {
        push(out, "<h3>Parameters</h3><ul>");
        for parameter in parameters {
            let needed = if parameter["required"] == true {
                ""
            } else {
                ", optional"
            };
            let line = format!(
                "<li><code>{}</code> in the {}{needed}: {}</li>",
                escape(text(&parameter["name"])),
                escape(text(&parameter["in"])),
                name_of(&parameter["schema"]),
            );
            push(out, &line);
        }
        push(out, "</ul>");
    }
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        push(out, &format!("<h3>Body</h3><p>{}</p>", contents(content)));
    }
    push(out, "<h3>Answers</h3><ul>");
    for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
        let what = match (answer["$ref"].as_str(), answer["content"].as_object()) {
            (Some(_), _) => "<a href=\"#type-Problem\">Problem</a>".to_owned(),
            (None, Some(content)) => contents(content),
            (None, None) => "nothing more".to_owned(),
        };
        push(out, &format!("<li><code>{}</code>: {what}</li>", escape(status)));
    }
    push(out, "</ul></details>");
}

fn contents(content: &Map<String, Value>) -> String {
    let parts: Vec<String> = content
        .iter()
        .map(|(kind, content)| match content["schema"].is_null() {
            true => format!("<code>{}</code>", escape(kind)),
            false => name_of(&content["schema"]),
        })
        .collect();
    parts.join(", ")
}

/// The fields of an object, or what else a type is.
fn shape(schema: &Value) -> String {
    let Some(fields) = schema["properties"].as_object() else {
        return format!("<p>{}</p>", name_of(schema));
    };
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut out = String::from("<ul>");
    for (name, field) in fields {
        let needed = if required.contains(&name.as_str()) {
            ""
        } else {
            ", optional"
        };
        let says = text(&field["description"]);
        let says = if says.is_empty() {
            String::new()
        } else {
            format!(". {}", inline(says))
        };
        push(
            &mut out,
            &format!(
                "<li><code>{}</code>{needed}: {}{says}</li>",
                escape(name),
                name_of(field)
            ),
        );
    }
    out.push_str("</ul>");
    out
}

/// A type in a few words.
fn name_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|target| target.rsplit('/').next())
    {
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(choices) = schema[key].as_array() {
            let names: Vec<String> = choices.iter().map(name_of).collect();
            return names.join(" or ");
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words
            .iter()
            .map(|word| format!("<code>{}</code>", escape(text(word))))
            .collect();
        return words.join(", ");
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("<code>{}</code>", escape(word));
    }
    if schema["type"] == "array" {
        return format!("list of {}", name_of(&schema["items"]));
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
        kind => text(kind).to_owned(),
    };
    match schema["format"].as_str() {
        Some(format) => format!("{} ({})", escape(&kinds), escape(format)),
        None => escape(&kinds),
    }
}

/// Paragraphs and `- ` lists.
fn list(markdown: &str) -> String {
    let mut out = String::new();
    for part in markdown.split("\n\n") {
        if part.starts_with("- ") {
            let items = part
                .lines()
                .map(|line| format!("<li>{}</li>", inline(line.trim_start_matches("- "))));
            push(&mut out, &format!("<ul>{}</ul>", items.collect::<String>()));
        } else {
            paragraph(&mut out, part);
        }
    }
    out
}

fn paragraph(out: &mut String, words: &str) {
    if !words.is_empty() {
        push(out, &format!("<p>{}</p>", inline(words)));
    }
}

/// `code` in backticks; all else is text.
fn inline(markdown: &str) -> String {
    let parts = markdown.split('`').enumerate();
    parts
        .map(|(idx, part)| match idx % 2 {
            1 => format!("<code>{}</code>", escape(part)),
            _ => escape(part),
        })
        .collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text inside of HTML, also inside of an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn push(out: &mut String, part: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{part}");
}

//! `antiphon health`: how the running server is, in the words of Settings → Health, at the terminal and for monitors.
//!
//! Invariants: the server answers on a socket file in its data folder, so whoever may open that folder may ask, and nobody
//! else; one question is answered at a time and each in a bounded time; the words are those of the web app in English, so
//! that the screen and the terminal never differ. It does not know what is checked.

use anyhow::{Context, Result, bail};
use platform::{app::App, config::Config};
use serde_json::{Map, Value};
use std::{
    fs,
    io::Read,
    os::unix::{fs::PermissionsExt, net::UnixStream as BlockingStream},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};
use tokio::{io::AsyncWriteExt, net::UnixListener, time::timeout};

/// Every check takes two seconds at most, and they are made at once.
const PATIENCE: Duration = Duration::from_secs(10);
/// The texts of the screen.
const WORDS: &str = include_str!("../../web/src/features/admin/strings.en.json");

fn socket(data: &Path) -> PathBuf {
    data.join("health.sock")
}

/// Answers until the end. A folder in which no socket can be made costs the command and nothing else.
pub fn keep(app: &App) {
    let path = socket(&app.config.data);
    let listener = match listen(&path) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(error = %error, "`antiphon health` will find nobody: its socket cannot be made");
            return;
        }
    };
    let (inner, stop) = (app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("answer about health", async move {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = stop.cancelled() => break,
            };
            let Ok((mut stream, _)) = accepted else {
                // Out of file descriptors: it passes, and asking at once would only spin.
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            };
            let health = ::admin::look(&inner).await;
            let text = serde_json::to_vec(&health).unwrap_or_default();
            // Whoever asked may have gone.
            let _ = timeout(PATIENCE, stream.write_all(&text)).await;
        }
        // The next start removes what is left as well.
        let _ = fs::remove_file(&path);
    });
}

fn listen(path: &Path) -> std::io::Result<UnixListener> {
    // The folder is locked by this process, so a socket that lies there is of one that died.
    let _ = fs::remove_file(path);
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Prints one line for each thing, the worst first. Success: nothing is broken; `strict`: and nothing wants a look.
pub fn ask(config: &Config, strict: bool) -> Result<ExitCode> {
    let health = fetch(&socket(&config.data))?;
    let words = Words::read()?;
    let state = health["state"].as_str().unwrap_or_default();
    println!("{}", words.text(&format!("all_{state}"), &Map::new())?);
    let mut checks: Vec<&Value> = health["checks"].as_array().into_iter().flatten().collect();
    checks.sort_by_key(|check| urgency(check["state"].as_str()));
    for check in checks {
        println!("{}", words.line(check)?);
    }
    Ok(match state {
        "well" => ExitCode::SUCCESS,
        "look" if !strict => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn urgency(state: Option<&str>) -> u8 {
    match state {
        Some("well") => 2,
        Some("look") => 1,
        _ => 0,
    }
}

fn fetch(path: &Path) -> Result<Value> {
    let stream = BlockingStream::connect(path);
    let mut stream = stream.context("no server runs on this data folder, or it has just begun")?;
    stream
        .set_read_timeout(Some(PATIENCE))
        .context("no time can be set")?;
    let mut text = Vec::new();
    let read = stream.read_to_end(&mut text);
    read.context("the server does not answer: it hangs, or it is about to end")?;
    if text.is_empty() {
        bail!("the server ended before it had answered");
    }
    serde_json::from_slice(&text).context("the server answers in words of another version")
}

struct Words(Map<String, Value>);

impl Words {
    fn read() -> Result<Self> {
        let words = serde_json::from_str(WORDS).context("the words cannot be read")?;
        Ok(Self(words))
    }

    /// "Broken  Files: The place of the files …".
    fn line(&self, check: &Value) -> Result<String> {
        let word = check["word"].as_str().unwrap_or_default();
        let part = word.split('_').next().unwrap_or_default();
        let nothing = Map::new();
        let facts = check["facts"].as_object().unwrap_or(&nothing);
        let state = self.text(
            &format!("state_{}", check["state"].as_str().unwrap_or_default()),
            &nothing,
        )?;
        let part = self.text(&format!("part_{part}"), &nothing)?;
        let what = self.text(&format!("check_{word}"), facts)?;
        let took = match check["took_ms"].as_u64() {
            Some(took_ms) if took_ms >= ::admin::SLOW_MS => {
                let took = Map::from_iter([("took_ms".to_owned(), took_ms.into())]);
                format!(" {}", self.text("check_took", &took)?)
            }
            _ => String::new(),
        };
        Ok(format!("{state:<12} {part}: {what}{took}"))
    }

    fn text(&self, key: &str, facts: &Map<String, Value>) -> Result<String> {
        let is_one = facts.get("n_sockets").and_then(Value::as_u64) == Some(1);
        let counted = if is_one { "one" } else { "other" };
        let found = self
            .0
            .get(key)
            .or_else(|| self.0.get(&format!("{key}_{counted}")));
        let template = found
            .and_then(Value::as_str)
            .with_context(|| format!("there are no words for {key}"))?;
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            text.push_str(before);
            text.push_str(&in_words(name, facts));
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    }
}

/// The fact behind a name of the sentences, as `web/src/features/admin/health.ts` says it.
fn in_words(name: &str, facts: &Map<String, Value>) -> String {
    let number = |key: &str| facts.get(key).and_then(Value::as_i64).unwrap_or(0);
    match name {
        "size" => size(number("size_bytes")),
        "free" => size(number("free_bytes")),
        "total" => size(number("total_bytes")),
        "read" => format!("{} ms", number("read_ms")),
        "write" => format!("{} ms", number("write_ms")),
        "off" => format!("{} ms", number("off_ms")),
        "took" => format!("{} ms", number("took_ms")),
        "at" | "since" | "until" | "failed_at" => moment(number(name)),
        "count" => number("n_sockets").to_string(),
        "slowed" => number("n_slowed").to_string(),
        _ => facts
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    }
}

fn moment(at: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// In steps of a thousand, as disks are sold.
fn size(n_bytes: i64) -> String {
    let (mut value, mut unit) = (n_bytes as f64, "bytes");
    for larger in ["kB", "MB", "GB", "TB"] {
        if value < 1000.0 {
            break;
        }
        (value, unit) = (value / 1000.0, larger);
    }
    if unit == "bytes" {
        format!("{n_bytes} bytes")
    } else {
        format!("{value:.1} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_check_is_said_as_on_the_screen() {
        let words = Words::read().expect("words");
        let line = |check: Value| words.line(&check).expect("a line");
        let disk = json!({ "word": "disk_low", "state": "look", "took_ms": 3, "facts": { "free_bytes": 1_500_000_000_i64, "total_bytes": 64_000_000_000_i64 } });
        assert_eq!(
            line(disk),
            "Look at this Disk: Only 1.5 GB of 64.0 GB are free. Make room, or move the data to a larger disk."
        );
        let people = |n: i64| json!({ "word": "people_well", "state": "well", "took_ms": 0, "facts": { "n_sockets": n, "n_slowed": 0 } });
        assert!(line(people(1)).contains("One connection is open"));
        assert!(line(people(7)).contains("7 connections are open"));
        let backup = json!({ "word": "backup_well", "state": "well", "took_ms": 1900, "facts": { "at": 1_764_158_400_000_000_i64 } });
        assert!(
            line(backup).ends_with("2025-11-26 12:00 UTC. It took 1900 ms to find out."),
            "times in UTC, and what was slow"
        );
    }
}

//! Archives of Slack, written by ourselves in the published format, and what becomes of them on both databases.

use super::{archive::ENTRY_MAX_BYTES, import_slack};
use crate::{
    Error, Skipped, Tally,
    tests::{Imports, channel, page, start},
};
use platform::{both_stores, outbound::Outbound, testing::Store};
use serde_json::{Value, json};
use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What lies in the archive, by path.
type Files = Vec<(String, String)>;

fn users() -> Value {
    json!([
        { "id": "U1", "name": "ada", "deleted": false, "tz": "Europe/Lisbon",
          "profile": { "real_name": "Ada Obi", "display_name": "ada", "email": "ada@example.org" } },
        { "id": "U2", "name": "ben", "real_name": "Ben Ito", "tz": "Asia/Nowhere", "profile": {} },
        { "id": "U3", "name": "old", "deleted": true, "profile": { "real_name": "Olga Old", "email": "old@example.org" } },
    ])
}

fn school() -> Files {
    let first_day = json!([
        { "type": "message", "user": "U1", "text": "Which <#C1|films>? *Now*, <@U2>!", "ts": "1525311495.000100",
          "thread_ts": "1525311495.000100", "reply_count": 2,
          "reactions": [
              { "name": "+1", "users": ["U2", "U3"], "count": 2 },
              { "name": "thumbsup", "users": ["U1"], "count": 1 },
              { "name": "our-logo", "users": ["U1", "U2"], "count": 2 } ] },
        { "type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined the channel", "ts": "1525311400.000000" },
        { "type": "message", "user": "U2", "text": "The Third Man", "ts": "1525311500.000200",
          "thread_ts": "1525311495.000100", "edited": { "user": "U2", "ts": "1525311600.000000" } },
        { "type": "message", "subtype": "bot_message", "bot_id": "B7", "username": "Builder", "text": "", "ts": "1525311700.000300",
          "attachments": [ { "title": "Build 7", "title_link": "https://ci.example/7", "text": "it *failed*", "fallback": "x" } ] },
        { "type": "message", "user": "U1", "text": "", "ts": "1525311800.000400",
          "files": [ { "name": "plan.pdf", "permalink": "https://acme.slack.com/files/U1/F1/plan.pdf",
                       "url_private": "https://files.slack.com/F1/plan.pdf?t=xoxe-secret" } ] },
        { "type": "message", "user": "U1", "text": " ", "ts": "1525311900.000500" },
    ]);
    let second_day = json!([
        { "type": "message", "user": "U1", "text": "Good.", "ts": "1525411500.000200", "thread_ts": "1525311495.000100",
          "subtype": "thread_broadcast" },
        { "type": "message", "user": "U1", "text": "To one that is gone", "ts": "1525411600.000200", "thread_ts": "1500000000.000100" },
        { "type": "message", "user": "U2", "text": "And again", "ts": "1525411700.000200", "thread_ts": "1500000000.000100" },
    ]);
    let one = |text: &str, ts: &str| json!([{ "type": "message", "user": "U1", "text": text, "ts": ts }]);
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    [
        ("users.json", users()),
        ("channels.json", json!([
            { "id": "C1", "name": "films", "members": ["U1", "U2", "U3", "U404"], "purpose": { "value": "What we saw" } },
            { "id": "C2", "name": "attic", "is_archived": true, "members": ["U1"] },
        ])),
        ("groups.json", json!([{ "id": "G1", "name": "secrets", "members": ["U2"] }])),
        ("dms.json", json!([{ "id": "D1", "members": ["U1", "U2"] }])),
        ("mpims.json", json!([{ "id": "G2", "name": "mpdm-ada--ben--old-1", "members": ["U1", "U2", "U3"] }])),
        ("films/2018-05-03.json", first_day),
        ("films/2018-05-04.json", second_day),
        ("secrets/2018-05-03.json", one("hush", "1525311495.000100")),
        ("D1/2018-05-03.json", one("only you", "1525311495.000100")),
        ("mpdm-ada--ben--old-1/2018-05-03.json", one("we three", "1525311495.000100")),
    ]
    .map(|(path, value)| (path.to_owned(), pretty(&value)))
    .into()
}

fn archive(files: &Files) -> tempfile::NamedTempFile {
    archive_with(files, &[])
}

/// The same with files that people sent.
fn archive_with(files: &Files, sent: &[(&str, Vec<u8>)]) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().suffix(".zip").tempfile().unwrap();
    let mut zip = ZipWriter::new(&mut file);
    for (path, text) in files {
        zip.start_file(path.as_str(), SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    for (path, bytes) in sent {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    file
}

/// A small picture.
pub(crate) fn png(width: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, 20)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// A day of files: in the archive twice, at an address, behind a sign-in page, nowhere.
fn files_day(address: &str) -> Value {
    let file = |id: &str, name: &str| {
        json!({ "id": id, "name": name, "mimetype": "image/png", "permalink": format!("https://acme.slack.com/{id}"),
                "url_private": format!("{address}/{id}?t=xoxe-secret") })
    };
    json!([
        { "user": "U1", "text": "Look:", "ts": "1525311495.000100", "files": [file("F1", "plan.png"), file("F2", "../map.png")],
          "reactions": [{ "name": "our-logo", "users": ["U1", "U2"] }] },
        { "user": "U1", "text": "", "ts": "1525311496.000100", "files": [file("F3", "far.png")] },
        { "user": "U2", "text": "And :our-logo:", "ts": "1525311497.000100", "files": [file("F4", "locked.png"), file("F5", "big.png")] },
        { "user": "U2", "text": "", "ts": "1525311498.000100", "files": [{ "id": "F6", "name": "gone.png", "mode": "tombstone" }] },
    ])
}

fn files_of_day(address: &str) -> Files {
    let mut files = school();
    files.retain(|(path, _)| !path.starts_with("films/"));
    files.push(("films/2018-05-03.json".to_owned(), files_day(address).to_string()));
    let emoji = json!({ "ok": true, "emoji": {
        "our-logo": format!("{address}/logo.png"), "logo2": "alias:our-logo", "round": "alias:round", "tada2": "alias:tada",
        "Not A Name": format!("{address}/x.png"),
    } });
    files.push(("emoji.json".to_owned(), emoji.to_string()));
    files
}

fn sent_files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("films/attachments/F1-plan.png", png(30)),
        ("__uploads/F2/map.png", png(40)),
        ("__uploads/F5/big.png", vec![7; 1_000_001]),
        ("emoji/our-logo.png", png(20)),
    ]
}

/// Answers `/F3` with a picture and everything else with a page, and counts.
async fn slack_files() -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let n_asked = Arc::new(AtomicUsize::new(0));
    let asked = n_asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            asked.fetch_add(1, Ordering::AcqRel);
            let mut request = vec![0; 4096];
            let n = stream.read(&mut request).await.unwrap_or(0);
            let is_file = request[..n].starts_with(b"GET /F3?t=xoxe-secret ");
            let (kind, body) = if is_file {
                ("image/png", png(50))
            } else {
                ("text/html", b"<h1>Sign in</h1>".to_vec())
            };
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            // The client may have gone.
            let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
        }
    });
    (address, n_asked)
}

impl Imports {
    async fn slack(&self, files: &Files) -> Result<Tally, Error> {
        let file = archive(files);
        import_slack(self.target(), file.path(), Some("Acme"), None).await
    }
}

fn texts(messages: &[Value]) -> Vec<&str> {
    messages
        .iter()
        .map(|message| message["text"].as_str().unwrap())
        .collect()
}

both_stores! {
    async fn a_workspace_of_slack_comes_in(imports: Imports) {
        let tally = imports.slack(&school()).await.unwrap();
        let skipped = Skipped { n_notices: 1, n_reactions: 2, n_empty: 1, n_files: 1, ..Skipped::default() };
        let expected = Tally { n_people: 4, n_spaces: 1, n_channels: 5, n_topics: 2, n_messages: 10, skipped, ..Tally::default() };
        assert_eq!(tally, expected);
        let ada = imports.owner("ada@example.org").await;
        let start = start(&ada).await;
        assert_eq!(start["spaces"][0]["name"], "Acme");
        let films = channel(&start, "films");
        assert_eq!((&films["n_unread"], &films["description"]), (&json!(0), &json!("What we saw")));
        let stream = page(&ada, films, None).await;
        let ben = start["people"].as_array().unwrap().iter().find(|person| person["name"] == "Ben Ito").unwrap();
        let asked = format!("Which #films? **Now**, <@{}>!", ben["id"].as_str().unwrap());
        assert_eq!(texts(&stream), [
            asked.as_str(),
            "[Build 7](<https://ci.example/7>)\nit **failed**",
            "[plan.pdf](<https://acme.slack.com/files/U1/F1/plan.pdf>)",
            "To one that is gone",
        ]);
        assert_eq!(stream[0]["at"], 1_525_311_495_000_100_i64);
        assert_eq!(stream[0]["reactions"][0]["n"], 3, "two names of one emoji");
        assert_eq!(stream[0]["reactions"].as_array().unwrap().len(), 1);
        let topic = &stream[0]["topic"];
        assert_eq!(topic["title"], "Which #films? Now, @Ben Ito!");
        let replies = page(&ada, films, topic["id"].as_str()).await;
        assert_eq!(texts(&replies), ["The Third Man", "Good."]);
        assert_eq!(replies[0]["edited_at"], 1_525_311_600_000_000_i64);
        let orphans = page(&ada, films, stream[3]["topic"]["id"].as_str()).await;
        assert_eq!(texts(&orphans), ["And again"], "a thread without its root begins at what is left");
        let directs: Vec<_> = start["channels"].as_array().unwrap().iter().filter(|row| row["kind"] == "direct").collect();
        assert_eq!(directs.len(), 2);
        assert_eq!(channel(&start, "attic")["archived"], true);
    }

    async fn files_and_emoji_of_the_archive_come_in(imports: Imports) {
        let file = archive_with(&files_of_day("https://files.slack.com"), &sent_files());
        let shelf = imports.shelf();
        let tally = import_slack(imports.target(), file.path(), Some("Acme"), Some(&shelf)).await.unwrap();
        assert_eq!((tally.n_files, tally.n_emoji, tally.skipped.n_files, tally.skipped.n_emoji), (2, 2, 4, 1), "{tally}");
        let ada = imports.owner("ada@example.org").await;
        let begun = start(&ada).await;
        let stream = page(&ada, channel(&begun, "films"), None).await;
        assert_eq!(texts(&stream), [
            "Look:",
            "[far.png](<https://acme.slack.com/F3>)",
            "And :our-logo:\n\n[locked.png](<https://acme.slack.com/F4>)\n[big.png](<https://acme.slack.com/F5>)",
            "gone.png",
        ]);
        let files = stream[0]["files"].as_array().unwrap();
        let named: Vec<_> = files.iter().map(|file| (file["name"].as_str().unwrap(), file["kind"].as_str().unwrap(), file["width"].as_i64())).collect();
        assert_eq!(named, [("plan.png", "picture", Some(30)), ("map.png", "picture", Some(40))]);
        let path = format!("/api/files/{}", files[0]["id"].as_str().unwrap());
        assert_eq!(ada.get(&path).await.bytes, png(30), "whoever reads the channel may have it");
        assert_eq!(stream[0]["reactions"][0]["emoji"], ":our-logo:");
        let emoji = ada.get("/api/custom-emoji").await;
        let names: Vec<_> = emoji.body["emoji"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["logo2", "our-logo"]);
        assert_eq!(files::make_pictures(&imports.server.app).await.unwrap(), 2, "small pictures are made as of any other");

        let before = start(&ada).await;
        let again = import_slack(imports.target(), file.path(), Some("Acme"), Some(&shelf)).await.unwrap();
        assert_eq!((again.n_messages, again.n_files, again.n_emoji, again.skipped.n_files), (0, 0, 0, 0));
        assert_eq!(start(&ada).await, before);
        let left = std::fs::read_dir(&shelf.folder).unwrap().count();
        assert_eq!(left, 0, "nothing lies about");
    }

    async fn slack_twice_adds_nothing_and_later_days_are_added(imports: Imports) {
        let all = school();
        let first: Files = all.iter().filter(|(path, _)| !path.contains("2018-05-04")).cloned().collect();
        assert_eq!(imports.slack(&first).await.unwrap().n_messages, 7);
        let ada = imports.owner("ada@example.org").await;
        let tally = imports.slack(&all).await.unwrap();
        assert_eq!((tally.n_people, tally.n_channels, tally.n_messages, tally.n_topics), (0, 0, 3, 1));
        let before = start(&ada).await;
        let again = imports.slack(&all).await.unwrap();
        assert_eq!((again.n_people, again.n_channels, again.n_messages, again.n_topics), (0, 0, 0, 0));
        assert_eq!(start(&ada).await, before);
    }

    async fn a_damaged_day_is_named_and_nothing_of_it_is_written(imports: Imports) {
        let mut files = school();
        let day = files.iter_mut().find(|(path, _)| path == "films/2018-05-04.json").unwrap();
        day.1 = day.1.replace("\"1525411700.000200\"", "\"yesterday\"");
        let err = imports.slack(&files).await.unwrap_err().to_string();
        assert!(err.starts_with("films/2018-05-04.json, line 17: ts: no time of Slack"), "{err}");
        let tally = imports.slack(&school()).await.unwrap();
        assert_eq!((tally.n_messages, tally.n_topics), (10, 2), "nothing of any day was written: they share a batch");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_broken_archive_says_what_is_wrong() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let bad = |path: &str, text: &str| {
        let mut files = school();
        files.retain(|(other, _)| other != path);
        files.push((path.to_owned(), text.to_owned()));
        files
    };
    let bomb = " ".repeat(2 << 20);
    let huge = " ".repeat(usize::try_from(ENTRY_MAX_BYTES).unwrap() + 1);
    for (files, expected) in [
        (Files::new(), "no users.json"),
        (bad("../users.json", "[]"), "the path \"../users.json\""),
        (bad("/etc/passwd", "[]"), "the path \"/etc/passwd\""),
        (bad("a\\b.json", "[]"), "the path \"a\\\\b.json\""),
        (bad("users.json", "{}"), "users.json, line 1: "),
        (bad("users.json", "[{\"id\":7}]"), "users.json, line 1: "),
        (
            bad("channels.json", "[\n{\"id\":\"C1\"\n"),
            "channels.json, line 3: EOF",
        ),
        (
            bad("films/2018-05-03.json", "[{\"ts\":\"1.0\"},\n\n{\"text\":1}]"),
            "films/2018-05-03.json, line 3: ",
        ),
        (
            bad("films/2018-05-03.json", "[{\"ts\":\"1.0\"},\n\"x\"]"),
            "films/2018-05-03.json, line 2: ",
        ),
        (
            bad("films/2018-05-03.json", &bomb),
            "films/2018-05-03.json: is packed more than two hundred times",
        ),
        (
            bad("films/2018-05-03.json", &huge),
            "films/2018-05-03.json: is larger than 64 MiB",
        ),
    ] {
        let err = imports.slack(&files).await.unwrap_err().to_string();
        assert!(err.contains(expected), "{err:?} does not say {expected:?}");
    }
    let whole = archive(&school());
    let bytes = std::fs::read(whole.path()).unwrap();
    let mut cut = tempfile::NamedTempFile::new().unwrap();
    cut.write_all(&bytes[..bytes.len() / 2]).unwrap();
    let err = import_slack(imports.target(), cut.path(), Some("Acme"), None)
        .await
        .unwrap_err();
    assert!(err.to_string().contains("it is no whole zip archive"), "{err}");
    // One bit of a stored file.
    let mut flipped = bytes.clone();
    let name = b"films/2018-05-03.json";
    let at = flipped
        .windows(name.len())
        .position(|window| window == name)
        .unwrap()
        + name.len()
        + 40;
    flipped[at] ^= 0x10;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&flipped).unwrap();
    let err = import_slack(imports.target(), file.path(), Some("Acme"), None)
        .await
        .unwrap_err()
        .to_string();
    assert!(err.starts_with("films/2018-05-03.json"), "{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_at_their_addresses_come_in_when_the_operator_wants_that() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let (address, n_asked) = slack_files().await;
    let file = archive_with(&files_of_day(&format!("http://{address}")), &sent_files());
    let shelf = imports.shelf().ask_with(Outbound::new(&[address]));
    let tally = import_slack(imports.target(), file.path(), Some("Acme"), Some(&shelf))
        .await
        .unwrap();
    assert_eq!((tally.n_files, tally.skipped.n_files), (3, 3), "{tally}");
    let ada = imports.owner("ada@example.org").await;
    let start = start(&ada).await;
    let stream = page(&ada, channel(&start, "films"), None).await;
    assert_eq!(
        (&stream[1]["text"], &stream[1]["files"][0]["width"]),
        (&json!(""), &json!(50))
    );
    assert_eq!(
        stream[2]["files"],
        json!([]),
        "a page that asks to sign in is no picture"
    );
    let asked = n_asked.load(Ordering::Acquire);
    import_slack(imports.target(), file.path(), Some("Acme"), Some(&shelf))
        .await
        .unwrap();
    let more = n_asked.load(Ordering::Acquire) - asked;
    assert!(
        more <= 1,
        "what is here is not asked for again; an emoji without a name is tried"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_of_an_archive_leads_into_a_network_at_home() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let (address, n_asked) = slack_files().await;
    let file = archive_with(&files_of_day(&format!("http://{address}")), &[]);
    let shelf = imports.shelf().ask_with(Outbound::new(&[]));
    let tally = import_slack(imports.target(), file.path(), Some("Acme"), Some(&shelf))
        .await
        .unwrap();
    assert_eq!((tally.n_files, n_asked.load(Ordering::Acquire)), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_text_comes_in_pieces_and_too_many_mentions_as_names() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let mut files = school();
    let people: Vec<Value> = (0..60)
        .map(|n| json!({ "id": format!("P{n}"), "name": format!("p{n}") }))
        .chain(users().as_array().unwrap().iter().cloned())
        .collect();
    files.retain(|(path, _)| path != "users.json" && path != "secrets/2018-05-03.json");
    files.push(("users.json".to_owned(), json!(people).to_string()));
    let names: String = (0..60).map(|n| format!("<@P{n}> ")).collect();
    let day = json!([
        { "user": "U2", "text": "word ".repeat(8_000), "ts": "1525311495.000100" },
        { "user": "U2", "text": names, "ts": "1525311496.000100" },
    ]);
    files.push(("secrets/2018-05-03.json".to_owned(), day.to_string()));
    let tally = imports.slack(&files).await.unwrap();
    assert_eq!(tally.n_messages, 9 + 3 + 1);
}

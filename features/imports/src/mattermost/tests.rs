//! Bulk files of Mattermost, written by ourselves in the published format.

use super::import_mattermost;
use crate::{
    Error, Skipped, Tally,
    slack::tests::png,
    tests::{Imports, channel, page, start},
};
use platform::{both_stores, testing::Store};
use serde_json::{Value, json};
use std::io::Write;

const HEAD: &str = r#"{"type":"version","version":1}
{"type":"emoji","emoji":{"name":"our-logo","image":"logo.png"}}
{"type":"team","team":{"name":"harbour","display_name":"Harbour School","type":"O"}}
{"type":"channel","channel":{"team":"harbour","name":"films","display_name":"Films","type":"O","purpose":"What we saw"}}
{"type":"channel","channel":{"team":"harbour","name":"films-2","display_name":"films","type":"P"}}
{"type":"user","user":{"username":"ada","email":"ada@example.org","first_name":"Ada","last_name":"Obi","teams":[{"name":"harbour","roles":"team_user","channels":[{"name":"films","roles":"channel_user"},{"name":"films-2"}]}]}}
{"type":"user","user":{"username":"ben.ito","email":"ben@example.org","nickname":"Ben","teams":[{"name":"harbour","channels":[{"name":"films"}]}]}}
"#;
const POSTS: &str = r#"{"type":"post","post":{"team":"harbour","channel":"films","user":"ben.ito","message":"Later :tada:","create_at":1525311900000}}
{"type":"post","post":{"team":"harbour","channel":"films","user":"ada","message":"Which one, @ben.ito?","create_at":1525311495000,"edit_at":1525311496000,"reactions":[{"user":"ben.ito","emoji_name":"+1","create_at":1525311496000},{"user":"ada","emoji_name":"our-logo","create_at":1525311497000}],"replies":[{"user":"ben.ito","message":"This one","create_at":1525312000000,"attachments":[{"path":"data/20180503/film.png"}]},{"user":"zoe","message":"No, that","create_at":1525312100000}]}}
{"type":"post","post":{"team":"harbour","channel":"films","user":"ada","type":"system_join_channel","message":"ada joined","create_at":1525311000000}}
{"type":"direct_channel","direct_channel":{"members":["ada","ben.ito"],"header":""}}
{"type":"direct_post","direct_post":{"channel_members":["ben.ito","ada"],"user":"ada","message":"only you","create_at":1525311495000}}
{"type":"direct_post","direct_post":{"channel_members":["ada"],"user":"ada","message":"note","create_at":1525311495000}}
"#;

impl Imports {
    async fn mattermost(&self, text: &str) -> Result<Tally, Error> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        import_mattermost(self.target(), file.path(), None).await
    }
}

fn texts(messages: &[Value]) -> Vec<&str> {
    messages
        .iter()
        .map(|message| message["text"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_and_emoji_beside_the_file_come_in() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("bulk");
    std::fs::create_dir_all(inside.join("data/20180503")).unwrap();
    std::fs::write(inside.join("data/20180503/film.png"), png(30)).unwrap();
    std::fs::write(inside.join("data/logo.png"), png(20)).unwrap();
    std::fs::write(folder.path().join("secret.png"), png(60)).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.png"), inside.join("data/link.png")).unwrap();
    let stolen = r#"{"type":"post","post":{"team":"harbour","channel":"films","user":"ada","message":"","create_at":1525313000000,"attachments":[{"path":"../secret.png"},{"path":"data/link.png"},{"path":"/etc/passwd"}]}}"#;
    let path = inside.join("import.jsonl");
    std::fs::write(&path, format!("{HEAD}{POSTS}{stolen}\n")).unwrap();
    let shelf = imports.shelf();
    let tally = import_mattermost(imports.target(), &path, Some(&shelf))
        .await
        .unwrap();
    assert_eq!(
        (tally.n_files, tally.n_emoji, tally.skipped.n_files),
        (1, 1, 3),
        "{tally}"
    );
    let ada = imports.owner("ada@example.org").await;
    let start = start(&ada).await;
    let stream = page(&ada, channel(&start, "Films"), None).await;
    let reactions = stream[0]["reactions"].as_array().unwrap();
    assert!(
        reactions.iter().any(|reaction| reaction["emoji"] == ":our-logo:"),
        "{reactions:?}"
    );
    assert_eq!(
        stream.last().unwrap()["text"],
        "`secret.png`\n`link.png`\n`passwd`"
    );
    let replies = page(&ada, channel(&start, "Films"), stream[0]["topic"]["id"].as_str()).await;
    assert_eq!(
        (&replies[0]["text"], &replies[0]["files"][0]["name"]),
        (&json!("This one"), &json!("film.png"))
    );
    let again = import_mattermost(imports.target(), &path, Some(&shelf))
        .await
        .unwrap();
    assert_eq!((again.n_messages, again.n_files, again.n_emoji), (0, 0, 0));
}

both_stores! {
    async fn a_workspace_of_mattermost_comes_in_in_the_order_of_time(imports: Imports) {
        let tally = imports.mattermost(&format!("{HEAD}{POSTS}")).await.unwrap();
        let skipped = Skipped { n_notices: 1, n_reactions: 1, n_emoji: 1, n_files: 1, n_other: 1, ..Skipped::default() };
        let expected = Tally { n_people: 3, n_spaces: 1, n_channels: 3, n_topics: 1, n_messages: 5, skipped, ..Tally::default() };
        assert_eq!(tally, expected);
        let ada = imports.owner("ada@example.org").await;
        let start = start(&ada).await;
        assert_eq!(start["spaces"][0]["name"], "Harbour School");
        let films = channel(&start, "Films");
        assert_eq!(channel(&start, "films (films-2)")["kind"], "private");
        let stream = page(&ada, films, None).await;
        let ben = start["people"].as_array().unwrap().iter().find(|person| person["name"] == "Ben").unwrap();
        let asked = format!("Which one, <@{}>?", ben["id"].as_str().unwrap());
        assert_eq!(texts(&stream), [asked.as_str(), "Later 🎉"]);
        assert_eq!(stream[0]["edited_at"], 1_525_311_496_000_000_i64);
        assert_eq!(stream[0]["reactions"][0]["n"], 1);
        let replies = page(&ada, films, stream[0]["topic"]["id"].as_str()).await;
        assert_eq!(texts(&replies), ["This one\n\n`film.png`", "No, that"]);
        let rows = start["channels"].as_array().unwrap();
        assert_eq!(rows.iter().filter(|row| row["kind"] == "direct").count(), 1);
    }

    async fn mattermost_twice_adds_nothing(imports: Imports) {
        imports.mattermost(&format!("{HEAD}{POSTS}")).await.unwrap();
        let ada = imports.owner("ada@example.org").await;
        let before = start(&ada).await;
        let again = imports.mattermost(&format!("{HEAD}{POSTS}")).await.unwrap();
        assert_eq!((again.n_people, again.n_channels, again.n_messages, again.n_topics), (0, 0, 0, 0));
        assert_eq!(start(&ada).await, before);
        let more = POSTS.replace("\"No, that\",\"create_at\":1525312100000}", "\"No, that\",\"create_at\":1525312100000},{\"user\":\"ada\",\"message\":\"Both\",\"create_at\":1525313000000}");
        assert_eq!(imports.mattermost(&format!("{HEAD}{more}")).await.unwrap().n_messages, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_line_is_named_and_nothing_of_the_file_is_written() {
    let imports = Imports::begin(Store::Sqlite).await.unwrap();
    for (text, expected) in [
        (String::new(), "line 1: the file is empty"),
        (
            r#"{"type":"team"}"#.to_owned(),
            "line 1: the first line of such a file says its version",
        ),
        (
            r#"{"type":"version","version":2}"#.to_owned(),
            "line 1: version: this program reads version 1",
        ),
        (format!("{HEAD}{}", &POSTS[..300]), "line 9: EOF while parsing"),
        (
            format!("{HEAD}{{\"type\":\"post\"}}"),
            "line 8: a line of this type has a field \"post\"",
        ),
        (
            format!("{HEAD}{{\"type\":\"post\",\"post\":{{\"user\":\"ada\",\"create_at\":1}}}}"),
            "line 8: the post says no channel",
        ),
        (
            format!(
                "{HEAD}{{\"type\":\"post\",\"post\":{{\"team\":\"harbour\",\"channel\":\"films\",\"user\":\"ada\",\"create_at\":-1}}}}"
            ),
            "line 8: create_at: no time",
        ),
        (
            format!("{HEAD}{{\"type\":\"user\",\"user\":{{\"email\":\"x\"}}}}"),
            "line 8: user: missing field `username`",
        ),
    ] {
        let err = imports.mattermost(&text).await.unwrap_err().to_string();
        assert!(err.contains(expected), "{err:?} does not say {expected:?}");
    }
    let tally = imports.mattermost(&format!("{HEAD}{POSTS}")).await.unwrap();
    assert_eq!((tally.n_people, tally.n_known), (3, 0));
    let unknown = POSTS.replace("\"films\"", "\"nowhere\"");
    let err = imports
        .mattermost(&format!("{HEAD}{unknown}"))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        err.contains("channel: there is no channel \"mattermost/channel/harbour/nowhere\""),
        "{err}"
    );
    assert_eq!(json!(tally.n_messages), json!(5));
}

//! What an operator sees: defaults, overlays, refusals.

use std::path::Path;

use super::keys::{KEYS, find_key};
use super::reader::Reader;
use super::*;

const EXAMPLE: &str = include_str!("../../../../antiphon.example.toml");

fn load(file: &str, env: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("antiphon.toml");
    std::fs::write(&path, file).unwrap();
    Config::load(
        Some(&path),
        env.iter()
            .map(|(name, value)| (name.to_string(), value.to_string())),
    )
}

fn problems(file: &str, env: &[(&str, &str)]) -> Vec<String> {
    load(file, env)
        .map(|_| ())
        .expect_err("the settings must be refused")
        .problems
}

/// The example with the chosen keys uncommented. Its lines of prose begin with "# ".
fn uncommented(choose: impl Fn(&str) -> bool) -> String {
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in EXAMPLE.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
        }
        let key = line
            .strip_prefix('#')
            .filter(|rest| !rest.starts_with(' '))
            .and_then(|rest| rest.split_once(" = "));
        match key {
            Some((key, _)) if choose(&format!("{section}{key}")) => lines.push(&line[1..]),
            _ => lines.push(line),
        }
    }
    lines.join("\n")
}

/// Keys whose line in the example is an example, not the default.
const EXAMPLES: &[&str] = &[
    "public_url",
    "workers",
    "database.url",
    "database.readers",
    "nats.url",
    "files.person_bytes",
    "files.workspace_bytes",
    "files.clamd",
    "blobs.bucket",
    "blobs.region",
    "blobs.endpoint",
    "blobs.access_key",
    "blobs.secret_key",
    "blobs.prefix",
    "tls.certificate",
    "tls.key",
    "limits.connections",
    "mail.from",
    "mail.smtp.host",
    "mail.smtp.port",
    "mail.smtp.user",
    "mail.smtp.password",
    "mail.smtp.password_file",
    "mail.smtp.ca_file",
    "signin.key_file",
    "signin.oidc.issuer",
    "signin.oidc.client_id",
    "signin.oidc.client_secret",
    "signin.oidc.client_secret_file",
    "live.announce",
    "live.turn.urls",
    "live.turn.secret",
    "live.livekit.url",
    "live.livekit.key",
    "live.livekit.secret",
];

#[test]
fn every_key_has_an_entry_and_no_secret_is_in_it() {
    let mut config = Config::for_tests(Path::new("unused"));
    config.database.url = Some("postgres://ada:quorvex@db.example/x".to_owned());
    let entries = config.entries();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let keys: Vec<&str> = super::keys::KEYS.iter().map(|key| key.name).collect();
    assert_eq!(names, keys);
    assert!(!format!("{entries:?}").contains("quorvex"));
    let value = |name: &str| {
        let found = entries.iter().find(|entry| entry.name == name);
        found.and_then(|entry| entry.value.clone())
    };
    assert_eq!(value("nats.prefix").as_deref(), Some("antiphon"));
    assert_eq!(value("nats.url"), None);
}

#[test]
fn an_entry_says_who_set_it() {
    let file = r#"
        workers = 3
        [nats]
        prefix = "a"
        [signin.oidc]
        issuer = "https://id.example"
        client_id = "x"
        client_secret = "quorvex"
    "#;
    let config = load(file, &[("ANTIPHON_NATS_PREFIX", "b")]).unwrap();
    let entries = config.entries();
    let entry = |name: &str| entries.iter().find(|entry| entry.name == name).unwrap().clone();
    assert_eq!(entry("workers").source, Some(Source::File));
    assert_eq!(
        (entry("nats.prefix").source, entry("nats.prefix").value.as_deref()),
        (Some(Source::Environment), Some("b"))
    );
    assert_eq!(entry("log.level").source, None);
    assert!(entry("signin.oidc.client_secret").is_hidden && !entry("workers").is_hidden);
    assert!(!format!("{entries:?}").contains("quorvex"));
}

#[test]
fn nothing_set_means_defaults() {
    let config = load("", &[]).unwrap();
    assert_eq!(config.listen, "127.0.0.1:8080".parse().unwrap());
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert!(!config.public_url_is_set && !config.is_https());
    assert_eq!(config.data, Path::new("./data"));
    assert!(config.blobs == BlobsConfig::Folder("./data/blobs".into()));
    assert!(config.database.url.is_none());
    assert_eq!(config.limits.body_size_bytes, 256 * 1024);
}

#[test]
fn the_example_shows_the_defaults() {
    let defaults = load("", &[]).unwrap();
    assert!(
        load(EXAMPLE, &[]).unwrap() == defaults,
        "as it stands it changes nothing"
    );
    // What is only for a relay is refused without one.
    let shown = uncommented(|key| {
        !EXAMPLES.contains(&key) && key != "mail.smtp.tls" && !key.starts_with("signin.oidc")
    });
    let shown = load(&shown, &[]).unwrap();
    assert_eq!(shown.describe(), defaults.describe());
}

#[test]
fn the_example_parses_with_everything_set() {
    // A secret stands in its key or in a file.
    let all = uncommented(|key| {
        ![
            "blobs.folder",
            "mail.smtp.password_file",
            "signin.oidc.client_secret_file",
        ]
        .contains(&key)
    })
    .replace("kind = \"folder\"", "kind = \"s3\"");
    let config = load(&all, &[]).unwrap();
    assert!(config.tls.is_some() && config.database.url.is_some() && config.is_https());
    assert!(config.mail.is_some_and(|mail| mail.password.is_some()));
    assert!(matches!(config.blobs, BlobsConfig::S3(S3Config { ref prefix, .. }) if prefix == "talk"));
}

#[test]
fn the_example_and_the_list_of_keys_name_the_same() {
    let mut seen = std::cell::RefCell::new(Vec::new());
    uncommented(|key| {
        seen.borrow_mut().push(key.to_owned());
        true
    });
    let mut known: Vec<String> = KEYS.iter().map(|key| key.name.to_owned()).collect();
    seen.get_mut().sort();
    known.sort();
    assert_eq!(*seen.borrow(), known);
}

#[test]
fn describe_names_every_key_and_can_be_read_back() {
    let config = load(
        "[proxy]\ntrusted = [\"10.0.0.0/8\", \"::1\"]\nheader = \"forwarded\"",
        &[],
    )
    .unwrap();
    let described = config.describe();
    for key in KEYS {
        let lines = described.lines().map(|line| line.trim_start_matches("# "));
        assert_eq!(
            lines
                .filter(|line| line.starts_with(&format!("{} =", key.name)))
                .count(),
            1,
            "{}",
            key.name
        );
    }
    assert_eq!(load(&described, &[]).unwrap().describe(), described);
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen = \"127.0.0.1:1\"\n[limits]\nburst = 7";
    let env = [
        ("ANTIPHON_LISTEN", "0.0.0.0:9000"),
        ("ANTIPHON_PROXY_TRUSTED", "10.0.0.0/8, ::1"),
        ("ANTIPHON_DATA", ""),
        ("HOME", "/root"),
        ("ANTIPHON_TEST_POSTGRES", "x"),
        ("ANTIPHON_BIN", "x"),
        ("ANTIPHON_REQUIRE_ALL", "1"),
    ];
    let config = load(file, &env).unwrap();
    assert_eq!(config.listen, "0.0.0.0:9000".parse().unwrap());
    assert_eq!(
        config.public_url, "http://localhost:9000",
        "nobody can open 0.0.0.0"
    );
    assert_eq!(config.limits.burst, 7);
    assert_eq!(
        config.proxy.trusted,
        ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()]
    );
    assert_eq!(config.data, Path::new("./data"), "an empty variable is not set");
}

#[test]
fn the_file_is_found_by_variable_and_a_missing_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "workers = 3").unwrap();
    let env = |path: &Path| [("ANTIPHON_CONFIG".to_owned(), path.display().to_string())].into_iter();
    assert_eq!(Config::load(None, env(&path)).unwrap().workers, Some(3));
    let missing = folder.path().join("absent.toml");
    let errors = Config::load(None, env(&missing)).unwrap_err();
    assert!(errors.problems[0].contains("absent.toml") && errors.problems[0].contains("cannot be read"));
    assert!(
        Reader::gather(None, &missing, [].into_iter()).finish().is_ok(),
        "the usual file may be absent"
    );
}

#[test]
fn all_problems_are_told_at_once_with_key_value_and_remedy() {
    let file = "listen = \"here\"\nnonsense = 1\npublic_url = \"https://a.example/x\"\n\
                [database]\nlanes = 0\nulr = \"x\"\n[log]\nformat = \"xml\"\nlevel = \"a=b=c\"\n[tls]\nkey = \"k\"";
    let found = problems(file, &[("ANTIPHON_LISTNE", "x"), ("ANTIPHON_WORKERS", "many")]);
    let expected = [
        ["listen = \"here\"", "127.0.0.1:8080"],
        ["nonsense", "known at the top: listen"],
        ["public_url = \"https://a.example/x\"", "no path"],
        ["database.lanes = \"0\"", "from 1 to 64"],
        ["database.ulr", "database.url, database.lanes, database.readers"],
        ["log.format = \"xml\"", "\"text\" or \"json\""],
        ["log.level = \"a=b=c\"", "directives"],
        ["tls.certificate and tls.key", "both"],
        ["ANTIPHON_LISTNE", "unset it"],
        ["workers = \"many\" (from ANTIPHON_WORKERS)", "whole number"],
    ];
    for parts in expected {
        let hits = found
            .iter()
            .filter(|problem| parts.iter().all(|part| problem.contains(part)))
            .count();
        assert_eq!(hits, 1, "{parts:?} in {found:#?}");
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn a_bucket_needs_its_credentials_and_a_folder_refuses_them() {
    let found = problems("[blobs]\nkind = \"s3\"\nfolder = \"x\"", &[]);
    for key in [
        "blobs.bucket is missing",
        "ANTIPHON_BLOBS_SECRET_KEY",
        "ANTIPHON_BLOBS_ACCESS_KEY",
        "blobs.folder",
    ] {
        assert!(
            found.iter().any(|problem| problem.contains(key)),
            "{key} in {found:?}"
        );
    }
    let found = problems("[blobs]\nbucket = \"b\"", &[]);
    assert!(found[0].contains("blobs.kind = \"s3\""), "{found:?}");
}

#[test]
fn no_secret_is_ever_shown() {
    let secret = "hunter2";
    let file = format!(
        "[database]\nurl = \"postgres://ada:{secret}@db/antiphon?password={secret}\"\n[nats]\nurl = \"nats://{secret}@bell\"\n\
         [blobs]\nkind = \"s3\"\nbucket = \"b\"\naccess_key = \"{secret}\"\nsecret_key = \"{secret}\"\n\
         [mail]\nfrom = \"a@b.example\"\n[mail.smtp]\nhost = \"mx.example\"\nuser = \"ada\"\npassword = \"{secret}\""
    );
    let config = load(&file, &[]).unwrap();
    assert!(!config.describe().contains(secret) && !format!("{config:?}").contains(secret));
    assert!(
        config.describe().contains("@db/antiphon"),
        "the rest stays readable"
    );

    let broken = format!("[database]\nurl = \"mysql://{secret}\"\n[nats]\nurl = \"http://{secret}\"");
    let unfinished = format!("[blobs]\nsecret_key = \"{secret}");
    let list = format!("[blobs]\nsecret_key = [[\"{secret}\"]]");
    for file in [broken, unfinished, list] {
        let errors = ConfigErrors {
            problems: problems(&file, &[]),
        }
        .to_string();
        assert!(!errors.contains(secret), "{errors}");
    }
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    for (given, kept) in [
        ("https://Talk.Example.org/", Some("https://talk.example.org")),
        ("https://talk.example.org:443", Some("https://talk.example.org")),
        ("http://localhost:8080", Some("http://localhost:8080")),
        ("http://[::1]:80", Some("http://[::1]")),
        ("talk.example.org", None),
        ("ftp://talk.example.org", None),
        ("https://", None),
        ("https://a/b", None),
        ("https://a?b", None),
        ("https://a#b", None),
        ("https://me@a", None),
    ] {
        let loaded = load("", &[("ANTIPHON_PUBLIC_URL", given)])
            .ok()
            .map(|config| config.public_url);
        assert_eq!(loaded.as_deref(), kept, "{given}");
    }
}

#[test]
fn every_variable_belongs_to_one_key() {
    let variables: std::collections::BTreeSet<String> = KEYS.iter().map(|key| key.variable()).collect();
    assert_eq!(variables.len(), KEYS.len());
    assert_eq!(
        find_key("limits.sign_in_per_minute").unwrap().variable(),
        "ANTIPHON_LIMITS_SIGN_IN_PER_MINUTE"
    );
}

#[test]
fn a_relay_is_whole_or_absent() {
    let relay = |rest: &str| format!("[mail]\nfrom = \"Antiphon <talk@example.org>\"\n[mail.smtp]\n{rest}");
    let config = load(&relay("host = \"mx.example\""), &[]).unwrap().mail.unwrap();
    assert_eq!((config.port, config.tls), (587, MailTls::StartTls));
    let config = load(&relay("host = \"mx.example\"\ntls = \"implicit\""), &[]);
    assert_eq!(config.unwrap().mail.unwrap().port, 465);
    let local = relay("host = \"127.0.0.1\"\ntls = \"none\"\nuser = \"a\"\npassword = \"b\"");
    assert_eq!(load(&local, &[]).unwrap().mail.unwrap().port, 25);

    for (file, parts) in [
        (
            "[mail.smtp]\nhost = \"mx.example\"".to_owned(),
            ["mail.from is missing", "set it"],
        ),
        (
            "[mail]\nfrom = \"a@b.example\"".to_owned(),
            ["mail.from", "mail.smtp.host"],
        ),
        (
            relay("host = \"mx.example:25\""),
            ["mail.smtp.host", "the port is a key of its own"],
        ),
        (
            relay("host = \"mx.example\"\nuser = \"a\""),
            ["mail.smtp.user", "mail.smtp.password"],
        ),
        (
            relay("host = \"mx.example\"\npassword = \"a\""),
            ["mail.smtp.password", "mail.smtp.user"],
        ),
        (
            relay("host = \"mx.example\"\ntls = \"none\"\nuser = \"a\"\npassword = \"b\""),
            ["mail.smtp.tls = \"none\"", "readable on the way"],
        ),
        (
            relay("host = \"mx.example\"\nuser = \"a\"\npassword_file = \"/nowhere/at/all\""),
            ["mail.smtp.password_file", "cannot be read"],
        ),
        (
            "[mail]\nfrom = \"nobody\"\n[mail.smtp]\nhost = \"mx.example\"".to_owned(),
            ["mail.from = \"nobody\"", "Antiphon <talk@example.org>"],
        ),
    ] {
        let found = problems(&file, &[]);
        let is_told = |problem: &String| parts.iter().all(|part| problem.contains(part));
        assert!(found.iter().any(is_told), "{parts:?} in {found:#?}");
    }
}

#[test]
fn a_secret_may_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    let load_it = || {
        let file = format!(
            "[mail]\nfrom = \"a@b.example\"\n[mail.smtp]\nhost = \"mx.example\"\nuser = \"ada\"\npassword_file = {path:?}"
        );
        load(&file, &[])
    };
    std::fs::write(&path, "hunter2\n").unwrap();
    let config = load_it().unwrap();
    assert_eq!(config.mail.as_ref().unwrap().password.as_deref(), Some("hunter2"));
    assert!(!config.describe().contains("hunter2"));
    std::fs::write(&path, "\n").unwrap();
    assert!(load_it().unwrap_err().to_string().contains("is empty"));
}

#[test]
fn another_server_is_named_whole_and_there_is_always_a_way_in() {
    let oidc = |rest: &str| format!("[signin.oidc]\nclient_id = \"a\"\nclient_secret = \"hunter2\"\n{rest}");
    let config = load(
        &oidc("issuer = \"https://id.example/realms/x/\"\nscopes = [\"email\"]"),
        &[],
    )
    .unwrap();
    assert!(!config.describe().contains("hunter2"));
    let found = config.sign_in.oidc.unwrap();
    assert_eq!(
        (found.issuer.as_str(), found.scopes),
        ("https://id.example/realms/x/", vec!["email".to_owned()])
    );
    assert!(!found.create_people && !found.link_by_email && !found.allow_private && config.sign_in.password);
    assert_eq!(found.role, NewcomerRole::Member);
    let guests = load(&oidc("issuer = \"https://id.example\"\nrole = \"guest\""), &[]).unwrap();
    assert_eq!(guests.sign_in.oidc.unwrap().role, NewcomerRole::Guest);
    let private = oidc("issuer = \"http://localhost:8081\"\nallow_private = true");
    assert!(load(&private, &[]).unwrap().sign_in.oidc.unwrap().allow_private);
    for (file, parts) in [
        (
            oidc("issuer = \"http://id.example\""),
            ["signin.oidc.issuer", "allow_private"],
        ),
        (
            oidc("issuer = \"https://me@id.example\""),
            ["signin.oidc.issuer", "discovery document"],
        ),
        (oidc(""), ["signin.oidc.client_id", "set signin.oidc.issuer"]),
        (
            "[signin.oidc]\nissuer = \"https://id.example\"".to_owned(),
            ["signin.oidc.client_id is missing", "set it"],
        ),
        (
            "[signin.oidc]\nissuer = \"https://id.example\"".to_owned(),
            ["signin.oidc.client_secret", "is missing"],
        ),
        (
            oidc("issuer = \"https://id.example\"\nrole = \"owner\""),
            ["signin.oidc.role", "made so by an owner"],
        ),
        (
            "[signin]\npassword = false".to_owned(),
            ["signin.password = false", "signin.oidc.issuer"],
        ),
        (
            "[signin]\npassword = \"maybe\"".to_owned(),
            ["signin.password", "true or false"],
        ),
    ] {
        let found = problems(&file, &[]);
        let is_told = |problem: &String| parts.iter().all(|part| problem.contains(part));
        assert!(found.iter().any(is_told), "{parts:?} in {found:#?}");
    }
}

#[test]
fn passkeys_are_offered_where_browsers_have_them() {
    let domain = |url: &str, more: &str| {
        let config = load(&format!("public_url = \"{url}\"\n{more}"), &[]).unwrap();
        config.passkey_domain().map(str::to_owned)
    };
    for (url, expected) in [
        ("https://talk.example.org", Some("talk.example.org")),
        ("https://talk.example.org:8443", Some("talk.example.org")),
        ("http://localhost:8080", Some("localhost")),
        ("http://talk.example.org", None),
        ("http://127.0.0.1:8080", None),
        ("https://192.0.2.7", None),
        ("https://[2001:db8::1]:8443", None),
    ] {
        assert_eq!(domain(url, "").as_deref(), expected, "{url}");
    }
    assert_eq!(
        domain("https://talk.example.org", "[signin]\npasskeys = false"),
        None
    );
    let only_there = "[signin]\npassword = false\n[signin.oidc]\nissuer = \"https://id.example\"\nclient_id = \"a\"\n\
                      client_secret = \"b\"";
    assert_eq!(domain("https://talk.example.org", only_there), None);
}

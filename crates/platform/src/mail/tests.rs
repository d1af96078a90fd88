//! Mail against relays that behave and relays that do not, on both databases, with a clock by hand.

use super::*;
use crate::{
    app::{Doors, Parts},
    both_stores,
    config::{MailConfig, MailTls},
    db::{Error as DbError, Result as DbResult, Tx},
    feature::Feature,
    http::problem::{Problem, SIGNED_OUT},
    journal::ACCESS_SCOPE,
    realtime::Gate,
    testing::{Manner, Relay, Store, TestServer},
};

crate::sql! {
    ROWS = "select state, n_attempts, body from mail order by key";
    DIE_HANDED = "update mail set state = 'handed', leased_until = $1, n_attempts = n_attempts + 1";
    DIE_LEASED = "update mail set leased_until = $1, n_attempts = n_attempts + 1";
}

const HOUR: Duration = Duration::from_secs(3600);

/// As its key says.
fn write_late(_: &App, _: &mut dyn Tx, key: &str, now: Timestamp) -> DbResult<Written> {
    Ok(match key {
        "later" if now < crate::testing::START.after(HOUR) => {
            Written::NotBefore(crate::testing::START.after(HOUR))
        }
        "nothing" => Written::Nothing,
        _ => Written::Letter(Box::new(Letter {
            subject: format!("It is {}", now.0),
            unsubscribe: Some(Unsubscribe {
                post_url: "https://antiphon.test/api/unsubscribe/abc".to_owned(),
                page: Button {
                    label: "No more of these".to_owned(),
                    url: "https://antiphon.test/unsubscribe/abc".to_owned(),
                },
            }),
            ..letter()
        })),
    })
}

struct Post {
    server: TestServer,
    relay: Relay,
}

impl Post {
    async fn begin(store: Store) -> Option<Self> {
        let relay = Relay::open(Manner::Takes).await;
        let parts = Parts {
            features: vec![Feature {
                name: "post",
                statements: STATEMENTS.to_vec(),
                letters: vec![LateLetter {
                    kind: "late",
                    write: write_late,
                }],
                ..Feature::default()
            }],
            doors: Doors {
                authenticate: |_, _| Box::pin(async { Err(Problem::new(&SIGNED_OUT)) }),
                admit: |_, _, _| Box::pin(async { Err(Problem::new(&SIGNED_OUT)) }),
                gate: Gate {
                    scopes: |_, _| Ok(None),
                    may_watch: |_, _, _| Ok(None),
                    floors: |_, _| Ok(Vec::new()),
                },
            },
            kept: Vec::new(),
        };
        let mail = Some(relay.config());
        let server = TestServer::start_with(store, parts, |config| config.mail = mail).await?;
        Some(Self { server, relay })
    }

    async fn ask(&self, key: &'static str, letter: &Letter) -> Result<(), Error> {
        let (letter, now) = (letter.clone(), self.server.app.clock.now());
        let ask = move |tx: &mut dyn Tx| send(tx, ("test", key), &letter, now, now.after(HOUR));
        self.server.app.db.write(ACCESS_SCOPE, ask).await
    }

    async fn send_due(&self) -> usize {
        send_due(&self.server.app).await.unwrap()
    }

    /// State, attempts and body of every row.
    async fn rows(&self) -> Vec<(String, i64, String)> {
        let list = |tx: &mut dyn Tx| tx.list(&ROWS, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: DbResult<_> = self.server.app.db.read(list).await;
        rows.unwrap()
    }

    async fn lost(&self) -> Vec<String> {
        let lost: DbResult<_> = self.server.app.db.read(|tx| list_lost(tx)).await;
        lost.unwrap().into_iter().map(|lost| lost.why).collect()
    }

    async fn die(&self, how: &'static crate::db::Sql) {
        let until = self.server.app.clock.now().after(HOUR / 2);
        let die = move |tx: &mut dyn Tx| tx.exec(how, &[until.into()]);
        let died: Result<u64, DbError> = self.server.app.db.write(ACCESS_SCOPE, die).await;
        assert_eq!(died.unwrap(), 1);
    }
}

fn letter() -> Letter {
    Letter {
        address: "ada@example.org".to_owned(),
        name: "Ada Lovelace".to_owned(),
        language: "en".to_owned(),
        subject: "A new password".to_owned(),
        paragraphs: vec!["Hello <b>Ada</b>.".to_owned()],
        button: Some(Button {
            label: "Choose it".to_owned(),
            url: "http://antiphon.test/reset/abc".to_owned(),
        }),
        footer: "You need not answer.".to_owned(),
        unsubscribe: None,
        calendar: None,
    }
}

both_stores! {
    async fn a_late_letter_is_written_when_it_goes_out(post: Post) {
        let now = post.server.app.clock.now();
        for key in ["now", "later", "nothing"] {
            let ask = move |tx: &mut dyn Tx| {
                send_late(tx, ("late", key), "ada@example.org", now, now.after(HOUR * 48))?;
                // Twice is once.
                send_late(tx, ("late", key), "ada@example.org", now, now.after(HOUR * 48))
            };
            post.server.app.db.write(ACCESS_SCOPE, ask).await.unwrap();
        }
        post.relay.behave(Manner::PutsOff);
        assert_eq!(post.send_due().await, 3);
        assert_eq!(post.rows().await.len(), 2, "of the one that says nothing nothing is left");
        assert_eq!(post.relay.letters().len(), 1, "which the relay did not take");
        post.relay.behave(Manner::Takes);
        post.server.advance(HOUR * 24);
        assert_eq!(post.send_due().await, 2);
        assert_eq!(post.send_due().await, 0);
        let letters = post.relay.letters().split_off(1);
        assert_eq!(letters.len(), 2);
        let then = crate::testing::START.after(HOUR * 24);
        for letter in letters {
            assert!(letter.contains(&format!("Subject: It is {}", then.0)), "as it is when it goes out: {letter}");
            assert!(letter.contains("List-Unsubscribe: <https://antiphon.test/api/unsubscribe/abc>"), "{letter}");
            assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
            assert!(letter.contains("No more of these"));
        }
        assert!(post.lost().await.is_empty());
    }

    async fn a_letter_goes_out_once(post: Post) {
        post.ask("a", &letter()).await.unwrap();
        post.ask("a", &letter()).await.unwrap();
        assert_eq!(post.send_due().await, 1);
        assert_eq!(post.send_due().await, 0);
        post.ask("a", &letter()).await.unwrap();
        assert_eq!(post.send_due().await, 0, "the key is remembered");
        let letters = post.relay.letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: \"Ada Lovelace\" <ada@example.org>\n"), "{}", letters[0]);
        assert_eq!(post.rows().await, [("sent".to_owned(), 1, String::new())], "no link stays behind");
        post.server.advance(HOUR * 24 * 8);
        post.ask("b", &letter()).await.unwrap();
        post.send_due().await;
        assert_eq!(post.rows().await.len(), 1, "the old row is gone");
    }

    async fn what_is_put_off_is_tried_again_until_it_is_useless(post: Post) {
        post.relay.behave(Manner::PutsOff);
        post.ask("a", &letter()).await.unwrap();
        assert_eq!(post.send_due().await, 1);
        assert_eq!(post.send_due().await, 0, "it waits for its turn");
        assert!(post.lost().await.is_empty());
        post.server.advance(Duration::from_secs(61));
        post.relay.behave(Manner::Takes);
        assert_eq!(post.send_due().await, 1);
        assert_eq!(post.rows().await[0].0, "sent");

        post.relay.behave(Manner::PutsOff);
        post.ask("b", &letter()).await.unwrap();
        for _ in 0..4 {
            assert_eq!(post.send_due().await, 1);
            post.server.advance(Duration::from_secs(905));
        }
        assert_eq!(post.send_due().await, 0);
        assert_eq!(post.lost().await, ["later 451 come later"]);
    }

    async fn what_is_refused_is_given_up_and_shown(post: Post) {
        post.relay.behave(Manner::RefusesTheRecipient);
        post.ask("a", &letter()).await.unwrap();
        post.send_due().await;
        assert_eq!(post.lost().await, ["refused 550 no such person here"]);
        assert_eq!(post.rows().await[0].2, "", "no link stays behind");
        post.relay.behave(Manner::Takes);
        post.ask("a", &letter()).await.unwrap();
        assert_eq!(post.send_due().await, 1, "asking again is a second chance");
        assert!(post.lost().await.is_empty() && post.relay.letters().len() == 1);
    }

    async fn what_the_relay_may_have_is_never_sent_again(post: Post) {
        post.relay.behave(Manner::BreaksOffAfterTheText);
        post.ask("a", &letter()).await.unwrap();
        post.send_due().await;
        post.relay.behave(Manner::Takes);
        post.server.advance(HOUR / 2);
        assert_eq!(post.send_due().await, 0);
        assert_eq!(post.relay.letters().len(), 1);
        assert_eq!(post.lost().await, ["unsure"]);
    }

    async fn a_process_that_dies_sends_nothing_twice(post: Post) {
        post.ask("a", &letter()).await.unwrap();
        post.die(&DIE_LEASED).await;
        assert_eq!(post.send_due().await, 0, "the lease is the other's");
        post.server.advance(HOUR / 2);
        assert_eq!(post.send_due().await, 1, "nothing had been handed over");
        assert_eq!(post.relay.letters().len(), 1);
    }

    async fn a_process_that_dies_with_the_text_half_out_leaves_it_at_that(post: Post) {
        post.ask("a", &letter()).await.unwrap();
        post.die(&DIE_HANDED).await;
        assert_eq!(post.send_due().await, 0);
        post.server.advance(HOUR / 2);
        assert_eq!(post.send_due().await, 0);
        assert_eq!(post.lost().await, ["unsure"]);
        assert!(post.relay.letters().is_empty());
    }

    async fn a_person_is_forgotten_with_their_letters(post: Post) {
        post.ask("a", &letter()).await.unwrap();
        post.server.app.db.write(ACCESS_SCOPE, |tx| forget(tx, "ada@example.org")).await.unwrap();
        assert_eq!(post.send_due().await, 0);
        assert!(post.rows().await.is_empty());
    }

    async fn letters_that_cannot_be_are_refused_at_once(post: Post) {
        for address in ["", "nobody", "a b@example.org", "a@b@example.org", "ada@example.org\r\nBcc: eve@example.org"] {
            let wrong = Letter { address: address.to_owned(), ..letter() };
            assert!(matches!(post.ask("a", &wrong).await, Err(Error::Address)), "{address:?}");
        }
        let long = Letter { paragraphs: vec!["x".repeat(LETTER_MAX_BYTES)], ..letter() };
        assert!(matches!(post.ask("a", &long).await, Err(Error::TooBig)));
        assert!(post.rows().await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_trouble_has_its_name() {
    let post = Post::begin(Store::Sqlite).await.unwrap();
    let app = &post.server.app;
    assert_eq!(send_now(app, &letter()).await.unwrap(), "250 queued as 42");
    for (manner, code) in [
        (Manner::RefusesTheRecipient, "refused"),
        (Manner::PutsOff, "later"),
        (Manner::BreaksOffAfterTheText, "unsure"),
        (Manner::NeverSaysHello, "timeout"),
        (Manner::IsNoRelay, "broken"),
        (Manner::TalksForEver, "broken"),
    ] {
        post.relay.behave(manner);
        let trouble = send_now(app, &letter()).await.unwrap_err();
        assert_eq!(trouble.code(), code, "{manner:?}: {trouble}");
    }
    let nobody = Letter {
        address: "nobody".to_owned(),
        ..letter()
    };
    assert_eq!(send_now(app, &nobody).await, Err(Trouble::Unfit));
    assert_eq!(post.rows().await, [], "nothing of it is written down");
}

/// Sends once with this configuration to a relay that takes everything, in the clear.
async fn trouble_with(change: impl FnOnce(&mut MailConfig)) -> Trouble {
    let relay = Relay::open(Manner::Takes).await;
    let mut config = relay.config();
    change(&mut config);
    let composed = compose::compose(&config, uuid::Uuid::now_v7(), &letter(), crate::testing::START).unwrap();
    match relay::offer(&config, &composed).await {
        Ok(_) => panic!("the relay took it"),
        Err(trouble) => trouble,
    }
}

#[tokio::test]
async fn a_way_that_is_not_safe_is_not_gone() {
    let tls = trouble_with(|config| config.tls = MailTls::StartTls).await;
    assert_eq!(tls, Trouble::Tls("it does not offer STARTTLS".to_owned()));
    let tls = trouble_with(|config| config.tls = MailTls::Implicit).await;
    assert_eq!(tls.code(), "tls", "{tls}");
    let login = trouble_with(|config| {
        config.user = Some("ada".to_owned());
        config.password = Some("secret".to_owned());
    });
    assert_eq!(login.await.code(), "login");
    let closed = trouble_with(|config| config.port = 1).await;
    assert_eq!(closed, Trouble::Unreachable);
    let nowhere = trouble_with(|config| config.host = "relay.invalid".to_owned()).await;
    assert_eq!(nowhere, Trouble::Unreachable);
}

#[test]
fn nothing_in_a_letter_becomes_a_header() {
    let config = MailConfig {
        from: "Antiphon <talk@harbour.example>".parse().unwrap(),
        host: String::new(),
        port: 25,
        tls: MailTls::None,
        user: None,
        password: None,
        ca_file: None,
    };
    let evil = "A\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>";
    let letter = Letter {
        name: evil.to_owned(),
        subject: evil.to_owned(),
        language: evil.to_owned(),
        paragraphs: vec![evil.to_owned(), "\r\n.\r\nMAIL FROM:<eve@example.org>".to_owned()],
        button: Some(Button {
            label: evil.to_owned(),
            url: evil.to_owned(),
        }),
        footer: evil.to_owned(),
        unsubscribe: Some(Unsubscribe {
            post_url: evil.to_owned(),
            page: Button {
                label: evil.to_owned(),
                url: evil.to_owned(),
            },
        }),
        ..letter()
    };
    let id = uuid::Uuid::now_v7();
    let composed = compose::compose(&config, id, &letter, crate::testing::START).unwrap();
    let whole = String::from_utf8(composed.bytes).unwrap();
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| line.split_once(':').map(|(name, _)| name))
        .collect();
    assert_eq!(
        names,
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Content-Type"
        ],
        "{head}"
    );
    assert!(
        head.contains(&format!("Message-ID: <{id}@harbour.example>")),
        "{head}"
    );
    assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
    let html = &body[body.find("text/html").unwrap()..];
    assert!(!html.contains("<script"), "{html}");
    assert!(composed.to.to_string() == "ada@example.org");
}

#[test]
fn a_letter_is_read_in_its_direction_and_in_any_script() {
    let config = MailConfig {
        from: "talk@harbour.example".parse().unwrap(),
        host: String::new(),
        port: 25,
        tls: MailTls::None,
        user: None,
        password: None,
        ca_file: None,
    };
    let letter = Letter {
        name: "أدا".to_owned(),
        language: "ar-EG".to_owned(),
        subject: "كلمة مرور جديدة".to_owned(),
        ..letter()
    };
    let composed = compose::compose(&config, uuid::Uuid::now_v7(), &letter, crate::testing::START).unwrap();
    assert!(composed.bytes.is_ascii(), "any relay can carry it");
    let whole = String::from_utf8(composed.bytes).unwrap();
    assert!(
        whole.contains("dir=3D\"rtl\"") || whole.contains("dir=\"rtl\""),
        "{whole}"
    );
}

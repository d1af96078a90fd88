//! What the letters about ways in say, in the language of whoever gets them. Pure, but for asking that one is sent.

use crate::model::Error;
use accounts::Me;
use base::{PersonId, Timestamp};
use platform::{
    db::Tx,
    mail::{self, Button, Letter, in_language},
};
use std::time::Duration;
use uuid::Uuid;

/// After this a warning is of no use any more.
const USELESS_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

/// What happened to a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    Added,
    Removed,
}

impl Happened {
    fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// Tells somebody by mail that a passkey of theirs was added or removed, so that they learn it when it was not them. `url`
/// is the address of this server when it sends mail. Who cannot be written to is told in the settings alone.
pub fn tell(
    tx: &mut dyn Tx,
    person: PersonId,
    (happened, passkey, name): (Happened, Uuid, &str),
    url: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(url) = url else { return Ok(()) };
    let me = accounts::get_me(tx, person)?;
    let workspace = accounts::find_workspace(tx)?.map_or_else(|| "Antiphon".to_owned(), |found| found.name);
    let letter = letter(&me, &workspace, (happened, name), url);
    let key = format!("passkey:{passkey}:{}", happened.word());
    match mail::send(tx, ("passkey", &key), &letter, now, now.after(USELESS_AFTER)) {
        Ok(()) => Ok(()),
        Err(mail::Error::Db(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(account.id = %person, error = %error, "no letter about a passkey could be written");
            Ok(())
        }
    }
}

fn letter(me: &Me, workspace: &str, (happened, passkey): (Happened, &str), url: &str) -> Letter {
    let say = |texts| said(me, workspace, passkey, texts);
    let (subject, what) = match happened {
        Happened::Added => (
            [
                "A passkey was added to your account in {workspace}",
                "Ein Passkey wurde zu deinem Konto in {workspace} hinzugefügt",
                "أُضيف مفتاح مرور إلى حسابك في {workspace}",
            ],
            [
                "a passkey was added to your account in {workspace}: {passkey}. Whoever has that device comes in without \
                 your password.",
                "ein Passkey wurde zu deinem Konto in {workspace} hinzugefügt: {passkey}. Wer dieses Gerät hat, kommt ohne \
                 dein Passwort hinein.",
                "أُضيف مفتاح مرور إلى حسابك في {workspace}: {passkey}. من لديه هذا الجهاز يدخل بلا كلمة مرورك.",
            ],
        ),
        Happened::Removed => (
            [
                "A passkey of your account in {workspace} was removed",
                "Ein Passkey deines Kontos in {workspace} wurde entfernt",
                "أُزيل مفتاح مرور من حسابك في {workspace}",
            ],
            [
                "a passkey of your account in {workspace} was removed: {passkey}. It opens nothing any more.",
                "ein Passkey deines Kontos in {workspace} wurde entfernt: {passkey}. Er öffnet nichts mehr.",
                "أُزيل مفتاح مرور من حسابك في {workspace}: {passkey}. لم يعد يفتح شيئًا.",
            ],
        ),
    };
    Letter {
        address: me.email.clone(),
        name: me.person.name.clone(),
        language: me.person.language.clone(),
        subject: say(subject),
        paragraphs: vec![
            say(["Hello {name},", "Hallo {name},", "مرحبًا {name}،"]),
            say(what),
            say([
                "If it was you, nothing needs to be done.",
                "Wenn du es warst, musst du nichts tun.",
                "إن كنت أنت من فعل ذلك فلا حاجة لفعل أي شيء.",
            ]),
        ],
        button: Some(Button {
            label: say([
                "Look at your ways in",
                "Deine Anmeldewege ansehen",
                "انظر إلى طرق دخولك",
            ]),
            url: format!("{url}/settings/sessions"),
        }),
        footer: say([
            "If it was not you, remove what you do not know there, choose a new password and end your other sessions, or ask \
             an administrator.",
            "Wenn du es nicht warst, entferne dort, was du nicht kennst, wähle ein neues Passwort und beende deine anderen \
             Sitzungen, oder frage jemanden aus der Verwaltung.",
            "إن لم تكن أنت فأزل هناك ما لا تعرفه، واختر كلمة مرور جديدة وأنهِ جلساتك الأخرى، أو اسأل أحد المسؤولين.",
        ]),
        unsubscribe: None,
        calendar: None,
    }
}

/// In English, German, Arabic. Names go in last, so that braces in them stay what they are.
fn said(me: &Me, workspace: &str, passkey: &str, texts: [&str; 3]) -> String {
    let text = in_language(&me.person.language, texts);
    let with = |text: &str, mark: &str, value: &str, rest: &dyn Fn(&str) -> String| {
        let parts: Vec<String> = text.split(mark).map(rest).collect();
        parts.join(value)
    };
    with(text, "{name}", &me.person.name, &|text| {
        with(text, "{passkey}", passkey, &|text| {
            text.replace("{workspace}", workspace)
        })
    })
}

//! What the letters say, in the language of whoever gets them. Pure.

use crate::events::Me;
use platform::mail::{Button, Letter, in_language};

/// A link to a new password, which was asked for at the sign-in page.
pub fn reset(me: &Me, workspace: &str, url: String) -> Letter {
    let say = |texts| said(me, workspace, texts);
    Letter {
        subject: say([
            "Choose a new password for {workspace}",
            "Neues Passwort für {workspace} wählen",
            "اختر كلمة مرور جديدة لـ {workspace}",
        ]),
        paragraphs: vec![
            say(["Hello {name},", "Hallo {name},", "مرحبًا {name}،"]),
            say([
                "somebody, probably you, asked for a new password for your account in {workspace}. The link works once, \
                 for an hour. It signs you out everywhere.",
                "jemand, vermutlich du selbst, hat ein neues Passwort für dein Konto in {workspace} angefordert. Der Link \
                 gilt einmal und eine Stunde lang. Er meldet dich überall ab.",
                "طلب شخص ما، على الأرجح أنت، كلمة مرور جديدة لحسابك في {workspace}. يعمل الرابط مرة واحدة ولمدة ساعة، \
                 ويسجّل خروجك من كل مكان.",
            ]),
        ],
        footer: say([
            "If it was not you, nothing needs to be done: your password stays as it is.",
            "Wenn du es nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.",
            "إن لم تكن أنت فلا حاجة لفعل أي شيء: تبقى كلمة مرورك كما هي.",
        ]),
        ..letter_to(
            me,
            Button {
                label: say([
                    "Choose a new password",
                    "Neues Passwort wählen",
                    "اختر كلمة مرور جديدة",
                ]),
                url,
            },
        )
    }
}

/// What the test button sends.
pub fn test(me: &Me, workspace: &str, url: String) -> Letter {
    let say = |texts| said(me, workspace, texts);
    Letter {
        subject: say([
            "Mail from {workspace} arrives",
            "Mail von {workspace} kommt an",
            "بريد {workspace} يصل",
        ]),
        paragraphs: vec![say([
            "You pressed the test button in the settings of {workspace}. This is the letter: the relay works.",
            "Du hast in den Einstellungen von {workspace} auf den Testknopf gedrückt. Das ist der Brief: Das Relay \
             funktioniert.",
            "ضغطت زر الاختبار في إعدادات {workspace}. هذه هي الرسالة: خادم البريد يعمل.",
        ])],
        ..letter_to(
            me,
            Button {
                label: say(["Open {workspace}", "{workspace} öffnen", "افتح {workspace}"]),
                url,
            },
        )
    }
}

fn letter_to(me: &Me, button: Button) -> Letter {
    Letter {
        address: me.email.clone(),
        name: me.person.name.clone(),
        language: me.person.language.clone(),
        subject: String::new(),
        paragraphs: Vec::new(),
        button: Some(button),
        footer: String::new(),
        unsubscribe: None,
        calendar: None,
    }
}

/// In English, German, Arabic. Names go in last, so that braces in them stay what they are.
fn said(me: &Me, workspace: &str, texts: [&str; 3]) -> String {
    let text = in_language(&me.person.language, texts);
    let parts = text
        .split("{name}")
        .map(|part| part.replace("{workspace}", workspace));
    parts.collect::<Vec<_>>().join(&me.person.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{events::Person, model::Role};
    use base::PersonId;

    #[test]
    fn a_letter_speaks_the_language_of_its_reader() {
        let mut me = Me {
            person: Person {
                id: PersonId::random(),
                name: "Ada {workspace}".to_owned(),
                pronunciation: None,
                picture: None,
                time_zone: "UTC".to_owned(),
                language: "de-AT".to_owned(),
                role: Role::Member,
                deactivated: false,
                bot: false,
                link_guest: false,
                status: None,
            },
            email: "ada@example.org".to_owned(),
            onboarded: true,
        };
        for (language, subject) in [
            ("de-AT", "Neues Passwort für Harbour {name} wählen"),
            ("ar", "اختر كلمة مرور جديدة لـ Harbour {name}"),
            ("pt-BR", "Choose a new password for Harbour {name}"),
        ] {
            me.person.language = language.to_owned();
            let letter = reset(
                &me,
                "Harbour {name}",
                "https://talk.example.org/reset/x".to_owned(),
            );
            assert_eq!(letter.subject, subject);
            assert!(
                letter.paragraphs[0].contains("Ada {workspace}"),
                "{:?}",
                letter.paragraphs
            );
        }
    }
}

//! What a letter about notices says, in the language of whoever gets it. Pure.

use crate::{
    push::{moment, what},
    store::push::Unseen,
};
use accounts::Me;
use platform::mail::{Button, Letter, Unsubscribe, in_language};
use std::collections::HashMap;
use uuid::Uuid;

/// Messages that stand in one letter; the others are a number.
const SHOWN_MAX: usize = 20;
/// Characters of each.
const TEXT_MAX_CHARS: usize = 400;

/// Where the letter comes from, and where its links lead.
pub(super) struct Place<'a> {
    pub workspace: &'a str,
    pub url: &'a str,
    pub token: &'a str,
}

pub(super) fn letter_of(
    me: &Me,
    unseen: &[Unseen],
    hides_texts: bool,
    place: &Place<'_>,
    names: &HashMap<Uuid, String>,
) -> Letter {
    let say = |texts| in_language(&me.person.language, texts).replace("{workspace}", place.workspace);
    let name_of = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let only = (unseen.len() == 1).then(|| unseen.first()).flatten();
    let target = match only {
        Some(one) => format!("{}/m/{}", place.url, one.message),
        None => format!("{}/inbox", place.url),
    };
    Letter {
        address: me.email.clone(),
        name: me.person.name.clone(),
        language: me.person.language.clone(),
        subject: match only {
            Some(one) if !hides_texts => format!("{} · {}", what(&me.person, one, &name_of), place.workspace),
            _ => format!("{} · {}", how_many(me, unseen.len()), place.workspace),
        },
        paragraphs: if hides_texts {
            vec![how_many(me, unseen.len())]
        } else {
            paragraphs(me, unseen, &name_of)
        },
        button: Some(Button {
            label: say(["Open {workspace}", "{workspace} öffnen", "افتح {workspace}"]),
            url: target,
        }),
        footer: say([
            "You get this because you chose mail in your settings in {workspace}, under Time and notifications.",
            "Das kommt, weil du in {workspace} unter Zeit und Benachrichtigungen Mail gewählt hast.",
            "تصلك هذه الرسالة لأنك اخترت البريد في إعداداتك في {workspace}، ضمن الوقت والإشعارات.",
        ]),
        unsubscribe: Some(Unsubscribe {
            post_url: format!("{}/api/unsubscribe/{}", place.url, place.token),
            page: Button {
                label: say(["No more of these", "Keine mehr davon", "لا مزيد من هذه الرسائل"]),
                url: format!("{}/unsubscribe/{}", place.url, place.token),
            },
        }),
        calendar: None,
    }
}

fn how_many(me: &Me, n: usize) -> String {
    let texts = match n {
        1 => ["1 message for you", "1 Nachricht für dich", "رسالة واحدة لك"],
        2 => ["2 messages for you", "2 Nachrichten für dich", "رسالتان لك"],
        3..=10 => ["{n} messages for you", "{n} Nachrichten für dich", "{n} رسائل لك"],
        _ => ["{n} messages for you", "{n} Nachrichten für dich", "{n} رسالة لك"],
    };
    in_language(&me.person.language, texts).replace("{n}", &n.to_string())
}

fn paragraphs(me: &Me, unseen: &[Unseen], name_of: &dyn Fn(Uuid) -> String) -> Vec<String> {
    let say = |texts| in_language(&me.person.language, texts);
    let mut paragraphs: Vec<String> = unseen
        .iter()
        .take(SHOWN_MAX)
        .map(|one| {
            let text = markup::plain(&markup::tree_of(&one.text), name_of);
            let text = markup::excerpt(&text, TEXT_MAX_CHARS);
            let mut lines = vec![format!("{}:", what(&me.person, one, name_of)), text];
            if let Some(due) = one.due {
                let by = say(["Answer by {time}", "Antwort bis {time}", "الجواب حتى {time}"]);
                lines.push(by.replace("{time}", &moment(&me.person, due)));
            }
            lines.retain(|line| !line.is_empty());
            lines.join("\n")
        })
        .collect();
    if let Some(n_more) = unseen.len().checked_sub(SHOWN_MAX).filter(|n| *n > 0) {
        let more = say(["And {n} more.", "Und {n} weitere.", "و{n} غيرها."]);
        paragraphs.push(more.replace("{n}", &n_more.to_string()));
    }
    paragraphs
}

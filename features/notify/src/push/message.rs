//! What a push says: the level first, then who, where and what, and until when an answer is expected. Pure.

use crate::{model::Cause, store::push::Unseen};
use accounts::Person;
use base::Timestamp;
use calendar::Meeting;
use platform::mail::in_language;
use serde_json::{Value, json};
use uuid::Uuid;

/// Characters of a message that a push shows.
const TEXT_MAX_CHARS: usize = 240;
/// And one of several.
const LINE_MAX_CHARS: usize = 80;
/// Messages that the page is told of, to say that they were shown.
pub(super) const MESSAGES_MAX: i64 = 20;

/// What the service worker shows. `names` knows those who wrote and those who are named.
pub(super) fn message_of(
    to: &Person,
    release: Uuid,
    unseen: &[Unseen],
    hides_texts: bool,
    names: &dyn Fn(Uuid) -> String,
) -> Option<Value> {
    let first = unseen.first()?;
    let say = |texts| in_language(&to.language, texts);
    let level = level_of(first);
    let level = say(level);
    let (title, mut body) = if unseen.len() > 1 {
        let n = unseen.len().to_string();
        let title = say([
            "{level}: {n} messages",
            "{level}: {n} Nachrichten",
            "{level}: الرسائل {n}",
        ]);
        let lines = unseen.iter().take(3).map(|one| line_of(to, one, names));
        (title.replace("{n}", &n), lines.collect::<Vec<_>>().join("\n"))
    } else if hides_texts {
        let title = say(["{level}: a message", "{level}: eine Nachricht", "{level}: رسالة"]);
        (title.to_owned(), String::new())
    } else {
        (
            format!("{{level}}: {}", names(first.author.0)),
            told(to, first, names),
        )
    };
    if hides_texts {
        body.clear();
    }
    if let Some(due) = unseen.iter().filter_map(|one| one.due).min() {
        let by = say(["Answer by {time}", "Antwort bis {time}", "الجواب حتى {time}"]);
        let by = by.replace("{time}", &moment(to, due));
        body = if body.is_empty() {
            by
        } else {
            format!("{body}\n{by}")
        };
    }
    let messages: Vec<_> = unseen.iter().map(|one| one.message).collect();
    Some(json!({
        "release_id": release,
        "title": title.replace("{level}", level),
        "body": body,
        "message_ids": messages,
        "urgent": first.urgent,
        "lang": to.language,
        "actions": {
            "open": say(["Open", "Öffnen", "افتح"]),
            "later": say(["Later today", "Später heute", "لاحقًا اليوم"]),
            "reply": say(["Reply", "Antworten", "أجب"]),
        },
    }))
}

/// A meeting is near.
pub(super) fn meeting_message(to: &Person, release: Uuid, meeting: &Meeting, hides_texts: bool) -> Value {
    let say = |texts| in_language(&to.language, texts);
    let begins = say(["Begins {time}", "Beginnt {time}", "يبدأ {time}"]);
    let title = if hides_texts {
        say(["A meeting", "Ein Treffen", "اجتماع"])
    } else {
        &meeting.title
    };
    json!({
        "release_id": release,
        "title": title,
        "body": begins.replace("{time}", &moment(to, meeting.starts_at)),
        "message_ids": [],
        "path": "/schedule",
        "urgent": false,
        "lang": to.language,
        "actions": { "open": say(["Open", "Öffnen", "افتح"]) },
    })
}

/// What the test button sends.
pub(super) fn test_message(to: &Person) -> Value {
    let say = |texts| in_language(&to.language, texts);
    json!({
        "release_id": Uuid::nil(),
        "title": say(["It works", "Es funktioniert", "إنه يعمل"]),
        "body": say([
            "This is how you are told while the app is closed.",
            "So wirst du gerufen, wenn die App geschlossen ist.",
            "هكذا تُنبَّه عندما يكون التطبيق مغلقًا.",
        ]),
        "message_ids": [],
        "urgent": false,
        "lang": to.language,
        "actions": {},
    })
}

/// The words that stand everywhere for the three levels.
fn level_of(one: &Unseen) -> [&'static str; 3] {
    if one.urgent {
        ["Urgent", "Dringend", "عاجل"]
    } else if one.cause.names_them() || one.due.is_some() {
        ["Needs you", "Braucht dich", "يحتاجك"]
    } else {
        ["Can wait", "Kann warten", "يمكن أن ينتظر"]
    }
}

/// One of several: who and where.
pub(crate) fn what(to: &Person, one: &Unseen, names: &dyn Fn(Uuid) -> String) -> String {
    let who = names(one.author.0);
    if one.is_direct {
        return who;
    }
    let line = in_language(
        &to.language,
        ["{who} in #{place}", "{who} in #{place}", "{who} في #{place}"],
    );
    line.replace("{place}", &one.place).replace("{who}", &who)
}

/// One of several on a device: what is urgent says what it is about.
fn line_of(to: &Person, one: &Unseen, names: &dyn Fn(Uuid) -> String) -> String {
    let what = what(to, one, names);
    match one.urgent {
        true => format!("{what}: {}", text_of(one, LINE_MAX_CHARS, names)),
        false => what,
    }
}

fn text_of(one: &Unseen, max_chars: usize, names: &dyn Fn(Uuid) -> String) -> String {
    let text = markup::plain(&markup::tree_of(&one.text), names);
    markup::excerpt(&text, max_chars)
}

/// The only one: where, and what it says.
fn told(to: &Person, one: &Unseen, names: &dyn Fn(Uuid) -> String) -> String {
    let text = text_of(one, TEXT_MAX_CHARS, names);
    let place = match one.cause {
        Cause::Direct => return text,
        Cause::Mention if one.due.is_some() => [
            "asks you in #{place}",
            "fragt dich in #{place}",
            "سألك في #{place}",
        ],
        Cause::Mention => [
            "names you in #{place}",
            "nennt dich in #{place}",
            "ذكرك في #{place}",
        ],
        Cause::Everyone => [
            "calls everybody in #{place}",
            "ruft alle in #{place}",
            "نادى الجميع في #{place}",
        ],
        Cause::Reminder if one.is_direct => {
            let again = [
                "you wanted to be reminded",
                "du wolltest erinnert werden",
                "أردت أن نذكّرك",
            ];
            return format!("{}\n{text}", in_language(&to.language, again))
                .trim_end()
                .to_owned();
        }
        Cause::Reminder => [
            "you wanted to be reminded, #{place}",
            "du wolltest erinnert werden, #{place}",
            "أردت أن نذكّرك، #{place}",
        ],
        Cause::CheckIn => [
            "asks in #{place}, it is your turn",
            "fragt in #{place}, du bist dran",
            "يسأل في #{place}، حان دورك",
        ],
        Cause::Posted => ["in #{place}", "in #{place}", "في #{place}"],
        Cause::AskedBack => [
            "asks you back, #{place}",
            "fragt dich zurück, #{place}",
            "يسألك بالمقابل، #{place}",
        ],
        Cause::PassedOn => [
            "passed on what you asked, #{place}",
            "hat weitergegeben, was du gefragt hast, #{place}",
            "أحال سؤالك إلى غيره، #{place}",
        ],
        Cause::Wished => [
            "wishes for more time, #{place}",
            "wünscht sich mehr Zeit, #{place}",
            "يطلب مزيدًا من الوقت، #{place}",
        ],
        Cause::Thanks => [
            "thanks you in #{place}",
            "dankt dir in #{place}",
            "شكرك في #{place}",
        ],
        Cause::Reply => [
            "answered in #{place}",
            "hat in #{place} geantwortet",
            "أجاب في #{place}",
        ],
    };
    let place = in_language(&to.language, place);
    // A direct conversation has no name: nothing but its people.
    let place = match one.is_direct {
        true => place.replace(", #{place}", "").replace("، #{place}", ""),
        false => place.replace("{place}", &one.place),
    };
    format!("{place}\n{text}").trim_end().to_owned()
}

/// "Thu 17:00", on the wall of whoever reads it.
pub(crate) fn moment(to: &Person, at: Timestamp) -> String {
    let zone = accounts::time_zone(&to.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let Ok(at) = jiff::Timestamp::from_microsecond(at.0) else {
        return String::new();
    };
    let wall = at.to_zoned(zone);
    let days = [
        ["Mon", "Mo", "الاثنين"],
        ["Tue", "Di", "الثلاثاء"],
        ["Wed", "Mi", "الأربعاء"],
        ["Thu", "Do", "الخميس"],
        ["Fri", "Fr", "الجمعة"],
        ["Sat", "Sa", "السبت"],
        ["Sun", "So", "الأحد"],
    ];
    let idx = usize::try_from(wall.weekday().to_monday_zero_offset()).unwrap_or_default();
    format!(
        "{} {:02}:{:02}",
        in_language(&to.language, days[idx]),
        wall.hour(),
        wall.minute()
    )
}

//! What a letter about a meeting says, in the language of whoever gets it. Pure.

use crate::{ical::about, model::Guest, wire::Meeting};
use accounts::Me;
use base::Timestamp;
use jiff::{Zoned, tz::TimeZone};
use platform::mail::{Button, Letter, in_language};

/// Times of a series that stand in one letter.
const TIMES_SHOWN: usize = 5;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Invited,
    Changed,
    CalledOff,
    NotInvited,
}

/// Where it comes from, and where its link leads.
pub(super) struct Place<'a> {
    pub workspace: &'a str,
    pub organiser: &'a str,
    pub url: &'a str,
}

/// To a person here, at the times of their own clock.
pub(super) fn to_person(me: &Me, shown: &[&Meeting], says: Says, place: &Place<'_>) -> Letter {
    let zone = &me.person.time_zone;
    let label = ["Open the schedule", "Terminplan öffnen", "افتح الجدول"];
    let footer = [
        "You get this because you want invitations also by mail. You can change that in {workspace}, in the schedule.",
        "Das kommt, weil du Einladungen auch per Mail möchtest. Das lässt sich in {workspace} im Terminplan ändern.",
        "تصلك هذه الرسالة لأنك تريد الدعوات بالبريد أيضًا. يمكنك تغيير ذلك في {workspace} في الجدول.",
    ];
    let letter = letter(
        &me.person.language,
        (shown, Some(zone)),
        says,
        place,
        (label, footer),
    );
    Letter {
        address: me.email.clone(),
        name: me.person.name.clone(),
        ..letter
    }
}

/// To somebody outside of whose clock nothing is known: at the times of the meeting's own zone, which is named.
pub(super) fn to_guest(guest: &Guest, shown: &[&Meeting], says: Says, place: &Place<'_>) -> Letter {
    let label = ["Answer", "Antworten", "أجب"];
    let footer = [
        "{name} gave your address to {workspace} for this invitation, and it is used for nothing else. An answer that your \
         calendar sends by mail is not read: answer over the link.",
        "{name} hat deine Adresse in {workspace} für diese Einladung angegeben, sie dient nichts anderem. Was dein Kalender \
         per Mail antwortet, liest niemand: Antworte über den Link.",
        "أعطى {name} عنوانك إلى {workspace} لهذه الدعوة فقط ولا يُستخدم لغيرها. الجواب الذي يرسله تقويمك بالبريد لا يُقرأ: \
         أجب عبر الرابط.",
    ];
    let own_wish = [
        "You left your address for this in {workspace}, where {name} asked when people can, and it is used for nothing else. An \
         answer that your calendar sends by mail is not read: answer over the link.",
        "Du hast deine Adresse dafür in {workspace} hinterlassen, wo {name} nach Terminen gefragt hat, sie dient nichts anderem. \
         Was dein Kalender per Mail antwortet, liest niemand: Antworte über den Link.",
        "تركتَ عنوانك لهذا في {workspace} حيث سأل {name} عن المواعيد، ولا يُستخدم لغيره. الجواب الذي يرسله تقويمك بالبريد لا يُقرأ: \
         أجب عبر الرابط.",
    ];
    let footer = if guest.is_own_wish { own_wish } else { footer };
    let letter = letter(&guest.language, (shown, None), says, place, (label, footer));
    let is_out = matches!(says, Says::CalledOff | Says::NotInvited);
    Letter {
        address: guest.address.clone(),
        name: guest.name.clone(),
        // There is nothing to answer any more.
        button: letter.button.filter(|_| !is_out),
        ..letter
    }
}

type Texts = [&'static str; 3];

fn letter(
    language: &str,
    (shown, zone): (&[&Meeting], Option<&String>),
    says: Says,
    place: &Place<'_>,
    (label, footer): (Texts, Texts),
) -> Letter {
    let title = shown
        .first()
        .map(|meeting| meeting.title.as_str())
        .unwrap_or_default();
    let say = |texts: Texts| {
        let parts = in_language(language, texts).split("{name}");
        let parts: Vec<String> = parts
            .map(|part| part.replace("{workspace}", place.workspace))
            .collect();
        parts.join(place.organiser)
    };
    let subject = say(match says {
        Says::Invited => ["Invitation", "Einladung", "دعوة"],
        Says::Changed => ["Changed", "Geändert", "تغيّر"],
        Says::CalledOff => ["Called off", "Abgesagt", "أُلغي"],
        Says::NotInvited => ["Not invited any more", "Nicht mehr eingeladen", "لم تعد مدعوًّا"],
    });
    let head = say(match says {
        Says::Invited => [
            "{name} invites you to a meeting in {workspace}.",
            "{name} lädt dich zu einem Treffen in {workspace} ein.",
            "يدعوك {name} إلى اجتماع في {workspace}.",
        ],
        Says::Changed => [
            "A meeting to which {name} invited you has changed. This is how it stands now.",
            "Ein Treffen, zu dem {name} dich eingeladen hat, hat sich geändert. So steht es jetzt.",
            "تغيّر اجتماع دعاك إليه {name}. هذا ما هو عليه الآن.",
        ],
        Says::CalledOff => [
            "This meeting does not take place.",
            "Dieses Treffen findet nicht statt.",
            "لن ينعقد هذا الاجتماع.",
        ],
        Says::NotInvited => [
            "You are not invited to this meeting any more.",
            "Du bist zu diesem Treffen nicht mehr eingeladen.",
            "لم تعد مدعوًّا إلى هذا الاجتماع.",
        ],
    });
    let mut paragraphs = vec![head, format!("{title}\n{}", times(language, shown, zone))];
    let about = shown.first().map(|meeting| about(meeting)).unwrap_or_default();
    if matches!(says, Says::Invited | Says::Changed) && !about.is_empty() {
        paragraphs.push(about);
    }
    Letter {
        address: String::new(),
        name: String::new(),
        language: language.to_owned(),
        subject: format!("{subject}: {title}"),
        paragraphs,
        button: Some(Button {
            label: say(label),
            url: place.url.to_owned(),
        }),
        footer: say(footer),
        unsubscribe: None,
        calendar: None,
    }
}

/// Each on a line, with the name of the zone.
fn times(language: &str, shown: &[&Meeting], zone: Option<&String>) -> String {
    let line = |meeting: &&Meeting| time(language, meeting, zone.unwrap_or(&meeting.time_zone));
    let mut lines: Vec<String> = shown.iter().take(TIMES_SHOWN).map(line).collect();
    if let Some(n_more) = shown.len().checked_sub(TIMES_SHOWN).filter(|n| *n > 0) {
        let more = in_language(language, ["And {n} more.", "Und {n} weitere.", "و{n} غيرها."]);
        lines.push(more.replace("{n}", &n_more.to_string()));
    }
    lines.join("\n")
}

fn time(language: &str, meeting: &Meeting, zone: &str) -> String {
    let tz = accounts::time_zone(zone).unwrap_or(TimeZone::UTC);
    let wall = |at: Timestamp| {
        let at = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
        at.to_zoned(tz.clone())
    };
    let (from, to) = (wall(meeting.starts_at), wall(meeting.ends_at));
    let clock = |at: &Zoned| format!("{:02}:{:02}", at.hour(), at.minute());
    let day = day(language, &from);
    let end = if from.date() == to.date() {
        clock(&to)
    } else {
        format!("{}, {}", self::day(language, &to), clock(&to))
    };
    format!("{day}, {}–{end} ({zone})", clock(&from))
}

/// "Tuesday 24 November 2026".
fn day(language: &str, at: &Zoned) -> String {
    const WEEKDAYS: [Texts; 7] = [
        ["Monday", "Montag", "الاثنين"],
        ["Tuesday", "Dienstag", "الثلاثاء"],
        ["Wednesday", "Mittwoch", "الأربعاء"],
        ["Thursday", "Donnerstag", "الخميس"],
        ["Friday", "Freitag", "الجمعة"],
        ["Saturday", "Samstag", "السبت"],
        ["Sunday", "Sonntag", "الأحد"],
    ];
    const MONTHS: [Texts; 12] = [
        ["January", "Januar", "يناير"],
        ["February", "Februar", "فبراير"],
        ["March", "März", "مارس"],
        ["April", "April", "أبريل"],
        ["May", "Mai", "مايو"],
        ["June", "Juni", "يونيو"],
        ["July", "Juli", "يوليو"],
        ["August", "August", "أغسطس"],
        ["September", "September", "سبتمبر"],
        ["October", "Oktober", "أكتوبر"],
        ["November", "November", "نوفمبر"],
        ["December", "Dezember", "ديسمبر"],
    ];
    let weekday = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or_default();
    let month = usize::try_from(at.month() - 1).unwrap_or_default();
    let (weekday, month) = (
        in_language(language, WEEKDAYS[weekday]),
        in_language(language, MONTHS[month]),
    );
    let form = [
        "{weekday} {day} {month} {year}",
        "{weekday}, {day}. {month} {year}",
        "{weekday} {day} {month} {year}",
    ];
    in_language(language, form)
        .replace("{weekday}", weekday)
        .replace("{day}", &at.day().to_string())
        .replace("{month}", month)
        .replace("{year}", &at.year().to_string())
}

//! The letter that brings an invitation. Written in the language of who invites, because nothing is known of the other.

use super::wire::Invitation;
use crate::{model::Error, store as places};
use accounts::Person;
use base::{PersonId, Timestamp};
use platform::{
    db::Tx,
    mail::{self, Button, Letter, in_language},
};

/// Sends the link of an invitation to an address, with a name that may be empty. Twice to the same address is once. The
/// invitation must have its `url`.
pub fn mail_invitation(
    tx: &mut dyn Tx,
    by: PersonId,
    invitation: &Invitation,
    (email, name): (&str, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let email = email.trim().to_lowercase();
    let url = invitation.url.clone().ok_or(Error::LinkUsed)?;
    let inviter = accounts::find_person(tx, by)?.ok_or(Error::LinkUsed)?;
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::LinkUsed)?;
    let space = match invitation.space_id {
        Some(space) => Some(places::get_space(tx, space, by)?.name),
        None => None,
    };
    let place = match space {
        Some(space) => format!("{space} ({})", workspace.name),
        None => workspace.name,
    };
    let letter = letter(&inviter, &place, url, (&email, name));
    let key = format!("invitation:{}:{email}", invitation.id);
    let sent = mail::send(tx, ("invitation", &key), &letter, now, invitation.expires_at);
    sent.map_err(|error| Error::Accounts(error.into()))
}

fn letter(inviter: &Person, place: &str, url: String, (email, name): (&str, &str)) -> Letter {
    let say = |texts| {
        let parts = in_language(&inviter.language, texts).split("{name}");
        let parts: Vec<String> = parts.map(|part| part.replace("{place}", place)).collect();
        parts.join(&inviter.name)
    };
    Letter {
        address: email.to_owned(),
        name: name.to_owned(),
        language: inviter.language.clone(),
        subject: say([
            "{name} invites you to {place}",
            "{name} lädt dich in {place} ein",
            "يدعوك {name} إلى {place}",
        ]),
        paragraphs: vec![say([
            "{name} invites you to {place}, where you talk together, live or in your own time. With the link you make \
             your own account.",
            "{name} lädt dich in {place} ein. Dort redet ihr miteinander, gleichzeitig oder jeder zu seiner Zeit. Mit dem \
             Link legst du dir ein eigenes Konto an.",
            "يدعوك {name} إلى {place}، حيث تتحدثون معًا، مباشرةً أو في الوقت الذي يناسب كلًّا منكم. بالرابط تنشئ حسابك الخاص.",
        ])],
        button: Some(Button {
            label: say(["Join {place}", "{place} beitreten", "انضم إلى {place}"]),
            url,
        }),
        footer: say([
            "If you do not know {name}, nothing needs to be done.",
            "Wenn du {name} nicht kennst, musst du nichts tun.",
            "إن كنت لا تعرف {name} فلا حاجة لفعل أي شيء.",
        ]),
        unsubscribe: None,
        calendar: None,
    }
}

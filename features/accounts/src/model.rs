//! The rules about people, as plain functions: roles, names, addresses, zones, languages, passwords.
//!
//! Invariants: what passes a `clean_` function may be stored and shown anywhere; cleaning twice changes nothing. Knows
//! no database, no clock and no wire.

use crate::token::Token;
use base::PersonId;
use jiff::tz::TimeZoneDatabase;
use platform::{blobs, db, feature::Scope, mail};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{sync::LazyLock, time::Duration};
use ts_rs::TS;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of a name; docs/limits.md.
pub const NAME_MAX_CHARS: usize = 80;
/// Bytes of a mail address that can be written in an SMTP path (RFC 5321, 4.5.3.1.3).
const EMAIL_MAX_BYTES: usize = 254;
/// BCP 47 tags in use are far shorter; RFC 5646, 4.4.1 asks for room for 35.
const LANGUAGE_MAX_BYTES: usize = 35;
/// Characters of a password. NIST SP 800-63B asks for 8 at least and for room for 64.
const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=200;
/// Whoever does not come back for so long signs in anew.
pub const SESSION_IDLE_MAX: Duration = Duration::from_secs(90 * 24 * 3600);
/// How long a link that sets a new password is good for.
pub const RESET_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// The same for a link that came by mail, where anybody can ask for one.
pub const MAILED_RESET_LIFETIME: Duration = Duration::from_secs(3600);
/// How long a sign-in counts as having just happened, for those who have no password.
pub const FRESH_FOR: Duration = Duration::from_secs(10 * 60);
/// Signed-in browsers of one person; the one unused for longest gives way.
pub const BROWSERS_MAX: i64 = 50;
/// API tokens of one person.
pub const TOKENS_MAX: i64 = 50;
/// How long a token may be good for, when it ends by itself.
pub const TOKEN_LIFETIME_MIN: Duration = Duration::from_secs(3600);
/// Nobody remembers after ten years what it was for.
pub const TOKEN_LIFETIME_MAX: Duration = Duration::from_secs(10 * 366 * 24 * 3600);
/// Bytes of a picture as it is sent; docs/limits.md.
pub const PICTURE_MAX_BYTES: usize = 5 * 1024 * 1024;

/// One a line, in small letters: of ten and more characters, highest in published lists, and what people type to fill
/// ten.
const COMMON_PASSWORDS: &str = include_str!("common_passwords.txt");

/// What somebody may do in the workspace. The same word in rows, on the wire and here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything, also with other owners.
    Owner,
    /// Manages members and guests.
    Admin,
    /// Takes part.
    Member,
    /// Sees only what they were invited to.
    Guest,
}

impl Role {
    /// The word in rows and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Owner => "owner",
            Role::Admin => "admin",
            Role::Member => "member",
            Role::Guest => "guest",
        }
    }

    /// Reads the word of [`Role::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Role::Owner, Role::Admin, Role::Member, Role::Guest]
            .into_iter()
            .find(|role| role.as_str() == word)
    }

    /// Owners and admins.
    pub fn is_admin(self) -> bool {
        matches!(self, Role::Owner | Role::Admin)
    }

    /// Whether somebody of this role may change the rights or the password of somebody of `other`. Only owners touch
    /// owners and admins: else an admin would reset an owner's password and become one.
    pub fn may_manage(self, other: Role) -> bool {
        self == Role::Owner || (self == Role::Admin && !other.is_admin())
    }

    /// Whether somebody of this role may make others `given`.
    pub fn may_give(self, given: Role) -> bool {
        self == Role::Owner || (self == Role::Admin && given != Role::Owner)
    }
}

/// What went wrong, as far as a caller can act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The place of the pictures.
    #[error(transparent)]
    Blobs(#[from] blobs::Error),
    /// Nobody, or nothing, by that id or token.
    #[error("that is absent or hidden")]
    NotFound,
    /// There is no session behind this.
    #[error("nobody is signed in")]
    SignedOut,
    /// Known, but not for this role.
    #[error("that is not allowed to this role")]
    NotAllowed,
    /// Guests who came by a link have no business there.
    #[error("that is closed to guests who came by a link")]
    NotForGuests,
    /// The token of a program is not good for this.
    #[error("the token lacks the scope {0:?}")]
    Scope(Scope),
    /// Unknown, wrong or deactivated: deliberately the same.
    #[error("the mail address and the password do not belong together")]
    SignInFailed,
    /// The password is right and not enough.
    #[error("a second step is needed")]
    SecondStep {
        /// The secret of the attempt that waits for it.
        attempt: Token,
        /// It must be set up first.
        enrol: bool,
        /// It is a passkey: there is no app.
        passkey: bool,
    },
    /// This server takes no passwords.
    #[error("passwords are not taken here")]
    PasswordOff,
    /// This needs a sign-in that has just happened.
    #[error("the sign-in is too long ago for this")]
    NotFresh,
    /// Another person has this address.
    #[error("that mail address belongs to somebody already")]
    EmailTaken,
    /// There is a workspace already.
    #[error("there is a workspace already")]
    Exists,
    /// Nobody would be left who can manage the workspace.
    #[error("the workspace needs an owner")]
    LastOwner,
    /// People do not deactivate themselves.
    #[error("people cannot deactivate themselves")]
    Yourself,
    /// The person is deactivated.
    #[error("that person is deactivated")]
    Deactivated,
    /// There are as many tokens as one person may have.
    #[error("there are {TOKENS_MAX} tokens already")]
    TooManyTokens,
    /// A field breaks a rule.
    #[error("{pointer}: {detail}")]
    Field {
        /// JSON pointer into the body.
        pointer: &'static str,
        /// A sentence for people.
        detail: String,
    },
    /// Too many attempts; try again after this time.
    #[error("too many attempts")]
    TooManyAttempts(Duration),
    /// Too much hashing or decoding is waiting.
    #[error("too much is waiting")]
    Busy,
    /// More bytes than a picture may have.
    #[error("the picture is too big")]
    PictureTooBig,
    /// A letter cannot be sent.
    #[error("{0}")]
    Mail(mail::Error),
    /// A fault of ours, with what failed.
    #[error("{0}")]
    Broken(&'static str),
}

impl From<mail::Error> for Error {
    fn from(error: mail::Error) -> Self {
        match error {
            mail::Error::Db(error) => Error::Db(error),
            other => Error::Mail(other),
        }
    }
}

impl Error {
    /// A rule about one field.
    pub(crate) fn field(pointer: &'static str, detail: impl Into<String>) -> Self {
        Error::Field {
            pointer,
            detail: detail.into(),
        }
    }
}

/// Whether `actor` may manage `target`, who may be the same person.
pub fn check_manages(actor: Role, target: Role) -> Result<(), Error> {
    if actor.may_manage(target) {
        Ok(())
    } else {
        Err(Error::NotAllowed)
    }
}

/// Whether `actor` may make `target` a `given`.
pub fn check_role_change(actor: Role, target: Role, given: Role) -> Result<(), Error> {
    if actor.may_manage(target) && actor.may_give(given) {
        Ok(())
    } else {
        Err(Error::NotAllowed)
    }
}

/// Whether `actor` may deactivate `target`.
pub fn check_deactivation(actor: (PersonId, Role), target: (PersonId, Role)) -> Result<(), Error> {
    if actor.0 == target.0 {
        return Err(Error::Yourself);
    }
    check_manages(actor.1, target.1)
}

/// A name as it is stored.
pub fn clean_name(name: &str) -> Result<String, Error> {
    clean_text("/name", name)
}

/// How a name is said; nothing, or only blanks, means that nothing is said about it.
pub fn clean_pronunciation(text: Option<&str>) -> Result<Option<String>, Error> {
    let text = text.filter(|text| !text.trim().is_empty());
    text.map(|text| clean_text("/pronunciation", text)).transpose()
}

pub fn clean_text(pointer: &'static str, text: &str) -> Result<String, Error> {
    markup::clean_name(text, NAME_MAX_CHARS).map_err(|problem| Error::field(pointer, problem.to_string()))
}

/// A name, or a part of one, as it is searched and sorted: without case, accents and invisible marks.
pub fn name_key(name: &str) -> String {
    let bare = name
        .nfkd()
        .filter(|character| !is_combining_mark(*character) && !character.is_control());
    bare.flat_map(char::to_lowercase).collect()
}

/// A mail address, in lower case. Whether it can receive mail is known only by writing to it.
pub fn clean_email(email: &str) -> Result<String, Error> {
    let email: String = email.trim().nfc().flat_map(char::to_lowercase).collect();
    let refuse = |detail: &str| Err(Error::field("/email", detail));
    if email.len() > EMAIL_MAX_BYTES {
        return refuse(&format!("is longer than {EMAIL_MAX_BYTES} bytes"));
    }
    let Some((local, domain)) = email.rsplit_once('@') else {
        return refuse("is no mail address: it has no @");
    };
    let is_strange = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '<' | '>' | ',' | ';' | '@')
    };
    let has_gap = domain.split('.').any(str::is_empty);
    if local.is_empty() || has_gap || local.contains(is_strange) || domain.contains(is_strange) {
        return refuse("is no mail address");
    }
    Ok(email)
}

/// Whether an address from elsewhere can be that of an account here.
pub fn is_email(email: &str) -> bool {
    clean_email(email).is_ok()
}

/// Whether there is such a time zone.
pub fn is_time_zone(name: &str) -> bool {
    clean_time_zone(name).is_ok()
}

/// The rules of a time zone.
pub fn time_zone(name: &str) -> Option<jiff::tz::TimeZone> {
    ZONES.get(name).ok()
}

/// Compiled in: a system may lack zones that browsers still name (Debian moved `Asia/Calcutta` to a package of its own).
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// An IANA time zone, in its own spelling.
pub fn clean_time_zone(name: &str) -> Result<String, Error> {
    let zone = ZONES.get(name).ok();
    let known = zone.as_ref().and_then(|zone| zone.iana_name());
    known
        .map(str::to_owned)
        .ok_or_else(|| Error::field("/time_zone", "is no IANA time zone, such as Europe/Lisbon"))
}

/// A language tag (BCP 47) that is well-formed; whether the app speaks it is the app's to know.
pub fn clean_language(tag: &str) -> Result<String, Error> {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let is_primary =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if tag.len() > LANGUAGE_MAX_BYTES || !is_primary || !parts.all(is_part) {
        return Err(Error::field(
            "/language",
            "is no language tag, such as en or pt-BR",
        ));
    }
    Ok(tag.to_owned())
}

/// A password in the one spelling in which it is hashed: keyboards compose accents differently (NIST SP 800-63B).
pub fn spell_password(password: &str) -> String {
    password.nfkc().collect()
}

/// Whether a password, as [`spell_password`] gives it, may be chosen by somebody with these names and addresses.
pub fn check_password(pointer: &'static str, password: &str, own: &[&str]) -> Result<(), Error> {
    let n_chars = password.chars().count();
    let (min, max) = (PASSWORD_CHARS.start(), PASSWORD_CHARS.end());
    if !PASSWORD_CHARS.contains(&n_chars) {
        return Err(Error::field(
            pointer,
            format!("a password has {min} to {max} characters"),
        ));
    }
    let lower = password.to_lowercase();
    let mut characters = lower.chars();
    let first = characters.next();
    if COMMON_PASSWORDS.lines().any(|common| common == lower)
        || characters.all(|character| Some(character) == first)
    {
        return Err(Error::field(
            pointer,
            "is one of the first that anybody would try",
        ));
    }
    let bare = |text: &str| name_key(text).split_whitespace().collect::<String>();
    let password = bare(password);
    // Also the part of an address before the @.
    if own
        .iter()
        .any(|text| bare(text) == password || text.split('@').any(|part| bare(part) == password))
    {
        return Err(Error::field(pointer, "is the name or the mail address"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: PartialEq + std::fmt::Debug>(
        clean: impl Fn(&str) -> Result<T, Error>,
        cases: &[(&str, Option<T>)],
    ) {
        for (given, expected) in cases {
            assert_eq!(clean(given).ok().as_ref(), expected.as_ref(), "{given:?}");
        }
    }

    #[test]
    fn addresses_are_unique_without_case() {
        let long = format!("{}@example.org", "a".repeat(250));
        check(
            clean_email,
            &[
                (
                    "Ada.Lovelace@Example.ORG",
                    Some("ada.lovelace@example.org".to_owned()),
                ),
                ("  ada@localhost ", Some("ada@localhost".to_owned())),
                ("ada", None),
                ("@example.org", None),
                ("ada@", None),
                ("ada@example..org", None),
                ("ada@b@example.org", None),
                ("ada lovelace@example.org", None),
                ("ada\u{0}@example.org", None),
                ("Ada <ada@example.org>", None),
                (&long, None),
            ],
        );
    }

    #[test]
    fn zones_are_those_of_the_iana_database() {
        check(
            clean_time_zone,
            &[
                ("Europe/Lisbon", Some("Europe/Lisbon".to_owned())),
                ("asia/calcutta", Some("Asia/Calcutta".to_owned())),
                ("UTC", Some("UTC".to_owned())),
                ("Mars/Olympus", None),
                ("../../etc/passwd", None),
                ("", None),
            ],
        );
    }

    #[test]
    fn languages_are_well_formed_tags() {
        let long = format!("en{}", "-abcdefgh".repeat(5));
        let same = |tag: &'static str| (tag, Some(tag.to_owned()));
        check(
            clean_language,
            &[same("en"), same("pt-BR"), same("zh-Hant-TW"), same("gsw")],
        );
        check(
            clean_language,
            &[
                ("", None),
                ("e", None),
                ("en_US", None),
                ("en-", None),
                ("<b>", None),
                (&long, None),
            ],
        );
    }

    #[test]
    fn names_are_searched_without_case_and_accents() {
        for (name, key) in [
            ("José Núñez", "jose nunez"),
            ("ÅSA", "asa"),
            ("ﬁn", "fin"),
            ("Ада", "ада"),
        ] {
            assert_eq!(name_key(name), key);
            assert_eq!(name_key(&name_key(name)), key);
        }
    }

    #[test]
    fn a_pronunciation_of_blanks_is_none() {
        assert_eq!(clean_pronunciation(Some("  ")).unwrap(), None);
        assert_eq!(
            clean_pronunciation(Some(" AY-da ")).unwrap().as_deref(),
            Some("AY-da")
        );
        assert!(clean_pronunciation(Some("a\nb")).is_err());
    }

    #[test]
    fn easy_passwords_are_refused() {
        let password = |password: &str| {
            let own = ["ada.lovelace@example.org", "Ada Lovelace"];
            check_password("/password", &spell_password(password), &own)
        };
        let long = "x1".repeat(101);
        check(
            password,
            &[
                ("tide over slate", Some(())),
                ("ähnlich-süß", Some(())),
                ("short", None),
                (&long, None),
                ("Password123", None),
                ("aaaaaaaaaaaa", None),
                ("ada.lovelace", None),
                ("ADA.LOVELACE@example.org", None),
                ("Ada Lovelace", None),
                ("adalovelace", None),
            ],
        );
    }

    #[test]
    fn only_owners_touch_owners_and_admins() {
        use Role::{Admin, Guest, Member, Owner};
        for (actor, target, may) in [
            (Owner, Owner, true),
            (Owner, Guest, true),
            (Admin, Owner, false),
            (Admin, Admin, false),
            (Admin, Member, true),
            (Admin, Guest, true),
            (Member, Guest, false),
            (Guest, Guest, false),
        ] {
            assert_eq!(actor.may_manage(target), may, "{actor:?} {target:?}");
        }
        for (actor, given, may) in [
            (Owner, Owner, true),
            (Admin, Owner, false),
            (Admin, Admin, true),
            (Admin, Guest, true),
            (Member, Guest, false),
        ] {
            assert_eq!(actor.may_give(given), may, "{actor:?} {given:?}");
        }
    }

    #[test]
    fn nobody_deactivates_themselves() {
        let (ada, bob) = (PersonId::random(), PersonId::random());
        assert!(matches!(
            check_deactivation((ada, Role::Owner), (ada, Role::Owner)),
            Err(Error::Yourself)
        ));
        assert!(check_deactivation((ada, Role::Owner), (bob, Role::Owner)).is_ok());
        assert!(matches!(
            check_deactivation((ada, Role::Admin), (bob, Role::Owner)),
            Err(Error::NotAllowed)
        ));
    }

    #[test]
    fn roles_are_read_as_they_are_written() {
        for role in [Role::Owner, Role::Admin, Role::Member, Role::Guest] {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("Owner"), None);
    }
}

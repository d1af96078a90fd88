//! The workspace, its people, and who of them is signed in where.
//!
//! Invariants: of a password only its argon2id hash is kept, of a token only its SHA-256; whoever is deactivated has no
//! session; there is always an owner who can act; every way in which rights end (deactivation, role, sign-out, new
//! password, reset) announces `access changed` in the transaction that ends them. A person's row is never deleted, because
//! what others said to them stays; whoever is erased leaves nothing in it. A token of a program narrows what its person
//! may do and never widens it; a bot has no way in.
//!
//! Does not know: spaces, channels, invitations, the set-up link, and which people a guest may see. Features above ask
//! here who somebody is, and decide themselves what that means.

mod actions;
mod api;
mod attempts;
pub mod audit;
mod device;
mod erasing;
mod events;
mod guests;
mod jobs;
mod mailing;
mod model;
mod password;
mod picture;
mod scope;
mod second;
mod session;
pub mod settings;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod token;

pub use actions::{
    NewPerson, create_bot, create_person, create_workspace, first_owner, import_deactivated, import_person,
    make_reset, name_workspace, open_session, retire_bot,
};
pub use api::{PEOPLE_READ, PROBLEMS, types};
pub use attempts::{count_guest, count_link, count_mail};
pub use audit::{Actor, Deed, Subject};
pub use device::device_name;
pub use erasing::{ErasedMessages, PERSON_ERASED, PersonErased};
pub use events::{Me, PERSON_CHANGED, Person, PersonEvent, Workspace};
pub use guests::{create_link_guest, extend_link_guest, open_guest_session, retire_link_guest};
pub use model::{Error, Role, is_email, is_time_zone, name_key, time_zone};
pub use password::hash_password;
pub use scope::{Scopes, TokenScope};
pub use second::{
    Proven, SecondStep, StepNeeded, authority, check_may_manage, confirm_fresh, count_attempt, count_network,
    find_by_email, is_fresh, password_mark, prove,
};
pub use session::{
    Administrator, Sessions, SignedIn, admit, authenticate, find_cookie, find_visitor, forget, keep, kept,
    named_cookie, renewed_cookie, session_alive, session_cookie,
};
pub use status::Status;
pub use store::{
    Bot, STATEMENTS, find_active, find_bot, find_first_person, find_person, find_workspace, get_me,
    list_owners, list_people, people,
};
pub use token::{Token, TokenHash, token_hash};

use platform::{db::Migration, feature::Feature};

/// Everything that this slice adds to the server. The server also needs [`kept`] and, once it has started, [`keep`].
pub fn feature() -> Feature {
    Feature {
        name: "accounts",
        migrations: vec![
            Migration {
                name: "accounts/0001_people",
                text: include_str!("../migrations/0001_people.sql"),
            },
            Migration {
                name: "accounts/0002_add_token_scopes",
                text: include_str!("../migrations/0002_add_token_scopes.sql"),
            },
            Migration {
                name: "accounts/0003_add_bots",
                text: include_str!("../migrations/0003_add_bots.sql"),
            },
            Migration {
                name: "accounts/0004_audit",
                text: include_str!("../migrations/0004_audit.sql"),
            },
            Migration {
                name: "accounts/0005_add_status",
                text: include_str!("../migrations/0005_add_status.sql"),
            },
            Migration {
                name: "accounts/0006_add_link_guests",
                text: include_str!("../migrations/0006_add_link_guests.sql"),
            },
            Migration {
                name: "accounts/0007_add_session_proof",
                text: include_str!("../migrations/0007_add_session_proof.sql"),
            },
        ],
        statements: [
            STATEMENTS,
            store::sessions::STATEMENTS,
            store::passwords::STATEMENTS,
            audit::STATEMENTS,
            erasing::STATEMENTS,
            guests::STATEMENTS,
            settings::STATEMENTS,
        ]
        .concat(),
        routes: api::routes(),
        jobs: [jobs::jobs(), mailing::jobs()].concat(),
        blob_names: vec![&store::HAS_PICTURE],
        deeds: audit::DEEDS,
        ..Feature::default()
    }
}

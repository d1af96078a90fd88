//! All SQL of messages and topics, by what it is about.

pub(crate) mod cards;
pub(crate) mod erasing;
pub(crate) mod forwards;
pub(crate) mod keeping;
pub(crate) mod messages;
pub(crate) mod moving;
pub(crate) mod overview;
pub(crate) mod pages;
pub(crate) mod reading;
pub(crate) mod removals;
pub(crate) mod slow;
pub(crate) mod topics;

use platform::db::Sql;
use uuid::Uuid;

/// Stands for the stream where a topic's id is asked, and for everybody where a person's is.
pub(crate) const NIL: Uuid = Uuid::nil();

/// Every statement of this slice.
pub fn statements() -> Vec<&'static Sql> {
    [
        cards::STATEMENTS,
        erasing::STATEMENTS,
        forwards::STATEMENTS,
        keeping::STATEMENTS,
        messages::STATEMENTS,
        moving::STATEMENTS,
        overview::STATEMENTS,
        pages::STATEMENTS,
        reading::STATEMENTS,
        removals::STATEMENTS,
        crate::levels::store::STATEMENTS,
        crate::retention::copies::store::STATEMENTS,
        crate::retention::going::STATEMENTS,
        crate::retention::store::STATEMENTS,
        slow::STATEMENTS,
        topics::STATEMENTS,
    ]
    .concat()
}

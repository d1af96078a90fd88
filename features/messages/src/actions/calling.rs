//! Whom a text calls beyond those it names: the people of its groups.

use crate::model::{Error, Text};
use base::{GroupId, PersonId};
use groups::{CALLED_MAX, GroupName};
use platform::db::Tx;
use spaces::ChannelAccess;

/// What the groups of a text come to in a channel.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// Those that exist, or existed.
    pub groups: Vec<GroupName>,
    /// Their members who may read the channel now, but for the author.
    pub people: Vec<PersonId>,
}

pub(super) fn called_by(tx: &mut dyn Tx, access: &ChannelAccess, text: &Text) -> Result<Called, Error> {
    if access.is_link_guest() && (text.everyone || !text.groups.is_empty()) {
        return Err(Error::Forbidden(
            "a guest calls people one by one, by their names",
        ));
    }
    if text.groups.is_empty() {
        return Ok(Called::default());
    }
    let called = Called {
        groups: groups::groups_named(tx, &text.groups)?,
        people: groups::called_by(tx, access, &text.groups)?,
    };
    if called.people.len() > CALLED_MAX {
        return Err(Error::Field {
            pointer: "/text",
            detail: "the groups of a message call at most 500 people; @channel calls everybody".to_owned(),
        });
    }
    Ok(called)
}

/// The same for a text that takes the place of another: it names anew, and calls nobody by a group that was not in it before.
pub(super) fn called_again(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (before, text): (&markup::Mentions, &Text),
) -> Result<Called, Error> {
    let was_named = |group: &&GroupId| before.groups.contains(&group.0);
    let again = Text {
        groups: text.groups.iter().filter(was_named).copied().collect(),
        ..text.clone()
    };
    Ok(Called {
        groups: groups::groups_named(tx, &text.groups)?,
        ..called_by(tx, access, &again)?
    })
}

impl Called {
    /// With those who are named one by one, each once.
    pub fn and(&self, named: &[PersonId]) -> Vec<PersonId> {
        let mut all = named.to_vec();
        all.extend(self.people.iter().filter(|person| !named.contains(person)));
        all
    }

    /// Refuses to call many people before the author has seen how many. Who writes is not told.
    pub fn require_agreement(&self, access: &ChannelAccess, text: &Text) -> Result<(), Error> {
        let n_people = i64::try_from(self.people.len()).unwrap_or(i64::MAX);
        if text.everyone {
            return Err(Error::ConfirmEveryone(n_people.max(access.n_members() - 1)));
        }
        if n_people > 0 {
            return Err(Error::ConfirmEveryone(n_people));
        }
        Ok(())
    }
}

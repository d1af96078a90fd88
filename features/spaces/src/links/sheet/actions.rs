//! Looking at a list, and doing what it says.

use super::{
    ListGroups,
    csv::{Row, Unreadable},
    mailing::{Letter, ask_letters},
    store,
    wire::{ListLine, ListState},
};
use crate::{
    access,
    links::{actions, wire::NewInvitation},
    model::{Error, NAME_MAX_CHARS},
    store::{self as places, Sight},
};
use accounts::{Deed, Role, SignedIn, Subject, Token, audit};
use base::{ChannelId, GroupId, SpaceId, Timestamp};
use platform::db::Tx;
use std::collections::{HashMap, HashSet};

/// How long an invitation by a list lasts: long enough for holidays.
const EXPIRES_IN_S: u64 = 14 * 24 * 3600;
/// Between the names of channels in a cell, because every other mark may part cells.
const CHANNELS_PART_AT: char = '|';
/// Between the names of groups; semicolons too, in a cell that they do not end.
const GROUPS_PART_AT: [char; 2] = [';', '|'];
/// Groups of one line.
const GROUPS_MAX: usize = 20;

/// Which column holds what.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    mail: usize,
    name: Option<usize>,
    role: Option<usize>,
    space: Option<usize>,
    channels: Option<usize>,
    groups: Option<usize>,
}

/// Reads the head. Case does not matter, and an unknown column is a mistake: it would be left out in silence.
fn columns(head: &Row) -> Result<Columns, Unreadable> {
    let line = head.line;
    let mut found = Columns::default();
    let mut mail = None;
    for (idx, cell) in head.cells.iter().enumerate() {
        let place = match cell.to_lowercase().as_str() {
            "mail" | "email" | "e-mail" => &mut mail,
            "name" => &mut found.name,
            "role" => &mut found.role,
            "space" => &mut found.space,
            "channels" => &mut found.channels,
            "groups" => &mut found.groups,
            "" => continue,
            _ => {
                let why = "names an unknown column: mail, name, role, space, channels and groups are known";
                return Err(Unreadable { line, why });
            }
        };
        if place.replace(idx).is_some() {
            let why = "names a column twice";
            return Err(Unreadable { line, why });
        }
    }
    let why = "has no column mail";
    found.mail = mail.ok_or(Unreadable { line, why })?;
    Ok(found)
}

/// A line with the invitation that it asks for.
pub(super) struct Checked {
    pub line: ListLine,
    email: String,
    invitation: Option<NewInvitation>,
    groups: Vec<GroupId>,
}

/// Says of each line what it would do.
pub(super) fn look(
    tx: &mut dyn Tx,
    (who, groups): (&SignedIn, Option<ListGroups>),
    rows: &[Row],
    now: Timestamp,
) -> Result<Vec<Checked>, Error> {
    let Some((head, rows)) = rows.split_first() else {
        return Err(unreadable(&Unreadable {
            line: 1,
            why: "is empty: the first line names the columns",
        }));
    };
    let columns = columns(head).map_err(|why| unreadable(&why))?;
    let mut places = Places::read(tx, who, groups)?;
    let mut checked = Vec::with_capacity(rows.len());
    for row in rows {
        checked.push(check(tx, &mut places, (row, columns))?);
    }
    let emails: Vec<&str> = checked.iter().map(|one| one.email.as_str()).collect();
    let members = store::list_members(tx, &emails)?;
    let invited = store::list_invited(tx, &emails, now)?;
    let mut seen = HashSet::new();
    for one in &mut checked {
        if one.line.state != ListState::New {
            continue;
        }
        if !seen.insert(one.email.clone()) {
            one.line.state = ListState::Double;
        } else if members.contains(&one.email) {
            one.line.state = ListState::Member;
        } else if invited.contains(&one.email) {
            one.line.state = ListState::Invited;
        }
    }
    Ok(checked)
}

/// As the refusal of the whole file.
pub(super) fn unreadable(why: &Unreadable) -> Error {
    Error::Field {
        pointer: "/file",
        detail: format!("Line {}: {}", why.line, why.why),
    }
}

fn check(tx: &mut dyn Tx, places: &mut Places, (row, columns): (&Row, Columns)) -> Result<Checked, Error> {
    let cell = |idx: Option<usize>| idx.and_then(|idx| row.cells.get(idx)).map_or("", String::as_str);
    let mail = cell(Some(columns.mail));
    let role = match cell(columns.role).to_lowercase().as_str() {
        "" => Some(Role::Member),
        word => Role::parse(word).filter(|role| *role != Role::Owner),
    };
    let (name, space) = (cell(columns.name), cell(columns.space));
    let mut groups = Vec::new();
    let asked = match resolve(tx, places, (space, cell(columns.channels)))? {
        Ok(asked) => match resolve_groups(tx, places, (asked.0, cell(columns.groups)))? {
            Ok(found) => {
                groups = found;
                Ok(asked)
            }
            Err(state) => Err(state),
        },
        Err(state) => Err(state),
    };
    let is_name = name.is_empty() || markup::clean_name(name, NAME_MAX_CHARS).is_ok();
    let (state, invitation) = match (role, asked) {
        _ if !accounts::is_email(mail) => (ListState::WrongMail, None),
        _ if !is_name => (ListState::WrongName, None),
        (None, _) => (ListState::WrongRole, None),
        (_, Err(state)) => (state, None),
        (Some(Role::Guest), Ok((_, channels))) if channels.is_empty() => (ListState::GuestNeedsChannel, None),
        (Some(role), Ok((space_id, channel_ids))) => {
            let new = NewInvitation {
                role,
                space_id,
                channel_ids,
                max_uses: 1,
                expires_in_s: EXPIRES_IN_S,
            };
            (ListState::New, Some(new))
        }
    };
    let line = ListLine {
        line: row.line,
        mail: mail.to_owned(),
        name: name.to_owned(),
        role: role.unwrap_or(Role::Member),
        space: space.to_owned(),
        state,
    };
    Ok(Checked {
        email: mail.to_lowercase(),
        line,
        invitation,
        groups,
    })
}

/// The places that cells may name, by what look-alikes have in common.
struct Places {
    who: SignedIn,
    spaces: HashMap<String, SpaceId>,
    channels: HashMap<SpaceId, HashMap<String, ChannelId>>,
    /// Whom to ask for groups; None: this server has none.
    ask_groups: Option<ListGroups>,
    groups: HashMap<(SpaceId, String), Option<GroupId>>,
}

impl Places {
    fn read(tx: &mut dyn Tx, who: &SignedIn, ask_groups: Option<ListGroups>) -> Result<Self, Error> {
        let spaces = places::list_visible_spaces(tx, who.person, Sight::All)?;
        let spaces = spaces.into_iter().filter(|space| space.archived_at.is_none());
        Ok(Self {
            who: *who,
            spaces: spaces
                .map(|space| (markup::skeleton(&space.name), space.id))
                .collect(),
            channels: HashMap::new(),
            ask_groups,
            groups: HashMap::new(),
        })
    }

    fn group(&mut self, tx: &mut dyn Tx, space: SpaceId, name: &str) -> Result<Option<GroupId>, Error> {
        let key = (space, name.to_owned());
        if let Some(known) = self.groups.get(&key) {
            return Ok(*known);
        }
        let found = match self.ask_groups {
            Some(ask) => (ask.find)(tx, space, name)?,
            None => None,
        };
        self.groups.insert(key, found);
        Ok(found)
    }

    fn channel(&mut self, tx: &mut dyn Tx, space: SpaceId, name: &str) -> Result<Option<ChannelId>, Error> {
        if !self.channels.contains_key(&space) {
            let access = access::space(tx, &self.who, space)?;
            let rows =
                places::list_channels_of_space(tx, space, self.who.person, access.sees_public_channels())?;
            let named = rows
                .into_iter()
                .map(|row| (markup::skeleton(&row.name), row.facts.channel));
            self.channels.insert(space, named.collect());
        }
        let known = self.channels.get(&space);
        Ok(known.and_then(|known| known.get(&markup::skeleton(name)).copied()))
    }
}

type Asked = Result<(Option<SpaceId>, Vec<ChannelId>), ListState>;

fn resolve(tx: &mut dyn Tx, places: &mut Places, (space, channels): (&str, &str)) -> Result<Asked, Error> {
    let names: Vec<&str> = channels
        .split(CHANNELS_PART_AT)
        .map(|name| name.trim().trim_start_matches('#'))
        .filter(|name| !name.is_empty())
        .collect();
    if space.is_empty() {
        return Ok(if names.is_empty() {
            Ok((None, Vec::new()))
        } else {
            Err(ListState::WrongSpace)
        });
    }
    let Some(space) = places.spaces.get(&markup::skeleton(space)).copied() else {
        return Ok(Err(ListState::WrongSpace));
    };
    let mut found = Vec::new();
    for name in names {
        match places.channel(tx, space, name)? {
            Some(channel) if found.len() < actions::CHANNELS_MAX => found.push(channel),
            _ => return Ok(Err(ListState::WrongChannel)),
        }
    }
    Ok(Ok((Some(space), found)))
}

/// Groups are of the space that the line names.
fn resolve_groups(
    tx: &mut dyn Tx,
    places: &mut Places,
    (space, cell): (Option<SpaceId>, &str),
) -> Result<Result<Vec<GroupId>, ListState>, Error> {
    let mut found = Vec::new();
    let names = cell.split(GROUPS_PART_AT).map(str::trim);
    for name in names.filter(|name| !name.is_empty()) {
        let group = match space {
            Some(space) => places.group(tx, space, name)?,
            None => None,
        };
        match group {
            Some(group) if found.len() < GROUPS_MAX => found.push(group),
            _ => return Ok(Err(ListState::WrongGroup)),
        }
    }
    Ok(Ok(found))
}

/// Makes an invitation for each new line. `base` is the address of this server when letters go out, which jobs write then;
/// the tokens come back for those who carry links themselves.
pub(super) fn invite(
    tx: &mut dyn Tx,
    (who, groups): (&SignedIn, Option<ListGroups>),
    checked: Vec<Checked>,
    base: Option<&str>,
    now: Timestamp,
) -> Result<Vec<(ListLine, Option<Token>)>, Error> {
    let (mut done, mut letters) = (Vec::with_capacity(checked.len()), Vec::new());
    let mut n_invited = 0;
    store::drop_old(tx, now)?;
    for one in checked {
        let new = one.invitation.filter(|_| one.line.state == ListState::New);
        let Some(new) = new else {
            done.push((one.line, None));
            continue;
        };
        let token = Token::random();
        let row = actions::make(tx, who, &new, &token.hash(), now)?;
        store::put(tx, &one.email, row.id)?;
        if let Some(keeper) = groups.filter(|_| !one.groups.is_empty()) {
            (keeper.keep)(tx, row.id, &one.groups, now)?;
        }
        n_invited += 1;
        if let Some(base) = base {
            letters.push(Letter {
                invitation: row.id,
                url: format!("{base}/join/{}", token.as_str()),
                email: one.email,
                name: one.line.name.clone(),
            });
        }
        done.push((one.line, Some(token)));
    }
    if n_invited > 0 {
        let deed = Deed::new(*who, "invitation.list_sent", Subject::named("invitation", ""));
        audit::record(tx, &deed.with("n_people", n_invited), now)?;
    }
    ask_letters(tx, who.person, &letters, now)?;
    Ok(done)
}

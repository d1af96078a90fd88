//! People, teams and channels as lines.

use super::{
    PEOPLE,
    index::{Found, Where},
    shapes::{Channel, User},
};
use crate::{
    Error,
    line::{Batch, ChannelLine, DirectLine, Line, PersonLine, Place, Ref, SpaceLine, Word, WorkspaceLine},
    names,
    write::{BATCH_LINES, Out, send as send_batch},
};
use sha2::{Digest, Sha256};
use spaces::{ChannelKind, SpaceKind};
use std::collections::HashSet;

type Lines = Vec<(Place, Line)>;

/// How a person is known here.
pub fn person_ref(username: &str) -> Result<Ref, String> {
    Ok(Ref::new(format!("{PEOPLE}{username}"))?)
}

/// How a place is known here; those of direct conversations do not tell who is in them.
pub fn place_ref(place: &Where) -> Result<Ref, String> {
    Ok(Ref::new(match place {
        Where::Channel(team, channel) => format!("mattermost/channel/{team}/{channel}"),
        Where::Direct(members) => {
            let hash = Sha256::digest(members.join("\n"));
            format!("mattermost/direct/{}", hex(&hash[..16]))
        }
    })?)
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a direct conversation of these people can be one here.
pub fn is_direct(members: &[String]) -> bool {
    (2..=9).contains(&members.len())
}

/// All of them, in order.
pub fn lines(found: &Found) -> Result<Lines, Error> {
    let mut lines = Lines::new();
    let workspace = found.teams.first().map_or("Mattermost", |(_, team)| {
        team.display_name.as_deref().unwrap_or(&team.name)
    });
    lines.push((
        Place::default(),
        Line::Workspace(WorkspaceLine {
            _word: Word::default(),
            name: names::clean(workspace, 80).unwrap_or_else(|| "Mattermost".to_owned()),
        }),
    ));
    let at = |number: &u64, line: Result<Line, String>| {
        let place = Place::line(*number);
        match line {
            Ok(line) => Ok((place, line)),
            Err(reason) => Err(Error::refused(place, reason)),
        }
    };
    for (number, user) in &found.users {
        lines.push(at(number, person(user).map(Line::Person))?);
    }
    let mut taken = HashSet::new();
    for (number, team) in &found.teams {
        let name = free_name(&mut taken, "", team.display_name.as_deref(), &team.name);
        let line = team_ref(&team.name).map(|name_here| {
            Line::Space(SpaceLine {
                _word: Word::default(),
                name_here,
                name,
                kind: SpaceKind::Team,
            })
        });
        lines.push(at(number, line)?);
    }
    let known: HashSet<&str> = found
        .users
        .iter()
        .map(|(_, user)| user.username.as_str())
        .collect();
    for (number, channel) in &found.channels {
        let line = channel_line(found, channel, &known, &mut taken);
        lines.push(at(number, line)?);
    }
    for (members, number) in &found.directs {
        // Whoever is not in the file has left no more than a name.
        if is_direct(members) {
            for member in members.iter().filter(|member| !known.contains(member.as_str())) {
                lines.push(at(number, stranger(member).map(Line::Person))?);
            }
            lines.push(at(number, direct(members))?);
        }
    }
    Ok(lines)
}

fn team_ref(name: &str) -> Result<Ref, String> {
    Ok(Ref::new(format!("mattermost/team/{name}"))?)
}

fn person(user: &User) -> Result<PersonLine, String> {
    let parts = [&user.first_name, &user.last_name].map(|part| part.as_deref().unwrap_or_default());
    let full = parts.join(" ");
    let mut candidates = [
        user.nickname.as_deref(),
        Some(full.as_str()),
        user.display_name.as_deref(),
        Some(&user.username),
    ]
    .into_iter()
    .flatten();
    let name = candidates.find_map(|name| names::clean(name, 80));
    Ok(PersonLine {
        _word: Word::default(),
        name_here: person_ref(&user.username)?,
        name: name.unwrap_or_else(|| "Somebody".to_owned()),
        email: user.email.clone().filter(|email| accounts::is_email(email)),
        time_zone: None,
        created_at: None,
        deactivated: user.delete_at.is_some_and(|at| at > 0),
    })
}

/// Somebody of whom the file holds no more than the name.
pub fn stranger(username: &str) -> Result<PersonLine, String> {
    Ok(PersonLine {
        _word: Word::default(),
        name_here: person_ref(username)?,
        name: names::clean(username, 80).unwrap_or_else(|| "Somebody".to_owned()),
        email: None,
        time_zone: None,
        created_at: None,
        deactivated: true,
    })
}

fn channel_line(
    found: &Found,
    channel: &Channel,
    known: &HashSet<&str>,
    taken: &mut HashSet<String>,
) -> Result<Line, String> {
    let members = found.members.get(&(channel.team.clone(), channel.name.clone()));
    let members = members
        .into_iter()
        .flatten()
        .filter(|member| known.contains(member.as_str()));
    let members = members
        .map(|member| person_ref(member))
        .collect::<Result<_, _>>()?;
    let name = free_name(
        taken,
        &channel.team,
        channel.display_name.as_deref(),
        &channel.name,
    );
    let described = [&channel.purpose, &channel.header].into_iter().flatten();
    let description = described.into_iter().find(|text| !text.trim().is_empty());
    Ok(Line::Channel(ChannelLine {
        _word: Word::default(),
        name_here: place_ref(&Where::Channel(channel.team.clone(), channel.name.clone()))?,
        space: team_ref(&channel.team)?,
        name,
        kind: match channel.kind.as_deref() {
            Some("P") => ChannelKind::Private,
            _ => ChannelKind::Public,
        },
        description: description.map(|text| names::paragraph(text, 1000)),
        members,
        archived: channel.deleted_at.is_some_and(|at| at > 0),
    }))
}

fn direct(members: &[String]) -> Result<Line, String> {
    Ok(Line::Direct(DirectLine {
        name_here: place_ref(&Where::Direct(members.to_vec()))?,
        members: members
            .iter()
            .map(|member| person_ref(member))
            .collect::<Result<_, _>>()?,
    }))
}

/// Shown names need not differ there, and do here: then the short name, which does, stands behind.
fn free_name(taken: &mut HashSet<String>, inside: &str, shown: Option<&str>, name: &str) -> String {
    let shown = shown.and_then(|shown| names::clean(shown, 80));
    let shown = shown
        .or_else(|| names::clean(name, 80))
        .unwrap_or_else(|| "Unnamed".to_owned());
    let key = |name: &str| format!("{inside}/{}", markup::skeleton(name));
    if taken.insert(key(&shown)) {
        return shown;
    }
    let both = format!("{} ({name})", shown.chars().take(40).collect::<String>());
    let both = names::clean(&both, 80).unwrap_or(shown);
    taken.insert(key(&both));
    both
}

/// Sends the lines in batches.
pub fn send(mut lines: Lines, out: &Out) -> Result<(), Error> {
    while !lines.is_empty() {
        let rest = lines.split_off(lines.len().min(BATCH_LINES));
        let batch = Batch {
            lines: std::mem::replace(&mut lines, rest),
            ..Batch::default()
        };
        send_batch(out, batch)?;
    }
    Ok(())
}

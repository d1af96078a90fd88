//! People, channels and conversations: the lists at the top of the archive.

use super::{
    PREFIX,
    archive::Archive,
    shapes::{Conversation, Described, User},
};
use crate::{
    Error,
    line::{Batch, ChannelLine, DirectLine, Line, PersonLine, Place, Ref, SpaceLine, Word, WorkspaceLine},
    names,
    write::{BATCH_LINES, Out, send as send_batch},
};
use serde::de::DeserializeOwned;
use spaces::{ChannelKind, SpaceKind};
use std::{collections::HashMap, path::Path};

/// People of a direct conversation here. A larger one becomes a private channel.
const DIRECT_PEOPLE: std::ops::RangeInclusive<usize> = 2..=9;
/// A conversation of Slack, and what it becomes.
pub struct Found {
    pub id: String,
    /// Its days lie in this folder.
    pub folder: String,
    pub line: Line,
    /// As others call it; None for direct conversations.
    pub name: Option<String>,
    /// The list in which it stands.
    file: &'static str,
}

/// All that the lists say.
pub struct Places {
    pub users: Vec<User>,
    pub conversations: Vec<Found>,
}

/// Reads the lists; those that an export of this kind does not have are empty.
pub fn read(archive: &mut Archive) -> Result<Places, Error> {
    let mut users: Vec<User> = list(archive, "users.json")?;
    users.extend(list::<User>(archive, "org_users.json")?);
    let is_known: std::collections::HashSet<&str> = users.iter().map(|user| user.id.as_str()).collect();
    let mut conversations = Vec::new();
    for (file, kind) in [
        ("channels.json", ChannelKind::Public),
        ("groups.json", ChannelKind::Private),
        ("mpims.json", ChannelKind::Direct),
        ("dms.json", ChannelKind::Direct),
    ] {
        for conversation in list::<Conversation>(archive, file)? {
            let members: Vec<Ref> = conversation
                .members
                .iter()
                .flatten()
                .filter(|member| is_known.contains(member.as_str()))
                .map(|member| reference(file, member))
                .collect::<Result<_, _>>()?;
            conversations.push(found(file, kind, conversation, members)?);
        }
    }
    Ok(Places { users, conversations })
}

fn list<T: DeserializeOwned>(archive: &mut Archive, name: &str) -> Result<Vec<T>, Error> {
    if !archive.holds(name) {
        return Ok(Vec::new());
    }
    let text = archive.read(name)?;
    serde_json::from_slice(&text).map_err(|err| {
        let place = Place {
            file: Some(name.into()),
            line: err.line() as u64,
        };
        Error::refused(place, err.to_string())
    })
}

fn found(
    file: &'static str,
    kind: ChannelKind,
    from: Conversation,
    members: Vec<Ref>,
) -> Result<Found, Error> {
    let name_here = reference(file, &from.id)?;
    let is_direct = kind == ChannelKind::Direct && DIRECT_PEOPLE.contains(&members.len());
    let own = from.name.as_deref().filter(|name| !name.is_empty());
    let folder = own.unwrap_or(&from.id).to_owned();
    let id = from.id;
    if is_direct {
        let line = Line::Direct(DirectLine { name_here, members });
        return Ok(Found {
            id,
            folder,
            line,
            name: None,
            file,
        });
    }
    let fallback = format!("conversation {id}");
    let name = names::clean(own.unwrap_or(&fallback), 80).unwrap_or(fallback);
    let described = |it: &Option<Described>| it.as_ref().and_then(|it| it.value.clone());
    let description = described(&from.purpose).filter(|text| !text.trim().is_empty());
    let description = description.or_else(|| described(&from.topic));
    let line = Line::Channel(ChannelLine {
        _word: Word::default(),
        name_here,
        // Filled in by `send`, which knows the space.
        space: Ref(String::new()),
        name: name.clone(),
        kind: match kind {
            ChannelKind::Public => ChannelKind::Public,
            _ => ChannelKind::Private,
        },
        description: description.map(|text| names::paragraph(&text, 1000)),
        members,
        archived: from.is_archived == Some(true),
    });
    Ok(Found {
        id,
        folder,
        line,
        name: Some(name),
        file,
    })
}

/// Sends people, the space and the conversations.
pub fn send(places: &Places, space: &str, out: &Out) -> Result<(), Error> {
    let space_ref = reference("users.json", &format!("space/{space}"))?;
    let mut lines = vec![(
        Place::default(),
        Line::Workspace(WorkspaceLine {
            _word: Word::default(),
            name: space.to_owned(),
        }),
    )];
    for user in &places.users {
        lines.push((in_file("users.json"), Line::Person(person(user)?)));
    }
    lines.push((
        Place::default(),
        Line::Space(SpaceLine {
            _word: Word::default(),
            name_here: space_ref.clone(),
            name: space.to_owned(),
            kind: SpaceKind::Team,
        }),
    ));
    for found in &places.conversations {
        let line = match &found.line {
            Line::Channel(channel) => Line::Channel(ChannelLine {
                space: space_ref.clone(),
                ..channel.clone()
            }),
            Line::Direct(direct) => Line::Direct(direct.clone()),
            _ => continue,
        };
        lines.push((in_file(found.file), line));
    }
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

fn in_file(name: &str) -> Place {
    Place {
        file: Some(name.into()),
        line: 0,
    }
}

fn person(user: &User) -> Result<PersonLine, Error> {
    let email = user.profile.as_ref().and_then(|profile| profile.email.as_deref());
    Ok(PersonLine {
        _word: Word::default(),
        name_here: reference("users.json", &user.id)?,
        name: name_of(user),
        email: email.filter(|email| accounts::is_email(email)).map(str::to_owned),
        time_zone: user.tz.clone().filter(|zone| accounts::is_time_zone(zone)),
        created_at: None,
        deactivated: user.deleted == Some(true),
    })
}

/// The name of a user as others read it.
pub fn name_of(user: &User) -> String {
    let profile = user.profile.as_ref();
    let mut candidates = [
        profile.and_then(|profile| profile.real_name.as_deref()),
        user.real_name.as_deref(),
        profile.and_then(|profile| profile.display_name.as_deref()),
        user.name.as_deref(),
        Some(&user.id),
    ]
    .into_iter()
    .flatten();
    candidates
        .find_map(|name| names::clean(name, 80))
        .unwrap_or_else(|| "Somebody".to_owned())
}

/// The names of users and channels, for texts that name them.
pub fn names(places: &Places) -> (HashMap<String, String>, HashMap<String, String>) {
    let users = places.users.iter().map(|user| (user.id.clone(), name_of(user)));
    let channels = places.conversations.iter();
    let channels = channels.filter_map(|found| Some((found.id.clone(), found.name.clone()?)));
    (users.collect(), channels.collect())
}

/// How something of Slack is known here.
pub fn reference(file: &str, id: &str) -> Result<Ref, Error> {
    Ref::new(format!("{PREFIX}{id}")).map_err(|reason| Error::refused(in_file(file), reason))
}

/// "Acme Slack export Jan 1 2026 - Feb 1 2026.zip" is the space "Acme".
pub fn space_name(path: &Path) -> String {
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy())
        .unwrap_or_default();
    let own = stem.split_once(" Slack export").map_or("", |(own, _)| own);
    names::clean(own, 80).unwrap_or_else(|| "Slack".to_owned())
}

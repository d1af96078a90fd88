//! A workspace to measure in: people, one space and channels, made by the importer; and a session for each person.
//!
//! The sessions are written into the database of a server that does not run, because signing in thousands of people
//! means thousands of slow password hashes, and that is not what the bench measures.

use crate::antiphon::Place;
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use postgres::NoTls;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    io::{BufWriter, Write},
    path::Path,
};
use uuid::Uuid;

const DOMAIN: &str = "bench.example";
const PEOPLE: &str = "select email, id from person";
const CHANNELS: &str = "select name, id from channel";
const EVERYWHERE: &str = "select person_id from channel_member group by person_id having count(*) = $1";
/// A guest of the space and of every n-th channel; members would read all that is public.
const BECOME_GUEST: &str = "update person set role = 'guest' where id = ?1";
const BECOME_GUEST_OF_SPACES: &str = "update space_member set role = 'guest' where person_id = ?1";
const LEAVE: &str = "delete from channel_member where person_id = ?1 and channel_id not in \
    (select id from (select id, row_number() over (order by name) as place from channel) where place % ?2 = 0)";
const N_CHANNELS_OF: &str = "select count(*) from channel_member where person_id = ?1";
const SESSION: &str = "insert into session (id, person_id, token_hash, kind, device, created_at, seen_at) \
    values ($1, $2, $3, 'program', 'bench', $4, $4)";
const BECOME_OWNER: &str = "update person set role = 'owner' where id = $1";
const N_LEFT: &str = "select count(*) from message where gone = 0 and at < $1";
const N_MESSAGES: &str = "select count(*) from message";

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    pub token: String,
}

/// Writes the import file: people 0 to `n_people`, channels 0 to `n_channels` with those of whom `is_member(channel,
/// person)` holds.
pub fn write_file(
    file: &Path,
    n_people: usize,
    n_channels: usize,
    is_member: impl Fn(usize, usize) -> bool,
) -> Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(file)?);
    writeln!(out, "{}", json!({ "type": "workspace", "name": "Bench" }))?;
    for person in 0..n_people {
        let name = format!("Person {person}");
        let line =
            json!({ "type": "person", "ref": person_ref(person), "name": name, "email": email(person) });
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "{}",
        json!({ "type": "space", "ref": "space", "name": "Bench", "kind": "team" })
    )?;
    for channel in 0..n_channels {
        let members: Vec<String> = (0..n_people)
            .filter(|person| is_member(channel, *person))
            .map(person_ref)
            .collect();
        let line = json!({
            "type": "channel", "ref": format!("c{channel}"), "space": "space", "name": channel_name(channel),
            "kind": "public", "members": members
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// Signs in people 0 to `n`.
pub fn sign_in(place: &Place, n: usize) -> Result<Vec<Person>> {
    let ids = Data::open(place)?.names(PEOPLE)?;
    let ids = (0..n).map(|person| {
        ids.get(&email(person))
            .copied()
            .context("somebody was not imported")
    });
    sign_in_ids(place, &ids.collect::<Result<Vec<_>>>()?)
}

/// Signs in these people.
pub fn sign_in_ids(place: &Place, ids: &[Uuid]) -> Result<Vec<Person>> {
    let mut rows = Vec::new();
    let people = ids.iter().map(|id| {
        let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        rows.push((*id, Sha256::digest(&token).to_vec()));
        Person { token }
    });
    let people = people.collect();
    Data::open(place)?.add_sessions(&rows)?;
    Ok(people)
}

/// Channels 0 to `n`.
pub fn channels(place: &Place, n: usize) -> Result<Vec<Uuid>> {
    let ids = Data::open(place)?.names(CHANNELS)?;
    (0..n)
        .map(|channel| {
            ids.get(&channel_name(channel))
                .copied()
                .context("a channel was not imported")
        })
        .collect()
}

/// Those who are members of so many channels.
pub fn members_of(place: &Place, n_channels: usize) -> Result<Vec<Uuid>> {
    let n_channels = i64::try_from(n_channels)?;
    match Data::open(place)? {
        Data::Sqlite(file) => {
            let mut statement = file.prepare(EVERYWHERE)?;
            let rows = statement.query_map([n_channels], |row| row.get::<_, [u8; 16]>(0))?;
            rows.map(|row| Ok(Uuid::from_bytes(row?))).collect()
        }
        Data::Postgres(mut client) => Ok(client
            .query(EVERYWHERE, &[&n_channels])?
            .into_iter()
            .map(|row| row.get(0))
            .collect()),
    }
}

/// Makes somebody a guest of one channel in `n`, of a database in a file; how many these are.
pub fn leave_all_but_one_in(place: &Place, person: Uuid, n: usize) -> Result<usize> {
    let file = rusqlite::Connection::open(place.sqlite_file())?;
    let person = person.as_bytes();
    file.execute(BECOME_GUEST, [person])?;
    file.execute(BECOME_GUEST_OF_SPACES, [person])?;
    file.execute(LEAVE, rusqlite::params![person, i64::try_from(n)?])?;
    let n_channels: i64 = file.query_row(N_CHANNELS_OF, [person], |row| row.get(0))?;
    Ok(usize::try_from(n_channels)?)
}

/// Messages in the database.
pub fn n_messages(place: &Place) -> Result<u64> {
    let count = match Data::open(place)? {
        Data::Sqlite(file) => file.query_row(N_MESSAGES, [], |row| row.get::<_, i64>(0))?,
        Data::Postgres(mut client) => client.query_one(N_MESSAGES, &[])?.get(0),
    };
    Ok(u64::try_from(count)?)
}

/// Makes somebody an owner.
pub fn become_owner(place: &Place, email_of: usize) -> Result<()> {
    let ids = Data::open(place)?.names(PEOPLE)?;
    let id = ids.get(&email(email_of)).context("somebody was not imported")?;
    match Data::open(place)? {
        Data::Sqlite(file) => file.execute(BECOME_OWNER, [id.as_bytes()]).map(drop)?,
        Data::Postgres(mut client) => client.execute(BECOME_OWNER, &[id]).map(drop)?,
    }
    Ok(())
}

/// Messages that a rule has not deleted yet, of those before a moment.
pub fn n_left(place: &Place, before_us: i64) -> Result<u64> {
    let count = match Data::open(place)? {
        Data::Sqlite(file) => file.query_row(N_LEFT, [before_us], |row| row.get::<_, i64>(0))?,
        Data::Postgres(mut client) => client.query_one(N_LEFT, &[&before_us])?.get(0),
    };
    Ok(u64::try_from(count)?)
}

enum Data {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Client>),
}

impl Data {
    fn open(place: &Place) -> Result<Self> {
        Ok(match place.database() {
            None => Data::Sqlite(rusqlite::Connection::open(place.sqlite_file())?),
            Some(url) => Data::Postgres(Box::new(url.parse::<postgres::Config>()?.connect(NoTls)?)),
        })
    }

    /// Ids by name.
    fn names(self, query: &str) -> Result<HashMap<String, Uuid>> {
        match self {
            Data::Sqlite(file) => {
                let mut statement = file.prepare(query)?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, [u8; 16]>(1)?)))?;
                rows.map(|row| {
                    row.map(|(name, id)| (name, Uuid::from_bytes(id)))
                        .map_err(Into::into)
                })
                .collect()
            }
            Data::Postgres(mut client) => Ok(client
                .query(query, &[])?
                .into_iter()
                .map(|row| (row.get(0), row.get(1)))
                .collect()),
        }
    }

    fn add_sessions(self, rows: &[(Uuid, Vec<u8>)]) -> Result<()> {
        let now = now_micros()?;
        match self {
            Data::Sqlite(mut file) => {
                let tx = file.transaction()?;
                for (person, hash) in rows {
                    let id = Uuid::now_v7();
                    tx.prepare_cached(SESSION)?.execute(rusqlite::params![
                        id.as_bytes(),
                        person.as_bytes(),
                        hash,
                        now
                    ])?;
                }
                Ok(tx.commit()?)
            }
            Data::Postgres(mut client) => {
                let mut tx = client.transaction()?;
                for (person, hash) in rows {
                    tx.execute(SESSION, &[&Uuid::now_v7(), person, hash, &now])?;
                }
                Ok(tx.commit()?)
            }
        }
    }
}

pub fn now_micros() -> Result<i64> {
    Ok(i64::try_from(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)?
            .as_micros(),
    )?)
}

fn person_ref(person: usize) -> String {
    format!("p{person}")
}

fn email(person: usize) -> String {
    format!("{}@{DOMAIN}", person_ref(person))
}

fn channel_name(channel: usize) -> String {
    format!("channel-{channel}")
}

//! What the server holds about one person, for that person: a zip archive with JSON for programs and a page for eyes.
//!
//! Invariants: everything in it is of one moment, and is the person's own: profile, sessions, ways in, memberships, messages,
//! reactions, drafts; no word of anybody else, no token and no hash. It is written to a file without a name, so that
//! nothing remains when it is sent or the sending breaks off.

mod page;
pub(crate) mod store;

use crate::model::Error;
use accounts::SignedIn;
use base::{ChannelId, PersonId, Seq, Timestamp};
use platform::{
    app::App,
    db::{Location, Snapshot, Tx},
};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufWriter, Seek, SeekFrom, Write},
    path::Path,
};
use tokio::sync::Semaphore;
use zip::{ZipWriter, write::SimpleFileOptions};

/// At once: each holds a connection and reads a table through.
static GATHERING: Semaphore = Semaphore::const_new(2);

type Archive = ZipWriter<BufWriter<File>>;

/// Gathers it; the archive stands at its beginning.
pub(crate) async fn gather(app: &App, who: SignedIn) -> Result<File, Error> {
    let (location, folder) = (platform::app::location(&app.config), app.config.data.clone());
    let now = app.clock.now();
    let permit = GATHERING.try_acquire().map_err(|_| Error::Busy)?;
    let gathered = tokio::task::spawn_blocking(move || {
        let zone = write(&location, &folder, who.person, now)?;
        tracing::info!(account.id = %who.person, at = now.0, "gathered the data of account {}", who.person);
        Ok(zone)
    });
    // It only fails when the server ends.
    let file = gathered.await.map_err(|_| Error::SignedOut)?;
    drop(permit);
    file
}

fn write(location: &Location, folder: &Path, person: PersonId, now: Timestamp) -> Result<File, Error> {
    let mut snapshot = Snapshot::open(location)?;
    let tx = snapshot.tx();
    let file = tempfile::tempfile_in(folder).map_err(Error::File)?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let me = accounts::get_me(tx, person)?;
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    let profile = json!({ "workspace": workspace.name, "profile": me, "created_at": store::get_created_at(tx, person)? });
    whole(&mut zip, "profile.json", &profile)?;
    let sessions = json!(store::list_sessions(tx, person)?);
    whole(&mut zip, "sessions.json", &sessions)?;
    let ways_in = json!({
        "passkeys": store::list_passkeys(tx, person)?,
        "identities": store::list_identities(tx, person)?,
        "second_step_since": store::find_second_step(tx, person)?,
    });
    whole(&mut zip, "ways_in.json", &ways_in)?;
    let memberships =
        json!({ "spaces": store::list_spaces(tx, person)?, "channels": store::list_channels(tx, person)? });
    whole(&mut zip, "memberships.json", &memberships)?;
    in_time(&mut zip, tx, person, now)?;
    whole(&mut zip, "drafts.json", &json!(store::list_drafts(tx, person)?))?;
    whole(
        &mut zip,
        "reactions.json",
        &json!(store::list_reactions(tx, person)?),
    )?;
    begin(&mut zip, "messages.json")?;
    let mut list = List::default();
    each_message(tx, person, &mut |message| list.add(&mut zip, &json!(message)))?;
    list.end(&mut zip)?;
    begin(&mut zip, "index.html")?;
    let parts = [
        ("Profile", &profile),
        ("Sessions", &sessions),
        ("Ways in", &ways_in),
        ("Memberships", &memberships),
    ];
    zip.write_all(page::head(&workspace.name, &parts).as_bytes())
        .map_err(Error::File)?;
    each_message(tx, person, &mut |message| {
        zip.write_all(page::message(message).as_bytes())
            .map_err(Error::File)
    })?;
    zip.write_all(page::FOOT.as_bytes()).map_err(Error::File)?;
    let file = zip
        .finish()
        .map_err(|err| Error::File(std::io::Error::other(err)))?;
    let mut file = file.into_inner().map_err(|err| Error::File(err.into_error()))?;
    file.seek(SeekFrom::Start(0)).map_err(Error::File)?;
    Ok(file)
}

/// When they work, what waits for its time, what was asked and who is called, and how much they want to be told of.
fn in_time(zip: &mut Archive, tx: &mut dyn Tx, person: PersonId, now: Timestamp) -> Result<(), Error> {
    whole(zip, "hours.json", &json!(hours::find_declared(tx, person)?))?;
    whole(zip, "asks.json", &json!(asks::own_data(tx, person)?))?;
    whole(zip, "urgent.json", &json!(urgent::own_data(tx, person)?))?;
    whole(zip, "scheduled.json", &json!(later::list_scheduled(tx, person)?))?;
    whole(zip, "meetings.json", &json!(calendar::own_data(tx, person, now)?))?;
    whole(zip, "reminders.json", &json!(later::list_reminders(tx, person)?))?;
    whole(zip, "routines.json", &json!(later::list_routines(tx, person)?))?;
    whole(zip, "levels.json", &json!(messages::list_levels(tx, person)?))?;
    whole(zip, "live.json", &json!(live::own_data(tx, person)?))?;
    whole(zip, "office.json", &json!(office::own_data(tx, person)?))?;
    whole(zip, "thanks.json", &json!(thanks::own_data(tx, person)?))?;
    whole(
        zip,
        "numbers.json",
        &json!(numbers::own_numbers(tx, person, now)?),
    )?;
    Ok(())
}

fn each_message(
    tx: &mut dyn Tx,
    person: PersonId,
    visit: &mut dyn FnMut(&store::OwnMessage) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut after = (ChannelId(uuid::Uuid::nil()), Seq(0));
    loop {
        let page = store::list_messages(tx, person, after)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = (last.channel_id, last.seq);
        page.iter().try_for_each(&mut *visit)?;
    }
}

fn begin(zip: &mut Archive, name: &str) -> Result<(), Error> {
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file(name, options)
        .map_err(|err| Error::File(std::io::Error::other(err)))
}

fn whole(zip: &mut Archive, name: &str, value: &Value) -> Result<(), Error> {
    begin(zip, name)?;
    let text = format!("{value:#}\n");
    zip.write_all(text.as_bytes()).map_err(Error::File)
}

/// A list of JSON, one thing per line.
#[derive(Default)]
struct List {
    is_begun: bool,
}

impl List {
    fn add(&mut self, zip: &mut Archive, value: &Value) -> Result<(), Error> {
        let before = if self.is_begun { ",\n" } else { "[\n" };
        self.is_begun = true;
        zip.write_all(format!("{before}{value}").as_bytes())
            .map_err(Error::File)
    }

    fn end(self, zip: &mut Archive) -> Result<(), Error> {
        let text: &[u8] = if self.is_begun { b"\n]\n" } else { b"[]\n" };
        zip.write_all(text).map_err(Error::File)
    }
}

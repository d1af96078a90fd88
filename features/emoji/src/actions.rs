//! The verbs of emoji.

use crate::{
    model::{EMOJI_MAX, Error, SENT_MAX_BYTES, check_name},
    picture::{self, Kept},
    store::{self, EmojiRow},
    wire::{CustomEmoji, EmojiChanged},
};
use accounts::{Deed, Role, SignedIn, Subject, Workspace, audit};
use base::{PersonId, Timestamp};
use bytes::Bytes;
use platform::{
    app::App,
    blobs::{BlobHash, Blobs},
    clock::Clock,
    db::{Db, Tx},
    journal::{self, Happened},
    leftovers,
};

/// What is written down in the audit log, for `Feature::deeds`.
pub(crate) const DEEDS: &[&str] = &["emoji.added", "emoji.removed", "emoji.switched"];

/// Whether somebody may add emoji: administrators, or everybody but guests where the workspace wants that.
pub(crate) fn may_add(tx: &mut dyn Tx, who: &SignedIn) -> Result<bool, Error> {
    let role = accounts::get_me(tx, who.person)?.person.role;
    Ok(role.is_admin() || (role != Role::Guest && store::everyone_adds(tx)?))
}

fn require_add(tx: &mut dyn Tx, who: &SignedIn) -> Result<(), Error> {
    match may_add(tx, who)? {
        true => Ok(()),
        false => Err(Error::Forbidden(
            "only administrators add emoji in this workspace",
        )),
    }
}

/// Makes an emoji of a picture.
pub(crate) async fn add(app: &App, who: SignedIn, name: String, sent: Bytes) -> Result<CustomEmoji, Error> {
    // The right first: what follows costs time.
    let asked = who;
    app.db.read(move |tx| require_add(tx, &asked)).await?;
    check_name(&name)?;
    let kept = picture::make(sent).await?;
    let now = app.clock.now();
    let row = put(&app.db, &app.blobs, (who.person, now), (name, kept)).await?;
    let write = move |tx: &mut dyn Tx| {
        require_add(tx, &who)?;
        add_row(tx, &row, now)?;
        let shown = row.shown();
        changed(tx, &who, ("emoji.added", &row.name, Some(shown.clone())), now)?;
        Ok(shown)
    };
    app.db.write(who.person, write).await
}

/// What an import adds its emoji with.
#[derive(Clone)]
pub struct Import {
    /// Where they are written.
    pub db: Db,
    /// Where their pictures go.
    pub blobs: Blobs,
    /// What time it is.
    pub clock: Clock,
}

/// Makes an emoji of a picture from elsewhere, as if this person had added it. False: there is one of this name.
pub async fn import(into: &Import, person: PersonId, name: String, sent: Bytes) -> Result<bool, Error> {
    check_name(&name)?;
    if sent.len() > SENT_MAX_BYTES {
        return Err(Error::TooBig);
    }
    let kept = picture::make(sent).await?;
    let now = into.clock.now();
    let row = put(&into.db, &into.blobs, (person, now), (name, kept)).await?;
    let write = move |tx: &mut dyn Tx| match add_row(tx, &row, now) {
        Err(Error::NameTaken) => Ok(false),
        added => {
            added?;
            tell(tx, person, (&row.name, Some(row.shown())), now)?;
            Ok(true)
        }
    };
    into.db.write(person, write).await
}

/// Puts the pictures where they stay; a row names them within the hour, or they go.
async fn put(
    db: &Db,
    blobs: &Blobs,
    (person, now): (PersonId, Timestamp),
    (name, kept): (String, Kept),
) -> Result<EmojiRow, Error> {
    let hashes: Vec<BlobHash> = [Some(&kept.picture), kept.still.as_ref()]
        .into_iter()
        .flatten()
        .map(|bytes| BlobHash::of(bytes))
        .collect();
    let expect = move |tx: &mut dyn Tx| {
        let mut all = true;
        for hash in &hashes {
            all &= leftovers::expect(tx, *hash, now)?;
        }
        Ok::<_, Error>(all)
    };
    if !db.write(person, expect).await? {
        return Err(Error::Busy);
    }
    let picture = blobs.put(kept.picture).await?.to_string();
    let still = match kept.still {
        Some(still) => Some(blobs.put(still).await?.to_string()),
        None => None,
    };
    Ok(EmojiRow {
        name,
        picture,
        still,
        created_by: person,
    })
}

fn add_row(tx: &mut dyn Tx, row: &EmojiRow, now: Timestamp) -> Result<(), Error> {
    for hash in [Some(&row.picture), row.still.as_ref()].into_iter().flatten() {
        let hash = hash.parse().map_err(|_| Error::Busy)?;
        if !leftovers::name(tx, hash, now)? {
            return Err(Error::Busy);
        }
    }
    if store::count(tx)? >= EMOJI_MAX {
        return Err(Error::field(
            "/name",
            "a workspace has at most 1,000 emoji of its own",
        ));
    }
    if !store::add(tx, row, now)? {
        return Err(Error::NameTaken);
    }
    Ok(())
}

/// Administrators take any away, others what they added.
pub(crate) fn remove(tx: &mut dyn Tx, who: &SignedIn, name: &str, now: Timestamp) -> Result<(), Error> {
    let row = store::find(tx, name)?.ok_or(Error::NotFound)?;
    let role = accounts::get_me(tx, who.person)?.person.role;
    if !role.is_admin() && row.created_by != who.person {
        return Err(Error::Forbidden(
            "only who added it takes an emoji away, or an administrator",
        ));
    }
    store::remove(tx, name)?;
    for hash in [Some(&row.picture), row.still.as_ref()].into_iter().flatten() {
        leftovers::let_go(tx, hash, now)?;
    }
    changed(tx, who, ("emoji.removed", name, None), now)
}

/// Tells the workspace, and the audit log.
fn changed(
    tx: &mut dyn Tx,
    who: &SignedIn,
    (action, name, emoji): (&'static str, &str, Option<CustomEmoji>),
    now: Timestamp,
) -> Result<(), Error> {
    let workspace = tell(tx, who.person, (name, emoji), now)?;
    let subject = Subject::new("workspace", workspace.id, &workspace.name);
    let deed = Deed::new(*who, action, subject).with("name", name);
    Ok(audit::record(tx, &deed, now)?)
}

fn tell(
    tx: &mut dyn Tx,
    person: PersonId,
    (name, emoji): (&str, Option<CustomEmoji>),
    now: Timestamp,
) -> Result<Workspace, Error> {
    let workspace = workspace(tx)?;
    let event = EmojiChanged {
        name: name.to_owned(),
        emoji,
    };
    let happened = Happened {
        kind: "emoji.changed",
        actor: Some(person),
        at: now,
    };
    journal::append(tx, workspace.id, happened, &event)?;
    Ok(workspace)
}

fn workspace(tx: &mut dyn Tx) -> Result<Workspace, Error> {
    accounts::find_workspace(tx)?.ok_or(Error::NotFound)
}

/// Administrators decide who adds emoji.
pub(crate) fn switch(tx: &mut dyn Tx, who: &SignedIn, everyone: bool, now: Timestamp) -> Result<(), Error> {
    let before = store::everyone_adds(tx)?;
    if before == everyone {
        return Ok(());
    }
    store::set_everyone_adds(tx, everyone)?;
    let workspace = workspace(tx)?;
    let subject = Subject::new("workspace", workspace.id, &workspace.name);
    let deed = Deed::new(*who, "emoji.switched", subject).changed("everyone", before, everyone);
    Ok(audit::record(tx, &deed, now)?)
}

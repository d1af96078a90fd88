//! What people change about themselves: profile, picture, password.

use super::{LANE, announce, by};
use crate::{
    attempts,
    events::Me,
    model::{self, Error},
    password, picture,
    session::{self, SignedIn},
    store::{self, ProfileChange, passwords::PasswordRow},
};
use bytes::Bytes;
use platform::{app::App, blobs::BlobHash, http::ClientAddress, journal, leftovers};

/// What somebody wants to change, as typed; None leaves a field as it is.
#[derive(Debug, Default)]
pub struct WantedProfile {
    pub name: Option<String>,
    /// `Some(None)` takes it away.
    pub pronunciation: Option<Option<String>>,
    pub time_zone: Option<String>,
    pub language: Option<String>,
    pub onboarded: Option<bool>,
}

/// Changes the profile of who asks.
pub async fn change_profile(app: &App, who: SignedIn, wanted: WantedProfile) -> Result<Me, Error> {
    let change = clean(wanted)?;
    let now = app.clock.now();
    let changed = app.db.write(LANE, move |tx| {
        store::change_profile(tx, who.person, &change)?;
        announce(tx, who.person, by(who, now))
    });
    changed.await
}

fn clean(wanted: WantedProfile) -> Result<ProfileChange, Error> {
    if wanted.onboarded == Some(false) {
        return Err(Error::field("/onboarded", "can only become true"));
    }
    let pronunciation = wanted
        .pronunciation
        .map(|text| model::clean_pronunciation(text.as_deref()));
    Ok(ProfileChange {
        name: wanted.name.map(|name| model::clean_name(&name)).transpose()?,
        pronunciation: pronunciation.transpose()?,
        time_zone: wanted
            .time_zone
            .map(|zone| model::clean_time_zone(&zone))
            .transpose()?,
        language: wanted
            .language
            .map(|tag| model::clean_language(&tag))
            .transpose()?,
        onboarded: wanted.onboarded,
    })
}

/// Gives who asks a new picture.
pub async fn set_picture(app: &App, who: SignedIn, sent: Bytes) -> Result<Me, Error> {
    let picture = picture::square(sent).await?;
    let (hash, now) = (BlobHash::of(&picture), app.clock.now());
    if !app
        .db
        .write(LANE, move |tx| leftovers::expect(tx, hash, now))
        .await?
    {
        return Err(Error::Busy);
    }
    app.blobs.put(picture).await?;
    save_picture(app, who, Some(hash)).await
}

/// Takes the picture of who asks away. Its bytes go an hour later, unless another person or a file has the same ones;
/// nobody can ask for them from now on.
pub async fn remove_picture(app: &App, who: SignedIn) -> Result<Me, Error> {
    save_picture(app, who, None).await
}

async fn save_picture(app: &App, who: SignedIn, hash: Option<BlobHash>) -> Result<Me, Error> {
    let now = app.clock.now();
    let saved = app.db.write(LANE, move |tx| {
        if let Some(hash) = hash
            && !leftovers::name(tx, hash, now)?
        {
            return Err(Error::Busy);
        }
        if let Some(old) = store::find_picture(tx, who.person)? {
            leftovers::let_go(tx, &old, now)?;
        }
        let hash = hash.map(|hash| hash.to_string());
        store::set_picture(tx, who.person, hash.as_deref())?;
        announce(tx, who.person, by(who, now))
    });
    saved.await
}

/// The bytes of a picture that somebody has now.
pub async fn get_picture(app: &App, name: &str) -> Result<Bytes, Error> {
    let hash: BlobHash = name.parse().map_err(|_| Error::NotFound)?;
    let name = hash.to_string();
    if !app.db.read(move |tx| store::has_picture(tx, &name)).await? {
        return Err(Error::NotFound);
    }
    Ok(app.blobs.get(hash).await?)
}

/// The old password and the new one.
#[derive(Debug)]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
}

/// Sets another password and ends the other sessions.
pub async fn change_password(
    app: &App,
    who: SignedIn,
    client: ClientAddress,
    change: PasswordChange,
) -> Result<(), Error> {
    let row = app
        .db
        .read(move |tx| store::passwords::find_password(tx, who.person))
        .await?;
    let PasswordRow {
        email,
        name,
        password_hash: old,
    } = row.ok_or(Error::SignedOut)?;
    attempts::count(app, &email, client)?;
    if !password::is_password(&change.current, Some(old.clone())).await? {
        return Err(not_yours());
    }
    let new = password::hash_chosen("/new", change.new, &[&email, &name]).await?;
    let now = app.clock.now();
    let changed = app.db.write(LANE, move |tx| {
        if !store::passwords::change_password(tx, who.person, &old, &new)? {
            return Err(not_yours());
        }
        store::sessions::end_other_sessions(tx, who.person, who.session)?;
        store::passwords::drop_reset(tx, who.person)?;
        Ok::<_, Error>(journal::access_changed(tx, who.person, now)?)
    });
    changed.await?;
    session::forget(app, who.person);
    tracing::info!(account.id = %who.person, "changed the password of account {}", who.person);
    Ok(())
}

fn not_yours() -> Error {
    Error::field("/current", "is not your password")
}

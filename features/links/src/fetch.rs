//! Asks pages what they say of themselves, and tells channels.
//!
//! Invariants: one address is asked once, however many messages name it, and at most [`CONCURRENT_MAX`] at a time;
//! nothing is asked while a transaction is open (decision 0023); what is to be done stands in rows, so a crash repeats
//! it and two processes share it; a message is told of once, when all its pages were asked.

use crate::{
    actions,
    model::{
        self, CARDS_MAX, CONCURRENT_MAX, Error, PAGE_MAX_BYTES, PICTURE_MIN_PX, clean_description,
        clean_title, fresh_until, is_history, is_same_server, site_of,
    },
    page,
    store::{self, Due, Known},
};
use base::{ScopeId, Timestamp};
use bytes::Bytes;
use files::SmallPicture;
use futures_util::{StreamExt, stream::FuturesUnordered};
use http::{
    HeaderMap,
    header::{ACCEPT, CONTENT_ENCODING},
};
use platform::{
    app::App,
    blobs::BlobHash,
    db::Tx,
    journal, leftovers,
    outbound::{Ask, header},
};
use std::time::Duration;

/// How often somebody looks for pages whose turn it is.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a process may keep a page before another takes it: page and picture take 5 s each at most.
const LEASE: Duration = Duration::from_secs(60);
/// Messages told of at once.
const TELL: i64 = 64;
/// A page at which the process died so often gets no card.
const TRIES_MAX: i64 = 3;

const PAGES: &[&str] = &["text/html", "application/xhtml+xml"];
const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp"];

/// Begins to ask. Once, after the start.
pub fn keep(app: &App) {
    let (this, stop) = (app.clone(), app.shutdown.token.clone());
    app.shutdown.spawn("ask pages for their cards", async move {
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                () = stop.cancelled() => return,
            }
            // Dropped in the middle, the leases run out and another process goes on.
            tokio::select! {
                done = work_due(&this) => if let Err(error) = done {
                    tracing::warn!(error = %error, "could not make cards of links; it will be tried again");
                },
                () = stop.cancelled() => return,
            }
        }
    });
}

/// Asks every page whose turn it is, tells every channel that does not know yet, forgets what nobody names; how many
/// pages were asked. Tests call it in place of waiting.
pub async fn work_due(app: &App) -> Result<usize, Error> {
    let mut n_asked = 0;
    let mut under_way = FuturesUnordered::new();
    loop {
        for due in take_due(app, CONCURRENT_MAX - under_way.len()).await? {
            under_way.push(deal_with(app, due));
            n_asked += 1;
        }
        if under_way.is_empty() {
            break;
        }
        tokio::select! {
            // Each is told as soon as it is there, and the next takes its turn: one slow page makes nobody else wait.
            Some(done) = under_way.next() => {
                done?;
                tell_all(app).await?;
            }
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    tell_all(app).await?;
    forget_unused(app).await?;
    Ok(n_asked)
}

async fn take_due(app: &App, n_free: usize) -> Result<Vec<Due>, Error> {
    let now = app.clock.now();
    let limit = i64::try_from(n_free).unwrap_or_default();
    let due = app.db.read(move |tx| store::list_due(tx, now, limit)).await?;
    let mut taken = Vec::new();
    for due in due {
        let id = due.id;
        let take = move |tx: &mut dyn Tx| store::take_work(tx, id, now, now.after(LEASE));
        if app.db.write(lane(), take).await? {
            taken.push(due);
        }
    }
    Ok(taken)
}

/// Pages share one lane, so that they never wait for each other's rows.
fn lane() -> ScopeId {
    journal::ACCESS_SCOPE
}

async fn deal_with(app: &App, due: Due) -> Result<(), Error> {
    let now = app.clock.now();
    let is_asked = due.n_tries < TRIES_MAX
        && !is_history(due.asked_at, now)
        // A page of our own would be the one for signing in.
        && !is_same_server(&due.url, &app.config.public_url);
    let found = match is_asked {
        true => ask_page(app, &due.url).await,
        false => None,
    };
    settle(app, &due, found).await
}

/// What was found of a page, before its picture is kept.
struct Found {
    known: Known,
    picture: Option<SmallPicture>,
}

/// None: it has no card. Why does not matter to anybody, and the address stands in no log.
async fn ask_page(app: &App, url: &str) -> Option<Found> {
    let mut headers = HeaderMap::new();
    header(&mut headers, ACCEPT.as_str(), "text/html, application/xhtml+xml");
    let ask = Ask {
        headers,
        kinds: PAGES,
        max_bytes: PAGE_MAX_BYTES,
        cut: true,
        ..Ask::get(url)
    };
    let reply = app.outbound.ask(ask).await.ok()?;
    // Nothing was said of packing in the question. What is packed all the same is not unpacked, so no bomb goes off.
    let is_packed = reply
        .headers
        .get(CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !reply.status.is_success() || is_packed || is_shy(&reply.headers) {
        return None;
    }
    let (body, content_type) = (reply.body, reply.content_type);
    let head = tokio::task::spawn_blocking(move || page::read(&body, &content_type));
    let head = head.await.ok().filter(|head| !head.is_shy)?;
    let known = Known {
        title: clean_title(head.title.as_deref()?)?,
        description: head.description.as_deref().and_then(clean_description),
        site: site_of(head.site.as_deref(), &reply.url),
        picture: None,
    };
    let picture = match head.picture.and_then(|picture| model::join(&reply.url, &picture)) {
        Some(picture) => ask_picture(app, &picture).await,
        None => None,
    };
    Some(Found { known, picture })
}

fn is_shy(headers: &HeaderMap) -> bool {
    headers
        .get_all("x-robots-tag")
        .iter()
        .filter_map(|robots| robots.to_str().ok())
        .any(page::is_shy)
}

async fn ask_picture(app: &App, url: &str) -> Option<SmallPicture> {
    let ask = Ask {
        kinds: PICTURES,
        ..Ask::get(url)
    };
    let reply = app.outbound.ask(ask).await.ok()?;
    if !reply.status.is_success() {
        return None;
    }
    files::small_picture(reply.body)
        .await
        .filter(|picture| picture.width.min(picture.height) >= PICTURE_MIN_PX)
}

async fn settle(app: &App, due: &Due, found: Option<Found>) -> Result<(), Error> {
    let (id, now) = (due.id, app.clock.now());
    let mut known = None;
    let mut hash = None;
    if let Some(found) = found {
        let picture = match found.picture {
            Some(picture) => keep_picture(app, picture, now).await?,
            None => None,
        };
        hash = picture.as_ref().map(|(hash, _)| *hash);
        known = Some(Known {
            picture: picture.map(|(hash, size)| (hash.to_string(), size)),
            ..found.known
        });
    }
    let write = move |tx: &mut dyn Tx| {
        let mut known = known.clone();
        if let (Some(hash), Some(known)) = (hash, &mut known)
            && !leftovers::name(tx, hash, now)?
        {
            // It is being removed this moment; the card goes without.
            known.picture = None;
        }
        let before = store::settle(tx, id, known.as_ref(), fresh_until(known.is_some(), now))?;
        match before {
            Some(before) => leftovers::let_go(tx, &before, now),
            None => Ok(()),
        }
    };
    Ok(app.db.write(lane(), write).await?)
}

async fn keep_picture(
    app: &App,
    picture: SmallPicture,
    now: Timestamp,
) -> Result<Option<(BlobHash, (i64, i64))>, Error> {
    let hash = BlobHash::of(&picture.bytes);
    let expected = app
        .db
        .write(lane(), move |tx| leftovers::expect(tx, hash, now))
        .await?;
    if !expected {
        return Ok(None);
    }
    app.blobs
        .put(Bytes::from(picture.bytes))
        .await
        .map_err(files::Error::from)?;
    Ok(Some((hash, (picture.width.into(), picture.height.into()))))
}

/// Each channel is told on its own lane, so that nobody's post waits for others.
async fn tell_all(app: &App) -> Result<(), Error> {
    loop {
        let waiting = app.db.read(|tx| store::list_to_tell(tx, TELL)).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        for (channel, seq, since) in waiting {
            let now = app.clock.now();
            app.db
                .write(channel, move |tx| {
                    actions::tell_late(tx, (channel, seq, since), now)
                })
                .await?;
        }
    }
}

async fn forget_unused(app: &App) -> Result<(), Error> {
    let unused = app.db.read(store::list_unused).await?;
    for id in unused {
        let now = app.clock.now();
        let drop = move |tx: &mut dyn Tx| match store::drop_unused(tx, id)? {
            Some(blob) => leftovers::let_go(tx, &blob, now),
            None => Ok(()),
        };
        app.db.write_freeing(lane(), drop).await?;
    }
    Ok(())
}

const _: () = assert!(CARDS_MAX <= model::PER_MESSAGE_MAX);

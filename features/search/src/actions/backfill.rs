//! Indexes what was written before there was an index: a few hundred at a time, so that nobody's post waits long.
//!
//! Where it stands is a row, written in the same transaction as the index, so it goes on after any end. What is posted
//! meanwhile is indexed by its own event, and found here as done.

use crate::{
    index::{message_document, topic_document},
    store::{self, NIL, OldMessage, Place, Progress},
};
use base::{Timestamp, TopicId};
use platform::{
    db::{Result, Tx},
    jobs::{Job, JobKind, Next},
};

/// Rows of one transaction: about 50 ms of the lane.
const BATCH: i64 = if cfg!(test) { 3 } else { 500 };

pub(crate) fn job() -> JobKind {
    JobKind {
        kind: "search.backfill",
        run,
        schedule: true,
    }
}

fn run(tx: &mut dyn Tx, _: &Job, now: Timestamp) -> Result<Next> {
    let Some(progress) = store::find_progress(tx)? else {
        return Ok(Next::Done);
    };
    let is_done = match progress.topic {
        None => messages(tx, progress)?,
        Some(after) => topics(tx, progress, after)?,
    };
    if is_done {
        store::end_progress(tx)?;
        return Ok(Next::Done);
    }
    Ok(Next::At(now))
}

/// Never the end: topics come after.
fn messages(tx: &mut dyn Tx, progress: Progress) -> Result<bool> {
    let rows = store::list_old_messages(tx, (progress.channel, progress.seq), BATCH)?;
    for row in rows.iter().filter(|row| !row.is_done) {
        add(tx, row)?;
    }
    let next = match rows.last() {
        Some(last) => Progress {
            channel: last.channel,
            seq: last.seq,
            topic: None,
        },
        None => Progress {
            topic: Some(TopicId(NIL)),
            ..progress
        },
    };
    store::put_progress(tx, next)?;
    Ok(false)
}

fn add(tx: &mut dyn Tx, row: &OldMessage) -> Result<()> {
    let place = Place {
        channel: row.channel,
        seq: row.seq,
        topic: None,
    };
    let tree = markup::parse(&row.text);
    let document = message_document(row.channel, row.author, &row.text, tree.as_deref(), row.is_answer);
    store::add(tx, place, row.at, &document)
}

fn topics(tx: &mut dyn Tx, progress: Progress, after: TopicId) -> Result<bool> {
    let rows = store::list_old_topics(tx, after, BATCH)?;
    let Some((last, _)) = rows.last() else {
        return Ok(true);
    };
    store::put_progress(
        tx,
        Progress {
            topic: Some(*last),
            ..progress
        },
    )?;
    for (_, topic) in &rows {
        if store::find_id(tx, topic.place)?.is_none() {
            let document = topic_document(
                topic.place.channel,
                topic.by,
                &topic.title,
                topic.decision.as_deref(),
            );
            store::add(tx, topic.place, topic.at, &document)?;
        }
    }
    Ok(false)
}

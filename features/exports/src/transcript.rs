//! A transcript while it is written: page after page from the database, each with a fresh proof of access.
//!
//! Invariants: what was said after the beginning is not in it; whoever loses the right to read, or is signed out, gets
//! no further page, and the download breaks off visibly; no more than one page is in memory, besides the names.

mod csv;
mod html;
mod json;
mod markdown;
mod voices;

use crate::{
    model::{Error, TranscriptFormat},
    store::{self, Said, Stretch},
};
use accounts::SignedIn;
use base::{ChannelId, GroupId, MessageId, PersonId, Seq, Timestamp, TopicId};
use futures_util::{Stream, StreamExt, stream};
use jiff::{Zoned, tz::TimeZone};
use platform::{app::App, db::Tx, journal};
use spaces::{ChannelKind, access};
use std::{
    collections::{HashMap, HashSet},
    io,
};
use uuid::Uuid;
use voices::Voices;

pub(crate) use html::escape as escape_html;

/// Messages of one page.
const PAGE: i64 = if cfg!(test) { 3 } else { 500 };

/// What somebody asks for.
#[derive(Debug)]
pub(crate) struct Ask {
    pub who: SignedIn,
    pub channel: ChannelId,
    pub topic: Option<TopicId>,
    pub from: Timestamp,
    pub until: Timestamp,
    pub pseudonyms: bool,
    pub time_zone: Option<String>,
    pub format: TranscriptFormat,
}

/// What stands above everything.
pub(crate) struct Head {
    pub workspace: String,
    pub channel: String,
    pub topic: Option<TopicHead>,
    pub time_zone: String,
    pub made_at: Zoned,
    pub from: Option<Zoned>,
    pub until: Option<Zoned>,
    pub pseudonyms: bool,
}

/// What stands above the transcript of a topic.
pub(crate) struct TopicHead {
    pub title: String,
    pub state: String,
    pub decision: Option<String>,
}

/// One message, ready to be written.
pub(crate) struct Entry {
    /// The place of the message in its channel; says nothing about anybody.
    pub number: i64,
    /// None when names are replaced.
    pub id: Option<MessageId>,
    pub speaker: String,
    pub topic: Option<String>,
    pub at: Zoned,
    /// Markdown with mentions by id; what else it says of people is replaced already.
    pub text: String,
    pub edited: bool,
    pub deleted: bool,
    pub quote: Option<(String, String)>,
    pub reactions: Vec<(String, i64)>,
}

/// A way of writing. Everything it is given is still as people typed it, so each escapes for itself.
trait Writer: Send {
    fn head(&mut self, out: &mut String, head: &Head);
    fn entry(&mut self, out: &mut String, entry: &Entry, name_of: &dyn Fn(Uuid) -> String);
    /// Tells that this is the end: a transcript without it was cut.
    fn foot(&mut self, out: &mut String, n_messages: u64);
}

fn writer(format: TranscriptFormat) -> Box<dyn Writer> {
    match format {
        TranscriptFormat::Markdown => Box::new(markdown::Markdown::default()),
        TranscriptFormat::Html => Box::new(html::Html::default()),
        TranscriptFormat::Csv => Box::new(csv::Csv),
        TranscriptFormat::Json => Box::new(json::Json::default()),
    }
}

/// A transcript between two pages.
struct Transcript {
    app: App,
    who: SignedIn,
    of: Stretch,
    after: Seq,
    n_messages: u64,
    zone: TimeZone,
    voices: Voices,
    /// What the groups are called that the page at hand names.
    groups: HashMap<Uuid, String>,
    writer: Box<dyn Writer>,
    /// None when the head is written.
    head: Option<Head>,
    is_done: bool,
}

/// Everything that is asked before the first page.
struct Opened {
    of: Stretch,
    workspace: String,
    channel: String,
    topic: Option<TopicHead>,
    people: Vec<(PersonId, String)>,
    own_zone: String,
}

/// Begins a transcript: the name of what it is of, and its bytes as they come.
pub(crate) async fn open(
    app: App,
    ask: Ask,
) -> Result<(String, impl Stream<Item = io::Result<String>> + Send + 'static), Error> {
    let (who, channel, topic) = (ask.who, ask.channel, ask.topic);
    let (from, until) = (ask.from, ask.until);
    let opened = app
        .db
        .read(move |tx| begin(tx, &who, channel, topic, (from, until)))
        .await?;
    let zone_name = ask.time_zone.unwrap_or(opened.own_zone);
    let zone = accounts::time_zone(&zone_name).ok_or(Error::Field {
        pointer: "/time_zone",
        detail: "is no IANA time zone, such as Europe/Lisbon",
    })?;
    let mut voices = Voices::new(opened.people, ask.pseudonyms);
    let shown = |at: Timestamp, bound: i64| (at.0 != bound).then(|| local(at, &zone));
    // The name of a file is seen by others too.
    let name = voices.scrub(match &opened.topic {
        Some(topic) => &topic.title,
        None => &opened.channel,
    });
    let head = Head {
        workspace: opened.workspace,
        channel: voices.scrub(&opened.channel),
        topic: opened.topic.map(|topic| TopicHead {
            title: voices.scrub(&topic.title),
            decision: topic.decision.map(|decision| voices.scrub(&decision)),
            ..topic
        }),
        made_at: local(app.clock.now(), &zone),
        from: shown(ask.from, i64::MIN),
        until: shown(ask.until, i64::MAX),
        time_zone: zone_name,
        pseudonyms: ask.pseudonyms,
    };
    let transcript = Transcript {
        app,
        who,
        of: opened.of,
        after: Seq(0),
        n_messages: 0,
        zone,
        voices,
        groups: HashMap::new(),
        writer: writer(ask.format),
        head: Some(head),
        is_done: false,
    };
    // Whoever sends it may ask once more after the end.
    Ok((name, stream::unfold(Some(transcript), next_piece).fuse()))
}

fn begin(
    tx: &mut dyn Tx,
    who: &SignedIn,
    channel: ChannelId,
    topic: Option<TopicId>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Opened, Error> {
    let access = access::channel(tx, who, channel)?;
    let view = spaces::channel_view(tx, &access)?.channel;
    let topic = match topic {
        Some(id) => Some((id, store::find_topic(tx, channel, id)?.ok_or(Error::NotFound)?)),
        None => None,
    };
    let people = store::list_people(tx, channel)?;
    let name = match view.kind {
        ChannelKind::Direct => {
            let mut names: Vec<&str> = people.iter().map(|(_, name)| name.as_str()).collect();
            names.sort_unstable();
            names.join(", ")
        }
        _ => view.name,
    };
    let workspace = accounts::find_workspace(tx)?.ok_or(Error::NotFound)?;
    let own_zone = accounts::get_me(tx, who.person)?.person.time_zone;
    Ok(Opened {
        of: Stretch {
            channel,
            topic: topic.as_ref().map(|(id, row)| (*id, row.origin_seq)),
            head: journal::head(tx, channel)?.unwrap_or_default(),
            from,
            until,
        },
        workspace: workspace.name,
        channel: name,
        topic: topic.map(|(_, row)| TopicHead {
            title: row.title,
            state: row.state,
            decision: row.decision,
        }),
        people,
        own_zone,
    })
}

/// The next page as text. After an error nothing more comes.
async fn next_piece(transcript: Option<Transcript>) -> Option<(io::Result<String>, Option<Transcript>)> {
    let transcript = transcript.filter(|transcript| !transcript.is_done)?;
    Some(match piece(transcript).await {
        Ok((text, transcript)) => (Ok(text), Some(transcript)),
        Err(err) => {
            tracing::info!(error = %err, "broke a transcript off");
            (Err(io::Error::other(err)), None)
        }
    })
}

async fn piece(mut transcript: Transcript) -> Result<(String, Transcript), Error> {
    let (who, of, after) = (transcript.who, transcript.of, transcript.after);
    let (page, groups) = transcript
        .app
        .db
        .read(move |tx| {
            accounts::session_alive(tx, who.principal())?.ok_or(Error::SignedOut)?;
            access::channel(tx, &who, of.channel)?;
            let page = store::list_said(tx, of, after, PAGE)?;
            let groups = groups_in(tx, &page)?;
            Ok::<_, Error>((page, groups))
        })
        .await?;
    transcript.groups = groups;
    let written = tokio::task::spawn_blocking(move || {
        let text = transcript.write(page);
        (text, transcript)
    });
    // It only fails when the server ends.
    written.await.map_err(|_| Error::SignedOut)
}

impl Transcript {
    fn write(&mut self, page: Vec<Said>) -> String {
        let mut out = String::new();
        if let Some(head) = self.head.take() {
            self.writer.head(&mut out, &head);
        }
        self.is_done = (page.len() as i64) < PAGE;
        self.after = page.last().map_or(self.after, |last| last.seq);
        for said in page {
            self.entry(&mut out, said);
        }
        if self.is_done {
            self.writer.foot(&mut out, self.n_messages);
        }
        out
    }

    fn entry(&mut self, out: &mut String, said: Said) {
        self.n_messages += 1;
        let text = self.voices.scrub(&said.text);
        let mut names = self.groups.clone();
        for person in markup::mentions_in_text(&text).people {
            names.insert(person, self.voices.name(PersonId(person)));
        }
        let quote = said.quote.map(|(author, text)| {
            let text = self.voices.scrub(&text);
            let mut named = self.groups.clone();
            for person in markup::mentions_in_text(&text).people {
                named.insert(person, self.voices.name(PersonId(person)));
            }
            let plain = markup::plain(&markup::tree_of(&text), &|id| name_in(&named, id));
            (self.voices.name(author), markup::excerpt(&plain, 200))
        });
        let entry = Entry {
            number: said.seq.0,
            id: self.voices.are_names_real().then_some(said.id),
            speaker: self.voices.name(said.author),
            topic: said
                .topic
                .and(said.topic_title)
                .map(|title| self.voices.scrub(&title)),
            at: local(said.at, &self.zone),
            text,
            edited: said.edited_at.is_some(),
            deleted: said.deleted,
            quote,
            reactions: said.reactions,
        };
        self.writer.entry(out, &entry, &|id| name_in(&names, id));
    }
}

/// The groups that messages of a page name.
fn groups_in(tx: &mut dyn Tx, page: &[Said]) -> Result<HashMap<Uuid, String>, Error> {
    let quoted = page
        .iter()
        .filter_map(|said| said.quote.as_ref())
        .map(|(_, text)| text);
    let texts = page.iter().map(|said| &said.text).chain(quoted);
    let mentioned = texts.flat_map(|text| markup::mentions_in_text(text).groups);
    let ids: HashSet<GroupId> = mentioned.map(GroupId).collect();
    let named = groups::groups_named(tx, &ids.into_iter().collect::<Vec<_>>())?;
    Ok(named
        .into_iter()
        .map(|group| (group.id.0, group.handle))
        .collect())
}

fn name_in(names: &HashMap<Uuid, String>, id: Uuid) -> String {
    names.get(&id).cloned().unwrap_or_else(|| "somebody".to_owned())
}

/// A moment on the clock of a zone. Every stored moment lies within what jiff can show, but for none that people see.
fn local(at: Timestamp, zone: &TimeZone) -> Zoned {
    let moment = jiff::Timestamp::from_microsecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.to_zoned(zone.clone())
}

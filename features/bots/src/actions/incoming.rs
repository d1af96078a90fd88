//! Making and removing doors into a channel, and posting through them.

use crate::{
    deeds::deed,
    model::{Error, HOOKS_MAX, clean_name},
    store::incoming::{self, IncomingRow},
};
use accounts::{Token, TokenHash, audit};
use base::{HookId, MessageId, Timestamp, TopicId};
use messages::{Post, Text};
use platform::db::Tx;
use spaces::{ChannelAccess, access};

/// Makes a door and its bot. The secret is shown once.
pub fn create(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (name, topic): (&str, Option<TopicId>),
    now: Timestamp,
) -> Result<(IncomingRow, Token), Error> {
    access.require_manage()?;
    access.require_post()?;
    let name = clean_name(name)?;
    if incoming::count(tx, access.id())? >= HOOKS_MAX {
        return Err(Error::TooMany);
    }
    if let Some(topic) = topic {
        messages::get_topic(tx, access, topic)?;
    }
    let secret = Token::random();
    let bot = accounts::create_bot(tx, access.person(), &name, now)?;
    let hook = IncomingRow {
        id: HookId::random(),
        channel: access.id(),
        topic,
        bot: bot.id,
        created_by: access.person(),
        created_at: now,
        used_at: None,
        refusal: None,
    };
    incoming::create(tx, &hook, &secret.hash())?;
    let deed = deed(access, "hook.made", (hook.id, "incoming", &name));
    audit::record(tx, &deed, now)?;
    Ok((hook, secret))
}

/// Closes a door. What came in by it stays.
pub fn remove(tx: &mut dyn Tx, access: &ChannelAccess, id: HookId, now: Timestamp) -> Result<(), Error> {
    access.require_manage()?;
    let bot = incoming::remove(tx, access.id(), id)?.ok_or(Error::NotFound)?;
    let name = accounts::find_person(tx, bot)?
        .map(|bot| bot.name)
        .unwrap_or_default();
    let deed = deed(access, "hook.removed", (id, "incoming", &name));
    audit::record(tx, &deed, now)?;
    Ok(accounts::retire_bot(tx, access.person(), bot, now)?)
}

/// Posts what came with a secret: with the rights that the maker of the hook has now, in the name of its bot. A refusal
/// is kept at the hook, for those who look after it; so it is not an error of this transaction.
pub fn receive(
    tx: &mut dyn Tx,
    secret: &TokenHash,
    text: &Text,
    now: Timestamp,
) -> Result<Result<(), Error>, Error> {
    let hook = incoming::find_by_secret(tx, secret)?.ok_or(Error::NotFound)?;
    match check(tx, &hook) {
        Ok(access) => {
            let post = Post {
                id: MessageId::random(),
                text: text.clone(),
                topic: hook.topic,
                quote: None,
                forward: None,
                card: None,
                files: Vec::new(),
                everyone_ok: false,
                // Nobody is there to be asked; what is held back is refused all the same.
                words_ok: true,
            };
            match messages::post_message(tx, &access, &post, now) {
                // Looked through before anything is written.
                Err(held @ messages::Error::Words(_)) => refuse(tx, &hook, held.into()),
                posted => {
                    posted?;
                    incoming::note(tx, hook.id, Some(now), None)?;
                    Ok(Ok(()))
                }
            }
        }
        Err(Error::Db(error)) => Err(error.into()),
        Err(refused) => refuse(tx, &hook, refused),
    }
}

fn refuse(tx: &mut dyn Tx, hook: &IncomingRow, refused: Error) -> Result<Result<(), Error>, Error> {
    incoming::note(tx, hook.id, hook.used_at, Some(&refused.to_string()))?;
    Ok(Err(refused))
}

fn check(tx: &mut dyn Tx, hook: &IncomingRow) -> Result<ChannelAccess, Error> {
    let bot = accounts::find_bot(tx, hook.bot)?.ok_or(Error::NotFound)?;
    let access = access::channel_of(tx, hook.created_by, hook.channel).map_err(|error| match error {
        spaces::Error::NotFound => {
            spaces::Error::Forbidden("whoever made the hook is not in the channel any more")
        }
        error => error,
    })?;
    access.require_post()?;
    Ok(access.speaking_as(&bot)?)
}

//! The verbs of questions.

use crate::{
    events,
    model::{self, Error, OF_PERSON_MAX, QUESTIONS_MAX, clean_answer, clean_question},
    store::{self, Found},
    wire::{ChangeQuestion, NewQuestion, NewQuestions, Question, QuestionState, Questions},
};
use base::{QuestionId, QuestionsId, Seq, Timestamp};
use messages::{CardPost, post_card};
use platform::db::Tx;
use spaces::ChannelAccess;
use std::collections::HashMap;

/// A board of the channel that was proved; of any other channel it is absent.
pub(crate) fn get(tx: &mut dyn Tx, access: &ChannelAccess, id: QuestionsId) -> Result<Questions, Error> {
    let board = store::find_board(tx, id)?
        .filter(|board| board.channel_id == access.id())
        .ok_or(Error::NotFound)?;
    // Nearly everybody reads from the beginning, and is not asked.
    if access.reads_after() > Seq(0) && !access.may_see(store::get_place(tx, id)?) {
        return Err(Error::NotFound);
    }
    Ok(board)
}

/// Whether the person lets questions out, answers and merges them: whoever collects them, and who looks after the channel.
pub(crate) fn may_moderate(access: &ChannelAccess, board: &Questions) -> bool {
    access.can_manage() || (access.is_member() && board.created_by == access.person())
}

/// What this person sees of the questions, in order.
pub(crate) fn list(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    board: &Questions,
) -> Result<Vec<Question>, Error> {
    let sees_all = may_moderate(access, board);
    let mut merged: HashMap<QuestionId, Vec<String>> = HashMap::new();
    let mut items = Vec::new();
    for (question, into) in store::list(tx, board.id, access.person())? {
        match into {
            Some(into) => merged.entry(into).or_default().push(question.text),
            None if sees_all || question.is_mine || question.state.is_public() => items.push(question),
            None => {}
        }
    }
    for question in &mut items {
        question.merged = merged.remove(&question.id).unwrap_or_default();
    }
    model::order(&mut items);
    Ok(items)
}

/// Begins to collect, or finds what an earlier try of the same sender has begun.
pub(crate) fn begin(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (new, post): (&NewQuestions, &CardPost),
    now: Timestamp,
) -> Result<Questions, Error> {
    if let Some(before) = store::find_board(tx, new.id)? {
        let same = before.channel_id == access.id() && before.created_by == access.person();
        return if same { Ok(before) } else { Err(Error::IdTaken) };
    }
    post_card(tx, access, post, now)?;
    if store::find_of_message(tx, new.message_id)?.is_some() {
        return Err(Error::IdTaken);
    }
    store::insert(tx, access.id(), access.person(), new, now)?;
    get(tx, access, new.id)
}

/// Asks, and wants it answered.
pub(crate) fn ask(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, new): (QuestionsId, &NewQuestion),
    now: Timestamp,
) -> Result<Questions, Error> {
    let board = open(tx, access, id)?;
    let text = clean_question(&new.text)?;
    if let Some(before) = store::find(tx, new.id)? {
        let same = before.board == id && before.author == Some(access.person());
        return if same { Ok(board) } else { Err(Error::IdTaken) };
    }
    if new.anonymous && !board.anonymous {
        return Err(Error::field("/anonymous", "one asks under one's name here"));
    }
    words::check(tx, &[&text], new.words_ok)?;
    let (n_questions, n_mine) = store::count(tx, id, access.person())?;
    if n_questions >= QUESTIONS_MAX || n_mine >= OF_PERSON_MAX {
        return Err(Error::TooMany);
    }
    let state = if board.moderated && !may_moderate(access, &board) {
        QuestionState::Waiting
    } else {
        QuestionState::Open
    };
    let by = (access.person(), new.anonymous);
    store::add(tx, (id, new.id), by, (&text, state), now)?;
    store::vote(tx, new.id, access.person(), now)?;
    changed(tx, &board, now)
}

/// Says that one wants a question answered, or not any more.
pub(crate) fn vote(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, question): (QuestionsId, QuestionId),
    votes: bool,
    now: Timestamp,
) -> Result<Questions, Error> {
    let board = open(tx, access, id)?;
    let (question, found) = standing(tx, access, &board, question)?;
    if !found.state.takes_votes() {
        return Err(Error::NotOpen);
    }
    if store::has_vote(tx, question, access.person())? == votes {
        return Ok(board);
    }
    if votes {
        store::vote(tx, question, access.person(), now)?;
    } else {
        store::take_back(tx, question, access.person())?;
    }
    let n_votes = store::count_votes(tx, question)?;
    events::changed(tx, (board.channel_id, id), Some((question, n_votes)), now)?;
    Ok(board)
}

/// Lets a question out, answers it, or puts it aside. Also when nobody asks any more.
pub(crate) fn change(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, question): (QuestionsId, QuestionId),
    change: &ChangeQuestion,
    now: Timestamp,
) -> Result<Questions, Error> {
    let board = moderated(tx, access, id)?;
    access.require_open()?;
    let (question, _) = standing(tx, access, &board, question)?;
    let answer = clean_answer(change.state, change.answer.as_ref())?;
    let text = answer.as_ref().and_then(|answer| answer.text.as_deref());
    words::check(tx, &text.into_iter().collect::<Vec<_>>(), change.words_ok)?;
    if let Some(message) = answer.as_ref().and_then(|answer| answer.message_id) {
        let place = store::find_message(tx, message, access.id())?;
        if !place.is_some_and(|place| access.may_see(place)) {
            return Err(Error::field(
                "/answer/message_id",
                "there is no such message in this channel",
            ));
        }
    }
    if change.state == QuestionState::Now {
        store::end_others(tx, (id, question), now)?;
    }
    store::set_state(tx, question, (change.state, answer.as_ref()), now)?;
    changed(tx, &board, now)
}

/// Puts a question into another that asks the same.
pub(crate) fn merge(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, from): (QuestionsId, QuestionId),
    into: QuestionId,
    now: Timestamp,
) -> Result<Questions, Error> {
    let board = moderated(tx, access, id)?;
    access.require_open()?;
    if board.closed {
        // Whose the votes were is forgotten, so they cannot be joined once per person.
        return Err(Error::Closed);
    }
    let (from, before) = standing(tx, access, &board, from)?;
    let (into, after) = match standing(tx, access, &board, into) {
        Err(Error::NotFound) => return Err(Error::field("/into_id", "there is no such question here")),
        found => found?,
    };
    if from == into {
        return Ok(board);
    }
    store::merge(tx, from, into)?;
    if before.state.is_public() && !after.state.is_public() {
        // What everybody saw does not go out of sight.
        store::set_state(tx, into, (QuestionState::Open, None), now)?;
    }
    changed(tx, &board, now)
}

/// Takes one's own question away, while it waits or is open.
pub(crate) fn withdraw(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    (id, question): (QuestionsId, QuestionId),
    now: Timestamp,
) -> Result<(), Error> {
    let board = open(tx, access, id)?;
    let found = store::find(tx, question)?.filter(|found| found.board == id);
    let found = found.ok_or(Error::NotFound)?;
    if found.author != Some(access.person()) {
        standing(tx, access, &board, question)?;
        return Err(Error::Forbidden("only who asked takes a question back"));
    }
    if !matches!(found.state, QuestionState::Waiting | QuestionState::Open) {
        return Err(Error::NotOpen);
    }
    store::drop_question(tx, question)?;
    changed(tx, &board, now).map(drop)
}

/// Nobody asks or votes any more; what was asked can still be answered.
pub(crate) fn close(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    id: QuestionsId,
    now: Timestamp,
) -> Result<Questions, Error> {
    let board = moderated(tx, access, id)?;
    if board.closed {
        return Ok(board);
    }
    store::close(tx, id, now)?;
    changed(tx, &board, now)?;
    get(tx, access, id)
}

fn open(tx: &mut dyn Tx, access: &ChannelAccess, id: QuestionsId) -> Result<Questions, Error> {
    let board = get(tx, access, id)?;
    access.require_member()?;
    access.require_open()?;
    if board.closed {
        return Err(Error::Closed);
    }
    Ok(board)
}

fn moderated(tx: &mut dyn Tx, access: &ChannelAccess, id: QuestionsId) -> Result<Questions, Error> {
    let board = get(tx, access, id)?;
    if !may_moderate(access, &board) {
        return Err(Error::Forbidden(
            "only who collects the questions does that, or who looks after the channel",
        ));
    }
    Ok(board)
}

/// The question that a person sees under this id: where one was put into another, that one. What they do not see is absent.
fn standing(
    tx: &mut dyn Tx,
    access: &ChannelAccess,
    board: &Questions,
    id: QuestionId,
) -> Result<(QuestionId, Found), Error> {
    let mut at = id;
    let mut found = store::find(tx, at)?.ok_or(Error::NotFound)?;
    if let Some(into) = found.merged_into {
        at = into;
        found = store::find(tx, at)?.ok_or(Error::NotFound)?;
    }
    let sees =
        found.state.is_public() || found.author == Some(access.person()) || may_moderate(access, board);
    if found.board != board.id || !sees {
        return Err(Error::NotFound);
    }
    Ok((at, found))
}

fn changed(tx: &mut dyn Tx, board: &Questions, now: Timestamp) -> Result<Questions, Error> {
    events::changed(tx, (board.channel_id, board.id), None, now)?;
    Ok(board.clone())
}

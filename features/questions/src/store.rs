//! All SQL of questions.

use crate::{
    model::BOARDS_SHOWN,
    wire::{AnsweredHow, NewQuestions, Question, QuestionAnswer, QuestionState, Questions},
};
use base::{ChannelId, MessageId, PersonId, QuestionId, QuestionsId, Seq, Timestamp};
use platform::db::{Result, Row, Tx};

platform::sql! {
    GET = "select b.id, b.channel_id, b.message_id, m.topic_id, b.created_by, b.moderated, b.anonymous, b.closed_at \
        from question_board b \
        join message m on m.id = b.message_id \
        where b.id = $1";
    LIST_OPEN = "select b.id, b.channel_id, b.message_id, m.topic_id, b.created_by, b.moderated, b.anonymous, b.closed_at \
        from question_board b \
        join message m on m.id = b.message_id \
        where b.channel_id = $1 and m.seq > $2 and b.closed_at is null \
        order by m.seq desc limit $3";
    PLACE = "select m.seq from question_board b join message m on m.id = b.message_id where b.id = $1";
    OF_MESSAGE = "select id from question_board where message_id = $1";
    INSERT = "insert into question_board (id, channel_id, message_id, created_by, created_at, moderated, anonymous) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    CLOSE = "update question_board set closed_at = $2 where id = $1";
    LIST = "select q.id, q.text, q.author_id, q.anonymous, q.asked_at, q.state, q.changed_at, q.answer_how, q.answer_text, \
            q.answer_message_id, q.merged_into, q.n_votes, count(v.person_id), count(case when v.person_id = $2 then 1 end) \
        from question q \
        left join question_vote v on v.question_id = q.id \
        where q.board_id = $1 \
        group by q.id, q.text, q.author_id, q.anonymous, q.asked_at, q.state, q.changed_at, q.answer_how, q.answer_text, \
            q.answer_message_id, q.merged_into, q.n_votes \
        order by q.asked_at, q.id";
    FIND = "select board_id, author_id, state, merged_into from question where id = $1";
    COUNT = "select count(*), count(case when author_id = $2 and state <> 'dismissed' then 1 end) from question where board_id = $1";
    ADD = "insert into question (id, board_id, author_id, anonymous, text, asked_at, state, changed_at, n_votes) \
        values ($1, $2, $3, $4, $5, $6, $7, $6, 0)";
    SET_STATE = "update question set state = $2, changed_at = $3, answer_how = $4, answer_text = $5, answer_message_id = $6 where id = $1";
    ANSWERED_LIVE = "update question set state = 'answered', changed_at = $3, answer_how = 'live' \
        where board_id = $1 and id <> $2 and state = 'now'";
    HAS_VOTE = "select 1 from question_vote where question_id = $1 and person_id = $2";
    VOTE = "insert into question_vote (question_id, person_id, at) values ($1, $2, $3) on conflict (question_id, person_id) do nothing";
    TAKE_BACK = "delete from question_vote where question_id = $1 and person_id = $2";
    COUNT_VOTES = "select count(*) from question_vote where question_id = $1";
    JOIN_VOTES = "insert into question_vote (question_id, person_id, at) \
        select $2, person_id, at from question_vote where question_id = $1 \
        on conflict (question_id, person_id) do nothing";
    DROP_VOTES = "delete from question_vote where question_id = $1";
    MERGE = "update question set merged_into = $2 where id = $1";
    MERGE_ALL = "update question set merged_into = $2 where merged_into = $1 and id <> $2";
    FIRST_MERGED = "select id from question where merged_into = $1 order by asked_at, id limit 1";
    STAND_FOR = "update question set merged_into = null, \
            state = (select o.state from question o where o.id = $2), \
            n_votes = (select o.n_votes from question o where o.id = $2), \
            changed_at = (select o.changed_at from question o where o.id = $2), \
            answer_how = (select o.answer_how from question o where o.id = $2), \
            answer_text = (select o.answer_text from question o where o.id = $2), \
            answer_message_id = (select o.answer_message_id from question o where o.id = $2) \
        where id = $1";
    DROP = "delete from question where id = $1";
    HAS_MESSAGE = "select seq from message where id = $1 and channel_id = $2 and deleted_at is null";
    KEEP_COUNTS = "update question set n_votes = (select count(*) from question_vote v where v.question_id = question.id) where board_id = $1";
    FORGET_VOTES = "delete from question_vote where question_id in (select id from question where board_id = $1)";
    FORGET_NAMELESS = "update question set author_id = null where board_id = $1 and anonymous = 1";
    FORGET_LINKS = "update question set merged_into = null where board_id = $1";
    FORGET_QUESTIONS = "delete from question where board_id = $1";
    FORGET = "delete from question_board where id = $1";
    ANSWERED_BY = "select distinct board_id from question where answer_message_id = $1";
    FORGET_ANSWER = "update question set answer_message_id = null where answer_message_id = $1";
    BOARDS_OF = "select distinct q.board_id from question q \
        left join question_vote v on v.question_id = q.id and v.person_id = $1 \
        where q.author_id = $1 or v.person_id is not null";
    ASKED_BY = "select id from question where author_id = $1 order by asked_at, id";
    FORGET_VOTES_OF = "delete from question_vote where person_id = $1";
    FORGET_NAMELESS_OF = "update question set author_id = null where author_id = $1 and anonymous = 1";
}

fn board(row: &dyn Row) -> Result<Questions> {
    Ok(Questions {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        message_id: row.get(2)?,
        topic_id: row.get_optional(3)?,
        created_by: row.get(4)?,
        moderated: row.get(5)?,
        anonymous: row.get(6)?,
        closed: row.int(7)?.is_some(),
    })
}

/// A board. None: there is none.
pub(crate) fn find_board(tx: &mut dyn Tx, id: QuestionsId) -> Result<Option<Questions>> {
    tx.find(&GET, &[id.into()], board)
}

/// The boards of a channel on which one may ask, those after a place, the newest first.
pub(crate) fn list_open(tx: &mut dyn Tx, channel: ChannelId, after: Seq) -> Result<Vec<Questions>> {
    tx.list(
        &LIST_OPEN,
        &[channel.into(), after.into(), BOARDS_SHOWN.into()],
        board,
    )
}

/// The place of its message.
pub(crate) fn get_place(tx: &mut dyn Tx, id: QuestionsId) -> Result<Seq> {
    tx.one(&PLACE, &[id.into()], |row| row.get(0))
}

/// The board under a message.
pub(crate) fn find_of_message(tx: &mut dyn Tx, message: MessageId) -> Result<Option<QuestionsId>> {
    tx.find(&OF_MESSAGE, &[message.into()], |row| row.get(0))
}

pub(crate) fn insert(
    tx: &mut dyn Tx,
    channel: ChannelId,
    by: PersonId,
    new: &NewQuestions,
    now: Timestamp,
) -> Result<()> {
    let args = [
        new.id.into(),
        channel.into(),
        new.message_id.into(),
        by.into(),
        now.into(),
        new.moderated.into(),
        new.anonymous.into(),
    ];
    tx.exec(&INSERT, &args).map(drop)
}

/// Nobody asks or votes any more. Of the votes the counts are kept, and who asked without a name is forgotten.
pub(crate) fn close(tx: &mut dyn Tx, id: QuestionsId, now: Timestamp) -> Result<()> {
    tx.exec(&CLOSE, &[id.into(), now.into()])?;
    for statement in [&KEEP_COUNTS, &FORGET_VOTES, &FORGET_NAMELESS] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}

/// A question as it stands in its row, and in which other one it is.
pub(crate) type Listed = (Question, Option<QuestionId>);

/// All questions of a board in the order in which they were asked, as a person sees those that they see.
pub(crate) fn list(tx: &mut dyn Tx, id: QuestionsId, person: PersonId) -> Result<Vec<Listed>> {
    tx.list(&LIST, &[id.into(), person.into()], |row| {
        let author: Option<PersonId> = row.get_optional(2)?;
        let anonymous: bool = row.get(3)?;
        let question = Question {
            id: row.get(0)?,
            text: row.get(1)?,
            author_id: author.filter(|_| !anonymous),
            is_mine: author == Some(person),
            has_my_vote: row.get::<i64>(13)? > 0,
            n_votes: row.get::<i64>(11)? + row.get::<i64>(12)?,
            state: QuestionState::parse(row.text(5)?.unwrap_or_default()),
            answer: answer(row)?,
            merged: Vec::new(),
            asked_at: row.get(4)?,
            changed_at: row.get(6)?,
        };
        Ok((question, row.get_optional(10)?))
    })
}

fn answer(row: &dyn Row) -> Result<Option<QuestionAnswer>> {
    let Some(how) = row.text(7)?.map(AnsweredHow::parse) else {
        return Ok(None);
    };
    Ok(Some(QuestionAnswer {
        how,
        text: row.text(8)?.map(str::to_owned),
        message_id: row.get_optional(9)?,
    }))
}

/// What the rules need of a question.
pub(crate) struct Found {
    pub(crate) board: QuestionsId,
    pub(crate) author: Option<PersonId>,
    pub(crate) state: QuestionState,
    pub(crate) merged_into: Option<QuestionId>,
}

pub(crate) fn find(tx: &mut dyn Tx, id: QuestionId) -> Result<Option<Found>> {
    tx.find(&FIND, &[id.into()], |row| {
        Ok(Found {
            board: row.get(0)?,
            author: row.get_optional(1)?,
            state: QuestionState::parse(row.text(2)?.unwrap_or_default()),
            merged_into: row.get_optional(3)?,
        })
    })
}

/// How many there are, and how many of a person that were not dismissed.
pub(crate) fn count(tx: &mut dyn Tx, id: QuestionsId, person: PersonId) -> Result<(i64, i64)> {
    tx.one(&COUNT, &[id.into(), person.into()], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn add(
    tx: &mut dyn Tx,
    (board, id): (QuestionsId, QuestionId),
    (author, anonymous): (PersonId, bool),
    (text, state): (&str, QuestionState),
    now: Timestamp,
) -> Result<()> {
    let args = [
        id.into(),
        board.into(),
        author.into(),
        anonymous.into(),
        text.into(),
        now.into(),
        state.as_str().into(),
    ];
    tx.exec(&ADD, &args).map(drop)
}

pub(crate) fn set_state(
    tx: &mut dyn Tx,
    id: QuestionId,
    (state, answer): (QuestionState, Option<&QuestionAnswer>),
    now: Timestamp,
) -> Result<()> {
    let args = [
        id.into(),
        state.as_str().into(),
        now.into(),
        answer.map(|answer| answer.how.as_str()).into(),
        answer.and_then(|answer| answer.text.as_deref()).into(),
        answer.and_then(|answer| answer.message_id).into(),
    ];
    tx.exec(&SET_STATE, &args).map(drop)
}

/// What was being answered beside this one has been.
pub(crate) fn end_others(
    tx: &mut dyn Tx,
    (board, id): (QuestionsId, QuestionId),
    now: Timestamp,
) -> Result<()> {
    tx.exec(&ANSWERED_LIVE, &[board.into(), id.into(), now.into()])
        .map(drop)
}

pub(crate) fn has_vote(tx: &mut dyn Tx, id: QuestionId, person: PersonId) -> Result<bool> {
    Ok(tx
        .find(&HAS_VOTE, &[id.into(), person.into()], |_| Ok(()))?
        .is_some())
}

pub(crate) fn vote(tx: &mut dyn Tx, id: QuestionId, person: PersonId, now: Timestamp) -> Result<()> {
    tx.exec(&VOTE, &[id.into(), person.into(), now.into()]).map(drop)
}

pub(crate) fn take_back(tx: &mut dyn Tx, id: QuestionId, person: PersonId) -> Result<()> {
    tx.exec(&TAKE_BACK, &[id.into(), person.into()]).map(drop)
}

pub(crate) fn count_votes(tx: &mut dyn Tx, id: QuestionId) -> Result<i64> {
    tx.one(&COUNT_VOTES, &[id.into()], |row| row.get(0))
}

/// Puts one into another, with what was put into it before. Whoever voted for several of them has one vote.
pub(crate) fn merge(tx: &mut dyn Tx, from: QuestionId, into: QuestionId) -> Result<()> {
    for statement in [&JOIN_VOTES, &MERGE_ALL, &MERGE] {
        tx.exec(statement, &[from.into(), into.into()])?;
    }
    tx.exec(&DROP_VOTES, &[from.into()]).map(drop)
}

/// Takes a question away. What was put into it stays: the first of that stands in its place.
pub(crate) fn drop_question(tx: &mut dyn Tx, id: QuestionId) -> Result<()> {
    if let Some(heir) = tx.find(&FIRST_MERGED, &[id.into()], |row| row.get::<QuestionId>(0))? {
        tx.exec(&STAND_FOR, &[heir.into(), id.into()])?;
        tx.exec(&JOIN_VOTES, &[id.into(), heir.into()])?;
        tx.exec(&MERGE_ALL, &[id.into(), heir.into()])?;
    }
    tx.exec(&DROP_VOTES, &[id.into()])?;
    tx.exec(&DROP, &[id.into()]).map(drop)
}

/// The place of a message of a channel that is still there.
pub(crate) fn find_message(tx: &mut dyn Tx, message: MessageId, channel: ChannelId) -> Result<Option<Seq>> {
    tx.find(&HAS_MESSAGE, &[message.into(), channel.into()], |row| row.get(0))
}

/// Nothing of a board is left.
pub(crate) fn forget(tx: &mut dyn Tx, id: QuestionsId) -> Result<()> {
    for statement in [&FORGET_VOTES, &FORGET_LINKS, &FORGET_QUESTIONS, &FORGET] {
        tx.exec(statement, &[id.into()])?;
    }
    Ok(())
}

/// A message that is gone answers nothing. Which boards that changes.
pub(crate) fn forget_answer(tx: &mut dyn Tx, message: MessageId) -> Result<Vec<QuestionsId>> {
    let boards = tx.list(&ANSWERED_BY, &[message.into()], |row| row.get(0))?;
    if !boards.is_empty() {
        tx.exec(&FORGET_ANSWER, &[message.into()])?;
    }
    Ok(boards)
}

/// Where a person asked or voted, as far as that is still known.
pub(crate) fn list_boards_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<QuestionsId>> {
    tx.list(&BOARDS_OF, &[person.into()], |row| row.get(0))
}

/// What a person asked, as far as that is still known.
pub(crate) fn list_asked_by(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<QuestionId>> {
    tx.list(&ASKED_BY, &[person.into()], |row| row.get(0))
}

/// A person's votes go, and nobody asked what they asked without a name.
pub(crate) fn forget_person(tx: &mut dyn Tx, person: PersonId) -> Result<()> {
    tx.exec(&FORGET_VOTES_OF, &[person.into()])?;
    tx.exec(&FORGET_NAMELESS_OF, &[person.into()]).map(drop)
}

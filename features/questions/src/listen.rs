//! What goes with what: questions with their message, an answer with the message that gave it, and what a person asked and
//! voted for with the person.

use crate::{events, store};
use accounts::{ErasedMessages, PERSON_ERASED, PersonErased};
use base::{PersonId, QuestionsId, Timestamp};
use messages::{HeldAnswer, MessageDeleted};
use platform::{
    db::{self, Tx},
    journal::{Heard, Listener},
};
use uuid::Uuid;

pub(crate) fn listeners() -> Vec<Listener> {
    vec![
        Listener {
            kinds: &["message.deleted"],
            hear: forget,
        },
        Listener {
            kinds: &[PERSON_ERASED],
            hear: forget_person,
        },
    ]
}

fn forget(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(deleted) = heard.body::<MessageDeleted>() else {
        return Ok(());
    };
    if let Some(id) = store::find_of_message(tx, deleted.message_id)? {
        // Nobody sees it through these eyes: what is kept has no names.
        let nobody = PersonId(Uuid::nil());
        let questions = store::list(tx, id, nobody)?.into_iter();
        let kept = questions.map(|(question, _)| HeldAnswer {
            text: question.text,
            n_votes: question.n_votes,
        });
        messages::keep_answers(tx, deleted.message_id, &kept.collect::<Vec<_>>())?;
        store::forget(tx, id)?;
    }
    for board in store::forget_answer(tx, deleted.message_id)? {
        tell(tx, board, heard.happened.at)?;
    }
    Ok(())
}

fn forget_person(tx: &mut dyn Tx, heard: &Heard<'_>) -> db::Result<()> {
    let Some(erased) = heard.body::<PersonErased>() else {
        return Ok(());
    };
    let boards = store::list_boards_of(tx, erased.person_id)?;
    if erased.messages == ErasedMessages::Delete {
        for question in store::list_asked_by(tx, erased.person_id)? {
            store::drop_question(tx, question)?;
        }
    }
    store::forget_person(tx, erased.person_id)?;
    for board in boards {
        tell(tx, board, heard.happened.at)?;
    }
    Ok(())
}

fn tell(tx: &mut dyn Tx, board: QuestionsId, now: Timestamp) -> db::Result<()> {
    match store::find_board(tx, board)? {
        Some(board) => events::changed(tx, (board.channel_id, board.id), None, now),
        None => Ok(()),
    }
}

//! What happens to questions, as events.

use base::{ChannelId, QuestionId, QuestionsId, Timestamp};
use platform::{
    db::{Result, Tx},
    journal::{self, Happened},
};
use serde::Serialize;
use ts_rs::TS;

/// `questions.changed` on the log of a channel: how many want a question answered, or, without a number, that something of a
/// board is different and whoever shows it asks again. It holds no text, and nobody is its actor: so nothing of it has to be
/// forgotten with the message, and nothing tells who voted, or who asked without a name.
#[derive(Debug, Serialize, TS)]
pub struct QuestionsChanged {
    /// Which board.
    pub questions_id: QuestionsId,
    /// The question that was voted for.
    pub question_id: Option<QuestionId>,
    /// By how many.
    #[ts(type = "number | null")]
    pub n_votes: Option<i64>,
}

/// Says that a board is different.
pub(crate) fn changed(
    tx: &mut dyn Tx,
    (channel, board): (ChannelId, QuestionsId),
    votes: Option<(QuestionId, i64)>,
    at: Timestamp,
) -> Result<()> {
    let event = QuestionsChanged {
        questions_id: board,
        question_id: votes.map(|(question, _)| question),
        n_votes: votes.map(|(_, n_votes)| n_votes),
    };
    let happened = Happened {
        kind: "questions.changed",
        actor: None,
        at,
    };
    journal::append(tx, channel, happened, &event).map(|_| ())
}

/** What one sees of questions. Plain data in, plain data out. */
import type { Id, Question, QuestionsView } from '@/api/types';

export const MAX_QUESTION_CHARACTERS = 500;
export const MAX_ANSWER_CHARACTERS = 2_000;

/** After somebody's vote; the order follows when it is drawn. */
export function withVotes(view: QuestionsView, question_id: Id, n_votes: number): QuestionsView {
  return { ...view, items: view.items.map((question) => (question.id === question_id ? { ...question, n_votes } : question)) };
}

/** My vote, before the server has answered. */
export function withMyVote(view: QuestionsView, question_id: Id, votes: boolean): QuestionsView {
  const change = (question: Question) => {
    if (question.id !== question_id || question.has_my_vote === votes) return question;
    return { ...question, has_my_vote: votes, n_votes: question.n_votes + (votes ? 1 : -1) };
  };
  return { ...view, items: view.items.map(change) };
}

export type Parts = { open: Question[]; waiting: Question[]; answered: Question[]; dismissed: Question[] };

/** What is asked and not answered, what waits for a moderator, what was answered, what was put aside. */
export function partsOf({ items }: QuestionsView): Parts {
  const of = (state: Question['state']) => items.filter((question) => question.state === state);
  // Votes come in between two answers of the server, which has put the rest in order.
  const byVotes = (one: Question, other: Question) => other.n_votes - one.n_votes || one.asked_at - other.asked_at;
  return { open: [...of('now'), ...of('open').toSorted(byVotes)], waiting: of('waiting'), answered: of('answered'), dismissed: of('dismissed') };
}

/** The message that a pasted link names: the last id in it. */
export function messageIn(link: string): Id | null {
  return link.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi)?.at(-1)?.toLowerCase() ?? null;
}

/** The order of questions, as the server has it. Plain data in, plain data out. */
import type { Id, Question, QuestionsView } from '@/api/types';

const RANKS = { now: 0, open: 1, waiting: 2, answered: 3, dismissed: 4 } as const;

/** What is being answered, then what is open by votes and time; the rest as it came. */
export function inOrder(items: readonly Question[]): Question[] {
  const byVotes = (one: Question, other: Question) => other.n_votes - one.n_votes || one.asked_at - other.asked_at;
  return items.toSorted((one, other) => RANKS[one.state] - RANKS[other.state] || (one.state === 'open' ? byVotes(one, other) : 0));
}

/** After somebody's vote. */
export function withVotes(view: QuestionsView, question_id: Id, n_votes: number): QuestionsView {
  const items = view.items.map((question) => (question.id === question_id ? { ...question, n_votes } : question));
  return { ...view, items: inOrder(items) };
}

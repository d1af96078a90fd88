/** Kept apart from the model, because it comes with the first load. */
import type { Id, QuestionsView } from '@/api/types';

/** After somebody's vote; the order follows when it is drawn. */
export function withVotes(view: QuestionsView, question_id: Id, n_votes: number): QuestionsView {
  return { ...view, items: view.items.map((question) => (question.id === question_id ? { ...question, n_votes } : question)) };
}

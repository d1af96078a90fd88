/** What events do to questions that are on the screen. */
import type { QuestionsView } from '@/api/types';
import { askAgain } from '@/realtime/askAgain';
import type { EventTable } from '@/realtime/events';
import { boardsKey, questionsKey } from './keys';
import { withVotes } from './model';

export const questionEvents: EventTable = {
  'questions.changed': (cache, { scope, body: { questions_id, question_id, n_votes } }) => {
    const key = questionsKey(scope, questions_id);
    if (question_id && n_votes !== null) {
      cache.setQueryData<QuestionsView>(key, (view) => view && withVotes(view, question_id, n_votes));
      return;
    }
    askAgain(cache, key);
    askAgain(cache, boardsKey(scope));
  },
};

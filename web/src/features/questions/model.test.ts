import { describe, expect, it } from 'vitest';
import type { Question, QuestionsView } from '@/api/types';
import { messageIn, partsOf, withMyVote, withVotes } from './model';

const question = (id: string, n_votes: number, more: Partial<Question> = {}): Question => ({
  id,
  text: id,
  author_id: null,
  is_mine: false,
  has_my_vote: false,
  n_votes,
  state: 'open',
  answer: null,
  merged: [],
  asked_at: 1,
  changed_at: 1,
  ...more,
});

const view = (...items: Question[]): QuestionsView => ({
  questions: { id: 'b', channel_id: 'c', message_id: 'm', topic_id: null, created_by: 'ada', moderated: false, anonymous: false, closed: false },
  items,
  may_moderate: false,
  people: [],
});
const ids = (shown: QuestionsView) => partsOf(shown).open.map(({ id }) => id);

describe('a vote', () => {
  it('moves a question to its place', () => {
    const before = view(question('now', 0, { state: 'now' }), question('a', 2), question('b', 1), question('c', 1, { asked_at: 2 }));
    expect(ids(withVotes(before, 'c', 3))).toEqual(['now', 'c', 'a', 'b']);
    const mine = withMyVote(before, 'b', true);
    expect([ids(mine), mine.items[2]?.has_my_vote]).toEqual([['now', 'a', 'b', 'c'], true]);
    expect(withMyVote(mine, 'b', true).items[2]?.n_votes).toBe(2);
    expect(withMyVote(mine, 'b', false).items[2]?.n_votes).toBe(1);
  });
});

it('parts what is open from what waits and what is done', () => {
  const parts = partsOf(view(question('n', 0, { state: 'now' }), question('o', 1), question('w', 1, { state: 'waiting' }), question('x', 0, { state: 'answered' })));
  expect([parts.open.length, parts.waiting.length, parts.answered.length, parts.dismissed.length]).toEqual([2, 1, 1, 0]);
});

it('finds the message of a link', () => {
  const id = '01a21d66-76e7-751e-9b7e-801b85aed2c5';
  expect(messageIn(`https://talk.example/m/${id}`)).toBe(id);
  expect(messageIn('nothing')).toBe(null);
});

import { describe, expect, it } from 'vitest';
import type { Inbox, InboxPlace } from '@/api/types';
import { callsBeside, countUnread, restBeside, roundMinutes } from './model';

const line = (message_id: string) => ({ message_id, channel_id: 'c', topic_id: null, topic_title: null, author_id: 'p', at: 0, text: '' });
const place = (n_unread: number): InboxPlace => ({ line: line('m'), n_unread, n_topics: 0 });

describe('the inbox', () => {
  const inbox: Inbox = {
    n_needs_you: 3,
    calls: [
      { line: line('a'), everyone: false },
      { line: line('b'), everyone: true },
    ],
    directs: [place(2)],
    rest: [place(5), place(1)],
    provisional: [],
    cleared: null,
    people: [],
  };

  it('says nothing twice', () => {
    expect(callsBeside(inbox, new Set(['a'])).map((call) => call.line.message_id)).toEqual(['b']);
    expect(callsBeside(inbox, new Set())).toHaveLength(2);
  });

  it('counts what is new', () => {
    expect(countUnread(inbox)).toBe(8);
  });

  it('says of which place the newest message stands in the plan', () => {
    const item = { kind: 'urgent' as const, line: line('m'), last: null, decision: null, provisional_until: null, due: null, n_messages: 1, takes_s: 1 };
    const others = { ...place(3), line: line('n') };
    const told = restBeside({ items: [item], rest: [place(1), place(4), others] });
    expect(told.map(({ place: { n_unread }, isShown }) => [n_unread, isShown])).toEqual([
      [1, true],
      [4, true],
      [3, false],
    ]);
  });

  it('tells time in minutes', () => {
    expect([0, 20, 89, 90, 600].map(roundMinutes)).toEqual([1, 1, 1, 2, 10]);
  });
});

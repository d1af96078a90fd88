import { describe, expect, it } from 'vitest';
import type { Inbox, InboxPlace } from '@/api/types';
import { callsBeside, countUnread, roundMinutes } from './model';

const line = (message_id: string) => ({ message_id, channel_id: 'c', topic_id: null, topic_title: null, author_id: 'p', at: 0, text: '' });
const place = (n_unread: number): InboxPlace => ({ line: line('m'), n_unread, n_topics: 0 });

describe('the inbox', () => {
  const inbox: Inbox = {
    calls: [
      { line: line('a'), everyone: false },
      { line: line('b'), everyone: true },
    ],
    directs: [place(2)],
    rest: [place(5), place(1)],
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

  it('tells time in minutes', () => {
    expect([0, 20, 89, 90, 600].map(roundMinutes)).toEqual([1, 1, 1, 2, 10]);
  });
});

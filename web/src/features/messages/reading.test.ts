import { describe, expect, it } from 'vitest';
import { makeMessage } from '@/testing/fakeWorld';
import { countUnread, InView, pointerAfter } from './reading';

const say = (seq: number, author_id = 'ada') => makeMessage({ channel_id: 'c', seq, author_id, text: '' });

describe('in view', () => {
  it('counts as seen after a second without a break', () => {
    const view = new InView();
    view.look([1, 2], 0);
    view.look([1], 500);
    view.look([1, 2], 1_000);
    expect([...view.seen]).toEqual([1]);
    view.look([2], 2_000);
    expect([...view.seen]).toEqual([1, 2]);
  });
});

describe('the read pointer', () => {
  const begin = { messages: [say(1), say(2), say(3, 'me'), say(4)], has_older: true, read_seq: 1, n_unread: 2, me_id: 'me' };

  it.each([
    ['stays before what was not looked at', [4], 1],
    ['moves over what was, and over my own', [2], 3],
    ['moves to the end', [2, 4], 4],
  ])('%s', (_name, seen, expected) => {
    expect(pointerAfter({ ...begin, seen: new Set(seen) })).toBe(expected);
  });

  it('does not jump over what lies before the window', () => {
    expect(pointerAfter({ ...begin, messages: begin.messages.slice(1), n_unread: 90, seen: new Set([2, 4]) })).toBe(1);
  });

  it('leaves the count of what remains', () => {
    expect(countUnread([say(1), say(2, 'me'), { ...say(3), text: '<@me>' }], 1, 'me')).toEqual({ n_unread: 1, n_mentions: 1 });
  });
});

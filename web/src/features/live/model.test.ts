import { describe, expect, it } from 'vitest';
import type { LiveSession } from '@/api/types';
import { after, arrange, clockOf, columnsOf, deal, handsOf, minutesOf, partOf, shareOf } from './model';

const person = (person_id: string, hand_at: number | null) => ({ person_id, role: 'speaker' as const, hand_at, is_in: true, breakout_id: null });
const session = (more: Partial<LiveSession>): LiveSession => ({
  id: 's',
  channel_id: 'c',
  topic_id: null,
  backchannel_id: null,
  message_id: 'm',
  started_by: 'ada',
  started_at: 0,
  opened_at: 0,
  usual_role: 'speaker',
  is_locked: false,
  layout: 'free',
  pinned_id: null,
  interpreters: [],
  point: null,
  point_at: null,
  n_breakouts: 0,
  may_choose: false,
  tells_hosts: false,
  breakouts_until: null,
  revision: 0,
  decision: null,
  ended_at: null,
  outcome: null,
  people: [],
  n_in: 0,
  n_came: 0,
  person_minutes: 0,
  ...more,
});

describe('a live session on the screen', () => {
  it('says in words how much somebody spoke', () => {
    const words = [0, 5, 25, 33, 50, 61].map((spoke_s) => shareOf(spoke_s, 100));
    expect(words).toEqual(['none', 'little', 'quarter', 'third', 'half', 'most']);
    expect(shareOf(3, 0)).toBe('none');
  });

  it('has a clock', () => {
    expect(clockOf(0, 724_000_000)).toBe('12:04');
    expect(clockOf(0, 3_724_000_000)).toBe('1:02:04');
    expect(clockOf(5_000_000, 0)).toBe('00:00');
  });

  it('lasted whole minutes', () => {
    expect(minutesOf(session({ ended_at: 20_000_000 }), 0)).toBe(1);
    expect(minutesOf(session({}), 150_000_000)).toBe(3);
  });

  it('has hands in the order in which they went up', () => {
    const people = [person('ada', 9), person('bob', null), person('cleo', 3)];
    expect(handsOf(session({ people })).map(({ person_id }) => person_id)).toEqual(['cleo', 'ada']);
    expect(partOf(session({ people }), 'bob')?.hand_at).toBeNull();
    expect(partOf(session({ people }), 'dan')).toBeUndefined();
  });

  it('has at most three columns', () => {
    expect([1, 2, 4, 5, 9, 20].map((n) => columnsOf(n))).toEqual([1, 2, 2, 3, 3, 3]);
  });

  const tile = (key: string, spokeAt = 0, isScreen = false) => ({ key, person_id: key, isScreen, isSpeaking: false, spokeAt });
  const keys = (tiles: readonly { key: string }[]) => tiles.map(({ key }) => key).join(' ');

  it('shows large what the layout or a reader wants', () => {
    const tiles = [tile('a'), tile('b', 5), tile('b screen', 0, true)];
    expect(arrange(tiles, { layout: 'grid', pinned_id: null, interpreters: [] }, 9).large).toBeNull();
    expect(arrange(tiles, { layout: 'speaker', pinned_id: null, interpreters: [] }, 9).large?.key).toBe('b');
    expect(arrange(tiles, { layout: 'content', pinned_id: null, interpreters: [] }, 9).large?.key).toBe('b screen');
    expect(arrange(tiles, { layout: 'content', pinned_id: 'a', interpreters: [] }, 9).large?.key).toBe('a');
    expect(keys(arrange(tiles, { layout: 'content', pinned_id: 'a', interpreters: [] }, 9).others)).toBe('b b screen');
  });

  it('leaves out who has not spoken for longest when there are too many, and moves nobody else', () => {
    const tiles = [tile('a', 1), tile('b'), tile('c', 3), tile('d', 2)];
    const { others, n_hidden } = arrange(tiles, { layout: 'grid', pinned_id: null, interpreters: [] }, 3);
    expect(keys(others)).toBe('a c d');
    expect(n_hidden).toBe(1);
  });

  it('deals people into rooms evenly', () => {
    let n = 0;
    const rooms = deal(['a', 'b', 'c', 'd', 'e'], 2, () => (n += 1));
    expect(rooms).toEqual([
      ['a', 'c', 'e'],
      ['b', 'd'],
    ]);
  });

  it('keeps who interprets on the stage, beside who speaks or what is shown', () => {
    const tile = (key: string, spokeAt: number, isScreen = false) => ({ key, person_id: key, isScreen, isSpeaking: false, spokeAt });
    const tiles = [tile('ada', 1), tile('screen', 0, true), tile('bob', 5), tile('cleo', 9), tile('dan', 2)];
    const seen = (layout: 'grid' | 'speaker' | 'content', pinned_id: string | null, n_max = 9) => {
      const { large, interpreters, others, n_hidden } = arrange(tiles, { layout, pinned_id, interpreters: ['cleo', 'away'] }, n_max);
      return [large?.key, ...interpreters.map(({ key }) => key), '|', ...others.map(({ key }) => key), n_hidden].join(' ');
    };
    expect(seen('grid', null)).toBe('bob cleo | ada screen dan 0');
    expect(seen('content', null)).toBe('screen cleo | ada bob dan 0');
    expect(seen('speaker', 'cleo')).toBe('bob cleo | ada screen dan 0');
    expect(seen('grid', 'ada', 3)).toBe('ada cleo | screen 2');
  });

  it('follows events that name only who has changed', () => {
    const before = session({ people: [{ ...person('ada', null), role: 'host' }, person('bob', null), person('cleo', 5)] });
    const names = (one: LiveSession) => one.people.map(({ person_id, hand_at, is_in }) => `${person_id} ${hand_at} ${is_in}`);
    const hand = after(before, { session: session({ people: [person('bob', 3)] }), roster: 'changed' });
    expect(names(hand)).toEqual(['ada null true', 'bob 3 true', 'cleo 5 true']);
    const come = after(hand, { session: session({ people: [person('dan', null)] }), roster: 'changed' });
    expect(names(come)).toEqual(['ada null true', 'bob 3 true', 'cleo 5 true', 'dan null true']);
    const over = after(come, { session: session({ ended_at: 9 }), roster: 'ask' });
    expect(names(over)).toEqual(['ada null false', 'bob null false', 'cleo null false', 'dan null false']);
    expect(names(after(come, { session: session({ people: [person('bob', null)] }), roster: 'all' }))).toEqual(['bob null true']);
    expect(names(after(undefined, { session: session({}), roster: 'changed' }))).toEqual([]);
  });
});

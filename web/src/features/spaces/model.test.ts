import { describe, expect, test } from 'vitest';
import type { ChannelRow, Space, Start } from '@/api/types';
import { arrangeSidebar, countCalls, countForMe, hasNews, isUnread, neighbourOf, planMove, toldTopics } from './model';
import { aChannel, aMe, aSpace, aStart } from '@/testing/things';

const team = aSpace({ id: 'team', name: 'Biology' });

function names(spaces: Space[], rows: ChannelRow[]) {
  return arrangeSidebar(spaces, rows, 'en').map((section) => [section.key, section.rows.map((row) => row.name)]);
}

describe('the sidebar', () => {
  test('shows a favourite once, in the pinned section', () => {
    const rows = [aChannel({ name: 'b', space_id: 'team' }), aChannel({ name: 'a', space_id: 'team', favourite: true })];
    expect(names([team], rows)).toEqual([['pinned', ['a']], ['team', ['b']], ['direct', []]]);
  });

  test('puts moved rows first, the others by name', () => {
    const rows = ['c', 'b', 'a'].map((name) => aChannel({ name, space_id: 'team', position: name === 'c' ? 5 : null }));
    expect(names([team], rows)[0]).toEqual(['team', ['c', 'a', 'b']]);
  });

  test('leaves out archived channels and spaces', () => {
    const gone = aSpace({ id: 'gone', archived: true });
    expect(names([team, gone], [aChannel({ name: 'x', space_id: 'team', archived: true })])).toEqual([['team', []], ['direct', []]]);
  });
});

describe('a move', () => {
  const numbered = (positions: (number | null)[]) => positions.map((position, idx) => aChannel({ id: `${idx}`, position }));

  test('between two numbered rows stores one number', () => {
    expect(planMove(numbered([1024, 2048, 3072]), '2', 1)).toEqual([{ id: '2', position: 1536 }]);
  });

  test('to the end stores one number', () => {
    expect(planMove(numbered([1024, 2048]), '0', 1)).toEqual([{ id: '0', position: 3072 }]);
  });

  test('among rows never moved numbers the section', () => {
    expect(planMove(numbered([null, null]), '1', 0)).toEqual([
      { id: '1', position: 1024 },
      { id: '0', position: 2048 },
    ]);
  });

  test('where no room is left numbers the section', () => {
    expect(planMove(numbered([1, 2, 9]), '2', 1).map((move) => move.position)).toEqual([1024, 2048, 3072]);
  });

  test('to the same place stores nothing', () => {
    expect(planMove(numbered([1024, 2048]), '0', 0)).toEqual([]);
  });
});

test('a direct conversation counts every message, a channel only mentions', () => {
  expect(countForMe(aChannel({ kind: 'direct', n_unread: 4 }), aStart())).toBe(4);
  expect(countForMe(aChannel({ n_unread: 4, n_mentions: 1 }), aStart())).toBe(1);
});

test('what is known of calls does not change with what is said by the way', () => {
  const known = (...rows: ChannelRow[]) => countCalls({ ...aStart(), channels: rows });
  const topics = [{ topic_id: 'mine', title: 'Mine', read_seq: 1, n_unread: 3, n_mentions: 1 }];
  expect(known(aChannel({ n_unread: 4, n_mentions: 1, topics }))).toBe(2);
  expect(known(aChannel({ n_unread: 9, n_mentions: 1, topics }))).toBe(2);
  expect(known(aChannel({ kind: 'direct', n_unread: 4 }), aChannel({ kind: 'direct' }))).toBe(1);
  const all = { ...aStart(), levels: { lab: 'all' as const } };
  expect(countCalls({ ...all, channels: [aChannel({ id: 'lab', n_unread: 7 })] })).toBe(0);
});

test('names and numbers follow how much one wants to be told of, the nearest place first', () => {
  const topics = [
    { topic_id: 'mine', title: 'Mine', read_seq: 1, n_unread: 3, n_mentions: 1 },
    { topic_id: 'quiet', title: 'Quiet', read_seq: 1, n_unread: 2, n_mentions: 0 },
  ];
  const row = aChannel({ id: 'lab', space_id: 'team', n_unread: 4, n_mentions: 1, topics });
  const me = aMe();
  const seen = (levels: Start['levels']) => {
    const telling = { me, levels };
    return [isUnread(row, telling), hasNews(row, telling), countForMe(row, telling), toldTopics(row, telling).map(({ n_unread }) => n_unread)];
  };
  expect(seen({})).toEqual([true, true, 2, [3, 2]]);
  expect(seen({ team: 'all' })).toEqual([true, true, 9, [3, 2]]);
  expect(seen({ team: 'all', lab: 'needs_me' })).toEqual([true, true, 2, [3, 2]]);
  expect(seen({ [me.id]: 'nothing' })).toEqual([false, false, 0, []]);
  expect(seen({ [me.id]: 'nothing', mine: 'all' })).toEqual([false, true, 3, [3]]);
  expect(seen({ mine: 'needs_me', quiet: 'nothing' })).toEqual([true, true, 2, [1]]);
  expect(countForMe(aChannel({ kind: 'direct', n_unread: 4 }), { me, levels: { [me.id]: 'nothing' } })).toBe(0);
});

test('the next channel goes round and can skip what is read', () => {
  const rows = ['a', 'b', 'c'].map((name) => aChannel({ id: name, name, space_id: 'team', n_unread: name === 'c' ? 1 : 0 }));
  const sections = arrangeSidebar([team], rows, 'en');
  expect(neighbourOf(sections, 'a', 1)?.id).toBe('b');
  expect(neighbourOf(sections, 'a', -1)?.id).toBe('c');
  expect(neighbourOf(sections, 'a', 1, (row) => hasNews(row, aStart()))?.id).toBe('c');
  expect(neighbourOf(sections, null, 1)?.id).toBe('a');
});

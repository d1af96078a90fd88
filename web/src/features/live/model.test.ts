import { describe, expect, it } from 'vitest';
import type { LiveSession } from '@/api/types';
import { clockOf, columnsOf, handsOf, minutesOf, partOf } from './model';

const person = (person_id: string, hand_at: number | null) => ({ person_id, role: 'speaker' as const, hand_at, is_in: true });
const session = (more: Partial<LiveSession>): LiveSession => ({
  id: 's',
  channel_id: 'c',
  topic_id: null,
  message_id: 'm',
  started_by: 'ada',
  started_at: 0,
  opened_at: 0,
  usual_role: 'speaker',
  is_locked: false,
  ended_at: null,
  outcome: null,
  people: [],
  n_in: 0,
  n_came: 0,
  person_minutes: 0,
  ...more,
});

describe('a live session on the screen', () => {
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
    expect([1, 2, 4, 5, 9, 20].map(columnsOf)).toEqual([1, 2, 2, 3, 3, 3]);
  });
});

import { describe, expect, it } from 'vitest';
import { untilOf } from './statusUntil';

describe('a status ends', () => {
  const now = new Date(2026, 10, 30, 22, 15).getTime();
  it.each([
    ['half_hour', '', new Date(2026, 10, 30, 22, 45)],
    ['hour', '', new Date(2026, 10, 30, 23, 15)],
    ['today', '', new Date(2026, 11, 1)],
    ['date', '2026-12-24', new Date(2026, 11, 25)],
  ] as const)('%s', (length, date, end) => {
    expect(untilOf(length, date, now)).toBe(end.getTime() * 1000);
  });

  it('never, where nothing says when', () => {
    expect(untilOf('forever', '', now)).toBeNull();
    expect(untilOf('date', '', now)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { statusNow } from './status';

describe('a status', () => {
  const lunch = { emoji: '🍽️', text: 'Lunch', until: 2_000 };
  it('is there until its moment, and not at it', () => {
    expect(statusNow(lunch, 1_999)).toBe(lunch);
    expect(statusNow(lunch, 2_000)).toBeNull();
  });
  it('may stay for good, and need not be there', () => {
    const away = { ...lunch, until: null };
    expect(statusNow(away, Number.MAX_SAFE_INTEGER)).toBe(away);
    expect(statusNow(undefined, 0)).toBeNull();
  });
});

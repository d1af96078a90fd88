import { expect, test } from 'vitest';
import { isSameDay, sayMoment } from './model';

const at = (text: string) => new Date(text).getTime() * 1000;

test('a moment is said as shortly as it is clear', () => {
  const now = at('2026-11-23T09:00');
  expect(sayMoment(at('2026-11-23T15:30'), now, 'en-GB')).toBe('15:30');
  expect(sayMoment(at('2026-11-26T12:00'), now, 'en-GB')).toBe('Thu 12:00');
  expect(sayMoment(at('2026-11-22T12:00'), now, 'en-GB')).toContain('22 Nov');
  expect(sayMoment(at('2026-12-03T12:00'), now, 'en-GB')).toContain('3 Dec');
});

test('midnight divides days', () => {
  expect(isSameDay(at('2026-11-23T00:00'), at('2026-11-23T23:59'))).toBe(true);
  expect(isSameDay(at('2026-11-23T23:59'), at('2026-11-24T00:00'))).toBe(false);
});

import { expect, it } from 'vitest';
import { breakMinutes, clockIn, nextAt } from './model';

const at = (hours: number, minutes: number) => new Date(2026, 10, 27, hours, minutes).getTime();

it('takes a time of the clock as the next one that comes', () => {
  expect(nextAt('14:20', at(13, 0))).toBe(at(14, 20) * 1000);
  expect(nextAt('09:00', at(13, 0))).toBe((at(9, 0) + 86_400_000) * 1000);
  expect(nextAt('', at(13, 0))).toBeNull();
});

it('proposes a time on the full five minutes', () => {
  expect(clockIn(60, at(13, 2))).toBe('14:05');
});

it('proposes a break that is over before the end', () => {
  expect(breakMinutes(at(18, 0) * 1000, at(13, 0))).toBe(60);
  expect(breakMinutes(at(13, 40) * 1000, at(13, 0))).toBe(20);
  expect(breakMinutes(at(12, 0) * 1000, at(13, 0))).toBe(0);
});

import { expect, test } from 'vitest';
import type { LaterText } from './strings';
import { clockOf, dayName, minutesOf, sayRhythm } from './rhythm';

test('minutes of a day go into a field and come back', () => {
  expect([0, 545, 1439].map(clockOf)).toEqual(['00:00', '09:05', '23:59']);
  expect(['00:00', '09:05', '23:59:00', '', 'x'].map(minutesOf)).toEqual([0, 545, 1439, null, null]);
});

test('a rhythm is said in words', () => {
  const t = ((key: string, values: object) => `${key} ${Object.values(values).join(', ')}`) as unknown as LaterText;
  expect(dayName(7, 'en', 'short')).toBe('Sun');
  expect(sayRhythm({ days: [1, 4], at_min: 545, every_weeks: 2 }, 'en-GB', t)).toBe('rhythm Monday and Thursday, 09:05, every_weeks 2');
});

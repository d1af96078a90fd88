import { describe, expect, test } from 'vitest';
import { formatAgo, formatClockIn, formatDate, formatDay, formatRelative, formatTime, minutesAhead } from './time';

const at = (iso: string) => Date.parse(iso) * 1000;
const noon = at('2026-11-26T12:00:00Z');
const minute = 60_000_000;

test.each([
  [-20, 'now'],
  [-3 * 60, '3 minutes ago'],
  [-2 * 3600, '2 hours ago'],
  [-30 * 3600, 'yesterday'],
  [3 * 86400, 'in 3 days'],
])('%d seconds from now is %s', (seconds, words) => {
  expect(formatRelative(noon + seconds * 1_000_000, noon, 'en')).toBe(words);
});

test.each([
  ['2026-11-26T11:59:40Z', 'Today', 'now'],
  ['2026-11-26T08:00:00Z', 'Today', '4 hr ago'],
  ['2026-11-25T20:00:00Z', 'Yesterday', '16 hr ago'],
  ['2026-11-23T12:00:00Z', 'Monday 23 November', '3 days ago'],
  ['2025-11-26T12:00:00Z', 'Wednesday, 26 November 2025', '26 Nov 2025'],
])('%s is the day %s and was %s', (iso, day, ago) => {
  expect(formatDay(at(iso), noon, 'en-GB')).toBe(day);
  expect(formatAgo(at(iso), noon, 'en-GB')).toBe(ago);
});

describe('a time', () => {
  test('is written as the reader writes it', () => {
    expect(formatTime(noon, 'en-GB', 'Asia/Tokyo')).toBe('21:00');
    expect(formatTime(at('2026-11-26T01:05:00Z'), 'en-GB', 'UTC')).toBe('01:05');
    expect(formatTime(noon, 'en-US', 'Asia/Tokyo')).toMatch(/^9:00\sPM$/);
    expect(formatDate(noon, 'de', 'UTC')).toBe('26. Nov. 2026');
  });

  test('in a zone that the browser does not know is nothing', () => {
    expect(formatClockIn('Mars/Olympus', noon, 'en-GB')).toBeNull();
  });
});

describe('how far a zone is ahead', () => {
  test('follows the summer time of both', () => {
    expect(minutesAhead('Asia/Kolkata', 'Europe/Berlin', noon)).toBe(270);
    expect(minutesAhead('Asia/Kolkata', 'Europe/Berlin', at('2026-07-01T12:00:00Z'))).toBe(210);
  });

  test('is right across midnight and within a minute', () => {
    expect(minutesAhead('Pacific/Auckland', 'UTC', at('2026-12-31T23:59:30Z'))).toBe(13 * 60);
    expect(minutesAhead('UTC', 'America/Bogota', noon + minute / 2)).toBe(5 * 60);
  });
});

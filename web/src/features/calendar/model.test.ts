import { expect, test } from 'vitest';
import type { Meeting } from '@/api/types';
import { addDays, agendaOf, onDay, placedOn, sayMinutes, startOf, wallOf, weekOf } from './model';

const at = (iso: string) => Date.parse(iso) * 1000;
const meeting = (from: string, to: string) => ({ starts_at: at(from), ends_at: at(to) }) as Meeting;

test('a week begins where it begins for the reader', () => {
  expect(weekOf('2026-11-26', 1)[0]).toBe('2026-11-23');
  expect(weekOf('2026-11-26', 7)[0]).toBe('2026-11-22');
  expect(weekOf('2026-11-23', 1)).toHaveLength(7);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test.each([
  ['Europe/Berlin', '2027-03-28', '2027-03-27T23:00Z'],
  ['Europe/Berlin', '2027-03-29', '2027-03-28T22:00Z'],
  ['America/Los_Angeles', '2026-11-02', '2026-11-02T08:00Z'],
  ['Asia/Kathmandu', '2026-11-02', '2026-11-01T18:15Z'],
  ['Pacific/Auckland', '2026-09-27', '2026-09-26T12:00Z'],
])('in %s %s begins at %s', (zone, day, iso) => {
  expect(startOf(day, zone)).toBe(at(iso));
  expect(wallOf(at(iso), zone)).toEqual({ day, minute: 0 });
});

test('what crosses midnight lies on two days', () => {
  const [from, to] = [at('2026-11-26T22:00Z'), at('2026-11-27T01:30Z')];
  expect(onDay(from, to, '2026-11-26', 'UTC')).toEqual({ from_min: 1320, to_min: 1440 });
  expect(onDay(from, to, '2026-11-27', 'UTC')).toEqual({ from_min: 0, to_min: 90 });
  expect(onDay(from, to, '2026-11-28', 'UTC')).toBeNull();
  expect(onDay(from, at('2026-11-27T00:00Z'), '2026-11-27', 'UTC')).toBeNull();
});

test('meetings that overlap stand side by side', () => {
  const placed = placedOn(
    [meeting('2026-11-26T09:00Z', '2026-11-26T10:00Z'), meeting('2026-11-26T09:30Z', '2026-11-26T11:00Z'), meeting('2026-11-26T10:00Z', '2026-11-26T10:30Z'), meeting('2026-11-26T12:00Z', '2026-11-26T12:05Z')],
    '2026-11-26',
    'UTC',
  );
  expect(placed.map(({ lane, n_lanes }) => [lane, n_lanes])).toEqual([[0, 2], [1, 2], [0, 2], [0, 1]]);
  expect(placed[3]?.to_min).toBe(744);
});

test('an agenda is a line each', () => {
  expect(agendaOf(' Budget \n\nNames')).toEqual(['Budget', 'Names']);
  expect(agendaOf('')).toEqual([]);
});

test.each([
  [5, '5 min'],
  [60, '1 hr'],
  [90, '1 hr 30 min'],
  [0, '0 min'],
])('%d minutes are %s', (minutes, words) => expect(sayMinutes(minutes, 'en')).toBe(words));

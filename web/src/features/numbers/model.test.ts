import { beforeAll, expect, test, vi } from 'vitest';
import type { MyWeek, TeamFigures } from '@/api/types';
import { linesOfMine, linesOfTeam, sayMinutes, sayWeek } from './model';
import { text } from './strings';

beforeAll(() => void vi.stubGlobal('navigator', { languages: ['en'] }));

const quiet: MyWeek = {
  week: '2026-11-23',
  live_minutes: 0,
  live_outside_minutes: 0,
  burden_minutes: 0,
  n_asks: 0,
  n_answered_in_time: 0,
  n_interruptions: 0,
  n_sent_outside_hours: 0,
  n_of_those_held: 0,
  n_urgent: 0,
  n_not_urgent: 0,
};

test('a week is said by its days, time by hours and minutes', () => {
  // How wide the spaces are differs between versions of the data.
  const said = (monday: string) => sayWeek(monday, 'en-GB').replace(/\s/g, '');
  expect(said('2026-11-23')).toBe('23–29Nov');
  expect(said('2026-11-30')).toBe('30Nov–6Dec');
  for (const [minutes, said] of [
    [0, '0 min'],
    [45, '45 min'],
    [120, '2 hr'],
    [190, '3 hr 10 min'],
  ] as const) {
    expect(sayMinutes(minutes, 'en')).toBe(said);
  }
});

test('a quiet week says so, and a full one says what was', () => {
  const said = (week: MyWeek) => linesOfMine(week, 'en', text).map((line) => line.text);
  expect(said(quiet)).toEqual([
    'No meetings yet.',
    'Meetings asked nothing of you outside your hours.',
    'Nothing was due.',
    'Nothing interrupted it.',
    'You wrote nothing outside your hours.',
    'You sent nothing as urgent.',
  ]);
  const full = { ...quiet, live_minutes: 190, live_outside_minutes: 30, n_asks: 7, n_answered_in_time: 6, n_interruptions: 2 };
  expect(said(full)[0]).toBe('3 hr 10 min, of which 30 min outside your hours.');
  expect(said(full)[2]).toBe('6 of 7 came by when they were expected.');
  expect(said(full)[3]).toBe('Interruptions: 2. There should be none; tell whoever looks after the workspace.');
});

test('of a team nothing is said in which only a few had part', () => {
  const figures: TeamFigures = {
    live_minutes_per_person: 60,
    live_outside_percent: null,
    upper_half_burden_percent: null,
    answered_in_time_percent: 85,
    n_interruptions: 0,
    n_sent_outside_hours: 5,
    held_percent: null,
    n_urgent: 0,
    not_urgent_percent: null,
  };
  expect(linesOfTeam(figures, 'en', text).map((line) => line.text)).toEqual([
    '1 hr per person.',
    'Not said: too few had part in it.',
    '85% came by when they were expected.',
    'Nothing interrupted it.',
    'Messages: about 5.',
    'Nothing was sent as urgent.',
  ]);
});

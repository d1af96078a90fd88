import { expect, test } from 'vitest';
import type { MeetingCost, TimePollTime } from '@/api/types';
import { endToBegin, inOrder, instantOf, newPollOf, thereOf, timesToBegin } from './timePolls';

const micros = (text: string) => Date.parse(text) * 1000;
const time = (rank: number | null): TimePollTime => ({ starts_at: 0, ends_at: 0, n_yes: 0, n_maybe: 0, n_no: 0, rank, costs: [] });
const cost: MeetingCost = { person_id: 'p', starts: '2026-11-24T10:00', outside_minutes: 0, is_night: false, is_away: false, is_busy: false, refusal: null };

test('a question begins with two times at least', () => {
  expect(timesToBegin([], '2026-11-24')).toEqual([
    { day: '2026-11-25', clock: '10:00' },
    { day: '2026-11-26', clock: '10:00' },
  ]);
  const slots = [{ day: '2026-11-30', clock: '16:30' }];
  expect(timesToBegin(slots, '2026-11-24')).toEqual([...slots, { day: '2026-12-01', clock: '16:30' }]);
});

test('it is answered until the evening before, or until an hour before', () => {
  const times = [
    { day: '2026-11-26', clock: '10:00' },
    { day: '2026-11-25', clock: '14:00' },
  ];
  expect(endToBegin(times, micros('2026-11-24T09:00Z'), 'UTC')).toEqual({ day: '2026-11-24', clock: '18:00' });
  expect(endToBegin(times, micros('2026-11-24T19:00Z'), 'UTC')).toEqual({ day: '2026-11-25', clock: '13:00' });
});

test('what is sent are times on the wall, and the end as a moment', () => {
  const draft = { title: 'T', about: '', place: 'channel:c', people: ['p'], minutes: 30, times: [{ day: '2026-11-25', clock: '10:00' }] };
  const sent = newPollOf('id', draft, { ends: { day: '2026-11-24', clock: '18:00' }, showsNames: true, timeZone: 'Asia/Tokyo', asks: false });
  expect(sent).toMatchObject({ starts: ['2026-11-25T10:00'], ends_at: micros('2026-11-24T09:00Z'), channel_id: 'c', shows_names: true });
  expect(instantOf({ day: '2026-11-24', clock: '18:00' }, 'Asia/Tokyo')).toBe(sent.ends_at);
});

test('the fairest first, and what has passed last', () => {
  const order = (isFair: boolean) => inOrder([time(null), time(2), time(1)], isFair).map(({ idx }) => idx);
  expect(order(true)).toEqual([2, 1, 0]);
  expect(order(false)).toEqual([0, 1, 2]);
});

test('hours say the nearest thing of a time', () => {
  expect(thereOf(cost)).toBe('work');
  expect(thereOf({ ...cost, outside_minutes: 30 })).toBe('outside');
  expect(thereOf({ ...cost, outside_minutes: 30, refusal: 'focus' })).toBe('focus');
  expect(thereOf({ ...cost, is_night: true, refusal: 'no_meeting_day' })).toBe('night');
  expect(thereOf({ ...cost, is_night: true, is_away: true })).toBe('away');
});

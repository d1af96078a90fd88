import { expect, test } from 'vitest';
import type { AskItem, Meeting } from '@/api/types';
import { asksConsent, countOverdue, dueBy, firstNameOf, greetingAt, stillToCome } from './model';

test('the greeting goes by the clock', () => {
  expect([0, 4, 5, 11, 12, 17, 18, 23].map(greetingAt)).toEqual(['night', 'night', 'morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening']);
});

test('nobody is greeted by a title', () => {
  expect(['Noor Aziz', 'Dr. Hannah-Maria Weiß', ' Prof. Dr. Kim', 'ليلى الحداد', 'J.'].map(firstNameOf)).toEqual(['Noor', 'Hannah-Maria', 'Kim', 'ليلى', 'J.']);
});

test('due today is what has to be answered before midnight, and what was due before', () => {
  const items = [10, 20, 30, null].map((at) => ({ at }) as AskItem);
  expect(dueBy(items, 30).map(({ at }) => at)).toEqual([10, 20]);
  expect(countOverdue(items, 20)).toBe(1);
});

test('a meeting stays while it goes on', () => {
  const meetings = [
    { ends_at: 5, is_canceled: false },
    { ends_at: 15, is_canceled: false },
    { ends_at: 15, is_canceled: true },
  ] as Meeting[];
  expect(stillToCome(meetings, 10)).toEqual([meetings[1]]);
});

test('consent is asked of a person', () => {
  const meeting = { people: [{ person_id: 'a', is_asked: true }, { person_id: 'b', is_asked: false }] } as Meeting;
  expect([asksConsent(meeting, 'a'), asksConsent(meeting, 'b')]).toEqual([true, false]);
});

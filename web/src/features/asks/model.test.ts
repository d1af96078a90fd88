import { describe, expect, it } from 'vitest';
import type { AskWordLists } from '@/api/types';
import { stretchOf } from './keys';
import { askableIn, asksSomething, fromField, isLate, mentionedIn, toField } from './model';
import { sayTime } from '@/lib/sayTime';

const ana = '01900000-0000-7000-8000-000000000001';
const ben = '01900000-0000-7000-8000-000000000002';

const lists: AskWordLists = {
  lists: [
    { language: 'en', openings: ['can you', 'is there'], requests: ['please', 'let me know'], confusion: [] },
    { language: 'de', openings: ['kannst du'], requests: ['bitte'], confusion: [] },
    { language: 'ar', openings: ['هل', 'متى'], requests: ['من فضلك'], confusion: [] },
  ],
};

describe('a text asks', () => {
  it.each([
    'When does the mill open?',
    'Well. Can you look at it',
    'Kannst du das bis Freitag ansehen',
    'Wir brauchen das bald. Bitte prüfen',
    'متى تفتح الطاحونة',
    'متى تفتح الطاحونة؟',
  ])('%s', (text) => {
    expect(asksSomething(text, lists)).toBe(true);
  });

  it.each([
    'The mill opens at nine',
    '> When does the mill open?\n\nAt nine',
    'See https://example.org/find?q=mill',
    'Use `a ? b : c` there',
    '```\nif (a?.b) {}\n```\nDone',
    'Bittere Schokolade',
    '',
  ])('and does not: %s', (text) => {
    expect(asksSomething(text, lists)).toBe(false);
  });
});

describe('who is asked', () => {
  it('are those who are named, each once, never me', () => {
    const text = `<@${ana}> and <@${ben}>, or <@${ana}>?`;
    expect(mentionedIn(text)).toEqual([ana, ben]);
    expect(askableIn(text, { kind: 'public', people: [] }, ben)).toEqual([ana]);
  });

  it('is the other one in a conversation of two', () => {
    expect(askableIn('When?', { kind: 'direct', people: [ana, ben] }, ana)).toEqual([ben]);
    expect(askableIn('When?', { kind: 'direct', people: [ana, ben, 'c'] }, ana)).toEqual([]);
  });
});

it('a time is a weekday when it is near, and a date when it is not', () => {
  const now = Date.UTC(2026, 10, 20, 15, 30) * 1000;
  expect(sayTime(Date.UTC(2026, 10, 23, 13) * 1000, now, 'en-GB', 'UTC')).toBe('Mon 13:00');
  expect(sayTime(Date.UTC(2026, 11, 4, 13) * 1000, now, 'en-GB', 'UTC')).toBe('4 Dec, 13:00');
});

it('late is what was due and is open', () => {
  expect(isLate({ due: 1, state: 'open' }, 2)).toBe(true);
  expect(isLate({ due: 1, state: 'answered' }, 2)).toBe(false);
  expect(isLate({ due: null, state: 'open' }, 2)).toBe(false);
});

it('a time goes into the field and comes back', () => {
  const at = new Date(2026, 10, 23, 13, 5).getTime() * 1000;
  expect(toField(at)).toBe('2026-11-23T13:05');
  expect(fromField(toField(at))).toBe(at);
  expect(fromField('')).toBeNull();
});

it.each([
  [1, 1],
  [200, 1],
  [201, 201],
])('place %i stands in the stretch that begins at %i', (seq, from) => {
  expect(stretchOf(seq)).toBe(from);
});

import { expect, test } from 'vitest';
import { once, repeatsOf } from './repeats';

test('a meeting that is once repeats nothing', () => {
  expect(repeatsOf(once)).toEqual({});
});

test('what is no number is for the server to refuse', () => {
  const weekly = { every: '1', times: '6', turns: true } as const;
  expect(repeatsOf(weekly)).toEqual({ repeats: { every_weeks: 1, times: 6, turns: true } });
  expect(repeatsOf({ ...weekly, times: 'six' }).repeats?.times).toBe(0);
  expect(repeatsOf({ ...weekly, times: '9999' }).repeats?.times).toBe(255);
});

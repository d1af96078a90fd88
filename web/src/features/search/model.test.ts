import { expect, test } from 'vitest';
import { complete, filtersIn, isoDay, openFilter, withNewFilter, withoutFilter, withoutFilters } from './model';

test('filters are found with and without quotes, and nothing else is', () => {
  const found = filtersIn('plan from:"Ada Obi" -IN:general https://in:x 10:30 size:big has:');
  expect(found.map(({ key, value, text }) => [key, value, text])).toEqual([
    ['from', 'Ada Obi', 'from:"Ada Obi"'],
    ['in', 'general', '-IN:general'],
    ['has', '', 'has:'],
  ]);
});

test('a filter is taken out and the words stay', () => {
  const text = 'old  from:"Ada Obi" harbour in:lab';
  const [from] = filtersIn(text);
  expect(from && withoutFilter(text, from)).toBe('old harbour in:lab');
  expect(withoutFilters(text)).toBe('old harbour');
});

test('only the filter that is being typed is open', () => {
  expect(openFilter('plan from:ad')?.value).toBe('ad');
  expect(openFilter('plan in:"week 4')?.value).toBe('week 4');
  expect(openFilter('plan in:"week 4"')).toBeNull();
  expect(openFilter('plan from:ada ')).toBeNull();
  expect(openFilter('plan')).toBeNull();
});

test('a value with spaces is quoted', () => {
  const text = withNewFilter('plan ', 'from');
  expect(text).toBe('plan from:');
  const open = openFilter(text);
  expect(open && complete(text, open, 'Ada Obi')).toBe('plan from:"Ada Obi" ');
  expect(open && complete(text, open, 'Bob "Bo" Frost')).toBe('plan from:"Bob  Bo  Frost" ');
  const without = openFilter('-in:ge');
  expect(without && complete('-in:ge', without, 'general')).toBe('-in:general ');
});

test('a day is that of the reader', () => {
  expect(isoDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});

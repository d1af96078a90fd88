import { expect, test } from 'vitest';
import { slowness } from './slowness';

/** How often somebody is told in 20 seconds. */
function told(every_ms: number, took_ms: number, isSeen = true): number {
  let n_told = 0;
  const count = slowness(() => (n_told += 1));
  for (let at = 0; at < 20_000; at += every_ms) count(at, took_ms, isSeen);
  return n_told;
}

test.each([
  ['a quick device', 33, 8, true, 0],
  ['a device that makes five pictures a second', 200, 190, true, 1],
  ['a camera that gives seven a second in the dark', 140, 12, true, 0],
  ['a page that nobody looks at', 1000, 900, false, 0],
])('%s', (_who, every_ms, took_ms, isSeen, expected) => {
  expect(told(every_ms, took_ms, isSeen)).toBe(expected);
});

test('what is slow only while it begins is not slow', () => {
  let n_told = 0;
  const count = slowness(() => (n_told += 1));
  for (let at = 0; at < 4200; at += 300) count(at, 290, true);
  for (let at = 4200; at < 20_000; at += 33) count(at, 8, true);
  expect(n_told).toBe(0);
});

import { expect, test, vi } from 'vitest';
import { batched } from './batch';

test('what is wanted together is asked for once', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(async (ids: string[]) => new Map(ids.filter((id) => id !== 'none').map((id) => [id, `card ${id}`])));
  const get = batched(ask, 'nothing', 10);
  const all = Promise.all([get('a'), get('b'), get('a'), get('none')]);
  await vi.advanceTimersByTimeAsync(10);
  expect(await all).toEqual(['card a', 'card b', 'card a', 'nothing']);
  expect(ask.mock.calls).toEqual([[['a', 'b', 'none']]]);
  const later = get('a');
  await vi.advanceTimersByTimeAsync(10);
  expect(await later).toBe('card a');
  expect(ask).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test('more than fits goes in several questions, and a refusal reaches everybody who waits', async () => {
  vi.useFakeTimers();
  const sizes: number[] = [];
  const ask = async (ids: string[]) => {
    sizes.push(ids.length);
    if (ids.includes('199')) throw new Error('gone');
    return new Map<string, string>();
  };
  const get = batched(ask, 'nothing', 10);
  const all = Promise.allSettled(Array.from({ length: 200 }, (_, idx) => get(String(idx))));
  await vi.advanceTimersByTimeAsync(10);
  const answers = await all;
  expect(sizes).toEqual([100, 100]);
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(100);
  vi.useRealTimers();
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilThere } from './untilThere';

const gone = new TypeError('Failed to fetch');

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('without a network it waits, however long that takes', async () => {
  vi.stubGlobal('navigator', { onLine: false });
  const load = vi.fn().mockRejectedValue(gone);
  const part = untilThere(load);
  await vi.advanceTimersByTimeAsync(600_000);
  load.mockResolvedValue('part');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await part).toBe('part');
});

test('with a network, what is not there is said after some tries', async () => {
  vi.stubGlobal('navigator', { onLine: true });
  const load = vi.fn().mockRejectedValue(gone);
  const part = expect(untilThere(load)).rejects.toBe(gone);
  await vi.advanceTimersByTimeAsync(60_000);
  await part;
  expect(load).toHaveBeenCalledTimes(10);
});

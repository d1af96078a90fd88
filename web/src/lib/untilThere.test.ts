import { afterEach, expect, test, vi } from 'vitest';
import { untilThere } from './untilThere';

afterEach(() => vi.useRealTimers());

test('what could not be loaded is loaded again, until it is there', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  const load = vi.fn().mockRejectedValueOnce(new TypeError('no network')).mockRejectedValueOnce(new TypeError('no network')).mockResolvedValue('part');
  const part = untilThere(load);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(await part).toBe('part');
  expect(load).toHaveBeenCalledTimes(3);
  vi.unstubAllGlobals();
});

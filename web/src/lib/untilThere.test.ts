import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilThere } from './untilThere';

const gone = new TypeError('Failed to fetch');

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('while the server cannot be reached it waits, however long that takes', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(gone));
  const load = vi.fn().mockRejectedValue(gone);
  const part = untilThere(load);
  await vi.advanceTimersByTimeAsync(600_000);
  load.mockResolvedValue('part');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await part).toBe('part');
});

test('what the server does not have is said after some tries', async () => {
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue({ ok: true }));
  const load = vi.fn().mockRejectedValue(gone);
  const part = expect(untilThere(load)).rejects.toBe(gone);
  await vi.advanceTimersByTimeAsync(60_000);
  await part;
  expect(load).toHaveBeenCalledTimes(3);
});

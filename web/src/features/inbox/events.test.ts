import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inboxEvents } from './events';
import { inboxKeys } from './keys';

const count = [...inboxKeys.count, 'me', 0];
const inbox = inboxKeys.inbox('me');

describe('what asks the server again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function isStale(kind: keyof typeof inboxEvents, body: unknown): boolean[] {
    const cache = new QueryClient();
    cache.setQueryData(count, { n_needs_you: 1 });
    cache.setQueryData(inbox, {});
    // @ts-expect-error only what is read of an event is there
    inboxEvents[kind]?.(cache, { scope: 'c', seq: 1, body });
    vi.advanceTimersByTime(2_000);
    return [count, inbox].map((queryKey) => cache.getQueryState(queryKey)?.isInvalidated ?? false);
  }

  it('is for the number in the rail what it cannot know itself, and nothing that is said by the way', () => {
    expect(isStale('message.posted', {})).toEqual([false, true]);
    expect(isStale('read.moved', {})).toEqual([false, true]);
    expect(isStale('ask.moved', {})).toEqual([true, true]);
    expect(isStale('urgent.paged', {})).toEqual([true, true]);
    expect(isStale('ask.opened', { ask: { everyone: false } })).toEqual([false, false]);
    expect(isStale('ask.opened', { ask: { everyone: true } })).toEqual([true, true]);
  });
});

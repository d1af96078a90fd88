import { afterEach, describe, expect, it, vi } from 'vitest';
import { measureByPlayer } from './player';

type Fake = Parameters<typeof measureByPlayer>[1] & { tell: (kind: string) => void };

/** A player that does what the test says. */
function fake(facts: { duration?: number; videoWidth?: number; videoHeight?: number } = {}): Fake {
  const heard = new Map<string, () => void>();
  const player = {
    preload: '' as const,
    muted: false,
    src: '',
    duration: Number.NaN,
    currentTime: 0,
    videoWidth: 0,
    videoHeight: 0,
    ...facts,
    addEventListener: (kind: string, hear: () => void) => void heard.set(kind, hear),
    removeAttribute: vi.fn(),
    load: vi.fn(),
    tell: (kind: string) => heard.get(kind)?.(),
  };
  return player as unknown as Fake; // a player in all that is asked of it
}

const sound = new File([new Uint8Array(8)], 'talk.webm', { type: 'audio/webm' });
afterEach(() => vi.useRealTimers());

describe('the player of the browser', () => {
  it('tells how long a sound is, and how large a film', async () => {
    const player = fake({ duration: 65.04, videoWidth: 640, videoHeight: 360 });
    const told = measureByPlayer(sound, player);
    player.tell('loadedmetadata');
    expect(await told).toEqual({ duration_ms: '65040', width: '640', height: '360' });
    expect(player.removeAttribute).toHaveBeenCalledWith('src');
  });

  it('is wound to the end of a recording that does not say how long it is', async () => {
    const player = fake({ duration: Number.POSITIVE_INFINITY });
    const told = measureByPlayer(sound, player);
    player.tell('loadedmetadata');
    expect(player.currentTime).toBeGreaterThan(1000);
    Object.assign(player, { duration: 2.5 });
    player.tell('durationchange');
    expect(await told).toEqual({ duration_ms: '2500' });
  });

  it('tells nothing of what it cannot play, or takes too long for', async () => {
    const broken = fake();
    const told = measureByPlayer(sound, broken);
    broken.tell('error');
    expect(await told).toEqual({});
    vi.useFakeTimers();
    const slow = measureByPlayer(sound, fake());
    vi.advanceTimersByTime(3_000);
    expect(await slow).toEqual({});
  });
});

import { describe, expect, it } from 'vitest';
import type { MessagePosted, Start } from '@/api/types';
import { callsMe, cityOf, isToldHere, nextTelling, waitOf } from './model';

const start = { me: { id: 'me' }, levels: {}, channels: [{ id: 'stream', kind: 'public' }, { id: 'two', kind: 'direct' }] } as unknown as Start;
const posted = (channel_id: string, text: string, more = {}) =>
  ({ message: { channel_id, text, author_id: 'ada' }, topic: null, everyone: false, ...more }) as unknown as MessagePosted;

describe('notices', () => {
  it('asks what waits only after what may call me', () => {
    expect(callsMe(posted('stream', 'hello'), start)).toBe(false);
    expect(callsMe(posted('stream', '<@me> hello'), start)).toBe(true);
    expect(callsMe(posted('stream', 'hello', { called: ['me'] }), start)).toBe(true);
    expect(callsMe(posted('stream', 'hello', { everyone: true }), start)).toBe(true);
    expect(callsMe(posted('two', 'hello'), start)).toBe(true);
    expect(callsMe(posted('stream', 'hello'), { ...start, levels: { stream: 'all' } })).toBe(true);
    expect(callsMe({ ...posted('two', 'hello'), message: { channel_id: 'two', text: '', author_id: 'me' } } as unknown as MessagePosted, start)).toBe(false);
  });

  it('tells on the device in use, and on each as long as none is known', () => {
    expect(isToldHere({ device_in_use: null }, 'here')).toBe(true);
    expect(isToldHere({ device_in_use: 'here' }, 'here')).toBe(true);
    expect(isToldHere({ device_in_use: 'there' }, 'here')).toBe(false);
  });

  it('says until when the last of them waits', () => {
    const held = (person_id: string, until: number) => ({ message_id: 'm', person_id, until, time_zone: 'Asia/Tokyo' });
    expect(waitOf([held('a', 5), held('b', 9), held('c', 1)], 'm', 4)).toEqual({ n: 2, last: held('b', 9) });
    expect(waitOf([held('a', 5)], 'm', 5)).toBeNull();
    expect(waitOf([held('a', 5)], 'other', 1)).toBeNull();
  });

  it('names a zone by its city', () => {
    expect(['Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'UTC'].map(cityOf)).toEqual(['Tokyo', 'Buenos Aires', 'UTC']);
  });

  it('knows nothing of the next telling when nothing waits', () => {
    const notices = { n_held: 2, n_asks: 0, first_due: null, next_at: 9, items: [], session_id: 's', device_in_use: null };
    expect(nextTelling(notices, 4)).toBe(9);
    expect(nextTelling(notices, 9)).toBeNull();
    expect(nextTelling({ ...notices, n_held: 0, next_at: null }, 4)).toBeNull();
  });
});

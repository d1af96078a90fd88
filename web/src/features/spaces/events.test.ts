import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { EventBodies, EventKind, ServerEvent } from '@/api/types';
import { applyWith } from '@/realtime/events';
import { findStart, startQuery } from '@/realtime/start';
import { aChannel, aSpace, aStart } from '@/testing/things';
import { spacesEvents } from './events';

const space = aSpace({ id: 'space', my_role: 'admin' });
const channel = aChannel({ id: 'channel', space_id: 'space', n_unread: 3, favourite: true });

function after<Kind extends EventKind>(kind: Kind, scope: string, body: EventBodies[Kind], n_times = 1) {
  const cache = new QueryClient();
  cache.setQueryData(startQuery.queryKey, aStart({ spaces: [space], channels: [channel] }));
  const event = { type: 'event', scope, seq: 2, at: 0, actor: null, kind, body } as ServerEvent;
  for (let n = 0; n < n_times; n += 1) applyWith(spacesEvents, cache, event);
  const start = findStart(cache);
  if (!start) throw new Error('the snapshot is gone');
  return start;
}

test('a rename keeps what is mine: counts and preferences', () => {
  const { name, n_unread, favourite } = { ...after('channel.changed', 'channel', { channel: { ...channel, name: 'news' } }).channels[0] };
  expect({ name, n_unread, favourite }).toEqual({ name: 'news', n_unread: 3, favourite: true });
});

test('a changed space keeps my role', () => {
  const { spaces } = after('space.changed', 'space', { space: { ...space, name: 'Chemistry', my_role: null } });
  expect(spaces).toEqual([{ ...space, name: 'Chemistry' }]);
});

test('a removed channel leaves the sidebar, twice is the same', () => {
  expect(after('channel.removed', 'me', { channel_id: 'channel' }, 2).channels).toEqual([]);
});

test('a removed space takes its channels along', () => {
  const start = after('space.removed', 'me', { space_id: 'space' });
  expect([start.spaces, start.channels]).toEqual([[], []]);
});

test('a preference of another device shows here', () => {
  const body = { channel_id: 'channel', favourite: false, position: 7 };
  expect(after('preference.changed', 'me', body).channels[0]).toMatchObject({ favourite: false, position: 7 });
});

test('members joining are counted as the server says', () => {
  const body = { person_id: 'bob', role: 'member' as const, n_members: 9 };
  expect(after('channel.member_joined', 'channel', body, 2).channels[0]?.n_members).toBe(9);
});

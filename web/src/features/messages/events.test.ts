import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { ServerEvent, Start } from '@/api/types';
import { applyWith } from '@/realtime/events';
import { findStart, startQuery } from '@/realtime/start';
import { FakeServer } from '@/testing/fakeServer';
import { makeWorld } from '@/testing/fakeWorld';
import { messageEvents } from './events';
import { keys } from './keys';
import { windowOf, type MessageWindow } from './model';

/** A cache as of now, and a server whose later events are applied to it. */
async function setUp() {
  const world = makeWorld({ n_filler: 10 });
  const server = new FakeServer(world);
  const cache = new QueryClient();
  const [channel] = world.channels;
  if (!channel) throw new Error('no channel');
  const snapshot = async () => {
    const answer = await server.handle('GET', `/api/start?channel=${channel.id}`, null);
    return answer?.body as Start;
  };
  const start = await snapshot();
  cache.setQueryData(startQuery.queryKey, start);
  if (start.page) cache.setQueryData(keys.window(channel.id, null), windowOf(start.page));
  server.connect((frame) => frame.type === 'event' && applyWith(messageEvents, cache, frame as ServerEvent));
  const window = () => cache.getQueryData<MessageWindow>(keys.window(channel.id, null));
  return { server, cache, channel, snapshot, window, me: world.me.id, hannah: world.people[1]?.id ?? '' };
}

describe('a snapshot and the events after it', () => {
  it('are a fresh snapshot', async () => {
    const { server, cache, channel, snapshot, window, me, hannah } = await setUp();
    const path = `/api/channels/${channel.id}/messages`;
    const said = server.say(channel.id, hannah, `hello <@${me}>`);
    await server.handle('POST', path, { id: crypto.randomUUID(), text: 'mine' });
    await server.handle('PUT', `${path}/${said.id}/reactions/👍`, null);
    await server.handle('PATCH', `${path}/${said.id}`, { text: 'better' });
    const gone = server.say(channel.id, hannah, 'a slip');
    await server.handle('DELETE', `${path}/${gone.id}`, null);
    await server.handle('POST', `/api/channels/${channel.id}/topics`, { id: crypto.randomUUID(), title: 'Salt', origin_id: said.id });
    await server.handle('PUT', `/api/channels/${channel.id}/read`, { seq: said.seq });

    const fresh = await snapshot();
    const newest = (messages: readonly object[] | undefined) => messages?.slice(-12);
    expect(newest(window()?.messages)).toEqual(newest(fresh.page?.messages));
    expect(window()?.seq).toBe(fresh.page?.seq);
    const row = (start: Start | undefined) => start?.channels.find(({ id }) => id === channel.id);
    const { read_seq, head } = row(fresh) ?? {};
    expect(row(findStart(cache))).toMatchObject({ read_seq, head });
  });

  it('count what others wrote until it is read', async () => {
    const { server, cache, channel, hannah } = await setUp();
    const before = findStart(cache)?.channels[0]?.n_unread ?? 0;
    const said = server.say(channel.id, hannah, 'one');
    expect(findStart(cache)?.channels[0]?.n_unread).toBe(before + 1);
    await server.handle('PUT', `/api/channels/${channel.id}/read`, { seq: said.seq });
    expect(findStart(cache)?.channels[0]?.n_unread).toBe(0);
  });

  it('keep the newest draft', async () => {
    const { server, cache, channel, me } = await setUp();
    const draft = (text: string, revision: number) =>
      server.emit(me, 'draft.changed', me, { draft: { channel_id: channel.id, topic_id: null, text, revision, at: 0 } });
    draft('half a', 2);
    expect(findStart(cache)?.drafts).toMatchObject([{ text: 'half a' }]);
    // Versions that were sent before it, blanked since.
    draft('', 1);
    draft('', 2);
    expect(findStart(cache)?.drafts).toMatchObject([{ text: 'half a' }]);
    draft('', 3);
    expect(findStart(cache)?.drafts).toEqual([]);
  });
});

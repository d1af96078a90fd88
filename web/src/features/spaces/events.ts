import type { EventTable } from '@/realtime/events';
import { findStart, startQuery, updateRow } from '@/realtime/start';
import { changeSpace, dropChannel, dropSpace, setMemberCount } from './cache';

/** What happens to places, as it shows in the snapshot and in the lists for browsing. */
export const spacesEvents: EventTable = {
  'channel.changed': (cache, { body: { channel } }) => {
    const isArchived = findStart(cache)?.channels.find((row) => row.id === channel.id)?.archived;
    updateRow(cache, channel.id, (row) => ({ ...row, ...channel, can_post: row.can_post && !channel.archived }));
    // Whether I may write there again only the server knows.
    if (isArchived && !channel.archived) void cache.invalidateQueries({ queryKey: startQuery.queryKey });
    if (channel.space_id) void cache.invalidateQueries({ queryKey: ['space', channel.space_id, 'channels'] });
  },
  'channel.created': (cache, { body: { channel } }) => {
    if (channel.space_id) void cache.invalidateQueries({ queryKey: ['space', channel.space_id, 'channels'] });
  },
  'channel.member_joined': (cache, { scope, body }) => {
    setMemberCount(cache, scope, body.n_members);
    // It tells of a new role too, and mine decides what I may do there.
    if (body.person_id === findStart(cache)?.me.id) void cache.invalidateQueries({ queryKey: startQuery.queryKey });
  },
  'channel.member_left': (cache, { scope, body }) => setMemberCount(cache, scope, body.n_members),
  // The event is shared by everybody, so it does not know my role; the snapshot keeps its own.
  'space.changed': (cache, { body: { space } }) => {
    changeSpace(cache, space.id, (mine) => ({ ...space, my_role: mine.my_role }));
    void cache.invalidateQueries({ queryKey: ['spaces'] });
  },
  'space.created': (cache) => void cache.invalidateQueries({ queryKey: ['spaces'] }),
  'space.member_joined': (cache, { scope, body }) => {
    const me = findStart(cache)?.me.id;
    changeSpace(cache, scope, (space) => ({
      ...space,
      n_members: body.n_members,
      my_role: body.person_id === me ? body.role : space.my_role,
    }));
    void cache.invalidateQueries({ queryKey: ['space', scope, 'members'] });
  },
  'space.member_left': (cache, { scope, body }) => {
    changeSpace(cache, scope, (space) => ({ ...space, n_members: body.n_members }));
    void cache.invalidateQueries({ queryKey: ['space', scope, 'members'] });
  },
  'preference.changed': (cache, { body: { channel_id, favourite, position } }) =>
    updateRow(cache, channel_id, (row) => ({ ...row, favourite, position })),
  'channel.added': (cache, { body }) => {
    const isKnown = findStart(cache)?.channels.some((row) => row.id === body.channel_id);
    if (!isKnown) void cache.invalidateQueries({ queryKey: startQuery.queryKey });
  },
  'channel.removed': (cache, { body }) => dropChannel(cache, body.channel_id),
  'space.added': (cache, { body }) => {
    const isKnown = findStart(cache)?.spaces.some((space) => space.id === body.space_id);
    if (!isKnown) void cache.invalidateQueries({ queryKey: startQuery.queryKey });
    void cache.invalidateQueries({ queryKey: ['spaces'] });
  },
  'space.removed': (cache, { body }) => dropSpace(cache, body.space_id),
};

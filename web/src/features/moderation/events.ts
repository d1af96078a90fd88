/** What moderation tells a person on their own log. */
import type { QueryClient } from '@tanstack/react-query';
import type { EventTable } from '@/realtime/events';
import { startQuery, updateStart } from '@/realtime/start';
import { withBlock } from './model';
import { noticesKey, type Notice } from './notices';
import { keys } from './queries';

export const moderationEvents: EventTable = {
  'message.removed': (cache, { body }) => {
    const { channel_id, message_id, removed } = body;
    tell(cache, { key: message_id, kind: 'removed', channel_id, message_id, reason: removed.reason });
  },
  'block.changed': (cache, { body: { person_id, blocked } }) => {
    updateStart(cache, (start) => ({ ...start, blocked: withBlock(start.blocked, person_id, blocked) }));
    void cache.invalidateQueries({ queryKey: keys.blocks });
    // Their calls count no more, or again; only the server can tell.
    void cache.invalidateQueries({ queryKey: startQuery.queryKey });
  },
  'reports.changed': (cache) => {
    void cache.invalidateQueries({ queryKey: keys.state });
    void cache.invalidateQueries({ queryKey: keys.reports });
  },
  'report.handled': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: keys.ownReports });
    tell(cache, { key: `handled ${body.message_id}`, kind: 'handled' });
  },
};

function tell(cache: QueryClient, notice: Notice): void {
  cache.setQueryData<readonly Notice[]>(noticesKey, (waiting = []) => [...waiting.filter(({ key }) => key !== notice.key), notice]);
}

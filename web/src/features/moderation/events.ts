/** What moderation tells a person on their own log. */
import type { QueryClient } from '@tanstack/react-query';
import type { EventTable } from '@/realtime/events';
import { noticesKey, type Notice } from './notices';

export const moderationEvents: EventTable = {
  'message.removed': (cache, { body }) => {
    const { channel_id, message_id, removed } = body;
    tell(cache, { key: message_id, kind: 'removed', channel_id, message_id, reason: removed.reason });
  },
};

function tell(cache: QueryClient, notice: Notice): void {
  cache.setQueryData<readonly Notice[]>(noticesKey, (waiting = []) => [...waiting.filter(({ key }) => key !== notice.key), notice]);
}

import type { SearchHit } from '@/api/types';
import type { Target } from '@/router/paths';

/** Where a hit leads: a topic to its page, a message to its place in the conversation. */
export function targetOf(hit: SearchHit): Target {
  if (hit.kind === 'topic' && hit.topic_id) {
    return { to: '/c/$channelId/t/$topicId', params: { channelId: hit.channel_id, topicId: hit.topic_id } };
  }
  return { to: '/m/$messageId', params: { messageId: hit.message_id } };
}

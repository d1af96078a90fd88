/** Names of this feature's cache entries. Every key about a channel holds the channel's id: a reset reaches them by it. */
import type { Id, TopicFilter, TopicState } from '@/api/types';

export const keys = {
  windows: (channel_id: Id) => ['messages', channel_id] as const,
  window: (channel_id: Id, topic_id: Id | null) => ['messages', channel_id, topic_id ?? 'stream'] as const,
  topic: (channel_id: Id, topic_id: Id) => ['topic', channel_id, topic_id] as const,
  topicLists: (channel_id: Id) => ['topics', channel_id] as const,
  topicList: (channel_id: Id, state: TopicState | null) => ['topics', channel_id, state ?? 'all'] as const,
  overviews: ['topic-overview'] as const,
  overview: (filter: TopicFilter) => ['topic-overview', filter] as const,
  pins: (channel_id: Id) => ['pins', channel_id] as const,
  saved: ['saved'] as const,
  history: (channel_id: Id, message_id: Id) => ['history', channel_id, message_id] as const,
  reactors: (channel_id: Id, message_id: Id, emoji: string, n: number) => ['reactors', channel_id, message_id, emoji, n] as const,
  place: (message_id: Id) => ['place', message_id] as const,
  channel: (channel_id: Id) => ['channel', channel_id] as const,
};

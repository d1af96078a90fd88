/** What a person is to be told once, wherever they are in the app. */
import type { Id } from '@/api/types';

export type Notice =
  | { key: string; kind: 'removed'; channel_id: Id; message_id: Id; reason: string | null }
  | { key: string; kind: 'handled' };

export const noticesKey = ['moderation', 'notices'] as const;

import type { Id } from '@/api/types';

const PREFIX = 'message-';

/** The part of an address that names one message: `/c/<channel>#message-<id>`. */
export function hashFor(message_id: Id): string {
  return PREFIX + message_id;
}

export function targetIn(hash: string): { message_id: Id } | null {
  return hash.startsWith(PREFIX) ? { message_id: hash.slice(PREFIX.length) } : null;
}

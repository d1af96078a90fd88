/** Why something is urgent, in a line. */
import { useQueryClient } from '@tanstack/react-query';
import type { Urgent } from '@/api/types';
import { findMentioned } from '@/realtime/named';

const MENTION = /<@(&?[0-9a-f-]{36})>/g;

/** The reason, or else how the message begins, with the names of those who are mentioned as they are called now; null: neither. */
export function useWhy(urgent: Pick<Urgent, 'reason' | 'text'>): string | null {
  const cache = useQueryClient();
  const named = (whole: string, id: string) => {
    const name = findMentioned(cache, id);
    return name ? `@${name}` : whole;
  };
  return urgent.reason || urgent.text.replace(MENTION, named) || null;
}

import { useQueryClient } from '@tanstack/react-query';
import type { InboxLine } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { useText } from '../strings';

const MENTION = /<@(&?[0-9a-f-]{36})>/g;

/** The beginning of a message with the names of those who are mentioned in it, as they are called now. */
export function useLineText(): (line: InboxLine) => string {
  const t = useText();
  const cache = useQueryClient();
  return ({ text }) =>
    text.replace(MENTION, (whole, id: string) => {
      const name = findMentioned(cache, id);
      return name ? `@${name}` : whole;
    }) || t('no_words');
}

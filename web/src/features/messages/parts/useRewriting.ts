import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Id } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import { decodeMentions } from '../model';

type Draft = { text: string; book: Map<string, Id>; setText: (text: string) => void };

/** Takes a text that was not sent back into the field, in front of what stands there. */
export function useRewriting(draft: Draft, rewritten: string | null, onDone: () => void): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (rewritten === null) return;
    const { text, book } = decodeMentions(rewritten, (id) => findMentioned(cache, id));
    for (const [name, id] of book) draft.book.set(name, id);
    draft.setText(draft.text.trim() ? `${text}\n${draft.text}` : text);
    onDone();
  }, [rewritten, draft, cache, onDone]);
}

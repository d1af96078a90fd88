import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Attachment, Id } from '@/api/types';
import { findMentioned } from '@/realtime/named';
import type { TrayState } from '../attachments';
import { decodeMentions } from '../model';

type Draft = { text: string; book: Map<string, Id>; setText: (text: string) => void };
/** A message that was not posted. */
export type Rewritten = { text: string; files: readonly Attachment[] };

/** Takes what was not posted back into the field and the tray, in front of what stands there. */
export function useRewriting(draft: Draft, bring: TrayState['bring'], rewritten: Rewritten | null, onDone: () => void): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (rewritten === null || (rewritten.files.length > 0 && !bring)) return;
    bring?.(rewritten.files);
    const { text, book } = decodeMentions(rewritten.text, (id) => findMentioned(cache, id));
    for (const [name, id] of book) draft.book.set(name, id);
    draft.setText(draft.text.trim() ? `${text}\n${draft.text}` : text);
    onDone();
  }, [rewritten, draft, bring, cache, onDone]);
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decodeMentions, encodeMentions } from './mentions';
import { findMentioned } from './named';

/** A text that begins with stored mentions, in a field: people read names in it, and what is sent names the same people. */
export function useMentionText(stored: string) {
  const cache = useQueryClient();
  const [begun] = useState(() => decodeMentions(stored, (id) => findMentioned(cache, id)));
  const [text, setText] = useState(begun.text);
  return { text, setText, encoded: encodeMentions(text, begun.book) };
}

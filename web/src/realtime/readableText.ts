import type { QueryClient } from '@tanstack/react-query';
import { decodeMentions, encodeMentions } from './mentions';
import { findMentioned } from './named';

/** A text with stored mentions, for a field: people read names in it, and what is sent names the same people. */
export function readableText(cache: QueryClient, stored: string) {
  const { text, book } = decodeMentions(stored, (id) => findMentioned(cache, id));
  return { text, encode: (edited: string) => encodeMentions(edited, book) };
}

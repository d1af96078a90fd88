/**
 * The emoji of the workspace's own: asked for once, when something that may be one comes into view, and kept true by events.
 * A text and a reaction hold `:name:`; a name that is unknown stays as it is.
 */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CustomEmoji, CustomEmojiList } from '@/api/types';
import type { EventTable } from '@/realtime/events';

/** The colon at the end may be the one at the beginning of the next. */
const USE = /:([a-z0-9_-]{2,32})(?=:)/g;
/** Without a memory of where it stood, as the other has. */
const MAY_USE = /:[a-z0-9_-]{2,32}:/;
const ONE_USE = /^:([a-z0-9_-]{2,32}):$/;

export const emojiQuery = queryOptions({
  queryKey: ['custom-emoji'],
  queryFn: ({ signal }) => api.get<CustomEmojiList>('/api/custom-emoji', {}, { signal }),
  staleTime: 10 * 60_000,
  gcTime: Number.POSITIVE_INFINITY,
});

export function useCustomEmoji(isWanted: boolean): readonly CustomEmoji[] {
  return useQuery({ ...emojiQuery, enabled: isWanted }).data?.items ?? NONE;
}

const NONE: readonly CustomEmoji[] = [];

/** "parrot" for ":parrot:"; `null` for every other text. */
export function nameOf(emoji: string): string | null {
  return ONE_USE.exec(emoji)?.[1] ?? null;
}

export function mayNameEmoji(text: string): boolean {
  return MAY_USE.test(text);
}

/** A text in pieces: what is said, and the emoji in it. */
export function splitAtEmoji(text: string, all: readonly CustomEmoji[]): (string | CustomEmoji)[] {
  const pieces: (string | CustomEmoji)[] = [];
  let from = 0;
  for (const use of text.matchAll(USE)) {
    const found = use.index >= from ? all.find(({ name }) => name === use[1]) : undefined;
    if (!found) continue;
    if (use.index > from) pieces.push(text.slice(from, use.index));
    pieces.push(found);
    from = use.index + use[0].length + 1;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

export function emojiSource({ name, version }: CustomEmoji, isStill: boolean): string {
  return `/api/custom-emoji/${name}/picture?v=${version}${isStill ? '&still=true' : ''}`;
}

export const emojiEvents: EventTable = {
  'emoji.changed': (cache, { body }) =>
    cache.setQueryData(emojiQuery.queryKey, (list) => {
      if (!list) return list;
      const others = list.items.filter(({ name }) => name !== body.name);
      const items = body.emoji ? [...others, body.emoji].sort((a, b) => a.name.localeCompare(b.name)) : others;
      return { ...list, items };
    }),
};

/** For those who are no component. */
export function listCustomEmoji(cache: QueryClient): readonly CustomEmoji[] {
  return cache.getQueryData(emojiQuery.queryKey)?.items ?? NONE;
}

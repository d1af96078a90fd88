/** Mentions as they are written and as they are stored. */
import type { Id } from '@/api/types';

/** Who stands behind the names that the composer shows; the id of a group has an `&` in front. */
export type MentionBook = ReadonlyMap<string, Id>;

/** Written in full it means everybody, picked from the list or not. */
const EVERYONE = 'channel';
const STORED = /<@(&?[0-9a-f-]{36}|channel)>/g;
const GROUPS = /<@&([0-9a-f-]{36})>/g;

/** "@Name" as written becomes `<@id>` as stored. Longer names win, so that "@Ann Lee" is not read as "@Ann". */
export function encodeMentions(text: string, book: MentionBook): string {
  const names = [...new Set([...book.keys(), EVERYONE])].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}@])@(${names.map(escapeRegExp).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  return text.replace(pattern, (whole, name: string) => {
    const id = book.get(name) ?? (name === EVERYONE ? EVERYONE : null);
    return id ? `<@${id}>` : whole;
  });
}

/** The way back, for editing and drafts. Whoever is not known stays as stored. */
export function decodeMentions(text: string, find: (id: Id) => string | undefined): { text: string; book: Map<string, Id> } {
  const book = new Map<string, Id>();
  const shown = text.replace(STORED, (whole, id: string) => {
    const name = id === EVERYONE ? EVERYONE : find(id);
    if (!name) return whole;
    book.set(name, id);
    return `@${name}`;
  });
  return { text: shown, book };
}

export function mentionsEveryone(text: string): boolean {
  return text.includes('<@channel>');
}

/** The groups that a text names, each once. */
export function groupsIn(text: string): Id[] {
  return [...new Set([...text.matchAll(GROUPS)].flatMap(([, id]) => id ?? []))];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

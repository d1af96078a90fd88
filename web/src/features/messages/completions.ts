/** What the composer offers while somebody writes "@name" or ":emoji". Pure. */
import type { CallableGroup, Id, Person } from '@/api/types';
import { EMOJI_NAMES } from './emojiNames';

export type Trigger = { kind: 'person' | 'emoji'; start: number; end: number; query: string };
export type Completion =
  | { kind: 'person'; id: Id; name: string; person: Person }
  | { kind: 'group'; id: Id; name: string; title: string; n_called: number }
  | { kind: 'everyone' }
  | { kind: 'emoji'; name: string; emoji: string };

/** Whoever writes is not offered; two people need no word for everybody. */
type Caller = { me_id: Id; with_everyone: boolean };

const MAX_SHOWN = 8;
const PERSON = /(?:^|[\s([{"'])@([\p{L}\p{N}._'’-]*(?: [\p{L}\p{N}._'’-]*){0,2})$/u;
const EMOJI = /(?:^|\s):([a-z0-9_+-]{2,24})$/;
const NAMED = /(?:^|\s):([a-z0-9_+-]{2,40}):$/;

export function findTrigger(text: string, caret: number): Trigger | null {
  const before = text.slice(Math.max(0, caret - 60), caret);
  const person = PERSON.exec(before)?.[1];
  if (person !== undefined) return { kind: 'person', start: caret - person.length - 1, end: caret, query: person };
  const emoji = EMOJI.exec(before)?.[1];
  if (emoji !== undefined) return { kind: 'emoji', start: caret - emoji.length - 1, end: caret, query: emoji };
  return null;
}

/** People first, then groups by handle or title, then everybody. */
export function completeNames(people: readonly Person[], groups: readonly CallableGroup[], query: string, { me_id, with_everyone }: Caller): Completion[] {
  const wanted = fold(query);
  const found = people
    .filter((person) => !person.deactivated && person.id !== me_id && rank(person.name, wanted) < 2)
    .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || a.name.localeCompare(b.name))
    .map((person): Completion => ({ kind: 'person', id: person.id, name: person.name, person }));
  const everyone: Completion[] = with_everyone && 'channel'.startsWith(wanted) ? [{ kind: 'everyone' }] : [];
  const named = groups
    .filter(({ handle, title }) => fold(handle).includes(wanted) || rank(title, wanted) < 2)
    .sort((a, b) => rank(a.handle, wanted) - rank(b.handle, wanted) || a.handle.localeCompare(b.handle))
    .map(({ id, handle, title, n_called }): Completion => ({ kind: 'group', id, name: handle, title, n_called }))
    .slice(0, wanted ? MAX_SHOWN / 2 : 2);
  return [...found.slice(0, MAX_SHOWN - everyone.length - named.length), ...named, ...everyone];
}

export type EmojiNames = Readonly<Record<string, string>>;

/** `all` once they are here; what people type most is always known. */
export function completeEmoji(query: string, all: EmojiNames = {}): Completion[] {
  const names = Object.entries({ ...all, ...EMOJI_NAMES }).filter(([name]) => name.includes(query));
  names.sort(([a], [b]) => Number(b.startsWith(query)) - Number(a.startsWith(query)) || a.length - b.length);
  return names.slice(0, MAX_SHOWN).map(([name, emoji]) => ({ kind: 'emoji', name, emoji }));
}

/** The emoji whose name was just ended by a colon, and where it stands. */
export function findNamed(text: string, caret: number, all: EmojiNames = {}): { from: number; to: number; emoji: string } | null {
  const name = NAMED.exec(text.slice(Math.max(0, caret - 60), caret))?.[1] ?? '';
  const names = { ...all, ...EMOJI_NAMES };
  const emoji = Object.hasOwn(names, name) ? names[name] : undefined;
  return emoji ? { from: caret - name.length - 2, to: caret, emoji } : null;
}

/** 0: the name begins with it. 1: a later word does. 2: neither. */
function rank(name: string, wanted: string): number {
  const folded = fold(name);
  if (folded.startsWith(wanted)) return 0;
  return folded.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
}

/** "José" is found by "jose". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

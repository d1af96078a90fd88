/** Asks in plain data: who is asked, how a time is said, and whether a text asks at all. */
import type { Ask, AskWordLists, Id, Micros } from '@/api/types';

const MENTION = /<@([0-9a-f-]{36})>/g;

/** Whom a text names, each once, in order. */
export function mentionedIn(text: string): Id[] {
  return [...new Set([...text.matchAll(MENTION)].flatMap(([, id]) => id ?? []))];
}

/** Who can be asked with a text: whom it names, and in a conversation of two the other one. */
export function askableIn(text: string, channel: { kind: string; people: readonly Id[] }, me_id: Id): Id[] {
  const others = channel.people.filter((id) => id !== me_id);
  if (channel.kind === 'direct' && others.length === 1) return others;
  return mentionedIn(text).filter((id) => id !== me_id);
}

export function isLate(ask: Pick<Ask, 'due' | 'state'>, now: Micros): boolean {
  return ask.state === 'open' && ask.due !== null && ask.due < now;
}

/** For whom the ask waits: holders whose turn it is. */
export function waitingFor(ask: Ask): Id[] {
  return ask.seats.filter(({ state }) => state === 'open' || state === 'promised').map(({ person_id }) => person_id);
}

/** What a field `datetime-local` holds, in the reader's own zone, and back. */
export function toField(at: Micros): string {
  const date = new Date(at / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function fromField(text: string): Micros | null {
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? null : ms * 1000;
}

/** The same reading as the server's `timing::detect`: by the open lists alone, without quotes, code and addresses. */
export function asksSomething(text: string, { lists }: AskWordLists): boolean {
  const words = ownWords(text);
  if (/[?؟？⁇՞\u037e]/u.test(words)) return true;
  if (lists.some(({ requests }) => requests.some((phrase) => hasPhrase(words, phrase)))) return true;
  const sentences = words.split(/[.!\n؛]/u).map((sentence) => sentence.trim());
  return sentences.some((sentence) => lists.some(({ openings }) => openings.some((phrase) => startsWith(sentence, phrase))));
}

const MAX_CHARACTERS = 4_000;
const LETTER = /[\p{L}\p{N}]/u;

function ownWords(text: string): string {
  let words = '';
  let inFence = false;
  for (const raw of text.slice(0, MAX_CHARACTERS).split('\n')) {
    const line = raw.trimStart();
    if (line.startsWith('```') || line.startsWith('~~~')) {
      inFence = !inFence;
      continue;
    }
    if (inFence || line.startsWith('>')) continue;
    let inCode = false;
    for (const word of line.split(/\s+/).filter(Boolean)) {
      const isAddress = word.includes('://') || word.includes('www.');
      for (const [idx, part] of word.split('`').entries()) {
        if (idx > 0) inCode = !inCode;
        if (!inCode && !isAddress) words += part.toLowerCase().replaceAll('’', "'");
      }
      words += ' ';
    }
    words += '\n';
  }
  return words;
}

function startsWith(sentence: string, phrase: string): boolean {
  if (!sentence.startsWith(phrase)) return false;
  const [next] = sentence.slice(phrase.length);
  return next === undefined || !LETTER.test(next);
}

function hasPhrase(words: string, phrase: string): boolean {
  for (let at = words.indexOf(phrase); at >= 0; at = words.indexOf(phrase, at + 1)) {
    const before = [...words.slice(Math.max(0, at - 2), at)].at(-1);
    const [after] = words.slice(at + phrase.length);
    if ([before, after].every((char) => char === undefined || !LETTER.test(char))) return true;
  }
  return false;
}

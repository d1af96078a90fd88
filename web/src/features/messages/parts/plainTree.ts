import type { Node } from '@/api/types';

const MENTION = /(<@(?:&?[0-9a-f-]{36}|channel)>)/;

/** Plain text as a tree: paragraphs at blank lines, single newlines as breaks. `with_mentions` for a message that the
 *  server has not parsed yet; in text that it calls plain there is no markup at all. */
export function plainTree(text: string, with_mentions = false): Node[] {
  return text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => ({ t: 'p', c: linesOf(paragraph, with_mentions) }));
}

function linesOf(paragraph: string, with_mentions: boolean): Node[] {
  return paragraph.split('\n').flatMap((line, idx): Node[] => {
    const parts = with_mentions ? line.split(MENTION).filter(Boolean).map(partOf) : [line];
    return idx === 0 ? parts : [{ t: 'br' }, ...parts];
  });
}

function partOf(part: string): Node {
  const id = /^<@(.+)>$/.exec(part)?.[1];
  if (!id) return part;
  if (id === 'channel') return { t: 'everyone' };
  return id.startsWith('&') ? { t: 'group', id: id.slice(1) } : { t: 'person', id };
}

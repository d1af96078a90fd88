/** People outside, as one writes them down: a line each, "Eve <eve@example.org>" or the address alone. */
import type { InviteGuest } from '@/api/types';

export function guestsOf(text: string): InviteGuest[] {
  return text.split('\n').flatMap((line) => {
    const written = line.trim();
    if (!written) return [];
    const [, name = '', address = ''] = /^(.*?)<([^<>]*)>$/.exec(written) ?? [];
    return address ? [{ name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.trim() }] : [{ name: '', address: written }];
  });
}

/** What the server says is wrong, with the line that it is about: the n-th that is not empty. */
export function wrongGuest(errors: Record<string, string>): { n: number | null; detail: string } | null {
  const [pointer, detail] = Object.entries(errors).find(([at]) => at === 'guests' || at.startsWith('guests/')) ?? [];
  if (pointer === undefined || detail === undefined) return null;
  const idx = pointer.split('/')[1];
  return { n: idx === undefined ? null : Number(idx) + 1, detail };
}

/** What somebody types into the search field: where its filters are, and what could follow. Plain text in, plain text out. */

export const filterKeys = ['from', 'in', 'has', 'is', 'before', 'after'] as const;
export type FilterKey = (typeof filterKeys)[number];

export const hasValues = ['link', 'code', 'table', 'task', 'mention', 'quote', 'reaction'] as const;
export const isValues = ['topic', 'open', 'resolved', 'decided', 'mine', 'edited', 'pinned', 'saved'] as const;

export type Filter = {
  /** As typed: `-in:"week 4"`. */
  text: string;
  key: FilterKey | 'on';
  value: string;
  /** Where it stands in the text. */
  from: number;
  to: number;
};

const FILTER = /(?<=^|\s)-?(from|in|has|is|before|after|on):(?:"([^"]*)"?|(\S*))/giu;

/** The filters of a text, those without a value too. */
export function filtersIn(text: string): Filter[] {
  return [...text.matchAll(FILTER)].map((match) => ({
    text: match[0],
    // The expression has no other words.
    key: (match[1] ?? '').toLowerCase() as Filter['key'],
    value: match[2] ?? match[3] ?? '',
    from: match.index,
    to: match.index + match[0].length,
  }));
}

export function withoutFilter(text: string, { from, to }: Filter): string {
  return tidy(text.slice(0, from) + text.slice(to));
}

export function withoutFilters(text: string): string {
  return tidy(filtersIn(text).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), text));
}

/** The text with an empty filter at its end, to be filled in. */
export function withNewFilter(text: string, key: FilterKey): string {
  const before = text.trimEnd();
  return `${before}${before && ' '}${key}:`;
}

/** The filter at the end of the text, while it is being typed. */
export function openFilter(text: string): Filter | null {
  const last = filtersIn(text).at(-1);
  return last && last.to === text.length && !/:"[^"]*"$/u.test(last.text) ? last : null;
}

/** The text with this value in the filter at its end. */
export function complete(text: string, filter: Filter, value: string): string {
  const key = filter.text.slice(0, filter.text.indexOf(':') + 1);
  // A quote inside a name would end the value; its words find the name without it.
  const plain = value.replace(/"/gu, ' ');
  return `${text.slice(0, filter.from)}${key}${/\s/u.test(plain) ? `"${plain}"` : plain} `;
}

/** "2026-11-26", by the reader's calendar. */
export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function tidy(text: string): string {
  return text.replace(/\s{2,}/gu, ' ').trim();
}

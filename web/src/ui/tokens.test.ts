import { describe, expect, test } from 'vitest';
import css from './tokens.css?raw';

const light = tokensOf(css.slice(css.indexOf(':root'), css.indexOf('[data-mantine')));
const dark = new Map([...light, ...tokensOf(css.slice(css.indexOf('[data-mantine'), css.indexOf('[data-density')))]);

/** What stands on what, and how much contrast that needs (WCAG 2.2: 4.5 for text, 3 for edges of controls). */
const pairs: [text: string, ground: string, atLeast: number][] = [
  ...['bg', 'surface', 'raised', 'hover', 'hover-s'].flatMap((ground): [string, string, number][] => [
    ['text', ground, 4.5],
    ['text-2', ground, 4.5],
    ['text-3', ground, 4.5],
  ]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-h', 4.5],
  ['on-live', 'live', 4.5],
  ['on-live', 'live-h', 4.5],
  ['on-urgent', 'urgent', 4.5],
  ['on-urgent', 'urgent-h', 4.5],
  ['accent-text', 'accent-soft', 4.5],
  ['accent-text', 'surface', 4.5],
  ['accent-text', 'bg', 4.5],
  ['text-2', 'accent-soft', 4.5],
  ['live-text', 'live-soft', 4.5],
  ['due', 'due-soft', 4.5],
  ['urgent', 'urgent-soft', 4.5],
  ['urgent', 'surface', 4.5],
  ['urgent', 'raised', 4.5],
  ['urgent', 'hover', 4.5],
  ...['code-keyword', 'code-string', 'code-number', 'code-title', 'text-3', 'urgent'].map((text): [string, string, number] => [text, 'hover-s', 4.5]),
  ['control', 'surface', 3],
  ['focus', 'surface', 3],
  ['focus', 'bg', 3],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('%s colours', (_scheme, tokens) => {
  test.each(pairs)('--%s on --%s has contrast %d', (text, ground, atLeast) => {
    expect(contrast(tokens.get(text), tokens.get(ground))).toBeGreaterThanOrEqual(atLeast);
  });
});

function tokensOf(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

function contrast(one = '', other = ''): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

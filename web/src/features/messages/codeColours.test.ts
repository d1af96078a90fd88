import { describe, expect, test } from 'vitest';
import { colour, nameOfLanguage, type Token } from './codeColours';

const textOf = (tokens: readonly Token[]): string => tokens.map((token) => (typeof token === 'string' ? token : textOf(token.tokens))).join('');

describe('code', () => {
  test.each([
    ['rs', 'rust'],
    ['C++', 'cpp'],
    ['TypeScript', 'typescript'],
    ['constructor', null],
    ['brainfuck', null],
  ])('after a fence %s means %s', (lang, name) => {
    expect(nameOfLanguage(lang)).toBe(name);
  });

  test('has its words coloured', async () => {
    const tokens = await colour('rust', 'let n = 1; // <b>');
    expect(textOf(tokens)).toBe('let n = 1; // <b>');
    expect(tokens.flatMap((token) => (typeof token === 'string' ? [] : [[token.kind, textOf(token.tokens)]]))).toEqual([
      ['keyword', 'let'],
      ['number', '1'],
      ['comment', '// <b>'],
    ]);
  });

  test.each(['javascript', 'python', 'xml', 'yaml', 'latex'])('loses nothing of what was typed in %s', async (name) => {
    const text = '<a href="x">\n  {"a": [1, `${b}`]} # $x$ %\t\\end\n</a>';
    expect(textOf(await colour(name, text))).toBe(text);
  });

  test('that is very long keeps one colour', async () => {
    const text = 'x = 1\n'.repeat(5_000);
    expect(await colour('python', text)).toEqual([text]);
  });
});

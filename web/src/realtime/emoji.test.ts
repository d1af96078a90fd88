import { expect, test } from 'vitest';
import type { CustomEmoji } from '@/api/types';
import { emojiSource, mayNameEmoji, nameOf, splitAtEmoji } from './emoji';

const parrot: CustomEmoji = { name: 'parrot', version: 'abc', animated: true, created_by: 'ada' };

test.each([
  ['hello', ['hello']],
  [':parrot:', [parrot]],
  ['a :parrot: b:parrot::parrot:', ['a ', parrot, ' b', parrot, parrot]],
  ['10:30:45 and :unknown:', ['10:30:45 and :unknown:']],
  ['::parrot::', [':', parrot, ':']],
  [':x:parrot:', [':x', parrot]],
  [':bc:parrot:parrot:', [':bc', parrot, 'parrot:']],
  ['', []],
])('finds emoji in %s', (text, pieces) => {
  mayNameEmoji(text);
  expect(splitAtEmoji(text, [parrot])).toEqual(pieces);
});

test('a reaction is a name between colons', () => {
  expect([nameOf(':parrot:'), nameOf('👍'), nameOf('parrot'), nameOf(':a b:')]).toEqual(['parrot', null, null, null]);
  expect([mayNameEmoji('so :parrot:'), mayNameEmoji('so 10:30'), mayNameEmoji('so :parrot:')]).toEqual([true, false, true]);
});

test('who wants less motion gets the still', () => {
  expect(emojiSource(parrot, true)).toBe('/api/custom-emoji/parrot/picture?v=abc&still=true');
});

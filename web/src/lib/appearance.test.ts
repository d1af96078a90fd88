import { expect, test } from 'vitest';
import { parseAppearance } from './appearance';

test.each([
  [{ scheme: 'dark', density: 'compact' }, { scheme: 'dark', density: 'compact' }],
  [{}, { scheme: 'auto', density: 'comfortable' }],
  [null, { scheme: 'auto', density: 'comfortable' }],
  ['dark', { scheme: 'auto', density: 'comfortable' }],
  [{ scheme: 'pink', density: 7 }, { scheme: 'auto', density: 'comfortable' }],
])('%o is read as %o', (stored, appearance) => {
  expect(parseAppearance(stored)).toEqual(appearance);
});

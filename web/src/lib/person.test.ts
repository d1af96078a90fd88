import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './person';

test.each([
  ['Noor Aziz', 'NA'],
  ['Inês', 'I'],
  ['Ana de la Cruz', 'AC'],
  ['مريم الخطيب', 'ما'],
  ['👩‍🚀 Sally Ride', 'SR'],
  ['👩‍🚀', '👩‍🚀'],
  ['  élan   vital ', 'ÉV'],
])('%s has the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('ids made one after the other have colours apart', () => {
  const hues = Array.from({ length: 40 }, (_, idx) => hueOf(`01930000-0000-7000-8000-0000000000${10 + idx}`));
  expect(new Set(hues.map((hue) => Math.floor(hue / 30))).size).toBeGreaterThan(8);
  expect(hueOf('a')).toBe(hueOf('a'));
});
